"""Words the packs of a run agree on, and everyday words that name nobody by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from importlib import import_module

from anonymize.model.folding import words
from anonymize.model.identities import Gender
from anonymize.model.rules import RulePack


@lru_cache(maxsize=1)
def everyday() -> frozenset[str]:
    """Return Faker's list of common English words, folded."""
    from faker.providers.lorem.en_US import Provider

    return frozenset(words(word) for word in Provider.word_list)


_NAMED = (
    "en_GB", "en_US", "en_IN", "en_IE", "nl_NL", "nl_BE", "de_DE", "es_ES", "fr_FR", "it_IT",
    "pl_PL", "pt_PT", "sv_SE", "da_DK", "tr_TR", "cs_CZ", "ro_RO", "no_NO", "fi_FI",
)  # fmt: skip
"""Locales of Faker whose lists are in Latin letters."""
_LISTS = {
    "first_names": Gender.UNKNOWN,
    "first_names_male": Gender.MALE,
    "first_names_female": Gender.FEMALE,
}


@lru_cache(maxsize=1)
def given_names() -> Mapping[str, Gender]:
    """Return the folded given names of Faker's lists for European languages and India.

    Returns:
        The gender of those that are listed for one only; of all others it is unknown.
    """
    found: dict[str, set[Gender]] = {}
    for locale in _NAMED:
        provider = import_module(f"faker.providers.person.{locale}").Provider
        for kind, gender in _LISTS.items():
            for name in getattr(provider, kind, ()):
                found.setdefault(words(name), set()).add(gender)
    found.pop("", None)
    out: dict[str, Gender] = {}
    for name, told in found.items():
        known = told - {Gender.UNKNOWN}
        out[name] = known.pop() if len(known) == 1 else Gender.UNKNOWN
    return out


def ordinary(packs: Iterable[RulePack]) -> frozenset[str]:
    """Return the folded words that are names as well, of all packs."""
    return frozenset[str]().union(*(pack.ordinary_words for pack in packs))


def common(packs: Iterable[RulePack]) -> frozenset[str]:
    """Return the folded everyday words that are no names as well."""
    return everyday() - ordinary(packs)


def allowed(packs: Iterable[RulePack]) -> frozenset[str]:
    """Return the folded words and names never taken for personal data, of all packs."""
    return frozenset[str]().union(*(pack.allow for pack in packs))


def kept(packs: Iterable[RulePack]) -> Mapping[str, str]:
    """Return what no recognizer may take for personal data, each with the pack that says so.

    Beside what is allowed these are public figures.  One whom the corpus knows (roster, account,
    speaker) is searched for as a known identifier all the same, so that her identity wins.
    """
    out: dict[str, str] = {}
    for pack in packs:
        for word in pack.allow | pack.figures:
            out.setdefault(word, pack.name)
    return out


def figures(packs: Iterable[RulePack]) -> frozenset[str]:
    """Return the folded full names of public figures, of all packs."""
    return frozenset[str]().union(*(pack.figures for pack in packs))
