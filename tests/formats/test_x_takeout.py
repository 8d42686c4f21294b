from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anonymize.errors import FormatError
from anonymize.formats.base import Plan, PlanOptions
from anonymize.formats.x_takeout import FILE, FORMAT, XTakeout
from anonymize.formats.x_takeout_files import classify
from anonymize.model.documents import Document, Problem, RemovalKind, Shard
from anonymize.model.fields import Encoding, Field, Role
from tests.formats.takeout_cases import ACCOUNT, FILES, TWEET, js, single, takeout, unpacked
from tests.strategies import takeout_tweets

quick = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


def read(plan: Plan, reader: XTakeout = FORMAT) -> list[Document]:
    """Return all documents of a plan; there must be no problem."""
    items = [item for shard in plan.shards for item in reader.read(shard)]
    assert not [item for item in items if isinstance(item, Problem)]
    return [item for item in items if isinstance(item, Document)]


def fields(document: Document) -> dict[str, Field]:
    """Return fields by dotted path."""
    return {".".join(map(str, one.path)): one for one in document.fields}


def same(document: Document) -> dict[Any, str | None]:
    """Return the unchanged values."""
    return {one.path: one.value for one in document.fields}


def test_a_zip_is_planned_by_written_rules(tmp_path: Path) -> None:
    """Tweets and notes are converted, seeds only read, everything else dropped by safe names."""
    source = takeout(tmp_path / "twitter-2023-me_invented.zip", FILES)
    assert FORMAT.claims(source)
    plan = FORMAT.plan(source, 3, PlanOptions())
    assert [shard.index for shard in plan.shards] == list(range(3, 9))
    assert [(shard.label, shard.output) for shard in plan.shards] == [
        ("mine.zip:data/account.js", ""),
        ("mine.zip:data/like.js", ""),
        ("mine.zip:data/manifest.js", ""),
        ("mine.zip:data/note-tweet.js", "data/note-tweet.js"),
        ("mine.zip:data/tweets.js", "data/tweets.js"),
        ("mine.zip:data/tweets-part1.js", "data/tweets-part1.js"),
    ]
    assert {shard.container for shard in plan.shards if shard.output} == {"takeout_k.zip"}
    assert {(one.name, one.reason) for one in plan.dropped} == {
        ("data/README.txt", "rule"),
        ("Your archive.html", "rule"),
        ("assets/", "rule"),
        ("data/account.js", "rule"),
        ("data/like.js", "rule"),
        ("data/manifest.js", "rule"),
        ("data/personalization.js", "rule"),
        ("data/tweets_media/", "rule"),
        ("unknown file 1 (.js)", "unknown"),
    }
    shown = repr((plan, source))
    assert not [word for word in ("me_invented", "diary", "1700000000") if word in shown]


def test_zip_folder_and_single_file_give_the_same_tweets(tmp_path: Path) -> None:
    """However the takeout lies there, its tweets are read alike; only the scope differs."""
    packed = FORMAT.plan(takeout(tmp_path / "a.zip", FILES), 0, PlanOptions())
    again = takeout(tmp_path / "b.zip", {f"mine-2023/{n}": d for n, d in FILES.items()})
    folder = unpacked(tmp_path / "folder", FILES)
    lone = single(tmp_path / "tweets.js", FILES["data/tweets.js"])
    assert FORMAT.claims(again)
    assert FORMAT.claims(folder)
    assert FILE.claims(lone)
    plans = [FORMAT.plan(again, 0, PlanOptions()), FORMAT.plan(folder, 0, PlanOptions())]
    expected = [(one.id, one.fields) for one in read(packed)]
    for plan in plans:
        assert [(one.id, one.fields) for one in read(plan)] == expected
    assert plans[1].shards[-2].output == "takeout_k/data/tweets.js"
    (alone,) = read(FILE.plan(lone, 0, PlanOptions()), FILE)
    assert (alone.id, alone.fields) in expected


def test_the_owner_is_tied_to_her_tweets_by_scope(tmp_path: Path) -> None:
    """Account, manifest and tweets share scope and the subject `owner`."""
    plan = FORMAT.plan(takeout(tmp_path / "a.zip", FILES), 0, PlanOptions())
    documents = read(plan)
    assert {one.scope for one in documents} == {"takeout_k.zip"}
    assert {one.sections[0].author for one in documents} == {"owner"}
    account = fields(documents[0])
    assert {name: (one.role, one.kind, one.subject) for name, one in account.items()} == {
        "account.email": (Role.TEXT, "email", "owner"),
        "account.username": (Role.HANDLE, "x", "owner"),
        "account.accountId": (Role.ID, "user", "owner"),
        "account.accountDisplayName": (Role.NAME, "display", "owner"),
    }
    tweet = fields(documents[-1])
    assert tweet["tweet.full_text"].encoding is Encoding.HTML
    assert (
        tweet["tweet.in_reply_to_user_id"].subject == tweet["tweet.in_reply_to_screen_name"].subject
    )
    assert tweet["tweet.entities.user_mentions.0.indices.1"].target == ("tweet", "full_text")
    assert documents[-1].language == "en"
    note = fields(documents[-3])
    assert note["noteTweet.core.mentions.0.toIndex"].target == ("noteTweet", "core", "text")
    assert not [f for one in documents for f in one.fields if f.kind == "unknown"]


