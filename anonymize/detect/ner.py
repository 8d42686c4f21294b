"""What a named-entity model is asked and what is made of its answer.

A model sees texts as they are and answers in Presidio's entity types; stretches that are no
words (`detect.masking`) are cut from its answer.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from typing import Protocol, TypeAlias

import regex

from anonymize.detect.masking import mask, trimmed, unmasked
from anonymize.model.folding import words
from anonymize.model.names import TITLES
from anonymize.model.policies import Recall

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

    def entities(self, texts: Sequence[str], recall: Recall) -> list[list[Entity]]:
        """Return the entities of each text, in Presidio's types.

        Args:
            texts: As they are written.
            recall: How much to find; a model without such a dial ignores it.
        """


_FIRST_WORD = re.compile(r"\s*([^\W\d_]+)\s+(?=\S)")
_JOINT = regex.compile(r"(?<=\p{Ll})\p{Lu}|(?<=\p{Lu})\p{Lu}\p{Ll}")
"""A capital at which a word begins inside another, as in a hashtag."""
_ET = re.compile(r"(?i)\bet\s+\Z")
_BETWEEN = re.compile(r"\s*(?:[,;/|&\n\r]|\band\b|(?<=[^\W\d_]{4})[.!?](?=\s))+\s*")
"""Between two persons; a full stop only behind a longer word than a title or an initial."""


_BOTH = frozenset(
    ("justice", "honor", "honour", "king", "queen", "prince", "princess", "lord", "lady", "dean",
     "major"),
)  # fmt: skip
"""Words of offices that are names as well; alone they may be one."""
_OFFICES = frozenset(
    ("president", "vice", "prime", "minister", "secretary", "general", "attorney", "solicitor",
     "speaker", "senator", "governor", "congressman", "congresswoman", "representative",
     "chairman", "chairwoman", "chair", "counsel", "counsellor", "judge", "chief", "justices",
     "lordship", "ladyship", "lords", "my", "your", "his", "her", "majesty", "highness",
     "petitioner", "respondent", "officer", "commissioner", "mayor", "ambassador", "chancellor",
     "director", "principal", "head", "teacher", "headteacher", "headmaster", "headmistress",
     "inspector", "sergeant", "the", "of"),
)  # fmt: skip
OFFICES = _BOTH | frozenset(TITLES) | _OFFICES
"""Words by which somebody is addressed or spoken of without a name, in English."""
_SEVERAL = frozenset(
    ("presidents", "ministers", "secretaries", "generals", "attorneys", "speakers", "senators",
     "governors", "representatives", "chairs", "judges", "officers", "commissioners", "mayors",
     "ambassadors", "chancellors", "directors", "principals", "teachers", "headteachers",
     "inspectors", "sergeants", "professors", "doctors", "jurors"),
)  # fmt: skip
"""Several of an office: nobody in particular."""


def _is_office(folded: str) -> bool:
    """Whether a stretch names nobody but an office: "Madam Speaker", "the Senators"."""
    found = folded.split()
    if len(found) == 1 and found[0] in _BOTH:
        return False
    return all(word in OFFICES or word in _SEVERAL for word in found)


def _is_nobody(text: str, begin: int, surface: str, folded: str, common: Container[str]) -> bool:
    """Whether a stretch is an everyday word in small letters, or the end of "et al."."""
    if folded == "al":
        return _ET.search(text[max(0, begin - 8) : begin]) is not None
    return surface.islower() and (folded in common or folded.removesuffix("s") in common)


def _word_start(text: str, start: int, end: int) -> int:
    """Return where the first word that begins inside a stretch begins.

    The model cuts "It’s Obama" behind the apostrophe; the `s` is no part of the name.  In
    "#RIPJaneDoe" a word begins where a capital says so.
    """
    if _JOINT.match(text, start):
        return start
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
) -> int:
    """Return where a name of several words begins: "Cheers Anna" is Anna."""
    while True:
        found = _FIRST_WORD.match(text, start, end)
        folded = words(found.group(1)) if found else ""
        if not found or folded not in allow:
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
    allow: Container[str],
    left: list[Entity] | None = None,
    common: Container[str] = frozenset(),
) -> list[Entity]:
    """Return a model's entities as they stand in a text.

    Masked stretches are cut out, but for persons in hashtags, edges trimmed; what has no letter,
    only one character (but an initial with its dot), or is allowed, is left out.
    A person called by office alone ("Madam Speaker") is a job title; one everyday word of
    `common` in small letters is nobody.  What a list keeps is added to `left`.
    """
    if not entities:
        return []
    out: list[Entity] = []
    masked, shown = mask(text), mask(text, hashtags=False)
    for start, end, label, score in entities:
        against = shown if label == "PERSON" else masked
        whole = [
            piece
            for first, last in unmasked(start, end, text, against)
            for piece in (_persons(text, first, last) if label == "PERSON" else [(first, last)])
        ]
        for first, last in whole:
            at = _word_start(text, first, last)
            if label == "PERSON":
                at = _name_start(text, at, last, allow)
            begin, stop = trimmed(text, at, last)
            if stop - begin == 1 and text[stop : stop + 1] == "." and text[begin].isupper():
                stop += 1
            surface = text[begin:stop]
            if len(surface) < 2 or not any(char.isalpha() for char in surface):
                continue
            folded = words(surface)
            if folded in allow:
                if left is not None:
                    left.append((begin, stop, label, score))
                continue
            if label == "PERSON" and _is_nobody(text, begin, surface, folded, common):
                continue
            office = label == "PERSON" and _is_office(folded)
            out.append((begin, stop, "JOB_TITLE" if office else label, score))
    return out
