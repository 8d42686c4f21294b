"""The corpora a model is trained and calibrated on, read from a folder given by path.

Each is named with the labels it annotates completely.  Labels of theirs that are no entity of
ours (handles, addresses, hashtags, identifiers) are left unmarked: rules find those.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from anonymize.detect.training.gold import UNKNOWN, Gold
from anonymize.errors import FormatError, UsageError

_NAMES = frozenset(("PERSON", "LOCATION", "ORGANIZATION"))
_WITH_MISC = _NAMES | {"MISC"}
_OURS: Mapping[str, str] = {
    "PERSON": "PERSON",
    "LOCATION": "LOCATION",
    "ORG": "ORGANIZATION",
    "PRODUCT": "MISC",
    "CREATIVE_WORK": "MISC",
    "OTHER": "MISC",
    "SPEAKER": UNKNOWN,
}
_CLINICAL = {**_OURS, "DATE": "DATE_TIME", "AGE": "AGE", "OCCUPATION": "JOB_TITLE"}
_COURT = {**_OURS, "DATE": "DATE_TIME", "DEM": "NRP"}


@dataclass(frozen=True, slots=True)
class Corpus:
    """A file of gold texts.

    Attributes:
        file: Below the folder of the corpora.
        labels: Ours for each of theirs.
        annotated: Ours that it annotates completely.
        language: ISO 639-1 code.
        spoken: Whether it holds long texts in turns, to be cut before use.
    """

    file: str
    labels: Mapping[str, str]
    annotated: frozenset[str]
    language: str = "en"
    spoken: bool = False


TRAINING = (
    Corpus("wnut17/train.jsonl", _OURS, _WITH_MISC),
    Corpus("btc/train.jsonl", _OURS, _NAMES),
    Corpus("tweebank_ner/train.jsonl", _OURS, _WITH_MISC),
    Corpus("gum_spoken/train.jsonl", _OURS, _NAMES, spoken=True),
    Corpus("meddocan_es/train.jsonl", _CLINICAL, _NAMES | {"DATE_TIME", "AGE"}, "es", spoken=True),
    Corpus(
        "echr_es_fr/es_manual_train.jsonl", _COURT, _NAMES | {"DATE_TIME", "NRP"}, "es", spoken=True
    ),
    Corpus(
        "echr_es_fr/fr_manual_train.jsonl", _COURT, _NAMES | {"DATE_TIME", "NRP"}, "fr", spoken=True
    ),
)
"""Training parts."""

DEVELOPMENT = (
    Corpus("wnut17/dev.jsonl", _OURS, _WITH_MISC),
    Corpus("btc/dev.jsonl", _OURS, _NAMES),
    Corpus("tweebank_ner/dev.jsonl", _OURS, _WITH_MISC),
    Corpus("gum_spoken/dev.jsonl", _OURS, _NAMES, spoken=True),
    Corpus("meddocan_es/dev.jsonl", _CLINICAL, _NAMES, "es", spoken=True),
    Corpus("echr_es_fr/es_manual_dev.jsonl", _COURT, _NAMES, "es", spoken=True),
    Corpus("echr_es_fr/fr_manual_dev.jsonl", _COURT, _NAMES, "fr", spoken=True),
)
"""Development parts: to calibrate and to measure on, never to train on."""


def read(folder: Path, corpus: Corpus) -> list[Gold]:
    """Return the texts of a corpus in their order.

    Raises:
        UsageError: If the file is not there.
        FormatError: If a line is no gold text.
    """
    path = folder / corpus.file
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UsageError(f"{corpus.file}: {error.strerror}; --data names the folder") from None
    out: list[Gold] = []
    for number, line in enumerate(lines, 1):
        try:
            row = json.loads(line)
            text = row["text"]
            found = [
                # The sign of a hashtag is no part of the name in it.
                (
                    one["start"] + (text[one["start"]] in "#＃"),
                    one["end"],
                    corpus.labels[one["label"]],
                )
                for one in row["entities"]
                if one["label"] in corpus.labels
            ]
            out.append(Gold(text, disjoint(found), corpus.annotated, corpus.language))
        except (ValueError, KeyError, TypeError, IndexError):
            raise FormatError(f"{corpus.file}, line {number}: not a gold text") from None
    return out


def disjoint(spans: list[tuple[int, int, str]]) -> tuple[tuple[int, int, str], ...]:
    """Return the spans sorted; of two that overlap the longer stays."""
    kept: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda one: (one[0] - one[1], one)):
        if span[0] < span[1] and all(span[1] <= a or b <= span[0] for a, b, _ in kept):
            kept.append(span)
    return tuple(sorted(kept))
