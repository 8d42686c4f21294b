"""The elements of one takeout file, one after another, in memory that does not grow."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO, Self

import ijson

from anonymize.errors import FormatError
from anonymize.formats.archives import open_source
from anonymize.formats.json_values import BOM, loads
from anonymize.model.documents import Shard

GLOBAL = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*window\.(?:YTD\.(?P<name>[A-Za-z0-9_]{1,80})\.part(?P<part>[0-9]{1,4})"
    rb"|__THAR_CONFIG)\s*=\s*"
    # The archive of 2012 to 2018: its months, and who its owner is.
    rb"|(?:\xef\xbb\xbf)?\s*(?:Grailbird\.data\.(?P<month>tweets(?:_[0-9]{4}_[0-9]{2})?)"
    rb"|var\s+(?P<variable>[a-z_]{1,40}))\s*=\s*",
)
"""How each file begins."""
HEAD = 1024
"""Bytes in which a file says what it is."""
_CHUNK = 1 << 16
_MANIFEST = 64 * 1024 * 1024
_LONGEST = 256 * 1024 * 1024
_HIGH = rb"u[dD][89abAB][0-9a-fA-F]{2}"
_LOW = rb"\\u[dD][c-fC-F][0-9a-fA-F]{2}"
_ESCAPE = re.compile(
    rb"\\(?:" + _HIGH + _LOW + rb"|(?P<lone>u[dD][89a-fA-F][0-9a-fA-F]{2})|[\s\S])",
)


class _Mended:
    """A stream in which every escaped lone surrogate reads U+FFFD.

    yajl would turn them into question marks without a word.
    """

    def __init__(self, stream: BinaryIO, first: bytes, label: str) -> None:
        self._stream = stream
        self._held = first
        self._label = label
        self.repaired = 0

    def read(self, size: int = -1) -> bytes:
        """Return some of the stream; what could be half an escape is held back."""
        if size == 0:
            return b""
        while True:
            chunk = self._stream.read(_CHUNK)
            data = self._held + chunk
            at = len(data) if not chunk else _last_break(data)
            if at or not chunk:
                self._held = data[at:]
                return self._mend(data[:at])
            if len(data) > _LONGEST:
                raise FormatError(f"{self._label}: a value is too long")
            self._held = data

    def _mend(self, data: bytes) -> bytes:
        if b"\\ud" not in data and b"\\uD" not in data:
            return data
        return _ESCAPE.sub(self._replace, data)

    def _replace(self, match: re.Match[bytes]) -> bytes:
        if match.group("lone") is None:
            return match.group()
        self.repaired += 1
        return b"\\ufffd"


def _last_break(data: bytes) -> int:
    """Return the position after the last byte that cannot stand inside an escape."""
    return max(data.rfind(one) for one in (b",", b" ", b"\n", b"{", b"}", b"[", b"]", b":")) + 1


class Elements:
    """Iterates over the elements of a file; closes it at the end of the block.

    Attributes:
        repaired: Lone surrogates replaced so far.
    """

    def __init__(self, shard: Shard) -> None:
        self._label = shard.label
        self._stream = open_source(shard)
        self._mended: _Mended | None = None

    @property
    def repaired(self) -> int:
        """Lone surrogates replaced so far."""
        return self._mended.repaired if self._mended is not None else 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stream.close()

    def __iter__(self) -> Iterator[Any]:
        head = self._stream.read(HEAD)
        match = GLOBAL.match(head)
        if match is None:
            raise FormatError(f"{self._label}: does not begin as a file of a takeout")
        rest = head[match.end() :]
        if rest.startswith(b"{"):
            yield self._object(rest)
            return
        self._mended = _Mended(self._stream, rest, self._label)
        number = 0
        try:
            for item in ijson.items(self._mended, "item", use_float=False):
                number += 1
                yield _plain(item)
        except ijson.IncompleteJSONError as error:
            # The parser's own words quote the input.
            cut_off = "premature EOF" in str(error)
            what = "ends inside" if cut_off else "is not valid JSON in"
            raise FormatError(f"{self._label}: {what} record {number + 1}") from None
        except (ijson.JSONError, UnicodeDecodeError):
            raise FormatError(
                f"{self._label}: is not valid JSON in record {number + 1}",
            ) from None
        except RecursionError:
            raise FormatError(f"{self._label}: nests too deep in record {number}") from None

    def _object(self, rest: bytes) -> Any:
        data = rest + self._stream.read(_MANIFEST)
        parsed = loads(data.removeprefix(BOM).strip().removesuffix(b";"))
        if parsed is None:
            raise FormatError(f"{self._label}: is not valid JSON")
        return parsed.value


def _plain(value: Any) -> Any:
    """Return a value with floats for decimals, which JSON writers do not take."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return float(value) if isinstance(value, Decimal) else value
