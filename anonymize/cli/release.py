"""Commands over a shared folder: `verify`, `report`, `reveal`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from anonymize.cli import console, secret

Shared = Annotated[Path, typer.Argument(metavar="DIR", help="A shared folder.")]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(verify)
    app.command()(report)
    app.command()(reveal)


def verify(
    directory: Shared,
    *,
    project: Annotated[
        Path | None,
        typer.Option(
            "--project",
            metavar="DIR",
            help="Also search for every identifier the project knows, and check whose log it is.",
        ),
    ] = None,
) -> None:
    """Check that a shared folder is as published.

    Files, audit chain and signature; with the project also whose log it is, and a search for
    every identifier the project knows.
    """
    from anonymize import api

    outcome = api.verify(directory, project=project, unlock=secret.unlock)
    lines = [
        f"{outcome.files} files, {outcome.entries} audit entries: "
        + ("as published." if outcome.ok else "NOT as published."),
    ]
    if outcome.searched is not None:
        lines.append(f"{outcome.searched} identifiers searched, {len(outcome.leaks)} found.")
    lines += [f"  {text}" for text in (*outcome.faults, *outcome.leaks)]
    console.result(
        {
            "ok": outcome.ok,
            "files": outcome.files,
            "entries": outcome.entries,
            "faults": list(outcome.faults),
            "leaks": list(outcome.leaks),
            "searched": outcome.searched,
        },
        lines,
    )
    outcome.raise_for_faults()


def report(directory: Shared) -> None:
    """Rebuild the HTML report from report.json."""
    from anonymize import api

    page = api.report(directory)
    console.result({"report": str(page)}, [f"Wrote {page}"])


def reveal(
    pseudonyms: Annotated[
        list[str],
        typer.Argument(metavar="PSEUDONYM...", help="Names or handles from the shared data."),
    ],
    *,
    project: Annotated[Path, typer.Option("--project", metavar="DIR", help="The project.")],
    reason: Annotated[
        str,
        typer.Option("--reason", metavar="TEXT", help="Why; written to the private audit."),
    ],
) -> None:
    """Say who stands behind a pseudonym, on record.

    The question and its reason are written to the private audit.
    """
    from anonymize import api

    answers = api.reveal(pseudonyms, project=project, reason=reason, unlock=secret.unlock)
    lines: list[str] = []
    for answer in answers:
        lines.append(f"{answer.pseudonym}:")
        lines += [f"  {kind}: {value}" for kind, value in answer.facts]
    console.result(
        {
            "revealed": [
                {
                    "pseudonym": answer.pseudonym,
                    "facts": [{"kind": kind, "value": value} for kind, value in answer.facts],
                }
                for answer in answers
            ],
        },
        lines,
    )
