"""Every part a word-processing package may have, and what becomes of it.

| part | told by | what becomes of it |
|---|---|---|
| main document | content type | text, names, dates are fields; formatting is markup |
| headers, footers, foot- and endnotes | content type | likewise |
| comments | content type | likewise; author and date are fields, initials leave |
| people | content type | authors are fields; their accounts (`presenceInfo`) leave |
| styles, numbering, fonts, theme, web settings | content type | markup; names of one's own are \
fields, fonts nobody knows leave |
| settings | content type | markup; rsids, ids, variables, template, mail merge, protection leave |
| core properties | content type | creator and last editor are names; all else leaves |
| extended properties | content type | emptied |
| custom properties, custom XML, thumbnail, labels, signatures, printer settings, embedded \
objects and fonts, ActiveX, macros, charts, diagrams, ink, glossary of building blocks, \
extended comments, web extensions, recipients of mail merge | path | left out by rule, with \
their relationships |
| pictures | content type | a grey one of the same kind, unless a policy keeps `picture` |
| relationships | path | those of parts that are kept, and links (URLs are fields); no others |
| content types | path | those of parts that are kept |
| anything else, such as `altChunk` | | the document is withheld, or with \
`--drop-unknown-parts` the part is left out |

Sources: ECMA-376, part 1, section 11 and annex A; part 2 (packages); [MS-DOCX], section 2.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache

import regex

from anonymize.formats.docx_names import listed

CONTENT_TYPES = "[Content_Types].xml"


class Kind(StrEnum):
    """What becomes of a part."""

    MAIN = "document"
    STORY = "story"
    """Text beside the body: headers, notes, comments."""
    MARKUP = "markup"
    PICTURE = "picture"
    RELATIONS = "relationships"
    TYPES = "content-types"
    RULE = "rule"
    MACROS = "macros"
    UNKNOWN = "unknown"


_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_TYPES = {
    _WML + "document.main+xml": Kind.MAIN,
    _WML + "template.main+xml": Kind.MAIN,
    "application/vnd.ms-word.document.macroEnabled.main+xml": Kind.MACROS,
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml": Kind.MACROS,
    **{_WML + one + "+xml": Kind.STORY for one in (
        "header", "footer", "footnotes", "endnotes", "comments",
    )},
    **{_WML + one + "+xml": Kind.MARKUP for one in (
        "styles", "numbering", "fontTable", "settings", "webSettings", "people",
    )},
    "application/vnd.openxmlformats-officedocument.theme+xml": Kind.MARKUP,
    "application/vnd.openxmlformats-package.core-properties+xml": Kind.MARKUP,
    "application/vnd.openxmlformats-officedocument.extended-properties+xml": Kind.MARKUP,
}  # fmt: skip
PICTURES = {
    "image/png": "png",
    "image/jpeg": "jpeg",
    "image/jpg": "jpeg",
    "image/pjpeg": "jpeg",
    "image/gif": "gif",
    "image/bmp": "bmp",
    "image/tiff": "tiff",
    "image/x-emf": "emf",
    "image/x-wmf": "wmf",
    "image/svg+xml": "svg",
}
"""Kinds of pictures by content type."""
_SUFFIXES = {
    "jpg": "jpeg", "jpe": "jpeg", "jfif": "jpeg", "tif": "tiff", "dib": "bmp",
} | {one: one for one in PICTURES.values()}  # fmt: skip
_RULED = regex.compile(
    r"docProps/custom\.xml|customXml/.*|docProps/thumbnail\.[A-Za-z]{3,5}|docMetadata/.*"
    r"|_xmlsignatures/.*|package/services/digital-signature/.*|word/printerSettings/.*"
    r"|word/embeddings/.*|word/activeX/.*|word/(?:vbaProject\.bin|vbaData\.xml|customizations\.xml"
    r"|attachedToolbars\.bin)|customUI/.*|userCustomization/.*|word/charts/.*|word/diagrams/.*"
    r"|word/drawings/.*|word/ink/.*|word/fonts/.*|word/glossary/.*|word/webextensions/.*"
    r"|word/comments(?:Extended|Ids|Extensible)\d{0,3}\.xml|word/recipientData\d{0,3}\.xml"
    r"|word/stylesWithEffects\d{0,3}\.xml|word/documenttasks/.*|word/intelligence\d{0,2}\.xml"
    r"|word/model3d/.*|word/slicers/.*|word/mailMergeRecipientData\.xml|word/bibliography/.*"
    r"|\[trash\]/.*|word/media/[^/]*\.(?:wav|mp3|mp4|m4a|m4v|avi|wmv|mov|glb|wdp)",
    regex.IGNORECASE,
)
"""Paths of parts that are left out by rule."""
_RULED_WORDS = regex.compile(
    r"thumbnail|custom|glossary|embed|activeX|vba|chart|diagram|ink|font|printer|signature|comments"
    r"|webextension|effects|labelinfo",
    regex.IGNORECASE,
)
_NAME = regex.compile(
    r"(?P<folder>|word/|word/theme/|word/media/|docProps/|media/|theme/)(?P<stem>[^/]+)"
    r"(?P<suffix>\.[A-Za-z]{2,5})",
)
_STEM = regex.compile(
    r"(?:document|header|footer|footnotes|endnotes|comments|people|styles|numbering|fontTable"
    r"|settings|webSettings|theme|core|app|image|picture|img|afchunk|hdphoto)\d{0,6}"
    r"|(?:rId|rIdImg)\d{1,6}",
)
_RELATIONS = regex.compile(r"(?P<folder>(?:.*/)?)_rels/(?P<name>[^/]*)\.rels")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a package.

    Attributes:
        name: Its path in the package.
        kind: What becomes of it.
        key: First step of the paths of its fields: a word and a number, never a name.
        number: Position among all parts, from 1.
        picture: Kind of the picture it is; empty for none.
        named: Where in `name` stands a word of somebody's own; (0, 0) for nowhere.
    """

    name: str = field(repr=False)
    kind: Kind
    key: str
    number: int
    picture: str = ""
    named: tuple[int, int] = (0, 0)


