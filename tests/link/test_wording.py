from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.link.wording import Shape, key_of, looks_like_name, lookups, word
from anonymize.model.identities import Gender


@pytest.mark.parametrize(
    ("surface", "shape", "full"),
    [
        ("Jane Smith", Shape.FULL, "jane smith"),
        ("Smith, Jane", Shape.FULL, "jane smith"),
        ("Dr Jane Smith PhD", Shape.FULL, "jane smith"),
        ("Ms Smith's", Shape.GENDERED, ""),
        ("Dr. Smith", Shape.TITLED, ""),
        ("J. Smith", Shape.INITIAL, "j smith"),
        ("Jane S.", Shape.INITIAL, "jane s"),
        ("JS", Shape.INITIALS, ""),
        ("J.S.", Shape.INITIALS, ""),
        ("Jane", Shape.SINGLE, ""),
        ("JANE’S", Shape.SINGLE, ""),
        ("van Dyke", Shape.SINGLE, ""),
    ],
)
def test_shapes(surface: str, shape: Shape, full: str) -> None:
    """The shape of a name and its full form show in its words."""
    found = word(surface)
    assert found is not None
    assert (found.shape, found.full) == (shape, full)


def test_titles_tell_gender() -> None:
    """A title's gender is kept with the name."""
    found = word("Mr Smith")
    assert found is not None
    assert found.gender is Gender.MALE


@given(st.text(max_size=30))
def test_any_text_is_worded(surface: str) -> None:
    """No text breaks the wording, and its key is the first thing looked up."""
    found = word(surface)
    keys = lookups(surface)
    assert (found is None) == (not keys)
    assert found is None or (keys[0] == found.key and found.key == key_of(surface))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Jane Smith", True), ("José Ángel Núñez", True), ("Anne-Marie O'Neil", True), ("Jane", False),
     ("media team", False), ("Jane 99", False), ("One Two Three Four Five", False)],
)  # fmt: skip
def test_looks_like_name(name: str, expected: bool) -> None:
    """Two to four words of letters that are not all ordinary may be a person's name."""
    assert looks_like_name(name, {"media", "team"}.__contains__) is expected
