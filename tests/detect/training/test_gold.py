from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymize.detect import minilm
from anonymize.detect.pieces import Vocabulary
from anonymize.detect.training import batches, corruption
from anonymize.detect.training.gold import LABELS, UNKNOWN, Gold, edited
from anonymize.detect.training.substitution import names, substituted

TEXT = "Rezwan: I asked Jane Smith, then Bo, about Leeds. They said no! #TeamJane"
GOLD = Gold(
    TEXT,
    ((0, 6, UNKNOWN), (16, 26, "PERSON"), (33, 35, "PERSON"), (43, 48, "LOCATION")),
    LABELS,
    "en",
)
_VOCABULARY = Vocabulary(minilm.FOLDER / minilm.VOCABULARY)


@given(st.data())
def test_edited(data: st.DataObject) -> None:
    """Entities hold the same words after edits beside and inside of them."""
    cuts = data.draw(st.sets(st.sampled_from([7, 15, 26, 32, 35, 48, 62]), max_size=5))
    new = data.draw(st.text("xyz ", max_size=3))
    found = edited(GOLD, [(at, at + 1, new) for at in sorted(cuts)])
    told = [found.text[a:b] for a, b, _ in found.spans]
    assert told == ["Rezwan", "Jane Smith", "Bo", "Leeds"]


@pytest.mark.parametrize("way", [way for _, way in corruption.WAYS], ids=lambda way: way.__name__)
@given(seed=st.integers(0, 10_000))
def test_corruption_keeps_entities(way: Any, seed: int) -> None:
    """A spoiled text has its entities where they then stand, none empty, in order."""
    found = way(GOLD, random.Random(seed))
    assert [label for _, _, label in found.spans] == [label for _, _, label in GOLD.spans]
    last = 0
    for start, end, _ in found.spans:
        assert last <= start < end <= len(found.text)
        last = end
    if way is corruption.lowered:
        assert found.text == GOLD.text.lower()


@given(st.integers(0, 10_000))
@settings(deadline=None)
def test_substitution_is_one_name(seed: int) -> None:
    """What was one name stays one, in its case, and the rest of the text stays."""
    gold = Gold("anna saw Anna; ANNA", ((0, 4, "PERSON"), (9, 13, "PERSON")), LABELS, "en")
    found = substituted(gold, names(), random.Random(seed))
    first, second = (found.text[a:b] for a, b, _ in found.spans)
    assert first == second.lower()
    assert found.text.endswith("; ANNA")


def test_targets() -> None:
    """Words of an entity are told apart as first and following; of a label nothing is taught."""
    words = _VOCABULARY.words(TEXT)
    found = batches.targets(words, GOLD)
    told = [(TEXT[a:b], one) for (a, b), one in zip(words.spans, found, strict=True) if one]
    assert told == [("Rezwan", batches.ANY), ("Jane", 1), ("Smith", 2), ("Bo", 1), ("Leeds", 3)]


def test_silence() -> None:
    """Of labels a source does not annotate nothing is taught."""
    gold = Gold("It rains", (), frozenset({"PERSON"}), "en")
    (one,) = batches.examples(gold, _VOCABULARY, random.Random(0))
    assert one.targets == (0, 0)
    assert not any(one.silent[:3])
    assert all(one.silent[3:])


def test_passages_hold_everything_with_an_entity() -> None:
    """Every entity of a long text stands in one of its passages."""
    text = "\n".join(f"Bo: I saw Anna {number} times." for number in range(60))
    spans = tuple((at, at + 4, "PERSON") for at in range(len(text)) if text.startswith("Anna", at))
    found = list(batches.passages(Gold(text, spans, LABELS, "en"), random.Random(1)))
    assert sum(len(one.spans) for one in found) == 60
    assert all(one.text[a:b] == "Anna" for one in found for a, b, _ in one.spans)


def test_batches_hold_each_once() -> None:
    """Batches hold every example once, those of like length together."""
    found = [
        one
        for number in range(1, 90)
        for one in batches.examples(
            Gold("so " * number, (), LABELS, "en"), _VOCABULARY, random.Random(0)
        )
    ]
    made = list(batches.batches(found, random.Random(0), size=8))
    assert sorted(map(id, (one for many in made for one in many))) == sorted(map(id, found))
