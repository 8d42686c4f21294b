"""What becomes of every element and attribute of OpenDocument text."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import lru_cache

import regex

from anonymize.formats import docx_styles as styles
from anonymize.formats import docx_values as values
from anonymize.formats.docx_grammar import IDENTIFIER, PERSON, TEXT
from anonymize.formats.odt_names import (
    ATTRIBUTES,
    BARE,
    ELEMENTS,
    NAMES,
    RULE,
    RULED_SPACES,
    SETTINGS,
    SPACES,
    VALUES,
    words_of,
)
from anonymize.formats.pieces import Part
from anonymize.formats.xml_pieces import LITERAL, RULED, UNKNOWN, Slot, plain
from anonymize.formats.xml_text import Attribute, Token
from anonymize.model.fields import Role

TYPES = frozenset(f"application/vnd.oasis.opendocument.text{one}" for one in ("", "-template"))
"""Media types of the documents that are read."""


class Fate(StrEnum):
    """What becomes of an element."""

    KEPT = "kept"
    """Its tags stay."""
    BARE = "bare"
    """What is in it stays, its tags leave by rule."""
    PARAGRAPH = "paragraph"
    """Text in it, and in what is kept in it, is one."""
    SIGN = "sign"
    """Stands for a character of the text."""
    RULE = "rule"
    """Leaves whole by rule."""
    UNKNOWN = "unknown"
    """Leaves whole, since nobody knows it."""


_SIGNS = {"s": " ", "tab": "\t", "line-break": "\n"}
"""Elements that are characters (OpenDocument 1.3, part 3, section 6.1)."""
FLOWING = (
    frozenset(("p", "h", "span", "a", "ruby", "ruby-base", "ruby-text"))
    | BARE
    | words_of("""
    bookmark-ref reference-ref note-ref sequence sequence-ref page-number page-count
    paragraph-count word-count character-count page-continuation
    """)
)
"""Elements of `text` whose text is part of the paragraph around them."""
_SPARED = frozenset(("officeooo", "loext", "calcext", "drawooo", "tableooo", "css3t"))
"""Namespaces whose attributes are those of a program, and leave by rule where not kept."""
_FONTS = regex.compile(r"(?:font-family|font-name)(?:-asian|-complex)?")
_LOCALE = regex.compile(r"(?:rfc-language-tag|language|country|script)(?:-asian|-complex)?")
_TAG = regex.compile(r"[a-z]{2,3}|[A-Z]{2}|[A-Z][a-z]{3}|none|zxx|")
_MARKS = words_of("""
    num-prefix num-suffix bullet-char leader-char num-list-format num-list-format-name
    leader-text char
    """)
_WORDED = frozenset(("label", "display-text", "string-value-if-true", "string-value-if-false"))
_RULED = words_of("""
    rsid paragraph-rsid string-value value date-value time-value boolean-value currency
    formula condition connection-name database-name table-name column-name author
    display-name transition-name target-frame-name title mimetype target-frame
    style-override protection-key protection-key-digest-algorithm dde-application dde-item
    dde-topic creator name-and-extension filter-name href visited-style-name-x password
    print-ranges print-range-x caption-id nav-order copy-of custom1 help-id event-name
    sender-initials marker-style-name hint about property datatype schemaLocation
    transformation is-hidden external-data
    """)
"""Attributes that leave by rule, where no better rule is stated."""
_AUTOMATIC = regex.compile(
    r"(?:P|T|L|fr|gr|Sect|N|dp|ta|ce|co|ro|pm|ru|M[A-Za-z]{1,2}\d|MP|MT|Mfr|Mgr|Mdp|Mpm|ML|MSect"
    r"|WWNum|WW8Num|WWCharLFO|RTFNum|ListLabel(?:_20_)?|Numbering_20_|List_20_|Outline|ftn|edn|ct|cell"
    r"|Table|Tabelle|Tabla|Tableau|Tabel|Tabula|Frame|Image|Graphic|Shape|Object|Object_20_"
    r"|Convert_20_|layout)?\d{0,16}(?:\.[A-Z]{0,2}\d{0,4})?(?:_5f_\d{1,4})?(?:LVL\d{1,2})?(?:P\d{1,4})?",
)
_NCNAME = frozenset(
    ("Standard", "Graphics", "Frame", "Formula", "OLE", "Labels", "Watermark", "Outline")
)
_MORE_STYLES = words_of("""
    textbody headerandfooter framecontents tablecontents defaultstyle illustration drawing figure
    index table text backgroundobjects layout controls marginalia sender addressee salutation
    addressandsender firstlineindent hangingindent listindent textbodyindent appendix teletype
    example definition citation maincharacterstyle dropcaps rubies placeholder indexlink
    verticalnumberingsymbols mainindexentry bulletsymbols quotations horizontalline
    convertedheading headerleft headerright footerleft footerright leftpage rightpage
    endnotepage footnotepage landscape envelope html office libreoffice dark light accent
    hyperlink followedhyperlink leer blank numbering list bullet
    """)
_SPLIT = regex.compile(r"[\s,()]+")
_NUMBER = regex.compile(
    r"[+-]?(?:\d{1,10}(?:\.\d{1,10})?|\.\d{1,10})(?:pt|in|cm|mm|px|em|pc|pi|deg|rad|grad|%|\*)?"
    r"|#[0-9a-fA-F]{6}|[?$]f?\d{1,4}|[A-Z]{1,2}|%\d{1,2}%[.)]?|1\.[0-4]",
)
_FORMULA = regex.compile(r"[?$]?[a-z]*\d{0,6}(?:\.\d+)?|[-+*/(),.\s]")
_PATH = regex.compile(r"[MLCZNFSTUABWVXYQGHmlczhvsqt\s\d.,?$f+-]{0,20000}")
_SHAPES = regex.compile(r"(?:ooxml|mso)-[a-zA-Z]{2,32}\d{0,3}")
_PICTURE = regex.compile(r"(?:\./)?Pictures/(?P<stem>[^/]+)(?P<suffix>\.[A-Za-z]{2,5})")
_STEM = regex.compile(r"[0-9A-F]{16,64}|[0-9a-f]{32,64}|(?:image|picture|Picture|img)\d{0,6}")
_ADDRESS = regex.compile(r"(?P<lead>mailto:)(?P<address>[^@?\s]+@[^@?\s]+)(?P<rest>\?.*)?", regex.I)


def space(token: Token | Attribute) -> str:
    """Return the short name of a namespace; empty for none or one nobody knows."""
    return SPACES.get(token.space, "")


def fate(trail: Sequence[Token]) -> Fate:
    """Return what becomes of the last element of a trail."""
    token = trail[-1]
    key, name = space(token), token.local
    parent = trail[-2].local if len(trail) > 1 else ""
    of = {one.local: plain(one.value) for one in token.attributes}
    if parent == "meta" and key in {"meta", "dc"}:
        return Fate.RULE
    if key in RULED_SPACES or name in RULE.get(key, ()):
        return Fate.RULE
    if key == "text" and name in BARE:
        return Fate.BARE
    if key == "loext" and name not in ELEMENTS["loext"]:
        return Fate.RULE
    if name not in ELEMENTS.get(key, ()):
        return Fate.UNKNOWN
    if key == "text":
        if name in {"p", "h"}:
            return Fate.PARAGRAPH
        if name in _SIGNS:
            return Fate.SIGN
        if name == "a" and not _leads(of.get("href", "")):
            return Fate.BARE
    if key == "draw" and name == "a" and not _leads(of.get("href", "")):
        return Fate.BARE
    if key == "style" and name == "font-face" and not is_font(of.get("font-family", "")):
        return Fate.RULE
    if key == "draw" and name in {"image", "fill-image"}:
        # A flat document holds its pictures in the element, which stays as a frame.
        return Fate.KEPT if "href" not in of or picture_name(of["href"]) else Fate.RULE
    if key == "config" and name == "config-item" and of.get("name") not in SETTINGS:
        return Fate.RULE
    return Fate.KEPT


def is_listed(token: Token) -> bool:
    """Whether an element stands in a written list."""
    key = space(token)
    return token.local in ELEMENTS.get(key, ()) or token.local in RULE.get(key, ())


def is_space(uri: str) -> bool:
    """Whether a namespace is one that programs name."""
    return uri in SPACES


def sign(token: Token) -> str:
    """Return the character an element stands for; several blanks stand for one."""
    return _SIGNS[token.local]


def _leads(target: str) -> bool:
    """Whether a link leads to a page, an address or a bookmark.

    Links to headings, tables and frames repeat their words before a bar.
    """
    if target.startswith("#"):
        return len(target) > 1 and "|" not in target
    return target.lower().startswith(("http://", "https://", "mailto:"))


def picture_name(target: str) -> tuple[str, str] | None:
    """Return stem and suffix of a picture of the package; None for what is none."""
    match = _PICTURE.fullmatch(target)
    return (match["stem"], match["suffix"]) if match else None


def is_stem(stem: str) -> bool:
    """Whether the name of a picture is one that programs give: a hash or a number."""
    return _STEM.fullmatch(stem) is not None


def address(target: str) -> tuple[str, str, str] | None:
    """Return what stands before, in and behind the address of a `mailto:`; None for no such."""
    match = _ADDRESS.fullmatch(target)
    return (match["lead"], match["address"], match["rest"] or "") if match else None


def is_font(value: str) -> bool:
    """Whether a value is the name of a font that many have, or a list of such.

    >>> [is_font(one) for one in ("'DejaVu Sans'", "Arial1", "Jane Hand")]
    [True, True, False]
    """
    return all(
        styles.is_font(name) or styles.is_font(name.rstrip("0123456789").rstrip())
        for name in (one.strip(" '\"") for one in value.split(","))
    )


@lru_cache(maxsize=20_000)
def is_name(value: str) -> bool:
    """Whether a value is a name that a program gave a style, a place or an object.

    >>> [is_name(one) for one in ("P12", "Text_20_body", "Table1.A1", "Jane_20_table")]
    [True, True, True, False]
    """
    key = regex.sub(r"_[0-9a-f]{2}_|[\W\d_]+", "", value.lower())
    return (
        _AUTOMATIC.fullmatch(value) is not None
        or value in _NCNAME
        or key in _MORE_STYLES
        or styles.is_style(value)
        or values.is_bookmark(value)
        or values.is_object_name(value)
        or is_font(value)
    )


@lru_cache(maxsize=20_000)
def is_value(value: str) -> bool:
    """Whether a value is made of bounded numbers, colours and words of OpenDocument.

    >>> [is_value(one) for one in ("0.06pt solid #000000", "from-left", "447700900123", "Jane")]
    [True, True, False, False]
    """
    if _PATH.fullmatch(value) or _SHAPES.fullmatch(value):
        return not regex.search(r"\d{11}|[A-Za-z]{4}", value) or bool(_SHAPES.fullmatch(value))
    return all(
        not one or one in VALUES or _NUMBER.fullmatch(one) for one in _SPLIT.split(value.strip())
    )


def _is_formula(value: str) -> bool:
    at = 0
    while at < len(value):
        match = _FORMULA.match(value, at)
        if match is None or match.end() == at:
            return False
        word = match[0].lstrip("?$").rstrip("0123456789.")
        if word.isalpha() and word not in VALUES and word != "f":
            return False
        at = match.end()
    return True


def slot(trail: Sequence[Token], attribute: Attribute) -> Slot | None:
    """Return what an attribute of the last element of a trail is; `LITERAL` for markup."""
    token = trail[-1]
    key, name = space(token), token.local
    own, local, value = space(attribute), attribute.local, plain(attribute.value)
    if attribute.space and not own:
        return UNKNOWN
    if own == "xml" and local != "id":
        return LITERAL if local == "space" and is_value(value) else RULED
    if own in RULED_SPACES or (own == "officeooo" and local.endswith("rsid")):
        return RULED
    if key == "config":
        return LITERAL if local in {"name", "type"} and _is_setting(name, local, value) else RULED
    if own == "office" and local == "mimetype":
        return LITERAL if value in TYPES else UNKNOWN
    if local in _WORDED:
        return LITERAL if values.is_list_mark(value) else TEXT
    if local in _MARKS:
        return LITERAL if values.is_list_mark(value) or is_value(value) else TEXT
    if _LOCALE.fullmatch(local):
        return LITERAL if _TAG.fullmatch(value) or values.is_language(value) else RULED
    if _FONTS.fullmatch(local):
        return LITERAL if is_font(value) else RULED
    if local in NAMES:
        return _named(key, name, local, value)
    if local == "display-name":
        return LITERAL if is_name(value.replace(" ", "_20_")) else RULED
    if local in {"formula", "condition"} and key == "draw":
        return LITERAL if _is_formula(value) else UNKNOWN
    if local in ATTRIBUTES:
        return LITERAL if is_value(value) else _other(own, local)
    return _other(own, local)


def _other(own: str, local: str) -> Slot:
    return RULED if local in _RULED or own in _SPARED else UNKNOWN


def _named(key: str, name: str, local: str, value: str) -> Slot | None:
    """Return what the name of a style, place or object is, or a reference to one."""
    if not value or is_name(value):
        return LITERAL
    if key == "draw" and local == "name" and name not in {
        "gradient", "hatch", "fill-image", "marker", "stroke-dash", "opacity", "layer",
    }:  # fmt: skip
        # Frames are named after what is in them, and nothing refers to them.
        return RULED
    return IDENTIFIER


def _is_setting(name: str, local: str, value: str) -> bool:
    if name == "config-item-set":
        return value in {"ooo:configuration-settings", "ooo:view-settings"}
    return value in SETTINGS if local == "name" else is_type(value)


def is_type(value: str) -> bool:
    """Whether a value is the type of a setting."""
    return value in {"boolean", "short", "int", "long", "double", "string"}


def is_setting_value(value: str) -> bool:
    """Whether what a setting says is a truth or a bounded number."""
    return value in {"true", "false"} or regex.fullmatch(r"-?\d{1,6}", value) is not None


def element_text(trail: Sequence[Token], raw: str) -> Slot | None:
    """Return what the text right in an element that is no paragraph is; `LITERAL` for markup."""
    token = trail[-1]
    key, name, value = space(token), token.local, plain(raw).strip()
    if (key, name) == ("dc", "creator"):
        return PERSON
    if (key, name) == ("dc", "date"):
        return DATE_TEXT
    if key == "svg" and name in {"title", "desc"}:
        return TEXT
    if (key, name) in {("text", "note-citation"), ("text", "linenumbering-separator")}:
        return LITERAL if values.is_list_mark(raw) or is_value(value) else TEXT
    if (key, name) in {("text", "index-title-template"), ("text", "index-entry-span")}:
        return LITERAL if values.is_list_mark(raw) else TEXT
    if key == "text" and name.startswith("note-continuation-notice"):
        return TEXT
    if key == "number":
        return LITERAL if values.is_list_mark(raw) or is_value(value) else TEXT
    if (key, name) == ("config", "config-item"):
        return LITERAL if is_setting_value(value) else RULED
    return UNKNOWN


DATE_TEXT = Slot(Role.DATE, part=Part.EXTRA)
