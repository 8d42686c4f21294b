"""What detection is asked and what it answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from anonymize.model.encodings import Decoded
from anonymize.model.fields import Encoding
from anonymize.model.spans import Span

TIMED_OUT = "recognizer-timeout"
FAILED = "recognizer-failed"

# Longer texts are read in windows, so that time and memory stay linear in the length; what
# stands across a border is found whole in the next window when it is shorter than the overlap.
_WINDOW = 20_000
_OVERLAP = 300


@dataclass(frozen=True, slots=True)
class Text:
    """A text to detect in.

    Attributes:
        value: The value as it stands in the record, escapes included.
        encoding: How it is escaped.
        language: ISO 639-1 code; it chooses the models that read the text (see `detect.routing`).
        kind: `Field.kind`: empty or `bio` for free text; `email` and `phone` for a value that
            is one; `hashtag` for one without its sign.
    """

    value: str = field(repr=False)
    encoding: Encoding = Encoding.PLAIN
    language: str = "en"
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Detection:
    """What was found in one text.

    Attributes:
        spans: Disjoint, sorted, in code points of the raw value.
        problems: Reasons for which the record must be withheld: `recognizer-timeout`,
            `recognizer-failed`; sorted.
    """

    spans: tuple[Span, ...] = ()
    problems: tuple[str, ...] = ()


def raw_stretch(decoded: Decoded, start: int, end: int) -> tuple[int, int]:
    """Return the raw positions of a stretch of decoded text, never cutting an escape."""
    first, last = decoded.raw(start, end)
    if decoded.starts is not None:
        while last <= decoded.starts[end - 1]:
            end += 1
            last = decoded.starts[end]
    return first, last


def windows(text: str) -> Iterator[tuple[int, str]]:
    """Yield the parts of a text with their first positions; each begins at a word."""
    start = 0
    while len(text) - start > _WINDOW:
        stop = start + _WINDOW
        while stop > start + _WINDOW - _OVERLAP and not text[stop - 1].isspace():
            stop -= 1
        yield start, text[start:stop]
        start = stop - _OVERLAP
        while start < stop - 1 and not text[start - 1].isspace():
            start += 1
    yield start, text[start:]
