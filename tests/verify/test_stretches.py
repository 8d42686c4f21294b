from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from anonymize.verify.stretches import mask, stretches, table


@given(st.text(alphabet="ab", max_size=80), st.integers(1, 30))
def test_finds_what_a_pattern_finds(text: str, shortest: int) -> None:
    """Members that stand in a row, and as many as asked for, are found from end to end."""
    starts, ends = stretches(mask(text, table("a")), shortest)

    found = list(zip(starts.tolist(), ends.tolist(), strict=True))
    assert found == [match.span() for match in re.finditer(f"a{{{shortest},}}", text)]


@given(st.text())
def test_masks_one_place_a_code_point(text: str) -> None:
    """Members of a table are told in any text, and nothing foreign is one."""
    members = table("aZ09")

    assert mask(text, members).tolist() == [char in "aZ09" for char in text]
