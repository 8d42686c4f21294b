"""Where surrogate names come from: Faker's lists, and syllables when those run dry."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module

from anonymize.model.folding import words
from anonymize.model.identities import Gender
from anonymize.model.keys import Keys

LOCALES = ("en_GB", "en_US")
_SIMPLE = re.compile(r"[A-Z][a-z]{2,11}")
_CONTAINED = 4
"""Shorter names stand in longer words by chance."""

# Open syllables: pronounceable in any order, and no English word comes of three of them.
_ONSETS = ("b", "br", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "tr",
           "v", "w", "z")  # fmt: skip
_VOWELS = ("a", "e", "i", "o", "u")
_GIVEN_ENDS = {
    Gender.FEMALE: ("a", "ia", "ena", "elle", "ine"),
    Gender.MALE: ("o", "an", "or", "ek", "us"),
    Gender.UNKNOWN: ("e", "i", "is", "en", "ey"),
}
_UNFIT = ("anal", "caca", "coon", "cum", "cun", "dik", "fag", "fuc", "homo", "kaka", "kike",
          "kut", "lul", "nazi", "neg", "nig", "paki", "peni", "pipi", "poro", "puta", "rape",
          "slut", "tit", "vagi")  # fmt: skip
"""Syllables nobody wants to be called by."""
_FAMILY_ENDS = ("ner", "ling", "ster", "wick", "mond", "dale", "ford", "nard", "lund", "vell")


@dataclass(frozen=True, slots=True)
class NamePool:
    """Names to draw from; each list sorted, no name in both given and family.

    Attributes:
        given_f: Given names in use for women.
        given_m: Given names in use for men.
        given_any: Both.
        family: Family names.
    """

    given_f: tuple[str, ...]
    given_m: tuple[str, ...]
    given_any: tuple[str, ...]
    family: tuple[str, ...]


def _simple(names: Iterable[str]) -> set[str]:
    """Return the names of one plain word, for only those go into handles unchanged."""
    return {name for name in names if _SIMPLE.fullmatch(name)}


@lru_cache
def name_pool(locales: tuple[str, ...] = LOCALES) -> NamePool:
    """Return the names Faker lists for some locales, such as `("en_GB", "en_US")`.

    Only the lists are taken: Faker's own drawing changes between its releases.

    Raises:
        ModuleNotFoundError: If Faker knows no such locale.
    """
    female: set[str] = set()
    male: set[str] = set()
    family: set[str] = set()
    for locale in locales:
        lists = import_module(f"faker.providers.person.{locale}").Provider
        female |= _simple(getattr(lists, "first_names_female", ()))
        male |= _simple(getattr(lists, "first_names_male", ()))
        family |= _simple(getattr(lists, "last_names", ()))
    both = female | male
    return NamePool(
        tuple(sorted(female)),
        tuple(sorted(male)),
        tuple(sorted(both)),
        tuple(sorted(family - both)),
    )


@lru_cache
def pool_words(pool: NamePool) -> frozenset[str]:
    """Return the folded names of a pool: what a scan must note when the corpus holds it."""
    return frozenset(name.lower() for name in (*pool.given_any, *pool.family))


class Forbidden:
    """Real names that no part of a surrogate may equal, contain or be contained in.

    Args:
        terms: Folded real names, words of handles and words of the corpus.
    """

    __slots__ = ("_grams", "_text", "_words")

    def __init__(self, terms: Iterable[str]) -> None:
        self._words = frozenset(word for term in terms for word in words(term).split())
        longer = sorted(word for word in self._words if len(word) >= _CONTAINED)
        self._text = " ".join(longer)
        # Nearly every question is answered by its pieces alone, without reading the text.
        self._grams = frozenset(
            word[at : at + _CONTAINED]
            for word in longer
            for at in range(len(word) - _CONTAINED + 1)
        )

    def equals(self, name: str) -> bool:
        """Whether a name is a real one."""
        return words(name) in self._words

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        word = words(name)
        if word in self._words:
            return True
        pieces = [word[at : at + _CONTAINED] for at in range(len(word) - _CONTAINED + 1)]
        if not any(piece in self._grams for piece in pieces):
            return False
        if any(
            word[start:end] in self._words
            for start in range(len(word))
            for end in range(start + _CONTAINED, len(word) + 1)
        ):
            return True
        return all(piece in self._grams for piece in pieces) and word in self._text


def _syllables(number: int, count: int) -> tuple[str, int]:
    out = ""
    for _ in range(count):
        number, onset = divmod(number, len(_ONSETS))
        number, vowel = divmod(number, len(_VOWELS))
        out += _ONSETS[onset] + _VOWELS[vowel]
    return out, number


def fit(name: str) -> bool:
    """Whether a name of syllables is one to be called by."""
    return not any(word in name.lower() for word in _UNFIT)


def made_given(keys: Keys, value: str, gender: Gender, attempt: int) -> str:
    """Return a given name of syllables; longer the more attempts failed."""
    number = keys.number("name/made given", f"{value}/{attempt}")
    stem, number = _syllables(number, 2 + attempt // 4)
    ends = _GIVEN_ENDS[gender]
    return (stem[:-1] + ends[number % len(ends)]).capitalize()


def made_family(keys: Keys, value: str, attempt: int) -> str:
    """Return a family name of syllables; longer the more attempts failed."""
    number = keys.number("name/made family", f"{value}/{attempt}")
    stem, number = _syllables(number, 2 + attempt // 4)
    return (stem + _FAMILY_ENDS[number % len(_FAMILY_ENDS)]).capitalize()
