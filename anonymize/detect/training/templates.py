"""Sentence templates filled with names: school talk, introductions, forms, ambiguous words.

The templates stand in `templates.yaml` beside this module; all are written for this project.
What is marked and what is not, so that they teach one rule:

* PERSON: names of people without title (`Dr`, `Sra`), possessive or role.
* LOCATION: places and addresses; a street with its number is one entity, so is a whole address.
* ORGANIZATION: schools, firms, hospitals, clubs and public bodies known by name.
* NRP: nationality, religion, political group of somebody; not the school subject `Spanish`.
* JOB_TITLE: the job somebody is said to hold; not `teachers` in general.
* DATE_TIME: what a calendar or clock names (date, weekday, month, year, `14:30`); not
  `yesterday`, not `two weeks`.
* AGE: the number only, as in the rule packs.
* MISC: titles of works, products, platforms, laws and events with a name.

Grammar of a template:

* `{GIVEN}` a value; labelled as `SLOT_LABELS` says, if at all
* `{GIVEN1}` the same value at every place; one digit is one person, so `{NAME1}` is made of
  `{GIVEN1}` and `{FAMILY1}`
* `{GIVEN2+FAMILY1}` two values with a blank between, one entity
* `{ORG:the BBC}` words as written, labelled as the slot
* `{given}`, `{Job}`, `{GIVEN^}` in lower case, with a capital first, in capitals
* `{{` and `}}` braces

The words of a slot may hold slots themselves and `#` for a digit (`#tag` stays); `JOB.es` are
the words of `JOB` in Spanish.  An ending that makes no word of its own (`the Smiths`) belongs to
the entity: `{FAMILIES}`.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TypeAlias

from anonymize.detect.training.gold import LABELS, Gold, GoldSpan
from anonymize.rulepacks.reading import Entry, Faults, read_yaml

FILE = Path(__file__).with_name("templates.yaml")

WEIGHTS: Mapping[str, float] = {"en": 6, "es": 1, "fr": 1, "de": 1, "nl": 1}
"""Languages: tweets and interviews in English come first."""

_PERSON = frozenset({"GIVEN", "FAMILY", "NAME", "FULL", "INITIAL_NAME"})
_SOURCED = frozenset({"CITY", "COUNTRY", "COMPANY", "ADDRESS"})
_GLUED = frozenset({"EMAIL", "HANDLE", "URL"})

SLOT_LABELS: Mapping[str, str] = {
    **dict.fromkeys(_PERSON, "PERSON"),
    **dict.fromkeys(("NICK", "NICKS", "GIVENS", "FAMILIES"), "PERSON"),
    **dict.fromkeys(("AMBIG_PERSON", "AMBIG_FAMILY"), "PERSON"),
    **dict.fromkeys(("CITY", "COUNTRY", "REGION", "ADDRESS", "STREET", "AMBIG_PLACE"), "LOCATION"),
    **dict.fromkeys(("SCHOOL", "COMPANY", "ORG", "HOSPITAL", "CLUB", "AMBIG_ORG"), "ORGANIZATION"),
    **dict.fromkeys(("NRP", "NRPS", "RELIGION"), "NRP"),
    "JOB": "JOB_TITLE",
    **dict.fromkeys(("DATE", "DAY", "MONTH", "YEAR", "TIME"), "DATE_TIME"),
    "AGE": "AGE",
    **dict.fromkeys(("WORK", "PRODUCT", "STORM"), "MISC"),
}
"""Labels by slot; any other slot is filler and not labelled."""

_LIST_SHARE = 0.5
"""How often a place or firm comes from the file where the source of names has some, too."""
_LIST_SHARE_OWN = 0.8
"""The same where the file has words of the language: the source may know English ones only."""

_PART = r"[A-Za-z_]+[0-9]?\^?"
_TOKEN = re.compile(rf"(\{{\{{|\}}\}})|\{{({_PART}(?:\+{_PART})*)(?::([^{{}}]+))?\}}|[{{}}]")
_ARTICLE = re.compile(r"(?<![^\s\"'(])[aA] \Z")
_AN = re.compile(r"[aeioAEIO]|8|1[18]\b")


class NameSource(Protocol):
    """Names of people, places and firms, of as many cultures as there are."""

    def given(self, rng: random.Random) -> str: ...  # noqa: D102
    def family(self, rng: random.Random) -> str: ...  # noqa: D102
    def city(self, rng: random.Random) -> str: ...  # noqa: D102
    def country(self, rng: random.Random) -> str: ...  # noqa: D102
    def company(self, rng: random.Random) -> str: ...  # noqa: D102
    def address(self, rng: random.Random) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Part:
    """One name within a slot.

    Attributes:
        name: Of the word list or kind of value, in capitals.
        digit: Empty, or what ties it to the others with the same digit.
        case: `as-is`, `lower`, `first` or `upper`.
    """

    name: str
    digit: str
    case: str


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to fill.

    Attributes:
        parts: What stands in it, with blanks between.
        words: The words themselves, where the template has them.
        label: Of the entity, or empty.
    """

    parts: tuple[Part, ...]
    words: str
    label: str


