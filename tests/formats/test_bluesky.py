from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anonymize.formats.bluesky import FORMAT
from anonymize.formats.bluesky_documents import document_of
from anonymize.model.documents import Document, Removal, RemovalKind
from anonymize.model.fields import Field, Role
from anonymize.model.offsets import OffsetMap, Splice, splice
from tests.bluesky_cases import (
    TEXTS,
    VALUES,
    account,
    did,
    entry,
    facet,
    flat_threads,
    mention,
    post,
    ref,
    tid,
    uri,
    view,
)

quick = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def same(document: Document) -> dict[Any, str | None]:
    """Return the unchanged values."""
    return {field.path: field.value for field in document.fields}


def by_path(document: Document) -> dict[str, Field]:
    """Return fields by dotted path."""
    return {".".join(map(str, field.path)): field for field in document.fields}


def leaves(value: Any) -> int:
    """Return how many strings and numbers a value holds."""
    if isinstance(value, dict):
        return sum(map(leaves, value.values()))
    if isinstance(value, list):
        return sum(map(leaves, value))
    return isinstance(value, (str, int, float)) and not isinstance(value, bool)


@quick
@given(value=VALUES)
def test_every_leaf_is_a_field_and_unchanged_texts_give_the_record(value: dict[str, Any]) -> None:
    """The round-trip law holds for every view and record; nothing known is unknown."""
    document = document_of(value, "@0")
    assert json.loads(FORMAT.rebuild(document, same(document))) == value
    assert len(document.fields) >= leaves(value)
    assert len({one.path for one in document.fields}) == len(document.fields)
    assert not [one.path for one in document.fields if one.kind == "unknown"]
    assert not any(section.withhold for section in document.sections)
    assert {one.section for one in document.fields} <= {-1, *range(len(document.sections))}


@quick
@given(before=TEXTS, name=TEXTS.filter(bool), after=TEXTS, new=TEXTS)
def test_facets_mark_the_same_stretch_of_the_new_text(
    before: str,
    name: str,
    after: str,
    new: str,
) -> None:
    """After a text has changed, a facet's bytes are those of what stands in the old one's place."""
    text = before + name + after
    start, end = len(before), len(before) + len(name)
    first, last = len(before.encode()), len((before + name).encode())
    feature = {"$type": "app.bsky.richtext.facet#tag", "tag": "x"}
    record = post(
        text,
        facets=[
            {"index": {"byteStart": first, "byteEnd": last}, "features": [feature]},
            {"index": {"byteStart": 0, "byteEnd": len(text.encode())}, "features": [feature]},
        ],
    )
    document = document_of(record, "@0")
    changes = [Splice(start, end, new)]
    moved, texts = OffsetMap(changes), same(document)
    texts[("text",)] = splice(text, changes)
    for one in document.fields:
        if one.role is Role.OFFSET:
            assert text[: int(one.value)].encode() in text.encode()
            place = moved.end if one.kind == "end" else moved.start
            texts[one.path] = str(place(int(one.value)))
    rebuilt = json.loads(FORMAT.rebuild(document, texts))
    index = rebuilt["facets"][0]["index"]
    assert rebuilt["text"].encode()[index["byteStart"] : index["byteEnd"]].decode() == new
    assert rebuilt["facets"][1]["index"]["byteEnd"] == len((before + new + after).encode())


@pytest.mark.parametrize("index", [(1, 4), (1, 7), (0, 99), (4, 0), (0, 0), (-1, 4), (4, None)])
def test_a_facet_of_no_stretch_is_dropped_by_rule(index: tuple[int, int | None]) -> None:
    """Offsets inside a character, outside the text or the wrong way round lose the facet."""
    ends = {
        key: at for key, at in zip(("byteStart", "byteEnd"), index, strict=True) if at is not None
    }
    feature = {"$type": "app.bsky.richtext.facet#mention", "did": did(2)}
    document = document_of(post("🐋 hi", facets=[{"index": ends, "features": [feature]}]), "@0")
    found = [one for one in document.fields if one.path[0] == "facets"]
    assert {(one.role, one.kind) for one in found} == {(Role.OPAQUE, "rule")}
    gone = {path: None if path[0] == "facets" else text for path, text in same(document).items()}
    assert "facets" not in json.loads(FORMAT.rebuild(document, gone))


