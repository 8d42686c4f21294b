"""Tweets as the takeout and API v1.1 write them: which key holds what.

Keys follow X's own README of the archive (2023), the v1.1 reference and the field tables of the
twitter-archive structs; a key that is not here is opaque and dropped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from anonymize.formats.json_shapes import (
    DROPPED,
    FLAG,
    NUMBER,
    Either,
    Items,
    Leaf,
    Node,
    Shape,
    many,
    words,
)
from anonymize.model.fields import Encoding, Role

POST_ID = Leaf(Role.ID, "post")
USER_ID = Leaf(Role.ID, "user", "@")
MEDIA_ID = Leaf(Role.ID, "media")
OTHER_ID = Leaf(Role.ID, "other")
REPLY_USER_ID = Leaf(Role.ID, "user", "reply")
HANDLE = Leaf(Role.HANDLE, "x", "@")
DISPLAY_NAME = Leaf(Role.NAME, "display", "@")
BIO = Leaf(Role.TEXT, "bio", "@")
TEXT = Leaf(Role.TEXT)
TAG = Leaf(Role.TEXT, "hashtag")
TWEET_TEXT = Leaf(Role.TEXT, encoding=Encoding.HTML)
HOME = Leaf(Role.PLACE, subject="@")
PLACE = Leaf(Role.PLACE)
URL = Leaf(Role.URL)
DATE = Leaf(Role.DATE)
COUNT = Leaf(Role.COUNT)
START = Leaf(Role.OFFSET, "start")
END = Leaf(Role.OFFSET, "end")
INDICES = Items((START, END))
LANG = Leaf(Role.CODE, fits=re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?").fullmatch)
COUNTRY_CODES = many(Leaf(Role.CODE, fits=re.compile(r"[A-Z]{2}").fullmatch))
MEDIA_TYPE = words("photo", "video", "animated_gif")
CONTENT_TYPE = words(
    "video/mp4",
    "video/webm",
    "application/x-mpegURL",
    "application/dash+xml",
    "image/jpeg",
    "image/png",
    "image/gif",
)
PLACE_TYPE = words("country", "admin", "city", "neighborhood", "poi", "unknown")
GEOMETRY = words("Point", "Polygon", "Feature")
CORNERS = many(PLACE)


def point() -> Shape:
    """Return the shape of a GeoJSON point."""
    return Shape({"type": GEOMETRY, "coordinates": CORNERS})


_LINK: dict[str, Node] = {
    "url": URL,
    "expanded_url": URL,
    "display_url": URL,
    "indices": INDICES,
    "unwound": Shape({"url": URL, "status": NUMBER, "title": TEXT, "description": TEXT}),
}
_TAG = Shape({"text": TAG, "indices": INDICES})
_SIZE = Shape({"w": NUMBER, "h": NUMBER, "resize": words("fit", "crop")})
_MEDIA = Shape(
    {
        **_LINK,
        "id": MEDIA_ID,
        "id_str": MEDIA_ID,
        "media_key": MEDIA_ID,
        "media_url": URL,
        "media_url_https": URL,
        "type": MEDIA_TYPE,
        "ext_alt_text": TEXT,
        "description": TEXT,
        "source_status_id": POST_ID,
        "source_status_id_str": POST_ID,
        "source_user_id": Leaf(Role.ID, "user"),
        "source_user_id_str": Leaf(Role.ID, "user"),
        "media_alt": TEXT,
        # A list in archives before 2019.
        "sizes": Either(
            many(_SIZE),
            Shape({"thumb": _SIZE, "small": _SIZE, "medium": _SIZE, "large": _SIZE}),
        ),
        "video_info": Shape(
            {
                "aspect_ratio": many(NUMBER),
                "duration_millis": COUNT,
                "variants": many(
                    Shape({"bitrate": NUMBER, "content_type": CONTENT_TYPE, "url": URL}),
                ),
            },
        ),
        "additional_media_info": DROPPED,
        "features": DROPPED,
        "ext": DROPPED,
        "ext_media_availability": DROPPED,
        "ext_media_color": DROPPED,
        "original_info": DROPPED,
    },
)
_POLL = Shape(
    {
        "options": many(Shape({"position": NUMBER, "text": TEXT})),
        "end_datetime": DATE,
        "duration_minutes": NUMBER,
    },
)
_MENTION = Shape(
    {
        "name": DISPLAY_NAME,
        "screen_name": HANDLE,
        "id": USER_ID,
        "id_str": USER_ID,
        "indices": INDICES,
    },
    account=True,
)
_ENTITIES = Shape(
    {
        "hashtags": many(_TAG),
        "symbols": many(_TAG),
        "timestamps": many(Shape({"text": TEXT, "seconds": COUNT, "indices": INDICES})),
        "user_mentions": many(_MENTION),
        "urls": many(Shape(_LINK)),
        "media": many(_MEDIA),
        "polls": many(_POLL),
    },
)
_EDITS = Shape(
    {
        "editTweetIds": many(POST_ID),
        "editableUntil": DATE,
        "editsRemaining": NUMBER,
        "isEditEligible": FLAG,
    },
)
_V1_PLACE = Shape(
    {
        "id": OTHER_ID,
        "url": URL,
        "place_type": PLACE_TYPE,
        "name": PLACE,
        "full_name": PLACE,
        "country": PLACE,
        "country_code": PLACE,
        "bounding_box": Shape({"type": GEOMETRY, "coordinates": many(many(CORNERS))}),
        "centroid": CORNERS,
        "contained_within": DROPPED,
        "attributes": DROPPED,
    },
)

USER_V1 = Shape(
    {
        "id": USER_ID,
        "id_str": USER_ID,
        "name": DISPLAY_NAME,
        "screen_name": HANDLE,
        "location": HOME,
        "description": BIO,
        "url": URL,
        "entities": Shape(
            {
                "url": Shape({"urls": many(Shape(_LINK))}, parent_text="url"),
                "description": Shape(
                    {
                        "urls": many(Shape(_LINK)),
                        "hashtags": many(_TAG),
                        "symbols": many(_TAG),
                        "user_mentions": many(_MENTION),
                    },
                    parent_text="description",
                ),
            },
        ),
        "created_at": DATE,
        "lang": LANG,
        "translator_type": words("none", "regular", "badged", "moderator"),
        "withheld_in_countries": COUNTRY_CODES,
        "withheld_scope": words("status", "user"),
    },
    account="author",
)
"""A v1.1 user; what the collector's own account is to her, and colours, are dropped."""

