"""Names of invented people: cultures, nicknames, and what hurry and hearing do to spelling."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import import_module

CULTURES = {
    "en_GB": 10, "en_IE": 2, "nl_NL": 2, "de_DE": 2, "es_ES": 1, "fr_FR": 1, "pl_PL": 1,
    "en_IN": 2, "tr_TR": 1, "it_IT": 1, "sv_SE": 1,
}  # fmt: skip
"""Locales of Faker with their share among the people of a study."""

_NICKNAMES = """
Abigail Abby, Alexander Alex Sasha, Alexandra Alex Lexie, Alison Ali, Amanda Mandy, Andrew Andy,
Anthony Tony, Barbara Barb Babs, Benjamin Ben Benny, Catherine Cathy Cat, Charles Charlie Chaz,
Charlotte Lottie, Christine Chris Chrissie, Christopher Chris, Daniel Dan Danny, David Dave,
Deborah Debs Debbie, Dominic Dom, Donald Don, Dorothy Dot Dottie, Douglas Doug, Edward Eddie Ted,
Eleanor Ellie Nell, Elizabeth Liz Beth Lizzie, Frances Fran, Francis Frank, Frederick Fred,
Gabrielle Gabby, Geoffrey Geoff, Gerald Gerry, Gillian Gill, Gregory Greg, Hannah Han,
Harriet Hattie, Jacqueline Jackie, Jane Janey, Janet Jan, Jeffrey Jeff, Jennifer Jen Jenny,
Jessica Jess, Joanna Jo, Joanne Jo, Jonathan Jonny Jon, Joseph Joe, Josephine Josie,
Joshua Josh, Julie Jules, Katherine Kate Katie Kath, Kathleen Kath, Kenneth Ken, Kimberley Kim,
Lawrence Larry, Leonard Len, Lesley Les, Louise Lou, Lucy Luce, Margaret Maggie Meg, Martin Marty,
Matthew Matt, Megan Meg, Michael Mike Mick, Natalie Nat, Natasha Tash, Nathan Nate,
Nicholas Nick, Nicola Nicky, Norman Norm, Oliver Ollie, Pamela Pam, Patricia Pat Trish,
Patrick Paddy, Peter Pete, Philip Phil, Rachel Rach, Raymond Ray, Rebecca Becky Becca,
Richard Rich Ricky, Robert Rob Bob, Roger Rog, Ronald Ron, Samantha Sam Sammy, Samuel Sam,
Sandra Sandy, Sophie Soph, Stephanie Steph, Stephen Steve, Steven Steve, Stuart Stu,
Susan Sue Suzie, Suzanne Suze, Terence Terry, Teresa Tess, Theresa Tess, Thomas Tom Tommy,
Timothy Tim, Valerie Val, Victoria Vicky Tori, Vincent Vince, William Bill Billy, Zachary Zach,
Johannes Hans Jo, Cornelis Kees, Wilhelmus Wim, Hendrik Henk, Elisabeth Lies Betje, Maria Ria,
Friedrich Fritz, Johanna Hanna, Josef Sepp, Katharina Kathi, Matthias Matze, Sebastian Basti,
Wolfgang Wolfi, Francisco Paco, Guadalupe Lupe, Ignacio Nacho, Manuel Manolo, Dolores Lola,
Mercedes Merche, Frédéric Fred, Guillaume Guigui, Stéphanie Steph, Véronique Véro, Agnieszka Aga,
Aleksandra Ola, Jakub Kuba, Katarzyna Kasia, Krzysztof Krzys, Magdalena Magda, Tomasz Tomek,
Mehmet Memo, Mustafa Musti, Giovanni Gianni, Giuseppe Beppe, Francesca Franci, Francesco Checco,
Alessandro Ale, Anders Ante, Birgitta Gittan, Margareta Maggan
"""
_POLISH = (
    "Nowak", "Wójcik", "Kowalczyk", "Woźniak", "Mazur", "Krawczyk", "Kaczmarek", "Wieczorek",
    "Wróbel", "Stępień", "Dudek", "Pawlak", "Sikora", "Walczak", "Szewczyk", "Pietrzak",
    "Włodarczyk", "Bąk", "Kubiak", "Szczepaniak", "Kozak",
)  # fmt: skip
"""Faker's list of them holds only those of one gender."""

