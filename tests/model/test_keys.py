"""Tokens are functions of key, purpose and value, and of nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.model.keys import Keys

KEYS = Keys(bytes(range(32)))


@given(st.text(), st.text(), st.integers(1, 50))
def test_a_token_is_repeatable_and_readable(purpose: str, value: str, length: int) -> None:
    """The same value gives the same token: a letter first, no vowel, no digit run of an id."""
    token = KEYS.token(purpose, value, length)

    assert token == Keys(bytes(range(32))).token(purpose, value, length)
    assert len(token) == length
    assert token[0].isalpha()
    assert not set(token) & set("aeiouyl01")


def test_purposes_and_tiers_and_projects_share_nothing() -> None:
    """The same value has another token under another purpose, tier or project."""
    tokens = {
        KEYS.token("a", "jane"),
        KEYS.token("b", "jane"),
        KEYS.tier("open").token("a", "jane"),
        KEYS.tier("internal").token("a", "jane"),
        Keys(bytes(32)).token("a", "jane"),
    }

    assert len(tokens) == 5


def test_the_key_is_not_shown() -> None:
    """Neither repr nor public id shows a byte of the key."""
    assert repr(KEYS) == "Keys(…)"
    assert bytes(range(32)).hex()[:8] not in KEYS.id()


def test_a_key_has_32_bytes() -> None:
    """A shorter key is refused."""
    with pytest.raises(ValueError, match="32 bytes"):
        Keys(b"short")
