"""Rules of the tables of XML transcripts: what an attribute or text is."""

from __future__ import annotations

import html

import regex

from anonymize.formats.pieces import Draft, Part
from anonymize.formats.xml_pieces import LITERAL, RULED, UNKNOWN, Slot, Stretch, Use
from anonymize.formats.xml_tables import Rule, Sheet, Trail
from anonymize.model.fields import Role

_WORD = regex.compile(r"\S+")
_LINK = regex.compile(r"(?:https?|mailto|file|ftp):\S+", flags=regex.IGNORECASE)


def each(rule: Rule, names: str) -> dict[str, Rule]:
    """Return a row of a table of values for each name in a list parted by blanks."""
    return dict.fromkeys(names.split(), rule)


def unknown(_sheet: Sheet, _trail: Trail, _value: str, _draft: Draft) -> Use:
    """Nobody said what it is."""
    return UNKNOWN


def ruled(_sheet: Sheet, _trail: Trail, _value: str, _draft: Draft) -> Use:
    """It leaves."""
    return RULED


def free(_sheet: Sheet, _trail: Trail, _value: str, _draft: Draft) -> Use:
    """It is text, searched as all text is."""
    return Slot(Role.TEXT)


def person(_sheet: Sheet, _trail: Trail, _value: str, _draft: Draft) -> Use:
    """It is the name of a person."""
    return Slot(Role.NAME, "person", part=Part.LABEL)


def speaker(_sheet: Sheet, _trail: Trail, value: str, draft: Draft) -> Use:
    """It is the label of a speaker."""
    return said_by(html.unescape(value), draft)


def said_by(label: str, draft: Draft) -> Slot:
    """Return the slot of a speaker's label."""
    return Slot(Role.NAME, "speaker", draft.speaker(label), Part.LABEL)


def place(_sheet: Sheet, _trail: Trail, _value: str, _draft: Draft) -> Use:
    """It is the name of a place."""
    return Slot(Role.PLACE)


def date(_sheet: Sheet, _trail: Trail, _value: str, _draft: Draft) -> Use:
    """It is a date; an attribute leaves whose date nobody can read."""
    return Slot(Role.DATE, part=Part.EXTRA)


def email(_sheet: Sheet, _trail: Trail, _value: str, _draft: Draft) -> Use:
    """It is an e-mail address."""
    return Slot(Role.TEXT, "email")


def code(pattern: str) -> Rule:
    """Return the rule of a value that is of a closed vocabulary, or unknown."""
    known = regex.compile(pattern)

    def rule(_sheet: Sheet, _trail: Trail, value: str, _draft: Draft) -> Use:
        return LITERAL if known.fullmatch(value.strip()) else UNKNOWN

    return rule


def link(_sheet: Sheet, _trail: Trail, value: str, _draft: Draft) -> Use:
    """It is a link, without which the attribute is empty; a path leaves by a rule."""
    if _LINK.fullmatch(value.strip()) and not value.strip().lower().startswith("file:"):
        return Slot(Role.URL)
    return Slot(Role.OPAQUE, "rule")


NUMBER = code(r"[-+]?[0-9]{1,12}(?:\.[0-9]{1,18})?")
LANGUAGE = code(
    # BCP 47: primary subtag, then script, region or variant; private use is not taken.
    r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|[0-9]{3}))?(?:-[a-z]{5,8})?"
)
YES = code("true|false|yes|no|0|1")

NUMBERED = regex.compile(
    # What programs call the parts of a transcript: a prefix of a written list and numbers.
    r"(?:a|ann?|annotationBlock|ab|au|b|c|cl|cue|cve|cveid|d|desc|div|e|er|ev|f|g|h|i|id|inc|incident|k|kin|"
    r"l|lb|lr|m|n|note|p|par|pau?|pause|pb|pc|ph|q|r|ref|s|seg|sp|span|ss|st|sub|t|tie|tier|tli|to|"
    r"top|topic|ts|turn|u|utt?|v|voc|w|word|x|spk|speaker|agent|style|region|time|tl)?"
    r"[-_.]?[0-9]{1,9}(?:[-_.]?[a-z]?[0-9]{1,9}){0,6}"
    r"|top|bottom|left|right|center|centre|middle|default|region|style",
    flags=regex.IGNORECASE,
)


def id_stretch(sheet: Sheet, value: str, start: int, draft: Draft, group: str = "id") -> Stretch:
    """Return the stretch of an id that stands in a value.

    That of a speaker is her label, a numbered one stays, any other is an id.

    Args:
        sheet: Of the file.
        value: The id as written.
        start: Where it begins in the attribute.
        draft: Of the file.
        group: Which ids it is one of.
    """
    stop = start + len(value)
    plain = html.unescape(value)
    if plain in sheet.people:
        slot = Slot(Role.NAME, "speaker", draft.speaker(sheet.people[plain]), Part.LABEL)
        return Stretch(start, stop, slot, group)
    if NUMBERED.fullmatch(plain):
        return Stretch(start, stop, LITERAL, group)
    return Stretch(start, stop, Slot(Role.ID, "other"), group)


def ident(sheet: Sheet, _trail: Trail, value: str, draft: Draft) -> Use:
    """It is an id."""
    inner = value.strip()
    return (id_stretch(sheet, inner, value.index(inner), draft),)


def refs(sheet: Sheet, _trail: Trail, value: str, draft: Draft) -> Use:
    """It is one id or several, each with `#` before it or not."""
    found: list[Stretch] = []
    for match in _WORD.finditer(value):
        at = match.start() + match[0].startswith("#")
        if at == match.end() or _LINK.match(match[0]):
            return UNKNOWN
        found.append(id_stretch(sheet, value[at : match.end()], at, draft))
    return tuple(found)


def pointers(sheet: Sheet, _trail: Trail, value: str, draft: Draft) -> Use:
    """It is ids of this file, with `#` or as they stand, or links; all else is unknown."""
    found: list[Stretch] = []
    for match in _WORD.finditer(value):
        hashed = match[0].startswith("#") and len(match[0]) > 1
        if hashed or html.unescape(match[0]) in sheet.ids:
            at = match.start() + hashed
            found.append(id_stretch(sheet, value[at : match.end()], at, draft))
        elif _LINK.fullmatch(match[0]):
            found.append(Stretch(match.start(), match.end(), Slot(Role.URL)))
        else:
            return UNKNOWN
    return tuple(found)
