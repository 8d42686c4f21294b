"""Invented posts of Bluesky: records, views and pages, for the tests of its format."""

from __future__ import annotations

import hashlib
from typing import Any

from hypothesis import strategies as st

Json = dict[str, Any]

TID_LETTERS = "234567abcdefghijklmnopqrstuvwxyz"
"""base32-sortable, as the protocol's identifiers of records are written."""
BEGIN = 1_700_000_000_000_000
"""Microseconds of the first post."""
LEXICON = "app.bsky"


def tid(number: int) -> str:
    """Return the identifier of the n-th record: its time and a clock, in 13 letters."""
    value = (BEGIN + number * 61_000_003) << 10 | number % 1024
    return "".join(TID_LETTERS[value >> 5 * place & 31] for place in reversed(range(13)))


def tid_time(value: str) -> int:
    """Return the microseconds since 1970 that 13 letters hold."""
    number = 0
    for letter in value:
        number = number << 5 | TID_LETTERS.index(letter)
    return number >> 10


def did(number: int) -> str:
    """Return the DID of the n-th account."""
    digest = hashlib.sha256(f"account {number}".encode()).digest()
    return "did:plc:" + "".join(
        "abcdefghijklmnopqrstuvwxyz234567"[byte & 31] for byte in digest[:24]
    )


def cid(number: int) -> str:
    """Return the digest of the n-th thing."""
    digest = hashlib.sha256(f"thing {number}".encode()).digest() * 2
    return "bafyrei" + "".join("abcdefghijklmnopqrstuvwxyz234567"[b & 31] for b in digest[:52])


def uri(who: int, number: int, collection: str = "app.bsky.feed.post") -> str:
    """Return the address of a record."""
    return f"at://{did(who)}/{collection}/{tid(number)}"


def ref(who: int, number: int) -> Json:
    """Return a reference to a post."""
    return {"uri": uri(who, number), "cid": cid(number)}


def facet(text: str, marked: str, feature: Json) -> Json:
    """Return the facet of a stretch of a text, in bytes of UTF-8."""
    start = len(text[: text.index(marked)].encode())
    index = {"byteStart": start, "byteEnd": start + len(marked.encode())}
    return {"$type": "app.bsky.richtext.facet", "index": index, "features": [feature]}


def mention(text: str, marked: str, who: int) -> Json:
    """Return the facet of a mention."""
    feature = {"$type": "app.bsky.richtext.facet#mention", "did": did(who)}
    return facet(text, marked, feature)


def post(text: str, number: int = 1, **more: Any) -> Json:
    """Return the record of a post."""
    minute, hour = number % 60, number // 60 % 24
    made = f"2024-03-05T{hour:02d}:{minute:02d}:10.123Z"
    return {"$type": "app.bsky.feed.post", "text": text, "createdAt": made, "langs": ["en"], **more}


def account(who: int, handle: str, name: str = "", **more: Any) -> Json:
    """Return an account as views show it."""
    return {
        "did": did(who),
        "handle": handle,
        "displayName": name,
        "avatar": f"https://cdn.bsky.example/img/avatar/plain/{did(who)}/{cid(who)}@jpeg",
        "associated": {"chat": {"allowIncoming": "all"}},
        "viewer": {"muted": False, "following": uri(99, 5, "app.bsky.graph.follow")},
        "labels": [],
        "createdAt": "2023-01-02T03:04:05.678Z",
        **more,
    }


def view(who: Json, record: Json, number: int, **more: Any) -> Json:
    """Return a post as the API shows it; `who` is an account."""
    return {
        "uri": f"at://{who['did']}/app.bsky.feed.post/{tid(number)}",
        "cid": cid(number),
        "author": who,
        "record": record,
        "replyCount": 1,
        "repostCount": 0,
        "likeCount": 2,
        "quoteCount": 0,
        "indexedAt": "2024-03-05T09:00:11.000Z",
        "labels": [],
        **more,
    }


def entry(who: int, number: int, record: Json) -> Json:
    """Return a record with its address."""
    kind = record["$type"]
    return {"uri": uri(who, number, kind), "cid": cid(number), "value": record}


# --- strategies -------------------------------------------------------------------------------

TEXTS = st.text(st.sampled_from("ab cdé—ß🐋👩🏽‍🏫日本 @#.x\n"), max_size=40)
_NUMBERS = st.integers(0, 40)
_WHO = st.integers(0, 9)
_HANDLES = st.sampled_from(["mara.example", "jo-b.social.example", "handle.invalid", "z.ee"])


