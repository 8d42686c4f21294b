"""Values that are markup: numbers, colours, words of enumerations, names programs make up.

Whether a value may stay is told from the value, not from where it stands: what is a bounded
number or a word of `docx_vocabulary` names nobody.  Sources are those of `docx_names`.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from anonymize.formats.docx_vocabulary import (
    COMPATIBILITY,
    ENUMERATED,
    FORMULA,
    SCRIPTS,
    STYLE_SHEET,
)

_NUMBER = regex.compile(
    r"[+-]?(?:\d{1,10}(?:\.\d{1,10})?|\.\d{1,10})(?:pt|in|cm|mm|px|em|pc|pi|f|fd|%)?"
    r"|(?=[A-Fa-f]*\d)[0-9A-Fa-f]{1,8}|[0-9A-F]{6}|[0-9a-f]{6}|F{2,8}|[01]{12}|0[0-9A-F]{19}"
    r"|#[0-9A-Fa-f]{3}|#[0-9A-Fa-f]{6}|@\d{1,3}"
    r"|[+-]?\d{1,10}f?(?:,[+-]?\d{0,10}f?){1,40}|0x[0-9A-Fa-f]{1,8}"
)
"""Ten digits hold every length in EMU; a number of a phone or an account is often longer."""
_LANGUAGE = regex.compile(
    r"(?:[a-z]{2})(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|\d{3}))?|x-none|zxx|und|"
)

_STYLE_SHEET = regex.compile(
    r"(?P<word>[A-Za-z]+\d?)|[+-]?[\d.]+(?:pt|in|cm|mm|px|em|pc|%|f)?"
    r"|#?_x0000_[a-z]\d{1,10}|#Text Box \d{1,4}|#[0-9A-Fa-f]{3,6}|[@#:;,\s\[\]()-]"
    r"|\"(?:Times New Roman|Arial|Calibri)\"|&quot;(?:Times New Roman|Arial|Calibri)&quot;",
)
_LONG = regex.compile(r"\d{11}")
_PATH = regex.compile(
    # Commands of VML (ECMA-376, part 4, section 19.1.2.14), two of them at most side by side.
    r"(?:(?:n[fs])?(?:[mlcxetrv]|a[elt]|ar|w[ar]|q[xyb]|h[a-i]){0,2}(?:[@\d,.\s-]+|$)){0,2000}",
)
_SHAPE_ID = regex.compile(r"#?_x0000_[a-z]{1,3}\d{1,10}|#?_x0000_[a-z]")
_SYMBOLS = regex.compile(
    r"(?:&#x?[0-9a-fA-F]{1,6};|&(?:lt|gt|amp|quot);|%\d|[^\p{L}\p{N}]|o)*",
)
"""The text of a list's mark: numbers to come, signs, and the `o` that Courier shows as a ring."""
_BOOKMARK = regex.compile(
    r"_GoBack|_(?:Toc|Ref|Hlk|Hlt|Numd|Int|Lk|Anm)[0-9A-Fa-f]{1,12}|OLE_LINK\d{1,4}"
    r"|_heading=h\.[a-z0-9]{6,14}|_(?:gjdgxs|30j0zll|1fob9te|3znysh7)"
    r"|(?:Text|Check|Dropdown)\d{1,4}"
    r"|__RefHeading___Toc\d{1,9}_\d{1,12}|__DdeLink__\d{1,6}_\d{1,12}|__UnoMark__\d{1,6}_\d{1,12}"
    r"|Bookmark\d{0,4}|h\.[a-z0-9]{12}",
)
_RELATION = regex.compile(r"rId\d{1,6}|R[0-9a-f]{8,32}|rId[0-9a-f]{4,40}|docRId\d{1,4}|id\d{1,6}")
_OBJECT = regex.compile(
    r"(?:Picture|Image|Grafik|Graphic|Text ?Box|Textfeld|Rectangle|Rechteck|Group|Gruppieren|Shape"
    r"|Line|Oval|Straight Connector|Frame|Object|Objekt|Chart|Diagram|Afbeelding|Imagen"
    r"|Tekstvak|Canvas|Freeform|Arrow|AutoShape)? ?\d{0,6}",
)


