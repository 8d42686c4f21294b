from __future__ import annotations

from anonymize.model.identities import Mention, Search
from tests.link.stories import Study, account, label, row, said


def _searches(study: Study) -> dict[tuple[str, str], Search]:
    return {(one.entity_type, one.value): one.search for one in study.store.known()}


def test_handles_are_searched_unless_ordinary(study: Study) -> None:
    """Handles are searched always; ordinary or very short words in fields only."""
    study.link(
        account("111111", "MsSmith_Media"), account("222222", "student"), account("333333", "rose"),
        account("444444", "abc"), Mention("HANDLE", "@tom_baker99", "t"), ordinary=["rose"],
    )  # fmt: skip
    found = _searches(study)
    assert found["HANDLE", "MsSmith_Media"] is Search.ALWAYS
    assert found["HANDLE", "tom_baker99"] is Search.ALWAYS
    for ordinary in ("student", "rose", "abc"):
        assert found["HANDLE", ordinary] is Search.FIELDS


def test_parts_of_labels_are_searched_as_those_of_accounts_are(study: Study) -> None:
    """Who speaks is called by a part of her name, also where no model finds it."""
    study.link(
        label("Ida Farrow", "talk"),
        label("Jessica Marsh", "talk"),
        label("Second Interviewer", "talk"),
    )
    found = _searches(study)
    assert found["PERSON", "Ida Farrow"] is Search.ALWAYS
    assert found["PERSON", "Ida"] is Search.AS_WRITTEN
    assert found["PERSON", "Jessica"] is Search.ANY_CASE
    assert found["PERSON", "Farrow"] is Search.AS_WRITTEN
    assert not {"Second", "Interviewer"} & {value for _, value in found}


def test_names_on_their_own_server_are_searched(study: Study) -> None:
    """Of a handle with a server the name alone is searched for too, unless it is ordinary."""
    study.link(
        account("111111", "bram_quill@far.example", platform="mastodon"),
        account("222222", "student@far.example", platform="mastodon"),
        account("333333", "far@far.example", platform="mastodon"),
        account("did:plc:a", "mara-lund.bsky.social", platform="bluesky"),
        account("did:plc:b", "lund.example", platform="bluesky"),
    )
    found = _searches(study)
    assert found["HANDLE", "bram_quill"] is Search.ANY_CASE
    assert found["HANDLE", "mara-lund"] is Search.ANY_CASE
    assert not {"student", "far", "lund"} & {value for kind, value in found if kind == "HANDLE"}


def test_display_names_are_searched_when_names(study: Study) -> None:
    """Display names that look like persons' are searched always, others in fields."""
    study.link(
        account("111111", "a_1", name="Jane Smith 📚"),
        account("222222", "a_2", name="Janey"),
        account("333333", "a_3", name="the student"),
    )
    found = _searches(study)
    assert found["PERSON", "Jane Smith"] is Search.ALWAYS
    assert found["PERSON", "Janey"] is Search.FIELDS
    assert found["PERSON", "the student"] is Search.FIELDS


def test_roster_names_and_their_parts(study: Study) -> None:
    """Roster names and their parts are searched always, ordinary words when capitalised."""
    study.link(
        label("Anouk", "talk"), label("Interviewer", "talk"), said("Ola Nord", "talk"),
        roster=[row("T1", "Will Rose", "JS", "Janey"), row("T2", "Mai van Dyke", "Mr Okafor")],
        ordinary=["rose"],
    )  # fmt: skip
    found = _searches(study)
    assert found["PERSON", "Will Rose"] is Search.ALWAYS
    assert found["PERSON", "will"] is Search.CAPITALISED
    assert found["PERSON", "rose"] is Search.CAPITALISED
    assert found["PERSON", "Janey"] is Search.ALWAYS
    assert found["PERSON", "JS"] is Search.AS_WRITTEN
    assert found["PERSON", "van dyke"] is Search.ALWAYS
    assert found["PERSON", "okafor"] is Search.ALWAYS
    assert found["PERSON", "Anouk"] is Search.ALWAYS
    assert ("PERSON", "Interviewer") not in found
    assert found["PERSON", "Ola Nord"] is Search.ALWAYS
    assert found["PERSON", "Nord"] is Search.AS_WRITTEN


def test_addresses_numbers_and_ids(study: Study) -> None:
    """E-mails and phones are searched always; ids are known by lookup and not listed."""
    study.link(
        account("111111", email="JS@college.example"),
        Mention("PHONE_NUMBER", "07700 900123", "t"),
        Mention("PHONE_NUMBER", "999", "t"),
    )
    found = _searches(study)
    assert found == {
        ("EMAIL_ADDRESS", "js@college.example"): Search.ALWAYS,
        ("PHONE_NUMBER", "07700 900123"): Search.ALWAYS,
    }


def test_every_searched_name_is_somebody(study: Study) -> None:
    """Whatever is searched for in text can be looked up and has an identity."""
    study.link(
        account("111111", "a_1", name="Jane Smith"), account("222222", "a_2", name="Jane Smith"),
        label("Anouk", "talk"),
        roster=[row("T1", "Jane Brown", "JB"), row("T2", "Ali Brown")],
    )  # fmt: skip
    for one in study.store.known():
        if one.entity_type == "PERSON" and one.search is not Search.FIELDS:
            study.named(one.value)
