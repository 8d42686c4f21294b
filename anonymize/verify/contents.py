"""Contents: every file below a folder, and everything inside the archives among them."""

from __future__ import annotations

import io
import os
import pathlib
import stat
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO, cast

from anonymize.errors import FormatError, IntegrityError
from anonymize.model import media
from anonymize.model.media_parts import DamagedMediaError, Fate
from anonymize.model.packing import packing_of
from anonymize.verify.packed import Unpacked, header
from anonymize.verify.parquet import Values, is_parquet

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")  # APPNOTE 4.3.7, 4.3.16
_PACKED = {"gz": "(gzip)", "bz2": "(bzip2)", "xz": "(xz)", "zst": "(zstd)"}
_IN_MEMORY = 1 << 22
"""Bytes of a member that is read whole; a larger one is unpacked anew where it is read back."""
_DEEPEST = 8

Place = tuple[str, ...]
"""Path of the file below the root, then the names of members, outermost first."""


@dataclass(frozen=True, slots=True)
class Name:
    """Text beside the bytes: the name or comment of a file or member.

    Attributes:
        place: Whose.
        text: The name or comment.
        shown: Whether it is the last part of `place`, which a leak may then not name.
    """

    place: Place
    text: str = field(repr=False)
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Content:
    """Bytes to be read, once, before the next one is asked for."""

    place: Place
    stream: BinaryIO


def paths(root: pathlib.Path) -> Iterator[tuple[str, os.stat_result]]:
    """Yield everything below `root` as (path with `/`, lstat), sorted; links are not followed.

    Raises:
        IntegrityError: If a folder cannot be read.
    """
    found: list[tuple[str, os.stat_result]] = []
    pending = [root]
    while pending:
        folder = pending.pop()
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError:
            raise IntegrityError("a folder below the shared folder cannot be read") from None
        for entry in entries:
            path = pathlib.Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                pending.append(path)
            found.append((path.relative_to(root).as_posix(), entry.stat(follow_symlinks=False)))
    found.sort()
    yield from found


def contents(root: pathlib.Path) -> Iterator[Name | Content]:
    """Yield the names and bytes of everything below `root`, archives opened.

    A zip gives its comments, its members' names and what they hold, whatever they are in turn;
    its own compressed bytes say nothing.  A compressed stream gives its header and what it
    holds, a Parquet file its values.  Links are not followed.

    Raises:
        IntegrityError: If something cannot be read, or an archive is damaged, encrypted or
            nested too deep: what cannot be searched cannot be published.
        EngineError: If a package to read a compressed stream or Parquet is missing.
    """
    for number, (path, status) in enumerate(paths(root), start=1):
        place = (path,)
        yield Name(place, path)
        if not stat.S_ISREG(status.st_mode):
            continue
        try:
            with (root / path).open("rb") as stream:
                yield from _open(place, stream)
        except (FormatError, OSError, EOFError, zipfile.BadZipFile, zlib.error, RuntimeError):
            # RuntimeError is what zipfile says of an encrypted member.
            raise IntegrityError(
                f"file {number} of the shared folder cannot be read to its end",
            ) from None


def _open(place: Place, stream: BinaryIO) -> Iterator[Name | Content]:
    if len(place) > _DEEPEST:
        raise zipfile.BadZipFile
    head = stream.read(16)
    stream.seek(0)
    packing = packing_of(head)
    # A compressed zip that could not be made smaller has the marks of a zip at its end.
    if head[:4] in _ZIP or (not packing and zipfile.is_zipfile(stream)):
        stream.seek(0)
        with zipfile.ZipFile(stream) as archive:
            yield from _members(place, archive)
    elif packing:
        if packing == "gz":
            beside = header(stream).decode("utf-8", "surrogateescape")
            yield Name(place, beside, shown=False)
        inside = cast("BinaryIO", Unpacked(stream, packing))
        yield from _open((*place, _PACKED[packing]), inside)
    elif is_parquet(stream):
        values = Values(stream)
        yield Name(place, values.beside, shown=False)
        yield Content(place, cast("BinaryIO", values))
    else:
        stream.seek(0)
        yield Content(place, _told(stream, head))


def _told(stream: BinaryIO, head: bytes) -> BinaryIO:
    """Return what of a file is searched: of a clean picture or film all that is not coded.

    What is coded holds no text, but every handle of three letters sooner or later.
    """
    if not media.kind_of(head):
        return stream
    data = stream.read(media.MOST + 1)
    try:
        parts = media.parts(data)
    except DamagedMediaError:
        return _again(data, stream)
    if not media.is_clean(parts):
        return _again(data, stream)
    return io.BytesIO(b"\n".join(data[p.start : p.stop] for p in parts if p.fate is Fate.NEEDED))


def _again(data: bytes, stream: BinaryIO) -> BinaryIO:
    """Return a stream as it was before so much of it was read."""
    if len(data) <= media.MOST:
        return io.BytesIO(data)
    stream.seek(0)
    return stream


def _members(place: Place, archive: zipfile.ZipFile) -> Iterator[Name | Content]:
    yield Name(place, archive.comment.decode("utf-8", "surrogateescape"), shown=False)
    for info in sorted(archive.infolist(), key=lambda info: (info.filename, info.header_offset)):
        inside = (*place, info.filename)
        yield Name(inside, info.filename)
        beside = info.comment + b" " + info.extra
        yield Name(inside, beside.decode("utf-8", "surrogateescape"), shown=False)
        if not info.is_dir():
            with (
                archive.open(info) as member,
                _seekable(cast("BinaryIO", member), info.file_size) as stream,
            ):
                yield from _open(inside, stream)


@contextmanager
def _seekable(stream: BinaryIO, size: int) -> Iterator[BinaryIO]:
    """Give a small member from memory: an archive inside it is read back and forth."""
    if 0 <= size <= _IN_MEMORY:
        with io.BytesIO(stream.read()) as copy:
            yield copy
    else:
        yield stream
