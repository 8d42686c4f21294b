from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.rulepacks.checks import CHECKS

VALID = {
    "luhn": ("4539 1488 0343 6467", "378282246310005", "5500005555555559"),
    "iban": ("GB82 WEST 1234 5698 7654 32", "NL91ABNA0417164300", "DE89 3704 0044 0532 0130 00"),
    "nhs": ("943 476 5919", "9434765919"),
    "uln": ("9276308686", "927-630-8686"),
    "upn": ("B801200005001", "P207000016049"),
    "bsn": ("111222333", "1234.56.782"),
    "ssn": ("536-22-1841", "078 05 1120"),
    "ip": ("192.0.2.1", "2001:db8::1", "::1"),
}
INVALID = {
    "luhn": ("4539 1488 0343 6468", "0000000000000000", "4539 1488", "", "abcd"),
    "iban": ("GB82 WEST 1234 5698 7654 33", "12345678901234567", "GB82", ""),
    "nhs": ("943 476 5918", "0000000000", "943 476 59190", "", "943 476 591x"),
    "uln": ("9276308687", "0276308686", "", "927630868"),
    "upn": ("A801200005001", "S801200005001", "B8012000050O1", "B80120000500I", ""),
    "bsn": ("111222334", "000000000", "", "11122233"),
    "ssn": ("666-22-1841", "000-22-1841", "900-22-1841", "536-00-1841", "536-22-0000", "1"),
    "ip": ("256.0.2.1", "12:30:45", "::", "0.0.0.0", "", "1.2.3"),  # noqa: S104 - only text
}
SUMS = [name for name in sorted(CHECKS) if name not in {"ip", "ssn"}]


def test_tables_cover_every_check() -> None:
    """Every check has values that pass and values that do not."""
    assert set(VALID) == set(INVALID) == set(CHECKS)


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_known_values(name: str) -> None:
    """Each check accepts published numbers and refuses corrupted ones."""
    assert [value for value in VALID[name] if not CHECKS[name](value)] == []
    assert [value for value in INVALID[name] if CHECKS[name](value)] == []


@given(st.data())
def test_one_wrong_digit(data: st.DataObject) -> None:
    """Changing any one digit of a valid number with a checksum makes it invalid."""
    name = data.draw(st.sampled_from(SUMS))
    value = data.draw(st.sampled_from(VALID[name]))
    at = data.draw(st.sampled_from([i for i, char in enumerate(value) if char.isdigit()]))
    digit = data.draw(st.sampled_from([one for one in "0123456789" if one != value[at]]))
    assert not CHECKS[name](value[:at] + digit + value[at + 1 :])


@given(st.sampled_from(sorted(CHECKS)), st.text(max_size=40))
def test_any_text(name: str, text: str) -> None:
    """A check answers for any text and never raises."""
    assert CHECKS[name](text) in {True, False}


@given(st.text(alphabet="0123456789０１２٣²", min_size=8, max_size=19))
def test_foreign_digits(text: str) -> None:
    """Digits of other scripts never make a check raise."""
    for name in sorted(CHECKS):
        CHECKS[name](text)


def test_temporary_pupil_number() -> None:
    """A temporary pupil number ends in a letter that has its value in the sum."""
    letters = "ABCDEFGHJKLMNPQRTUVWXYZ"
    accepted = [one for one in letters if CHECKS["upn"](f"{one}80120000500A")]
    assert len(accepted) == 1
