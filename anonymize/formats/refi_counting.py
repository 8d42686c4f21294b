"""How positions in a source are counted, told from what the codings of the source say.

The standard counts Unicode code points from 0 (REFI-QDA 1.5, section 10.2), and programs differ
in the rest: whether CRLF is one or two, whether a byte-order mark is counted, and some count
UTF-16 units.  Ends are exclusive in all of them, whatever the wording of the standard.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

ELLIPSES = ("…", "...")
_SHORTEST = 3
_CUT_FROM = 20
"""Names at least so long may be the beginning of what is coded, without dots behind it."""


@dataclass(frozen=True, slots=True)
class Counting:
    """A way of counting.

    Attributes:
        line_end: What CRLF counts: 1 or 2.
        mark: What the byte-order mark counts: 0 or 1.
        astral: What a character beyond U+FFFF counts: 1, or 2 for UTF-16 units.
    """

    line_end: int = 2
    mark: int = 0
    astral: int = 1


def numbers(text: str, counting: Counting) -> Sequence[int]:
    r"""Return the number of each position in `text`, the last one behind its end.

    >>> numbers("a\r\nb", Counting(line_end=1))
    [0, 1, 2, 2, 3]
    """
    found = [at := counting.mark]
    before = ""
    for char in text:
        if char == "\n" and before == "\r":
            at += counting.line_end - 1
        else:
            at += counting.astral if char > "\uffff" else 1
        found.append(at)
        before = char
    return found


def place(counted: Sequence[int], number: int) -> int:
    """Return the position a number stands for, the nearest one where there is none.

    The number between CR and LF where both count one is that behind them.
    """
    return max(0, bisect_right(counted, number) - 1)


@dataclass(frozen=True, slots=True)
class Coded:
    """A stretch of a source somebody coded.

    Attributes:
        start: Number of its first character.
        end: Number behind its last one.
        name: Its name, which some programs take from its words.
    """

    start: int
    end: int
    name: str = field(default="", repr=False)


def calibrate(
    text: str,
    coded: Sequence[Coded],
    *,
    marked: bool,
    first: Counting = Counting(),
) -> tuple[Counting, bool]:
    """Return how the positions of a source are counted, and whether that is a guess.

    Of the ways that differ for this text the one wins in which most names are the words they
    stand at, and most stretches begin and end at words.  It is a guess if another one fits as
    well and puts a stretch elsewhere; then the first counts: `first`, else two for CRLF, none
    for the mark, code points.

    Args:
        text: The source without its mark.
        coded: The stretches.
        marked: Whether the file begins with a byte-order mark.
        first: The way of the program that wrote the project, where that is known.
    """
    ways = list(_ways(text, first, marked=marked))
    if len(ways) == 1 or not coded:
        return ways[0], False
    best: list[tuple[int, Counting, tuple[int, ...]]] = []
    for way in ways:
        counted = numbers(text, way)
        score, places = 0, []
        for one in coded:
            start, end = place(counted, one.start), place(counted, one.end)
            places += [start, end]
            score += _fits(text, counted, one, start, end)
        best.append((score, way, tuple(places)))
    most = max(score for score, _, _ in best)
    equal = [one for one in best if one[0] == most]
    return equal[0][1], any(one[2] != equal[0][2] for one in equal)


def _ways(text: str, first: Counting, *, marked: bool) -> Iterator[Counting]:
    """Yield the ways that count this text differently, the first one first."""
    ends = (first.line_end, 3 - first.line_end) if "\r\n" in text else (first.line_end,)
    marks = (0, 1) if marked else (0,)
    units = (1, 2) if any(char > "\uffff" for char in text) else (1,)
    for astral, end, mark in product(units, ends, marks):
        yield Counting(end, mark, astral)


def _fits(text: str, counted: Sequence[int], one: Coded, start: int, end: int) -> int:
    if one.end < one.start or one.start < counted[0] or one.end > counted[-1]:
        return -5
    score = _at_word(text, start) + _at_word(text, end)
    if one.start < one.end:
        # What is coded seldom begins or ends with a blank.
        score += not text[start : start + 1].isspace()
        score += not text[end - 1 : end].isspace()
        score += 6 * (fit(one.name, text[start:end]) is not None)
    return score


def _at_word(text: str, at: int) -> bool:
    """Whether no word runs through a position."""
    return not (text[max(0, at - 1) : at].isalnum() and text[at : at + 1].isalnum())


@dataclass(frozen=True, slots=True)
class Fit:
    """How a name quotes a stretch.

    Attributes:
        whole: Whether line ends and blanks are those of the stretch.
        limit: Characters after which it is cut; 0 for not at all.
        tail: What stands behind the cut.
    """

    whole: bool = True
    limit: int = 0
    tail: str = ""

    def quote(self, text: str) -> str:
        """Return the name of a stretch that now is `text`."""
        if self.whole:
            return text
        plain = squeezed(text)
        if self.limit and len(plain) > self.limit:
            return plain[: self.limit].rstrip() + self.tail
        return plain + (self.tail if self.limit else "")


def squeezed(text: str) -> str:
    """Return a text with every run of blanks and line ends as one blank, none at its ends."""
    return " ".join(text.split())


def fit(name: str, text: str) -> Fit | None:
    """Return how a name quotes a stretch of text, or None if it does not.

    >>> fit("My name is…", "My name is Anna")
    Fit(whole=False, limit=10, tail='…')
    """
    if not name.strip():
        return None
    if name == text:
        return Fit()
    short, plain = squeezed(name), squeezed(text)
    if short == plain:
        return Fit(whole=False)
    for tail in ELLIPSES:
        stem = short.removesuffix(tail).rstrip()
        if stem != short and len(stem) >= _SHORTEST and plain.startswith(stem):
            return Fit(whole=False, limit=len(stem), tail=tail)
    if len(short) >= _CUT_FROM and plain.startswith(short):
        return Fit(whole=False, limit=len(short))
    return None
