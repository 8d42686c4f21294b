"""The directory: who a surface form is, and what she is called.

`link` implements it over the identity store; `transform` only asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from anonymize.model.identities import Person, Surrogate


@dataclass(frozen=True, slots=True)
class Entry:
    """A person with her surrogate in the tier at hand."""

    person: Person
    surrogate: Surrogate


class Directory(Protocol):
    """Looks identities up; every answer is None where nothing exact is known.

    A mention that fits several persons gives an entry of its own whose person is
    `ambiguous` and whose surrogate shares no part with anybody's.
    """

    def handle(self, platform: str, handle: str, *, cut: bool = False) -> Entry | None:
        """Look up a handle without `@`, any case.

        Args:
            platform: `x`, `mastodon`, `bluesky`.
            handle: The handle, or its beginning when `cut`.
            cut: Whether the text breaks off inside the handle; answers only when one known
                handle begins so.
        """

    def user(self, platform: str, user_id: str) -> Entry | None:
        """Look up a platform's user id."""

    def owner(self, scope: str) -> Entry | None:
        """Look up whose takeout a scope stands for."""

    def name(self, surface: str, scope: str = "") -> Entry | None:
        """Look up a name in any form: full, given, family, titled, nickname, initials, label."""

    def email(self, address: str) -> Entry | None:
        """Look up an e-mail address, any case."""

    def phone(self, number: str) -> Entry | None:
        """Look up a phone number by its digits."""


_ANSWERS = 16384
"""Answers kept of each question: the same accounts are asked for again and again."""


class Remembered:
    """A directory that does not ask another one twice for the same soon after.

    Args:
        directory: What is asked; its answers must not change.
    """

    __slots__ = ("email", "handle", "name", "owner", "phone", "user")

    def __init__(self, directory: Directory) -> None:
        self.handle = lru_cache(_ANSWERS)(directory.handle)
        self.user = lru_cache(_ANSWERS)(directory.user)
        self.owner = lru_cache(_ANSWERS)(directory.owner)
        self.name = lru_cache(_ANSWERS)(directory.name)
        self.email = lru_cache(_ANSWERS)(directory.email)
        self.phone = lru_cache(_ANSWERS)(directory.phone)
