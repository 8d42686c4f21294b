"""What becomes of each element and attribute of a word-processing document.

Three tables decide: names that are known (`docx_names`), what leaves by rule (`docx_rules`),
attributes that hold what people wrote (here).  Every other attribute is markup when its value
is (`docx_values`), and leaves as unknown when it is not.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

import regex

from anonymize.formats import docx_values as values
from anonymize.formats.docx_names import ATTRIBUTES, ELEMENTS, RULED_OUT, SPACES, listed
from anonymize.formats.docx_rules import ATTRIBUTES_OUT, ELEMENTS_OUT, PROGRAMS
from anonymize.formats.docx_styles import is_font, is_style, is_theme
from anonymize.formats.pieces import Part
from anonymize.formats.xml_pieces import LITERAL, RULED, UNKNOWN, Slot, plain
from anonymize.formats.xml_text import Attribute, Token
from anonymize.model.fields import Role


class Fate(StrEnum):
    """What becomes of an element."""

    KEPT = "kept"
    PARAGRAPH = "paragraph"
    """Kept; its text is one, whatever runs it is cut into."""
    TEXT = "text"
    """Kept; holds text of the paragraph."""
    SIGN = "sign"
    """Kept; stands for a character of the paragraph: a tab, a line break."""
    INSTRUCTION = "instruction"
    """Holds what a field is to show; kept where it is harmless."""
    WORDS = "words"
    """Kept; holds a number or a word of markup."""
    BARE = "bare"
    """Its tags leave by rule, what is in it stays."""
    RULE = "rule"
    UNKNOWN = "unknown"


_BARE = frozenset(("ins", "moveTo", "smartTag", "customXml"))
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
"""Elements of runs that are characters (ECMA-376, part 1, section 17.3.3); a soft hyphen is
none, so that it parts no name."""
_WORDS = frozenset(
    ("posOffset", "align", "pctWidth", "pctHeight", "pctPosHOffset", "pctPosVOffset", "language"),
)
_GRAPHICS = ("pic", "wps", "wpg", "wpc", "lc")
_SHOWN = frozenset(uri for uri, short in SPACES.items() if short in _GRAPHICS)
"""Kinds of graphics that are kept; charts and diagrams repeat the data they were drawn from."""
_COMPAT_URI = "http://schemas.microsoft.com/office/word"
_SYMBOL_FONTS = ("symbol", "wingdings", "wingdings 2", "wingdings 3", "webdings", "marlett")
_PATH_LIKE = regex.compile(
    r"[\\/]|\.(?:jpe?g|png|gif|bmp|tiff?|docx?|pdf|emf|wmf|svg|heic)$", regex.I
)

EMPTIED = Slot(Role.OPAQUE, "rule")
"""Empty by rule: an attribute that may not be missing."""
IDENTIFIER = Slot(Role.ID, "other", part=Part.LABEL)
"""A name that other places refer to: the same one becomes the same."""
TEXT = Slot(Role.TEXT)
PERSON = Slot(Role.NAME, "person", part=Part.LABEL)
DATE = Slot(Role.DATE, part=Part.EXTRA)
INITIALS = Slot(Role.OPAQUE, "rule", part=Part.EXTRA)
"""Made anew from the name that the author has now."""

_STYLE_REFERENCES = listed(
    """
    pStyle rStyle tblStyle basedOn next link styleLink numStyleLink clickAndTypeStyle
    defaultTableStyle
    """,
)
_FONT_ATTRIBUTES = frozenset(("ascii", "hAnsi", "eastAsia", "cs", "typeface", "font"))


def space(token: Token | Attribute) -> str:
    """Return the short name of a namespace; empty for none or one nobody knows."""
    return SPACES.get(token.space, "")


@dataclass(frozen=True, slots=True)
class Context:
    """What the grammar must know of the package.

    Attributes:
        kept: Ids of the relationships of the part that are kept.
    """

    kept: frozenset[str] = field(default=frozenset(), repr=False)


def fate(trail: Sequence[Token], context: Context) -> Fate:
    """Return what becomes of the last element of a trail."""
    token = trail[-1]
    key, name = space(token), token.local
    if key in RULED_OUT or name in ELEMENTS_OUT.get(key, ()):
        return Fate.RULE
    if key == "w" and name in _BARE:
        return Fate.BARE
    if name not in ELEMENTS.get(key, ()):
        return Fate.UNKNOWN
    if _left_out(trail, context):
        return Fate.RULE
    parent = trail[-2].local if len(trail) > 1 else ""
    if key in {"w", "a"} and name == "p" and parent != "":
        return Fate.PARAGRAPH
    if name == "t" and key in {"w", "a", "m"}:
        return Fate.TEXT
    if key == "w":
        if name in _SIGNS and parent == "r":
            return Fate.SIGN
        if name == "instrText":
            return Fate.INSTRUCTION
        if name in {"hyperlink", "fldSimple"} and not _leads(token, context):
            return Fate.BARE
    if key == "a" and name == "br":
        return Fate.SIGN
    return Fate.WORDS if name in _WORDS else Fate.KEPT


def is_listed(token: Token) -> bool:
    """Whether an element stands in a written list."""
    key = space(token)
    return token.local in ELEMENTS.get(key, ()) or token.local in ELEMENTS_OUT.get(key, ())


def sign(token: Token) -> str:
    """Return the character an element stands for."""
    return _SIGNS[token.local]


def _left_out(trail: Sequence[Token], context: Context) -> bool:
    """Whether an element leaves for what its attributes say."""
    token = trail[-1]
    key, name = space(token), token.local
    of = {(space(one), one.local): plain(one.value) for one in token.attributes}
    if key == "w":
        if name == "font":
            return not is_font(of.get(("w", "name"), ""))
        if name == "lsdException":
            return not is_style(of.get(("w", "name"), ""))
        if name == "docPartGallery":
            return of.get(("w", "val"), "") not in {
                "Table of Contents",
                "Page Numbers (Bottom of Page)",
            }
        if name == "sym":
            return of.get(("w", "font"), "").lower() not in _SYMBOL_FONTS
        if name == "compatSetting":
            return not values.is_compatibility(of.get(("w", "name"), ""))
    if key == "a" and name == "font":
        script = of.get(("", "script"), "")
        return not (values.is_script(script) and is_font(of.get(("", "typeface"), "")))
    referred = [value for (short, _), value in of.items() if short == "r"]
    # A blip or picture without its source is an empty frame; anything else is nothing.
    spared = (key, name) in {("w", "hyperlink"), ("a", "blip"), ("v", "imagedata"), ("v", "fill")}
    return not spared and any(one not in context.kept for one in referred)


def _leads(token: Token, context: Context) -> bool:
    """Whether a hyperlink has a place to lead to; simple fields are asked about elsewhere."""
    if token.local == "fldSimple":
        return True
    of = {(space(one), one.local): plain(one.value) for one in token.attributes}
    target = of.get(("r", "id"))
    return ("w", "anchor") in of if target is None else target in context.kept


def shows_graphic(uri: str) -> bool:
    """Whether graphics of a kind are kept."""
    return uri in _SHOWN


def slot(trail: Sequence[Token], attribute: Attribute, context: Context) -> Slot | None:
    """Return what an attribute of the last element of a trail is; `LITERAL` for markup."""
    token = trail[-1]
    key, name = space(token), token.local
    own = space(attribute)
    local, value = attribute.local, plain(attribute.value)
    if own in RULED_OUT or local.startswith("rsid"):
        return RULED
    asked = _FREE.get((key, name, local))
    if asked is None and key == "v" and local == "alt":
        asked = _described
    if asked is not None:
        return asked(trail, value) if value else LITERAL
    if f"{own or key}:{local}" in ATTRIBUTES_OUT:
        return RULED
    if attribute.space and not own:
        return UNKNOWN
    if own == "r":
        if value not in context.kept:
            return RULED
        return LITERAL if values.is_relation(value) else IDENTIFIER
    if own == "xml":
        if local == "space":
            return LITERAL if value in {"preserve", "default"} else RULED
        return LITERAL if local == "lang" and values.is_language(value) else RULED
    if local not in ATTRIBUTES:
        return UNKNOWN
    if values.is_plain(value) or (local in _SHADES and values.is_shade(value)):
        return LITERAL
    found = _by_name(key, name, local, value)
    return UNKNOWN if found is None else found[0]


def element_text(trail: Sequence[Token], value: str) -> Slot | None:
    """Return what the text right in the last element of a trail is; None for unknown."""
    token = trail[-1]
    if (space(token), token.local) in {("dc", "creator"), ("cp", "lastModifiedBy")}:
        return EMPTIED if value.strip().lower() in PROGRAMS else PERSON
    return None


def _by_name(key: str, name: str, local: str, value: str) -> tuple[Slot | None] | None:
    """Return what an attribute is whose value is no plain word, in a tuple; None if unknown."""
    if key == "w" and local == "val" and name in _STYLE_REFERENCES:
        return (LITERAL if is_style(value) else IDENTIFIER,)
    if local in _FONT_ATTRIBUTES and name in {"rFonts", "latin", "ea", "cs", "sym", "buFont"}:
        return (LITERAL if is_font(value) else RULED,)
    if local in {"lang", "altLang"} or name in {"lang", "themeFontLang", "lid"}:
        return (LITERAL if values.is_language(value) else RULED,)
    if key in {"v", "o", "w10"} or (key == "w" and name == "background"):
        return _of_drawing(local, value)
    if key == "a" and (name, local) == ("gd", "fmla"):
        return (LITERAL if values.is_formula(value) else UNKNOWN,)
    if key == "a" and local in _GUIDES and values.is_guide(value):
        return (LITERAL,)
    return None


_SHADES = frozenset(("themeTint", "themeShade", "themeFillTint", "themeFillShade"))
_GUIDES = frozenset(("x", "y", "l", "t", "r", "b", "wR", "hR", "stAng", "swAng", "ang", "name"))


def _of_drawing(local: str, value: str) -> tuple[Slot | None] | None:
    """Return what an attribute of VML is."""
    if local in {"id", "spid", "type"}:
        return (LITERAL if values.is_shape(value) else RULED,)
    if local in {"path", "v"}:
        return (LITERAL if values.is_outline(value) else UNKNOWN,)
    return (LITERAL if values.is_style_sheet(value) else UNKNOWN,)


def _identifier(_trail: Sequence[Token], value: str) -> Slot | None:
    return LITERAL if is_style(value) else IDENTIFIER


def _bookmark(_trail: Sequence[Token], value: str) -> Slot | None:
    return LITERAL if values.is_bookmark(value) else IDENTIFIER


def _name(trail: Sequence[Token], value: str) -> Slot | None:
    """Return what `w:name/@w:val` is: of a style, a form field or a building block."""
    parent = trail[-2].local if len(trail) > 1 else ""
    if parent == "style":
        return _identifier(trail, value)
    if parent == "ffData":
        return _bookmark(trail, value)
    return EMPTIED


def _theme(_trail: Sequence[Token], value: str) -> Slot | None:
    return LITERAL if is_theme(value) else EMPTIED


def _mark(_trail: Sequence[Token], value: str) -> Slot | None:
    return LITERAL if values.is_list_mark(value) else TEXT


def _numbers(_trail: Sequence[Token], value: str) -> Slot | None:
    return LITERAL if values.is_guide(value) or values.is_plain(value) else RULED


def _format(_trail: Sequence[Token], value: str) -> Slot | None:
    return LITERAL if values.is_date_format(value) else RULED


def _object(_trail: Sequence[Token], value: str) -> Slot | None:
    return LITERAL if values.is_object_name(value) else EMPTIED


def _described(_trail: Sequence[Token], value: str) -> Slot | None:
    # Programs put the path of the picture here.
    return RULED if _PATH_LIKE.search(value) else Slot(Role.TEXT, part=Part.EXTRA)


def _uri(_trail: Sequence[Token], value: str) -> Slot | None:
    return LITERAL if value in _SHOWN else UNKNOWN


def _text(_trail: Sequence[Token], value: str) -> Slot | None:
    return LITERAL if not value.strip() else TEXT


def _form_value(_trail: Sequence[Token], value: str) -> Slot | None:
    return LITERAL if values.is_plain(value) else TEXT


def _date(_trail: Sequence[Token], _value: str) -> Slot | None:
    return DATE


def _initials(_trail: Sequence[Token], _value: str) -> Slot | None:
    return INITIALS


def _ruled(_trail: Sequence[Token], _value: str) -> Slot | None:
    return RULED


def _person(_trail: Sequence[Token], value: str) -> Slot | None:
    return PERSON if value.strip() else LITERAL


def _symbol(_trail: Sequence[Token], value: str) -> Slot | None:
    return LITERAL if len(value) <= 1 and not value.isalpha() else RULED


def _font(_trail: Sequence[Token], value: str) -> Slot | None:
    return LITERAL if is_font(value) else RULED


def _literal(_trail: Sequence[Token], _value: str) -> Slot | None:
    return LITERAL


def _compat_uri(_trail: Sequence[Token], value: str) -> Slot | None:
    return LITERAL if value == _COMPAT_URI else UNKNOWN


_Asked: TypeAlias = Callable[[Sequence[Token], str], Slot | None]
_FREE: Mapping[tuple[str, str, str], _Asked] = {
    ("w", "style", "styleId"): _identifier,
    ("w", "name", "val"): _name,
    ("w", "lsdException", "name"): _identifier,
    ("w", "bookmarkStart", "name"): _bookmark,
    ("w", "hyperlink", "anchor"): _bookmark,
    ("w", "comment", "author"): _person,
    ("w", "comment", "initials"): _initials,
    ("w", "comment", "date"): _date,
    ("w15", "person", "author"): _person,
    ("w", "font", "name"): _font,
    ("w", "altName", "val"): _font,
    ("w", "sym", "font"): _font,
    ("w", "lvlText", "val"): _mark,
    ("w", "numFmt", "format"): _ruled,
    ("w", "listItem", "displayText"): _text,
    ("w", "listItem", "value"): _text,
    ("w", "listEntry", "val"): _text,
    ("w", "default", "val"): _form_value,
    ("w", "statusText", "val"): _text,
    ("w", "helpText", "val"): _text,
    ("w", "tblCaption", "val"): _text,
    ("w", "tblDescription", "val"): _text,
    ("w", "format", "val"): _format,
    ("w", "dateFormat", "val"): _format,
    ("w", "date", "fullDate"): _date,
    ("w", "docPartGallery", "val"): _literal,
    ("w", "compatSetting", "name"): _literal,
    ("w", "compatSetting", "uri"): _compat_uri,
    ("w", "decimalSymbol", "val"): _symbol,
    ("w", "listSeparator", "val"): _symbol,
    ("wp", "docPr", "name"): _object,
    ("wp", "docPr", "descr"): _described,
    ("wp", "docPr", "title"): _described,
    ("a", "theme", "name"): _theme,
    ("a", "clrScheme", "name"): _theme,
    ("a", "fontScheme", "name"): _theme,
    ("a", "fmtScheme", "name"): _theme,
    ("a", "custClr", "name"): _ruled,
    ("a", "font", "script"): _literal,
    ("a", "font", "typeface"): _font,
    ("a", "buChar", "char"): _mark,
    ("a", "graphicData", "uri"): _uri,
    ("v", "textpath", "string"): _text,
    ("m", "mathFont", "val"): _font,
    ("m", "chr", "val"): _symbol,
    ("m", "begChr", "val"): _symbol,
    ("m", "endChr", "val"): _symbol,
    ("m", "sepChr", "val"): _symbol,
    ("v", "imagedata", "title"): _ruled,
    ("o", "idmap", "data"): _numbers,
} | {
    (key, "cNvPr", local): asked
    for key in ("pic", "wps", "wpg", "wpc", "a")
    for local, asked in (("name", _object), ("descr", _described), ("title", _described))
}
