"""What is kept of texts read before."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from anonymize.detect.remembered import Remembered, digest
from anonymize.detect.texts import Detection, Text
from anonymize.model.fields import Encoding
from anonymize.model.spans import Span

SPAN = Span(0, 4, "PERSON", 0.5, "a")


def test_digest() -> None:
    """Every property of a text tells it from another; broken characters do no harm."""
    texts = [
        Text("Jane"),
        Text("jane"),
        Text("Jane", Encoding.HTML),
        Text("Jane", language="fr"),
        Text("Jane", kind="bio"),
        Text("\ud83d"),
        Text("\ud83e"),
        Text(""),
    ]
    assert len(set(map(digest, texts))) == len(texts)
    assert digest(Text("Jane")) == digest(texts[0])


def test_what_went_wrong_is_not_kept() -> None:
    """A text that timed out is tried again when it comes again."""
    kept = Remembered()
    kept.put(b"a", Detection(problems=("recognizer-timeout",)))
    assert kept.get(b"a") is None


@given(
    st.lists(st.tuples(st.sampled_from("abcdef"), st.integers(0, 5)), max_size=40),
    st.integers(1, 12),
)
def test_bounded(steps: list[tuple[str, int]], room: int) -> None:
    """It never holds more than it may, and what goes is what was not used for longest."""
    kept = Remembered(room)
    order: list[tuple[str, int]] = []
    for name, spans in steps:
        one = next((one for one in order if one[0] == name), None)
        found = kept.get(name.encode())
        assert (found is None) == (one is None)
        if one is not None:
            assert found == Detection((SPAN,) * one[1])
            order.remove(one)
            order.append(one)
            continue
        kept.put(name.encode(), Detection((SPAN,) * spans))
        if spans + 1 <= room:
            order.append((name, spans))
        while sum(count + 1 for _, count in order) > room:
            order.pop(0)
