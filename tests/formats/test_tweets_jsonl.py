from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anonymize.errors import FormatError
from anonymize.formats import lines
from anonymize.formats.base import HEAD_BYTES, PlanOptions, Source
from anonymize.formats.gold_jsonl import FORMAT as GOLD
from anonymize.formats.tweets_jsonl import FORMAT, document_of
from anonymize.model.documents import Document, Problem, Removal, RemovalKind, Shard
from anonymize.model.fields import Field, Role
from tests.strategies import pages_v2, tweets_v1, tweets_v2

quick = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def source(path: Path) -> Source:
    """Return a file as formats see it."""
    data = path.read_bytes()
    return Source(str(path), path.name, "", len(data), data[:HEAD_BYTES], path.name, "out.jsonl")


def write(folder: Path, *records: Any, raw: bytes = b"") -> Path:
    """Write records one a line after some bytes."""
    path = folder / "in.jsonl"
    path.write_bytes(raw + b"".join(json.dumps(one).encode() + b"\n" for one in records))
    return path


def read(path: Path, shard_bytes: int = 1 << 24, reader: Any = FORMAT) -> list[Any]:
    """Return all documents and problems of a file."""
    plan = reader.plan(source(path), 0, PlanOptions(shard_bytes))
    return [item for shard in plan.shards for item in reader.read(shard)]


def one(folder: Path, record: Any) -> Document:
    """Return the document of a file of one record."""
    (document,) = read(write(folder, record))
    assert isinstance(document, Document)
    return document


def same(document: Document) -> dict[Any, str | None]:
    """Return the unchanged values."""
    return {field.path: field.value for field in document.fields}


def by_path(document: Document) -> dict[str, Field]:
    """Return fields by dotted path."""
    return {".".join(map(str, field.path)): field for field in document.fields}


def strings(value: Any) -> int:
    """Return how many strings a value holds."""
    if isinstance(value, dict):
        return sum(map(strings, value.values()))
    if isinstance(value, list):
        return sum(map(strings, value))
    return isinstance(value, str)


@quick
@given(record=tweets_v1() | tweets_v2() | pages_v2())
def test_every_string_is_a_field_and_unchanged_texts_give_the_record(
    tmp_path: Path,
    record: dict[str, Any],
) -> None:
    """The round-trip law holds for v1.1, flattened v2 and pages, and nothing known is unknown."""
    document = one(tmp_path, record)
    assert json.loads(FORMAT.rebuild(document, same(document))) == record
    assert sum(isinstance(f.value, str) for f in document.fields) >= strings(record)
    assert not [f.path for f in document.fields if f.kind == "unknown"]
    assert not any(section.withhold for section in document.sections)


@quick
@given(
    records=st.lists(tweets_v2() | pages_v2(), min_size=1, max_size=6),
    size=st.integers(1, 3000),
)
def test_shards_of_any_size_give_the_same_documents(
    tmp_path: Path,
    records: list[Any],
    size: int,
) -> None:
    """Cutting a file into byte ranges changes neither documents, their ids nor their order."""
    path = write(tmp_path, *records, raw=b"\xef\xbb\xbf\r\n")
    assert read(path, size) == read(path)


def test_an_unknown_key_is_opaque(tmp_path: Path) -> None:
    """A key X may add tomorrow is dropped as unknown, wherever it stands."""
    tweet = {"id": "12345678", "text": "x", "grok": {"a": 1}, "author": {"id": "7", "iq": "9"}}
    fields = by_path(one(tmp_path, tweet))
    assert fields["grok.a"].kind == fields["author.iq"].kind == "unknown"


def test_an_account_is_one_subject(tmp_path: Path) -> None:
    """Id, handle and name of one account share a subject; two accounts never do."""
    tweet = {
        "id": "12345678",
        "text": "@jo_invented @al_invented hi",
        "author_id": "1001",
        "in_reply_to_user_id": "1002",
        "author": {"id": "1001", "username": "me_invented", "name": "Me Invented"},
        "entities": {
            "mentions": [
                {"start": 0, "end": 12, "username": "jo_invented", "id": "1002"},
                {"start": 13, "end": 25, "username": "al_invented", "id": "1003"},
            ],
        },
    }
    document = one(tmp_path, tweet)
    fields = by_path(document)
    assert fields["author_id"].subject == fields["author.username"].subject
    assert document.sections[0].author == fields["author_id"].subject
    assert (
        fields["entities.mentions.0.id"].subject == fields["entities.mentions.0.username"].subject
    )
    subjects = {fields[f"entities.mentions.{n}.id"].subject for n in (0, 1)}
    assert len(subjects | {fields["author_id"].subject, fields["in_reply_to_user_id"].subject}) == 4
    assert fields["entities.mentions.1.start"].target == ("text",)


