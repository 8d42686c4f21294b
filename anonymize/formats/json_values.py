"""JSON as it is found: fast where it is clean, forgiving where the damage is known."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import Any

import orjson

BOM = b"\xef\xbb\xbf"
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Parsed:
    """A JSON value.

    Attributes:
        value: With every lone surrogate replaced by U+FFFD.
        repaired: Whether there was one.
    """

    value: Any = field(repr=False)
    repaired: bool = False


def loads(data: bytes) -> Parsed | None:
    """Return the JSON value of `data`, or None where it is no JSON in UTF-8.

    orjson refuses lone surrogates, which cut emoji leave in real archives, NaN, and raw control
    characters; the standard library takes them.

    >>> loads(b'{"a": [1]}').value
    {'a': [1]}
    """
    try:
        return Parsed(orjson.loads(data))
    except orjson.JSONDecodeError:
        pass
    try:
        value = json.loads(data.decode("utf-8-sig"), strict=False)
        mended, repaired = _mend(value)
    except (ValueError, RecursionError):
        return None
    return Parsed(mended, repaired)


def _mend(value: Any) -> tuple[Any, bool]:
    if isinstance(value, str):
        mended = _SURROGATE.sub("\ufffd", value)
        return mended, mended != value
    if isinstance(value, dict):
        pairs = [(_mend(key), _mend(item)) for key, item in value.items()]
        repaired = any(key[1] or item[1] for key, item in pairs)
        return {key[0]: item[0] for key, item in pairs}, repaired
    if isinstance(value, list):
        items = [_mend(item) for item in value]
        return [item[0] for item in items], any(item[1] for item in items)
    return value, False


def dumps(value: Any, *, indent: bool = False) -> bytes:
    """Return `value` as JSON in UTF-8, keys in the order they have; indented by 2 if asked."""
    try:
        return orjson.dumps(value, option=orjson.OPT_INDENT_2 if indent else 0)
    except orjson.JSONEncodeError:
        # Numbers beyond 64 bits, and nesting beyond 254.
        separators = None if indent else (",", ":")
        text = json.dumps(
            value,
            ensure_ascii=False,
            indent=2 if indent else None,
            separators=separators,
        )
        return text.encode()
