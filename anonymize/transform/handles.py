"""Surrogate handles: none can have been issued to anybody."""

from __future__ import annotations

import re

from anonymize.model.folding import words
from anonymize.model.identities import Person, Surrogate
from anonymize.model.keys import Keys
from anonymize.transform.tokens import spelt, token

X_LONGEST = 15
"""Characters X allows in a handle (help.x.com, "Username requirements")."""
_TOKEN = 5
_UNKNOWN_TOKEN = 12
_HOST = re.compile(r"[A-Za-z0-9.-]+\.[A-Za-z]{2,}")


def platform_of(handle: str) -> str:
    """Return the platform a handle is of, by its shape.

    >>> [platform_of(h) for h in ("@jane_doe", "@jane@social.example", "jane.bsky.social")]
    ['x', 'mastodon', 'bluesky']
    """
    bare = handle.strip().lstrip("@")
    if "@" in bare:
        return "mastodon"
    return "bluesky" if "." in bare or bare.startswith("did:") else "x"


def stem(surrogate: Surrogate | None) -> tuple[str, ...]:
    """Return the parts of a surrogate for handles and addresses: small ASCII words."""
    if surrogate is None:
        return ("user",)
    for parts in ((surrogate.given, surrogate.family), (surrogate.code,), (surrogate.tag,)):
        found = tuple(word for part in parts for word in words(part).split() if word.isascii())
        if found:
            return found
    return ("user",)


def _x(keys: Keys, handle: str, surrogate: Surrogate | None) -> str:
    base = "_".join(stem(surrogate)) + "_"
    least = _UNKNOWN_TOKEN if surrogate is None else _TOKEN
    length = max(least, X_LONGEST + 1 - len(base))
    return base + spelt(keys, "handle/x", handle, length)


def surrogate_host(keys: Keys, host: str) -> str:
    """Return the surrogate of a server, under a name that never resolves (RFC 2606)."""
    return "fedi-" + token(keys, "host", host.lower().rstrip("."), 8) + ".example"


def surrogate_handle(
    keys: Keys,
    platform: str,
    handle: str,
    surrogate: Surrogate | None,
) -> str:
    """Return the surrogate of a handle; a leading `@` stays, case does not matter.

    One handle has one surrogate; another handle of the same person has another one of the
    same name.

    Args:
        keys: Of the tier.
        platform: `x`, `mastodon` or `bluesky`; any other is treated as `x`.
        handle: As written.
        surrogate: Of the person it belongs to; None when nobody is known.
    """
    plain = handle.strip()
    at = "@" if plain.startswith("@") else ""
    bare = plain.lstrip("@").lower()
    length = _TOKEN if surrogate is not None else _UNKNOWN_TOKEN
    if bare.startswith("did:"):
        return "did:example:" + token(keys, "id", bare, 16)
    if platform == "mastodon" and ("@" in bare or not _HOST.fullmatch(bare)):
        host = bare.partition("@")[2]
        name = "_".join((*stem(surrogate), spelt(keys, "handle/mastodon", bare, length)))
        return f"{at}{name}@{surrogate_host(keys, host)}" if host else at + name
    if platform == "bluesky" and user_is_host(bare):
        name = "-".join((*stem(surrogate), spelt(keys, "handle/bluesky", bare, length)))
        return f"{at}{name}.example"
    return at + _x(keys, bare, surrogate)


def user_is_host(bare: str) -> bool:
    """Whether a handle is a host name, as on Bluesky."""
    return _HOST.fullmatch(bare) is not None


def cut_handle(
    keys: Keys,
    platform: str,
    handle: str,
    person: Person | None,
    surrogate: Surrogate | None,
) -> str:
    """Return the surrogate of a handle of which the text shows only the beginning.

    Where one known handle of the person begins so, it is the beginning of that handle's
    surrogate; it is too long for a real one nevertheless.
    """
    plain = handle.strip()
    at = "@" if plain.startswith("@") else ""
    bare = plain.lstrip("@").lower()
    whole = bare
    if person is not None:
        known = [h for p, h in person.handles if p == platform and h.lower().startswith(bare)]
        whole = min(known, key=lambda h: (len(h), h)).lower() if known else bare
    full = surrogate_handle(keys, platform, whole, surrogate)
    return at + (full[:-1] if len(full) > X_LONGEST + 1 else full)
