"""Surrogate addresses and numbers reach nobody."""

from __future__ import annotations

import re

import pytest

from anonymize.model.rules import RulePack
from anonymize.transform.contacts import surrogate_email, surrogate_phone
from tests.transform.fakes import KEYS, MIRA

PACKS = (
    RulePack("gb", fictional_phones={"GB": ("+44 7700 900", 3)}),
    RulePack("us", fictional_phones={"US": ("+1 202 555 01", 2)}),
    RulePack("nl", fictional_phones={"NL": ("", 4)}),
)


def test_email() -> None:
    """An address has the name's parts, a token at the end, and a domain for examples."""
    one = surrogate_email(KEYS, "JSmith@college.example", MIRA)
    assert re.fullmatch(r"mira\.keller\.[a-z][a-z0-9]{4}@example\.org", one)
    assert one == surrogate_email(KEYS, "jsmith [at] college (dot) example", MIRA)
    assert one == surrogate_email(KEYS, "jsmith at college dot example", MIRA)
    assert one != surrogate_email(KEYS, "jane@college.example", MIRA)
    assert re.fullmatch(r"user\.\w{12}@example\.org", surrogate_email(KEYS, "a@b.example", None))


@pytest.mark.parametrize(
    ("number", "pattern"),
    [
        ("+44 7911 123456", r"\+44 7700 900\d{3}"),
        ("+447911123456", r"\+447700900\d{3}"),
        ("0044 7911 123456", r"\+44 7700 900\d{3}"),
        ("07911 123456", r"07700 900\d{3}"),
        ("07911123456", r"07700900\d{3}"),
        ("(020) 7946 0018", r"07700 900\d{3}"),
        ("+1 212-736-5000", r"\+1 202 555 01\d{2}"),
        ("212-736-5000", r"202 555 01\d{2}"),
        ("2127365000", r"20255501\d{2}"),
    ],
)
def test_phone(number: str, pattern: str) -> None:
    """A number is drawn from its country's fictional range and written about alike."""
    assert re.fullmatch(pattern, surrogate_phone(KEYS, number, PACKS) or "")


def test_phone_forms() -> None:
    """One number written two ways has one surrogate."""
    one = surrogate_phone(KEYS, "+44 7911 123456", PACKS) or ""
    two = surrogate_phone(KEYS, "07911 123456", PACKS) or ""
    assert one.removeprefix("+44 ") == two.removeprefix("0")


@pytest.mark.parametrize("number", ["+31 6 12345678", "+7 495 1234567", "12", "123456"])
def test_phone_without_range(number: str) -> None:
    """Where no range is known there is no surrogate."""
    assert surrogate_phone(KEYS, number, PACKS) is None


def test_phone_of_the_corpus_is_not_drawn() -> None:
    """A fictional number that stands in the corpus is drawn for nobody."""
    first = surrogate_phone(KEYS, "+44 7911 123456", PACKS)
    second = surrogate_phone(KEYS, "+44 7911 123456", PACKS, lambda n: n == first)
    assert second
    assert second != first
    assert surrogate_phone(KEYS, "+44 7911 123456", PACKS, lambda _: True) is None
