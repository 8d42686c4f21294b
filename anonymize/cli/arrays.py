"""The command `gather`, and what a part of a run says."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from anonymize.cli import console, secret
from anonymize.cli.results import print_run

if TYPE_CHECKING:
    from anonymize.run.outcomes import PartDone


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command()(gather)


def gather(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="DIR...",
            help="What the parts were given as --out, or the project they share.",
        ),
    ],
    *,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="DIR",
            help="The shared folder to make; without it the run is linked and not published.",
        ),
    ] = None,
    workers: Annotated[
        str,
        typer.Option("--workers", metavar="N|auto", help="Processes that do what is left."),
    ] = "1",
) -> None:
    """Join the results of run --shard I/N.

    When all parts are scanned: links, applies what no part has applied, verifies and publishes.
    Without --out it only links; then the same parts, run again, apply the decisions to their
    shards, and gather with --out publishes.
    """
    from anonymize import api

    done = api.gather(
        folders,
        out=out,
        workers=api.parse_workers(workers),
        progress=console.progress(),
        unlock=secret.unlock,
    )
    if isinstance(done, api.RunResult):
        print_run(done)
        raise typer.Exit(done.exit_code)
    console.result(
        {"parts": done.parts, "shards": done.shards, "project": str(done.project)},
        [
            f"Linked {done.parts} parts. Next: run the same parts again, they apply the decisions;",
            f"then: anonymize gather {folders[0]} --out DIR",
        ],
    )


def print_part(done: PartDone) -> None:
    """Say what a part has done, and what is next."""
    shards = f"{done.scanned} shard" if done.scanned == 1 else f"{done.scanned} shards"
    what = "scanned, decisions applied" if done.applied else "scanned"
    console.result(
        {
            "shard": str(done.part),
            "shards": done.scanned,
            "applied": done.applied,
            "records": {"read": done.records},
            "out": str(done.out),
            "project": str(done.project),
        },
        [
            f"Part {done.part}: {shards} of {done.records} records {what}.",
            f"Nothing is to be shared yet. When all {done.part.of} parts are done:",
            f"  anonymize gather {done.out}{os.sep} --out DIR",
        ],
    )
