"""Escaped values as people read them, with the way back to the offsets of the record."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from anonymize.model.fields import Encoding

_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


@dataclass(frozen=True, slots=True)
class Decoded:
    """A value as read.

    Attributes:
        text: The value without escapes.
        starts: For each code point of `text`, and one past the last, its position in the
            raw value; None when both are the same.
    """

    text: str = field(repr=False)
    starts: Sequence[int] | None = None

    def raw(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw positions of a stretch of `text`."""
        if self.starts is None:
            return start, end
        return self.starts[start], self.starts[end]


def decode(value: str, encoding: Encoding) -> Decoded:
    """Return `value` as people read it.

    Character references follow the HTML standard through `html.unescape`; a stray
    ampersand stays.

    >>> decoded = decode("Q&amp;A", Encoding.HTML)
    >>> decoded.text, decoded.raw(1, 3)
    ('Q&A', (1, 7))
    """
    if encoding is Encoding.PLAIN or "&" not in value:
        return Decoded(value)
    parts: list[str] = []
    starts: list[int] = []
    at = 0
    for match in _REFERENCE.finditer(value):
        plain = html.unescape(match.group())
        if plain == match.group():
            continue
        parts += (value[at : match.start()], plain)
        starts.extend(range(at, match.start()))
        starts.extend([match.start()] * len(plain))
        at = match.end()
    parts.append(value[at:])
    starts.extend(range(at, len(value) + 1))
    return Decoded("".join(parts), starts)


def encode(text: str, encoding: Encoding) -> str:
    """Return `text` escaped as tweets are: `&`, `<` and `>` only."""
    if encoding is Encoding.PLAIN:
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
