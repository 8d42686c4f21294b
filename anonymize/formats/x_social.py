"""Likes, follows, lists, profile and articles of a takeout: converted when asked for.

How an article is laid out, X's own README of the archive (2023) tells in words alone: parts of
text, each with mentions, hashtags, links and styles.  What is laid out otherwise is dropped and
reported.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anonymize.formats.json_shapes import DROPPED, Leaf, Node, Shape, many, words
from anonymize.formats.x_tweet import (
    DATE,
    END,
    HANDLE,
    OTHER_ID,
    POST_ID,
    START,
    TAG,
    TEXT,
    TWEET_TEXT,
    URL,
    USER_ID,
    text_of,
)
from anonymize.model.fields import Role

OWNER = "owner"
"""`Field.subject` and `Section.author` of the person whose takeout it is."""

_ACCOUNT = Shape({"accountId": USER_ID, "userLink": URL}, account=True)
_LIKED = Shape({"tweetId": POST_ID, "fullText": TWEET_TEXT, "expandedUrl": URL}, post=True)
_LIST = Shape({"url": URL, "urls": many(URL)})
PROFILE = Shape(
    {
        "description": Shape(
            {
                "bio": Leaf(Role.TEXT, "bio", OWNER),
                "website": URL,
                "location": Leaf(Role.PLACE, subject=OWNER),
            },
        ),
        "avatarMediaUrl": URL,
        "headerMediaUrl": URL,
    },
)
_RANGE: dict[str, Node] = {"fromIndex": START, "toIndex": END}
_PART = Shape(
    {
        "text": TEXT,
        "mentions": many(Shape({**_RANGE, "screenName": HANDLE, "text": HANDLE}, account=True)),
        "hashtags": many(Shape({**_RANGE, "text": TAG})),
        "cashtags": many(Shape({**_RANGE, "text": TAG})),
        "urls": many(Shape({**_RANGE, "url": URL, "expandedUrl": URL, "text": URL})),
        "styles": DROPPED,
    },
    texts=("text",),
)
_ARTICLE = Shape(
    {
        "id": OTHER_ID,
        "tweetId": POST_ID,
        "authorId": Leaf(Role.ID, "user", OWNER),
        "title": TEXT,
        "content": many(_PART),
        "data": many(_PART),
        "coverMedia": DROPPED,
        "media": DROPPED,
        "visibility": words("Draft", "Published"),
        "createdAtMs": DATE,
        "updatedAtMs": DATE,
        "publishedAtMs": DATE,
        "lastPublishedAtMs": DATE,
    },
    post=True,
)
OWN = frozenset(
    ("article", "article-metadata", "profile", "twitter-article", "twitter-article-metadata"),
)
"""Files of this kind that the owner wrote herself."""
SOCIAL: Mapping[str, tuple[str, Node]] = {
    "article": ("article", _ARTICLE),
    "article-metadata": ("articleMetadata", _ARTICLE),
    "block": ("blocking", _ACCOUNT),
    "bookmark": ("bookmark", _LIKED),
    "follower": ("follower", _ACCOUNT),
    "following": ("following", _ACCOUNT),
    "like": ("like", _LIKED),
    "lists-created": ("userListInfo", _LIST),
    "lists-member": ("userListInfo", _LIST),
    "lists-subscribed": ("userListInfo", _LIST),
    "mute": ("muting", _ACCOUNT),
    "profile": ("profile", PROFILE),
    "twitter-article": ("twitterArticle", _ARTICLE),
    "twitter-article-metadata": ("twitterArticleMetadata", _ARTICLE),
}
"""By standard name of the file: the wrapper of its records, and what is in it."""


def social_id(inner: Mapping[str, Any]) -> str:
    """Return the id of the tweet, account or article a record is about; empty for none."""
    return next(
        (own for key in ("tweetId", "accountId", "id") if (own := text_of(inner.get(key)))), ""
    )
