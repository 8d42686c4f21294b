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
NO_ID = frozenset({"", "0", "-1"})
"""What exports write where there is no id, such as for a mention of a deleted account."""


def surrogate_id(keys: Keys, value: str) -> str:
    """Return the surrogate of an id, or of each id in a composed value.

    A decentralised id stays one, with the method that resolves nowhere (W3C DID Core,
    section 3.1: `did:example`).

    Args:
        keys: Of the tier.
        value: The id as it stands in the record, whatever its kind.
    """
    plain = value.strip()
    if plain in NO_ID:
        return value
    if _COMPOSED.fullmatch(value):
        return _RUN.sub(lambda run: token(keys, "id", run.group(), ID_LENGTH), value)
    if plain.startswith("did:"):
        return "did:example:" + token(keys, "id", plain, ID_LENGTH)
    return token(keys, "id", plain, ID_LENGTH)
