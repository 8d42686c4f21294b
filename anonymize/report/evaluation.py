"""The page of an evaluation: charts and tables of figures, and not a word of the texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from anonymize.model.version import VERSION
from anonymize.report.figures import label
from anonymize.report.page import template

MEASURES: Mapping[str, tuple[str, str]] = {
    "covered": (
        "Whole spans",
        "Found: covered whole by predictions of any type. Right: touches a gold span of its type.",
    ),
    "blind": (
        "Spans of any type",
        "Found: covered whole by predictions of any type. Right: touches any gold span.",
    ),
    "strict": ("Exact spans", "Same start, same end, same type."),
    "characters": ("Characters", "Letters and digits that have the type in both."),
    "tokens": ("Words", "Runs of letters, digits and marks of which any part has the type."),
}
"""Title and rule of each measure, in the order of the page."""

_ROWS = {"ALL": "All types", "ANY": "All types, not told apart"}
_TONES = ("s0", "s1")
_FIGURES = ("recall", "precision", "f1", "f2")


@dataclass(frozen=True, slots=True)
class Bar:
    """One figure of one system.

    Attributes:
        system: Whose.
        tone: Class of its colour.
        shown: The figure in words.
        width: In per cent of the chart.
        low: Left end of the interval, in per cent; None for none.
        high: Right end.
    """

    system: str
    tone: str
    shown: str
    width: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Chart:
    """Figures by row, a bar a system.

    Attributes:
        id: Unique in the page.
        title: What it shows.
        alt: The same in a sentence.
        rows: Name and bars.
    """

    id: str
    title: str
    alt: str
    rows: tuple[tuple[str, tuple[Bar, ...]], ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table.

    Attributes:
        name: Of the type.
        system: Whose figures; empty where there is one system.
        gold: Number of gold spans, characters or words.
        predicted: Number of predictions.
        cells: Recall, precision, F1 and F2, each with its interval.
    """

    name: str
    system: str
    gold: int
    predicted: int
    cells: tuple[tuple[str, str], ...]


def render(evaluation: Mapping[str, Any]) -> str:
    """Return the page for the result of `run.evaluation.evaluate`."""
    systems: Mapping[str, Any] = evaluation["systems"]
    types = list(dict.fromkeys(name for one in systems.values() for name in one["types"]))
    # A type that only the baseline finds has no figures of ours, and stands last.
    types.sort(key=lambda name: (name not in _ROWS, -_gold(systems, name), name))
    charted = [name for name in types if name != "ANY"]
    return template("evaluation.html.j2").render(
        evaluation=evaluation,
        version=VERSION,
        systems=[(name, tone) for name, tone in zip(systems, _TONES, strict=False)],
        charts=[
            _chart("recall", "Recall: gold spans covered whole", systems, charted, "recall"),
            _chart("precision", "Precision: predictions right", systems, charted, "precision"),
            _overall(systems),
        ],
        tables=[
            (measure, title, rule, _lines(systems, types, measure))
            for measure, (title, rule) in MEASURES.items()
        ],
        aside=[
            (label(kind) if kind.isupper() else kind, name, count)
            for name, one in systems.items()
            for kind, count in sorted(one["not_judged"].items())
        ],
        warnings=[text for one in systems.values() for text in one["warnings"]],
        problems=[
            (code, name, count)
            for name, one in systems.items()
            for code, count in sorted(one["problems"].items())
        ],
    )


def _gold(systems: Mapping[str, Any], name: str) -> int:
    found = [
        one["types"].get(name, {}).get("covered", {}).get("gold", 0) for one in systems.values()
    ]
    return max(found, default=0)


def _chart(
    name: str,
    title: str,
    systems: Mapping[str, Any],
    types: list[str],
    figure: str,
) -> Chart:
    """Return a chart of one figure of `covered` by type."""
    return _drawn(
        name,
        title,
        {
            row_name(kind): {
                system: one["types"].get(kind, {}).get("covered", {})
                for system, one in systems.items()
            }
            for kind in types
        },
        figure,
    )


def _overall(systems: Mapping[str, Any]) -> Chart:
    """Return a chart of F2 over all types by measure."""
    rows = {
        title: {
            system: one["types"].get("ALL", {}).get(measure, {}) for system, one in systems.items()
        }
        for measure, (title, _) in MEASURES.items()
    }
    return _drawn("f2", "F2 over all types, by measure", rows, "f2")


def _drawn(
    name: str,
    title: str,
    rows: Mapping[str, Mapping[str, Mapping[str, Any]]],
    figure: str,
) -> Chart:
    drawn: list[tuple[str, tuple[Bar, ...]]] = []
    told: list[str] = []
    for row, scores in rows.items():
        bars = tuple(
            _bar(system, tone, score, figure)
            for (system, score), tone in zip(scores.items(), _TONES, strict=False)
        )
        drawn.append((row, bars))
        told.append(f"{row} " + ", ".join(f"{bar.system} {bar.shown}" for bar in bars))
    return Chart(name, title, f"{title}. " + "; ".join(told) + ".", tuple(drawn))


def _bar(system: str, tone: str, score: Mapping[str, Any], figure: str) -> Bar:
    value = score.get(figure)
    low, high = score.get("interval", {}).get(figure, (None, None))
    return Bar(
        system,
        tone,
        rate(value),
        _percent(value or 0.0),
        None if low is None else _percent(low),
        None if high is None else _percent(high),
    )


def _lines(systems: Mapping[str, Any], types: list[str], measure: str) -> list[Line]:
    lines: list[Line] = []
    for kind in types:
        for system, one in systems.items():
            score = one["types"].get(kind, {}).get(measure)
            if score is None:
                continue
            cells = tuple(
                (rate(score[name]), _interval(score["interval"].get(name))) for name in _FIGURES
            )
            shown = system if len(systems) > 1 else ""
            lines.append(Line(row_name(kind), shown, score["gold"], score["predicted"], cells))
    return lines


def row_name(kind: str) -> str:
    """Return what a row is called.

    >>> row_name("ALL"), row_name("PERSON")
    ('All types', 'Names of persons')
    """
    return _ROWS.get(kind) or label(kind)


def rate(value: float | None) -> str:
    """Return a figure with three decimals; a dash where it is not defined.

    >>> rate(0.5), rate(None)
    ('0.500', '–')
    """
    return "–" if value is None else f"{value:.3f}"


def _interval(bounds: list[float] | None) -> str:
    return "" if bounds is None else f"{bounds[0]:.3f}–{bounds[1]:.3f}"


def _percent(value: float) -> float:
    return round(100 * value, 2)
