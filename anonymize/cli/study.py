"""Commands over a study: `init`, `scan`, `run`, `demo`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from anonymize.cli import console, secret
from anonymize.cli.arrays import print_part
from anonymize.cli.results import print_run

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
    shard: Annotated[
        str,
        typer.Option(
            "--shard",
            metavar="I/N",
            help=(
                "Do one part of N of the run, in a project all parts share; "
                "anonymize gather joins them. --out then only keeps a note of the part."
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

    options: dict[str, Any] = {
        "project": project,
        "policy": policy,
        "people": people,
        "packs": tuple(rules or ()),
        "language": lang,
        "columns": api.parse_columns(columns),
        "encoding": encoding,
        "workers": api.parse_workers(workers),
        "scheduler": scheduler,
        "shard_bytes": shard_bytes,
        "include": api.parse_include(include),
        "drop_unknown_parts": drop_unknown_parts,
        "progress": console.progress(),
        "unlock": secret.unlock,
    }
    if shard:
        print_part(api.run_part(inputs, out=out, shard=shard, **options))
        return
    result = api.run(inputs, out=out, **options)
    print_run(result)
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
    print_run(result)
    raise typer.Exit(0 if result.exit_code == 10 else result.exit_code)
