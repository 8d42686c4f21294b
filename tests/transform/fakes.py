"""A directory over a list of entries, for tests of what asks one."""

from __future__ import annotations

from anonymize.model.directory import Entry
from anonymize.model.folding import words
from anonymize.model.forms import phone_key
from anonymize.model.identities import Person, Surrogate
from anonymize.model.keys import Keys
from anonymize.model.names import parse

KEYS = Keys(bytes(range(32)))
JANE = Person(
    "p1",
    names=("Jane Smith", "JS"),
    handles=(("x", "MsSmith_Media"), ("x", "jane_s"), ("mastodon", "jane@social.example")),
    user_ids=(("x", "1697051672621597026"),),
    emails=("jsmith@college.example",),
    phones=("07700 900123",),
    role="teacher",
)
TOM = Person("p2", names=("Tom Brown",), handles=(("x", "tombrown"),), consent="no", roster="t")
MIRA = Surrogate("p1", "Mira", "Keller", "Teacher 03", "PERSON_7F3K")
ODO = Surrogate("p2", "Odo", "Winter", "Student 17", "PERSON_9XZB")


class FakeDirectory:
    """Knows its entries by id, handle, name and part of a name."""

    def __init__(self, *entries: Entry) -> None:
        self._entries = entries

    def handle(self, platform: str, handle: str, *, cut: bool = False) -> Entry | None:
        """Look up a handle or its beginning."""
        bare = handle.lower().lstrip("@")
        for entry in self._entries:
            for where, known in entry.person.handles:
                fits = known.lower().startswith(bare) if cut else known.lower() == bare
                if where == platform and fits:
                    return entry
        return None

    def user(self, platform: str, user_id: str) -> Entry | None:
        """Look up a user id."""
        return next((e for e in self._entries if (platform, user_id) in e.person.user_ids), None)

    def owner(self, scope: str) -> Entry | None:
        """Look up the owner of a takeout: nobody here."""
        del scope
        return None

    def name(self, surface: str, scope: str = "") -> Entry | None:
        """Look up a name by its forms."""
        del scope
        wanted = words(surface)
        if not wanted:
            return None
        for entry in self._entries:
            for name in entry.person.names:
                parts = parse(name)
                known = {words(name), words(parts.given), words(parts.family)}
                known.add(f"{words(parts.family)} {words(parts.given)}")
                known.add(f"{words(parts.given)} {words(parts.family)[:1]}")
                known |= {f"{title} {words(parts.family)}" for title in ("ms", "mr")}
                if wanted in known:
                    return entry
        return None

    def email(self, address: str) -> Entry | None:
        """Look up an address."""
        return next((e for e in self._entries if address.lower() in e.person.emails), None)

    def phone(self, number: str) -> Entry | None:
        """Look up a number."""
        key = phone_key(number)
        return next(
            (e for e in self._entries if key in {phone_key(p) for p in e.person.phones}), None
        )


def directory() -> FakeDirectory:
    """Return a directory of Jane Smith and Tom Brown."""
    return FakeDirectory(Entry(JANE, MIRA), Entry(TOM, ODO))
