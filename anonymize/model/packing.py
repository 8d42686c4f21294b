"""Compressed streams: gzip, bzip2, xz and Zstandard, told by their first bytes.

`unpack` turns compressed chunks into plain ones in memory that does not grow, and refuses what
is damaged, cut short, followed by something else, or expands beyond all measure.
"""

from __future__ import annotations

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from anonymize.errors import EngineError, FormatError

_SUFFIXES = {
    "gz": (".gz", ".gzip"),
    "bz2": (".bz2", ".bzip2"),
    "xz": (".xz",),
    "zst": (".zst", ".zstd"),
}
"""How files of each kind are called; the first is usual."""

PIECE = 1 << 18
"""Most bytes `unpack` yields at once."""
_MEMORY = 1 << 27
"""What a stream may ask a decoder to hold: xz -9 takes 65 MiB, zstd without --long 128 MiB."""
_SLICE = 1 << 10
"""Bytes of Zstandard decoded at once; they expand to 32 MiB at most (RFC 8878 §3.1.1.2.3)."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """How far a compressed stream may expand.

    Attributes:
        ratio: Plain by compressed bytes.  Tweets reach 15, repeated ones 100.
        ratio_from: Plain bytes below which any ratio will do: they cannot hurt.
        most: Plain bytes of one stream.
    """

    ratio: int = 200
    ratio_from: int = 64 * 1024**2
    most: int = 1024**4


EXPANSION = Expansion()

_LIFT = "if that is right, decompress it yourself and name the result"


class _Decoder(Protocol):
    """What `bz2` and `lzma` have, and the others are given."""

    @property
    def eof(self) -> bool:
        """Whether the stream has ended."""

    @property
    def unused_data(self) -> bytes:
        """What follows the end of the stream."""

    @property
    def needs_input(self) -> bool:
        """Whether there is nothing left to give without more input."""

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Return at most `max_length` plain bytes."""


class _Gzip:
    """zlib's decoder of one gzip member, in the words of the other two."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


class _Zstandard:
    """A decoder of one Zstandard frame, fed so little at a time that its output is bounded."""

    def __init__(self, package: Any) -> None:
        self._inner = package.ZstdDecompressor(max_window_size=_MEMORY).decompressobj()
        self._input = b""
        self._output = b""

    @property
    def eof(self) -> bool:
        return bool(self._inner.eof) and not self._output

    @property
    def unused_data(self) -> bytes:
        return bytes(self._inner.unused_data) + self._input

    @property
    def needs_input(self) -> bool:
        return not (self._input or self._output)

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        self._input += data
        parts, size, at = [self._output], len(self._output), 0
        while size < max_length and at < len(self._input) and not self._inner.eof:
            parts.append(self._inner.decompress(self._input[at : at + _SLICE]))
            size += len(parts[-1])
            at += _SLICE
        self._input = self._input[at:]
        whole = b"".join(parts)
        self._output = whole[max_length:]
        return whole[:max_length]


def packing_of(head: bytes) -> str:
    """Return how a stream that begins with `head` is compressed: a word of `suffix`, or nothing.

    >>> packing_of(b"BZh91AY&SY"), packing_of(b"BZhang: Hello")
    ('bz2', '')
    """
    if head.startswith(b"\x1f\x8b\x08"):  # RFC 1952 §2.3.1
        return "gz"
    if head[:3] == b"BZh" and head[4:10] in {b"1AY&SY", b"\x17\x72\x45\x38\x50\x90"}:
        return "bz2"
    if head.startswith(b"\xfd7zXZ\0"):
        return "xz"
    if head.startswith(b"\x28\xb5\x2f\xfd") or _is_skippable(head):  # RFC 8878 §3.1.1, §3.1.2
        return "zst"
    return ""


def _is_skippable(head: bytes) -> bool:
    return head[1:4] == b"\x2a\x4d\x18" and 0x50 <= head[0] <= 0x5F


def split_suffix(name: str, packing: str) -> tuple[str, str]:
    """Return a file's name without the suffix of its compression, and that suffix.

    >>> split_suffix("tweets.jsonl.GZ", "gz"), split_suffix("tweets.jsonl", "xz")
    (('tweets.jsonl', '.gz'), ('tweets.jsonl', '.xz'))
    """
    for suffix in _SUFFIXES[packing]:
        if name.lower().endswith(suffix):
            return name[: -len(suffix)], suffix
    return name, _SUFFIXES[packing][0]


def load_zstandard(label: str) -> Any:
    """Return the package that reads Zstandard.

    Raises:
        EngineError: If it is not installed.
    """
    try:
        import zstandard as package
    except ImportError:
        raise EngineError(
            f"{label}: Zstandard needs a package more: pip install 'anonymize[zstd]'",
        ) from None
    return package


def _maker(packing: str, label: str) -> tuple[Callable[[], _Decoder], tuple[type[Exception], ...]]:
    """Return what makes a decoder of one stream, and what it raises on damage."""
    if packing == "gz":
        return _Gzip, (zlib.error,)
    if packing == "bz2":
        return bz2.BZ2Decompressor, (OSError, ValueError)
    if packing == "xz":
        return (
            lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, _MEMORY),
            (lzma.LZMAError, MemoryError),
        )
    package = load_zstandard(label)
    return lambda: _Zstandard(package), (package.ZstdError, MemoryError)


def unpack(
    read: Callable[[int], bytes],
    packing: str,
    label: str,
    limits: Expansion = EXPANSION,
) -> Iterator[bytes]:
    """Yield the plain bytes of a compressed stream, or of several, one after another.

    Args:
        read: Gives at most so many compressed bytes; none at the end.
        packing: As `packing_of` gave it.
        label: How messages name the stream.
        limits: How far it may expand.

    Raises:
        FormatError: If it is damaged, ends too early, something else follows it, or it expands
            too much or wants too much memory.
        EngineError: If the package for it is not installed.
    """
    make, damage = _maker(packing, label)
    taken = given = 0

    def more() -> bytes:
        nonlocal taken
        chunk = read(PIECE)
        taken += len(chunk)
        return chunk

    data = more()
    while data:
        decoder, ended = make(), False
        while not decoder.eof:
            if not data and decoder.needs_input:
                data = more()
                ended = not data
            try:
                plain = decoder.decompress(data, PIECE)
            except damage as error:
                # The decoder's own words could quote the input.
                if "memory" in str(error).lower() or isinstance(error, MemoryError):
                    raise FormatError(f"{label}: wants too much memory; {_LIFT}") from None
                raise FormatError(f"{label}: is damaged inside its compression") from None
            if ended and not plain and not decoder.eof:
                raise FormatError(f"{label}: ends inside its compression; is it all there?")
            data = b""
            given += len(plain)
            if given > min(limits.most, max(limits.ratio_from, taken * limits.ratio)):
                raise FormatError(f"{label}: expands too much; {_LIFT}")
            if plain:
                yield plain
        # Tapes and disks pad with zeros (the manual of gzip; the xz format, §2.2).
        data = decoder.unused_data.lstrip(b"\0")
        while not data and (chunk := more()):
            data = chunk.lstrip(b"\0")