def test_nested_tweets_keep_their_own_people_and_offsets(tmp_path: Path) -> None:
    """A retweet, its extended text and a quote inside each point to their own text."""
    entities = {"user_mentions": [{"screen_name": "jo_invented", "id": 5, "indices": [0, 3]}]}
    inner = {"id": 22, "text": "cut …", "truncated": True, "entities": entities, "user": {"id": 2}}
    inner["extended_tweet"] = {"full_text": "long text", "entities": entities}
    outer = {"id": 21, "text": "RT @jo", "entities": entities, "user": {"id": 1, "id_str": "1"}}
    document = one(tmp_path, {**outer, "retweeted_status": inner})
    fields = by_path(document)
    tail = "entities.user_mentions.0"
    assert fields[f"{tail}.indices.0"].target == ("text",)
    deep = "retweeted_status.extended_tweet"
    assert fields[f"{deep}.{tail}.indices.1"].target == (*deep.split("."), "full_text")
    names = [fields[f"{at}{tail}.screen_name"].subject for at in ("", "retweeted_status.")]
    assert len({*names, fields[f"{deep}.{tail}.screen_name"].subject}) == 3
    assert fields["user.id"].subject != fields["retweeted_status.user.id"].subject
    assert document.sections[0].posts == ("21", "22")


def test_ids_beyond_2_to_the_53_stay_exact(tmp_path: Path) -> None:
    """An integer id keeps its last digit and is written as a string."""
    document = one(tmp_path, {"id": 2**60 + 1, "id_str": str(2**60 + 1), "text": "x"})
    assert json.loads(FORMAT.rebuild(document, same(document)))["id"] == str(2**60 + 1)
    assert document.id == str(2**60 + 1)


@pytest.mark.parametrize(
    ("line", "removals"),
    [
        ({"delete": {"status": {"id": 11, "id_str": "11", "user_id": 3}}}, [("post", "11")]),
        ({"scrub_geo": {"user_id": 3, "up_to_status_id": 11}}, [("geo", "3")]),
        ({"id": "11", "action": "delete", "reason": "deleted"}, [("post", "11"), ("user", "11")]),
        ({"data": {"user_delete": {"user": {"id": "3"}}}}, [("user", "3")]),
        ({"limit": {"track": 9}}, []),
        ({"disconnect": {"code": 4, "reason": "x"}}, []),
        ({"errors": [{"value": "gone"}]}, []),
    ],
)
def test_control_lines_are_honoured_and_withheld(
    tmp_path: Path,
    line: dict[str, Any],
    removals: list[tuple[str, str]],
) -> None:
    """Deletions and notices ask for removals and are never written themselves."""
    document = one(tmp_path, line)
    assert document.removals == tuple(Removal(RemovalKind(k), i) for k, i in removals)
    assert [section.withhold for section in document.sections] == ["control-line"]
    assert {field.role for field in document.fields} == {Role.OPAQUE}


def test_a_direct_message_is_withheld(tmp_path: Path) -> None:
    """Of a message nobody is asked whether she consents: it is no tweet, though it has a text."""
    message = {"id": "1", "text": "x", "sender_id": "7", "dm_conversation_id": "1-7"}
    assert one(tmp_path, message).sections[0].withhold == "unknown-record"


def test_an_object_that_is_nothing_known_is_withheld(tmp_path: Path) -> None:
    """A line of some other program is withheld, all of it opaque."""
    document = one(tmp_path, {"uri": "at://x", "cid": "y"})
    assert document.sections[0].withhold == "unknown-record"
    assert {field.kind for field in document.fields} == {"unknown"}


def test_withheld_tweets_leave_a_page_with_what_only_they_bring() -> None:
    """Withholding a tweet removes its included tweets, authors and media unless shared."""
    page: dict[str, Any] = {
        "data": [
            {"id": "1", "text": "a", "author_id": "7", "attachments": {"media_keys": ["3_1"]}},
            {"id": "2", "text": "b", "author_id": "8"},
        ],
        "includes": {
            "users": [{"id": "7", "username": "a"}, {"id": "8", "username": "b"}],
            "tweets": [{"id": "5", "text": "q", "author_id": "8"}, {"id": "1", "text": "a"}],
            "media": [{"media_key": "3_1", "type": "photo"}],
        },
    }
    page["data"][0]["referenced_tweets"] = [{"type": "quoted", "id": "5"}]
    document = document_of(page, "@0")
    assert [section.posts for section in document.sections] == [("1", "5"), ("2",)]
    left = json.loads(FORMAT.rebuild(document, same(document), frozenset({0})))
    assert left == {
        "data": [page["data"][1]],
        "includes": {"users": [page["includes"]["users"][1]]},
    }
    assert FORMAT.rebuild(document, same(document), frozenset({0, 1})) == b""


