"""The directory of one access tier over the identity store."""

from __future__ import annotations

from bisect import bisect_left
from typing import Protocol

from anonymize.link import nodes
from anonymize.link.nodes import Node
from anonymize.link.wording import lookups
from anonymize.model.directory import Entry
from anonymize.model.documents import INSIDE
from anonymize.model.folding import words
from anonymize.model.identities import Person, Surrogate

HANDLE_FORMS = "\x1fhandle"
"""Stands for the scope where forms of handles are looked up; no scope begins so."""


class Reader(Protocol):
    """What the directory asks the store."""

    def node(self, node: Node) -> Person | None:
        """Return whose node it is."""

    def named(self, scope: str, key: str) -> Person | None:
        """Return who is meant by a name in a scope, or in the corpus for an empty one."""

    def surrogate(self, tier: str, person: str) -> Surrogate | None:
        """Return what a person is called in a tier."""

    def handles(self, platform: str) -> list[str]:
        """Return every known handle of a platform, case-folded, sorted."""


class StoreDirectory:
    """Implements `model.directory.Directory`.

    Args:
        store: The store, open for reading at least.
        tier: Name of the policy.
    """

    __slots__ = ("_handles", "_store", "_tier")

    def __init__(self, store: Reader, tier: str) -> None:
        self._store = store
        self._tier = tier
        self._handles: dict[str, list[str]] = {}

    def handle(self, platform: str, handle: str, *, cut: bool = False) -> Entry | None:
        """Look up a handle, with or without `@`, in any case; see the protocol.

        A handle written in words or without its underscores is found by that form, where
        only one known handle has it.
        """
        node = nodes.handle(platform, handle)
        if node is None:
            return None
        _, where, bare = node
        if cut:
            fitting = self._beginning(where, bare)
            return self._entry(self._store.node(("handle", where, fitting))) if fitting else None
        found = self._store.node(node)
        if found is None:
            found = self._store.named(HANDLE_FORMS, f"{where}\x1f{words(bare)}")
        return self._entry(found)

    def user(self, platform: str, user_id: str) -> Entry | None:
        """Look up a platform's user id."""
        return self._of(nodes.user(platform, user_id))

    def owner(self, scope: str) -> Entry | None:
        """Look up whose takeout a scope stands for."""
        return self._of(("owner", scope))

    def name(self, surface: str, scope: str = "") -> Entry | None:
        """Look up a name in any form, as its place, its scope or the corpus understands it."""
        for key in lookups(surface):
            # Where a place understands a name as what is around it does, only that holds it.
            for place in dict.fromkeys((scope, scope.partition(INSIDE)[0], "")):
                found = self._store.named(place, key)
                if found is not None:
                    return self._entry(found)
        return None

    def email(self, address: str) -> Entry | None:
        """Look up an e-mail address, any case."""
        return self._of(nodes.email(address))

    def phone(self, number: str) -> Entry | None:
        """Look up a phone number by its digits."""
        return self._of(nodes.phone(number))

    def _of(self, node: Node | None) -> Entry | None:
        return None if node is None else self._entry(self._store.node(node))

    def _entry(self, person: Person | None) -> Entry | None:
        if person is None:
            return None
        surrogate = self._store.surrogate(self._tier, person.id)
        return None if surrogate is None else Entry(person, surrogate)

    def _beginning(self, platform: str, start: str) -> str:
        """Return the one known handle that begins so; empty for none or several."""
        known = self._handles.get(platform)
        if known is None:
            known = self._handles[platform] = self._store.handles(platform)
        at = bisect_left(known, start)
        fits = [one for one in known[at : at + 2] if one.startswith(start)]
        return fits[0] if len(fits) == 1 else ""
