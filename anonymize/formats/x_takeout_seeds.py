"""Files of a takeout that are not converted, but tell accounts, names, addresses and ids.

What the owner's own files say has the subject `owner`.  Values without use for linking are left
out of the documents: these files are never written.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anonymize.formats.json_shapes import Leaf, Node, Shape, cut, many
from anonymize.formats.x_social import OWNER, PROFILE
from anonymize.formats.x_tweet import OTHER_ID, POST_ID, TWEET_V1, URL, USER_ID, text_of
from anonymize.model.documents import Document, Removal, RemovalKind, Section
from anonymize.model.fields import Role

_ID = Leaf(Role.ID, "user", OWNER)
_HANDLE = Leaf(Role.HANDLE, "x", OWNER)
_NAME = Leaf(Role.NAME, "display", OWNER)
_EMAIL = Leaf(Role.TEXT, "email", OWNER)
_PHONE = Leaf(Role.TEXT, "phone", OWNER)
_ACCOUNT = Shape({"accountId": USER_ID, "userLink": URL}, account=True)
_LIKED = Shape({"tweetId": POST_ID, "expandedUrl": URL})
_OTHER = Leaf(Role.ID, "user")


def _change(name: str, leaf: Leaf) -> Shape:
    return Shape({"accountId": _ID, name: Shape({"changedFrom": leaf, "changedTo": leaf})})


_DEVICE = Shape({"phoneNumber": _PHONE, "phone_number": _PHONE})
_MESSAGE = Shape(
    {
        "id": POST_ID,
        "senderId": _OTHER,
        "recipientId": _OTHER,
        "initiatingUserId": _OTHER,
        "userIds": many(_OTHER),
        "participantsSnapshot": many(_OTHER),
        "reactions": many(Shape({"senderId": _OTHER})),
    },
)
_CONVERSATION = Shape(
    {
        "conversationId": OTHER_ID,
        "messages": many(
            Shape(
                dict.fromkeys(
                    (
                        "messageCreate",
                        "welcomeMessageCreate",
                        "reactionCreate",
                        "joinConversation",
                        "participantsJoin",
                        "participantsLeave",
                        "conversationNameUpdate",
                    ),
                    _MESSAGE,
                ),
            ),
        ),
    },
)
_HEADER = Shape({"tweet_id": POST_ID, "user_id": _ID})

_WRAPPERS: dict[str, Node] = {
    "account": Shape(
        {
            "accountId": _ID,
            "username": _HANDLE,
            "accountDisplayName": _NAME,
            "email": _EMAIL,
            "phoneNumber": _PHONE,
        },
    ),
    "profile": PROFILE,
    "screenNameChange": _change("screenNameChange", _HANDLE),
    "emailAddressChange": _change("emailChange", _EMAIL),
    "device": _DEVICE,
    "phoneNumber": _DEVICE,
    "sso": Shape({"ssoId": OTHER_ID, "ssoEmail": _EMAIL}),
    "niDeviceResponse": Shape({"messagingDevice": _DEVICE, "pushDevice": _DEVICE}),
    "verified": Shape({"accountId": _ID}),
    "periscopeAccountInformation": Shape(
        {
            "displayName": _NAME,
            "username": _HANDLE,
            "twitterId": _ID,
            "twitterScreenName": _HANDLE,
        },
    ),
    "userInfo": Shape({"accountId": _ID, "userName": _HANDLE, "displayName": _NAME}),
    "contact": Shape(
        {
            "emails": many(Leaf(Role.TEXT, "email", "@")),
            "phoneNumbers": many(Leaf(Role.TEXT, "phone", "@")),
        },
        account=True,
    ),
    "dmConversation": _CONVERSATION,
    "bookmark": _LIKED,
    "like": _LIKED,
}
for _key in ("follower", "following", "blocking", "muting", "smartBlocking", "dmMuting"):
    _WRAPPERS[_key] = _ACCOUNT

_PLAIN: Mapping[str, str] = {
    "account": "account",
    "profile": "profile",
    "follower": "follower",
    "following": "following",
    "block": "blocking",
    "mute": "muting",
    "like": "like",
    "bookmark": "bookmark",
    "direct-messages": "dmConversation",
    "direct-messages-group": "dmConversation",
    "phone-number": "device",
}
"""Wrapper a record of takeouts before 2019 would have; they had none."""
_CLASSIC = Shape(
    {
        "screen_name": _HANDLE,
        "full_name": _NAME,
        "id": _ID,
        "bio": Leaf(Role.TEXT, "bio", OWNER),
        "location": Leaf(Role.PLACE, subject=OWNER),
        "expanded_url": URL,
        "url": URL,
    },
)
"""`user_details.js` of the archive of 2012 to 2018."""
_SEED = Shape(_WRAPPERS)
_HEADERS = Shape({"tweet": _HEADER})
_TWEETS = Shape({"tweet": TWEET_V1})


def seed_document(stem: str, record: Mapping[str, Any], name: str, scope: str) -> Document:
    """Return the document of one record of a seed file.

    Args:
        stem: Standard name of the file, such as `account`.
        record: One element of its list, or the object of `manifest.js`.
        name: Id of the document.
        scope: Scope of everything in the takeout.
    """
    removals: tuple[Removal, ...] = ()
    node: Node = _SEED
    if stem == "user-details":
        node = _CLASSIC
    elif stem.endswith("tweet-headers"):
        node = _HEADERS
    elif stem.startswith("deleted-tweet"):
        node = _TWEETS
    elif stem in _PLAIN and not record.keys() & _WRAPPERS.keys():
        node = _WRAPPERS[_PLAIN[stem]]
    if stem.startswith("deleted-"):
        tweet = record.get("tweet", record)
        if isinstance(tweet, dict):
            # The owner took the tweet back: collections that still hold it must not keep it.
            own = text_of(tweet.get("id_str") or tweet.get("id") or tweet.get("tweet_id"))
            removals = (Removal(RemovalKind.POST, own),) if own else ()
            if node is _TWEETS and "tweet" not in record:
                node = TWEET_V1
    known = tuple(one for one in cut(record, node) if one.role not in {Role.OPAQUE, Role.OFFSET})
    return Document(name, known, (Section(name, OWNER),), None, scope, removals=removals)
