"""Evidence in blocks: gone over as often as it takes, and never held whole.

A block is what `Tally.to_bytes` writes of some documents.  What a block tells of posts that name
nobody, and of ids, is only looked up or written down; it stays where it lies.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias

from anonymize.link import nodes
from anonymize.link.accounts import identifiers
from anonymize.link.evidence import SPEAKER
from anonymize.link.nodes import Node
from anonymize.link.tally import Tally, account_of

Blocks: TypeAlias = Callable[[], Iterator[bytes]]
"""Begins again with the first block each time it is called."""

_LEFT = (b'["ids",', b'["pool_words",')
"""Beginnings of lines that the store keeps in tables of their own."""
_SMALL = 256 * 1024
"""Blocks of fewer bytes are put together, lest a project have one for each text it was given."""
_TOGETHER = 1024 * 1024


def of_tally(tally: Tally) -> Blocks:
    """Return the one block of what is in memory anyway."""
    data = tally.to_bytes()
    return lambda: iter((data,))


def lasting(block: bytes) -> bytes:
    """Return what of a block is evidence for later runs as well."""
    return b"".join(line for line in block.splitlines(keepends=True) if not line.startswith(_LEFT))


def digest(block: bytes) -> str:
    """Return by what a lasting block is known again."""
    return hashlib.sha256(block).hexdigest()[:32]


def ids(blocks: Blocks) -> Iterator[str]:
    """Yield every known id, some of them more than once."""
    for block in blocks():
        for line in block.splitlines():
            if line.startswith(_LEFT[0]):
                yield from json.loads(line)[1]


def loose(entity_type: str, surface: str) -> Node | None:
    """Return the node of an identifier found in a text; None for a mention of another type."""
    match entity_type:
        case "HANDLE":
            return nodes.handle("", surface)
        case "EMAIL_ADDRESS":
            return nodes.email(surface)
        case "PHONE_NUMBER":
            return nodes.phone(surface)
    return None


def scopes(blocks: Blocks) -> Iterator[tuple[Node, list[str]]]:
    """Yield in which scopes each identifier was seen, block by block."""
    for block in blocks():
        for line in block.splitlines():
            if line.startswith(b'["account",'):
                _, row, _, places = json.loads(line)
                account = account_of(row)
                if account.sighting.platform != SPEAKER:
                    yield from ((node, places) for node, _ in identifiers(account))
            elif line.startswith(b'["mention",'):
                _, entity_type, surface, _, places = json.loads(line)
                if places and (node := loose(entity_type, surface)) is not None:
                    yield node, places


def is_small(block: bytes) -> bool:
    """Whether a block is put together with others like it."""
    return len(block) < _SMALL


def together(blocks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield small blocks put together, in the order in which they come."""
    tally, size = Tally(), 0
    for block in blocks:
        tally.read(block)
        size += len(block)
        if size >= _TOGETHER:
            yield tally.to_bytes(ids=False)
            tally, size = Tally(), 0
    if size:
        yield tally.to_bytes(ids=False)
