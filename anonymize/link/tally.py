"""Tallies: the evidence of a shard, small, mergeable and without order."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from anonymize.link.evidence import SPEAKER, Evidence, KnownId, Seen, observe
from anonymize.model.documents import Document, Removal, RemovalKind
from anonymize.model.fields import Role
from anonymize.model.folding import fold, words
from anonymize.model.identities import Mention, Sighting
from anonymize.model.spans import Finding

_WORD = re.compile(r"[^\W\d_]{4,20}")

SCOPES = 1000
"""Scopes kept of one name or account; in further ones the whole corpus decides who it is."""


class _Seen:
    """How often, and in which scopes; the smallest `SCOPES` are kept, whatever the order."""

    __slots__ = ("count", "places")

    def __init__(self) -> None:
        self.count = 0
        self.places: set[str] = set()

    def add(self, count: int, scopes: Iterable[str]) -> None:
        self.count += count
        self.places.update(scopes)
        if len(self.places) > 2 * SCOPES:
            self.places = set(self.scopes())

    def scopes(self) -> list[str]:
        return sorted(self.places)[:SCOPES]


class Tally:
    """Distinct evidence with counts.

    Adding is commutative, and so is merging, which is associative as well: what shards hold
    together does not depend on how the input was cut.  Holds originals; its `repr` none.
    """

    __slots__ = ("_accounts", "_mentions", "ids", "pool_words", "removals", "usage")

    def __init__(self) -> None:
        self._accounts: dict[Seen, _Seen] = {}
        self._mentions: dict[tuple[str, str], _Seen] = {}
        self.ids: set[str] = set()
        self.removals: set[Removal] = set()
        self.pool_words: set[str] = set()
        self.usage: dict[str, tuple[int, int]] = {}

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
            self.pool_words |= pool.intersection(fold(text).text.split())

    def note_usage(self, text: str) -> None:
        """Count how often each word is written without and with a capital."""
        for token in _WORD.findall(text):
            self._use(words(token), int(token[0].islower()), int(token[0].isupper()))

    def _use(self, word: str, lower: int, upper: int) -> None:
        before = self.usage.get(word, (0, 0))
        self.usage[word] = before[0] + lower, before[1] + upper

    def usual(self) -> frozenset[str]:
        """Return the words that are written without a capital more often than not.

        A word must stand so three times: a name in a hurried tweet does not make it a word.
        """
        return frozenset(
            word for word, (lower, upper) in self.usage.items() if lower >= 3 and lower > upper
        )

    def add(self, item: Evidence) -> None:
        """Take in one piece of evidence."""
        match item:
            case Seen():
                self._see(item, 1, (item.scope,))
            case Mention():
                # Places are generalised by a ladder, not by who they are.
                if item.entity_type != "LOCATION":
                    self._hear((item.entity_type, item.surface), 1, (item.scope,))
            case KnownId():
                self.ids.add(item.digits)
            case Removal():
                self.removals.add(item)

    def _see(self, item: Seen, count: int, scopes: Iterable[str]) -> None:
        # The scope is part of who it is only where it says so: a label, a takeout's owner.
        if item.sighting.platform != SPEAKER and not item.owner:
            item = Seen(item.sighting)
        self._accounts.setdefault(item, _Seen()).add(count, scopes)

    def _hear(self, key: tuple[str, str], count: int, scopes: Iterable[str]) -> None:
        self._mentions.setdefault(key, _Seen()).add(count, scopes)

    def merge(self, other: Tally) -> None:
        """Take in all that another tally holds."""
        for account, seen in other._accounts.items():
            self._see(account, seen.count, seen.places)
        for mention, seen in other._mentions.items():
            self._hear(mention, seen.count, seen.places)
        self.ids |= other.ids
        self.removals |= other.removals
        self.pool_words |= other.pool_words
        for word, (lower, upper) in other.usage.items():
            self._use(word, lower, upper)

    def accounts(self) -> Iterator[tuple[Seen, list[str]]]:
        """Yield every account sighting and speaker label with its scopes, sorted."""
        for account in sorted(self._accounts, key=_row):
            yield account, self._accounts[account].scopes()

    def mentions(self) -> Iterator[tuple[str, str, list[str]]]:
        """Yield entity type, surface and scopes of every mention, sorted."""
        for key in sorted(self._mentions):
            yield *key, self._mentions[key].scopes()

    def to_bytes(self, *, ids: bool = True) -> bytes:
        """Return the tally as canonical JSON: equal tallies give equal bytes.

        Args:
            ids: Whether known ids and pool words are told too; the store keeps them itself.
        """
        held = {
            "accounts": [
                [_row(account), self._accounts[account].count, scopes]
                for account, scopes in self.accounts()
            ],
            "mentions": [
                [*key, self._mentions[key].count, self._mentions[key].scopes()]
                for key in sorted(self._mentions)
            ],
            "removals": sorted([one.kind.value, one.id] for one in self.removals),
            "ids": sorted(self.ids) if ids else [],
            "pool_words": sorted(self.pool_words) if ids else [],
            "usage": {word: self.usage[word] for word in sorted(self.usage)},
        }
        return json.dumps(held, sort_keys=True, separators=(",", ":")).encode("ascii")

    @classmethod
    def from_bytes(cls, data: bytes) -> Tally:
        """Return the tally `to_bytes` wrote; its authenticity is the seal's affair."""
        held = json.loads(data)
        tally = cls()
        for row, count, scopes in held["accounts"]:
            tally._see(_account(row), count, scopes)
        for entity_type, surface, count, scopes in held["mentions"]:
            tally._hear((entity_type, surface), count, scopes)
        tally.removals = {Removal(RemovalKind(kind), one) for kind, one in held["removals"]}
        tally.ids = set(held["ids"])
        tally.pool_words = set(held["pool_words"])
        tally.usage = {word: (lower, upper) for word, (lower, upper) in held["usage"].items()}
        return tally


def _row(account: Seen) -> list[Any]:
    one = account.sighting
    lists = [list(v) for v in (one.handles, one.names, one.emails, one.phones)]
    return [one.platform, one.user_id, *lists, one.seed, account.scope, account.owner]


def _account(row: list[Any]) -> Seen:
    platform, user_id, handles, names, emails, phones, seed, scope, owner = row
    lists = (tuple(handles), tuple(names), tuple(emails), tuple(phones))
    return Seen(Sighting(platform, user_id, *lists, seed), scope, owner)
