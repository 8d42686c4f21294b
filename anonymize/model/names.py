"""Names of persons in parts, as far as the parts can be told without guessing."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from anonymize.model.folding import words
from anonymize.model.identities import Gender

TITLES: dict[str, Gender] = {
    # English
    "mr": Gender.MALE, "mister": Gender.MALE, "sir": Gender.MALE,
    "mrs": Gender.FEMALE, "ms": Gender.FEMALE, "miss": Gender.FEMALE, "madam": Gender.FEMALE,
    "mx": Gender.UNKNOWN, "dr": Gender.UNKNOWN, "doctor": Gender.UNKNOWN,
    "prof": Gender.UNKNOWN, "professor": Gender.UNKNOWN, "rev": Gender.UNKNOWN,
    "lord": Gender.MALE, "lady": Gender.FEMALE, "dame": Gender.FEMALE,
    # Dutch
    "dhr": Gender.MALE, "meneer": Gender.MALE, "mevr": Gender.FEMALE, "mevrouw": Gender.FEMALE,
    "mw": Gender.FEMALE, "drs": Gender.UNKNOWN, "ir": Gender.UNKNOWN,
    # German
    "herr": Gender.MALE, "herrn": Gender.MALE, "frau": Gender.FEMALE,
    # French and Spanish
    "monsieur": Gender.MALE, "madame": Gender.FEMALE, "mme": Gender.FEMALE,
    "mlle": Gender.FEMALE, "senor": Gender.MALE, "senora": Gender.FEMALE,
    "don": Gender.MALE, "dona": Gender.FEMALE, "sr": Gender.MALE, "sra": Gender.FEMALE,
    "srta": Gender.FEMALE, "senorita": Gender.FEMALE, "dra": Gender.FEMALE,
    "mademoiselle": Gender.FEMALE, "maitre": Gender.UNKNOWN, "mm": Gender.MALE,
}  # fmt: skip
"""Forms of address, folded, with the gender each tells."""

PARTICLES = frozenset(
    (
        "van",
        "von",
        "de",
        "der",
        "den",
        "del",
        "della",
        "di",
        "da",
        "dos",
        "das",
        "du",
        "la",
        "le",
        "ten",
        "ter",
        "zu",
        "af",
        "av",
        "bin",
        "ibn",
        "al",
        "el",
    ),
)
"""Words that belong to the family name after them."""

SUFFIXES = frozenset(
    ("jr", "sr", "ii", "iii", "iv", "phd", "md", "ba", "ma", "msc", "bsc", "mba", "pgce"),
)
"""Words after a name that are no part of it."""

_PRONOUNS = re.compile(
    r"(?i)[(\[]?\b(?:she|he|they|ze|xe|her|him)\s*/\s*[a-z]{2,6}(?:\s*/\s*[a-z]{2,6})?\b[)\]]?"
)
_ASIDE = re.compile(r"\s[-–—:@＠]\s")
"""What follows a dash or `@` between blanks is a job or a place, not the name."""

_POSSESSIVES = ("'s", "’s", "ʼs", "'S", "’S", "ʼS", "'", "’")


@dataclass(frozen=True, slots=True)
class NameParts:
    """The parts of a name as written, empty where absent.

    Attributes:
        title: Form of address, with its dot.
        given: First given name or its initial.
        middle: Further given names or initials.
        family: Family name with its particles.
        suffix: Degree or generation.
    """

    title: str = field(default="", repr=False)
    given: str = field(default="", repr=False)
    middle: tuple[str, ...] = field(default=(), repr=False)
    family: str = field(default="", repr=False)
    suffix: str = field(default="", repr=False)

    @property
    def gender(self) -> Gender:
        """The gender the title tells."""
        return TITLES.get(words(self.title), Gender.UNKNOWN)


def clean(name: str) -> str:
    """Return a display name without emoji, symbols, brackets and what follows `|` or `(`.

    >>> clean("Jane Smith 📚 (she/her) | media"), clean("Jane Smith she/her - teacher")
    ('Jane Smith', 'Jane Smith')

    A name over two lines is one name, and so is one behind a tab.

    >>> clean(f"Jane{chr(10)}  Smith")
    'Jane Smith'
    """
    name = " ".join(name.split())
    name = _PRONOUNS.sub(" ", name)
    aside = _ASIDE.search(name)
    if aside is not None and aside.start() > 0:
        name = name[: aside.start()]
    for cut in ("|", "(", "[", "{", "•", "·", "~", "/", "<"):
        at = name.find(cut)
        if at > 0:
            name = name[:at]
    kept = "".join(
        char for char in name if unicodedata.category(char)[0] in "LMNZ" or char in ".,-'’ʼ_&@"
    )
    return " ".join(kept.split())


def split_possessive(surface: str) -> tuple[str, str]:
    """Return a surface and its possessive ending.

    >>> split_possessive("Jane's")
    ('Jane', "'s")
    """
    for ending in _POSSESSIVES:
        if surface.endswith(ending) and len(surface) > len(ending):
            return surface[: -len(ending)], ending
    return surface, ""


def is_initial(word: str) -> bool:
    """Whether a word is an initial: one letter, or letters each with a dot.

    >>> is_initial("J."), is_initial("J"), is_initial("J.K."), is_initial("Jo")
    (True, True, True, False)
    """
    letters = [char for char in word if char != "."]
    if len(letters) == 1:
        return letters[0].isalpha() and word[0] != "."
    return bool(letters) and word.endswith(".") and word.count(".") == len(letters)


def parse(name: str) -> NameParts:
    """Return the parts of a name; what has only one word is a given name unless titled.

    "Family, Given" is turned round.  Nothing is looked up: `Smith` alone is taken for a given
    name, and the caller who knows better compares both.

    >>> p = parse("Ms Jane-Louise van Dyke")
    >>> p.title, p.given, p.family
    ('Ms', 'Jane-Louise', 'van Dyke')
    >>> parse("Mr Smith").family
    'Smith'
    """
    if name.count(",") == 1:
        last, first = (part.strip() for part in name.split(","))
        if words(first) in SUFFIXES:
            name = last
        elif last and first:
            name = f"{first} {last}"
    parts = name.replace(",", " ").split()
    titles: list[str] = []
    while len(parts) > 1 and words(parts[0]) in TITLES:
        titles.append(parts.pop(0))
    suffixes: list[str] = []
    while len(parts) > 1 and words(parts[-1]) in SUFFIXES:
        suffixes.insert(0, parts.pop())
    title, suffix = " ".join(titles), " ".join(suffixes)
    if not parts:
        return NameParts(title=title, suffix=suffix)
    if len(parts) == 1:
        if titles:
            return NameParts(title=title, family=parts[0], suffix=suffix)
        return NameParts(given=parts[0], suffix=suffix)
    at = len(parts) - 1
    while at > 1 and words(parts[at - 1]) in PARTICLES:
        at -= 1
    if titles and words(parts[0]) in PARTICLES:
        return NameParts(title=title, family=" ".join(parts), suffix=suffix)
    return NameParts(title, parts[0], tuple(parts[1:at]), " ".join(parts[at:]), suffix)
