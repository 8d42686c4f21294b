from __future__ import annotations

import pytest

from anonymize.run.gold_labels import ELSEWHERE, NOT_SCORED, TYPES, entity_type


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("PERSON", "PERSON"),
        ("PER", "PERSON"),
        ("ORG", "ORGANIZATION"),
        ("PHONE", "PHONE_NUMBER"),
        ("EMAIL", "EMAIL_ADDRESS"),
        ("DATE", "DATE_TIME"),
        ("ZIP", "POSTCODE"),
        ("DEM", "NRP"),
        ("IP", "IP_ADDRESS"),
        ("IBAN", "IBAN_CODE"),
        ("OCCUPATION", "JOB_TITLE"),
        ("creative-work", "CREATIVE_WORK"),
        ("FAMILY", "FAMILY"),
        ("Favourite Colour", "FAVOURITE_COLOUR"),
    ],
)
def test_labels_have_types(label: str, kind: str) -> None:
    """Each known label has the type of the table, and an unknown one keeps its name."""
    assert entity_type(label, ()) == kind


@pytest.mark.parametrize("kind", ["US_SSN", "UK_NHS", "NL_BSN", "STUDENT_ID", "MAC_ADDRESS", "ID"])
def test_identifiers_are_one_type_where_gold_has_one(kind: str) -> None:
    """Identifiers are `ID` where the gold standard has that label, else themselves."""
    assert entity_type(kind, {"ID", "PERSON"}) == "ID"
    assert entity_type(kind, {"PERSON"}) == kind


@pytest.mark.parametrize("kind", ["IP_ADDRESS", "IBAN_CODE", "PERSON", "HANDLE", "POSTCODE", "NRP"])
def test_other_types_are_no_identifiers(kind: str) -> None:
    """What has a label of its own in gold standards never becomes `ID`."""
    assert entity_type(kind, {"ID"}) == kind


def test_the_table_is_closed() -> None:
    """No type of the table is itself changed by it, and each type left out has a reason."""
    assert not set(TYPES.values()) & TYPES.keys()
    assert all(NOT_SCORED.values())
    assert "HANDLE" in ELSEWHERE - NOT_SCORED.keys()
