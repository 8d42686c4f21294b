"""Labels of speakers in a text that is a whole transcript: `Jane Smith: …` line by line.

Formats of transcripts keep labels apart from the talk; this is for talk pasted into a field, a
gold file or a note.  A label stands before two lines at least; one that tells a part in the
talk (`Interviewer:`, `P01:`) names nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import regex

from anonymize.model.labels import is_generic_label

TURNS = "turns/label"
"""The recognizer's name."""
SCORE = 0.8

_LABEL = regex.compile(
    r"^[ \t]*+(?P<label>\p{L}[\p{L}\p{M}\p{N}.'’\-]{0,30}"
    r"(?: [\p{L}\p{N}][\p{L}\p{M}\p{N}.'’\-]{0,30}){0,3}):(?=\s)",
    regex.MULTILINE,
)


def labels(text: str) -> Iterator[tuple[int, int]]:
    r"""Yield where labels that name somebody stand.

    >>> list(labels("Jane: Hi.\nInterviewer: Hello.\nJane: Well.\nInterviewer: So."))
    [(0, 4), (31, 35)]
    """
    if text.count("\n") < 1 or ":" not in text:
        return
    found = [match.span("label") for match in _LABEL.finditer(text)]
    often = Counter(text[start:end] for start, end in found)
    for start, end in found:
        label = text[start:end]
        if often[label] > 1 and not is_generic_label(label):
            yield start, end
