from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.detect import minilm, pieces

_SHARED = pieces.Vocabulary(minilm.FOLDER / minilm.VOCABULARY)


def test_words() -> None:
    """Handles, addresses, numbers, emoji, lines are one word; hashtags are cut at capitals."""
    text = "RT @jane: I luv #TeamJane 😀😀 https://t.co/xx 07700900123\nMcKay's"
    words = _SHARED.words(text)
    assert [text[a:b] for a, b in words.spans] == [
        "RT", "@jane", ":", "I", "luv", "#", "Team", "Jane", "😀😀", "https://t.co/xx",
        "07700900123", "\n", "McKay", "'", "s",
    ]  # fmt: skip
    whole = {"@jane": pieces.HANDLE, "😀😀": pieces.PICTURE, "\n": pieces.LINE}
    for (start, end), own in zip(words.spans, words.pieces, strict=True):
        if text[start:end] in whole:
            assert own == (whole[text[start:end]],)


def test_case_untold() -> None:
    """A text all small and the same text in capitals are read alike."""
    small, large = _SHARED.words("anna met bo."), _SHARED.words("ANNA MET BO.")
    assert (small.pieces, small.shapes) == (large.pieces, large.shapes)
    assert small.shapes != _SHARED.words("Anna met Bo.").shapes


@given(st.text(max_size=200))
def test_words_cover(text: str) -> None:
    """Words are disjoint, in order, and leave out nothing but blanks."""
    found = _SHARED.words(text)
    at = 0
    for (start, end), own in zip(found.spans, found.pieces, strict=True):
        assert at <= start < end
        assert not text[at:start].strip()
        assert own
        at = end
    assert not text[at:].strip()


@given(st.integers(0, 400), st.integers(1, 3))
def test_windows(count: int, length: int) -> None:
    """Windows hold every word, not too many pieces, and share words with their neighbours."""
    words = _SHARED.words(" ".join(["Anna", "Tiraboschi", "lesson"][:length] * count))
    windows = list(_SHARED.windows(words))
    assert {at for one in windows for at in range(one.first, one.last)} == set(range(len(words)))
    for one in windows:
        assert len(one.ids) <= pieces.LONGEST + 2
        assert len(one.ids) == len(one.shapes)
        assert len(one.heads) == one.last - one.first
    for one, after in itertools.pairwise(windows):
        assert one.first < after.first < one.last


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("anna", pieces.SMALL),
        ("Anna", pieces.INITIAL),
        ("A", pieces.INITIAL),
        ("ANNA", pieces.CAPITALS),
        ("McKay", pieces.MIXED),
        ("iPad", pieces.MIXED),
        ("7b", pieces.DIGITS),
        ("!", pieces.SIGN),
    ],
)
def test_shape(word: str, shape: int) -> None:
    """A word has the shape it is written in."""
    assert pieces.shape(word) == shape
