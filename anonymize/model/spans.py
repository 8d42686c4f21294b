"""Spans: where personal data stands.  They hold offsets, never text."""

from __future__ import annotations

from dataclasses import dataclass

from anonymize.model.fields import Path


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a field's value found by a recognizer.

    Attributes:
        start: First code point, in the value as it stands in the record.
        end: Code point after the last.
        entity_type: Presidio's name where it has one, else one of DESIGN's.
        score: Confidence, 0 to 1.
        recognizer: `pack/name` of the rule, `ner/model`, or `known/kind`.
    """

    start: int
    end: int
    entity_type: str
    score: float
    recognizer: str

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"span from {self.start} to {self.end}")
        if not 0.0 <= self.score <= 1.0:
            raise ValueError(f"score {self.score}")


@dataclass(frozen=True, slots=True)
class Finding:
    """A span in the field of a document it was found in."""

    path: Path
    span: Span
