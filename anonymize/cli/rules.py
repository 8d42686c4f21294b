"""Commands over rule packs and policies: `rules list`, `show`, `check`, `explain`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

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
) -> None:
    """Show every detection in a text, and what the policy would do with it."""
    from anonymize import api

    rows = api.rules_explain(text, packs=tuple(rules or ()), policy=policy)
    lines = [f"{'stretch':<28} {'type':<18} {'score':>5}  {'recognizer':<28} decision"]
    lines += [
        f"{text[row['start'] : row['end']]!r:<28} {row['entity_type']:<18} {row['score']:>5.2f}  "
        f"{row['recognizer']:<28} {row['decision']}"
        for row in rows
    ]
    console.result({"spans": rows}, lines)
