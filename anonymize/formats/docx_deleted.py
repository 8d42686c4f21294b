"""Paragraphs and rows that are gone once all changes are accepted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from anonymize.formats.docx_names import SPACES, listed
from anonymize.formats.xml_text import Kind, Token

_SHOWN = listed(
    """
    t tab br cr sym noBreakHyphen drawing pict object footnoteReference endnoteReference pgNum ptab
    ruby fldSimple sdt sectPr oMath
    """,
)
"""Elements that make a paragraph more than its mark."""
_GONE = frozenset(("del", "moveFrom"))


@dataclass(slots=True)
class _Open:
    """An element that has begun and could be gone."""

    start: int
    name: str
    depth: int
    marked: bool = False
    shows: bool = False
    rows: int = 0


def deleted(found: Sequence[Token]) -> frozenset[int]:
    """Return the first positions of elements that are deleted as a whole.

    These are rows marked as deleted, tables all of whose rows are, and paragraphs whose mark is
    deleted and that show nothing.  The last paragraph of a cell or text box stays, which may not
    be without one.
    """
    gone: set[int] = set()
    stack: list[_Open] = []
    inside = -1
    names: list[str] = []
    last: dict[int, int] = {}
    for token in found:
        word = SPACES.get(token.space) in {"w", "m"}
        if token.kind is Kind.END:
            names.pop()
            if inside == token.depth:
                inside = -1
            if stack and stack[-1].depth == token.depth:
                _close(stack, gone, last)
            continue
        if token.kind not in {Kind.START, Kind.EMPTY}:
            continue
        parent = names[-1] if names else ""
        if word and inside < 0:
            _see(token, parent, names, stack)
        if token.kind is Kind.START:
            names.append(token.local if word else "")
            if word and token.local in _GONE and inside < 0:
                inside = token.depth
            if word and token.local in {"p", "tr", "tbl", "tc", "txbxContent"} and inside < 0:
                stack.append(_Open(token.start, token.local, token.depth))
    return frozenset(gone)


def _see(token: Token, parent: str, names: Sequence[str], stack: list[_Open]) -> None:
    """Note of an element what it says of those around it."""
    above = names[-2] if len(names) > 1 else ""
    if token.local in _GONE and stack:
        row = parent == "trPr" and stack[-1].name == "tr"
        mark = parent == "rPr" and above == "pPr" and stack[-1].name == "p"
        stack[-1].marked = stack[-1].marked or row or mark
    elif token.local in _SHOWN and not (token.local == "tab" and parent == "tabs"):
        for one in reversed(stack):
            one.shows = one.shows or one.name == "p"
            if one.name == "p":
                break


def _close(stack: list[_Open], gone: set[int], last: dict[int, int]) -> None:
    """End an element; `last` holds by depth of a cell the last paragraph in it."""
    one = stack.pop()
    around = stack[-1] if stack else None
    if one.name == "p" and around is not None and around.name in {"tc", "txbxContent"}:
        last[around.start] = one.start
    if one.name in {"tc", "txbxContent"}:
        gone.discard(last.pop(one.start, -1))
    if one.marked and (one.name == "tr" or not one.shows):
        gone.add(one.start)
        if one.name == "tr" and around is not None:
            around.marked = around.marked or not around.rows
    elif one.name == "tr" and around is not None:
        around.rows += 1
        around.marked = False
    elif one.name == "tbl" and one.marked and not one.rows:
        gone.add(one.start)
