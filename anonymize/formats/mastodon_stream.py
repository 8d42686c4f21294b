"""The elements of a JSON array, or of one in an object, in memory that does not grow."""

from __future__ import annotations

import io
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO

import ijson

from anonymize.errors import FormatError
from anonymize.formats.json_values import BOM

ITEMS = "orderedItems"
_BESIDE = frozenset((ITEMS, "@context", "id", "type", "totalItems"))
"""Keys of a collection; all but its elements are written anew."""


def elements(stream: BinaryIO, label: str, prefix: str) -> Iterator[Any]:
    """Yield the elements of an array.

    Args:
        stream: At the beginning of a JSON text.
        label: How messages name it.
        prefix: `item` for an array, `orderedItems.item` for one in an object.

    Raises:
        FormatError: If it is damaged; the message names the record, from 1.
    """
    number = 0
    try:
        _skip_mark(stream)
        for item in ijson.items(stream, prefix, use_float=False):
            number += 1
            yield plain(item)
    except ijson.IncompleteJSONError as error:
        # The parser's own words quote the input.
        what = "ends inside" if "premature EOF" in str(error) else "is not valid JSON in"
        raise FormatError(f"{label}: {what} record {number + 1}") from None
    except (ijson.JSONError, UnicodeDecodeError, ValueError):
        raise FormatError(f"{label}: is not valid JSON in record {number + 1}") from None
    except RecursionError:
        raise FormatError(f"{label}: nests too deep in record {number}") from None


def unknown_keys(stream: BinaryIO) -> int:
    """Return how many keys of a collection, read without damage before, are not known."""
    _skip_mark(stream)
    events = ijson.parse(stream)
    return sum(
        not prefix and event == "map_key" and value not in _BESIDE
        for prefix, event, value in events
    )


def _skip_mark(stream: BinaryIO) -> None:
    """Pass over a byte order mark."""
    if isinstance(stream, io.BufferedReader) and stream.peek(len(BOM)).startswith(BOM):
        stream.read(len(BOM))


def plain(value: Any) -> Any:
    """Return a value with floats for decimals, which JSON writers do not take."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [plain(item) for item in value]
    return float(value) if isinstance(value, Decimal) else value


def first_element(head: bytes) -> Any:
    """Return the first element of an array whose beginning is `head`; None if it is longer."""
    try:
        return next(
            (plain(one) for one in ijson.items(head.removeprefix(BOM), "item", use_float=False)),
            None,
        )
    except (ijson.JSONError, UnicodeDecodeError, ValueError, RecursionError):
        return None
