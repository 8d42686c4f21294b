"""Accounts without a full name: to whom they are joined by what they show, and to whom not."""

from __future__ import annotations

import pytest

from anonymize.link.clues import Clue, Cue
from anonymize.link.reasons import Obstacle, Reason
from anonymize.model.identities import Mention
from tests.link.stories import Study, account, said


@pytest.mark.parametrize(
    ("handle", "shown", "reason"),
    [("jane_thornquill", "", Reason.HANDLE), ("jthornquill_media", "", Reason.HANDLE),
     ("MsThornquill_Art", "", Reason.HANDLE), ("tiny_otter", "Jane T.", Reason.DISPLAY),
     ("tiny_otter", "Miss Thornquill", Reason.DISPLAY), ("janey_thornquill", "", Reason.HANDLE)],
)  # fmt: skip
def test_an_account_joins_whom_it_shows(
    study: Study, handle: str, shown: str, reason: Reason
) -> None:
    """Handle or display name point to one person of the talk, and say why."""
    study.link(account("111111", handle, name=shown), said("Jane Thornquill", "talk"))
    person = study.named("Jane Thornquill")
    assert study.user("111111") == person
    assert reason in {one.reason for one in study.store.why().joined[person.id]}


@pytest.mark.parametrize(
    ("handle", "shown"),
    [("jane_87", ""), ("tiny_otter", "Jane"), ("MrThornquill_Art", ""), ("tiny_otter", "Tom T."),
     ("jane_thornquiller", ""), ("tom_thornquill", "")],
)  # fmt: skip
def test_an_account_does_not_join_whom_it_might_be(study: Study, handle: str, shown: str) -> None:
    """A given name alone, another title, another initial, a longer name: not enough."""
    study.link(account("111111", handle, name=shown), said("Jane Thornquill", "talk"))
    assert study.user("111111") != study.named("Jane Thornquill")


def test_two_who_fit_are_neither(study: Study) -> None:
    """A handle that fits two persons joins none, and both refusals are remembered."""
    study.link(
        account("111111", "jthornquill"),
        said("Jane Thornquill", "talk"),
        said("Joan Thornquill", "talk"),
    )
    me = study.user("111111")
    assert me not in {study.named("Jane Thornquill"), study.named("Joan Thornquill")}
    refused = [no for no in study.store.why().refused if me.id in {no.one, no.other}]
    assert [no.obstacle for no in refused] == [Obstacle.SEVERAL] * 2


def test_a_second_account_stays_apart(study: Study) -> None:
    """Of two accounts on one platform that show one name the second is not joined, and told."""
    study.link(
        account("111111", "jane_t", name="Jane Thornquill"),
        account("222222", "jane_thornquill"),
    )
    assert study.user("111111") != study.user("222222")
    obstacles = {no.obstacle for no in study.store.why().refused}
    assert Obstacle.ACCOUNTS in obstacles


def test_an_address_joins_whom_it_is_built_from(study: Study) -> None:
    """An e-mail address found in a text is that of the one person whose name it holds."""
    study.link(
        account("111111", "tiny_otter", name="Jane Thornquill"),
        Mention("EMAIL_ADDRESS", "j.thornquill@college.example", "talk"),
    )
    assert study.user("111111").emails == ("j.thornquill@college.example",)


def test_what_others_call_an_account_counts(study: Study) -> None:
    """Called three times by the only such given name, an opaque account is that person's."""
    called = [
        Clue(Cue.ADDRESS, f"c\x1e{number}", ("handle", "x", "tiny_otter"), "Jane")
        for number in range(3)
    ]
    study.link(account("111111", "tiny_otter"), said("Jane Thornquill", "talk"), *called)
    assert study.user("111111") == study.named("Jane Thornquill")
