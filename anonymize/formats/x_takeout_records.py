"""Elements of converted takeout files as documents, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from anonymize.formats.base import Texts
from anonymize.formats.json_shapes import Node, Shape, cut, put_back
from anonymize.formats.x_messages import conversation_document, leaving
from anonymize.formats.x_note import NOTE, note_id
from anonymize.formats.x_social import OWN, OWNER, SOCIAL, social_id
from anonymize.formats.x_takeout_files import CLASSIC
from anonymize.formats.x_tweet import TWEET_V1, id_v1, language, posts_v1
from anonymize.formats.x_writers import writers
from anonymize.model.documents import Document, Section

_WRAPPERS = ("tweet", "communityTweet", "noteTweet")
_WRAPPED = {
    CLASSIC: Shape({}),
    "tweets": Shape({"tweet": TWEET_V1}),
    "community-tweet": Shape({"tweet": TWEET_V1, "communityTweet": TWEET_V1}),
    "note-tweet": Shape({"noteTweet": NOTE}),
}
_MESSAGES = frozenset(
    (
        "direct-message-group-headers",
        "direct-message-headers",
        "direct-messages",
        "direct-messages-group",
    ),
)


def record_document(
    stem: str,
    item: dict[str, Any],
    name: str,
    scope: str,
    notes: Mapping[str, str],
) -> Document:
    """Return the document of an element of a file that is converted.

    Args:
        stem: Standard name of the file, such as `tweets`.
        item: The element.
        name: Names the document when it has no id of its own.
        scope: Of everything in the takeout.
        notes: Id of the tweet by that of its note.
    """
    if stem in _MESSAGES:
        return conversation_document(item, name, scope)
    if stem in SOCIAL:
        return _social(stem, item, name, scope)
    return _tweet(stem, item, name, scope, notes)


def table_document(row: Document, scope: str) -> Document:
    """Return a row of the classic table as what it is: a tweet of the takeout's owner."""
    sections = tuple(replace(one, author=OWNER) for one in row.sections)
    return replace(row, sections=sections, scope=scope)


def rebuilt(document: Document, texts: Texts, withheld: frozenset[int]) -> Any:
    """Return the element of a document with new values; None when nothing of it stays."""
    if withheld and len(withheld) >= len(document.sections):
        return None
    record = document.record
    removed = leaving(document, withheld) if withheld else frozenset()
    return put_back(record, document.fields, texts, removed)


def _social(stem: str, item: dict[str, Any], name: str, scope: str) -> Document:
    """Return the document of a like, a follow, a list or a profile."""
    wrapper, node = SOCIAL[stem]
    inner = item.get(wrapper)
    shape: Node = Shape({wrapper: node}) if wrapper in item else node
    body = inner if isinstance(inner, dict) else item
    fields = tuple(cut(item, shape))
    understood = any(one.kind != "unknown" for one in fields)
    post = "tweetId" in body
    own = social_id(body) or name
    section = Section(
        own,
        OWNER if stem in OWN else "",
        (own,) if post else (),
        "" if understood else "unknown-record",
    )
    return Document(own, fields, (section,), item, scope)


def _tweet(
    stem: str,
    item: dict[str, Any],
    name: str,
    scope: str,
    notes: Mapping[str, str],
) -> Document:
    """Return the document of a tweet or note; elements before 2019 have no wrapper."""
    wrapper = next((key for key in _WRAPPERS if key in item), "")
    inner = item.get(wrapper) if wrapper else item
    body = inner if isinstance(inner, dict) else {}
    plain = NOTE if stem == "note-tweet" else TWEET_V1
    fields = tuple(cut(item, _WRAPPED[stem] if wrapper else plain))
    if stem == "note-tweet":
        own = note_id(body)
        tweet = notes.get(own, own)
        posts = tuple(dict.fromkeys((tweet, own)))
    else:
        own, posts = id_v1(body), posts_v1(body)
    user = (wrapper, "user") if wrapper else ("user",)
    # Only the archive of 2012 to 2018 repeats the owner in each of her tweets.
    author = next((f.subject for f in fields if f.subject and f.path[: len(user)] == user), OWNER)
    section = Section(own or name, author, posts, "" if own else "unknown-record")
    by = writers(fields)
    return Document(
        own or name,
        fields,
        (section,),
        item,
        scope,
        language(body.get("lang")),
        tuple(one for one in by if one[0] != own),
    )
