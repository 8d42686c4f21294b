"""What the API of Bluesky shows: accounts, posts, threads, feeds and pages of them.

Keys follow the lexicons `app.bsky.*` (see `bluesky_records`).  What an answer tells of the
collector's own account (`viewer`), cursors and the notes of feeds are dropped by rule.
"""

from __future__ import annotations

from anonymize.formats.bluesky_leaves import (
    ACCOUNT_AT,
    ACCOUNT_DID,
    AT,
    BIO,
    CID,
    COLLECTION,
    COUNT,
    DATE,
    FACETS,
    HANDLE,
    LABELS,
    NAME,
    NOTHING,
    OWN_AT,
    RATIO,
    REF,
    SERVICE_DID,
    TEXT,
    URL,
    VALID,
    add,
    shape,
    typed,
)
from anonymize.formats.bluesky_records import (
    CONTENT_MODE,
    ENTRY,
    INCOMING,
    PRESENTATION,
    PURPOSE,
    RECORD,
)
from anonymize.formats.json_shapes import DROPPED, FLAG, NUMBER, Node, Shape, many, words

_PROFILE: dict[str, Node] = {
    "did": ACCOUNT_DID,
    "handle": HANDLE,
    "displayName": NAME,
    "description": BIO,
    "pronouns": BIO,
    "website": URL,
    "avatar": URL,
    "banner": URL,
    "followersCount": COUNT,
    "followsCount": COUNT,
    "postsCount": COUNT,
    "associated": shape(
        {
            "lists": COUNT,
            "feedgens": COUNT,
            "starterPacks": COUNT,
            "labeler": FLAG,
            "chat": shape({"allowIncoming": INCOMING, "allowGroupInvites": INCOMING}),
            "activitySubscription": shape({"allowSubscriptions": INCOMING}),
            "germ": DROPPED,
        },
    ),
    "indexedAt": DATE,
    "createdAt": DATE,
    "labels": LABELS,
    "pinnedPost": REF,
    "verification": shape(
        {"verifications": DROPPED, "verifiedStatus": VALID, "trustedVerifierStatus": VALID},
    ),
    "joinedViaStarterPack": DROPPED,
    "status": DROPPED,
    "viewer": DROPPED,
    "debug": DROPPED,
}


def account(word: str | bool = True) -> Shape:
    """Return the shape of an account, or of one called by a word (`author`)."""
    return shape(_PROFILE, account=word)


PROFILE = account()

_PICTURE = shape(
    {"thumb": URL, "thumbnail": URL, "fullsize": URL, "alt": TEXT, "aspectRatio": RATIO},
)
_LIST: dict[str, Node] = {
    "uri": OWN_AT,
    "cid": CID,
    "name": TEXT,
    "purpose": PURPOSE,
    "description": TEXT,
    "descriptionFacets": FACETS,
    "avatar": URL,
    "creator": account("author"),
    "listItemCount": COUNT,
    "labels": LABELS,
    "indexedAt": DATE,
    "viewer": DROPPED,
}
LIST = shape(_LIST, post=True, texts=("description",))
GENERATOR = shape(
    {
        **_LIST,
        "did": SERVICE_DID,
        "displayName": TEXT,
        "likeCount": COUNT,
        "acceptsInteractions": FLAG,
        "contentMode": CONTENT_MODE,
    },
    post=True,
    texts=("description",),
)
PACK = shape(
    {
        "uri": OWN_AT,
        "cid": CID,
        "record": RECORD,
        "creator": account("author"),
        "list": LIST,
        "listItemsSample": many(shape({"uri": AT, "subject": PROFILE})),
        "feeds": many(GENERATOR),
        "listItemCount": COUNT,
        "joinedWeekCount": COUNT,
        "joinedAllTimeCount": COUNT,
        "labels": LABELS,
        "indexedAt": DATE,
    },
    post=True,
)
GONE = shape(
    {
        "uri": AT,
        "notFound": FLAG,
        "blocked": FLAG,
        "detached": FLAG,
        "author": shape({"did": ACCOUNT_DID, "viewer": DROPPED}, account=True),
    },
)
"""A post that is deleted, withdrawn, or not shown to the collector."""
EMBED_VIEW = typed({}, NOTHING)
_COUNTS: dict[str, Node] = {
    f"{name}Count": COUNT for name in ("reply", "repost", "like", "quote", "bookmark")
}
_POST: dict[str, Node] = {
    "uri": OWN_AT,
    "cid": CID,
    "author": account("author"),
    **_COUNTS,
    "labels": LABELS,
    "indexedAt": DATE,
    "viewer": DROPPED,
    "debug": DROPPED,
}
QUOTED = typed(
    {
        "app.bsky.embed.record#viewNotFound": GONE,
        "app.bsky.embed.record#viewBlocked": GONE,
        "app.bsky.embed.record#viewDetached": GONE,
        "app.bsky.feed.defs#generatorView": GENERATOR,
        "app.bsky.graph.defs#listView": LIST,
        "app.bsky.graph.defs#starterPackViewBasic": PACK,
        "app.bsky.labeler.defs#labelerView": DROPPED,
    },
    shape({**_POST, "value": RECORD, "embeds": many(EMBED_VIEW)}, post=True),
)
_QUOTE = shape({"record": QUOTED})
EMBED_VIEW.shapes.update(
    {
        "app.bsky.embed.images#view": shape({"images": many(_PICTURE)}),
        "app.bsky.embed.gallery#view": shape({"media": many(_PICTURE), "items": many(_PICTURE)}),
        "app.bsky.embed.external#view": shape(
            {"external": shape({"uri": URL, "title": TEXT, "description": TEXT, "thumb": URL})},
        ),
        "app.bsky.embed.record#view": _QUOTE,
        "app.bsky.embed.recordWithMedia#view": shape({"record": _QUOTE, "media": EMBED_VIEW}),
        "app.bsky.embed.video#view": shape(
            {
                "cid": CID,
                "playlist": URL,
                "thumbnail": URL,
                "alt": TEXT,
                "aspectRatio": RATIO,
                "presentation": PRESENTATION,
            },
        ),
    },
)
POST = shape(
    {
        **_POST,
        "record": RECORD,
        "embed": EMBED_VIEW,
        "threadgate": shape({"uri": AT, "cid": CID, "record": RECORD, "lists": DROPPED}),
    },
    post=True,
)
"""A post with its author and counts."""
_SHOWN = typed(
    {
        "app.bsky.feed.defs#notFoundPost": GONE,
        "app.bsky.feed.defs#blockedPost": GONE,
    },
    POST,
)
FEED_ITEM = shape(
    {
        "post": POST,
        "reply": shape({"root": _SHOWN, "parent": _SHOWN, "grandparentAuthor": account()}),
        "reason": shape({"by": account(), "uri": AT, "cid": CID, "indexedAt": DATE}),
        "feedContext": DROPPED,
        "reqId": DROPPED,
        "metadata": DROPPED,
    },
)
"""A post of a feed, with what it answers and who passed it on."""
THREAD_REST = shape({"threadContext": DROPPED, **dict(GONE.keys)})
"""A post of a thread without the posts it holds."""

