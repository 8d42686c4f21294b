"""Forms of one given name: short forms, pet names and spellings, in several languages.

The lists lie in `rules/names`, one file a language: a line `elizabeth: liz beth` gives what an
Elizabeth is called for short, a line `= catherine katherine` spellings of one name.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from anonymize.model.folding import words
from anonymize.rulepacks.location import shipped
from anonymize.rulepacks.reading import Faults, read_text

_NOBODY: frozenset[str] = frozenset()


class Nicknames:
    """Which given names are forms of one; all names folded (`model.folding.words`).

    Args:
        short: Formal name and what it is for short, a pair each.
        spelt: Spellings of one name.
    """

    __slots__ = ("_formal", "_short", "_spelt")

    def __init__(
        self,
        short: Iterable[tuple[str, str]],
        spelt: Iterable[Iterable[str]] = (),
    ) -> None:
        self._short: dict[str, set[str]] = {}
        self._formal: dict[str, set[str]] = {}
        self._spelt: dict[str, frozenset[str]] = {}
        for name, form in short:
            self._short.setdefault(name, set()).add(form)
            self._formal.setdefault(form, set()).add(name)
        for spellings in spelt:
            one = frozenset(spellings)
            for name in one:
                self._spelt[name] = self._spelt.get(name, _NOBODY) | one

    def names(self) -> list[str]:
        """Return all short names, sorted."""
        return sorted(self._formal)

    def spellings(self, name: str) -> frozenset[str]:
        """Return a name and its other spellings."""
        return self._spelt.get(name, _NOBODY) | {name}

    def formal(self, name: str) -> frozenset[str]:
        """Return the formal names a name may be short for, in all their spellings."""
        found: set[str] = set()
        for one in self.spellings(name):
            for formal in self._formal.get(one, ()):
                found |= self.spellings(formal)
        for base in _bases(name):
            # "Janey" of Jane, "Tommy" of Tom: regular, so not all of them are listed.
            if base in self._short or base in self._spelt:
                found |= self.spellings(base)
        return frozenset(found - {name})

    def short(self, name: str) -> frozenset[str]:
        """Return what a formal name is for short, and its other spellings."""
        found: set[str] = set()
        for one in self.spellings(name):
            found |= {one, *self._short.get(one, ())}
        return frozenset(found - {name})

    def siblings(self, one: str, other: str) -> bool:
        """Whether two names are short for one formal name, as Liz and Beth are."""
        return bool(self.formal(one) & self.formal(other))


def _bases(name: str) -> Iterable[str]:
    """Yield what a pet name in -y, -ie or -ey may be made of."""
    for ending in ("ie", "ey", "y"):
        stem = name.removesuffix(ending)
        if stem != name and len(stem) >= 3:
            yield from (stem, f"{stem}e")
            if stem[-1] == stem[-2]:
                yield stem[:-1]


def read(path: Path) -> tuple[list[tuple[str, str]], list[list[str]]]:
    """Return the pairs and the spellings of a list.

    Raises:
        RuleError: If a line is neither, with file and line.
    """
    faults = Faults(f"names {path.name}")
    short: list[tuple[str, str]] = []
    spelt: list[list[str]] = []
    for at, line in enumerate(read_text(path, faults)[0].splitlines(), 1):
        text = line.strip()
        if not text or text.startswith("#"):
            continue
        if text.startswith("="):
            spelt.append([words(name) for name in text[1:].split()])
            continue
        name, colon, rest = text.partition(":")
        if not colon or not rest.split():
            faults.add(at, "is neither `name: short forms` nor `= spellings`")
            continue
        short += ((words(name), words(form)) for form in rest.split())
    faults.raise_any()
    return short, spelt


@lru_cache(maxsize=1)
def load() -> Nicknames:
    """Return the shipped lists of all languages as one.

    Raises:
        RuleError: If a list cannot be read.
    """
    short: list[tuple[str, str]] = []
    spelt: list[list[str]] = []
    for path in sorted((shipped("rules") / "names").glob("*.txt")):
        one, other = read(path)
        short += one
        spelt += other
    return Nicknames(short, spelt)
