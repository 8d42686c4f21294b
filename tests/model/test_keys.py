"""Tokens are functions of key, purpose and value, and of nothing else."""

from __future__ import annotations

import hmac

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.model.keys import DIGITS, LETTERS, Keys

KEYS = Keys(bytes(range(32)))


@given(st.text(), st.text(), st.integers(1, 50))
def test_a_token_is_repeatable_and_readable(purpose: str, value: str, length: int) -> None:
    """The same value gives the same token: a letter first, no vowel, no digit run of an id."""
    token = KEYS.token(purpose, value, length)

    assert token == Keys(bytes(range(32))).token(purpose, value, length)
    assert len(token) == length
    assert token[0].isalpha()
    assert not set(token) & set("aeiouyl01")


@given(st.text(), st.text())
def test_a_digest_is_hmac(purpose: str, value: str) -> None:
    """A digest is HMAC-SHA-256 under the key of its purpose, as the standard library has it."""
    message = value.encode("utf-8", "surrogatepass")
    expected = hmac.digest(KEYS.derive(purpose), message, "sha256")

    assert [KEYS.mac(purpose, value) for _ in range(2)] == [expected, expected]


@given(st.text(), st.integers(1, 50))
def test_a_token_is_read_off_the_number_sign_by_sign(value: str, length: int) -> None:
    """A token is what dividing the number by the size of the alphabet leaves, again and again."""
    number, at = divmod(KEYS.number("p", value), len(LETTERS))
    signs = [LETTERS[at]]
    for _ in range(length - 1):
        number, at = divmod(number, len(LETTERS + DIGITS))
        signs.append((LETTERS + DIGITS)[at])

    assert KEYS.token("p", value, length) == "".join(signs)


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