FLAT_ITEM = shape(
    {
        "uri": AT,
        "depth": NUMBER,
        "value": typed(
            {
                "app.bsky.unspecced.defs#threadItemPost": shape(
                    {
                        "post": POST,
                        "moreParents": FLAG,
                        "moreReplies": COUNT,
                        "opThread": FLAG,
                        "hiddenByThreadgate": FLAG,
                        "mutedByViewer": DROPPED,
                    },
                ),
                "app.bsky.unspecced.defs#threadItemNoUnauthenticated": shape({"author": DROPPED}),
                "app.bsky.unspecced.defs#threadItemNotFound": GONE,
                "app.bsky.unspecced.defs#threadItemBlocked": GONE,
            },
            NOTHING,
        ),
    },
)
"""A post of a flat thread (`getPostThreadV2`), with how far it stands from the one asked for."""
LIKE = shape({"actor": PROFILE, "createdAt": DATE, "indexedAt": DATE})
ITEM = shape({"uri": AT, "subject": PROFILE})
_REASONS = (
    "like repost follow mention reply quote starterpack-joined verified unverified "
    "like-via-repost repost-via-repost subscribed-post contact-match"
)
NOTICE = shape(
    {
        **_POST,
        "reason": words(*_REASONS.split()),
        "reasonSubject": AT,
        "record": RECORD,
        "isRead": FLAG,
    },
    post=True,
)
_DOCUMENT_KEYS: dict[str, Node] = {
    "@context": many(
        words(
            "https://www.w3.org/ns/did/v1",
            "https://w3id.org/security/multikey/v1",
            "https://w3id.org/security/suites/secp256k1-2019/v1",
        ),
    ),
    "id": ACCOUNT_DID,
    "alsoKnownAs": many(ACCOUNT_AT),
    # A key finds its account in the public directory.
    "verificationMethod": DROPPED,
    "service": many(
        shape(
            {
                "id": words("#atproto_pds", "#atproto_labeler", "#bsky_fg", "#bsky_notif"),
                "type": words(
                    "AtprotoPersonalDataServer",
                    "AtprotoLabeler",
                    "BskyFeedGenerator",
                    "BskyNotificationService",
                ),
                "serviceEndpoint": URL,
            },
        ),
    ),
}
DID_DOCUMENT = shape(_DOCUMENT_KEYS, account=True)
ACCOUNT = shape(
    {
        **_PROFILE,
        "didDoc": shape(_DOCUMENT_KEYS),
        "collections": many(COLLECTION),
        "handleIsCorrect": FLAG,
        # Answers to opening a session.
        "email": DROPPED,
        "emailConfirmed": DROPPED,
        "emailAuthFactor": DROPPED,
        "accessJwt": DROPPED,
        "refreshJwt": DROPPED,
        "active": FLAG,
    },
    account=True,
)
"""An account by itself: a profile, an answer to `describeRepo` or `resolveHandle`."""

ITEMS: dict[str, Node] = {
    "feed": FEED_ITEM,
    "posts": POST,
    "thread": FLAT_ITEM,
    "follows": PROFILE,
    "followers": PROFILE,
    "repostedBy": PROFILE,
    "profiles": PROFILE,
    "actors": PROFILE,
    "suggestions": PROFILE,
    "blocks": PROFILE,
    "mutes": PROFILE,
    "likes": LIKE,
    "items": ITEM,
    "records": ENTRY,
    "notifications": NOTICE,
    "bookmarks": shape({"subject": REF, "createdAt": DATE, "item": _SHOWN}),
    "feeds": GENERATOR,
    "lists": LIST,
    "starterPacks": PACK,
}
"""Lists of records in pages, by key."""
PAGE_REST = shape(
    {
        "cursor": DROPPED,
        "subject": PROFILE,
        "list": LIST,
        "uri": AT,
        "cid": CID,
        "hitsTotal": COUNT,
        "threadgate": POST.keys["threadgate"],
        "recId": DROPPED,
        "recIdStr": DROPPED,
        "relativeToDid": DROPPED,
        "priority": FLAG,
        "hasOtherReplies": FLAG,
        "isFallback": FLAG,
        "seenAt": DROPPED,
        "preferences": DROPPED,
    },
)
"""A page without its records."""
add(PAGE_REST, {key: many(node) for key, node in ITEMS.items()})
