"""Identities: who the mentions are, and what they shall be called."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What sort of identity a person record stands for."""

    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"


class Gender(StrEnum):
    """The gender a surrogate given name should suggest, as far as a title told it."""

    UNKNOWN = ""
    FEMALE = "f"
    MALE = "m"


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one place in the metadata says of one account or speaker.

    Attributes:
        platform: `x`, `mastodon`, `bluesky`; `speaker` for a speaker label; else empty.
        user_id: The platform's id, or empty.
        handles: Handles without `@`, as written.
        names: Display names or labels, as written.
        emails: E-mail addresses.
        phones: Phone numbers, as written.
        seed: Whether it is the researcher's or archive owner's own data (account files).
    """

    platform: str = ""
    user_id: str = field(default="", repr=False)
    handles: tuple[str, ...] = field(default=(), repr=False)
    names: tuple[str, ...] = field(default=(), repr=False)
    emails: tuple[str, ...] = field(default=(), repr=False)
    phones: tuple[str, ...] = field(default=(), repr=False)
    seed: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A span with its surface, for linking; private.

    Attributes:
        entity_type: What the recognizers took it for.
        surface: The text, unescaped.
        scope: Place of the document it stands in (`Document.place`).
    """

    entity_type: str
    surface: str = field(repr=False)
    scope: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Person:
    """A set of mentions taken to be one identity.

    Attributes:
        id: Opaque keyed id of the identity; stable over runs of a project.
        kind: Person, organisation or place.
        names: Every name known, fullest first.
        handles: `(platform, handle)` pairs, as written, sorted.
        user_ids: `(platform, id)` pairs, sorted.
        emails: E-mail addresses, lower case, sorted.
        phones: Phone numbers as written, sorted.
        role: From the roster, such as `teacher`; empty when unknown.
        consent: From the roster, lower case; empty when not stated.
        chosen: A pseudonym the researcher asked for in the roster; empty for none.
        gender: What a title told.
        roster: The roster's own id of the person; empty when she is not in it.
        ambiguous: Whether the identity stands for mentions that fit several persons.
    """

    id: str
    kind: Kind = Kind.PERSON
    names: tuple[str, ...] = field(default=(), repr=False)
    handles: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    user_ids: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    emails: tuple[str, ...] = field(default=(), repr=False)
    phones: tuple[str, ...] = field(default=(), repr=False)
    role: str = ""
    consent: str = ""
    chosen: str = field(default="", repr=False)
    gender: Gender = Gender.UNKNOWN
    roster: str = field(default="", repr=False)
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Surrogate:
    """What an identity is called in the shared data of one tier.

    Attributes:
        person: `Person.id`.
        given: Surrogate given name, such as `Mira`.
        family: Surrogate family name, such as `Keller`.
        code: Role code, such as `Teacher 03`; empty unless the policy names by role.
        tag: Opaque tag without brackets, such as `PERSON_7F3K`.
    """

    person: str
    given: str = ""
    family: str = ""
    code: str = ""
    tag: str = ""


class Search(StrEnum):
    """How an identifier is looked for in text, before replacing and after writing alike."""

    ALWAYS = "always"
    """As whole words in any case: handles, e-mails, names of two words, roster names."""
    ANY_CASE = "any-case"
    """As a whole word in any case: given names of accounts and of persons met in texts, and names
    that accounts have on their own server.  Not searched for after writing."""
    AS_WRITTEN = "as-written"
    """As a whole word with a capital, and initials in capitals: parts of display names, of
    whom nobody but a name says that they are persons.  Not searched for after writing."""
    CAPITALISED = "capitalised"
    """As a whole word where its surroundings make a name of it: names that are also ordinary
    words ("Will", "Rose").  Not searched for after writing."""
    FIELDS = "fields"
    """Only in fields of its own role: handles and display names that are ordinary words."""


@dataclass(frozen=True, slots=True)
class KnownIdentifier:
    """Something learned from metadata, seeds or the roster that must not survive.

    Attributes:
        entity_type: `HANDLE`, `PERSON`, `EMAIL_ADDRESS`, `PHONE_NUMBER`, `USER_ID`,
            `POST_ID`, `ORGANIZATION`.
        value: As learned.
        search: How to look for it.
    """

    entity_type: str
    value: str = field(repr=False)
    search: Search = Search.ALWAYS
