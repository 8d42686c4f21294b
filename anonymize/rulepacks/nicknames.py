"""Forms of one given name: short forms, pet names and spellings, in several languages.

The lists lie in `rules/names`, one YAML file a language.  They are read line by line: composing
them as YAML nodes takes seven times as long, and whatever links would wait for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from anonymize.errors import AnonymizeError
from anonymize.model.folding import words
from anonymize.rulepacks.location import names, shipped
from anonymize.rulepacks.reading import Faults, read_text

_NONE: frozenset[str] = frozenset()
_ENTRY = re.compile(r"  (?:- |(?P<name>[^\s:#-][^:#]*): )(?P<forms>[^:#]+)")
_SECTIONS = ("short", "variants", "names")


@dataclass(frozen=True, slots=True)
class NameList:
    """The names of one language as its file gives them, folded.

    Attributes:
        language: Name of the file, such as `en`.
        short: Short forms and pet names by formal name.
        variants: Spellings of one name; no name is in two sets.
        own: Names that stand for themselves.
    """

    language: str
    short: Mapping[str, tuple[str, ...]] = field(repr=False)
    variants: tuple[frozenset[str], ...] = field(default=(), repr=False)
    own: frozenset[str] = field(default=_NONE, repr=False)

    def spellings(self) -> dict[str, frozenset[str]]:
        """Return the set each name with other spellings is in."""
        return {name: one for one in self.variants for name in one}

    def formal(self) -> dict[str, frozenset[str]]:
        """Return every name of the list with the formal names it may be short for.

        All spellings of a short form are short for all spellings of the formal name.
        """
        spelt = self.spellings()
        out: dict[str, set[str]] = {name: set() for name in (*self.own, *spelt)}
        for name, forms in self.short.items():
            formal = spelt.get(name, frozenset({name}))
            for one in formal:
                out.setdefault(one, set())
            for form in forms:
                for one in spelt.get(form, (form,)):
                    out.setdefault(one, set()).update(formal)
        return {name: frozenset(formal - {name}) for name, formal in out.items()}


@dataclass(frozen=True, slots=True)
class Nicknames:
    """Which given names are forms of one; all names are folded (`model.folding.words`).

    Every look-up is one of dictionaries.  Pet names made by rule ("Markie", "Keesje", "Pablito")
    are understood without being listed, if what they are made of is a name of that language.

    Attributes:
        formal_of: What a name may be short for.  Empty for a name known only for itself.
        short_of: Short forms and other spellings of a name.
        bases: Names from which pet names are made by rule, with their spellings and what they
            are short for themselves, by language.
    """

    formal_of: Mapping[str, frozenset[str]] = field(repr=False)
    short_of: Mapping[str, frozenset[str]] = field(repr=False)
    bases: Mapping[str, Mapping[str, frozenset[str]]] = field(repr=False)

    def names(self) -> list[str]:
        """Return all listed names that are short for another, sorted."""
        return sorted(name for name, of in self.formal_of.items() if of)

    def formal(self, name: str) -> frozenset[str]:
        """Return the formal names a name may be short for, never itself.

        A short form that has a pet name of its own counts as well: Tommy is short for Tom and
        for Thomas.

        >>> sorted(load().formal("janie"))
        ['jane', 'jayne']
        """
        # A name that is listed is what its list says: Carly is not a pet name of Carl.
        listed = self.formal_of.get(name)
        return _made(name, self.bases) if listed is None else listed

    def short(self, name: str) -> frozenset[str]:
        """Return the listed short forms and the other spellings of a name, never itself."""
        return self.short_of.get(name, _NONE)

    def related(self, one: str, other: str) -> bool:
        """Whether two names are equal, spellings of one name, or one short for the other."""
        return (
            one == other
            or other in self.short(one)
            or one in self.short(other)
            or other in self.formal(one)
            or one in self.formal(other)
        )

    def siblings(self, one: str, other: str) -> bool:
        """Whether two names that are not related are short for one formal name, as Liz and Beth.

        This is weaker: who is called Beth is seldom called Liz.
        """
        return not self.formal(one).isdisjoint(self.formal(other)) and not self.related(one, other)


def _english(name: str) -> Iterator[str]:
    """Yield what an English pet name in -ie or -y may be made of."""
    for ending in ("ie", "y"):
        stem = name.removesuffix(ending)
        if stem == name or len(stem) < 3:
            continue
        yield f"{stem}e"  # Dave, Davie
        if len(stem) > 3:
            yield stem  # Mark, Markie; Jane, Janey
            if stem[-1] == stem[-2] and stem[-1] not in "aeiou" and stem[-3] in "aeiou":
                yield stem[:-1]  # Tom, Tommy


def _dutch(name: str) -> Iterator[str]:
    """Yield what a Dutch pet name in -tje or -je may be made of."""
    for ending in ("tje", "je"):
        if name.endswith(ending):
            yield name.removesuffix(ending)


def _spanish(name: str) -> Iterator[str]:
    """Yield what a Spanish pet name in -ito or -ita may be made of."""
    if not name.endswith(("ito", "ita")):
        return
    stem = name[:-3]
    if stem.endswith("qu"):
        stem = f"{stem[:-2]}c"  # Paco, Paquito
    elif stem.endswith("gu"):
        stem = stem[:-1]  # Diego, Dieguito
    # A woman's pet name is made of a woman's name only, so nothing but -a may have gone.
    if name.endswith("a"):
        yield f"{stem}a"
    else:
        yield from (f"{stem}o", f"{stem}e", stem)


_RULES: Mapping[str, Callable[[str], Iterator[str]]] = {
    "en": _english,
    "es": _spanish,
    "nl": _dutch,
}


def _made(name: str, bases: Mapping[str, Mapping[str, frozenset[str]]]) -> frozenset[str]:
    """Return what a regular pet name is made of, and what that is short for."""
    found: set[str] = set()
    for language, rule in _RULES.items():
        known = bases.get(language, {})
        for base in rule(name):
            if len(base) > 2 and base in known:
                found |= {base, *known[base]}
    return frozenset(found)


def combine(lists: Iterable[NameList]) -> Nicknames:
    """Return the lists of several languages as one.

    Spellings are not handed on from one language to the next: that Spanish writes Cristian for
    Christian and German Kristian makes no third pair.
    """
    formal: dict[str, frozenset[str]] = {}
    short: dict[str, set[str]] = {}
    bases: dict[str, Mapping[str, frozenset[str]]] = {}
    for one in lists:
        told, spelt = one.formal(), one.spellings()
        bases[one.language] = {name: of | spelt.get(name, _NONE) for name, of in told.items()}
        for name, of in told.items():
            formal[name] = formal.get(name, _NONE) | of
            for base in of:
                short.setdefault(base, set()).add(name)
        for name, others in spelt.items():
            short.setdefault(name, set()).update(others - {name})
    for name, of in formal.items():
        for language, rule in _RULES.items():
            known = bases.get(language, {})
            # Tommy is listed as short for Thomas; only so does the rule hold and make it Tom's.
            for base in rule(name):
                if not of.isdisjoint(known.get(base, _NONE)):
                    formal[name] |= {base}
                    short.setdefault(base, set()).add(name)
    return Nicknames(formal, {name: frozenset(forms) for name, forms in short.items()}, bases)


def read(path: Path) -> NameList:
    """Return the list of a file.

    Raises:
        RuleError: If it cannot be read or an entry is wrong; the error lists every fault, each
            with file and line.
    """
    faults = Faults(f"names {path.name}")
    short: dict[str, tuple[str, ...]] = {}
    variants: list[frozenset[str]] = []
    own: set[str] = set()
    section = ""
    for at, line in enumerate(read_text(path, faults)[0].splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not line.startswith(" "):
            section = line.strip().removesuffix(":")
            if section not in _SECTIONS or not line.rstrip().endswith(":"):
                faults.add(at, "must be one of " + ", ".join(f"{known}:" for known in _SECTIONS))
            continue
        entry = _ENTRY.fullmatch(line.rstrip())
        if entry is None or (entry["name"] is None) is (section == "short"):
            faults.add(at, "must be `name: forms` under short, else `- names`, indented by two")
            continue
        folded = [words(form) for form in entry["forms"].split()]
        name = words(entry["name"] or "")
        if not all(form.isalpha() for form in folded):
            faults.add(at, "a form must be one word of letters")
        if section == "short" and not name.replace(" ", "").isalpha():
            faults.add(at, "a name must be words of letters")
        if len({name, *folded}) <= len(folded):
            faults.add(at, "a name stands there twice")
        if section == "short":
            if name in short:
                faults.add(at, f"{name}: another entry has this name")
            short[name] = tuple(folded)
        elif section == "variants":
            if len(folded) < 2 or any(not one.isdisjoint(folded) for one in variants):
                faults.add(at, "must be two spellings or more, of which no other entry has one")
            variants.append(frozenset(folded))
        else:
            own.update(folded)
    faults.raise_any()
    return NameList(path.stem, short, tuple(variants), frozenset(own))


@lru_cache(maxsize=1)
def load() -> Nicknames:
    """Return the shipped lists of all languages as one.

    Raises:
        AnonymizeError: If the installation lacks them.
        RuleError: If one of them is wrong.
    """
    languages = names("names")
    if not languages:
        raise AnonymizeError("this installation lacks its lists of names")
    return combine(read(shipped("rules") / "names" / f"{name}.yaml") for name in languages)
