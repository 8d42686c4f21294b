"""Surrogates of ids: opaque, without time or order, the same for one id wherever it stands."""

from __future__ import annotations

import re

from anonymize.model.keys import Keys
from anonymize.transform.tokens import token

ID_LENGTH = 16
"""Characters of 4.75 bits: 76 bits, so that 2^32 ids collide with a chance of 2^-13."""

# `3_1234` (media keys), `123-456` (conversations), `[1, 2]` and `1|2` (cells holding several).
_COMPOSED = re.compile(r"[\s\[\]{}()'\"]*[0-9]+(?:[\s_\-,;:|/'\"]+[0-9]+)*[\s\[\]{}()'\"]*")
_RUN = re.compile(r"[0-9]+")
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_SIGNS = {12: "4", 16: "89"}
"""Where a UUID says its version and variant."""
# A conversation of two is called by both, the older account first.
_PAIR = re.compile(r"([0-9]+)-([0-9]+)")
NO_ID = frozenset({"", "0", "-1"})
"""What exports write where there is no id, such as for a mention of a deleted account."""


def surrogate_id(keys: Keys, value: str) -> str:
    """Return the surrogate of an id, or of each id in a composed value.

    A UUID stays one, in the case and braces it has: those of versions 1 and 7 hold a time, and
    any would join two releases.  A decentralised id stays one, with the method that resolves
    nowhere (W3C DID Core, section 3.1: `did:example`).

    Args:
        keys: Of the tier.
        value: The id as it stands in the record, whatever its kind.
    """
    plain = value.strip()
    if plain in NO_ID:
        return value
    bare = plain.strip("{}").lower()
    if _UUID.fullmatch(bare):
        new = _uuid(keys, bare)
        new = new.upper() if plain.isupper() else new
        return "{" + new + "}" if plain.startswith("{") else new
    if pair := _PAIR.fullmatch(plain):
        # In the order of the surrogates: that of the ids tells which account is older.
        return "-".join(sorted(token(keys, "id", run, ID_LENGTH) for run in pair.groups()))
    if _COMPOSED.fullmatch(value):
        return _RUN.sub(lambda run: token(keys, "id", run.group(), ID_LENGTH), value)
    if plain.startswith("did:"):
        return "did:example:" + token(keys, "id", plain, ID_LENGTH)
    return token(keys, "id", plain, ID_LENGTH)


def _uuid(keys: Keys, value: str) -> str:
    """Return a UUID of version 4 (RFC 9562, section 5.4) drawn by key.

    Digit and letter stand in turn, so that no part of it is a number, a name or initials; 87
    bits are drawn.
    """
    number = keys.number("uuid", value)
    out: list[str] = []
    for at in range(32):
        signs = _SIGNS.get(at, "abcdef" if at % 2 else "0123456789")
        number, drawn = divmod(number, len(signs))
        out.append(signs[drawn])
    whole = "".join(out)
    return "-".join((whole[:8], whole[8:12], whole[12:16], whole[16:20], whole[20:]))
