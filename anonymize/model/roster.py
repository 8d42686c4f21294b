"""The roster: what the researcher knows of the people in the material."""

from __future__ import annotations

from dataclasses import dataclass, field

COLUMNS = ("person", "role", "names", "handles", "emails", "consent", "pseudonym")
"""Columns of `people.csv`; cells with several values separate them by `;`."""


BODIES = frozenset(("organisation", "organization", "institution", "account"))
"""Roles that say a row is no person; its names have no given and family part."""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One person as the researcher knows her.

    Attributes:
        person: The researcher's own id for the person; unique.
        role: Such as `teacher`, `student`, `interviewer`; lower case.
        names: Full names, nicknames, initials.
        handles: Without `@`; `user@host` for Mastodon.
        emails: Lower case.
        consent: `yes`, `no`, `withdrawn` or empty; lower case.
        pseudonym: A pseudonym the researcher wants; empty for a drawn one.
        line: Line in the file, from 1.
    """

    person: str = field(repr=False)
    role: str = ""
    names: tuple[str, ...] = field(default=(), repr=False)
    handles: tuple[str, ...] = field(default=(), repr=False)
    emails: tuple[str, ...] = field(default=(), repr=False)
    consent: str = ""
    pseudonym: str = field(default="", repr=False)
    line: int = 0


@dataclass(frozen=True, slots=True)
class Roster:
    """All rows, in the order of the file."""

    rows: tuple[RosterRow, ...] = ()
