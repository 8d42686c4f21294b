"""Windows: a stream of any length in overlapping pieces, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

SIZE = 1 << 20
"""Bytes of a window."""

OVERLAP = 1 << 16
"""Bytes two neighbours share: no identifier, however escaped, is taken to be longer."""


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a stream.

    Attributes:
        offset: First byte in the stream.
        data: The bytes.
        opens: Whether a word may begin at its first byte: the stream or a blank ends there.
        closes: Whether a word may end at its last byte.
    """

    offset: int
    data: bytes = field(repr=False)
    opens: bool
    closes: bool


def windows(stream: BinaryIO, size: int = SIZE, overlap: int = OVERLAP) -> Iterator[Window]:
    """Yield windows such that every stretch of less than `overlap - 8` bytes is whole in one.

    Windows are cut at blanks where there are some, so that no word is taken for ended where
    the window is.

    Args:
        stream: Read to its end.
        size: Bytes of a window, at least twice `overlap`.
        overlap: Bytes two neighbours share, at least 16.

    Raises:
        ValueError: If `size` is less than twice `overlap`.
    """
    if size < 2 * overlap or overlap < 16:
        raise ValueError("a window is at least twice the overlap, and that at least 16 bytes")
    reach = overlap // 4
    buffer, offset, opens = b"", 0, True
    while True:
        buffer += _fill(stream, size - len(buffer))
        if len(buffer) < size:
            yield Window(offset, buffer, opens, closes=True)
            return
        end = _blank(buffer, size - reach, size)
        closes = end >= 0
        end = end if closes else size
        yield Window(offset, buffer[:end], opens, closes)
        start = _blank(buffer, end - overlap - reach, end - overlap)
        opens = start >= 0
        start = start if opens else end - overlap
        buffer, offset = buffer[start:], offset + start


def _fill(stream: BinaryIO, wanted: int) -> bytes:
    parts: list[bytes] = []
    while wanted > 0:
        part = stream.read(wanted)
        if not part:
            break
        parts.append(part)
        wanted -= len(part)
    return b"".join(parts)


def _blank(buffer: bytes, start: int, stop: int) -> int:
    """Return the position after the last blank between `start` and `stop`, or -1."""
    at = max(buffer.rfind(b" ", start, stop), buffer.rfind(b"\n", start, stop))
    return at + 1 if at >= 0 else -1