def test_a_mention_tells_whose_the_handle_is() -> None:
    """The marked stretch is a handle field of the same account as its DID."""
    text = "hé @jo-b.social.example, and @all"
    marks = [mention(text, "@jo-b.social.example", 2), mention(text, "@all", 3)]
    fields = by_path(document_of(post(text, facets=marks), "@0"))
    handle = fields["facets.0.handle"]
    assert (handle.role, handle.kind, handle.value) == (
        Role.HANDLE,
        "bluesky",
        "jo-b.social.example",
    )
    assert handle.subject == fields["facets.0.features.0.did"].subject != ""
    assert "facets.1.handle" not in fields


def test_uris_are_parted_so_that_edges_survive() -> None:
    """Repository, collection and key of a URI are fields; without one the URI goes."""
    like = entry(1, 2, {"$type": "app.bsky.feed.like", "subject": ref(3, 4)})
    document = document_of(like, "@0")
    fields = by_path(document)
    parts = [fields[f"value.subject.uri.{step}"] for step in ("repo", "collection", "rkey")]
    assert [one.value for one in parts] == [did(3), "app.bsky.feed.post", tid(4)]
    assert [(one.role, one.kind) for one in parts] == [
        (Role.ID, "user"),
        (Role.CODE, ""),
        (Role.ID, "post"),
    ]
    assert fields["uri.repo"].subject == document.sections[0].author == "author"
    texts = same(document) | {
        ("uri", "repo"): "did:example:a",
        ("value", "subject", "uri", "rkey"): None,
    }
    rebuilt = json.loads(FORMAT.rebuild(document, texts))
    assert rebuilt["uri"] == f"at://did:example:a/app.bsky.feed.like/{tid(2)}"
    assert "uri" not in rebuilt["value"]["subject"]


def test_collections_of_others_and_handles_in_uris_are_no_codes() -> None:
    """A collection named by somebody's domain is an id, and an authority may be a handle."""
    record = {"$type": "app.bsky.graph.listblock", "subject": "at://jo.example/ee.jo.blog/self"}
    fields = by_path(document_of(record, "@0"))
    assert fields["subject.repo"].role is Role.HANDLE
    assert (fields["subject.collection"].role, fields["subject.rkey"].role) == (Role.ID, Role.CODE)
    broken = by_path(document_of({**record, "subject": "at://nobody at all"}, "@0"))
    assert broken["subject"].kind == "unknown"


def test_programs_that_write_their_own_names_are_read_alike() -> None:
    """`display_name` and `py_type` are `displayName` and `$type`."""
    text = "é @mara.example"
    index = {"byte_start": 3, "byte_end": len(text.encode())}
    feature = {"py_type": "app.bsky.richtext.facet#mention", "did": did(1)}
    record = {
        "py_type": "app.bsky.feed.post",
        "text": text,
        "created_at": "2024-03-05T09:00:11Z",
        "facets": [{"index": index, "features": [feature]}],
        "reply": None,
    }
    who = {"did": did(1), "handle": "mara.example", "display_name": "Mara", "followers_count": 2}
    shown = {"uri": uri(1, 1), "cid": "bafyreia", "author": who, "record": record, "like_count": 1}
    document = document_of(shown, "@0")
    assert not [one.path for one in document.fields if one.kind == "unknown"]
    assert by_path(document)["record.facets.0.handle"].value == "mara.example"
    assert json.loads(FORMAT.rebuild(document, same(document))) == shown


