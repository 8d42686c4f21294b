"""Files that are one compressed stream: read where it lies, written the same every time.

A stream is never laid out in clear, for the copy would be one more place with originals in it.
It is cut into shards by positions in what it holds.  A shard has to pass all that comes before
it; so the process that finished the one before goes on where it stopped, and several processes
together decompress no more than one each.
"""

from __future__ import annotations

import atexit
import bz2
import gzip
import io
import lzma
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, BinaryIO, cast

from anonymize.errors import FormatError
from anonymize.model.packing import load_zstandard, unpack

_LEVELS = {"gz": 6, "xz": 6, "bz2": 9, "zst": 10}
"""Levels: what the tools themselves take, for zstd what is slower to write and smaller."""
_CHUNK = 1 << 20


class _Stream:
    """A compressed file read once from its beginning.

    Attributes:
        at: Plain bytes given so far.
        over: Whether nothing more can be read: it ended, or it is damaged.
    """

    def __init__(self, path: str, packing: str, label: str, opener: Opener) -> None:
        self._raw = opener(path, label)
        self._chunks = unpack(self._raw.read, packing, label)
        self._label = label
        self._held = memoryview(b"")
        self.at = 0
        self.over = False

    def read(self, size: int) -> bytes:
        """Return at most `size` bytes; none at the end."""
        while not self._held and size:
            self.over = True
            try:
                self._held = memoryview(next(self._chunks))
            except StopIteration:
                return b""
            except OSError:
                raise FormatError(f"{self._label}: cannot be read to its end") from None
            self.over = False
        piece = bytes(self._held[:size])
        self._held = self._held[size:]
        self.at += len(piece)
        return piece

    def close(self) -> None:
        self.over = True
        self._raw.close()


Opener = Callable[[str, str], BinaryIO]
_Key = tuple[str, str, int, int, int]
_resting: dict[_Key, _Stream] = {}
"""The stream this process read last, if it did not come to its end; never more than one."""


class _Lent(io.RawIOBase):
    """A stream for as long as a shard is read; closing it lets the next shard go on."""

    def __init__(self, key: _Key, stream: _Stream) -> None:
        self._key = key
        self._stream = stream

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._stream.read(size if size >= 0 else _CHUNK)

    def close(self) -> None:
        if not self.closed:
            _clear()
            if self._stream.over:
                self._stream.close()
            else:
                _resting[self._key] = self._stream
        super().close()


def _clear() -> None:
    while _resting:
        _resting.popitem()[1].close()


atexit.register(_clear)


def open_packed(path: str, packing: str, label: str, start: int, opener: Opener) -> BinaryIO:
    """Open a compressed file at a position of what it holds; behind its end there is nothing.

    Args:
        path: The file.
        packing: How it is compressed.
        label: How messages name it.
        start: Plain bytes to pass over.
        opener: Opens a file by path and label.

    Raises:
        FormatError: If it cannot be opened or is damaged before `start`, here; or behind it,
            while reading.
        EngineError: If a package to read it is missing.
    """
    try:
        status = Path(path).stat()
    except OSError:
        raise FormatError(f"{label}: cannot be opened") from None
    key = (path, packing, status.st_ino, status.st_size, status.st_mtime_ns)
    stream = _resting.pop(key, None)
    if stream is not None and stream.at > start:
        stream.close()
        stream = None
    if stream is None:
        stream = _Stream(path, packing, label, opener)
    with ExitStack() as unless_lent:
        unless_lent.callback(stream.close)
        while stream.at < start and stream.read(min(start - stream.at, _CHUNK)):
            pass
        unless_lent.pop_all()
    return cast("BinaryIO", _Lent(key, stream))


@contextmanager
def create(path: Path, packing: str) -> Iterator[IO[bytes]]:
    """Open a file to be written; bytes depend on the content alone, not on name or time.

    Args:
        path: The file.
        packing: How to compress what is written; empty for not at all.

    Raises:
        EngineError: If a package to write it is missing.
    """
    with ExitStack() as stack:
        raw = stack.enter_context(path.open("wb"))
        level = _LEVELS.get(packing, 0)
        if packing == "gz":
            stream: object = gzip.GzipFile("", "wb", level, raw, mtime=0)
        elif packing == "bz2":
            stream = bz2.BZ2File(raw, "wb", compresslevel=level)
        elif packing == "xz":
            stream = lzma.LZMAFile(raw, "wb", preset=level)  # noqa: SIM115 - entered below
        elif packing:
            package = load_zstandard(path.name)
            compressor = package.ZstdCompressor(level=level, write_checksum=True)
            stream = compressor.stream_writer(raw, closefd=False)
        else:
            yield raw
            return
        yield stack.enter_context(cast("IO[bytes]", stream))