def test_sections_of_pages_of_users_lists_and_counts(tmp_path: Path) -> None:
    """Pages of users, lists and counts have one section an entry and nothing unknown."""
    pages = [
        {"data": [{"id": "7", "username": "a", "name": "A"}], "meta": {"result_count": 1}},
        {"data": [{"id": "9", "name": "News", "owner_id": "7", "private": False}]},
        {"data": [{"start": "2021-10-23T18:00:00.000Z", "end": "…", "tweet_count": 3}] * 2},
    ]
    documents = read(write(tmp_path, *pages))
    assert [len(document.sections) for document in documents] == [1, 1, 2]
    assert not [f for document in documents for f in document.fields if f.kind == "unknown"]


def test_bad_lines_are_problems_and_the_rest_is_read(tmp_path: Path) -> None:
    """A truncated, wrong or broken line is counted by number; the lines around it are read."""
    good = {"id": "12345678", "text": "x"}
    path = write(tmp_path, good)
    with path.open("ab") as out:
        out.write(b'{"id": "1", "te\n[1]\n\n{"id":"2","text":"\\ud83d","lang":"nl"}\n')
        out.write(b'{"a":' * 2000 + b"\n")
    items = read(path)
    problems = [item for item in items if isinstance(item, Problem)]
    assert problems == [
        Problem("invalid-json", 1),
        Problem("not-an-object", 2),
        Problem("lone-surrogate", 3, withheld=False),
        Problem("invalid-json", 4),
    ]
    assert [item.id for item in items if isinstance(item, Document)] == ["12345678", "2"]
    assert items[4].language == "nl"


def test_a_line_of_a_megabyte_with_nul_is_read(tmp_path: Path) -> None:
    """Long lines and NUL characters are nothing special."""
    text = "long\0" * 200_000
    document = one(tmp_path, {"id": "12345678", "text": text})
    assert by_path(document)["text"].value == text


@pytest.mark.parametrize("head", [b"", b"\n\n", b"plain", b"[1]\n", b'{"id": "1", "te', b"id,text"])
def test_files_that_do_not_begin_with_an_object_are_not_claimed(
    tmp_path: Path, head: bytes
) -> None:
    """Empty files, prose, tables and truncated files are of another format or of none."""
    assert not FORMAT.claims(source(write(tmp_path, raw=head)))


def test_a_first_line_longer_than_the_head_is_claimed(tmp_path: Path) -> None:
    """A page larger than what formats are shown is still recognised."""
    path = write(tmp_path, {"data": [{"id": "1", "text": "x" * HEAD_BYTES}]})
    assert FORMAT.claims(source(path))


def test_endless_lines_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A line beyond the limit stops the run with the label and nothing else."""
    monkeypatch.setattr(lines, "LINE_BYTES", 50)
    path = write(tmp_path, {"id": "1", "text": "secret" * 20})
    with pytest.raises(FormatError, match=r"^in\.jsonl: a line is too long$"):
        list(FORMAT.read(Shard(0, "tweets-jsonl", str(path), label="in.jsonl")))


def test_gold_lines_keep_id_and_text_and_drop_entities(tmp_path: Path) -> None:
    """Annotated texts are a format of their own: id and text are fields, the rest is dropped."""
    gold = {"id": "g-1", "text": "Jo &amp; Al", "entities": [{"start": 0, "end": 2, "label": "P"}]}
    path = write(tmp_path, gold, {"id": "g-2", "entities": []}, {"id": 3, "text": ""})
    assert GOLD.claims(source(path))
    assert GOLD.rank < FORMAT.rank
    first, no_text, third = read(path, reader=GOLD)
    assert (first.id, by_path(first)["text"].encoding.value) == ("g-1", "html")
    assert json.loads(GOLD.rebuild(first, same(first))) == gold
    kept: dict[Any, str | None] = {("id",): "x", ("text",): "Mi &amp; Al"}
    assert json.loads(GOLD.rebuild(first, kept)) == {"id": "x", "text": "Mi &amp; Al"}
    assert no_text == Problem("no-text", 1, "text")
    assert third.id == "3"
    assert GOLD.rebuild(first, same(first), frozenset({0})) == b""
    tweet = write(tmp_path, {"id": "1", "text": "x", "entities": {"urls": []}})
    assert not GOLD.claims(source(tweet))
