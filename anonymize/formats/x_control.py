"""Lines of a stream that speak of the stream: deletions, withheld posts, limits, disconnects.

They are honoured and never written.  Their forms are those of the v1.1 streams, of the
compliance streams of v1.1 and v2, of compliance jobs, and of Gnip's activities.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from anonymize.formats.x_tweet import text_of
from anonymize.model.documents import Removal, RemovalKind

CONTROL_KEYS = frozenset(
    (
        "delete",
        "scrub_geo",
        "limit",
        "status_withheld",
        "user_withheld",
        "disconnect",
        "warning",
        "withheld",
        "drop",
        "undrop",
        "tweet_edit",
        "friends",
        "friends_str",
        "event",
        "for_user",
        "user_delete",
        "user_undelete",
        "user_protect",
        "user_unprotect",
        "user_suspend",
        "user_unsuspend",
        "user_scrub_geo",
        "user_profile_modification",
        # Gnip's own, and the v2 streams' about their connection.
        "info",
        "warn",
        "error",
        "connection_issue",
    ),
)
"""First words of notices."""
_POSTS = ("delete", "withheld", "drop", "status_withheld")
_USERS = ("user_delete", "user_protect", "user_suspend", "user_withheld")
_GEO = ("scrub_geo", "user_scrub_geo")
LEAD = re.compile(r"(?:(?:tag|object):search\.twitter\.com,2005:|id:twitter\.com:)(?=[0-9])")
"""What Gnip writes before an id."""


def control(value: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the notice of a control line; None for any other line."""
    inner = value.get("data")
    if isinstance(inner, dict) and inner.keys() & CONTROL_KEYS and "text" not in inner:
        return inner if "id" not in inner else None
    if value.get("verb") == "delete" and "body" not in value:
        return value
    if "text" in value or "full_text" in value or "data" in value:
        return None
    if isinstance(value.get("action"), str) and "id" in value:
        return value
    if "id" not in value and "id_str" not in value and value.keys() & CONTROL_KEYS:
        return value
    return None


def removals(notice: Mapping[str, Any]) -> tuple[Removal, ...]:
    """Return what a control line asks to be removed; ids of any generation of the API.

    What is withheld in some countries is withheld: who reads the shared data is not known.
    """
    found: list[Removal] = []

    def add(kind: RemovalKind, one: Mapping[str, Any], *keys: str) -> None:
        if value := next((text for key in keys if (text := text_of(one.get(key)))), ""):
            found.append(Removal(kind, LEAD.sub("", value)))

    for key in _POSTS:
        inner = _inner(notice, key)
        for part in ("status", "tweet"):
            add(RemovalKind.POST, _inner(inner, part), "id_str", "id")
        if key == "status_withheld":
            add(RemovalKind.POST, inner, "id_str", "id")
    for key in _USERS:
        inner = _inner(notice, key)
        add(RemovalKind.USER, _inner(inner, "user") or inner, "id_str", "id")
    for key in _GEO:
        inner = _inner(notice, key)
        of = _inner(inner, "user") or _inner(inner, "tweet") or inner
        add(RemovalKind.GEO, of, "user_id_str", "user_id", "id_str", "id")
    if notice.get("verb") == "delete":
        add(RemovalKind.POST, _inner(notice, "object"), "id")
    action = notice.get("action")
    if action == "scrub_geo" or (action == "delete" and notice.get("reason") == "scrub_geo"):
        add(RemovalKind.GEO, notice, "id")
    elif action == "delete":
        # The line does not tell whether the id is a post's or an account's.
        add(RemovalKind.POST, notice, "id")
        add(RemovalKind.USER, notice, "id")
    return tuple(found)


def _inner(value: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = value.get(key)
    return found if isinstance(found, dict) else {}