SEEDS: list[tuple[str, Any, set[tuple[str, str, str]]]] = [
    ("screen-name-change", {"screenNameChange": {"accountId": "2001", "screenNameChange": {
        "changedAt": "x", "changedFrom": "old_me", "changedTo": "me"}}},
     {("id", "user", "2001"), ("handle", "x", "old_me"), ("handle", "x", "me")}),
    ("email-address-change", {"emailAddressChange": {"accountId": "2001", "emailChange": {
        "changedTo": "me@x.example"}}},
     {("id", "user", "2001"), ("text", "email", "me@x.example")}),
    ("phone-number", {"device": {"phoneNumber": "+447700900001"}},
     {("text", "phone", "+447700900001")}),
    ("sso", {"sso": {"ssoEmail": "me@x.example"}}, {("text", "email", "me@x.example")}),
    ("ni-devices", {"niDeviceResponse": {"messagingDevice": {"phoneNumber": "+447700900001",
        "carrier": "x"}}}, {("text", "phone", "+447700900001")}),
    ("contact", {"contact": {"id": "1", "emails": ["jo@x.example"], "phoneNumbers": []}},
     {("text", "email", "jo@x.example")}),
    ("follower", {"follower": {"accountId": "2002"}}, {("id", "user", "2002")}),
    ("block", {"blocking": {"accountId": "2002"}}, {("id", "user", "2002")}),
    ("direct-messages", {"dmConversation": {"conversationId": "1-2", "messages": [{
        "messageCreate": {"senderId": "2001", "recipientId": "2002", "text": "private",
            "id": "77"}}]}},
     {("id", "other", "1-2"), ("id", "user", "2001"), ("id", "user", "2002"),
      ("id", "post", "77")}),
    ("profile", {"profile": {"description": {"bio": "I teach", "location": "Town"}}},
     {("text", "bio", "I teach"), ("place", "", "Town")}),
]  # fmt: skip


@pytest.mark.parametrize(("stem", "record", "expected"), SEEDS, ids=[one[0] for one in SEEDS])
def test_seeds_tell_identifiers_and_nothing_else(
    tmp_path: Path,
    stem: str,
    record: Any,
    expected: set[tuple[str, str, str]],
) -> None:
    """Each seed file gives its handles, ids, addresses and numbers, and no private words."""
    name = stem.replace("-", "_")
    plan = FILE.plan(single(tmp_path / f"{stem}.js", js(name, record)), 0, PlanOptions())
    assert [one.reason for one in plan.dropped] == ["rule"]
    (document,) = read(plan, FILE)
    assert {(f.role.value, f.kind, f.value) for f in document.fields} == expected


def test_deleted_tweets_are_deletion_requests(tmp_path: Path) -> None:
    """What the owner took back is asked to be removed from the whole corpus."""
    header = {"tweet": {"tweet_id": "55", "user_id": "2001", "deleted_at": "x"}}
    source = single(tmp_path / "d.js", js("deleted_tweet_headers", header))
    (document,) = read(FILE.plan(source, 0, PlanOptions()), FILE)
    assert [(one.kind, one.id) for one in document.removals] == [(RemovalKind.POST, "55")]


@quick
@given(records=st.lists(takeout_tweets(), max_size=4))
def test_unchanged_texts_give_the_file_back(tmp_path: Path, records: list[Any]) -> None:
    """The round-trip law: head, elements and tail are a takeout file of equal JSON."""
    source = single(tmp_path / "tweets.js", js("tweets", *records))
    plan = FILE.plan(source, 0, PlanOptions())
    documents = read(plan, FILE)
    assert not [f for one in documents for f in one.fields if f.kind == "unknown"]
    shard = plan.shards[0]
    parts = [FILE.rebuild(one, same(one)) for one in documents]
    data = shard.head + shard.between.join(parts) + shard.tail
    assert data.startswith(b"window.YTD.tweets.part0 = [\n")
    assert json.loads(data.partition(b"= ")[2]) == records


