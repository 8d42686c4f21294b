from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.errors import SecretError
from anonymize.link.sealing import seal, unseal
from anonymize.model.keys import Keys

KEYS = Keys(b"k" * 32)


@given(st.binary(max_size=200))
def test_what_is_sealed_comes_back(data: bytes) -> None:
    """The same keys, purpose and row open what was sealed, and the bytes do not show it."""
    sealed = seal(KEYS, "tally", data, row="r")
    assert unseal(KEYS, "tally", sealed, row="r") == data
    assert len(data) < 4 or data not in sealed


@pytest.mark.parametrize(
    ("keys", "purpose", "row"),
    [(Keys(b"x" * 32), "tally", "r"), (KEYS, "history", "r"), (KEYS, "tally", "s")],
)
def test_another_key_purpose_or_row_opens_nothing(keys: Keys, purpose: str, row: str) -> None:
    """A seal is bound to key, purpose and row, and the error holds no content."""
    sealed = seal(KEYS, "tally", b"Jane", row="r")
    with pytest.raises(SecretError, match="not written with this key") as caught:
        unseal(keys, purpose, sealed, row=row)
    assert "Jane" not in str(caught.value)
    assert caught.value.__cause__ is None


@given(st.integers(0, 60), st.integers(1, 255))
def test_a_changed_byte_is_noticed(at: int, bits: int) -> None:
    """Changing or cutting any byte makes opening fail."""
    sealed = bytearray(seal(KEYS, "tally", b"x" * 32))
    sealed[at % len(sealed)] ^= bits
    with pytest.raises(SecretError):
        unseal(KEYS, "tally", bytes(sealed))
    with pytest.raises(SecretError):
        unseal(KEYS, "tally", bytes(sealed[:at]))
