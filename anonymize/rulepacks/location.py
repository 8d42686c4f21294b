"""Where the rules and examples that come with the program lie."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from anonymize.errors import AnonymizeError


def shipped(kind: str) -> Path:
    """Return the folder of what the program brings along.

    An installed wheel carries it as package data; an editable checkout has it beside the
    package.

    Args:
        kind: `rules` or `examples`.

    Raises:
        AnonymizeError: If the installation lacks it.
    """
    package = Path(str(files("anonymize")))
    for folder in (package / "data" / kind, package.parent / kind):
        if folder.is_dir():
            return folder
    raise AnonymizeError(f"this installation lacks its folder of {kind}")


def names(kind: str) -> tuple[str, ...]:
    """Return the names of the shipped `packs` or `policies`, sorted."""
    return tuple(sorted(path.stem for path in (shipped("rules") / kind).glob("*.yaml")))
