"""Why two things are held to be one person, or not: words that `who` explains."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from anonymize.link.nodes import Node


class Reason(StrEnum):
    """What joined two nodes, or told who is meant by a name; the surest first."""

    RESEARCHER = "researcher"
    ROSTER = "roster"
    ACCOUNT = "account"
    """Seen with one user id: handles of a renamed account, its e-mail, its phone."""
    DISPLAY = "display-name"
    DECLARATION = "declaration"
    """The file says whose label it is."""
    INTRODUCTION = "introduction"
    SIGNATURE = "signature"
    FULL_NAME = "full-name"
    MIDDLE_NAME = "middle-name"
    """The same name but for given names in the middle."""
    NICKNAME = "nickname"
    SPELLING = "spelling"
    HANDLE = "handle"
    """The handle is built from the name."""
    EMAIL = "e-mail"
    """The address is built from the name."""
    ABBREVIATION = "abbreviation"
    """`J. Smith`, `Jane S.`: fits one person only."""
    TITLE = "title-and-family-name"
    ADDRESS = "address"
    """Said to the account that a post answers."""
    POST = "name-in-post"
    """The only one of those a post names."""
    SCOPE = "name-in-document"
    """The only one in the interview or conversation."""
    CIRCLE = "name-in-circle"
    """The only one of several with whom the writer is in touch."""
    CORPUS = "name-in-corpus"
    """The only one of all."""
    INITIALS = "initials"
    ORGANISATION = "organisation"


class Obstacle(StrEnum):
    """What keeps two apart that might be taken for one."""

    RESEARCHER = "researcher"
    ROSTER = "two-rows"
    ACCOUNTS = "two-accounts"
    GENDER = "titles-of-two-genders"
    TOGETHER = "named-together"
    SEVERAL = "fits-several"
    NAMES = "other-names"


@dataclass(frozen=True, slots=True)
class Link:
    """A join: `one` was put to `other` for a reason; both are nodes, private."""

    one: Node = field(repr=False)
    other: Node = field(repr=False)
    reason: Reason


@dataclass(frozen=True, slots=True)
class Refusal:
    """Two that were not joined although something spoke for it."""

    one: Node = field(repr=False)
    other: Node = field(repr=False)
    obstacle: Obstacle
