"""Surrogates of ids are opaque and the same everywhere."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.transform.ids import surrogate_id
from anonymize.transform.tokens import token
from tests.transform.fakes import KEYS

ONE, TWO = surrogate_id(KEYS, "1234567"), surrogate_id(KEYS, "7654321")


@given(st.integers(1, 2**63).map(str))
def test_opaque(value: str) -> None:
    """A surrogate has 16 characters, begins with a letter and has no long run of digits."""
    new = surrogate_id(KEYS, value)
    assert re.fullmatch(r"[a-z][a-z0-9]{15}", new)
    assert not re.search(r"[0-9]{5}", new)
    assert value not in new or len(value) < 3


def test_no_long_runs_in_many() -> None:
    """Of fifty thousand ids none has a run of five digits, and no two are the same."""
    found = {surrogate_id(KEYS, str(10**9 + n)) for n in range(50_000)}
    assert len(found) == 50_000
    assert not [one for one in found if re.search(r"[0-9]{5}", one)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("1234567", ONE),
        ("1234567-7654321", "-".join(sorted((ONE, TWO)))),
        ("[1234567, 7654321]", f"[{ONE}, {TWO}]"),
        ("['1234567','7654321']", f"['{ONE}','{TWO}']"),
        ("3_1234567", f"{surrogate_id(KEYS, '3')}_{ONE}"),
        ("'1234567", f"'{ONE}"),
        ("-1", "-1"),
        ("0", "0"),
        ("", ""),
    ],
)
def test_composed(value: str, expected: str) -> None:
    """Each id of a composed value is replaced by its own surrogate, separators stay."""
    assert surrogate_id(KEYS, value) == expected


@pytest.mark.parametrize("value", ["abc123", "1.69e+18", "at://did:plc:xyz/app/3l25", "janesmith"])
def test_other_ids(value: str) -> None:
    """What is no number is replaced as a whole."""
    assert re.fullmatch(r"[a-z][a-z0-9]{15}", surrogate_id(KEYS, value))


@given(st.integers(1, 2**63), st.integers(1, 2**63))
def test_pairs_do_not_tell_which_account_is_older(one: int, other: int) -> None:
    """A conversation of two is called by both surrogates, in their own order."""
    new = surrogate_id(KEYS, f"{one}-{other}")
    assert new == surrogate_id(KEYS, f"{other}-{one}")
    assert sorted(new.split("-")) == sorted(surrogate_id(KEYS, str(n)) for n in (one, other))


def test_did() -> None:
    """A decentralised id becomes one that resolves nowhere."""
    assert re.fullmatch(r"did:example:\w{16}", surrogate_id(KEYS, "did:plc:z72i7h"))


def test_purposes_apart() -> None:
    """Tokens of two purposes differ."""
    assert token(KEYS, "a", "v", 16) != token(KEYS, "b", "v", 16)
