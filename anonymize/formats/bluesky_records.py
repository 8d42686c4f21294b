"""Records of the AT protocol, as repositories hold them: which key holds what.

Keys follow the lexicons `app.bsky.*` (github.com/bluesky-social/atproto, folder `lexicons`,
MIT); a key that is not here is opaque and dropped.
"""

from __future__ import annotations

from anonymize.formats.bluesky_leaves import (
    ANSWERED,
    AT,
    BLOB,
    CID,
    COLLECTION,
    DATE,
    DID,
    FACETS,
    LANG,
    NOTHING,
    OWN_AT,
    OWN_DID,
    RATIO,
    REF,
    RKEY,
    SELF_LABELS,
    SERVICE_DID,
    TAG,
    TEXT,
    URL,
    shape,
    typed,
)
from anonymize.formats.json_shapes import DROPPED, FLAG, Leaf, Node, many, words
from anonymize.model.fields import Role

_OWN_NAME = Leaf(Role.NAME, "display", "author")
_OWN_BIO = Leaf(Role.TEXT, "bio", "author")
PURPOSE = words(
    "app.bsky.graph.defs#modlist",
    "app.bsky.graph.defs#curatelist",
    "app.bsky.graph.defs#referencelist",
)
CONTENT_MODE = words(
    "app.bsky.feed.defs#contentModeUnspecified",
    "app.bsky.feed.defs#contentModeVideo",
)
PRESENTATION = words("default", "gif")
INCOMING = words("all", "none", "following", "followers", "mutuals")

_IMAGE = shape({"image": BLOB, "alt": TEXT, "aspectRatio": RATIO})
EMBED = typed({}, NOTHING)
"""What a post brings: pictures, a film, a link card, another record."""
EMBED.shapes.update(
    {
        "app.bsky.embed.images": shape({"images": many(_IMAGE)}),
        "app.bsky.embed.gallery": shape({"media": many(_IMAGE), "items": many(_IMAGE)}),
        "app.bsky.embed.external": shape(
            {
                "external": shape(
                    {"uri": URL, "title": TEXT, "description": TEXT, "thumb": BLOB},
                ),
            },
        ),
        "app.bsky.embed.record": shape({"record": REF}),
        "app.bsky.embed.recordWithMedia": shape({"record": shape({"record": REF}), "media": EMBED}),
        "app.bsky.embed.video": shape(
            {
                "video": BLOB,
                "captions": many(shape({"lang": LANG, "file": BLOB})),
                "alt": TEXT,
                "aspectRatio": RATIO,
                "presentation": PRESENTATION,
            },
        ),
    },
)
_RULES = many(shape({"list": AT}))
_DESCRIBED: dict[str, Node] = {
    "description": TEXT,
    "descriptionFacets": FACETS,
    "avatar": BLOB,
    "labels": SELF_LABELS,
    "createdAt": DATE,
}
_POINTER = shape({"subject": REF, "via": REF, "createdAt": DATE})
_RELATION = shape({"subject": DID, "via": REF, "createdAt": DATE})

RECORD = typed(
    {
        "app.bsky.feed.post": shape(
            {
                "text": TEXT,
                "facets": FACETS,
                "reply": shape({"root": REF, "parent": ANSWERED}),
                "embed": EMBED,
                "langs": many(LANG),
                "labels": SELF_LABELS,
                "tags": many(TAG),
                "createdAt": DATE,
                # Superseded by facets in 2023; they count UTF-16 units.
                "entities": DROPPED,
            },
            texts=("text",),
        ),
        "app.bsky.feed.like": _POINTER,
        "app.bsky.feed.repost": _POINTER,
        "app.bsky.graph.follow": _RELATION,
        "app.bsky.graph.block": _RELATION,
        "app.bsky.graph.listblock": shape({"subject": AT, "createdAt": DATE}),
        "app.bsky.graph.listitem": shape({"subject": DID, "list": AT, "createdAt": DATE}),
        "app.bsky.graph.list": shape(
            {**_DESCRIBED, "name": TEXT, "purpose": PURPOSE},
            texts=("description",),
        ),
        "app.bsky.graph.starterpack": shape(
            {
                **_DESCRIBED,
                "name": TEXT,
                "list": AT,
                "feeds": many(shape({"uri": AT})),
            },
            texts=("description",),
        ),
        "app.bsky.graph.verification": shape(
            {
                "subject": Leaf(Role.ID, "user", "@", fits=DID.fits),
                "handle": Leaf(Role.HANDLE, "bluesky", "@"),
                "displayName": Leaf(Role.NAME, "display", "@"),
                "createdAt": DATE,
            },
            account=True,
        ),
        "app.bsky.feed.generator": shape(
            {
                **_DESCRIBED,
                "did": SERVICE_DID,
                "displayName": TEXT,
                "acceptsInteractions": FLAG,
                "contentMode": CONTENT_MODE,
            },
            texts=("description",),
        ),
        "app.bsky.feed.threadgate": shape(
            {"post": AT, "allow": _RULES, "hiddenReplies": many(AT), "createdAt": DATE},
        ),
        "app.bsky.feed.postgate": shape(
            {
                "post": AT,
                "embeddingRules": _RULES,
                "detachedEmbeddingUris": many(AT),
                "createdAt": DATE,
            },
        ),
        "app.bsky.actor.profile": shape(
            {
                "displayName": _OWN_NAME,
                "description": _OWN_BIO,
                "pronouns": _OWN_BIO,
                "website": URL,
                "avatar": BLOB,
                "banner": BLOB,
                "labels": SELF_LABELS,
                "joinedViaStarterPack": REF,
                "pinnedPost": REF,
                "createdAt": DATE,
            },
        ),
        "app.bsky.labeler.service": shape(
            {
                "policies": DROPPED,
                "labels": SELF_LABELS,
                "reasonTypes": DROPPED,
                "subjectTypes": DROPPED,
                "subjectCollections": DROPPED,
                "createdAt": DATE,
            },
        ),
        "app.bsky.notification.declaration": shape({"allowSubscriptions": INCOMING}),
        "chat.bsky.actor.declaration": shape({"allowIncoming": INCOMING}),
        # What somebody does right now, with a card of where.
        "app.bsky.actor.status": DROPPED,
    },
    NOTHING,
)
"""A record by itself; one of a type that is not here is opaque as a whole."""

ENTRY = shape({"uri": OWN_AT, "cid": CID, "value": RECORD}, post=True)
"""A record with its address, as `listRecords` and `getRecord` give it."""

EVENT = shape(
    {
        "did": OWN_DID,
        "kind": words("commit", "identity", "account"),
        "type": words("com", "id", "acc"),
        # When a server passed it on, to the microsecond.
        "time_us": DROPPED,
        "commit": shape(
            {
                "rev": Leaf(Role.ID, "other"),
                "operation": words("create", "update", "delete"),
                "type": words("c", "u", "d"),
                "collection": COLLECTION,
                "rkey": RKEY,
                "record": RECORD,
                "cid": CID,
            },
        ),
        "identity": shape(
            {
                "did": OWN_DID,
                "handle": Leaf(Role.HANDLE, "bluesky", "author"),
                "seq": DROPPED,
                "time": DROPPED,
            },
        ),
        "account": shape(
            {
                "did": OWN_DID,
                "active": FLAG,
                "status": words("takendown", "suspended", "deleted", "deactivated"),
                "seq": DROPPED,
                "time": DROPPED,
            },
        ),
    },
    post=True,
)
"""A line of a stream of events."""
