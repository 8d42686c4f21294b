"""Which texts are read, and which of them by the model."""

from __future__ import annotations

from collections.abc import Sequence

import regex
from hypothesis import given
from hypothesis import strategies as st

from anonymize.detect import engine
from anonymize.detect.engine import Detector, Text
from anonymize.detect.ner import Entity, cleaned
from anonymize.model.policies import Recall


class Names:
    """A model that takes each capitalised word for a name, unless it is broken."""

    name = "names"
    version = "1"
    digest = "d2"

    def __init__(self) -> None:
        self.seen: list[str] = []
        self.broken = False

    def entities(self, texts: Sequence[str], recall: Recall) -> list[list[Entity]]:
        """Return the capitalised words."""
        del recall
        if self.broken:
            raise ValueError("broken")
        self.seen += texts
        word = regex.compile(r"\b\p{Lu}\w+")
        return [
            [(*found.span(), "PERSON", 0.85) for found in word.finditer(text)] for text in texts
        ]


def test_read_once() -> None:
    """Equal texts are read once, in a call and from call to call; each has its own answer."""
    model = Names()
    detector = Detector([], model=model)
    texts = [Text("Jane"), Text("Bob"), Text("Jane"), Text("Jane", kind="bio")]
    first = detector.detect(texts)
    assert [len(one.spans) for one in first] == [1, 1, 1, 1]
    assert detector.detect([*texts[::-1], Text("Ben")])[:-1] == first[::-1]
    assert model.seen == ["Jane", "Bob", "Jane", "Ben"]


def test_problems_are_tried_again() -> None:
    """What could not be read is not remembered."""
    model = Names()
    detector = Detector([], model=model)
    model.broken = True
    for _ in range(2):
        assert detector.detect([Text("Jane")])[0].problems == ("recognizer-failed",)
    model.broken = False
    assert not detector.detect([Text("Jane")])[0].problems


SIGNS = (
    *("@ann_lee", "https://t.co/aB1", "a@b.example", "😀", "12", "\u200b", "#Jane", "Jane", "."),
    *("…", "é", "/", "RT", "@", " ", "\n", "JS:", "'s"),
)
WORDLESS = st.lists(st.sampled_from(SIGNS), max_size=8).map(" ".join)


@given(WORDLESS, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), max_size=5))
def test_without_words(value: str, stretches: list[tuple[int, int]]) -> None:
    """Where a text is not given to the model, nothing it could say of it would have counted."""
    if not engine._has_words(value):
        entities = [
            (min(pair), min(max(pair), len(value)), label, 0.9)
            for pair in [*stretches, (0, len(value))]
            for label in ("PERSON", "LOCATION")
        ]
        left: list[Entity] = []
        assert cleaned(entities, value, frozenset(), left) == left == []


def test_what_has_no_words() -> None:
    """A text of handles, addresses and signs is not given to the model; one with a word is."""
    model = Names()
    Detector([], model=model).detect(
        [Text(value) for value in ("@ann_lee https://t.co/aB1 😀", "12:30!", "#Jane @ann", "@b é")]
    )
    assert model.seen == ["", "", "#Jane @ann", "@b é"]
