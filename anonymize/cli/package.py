"""Command `package`: a shared folder as repositories take it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from anonymize.cli import console, secret


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command()(package)


def package(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="A shared folder.")],
    *,
    forms: Annotated[
        str,
        typer.Option(
            "--as",
            metavar="NAME[,NAME]",
            help="Any of bagit, croissant, datacite, datapackage, ddi, ro-crate.",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="DIR", help="A new folder; else DIR.package."),
    ] = None,
    project: Annotated[
        Path | None,
        typer.Option(
            "--project",
            metavar="DIR",
            help="Take title, creators … from its project.yaml as it is now, and search what is "
            "written for every identifier the project knows.",
        ),
    ] = None,
) -> None:
    """Package a shared folder for a repository.

    DIR stays as it is, and stands whole in the package, as data/.
    """
    from anonymize import api

    names = [name for name in map(str.strip, forms.split(",")) if name]
    packed = api.package(directory, names, out=out, project=project, unlock=secret.unlock)
    lines = [f"Wrote {packed.out}; check it with: anonymize verify {packed.out / 'data'}"]
    lines += [f"  {name}: {', '.join(files)}" for name, files in packed.files.items()]
    lines += [
        f"project.yaml does not state, and {name} asks for: {', '.join(missing)}"
        for name, missing in packed.missing.items()
    ]
    console.result(
        {
            "out": str(packed.out),
            "files": {name: list(files) for name, files in packed.files.items()},
            "missing": {name: list(missing) for name, missing in packed.missing.items()},
        },
        lines,
    )