_SOUNDS = (
    ("ph", "f"), ("f", "ph"), ("y", "i"), ("i", "y"), ("ck", "k"), ("k", "ck"), ("th", "t"),
    ("t", "th"), ("ie", "y"), ("ee", "ea"), ("ai", "ay"), ("c", "k"), ("s", "z"), ("ou", "u"),
    ("ey", "y"), ("w", "v"), ("sch", "sh"), ("cz", "ch"), ("ll", "l"), ("nn", "n"), ("tt", "t"),
)  # fmt: skip
"""What hearing takes for one another."""


@lru_cache(maxsize=1)
def nicknames() -> dict[str, tuple[str, ...]]:
    """Return usual nicknames by given name; the list is this benchmark's own."""
    entries = (entry.split() for entry in _NICKNAMES.replace("\n", " ").split(","))
    return {given: tuple(short) for given, *short in entries}


@dataclass(frozen=True, slots=True)
class Culture:
    """Names in use, each list sorted.

    Attributes:
        women: Given names.
        men: Given names.
        families: Family names.
    """

    women: tuple[str, ...] = field(repr=False)
    men: tuple[str, ...] = field(repr=False)
    families: tuple[str, ...] = field(repr=False)


@lru_cache(maxsize=32)
def culture(locale: str) -> Culture:
    """Return Faker's names of a locale that are one capitalised word of three letters or more."""
    provider = import_module(f"faker.providers.person.{locale}").Provider
    families = _POLISH if locale == "pl_PL" else provider.last_names
    lists = (provider.first_names_female, provider.first_names_male, families)
    return Culture(*(tuple(sorted({one for one in names if _usable(one)})) for names in lists))


def _usable(name: str) -> bool:
    return re.fullmatch(r"[^\W\d_]{3,12}", name) is not None and name == name.title()


def plain(name: str) -> str:
    """Return a name as handles write it: small Latin letters only.

    >>> plain("Müller-Łoś")
    'mullerlos'
    """
    bare = unicodedata.normalize("NFKD", name.casefold().replace("ł", "l").replace("ı", "i"))
    return re.sub(r"[^a-z]", "", bare)


def misspell(name: str, rng: random.Random, taken: Collection[str] = ()) -> str:
    """Return one word as somebody mis-heard or mis-typed it.

    Two letters swapped, one dropped or doubled, or one sound written as another, and never the
    first letter; the silent `e` and `h` come and go.  A name too short, or one that only
    becomes somebody else's, stays as it is.

    Args:
        name: One word.
        rng: Where chance comes from.
        taken: Names in small letters it must not become.
    """
    for _ in range(12):
        wrong = _heard(name, rng) if rng.random() < 0.6 else _typed(name, rng)
        if wrong.casefold() != name.casefold() and wrong.casefold() not in taken:
            return wrong
    return name


def _heard(name: str, rng: random.Random) -> str:
    tail = name[1:]
    found: list[str] = []
    for one, other in _SOUNDS:
        at = tail.find(one)
        if at >= 0:
            found.append(name[0] + tail[:at] + other + tail[at + len(one) :])
    if tail.endswith("e"):
        found.append(name[:-1])
    elif tail[-1] not in "aeiou":
        found.append(name + "e")
    if "h" in tail[1:]:
        at = tail.index("h", 1)
        found.append(name[0] + tail[:at] + tail[at + 1 :])
    elif tail[-1] in "ao":
        found.append(name + "h")
    return rng.choice(found) if found else _typed(name, rng)


def _typed(name: str, rng: random.Random) -> str:
    if len(name) < 4:
        return name
    at = rng.randrange(1, len(name) - 1)
    match rng.randrange(3):
        case 0:
            return name[:at] + name[at + 1] + name[at] + name[at + 2 :]
        case 1:
            return name[:at] + name[at + 1 :]
        case _:
            return name[:at] + name[at] + name[at:]


def drawn(rng: random.Random, weights: Mapping[str, int]) -> str:
    """Return one of the keys, as often as its weight says."""
    return rng.choices(list(weights), list(weights.values()))[0]
