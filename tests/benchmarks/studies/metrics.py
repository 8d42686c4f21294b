"""How well a partition of mentions agrees with the truth: pairwise and B³.

Everything is counted over the contingency table of true and found clusters, so the cost grows
with the mentions and not with their pairs.  B³: Bagga and Baldwin 1998, each mention weighing
the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

AMBIGUOUS = "?"
NOBODY = "-"


class Wrong(StrEnum):
    """What went wrong with a mention."""

    AMBIGUOUS = "ambiguous"
    """It was taken for one that fits several."""
    NOBODY = "nobody"
    """Nothing is known of it."""
    MERGED = "merged"
    """It was taken for another person."""
    APART = "apart"
    """It is a person by itself, away from most of its person's mentions."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A mention with who it is and who it was taken for.

    Attributes:
        kind: Which sort of mention.
        truth: Who it is.
        found: The identity it was taken for; `AMBIGUOUS` or `NOBODY` stand alone.
    """

    kind: str
    truth: str
    found: str

    @property
    def alone(self) -> bool:
        """Whether it was given to no one."""
        return self.found in {AMBIGUOUS, NOBODY}


@dataclass(frozen=True, slots=True)
class Row:
    """Figures of the mentions of one kind.

    Attributes:
        count: How many.
        precision: B³ precision: the mean share of true ones among those taken for the same.
        recall: B³ recall: the mean share of its person's mentions found with it.
        right: Share that are where most of their person's mentions are, and most there hers.
        ambiguous: Share taken for one that fits several.
        nobody: Share of which nothing is known.
    """

    count: int
    precision: float
    recall: float
    right: float
    ambiguous: float
    nobody: float

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures of a study.

    Attributes:
        pair_precision: Share of the pairs found that are true; 1 where none was found.
        pair_recall: Share of the true pairs that were found; 1 where there is none.
        total: All mentions.
        kinds: By kind.
    """

    pair_precision: float
    pair_recall: float
    total: Row
    kinds: dict[str, Row]


def measure(answers: Sequence[Answer]) -> Figures:
    """Compare what was found with the truth.

    An ambiguous or unknown mention is a cluster of its own: it spoils no precision and is missed.
    """
    both = Counter((one.truth, one.found) for one in answers if not one.alone)
    found = Counter(one.found for one in answers if not one.alone)
    true = Counter(one.truth for one in answers)
    hits = sum(map(_pairs, both.values()))
    claimed = sum(map(_pairs, found.values()))
    existing = sum(map(_pairs, true.values()))
    wrongs = faults(answers)
    rows = []
    for one, wrong in zip(answers, wrongs, strict=True):
        here = 1 if one.alone else both[one.truth, one.found]
        there = 1 if one.alone else found[one.found]
        rows.append((one.kind, here / there, here / true[one.truth], wrong))
    kinds = dict.fromkeys(one.kind for one in answers)
    return Figures(
        hits / claimed if claimed else 1.0,
        hits / existing if existing else 1.0,
        _row(rows),
        {kind: _row([row for row in rows if row[0] == kind]) for kind in sorted(kinds)},
    )


def faults(answers: Sequence[Answer]) -> list[Wrong | None]:
    """Return what is wrong with each mention, or None.

    A person is where most of her mentions are; an identity is whose most of its mentions are.
    """
    home = _most((one.truth, one.found) for one in answers if not one.alone)
    bearer = _most((one.found, one.truth) for one in answers if not one.alone)
    found: list[Wrong | None] = []
    for one in answers:
        if one.found == AMBIGUOUS:
            found.append(Wrong.AMBIGUOUS)
        elif one.found == NOBODY:
            found.append(Wrong.NOBODY)
        elif bearer[one.found] != one.truth:
            found.append(Wrong.MERGED)
        else:
            found.append(None if home[one.truth] == one.found else Wrong.APART)
    return found


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _most(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return the most frequent second of each first; of equals the smallest."""
    counts = Counter(pairs)
    ranked = sorted(counts, key=lambda pair: (-counts[pair], pair))
    return dict(reversed(ranked))


def _row(rows: Sequence[tuple[str, float, float, Wrong | None]]) -> Row:
    count = len(rows)
    if not count:
        return Row(0, 1.0, 1.0, 1.0, 0.0, 0.0)
    wrongs = Counter(wrong for _, _, _, wrong in rows)
    return Row(
        count,
        sum(row[1] for row in rows) / count,
        sum(row[2] for row in rows) / count,
        wrongs[None] / count,
        wrongs[Wrong.AMBIGUOUS] / count,
        wrongs[Wrong.NOBODY] / count,
    )
