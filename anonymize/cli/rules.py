"""Commands over rule packs and policies: `rules list`, `show`, `check`, `explain`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from anonymize.cli import console

group = typer.Typer(
    help="List, show, check and explain rule packs.",
    rich_markup_mode=None,
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(group, name="rules")


@group.command("list")
def list_() -> None:
    """List the packs and policies that are shipped."""
    from anonymize import api

    shipped = api.rules_list()
    console.result(
        shipped,
        [
            f"{kind[:-1] if kind != 'policies' else 'policy':<8} {item['name']:<14} "
            f"{item['summary']}"
            for kind, items in shipped.items()
            for item in items
        ],
    )


@group.command("show")
def show(
    name: Annotated[str, typer.Argument(metavar="NAME|FILE", help="A pack or policy.")],
) -> None:
    """Print a pack or policy as it is written."""
    from anonymize import api

    text = api.rules_show(name)
    console.result({"name": name, "text": text}, [text.rstrip("\n")])


@group.command("check")
def check(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Packs or policies.")],
) -> None:
    """Check packs and policies and run the examples that recognizers carry."""
    from anonymize import api

    checked = api.rules_check(files)
    console.result(
        {"checked": checked}, [f"{item['name']}: {item['rules']} rules, sound" for item in checked]
    )


@group.command("explain")
def explain(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Any text.")],
    *,
    rules: Annotated[
        list[str] | None,
        typer.Option("--rules", metavar="PACK", help="Rule pack, by name or file; repeatable."),
    ] = None,
    policy: Annotated[
        str,
        typer.Option("--policy", metavar="NAME|FILE", help="Whose thresholds and operators."),
    ] = "safeguarded",
    lang: Annotated[
        str,
        typer.Option("--lang", metavar="CODE|auto", help="Language of the text; else en."),
    ] = "",
) -> None:
    """Show every detection in a text: what the policy would do with it, or what it lost to."""
    from anonymize import api

    found = api.rules_explain(text, packs=tuple(rules or ()), policy=policy, language=lang)
    rows = [("-", row, _fate(row)) for row in found["others"]]
    # What a threshold or the policy's list keeps is among both, and shown once.
    kept = {_place(row) for row in found["others"] if row["fate"] in {"allowed", "below"}}
    rows += [("+", row, row["decision"]) for row in found["spans"] if _place(row) not in kept]
    rows.sort(key=lambda row: (row[1]["start"], row[0], -row[1]["end"]))
    cells = [("", "text", "type", "score", "recognizer", "what becomes of it")]
    cells += [
        (
            sign,
            repr(text[row["start"] : row["end"]]),
            row["entity_type"],
            f"{row['score']:.2f}",
            row["recognizer"],
            said,
        )
        for sign, row, said in rows
    ]
    console.result(found, [*_table(cells), *(f"withheld: {code}" for code in found["problems"])])


def _place(row: Mapping[str, Any]) -> tuple[int, int, str]:
    """Return what tells detections that stand from one another."""
    return row["start"], row["end"], row["recognizer"]


def _fate(row: Mapping[str, Any]) -> str:
    """Return what became of a detection, in words."""
    by = row["by"]
    match row["fate"]:
        case "lost":
            return f"lost to {by}"
        case "cut":
            left = ", ".join(f"{start}–{end}" for start, end in row["left"])
            return f"cut to {left} by {by}"
        case "united":
            return f"united with {by}"
        case "below":
            return f"below {by}"
        case fate:
            return f"{fate} by {by}"


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines of columns as wide as their widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]
