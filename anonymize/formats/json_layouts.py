"""Files of JSON values however they are laid out: one a line, in one array, over many lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from anonymize.errors import FormatError
from anonymize.formats.archives import open_source
from anonymize.formats.json_values import BOM
from anonymize.formats.lines import LINE_BYTES, read_lines
from anonymize.model.documents import Shard

LINES, ARRAY, VALUES = "lines", "array", "values"
"""A value a line; one array of them; values one after another, each over several lines."""
_CHUNK = 1 << 20
_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+(?P<end>")?|[{\[]|[}\]]|[^\s,:{}\[\]"]+', re.DOTALL)


class _Scan:
    """Finds the values of a stream; holds no more than one of them and a chunk."""

    def __init__(self, stream: BinaryIO, label: str, *, array: bool) -> None:
        self._stream = stream
        self._label = label
        self._base = 1 if array else 0
        self._depth = 0
        self._held = stream.read(len(BOM)).removeprefix(BOM)
        self._begin = -1
        self._at = 0
        self._over = False
        self.number = 0

    def values(self) -> Iterator[bytes]:
        """Yield the bytes of each value.

        Raises:
            FormatError: If brackets do not match, or a value is cut off or too long.
        """
        last = False
        while not last:
            kept = self._begin if self._begin >= 0 else self._at
            self._held = self._held[kept:]
            self._at -= kept
            self._begin = min(self._begin, 0)
            if len(self._held) > LINE_BYTES:
                raise FormatError(f"{self._label}: record {self.number + 1} is too long")
            # As much again as is held, lest a long string be read over and over.
            chunk = self._stream.read(max(_CHUNK, len(self._held)))
            last = not chunk
            self._held += chunk
            yield from self._found(last=last)
        if self._depth or self._begin >= 0 or self._over != bool(self._base):
            raise FormatError(f"{self._label}: ends inside record {self.number + 1}")

    def _found(self, *, last: bool) -> Iterator[bytes]:
        """Yield the values that end in what is held."""
        for match in _TOKEN.finditer(self._held, self._at):
            token = match.group()
            string, end = token.startswith(b'"'), match.end()
            if string and match["end"] is None:
                if last:
                    raise FormatError(f"{self._label}: ends inside record {self.number + 1}")
                return
            if not string and not last and end == len(self._held) and token not in b"{}[]":
                return
            self._at = end
            if self._over:
                raise FormatError(f"{self._label}: goes on behind its last record")
            if token in (b"{", b"["):
                if self._depth == self._base:
                    self._begin = match.start()
                self._depth += 1
            elif token in (b"}", b"]"):
                self._depth -= 1
                if self._depth < self._base:
                    self._close(token)
                elif self._depth == self._base:
                    begin, self._begin = self._begin, -1
                    self.number += 1
                    yield self._held[begin:end]
            elif self._depth == self._base:
                self.number += 1
                yield token
        if self._begin < 0 or last:
            self._at = len(self._held)

    def _close(self, token: bytes) -> None:
        """Take the end of the array."""
        if not self._base or token != b"]":
            raise FormatError(f"{self._label}: is not valid JSON in record {self.number + 1}")
        self._over = True


def split(stream: BinaryIO, label: str, *, array: bool) -> Iterator[bytes]:
    """Yield each value of a stream, or each element of the one array it is.

    Args:
        stream: Read from where it stands; a byte-order mark at the beginning is no value.
        label: How messages name it.
        array: Whether it is one array.

    Raises:
        FormatError: If brackets do not match, a value is cut off or longer than a line may be,
            or something follows the array.
    """
    return _Scan(stream, label, array=array).values()


def values(shard: Shard, layout: str) -> Iterator[tuple[str, bytes]]:
    """Yield a name, unique in the file, and the bytes of each value of a shard.

    Args:
        shard: Of one layout.
        layout: `LINES`, `ARRAY` or `VALUES`.

    Raises:
        FormatError: See `split`; or if a line is too long.
    """
    if layout == LINES:
        for at, line in read_lines(shard):
            yield f"@{at}", line
        return
    with open_source(shard) as stream:
        for number, data in enumerate(split(stream, shard.label, array=layout == ARRAY)):
            yield f"#{number + 1}", data
