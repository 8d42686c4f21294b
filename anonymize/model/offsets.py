"""Positions in a text before and after stretches of it were replaced."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, order=True)
class Splice:
    """Replace the code points `start` to `end` by `text`."""

    start: int
    end: int
    text: str = field(repr=False)


def splice(value: str, splices: Iterable[Splice]) -> str:
    """Return `value` with every splice carried out; all else is untouched.

    Args:
        value: The text before.
        splices: Sorted and disjoint.

    Raises:
        ValueError: If splices overlap, are unsorted or leave the text.

    >>> splice("Ask Jane now", [Splice(4, 8, "Mira")])
    'Ask Mira now'
    """
    parts: list[str] = []
    at = 0
    for one in splices:
        if one.start < at or one.end < one.start or one.end > len(value):
            raise ValueError("splices overlap or leave the text")
        parts += (value[at : one.start], one.text)
        at = one.end
    parts.append(value[at:])
    return "".join(parts)


class OffsetMap:
    """Maps positions of a text before splicing to positions after.

    A position inside a replaced stretch snaps outwards: a start to the start of the new
    text, an end to its end, so that what was marked stays marked and never turns empty.
    """

    __slots__ = ("_ends", "_new_ends", "_new_starts", "_starts")

    def __init__(self, splices: Iterable[Splice]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._new_starts: list[int] = []
        self._new_ends: list[int] = []
        shift = 0
        for one in splices:
            self._starts.append(one.start)
            self._ends.append(one.end)
            self._new_starts.append(one.start + shift)
            self._new_ends.append(one.start + shift + len(one.text))
            shift += len(one.text) - (one.end - one.start)

    def start(self, position: int) -> int:
        """Return where a stretch that began at `position` begins now."""
        at = bisect_right(self._starts, position) - 1
        if at < 0:
            return position
        if position < self._ends[at]:
            return self._new_starts[at]
        return position + self._new_ends[at] - self._ends[at]

    def end(self, position: int) -> int:
        """Return where a stretch that ended before `position` ends now."""
        at = bisect_left(self._starts, position) - 1
        if at < 0:
            return position
        if position <= self._ends[at]:
            return self._new_ends[at]
        return position + self._new_ends[at] - self._ends[at]
