"""Statuses and accounts as the Mastodon API writes them: which key holds what.

Keys follow the entities of the API's documentation (`Status`, `Account`, `Poll`, `PreviewCard`,
`MediaAttachment`, `Quote`, `Context`, `Search`, `Notification`, `Conversation`); a key that is
not here is opaque and dropped.  What the collecting account did or thinks of a status, custom
emoji, addresses of pictures and the previews in `blurhash` are dropped by rule.  Ids are a
server's own, so that accounts are told apart by their handles, never by them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from anonymize.formats.json_shapes import DROPPED, FLAG, NUMBER, Leaf, Node, Shape, many, words
from anonymize.formats.mastodon_html import html
from anonymize.formats.mastodon_values import ACTOR_OF, HANDLE_OF, HASHTAG, POST
from anonymize.formats.x_tweet import (
    COUNT,
    DATE,
    DISPLAY_NAME,
    LANG,
    MEDIA_ID,
    OTHER_ID,
    POST_ID,
    TEXT,
    URL,
    text_of,
)
from anonymize.model.fields import Field, Role

AUTHOR = "author"
"""`Field.subject` of who wrote a status."""


def dropped(names: str) -> dict[str, Node]:
    """Return keys that are left out by rule."""
    return dict.fromkeys(names.split(), DROPPED)


_PROFILE_FIELD = Shape({"name": TEXT, "value": html(), "verified_at": DATE})
_ACCOUNT: dict[str, Node] = {
    "id": OTHER_ID,
    "username": HANDLE_OF,
    "acct": HANDLE_OF,
    "url": ACTOR_OF,
    "uri": ACTOR_OF,
    "display_name": DISPLAY_NAME,
    "note": html("bio", "@"),
    "locked": FLAG,
    "bot": FLAG,
    "group": FLAG,
    "discoverable": FLAG,
    "indexable": FLAG,
    "noindex": FLAG,
    "hide_collections": FLAG,
    "suspended": FLAG,
    "limited": FLAG,
    "memorial": FLAG,
    "created_at": DATE,
    "last_status_at": DATE,
    "followers_count": COUNT,
    "following_count": COUNT,
    "statuses_count": COUNT,
    "fields": many(_PROFILE_FIELD),
    "avatar_description": TEXT,
    "header_description": TEXT,
    **dropped(
        "avatar avatar_static header header_static emojis roles role source mute_expires_at "
        "attribution_domains feature_approval show_media show_media_replies show_featured",
    ),
}


def account(called: str | bool = True) -> Shape:
    """Return the shape of an account; see `Shape.account`."""
    return Shape(dict(_ACCOUNT), account=called)


ACCOUNT = account()
"""An account that stands by itself, or in a status without having written it."""
_ACCOUNT["moved"] = ACCOUNT
ACCOUNT.keys["moved"] = ACCOUNT
_MENTION = Shape(
    {"id": OTHER_ID, "username": HANDLE_OF, "acct": HANDLE_OF, "url": ACTOR_OF},
    account=True,
)
_MEDIA = Shape(
    {
        "id": MEDIA_ID,
        "type": words("image", "video", "gifv", "audio", "unknown"),
        "description": TEXT,
        **dropped("url preview_url remote_url preview_remote_url text_url meta blurhash"),
    },
)
_POLL = Shape(
    {
        "id": OTHER_ID,
        "expires_at": DATE,
        "expired": FLAG,
        "multiple": FLAG,
        "votes_count": COUNT,
        "voters_count": COUNT,
        "options": many(Shape({"title": TEXT, "votes_count": COUNT, "emojis": DROPPED})),
        **dropped("voted own_votes emojis"),
    },
)
_PERSON = Leaf(Role.NAME, "person")
_CARD = Shape(
    {
        "url": URL,
        "title": TEXT,
        "description": TEXT,
        "language": LANG,
        "type": words("link", "photo", "video", "rich"),
        "author_name": _PERSON,
        "author_url": URL,
        "authors": many(Shape({"name": _PERSON, "url": URL, "account": ACCOUNT})),
        "provider_name": TEXT,
        "provider_url": URL,
        "image_description": TEXT,
        "width": NUMBER,
        "height": NUMBER,
        "published_at": DATE,
        "missing_attribution": FLAG,
        **dropped("html image embed_url blurhash history"),
    },
)
STATUS = Shape(
    {
        "id": POST_ID,
        "uri": POST,
        "url": POST,
        "created_at": DATE,
        "edited_at": DATE,
        "in_reply_to_id": POST_ID,
        "in_reply_to_account_id": OTHER_ID,
        "sensitive": FLAG,
        "spoiler_text": TEXT,
        "visibility": words("public", "unlisted", "private", "direct", "limited", "local"),
        "language": LANG,
        "replies_count": COUNT,
        "reblogs_count": COUNT,
        "favourites_count": COUNT,
        "quotes_count": COUNT,
        "content": html(),
        "text": TEXT,
        "account": account(AUTHOR),
        "media_attachments": many(_MEDIA),
        "mentions": many(_MENTION),
        "tags": many(Shape({"name": HASHTAG, "url": URL, "id": OTHER_ID})),
        "card": _CARD,
        "poll": _POLL,
        "quoted_status_id": POST_ID,
        **dropped(
            "application emojis favourited reblogged muted bookmarked pinned filtered "
            "quote_approval reactions tagged_collections local_only content_type",
        ),
    },
    post=True,
)
"""A status; the one it passes on or quotes stands in it."""
_QUOTE = Shape(
    {
        "state": words(
            *("pending", "accepted", "rejected", "revoked", "deleted", "unauthorized"),
            *("blocked_account", "blocked_domain", "muted_account"),
        ),
        "quoted_status": STATUS,
        "quoted_status_id": POST_ID,
    },
)
STATUS.keys["reblog"] = STATUS
STATUS.keys["quote"] = _QUOTE
_KIND = words(
    *("mention", "status", "reblog", "follow", "follow_request", "favourite", "poll", "update"),
    *("quote", "quoted_update", "admin.sign_up", "admin.report", "severed_relationships"),
    "moderation_warning",
)
NOTICE = Shape(
    {
        "id": OTHER_ID,
        "type": _KIND,
        "created_at": DATE,
        "account": ACCOUNT,
        "status": STATUS,
        **dropped("group_key report event moderation_warning filtered"),
    },
)
"""What somebody did that the collecting account was told of."""
CONVERSATION = Shape(
    {"id": OTHER_ID, "accounts": many(ACCOUNT), "last_status": STATUS, "unread": DROPPED},
)
PAGE = Shape(
    {
        "ancestors": many(STATUS),
        "descendants": many(STATUS),
        "statuses": many(STATUS),
        "accounts": many(ACCOUNT),
        "hashtags": many(
            Shape({"name": HASHTAG, "url": URL, "id": OTHER_ID, **dropped("history following")}),
        ),
        "notification_groups": many(
            Shape(
                {
                    "type": _KIND,
                    "notifications_count": COUNT,
                    "latest_page_notification_at": DATE,
                    "sample_account_ids": many(OTHER_ID),
                    "status_id": POST_ID,
                    **dropped(
                        "group_key most_recent_notification_id page_min_id page_max_id report "
                        "event moderation_warning",
                    ),
                },
            ),
        ),
        "partial_accounts": many(ACCOUNT),
    },
)
"""What stands around a status, what a search found, or notifications in groups."""
LISTED = {
    "ancestors": STATUS,
    "descendants": STATUS,
    "statuses": STATUS,
    "accounts": ACCOUNT,
}
"""Lists of a page that are records, and what each is of."""


def inner(status: Mapping[str, Any]) -> list[tuple[tuple[str, ...], Mapping[str, Any]]]:
    """Return the statuses that stand in a status, with the keys that lead to them."""
    quote = status.get("quote")
    found: list[tuple[tuple[str, ...], Any]] = [(("reblog",), status.get("reblog"))]
    if isinstance(quote, dict):
        found.append((("quote", "quoted_status"), quote.get("quoted_status")))
    return [(steps, one) for steps, one in found if isinstance(one, dict)]


def posts(status: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the ids of all statuses whose content stands in a status, its own first."""
    own = text_of(status.get("id"))
    found = [own] if own else []
    for _, one in inner(status):
        found += posts(one)
    return tuple(dict.fromkeys(found))


def writers(fields: list[Field]) -> tuple[tuple[str, str], ...]:
    """Return the id of each status in a document with the subject of who wrote it."""
    authors = {
        one.path[: one.path.index("account")]: one.subject
        for one in fields
        if one.subject.rpartition(".")[2] == AUTHOR and "account" in one.path
    }
    ids = {
        one.path[:-1]: one.value for one in fields if one.path[-1] == "id" and one.role is Role.ID
    }
    return tuple((ids[at], authors[at]) for at in sorted(authors, key=str) if at in ids)


def shape_of(value: Mapping[str, Any]) -> Shape | None:
    """Return what a JSON object is, such as a status; None when nothing known."""
    by = value.get("account")
    if isinstance(by, dict) and "acct" in by and ("content" in value or "uri" in value):
        return STATUS
    if "acct" in value and "username" in value and "content" not in value:
        return ACCOUNT
    if isinstance(by, dict) and "acct" in by and "type" in value:
        return NOTICE
    if "last_status" in value and isinstance(value.get("accounts"), list):
        return CONVERSATION
    pages = ({"ancestors", "descendants"}, {"accounts", "statuses"})
    if any(all(isinstance(value.get(key), list) for key in keys) for keys in pages):
        return PAGE
    return None
