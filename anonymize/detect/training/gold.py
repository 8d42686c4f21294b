"""One annotated text, from whatever source."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from anonymize.detect import decoding
from anonymize.model.offsets import OffsetMap, Splice, splice

LABELS = frozenset(decoding.LABELS)
"""What a span may be."""

UNKNOWN = "UNKNOWN"
"""A stretch of which a source does not say what it is, such as the label of a speaker."""

GoldSpan: TypeAlias = tuple[int, int, str]
"""First code point, code point after the last, label."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A text with the entities that stand in it.

    Attributes:
        text: The text; kept out of the repr, for a corpus may hold what real people wrote.
        spans: Entities in the order of the text, none within another.
        annotated: Labels the source marks wherever they occur; of any other label it says
            nothing, so that a text without it proves nothing.
        language: Two-letter code.
    """

    text: str = field(repr=False)
    spans: tuple[GoldSpan, ...]
    annotated: frozenset[str]
    language: str


def edited(gold: Gold, edits: Sequence[tuple[int, int, str]]) -> Gold:
    """Return a text with stretches replaced and its entities where they then stand.

    Args:
        gold: The text.
        edits: Disjoint stretches in order, with what stands there instead; each lies wholly
            inside or wholly outside of every entity.  What replaces a stretch inside an
            entity belongs to it.

    >>> gold = Gold("ask Jane now", ((4, 8, "PERSON"),), LABELS, "en")
    >>> edited(gold, [(3, 4, ""), (4, 8, "Bo")]).spans
    ((3, 5, 'PERSON'),)
    """
    splices = [Splice(*one) for one in edits]
    moved = OffsetMap(splices)
    spans = ((moved.start(start), moved.end(end), label) for start, end, label in gold.spans)
    left = tuple(span for span in spans if span[0] < span[1])
    return Gold(splice(gold.text, splices), left, gold.annotated, gold.language)
