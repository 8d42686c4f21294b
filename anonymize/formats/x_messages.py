"""Direct messages of a takeout: who wrote what to whom, and who came and left.

A conversation is one document with a section for each message, so that what somebody wrote can
be withheld without the rest.  X cuts long conversations into several elements of up to 1000
messages; their `conversationId` is the same, and that of a conversation of two is made of both
user ids, `123-456`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from anonymize.formats.json_shapes import UNKNOWN, Leaf, Node, Shape, cut, many
from anonymize.formats.x_tweet import DATE, OTHER_ID, POST_ID, TEXT, TWEET_TEXT, URL, text_of
from anonymize.model.documents import Document, Section
from anonymize.model.fields import SHARED, Field, Path, Role

_SENDER = Leaf(Role.ID, "user", "author")
_USER = Leaf(Role.ID, "user")
_REACTIONS = frozenset(
    (
        "agree",
        "cry",
        "disagree",
        "emoji",
        "excited",
        "fire",
        "funny",
        "heart",
        "laugh",
        "like",
        "sad",
        "surprised",
        "thumbs_down",
        "thumbs_up",
        "wow",
    ),
)
# Symbols and what joins and colours them; no letter or digit of any script.
_EMOJI = re.compile("[\u00a9\u00ae\u200d\u203c-\u3299\ufe0f\U0001f000-\U0001faff]{1,12}")


def _is_reaction(key: str) -> bool:
    return key in _REACTIONS or _EMOJI.fullmatch(key) is not None


_REACTION: dict[str, Node] = {
    "reactionKey": Leaf(Role.CODE, fits=_is_reaction),
    "eventId": OTHER_ID,
    "createdAt": DATE,
}
_EDIT = Shape({"createdAtSec": DATE, "createdAt": DATE, "editedText": TWEET_TEXT})
_LINK = Shape({"url": URL, "expanded": URL, "display": URL})
_EVENT: dict[str, Node] = {"id": POST_ID, "initiatingUserId": _SENDER, "createdAt": DATE}

_MESSAGE = Shape(
    {
        "id": POST_ID,
        "senderId": _SENDER,
        "recipientId": Leaf(Role.ID, "user", "recipient"),
        "createdAt": DATE,
        "text": TWEET_TEXT,
        "mediaUrls": many(URL),
        "urls": many(_LINK),
        "reactions": many(
            Shape({**_REACTION, "senderId": Leaf(Role.ID, "user", "@")}, account=True),
        ),
        "editHistory": many(_EDIT),
    },
    post=True,
)
_KINDS: dict[str, Node] = {
    "messageCreate": _MESSAGE,
    "welcomeMessageCreate": _MESSAGE,
    "reactionCreate": Shape({**_REACTION, "id": POST_ID, "senderId": _SENDER}, post=True),
    "joinConversation": Shape({**_EVENT, "participantsSnapshot": many(_USER)}, post=True),
    "participantsJoin": Shape({**_EVENT, "userIds": many(_USER)}, post=True),
    "participantsLeave": Shape({**_EVENT, "userIds": many(_USER)}, post=True),
    "conversationNameUpdate": Shape({**_EVENT, "name": TEXT}, post=True),
}
"""What may stand in `messages`: one key, which says what happened."""

MESSAGES = many(Shape(_KINDS))
CONVERSATION = Shape({"conversationId": OTHER_ID, "messages": MESSAGES})
"""A conversation; its headers are the same without what was said."""


def conversation_document(item: dict[str, Any], name: str, scope: str) -> Document:
    """Return the document of one element of a file of direct messages.

    Args:
        item: The element; before 2019 it was not wrapped in `dmConversation`.
        name: Names the document: one conversation may stand in several elements.
        scope: Of everything in the takeout; that of the document is the conversation's own.
    """
    inner = item.get("dmConversation")
    path: Path = ("dmConversation",) if isinstance(inner, dict) else ()
    conversation: Mapping[str, Any] = inner if isinstance(inner, dict) else item
    messages = conversation.get("messages")
    listed = messages if isinstance(messages, list) else []
    fields: list[Field] = []
    sections: list[Section] = []
    seen: set[str] = set()
    rest = SHARED if listed else 0
    for key, value in item.items() if path else ():
        if key != "dmConversation":
            fields += cut({key: value}, Shape({}), section=rest)
    for key, value in conversation.items():
        if key != "messages" or not listed:
            fields += cut({key: value}, CONVERSATION, path, rest)
            continue
        for at, message in enumerate(listed):
            part = cut(message, Shape(_KINDS), (*path, "messages", at), at)
            fields += part
            own = _own_id(message)
            own = own if own and own not in seen else f"{name}/{at}"
            seen.add(own)
            sections.append(Section(own, _sender(part), (own,), _fault(message, part)))
    known = text_of(conversation.get("conversationId"))
    if not sections:
        # An empty conversation is a record of its own; one without an id is something else.
        sections.append(Section(name, withhold="" if known else "unknown-record"))
    return Document(name, tuple(fields), tuple(sections), item, f"{scope}/{known or name}")


def leaving(document: Document, withheld: frozenset[int]) -> frozenset[Path]:
    """Return the paths of withheld messages in their element."""
    wrapped = isinstance(document.record, dict) and "dmConversation" in document.record
    path: Path = ("dmConversation", "messages") if wrapped else ("messages",)
    return frozenset((*path, at) for at in withheld)


def _own_id(message: object) -> str:
    for inner in message.values() if isinstance(message, dict) else ():
        if isinstance(inner, dict) and (own := text_of(inner.get("id"))):
            return own
    return ""


def _sender(fields: list[Field]) -> str:
    """Return the subject of who wrote a message or did what it tells of."""
    return next((f.subject for f in fields if f.subject.endswith(".author")), "")


def _fault(message: object, fields: list[Field]) -> str:
    """Return why a message cannot be shared: it is of a kind nobody knows."""
    known = isinstance(message, dict) and message.keys() <= _KINDS.keys()
    understood = any(one.kind != UNKNOWN for one in fields) or not fields
    return "" if known and understood else "unknown-record"
