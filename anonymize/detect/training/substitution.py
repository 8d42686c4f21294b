"""Other names, places and firms put where a corpus has its own: more names than any corpus holds.

The lists are Faker's, of every locale whose lists are in Latin letters; each locale is drawn
from as often as any other, so that names of small countries are learned as well.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module

from anonymize.detect.training.gold import Gold, edited
from anonymize.rulepacks.packs import load_pack

_GIVEN = ("first_names", "first_names_male", "first_names_female")
_FAMILY = ("last_names", "last_names_male", "last_names_female")
_CITIES = ("cities", "city_names", "towns", "communities", "municipalities", "localities")
_FEWEST = 20
"""Shorter lists would repeat themselves."""

_FIRMS = (
    "{} Ltd", "{} Group", "{} & Sons", "{} Inc", "{} Holdings", "{} Media", "{} Partners",
    "{} GmbH", "{}", "{}", "{} Bank", "{} Foundation", "{} Trust", "{} Records", "{} Press",
)  # fmt: skip
_SCHOOLS = (
    "{} College", "{} School", "{} Academy", "{} High School", "{} Sixth Form", "{} University",
    "University of {}", "{} Primary", "St {}'s", "{} Grammar School", "{} FC", "{} United",
    "{} City Council", "{} Hospital", "{} Institute",
)  # fmt: skip
_STREETS = (
    "{n} {} Street", "{n} {} Road", "{n} {} Avenue", "{n} {} Lane", "{n} {} Drive", "{} {n}",
    "Calle {} {n}", "{n} rue {}", "{}straße {n}", "{}straat {n}", "Flat {m}, {n} {} Close",
)  # fmt: skip

PERSON, PLACE, FIRM = 0.4, 0.2, 0.15
"""How often a name of each kind is replaced."""


def _latin(words: object) -> list[str]:
    """Return the words of a list of Faker's that are written in Latin letters."""
    if not isinstance(words, (list, tuple, dict, set, frozenset)):
        return []
    flat = (word[0] if isinstance(word, tuple) else word for word in words)
    return sorted(
        {w for w in flat if isinstance(w, str) and w and all(ord(char) < 0x250 for char in w)}
    )


def _lists(kind: str, names: Sequence[str]) -> list[list[str]]:
    """Return for each locale of Faker's its list of names of a kind."""
    from faker.config import AVAILABLE_LOCALES

    out: list[list[str]] = []
    for locale in sorted(AVAILABLE_LOCALES):
        try:
            provider = import_module(f"faker.providers.{kind}.{locale}").Provider
        except ImportError:
            continue
        found = sorted({w for name in names for w in _latin(getattr(provider, name, None))})
        if len(found) >= _FEWEST:
            out.append(found)
    return out


@dataclass(frozen=True, slots=True)
class Names:
    """Lists to draw from, by locale."""

    given_names: Sequence[Sequence[str]] = field(repr=False)
    family_names: Sequence[Sequence[str]] = field(repr=False)
    cities: Sequence[Sequence[str]] = field(repr=False)
    countries: Sequence[str] = field(repr=False)

    def given(self, rng: random.Random) -> str:
        """Return a given name."""
        return rng.choice(rng.choice(self.given_names))

    def family(self, rng: random.Random) -> str:
        """Return a family name."""
        return rng.choice(rng.choice(self.family_names))

    def city(self, rng: random.Random) -> str:
        """Return a city."""
        return rng.choice(rng.choice(self.cities))

    def country(self, rng: random.Random) -> str:
        """Return a country."""
        return rng.choice(self.countries)

    def company(self, rng: random.Random) -> str:
        """Return a firm or institution, called after a person or a place."""
        if rng.random() < 0.5:
            return rng.choice(_FIRMS).format(self.family(rng))
        return rng.choice(_SCHOOLS).format(self.city(rng))

    def address(self, rng: random.Random) -> str:
        """Return a street and number."""
        one = rng.choice(_STREETS)
        return one.format(self.family(rng), n=rng.randint(1, 300), m=rng.randint(1, 30))


@cache
def names() -> Names:
    """Return Faker's lists, with the towns of the rule packs."""
    packs = [load_pack(name) for name in ("gb", "us", "nl")]
    towns = [[place.name for place in pack.places if place.town] for pack in packs]
    return Names(
        given_names=_lists("person", _GIVEN),
        family_names=_lists("person", _FAMILY),
        cities=[*_lists("address", _CITIES), *(towns * 4)],
        countries=sorted({w for one in _lists("address", ("countries",)) for w in one}),
    )


def substituted(gold: Gold, source: Names, rng: random.Random) -> Gold:
    """Return a text in which some of the names are others; what was one name stays one."""
    drawn: dict[tuple[str, str], str] = {}
    edits: list[tuple[int, int, str]] = []
    for start, end, label in gold.spans:
        surface = gold.text[start:end]
        key = (label, surface.lower())
        if key not in drawn:
            drawn[key] = _other(surface, label, source, rng)
        new = _cased(drawn[key], surface)
        if new != surface and gold.text[start - 1 : start] == "#":
            new = "".join(new.split())
        edits.append((start, end, new))
    return edited(gold, edits)


def _other(surface: str, label: str, source: Names, rng: random.Random) -> str:
    chance = rng.random()
    if label == "PERSON" and chance < PERSON:
        parts = surface.split()
        if len(parts) == 1:
            return source.given(rng) if rng.random() < 0.65 else source.family(rng)
        if len(parts) == 2 and parts[0][-1:] == ".":
            return f"{parts[0]} {source.family(rng)}"
        return f"{source.given(rng)} {source.family(rng)}"
    if label == "LOCATION" and chance < PLACE and len(surface.split()) < 3:
        return source.city(rng) if rng.random() < 0.8 else source.country(rng)
    if label == "ORGANIZATION" and chance < FIRM:
        return source.company(rng)
    return surface


def _cased(new: str, old: str) -> str:
    """Return a name in the case of the one it stands for."""
    if new == old:
        return new
    if old.islower():
        return new.lower()
    if old.isupper() and len(old) > 2:
        return new.upper()
    return new
