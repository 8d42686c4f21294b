from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.errors import FormatError
from anonymize.formats import mastodon_statuses
from anonymize.formats.base import HEAD_BYTES, Format, Plan, PlanOptions, Source
from anonymize.formats.json_shapes import Shape
from anonymize.formats.mastodon import FILE, FORMAT
from anonymize.formats.mastodon_files import classify
from anonymize.formats.mastodon_html import html
from anonymize.formats.mastodon_taken import expand, rebuild
from anonymize.model.documents import Document, Problem
from anonymize.model.fields import Field, Role
from anonymize.model.fields import Path as FieldPath
from anonymize.model.offsets import OffsetMap, Splice, splice
from tests.formats.mastodon_cases import (
    ACTOR,
    CONTENT,
    CREATE,
    FILES,
    collection,
    packed,
    single,
    statuses,
    unpacked,
)

STATUSES = mastodon_statuses.FORMAT
_HTML = Shape({"c": html()})


def read(plan: Plan, reader: Format = FORMAT) -> list[Document]:
    """Return all documents of a plan; there must be no problem."""
    items = [item for shard in plan.shards for item in reader.read(shard)]
    assert not [item for item in items if isinstance(item, Problem)]
    return [item for item in items if isinstance(item, Document)]


def same(document: Document) -> dict[FieldPath, str | None]:
    """Return the unchanged values."""
    return {one.path: one.value for one in document.fields}


def told(document: Document) -> dict[str, Field]:
    """Return fields by dotted path."""
    return {".".join(map(str, one.path)): one for one in document.fields}


def lines(path: Path, *records: Any) -> Source:
    """Write records as lines and return the file as a source."""
    path.write_bytes(b"\n".join(json.dumps(one).encode() for one in records))
    data = path.read_bytes()
    return Source(str(path), path.name, "", len(data), data[:HEAD_BYTES], path.name, "s_k.jsonl")


@pytest.mark.parametrize("name", ["archive-2022-abc.tar.gz", "archive.zip", "archive.tgz", ""])
def test_an_archive_is_planned_by_written_rules(tmp_path: Path, name: str) -> None:
    """Posts and actor are converted, lists only read, pictures dropped, whatever the archive is."""
    source = packed(tmp_path / name, FILES) if name else unpacked(tmp_path / "mine", FILES)
    assert FORMAT.claims(source)
    plan = FORMAT.plan(source, 2, PlanOptions())
    assert [shard.index for shard in plan.shards] == list(range(2, 10))
    written = [shard for shard in plan.shards if shard.output]
    prefix = "" if name else "mastodon_k/"
    assert [one.output for one in written] == [f"{prefix}actor.json", f"{prefix}outbox.json"]
    assert {one.container for one in written} == {source.output if name else ""}
    assert {one.name for one in plan.dropped if one.reason == "rule"} == {
        *("media_attachments/", "avatar", "likes.json", "bookmarks.json"),
        *("following_accounts.csv", "lists.csv", "muted_accounts.csv", "blocked_accounts.csv"),
        "blocked_domains.csv",
    }
    assert [one.name for one in plan.dropped if one.reason == "unknown"] == [
        "unknown file 1 (.json)",
    ]
    shown = repr((plan, source))
    assert not [word for word in ("diary", "9f2c", "2022-abc") if word in shown]
    seeds = {
        one.value for document in read(plan) if document.record is None for one in document.fields
    }
    assert seeds == {
        *("cleo_marsh@far.example", "noel_penn@far.example", "rude_one@far.example"),
        *("ida_farrow@third.example", "10990001"),
    }


