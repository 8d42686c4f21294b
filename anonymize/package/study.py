"""The study: what the project states of itself.  What it does not state is never invented."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

UNTITLED = "Untitled data set"


@dataclass(frozen=True, slots=True)
class Study:
    """The facts of `project.yaml`, empty where it states none.

    Attributes:
        title: Of the data set.
        description: In prose.
        creators: Names as they shall be cited.
        licence: SPDX identifier, name or URL.
        released: Date of publication, ISO 8601.
        language: ISO 639-1 code.
    """

    title: str = ""
    description: str = ""
    creators: tuple[str, ...] = ()
    licence: str = ""
    released: str = ""
    language: str = ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Names of the facts a repository asks for and the project does not state."""
        asked = ("title", "description", "creators", "licence", "released")
        return tuple(name for name in asked if not getattr(self, name))


def study_of(facts: Mapping[str, Any]) -> Study:
    """Return the facts with their blanks made single; None and missing keys are empty."""
    creators = facts.get("creators") or ()
    if isinstance(creators, str):
        creators = (creators,)
    named = (_line(creator) for creator in creators)
    return Study(
        title=_line(facts.get("title")),
        description=_line(facts.get("description")),
        creators=tuple(name for name in named if name),
        licence=_line(facts.get("licence")),
        released=_line(facts.get("released")),
        language=_line(facts.get("language")),
    )


def is_url(text: str) -> bool:
    """Whether a licence is given by its address."""
    return text.startswith(("https://", "http://"))


def _line(value: object) -> str:
    return "" if value is None else " ".join(str(value).split())
