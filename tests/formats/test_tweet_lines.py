from __future__ import annotations

import json
from typing import Any

import pytest

from anonymize.formats.tweet_lines import Line, document_of
from anonymize.formats.tweets_jsonl import FORMAT
from anonymize.model.documents import Document, Removal
from anonymize.model.fields import Field, Role
from tests.formats.activity_cases import activity, actor, notice, share

JO = actor("5550001", "jo_invented", "Jo Invented")
AL = actor("5550002", "al_invented", "Al Invented")
POST = activity("801000000000000001", JO, "@al_invented is it on?", AL)
RETWEET = share("801000000000000002", AL, POST)
QUOTE = {**activity("801000000000000003", AL, "Look"), "twitter_quoted_status": POST}
REPLY = {
    **activity("801000000000000004", AL, "@jo_invented it is", JO),
    "inReplyTo": {"link": "http://twitter.com/jo_invented/statuses/801000000000000001"},
}


def same(document: Document) -> dict[Any, str | None]:
    """Return the unchanged values."""
    return {field.path: field.value for field in document.fields}


def by_path(document: Document) -> dict[str, Field]:
    """Return fields by dotted path."""
    return {".".join(map(str, field.path)): field for field in document.fields}


@pytest.mark.parametrize("record", [POST, RETWEET, QUOTE, REPLY])
def test_activities_come_back_as_they_were(record: dict[str, Any]) -> None:
    """Every value of an activity has a role, and unchanged texts give the record."""
    document = document_of(record, "@0")
    assert json.loads(FORMAT.rebuild(document, same(document))) == record
    assert [f.path for f in document.fields if f.kind == "unknown"] == []
    assert not document.sections[0].withhold
    rules = {f.path[0] for f in document.fields if f.kind == "rule"}
    assert {"generator", "provider", "gnip", "actor"} <= rules


def test_ids_of_activities_are_those_of_other_formats() -> None:
    """What Gnip writes before an id is no part of it, and stands before the new one."""
    document = document_of(RETWEET, "@0")
    fields = by_path(document)
    assert document.id == fields["id"].value == "801000000000000002"
    assert (fields["actor.id"].value, fields["actor.id"].kind) == ("5550002", "user")
    assert fields["object.object.id"].value == fields["object.id"].value == "801000000000000001"
    assert document.sections[0].posts == ("801000000000000002", "801000000000000001")
    new = {**same(document), ("id",): "tw_a", ("actor", "id"): None}
    built = json.loads(FORMAT.rebuild(document, new))
    assert built["id"] == "tag:search.twitter.com,2005:tw_a"
    assert "id" not in built["actor"]


def test_accounts_of_activities_are_their_own() -> None:
    """A retweet is its actor's, what it passes on is another's, and so are mentions."""
    document = document_of(RETWEET, "@0")
    fields = by_path(document)
    assert document.sections[0].author == fields["actor.preferredUsername"].subject
    assert fields["object.actor.id"].subject == fields["object.actor.displayName"].subject
    mention = fields["object.twitter_entities.user_mentions.0.screen_name"]
    assert (
        len({document.sections[0].author, fields["object.actor.id"].subject, mention.subject}) == 3
    )
    writers = dict(document.writers)
    assert writers["801000000000000001"] == fields["object.actor.id"].subject
    assert writers["801000000000000002"] == document.sections[0].author
    deep = fields["object.long_object.twitter_entities.user_mentions.0.indices.1"]
    assert deep.target == ("object", "long_object", "body")
    assert (document.language, document_of(REPLY, "@0").scope) == ("en", "801000000000000001")


