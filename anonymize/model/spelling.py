"""Spellings of one name: what sounds alike, and what a slip of the finger makes of it.

Both are evidence and no proof: who uses them asks for more, such as the only bearer in an
interview.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

# How letters are interchanged where names are written by ear, most specific first.  The set
# covers what is common to English, Dutch, German, French and Spanish first names; the order
# matters, for each rule sees what those before it made.
_SOUNDS = tuple(
    (re.compile(pattern), by)
    for pattern, by in (
        (r"ph", "f"),
        (r"gh(?=t|$)", ""),
        (r"^wr", "r"),
        (r"^kn", "n"),
        (r"ch(?=[rl])", "k"),
        (r"sch|sh|sz|cz|tch", "x"),
        (r"ck|cq|qu|q", "k"),
        (r"c(?=[eiy])", "s"),
        (r"ch", "x"),
        (r"c", "k"),
        (r"th|dt", "t"),
        (r"z", "s"),
        (r"x$", "ks"),
        (r"(?<=.)h", ""),
        (r"w", "v"),
        (r"ae|ai|ay|ei|ey(?=.)", "a"),
        (r"oe|ou|oo", "o"),
        (r"ue", "u"),
        (r"ie|ee|ea|ey|y|j(?=[aeou])(?!^)", "i"),
        (r"(?<=[^aeiou])e$", ""),
        (r"(.)\1+", r"\1"),
    )
)
_SLIP = 5
"""Letters the longer word needs before one wrong letter leaves it recognisable."""


@lru_cache(16384)
def sound(word: str) -> str:
    """Return what a folded word is compared by where names are written by ear.

    >>> sound("smyth") == sound("smith"), sound("jayne") == sound("jane")
    (True, True)
    """
    for pattern, by in _SOUNDS:
        word = pattern.sub(by, word)
    return word


def sounds_alike(one: str, other: str) -> bool:
    """Whether two folded words are one name to the ear, and differ by little to the eye.

    A silent e at the end tells names apart: Jan is not Jane.

    >>> sounds_alike("catherine", "katherine"), sounds_alike("jan", "jane")
    (True, False)
    """
    if one == other:
        return True
    if f"{one}e" == other or f"{other}e" == one:
        return False
    return abs(len(one) - len(other)) <= 2 and sound(one) == sound(other)


def is_slip(one: str, other: str, shortest: int = _SLIP) -> bool:
    """Whether a letter was lost, doubled, mistaken, added or swapped with the next.

    The first letter stands, and the longer word has at least five: of "Jan", "Jon" and
    "Joan" none is a slip of another.

    Args:
        one: A folded word.
        other: Another.
        shortest: Letters the longer of them must have.

    >>> is_slip("smiht", "smith"), is_slip("thorquill", "thornquill"), is_slip("jon", "jan")
    (True, True, False)
    """
    if one == other or one[:1] != other[:1]:
        return False
    if min(len(one), len(other)) < shortest - 1 or max(len(one), len(other)) < shortest:
        return False
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    a, b = one[start:], other[start:]
    if len(a) == len(b):
        return a[1:] == b[1:] or (a[2:] == b[2:] and a[:2] == b[:2][::-1])
    return a[1:] == b if len(a) > len(b) else a == b[1:]


def neighbours(word: str) -> Iterator[str]:
    """Yield a word and what is left of it without each letter but the first.

    Two words of which one is a slip of the other have one of these in common.
    """
    yield word
    yield from {word[:at] + word[at + 1 :] for at in range(1, len(word))}
