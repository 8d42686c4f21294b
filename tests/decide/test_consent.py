"""Records of people who refused, and records their authors deleted, are withheld."""

from __future__ import annotations

from dataclasses import replace

import pytest

from anonymize.decide.consent import withheld_sections
from anonymize.model.documents import Document, Section
from anonymize.model.fields import Field, Role
from anonymize.model.policies import Policy
from tests.transform.fakes import directory

FIELDS = (
    Field((0, "user"), Role.HANDLE, "@TomBrown", 0, "x", "a"),
    Field((0, "text"), Role.TEXT, "Hello", 0),
    Field((1, "id"), Role.ID, "1697051672621597026", 1, "user", "b"),
    Field((1, "name"), Role.NAME, "Tom Brown", 1, "display", "b"),
    Field((2, "label"), Role.NAME, "Tom", 2, "speaker", "c"),
)
SECTIONS = (
    Section("100001", "a", ("100001", "100007")),
    Section("100002", "b", ("100002",)),
    Section("2", "c"),
    Section("3"),
)
DOCUMENT = Document("d", FIELDS, SECTIONS, None)


def test_consent() -> None:
    """An author is found by handle, id or label; a known id outweighs a name others share."""
    found = withheld_sections(DOCUMENT, directory(), Policy("p"), (), ())
    assert found == {0: "consent", 2: "consent"}


def test_who_speaks_with_others() -> None:
    """What several say at once is withheld where one of them refused, and only there."""
    fields = (
        Field(("a",), Role.NAME, "Tom", 0, "speaker", "speaker:1"),
        Field(("b",), Role.NAME, "Ada Quist", 0, "speaker", "speaker:2"),
        Field(("c",), Role.NAME, "Ida Quist", 0, "speaker", "speaker:3"),
    )
    sections = (Section("1", "speakers:1+2"), Section("2", "speakers:2+3"), Section("3"))
    document = Document("d", fields, sections, None)
    assert withheld_sections(document, directory(), Policy("p"), (), ()) == {0: "consent"}


def test_policy_decides() -> None:
    """A policy that withholds for no value of consent withholds nobody."""
    policy = Policy("p", withhold_consent=frozenset())
    assert withheld_sections(DOCUMENT, directory(), policy, (), ()) == {}


@pytest.mark.parametrize(
    ("removed", "users", "reasons"),
    [
        ({"100007"}, set(), {0: "deleted-post", 2: "consent"}),
        ({"100002"}, set(), {0: "consent", 1: "deleted-post", 2: "consent"}),
        (set(), {"1697051672621597026"}, {0: "consent", 1: "deleted-user", 2: "consent"}),
    ],
)
def test_removals(removed: set[str], users: set[str], reasons: dict[int, str]) -> None:
    """A deleted post withholds every section that holds it, a deleted user all she wrote."""
    found = withheld_sections(DOCUMENT, directory(), Policy("p"), removed, users)
    assert found == reasons


def test_reader_says_so() -> None:
    """What the reader itself cannot share is withheld for the reader's reason."""
    document = replace(DOCUMENT, sections=(Section("1", "b", withhold="control-line"),))
    found = withheld_sections(document, directory(), Policy("p"), (), ())
    assert found == {0: "control-line"}
