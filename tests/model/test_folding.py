"""Folding makes every dress of a word alike."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.model import folding
from anonymize.model.folding import fold, words


@pytest.mark.parametrize(
    ("dressed", "plain"),
    [
        ("JANE", "jane"),
        ("Ja\u200bne", "jane"),
        ("J\u00e4n\u00e9", "jane"),
        ("Ja\u0301ne", "jane"),
        ("Ｊａｎｅ", "jane"),
        ("𝐉𝐚𝐧𝐞", "jane"),
        ("Ja\u00adne", "jane"),
        ("Løve", "love"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("jane_smith-jones", "jane smith jones"),
    ],
)
def test_dress_does_not_matter(dressed: str, plain: str) -> None:
    """Case, diacritics, invisible characters and compatibility forms are folded away."""
    assert words(dressed) == plain


@given(st.text(max_size=60))
def test_folding_keeps_its_origins(text: str) -> None:
    """Every folded stretch of words points at an original that folds to it."""
    folded = fold(text)

    assert len(folded.text) == len(folded.origins)
    assert folded.text.startswith(" ")
    assert "  " not in folded.text
    at = 1
    for word in folded.text.split():
        start, end = folded.original(at, at + len(word))
        assert 0 <= start < end <= len(text)
        assert word in words(text[start:end]).replace(" ", "")
        at += len(word) + 1


@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0x24F), max_size=60))
def test_composition_does_not_matter(text: str) -> None:
    """Composed and decomposed spellings fold alike."""
    nfc, nfd = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))

    assert words(nfc) == words(nfd)


@given(st.text(st.characters(max_codepoint=127), max_size=60))
def test_a_word_at_a_time_is_a_character_at_a_time(text: str) -> None:
    """The quick way for plain text is the slow one's, with all origins."""
    slow = folding._fold_any(text)

    assert (fold(text).text, list(fold(text).origins)) == (slow.text, list(slow.origins))
    assert words(text) == slow.text.strip()


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    """What is folded stays as it is."""
    assert words(words(text)) == words(text)
