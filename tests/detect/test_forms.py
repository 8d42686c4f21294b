from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.model.folding import fold
from anonymize.model.forms import find_phones, forms, phone_key
from anonymize.model.identities import KnownIdentifier, Search

TYPES = ("PERSON", "HANDLE", "EMAIL_ADDRESS", "PHONE_NUMBER", "USER_ID", "POST_ID", "ORGANIZATION")


@pytest.mark.parametrize(
    ("entity_type", "value", "expected"),
    [
        ("PERSON", "Smith, Jane", ("jane smith", "janesmith", "smith jane")),
        ("PERSON", "Jane van Dyke PhD", ("jane van dyke", "janevandyke", "van dyke jane")),
        ("PERSON", "Ms Smith", ("ms smith",)),
        ("PERSON", "An Li", ("an li", "li an")),
        ("PERSON", "Jane", ("jane",)),
        ("HANDLE", "@MsSmith_Media", ("mssmith media", "mssmithmedia")),
        ("HANDLE", "a_b", ("a b",)),
        ("HANDLE", "jane@social.example", ("jane social example", "social example jane")),
        ("EMAIL_ADDRESS", "J.Smith@College.example", ("j smith college example",)),
        ("PHONE_NUMBER", "07700 900123", ()),
        ("POST_ID", "1234567", ()),
        ("PERSON", "😀", ()),
    ],
)
def test_forms(entity_type: str, value: str, expected: tuple[str, ...]) -> None:
    """Each type has its forms."""
    assert forms(KnownIdentifier(entity_type, value)) == expected


def test_fields_only() -> None:
    """What is searched in its own fields only has no forms."""
    assert forms(KnownIdentifier("HANDLE", "media", Search.FIELDS)) == ()


@given(st.sampled_from(TYPES), st.text(max_size=30))
def test_forms_are_folded(entity_type: str, value: str) -> None:
    """A form is its own folded form, so that both searches can find it."""
    for form in forms(KnownIdentifier(entity_type, value)):
        assert fold(form).text == f" {form} "


@given(
    st.text(alphabet="123456789", min_size=9, max_size=9),
    st.sampled_from(["0", "+44", "+44 (0)", "0044", "+44-0", "("]),
    st.lists(st.sampled_from(["", " ", "-", ".", ") "]), min_size=8, max_size=8),
)
def test_phones(digits: str, prefix: str, gaps: list[str]) -> None:
    """A number is found with any prefix and separators, with its prefix."""
    number = prefix + digits[0] + "".join(g + d for g, d in zip(gaps, digits[1:], strict=True))
    text = f"call {number}, or write"
    found = list(find_phones(text, {phone_key("0" + digits)}))
    assert len(found) == 1
    assert text[found[0][0] : found[0][1]].lstrip("+0(4) -") == number.lstrip("+0(4) -")


def test_phone_in_id() -> None:
    """A number is not found inside a longer run of digits."""
    assert not list(find_phones("id 12345607700900123", {phone_key("07700 900123")}))
    assert not list(find_phones("id 077009001234", {phone_key("07700 900123")}))


def test_short_number() -> None:
    """Fewer than six digits are no number to search for; six to eight are compared whole."""
    assert phone_key("12345") == ""
    assert list(find_phones("ring 900-555", {phone_key("900555")})) == [(5, 12)]
    assert not list(find_phones("ring 1900555", {phone_key("900555")}))
