"""The researcher's word on who is who: it outranks all evidence, and is never forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from anonymize.link.nodes import Node


class RulingKind(StrEnum):
    """What was ruled of two nodes."""

    TOGETHER = "together"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Ruling:
    """One word of the researcher's; a later one of the same nodes takes an earlier one back."""

    kind: RulingKind
    one: Node = field(repr=False)
    other: Node = field(repr=False)


def settled(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Return the rulings that stand, in the order they were given."""
    latest: dict[frozenset[Node], Ruling] = {}
    for ruling in rulings:
        pair = frozenset((ruling.one, ruling.other))
        latest.pop(pair, None)
        latest[pair] = ruling
    return list(latest.values())


def pack(rulings: Iterable[Ruling]) -> list[list[Any]]:
    """Return rulings as JSON values."""
    return [[one.kind, list(one.one), list(one.other)] for one in rulings]


def unpack(held: Iterable[Iterable[Any]]) -> list[Ruling]:
    """Return the rulings `pack` wrote."""
    return [Ruling(RulingKind(kind), tuple(one), tuple(other)) for kind, one, other in held]
