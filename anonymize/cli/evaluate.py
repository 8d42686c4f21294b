"""The command `evaluate`: recall and precision against a gold standard."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from anonymize.cli import console
from anonymize.cli.study import Rules

_MEASURE = "covered"


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command()(evaluate)


def evaluate(
    gold: Annotated[
        list[Path],
        typer.Argument(
            metavar="GOLD.jsonl...",
            help='One text a line: {"id", "text", "entities": [{"start", "end", "label"}]}.',
        ),
    ],
    *,
    policy: Annotated[
        str,
        typer.Option("--policy", metavar="NAME|FILE", help="Whose thresholds and operators."),
    ] = "safeguarded",
    recall: Annotated[
        str,
        typer.Option("--recall", metavar="SETTING", help="balanced, high or max; else policy's."),
    ] = "",
    rules: Rules = None,
    lang: Annotated[
        str,
        typer.Option("--lang", metavar="CODE", help="Language of the texts, or auto."),
    ] = "",
    baseline: Annotated[
        str,
        typer.Option("--baseline", metavar="NAME", help="Also measure presidio on the same texts."),
    ] = "",
    transform: Annotated[
        str,
        typer.Option(
            "--transform",
            metavar="HOW",
            help="Change the texts first: lower, upper or unpunctuated.",
        ),
    ] = "",
    all_types: Annotated[
        bool,
        typer.Option("--all-types", help="Score also what is no personal data, such as PRODUCT."),
    ] = False,
    bootstrap: Annotated[
        int,
        typer.Option("--bootstrap", metavar="N", help="Resamples for intervals; 0 for none."),
    ] = 1000,
    errors: Annotated[
        Path | None,
        typer.Option(
            "--errors",
            metavar="FILE",
            help="List every mistake here. HOLDS TEXT: private, never in a shared folder.",
        ),
    ] = None,
    html: Annotated[
        Path | None,
        typer.Option("--html", metavar="FILE", help="Write the figures as a page, without text."),
    ] = None,
) -> None:
    """Measure how well personal data is found in texts that people have marked."""
    from anonymize import api

    result = api.evaluate(
        gold,
        policy=policy,
        recall=recall,
        packs=tuple(rules or ()),
        language=lang,
        baseline=baseline,
        transform=transform,
        all_types=all_types,
        resamples=bootstrap,
        errors=errors,
        html=html,
        progress=console.progress(),
    )
    console.result(result, [*_table(result), *_remarks(result)])


def _table(result: dict[str, Any]) -> list[str]:
    """Return the figures of whole spans, a line a type and system."""
    systems = result["systems"]
    types = list(dict.fromkeys(name for one in systems.values() for name in one["types"]))
    heads = ("type", "system", "gold", "predicted", "recall", "precision", "F1", "F2")
    lines = ["{:<20} {:<10} {:>6} {:>9} {:>20} {:>20} {:>6} {:>6}".format(*heads)]
    for kind in types:
        for name, one in systems.items():
            score = one["types"].get(kind, {}).get(_MEASURE)
            if score is not None:
                shown = "not told apart" if kind == "ANY" else kind
                lines.append(
                    f"{shown:<20} {name:<10} {score['gold']:>6} {score['predicted']:>9} "
                    f"{_rate(score, 'recall'):>20} {_rate(score, 'precision'):>20} "
                    f"{_plain(score['f1']):>6} {_plain(score['f2']):>6}",
                )
    return lines


def _rate(score: dict[str, Any], name: str) -> str:
    bounds = score["interval"].get(name)
    shown = _plain(score[name])
    return f"{shown} ({bounds[0]:.3f}-{bounds[1]:.3f})" if bounds else shown


def _plain(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def _remarks(result: dict[str, Any]) -> list[str]:
    """Return what the figures leave out."""
    left = [f"{row['label']} ({row['count']})" for row in result["labels"]["not_scored"]]
    lines = [f"Not scored: {', '.join(left)}; see --all-types."] if left else []
    for name, one in result["systems"].items():
        aside = [f"{kind} ({count})" for kind, count in one["not_judged"].items()]
        if aside:
            lines.append(f"Not judged of {name}: {', '.join(aside)}.")
        lines += [f"{name}: {count} x {code}" for code, count in one["problems"].items()]
        lines += one["warnings"]
        lines.append(f"{name}: {result['texts']} texts in {one['seconds']} s.")
    if result["lost"]:
        lines.append(f"{result['lost']} marked stretches had nothing left after the change.")
    return lines
