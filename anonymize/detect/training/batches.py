"""Gold texts as batches of numbers."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from anonymize.detect.decoding import CLASSES, LABELS
from anonymize.detect.pieces import (
    DIGITS,
    NO_SHAPE,
    SIGN,
    UNTOLD,
    Vocabulary,
    Window,
    Words,
)
from anonymize.detect.training.gold import UNKNOWN, Gold, edited

ANY = -1
"""Target of a word about which nothing is taught."""
CASELESS = 0.25
"""How often a text is read as if its case told nothing."""
KEPT = 0.33
"""How many of the passages without an entity are kept."""

_TURN = regex.compile(r"[^\n]+\n?")
_LABEL = regex.compile(r"^[^:\n]{1,30}:[ \t]+", regex.MULTILINE)


@dataclass(frozen=True, slots=True)
class Example:
    """One window with its targets.

    Attributes:
        window: Pieces and shapes.
        targets: For each head, the class that is right.
        silent: Labels the source does not annotate, as a mask over the classes.
    """

    window: Window
    targets: tuple[int, ...]
    silent: tuple[bool, ...]


def passages(gold: Gold, rng: random.Random) -> Iterator[Gold]:
    """Yield the turns or paragraphs of a long text, in groups of random length.

    Labels of speakers are cut from half of the groups, for most formats keep them elsewhere.
    """
    start = 0
    target = rng.randint(40, 450)
    for found in _TURN.finditer(gold.text):
        end = found.end()
        if end - start < target and end < len(gold.text):
            continue
        one = part(gold, start, end)
        if one.spans or rng.random() < KEPT:
            if rng.random() < 0.5:
                one = unlabelled(one)
            yield one
        start, target = end, rng.randint(40, 450)


def part(gold: Gold, start: int, end: int) -> Gold:
    """Return a stretch of a text with its entities."""
    inside = tuple((a - start, b - start, n) for a, b, n in gold.spans if start <= a and b <= end)
    return Gold(gold.text[start:end], inside, gold.annotated, gold.language)


def unlabelled(gold: Gold) -> Gold:
    """Return a text without labels of speakers; a label that holds an entity stays."""
    edits = [
        (found.start(), found.end(), "")
        for found in _LABEL.finditer(gold.text)
        if all(
            label == UNKNOWN or b <= found.start() or found.end() <= a for a, b, label in gold.spans
        )
    ]
    return edited(gold, edits)


def targets(words: Words, gold: Gold) -> list[int]:
    """Return the class of each word; a word of which an entity holds a part belongs to it."""
    out = [0] * len(words)
    at = 0
    for start, end, label in gold.spans:
        while at < len(words) and words.spans[at][1] <= start:
            at += 1
        first = True
        while at < len(words) and words.spans[at][0] < end:
            if label == UNKNOWN:
                out[at] = ANY
            else:
                out[at] = 1 + 2 * LABELS.index(label) + (0 if first else 1)
            first = False
            at += 1
    return out


def examples(gold: Gold, vocabulary: Vocabulary, rng: random.Random) -> Iterator[Example]:
    """Yield the windows of a text with their targets."""
    words = vocabulary.words(gold.text)
    if rng.random() < CASELESS:
        fixed = {NO_SHAPE, SIGN, DIGITS}
        shapes = tuple(one if one in fixed else UNTOLD for one in words.shapes)
        words = Words(words.spans, words.pieces, shapes)
    right = targets(words, gold)
    silent = [False] * CLASSES
    for at, label in enumerate(LABELS):
        if label not in gold.annotated:
            silent[1 + 2 * at] = silent[2 + 2 * at] = True
    for window in vocabulary.windows(words):
        yield Example(window, tuple(right[window.first : window.last]), tuple(silent))


def batches(
    found: Sequence[Example], rng: random.Random, *, size: int = 32
) -> Iterator[list[Example]]:
    """Yield batches of windows of like length, in random order."""
    order = sorted(
        range(len(found)), key=lambda at: (len(found[at].window.ids) + rng.random() * 4, at)
    )
    groups = [order[at : at + size] for at in range(0, len(order), size)]
    rng.shuffle(groups)
    for group in groups:
        yield [found[at] for at in group]
