"""Commands over the project key: `key show-id`, `key export`, `key destroy`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from anonymize.cli import console, secret
from anonymize.errors import UsageError

Home = Annotated[Path, typer.Option("--project", metavar="DIR", help="The project.")]

group = typer.Typer(
    help="Show, back up or destroy the project key.",
    rich_markup_mode=None,
    no_args_is_help=True,
)


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.add_typer(group, name="key")


@group.command("show-id")
def show_id(*, project: Home) -> None:
    """Print the key's public id, which audit logs carry."""
    from anonymize import api

    key_id = api.key_id(project)
    console.result({"key_id": key_id}, [key_id])


@group.command("export")
def export(
    target: Annotated[Path, typer.Argument(metavar="FILE", help="Must not exist.")],
    *,
    project: Home,
) -> None:
    """Write a backup of the key, sealed by a passphrase of its own."""
    from anonymize import api

    api.key_export(project, target, secret.new_passphrase(), unlock=secret.unlock)
    console.result({"file": str(target)}, [f"Wrote {target}; keep it apart from the passphrase."])


@group.command("destroy")
def destroy(
    *,
    project: Home,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Destroy key and vault: nobody can go back from a pseudonym by this key any more."""
    from anonymize import api

    if not yes:
        if not sys.stdin.isatty():
            raise UsageError("destroying the key cannot be undone; say --yes")
        typer.confirm("Destroy the key? This cannot be undone", abort=True)
    gone = api.key_destroy(project)
    console.result({"destroyed": gone}, [f"Key {gone} and its vault are destroyed."])
