"""Tallies: the evidence of a shard, small, mergeable and without order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar, cast

from anonymize.link.clues import Clue, Cue, Near
from anonymize.link.crowds import Company, Counted, Places, Table, Usage
from anonymize.link.evidence import LISTED, SPEAKER, Evidence, KnownId, Seen, Together, observe
from anonymize.link.nodes import Node
from anonymize.model.documents import Document, Removal, RemovalKind
from anonymize.model.fields import Role
from anonymize.model.folding import words
from anonymize.model.identities import Mention, Sighting
from anonymize.model.spans import Finding

T = TypeVar("T")
K = TypeVar("K", Seen, tuple[str, str])
_WORD = re.compile(r"[^\W\d_]{4,20}")

_PLAIN = frozenset(("PERSON", LISTED))
"""Mentions of which it must be known for each place who is meant there."""
_TWICE = 2
"""Places enough to know that an organisation was met more than once."""


class Tally:
    """Distinct evidence with counts.

    Adding is commutative, and so is merging, which is associative as well: what shards hold
    together does not depend on how the input was cut.  Holds originals; its `repr` none.
    """

    __slots__ = (
        "_accounts", "_mentions", "_near", "_shared", "_usage", "clues", "ids", "pool_words",
        "removals", "table", "together",
    )  # fmt: skip

    def __init__(self) -> None:
        self._accounts: dict[Seen, Counted] = {}
        self._mentions: dict[tuple[str, str], Counted] = {}
        self._near = Company()
        self._shared: dict[Any, Any] = {}
        self.table = Table()
        self.clues: set[Clue] = set()
        self.together: set[Together] = set()
        self.ids: set[str] = set()
        self.removals: set[Removal] = set()
        self.pool_words: set[str] = set()
        self._usage = Usage()

    def __repr__(self) -> str:
        return f"Tally({len(self._accounts)} accounts, {len(self._mentions)} mentions)"

    def note(self, document: Document, findings: Sequence[Finding], pool: frozenset[str]) -> None:
        """Take in a document: all evidence, and which words of `pool` it uses."""
        for item in observe(document, findings):
            self.add(item)
        for one in document.fields:
            if one.role in {Role.TEXT, Role.NAME}:
                self.note_words(one.value, pool)
            if one.role is Role.TEXT and one.kind in {"", "bio"}:
                self.note_usage(one.value)

    def note_words(self, text: str, pool: frozenset[str]) -> None:
        """Remember the folded words of a text that could otherwise become surrogate names."""
        if pool:
            self.pool_words |= pool.intersection(words(text).split())

    def note_usage(self, text: str) -> None:
        """Count how often each word is written without and with a capital."""
        for token in _WORD.findall(text):
            self._usage.add(words(token), int(token[0].islower()), int(token[0].isupper()))

    def usual(self) -> frozenset[str]:
        """Return the words that are written without a capital more often than not.

        A word must stand so three times: a name in a hurried tweet does not make it a word.
        """
        return frozenset(word for word, lower, upper in self._usage if lower >= 3 and lower > upper)

    def add(self, item: Evidence) -> None:
        """Take in one piece of evidence."""
        match item:
            case Seen():
                self._see(item, 1, (item.scope,))
            case Mention():
                # Of places only their names matter: nobody asks which one is meant.
                scopes = () if item.entity_type == "LOCATION" else (item.scope,)
                self._hear((item.entity_type, item.surface), 1, scopes)
            case KnownId():
                self.ids.add(item.digits)
            case Near():
                self._meet(item.place, {item.author} - {()}, item.others)
            case Clue():
                self.clues.add(item)
            case Together():
                self.together.add(item)
            case Removal():
                self.removals.add(item)

    def _see(self, item: Seen, count: int, scopes: Iterable[str]) -> None:
        # The scope is part of who it is only where it says so: a label, a takeout's owner.
        if item.sighting.platform != SPEAKER and not item.owner:
            item = Seen(item.sighting)
        self._note(self._accounts, item, count, scopes)

    def _hear(self, key: tuple[str, str], count: int, scopes: Iterable[str]) -> None:
        self._note(self._mentions, key, count, scopes)

    def _note(self, seen: dict[K, Counted], key: K, count: int, scopes: Iterable[str]) -> None:
        found = seen.get(key)
        if found is None:
            found = seen[key] = Counted()
        found.add(count, map(self.table.number, scopes), self.table)

    def _meet(self, place: str, authors: Iterable[Node], others: Iterable[Node]) -> None:
        self._near.meet(self.table.number(place), authors, others)

    def _one(self, value: T) -> T:
        """Return the one copy of a value that is kept however often it is met."""
        return cast("T", self._shared.setdefault(value, value))

    def near(self, place: str) -> tuple[frozenset[Node], frozenset[Node]]:
        """Return the authors of a post, and whom else it has."""
        authors, others = self._near.of(self.table.find(place))
        return frozenset(authors), frozenset(others) - frozenset(authors)

    def posts(self) -> Iterator[str]:
        """Yield the places of posts of which it is known who is about."""
        return (self.table[number] for number in self._near)

    def merge(self, other: Tally) -> None:
        """Take in all that another tally holds."""
        for account, scopes in other.accounts():
            self._see(account, other._accounts[account].count, scopes)
        for entity_type, surface, scopes in other.mentions():
            self._hear((entity_type, surface), other.count(entity_type, surface), scopes)
        for place in other.posts():
            self._meet(place, *other._near.of(other.table.find(place)))
        self.clues |= other.clues
        self.together |= other.together
        self.ids |= other.ids
        self.removals |= other.removals
        self.pool_words |= other.pool_words
        for word, lower, upper in other._usage:
            self._usage.add(word, lower, upper)

    def accounts(self) -> Iterator[tuple[Seen, Places]]:
        """Yield every account sighting and speaker label with its scopes, sorted."""
        for account in sorted(self._accounts, key=_row):
            yield account, self._accounts[account].scopes(self.table)

    def count(self, entity_type: str, surface: str) -> int:
        """Return how often a surface was found as a type."""
        seen = self._mentions.get((entity_type, surface))
        return seen.count if seen is not None else 0

    def mentions(self) -> Iterator[tuple[str, str, Places]]:
        """Yield entity type, surface and places of every mention, sorted."""
        for key in sorted(self._mentions):
            yield *key, self._mentions[key].scopes(self.table)

    def to_bytes(self, *, ids: bool = True) -> bytes:
        """Return the tally as lines of JSON: equal tallies give equal bytes.

        Args:
            ids: Whether known ids and pool words are told too; the store keeps them itself.
        """
        return b"".join(self.lines(ids=ids))

    def lines(self, *, ids: bool = True) -> Iterator[bytes]:
        """Yield what `to_bytes` joins."""
        return (_line(*one) for one in self._lines(ids=ids))

    def _lines(self, *, ids: bool) -> Iterator[tuple[Any, ...]]:
        for account, scopes in self.accounts():
            yield "account", _row(account), self._accounts[account].count, list(scopes)
        for kind, surface, scopes in self.mentions():
            yield "mention", kind, surface, self.count(kind, surface), list(scopes)
        for place in sorted(self.posts()):
            yield "near", place, *self._near.of(self.table.find(place))
        for clue in sorted(self.clues, key=lambda c: (c.cue, c.place, c.subject, c.surface)):
            yield "clue", clue.cue, clue.place, clue.subject, clue.surface
        for pair in sorted(self.together, key=lambda pair: (pair.one, pair.other, pair.place)):
            yield "together", pair.one, pair.other, pair.place
        for removal in sorted(self.removals, key=lambda one: (one.kind, one.id)):
            yield "removal", removal.kind, removal.id
        if ids:
            yield "ids", sorted(self.ids)
            yield "pool_words", sorted(self.pool_words)
        yield from (("usage", *one) for one in sorted(self._usage))

    @property
    def size(self) -> int:
        """How many things are told of; what it takes to hold them grows with it."""
        return sum(
            len(one) for one in (self._accounts, self._mentions, self._near, self.ids, self.clues)
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> Tally:
        """Return the tally `to_bytes` wrote; its authenticity is the seal's affair."""
        tally = cls()
        tally.read(data)
        return tally

    def read(self, data: bytes, *, lean: bool = False) -> None:
        """Take in what `to_bytes` wrote.

        Args:
            data: Of another tally.
            lean: Leave out ids, and places where nobody need be told apart: those of accounts
                and of identifiers found in texts, and of organisations all but a few.
        """
        for line in data.splitlines():
            if lean and line.startswith(b'["ids",'):
                continue
            kind, *held = json.loads(line)
            if lean and kind == "account":
                held[2] = ()
            elif lean and kind == "mention" and held[0] not in _PLAIN:
                held[3] = held[3][:_TWICE] if held[0] == "ORGANIZATION" else ()
            self._take(kind, held)

    def _take(self, kind: str, held: list[Any]) -> None:
        """Take in a line of another tally."""
        match kind:
            case "account":
                self._see(account_of(held[0]), held[1], held[2])
            case "mention":
                self._hear((held[0], held[1]), held[2], held[3])
            case "near":
                self._meet(held[0], map(tuple, held[1]), map(tuple, held[2]))
            case "clue":
                place, subject = self._one(held[1]), self._one(tuple(held[2]))
                self.clues.add(Clue(Cue(held[0]), place, subject, self._one(held[3])))
            case "together":
                self.together.add(Together(*held))
            case "removal":
                self.removals.add(Removal(RemovalKind(held[0]), held[1]))
            case "ids":
                self.ids.update(held[0])
            case "pool_words":
                self.pool_words.update(held[0])
            case "usage":
                self._usage.add(*held)


def _line(*values: object) -> bytes:
    # Not orjson: names may hold lone surrogates, which only an escape can carry.
    return json.dumps(values, separators=(",", ":")).encode("ascii") + b"\n"


def _row(account: Seen) -> list[Any]:
    one = account.sighting
    lists = [list(v) for v in (one.handles, one.names, one.emails, one.phones)]
    return [one.platform, one.user_id, *lists, one.seed, account.scope, account.owner]


def account_of(row: list[Any]) -> Seen:
    """Return the sighting of a line."""
    platform, user_id, handles, names, emails, phones, seed, scope, owner = row
    lists = (tuple(handles), tuple(names), tuple(emails), tuple(phones))
    return Seen(Sighting(platform, user_id, *lists, seed), scope, owner)