@pytest.mark.parametrize(
    ("line", "removals"),
    [
        (notice("801000000000000001"), ["post 801000000000000001"]),
        (
            {"status_withheld": {"id": 11, "user_id": 3, "withheld_in_countries": ["NL"]}},
            ["post 11"],
        ),
        ({"status_withheld": {"status": {"id_str": "11"}}}, ["post 11"]),
        ({"user_withheld": {"id": 3, "withheld_in_countries": ["NL"]}}, ["user 3"]),
        ({"user_withheld": {"user": {"id": 3}, "timestamp_ms": "1"}}, ["user 3"]),
        ({"data": {"user_withheld": {"user": {"id": "3"}}}}, ["user 3"]),
        ({"data": {"withheld": {"tweet": {"id": "11", "author_id": "3"}}}}, ["post 11"]),
        ({"user_suspend": {"id": 3, "timestamp_ms": "1"}}, ["user 3"]),
        ({"delete": {"favorite": {"tweet_id": 11, "user_id": 3}}}, []),
        ({"scrub_geo": {"user_id": 3, "up_to_status_id": 11}}, ["geo 3"]),
        ({"data": {"scrub_geo": {"tweet": {"id": "11"}}}}, ["geo 11"]),
        ({"id": "11", "action": "delete", "reason": "scrub_geo"}, ["geo 11"]),
        ({"id": "11", "action": "delete", "reason": "protected"}, ["post 11", "user 11"]),
        ({"limit": {"track": 9, "timestamp_ms": "1"}}, []),
        ({"warning": {"code": "FALLING_BEHIND", "percent_full": 60}}, []),
        ({"disconnect": {"code": 4, "stream_name": "x", "reason": "y"}}, []),
        ({"info": {"message": "Replay Request Completed", "activity_count": 9}}, []),
        ({"title": "ConnectionException", "connection_issue": "TooManyConnections"}, []),
        ({"data": {"tweet_edit": {"tweet": {"id": "11", "edit_tweet_ids": ["9"]}}}}, []),
    ],
)
def test_notices_of_every_stream_are_honoured(line: dict[str, Any], removals: list[str]) -> None:
    """Deletions, withheld posts and accounts, and places ask for removals; none is written."""
    document = document_of(line, "@0")
    assert [section.withhold for section in document.sections] == ["control-line"]
    assert [f"{one.kind} {one.id}" for one in document.removals] == removals
    assert all(isinstance(one, Removal) for one in document.removals)
    assert {field.role for field in document.fields} <= {Role.OPAQUE}


TWEET = {
    "id": "801000000000000009",
    "id_str": "801000000000000009",
    "full_text": "so it is",
    "lang": "en",
    "user": {"id": "5550001", "id_str": "5550001", "screen_name": "jo_invented", "name": "Jo"},
}


@pytest.mark.parametrize(
    ("page", "names"),
    [
        ({"statuses": [TWEET, TWEET], "search_metadata": {"query": "jo"}},
         ["801000000000000009", "@0/1"]),
        ({"results": [POST, TWEET], "next": "x", "requestParameters": {"maxResults": 10}},
         ["801000000000000001", "801000000000000009"]),
        ({"users": [TWEET["user"]], "next_cursor": 12345678, "total_count": 1}, ["5550001"]),
        ({"statuses": []}, ["@0"]),
    ],
)  # fmt: skip
def test_pages_of_v1_have_a_section_a_record(page: dict[str, Any], names: list[str]) -> None:
    """Search, premium search and lists of accounts are taken apart; query and cursors dropped."""
    document = document_of(page, "@0")
    assert [section.id for section in document.sections] == names
    assert json.loads(FORMAT.rebuild(document, same(document))) == page
    assert [f.path for f in document.fields if f.kind == "unknown"] == []
    if len(names) > 1:
        left = json.loads(FORMAT.rebuild(document, same(document), frozenset({0})))
        key = next(iter(page))
        assert len(left[key]) == 1


def test_a_stranger_on_a_page_is_withheld_alone() -> None:
    """An element nobody knows is withheld; its neighbours are written."""
    document = document_of({"statuses": [TWEET, {"zz": "1"}, 7]}, "@0")
    assert [s.withhold for s in document.sections] == ["", "unknown-record", "unknown-record"]
    assert isinstance(document.record, Line)
