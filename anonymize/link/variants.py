"""Forms of one name: equal, short for one another, or spelt another way."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from zlib import crc32

from anonymize.link.reasons import Reason
from anonymize.model.identities import Gender
from anonymize.model.spelling import is_slip, neighbours, sound, sounds_alike
from anonymize.rulepacks.nicknames import Nicknames, load
from anonymize.rulepacks.vocabulary import given_names

_LONG = 7
"""Letters from which two given names in use that differ by one inner letter are one, mis-spelt:
"Cathrine" and "Catherine", but not "Maria" and "Mario"."""


_USUAL = 5
_SHORT = 4
"""Letters the longer of two words needs for one to be a slip of the other: usually, and where
the rest of the name is equal."""


class Tier(IntEnum):
    """How close two forms are, the closest first."""

    EXACT = 0
    NICKNAME = 1
    SPELLING = 2


REASONS = {
    Tier.EXACT: Reason.FULL_NAME,
    Tier.NICKNAME: Reason.NICKNAME,
    Tier.SPELLING: Reason.SPELLING,
}


class Spellings:
    """Finds the words that sound like another or are a slip of it, without comparing all."""

    __slots__ = ("_near", "_words")

    def __init__(self) -> None:
        # Checksums for keys, and one word as itself: each word has a key for each letter.
        self._near: dict[int, str | tuple[str, ...]] = {}
        self._words: set[str] = set()

    def add(self, word: str) -> None:
        """Let a folded word be found."""
        if word and word not in self._words:
            self._words.add(word)
            for key in self._keys(word):
                held = self._near.get(key)
                self._near[key] = word if held is None else (*_several(held), word)

    def close(self, word: str, *, short: bool = False) -> list[str]:
        """Return the other words that may be spellings of a folded word, sorted."""
        shortest = _SHORT if short else _USUAL
        met: set[str] = set()
        for key in self._keys(word):
            met.update(_several(self._near.get(key, ())))
        return sorted(
            w for w in met if w != word and (is_slip(w, word, shortest) or sounds_alike(w, word))
        )

    @staticmethod
    def _keys(word: str) -> set[int]:
        return {crc32(one.encode()) for one in (f"\x1f{sound(word)}", *neighbours(word))}


def _several(held: str | tuple[str, ...]) -> tuple[str, ...]:
    return (held,) if isinstance(held, str) else held


class Variants:
    """Compares parts of names.

    Args:
        nicknames: Forms of given names; those shipped, if not given.
        listed: Folded given names in use with their gender; Faker's, if not given.
    """

    __slots__ = ("_close", "_listed", "_nicknames")

    def __init__(
        self,
        nicknames: Nicknames | None = None,
        listed: Mapping[str, Gender] | None = None,
    ) -> None:
        self._nicknames = nicknames or load()
        self._listed = given_names() if listed is None else listed
        self._close = Spellings()
        for name in self._nicknames.names():
            self._close.add(name)

    def forms(self, given: str) -> frozenset[str]:
        """Return what a folded given name may be short for, or be called for short."""
        return (self._nicknames.formal(given) | self._nicknames.short(given)) - {given}

    def close(self, word: str) -> list[str]:
        """Return the short names that a folded word, itself no name in use, is a slip of."""
        return [] if self.is_given(word) else self._close.close(word)

    def gender(self, given: str) -> Gender:
        """Return the gender of a folded given name that is in use for one only."""
        return self._listed.get(given, Gender.UNKNOWN)

    def is_given(self, name: str) -> bool:
        """Whether a folded word is a given name in use, or short for one."""
        return name in self._listed or bool(self._nicknames.formal(name))

    def given(
        self,
        one: str,
        other: str,
        *,
        strict: bool = False,
        short: bool = False,
    ) -> Tier | None:
        """Return how close two folded given names are; None for names of their own.

        Args:
            one: A given name.
            other: Another.
            strict: Whether nothing else speaks for one person: then two names in use are
                two names, though they sound alike ("Jon", "John").
            short: Whether the rest of the name is equal: then short words may be slips too,
                and two short forms of one name that name.
        """
        if one == other:
            return Tier.EXACT
        if other in self.forms(one) or one in self.forms(other):
            return Tier.NICKNAME
        if short and self._nicknames.siblings(one, other):
            return Tier.NICKNAME
        in_use = one in self._listed and other in self._listed
        if sounds_alike(one, other) and not (strict and in_use):
            return Tier.SPELLING
        if in_use and (min(len(one), len(other)) < _LONG or one[-1] != other[-1]):
            return None
        return Tier.SPELLING if is_slip(one, other, _SHORT if short else _USUAL) else None

    def family(self, one: str, other: str, *, short: bool = False) -> Tier | None:
        """Return how close two folded family names are; `short` as for given names."""
        if one == other or one.replace(" ", "") == other.replace(" ", ""):
            return Tier.EXACT
        slip = is_slip(one, other, _SHORT if short else _USUAL)
        return Tier.SPELLING if slip or sounds_alike(one, other) else None