for _key in ("followers", "friends", "listed", "favourites", "statuses", "media", "fast_followers"):
    USER_V1.keys[f"{_key}_count"] = COUNT
USER_V1.keys["normal_followers_count"] = COUNT
for _key in (
    "profile_image_url",
    "profile_image_url_https",
    "profile_banner_url",
    "profile_background_image_url",
    "profile_background_image_url_https",
):
    USER_V1.keys[_key] = URL
for _key in (
    "protected",
    "verified",
    "geo_enabled",
    "contributors_enabled",
    "is_translator",
    "is_translation_enabled",
    "default_profile",
    "default_profile_image",
    "has_extended_profile",
    "profile_background_tile",
    "profile_use_background_image",
):
    USER_V1.keys[_key] = FLAG
for _key in (
    "utc_offset",
    "time_zone",
    "derived",
    "following",
    "followed_by",
    "live_following",
    "follow_request_sent",
    "notifications",
    "muting",
    "blocking",
    "blocked_by",
    "can_dm",
    "can_media_tag",
    "want_retweets",
    "advertiser_account_type",
    "advertiser_account_service_levels",
    "business_profile_state",
    "pinned_tweet_ids",
    "pinned_tweet_ids_str",
    "profile_image_extensions",
    "profile_banner_extensions",
    "profile_interstitial_type",
    "profile_background_color",
    "profile_link_color",
    "profile_sidebar_border_color",
    "profile_sidebar_fill_color",
    "profile_text_color",
    "profile_location",
    "require_some_consent",
    "ext",
):
    USER_V1.keys[_key] = DROPPED

