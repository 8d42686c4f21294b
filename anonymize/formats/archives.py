"""Opening sources without trusting them, and writing zips that are the same every time.

A shard is opened by `open_source`, whether it is a file, a byte range of one or a member of a
zip.  A zip is refused as a whole when any of its entries could hurt: see `check_entries`.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from anonymize.errors import FormatError
from anonymize.formats.packed import open_packed
from anonymize.model.documents import Shard

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time a zip can hold: says nothing of when it was made."""
_MODE = 0o100644 << 16
_UNIX = 3
_DRIVE = re.compile(r"^[A-Za-z]:")
_CHUNK = 1 << 20
_TROUBLE = (
    OSError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)
"""All that zipfile raises on damaged input: bad structure, data, checksum or method."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What an archive may be at most; real takeouts stay well below.

    Attributes:
        entries: Takeouts of heavy users hold tens of thousands of media files.
        member_bytes: X cuts its own files into parts of about 100 MB.
        total_bytes: Takeouts with video reach tens of gigabytes.
        ratio: Uncompressed by compressed bytes; JSON of takeouts reaches 30, deflate at
            most 1032.
        ratio_from: Entries smaller than this may have any ratio: they cannot hurt.
    """

    entries: int = 500_000
    member_bytes: int = 8 * 1024**3
    total_bytes: int = 200 * 1024**3
    ratio: int = 200
    ratio_from: int = 4 * 1024**2


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Entry:
    """One file in an archive.

    Attributes:
        name: Path in the archive, with `/`.
        number: Position among all entries, from 1; how messages name it.
        size: Uncompressed bytes, as declared.
    """

    name: str = field(repr=False)
    number: int
    size: int


class _Bounded(io.RawIOBase):
    """Reads at most so many bytes of a stream; more is the end, or an error."""

    def __init__(self, stream: BinaryIO, stop: int, label: str, *, strict: bool) -> None:
        self._stream = stream
        self._left = stop
        self._label = label
        self._strict = strict

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        wanted = len(buffer)
        if self._left >= 0 and not self._strict:
            wanted = min(wanted, self._left)
        try:
            got = self._stream.read(wanted) if wanted else b""
        except _TROUBLE:
            raise FormatError(f"{self._label}: cannot be read to its end") from None
        if self._left >= 0:
            self._left -= len(got)
            if self._left < 0:
                raise FormatError(f"{self._label}: holds more than it declares")
        buffer[: len(got)] = got
        return len(got)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
        super().close()


class _Member(io.RawIOBase):
    """A zip member together with the archive that must be closed with it."""

    def __init__(self, archive: zipfile.ZipFile, stream: BinaryIO) -> None:
        self._archive = archive
        self._stream = stream

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._stream.read(size)

    def close(self) -> None:
        if not self.closed:
            self._stream.close()
            self._archive.close()
        super().close()


