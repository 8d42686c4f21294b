"""Commands over a study: `init`, `scan`, `run`, `demo`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from anonymize.cli import console, secret

if TYPE_CHECKING:
    from anonymize.api import RunResult

Inputs = Annotated[
    list[Path],
    typer.Argument(
        metavar="INPUT...",
        help="Takeout zips or folders, JSONL, CSV, TSV, transcripts, or folders of them.",
    ),
]
Rules = Annotated[
    list[str] | None,
    typer.Option("--rules", metavar="PACK", help="Rule pack, by name or file; repeatable."),
]
Language = Annotated[
    str,
    typer.Option(
        "--lang",
        metavar="CODE|auto",
        help=(
            "Language of the texts, such as en; auto tells English, German, Spanish, French and "
            "Dutch apart, text by text."
        ),
    ),
]
Columns = Annotated[
    str,
    typer.Option(
        "--columns",
        metavar="ROLE=HEADER,...",
        help=(
            "Roles of a table's columns, such as text=body,handle=user,id=tweet_id,"
            "date=when,name=author; text=#3 is the third column, drop=notes one to leave out. "
            "Columns without a role are dropped and reported as unknown."
        ),
    ),
]
Encoding = Annotated[
    str,
    typer.Option("--encoding", help="Encoding of text files that are not UTF-8."),
]
People = Annotated[
    Path | None,
    typer.Option("--people", metavar="CSV", help="The roster: who the people are."),
]


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(init)
    app.command()(scan)
    app.command()(run)
    app.command()(demo)


def init(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The project folder to make.")],
    *,
    passphrase: Annotated[
        bool,
        typer.Option(
            "--passphrase",
            help="Lock the key; asked for on a terminal, else from ANONYMIZE_PASSPHRASE.",
        ),
    ] = False,
) -> None:
    """Make a project folder with a fresh key."""
    from anonymize import api

    phrase = secret.new_passphrase() if passphrase else None
    made = api.init(directory, passphrase=phrase)
    console.result(
        {"project": str(directory), "key_id": made.key_id},
        [
            f"Made {directory}/ with key {made.key_id}.",
            f"Next: describe the people in {directory / 'people.csv'}, then run:",
            f"  anonymize run INPUT... --project {directory} --out share/",
            f"Never share {directory / 'private'}/.",
        ],
    )


def scan(
    inputs: Inputs,
    *,
    rules: Rules = None,
    lang: Language = "",
    recall: Annotated[
        str,
        typer.Option(
            "--recall",
            metavar="LEVEL",
            help=(
                "How much the name model finds: balanced, high (usual) or max; "
                "in a run the policy says it."
            ),
        ),
    ] = "",
    people: People = None,
    columns: Columns = "",
    encoding: Encoding = "",
    report: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", help="Also write the counts, as JSON."),
    ] = None,
) -> None:
    """Say what personal data is in the input.

    Counted per file, field and entity type; nothing is written but --report.
    """
    from anonymize import api

    found = api.scan(
        inputs,
        packs=tuple(rules or ()),
        language=lang,
        recall=recall,
        people=people,
        columns=api.parse_columns(columns),
        encoding=encoding,
        report=report,
        progress=console.progress(),
    )
    lines = [f"{'file':<40} {'field':<28} {'type':<18} {'found':>7}"]
    lines += [
        f"{file:<40} {field:<28} {kind:<18} {count:>7}"
        for (file, field, kind), count in sorted(found.table.items())
    ]
    lines.append(f"{found.records} records, {sum(found.table.values())} spans.")
    if found.problems:
        lines += [f"{count} x {code}" for code, count in sorted(found.problems.items())]
    content = {
        "documents": found.documents,
        "records": found.records,
        "problems": found.problems,
        "dropped": found.dropped,
        "warnings": found.warnings,
    }
    console.warn(found.warnings)
    console.result(content, lines)


def run(
    inputs: Inputs,
    *,
    out: Annotated[
        Path,
        typer.Option("--out", metavar="DIR", help="The shared folder to make; must not exist."),
    ],
    project: Annotated[
        Path | None,
        typer.Option("--project", metavar="DIR", help="Project folder; else OUT.private is made."),
    ] = None,
    policy: Annotated[
        str | None,
        typer.Option(
            "--policy",
            metavar="NAME|FILE",
            help="Access tier: internal, controlled, safeguarded, open, or a file.",
        ),
    ] = None,
    people: People = None,
    rules: Rules = None,
    lang: Language = "",
    columns: Columns = "",
    encoding: Encoding = "",
    workers: Annotated[
        str,
        typer.Option("--workers", metavar="N|auto", help="Processes; auto for one a processor."),
    ] = "1",
    scheduler: Annotated[
        str,
        typer.Option(
            "--scheduler",
            metavar="ADDRESS|local",
            help=(
                "Work on a cluster of dask.distributed: tcp://HOST:PORT or tls://HOST:PORT; "
                "local starts one here of --workers processes."
            ),
        ),
    ] = "",
    shard_bytes: Annotated[
        int,
        typer.Option(
            "--shard-bytes",
            help="Bytes of a line-based file done at a time; 0 for the project's own.",
        ),
    ] = 0,
    include: Annotated[
        str,
        typer.Option(
            "--include",
            metavar="WHAT,...",
            help=(
                "Also convert of takeouts what is left out unless asked for, such as "
                "direct-messages,direct-messages-group,likes,followers,following,lists,media."
            ),
        ),
    ] = "",
    drop_unknown_parts: Annotated[
        bool,
        typer.Option(
            "--drop-unknown-parts",
            help="Convert documents without the parts of them nobody knows, not withhold them.",
        ),
    ] = False,
) -> None:
    """Anonymise the inputs into a folder to share.

    The folder is published only when it was re-read and none of the known identifiers was
    found in it.
    """
    from anonymize import api

    result = api.run(
        inputs,
        out=out,
        project=project,
        policy=policy,
        people=people,
        packs=tuple(rules or ()),
        language=lang,
        columns=api.parse_columns(columns),
        encoding=encoding,
        workers=api.parse_workers(workers),
        scheduler=scheduler,
        shard_bytes=shard_bytes,
        include=api.parse_include(include),
        drop_unknown_parts=drop_unknown_parts,
        progress=console.progress(),
        unlock=secret.unlock,
    )
    _print_run(result)
    raise typer.Exit(result.exit_code)


def demo(
    *,
    out: Annotated[
        Path,
        typer.Option("--out", metavar="DIR", help="Where to put the result; must not exist."),
    ] = Path("anonymize-demo"),
) -> None:
    """Run the main job on the shipped, invented study."""
    from anonymize import api

    result = api.demo(out, progress=console.progress())
    _print_run(result)
    raise typer.Exit(0 if result.exit_code == 10 else result.exit_code)


def _print_run(result: RunResult) -> None:
    console.warn(result.warnings)
    records = result.records
    read, written, withheld = (records[name] for name in ("read", "written", "withheld"))
    lines = [f"{read} records read, {written} written, {withheld} withheld."]
    unknown = result.dropped.get("unknown", {})
    if unknown:
        number = sum(unknown.values())
        lines.append(f"{number} {'value' if number == 1 else 'values'} of unknown fields dropped.")
    if result.review:
        number = sum(result.review.values())
        kinds = ", ".join(f"{kind} {count}" for kind, count in result.review.items())
        await_ = "stretch awaits" if number == 1 else "stretches await"
        lines.append(f"{number} {await_} review: {kinds}; see report.html.")
    lines += [
        "Nothing known survived in what was written." if result.verified else "",
        f"Share:      {result.out}{os.sep}",
        f"  look at   {result.out / 'report.html'}",
        f"Lock away:  {result.project}{os.sep}  (key, vault and findings)",
    ]
    console.result(
        {
            "records": records,
            "dropped": result.dropped,
            "out": str(result.out),
            "project": str(result.project),
        },
        [line for line in lines if line],
    )
