"""Inventory: the files of a shared folder, each with what its suffix says of it."""

from __future__ import annotations

import hashlib
import pathlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from anonymize.errors import IntegrityError

SEALS = ("audit/head.json", "manifest-sha256.txt")
"""Written after everything else, so that nothing else can describe them."""

_TYPES: Mapping[str, str] = {
    "bz2": "application/x-bzip2",
    "csv": "text/csv",
    "gz": "application/gzip",
    "html": "text/html",
    "js": "text/javascript",
    "json": "application/json",
    "jsonl": "application/jsonl",
    "md": "text/markdown",
    "ndjson": "application/jsonl",
    "parquet": "application/vnd.apache.parquet",
    "srt": "application/x-subrip",
    "tsv": "text/tab-separated-values",
    "txt": "text/plain",
    "vtt": "text/vtt",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xz": "application/x-xz",
    "zip": "application/zip",
    "zst": "application/zstd",
}
_BINARY = {
    "application/gzip",
    "application/octet-stream",
    "application/x-bzip2",
    "application/x-xz",
    "application/zip",
    "application/zstd",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One file.

    Attributes:
        path: Below the shared folder, with `/`.
        format: Suffix without its dot, lower case; empty for none.
        mediatype: Of the suffix; `application/octet-stream` when unknown.
        text: Whether it is text in UTF-8.
    """

    path: str
    format: str
    mediatype: str
    text: bool


def items(root: pathlib.Path, under: str = "") -> Iterator[Item]:
    """Yield the plain files below `root`, sorted by path, without the seals.

    Args:
        root: The shared folder.
        under: Only files whose path begins so.

    Raises:
        IntegrityError: If a link stands in the folder.
    """
    found: list[str] = []
    for path in root.rglob("*"):
        if path.is_symlink():
            raise IntegrityError("a link stands in the shared folder")
        if path.is_file():
            found.append(path.relative_to(root).as_posix())
    for name in sorted(found):
        if name.startswith(under) and name not in SEALS:
            yield media_item(name)


def media_item(name: str) -> Item:
    """Return the item of a path."""
    suffix = pathlib.PurePosixPath(name).suffix.lower().lstrip(".")
    mediatype = _TYPES.get(suffix, "application/octet-stream")
    return Item(name, suffix, mediatype, mediatype not in _BINARY)


def digest(path: pathlib.Path) -> str:
    """Return the SHA-256 of a file, hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
