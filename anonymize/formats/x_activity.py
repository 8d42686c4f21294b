"""Tweets as Gnip writes them, in the form of activity streams: which key holds what.

Keys follow the data dictionary of the enterprise API; a key that is not here is opaque and
dropped.  What Gnip adds of its own about a person (influence, where the profile seems to be)
and the rules that matched are dropped by rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from anonymize.formats.json_shapes import DROPPED, FLAG, NUMBER, Node, Shape, many, words
from anonymize.formats.x_control import LEAD
from anonymize.formats.x_tweet import (
    BIO,
    CORNERS,
    COUNT,
    DATE,
    DISPLAY_NAME,
    HANDLE,
    HOME,
    INDICES,
    LANG,
    PLACE,
    PLACE_TYPE,
    POST_ID,
    TEXT,
    TWEET_TEXT,
    TWEET_V1,
    URL,
    USER_ID,
    text_of,
)

_KIND = words("activity", "note", "person", "place", "service")
_GEOMETRY = words("Point", "Polygon", "point", "polygon")
_ENTITIES = TWEET_V1.keys["entities"]
_MEDIA = TWEET_V1.keys["extended_entities"]
_ANSWERED = re.compile(r"/status(?:es)?/([0-9]+)")

_ACTOR = Shape(
    {
        "objectType": _KIND,
        "id": USER_ID,
        "link": URL,
        "displayName": DISPLAY_NAME,
        "preferredUsername": HANDLE,
        "postedTime": DATE,
        "image": URL,
        "summary": BIO,
        "friendsCount": COUNT,
        "followersCount": COUNT,
        "listedCount": COUNT,
        "statusesCount": COUNT,
        "favoritesCount": COUNT,
        "verified": FLAG,
        "languages": many(LANG),
        "links": many(Shape({"href": URL, "rel": words("me")})),
        "location": Shape({"objectType": _KIND, "displayName": HOME}),
        "twitterTimeZone": DROPPED,
        "utcOffset": DROPPED,
    },
    account="author",
)


def _area(corners: Node) -> Shape:
    return Shape({"type": _GEOMETRY, "coordinates": corners})


_PLACE = Shape(
    {
        "objectType": _KIND,
        "displayName": PLACE,
        "name": PLACE,
        "streetAddress": PLACE,
        "country_code": PLACE,
        "twitter_country_code": PLACE,
        "twitter_place_type": PLACE_TYPE,
        "link": URL,
        "geo": _area(many(many(CORNERS))),
    },
)
_GNIP = Shape(
    {
        "urls": many(
            Shape(
                {
                    "url": URL,
                    "expanded_url": URL,
                    "expandedUrl": URL,
                    "expanded_status": NUMBER,
                    "expandedStatus": NUMBER,
                    "expanded_url_title": TEXT,
                    "expanded_url_description": TEXT,
                },
            ),
        ),
        "language": Shape({"value": LANG}),
        "matching_rules": DROPPED,
        "klout_score": DROPPED,
        "klout_profile": DROPPED,
        "profileLocations": DROPPED,
    },
)
_LONG = Shape(
    {
        "body": TWEET_TEXT,
        "display_text_range": INDICES,
        "twitter_entities": _ENTITIES,
        "twitter_extended_entities": _MEDIA,
    },
    post=True,
    texts=("body",),
)

ACTIVITY = Shape(
    {
        "id": POST_ID,
        "objectType": _KIND,
        "verb": words("post", "share"),
        "postedTime": DATE,
        "link": URL,
        "body": TWEET_TEXT,
        "summary": TWEET_TEXT,
        "actor": _ACTOR,
        "inReplyTo": Shape({"link": URL}),
        "location": _PLACE,
        "geo": _area(CORNERS),
        "favoritesCount": COUNT,
        "retweetCount": COUNT,
        "display_text_range": INDICES,
        "twitter_entities": _ENTITIES,
        "twitter_extended_entities": _MEDIA,
        "twitter_filter_level": words("none", "low", "medium", "high"),
        "twitter_lang": LANG,
        "long_object": _LONG,
        "gnip": _GNIP,
        "edit_history": TWEET_V1.keys["edit_history"],
        "edit_controls": TWEET_V1.keys["edit_controls"],
        "editable": FLAG,
        "generator": DROPPED,
        "provider": DROPPED,
    },
    post=True,
    texts=("body", "summary"),
)
"""An activity; its `object` is a note that repeats the text, or the activity it passes on."""
ACTIVITY.keys["object"] = ACTIVITY
ACTIVITY.keys["twitter_quoted_status"] = ACTIVITY


def is_activity(value: Mapping[str, Any]) -> bool:
    """Whether an object is a tweet in this form."""
    return value.get("objectType") == "activity" and isinstance(value.get("actor"), dict)


def _bare(value: Mapping[str, Any]) -> str:
    return LEAD.sub("", text_of(value.get("id")))


def _posts(activity: Mapping[str, Any]) -> Iterator[str]:
    yield _bare(activity)
    for key in ("object", "twitter_quoted_status"):
        inner = activity.get(key)
        if isinstance(inner, dict):
            yield from _posts(inner)


def posts_activity(activity: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids of all tweets whose content stands in `activity`, its own first."""
    return tuple(dict.fromkeys(one for one in _posts(activity) if one))


def scope_activity(activity: Mapping[str, Any]) -> str:
    """Return the id of the tweet it answers, else its own."""
    answered = activity.get("inReplyTo")
    link = answered.get("link") if isinstance(answered, dict) else None
    match = _ANSWERED.search(link) if isinstance(link, str) else None
    return match[1] if match else _bare(activity)
