"""Opaque tokens that no search for ids can mistake for one."""

from __future__ import annotations

import re

from anonymize.model.keys import DIGITS, LETTERS, Keys

# verify looks ids up from six digits on.
_LONG_RUN = re.compile(r"[0-9]{5}")


def token(keys: Keys, purpose: str, value: str, length: int) -> str:
    """Return a keyed name of `length` characters without five digits in a row.

    Args:
        keys: Of the tier.
        purpose: Tokens of two purposes cannot be joined.
        value: What it stands for; the same value has the same token.
        length: Characters, 1 to 50; the first is a letter.
    """
    found = keys.token(purpose, value, length)
    attempt = 0
    while _LONG_RUN.search(found):
        attempt += 1
        found = keys.token(purpose, f"{value}\0{attempt}", length)
    return found


def spelt(keys: Keys, purpose: str, value: str, length: int) -> str:
    """Return a keyed name of letter and digit in turn, to stand beside names.

    Two letters in a row could be somebody's initials; with a digit between, no part of it is
    a word.

    Args:
        keys: Of the tier.
        purpose: Tokens of two purposes cannot be joined.
        value: What it stands for; the same value has the same name.
        length: Characters, 1 to 50 (3.6 bits each); the first is a letter.
    """
    number = keys.number(purpose, value)
    out = []
    for at in range(length):
        signs = DIGITS if at % 2 else LETTERS
        number, drawn = divmod(number, len(signs))
        out.append(signs[drawn])
    return "".join(out)