def test_an_unknown_key_and_an_unknown_record_are_opaque() -> None:
    """A key nobody described is opaque wherever it stands, and so is a record as a whole."""
    own = entry(1, 2, post("hi", mood="blue"))
    assert by_path(document_of(own, "@0"))["value.mood"].kind == "unknown"
    other = entry(1, 2, {"$type": "app.bsky.feed.pollish", "text": "hi", "subject": did(3)})
    document = document_of(other, "@0")
    kinds = {one.kind for one in document.fields if one.path[0] == "value"}
    assert kinds == {"unknown"}
    assert not document.sections[0].withhold
    labelled = view(account(1, "z.ee"), post("hi"), 3, labels=[{"val": "jo-said-so"}])
    assert by_path(document_of(labelled, "@0"))["labels.0.val"].kind == "unknown"


def test_an_object_that_is_nothing_known_is_withheld() -> None:
    """An object of no known shape is withheld, all of it opaque."""
    document = document_of({"$type": "app.bsky.feed.pollish", "text": "hi"}, "@0")
    assert document.sections[0].withhold == "unknown-record"
    assert {one.kind for one in document.fields} == {"unknown"}


def test_each_post_of_a_page_and_of_a_thread_is_a_record() -> None:
    """A withheld post leaves its page or thread alone; the answers to it stay."""
    a, b = account(1, "mara.example"), account(2, "jo.example")
    first, second = view(a, post("a"), 1), view(b, post("b"), 2)
    by = {"$type": "app.bsky.feed.defs#reasonRepost", "by": b, "indexedAt": "2024-03-05T09:00:11Z"}
    page = {"feed": [{"post": first, "reason": by}, {"post": second}], "cursor": "x"}
    document = document_of(page, "@0")
    assert [one.id for one in document.sections] == [uri(1, 1), uri(2, 2)]
    assert [one.author for one in document.sections] == ["feed.0.post.author", "feed.1.post.author"]
    assert dict(document.writers)[uri(2, 2)] == "feed.1.post.author"
    # Who passed a post on has done so in a record of her own, which goes when she refuses.
    passed = [one for one, whose in document.writers if whose == "feed.0.reason.by"]
    assert passed == [document.sections[0].posts[-1]]
    left = json.loads(FORMAT.rebuild(document, same(document), frozenset({0})))
    assert left == {"feed": [{"post": second}], "cursor": "x"}
    kind = "app.bsky.feed.defs#threadViewPost"
    answer = {"$type": kind, "post": second, "replies": []}
    thread = {"thread": {"$type": kind, "post": first, "replies": [answer]}}
    document = document_of(thread, "@0")
    assert [one.id for one in document.sections] == [uri(1, 1), uri(2, 2)]
    left = json.loads(FORMAT.rebuild(document, same(document), frozenset({0})))
    assert left == {"thread": {"$type": kind, "replies": [answer]}}
    assert FORMAT.rebuild(document, same(document), frozenset({0, 1})) == b""


@given(flat_threads())
def test_each_post_of_a_flat_thread_is_its_authors(value: dict[str, Any]) -> None:
    """A thread as a list has a record for each post, by whoever wrote it."""
    document = document_of(value, "@0")
    assert len(document.sections) == len(value["thread"])
    for at, section in enumerate(document.sections[:-1]):
        assert section.author == f"thread.{at}.value.post.author"
        assert value["thread"][at]["uri"] in section.posts
    left = FORMAT.rebuild(document, same(document), frozenset({0}))
    assert json.loads(left)["thread"] == value["thread"][1:]


def test_a_conversation_is_the_post_it_began_with() -> None:
    """Posts of one thread share a scope, whether as records, views or items of a feed."""
    answer = {"root": ref(1, 1), "parent": ref(1, 1)}
    record = post("yes", reply=answer)
    shown = view(account(2, "jo.example"), record, 2)
    for value in (shown, entry(2, 2, record), {"post": shown}):
        document = document_of(value, "@0")
        assert (document.id, document.scope, document.language) == (uri(2, 2), uri(1, 1), "en")


