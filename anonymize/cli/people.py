"""The roster: `people suggest` drafts it from the material, `people check` finds conflicts."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from anonymize.cli import console, secret
from anonymize.cli.study import Columns, Encoding, Inputs, Language, Rules

_INVALID = 3

Study = Annotated[
    Path | None,
    typer.Option(
        "--project",
        metavar="DIR",
        help="A project: its settings, its people.csv, and what earlier runs and you decided.",
    ),
]
People = Annotated[
    Path | None,
    typer.Option("--people", metavar="CSV", help="The roster; else the project's people.csv."),
]


def register(people: typer.Typer) -> None:
    """Add the commands of this module to the group `people`."""
    people.command()(suggest)
    people.command()(check)


def suggest(
    context: typer.Context,
    inputs: Inputs,
    *,
    project: Study = None,
    people: People = None,
    rules: Rules = None,
    lang: Language = "",
    columns: Columns = "",
    encoding: Encoding = "",
    least: Annotated[
        int,
        typer.Option("--min", metavar="N", help="Leave out new rows of fewer than N mentions."),
    ] = 1,
) -> None:
    """Draft people.csv from the material, for you to edit.

    Prints the roster on standard output: anonymize people suggest INPUT... > draft.csv. It
    holds names, handles and addresses of your material on purpose; keep it private, and
    do not redirect it onto the people.csv that it reads. Above each row, lines that start
    with # say how often and where the person was seen, under which names, and what is
    doubtful; at the end stands what fits several persons. Such lines are not read, so the
    draft can be given to `anonymize run --people` as it is. Rows there are already keep
    their ids and values; found names, handles and e-mails are added to them.
    """
    from anonymize import api

    found = api.people_suggest(
        inputs,
        project=project,
        people=people,
        packs=tuple(rules or ()),
        language=lang,
        columns=api.parse_columns(columns),
        encoding=encoding,
        least=least,
        progress=console.progress(),
        unlock=secret.unlock,
    )
    console.warn(found.warnings)
    for code, count in found.problems.items():
        console.message(f"{count} x {code}")
    flags = context.find_root().params
    if flags.get("quiet") and not flags.get("json"):
        # The draft is what was asked for and no summary.
        sys.stdout.write("".join(f"{line}\n" for line in found.lines))
    else:
        console.result({**found.content, "problems": found.problems}, found.lines)
    number = len(found.draft.rows)
    rows = "1 row" if number == 1 else f"{number} rows"
    console.message(f"{rows} drafted; keep them private. Next: edit, then anonymize people check")


def check(
    inputs: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="[INPUT]...",
            help="Material to check against; else what earlier runs of the project saw.",
        ),
    ] = None,
    *,
    project: Study = None,
    people: People = None,
    rules: Rules = None,
    lang: Language = "",
    columns: Columns = "",
    encoding: Encoding = "",
) -> None:
    """Find conflicts in the roster, by itself and against the material.

    A line for each finding: file, line, severity, id of the row, what it is, what to do next.
    Rows are named by line and by your own id, values by their position; no name stands in the
    findings. Ends with 0 where there is no error, else with 3: errors are what contradicts
    itself, warnings what will hardly be as you mean it, notes what is worth a look.
    """
    from anonymize import api

    found = api.people_check(
        inputs or (),
        project=project,
        people=people,
        packs=tuple(rules or ()),
        language=lang,
        columns=api.parse_columns(columns),
        encoding=encoding,
        progress=console.progress(),
        unlock=secret.unlock,
    )
    lines = [
        " ".join(
            f"{found.file}:{one.line or 1}: {one.severity}: {one.person} [{one.code}] "
            f"{one.message}".split()
        )
        for one in found.conflicts
    ]
    how = "and the material" if found.against else "by itself"
    number = len(found.conflicts)
    findings = "1 finding" if number == 1 else f"{number} findings"
    lines.append(f"{found.rows} rows checked {how}: {findings}.")
    content = {
        "file": found.file,
        "rows": found.rows,
        "material": found.against,
        "findings": [
            {
                "line": one.line,
                "person": one.person,
                "severity": one.severity.value,
                "code": one.code,
                "message": one.message,
            }
            for one in found.conflicts
        ],
    }
    console.result(content, lines)
    raise typer.Exit(0 if found.sound else _INVALID)
