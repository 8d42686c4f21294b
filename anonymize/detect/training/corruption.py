"""Texts as people and machines spoil them: without case, without signs, mistyped, as hashtags.

Each way keeps the entities where they then stand.  A model that saw them reads a tweet without
capitals and a transcript of speech recognition like any other text.
"""

from __future__ import annotations

import random
from collections.abc import Callable

import regex

from anonymize.detect.training.gold import UNKNOWN, Gold, edited
from anonymize.model.folding import cased

_SIGNS = regex.compile(
    r"\S*(?:://|@)\S*(*SKIP)(*FAIL)|(?<![\p{L}\p{N}])\p{P}+|\p{P}+(?![\p{L}\p{N}])"
)
"""Signs at the edges of words, but in addresses and handles."""
_WORDS = regex.compile(r"\p{L}{4,}")
_GAPS = regex.compile(r"(?<=[\p{L},]) (?=\p{L})")
_FILLERS = ("um", "uh", "er", "like", "you know", "I mean", "well", "so", "erm", "yeah")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def lowered(gold: Gold, rng: random.Random) -> Gold:  # noqa: ARG001 - one signature for all
    """Return the text in small letters."""
    return Gold(cased(gold.text, str.lower), gold.spans, gold.annotated, gold.language)


def raised(gold: Gold, rng: random.Random) -> Gold:  # noqa: ARG001
    """Return the text in capitals."""
    return Gold(cased(gold.text, str.upper), gold.spans, gold.annotated, gold.language)


def unpunctuated(gold: Gold, rng: random.Random) -> Gold:  # noqa: ARG001
    """Return the text without signs at the edges of words; handles and hashtags keep theirs."""
    edits = [
        (found.start(), found.end(), "")
        for found in _SIGNS.finditer(gold.text)
        if found.group() != "#" and _inside(gold, found.start(), found.end())
    ]
    return edited(gold, edits)


def recognised(gold: Gold, rng: random.Random) -> Gold:
    """Return the text as speech recognition writes it: no signs, no capitals, hesitations."""
    return hesitant(lowered(unpunctuated(gold, rng), rng), rng)


def hesitant(gold: Gold, rng: random.Random) -> Gold:
    """Return the text with a few hesitations between its words."""
    edits = [
        (found.start(), found.end(), f" {rng.choice(_FILLERS)} ")
        for found in _GAPS.finditer(gold.text)
        if rng.random() < 0.04 and all(not a < found.start() < b for a, b, _ in gold.spans)
    ]
    return edited(gold, edits)


def mistyped(gold: Gold, rng: random.Random) -> Gold:
    """Return the text with slips of the finger: a letter dropped, doubled, swapped, another."""
    edits: list[tuple[int, int, str]] = []
    for found in _WORDS.finditer(gold.text):
        if rng.random() > 0.08 or not _inside(gold, found.start(), found.end()):
            continue
        at = rng.randrange(found.start() + 1, found.end() - 1)
        pair = gold.text[at : at + 2]
        new = rng.choice(
            (pair[1], pair[0] * 2 + pair[1], pair[::-1], rng.choice(_LETTERS) + pair[1])
        )
        edits.append((at, at + 2, new))
    return edited(gold, edits)


def tagged(gold: Gold, rng: random.Random) -> Gold:
    """Return the text with a name or two written as a hashtag."""
    edits: list[tuple[int, int, str]] = []
    for start, end, label in gold.spans:
        name = gold.text[start:end]
        if (
            label != UNKNOWN
            and rng.random() < 0.5
            and gold.text[start - 1 : start] not in {"#", "@"}
        ):
            words = name.split()
            if 0 < len(words) < 4 and all(word.isalpha() for word in words):
                edits.append((start, end, "#" + "".join(w[:1].upper() + w[1:] for w in words)))
    return _without_sign(edited(gold, edits))


def _without_sign(gold: Gold) -> Gold:
    """Return the text with entities that begin behind the sign of a hashtag."""
    spans = tuple(
        (start + 1 if gold.text[start] == "#" and end - start > 1 else start, end, label)
        for start, end, label in gold.spans
    )
    return Gold(gold.text, spans, gold.annotated, gold.language)


def _inside(gold: Gold, start: int, end: int) -> bool:
    """Whether a stretch lies wholly inside or wholly outside of every entity."""
    return all(end <= a or start >= b or (a <= start and end <= b) for a, b, _ in gold.spans)


WAYS: tuple[tuple[float, Callable[[Gold, random.Random], Gold]], ...] = (
    (0.14, lowered),
    (0.05, raised),
    (0.06, unpunctuated),
    (0.10, recognised),
    (0.06, mistyped),
    (0.04, tagged),
    (0.03, hesitant),
)
"""Ways and how often each is taken; else the text stays as it is."""


def spoiled(gold: Gold, rng: random.Random) -> Gold:
    """Return the text spoiled in one way or none."""
    chance = rng.random()
    for often, way in WAYS:
        if chance < often:
            return way(gold, rng)
        chance -= often
    return gold
