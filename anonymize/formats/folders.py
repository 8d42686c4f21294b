"""Folders, read without following links and in an order that does not depend on the system."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, field

from anonymize.errors import FormatError


@dataclass(frozen=True, slots=True)
class Found:
    """Something in a folder that is not itself a folder.

    Attributes:
        relative: Path from the folder, with `/`.
        path: Where it lies.
        link: Whether it is a link, or no regular file: never opened.
    """

    relative: str = field(repr=False)
    path: str = field(repr=False)
    link: bool = False


def walk(path: str, label: str) -> list[Found]:
    """Return everything below a folder, sorted by relative path.

    Raises:
        FormatError: If a folder below it cannot be read.
    """
    return sorted(_walk(path, "", label), key=lambda one: one.relative)


def _walk(path: str, prefix: str, label: str) -> Iterator[Found]:
    try:
        entries = sorted(os.scandir(path), key=lambda entry: entry.name)
    except OSError:
        where = "" if not prefix else ", a folder in it"
        raise FormatError(f"{label}{where}: cannot be read") from None
    for entry in entries:
        relative = prefix + entry.name
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(entry.path, relative + "/", label)
        else:
            yield Found(relative, entry.path, not entry.is_file(follow_symlinks=False))
