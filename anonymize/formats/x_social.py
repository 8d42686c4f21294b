"""Likes, follows, lists and profile of a takeout: converted when asked for by `--include`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anonymize.formats.json_shapes import Leaf, Node, Shape, many
from anonymize.formats.x_tweet import POST_ID, TWEET_TEXT, URL, USER_ID, text_of
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

SOCIAL: Mapping[str, tuple[str, Node]] = {
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
}
"""By standard name of the file: the wrapper of its records, and what is in it."""


def social_id(inner: Mapping[str, Any]) -> str:
    """Return the id of the tweet or account a record is about; empty for none."""
    return text_of(inner.get("tweetId")) or text_of(inner.get("accountId"))
