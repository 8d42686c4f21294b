from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.detect.masking import mask, trimmed, unmasked


@given(st.text(max_size=80))
def test_length(text: str) -> None:
    """Masking keeps the length, and so all offsets."""
    assert len(mask(text)) == len(text)


@given(st.text(max_size=80))
def test_idempotent(text: str) -> None:
    """Unmasked pieces are the text itself."""
    masked = mask(text)
    for start, end in unmasked(0, len(text), text, masked):
        assert text[start:end] == masked[start:end]


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("ask @ann_lee now", "ann_lee"),
        ("ask @ann@social.example now", "social"),
        ("see https://x.example/ann today", "x.example"),
        ("see x.com/ann today", "x.com"),
        ("mail ann.lee@college.example ok", "college"),
        ("#TeamJane wins", "TeamJane"),
        ("RT @bob: hello", "RT"),
        ("JS: I think so", "JS"),
        ("Speaker 2: I think so", "Speaker"),
        ("I said no\nINT: why?", "INT"),
    ],
)
def test_masked(text: str, gone: str) -> None:
    """Handles, addresses, hashtags and codes of speakers are invisible to the model."""
    assert gone not in mask(text)


def test_names_stay() -> None:
    """A name in a sentence or a label is left alone."""
    for text in ("Yesterday Jane Smith said: no", "Jane S.: I think so"):
        assert mask(text) == text


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("(Jane's)", "Jane"),
        ("“Jane”, ", "Jane"),
        (" -- ", ""),
        ("Jane’s", "Jane"),
        ("O'Neil", "O'Neil"),
        ("'s", "s"),
    ],
)
def test_trimmed(text: str, inner: str) -> None:
    """Punctuation, blanks and the possessive are trimmed."""
    start, end = trimmed(text, 0, len(text))
    assert text[start:end] == inner


@pytest.mark.parametrize("unit", ["a", "a.", "-", "é", "@a", "a@", "A. ", "x.y/", "http://"])
def test_linear(unit: str) -> None:
    """A window of one repeated piece is masked in no time."""
    text = unit * (20_000 // len(unit))
    begun = time.process_time()
    assert len(mask(text)) == len(text)
    assert time.process_time() - begun < 1
