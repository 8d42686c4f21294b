"""Note tweets: the long texts of a takeout, kept apart from the tweets they belong to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anonymize.formats.json_shapes import DROPPED, NUMBER, Node, Shape, many, words
from anonymize.formats.x_tweet import (
    DATE,
    END,
    HANDLE,
    POST_ID,
    START,
    TAG,
    TWEET_TEXT,
    URL,
    text_of,
)

_RANGE: dict[str, Node] = {"fromIndex": START, "toIndex": END}
_LINK = Shape({**_RANGE, "url": URL, "shortUrl": URL, "expandedUrl": URL, "displayUrl": URL})
_TAG = Shape({**_RANGE, "text": TAG})
_STYLE = Shape({**_RANGE, "styleTypes": many(words("Bold", "Italic", "Strikethrough"))})
_STAGE = words("Draft", "Published", "Deleted", "Edited", "Unknown")

NOTE = Shape(
    {
        "noteTweetId": POST_ID,
        "createdAt": DATE,
        "updatedAt": DATE,
        "lifecycle": Shape(
            {"value": NUMBER, "name": _STAGE, "originalName": _STAGE, "annotations": DROPPED},
        ),
        "core": Shape(
            {
                "text": TWEET_TEXT,
                "styletags": many(_STYLE),
                "urls": many(_LINK),
                "mentions": many(Shape({**_RANGE, "screenName": HANDLE}, account=True)),
                "hashtags": many(_TAG),
                "cashtags": many(_TAG),
            },
            texts=("text",),
        ),
    },
    post=True,
)
"""`noteTweetId` is not the id of the tweet; both hold the same text, one of them cut."""


def note_id(note: Mapping[str, Any]) -> str:
    """Return the id of a note; empty for none."""
    return text_of(note.get("noteTweetId"))
