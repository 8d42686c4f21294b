"""Surfaces of names sorted by shape: what can be told from the words alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from functools import lru_cache

from anonymize.model.folding import words
from anonymize.model.identities import Gender
from anonymize.model.names import PARTICLES, TITLES, clean, is_initial, parse, split_possessive
from anonymize.rulepacks.vocabulary import everyday

_GLUED_TITLE = re.compile(r"([A-Z][a-z]{1,4})([^\W\d_]{2,})")
"""`MsSmith`, as hashtags write it."""


class Shape(IntEnum):
    """Shapes, the most telling first."""

    FULL = 0
    """Given and family name."""
    GENDERED = 1
    """A family name behind a title that tells a gender."""
    TITLED = 2
    """A family name behind another title."""
    INITIAL = 3
    """`J. Smith` or `Jane S.`"""
    INITIALS = 4
    """`JS`, `J.S.`: initials, or a short given name."""
    SINGLE = 5
    """A given or family name alone."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A surface, taken apart.

    Attributes:
        key: Its folded words without possessive: what it is looked up by.
        shape: What it is.
        given: Folded given name or initial; for `SINGLE` and `INITIALS` the word itself.
        family: Folded family name or initial; for `SINGLE` and `INITIALS` the word itself.
        full: Folded name without title and suffix, where it has two words or more.
        initials: Folded initials, for `FULL` and `INITIALS`.
        gender: What the title tells.
        written: The surface without possessive.
    """

    key: str = field(repr=False)
    shape: Shape
    given: str = field(default="", repr=False)
    family: str = field(default="", repr=False)
    full: str = field(default="", repr=False)
    initials: str = field(default="", repr=False)
    gender: Gender = Gender.UNKNOWN
    written: str = field(default="", repr=False)


def key_of(surface: str) -> str:
    """Return what a surface is looked up by: folded words, the possessive off.

    >>> key_of("Ms Smith’s")
    'ms smith'
    """
    return words(split_possessive(surface.strip())[0])


@lru_cache(16384)
def word(surface: str) -> Wording | None:
    """Return a surface taken apart; None where it holds no letter or digit."""
    written = split_possessive(surface.strip())[0]
    glued = _GLUED_TITLE.fullmatch(written)
    if glued is not None and words(glued.group(1)) in TITLES and glued.group(2)[0].isupper():
        written = " ".join(glued.groups())
    key = words(written)
    if not key:
        return None
    parts = parse(_without_words(written))
    given, family = words(parts.given), words(parts.family)
    if given in PARTICLES and family:
        # "van Dyke" without a given name
        given, family = "", words(f"{parts.given} {' '.join(parts.middle)} {parts.family}")
    if not given and not family:
        return Wording(key, Shape.SINGLE, key, key, written=written)
    if not given:
        shape = Shape.SINGLE
        if parts.title:
            shape = Shape.TITLED if parts.gender is Gender.UNKNOWN else Shape.GENDERED
        return Wording(key, shape, family, family, gender=parts.gender, written=written)
    if not family:
        letters = given.replace(" ", "")
        if is_initial(parts.given) or (parts.given.isupper() and len(letters) in {2, 3}):
            return Wording(key, Shape.INITIALS, given, given, "", letters, written=written)
        return Wording(key, Shape.SINGLE, given, given, written=written)
    full = words(" ".join((parts.given, *parts.middle, parts.family)))
    if is_initial(parts.given) and is_initial(parts.family):
        letters = full.replace(" ", "")
        return Wording(key, Shape.INITIALS, letters, letters, "", letters, written=written)
    if is_initial(parts.given) or is_initial(parts.family):
        return Wording(
            key, Shape.INITIAL, given, family, full, "", parts.gender, written,
        )  # fmt: skip
    initials = given[:1] + family.split()[-1][:1]
    return Wording(key, Shape.FULL, given, family, full, initials, parts.gender, written)


def _without_words(written: str) -> str:
    """Return a name without everyday words in small letters behind it, which a model took in."""
    tokens = written.split()
    while (
        len(tokens) > 1
        and tokens[0][:1].isupper()
        and tokens[-1].islower()
        and words(tokens[-1]) in everyday()
        and words(tokens[-1]) not in PARTICLES
    ):
        tokens.pop()
    return " ".join(tokens)


def lookups(surface: str) -> tuple[str, ...]:
    """Return the keys under which a surface may be known, the closest first.

    >>> lookups("Ms Jane Smith's")
    ('ms jane smith', 'jane smith')
    """
    name = word(surface)
    if name is None:
        return ()
    keys = [name.key]
    if name.full:
        keys.append(name.full)
    elif name.shape in {Shape.GENDERED, Shape.TITLED}:
        keys.append(name.family)
    return tuple(dict.fromkeys(keys))


def display(name: str) -> str:
    """Return a display name as a name: decoration off, unless nothing would be left."""
    return clean(name) or name.strip()


def looks_like_name(name: str, is_common: Callable[[str], bool]) -> bool:
    """Whether a display name may be a person's: two to four words of letters, not all common.

    Args:
        name: Without decoration.
        is_common: Whether a folded word is an ordinary one.
    """
    parts = name.split()
    if not 2 <= len(parts) <= 4:
        return False
    if not all(words(part).replace(" ", "").isalpha() for part in parts):
        return False
    return not all(is_common(words(part)) for part in parts)
