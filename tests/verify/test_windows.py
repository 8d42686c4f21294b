from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.verify.windows import windows


@given(
    st.lists(st.sampled_from([b"a", b" ", b"\n", b"\xc3\xa9"]), max_size=400).map(b"".join),
    st.integers(32, 90),
)
def test_covers_every_short_stretch(data: bytes, size: int) -> None:
    """Every stretch shorter than the overlap is whole in a window, at its own place."""
    cut = list(windows(io.BytesIO(data), size, 16))

    assert all(data[w.offset : w.offset + len(w.data)] == w.data for w in cut)
    assert all(len(w.data) <= size for w in cut)
    for start in range(len(data) - 8):
        assert any(w.offset <= start and start + 8 <= w.offset + len(w.data) for w in cut)


@given(st.lists(st.sampled_from([b"a", b" "]), max_size=300).map(b"".join))
def test_says_where_words_are_cut(data: bytes) -> None:
    """A window says it opens or closes only where the stream or a blank is."""
    for w in windows(io.BytesIO(data), 40, 16):
        end = w.offset + len(w.data)

        assert not w.opens or w.offset == 0 or data[w.offset - 1 : w.offset] == b" "
        assert not w.closes or end == len(data) or data[end - 1 : end] == b" "


def test_refuses_a_window_too_small() -> None:
    """A window smaller than twice the overlap is refused."""
    with pytest.raises(ValueError, match="twice"):
        list(windows(io.BytesIO(b""), 20, 16))
