from __future__ import annotations

import pytest

from anonymize.model.identities import Gender, Kind, Mention
from tests.link.stories import Study, account, label, row, said


@pytest.mark.parametrize(
    "surface",
    ["Jane Smith", "JANE SMITH", "Smith, Jane", "Ms Jane Smith", "Jane Smith’s", "Jane", "Jane's",
     "Smith", "Ms Smith", "J. Smith", "Jane S.", "JaneSmith", "smith jane"],
)  # fmt: skip
def test_every_form_of_a_name_is_the_person(study: Study, surface: str) -> None:
    """A name in any form is the one account with that display name."""
    study.link(
        account("111111", "x_1", name="Jane Smith 📚 | media"),
        said(surface, "talk"),
    )
    assert study.named(surface, "talk") == study.user("111111")


def test_two_janes_are_ambiguous(study: Study) -> None:
    """A display name of two accounts is neither's: an ambiguous identity of its own."""
    found = study.link(
        account("111111", "jane_a", name="Jane Smith"),
        account("222222", "jane_b", name="Jane Smith"),
        said("Jane Smith", "talk"),
        said("Jane", "talk"),
    )
    both = {study.user("111111").id, study.user("222222").id}
    for surface in ("Jane Smith", "Jane"):
        assert study.named(surface, "talk").ambiguous
        assert study.named(surface, "talk").id not in both
    assert "ambiguous-name" in [p.code for p in found.problems]
    assert "Jane" not in repr(found)


def test_a_given_name_is_whom_the_talk_is_about(study: Study) -> None:
    """A given name is the one in the same scope who has it, else ambiguous in its scope."""
    study.link(
        label("Jane Smith", "one"),
        label("Jane Miller", "two"),
        said("Jane", "one"),
        said("Jane", "two"),
        said("Jane", "three"),
        said("Jane", "four"),
    )
    assert study.named("Jane", "one") == study.named("Jane Smith")
    assert study.named("Jane", "two") == study.named("Jane Miller")
    three, four = study.named("Jane", "three"), study.named("Jane", "four")
    assert three.ambiguous
    assert four.ambiguous
    assert len({three.id, four.id, study.named("Jane", "never seen").id}) == 3


def test_nicknames_and_initials_of_the_roster(study: Study) -> None:
    """Every name of a roster row is the person, also as a speaker label."""
    study.link(
        account("111111", "MsSmith_Media", name="Jane S."),
        label("JS", "talk"),
        label("Janey", "talk"),
        label("TB", "talk"),
        said("Janey", "tweets"),
        roster=[
            row("T1", "Jane Smith", "Janey", "JS", handles=["MsSmith_Media"]),
            row("T2", "Tom Baker"),
        ],
    )
    jane = study.user("111111")
    assert jane.roster == "T1"
    for surface in ("Jane", "Smith", "Janey", "JS", "Ms Smith", "Jane S."):
        assert study.named(surface, "talk") == jane, surface
    assert study.named("TB", "talk").roster == "T2"
    assert study.named("Janey", "tweets") == jane


def test_a_row_meets_the_account_of_its_name(study: Study) -> None:
    """A row without handles is the one account with its name; with two, the name is the row's."""
    study.link(account("111111", "jane_s", name="Jane Smith"), roster=[row("T1", "Jane Smith")])
    assert study.user("111111").roster == "T1"


def test_a_row_is_not_any_of_two_accounts(study: Study) -> None:
    """Two accounts with a row's name stay apart from it and each other, and are a problem."""
    found = study.link(
        account("111111", "jane_a", name="Jane Smith"),
        account("222222", "jane_b", name="Jane Smith"),
        roster=[row("T1", "Jane Smith")],
    )
    people = {study.user("111111").id, study.user("222222").id, study.named("Jane Smith").id}
    assert len(people) == 3
    assert study.named("Jane Smith").roster == "T1"
    assert "name-of-roster-and-account" in [p.code for p in found.problems]


def test_two_rows_of_one_name_are_ambiguous(study: Study) -> None:
    """A name two roster rows share is neither's."""
    study.link(
        said("Jane Smith", "talk"), roster=[row("T1", "Jane Smith"), row("T2", "Jane Smith")],
    )  # fmt: skip
    assert study.named("Jane Smith", "talk").ambiguous


def test_generic_labels_are_nobody(study: Study) -> None:
    """Role labels make no person unless the roster says so."""
    study.link(
        label("I", "talk"), label("P01", "talk"), label("P02", "talk"), roster=[row("S1", "P02")],
    )  # fmt: skip
    assert study.nobody("I", "talk")
    assert study.nobody("P01", "talk")
    assert study.named("P02", "talk").roster == "S1"


def test_labels_and_mentions_of_nobody_known_are_one(study: Study) -> None:
    """A name nobody else has is one person in labels and texts of the whole corpus."""
    study.link(label("Anouk", "one"), said("Anouk’s", "two"), said("ANOUK", "three"))
    people = {study.named("Anouk", scope).id for scope in ("one", "two", "three")}
    assert len(people) == 1
    assert not study.named("Anouk").ambiguous


def test_unknown_initials_stay_in_their_talk(study: Study) -> None:
    """Initials of nobody known are a person of their talk only."""
    study.link(label("KW", "one"), label("KW", "two"))
    assert study.named("KW", "one") != study.named("KW", "two")


def test_titles_tell_apart(study: Study) -> None:
    """Mr and Ms Smith are two, and a bare Smith is then ambiguous."""
    study.link(said("Mr Smith", "t"), said("Mrs Smith", "t"), said("Smith", "t"))
    mister, missus = study.named("Mr Smith", "t"), study.named("Mrs Smith", "t")
    assert (mister.gender, missus.gender) == (Gender.MALE, Gender.FEMALE)
    assert mister != missus
    assert study.named("Smith", "t").ambiguous


def test_a_full_name_found_in_text_has_parts(study: Study) -> None:
    """A person known from text alone is also meant by parts of her name."""
    study.link(said("Tom Baker", "t"), said("Tom", "t"), said("Mr Baker", "t"), said("Tom", "u"))
    tom = study.named("Tom Baker", "t")
    assert study.named("Tom", "u") == study.named("Tom", "t") == study.named("Mr Baker", "t") == tom
    assert tom.gender is Gender.MALE
    assert tom.names[0] == "Tom Baker"


def test_organisations_have_identities(study: Study) -> None:
    """An organisation is one identity by its folded name; places have none."""
    study.link(
        Mention("ORGANIZATION", "Ashton College", "t"),
        Mention("ORGANIZATION", "ASHTON COLLEGE", "u"),
        Mention("LOCATION", "Ashton", "t"),
    )
    found = study.named("Ashton College", "t")
    assert found.kind is Kind.ORGANISATION
    assert found == study.named("ashton college", "u")
    assert study.nobody("Ashton", "t")