def kind_of(name: str, content_type: str) -> Kind:
    """Return what becomes of a part.

    >>> kind_of("docProps/thumbnail.jpeg", "image/jpeg").value
    'rule'
    """
    if name == CONTENT_TYPES:
        return Kind.TYPES
    if _RULED.fullmatch(name):
        return Kind.RULE
    if _RELATIONS.fullmatch(name):
        return Kind.RELATIONS
    if _NAME.fullmatch(name) is None:
        return Kind.UNKNOWN
    if picture_of(name, content_type):
        return Kind.PICTURE
    return _TYPES.get(content_type, Kind.UNKNOWN)


def picture_of(name: str, content_type: str) -> str:
    """Return the kind of picture a part is; empty for none.

    What a part is called and what it is said to be must not differ.
    """
    suffix = _SUFFIXES.get(name.rpartition(".")[2].lower(), "")
    said = PICTURES.get(content_type.lower(), "")
    return suffix if suffix == said else ""


def own_name(name: str) -> tuple[int, int]:
    """Return where in the path of a part stands a word of somebody's own; (0, 0) for nowhere."""
    match = _NAME.fullmatch(name)
    if match is None or _STEM.fullmatch(match["stem"]):
        return (0, 0)
    return match.span("stem")


@lru_cache(maxsize=1024)
def key_of(name: str, kind: Kind, number: int) -> str:
    """Return what paths of fields call a part."""
    match = _NAME.fullmatch(name)
    stem = match["stem"] if match else ""
    if kind is Kind.RULE:
        word = _RULED_WORDS.search(name)
        return word[0].lower() if word else "part"
    if kind in {Kind.MAIN, Kind.STORY, Kind.MARKUP} and _STEM.fullmatch(stem):
        return stem
    return f"{kind.value}{number}"


def relations_of(name: str) -> str:
    """Return the path of the part whose relationships a part holds; empty for the package's.

    >>> relations_of("word/_rels/document.xml.rels"), relations_of("_rels/.rels")
    ('word/document.xml', '')
    """
    match = _RELATIONS.fullmatch(name)
    return f"{match['folder']}{match['name']}" if match and match["name"] else ""


_BASES = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
    "http://purl.oclc.org/ooxml/officeDocument/relationships/",
    "http://schemas.openxmlformats.org/package/2006/relationships/metadata/",
    "http://schemas.microsoft.com/office/2011/relationships/",
)
_RELATIONSHIPS = listed(
    """
    officeDocument core-properties extended-properties styles numbering fontTable settings
    webSettings theme header footer footnotes endnotes comments image hyperlink people
    extendedProperties
    """,
)


def is_relationship(kind: str) -> bool:
    """Whether a type of relationship is one that may be kept."""
    base, word = kind[: kind.rfind("/") + 1], kind.rpartition("/")[2]
    return base in _BASES and word in _RELATIONSHIPS
