"""Tweets as API v2 writes them, in pages or flattened by twarc2: which key holds what.

Keys follow the v2 reference and the expansions of twarc2; a key that is not here is opaque and
dropped.  X's own annotations of persons and topics, the query (`__twarc`, `matching_rules`),
page tokens and error lines are dropped by rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from anonymize.formats.json_shapes import (
    DROPPED,
    FLAG,
    NUMBER,
    Items,
    Leaf,
    Node,
    Shape,
    many,
    words,
)
from anonymize.formats.x_tweet import (
    BIO,
    CONTENT_TYPE,
    CORNERS,
    COUNT,
    COUNTRY_CODES,
    DATE,
    DISPLAY_NAME,
    END,
    GEOMETRY,
    HANDLE,
    HOME,
    LANG,
    MEDIA_ID,
    MEDIA_TYPE,
    OTHER_ID,
    PLACE,
    PLACE_TYPE,
    POST_ID,
    REPLY_USER_ID,
    START,
    TAG,
    TEXT,
    TWEET_TEXT,
    URL,
    USER_ID,
    point,
    text_of,
)
from anonymize.model.fields import Role

_SPAN: dict[str, Node] = {"start": START, "end": END}
_IMAGE = Shape({"url": URL, "width": NUMBER, "height": NUMBER})
_LINK = Shape(
    {
        **_SPAN,
        "url": URL,
        "expanded_url": URL,
        "display_url": URL,
        "unwound_url": URL,
        "status": NUMBER,
        "title": TEXT,
        "description": TEXT,
        "images": many(_IMAGE),
        "media_key": MEDIA_ID,
    },
)
_TAG = Shape({**_SPAN, "tag": TAG})
_WITHHELD = Shape(
    {"copyright": FLAG, "country_codes": COUNTRY_CODES, "scope": words("tweet", "user")},
)
_EDIT_CONTROLS = Shape(
    {"edits_remaining": NUMBER, "is_edit_eligible": FLAG, "editable_until": DATE},
)


def counts(*names: str) -> Shape:
    """Return the shape of `public_metrics`."""
    return Shape({f"{name}_count": COUNT for name in names})


_MENTION = Shape({**_SPAN}, account=True)
_ENTITIES: dict[str, Node] = {
    "mentions": many(_MENTION),
    "urls": many(_LINK),
    "hashtags": many(_TAG),
    "cashtags": many(_TAG),
    "annotations": DROPPED,
}

_USER_KEYS: dict[str, Node] = {
    "id": USER_ID,
    "username": HANDLE,
    "name": DISPLAY_NAME,
    "description": BIO,
    "location": HOME,
    "url": URL,
    "profile_image_url": URL,
    "profile_banner_url": URL,
    "created_at": DATE,
    "entities": Shape(
        {
            "url": Shape({"urls": many(_LINK)}, parent_text="url"),
            "description": Shape({**_ENTITIES}, parent_text="description"),
        },
    ),
    "public_metrics": counts("followers", "following", "tweet", "listed", "like", "media"),
    "pinned_tweet_id": POST_ID,
    "most_recent_tweet_id": POST_ID,
    "protected": FLAG,
    "verified": FLAG,
    "verified_type": words("blue", "business", "government", "none"),
    "parody": FLAG,
    "is_identity_verified": FLAG,
    "withheld": _WITHHELD,
    "affiliation": DROPPED,
    "connection_status": DROPPED,
    "receives_your_dm": DROPPED,
    "subscription": DROPPED,
    "subscription_type": DROPPED,
    "verified_followers_count": COUNT,
    "__twarc": DROPPED,
}
USER_V2 = Shape(dict(_USER_KEYS), account=True)
"""A v2 user, standing by itself or in `includes.users`."""
# twarc2 puts the whole user into each mention when it flattens.
_MENTION.keys.update(_USER_KEYS)

MEDIA_V2 = Shape(
    {
        "media_key": MEDIA_ID,
        "type": MEDIA_TYPE,
        "url": URL,
        "preview_image_url": URL,
        "duration_ms": COUNT,
        "width": NUMBER,
        "height": NUMBER,
        "alt_text": TEXT,
        "public_metrics": counts("view"),
        "variants": many(Shape({"bit_rate": NUMBER, "content_type": CONTENT_TYPE, "url": URL})),
        "non_public_metrics": DROPPED,
        "organic_metrics": DROPPED,
        "promoted_metrics": DROPPED,
    },
)
POLL_V2 = Shape(
    {
        "id": OTHER_ID,
        "options": many(Shape({"position": NUMBER, "label": TEXT, "votes": COUNT})),
        "duration_minutes": NUMBER,
        "end_datetime": DATE,
        "voting_status": words("open", "closed"),
    },
)
_PLACE_KEYS: dict[str, Node] = {
    "id": OTHER_ID,
    "full_name": PLACE,
    "name": PLACE,
    "country": PLACE,
    "country_code": PLACE,
    "place_type": PLACE_TYPE,
    "geo": Shape({"type": GEOMETRY, "bbox": CORNERS, "properties": Shape({})}),
    "contained_within": DROPPED,
}
PLACE_V2 = Shape(_PLACE_KEYS)

TWEET_V2 = Shape(
    {
        "id": POST_ID,
        "text": TWEET_TEXT,
        "author_id": Leaf(Role.ID, "user", "author"),
        "conversation_id": POST_ID,
        "in_reply_to_user_id": REPLY_USER_ID,
        "created_at": DATE,
        "lang": LANG,
        "edit_history_tweet_ids": many(POST_ID),
        "edit_controls": _EDIT_CONTROLS,
        "display_text_range": Items((START, END)),
        "public_metrics": counts("retweet", "reply", "like", "quote", "bookmark", "impression"),
        "reply_settings": words(
            "everyone",
            "mentionedUsers",
            "following",
            "subscribers",
            "verified",
            "other",
        ),
        "possibly_sensitive": FLAG,
        "paid_partnership": FLAG,
        "withheld": _WITHHELD,
        "entities": Shape(_ENTITIES),
        "note_tweet": Shape(
            {"text": TWEET_TEXT, "entities": Shape(_ENTITIES)},
            post=True,
            texts=("text",),
        ),
        "attachments": Shape(
            {
                "media_keys": many(MEDIA_ID),
                "poll_ids": many(OTHER_ID),
                "media_source_tweet_id": many(POST_ID),
                "media": many(MEDIA_V2),
                "poll": POLL_V2,
                "polls": many(POLL_V2),
            },
        ),
        "geo": Shape({**_PLACE_KEYS, "place_id": OTHER_ID, "coordinates": point()}),
        "community_id": OTHER_ID,
        "author": Shape({**_USER_KEYS}, account="author"),
        "in_reply_to_user": Shape({**_USER_KEYS}, account="reply"),
    },
    post=True,
    texts=("text",),
)
"""A v2 tweet; flattened ones hold author, referenced tweets, media and place themselves."""

for _key in (
    "source",
    "context_annotations",
    "non_public_metrics",
    "organic_metrics",
    "promoted_metrics",
    "card_uri",
    "article",
    "scopes",
    "media_metadata",
    "suggested_source_links",
    "suggested_source_links_with_counts",
    "matching_rules",
    "errors",
    "meta",
    "__twarc",
):
    TWEET_V2.keys[_key] = DROPPED
REFERENCE = Shape(
    {**TWEET_V2.keys, "type": words("replied_to", "quoted", "retweeted")},
    post=True,
    texts=("text",),
)
"""`{type, id}`, or a whole tweet with its type where it was flattened."""
for _shape in (TWEET_V2, REFERENCE):
    _shape.keys["referenced_tweets"] = many(REFERENCE)
for _shape in (USER_V2, _MENTION):
    _shape.keys["pinned_tweet"] = TWEET_V2
for _key in ("author", "in_reply_to_user"):
    _user = TWEET_V2.keys[_key]
    if isinstance(_user, Shape):
        _user.keys["pinned_tweet"] = TWEET_V2

LIST_V2 = Shape(
    {
        "id": OTHER_ID,
        "name": TEXT,
        "description": TEXT,
        "owner_id": Leaf(Role.ID, "user", "keeper"),
        "created_at": DATE,
        "follower_count": COUNT,
        "member_count": COUNT,
        "private": FLAG,
        "__twarc": DROPPED,
    },
)
COUNT_V2 = Shape({"start": DATE, "end": DATE, "tweet_count": COUNT, "__twarc": DROPPED})
"""How many tweets fell into a stretch of time."""

PAGE_REST = Shape(
    {
        "includes": Shape(
            {
                "users": many(USER_V2),
                "tweets": many(TWEET_V2),
                "media": many(MEDIA_V2),
                "places": many(PLACE_V2),
                "polls": many(POLL_V2),
                "topics": DROPPED,
            },
        ),
        "meta": Shape(
            {
                "result_count": COUNT,
                "total_tweet_count": COUNT,
                "newest_id": DROPPED,
                "oldest_id": DROPPED,
                "next_token": DROPPED,
                "previous_token": DROPPED,
                "sent": DROPPED,
                "summary": DROPPED,
            },
        ),
        "errors": DROPPED,
        "matching_rules": DROPPED,
        "title": DROPPED,
        "detail": DROPPED,
        "type": DROPPED,
        "status": DROPPED,
        "__twarc": DROPPED,
    },
)
"""A page without its `data`."""


def shape_of(item: Mapping[str, Any]) -> Shape | None:
    """Return what an object of a page, or a flattened line, is; None when nothing known."""
    if "dm_conversation_id" in item:
        # A direct message: it says otherwise whose it is, and nobody in it was asked.
        return None
    if "text" in item or "author_id" in item:
        return TWEET_V2
    if "username" in item:
        return USER_V2
    if "tweet_count" in item:
        return COUNT_V2
    if "owner_id" in item or "member_count" in item or "follower_count" in item:
        return LIST_V2
    if "id" in item and item.keys() <= TWEET_V2.keys.keys():
        return TWEET_V2
    return None


def references(tweet: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    """Yield the entries of `referenced_tweets`, inlined or not."""
    listed = tweet.get("referenced_tweets")
    for one in listed if isinstance(listed, list) else ():
        if isinstance(one, dict):
            yield one


def posts_v2(
    tweet: Mapping[str, Any],
    included: Mapping[str, Mapping[str, Any]],
) -> tuple[str, ...]:
    """Return the ids of all tweets whose content stands in `tweet`, its own first.

    Args:
        tweet: As it stands.
        included: Tweets of `includes`, by id; a reference to one of them brings it in.
    """
    found: dict[str, None] = {}
    waiting = [tweet]
    while waiting:
        one = waiting.pop(0)
        own = text_of(one.get("id"))
        if own in found:
            continue
        if own:
            found[own] = None
        for reference in references(one):
            target = text_of(reference.get("id"))
            if "text" in reference:
                waiting.append(reference)
            elif target in included:
                waiting.append(included[target])
            elif target and reference.get("type") == "retweeted":
                # The text of a retweet is a copy, though cut.
                found[target] = None
    return tuple(found)


def scope_v2(tweet: Mapping[str, Any]) -> str:
    """Return the id of the conversation the tweet belongs to, as far as it tells."""
    if found := text_of(tweet.get("conversation_id")):
        return found
    for reference in references(tweet):
        if reference.get("type") == "replied_to":
            return text_of(reference.get("id"))
    return text_of(tweet.get("id"))