@st.composite
def _facets(draw: st.DrawFn, text: str) -> list[Json]:
    found = []
    for _ in range(draw(st.integers(0, 3))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        index = {"byteStart": len(text[:start].encode()), "byteEnd": len(text[:end].encode())}
        if draw(st.integers(0, 5)) == 0:
            # Clients get them wrong: inside a character, behind the text, the wrong way round.
            index["byteEnd"] = draw(st.integers(-2, 200))
        kind = draw(st.sampled_from(["mention", "link", "tag"]))
        feature: Json = {"$type": f"app.bsky.richtext.facet#{kind}"}
        key, value = {
            "mention": ("did", did(draw(_WHO))),
            "link": ("uri", "https://page.example/a"),
            "tag": ("tag", "TeamMara"),
        }[kind]
        feature[key] = value
        found.append({"index": index, "features": [feature]})
    return found


def _blob(number: int) -> Json:
    link = {"$link": cid(number)}
    return {"$type": "blob", "ref": link, "mimeType": "image/jpeg", "size": 474482}


@st.composite
def _embeds(draw: st.DrawFn) -> Json:
    number = draw(_NUMBERS)
    image = {"alt": draw(TEXTS), "image": _blob(number), "aspectRatio": {"width": 9, "height": 16}}
    images: Json = {"$type": "app.bsky.embed.images", "images": [image]}
    record: Json = {"$type": "app.bsky.embed.record", "record": ref(draw(_WHO), number)}
    external = {"uri": "https://page.example/b", "title": draw(TEXTS), "description": draw(TEXTS)}
    choices: list[Json] = [
        images,
        record,
        {"$type": "app.bsky.embed.external", "external": {**external, "thumb": _blob(3)}},
        {"$type": "app.bsky.embed.recordWithMedia", "record": record, "media": images},
        {"$type": "app.bsky.embed.video", "video": _blob(number), "alt": draw(TEXTS)},
    ]
    return draw(st.sampled_from(choices))


@st.composite
def posts(draw: st.DrawFn) -> Json:
    """Return any record of a post."""
    text = draw(TEXTS)
    more: Json = {}
    if draw(st.booleans()):
        more["facets"] = draw(_facets(text))
    if draw(st.booleans()):
        more["embed"] = draw(_embeds())
    if draw(st.booleans()):
        more["reply"] = {"root": ref(draw(_WHO), 1), "parent": ref(draw(_WHO), draw(_NUMBERS))}
    if draw(st.booleans()):
        label = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "nudity"}]}
        more |= {"labels": label, "tags": ["TeamMara"]}
    return post(text, draw(_NUMBERS), **more)


@st.composite
def views(draw: st.DrawFn) -> Json:
    """Return any post with its author, quoting another now and then."""
    who = account(draw(_WHO), draw(_HANDLES), draw(TEXTS))
    more: Json = {}
    if draw(st.booleans()):
        quoted = view(account(draw(_WHO), draw(_HANDLES)), draw(posts()), draw(_NUMBERS))
        quoted["value"] = quoted.pop("record")
        quoted |= {"$type": "app.bsky.embed.record#viewRecord", "embeds": []}
        more["embed"] = {"$type": "app.bsky.embed.record#view", "record": quoted}
    return view(who, draw(posts()), draw(_NUMBERS), **more)


@st.composite
def pages(draw: st.DrawFn) -> Json:
    """Return a page of a feed: posts, answers and reposts."""
    items: list[Json] = []
    for shown in draw(st.lists(views(), max_size=4)):
        item: Json = {"post": shown}
        if draw(st.booleans()):
            item["reply"] = {"root": draw(views()), "parent": draw(views())}
        if draw(st.booleans()):
            by = account(draw(_WHO), draw(_HANDLES))
            kind = "app.bsky.feed.defs#reasonRepost"
            item["reason"] = {"$type": kind, "by": by, "indexedAt": "2024-03-05T09:00:11.000Z"}
        items.append(item)
    return {"feed": items, "cursor": "2024-03-05T09:00:11Z"}


@st.composite
def threads(draw: st.DrawFn, depth: int = 2) -> Json:
    """Return a post of a thread with those around it."""
    kind = "app.bsky.feed.defs#threadViewPost"
    made: Json = {"$type": kind, "post": draw(views())}
    if depth:
        made["replies"] = draw(st.lists(threads(depth - 1), max_size=2))
        if draw(st.booleans()):
            gone = {"$type": "app.bsky.feed.defs#notFoundPost", "uri": uri(3, 4), "notFound": True}
            made["parent"] = gone
    return made


@st.composite
def flat_threads(draw: st.DrawFn) -> Json:
    """Return a thread as a list of its posts, each with its depth."""
    word = "app.bsky.unspecced.defs#threadItem"
    items: list[Json] = [
        {"uri": shown["uri"], "depth": at, "value": {"$type": f"{word}Post", "post": shown}}
        for at, shown in enumerate(draw(st.lists(views(), min_size=1, max_size=3)))
    ]
    items.append({"uri": uri(3, 4), "depth": 1, "value": {"$type": f"{word}NotFound"}})
    return {"thread": items, "hasOtherReplies": False}


@st.composite
def entries(draw: st.DrawFn) -> Json:
    """Return any record with its address."""
    made = "2024-03-05T09:00:11.000Z"
    who, other, number = draw(_WHO), draw(_WHO), draw(_NUMBERS)
    choices: list[Json] = [
        draw(posts()),
        {"$type": "app.bsky.feed.like", "subject": ref(other, number), "createdAt": made},
        {"$type": "app.bsky.feed.repost", "subject": ref(other, number), "createdAt": made},
        {"$type": "app.bsky.graph.follow", "subject": did(other), "createdAt": made},
        {"$type": "app.bsky.actor.profile", "displayName": "Mara", "description": draw(TEXTS)},
    ]
    return entry(who, draw(_NUMBERS), draw(st.sampled_from(choices)))


VALUES = st.one_of(
    pages(),
    views(),
    entries(),
    posts(),
    threads().map(lambda made: {"thread": made}),
    flat_threads(),
    st.lists(_WHO, max_size=3).map(
        lambda many: {"follows": [account(who, "z.ee", "Z") for who in many]},
    ),
)
"""Any object of Bluesky without an unknown key."""
