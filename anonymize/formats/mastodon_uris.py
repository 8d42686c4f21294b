"""Addresses of the fediverse by their shape, and the handles they stand for.

Mastodon writes accounts as `https://host/users/name` and `https://host/@name`, posts as the
same with `/statuses/<id>` and `/<id>` behind it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

HOST = r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?(?::[0-9]{1,5})?"
NAME = r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,62}[A-Za-z0-9_])?"
ADDRESS = re.compile(
    rf"(?P<scheme>https?://)(?P<host>{HOST})(?P<way>/(?:users/|@))(?P<name>{NAME})"
    r"(?:(?P<to>/(?:statuses/)?)(?P<post>[0-9]{1,20}))?"
    r"(?P<tail>(?:/(?:activity|replies|likes|shares|followers|following|inbox|outbox"
    r"|collections/(?:featured|tags))?)?)",
)
HANDLE = re.compile(rf"(?P<at>@?)(?P<name>{NAME})(?:@(?P<host>{HOST}))?")
_HASHTAG = re.compile(r"#(?:<span>)?(?P<tag>\w{1,200})")
_SCHEME = re.compile(rf"https?://(?P<host>{HOST})(?:[/?#]|\Z)")


def host_of(value: object) -> str:
    """Return the server in an address; empty when there is none.

    >>> host_of("https://social.example/@jane"), host_of("jane")
    ('social.example', '')
    """
    match = _SCHEME.match(value) if isinstance(value, str) else None
    return match["host"] if match else ""


def host_in(account: Mapping[str, Any]) -> str:
    """Return the server of an account: that of its full handle, else of its addresses."""
    acct = account.get("acct")
    if isinstance(acct, str) and (match := HANDLE.fullmatch(acct)) and match["host"]:
        return match["host"]
    hosts = (host_of(account.get(key)) for key in ("uri", "url", "href", "id"))
    return next((host for host in hosts if host), "")


def hashtags(post: Mapping[str, Any]) -> Mapping[str, str]:
    """Return the hashtags of a post, or of the one in an activity, by their small letters."""
    made = post.get("object")
    text = (made if isinstance(made, dict) else post).get("content")
    if not isinstance(text, str) or "#" not in text:
        return {}
    return {match["tag"].lower(): match["tag"] for match in _HASHTAG.finditer(text)}


def parted(handle: str) -> tuple[str, str] | None:
    """Return name and server of a full handle, or None for anything else.

    >>> parted("@jane@social.example"), parted("[HANDLE_7F3K]")
    (('jane', 'social.example'), None)
    """
    match = HANDLE.fullmatch(handle)
    return (match["name"], match["host"]) if match and match["host"] else None


def slug(value: str) -> str:
    """Return a value as one step of a path."""
    return re.sub(r"[^\w-]+", "-", value).strip("-")
