"""Activities and the actor of a Mastodon archive: which key holds what.

Keys follow ActivityPub and what Mastodon's own serializers write into an archive; a key that is
not here is opaque and dropped.  Keys, signatures, addresses and previews of pictures and lists of
replies are dropped by rule.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from anonymize.formats.json_shapes import FLAG, Leaf, Node, Shape, many, words
from anonymize.formats.mastodon_api import dropped
from anonymize.formats.mastodon_html import html
from anonymize.formats.mastodon_uris import ADDRESS
from anonymize.formats.mastodon_values import (
    ACTOR,
    ACTOR_OF,
    HANDLE_OF,
    OTHER,
    POST,
    REFERENCE,
    TAG_NAME,
    uri,
    uri_or,
)
from anonymize.formats.x_tweet import COUNT, DATE, TEXT, URL, text_of
from anonymize.model.fields import Role

OWNER = "owner"
"""`Field.subject` and `Section.author` of the person whose archive it is."""
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][A-Za-z]{1,3})?")
_OWN = uri("user", OWNER)


class _Languages(dict[str, Node]):
    """Keys of `contentMap`: any code of a language."""

    _TEXT: ClassVar[Node] = html()

    def get(self, key: str, default: Any = None) -> Any:
        """Return the shape of a text in a language, for a code of one."""
        return self._TEXT if _LANGUAGE.fullmatch(key) else default


class _Words(_Languages):
    """Keys of `summaryMap` and `nameMap`."""

    _TEXT: ClassVar[Node] = TEXT


_MIME = Leaf(
    Role.CODE,
    fits=re.compile(r"(?:image|video|audio|text|application)/[a-z0-9][a-z0-9.+-]{0,40}").fullmatch,
)
_DURATION = Leaf(Role.CODE, fits=re.compile(r"PT[0-9HMS.]{1,20}").fullmatch)
_TYPES = words("Note", "Question", "Article", "Page", "Image", "Video", "Audio", "Event")
_TAG = Shape(
    {
        "type": words("Mention", "Hashtag", "Emoji", "Link"),
        "href": REFERENCE,
        "name": TAG_NAME,
        "mediaType": Leaf(Role.CODE, fits=re.compile(r"[a-z]+/[^\s\d]{1,120}").fullmatch),
        **dropped("id icon updated rel"),
    },
    account=True,
)
_ATTACHMENT = Shape(
    {
        "type": words("Document", "Image", "Video", "Audio", "Link"),
        "mediaType": _MIME,
        "name": TEXT,
        "href": URL,
        "duration": _DURATION,
        **dropped("url blurhash focalPoint width height icon"),
    },
)
_COUNTED = Shape({"type": words("Collection"), "totalItems": COUNT, **dropped("id first")})
_OPTION = Shape({"type": words("Note"), "name": TEXT, "replies": _COUNTED})
_AUDIENCE = many(ACTOR)

NOTE: dict[str, Node] = {
    "id": POST,
    "type": _TYPES,
    "summary": TEXT,
    "summaryMap": Shape(_Words()),
    "name": TEXT,
    "inReplyTo": POST,
    "published": DATE,
    "updated": DATE,
    "url": POST,
    "attributedTo": _OWN,
    "to": _AUDIENCE,
    "cc": _AUDIENCE,
    "sensitive": FLAG,
    "atomUri": POST,
    "inReplyToAtomUri": POST,
    "conversation": OTHER,
    "context": OTHER,
    "content": html(),
    "contentMap": Shape(_Languages()),
    "source": Shape({"content": TEXT, "mediaType": _MIME, "contentMap": Shape(_Words())}),
    "attachment": many(_ATTACHMENT),
    "tag": many(_TAG),
    "likes": _COUNTED,
    "shares": _COUNTED,
    "oneOf": many(_OPTION),
    "anyOf": many(_OPTION),
    "endTime": DATE,
    "closed": DATE,
    "votersCount": COUNT,
    "quote": uri_or({"type": words("Tombstone")}, "post"),
    "quoteUri": POST,
    "quoteUrl": POST,
    "_misskey_quote": POST,
    **dropped("replies quoteAuthorization interactionPolicy @context generator"),
}
"""A post of the owner, in the activity that made it."""

ACTIVITY = Shape(
    {
        "id": POST,
        "type": words("Create", "Announce"),
        "actor": _OWN,
        "published": DATE,
        "to": _AUDIENCE,
        "cc": _AUDIENCE,
        "object": uri_or(NOTE, "post"),
        **dropped("@context signature"),
    },
    post=True,
)
"""That the owner wrote a post, or passed one on, of which then stands the address alone."""

_PROPERTY = Shape(
    {
        "type": words("PropertyValue", "IdentityProof"),
        "name": TEXT,
        "value": html(),
        **dropped("signatureAlgorithm signatureValue"),
    },
)
_PAGE = Leaf(
    Role.CODE,
    fits=frozenset(("outbox.json", "likes.json", "bookmarks.json")).__contains__,
)
ACTOR_JSON = Shape(
    {
        "id": ACTOR_OF,
        "url": ACTOR_OF,
        "webfinger": HANDLE_OF,
        "type": words("Person", "Service", "Group", "Application", "Organization"),
        "preferredUsername": HANDLE_OF,
        "name": Leaf(Role.NAME, "display", "@"),
        "summary": html("bio", "@"),
        "published": DATE,
        "manuallyApprovesFollowers": FLAG,
        "discoverable": FLAG,
        "indexable": FLAG,
        "suspended": FLAG,
        "memorial": FLAG,
        "following": ACTOR_OF,
        "followers": ACTOR_OF,
        "inbox": ACTOR_OF,
        "featured": ACTOR_OF,
        "featuredTags": ACTOR_OF,
        "outbox": _PAGE,
        "attachment": many(_PROPERTY),
        "tag": many(_TAG),
        "movedTo": ACTOR,
        "alsoKnownAs": many(ACTOR_OF),
        # Addresses of files that are not in the output, keys, and what others may do.
        **dropped(
            "@context likes bookmarks icon image publicKey endpoints devices attributionDomains "
            "interactionPolicy featuredCollections showFeatured showMedia showRepliesInMedia",
        ),
    },
    account=OWNER,
)
"""The owner; her other accounts are hers."""


def number_of(address: object) -> str:
    """Return the id of the post an address is of, empty where it tells none."""
    match = ADDRESS.fullmatch(address) if isinstance(address, str) else None
    return (match["post"] or "") if match else ""


def post_ids(activity: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids of the post an activity made or passed on; its own address if need be."""
    made = activity.get("object")
    named = made.get("id") if isinstance(made, dict) else made
    own = number_of(named) or text_of(named)
    return (own,) if own else ()


def language_of(activity: Mapping[str, Any]) -> str:
    """Return the code of the language of a post, where it tells just one."""
    made = activity.get("object")
    texts = made.get("contentMap") if isinstance(made, dict) else None
    codes = list(texts) if isinstance(texts, dict) else []
    return codes[0] if len(codes) == 1 and _LANGUAGE.fullmatch(codes[0]) else ""
