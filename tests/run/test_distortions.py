from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from anonymize.formats.gold_spans import Annotated, Mark
from anonymize.run.distortions import DISTORTIONS, lower, unpunctuated, upper


def _marked(text: str, *words: str, label: str = "PERSON") -> Annotated:
    marks = (Mark(text.index(word), text.index(word) + len(word), label) for word in words)
    return Annotated("1", text, tuple(marks))


def _words(document: Annotated) -> list[str]:
    return [document.text[mark.start : mark.end] for mark in document.marks]


@given(st.text())
def test_letters_keep_their_places(text: str) -> None:
    """Small letters and capitals leave length and marks, whatever the script."""
    document = Annotated("1", text, (Mark(0, 1, "X"),) if text else ())
    for changed in (lower(document), upper(document)):
        assert len(changed.text) == len(text)
        assert changed.marks == document.marks


def test_letters_change() -> None:
    """What has a small or a capital form of one letter gets it; what has none stays."""
    document = _marked("Straße İzmir ÅSA", "ÅSA")
    assert lower(document).text == "straße İzmir åsa"
    assert upper(document).text == "STRAßE İZMIR ÅSA"


def test_punctuation_goes_and_marks_follow() -> None:
    """Sentence signs go; apostrophes and stops within words, handles and references stay."""
    document = _marked(
        '"Ms. O\'Hara," said @ann_l: 3.5 &amp; #x... (Jane)!', "Ms. O'Hara", "(Jane)"
    )
    changed = unpunctuated(document)
    assert changed.text == "Ms O'Hara said @ann_l 3.5 &amp; #x Jane"
    assert _words(changed) == ["Ms O'Hara", "Jane"]


def test_speakers_keep_their_colon() -> None:
    """The colon behind a marked speaker is layout; another one goes."""
    document = _marked("Jane: note: yes.", "Jane", label="SPEAKER")
    assert unpunctuated(document).text == "Jane: note yes"


def test_a_mark_of_nothing_but_punctuation_goes() -> None:
    """A mark of which nothing is left is left out."""
    assert unpunctuated(_marked("so ... yes", "...")).marks == ()


@given(st.text(alphabet="ab .,'@-é(", max_size=30), st.integers(0, 29), st.integers(1, 9))
def test_marked_letters_stay_marked(text: str, start: int, length: int) -> None:
    """No distortion takes a letter out of a mark or puts one in."""
    if start >= len(text):
        return
    end = min(start + length, len(text))
    document = Annotated("1", text, (Mark(start, end, "X"),))
    letters = [char.casefold() for char in text[start:end] if char.isalpha()]
    for change in DISTORTIONS.values():
        words = "".join(_words(change(document)))
        assert [char.casefold() for char in words if char.isalpha()] == letters


@given(st.text(alphabet="a.!?…, ", max_size=20))
def test_no_sentence_sign_is_left(text: str) -> None:
    """What punctuation is left stood between two letters."""
    around = zip(f" {text}", text, f"{text} "[1:], strict=False)
    between = [sign for left, sign, right in around if left.isalnum() and right.isalnum()]
    kept = [sign for sign in between if unicodedata.category(sign).startswith("P")]
    changed = unpunctuated(Annotated("1", text, ())).text
    assert [one for one in changed if unicodedata.category(one).startswith("P")] == kept
