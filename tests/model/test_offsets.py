"""Offsets follow the text they point into."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.model.offsets import OffsetMap, Splice, splice


@st.composite
def spliced(draw: st.DrawFn) -> tuple[str, list[Splice]]:
    """Draw a text and disjoint, sorted splices of it."""
    text = draw(st.text(min_size=1, max_size=40))
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=8)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return text, [Splice(a, b, draw(st.text(max_size=6))) for a, b in pairs if a < b]


@given(spliced())
def test_what_is_outside_is_untouched(case: tuple[str, list[Splice]]) -> None:
    """Between two splices the text is the same, and the map says where it went."""
    text, splices = case
    new = splice(text, splices)
    mapped = OffsetMap(splices)

    at = 0
    for one in [*splices, Splice(len(text), len(text), "")]:
        kept = text[at : one.start]
        if kept:
            assert new[mapped.start(at) : mapped.end(one.start)] == kept
        at = one.end


@given(spliced())
def test_a_replaced_stretch_maps_to_its_replacement(case: tuple[str, list[Splice]]) -> None:
    """Start and end of a splice map to start and end of its text."""
    text, splices = case
    new = splice(text, splices)
    mapped = OffsetMap(splices)

    for one in splices:
        assert new[mapped.start(one.start) : mapped.end(one.end)] == one.text


@given(spliced(), st.data())
def test_positions_keep_their_order(case: tuple[str, list[Splice]], data: st.DataObject) -> None:
    """No stretch is turned round by a replacement."""
    text, splices = case
    mapped = OffsetMap(splices)
    a = data.draw(st.integers(0, len(text)))
    b = data.draw(st.integers(a, len(text)))

    if a < b:
        assert mapped.start(a) <= mapped.end(b)
    assert mapped.start(a) <= mapped.start(b)
    assert mapped.end(a) <= mapped.end(b)


def test_overlapping_splices_are_refused() -> None:
    """Splices that overlap or leave the text are a defect of the caller."""
    with pytest.raises(ValueError, match="overlap"):
        splice("abc", [Splice(0, 2, ""), Splice(1, 3, "")])
    with pytest.raises(ValueError, match="overlap"):
        splice("abc", [Splice(2, 4, "")])
