"""The study: what the project states of itself.  What it does not state is never invented."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

UNTITLED = "Untitled data set"


@dataclass(frozen=True, slots=True)
class Person:
    """Who releases the data; ORCID and affiliation are empty where not stated."""

    name: str
    orcid: str = ""
    affiliation: str = ""


@dataclass(frozen=True, slots=True)
class Study:
    """The facts of `project.yaml`, empty where it states none.

    Attributes:
        title: Of the data set.
        description: In prose.
        people: Creators.
        licence: SPDX identifier, name or URL.
        released: Date of publication, ISO 8601.
        language: ISO 639-1 code.
        publisher: Repository or institution that releases the data.
        doi: Digital object identifier, without `https://doi.org/`.
        ethics: Who approved the study, under which number.
        funders: Names.
        consent: On what basis people's data is shared.
        terms: What whoever receives the data may do with it.
    """

    title: str = ""
    description: str = ""
    people: tuple[Person, ...] = ()
    licence: str = ""
    released: str = ""
    language: str = ""
    publisher: str = ""
    doi: str = ""
    ethics: str = ""
    funders: tuple[str, ...] = ()
    consent: str = ""
    terms: str = ""

    @property
    def creators(self) -> tuple[str, ...]:
        """Names as they shall be cited."""
        return tuple(person.name for person in self.people)

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the facts a repository asks for and the project does not state."""
        asked = ("title", "description", "creators", "licence", "released")
        return self.lacks(asked)

    def lacks(self, asked: Iterable[str]) -> tuple[str, ...]:
        """Return those of some facts that are not stated, in the order asked."""
        return tuple(name for name in asked if not getattr(self, name))


def study_of(facts: Mapping[str, Any]) -> Study:
    """Return the facts with their blanks made single; None and missing keys are empty."""
    people = (_person(creator) for creator in _several(facts.get("creators")))
    funders = (_line(funder) for funder in _several(facts.get("funders")))
    return Study(
        title=_line(facts.get("title")),
        description=_line(facts.get("description")),
        people=tuple(person for person in people if person.name),
        licence=_line(facts.get("licence")),
        released=_line(facts.get("released")),
        language=_line(facts.get("language")),
        publisher=_line(facts.get("publisher")),
        doi=_line(facts.get("doi")),
        ethics=_line(facts.get("ethics")),
        funders=tuple(funder for funder in funders if funder),
        consent=_line(facts.get("consent")),
        terms=_line(facts.get("terms")),
    )


def _several(value: Any) -> Iterable[Any]:
    return (value,) if isinstance(value, str | Mapping) else value or ()


def _person(creator: object) -> Person:
    if isinstance(creator, Mapping):
        keys = ("name", "orcid", "affiliation")
        return Person(*(_line(creator.get(key)) for key in keys))
    return Person(_line(creator))


def is_url(text: str) -> bool:
    """Whether a licence is given by its address."""
    return text.startswith(("https://", "http://"))


def _line(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())
