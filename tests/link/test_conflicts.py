"""What is found wrong in a roster, by itself and against evidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from anonymize.link.conflicts import Conflict, Severity, in_material, in_roster
from anonymize.link.evidence import Evidence
from anonymize.link.sightings import Everybody
from anonymize.model.identities import Mention
from anonymize.model.roster import RosterRow
from tests.link.stories import Study, account, label, row, said, tallied


def _lined(rows: Iterable[RosterRow]) -> list[RosterRow]:
    return [replace(one, line=at) for at, one in enumerate(rows, 2)]


def _codes(found: Iterable[Conflict]) -> list[tuple[int, str]]:
    return [(one.line, one.code) for one in found]


def _alone(*rows: RosterRow) -> list[Conflict]:
    return in_roster(_lined(rows), frozenset(("will", "may", "rose")).__contains__)


def _against(study: Study, rows: Iterable[RosterRow], *items: Evidence) -> list[Conflict]:
    lined = _lined(rows)
    study.link(*items, roster=lined)
    tally = tallied(*items)
    return in_material(lined, tally, Everybody(study.store), study.store.is_real)


FULL = row("t1", "Jessamy Thornquill", handles=["jess_t"], emails=["jt@post.example"])


def test_a_sound_roster_has_no_findings() -> None:
    """Rows of full names with values of their own are fine."""
    assert _alone(FULL, row("s1", "Tamsyn Oakshard", "Tamsie")) == []


@pytest.mark.parametrize(
    ("other", "code"),
    [
        (row("s1", "Tamsyn Oakshard", handles=["JESS_T"]), "handle-in-two-rows"),
        (row("s1", "Tamsyn Oakshard", emails=["jt@post.example"]), "e-mail-in-two-rows"),
        (row("t1", "Tamsyn Oakshard"), "person-in-two-rows"),
        (row("s1", "Tamsyn Oakshard", pseudonym="Jessamy THORNQUILL"), "pseudonym-is-real-name"),
    ],
)
def test_contradictions_of_two_rows_are_errors(other: RosterRow, code: str) -> None:
    """A value only one row may have, in two; a pseudonym that is a real name."""
    (found,) = _alone(FULL, other)
    assert (found.line, found.code, found.severity) == (3, code, Severity.ERROR)
    assert "(line 2)" in found.message


def test_a_pseudonym_wished_twice_is_an_error() -> None:
    """Two persons cannot be called the same."""
    rows = [row(f"s{n}", f"Given{n} Family{n}", pseudonym="Ada Quill") for n in range(2)]
    assert _codes(_alone(*rows)) == [(3, "pseudonym-in-two-rows")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ((FULL, row("s1", "jessamy thornquill")), (3, "full-name-in-two-rows")),
        ((row("a", "Ada Bee", "JT"), row("b", "Cy Dee", "JT")), (3, "nickname-in-two-rows")),
        ((row("a", "Ada Bee", "Dee"), row("b", "Cy Dee", "dee")), (3, "nickname-in-two-rows")),
        ((row("a", "Jezzy"),), (2, "one-part-name")),
        ((row("a", "Will Oakshard"),), (2, "ordinary-word")),
        ((row("a", "Ada Bee", "May"),), (2, "ordinary-word")),
        ((row("a"),), (2, "empty-row")),
        ((row("a", "Ada Bee", consent="yes"), row("b", "Cy Dee")), (3, "consent-empty")),
        (
            (row("a", "Ada Bee"), row("b", "Cy Dee", pseudonym="Ada Q")),
            (3, "pseudonym-part-is-real"),
        ),
    ],
)  # fmt: skip
def test_doubts_are_warnings_or_notes(
    rows: tuple[RosterRow, ...], expected: tuple[int, str]
) -> None:
    """What a roster may well hold, and what may not be as meant, is no error."""
    (found,) = _alone(*rows)
    assert (found.line, found.code) == expected
    assert found.severity is not Severity.ERROR


def test_a_name_without_letters_is_no_name() -> None:
    """It is neither shared nor half of one."""
    assert _alone(row("a", "Ada Bee", "…"), row("b", "Cy Dee", "…")) == []


def test_names_of_bodies_are_judged_as_such() -> None:
    """An organisation of one word is no half name, and needs no consent."""
    rows = row("a", "Ada Bee", consent="yes"), row("o", "Ashburyvale", role="organisation")
    assert _alone(*rows) == []


def test_findings_hold_no_original() -> None:
    """They name rows and positions; of what stands there nothing."""
    rows = [
        row("t1", "Will Thornquill", "JT", handles=["jess_t"], emails=["jt@post.example"]),
        row("s1", "Will Thornquill", "JT", handles=["jess_t"], emails=["jt@post.example"]),
        row("s2", "Jezzy", pseudonym="Will Thornquill", consent="no"),
    ]
    told = "".join(repr(one) + one.message for one in _alone(*rows)).lower()
    assert not [word for word in ("will t", "thornq", "jess", "jt@", "jezzy") if word in told]


def test_material_that_agrees_has_no_findings(study: Study) -> None:
    """Handle seen, name borne by one account, everybody mentioned."""
    seen = account("7", "jess_t", name="Jessamy Thornquill", email="jt@post.example")
    assert _against(study, [FULL], seen, said("Jessamy Thornquill", "s")) == []


def test_a_handle_seen_nowhere_is_told(study: Study) -> None:
    """The row is there otherwise, so the handle may be mis-spelt."""
    rows = [row("t1", "Jessamy Thornquill", handles=["jess_t", "jess_tt"])]
    found = _against(study, rows, account("7", "jess_t"))
    assert _codes(found) == [(2, "handle-unseen")]
    assert "value 2" in found[0].message


def test_what_identifies_nobody_is_passed_over(study: Study) -> None:
    """Archives write -1 for accounts that are gone."""
    gone = account("-1", name="Jessamy Thornquill")
    assert _codes(_against(study, [FULL], gone, account("7", "jess_t"))) == []
    assert Everybody(study.store).handles("x") == ["jess_t"]


def test_a_handle_in_a_text_is_seen(study: Study) -> None:
    """What stands in a text only is there too."""
    assert _against(study, [FULL], Mention("HANDLE", "@Jess_T", "s")) == []


def test_a_row_nobody_mentions_is_told_once(study: Study) -> None:
    """Its handles are not told of besides."""
    assert _codes(_against(study, [FULL], said("Tamsyn Oakshard", "s"))) == [(2, "nobody-mentions")]


def test_a_label_mentions_a_row(study: Study) -> None:
    """Who speaks under her initials is there."""
    rows = [row("t1", "Jessamy Thornquill", "JT")]
    assert _against(study, rows, label("JT", "s")) == []


def test_a_name_two_accounts_bear_is_told(study: Study) -> None:
    """The row has no handle that says which is hers."""
    rows = [row("t1", "Jessamy Thornquill")]
    two = [account(n, f"h{n}", name="Jessamy Thornquill") for n in ("7", "8")]
    assert (2, "name-of-two-accounts") in _codes(_against(study, rows, *two))


def test_a_name_that_another_account_bears_is_told(study: Study) -> None:
    """The row has an account; one of that name is not it."""
    items = account("7", "jess_t"), account("8", "h8", name="Jessamy Thornquill")
    codes = _codes(_against(study, [FULL], *items))
    assert [code for _, code in codes] == ["name-of-other-account"]


def test_an_account_of_two_rows_is_an_error(study: Study) -> None:
    """Handle and e-mail of one account stand in two rows."""
    rows = [row("t1", "Ada Bee", handles=["ada_b"]), row("t2", "Cy Dee", emails=["c@d.example"])]
    items = account("7", "ada_b", email="c@d.example"), said("Ada Bee", "s"), said("Cy Dee", "s")
    (found,) = _against(study, rows, *items)
    assert (found.line, found.code) == (3, "account-of-two-rows")
    assert found.severity is Severity.ERROR


def test_an_earlier_handle_in_another_row_is_an_error(study: Study) -> None:
    """By rename history it belongs to the row of the account."""
    rows = [row("t1", "Ada Bee", handles=["ada_b"]), row("t2", "Cy Dee", handles=["ada_old"])]
    items = (
        account("7", "ada_b"),
        account("7", "ada_old"),
        said("Ada Bee", "s"),
        said("Cy Dee", "s"),
    )
    (found,) = _against(study, rows, *items)
    assert (found.line, found.code) == (3, "renamed-account")
    assert found.severity is Severity.ERROR
    assert "row t1 (line 2)" in found.message


def test_a_pseudonym_that_is_real_in_the_material_is_told(study: Study) -> None:
    """As a whole it is an error, in part a warning."""
    rows = [
        row("t1", "Ada Bee", pseudonym="Tamsyn Oakshard"),
        row("t2", "Cy Dee", pseudonym="Tamsyn Q"),
    ]
    items = [said(name, "s") for name in ("Ada Bee", "Cy Dee", "Tamsyn Oakshard")]
    found = _against(study, rows, *items)
    assert _codes(found) == [(2, "pseudonym-is-real-name"), (3, "pseudonym-part-is-real")]
    assert [one.severity for one in found] == [Severity.ERROR, Severity.WARNING]
