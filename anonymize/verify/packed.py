"""Compressed streams as files that can be read back and forth, and what their headers say."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from anonymize.model.packing import unpack

_CHUNK = 1 << 20
_EXTRA, _NAME, _COMMENT = 4, 8, 16  # RFC 1952 §2.3.1
_HEADER = 10


class Unpacked(io.RawIOBase):
    """What a compressed stream holds; going back begins again.

    Args:
        packed: The compressed stream; can be read again from its beginning.
        packing: How it is compressed.
    """

    def __init__(self, packed: BinaryIO, packing: str) -> None:
        self._packed = packed
        self._packing = packing
        self._begin()

    def _begin(self) -> None:
        self._packed.seek(0)
        self._chunks: Iterator[bytes] = unpack(self._packed.read, self._packing, "")
        self._held = memoryview(b"")
        self._at = 0

    def readable(self) -> bool:
        """Whether it can be read: it can."""
        return True

    def seekable(self) -> bool:
        """Whether it can be read from anywhere: it can, if slowly."""
        return True

    def tell(self) -> int:
        """Return the position."""
        return self._at

    def read(self, size: int = -1) -> bytes:
        """Return at most `size` bytes, all that is left for a negative one.

        Raises:
            FormatError: If the stream is damaged.
            EngineError: If a package to read it is missing.
        """
        if size < 0:
            return b"".join(iter(lambda: self.read(_CHUNK), b""))
        parts: list[bytes] = []
        while size:
            if not self._held:
                self._held = memoryview(next(self._chunks, b""))
                if not self._held:
                    break
            piece = bytes(self._held[:size])
            self._held = self._held[size:]
            self._at += len(piece)
            size -= len(piece)
            parts.append(piece)
        return b"".join(parts)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a position, at most to the end, and return it."""
        if whence == io.SEEK_END:
            while self.read(_CHUNK):
                pass
            target = max(0, self._at + offset)
        else:
            target = offset + (self._at if whence == io.SEEK_CUR else 0)
        if target < self._at:
            self._begin()
        while self._at < target and self.read(min(target - self._at, _CHUNK)):
            pass
        return self._at


def header(stream: BinaryIO) -> bytes:
    """Return what the header of a gzip stream holds besides its ten fixed bytes.

    That is the name of the file, a comment, and fields of other programs; nobody sees them in
    what is decompressed.
    """
    stream.seek(0)
    data = stream.read(1 << 17)
    stream.seek(0)
    flags, at = data[3], _HEADER
    if flags & _EXTRA:
        at += 2 + int.from_bytes(data[at : at + 2], "little")
    for flag in (_NAME, _COMMENT):
        if flags & flag:
            end = data.find(b"\0", at)
            at = end + 1 if end >= 0 else len(data)
    return data[_HEADER:at]
