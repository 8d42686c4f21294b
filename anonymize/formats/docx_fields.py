"""Fields of a document: what a field is told to show, and whether that may stay.

An instruction (ECMA-376, part 1, section 17.16) that counts pages, numbers figures or refers to
a bookmark is markup.  Any other, such as `AUTHOR`, `USERNAME`, `FILENAME`, `HYPERLINK "mailto:…"`
or `ADDIN` with a record of a citation manager, leaves; what it last showed stays as text.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from anonymize.formats.docx_names import SPACES
from anonymize.formats.xml_text import Kind, Token

_SWITCH = (
    r"(?:\s+\\\*\s*(?:MERGEFORMAT|CHARFORMAT|Arabic|ARABIC|alphabetic|ALPHABETIC|roman|ROMAN"
    r"|Ordinal|Upper|Lower|FirstCap|Caps)"
    r"|\s+\\[a-z](?:\s+(?:\"[\d\s,;.-]{0,12}\"|\d{1,3}))?"
    r"|\s+\\[@#]\s*\"[dMyHhmsaApP0#/:.,\s'-]{1,40}\")*\s*"
)
_HARMLESS = regex.compile(
    rf"\s*(?:PAGE|NUMPAGES|SECTIONPAGES|SECTION|FORMTEXT|FORMCHECKBOX|FORMDROPDOWN|TOC|LISTNUM"
    rf"|SEQ\s+(?:Figure|Table|Equation|Abbildung|Tabelle|Figuur|Tabel)|NUMWORDS|NUMCHARS){_SWITCH}",
)
_REFERRING = regex.compile(
    rf"(\s*(?:REF|PAGEREF|NOTEREF|HYPERLINK\s+\\l)\s+(?:&quot;|\")?)(?P<name>[^\s\"\\&<>]{{1,60}})"
    rf"(?:&quot;|\")?{_SWITCH}",
)


@dataclass(frozen=True, slots=True)
class Instructions:
    """What was found out of the fields of a part.

    Attributes:
        dropped: First positions of the elements that leave.
        names: By first position of an instruction that stays, where in its text a bookmark is
            named.
    """

    dropped: frozenset[int] = frozenset()
    names: dict[int, tuple[int, int]] = field(default_factory=dict)


def name_in(instruction: str) -> tuple[int, int] | None:
    r"""Return where an instruction names a bookmark; (0, 0) for none; None if it must leave.

    >>> name_in(" REF _Ref123 \\h "), name_in("PAGE"), name_in("AUTHOR")
    ((5, 12), (0, 0), None)
    """
    plain = html.unescape(instruction)
    if _HARMLESS.fullmatch(plain):
        return (0, 0)
    match = _REFERRING.fullmatch(instruction)
    return match.span("name") if match else None


@dataclass(slots=True)
class _Open:
    """A field that has begun."""

    marks: list[int] = field(default_factory=list)
    texts: list[tuple[int, str]] = field(default_factory=list)
    told: bool = False


def judge(found: Sequence[Token], content: str) -> Instructions:
    """Return what becomes of the fields of a part; one that does not end leaves."""
    stack: list[_Open] = []
    dropped: set[int] = set()
    names: dict[int, tuple[int, int]] = {}
    for at, token in enumerate(found):
        if token.kind not in {Kind.START, Kind.EMPTY} or SPACES.get(token.space) != "w":
            continue
        if token.local == "fldChar":
            kind = next((a.value for a in token.attributes if a.local == "fldCharType"), "")
            if kind == "begin":
                stack.append(_Open())
            if not stack:
                dropped.add(token.start)
                continue
            stack[-1].marks.append(token.start)
            stack[-1].told = stack[-1].told or kind == "separate"
            if kind == "end":
                _close(stack.pop(), dropped, names)
        elif token.local == "instrText":
            inner = found[at + 1] if at + 1 < len(found) else token
            text = content[inner.start : inner.stop] if inner.kind is Kind.TEXT else ""
            if stack and not stack[-1].told:
                stack[-1].texts.append((token.start, text))
            else:
                dropped.add(token.start)
    for one in stack:
        dropped.update((*one.marks, *(start for start, _ in one.texts)))
    return Instructions(frozenset(dropped), names)


def _close(one: _Open, dropped: set[int], names: dict[int, tuple[int, int]]) -> None:
    place = name_in("".join(text for _, text in one.texts))
    spoken = [(start, text) for start, text in one.texts if text.strip()]
    # A bookmark named across several runs could not be renamed in one piece.
    if place is None or (place != (0, 0) and len(spoken) != 1):
        dropped.update((*one.marks, *(start for start, _ in one.texts)))
    elif place != (0, 0):
        start, text = spoken[0]
        before = next(
            sum(len(other) for _, other in one.texts[:n])
            for n, (begin, _) in enumerate(one.texts)
            if begin == start
        )
        names[start] = (place[0] - before, place[1] - before)
        if not 0 <= names[start][0] < names[start][1] <= len(text):
            names.pop(start)
            dropped.update((*one.marks, *(begin for begin, _ in one.texts)))
