from __future__ import annotations

import numpy as np  # noqa: TID253 - a test needs no fast start
import pytest

from anonymize.detect import decoding
from anonymize.detect.pieces import Words

_PERSON, _PLACE = 0, 1


def _words(count: int) -> Words:
    spans = tuple((at * 5, at * 5 + 4) for at in range(count))
    return Words(spans, ((7,),) * count, (2,) * count)


def _chances(*rows: dict[int, float]) -> np.ndarray:
    out = np.zeros((len(rows), decoding.CLASSES))
    for at, row in enumerate(rows):
        for place, value in row.items():
            out[at, place] = value
        out[at, 0] = 1 - sum(row.values())
    return out


def test_joins_what_continues() -> None:
    """A word that continues a person belongs to her; one that begins another does not."""
    begin, inside = 1 + 2 * _PERSON, 2 + 2 * _PERSON
    chances = _chances({begin: 0.9}, {inside: 0.8}, {begin: 0.7}, {})
    found = decoding.entities(_words(4), chances, 0.5)
    assert [one[:3] for one in found] == [(0, 9, "PERSON"), (10, 14, "PERSON")]
    assert [one[3] for one in found] == pytest.approx([0.9, 0.7])


def test_threshold() -> None:
    """What all names together make of a word counts, and the dial says how much is enough."""
    chances = _chances({1 + 2 * _PERSON: 0.2, 1 + 2 * _PLACE: 0.15})
    assert decoding.entities(_words(1), chances, 0.3)[0][2] == "PERSON"
    assert decoding.entities(_words(1), chances, 0.4) == []


def test_works_are_nothing() -> None:
    """The title of a work is no entity however sure the model is."""
    place = 1 + 2 * decoding.LABELS.index("MISC")
    assert decoding.entities(_words(1), _chances({place: 0.97}), 0.1) == []


def test_other_labels_need_half() -> None:
    """A date is one at half or more, whatever the dial says."""
    place = 1 + 2 * decoding.LABELS.index("DATE_TIME")
    assert decoding.entities(_words(1), _chances({place: 0.4}), 0.01) == []
    assert decoding.entities(_words(1), _chances({place: 0.6}), 0.01)[0][2] == "DATE_TIME"


def test_windows_join_in_the_middle() -> None:
    """A word in two windows is read in the one where it is further from an end."""
    first = np.full((6, 2), 1.0)
    second = np.full((6, 2), 2.0)
    joined = decoding.joined(9, [(0, first), (3, second)])
    assert joined[:, 0].tolist() == [1, 1, 1, 1, 1, 2, 2, 2, 2] or joined[:, 0].tolist() == [
        1, 1, 1, 1, 2, 2, 2, 2, 2,
    ]  # fmt: skip


def test_probabilities() -> None:
    """Probabilities of a word add up to one, and large numbers do no harm."""
    found = decoding.probabilities(np.array([[1000.0, 0.0, -1000.0], [0.0, 0.0, 0.0]]))
    assert found.sum(axis=1).tolist() == pytest.approx([1, 1])