@lru_cache(maxsize=20_000)
def is_plain(value: str) -> bool:
    """Whether a value is a bounded number, a colour or a word of an enumeration.

    >>> [is_plain(one) for one in ("240", "4472C4", "center", "100%", "Jane", "447700900123")]
    [True, True, True, True, False, False]
    """
    return not value or value in ENUMERATED or _NUMBER.fullmatch(value) is not None


def is_shade(value: str) -> bool:
    """Whether a value is a byte in hexadecimal."""
    return len(value) == 2 and value.isalnum() and value.upper().strip("ABCDEF0123456789") == ""


def is_language(value: str) -> bool:
    """Whether a value is the tag of a language, by its shape."""
    return _LANGUAGE.fullmatch(value) is not None


def is_script(value: str) -> bool:
    """Whether a value is the code of a script (ISO 15924) that themes have fonts for."""
    return value in SCRIPTS


def is_style_sheet(value: str) -> bool:
    """Whether a value is a style or formula of VML: known words, numbers and signs."""
    at = 0 if _LONG.search(value) is None else -1
    while 0 <= at < len(value):
        match = _STYLE_SHEET.match(value, at)
        word = match["word"] if match else "?"
        if match is None or (word and word not in STYLE_SHEET and word not in ENUMERATED):
            return False
        at = match.end()
    return at >= 0


def is_outline(value: str) -> bool:
    """Whether a value is a path of VML."""
    return _PATH.fullmatch(value) is not None and _LONG.search(value) is None


def is_shape(value: str) -> bool:
    """Whether a value is the id of a shape as Word makes them, or a reference to one."""
    return _SHAPE_ID.fullmatch(value) is not None


def is_list_mark(value: str) -> bool:
    """Whether a value is the mark of a list and says no word."""
    return _SYMBOLS.fullmatch(value) is not None


def is_compatibility(value: str) -> bool:
    """Whether a value is the name of a setting of compatibility."""
    return value in COMPATIBILITY


def is_bookmark(value: str) -> bool:
    """Whether a value is the name of a bookmark that a program made."""
    return _BOOKMARK.fullmatch(value) is not None


def is_relation(value: str) -> bool:
    """Whether a value is the id of a relationship as programs make them."""
    return _RELATION.fullmatch(value) is not None


def is_object_name(value: str) -> bool:
    """Whether a value is the name a program gave a picture or shape."""
    return _OBJECT.fullmatch(value) is not None


_GUIDE = regex.compile(
    r"(?:adj|connsite[XY]|connsiteX|a|b|c|d|x|y|q|il|it|ir|ib|dx|dy|g|maxAdj|hd|wd|ss|ls)?\d{0,4}"
    r"|[lrtbhw]|hc|vc|cd[248]|3cd[48]|5cd8|7cd8|(?:dx|dy|x|y|a|q|idx|idy|ix|iy)[A-Z]?\d{0,2}",
)


def is_guide(value: str) -> bool:
    """Whether a value is the name of a guide of a shape, as programs write them."""
    return _GUIDE.fullmatch(value) is not None


def is_formula(value: str) -> bool:
    """Whether a value is the formula of a guide: operations, guides and numbers."""
    return all(one in FORMULA or is_plain(one) or is_guide(one) for one in value.split())


_FORMAT = regex.compile(r"(?:[yMdhHmsaAp]{1,5}|AM/PM|am/pm|'?[/.,:\s-]'?|0|#){0,30}")


def is_date_format(value: str) -> bool:
    """Whether a value is the picture of a date or number: `d MMMM yyyy`."""
    return _FORMAT.fullmatch(value) is not None