def _open_zip(path: str, label: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except _TROUBLE:
        raise FormatError(f"{label}: not a readable zip archive") from None


def _fault(info: zipfile.ZipInfo, limits: Limits) -> str:
    """Return what is wrong with an entry in words, or nothing."""
    name = info.orig_filename
    parts = name.split("/")
    if "\\" in name or "\0" in name or name.startswith("/") or _DRIVE.match(name) or ".." in parts:
        return "has a path that leaves the archive"
    kind = stat.S_IFMT(info.external_attr >> 16)
    if info.create_system == _UNIX and kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return "is a link or device"
    if info.flag_bits & 0x1:
        return "is encrypted"
    if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return "is compressed in an unusual way"
    if info.file_size > limits.member_bytes:
        return "is too large"
    if (
        info.file_size > limits.ratio_from
        and info.file_size > max(1, info.compress_size) * limits.ratio
    ):
        return "expands too much"
    return ""


def check_entries(
    infos: list[zipfile.ZipInfo],
    size: int,
    label: str,
    limits: Limits = LIMITS,
) -> tuple[Entry, ...]:
    """Return the files of an archive in stored order, or refuse the archive.

    Args:
        infos: Its central directory.
        size: Bytes of the archive itself.
        label: How messages name the archive.
        limits: What it may be at most.

    Raises:
        FormatError: If an entry has a path that leaves the archive, is a link or device,
            encrypted, twice there, too large, or expands too much; or if there are too many
            entries, they overlap, or expand too much together.
    """
    if len(infos) > limits.entries:
        raise FormatError(f"{label}: has more than {limits.entries} entries")
    seen: set[str] = set()
    entries: list[Entry] = []
    packed = total = 0
    for number, info in enumerate(infos, 1):
        fault = _fault(info, limits)
        if not fault and info.filename in seen:
            fault = "has the name of another entry"
        if fault:
            raise FormatError(f"{label}: entry {number} {fault}")
        seen.add(info.filename)
        packed += info.compress_size
        total += info.file_size
        if not info.is_dir():
            entries.append(Entry(info.filename, number, info.file_size))
    if packed > size:
        raise FormatError(f"{label}: entries overlap")
    if total > limits.total_bytes:
        raise FormatError(f"{label}: expands too much")
    return tuple(entries)


def list_archive(path: str, label: str, limits: Limits = LIMITS) -> tuple[Entry, ...]:
    """Return the files of a zip, checked; see `check_entries`.

    Raises:
        FormatError: If it is no zip or is refused.
    """
    with _open_zip(path, label) as archive:
        return check_entries(archive.infolist(), Path(path).stat().st_size, label, limits)


def open_member(path: str, member: str, label: str, limits: Limits = LIMITS) -> BinaryIO:
    """Open a member of a zip; reading more than it declares is an error.

    Raises:
        FormatError: If it cannot be opened, here; or read to its end, while reading.
    """
    archive = _open_zip(path, label)
    fault = "cannot be opened"
    try:
        info = archive.getinfo(member)
        fault = _fault(info, limits) or fault
        stream = _Member(archive, archive.open(info))  # type: ignore[arg-type]
    except (KeyError, *_TROUBLE):
        archive.close()
        raise FormatError(f"{label}: {fault}") from None
    bounded = _Bounded(stream, info.file_size, label, strict=True)  # type: ignore[arg-type]
    return io.BufferedReader(bounded, _CHUNK)


def each_member(
    path: str,
    members: Iterable[str],
    label: str,
    limits: Limits = LIMITS,
) -> Iterator[BinaryIO]:
    """Open members of a zip one after another, each closed when the next one is asked for.

    The archive itself is opened once: to list one with many entries takes a while.

    Raises:
        FormatError: As `open_member`.
    """
    with _open_zip(path, label) as archive:
        for member in members:
            fault = "cannot be opened"
            try:
                info = archive.getinfo(member)
                fault = _fault(info, limits) or fault
                inner = archive.open(info)
            except (KeyError, *_TROUBLE):
                raise FormatError(f"{label}: {fault}") from None
            bounded = _Bounded(inner, info.file_size, label, strict=True)  # type: ignore[arg-type]
            with io.BufferedReader(bounded, _CHUNK) as stream:
                yield stream


def open_file(path: str, label: str) -> BinaryIO:
    """Open a regular file.

    Raises:
        FormatError: If it is none or may not be read.
    """
    try:
        if not stat.S_ISREG(Path(path).stat().st_mode):
            raise FormatError(f"{label}: not a regular file")
        return Path(path).open("rb")
    except OSError:
        raise FormatError(f"{label}: cannot be opened") from None


def open_source(shard: Shard) -> BinaryIO:
    """Open what a shard reads: its file or member, from `start` up to `stop`, decompressed.

    Raises:
        FormatError: If it cannot be opened, here; or read to its end, while reading.
    """
    if shard.member:
        stream = open_member(shard.source, shard.member, shard.label)
        left = shard.start
        while left:
            skipped = len(stream.read(min(left, _CHUNK)))
            if not skipped:
                break
            left -= skipped
    elif shard.packing:
        where = (shard.source, shard.packing, shard.label, shard.start)
        stream = open_packed(*where, open_file)
    else:
        stream = open_file(shard.source, shard.label)
        stream.seek(shard.start)
    stop = -1 if shard.stop < 0 else max(0, shard.stop - shard.start)
    return io.BufferedReader(_Bounded(stream, stop, shard.label, strict=False), _CHUNK)


def write_zip(target: str | Path, members: Iterable[tuple[str, str | Path]]) -> None:
    """Write a zip whose bytes depend on names and contents alone.

    Args:
        target: File to write.
        members: `(name in the archive, file to take)`, in any order; written sorted.
    """
    with zipfile.ZipFile(target, "w") as archive:
        for name, path in sorted(members, key=lambda one: one[0]):
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = _UNIX
            info.external_attr = _MODE
            info.file_size = Path(path).stat().st_size
            with Path(path).open("rb") as source, archive.open(info, "w") as sink:
                while chunk := source.read(_CHUNK):
                    sink.write(chunk)