def test_an_unknown_key_is_opaque_and_an_unknown_record_withheld(tmp_path: Path) -> None:
    """New keys are unknown leaves; an element without an id is no tweet and withheld."""
    odd = {"tweet": {**TWEET["tweet"], "new": ["x"]}, "beside": "y"}
    source = single(tmp_path / "t.js", js("tweet", odd, {"poem": {"text": "x"}}))
    first, second = read(FILE.plan(source, 0, PlanOptions()), FILE)
    unknown = {name for name, one in fields(first).items() if one.kind == "unknown"}
    assert unknown == {"tweet.new.0", "beside"}
    assert second.sections[0].withhold == "unknown-record"
    assert FILE.rebuild(first, same(first), frozenset({0})) == b""


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (js("tweets", TWEET, TWEET)[:-40], "ends inside record 2"),
        (b"window.YTD.tweets.part0 = ", "ends inside record 1"),
        (b"window.YTD.tweets.part0 = [nope]", "is not valid JSON in record 1"),
        (
            b"window.YTD.tweets.part0 = [" + b"[" * 5000 + b"]" * 5001,
            "nests too deep in record 1",
        ),
        (js("tweets", TWEET).replace(b"jo_", b"\xff\xfe_"), "is not valid JSON in record 1"),
    ],
)
def test_damaged_files_stop_the_run(tmp_path: Path, data: bytes, message: str) -> None:
    """A truncated or broken file names label and record, never content."""
    plan = FILE.plan(single(tmp_path / "tweets.js", data), 0, PlanOptions())
    with pytest.raises(FormatError) as caught:
        list(FILE.read(plan.shards[0]))
    assert str(caught.value) == f"tweets.js: {message}"
    assert caught.value.__cause__ is None
    assert caught.value.exit_code == 4


def test_a_file_that_is_not_what_its_name_says_stops_the_run(tmp_path: Path) -> None:
    """A member called tweets.js that is something else is an error, not silence."""
    source = takeout(tmp_path / "a.zip", {"data/tweets.js": b"alert(1)"})
    plan = FORMAT.plan(source, 0, PlanOptions())
    with pytest.raises(FormatError, match=r"^mine\.zip:data/tweets\.js: does not begin"):
        list(FORMAT.read(plan.shards[0]))


def test_bom_nul_lone_surrogates_and_long_texts(tmp_path: Path) -> None:
    """A byte order mark, NUL, half an emoji and a megabyte of text are read; the half is told."""
    long = "\\\\ud83d " + "x" * 1_000_000 + "\\u0000"
    text = f'"full_text": "cut \\ud83d {long} \\ud83d\\ude00"'
    data = '\ufeffwindow.YTD.tweets.part0 = [{"tweet": {"id_str": "12345678", ' + text + "}}]"
    plan = FILE.plan(single(tmp_path / "tweets.js", data.encode()), 0, PlanOptions())
    document, problem = list(FILE.read(plan.shards[0]))
    assert problem == Problem("lone-surrogate", withheld=False)
    assert isinstance(document, Document)
    value = fields(document)["tweet.full_text"].value
    assert value == "cut \ufffd \\ud83d " + "x" * 1_000_000 + "\0 \U0001f600"


def test_a_link_in_a_folder_is_never_opened(tmp_path: Path) -> None:
    """A symbolic link in an unpacked takeout is listed as unknown, whatever its name."""
    source = unpacked(tmp_path / "t", {"data/account.js": js("account", ACCOUNT)})
    (tmp_path / "t/data/tweets.js").symlink_to(tmp_path / "elsewhere")
    plan = FORMAT.plan(source, 0, PlanOptions())
    assert ("unknown file 1 (.js)", "unknown") in {(one.name, one.reason) for one in plan.dropped}
    assert not [shard for shard in plan.shards if shard.output]


def test_other_zips_and_scripts_are_not_claimed(tmp_path: Path) -> None:
    """A zip without takeout files and a script of another program belong to nobody."""
    assert not FORMAT.claims(takeout(tmp_path / "a.zip", {"photos/a.jpg": b"x"}))
    assert not FILE.claims(single(tmp_path / "a.js", b"window.YTD.diary.part0 = []"))
    assert not FILE.claims(single(tmp_path / "b.js", b"let x = 1"))
    assert not FORMAT.claims(unpacked(tmp_path / "f", {"tweets.js": b"", "talk.txt": b"A: hi"}))


def test_a_takeout_before_2019_has_no_data_folder(tmp_path: Path) -> None:
    """Old archives with everything at the top are takeouts as well."""
    source = unpacked(tmp_path / "t", {"tweet.js": js("tweet", TWEET["tweet"])})
    assert FORMAT.claims(source)
    (document,) = read(FORMAT.plan(source, 0, PlanOptions()))
    assert document.id == TWEET["tweet"]["id"]


@pytest.mark.parametrize(
    ("path", "use"),
    [
        ("data/tweet.js", "convert"),
        ("data/community_tweet.js", "convert"),
        ("data/follower-part12.js", "seed"),
        ("data/ad-impressions-part3.js", "rule"),
        ("data/unheard-of.js", "unknown"),
        ("data/sub/tweets.js", "unknown"),
        ("data/tweets.js.exe", "unknown"),
        ("elsewhere/tweets.js", "unknown"),
    ],
)
def test_files_are_told_by_exact_names(path: str, use: str) -> None:
    """Renames and parts are known; a name that is only like a known one is not."""
    assert classify(path).use == use


def test_memory_does_not_hold_the_file(tmp_path: Path) -> None:
    """Elements are handed out before the rest of the file is read."""
    data = js("tweets", TWEET)[:-1] + b", " + b'{"tweet": {"id": "1"}},' * 60_000 + b"broken"
    shard: Shard = FILE.plan(single(tmp_path / "t.js", data), 0, PlanOptions()).shards[0]
    assert isinstance(next(iter(FILE.read(shard))), Document)
