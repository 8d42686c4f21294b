from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.model.spelling import is_slip, neighbours, sound, sounds_alike

_WORDS = st.text("abcdehijklmnoprsty", min_size=1, max_size=9)


@pytest.mark.parametrize(
    ("one", "other"),
    [("smith", "smyth"), ("jayne", "jane"), ("johnson", "jonson"), ("muller", "mueller"),
     ("sara", "sarah"), ("marc", "mark"), ("philip", "filip"), ("claire", "clare"),
     ("mohammed", "mohamed"), ("karl", "carl")],
)  # fmt: skip
def test_these_sound_alike(one: str, other: str) -> None:
    """Names that are written differently and heard as one."""
    assert sounds_alike(one, other)
    assert sounds_alike(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("jan", "jane"), ("ann", "anne"), ("anna", "hanna"), ("maria", "mario"), ("joan", "jon"),
     ("smith", "smithson"), ("tom", "tim")],
)  # fmt: skip
def test_these_do_not(one: str, other: str) -> None:
    """Names that are told apart by ear, or by a silent letter that makes another name."""
    assert not sounds_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [("smiht", "smith", True), ("thornquil", "thornquill", True), ("tornquill", "thornquill", True),
     ("thurnquill", "thornquill", True), ("jon", "jan", False), ("hanna", "anna", False),
     ("smithson", "smith", False), ("smith", "smith", False)],
)  # fmt: skip
def test_a_slip_is_one_letter(one: str, other: str, *, slip: bool) -> None:
    """A letter lost, doubled, mistaken or swapped, in a word long enough to know it again."""
    assert is_slip(one, other) is slip
    assert is_slip(other, one) is slip


@given(_WORDS, _WORDS)
def test_slips_share_a_neighbour(one: str, other: str) -> None:
    """Whatever is a slip of a word is found by what both have in common, in both directions."""
    if is_slip(one, other):
        assert is_slip(other, one)
        swapped = sorted(one) == sorted(other)
        assert swapped or set(neighbours(one)) & set(neighbours(other))


@given(_WORDS)
def test_a_sound_is_stable(word: str) -> None:
    """A word sounds like itself, and nothing is a slip of itself."""
    assert sounds_alike(word, word)
    assert not is_slip(word, word)
    assert sound(word) == sound(word)
