"""The identity store: who is who, in one SQLite file that tells nothing without the key.

Every content column is sealed row by row; what is looked up is found by keyed digests.  The
journal is a rollback journal (`DELETE`), so that the project folder can be copied as files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Self

from anonymize.errors import AnonymizeError, WorkspaceError
from anonymize.link import nodes, rulings, why
from anonymize.link.directory import StoreDirectory
from anonymize.link.held import EvidenceStore
from anonymize.link.nodes import Node
from anonymize.link.persons import Change, Linked
from anonymize.link.records import (
    dump,
    load,
    pack_known,
    pack_person,
    pack_surrogate,
    unpack_known,
    unpack_person,
    unpack_surrogate,
)
from anonymize.link.rulings import Ruling
from anonymize.link.tables import guarded
from anonymize.link.why import Why
from anonymize.model.documents import Removal, RemovalKind
from anonymize.model.folding import words
from anonymize.model.identities import KnownIdentifier, Person, Surrogate
from anonymize.model.keys import Keys

_CACHE = 8192
"""Answers kept, of each sort: some megabytes, and most texts speak of few people."""
_PAGE = 1000


class IdentityStore(EvidenceStore):
    """The store of one project; use as a context manager or call `close`.

    Args:
        path: Of the SQLite file, in the private folder.
        keys: Keys of the project.
        write: Whether this process changes it; it is then made where there is none.

    Raises:
        SecretError: If it was written with another key.
        WorkspaceError: If there is none to read, or it is damaged or in use.
    """

    def __init__(self, path: Path, keys: Keys, *, write: bool = False) -> None:
        self._person = lru_cache(_CACHE)(self._read_person)
        self._lookup = lru_cache(_CACHE)(self._read_lookup)
        self._called = lru_cache(_CACHE)(self._read_surrogate)
        self._is_id = lru_cache(_CACHE)(self._read_id)
        super().__init__(path, keys, write=write)

    @classmethod
    def open(cls, path: Path, keys: Keys) -> Self:
        """Return a store for reading; raises as the class does."""
        return cls(path, keys)

    def _forget(self) -> None:
        for cache in (self._person, self._lookup, self._called, self._is_id):
            cache.cache_clear()

    # Reading

    def directory(self, tier: str) -> StoreDirectory:
        """Return the directory of an access tier."""
        return StoreDirectory(self, tier)

    def known(self) -> Iterator[KnownIdentifier]:
        """Yield every known identifier but the ids, sorted."""
        found = [
            unpack_known(self._unseal("known identifiers", sealed, ix.hex()))
            for ix, sealed in self._rows("SELECT ix, sealed FROM known")
        ]
        yield from sorted(found, key=lambda one: (one.entity_type, one.value, one.search))

    def is_id(self, digits: str) -> bool:
        """Whether a run of digits is a known id."""
        return self._is_id(digits)

    def persons(self) -> Iterator[Person]:
        """Yield every identity, sorted by id, without those merged into others."""
        sql = "SELECT id, sealed FROM persons WHERE merged = '' AND id > ? ORDER BY id LIMIT ?"
        last = ""
        while rows := self._rows(sql, last, _PAGE):
            for last, sealed in rows:
                yield unpack_person(self._unseal("persons", sealed, last))

    def person(self, one: str) -> Person | None:
        """Return the person of an id; of a merged one, whom she was merged into."""
        return self._person(one)

    def node(self, node: Node) -> Person | None:
        """Return whose node it is."""
        one = self._lookup("nodes", nodes.text(node))
        return None if one is None else self._person(one)

    def named(self, scope: str, key: str) -> Person | None:
        """Return who is meant by a folded name in a scope, or in the corpus for an empty one."""
        one = self._lookup("names", f"{scope}\x1f\x1f{key}")
        return None if one is None else self._person(one)

    def handles(self, platform: str) -> list[str]:
        """Return every known handle of a platform, case-folded, sorted."""
        blob = self._blob("handles")
        found: list[str] = load(blob).get(platform, []) if blob else []
        return found

    def surrogate(self, tier: str, person: str) -> Surrogate | None:
        """Return what a person is called in a tier."""
        return self._called(tier, person)

    def is_taken(self, tier: str, text: str, *, besides: str = "") -> bool:
        """Whether another person than `besides` is called so, in whole or part, in a tier."""
        sql = "SELECT 1 FROM taken WHERE tier = ? AND ix = ? AND person != ? LIMIT 1"
        return self._value(sql, self._tier(tier), self._taken(text), besides) is not None

    def is_real(self, word: str) -> bool:
        """Whether a word is part of a real name, handle or address, or may be a real name."""
        return self._lookup("words", words(word)) is not None

    def persons_by_surrogate(self, text: str) -> list[Person]:
        """Return whom a pseudonym stands for, in any tier, sorted by id.

        Args:
            text: A surrogate name or part of it, code, tag, handle or address.
        """
        bare = words(text)
        # A surrogate handle is its name and a random part; an address the name at a host.
        local = words(text.strip().lstrip("@").partition("@")[0])
        for key in dict.fromkeys((bare, local, bare.rpartition(" ")[0])):
            sql = "SELECT DISTINCT person FROM taken WHERE ix = ?"
            found = {self._person(one) for (one,) in self._rows(sql, self._taken(key))} - {None}
            if key and found:
                return sorted((p for p in found if p is not None), key=lambda p: p.id)
        return []

    def issued(self, node: Node) -> tuple[int, str] | None:
        """Return sequence number and id of the person a node was given to, if any."""
        one = self._read_lookup("nodes", nodes.text(node))
        person = None if one is None else self._person(one)
        if person is None:
            return None
        return self._value("SELECT seq FROM persons WHERE id = ?", person.id), person.id

    def has_person(self, one: str) -> bool:
        """Whether an id was ever issued."""
        return self._value("SELECT 1 FROM persons WHERE id = ?", one) is not None

    def digest(self, tier: str) -> str:
        """Return a digest of all that carrying out a tier's decisions asks of the store, hex."""
        whole = hashlib.sha256()
        for person in self.persons():
            whole.update(pack_person(person))
            surrogate = self._read_surrogate(tier, person.id)
            whole.update(pack_surrogate(surrogate) if surrogate is not None else b"-")
        for known in self.known():
            whole.update(pack_known(known))
        for sql in ("SELECT ix, person FROM nodes ORDER BY ix",
                    "SELECT ix, person FROM names ORDER BY ix",
                    "SELECT ix FROM ids ORDER BY ix"):  # fmt: skip
            for row in self._each(sql):
                whole.update(repr(row).encode())
        for removal in self.removals():
            whole.update(f"{removal.kind}\x1f{removal.id}\n".encode())
        return whole.hexdigest()

    def removals(self) -> list[Removal]:
        """Return every deletion request found in any run, sorted."""
        blob = self._blob("removals")
        return [Removal(RemovalKind(kind), one) for kind, one in load(blob)] if blob else []

    def rulings(self) -> list[Ruling]:
        """Return the researcher's word that stands, in the order it was given."""
        blob = self._blob("rulings")
        return rulings.unpack(load(blob)) if blob else []

    def wishes(self) -> dict[str, str]:
        """Return the pseudonyms the researcher chose by command, by `Person.id`."""
        blob = self._blob("wishes")
        return dict(load(blob)) if blob else {}

    def why(self) -> Why:
        """Return the reasons of the latest reduce."""
        return why.unpack(self._lines("why"))

    def history(self) -> Iterator[Change]:
        """Yield every merge and split of ids, oldest first."""
        for seq, sealed in self._rows("SELECT seq, sealed FROM history ORDER BY seq"):
            kind, kept, ids = load(self._unseal("history", sealed, str(seq)))
            yield Change(kind, kept, tuple(ids))

    # Writing

    def put_surrogate(self, tier: str, one: Surrogate, *also: str) -> None:
        """Issue a surrogate; many are issued faster inside one `transaction`.

        Args:
            tier: Name of the policy.
            one: What the person is called from now on.
            also: Other texts made from it by which she is to be found, such as its handle.

        Raises:
            AnonymizeError: If she is called otherwise in the tier already.
        """
        before = self._read_surrogate(tier, one.person)
        if before not in {None, one}:
            raise AnonymizeError("a pseudonym that was issued is never changed")
        where = self._tier(tier)
        sealed = self._seal("surrogates", pack_surrogate(one), f"{tier}\x1f{one.person}")
        with guarded():
            self._db.execute(
                "INSERT OR REPLACE INTO surrogates VALUES (?, ?, ?)", (where, one.person, sealed),
            )  # fmt: skip
            parts = {one.given, one.family, f"{one.given} {one.family}", one.code, one.tag, *also}
            keys = sorted({words(part) for part in parts} - {""})
            rows = [(where, self._taken(key), one.person) for key in keys]
            self._db.executemany("INSERT OR IGNORE INTO taken VALUES (?, ?, ?)", rows)
        self._called.cache_clear()

    def put_person(self, person: Person) -> None:
        """Write a person, new or changed."""
        sealed = self._seal("persons", pack_person(person), person.id)
        sql = (
            "INSERT INTO persons (id, sealed) VALUES (?, ?)"
            " ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, merged = ''"
        )
        with guarded():
            self._db.execute(sql, (person.id, sealed))
        self._person.cache_clear()

    def rule(self, given: Iterable[Ruling]) -> None:
        """Add the researcher's word to what stands."""
        with self.transaction():
            standing = rulings.settled([*self.rulings(), *given])
            self._put_blob("rulings", dump(rulings.pack(standing)))

    def rename(self, person: Person, wish: str, tiers: Iterable[str]) -> None:
        """Let a person be named anew in some tiers; what she was called stays taken.

        Args:
            person: Who.
            wish: The pseudonym wanted.
            tiers: Names of policies.
        """
        with self.transaction():
            self.put_person(replace(person, chosen=wish))
            self._put_blob("wishes", dump({**self.wishes(), person.id: wish}))
            sql = "DELETE FROM surrogates WHERE tier = ? AND person = ?"
            for tier in tiers:
                self._db.execute(sql, (self._tier(tier), person.id))
            self._record(Change("rename", person.id, ()))

    def save(self, linked: Linked) -> None:
        """Write what a reduce found, all or nothing."""
        with self.transaction():
            for one in linked.identities:
                self.put_person(one.person)
                rows = ((self._index("nodes", nodes.text(n)), one.person.id) for n in one.nodes)
                self._db.executemany("INSERT OR REPLACE INTO nodes VALUES (?, ?)", rows)
            for change in linked.changes:
                self._record(change)
            self._db.execute("DELETE FROM names")
            self._db.executemany(
                "INSERT OR REPLACE INTO names VALUES (?, ?)",
                (
                    (self._index("names", f"{scope}\x1f\x1f{key}"), one)
                    for scope, key, one in linked.names
                ),
            )
            self._db.execute("DELETE FROM known")
            for known in linked.known:
                data = pack_known(known)
                ix = self._index("known", data.decode("ascii"))
                sealed = self._seal("known identifiers", data, ix.hex())
                self._db.execute("INSERT OR REPLACE INTO known VALUES (?, ?)", (ix, sealed))
            for table, values in (("ids", linked.ids), ("words", linked.words)):
                sql = f"INSERT OR IGNORE INTO {table} VALUES (?)"  # noqa: S608 - two constants
                self._db.executemany(sql, ((self._index(table, one),) for one in values))
            self._put_blob("handles", dump(linked.handles))
            # By itself, for every worker asks for it and none for the evidence.
            removals = sorted((one.kind, one.id) for one in linked.removals)
            self._put_blob("removals", dump(removals))
            self._add_evidence(linked.evidence)
            self._put_lines("why", linked.why)

    def _record(self, change: Change) -> None:
        if change.kind == "merge":
            rows = ((change.kept, one) for one in change.ids)
            self._db.executemany("UPDATE persons SET merged = ? WHERE id = ?", rows)
        seq = 1 + (self._value("SELECT max(seq) FROM history") or 0)
        sealed = self._seal("history", dump([change.kind, change.kept, change.ids]), str(seq))
        self._db.execute("INSERT INTO history VALUES (?, ?)", (seq, sealed))

    # Rows

    def _tier(self, tier: str) -> bytes:
        return self._index("tier", tier)

    def _taken(self, text: str) -> bytes:
        return self._index("taken", words(text))

    def _read_person(self, one: str) -> Person | None:
        seen: set[str] = set()
        while one not in seen:
            seen.add(one)
            found = self._rows("SELECT merged, sealed FROM persons WHERE id = ?", one)
            if not found:
                return None
            merged, sealed = found[0]
            if not merged:
                return unpack_person(self._unseal("persons", sealed, one))
            one = merged
        raise WorkspaceError("the identity store is damaged")

    def _read_lookup(self, table: str, value: str) -> str | None:
        column = "''" if table == "words" else "person"
        sql = f"SELECT {column} FROM {table} WHERE ix = ?"  # noqa: S608 - names of our tables
        found: str | None = self._value(sql, self._index(table, value))
        return found

    def _read_surrogate(self, tier: str, person: str) -> Surrogate | None:
        sql = "SELECT sealed FROM surrogates WHERE tier = ? AND person = ?"
        sealed = self._value(sql, self._tier(tier), person)
        if sealed is None:
            return None
        return unpack_surrogate(self._unseal("surrogates", sealed, f"{tier}\x1f{person}"))

    def _read_id(self, digits: str) -> bool:
        sql = "SELECT 1 FROM ids WHERE ix = ?"
        return self._value(sql, self._index("ids", digits)) is not None
