"""The two operators that leave nothing of the original: mask and tag."""

from __future__ import annotations

import re

from anonymize.model.folding import words
from anonymize.model.keys import Keys
from anonymize.transform.tokens import token

MASK = "●"
_TYPE = re.compile(r"[^A-Z0-9_]")
TAG_LENGTH = 4


def mask(surface: str) -> str:
    """Return as many dots as the surface has code points.

    >>> mask("Jane")
    '●●●●'
    """
    return MASK * len(surface)


def tag(keys: Keys, entity_type: str, surface: str) -> str:
    """Return a tag such as `[EMAIL_ADDRESS_k7f3]`, the same for the same words.

    Of 374 000 tags of a type two values may share one: a tag says what stood there, and only
    nearly always whether it was the same.
    """
    kind = _TYPE.sub("_", entity_type.upper())
    return f"[{kind}_{token(keys, 'tag/' + kind, words(surface) or surface, TAG_LENGTH)}]"
