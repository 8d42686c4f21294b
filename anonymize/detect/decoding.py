"""From a model's numbers to entities.

For each word the model gives a logit for "no entity" and, for each label, one for a word that
begins an entity and one for a word that continues it.  A word belongs to a name when the
probability that it names a person, place or organisation exceeds a threshold: the dial between
recall and precision.  The other labels, which rules find as well, take half or more, and titles
of works count as nothing personal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from anonymize.detect.ner import Entity
from anonymize.detect.pieces import Words

if TYPE_CHECKING:
    import numpy as np

LABELS = (
    "PERSON",
    "LOCATION",
    "ORGANIZATION",
    "NRP",
    "JOB_TITLE",
    "DATE_TIME",
    "AGE",
    "MISC",
)
"""What a model tells apart; `MISC` is titles of works, products and events."""

NAMES = 3
"""How many of the labels are names; they come first."""
NOTHING = "MISC"
MOST = 0.5
CLASSES = 1 + 2 * len(LABELS)
"""No entity, then for each label one that begins and one that continues."""


def probabilities(logits: np.ndarray) -> np.ndarray:
    """Return the softmax of logits of shape (words, `CLASSES`)."""
    import numpy as np

    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return shifted / shifted.sum(axis=-1, keepdims=True)  # type: ignore[no-any-return]


def entities(words: Words, chances: np.ndarray, threshold: float) -> list[Entity]:
    """Return the entities of a text.

    Args:
        words: The text's words.
        chances: Probabilities of shape (words, `CLASSES`).
        threshold: Probability above which a word belongs to a name.

    Returns:
        First code point, code point after the last, label, highest probability of its words.
    """
    import numpy as np

    if not len(words):
        return []
    pairs = chances[:, 1:].reshape(len(words), len(LABELS), 2)
    either = pairs.sum(axis=2)
    named = either[:, :NAMES].sum(axis=1)
    total = np.where(named > threshold, named, either[:, NAMES:].max(axis=1))
    best = np.where(
        named > threshold,
        either[:, :NAMES].argmax(axis=1),
        NAMES + either[:, NAMES:].argmax(axis=1),
    )
    chosen = (named > threshold) | ((total > MOST) & (best != LABELS.index(NOTHING)))
    out: list[Entity] = []
    before = -1
    for at in chosen.nonzero()[0].tolist():
        label = int(best[at])
        begins = pairs[at, label, 0] > pairs[at, label, 1]
        start, end = words.spans[at]
        score = float(total[at])
        if out and at == before + 1 and not begins and out[-1][2] == LABELS[label]:
            out[-1] = (out[-1][0], end, out[-1][2], max(out[-1][3], score))
        else:
            out.append((start, end, LABELS[label], score))
        before = at
    return out


def joined(words: int, parts: Sequence[tuple[int, np.ndarray]]) -> np.ndarray:
    """Return one row a word from windows that overlap.

    A word that stands in two windows is read in the one where it is further from an end.

    Args:
        words: Number of words of the text.
        parts: Number of the first word of each window, and its rows.
    """
    import numpy as np

    if len(parts) == 1:
        return parts[0][1]
    out = np.zeros((words, parts[0][1].shape[1]), dtype=parts[0][1].dtype)
    room = np.full(words, -1)
    for first, rows in parts:
        count = len(rows)
        place = np.arange(first, first + count)
        # Nothing is cut off where the text itself begins or ends.
        left = np.arange(count) if first else np.full(count, words)
        right = np.arange(count)[::-1] if first + count < words else np.full(count, words)
        own = np.minimum(left, right)
        better = own > room[place]
        out[place[better]] = rows[better]
        room[place[better]] = own[better]
    return out