TWEET_V1 = Shape(
    {
        "id": POST_ID,
        "id_str": POST_ID,
        "created_at": DATE,
        "timestamp_ms": DATE,
        "full_text": TWEET_TEXT,
        "text": TWEET_TEXT,
        "display_text_range": INDICES,
        "lang": LANG,
        "entities": _ENTITIES,
        "extended_entities": Shape({"media": many(_MEDIA)}),
        "in_reply_to_status_id": POST_ID,
        "in_reply_to_status_id_str": POST_ID,
        "in_reply_to_user_id": REPLY_USER_ID,
        "in_reply_to_user_id_str": REPLY_USER_ID,
        "in_reply_to_screen_name": Leaf(Role.HANDLE, "x", "reply"),
        "quoted_status_id": POST_ID,
        "quoted_status_id_str": POST_ID,
        "quoted_status_permalink": Shape({"url": URL, "expanded": URL, "display": URL}),
        "retweeted_status_id": POST_ID,
        "retweeted_status_id_str": POST_ID,
        "community_id": OTHER_ID,
        "community_id_str": OTHER_ID,
        "conversation_id": POST_ID,
        "conversation_id_str": POST_ID,
        "user": USER_V1,
        "place": _V1_PLACE,
        "coordinates": point(),
        "geo": point(),
        "edit_info": Shape(
            {
                "initial": _EDITS,
                "edit": Shape({"initialTweetId": POST_ID, "editControlInitial": _EDITS}),
            },
        ),
        "edit_history": Shape(
            {"initial_tweet_id": POST_ID, "edit_tweet_ids": many(POST_ID)},
        ),
        "edit_controls": Shape(
            {"editable_until_ms": DATE, "edits_remaining": NUMBER, "is_edit_eligible": FLAG},
        ),
        "filter_level": words("none", "low", "medium", "high"),
        "withheld_in_countries": COUNTRY_CODES,
        "withheld_scope": words("status", "user"),
        "metadata": Shape(
            {
                "iso_language_code": LANG,
                "result_type": words("recent", "popular", "mixed"),
            },
        ),
        "scopes": Shape({"followers": FLAG, "place_ids": DROPPED}),
    },
    post=True,
    texts=("full_text", "text"),
)
"""A tweet of the takeout or of v1.1; the app it was sent with and others' notes are dropped."""

for _key in ("retweeted_status", "quoted_status"):
    TWEET_V1.keys[_key] = TWEET_V1
USER_V1.keys["status"] = TWEET_V1
TWEET_V1.keys["extended_tweet"] = Shape(
    {
        "full_text": TWEET_TEXT,
        "display_text_range": INDICES,
        "entities": _ENTITIES,
        "extended_entities": Shape({"media": many(_MEDIA)}),
    },
    post=True,
    texts=("full_text",),
)
for _key in ("favorite_count", "retweet_count", "quote_count", "reply_count"):
    TWEET_V1.keys[_key] = COUNT
for _key in (
    "truncated",
    "favorited",
    "retweeted",
    "is_quote_status",
    "possibly_sensitive",
    "possibly_sensitive_appealable",
    "possibly_sensitive_editable",
    "withheld_copyright",
    "editable",
):
    TWEET_V1.keys[_key] = FLAG
for _key in (
    "source",
    "contributors",
    "current_user_retweet",
    "matching_rules",
    "supplemental_language",
    "card",
    "card_uri",
    "ext",
    "__twarc",
):
    TWEET_V1.keys[_key] = DROPPED


def text_of(value: object) -> str:
    """Return an id as text; empty for none."""
    return str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""


def id_v1(tweet: Mapping[str, Any]) -> str:
    """Return a tweet's own id; the string is exact where the number may be damaged."""
    return text_of(tweet.get("id_str")) or text_of(tweet.get("id"))


def posts_v1(tweet: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids of all tweets whose content stands in `tweet`, its own first."""
    found = [id_v1(tweet)]
    for key in ("retweeted_status", "quoted_status"):
        nested = tweet.get(key)
        if isinstance(nested, dict):
            found += posts_v1(nested)
    return tuple(dict.fromkeys(one for one in found if one))


def scope_v1(tweet: Mapping[str, Any]) -> str:
    """Return what the tweet is read together with: its conversation, as far as it tells."""
    for key in ("conversation_id_str", "in_reply_to_status_id_str", "in_reply_to_status_id"):
        if found := text_of(tweet.get(key)):
            return found
    return id_v1(tweet)


_RENAMED = {"in": "id", "iw": "he", "ji": "yi"}
"""Codes ISO 639-1 withdrew, which X still writes."""


def language(code: object) -> str:
    """Return the ISO 639-1 code a tweet's `lang` states, or nothing (`und`, `qme`, `zxx`).

    >>> language("iw"), language("zh-cn"), language("und")
    ('he', 'zh', '')
    """
    if not isinstance(code, str) or not LANG.fits or not LANG.fits(code):
        return ""
    short = code.partition("-")[0]
    return _RENAMED.get(short, short) if len(short) == 2 else ""
