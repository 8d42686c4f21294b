from __future__ import annotations

from anonymize.model.identities import Mention
from tests.link.stories import Study, account, row


def test_a_renamed_account_is_one_person(study: Study) -> None:
    """A user id joins every handle and display name it was seen with."""
    study.link(
        account("111111", "jane_s", name="Jane S."),
        account("111111", "MsSmith_Media", name="Jane Smith"),
    )
    person = study.user("111111")
    assert study.handle("JANE_S") == study.handle("@mssmith_media") == person
    assert person.handles == (("x", "MsSmith_Media"), ("x", "jane_s"))
    assert person.names == ("Jane Smith", "Jane S.")
    assert study.named("Jane Smith") == person


def test_a_handle_taken_over_is_nobodys(study: Study) -> None:
    """A handle seen with two user ids joins neither, is ambiguous and counted."""
    found = study.link(account("111111", "shared"), account("222222", "shared", "own"))
    assert study.user("111111") != study.user("222222")
    assert study.handle("shared").ambiguous
    assert study.handle("own") == study.user("222222")
    assert [p.code for p in found.problems] == ["handle-of-two-accounts"]
    assert found.counts["link/handle-of-two-accounts"] == 1
    assert not any(p.withheld for p in found.problems)


def test_the_roster_settles_a_handle(study: Study) -> None:
    """A handle seen with two ids is the roster person's when her row names it."""
    found = study.link(
        account("111111", "shared"),
        account("222222", "shared"),
        roster=[row("T1", "Jane Smith", handles=["shared"])],
    )
    assert study.user("111111") == study.user("222222") == study.handle("shared")
    assert not found.problems


def test_two_rows_are_never_joined(study: Study) -> None:
    """An account that used the handles of two rows, and a shared e-mail, join them not."""
    found = study.link(
        account("111111", "jane_s", "tom_b"),
        roster=[
            row("T1", "Jane Smith", handles=["jane_s"], emails=["office@college.example"]),
            row("T2", "Tom Baker", handles=["tom_b"], emails=["office@college.example"]),
        ],
    )
    assert study.handle("jane_s").roster == "T1"
    assert study.handle("tom_b").roster == "T2"
    assert study.user("111111").roster == ""
    assert {p.code for p in found.problems} == {"account-of-two-people", "email-of-two-people"}


def test_the_owner_of_a_takeout_is_one_account(study: Study) -> None:
    """Seed files of one takeout speak of one account, those of another of another."""
    study.link(
        account("111111", "jane_s", scope="zip1", owner=True),
        account("", "jane_old", scope="zip1", owner=True),
        account("", email="js@college.example", scope="zip1", owner=True),
        account("", "tom_b", scope="zip2", owner=True),
        account("", "loose", scope="", owner=True),
    )
    jane = study.user("111111")
    assert study.handle("jane_old") == jane
    assert jane.emails == ("js@college.example",)
    assert study.handle("tom_b") != jane != study.handle("loose")
    owner = study.store.directory("safeguarded").owner("zip1")
    assert owner is not None
    assert owner.person == jane


def test_a_handle_without_id_meets_its_id(study: Study) -> None:
    """Handles seen alone, in text or in a table, are the account's seen elsewhere with an id."""
    study.link(
        account("111111", "Jane_S"),
        account("", "jane_s", name="Jane Smith", email="js@college.example"),
        Mention("HANDLE", "@JANE_S", "t"),
        Mention("EMAIL_ADDRESS", "js at college dot example", "t"),
    )
    directory = study.store.directory("safeguarded")
    found = directory.email("JS@college.example")
    assert found is not None
    assert found.person == study.user("111111") == study.named("Jane Smith")


def test_nobodys_id_joins_nobody(study: Study) -> None:
    """The id -1 of deleted accounts does not make their handles one person."""
    study.link(account("-1", "gone_one"), account("-1", "gone_two"))
    assert study.handle("gone_one") != study.handle("gone_two")


def test_consent_and_role_come_from_the_roster(study: Study) -> None:
    """Role, consent and wished pseudonym of a row stand with the person, and outlive the row."""
    study.link(
        account("111111", "jane_s"),
        roster=[row("T1", "Ms Jane Smith", handles=["jane_s"], role="teacher",
                    consent="withdrawn", pseudonym="Mira Keller")],
    )  # fmt: skip
    person = study.user("111111")
    assert (person.role, person.consent, person.chosen) == ("teacher", "withdrawn", "Mira Keller")
    assert person.gender == "f"
    study.link()
    assert study.user("111111").consent == "withdrawn"