Pattern: TypeAlias = tuple[str | Slot, ...]
"""A template taken apart: text and slots in turn."""


@dataclass(frozen=True, slots=True)
class Templates:
    """All templates, ready to fill.

    Attributes:
        patterns: Templates by language and group.
        words: Values by slot, also by `SLOT.language`.
    """

    patterns: Mapping[str, Mapping[str, tuple[Pattern, ...]]] = field(repr=False)
    words: Mapping[str, tuple[Pattern, ...]] = field(repr=False)

    def fill(
        self,
        rng: random.Random,
        names: NameSource,
        weights: Mapping[str, float] = WEIGHTS,
    ) -> Gold:
        """Return one template with names and words put in.

        The language is drawn by weight, then one of its groups, then one of the group: a small
        group counts as much as a large one.

        Args:
            rng: Decides everything.
            names: Gives names and places.
            weights: Of languages; those not named are not drawn.
        """
        languages = [one for one in sorted(self.patterns) if weights.get(one, 0) > 0]
        language = rng.choices(languages, [weights[one] for one in languages])[0]
        groups = self.patterns[language]
        pattern = rng.choice(groups[rng.choice(sorted(groups))])
        return self.gold(pattern, language, rng, names)

    def gold(
        self,
        pattern: Pattern,
        language: str,
        rng: random.Random,
        names: NameSource,
    ) -> Gold:
        """Return one given template with names and words put in."""
        filling = _Filling(self.words, language, rng, names)
        text = ""
        spans: list[GoldSpan] = []
        for piece in pattern:
            if isinstance(piece, str):
                text += piece
                continue
            value = filling.slot(piece, "")
            if language == "en" and _ARTICLE.search(text) and _AN.match(value):
                text = f"{text[:-1]}n "
            if piece.label:
                spans.append((len(text), len(text) + len(value), piece.label))
            text += value
        return Gold(text, tuple(spans), LABELS, language)


@dataclass(slots=True)
class _Filling:
    """The values of one text: what carries a digit is drawn once."""

    words: Mapping[str, tuple[Pattern, ...]]
    language: str
    rng: random.Random
    names: NameSource
    drawn: dict[tuple[str, str], str] = field(default_factory=dict, repr=False)

    def slot(self, slot: Slot, digit: str) -> str:
        if slot.words:
            return slot.words
        return " ".join(self._part(part, part.digit or digit) for part in slot.parts)

    def _part(self, part: Part, digit: str) -> str:
        value = self._value(part.name, digit)
        if part.case == "lower":
            return value.lower()
        if part.case == "upper":
            return value.upper()
        return value[:1].upper() + value[1:] if part.case == "first" else value

    def _value(self, name: str, digit: str) -> str:
        if not digit:
            return self._fresh(name, "")
        key = (name, digit)
        if key not in self.drawn:
            self.drawn[key] = self._fresh(name, digit)
        return self.drawn[key]

    def _fresh(self, name: str, digit: str) -> str:
        if name in _PERSON:
            return self._person(name, digit)
        own = self.words.get(f"{name}.{self.language}")
        listed = own or self.words.get(name)
        share = _LIST_SHARE_OWN if own and self.language != "en" else _LIST_SHARE
        if name in _SOURCED and (not listed or self.rng.random() >= share):
            return self._sourced(name)
        if not listed:
            raise AssertionError(name)
        value = "".join(
            self._digits(piece) if isinstance(piece, str) else self.slot(piece, digit)
            for piece in self.rng.choice(listed)
        )
        # A name of two words or with an apostrophe would end the address or handle.
        return re.sub(r"[^\w@.:/?=+-]", "", value) if name in _GLUED else value

    def _digits(self, text: str) -> str:
        # No number starts with 0 unless it is written so in the file.
        return re.sub(
            r"#+(?![a-z#])",
            lambda run: str(self.rng.randrange(10 ** (len(run[0]) - 1), 10 ** len(run[0]))),
            text,
        )

    def _person(self, name: str, digit: str) -> str:
        rng = self.rng
        if name == "GIVEN":
            return _line(self.names.given(rng))
        if name == "FAMILY":
            return _line(self.names.family(rng))
        given = self._value("GIVEN", digit)
        family = self._value("FAMILY", digit)
        if name == "NAME":
            return f"{given} {family}"
        other = _line(self.names.given(rng))
        if name == "INITIAL_NAME":
            first, last = given[0].upper(), family[0].upper()
            return rng.choice(
                [
                    f"{first}. {family}",
                    f"{first} {family}",
                    f"{first}.{other[0].upper()}. {family}",
                    f"{given} {last}.",
                    f"{given} {last}",
                    f"{family}, {first}.",
                ],
            )
        last = _line(self.names.family(rng))
        particle = self._value("PARTICLE", "")
        return rng.choice(
            [
                f"{given} {other} {family}",
                f"{given} {other[0].upper()}. {family}",
                f"{given} {family}-{last}",
                f"{given}-{other} {family}",
                f"{given} {family} {last}",
                f"{given} {particle}{family}",
            ],
        )

    def _sourced(self, name: str) -> str:
        if name == "CITY":
            return _line(self.names.city(self.rng))
        if name == "COUNTRY":
            return _line(self.names.country(self.rng))
        if name == "COMPANY":
            return _line(self.names.company(self.rng))
        return _line(self.names.address(self.rng))