def test_parts_of_values_have_roles_and_subjects(tmp_path: Path) -> None:
    """Handles are full and tied to ids, names and addresses of their account; text is text."""
    documents = read(FORMAT.plan(packed(tmp_path / "a.tar.gz", FILES), 0, PlanOptions()))
    create = next(one for one in documents if one.sections[0].id == "109500000000000001")
    assert create.sections[0].author == "owner"
    assert (create.scope, create.language) == ("mastodon_k.tar.gz", "en")
    fields = told(create)
    assert not [one for one in create.fields if one.kind == "unknown"]
    assert (fields["actor.handle"].value, fields["actor.handle"].subject) == (
        "tilda_orrow@social.example",
        "owner",
    )
    mention = fields["object.tag.0.href.handle"]
    assert mention.value == "bram_quill@elsewhere.example"
    assert mention.subject == fields["object.tag.0.name.handle"].subject != ""
    assert fields["object.inReplyTo.post"].value == "109400000000000007"
    assert fields["object.conversation.uri"].role is Role.ID
    assert fields["object.tag.1.name.tag"].value == "TeamBram_Quill"
    text = fields["object.content.text"]
    assert text.value.startswith("@bram_quill@elsewhere.example Thank you &amp; greet Bram Quill\n")
    assert text.value == fields["object.contentMap.en.text"].value
    for name in ("object.summary", "object.attachment.0.name", "object.oneOf.0.name"):
        assert fields[name].role is Role.TEXT
    assert {fields[f"object.attachment.0.{key}"].kind for key in ("url", "blurhash")} == {"rule"}


def test_collected_statuses_have_roles_and_subjects(tmp_path: Path) -> None:
    """A status's author is its section's, ids are a server's own, local handles get its host."""
    source = lines(tmp_path / "s.jsonl", *statuses())
    assert STATUSES.claims(source)
    first, answer, boost = read(STATUSES.plan(source, 0, PlanOptions()), STATUSES)
    fields = told(answer)
    assert not [one for one in answer.fields if one.kind == "unknown"]
    for key in ("username", "acct", "url", "uri"):
        one = fields[f"account.{key}.handle"]
        assert (one.value, one.subject) == ("tilda_orrow@social.example", "author")
    assert fields["account.id"].kind == "other"
    assert answer.scope == first.id
    for name in ("spoiler_text", "card.title", "media_attachments.0.description"):
        assert fields[name].role is Role.TEXT
    assert fields["poll.options.0.title"].role is Role.TEXT
    assert boost.sections[0].posts == (boost.id, first.id)
    assert dict(boost.writers) == {boost.id: "author", first.id: "reblog.author"}


FRAGMENTS = st.sampled_from(
    [
        *("<p>", "</p>", "<br>", "<br />", "<b>", "</b>", "<span>", "</span>", "<img alt='x'>"),
        *("Jane", " Doe", "&amp;", "&lt;", "<", ">", "\n", "@", "#tag", "<!-- x -->", "<a href="),
        '<a href="https://h.example/@jo" class="u-url mention">@<span>jo</span></a>',
        '<a href="https://h.example/tags/t" class="mention hashtag">#<span>t</span></a>',
        '<a href="https://x.example/a" title="Jo">https://x.example/a</a>',
        '<a href="https://x.example/a">my page</a>',
        '<a href="https://h.example/u/9" class="mention">@jo@far.example</a>',
    ],
)
WRITTEN = st.lists(FRAGMENTS | st.text(max_size=6), max_size=14).map("".join)


@given(value=WRITTEN)
def test_unchanged_html_is_given_back(value: str) -> None:
    """The round-trip law holds for every string, well formed or not."""
    record, fields = expand({"c": value}, _HTML)
    texts = {one.path: one.value for one in fields}
    assert rebuild(record, fields, texts) == {"c": value}
    assert not value or {one.path for one in fields} >= {("c", "text")}


