"""Tar archives compressed by gzip: read in one walk, written the same every time.

Members are refused as those of zips are (`archives.check_entries`); how far the stream may
expand, `model.packing` says.
"""

from __future__ import annotations

import gzip
import io
import re
import tarfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

from anonymize.errors import FormatError
from anonymize.formats.archives import LIMITS, Entry, Limits, open_file
from anonymize.model.packing import unpack

SUFFIXES = (".tar.gz", ".tgz")
_CHUNK = 1 << 20
_LEVEL = 6
_MODE = 0o644
_DRIVE = re.compile(r"^[A-Za-z]:")
_TROUBLE = (tarfile.TarError, OSError, EOFError, ValueError, OverflowError)
_MAGIC = slice(257, 262)
"""Where `ustar` stands in the first header (POSIX.1-1988, and GNU tar)."""


class _Plain(io.RawIOBase):
    """What a gzip stream holds."""

    def __init__(self, raw: BinaryIO, label: str) -> None:
        self._raw = raw
        self._chunks = unpack(raw.read, "gz", label)
        self._held = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if not self._held:
            self._held = next(self._chunks, b"")
        piece = self._held[: len(buffer)]
        buffer[: len(piece)] = piece
        self._held = self._held[len(piece) :]
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()


def _fault(info: tarfile.TarInfo, limits: Limits) -> str:
    """Return what is wrong with a member in words, or nothing."""
    name = info.name
    if "\\" in name or "\0" in name or name.startswith("/") or _DRIVE.match(name):
        return "has a path that leaves the archive"
    if ".." in name.split("/"):
        return "has a path that leaves the archive"
    if not (info.isreg() or info.isdir()) or info.issparse():
        return "is a link or device"
    return "is too large" if info.size > limits.member_bytes else ""


@contextmanager
def _walk(path: str, label: str) -> Iterator[tarfile.TarFile]:
    with io.BufferedReader(_Plain(open_file(path, label), label), _CHUNK) as plain:
        try:
            archive = tarfile.open(fileobj=cast("IO[bytes]", plain), mode="r|")  # noqa: SIM115
        except _TROUBLE:
            raise FormatError(f"{label}: not a readable tar archive") from None
        with archive:
            yield archive


def _members(archive: tarfile.TarFile, label: str) -> Iterator[tarfile.TarInfo]:
    try:
        while (info := archive.next()) is not None:
            # The archive would keep them all, for random access nobody wants here.
            archive.members = []  # type: ignore[attr-defined]
            yield info
    except _TROUBLE:
        raise FormatError(f"{label}: cannot be read to its end") from None


def is_tar(path: str, label: str) -> bool:
    """Whether a gzip file holds a tar archive, told from its first header.

    Raises:
        FormatError: If it cannot be opened, or its compression is damaged there.
    """
    with io.BufferedReader(_Plain(open_file(path, label), label), _CHUNK) as plain:
        return plain.read(512)[_MAGIC] == b"ustar"


def list_tar(path: str, label: str, limits: Limits = LIMITS) -> tuple[Entry, ...]:
    """Return the files of an archive in stored order, or refuse the archive.

    Raises:
        FormatError: If it is no such archive or damaged; if a member has a path that leaves it,
            is a link or device, twice there or too large; or if there are too many members or
            they expand too much together.
    """
    seen: set[str] = set()
    entries: list[Entry] = []
    total = 0
    with _walk(path, label) as archive:
        for number, info in enumerate(_members(archive, label), 1):
            name = info.name.removeprefix("./")
            fault = _fault(info, limits)
            if not fault and name in seen and not info.isdir():
                fault = "has the name of another entry"
            if fault:
                raise FormatError(f"{label}: entry {number} {fault}")
            if number > limits.entries:
                raise FormatError(f"{label}: has more than {limits.entries} entries")
            seen.add(name)
            total += info.size
            if total > limits.total_bytes:
                raise FormatError(f"{label}: expands too much")
            if info.isreg():
                entries.append(Entry(name, number, info.size))
    return tuple(entries)


class _Member(io.RawIOBase):
    """A member together with the walk that must be ended with it."""

    def __init__(self, stream: IO[bytes], label: str, walk: object) -> None:
        self._stream = stream
        self._label = label
        self._walk = walk

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        try:
            piece = self._stream.read(len(buffer))
        except _TROUBLE:
            raise FormatError(f"{self._label}: cannot be read to its end") from None
        buffer[: len(piece)] = piece
        return len(piece)

    def close(self) -> None:
        if not self.closed:
            self._walk.__exit__(None, None, None)  # type: ignore[attr-defined]
        super().close()


def open_tar_member(path: str, member: str, label: str, limits: Limits = LIMITS) -> BinaryIO:
    """Open a member of an archive; what stands before it is passed over.

    Raises:
        FormatError: If it cannot be opened, here; or read to its end, while reading.
    """
    walk = _walk(path, label)
    archive = walk.__enter__()
    stream: IO[bytes] | None = None
    try:
        for info in _members(archive, label):
            if info.name.removeprefix("./") == member and not _fault(info, limits):
                stream = archive.extractfile(info)
                break
    finally:
        if stream is None:
            walk.__exit__(None, None, None)
    if stream is None:
        raise FormatError(f"{label}: cannot be opened")
    return io.BufferedReader(_Member(stream, label, walk), _CHUNK)


def write_tar(target: str | Path, members: Iterable[tuple[str, str | Path]]) -> None:
    """Write an archive whose bytes depend on names and contents alone.

    Args:
        target: File to write.
        members: `(name in the archive, file to take)`, in any order; written sorted.
    """
    with (
        Path(target).open("wb") as raw,
        gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive,
    ):
        for name, path in sorted(members, key=lambda one: one[0]):
            info = tarfile.TarInfo(name)
            info.size = Path(path).stat().st_size
            info.mode = _MODE
            with Path(path).open("rb") as source:
                archive.addfile(info, source)
