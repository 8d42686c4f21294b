"""Recall and precision of marked stretches, in five ways, with intervals.

All is counted by document and summed, so that documents can be drawn again for the bootstrap.

* `strict`: same start, end and type.
* `blind`: a gold span is found when predictions of any type cover it whole; a prediction is right
  when it touches any personal data of the gold standard.
* `covered`: found as in `blind`; a prediction is right when it touches a gold span of its type.
* `characters`: letters and digits of the type in both.
* `tokens`: runs of letters, digits and marks of which at least one character is of the type.

Only letters and digits need to be covered; in a span without any, every character.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import regex

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MEASURES = ("strict", "blind", "covered", "characters", "tokens")
ALL, ANY = "ALL", "ANY"
"""Rows over all types: sums of the types' counts (micro average), and types not told apart."""

Key: TypeAlias = tuple[str, str]
"""Type and measure."""

Tally: TypeAlias = Mapping[Key, tuple[int, int, int, int]]
"""Gold found, gold, predictions right, predictions."""

_TOKEN = regex.compile(r"[\p{L}\p{N}\p{M}]+")
_CHUNK = 100
"""Resamples drawn at once, which bounds memory."""


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """A typed stretch of a text, in code points."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Case:
    """One text, what stands in it and what was found.

    Attributes:
        text: The text.
        gold: The spans to be found.
        found: The predictions that are judged; they also cover gold spans of their own type.
        covers: Stretches that count as covered whatever the type.
        elsewhere: Personal data nobody is asked to find; a prediction there is no mistake.
    """

    text: str = field(repr=False)
    gold: tuple[Stretch, ...]
    found: tuple[Stretch, ...]
    covers: tuple[Stretch, ...] = ()
    elsewhere: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class Score:
    """Figures of one type by one measure.

    Attributes:
        counts: Gold found, gold, predictions right, predictions.
        recall: None without gold.
        precision: None without predictions.
        f1: Their harmonic mean; see `f_beta`.
        f2: The same with recall weighed twice.
        intervals: Bounds by figure; empty without a bootstrap.
    """

    counts: tuple[int, int, int, int]
    recall: float | None
    precision: float | None
    f1: float | None
    f2: float | None
    intervals: Mapping[str, tuple[float, float]] = field(default_factory=dict)


def f_beta(precision: float | None, recall: float | None, beta: float) -> float | None:
    """Return the weighted harmonic mean of precision and recall.

    `(1 + b²) P R / (b² P + R)`: van Rijsbergen, *Information Retrieval* (2nd ed. 1979), ch. 7.
    Where one is not defined, 0 if the other is 0, else not defined.

    >>> f_beta(0.5, 1.0, 1.0), f_beta(None, 0.0, 2.0), f_beta(None, 0.4, 1.0)
    (0.6666666666666666, 0.0, None)
    """
    if precision is None or recall is None:
        return 0.0 if 0.0 in {precision, recall} else None
    below = beta * beta * precision + recall
    return (1 + beta * beta) * precision * recall / below if below else 0.0


def needed(text: str, start: int, end: int) -> set[int]:
    """Return the positions of a stretch that must be covered.

    >>> sorted(needed("Dr. No", 0, 6))
    [0, 1, 4, 5]
    """
    positions = range(start, end)
    return {at for at in positions if text[at].isalnum()} or set(positions)


def positions(spans: Iterable[Stretch]) -> set[int]:
    """Return every position that lies in one of the stretches."""
    return {at for span in spans for at in range(span.start, span.end)}


def touching(one: Stretch, others: Iterable[Stretch]) -> bool:
    """Whether a stretch shares a position with one of the others."""
    return any(one.start < other.end and other.start < one.end for other in others)


def tally(case: Case) -> Tally:
    """Count what was found in one text, by type and measure."""
    gold, found = sorted(set(case.gold)), sorted(set(case.found))
    counts: dict[Key, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    everywhere = positions(case.covers)
    bounds = {(span.start, span.end) for span in (*case.covers, *found)}
    by_type = _by_type(found)
    own = {label: everywhere | positions(spans) for label, spans in by_type.items()}
    exact, exact_gold = set(found), set(gold)
    for span in gold:
        covered = needed(case.text, span.start, span.end) <= own.get(span.label, everywhere)
        hits = {"strict": span in exact, "blind": covered, "covered": covered}
        for measure, hit in hits.items():
            _add(counts, (span.label, measure), 0, hit=hit)
        hits["strict"] = (span.start, span.end) in bounds
        for measure, hit in hits.items():
            _add(counts, (ANY, measure), 0, hit=hit)
    gold_types = _by_type(gold)
    gold_bounds = {(span.start, span.end) for span in gold}
    personal = (*gold, *case.elsewhere)
    for span in found:
        blind = touching(span, personal)
        hits = {
            "strict": span in exact_gold,
            "blind": blind,
            "covered": touching(span, gold_types.get(span.label, ())),
        }
        for measure, hit in hits.items():
            _add(counts, (span.label, measure), 2, hit=hit)
        hits = {
            "strict": (span.start, span.end) in gold_bounds,
            "blind": blind,
            "covered": touching(span, gold),
        }
        for measure, hit in hits.items():
            _add(counts, (ANY, measure), 2, hit=hit)
    for measure, units in (("characters", _characters), ("tokens", _tokens)):
        in_gold = {label: units(case.text, spans) for label, spans in gold_types.items()}
        in_found = {label: units(case.text, spans) for label, spans in by_type.items()}
        covering = units(case.text, case.covers)
        for label in in_gold.keys() | in_found.keys():
            wanted, got = in_gold.get(label, set()), in_found.get(label, set())
            both = len(wanted & got)
            _sum(counts, (label, measure), (both, len(wanted), both, len(got)))
        wanted = set[int]().union(*in_gold.values())
        seen = set[int]().union(
            *(units_ & (covering | in_found.get(label, set())) for label, units_ in in_gold.items())
        )
        got = set[int]().union(*in_found.values())
        right = got & (wanted | units(case.text, case.elsewhere))
        _sum(counts, (ANY, measure), (len(seen), len(wanted), len(right), len(got)))
    for (label, measure), values in list(counts.items()):
        if label != ANY:
            _sum(counts, (ALL, measure), values)
    return {key: (v[0], v[1], v[2], v[3]) for key, v in counts.items()}


def _by_type(spans: Iterable[Stretch]) -> dict[str, list[Stretch]]:
    out: dict[str, list[Stretch]] = {}
    for span in spans:
        out.setdefault(span.label, []).append(span)
    return out


def _add(counts: dict[Key, list[int]], key: Key, at: int, *, hit: bool) -> None:
    counts[key][at] += hit
    counts[key][at + 1] += 1


def _sum(counts: dict[Key, list[int]], key: Key, values: Sequence[int]) -> None:
    if any(values):
        counts[key] = [a + b for a, b in zip(counts[key], values, strict=True)]


def _characters(text: str, spans: Iterable[Stretch]) -> set[int]:
    return {at for at in positions(spans) if text[at].isalnum()}


def _tokens(text: str, spans: Iterable[Stretch]) -> set[int]:
    """Return the first positions of the tokens that a stretch touches."""
    if not (marked := positions(spans)):
        return set()
    return {
        found.start()
        for found in _TOKEN.finditer(text)
        if not marked.isdisjoint(range(found.start(), found.end()))
    }


def scores(tallies: Sequence[Tally], *, resamples: int = 0, seed: int = 0) -> dict[Key, Score]:
    """Return the figures over all documents, by type and measure.

    Args:
        tallies: One a document.
        resamples: Size of the bootstrap; 0 for no intervals.
        seed: Of the drawing.
    """
    keys = sorted({key for one in tallies for key in one})
    intervals = _intervals(tallies, keys, resamples, seed) if resamples and keys else {}
    out: dict[Key, Score] = {}
    for key in keys:
        found, gold, right, predicted = (sum(c) for c in zip(*_values(tallies, key), strict=True))
        recall = found / gold if gold else None
        precision = right / predicted if predicted else None
        out[key] = Score(
            (found, gold, right, predicted),
            recall,
            precision,
            f_beta(precision, recall, 1.0),
            f_beta(precision, recall, 2.0),
            intervals.get(key, {}),
        )
    return out


def _values(tallies: Iterable[Tally], key: Key) -> Iterator[tuple[int, int, int, int]]:
    return (one.get(key, (0, 0, 0, 0)) for one in tallies)


def _intervals(
    tallies: Sequence[Tally],
    keys: Sequence[Key],
    resamples: int,
    seed: int,
) -> dict[Key, dict[str, tuple[float, float]]]:
    """Return 95 % percentile bootstrap intervals.

    Documents are drawn with replacement, for spans of one document are not independent; the
    bounds are the 2.5th and 97.5th percentiles of the resamples in which the figure is defined:
    Efron & Tibshirani, *An Introduction to the Bootstrap* (1993), ch. 13.
    """
    import numpy as np

    number = len(tallies)
    table = np.array([[one.get(key, (0, 0, 0, 0)) for key in keys] for one in tallies], float)
    drawing = np.random.default_rng(seed)
    sums = np.concatenate(
        [
            drawing.multinomial(
                number, np.full(number, 1 / number), size=min(_CHUNK, resamples - at)
            )
            @ table.reshape(number, -1)
            for at in range(0, resamples, _CHUNK)
        ],
    ).reshape(resamples, len(keys), 4)
    with np.errstate(divide="ignore", invalid="ignore"):
        recall = sums[:, :, 0] / sums[:, :, 1]
        precision = sums[:, :, 2] / sums[:, :, 3]
    figures = {
        "recall": recall,
        "precision": precision,
        "f1": _f_betas(precision, recall, 1.0),
        "f2": _f_betas(precision, recall, 2.0),
    }
    out: dict[Key, dict[str, tuple[float, float]]] = {key: {} for key in keys}
    for name, values in figures.items():
        for at, key in enumerate(keys):
            defined = values[:, at][~np.isnan(values[:, at])]
            if defined.size:
                low, high = np.percentile(defined, (2.5, 97.5))
                out[key][name] = (float(low), float(high))
    return out


def _f_betas(
    precision: NDArray[np.float64],
    recall: NDArray[np.float64],
    beta: float,
) -> NDArray[np.float64]:
    """Return `f_beta` of each pair; what is not defined is NaN."""
    import numpy as np

    below = beta * beta * precision + recall
    with np.errstate(divide="ignore", invalid="ignore"):
        values: Any = np.where(below == 0, 0.0, (1 + beta * beta) * precision * recall / below)
    half = np.isnan(precision) != np.isnan(recall)
    values[half & ((precision == 0) | (recall == 0))] = 0.0
    return np.asarray(values, float)
