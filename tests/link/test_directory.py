from __future__ import annotations

from anonymize.model.directory import Directory
from anonymize.model.identities import Mention
from tests.link.stories import TIER, Study, account


def test_cut_handles_need_one_fit(study: Study) -> None:
    """A cut handle is found only when one known handle begins so."""
    study.link(account("111111", "jane_s"), account("222222", "jan_b"), account("333333", "tom_b"))
    directory: Directory = study.store.directory(TIER)
    found = directory.handle("x", "@Jane", cut=True)
    assert found is not None
    assert found.person == study.user("111111")
    assert directory.handle("x", "jan", cut=True) is None
    assert directory.handle("x", "zoe", cut=True) is None
    assert directory.handle("x", "jane") is None


def test_handles_in_other_dress_are_found(study: Study) -> None:
    """A handle in words or squeezed is found where only one handle has that form."""
    study.link(account("111111", "MsSmith_Media"), account("222222", "tom_baker"),
               account("333333", "tombaker"))  # fmt: skip
    directory = study.store.directory(TIER)
    for dress in ("mssmith media", "MSSMITHMEDIA", "MsSmith-Media"):
        found = directory.handle("x", dress)
        assert found is not None
        assert found.person == study.user("111111")
    assert directory.handle("x", "tom baker") is not None
    exact = directory.handle("x", "tombaker")
    assert exact is not None
    assert exact.person == study.user("333333")


def test_handles_without_their_server_are_found(study: Study) -> None:
    """A name on another server is found as it stands in a text, unless an account of X has it."""
    study.link(
        account("111111", "bram_quill@far.example", platform="mastodon"),
        account("222222", "ida_farrow@far.example", platform="mastodon"),
        account("333333", "Ida_Farrow"),
    )
    directory = study.store.directory(TIER)
    for dress in ("bram_quill", "Bram Quill", "bramquill"):
        found = directory.handle("x", dress)
        assert found is not None
        assert found.person.handles == (("mastodon", "bram_quill@far.example"),)
    other = directory.handle("x", "idafarrow")
    assert other is not None
    assert other.person == study.user("333333")


def test_the_unknown_is_none(study: Study) -> None:
    """What nothing exact is known of has no entry."""
    study.link(account("111111", "jane_s"))
    directory = study.store.directory(TIER)
    assert directory.user("x", "999999") is None
    assert directory.user("x", "-1") is None
    assert directory.handle("x", "") is None
    assert directory.name("Nobody", "t") is None
    assert directory.name("…") is None
    assert directory.email("n@example.org") is None
    assert directory.phone("1") is None
    assert directory.owner("zip") is None


def test_phones_are_found_by_digits(study: Study) -> None:
    """A phone number is found however it is written."""
    study.link(Mention("PHONE_NUMBER", "+44 7700 900123", "t"))
    found = study.store.directory(TIER).phone("07700-900-123")
    assert found is not None
    assert found.person.phones == ("+44 7700 900123",)


def test_without_a_surrogate_there_is_no_entry(study: Study) -> None:
    """A person not named in a tier has no entry there."""
    study.link(account("111111", "jane_s"))
    assert study.store.directory("open").user("x", "111111") is None
    assert study.store.directory(TIER).user("x", "111111") is not None