class _Balance(HTMLParser):
    """Notes what is open; a tag that ends nothing is an error."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert (tag, attrs) == ("br", [])

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [value or "" for key, value in attrs if key == "href"]
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open
        assert self.open.pop() == tag


def changed(fields: list[Field], splices: list[Splice]) -> dict[FieldPath, str | None]:
    """Return new values: stretches of the text replaced, handles and links with surrogates."""
    moved = OffsetMap(splices)
    texts: dict[FieldPath, str | None] = {}
    for one in fields:
        if one.role is Role.OFFSET:
            at = int(one.value)
            texts[one.path] = str(moved.end(at) if one.kind == "end" else moved.start(at))
        elif one.role is Role.TEXT:
            texts[one.path] = splice(one.value, splices)
        elif one.role is Role.HANDLE:
            texts[one.path] = "@mira_k_7f3k9@fedi-x.example"
        elif one.role is Role.URL:
            texts[one.path] = "https://example.org/token"
        else:
            texts[one.path] = None
    return texts


@given(data=st.data())
def test_changed_html_stays_well_formed(data: st.DataObject) -> None:
    """Wherever words are replaced, tags stay balanced and no old link or attribute is left."""
    record, fields = expand({"c": CONTENT.replace("<b>", '<b title="Old">')}, _HTML)
    (text,) = [one.value for one in fields if one.role is Role.TEXT]
    ends = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    pairs = zip(ends[::2], ends[1::2], strict=False)
    new = rebuild(record, fields, changed(fields, [Splice(a, b, "New") for a, b in pairs]))["c"]
    parser = _Balance()
    parser.feed(new)
    parser.close()
    assert not parser.open
    assert set(parser.links) == {
        "https://fedi-x.example/@mira_k_7f3k9",
        "https://example.org/token",
    }
    assert "Old" not in new
    assert "href" in new


def test_words_around_and_inside_tags_are_replaced() -> None:
    """A name half in bold is one name; what is not replaced is as it was, tags included."""
    record, fields = expand({"c": "<p>I <i>am <b>Ja</b>ne</i><br>Q&amp;A</p>"}, _HTML)
    texts = changed(fields, [Splice(5, 9, "Mira")])
    assert rebuild(record, fields, texts) == {"c": "<p>I <i>am <b>Mira</b></i><br>Q&amp;A</p>"}


def test_a_handle_without_surrogate_server_makes_no_link() -> None:
    """Where a policy tags handles, a mention is text and an address points nowhere."""
    record, fields = expand({"c": CONTENT}, _HTML)
    texts = changed(fields, [])
    texts[("c", "handle", 0)] = "[HANDLE_7F3K]"
    new = rebuild(record, fields, texts)["c"]
    assert ">[HANDLE_7F3K]</span> Thank you" in new
    assert "bram_quill<" not in new


_LEAF = st.none() | st.booleans() | st.integers(-(2**40), 2**70) | st.text(max_size=8)
_JSON = st.recursive(
    _LEAF,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*CREATE["object"], "text", "handle", "odd"]), inner)
    ),
    max_leaves=6,
)


@given(key=st.sampled_from(sorted(CREATE["object"])), value=_JSON)
def test_unchanged_activities_are_given_back(key: str, value: Any) -> None:
    """The round-trip law holds whatever stands under a known key, and every leaf is a field."""
    record = copy.deepcopy(CREATE)
    record["object"][key] = value
    document = next(iter(_outbox(record)))
    assert json.loads(FORMAT.rebuild(document, same(document))) == record


def _outbox(*records: Any) -> Iterator[Document]:
    from anonymize.formats.mastodon import _activity

    return (_activity(one, "@0", "s") for one in records)


@given(
    key=st.sampled_from(sorted(statuses()[1])),
    value=_JSON,
    text=WRITTEN,
)
def test_unchanged_statuses_are_given_back(key: str, value: Any, text: str) -> None:
    """The round-trip law holds for statuses, nested ones and odd values included.

    An id that is a number becomes its digits as text.
    """
    record = statuses()[2]
    record["reblog"]["content"] = text
    record[key] = value
    document = mastodon_statuses.document_of(record, "@0")
    found = json.loads(STATUSES.rebuild(document, same(document)))
    assert _with_ids(found) == _with_ids(record)


def _with_ids(value: Any, key: str = "") -> Any:
    """Return a value in which numbers that may be ids are text, at any depth."""
    if isinstance(value, dict):
        return {name: _with_ids(item, name) for name, item in value.items()}
    if isinstance(value, list):
        return [_with_ids(item, key) for item in value]
    return str(value) if key.endswith("id") and type(value) is int else value


def test_unknown_keys_and_records_are_told(tmp_path: Path) -> None:
    """A new key, tag or attribute is an unknown leaf; what is no status is withheld."""
    odd = statuses()[0] | {"new": ["x"], "content": '<p onclick="y">Hi <video src="z"></p>'}
    source = lines(tmp_path / "s.jsonl", odd, {"poem": "x"}, 3)
    (plan,) = STATUSES.plan(source, 0, PlanOptions()).shards
    first, second, third = STATUSES.read(plan)
    assert isinstance(first, Document)
    unknown = {name for name, one in told(first).items() if one.kind == "unknown"}
    assert unknown == {"new.0", "content.attribute.0", "content.attribute.1"}
    texts = {path: None if "attribute" in path else text for path, text in same(first).items()}
    assert json.loads(STATUSES.rebuild(first, texts))["content"] == "<p>Hi </p>"
    assert isinstance(second, Document)
    assert second.sections[0].withhold == "unknown-record"
    assert third == Problem("not-an-object", 2)


def test_unknown_keys_of_a_collection_are_told(tmp_path: Path) -> None:
    """Keys beside the activities are not written; one nobody knows is a withheld record."""
    data = collection("outbox", CREATE)[:-1] + b', "secret": "x"}'
    source = single(tmp_path / "outbox.json", data)
    assert FILE.claims(source)
    (shard,) = FILE.plan(source, 0, PlanOptions()).shards
    document, problem = FILE.read(shard)
    assert isinstance(document, Document)
    assert problem == Problem("unknown-key")
    body = shard.head + FILE.rebuild(document, same(document)) + shard.tail
    assert json.loads(body)["orderedItems"] == [CREATE]
    assert FILE.rebuild(document, same(document), frozenset({0})) == b""


@pytest.mark.parametrize(
    ("name", "data", "use"),
    [
        ("a.json", json.dumps(ACTOR).encode(), 1),
        ("b.json", collection("likes", "https://a.example/users/b/statuses/1"), 1),
        ("following_accounts.csv", b"Account address,Show boosts\nann@a.example,true\n", 1),
        ("blocked_domains.csv", b"a.example\n", 0),
    ],
)
def test_single_files_are_claimed(tmp_path: Path, name: str, data: bytes, use: int) -> None:
    """A file out of an archive, or a list exported beside it, is read by itself."""
    source = single(tmp_path / name, data)
    assert FILE.claims(source)
    plan = FILE.plan(source, 0, PlanOptions())
    assert len(plan.shards) == use
    assert len(read(plan, FILE)) == use


def test_other_files_are_not_claimed(tmp_path: Path) -> None:
    """Tweets, other tars and other tables belong to somebody else."""
    assert not FORMAT.claims(packed(tmp_path / "a.tar.gz", {"outbox.json": b"{}"}))
    assert not FORMAT.claims(unpacked(tmp_path / "f", {"actor.json": b"{}"}))
    assert not FILE.claims(single(tmp_path / "b.json", b'{"id": "1", "text": "x"}'))
    assert not FILE.claims(single(tmp_path / "c.csv", b"Account address\na@b.example\n"))
    assert not STATUSES.claims(lines(tmp_path / "d.jsonl", {"id": "1", "text": "x"}))
    assert classify("elsewhere/outbox.json").use == "unknown"


def test_an_array_is_read_like_lines(tmp_path: Path) -> None:
    """An array of statuses gives the same fields, and is an array again."""
    path = tmp_path / "t.json"
    path.write_text(json.dumps(statuses(), indent=1), encoding="utf-8")
    data = path.read_bytes()
    source = Source(str(path), path.name, "", len(data), data[:HEAD_BYTES], "t", "s_k.json")
    assert STATUSES.claims(source)
    plan = STATUSES.plan(source, 0, PlanOptions())
    documents = read(plan, STATUSES)
    by_line = read(
        STATUSES.plan(lines(tmp_path / "s.jsonl", *statuses()), 0, PlanOptions()), STATUSES
    )
    assert [one.fields for one in documents] == [one.fields for one in by_line]
    shard = plan.shards[0]
    parts = [STATUSES.rebuild(one, same(one)) for one in documents]
    assert json.loads(shard.head + shard.between.join(parts) + shard.tail) == statuses()


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({"outbox.json": FILES["outbox.json"][:-30]}, "mine:outbox.json: ends inside record 2"),
        ({"outbox.json": b"{nope"}, "mine:outbox.json: is not valid JSON in record 1"),
        ({"actor.json": b"[]"}, "mine:actor.json: is not valid JSON in record 1"),
        (
            {"outbox.json": collection("outbox").replace(b"[]", b"[" * 5000 + b"]" * 5000)},
            "mine:outbox.json: nests too deep in record 1",
        ),
    ],
)
def test_damaged_files_stop_the_run(
    tmp_path: Path,
    files: dict[str, bytes],
    message: str,
) -> None:
    """A truncated or broken member names label and record, never content."""
    plan = FORMAT.plan(packed(tmp_path / "a.tar.gz", FILES | files), 0, PlanOptions())
    with pytest.raises(FormatError) as caught:
        read(plan)
    assert str(caught.value) == message
    assert caught.value.__cause__ is None
