"""Where the dial stands: measured on development data, which no network was trained on.

Recall counts gold persons wholly covered by entities of any type, precision the entities called
a person that touch one; only letters and digits need to be covered.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from anonymize.detect import decoding
from anonymize.detect.pieces import Words
from anonymize.detect.training.gold import UNKNOWN, Gold
from anonymize.model.policies import Recall

GRID = (0.7, 0.6, 0.5, 0.4, 0.3, 0.25, 0.2, 0.16, 0.13, 0.1, 0.08, 0.065, 0.05, 0.04, 0.03, 0.02,
        0.015, 0.01)  # fmt: skip
"""Thresholds tried, falling."""

TARGETS: Mapping[Recall, float] = {
    Recall.BALANCED: 0.84,
    Recall.HIGH: 0.885,
    Recall.MAX: 0.955,
}
"""Mean recall of persons over the English corpora that each setting is to reach."""

_BINS = 20


@dataclass(frozen=True, slots=True)
class Reading:
    """A gold text as a model read it.

    Attributes:
        gold: The text.
        words: Its words.
        chances: Their probabilities, of shape (words, classes).
    """

    gold: Gold = field(repr=False)
    words: Words = field(repr=False)
    chances: Any = field(repr=False)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a threshold reaches on a corpus.

    Attributes:
        recall: Of each label: gold entities wholly covered by entities of any label.
        precision: Of each label: entities of the label that touch a gold one of it.
    """

    recall: Mapping[str, float]
    precision: Mapping[str, float]


def measured(readings: Sequence[Reading], threshold: float) -> Figures:
    """Return what a threshold reaches."""
    covered: dict[str, list[bool]] = {}
    right: dict[str, list[bool]] = {}
    for one in readings:
        found = decoding.entities(one.words, one.chances, threshold)
        inside = {at for start, end, _, _ in found for at in range(start, end)}
        for start, end, label in one.gold.spans:
            whole = all(at in inside for at in range(start, end) if one.gold.text[at].isalnum())
            covered.setdefault(label, []).append(whole)
        for start, end, label, _ in found:
            if _untold(one.gold, start, end):
                continue
            hit = any(a < end and start < b for a, b, name in one.gold.spans if name == label)
            right.setdefault(label, []).append(hit)
    return Figures(
        {label: sum(all_) / len(all_) for label, all_ in sorted(covered.items())},
        {label: sum(all_) / len(all_) for label, all_ in sorted(right.items())},
    )


def _untold(gold: Gold, start: int, end: int) -> bool:
    """Whether a stretch lies where the gold does not say what it is."""
    return any(a < end and start < b for a, b, label in gold.spans if label == UNKNOWN)


def thresholds(corpora: Sequence[Sequence[Reading]]) -> dict[Recall, float]:
    """Return for each setting the highest threshold that reaches its target, else the lowest."""
    means: list[tuple[float, float]] = []
    for threshold in GRID:
        found = [measured(one, threshold).recall.get("PERSON", 0.0) for one in corpora]
        means.append((threshold, sum(found) / len(found)))
    return {
        setting: next((at for at, mean in means if mean >= target), GRID[-1])
        for setting, target in TARGETS.items()
    }


def precision_curve(readings: Sequence[Reading]) -> list[tuple[float, float]]:
    """Return how often entities of a probability touched a gold one, never falling.

    Equal parts by rank, made monotone by pooling adjacent violators (Barlow et al. 1972,
    "Statistical inference under order restrictions").
    """
    seen = sorted(_outcomes(readings))
    size = max(len(seen) // _BINS, 1)
    pools: list[list[float]] = []
    for start in range(0, len(seen), size):
        part = seen[start : start + size]
        pools.append([sum(hit for _, hit in part), float(len(part)), part[-1][0]])
        while len(pools) > 1 and _mean(pools[-2]) >= _mean(pools[-1]):
            hits, count, top = pools.pop()
            pools[-1] = [pools[-1][0] + hits, pools[-1][1] + count, top]
    return [(round(pool[2], 4), round(_mean(pool), 4)) for pool in pools]


def _mean(pool: Sequence[float]) -> float:
    return pool[0] / pool[1]


def _outcomes(readings: Sequence[Reading]) -> Iterator[tuple[float, bool]]:
    """Yield probability and outcome of each entity the lowest threshold gives."""
    for one in readings:
        starts = [start for start, _, _ in one.gold.spans]
        for start, end, label, chance in decoding.entities(one.words, one.chances, GRID[-1]):
            if label in one.gold.annotated and not _untold(one.gold, start, end):
                at = bisect_left(starts, end) - 1
                yield chance, at >= 0 and one.gold.spans[at][1] > start
