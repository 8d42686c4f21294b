"""Nodes: what exact evidence joins.  Each is a kind and the normal form of a value.

```
roster (researcher's id)        handle (platform, case-folded)  name      (folded full name)
user   (platform, id)           email  (address)                part      (folded part of one)
owner  (scope of a takeout)     phone  (compared digits)        label     (scope, initials)
                                                                org       (folded)
                                                                ambiguous (scope, folded)
```
"""

from __future__ import annotations

import re
from typing import TypeAlias

from anonymize.model.forms import phone_key

Node: TypeAlias = tuple[str, ...]

RANK = {
    kind: rank
    for rank, kind in enumerate(
        (
            "roster", "user", "handle", "email", "phone", "owner",
            "name", "part", "label", "org", "ambiguous",
        ),
    )
}  # fmt: skip
"""Strength as evidence; the strongest node of an identity names it."""

_WEAKEST_STRONG = RANK["owner"]
_AT = re.compile(r"\s*[\[({]\s*at\s*[\])}]\s*|\s+at\s+|\s*@\s*", re.IGNORECASE)
_DOT = re.compile(r"\s*[\[({]\s*(?:dot|punt)\s*[\])}]\s*|\s+(?:dot|punt)\s+", re.IGNORECASE)
_BLUESKY = ".bsky.social"
_NO_USER = frozenset(("", "-1", "0"))
"""What archives write for the id of a deleted or unknown account (reference formats, §1)."""


def order(node: Node) -> tuple[int, Node]:
    """Return the sort key of nodes, the strongest first."""
    return RANK[node[0]], node


def is_strong(node: Node) -> bool:
    """Whether a node is an identifier rather than a name."""
    return RANK[node[0]] <= _WEAKEST_STRONG


def text(node: Node) -> str:
    """Return a node as one string, different for different nodes."""
    return "\x1f".join(node)


def user(platform: str, user_id: str) -> Node | None:
    """Return the node of a user id; None where the id says "nobody".

    A decentralised id is Bluesky's, wherever it was read.
    """
    user_id = user_id.strip()
    platform = "bluesky" if user_id.startswith("did:") else platform
    return None if user_id in _NO_USER else ("user", platform or "x", user_id)


def split_handle(written: str, platform: str = "") -> tuple[str, str]:
    """Return platform and handle of a handle as written.

    Args:
        written: With or without `@` before it.
        platform: Where the record names it; else `user@host` is Mastodon's, a dotted one
            Bluesky's (handles there are domain names), any other X's.

    >>> split_handle("@jane@social.example"), split_handle("jane.example"), split_handle("@Jane")
    (('mastodon', 'jane@social.example'), ('bluesky', 'jane.example'), ('x', 'Jane'))
    """
    bare = written.strip().lstrip("@＠").strip()
    if platform:
        return platform, bare
    if "@" in bare:
        return "mastodon", bare
    return ("bluesky" if "." in bare else "x"), bare


def handle(platform: str, written: str) -> Node | None:
    """Return the node of a handle; None when nothing is left of it."""
    where, bare = split_handle(written, platform)
    return ("handle", where, bare.casefold()) if bare else None


def local_name(node: Node) -> str:
    """Return the name an account has on its own server; empty where that is the server's too.

    Args:
        node: Of a handle; Bluesky's own servers are those under `bsky.social`, any other handle
            there is a domain.

    >>> local_name(("handle", "mastodon", "jane@social.example"))
    'jane'
    >>> local_name(("handle", "mastodon", "mastodon@mastodon.example"))
    ''
    """
    _, platform, bare = node
    if platform == "mastodon":
        name, _, host = bare.partition("@")
        return "" if name in host.split(".") or not host else name
    return bare.removesuffix(_BLUESKY) if platform == "bluesky" and bare.endswith(_BLUESKY) else ""


def email(address: str) -> Node | None:
    """Return the node of an e-mail address, also of one spelt "name at host dot com".

    >>> email("Jane at college dot example") == email("jane@college.example")
    True
    """
    plain = _DOT.sub(".", _AT.sub("@", address.strip().casefold().removeprefix("mailto:")))
    return ("email", plain) if plain else None


def phone(number: str) -> Node | None:
    """Return the node of a phone number by the digits it is compared by."""
    key = phone_key(number)
    return ("phone", key) if key else None
