"""One input of a run to be mutated; somebody in it is called what no message may repeat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.acceptance.damage import NAME


@dataclass(frozen=True, slots=True)
class Seed:
    """One input of a run.

    Attributes:
        files: Content by path below the input folder.
        folder: Whether the run is given a folder, or its one file.
        options: More arguments of the run.
    """

    files: Mapping[str, bytes]
    folder: bool = False
    options: tuple[str, ...] = ()


def named(data: bytes) -> bytes:
    """Return a file in which somebody's handle is the name no message may repeat."""
    for handle in (b"jo_invented", b"bram_quill", b"anna_k"):
        data = data.replace(handle, NAME.encode())
    return data


def one(name: str, data: bytes, *options: str) -> Seed:
    """Return an input of one file."""
    return Seed({name: named(data)}, options=options)


def folder(files: Mapping[str, bytes], *options: str) -> Seed:
    """Return an input of a folder."""
    files = {f"mine/{name}": named(data) for name, data in files.items()}
    return Seed(files, folder=True, options=options)
