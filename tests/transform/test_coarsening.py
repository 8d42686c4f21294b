"""Counts, ages, jobs, places and labels show less, and say so plainly."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.model.labels import is_generic_label
from anonymize.model.policies import PlaceLevel
from anonymize.model.rules import Place, RulePack
from anonymize.transform.counts import coarsen_count
from anonymize.transform.generalisation import age_band, occupation
from anonymize.transform.masking import mask, tag
from anonymize.transform.places import PlaceLadder, is_coordinates
from tests.transform.fakes import KEYS

PACK = RulePack(
    "gb",
    places=(
        Place("Manchester", "Manchester", "England", "United Kingdom"),
        Place("Manc", "Manchester", "England", "United Kingdom"),
        Place("England", "", "England", "United Kingdom"),
        Place("United Kingdom", "", "", "United Kingdom"),
    ),
)
LADDER = PlaceLadder((PACK,), KEYS)


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        ("0", 2, "0"), ("7", 2, "7"), ("99", 2, "99"), ("1874", 2, "1900"), ("1874", 1, "2000"),
        ("995", 2, "1000"), ("1874", -1, "1874"), ("1234567", -1, "1200000"),
        ("123456", 6, "120000"), ("1874", 0, "1000"), ("7", 0, "1"), ("0", 0, "0"),
        ("1,874", 2, "1900"), ("0.8731", 2, "0.87"), ("many", 2, None), ("-3", 2, None),
        ("", 2, None),
    ],
)  # fmt: skip
def test_counts(value: str, digits: int, expected: str | None) -> None:
    """A count keeps its first digits or its power of ten, and never six exact ones."""
    assert coarsen_count(value, digits) == expected


@given(st.integers(0, 10**12), st.integers(-1, 6))
def test_large_counts_are_no_ids(number: int, digits: int) -> None:
    """Of a count of six digits or more at most two are not zero."""
    new = coarsen_count(str(number), digits) or ""
    assert new.isdecimal()
    if number >= 100_000:
        assert set(new[2:]) <= {"0"}


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("17", "15-19"), ("17 years old", "15-19 years old"), ("17-year-old", "15-19-year-old"),
        ("aged forty-two", "aged 40-44"), ("Seventeen", "15-19"), ("93", "90+"),
        ("in her forties", "in her forties"), ("teenager", "teenager"), ("of age", None),
    ],
)  # fmt: skip
def test_ages(surface: str, expected: str | None) -> None:
    """An age becomes its band of five years in the same words."""
    assert age_band(surface) == expected


def test_occupations() -> None:
    """A job title becomes the bare occupation."""
    assert occupation("Media Teacher at Ashton College") == "teacher"
    assert occupation("Head of Zebra Care") is None


@pytest.mark.parametrize(
    ("surface", "level", "expected"),
    [
        ("Manchester", PlaceLevel.EXACT, "Manchester"),
        ("Manchester", PlaceLevel.TOWN, "Manchester"),
        ("manchester", PlaceLevel.TOWN, "manchester"),
        ("Manc", PlaceLevel.TOWN, "Manchester"),
        ("Manchester", PlaceLevel.REGION, "England"),
        ("Manchester, England", PlaceLevel.REGION, "England"),
        ("12 High Street, Manchester", PlaceLevel.TOWN, "Manchester"),
        ("Manchester", PlaceLevel.COUNTRY, "United Kingdom"),
        ("the United Kingdom", PlaceLevel.COUNTRY, "the United Kingdom"),
        ("United Kingdom", PlaceLevel.TOWN, "United Kingdom"),
        ("England", PlaceLevel.TOWN, "England"),
        ("England", PlaceLevel.COUNTRY, "United Kingdom"),
    ],
)
def test_places(surface: str, level: PlaceLevel, expected: str) -> None:
    """A place climbs the ladder to the rung of the tier and no further."""
    assert LADDER.place(surface, level) == expected


def test_unknown_places() -> None:
    """A place no gazetteer has, or a tier that shows none, gives a tag of its own."""
    one = LADDER.place("Nowhere on Sea", PlaceLevel.TOWN)
    assert one == LADDER.place("nowhere on sea", PlaceLevel.COUNTRY)
    assert one != LADDER.place("Elsewhere", PlaceLevel.TOWN)
    assert LADDER.place("United Kingdom", PlaceLevel.NONE).startswith("[PLACE_")


@pytest.mark.parametrize(
    ("surface", "level", "expected"),
    [
        ("AB1 2CD", PlaceLevel.EXACT, "AB1"), ("AB1 2CD", PlaceLevel.TOWN, "AB"),
        ("ab12cd", PlaceLevel.REGION, "ab"), ("AB1 2CD", PlaceLevel.COUNTRY, "[POSTCODE]"),
        ("12345", PlaceLevel.TOWN, "123"), ("12345", PlaceLevel.REGION, "[POSTCODE]"),
        ("1234 AB", PlaceLevel.REGION, "12"), ("1234 AB", PlaceLevel.EXACT, "1234"),
        ("none", PlaceLevel.EXACT, "[POSTCODE]"),
    ],
)  # fmt: skip
def test_postcodes(surface: str, level: PlaceLevel, expected: str) -> None:
    """A postcode is cut to what the rung allows."""
    assert LADDER.postcode(surface, level) == expected


def test_coordinates() -> None:
    """Latitudes and longitudes are told from names."""
    assert all(map(is_coordinates, ("53.48", "-2.24", "53.48, -2.24", "[53.48,-2.24]")))
    assert not any(map(is_coordinates, ("Leeds", "12", "53.48 Leeds")))


@pytest.mark.parametrize(
    "label",
    ["I", "R", "R2", "INT", "IV", "P01", "P1", "B1", "Interviewer", "interviewer 2", "Speaker 1",
     "Unknown Speaker", "Speaker A", "Participant Three", "Focus group", "The interviewer",
     "Students", "Headteacher", "2"],
)  # fmt: skip
def test_generic_labels(label: str) -> None:
    """Labels of parts in the talk name nobody."""
    assert is_generic_label(label)


@pytest.mark.parametrize("label", ["Jane", "JS", "Ms Smith", "Will", "Art", "Teacher Jane", "Iris"])
def test_names_are_not_generic(label: str) -> None:
    """Names and initials are no generic labels."""
    assert not is_generic_label(label)


def test_masks_and_tags() -> None:
    """A mask has the length of the original, a tag its type and a token of its words."""
    assert mask("Jane S") == "●●●●●●"
    assert tag(KEYS, "EMAIL_ADDRESS", "a@b.example") == tag(KEYS, "EMAIL_ADDRESS", "A@b.example")
    assert tag(KEYS, "odd type", "x").startswith("[ODD_TYPE_")
