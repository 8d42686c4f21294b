"""Tests of tweets as 4CAT and Zeeschuimer keep them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from anonymize.formats.tweets_jsonl import FORMAT, document_of
from anonymize.formats.x_fourcat import fourcat_of
from anonymize.model.documents import Document
from anonymize.model.fields import Role
from tests.formats.transcript_cases import same, shard_of
from tests.strategies import CHARS

USER = {
    "id": "44",
    "username": "anna_k",
    "name": "Anna Kell",
    "description": "teacher",
    "created_at": "2010-01-01T00:00:00.000Z",
    "public_metrics": {"followers_count": 3},
}


def enriched(**more: Any) -> dict[str, Any]:
    """Return a tweet of 4CAT's searches of API v2."""
    return {
        "id": "1256152211234567891",
        "text": "@ben_b see Anna Kell",
        "author_id": "44",
        "conversation_id": "1256152211234567800",
        "created_at": "2020-05-01T09:30:00.000Z",
        "public_metrics": {"like_count": 3},
        "author_user": USER,
        "entities": {
            "mentions": [{"start": 0, "end": 6, "username": "ben_b", "id": "45", "name": "Ben"}],
        },
        "attachments": {"media_keys": [{"media_key": "3_12", "type": "photo"}, "3_13"]},
        "geo": {"place": {"id": "abc", "full_name": "Leeds, England"}},
        "referenced_tweets": [
            {"type": "quoted", "id": "12561522112", "text": "old", "author_user": USER},
        ],
        **more,
    }


def web(number: str, name: str, text: str, **more: Any) -> dict[str, Any]:
    """Return a tweet as the web page is sent it."""
    user = {
        "__typename": "User",
        "id": "VXNlcjo0NA==",
        "rest_id": "44",
        "legacy": {"screen_name": name, "name": "Anna Kell", "description": "teacher"},
    }
    return {
        "__typename": "Tweet",
        "rest_id": number,
        "core": {"user_results": {"result": user}},
        "legacy": {
            "full_text": text,
            "id_str": number,
            "user_id_str": "44",
            "conversation_id_str": "1256152211234567800",
            "created_at": "Fri May 01 09:30:00 +0000 2020",
            "entities": {
                "user_mentions": [{"screen_name": "ben_b", "id_str": "45", "indices": [0, 6]}],
            },
            **more,
        },
        "views": {"count": "12", "state": "EnabledWithCount"},
        "source": "<a>App</a>",
    }


def _fields(document: Document) -> dict[str, Any]:
    return {".".join(map(str, one.path)): one for one in document.fields}


def test_enriched() -> None:
    """Accounts, media and places put into a tweet are its own; a bare media key is unknown."""
    document = document_of(enriched(), "@0")
    fields = _fields(document)
    assert document.id == "1256152211234567891"
    assert document.scope == "1256152211234567800"
    assert document.sections[0].posts == ("1256152211234567891", "12561522112")
    assert document.sections[0].author == fields["author_user.username"].subject == "author"
    assert fields["author_id"].subject == "author"
    assert fields["referenced_tweets.0.author_user.name"].subject == "referenced_tweets.0.author"
    assert fields["attachments.media_keys.0.media_key"].kind == "media"
    assert fields["attachments.media_keys.1"].kind == "unknown"
    assert fields["geo.place.full_name"].role is Role.PLACE
    assert fields["entities.mentions.0.end"].target == ("text",)


def test_web() -> None:
    """Under `legacy` and `core` stand one tweet and its author, and what it passes on."""
    inner = web("1256152211234567777", "cara_z", "@ben_b I am Cara")
    value = web("1256152211234567899", "anna_k", "hi", retweeted_status_result={"result": inner})
    document = document_of({**value, "__import_meta": {"user_agent": "x"}}, "@0")
    fields = _fields(document)
    assert document.id == "1256152211234567899"
    assert document.sections[0].posts == ("1256152211234567899", "1256152211234567777")
    assert document.sections[0].author == "author"
    for path in ("legacy.user_id_str", "core.user_results.result.legacy.screen_name"):
        assert fields[path].subject == "author"
    assert fields["core.user_results.result.rest_id"].subject == "author"
    nested = "legacy.retweeted_status_result.result"
    assert fields[f"{nested}.legacy.user_id_str"].subject == f"{nested}.author"
    target = fields["legacy.entities.user_mentions.0.indices.1"].target
    assert target == ("legacy", "full_text")
    dropped = {path for path, one in fields.items() if one.kind == "rule"}
    assert {"__import_meta.user_agent", "source", "core.user_results.result.id"} <= dropped


def test_wrapped(tmp_path: Path) -> None:
    """An item of Zeeschuimer is the tweet in it; what else it says of the visit is dropped."""
    item = {
        "item_id": "1256152211234567900",
        "timestamp_collected": 1_700_000_000_000,
        "source_platform": "twitter.com",
        "source_url": "https://twitter.com/jane",
        "user_agent": "jane",
        "data": web("1256152211234567900", "ben_b", "@ben_b self"),
        "new": {"key": "jane"},
    }
    shard = shard_of(FORMAT, tmp_path / "a.ndjson", json.dumps(item).encode())
    (document,) = (one for one in FORMAT.read(shard) if isinstance(one, Document))
    assert document.id == "1256152211234567900"
    assert not document.sections[0].withhold
    assert _fields(document)["new.key"].kind == "unknown"
    assert json.loads(FORMAT.rebuild(document, same(document))) == item
    kept = {one.path: one.value for one in document.fields if one.role is not Role.OPAQUE}
    assert b"jane" not in FORMAT.rebuild(document, kept)


@given(st.text(CHARS, max_size=20), st.dictionaries(st.text(CHARS, max_size=4), st.text(CHARS)))
def test_round_trip(text: str, more: dict[str, str]) -> None:
    """A line rebuilt with unchanged texts is the same value, whatever keys it has."""
    for value in (
        {**more, **enriched(text=text)},
        {**more, **web("12", "anna_k", text, quoted_status_result=more)},
        {**more, "source_platform": "x.com", "data": web("12", "anna_k", text)},
    ):
        document = document_of(value, "@0")
        assert json.loads(FORMAT.rebuild(document, same(document))) == value


def test_others() -> None:
    """What neither program writes is told by others."""
    assert fourcat_of({"id": "1", "text": "a", "author_id": "2"}) is None
    assert fourcat_of({"legacy": "a", "rest_id": "2"}) is None
    assert fourcat_of({"source_platform": "x.com", "data": {"id": "3"}}) is None
    assert fourcat_of({"type": "adaptive", "legacy": {"id_str": "7", "full_text": "a"}}) is not None
