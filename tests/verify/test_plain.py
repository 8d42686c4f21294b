from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from anonymize.model.folding import fold
from anonymize.verify.plain import folded, origins


@given(st.text())
def test_is_fold(text: str) -> None:
    """The fast form of any text is the form the model defines."""
    assert folded(text) == fold(text).text


@given(st.text() | st.text(alphabet=" ab-½ß\u0301\u200b\ud800日Ａ１"))
def test_knows_origins(text: str) -> None:
    """Every character of the folded form is traced to where the model says it came from."""
    assert origins(text).tolist() == list(fold(text).origins)


@given(st.text(alphabet=st.characters(max_codepoint=0x250)))
def test_is_fold_for_latin(text: str) -> None:
    """The fast form of Latin text is the form the model defines."""
    assert folded(text) == fold(text).text


def test_is_fold_for_every_alphabet() -> None:
    """Every character below U+4000 folds as the model says, between letters and between blanks."""
    for start in range(0, 0x4000, 0x1000):
        text = "".join(f"a{chr(code)}b {chr(code)} " for code in range(start, start + 0x1000))

        assert folded(text) == fold(text).text


def test_handles_surrogates() -> None:
    """A lone surrogate parts words."""
    assert folded("a\ud800b") == " a b "