@pytest.mark.parametrize(
    ("event", "removal"),
    [
        (
            {
                "did": did(1),
                "time_us": 1,
                "kind": "commit",
                "commit": {
                    "rev": tid(2),
                    "operation": "delete",
                    "collection": "app.bsky.feed.post",
                    "rkey": tid(1),
                },
            },
            Removal(RemovalKind.POST, uri(1, 1)),
        ),
        (
            {"did": did(1), "kind": "account", "account": {"active": False, "did": did(1)}},
            Removal(RemovalKind.USER, did(1)),
        ),
    ],
)
def test_deletions_in_a_stream_are_honoured(event: dict[str, Any], removal: Removal) -> None:
    """A deletion asks for the removal of what it names, and is never written itself."""
    document = document_of(event, "@0")
    assert document.removals == (removal,)
    assert document.sections[0].withhold == "control-line"
    assert {one.role for one in document.fields} == {Role.OPAQUE}


def test_an_event_of_a_stream_is_a_record() -> None:
    """A new post of a stream has the address its parts make, and an author."""
    commit = {
        "rev": tid(2),
        "operation": "create",
        "collection": "app.bsky.feed.post",
        "rkey": tid(1),
        "record": post("hi"),
        "cid": "bafyreia",
    }
    event = {"did": did(1), "time_us": 1, "kind": "commit", "commit": commit}
    document = document_of(event, "@0")
    assert (document.id, document.sections[0].posts) == (uri(1, 1), (uri(1, 1),))
    assert document.writers == ((uri(1, 1), document.sections[0].author),)
    assert {one.kind for one in document.fields if one.role is Role.OPAQUE} == {"rule"}


def test_link_cards_and_alt_texts_are_texts() -> None:
    """What a post brings is scrubbed as text: card titles, descriptions, alternative texts."""
    image = {"alt": "Jo at school", "image": {"$type": "blob", "ref": {"$link": "bafkreia12"}}}
    card = {"uri": "https://jo.example", "title": "Jo", "description": "Jo again"}
    text = "see jo.example"
    embed = {
        "$type": "app.bsky.embed.recordWithMedia",
        "record": {"record": ref(3, 4)},
        "media": {"$type": "app.bsky.embed.images", "images": [image]},
    }
    link = {"$type": "app.bsky.richtext.facet#link", "uri": "https://jo.example/a"}
    fields = by_path(
        document_of(post(text, embed=embed, facets=[facet(text, "jo.example", link)]), "@0"),
    )
    assert fields["embed.media.images.0.alt"].role is Role.TEXT
    assert fields["embed.record.record.uri.repo"].value == did(3)
    assert fields["facets.0.features.0.uri"].role is Role.URL
    assert fields["facets.0.index.byteStart"].target == ("text",)
    external = {"$type": "app.bsky.embed.external", "external": card}
    fields = by_path(document_of(post("x", embed=external), "@0"))
    roles = [fields[f"embed.external.{key}"].role for key in ("uri", "title", "description")]
    assert roles == [Role.URL, Role.TEXT, Role.TEXT]


_ODD: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, 1, -3, 1.5, 10**30, "x", "", [], {}, [[]], {"did": "did:plc:x"}],
)


@st.composite
def _mutated(draw: st.DrawFn, value: Any) -> Any:
    if draw(st.integers(0, 14)) == 0:
        return draw(_ODD)
    if isinstance(value, dict):
        return {key: draw(_mutated(item)) for key, item in value.items()}
    return [draw(_mutated(item)) for item in value] if isinstance(value, list) else value


@quick
@given(value=VALUES.flatmap(_mutated).filter(lambda made: isinstance(made, dict)))
def test_odd_values_anywhere_are_read_and_written(value: dict[str, Any]) -> None:
    """A value of another kind than its key promises is no error: it is dropped or kept whole."""
    document = document_of(value, "@0")
    assert len({one.path for one in document.fields}) == len(document.fields)
    assert len(document.fields) >= leaves(value)
    json.loads(FORMAT.rebuild(document, same(document)))
    json.loads(FORMAT.rebuild(document, {}))
