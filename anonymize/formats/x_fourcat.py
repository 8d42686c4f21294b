"""Tweets as 4CAT and Zeeschuimer keep them (`.ndjson`): which key holds what.

Two forms.  4CAT's searches of API v2 put accounts, media, polls and places into each tweet
(`author_user`, `attachments.media_keys`, `geo.place`).  Zeeschuimer takes what the web page
itself is sent: a tweet of v1.1 under `legacy`, its author under `core`, both named by
`rest_id`; its own export wraps that into `data`.

Sources: `enrich_tweet` and `map_item` of 4CAT's data sources for X (2021 to 2025); Zeeschuimer's
items (2023 to 2026).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from anonymize.formats.json_shapes import DROPPED, FLAG, NUMBER, Leaf, Node, Shape, many, words
from anonymize.formats.x_tweet import (
    BIO,
    COUNT,
    DATE,
    DISPLAY_NAME,
    HANDLE,
    HOME,
    POST_ID,
    TEXT,
    TWEET_TEXT,
    TWEET_V1,
    URL,
    USER_ID,
    USER_V1,
    text_of,
)
from anonymize.formats.x_tweet_v2 import (
    MEDIA_V2,
    PLACE_V2,
    POLL_V2,
    REFERENCE,
    TWEET_V2,
    USER_V2,
    posts_v2,
    scope_v2,
)
from anonymize.model.fields import Role


class FourCat(NamedTuple):
    """What a line is: its shape, its id, the posts in it, what it belongs to."""

    shape: Shape
    id: str
    posts: tuple[str, ...]
    scope: str


_IMPORTED: dict[str, Node] = {"__import_meta": DROPPED, "subject": TEXT}
_AUTHOR = Shape(dict(USER_V2.keys), account="author")
_ENRICHED: dict[str, Node] = {
    "author_user": _AUTHOR,
    "author_username": Leaf(Role.HANDLE, "x", "author"),
    "author_fullname": Leaf(Role.NAME, "display", "author"),
    "attachments": Shape(
        {
            "media_keys": many(MEDIA_V2),
            "poll_ids": many(POLL_V2),
            "media_source_tweet_id": many(POST_ID),
        },
    ),
    "geo": Shape(
        {
            "place": PLACE_V2,
            "place_id": Leaf(Role.ID, "other"),
            "coordinates": Shape({"type": words("Point"), "coordinates": many(Leaf(Role.PLACE))}),
        },
    ),
    **_IMPORTED,
}
ENRICHED = Shape({**TWEET_V2.keys, **_ENRICHED}, post=True, texts=("text",))
"""A v2 tweet with all it refers to put in."""
_ENRICHED_REFERENCE = Shape({**REFERENCE.keys, **_ENRICHED}, post=True, texts=("text",))
for _shape in (ENRICHED, _ENRICHED_REFERENCE):
    _shape.keys["referenced_tweets"] = many(_ENRICHED_REFERENCE)

_TYPE = words(
    "Tweet",
    "User",
    "TweetWithVisibilityResults",
    "TweetTombstone",
    "TweetUnavailable",
    "adaptive",
    "timeline",
    "timelineItem",
)
_USER = Shape(
    {
        "__typename": _TYPE,
        "rest_id": USER_ID,
        "legacy": USER_V1,
        "core": Shape({"name": DISPLAY_NAME, "screen_name": HANDLE, "created_at": DATE}),
        "avatar": Shape({"image_url": URL}),
        "location": Shape({"location": HOME}),
        "profile_bio": Shape({"description": BIO, "entities": DROPPED}),
        "privacy": Shape({"protected": FLAG}),
        "verification": Shape({"verified": FLAG, "verified_type": DROPPED}),
        "is_blue_verified": FLAG,
        "has_graduated_access": FLAG,
    },
    account="author",
)
for _key in (
    # `VXNlcjo…`: the account's id, packed.
    "id",
    "affiliates_highlighted_label",
    "business_account",
    "creator_subscriptions_count",
    "dm_permissions",
    "follow_request_sent",
    "media_permissions",
    "parody_commentary_fan_label",
    "professional",
    "profile_description_language",
    "profile_image_shape",
    "relationship_perspectives",
    "super_follow_eligible",
    "super_followed_by",
    "super_following",
    "tipjar_settings",
    "user_seed_tweet_count",
    "smart_blocked_by",
    "smart_blocking",
):
    _USER.keys[_key] = DROPPED

_EDITS: dict[str, Node] = {
    "edit_tweet_ids": many(POST_ID),
    "editable_until_msecs": DATE,
    "is_edit_eligible": FLAG,
    "edits_remaining": NUMBER,
    "initial_tweet_id": POST_ID,
}
_LEGACY = Shape(
    {**TWEET_V1.keys, "user_id_str": Leaf(Role.ID, "user", "author"), "bookmark_count": COUNT},
    texts=("full_text",),
)
WEB = Shape(
    {
        "__typename": _TYPE,
        "type": _TYPE,
        "id": POST_ID,
        "rest_id": POST_ID,
        "core": Shape({"user_results": Shape({"result": _USER}), "user_result": DROPPED}),
        "legacy": _LEGACY,
        "user": USER_V1,
        "views": Shape({"count": COUNT, "state": DROPPED}),
        "ext_views": Shape({"count": COUNT, "state": DROPPED}),
        "edit_control": Shape({**_EDITS, "edit_control_initial": Shape(dict(_EDITS))}),
        "note_tweet": Shape(
            {
                "is_expandable": FLAG,
                "note_tweet_results": Shape(
                    {
                        "result": Shape(
                            {
                                "id": DROPPED,
                                "text": TWEET_TEXT,
                                "entity_set": TWEET_V1.keys["entities"],
                                "richtext": DROPPED,
                                "media": DROPPED,
                            },
                            texts=("text",),
                        ),
                    },
                ),
            },
        ),
        "has_birdwatch_notes": FLAG,
        "is_translatable": FLAG,
        "possibly_sensitive": FLAG,
        **_IMPORTED,
    },
    post=True,
)
"""A tweet as the web page is sent it."""
for _key in (
    "source",
    "article",
    "birdwatch_pivot",
    "card",
    "community_results",
    "community_relationship",
    "author_community_relationship",
    "grok_analysis_button",
    "grok_analysis_followups",
    "limitedActionResults",
    "mediaVisibilityResults",
    "post_image_description",
    "post_video_description",
    "previous_counts",
    "quick_promote_eligibility",
    "quotedRefResult",
    "trusted_friends_info_result",
    "unified_card",
    "unmention_data",
    "unmention_info",
    "conversation_muted",
    "tombstone",
):
    WEB.keys[_key] = DROPPED
_RESULT = Shape({"result": WEB})
# Tweets with limited replies stand one level deeper.
WEB.keys["tweet"] = WEB
WEB.keys["quoted_status_result"] = _RESULT
_LEGACY.keys["retweeted_status_result"] = _RESULT
_LEGACY.keys["quoted_status_result"] = _RESULT
WRAPPED = Shape(
    {
        "item_id": POST_ID,
        "timestamp_collected": DATE,
        "last_updated": DATE,
        "data": WEB,
        "id": DROPPED,
        "nav_index": DROPPED,
        "source_platform": DROPPED,
        "source_platform_url": DROPPED,
        "source_url": DROPPED,
        "user_agent": DROPPED,
        "__import_meta": DROPPED,
    },
)
"""An item as Zeeschuimer exports it; where it was seen, and by whom, is dropped."""


def is_wrapped(value: Mapping[str, Any]) -> bool:
    """Whether an object is an item of Zeeschuimer, with a tweet in it."""
    data = value.get("data")
    return (
        "source_platform" in value
        and isinstance(data, dict)
        and isinstance(data.get("legacy"), dict)
    )


def fourcat_of(value: Mapping[str, Any]) -> FourCat | None:
    """Tell what an object is; None when 4CAT would not have written it."""
    if is_wrapped(value):
        return _web(WRAPPED, value["data"])
    if isinstance(value.get("legacy"), dict) and ("rest_id" in value or "core" in value):
        return _web(WEB, value)
    if isinstance(value.get("legacy"), dict) and value.get("type") == "adaptive":
        return _web(WEB, value)
    if "text" in value and ("author_user" in value or "author_fullname" in value):
        own = text_of(value.get("id"))
        return FourCat(ENRICHED, own, posts_v2(value, {}), scope_v2(value))
    return None


def _web(shape: Shape, tweet: Mapping[str, Any]) -> FourCat:
    posts = tuple(dict.fromkeys(_posts(tweet)))
    scope = text_of(tweet["legacy"].get("conversation_id_str"))
    return FourCat(shape, posts[0] if posts else "", posts, scope)


def _posts(tweet: Any) -> Iterator[str]:
    """Yield the ids of all tweets whose content stands in one, its own first."""
    if not isinstance(tweet, dict):
        return
    if isinstance(tweet.get("tweet"), dict):
        yield from _posts(tweet["tweet"])
    legacy = tweet.get("legacy")
    legacy = legacy if isinstance(legacy, dict) else {}
    own = text_of(tweet.get("rest_id")) or text_of(legacy.get("id_str"))
    if own:
        yield own
    for inner in (
        legacy.get("retweeted_status_result"),
        legacy.get("quoted_status_result"),
        tweet.get("quoted_status_result"),
    ):
        if isinstance(inner, dict):
            yield from _posts(inner.get("result"))
