"""Short ways to write evidence, and to ask who is who."""

from __future__ import annotations

from collections.abc import Iterable

from anonymize.link.evidence import Evidence, Seen
from anonymize.link.resolve import Resolution, resolve
from anonymize.link.store import IdentityStore
from anonymize.link.tally import Tally
from anonymize.model.identities import Mention, Person, Sighting, Surrogate
from anonymize.model.keys import Keys
from anonymize.model.roster import Roster, RosterRow

TIER = "safeguarded"


def account(
    user_id: str = "",
    *handles: str,
    name: str = "",
    email: str = "",
    scope: str = "",
    owner: bool = False,
    platform: str = "x",
) -> Seen:
    """Return a sighting of an account."""
    names = (name,) if name else ()
    emails = (email,) if email else ()
    return Seen(Sighting(platform, user_id, tuple(sorted(handles)), names, emails), scope, owner)


def said(name: str, scope: str = "") -> Mention:
    """Return a name found in text."""
    return Mention("PERSON", name, scope)


def label(name: str, scope: str) -> Seen:
    """Return a speaker label."""
    return Seen(Sighting("speaker", names=(name,)), scope)


def row(
    person: str,
    *names: str,
    handles: Iterable[str] = (),
    emails: Iterable[str] = (),
    role: str = "",
    consent: str = "",
    pseudonym: str = "",
) -> RosterRow:
    """Return a row of the roster."""
    return RosterRow(person, role, names, tuple(handles), tuple(emails), consent, pseudonym)


def tallied(*items: Evidence) -> Tally:
    """Return a tally of evidence."""
    tally = Tally()
    for item in items:
        tally.add(item)
    return tally


class Study:
    """A store with what it is asked in tests."""

    def __init__(self, store: IdentityStore, keys: Keys) -> None:
        self.store = store
        self.keys = keys

    def link(self, *items: Evidence, roster: Iterable[RosterRow] = (),
             ordinary: Iterable[str] = ()) -> Resolution:  # fmt: skip
        """Resolve evidence and name everybody."""
        found = resolve(
            tallied(*items), Roster(tuple(roster)), self.store, self.keys,
            ordinary=frozenset(ordinary),
        )  # fmt: skip
        with self.store.transaction():
            for person in self.store.persons():
                if self.store.surrogate(TIER, person.id) is None:
                    self.store.put_surrogate(TIER, Surrogate(person.id, tag=person.id))
        return found

    def named(self, surface: str, scope: str = "") -> Person:
        """Return who is meant by a name."""
        found = self.store.directory(TIER).name(surface, scope)
        assert found is not None
        return found.person

    def nobody(self, surface: str, scope: str = "") -> bool:
        """Whether a name is nobody's."""
        return self.store.directory(TIER).name(surface, scope) is None

    def handle(self, handle: str) -> Person:
        """Return whose X handle it is."""
        found = self.store.directory(TIER).handle("x", handle)
        assert found is not None
        return found.person

    def user(self, user_id: str) -> Person:
        """Return whose X id it is."""
        found = self.store.directory(TIER).user("x", user_id)
        assert found is not None
        return found.person