def _line(value: str) -> str:
    """Return a value in one line: an address of Faker has several."""
    return ", ".join(" ".join(line.split()).strip(",") for line in value.strip().splitlines())


def load(path: Path = FILE) -> Templates:
    """Return the templates of a file.

    Raises:
        RuleError: If the file is unreadable, or a template has a slot nobody fills.
    """
    faults = Faults(path.name)
    root, _ = read_yaml(path, faults)
    top = root.keys({"slots", "templates"}, {"slots", "templates"})
    lists = top["slots"].mapping() if "slots" in top else {}
    known = {name.partition(".")[0] for name in lists} | _PERSON | _SOURCED
    words = {
        name: tuple(_pattern(value, entry, known) for value in entry.texts())
        for name, entry in lists.items()
    }
    patterns: dict[str, dict[str, tuple[Pattern, ...]]] = {}
    for language, groups in (top["templates"].mapping() if "templates" in top else {}).items():
        patterns[language] = {
            group: tuple(_pattern(item.text(empty=False), item, known) for item in entry.sequence())
            for group, entry in groups.mapping().items()
        }
        if not patterns[language]:
            groups.fault("has no group")
        for group, found in patterns[language].items():
            if not found:
                groups.at(group).fault("has no template")
    for name, values in words.items():
        if not values:
            lists[name].fault("has no words")
    faults.raise_any()
    return Templates(patterns, words)


def _pattern(text: str, entry: Entry, known: set[str] | frozenset[str]) -> Pattern:
    """Return a template taken apart, its faults noted at the entry."""
    pieces: list[str | Slot] = []
    for piece in _pieces(text, entry):
        if isinstance(piece, str) and pieces and isinstance(pieces[-1], str):
            pieces[-1] += piece
        elif piece:
            pieces.append(piece)
        if isinstance(piece, Slot) and not piece.words:
            for part in piece.parts:
                if part.name not in known:
                    entry.fault(f"nobody fills the slot {part.name}")
    return tuple(pieces)


def _pieces(text: str, entry: Entry) -> Iterator[str | Slot]:
    at = 0
    for token in _TOKEN.finditer(text):
        yield text[at : token.start()]
        at = token.end()
        if token[1]:
            yield token[1][0]
        elif token[2]:
            slot = _slot(token[2], token[3] or "")
            if slot.words and not slot.label:
                entry.fault("words are given for a slot without a label")
            yield slot
        else:
            entry.fault("a brace that is no slot is written twice")
    yield text[at:]


def _slot(parts: str, words: str) -> Slot:
    found = tuple(_part(part) for part in parts.split("+"))
    label = next((SLOT_LABELS[one.name] for one in found if one.name in SLOT_LABELS), "")
    return Slot(found, words, label)


def _part(text: str) -> Part:
    name = text.rstrip("^").rstrip("0123456789")
    digit = text.rstrip("^")[len(name) :]
    if text.endswith("^"):
        case = "upper"
    elif name.islower():
        case = "lower"
    else:
        case = "as-is" if name.isupper() else "first"
    return Part(name.upper(), digit, case)
