"""Why each person is who she is: joins, names and what was not joined, kept for `who`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from anonymize.link.forest import Forest
from anonymize.link.nodes import Node
from anonymize.link.reasons import Obstacle, Reason
from anonymize.link.records import dump, load
from anonymize.link.roll import Naming


@dataclass(frozen=True, slots=True)
class Joined:
    """Two nodes of a person, and why they were joined."""

    one: Node = field(repr=False)
    other: Node = field(repr=False)
    reason: Reason


@dataclass(frozen=True, slots=True)
class Called:
    """A folded name by which a person is meant, why, and in how many places.

    Attributes:
        key: The name.
        reason: Why it is she.
        places: Posts and interviews where that was decided on the spot; 0 for everywhere.
    """

    key: str = field(repr=False)
    reason: Reason
    places: int = 0


@dataclass(frozen=True, slots=True)
class Refused:
    """Two persons that were not joined although something spoke for it."""

    one: str
    other: str
    obstacle: Obstacle
    nodes: tuple[Node, Node] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Why:
    """All reasons of a reduce, by `Person.id`."""

    joined: Mapping[str, tuple[Joined, ...]] = field(default_factory=dict, repr=False)
    called: Mapping[str, tuple[Called, ...]] = field(default_factory=dict, repr=False)
    refused: tuple[Refused, ...] = ()


def lines(
    forest: Forest,
    naming: Naming,
    whose: Callable[[Node], str],
    single: Callable[[Node], str],
) -> Iterator[bytes]:
    """Yield the reasons of a reduce as lines of JSON.

    Args:
        forest: With all joins and refusals.
        naming: Who is meant by which name.
        whose: Returns the `Person.id` of a node of the forest.
        single: Returns that of an identity of one place.
    """
    for link in sorted(forest.links, key=lambda link: (link.one, link.other, link.reason)):
        yield _line("joined", whose(link.one), link.one, link.other, link.reason)
    for key, node in sorted((k, node) for (place, k), node in naming.index.items() if not place):
        yield _line("called", whose(node), key, naming.reasons.get(key, Reason.CORPUS), 0)
    for (node, key, reason), count in sorted(naming.decided.items()):
        yield _line("called", whose(node), key, reason, count)
    for no in sorted(forest.refusals, key=lambda no: (no.one, no.other, no.obstacle)):
        if no.one in forest and no.other in forest and whose(no.one) != whose(no.other):
            yield _line("refused", whose(no.one), whose(no.other), no.obstacle, no.one, no.other)
    for node, _, fitting in naming.spots.open():
        for one in fitting:
            if one in forest:
                yield _line("refused", single(node), whose(one), Obstacle.SEVERAL, node, one)


def _line(*values: object) -> bytes:
    return dump(values) + b"\n"


def unpack(data: bytes) -> Why:
    """Return the reasons that `lines` wrote."""
    joined: dict[str, list[Joined]] = {}
    called: dict[str, list[Called]] = {}
    refused: dict[Refused, None] = {}
    for line in data.splitlines():
        kind, *held = load(line)
        if kind == "joined":
            person, one, other, reason = held
            joined.setdefault(person, []).append(Joined(tuple(one), tuple(other), Reason(reason)))
        elif kind == "called":
            person, key, reason, places = held
            called.setdefault(person, []).append(Called(key, Reason(reason), places))
        else:
            one, other, obstacle, first, second = held
            nodes = tuple(first), tuple(second)
            refused[Refused(one, other, Obstacle(obstacle), nodes)] = None
    return Why(
        {person: tuple(found) for person, found in joined.items()},
        {person: tuple(found) for person, found in called.items()},
        tuple(refused),
    )
