"""Who is meant by names in single places: as many as there are posts, and few bytes each.

Where a name fits several in one place, nobody but that place knows the identity: it is joined to
nothing, and is no node of the forest.  It is made when it is saved, one after another.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from anonymize.link.crowds import Table
from anonymize.link.nodes import Node

T = TypeVar("T")


@dataclass(slots=True)
class Spot:
    """A name with the places where it does not mean what is usually understood.

    Attributes:
        key: The name, as it is looked up.
        own: The name as identities of this name alone have it.
        written: As written.
        places: Each once, by its number.
        targets: By place the number of who is meant; 0 for several.
        several: By place the number of whom it fits there; 0 for not told.
    """

    key: str = field(repr=False)
    own: str = field(repr=False)
    written: tuple[str, ...] = field(repr=False)
    places: array[int] = field(default_factory=lambda: array("I"), repr=False)
    targets: array[int] = field(default_factory=lambda: array("I"), repr=False)
    several: array[int] = field(default_factory=lambda: array("I"), repr=False)


class Spots:
    """All of them.

    Args:
        places: Strings known by number; added to.
    """

    __slots__ = ("_fitting", "_fittings", "_nodes", "_numbers", "_places", "_spots")

    def __init__(self, places: Table) -> None:
        self._places = places
        self._spots: list[Spot] = []
        self._nodes: list[Node] = [()]
        self._numbers: dict[Node, int] = {(): 0}
        self._fittings: list[tuple[Node, ...]] = [()]
        self._fitting: dict[tuple[Node, ...], int] = {(): 0}

    def __len__(self) -> int:
        return sum(len(spot.places) for spot in self._spots)

    def begin(self, key: str, own: str, written: tuple[str, ...]) -> None:
        """Begin with a name."""
        if not self._spots or self._spots[-1].places:
            self._spots.append(Spot(key, own, written))
        else:
            self._spots[-1] = Spot(key, own, written)

    def enter(self, place: str, node: Node) -> None:
        """Say who is meant in a place by the name begun with."""
        self._add(place, _number(self._numbers, self._nodes, node), 0)

    def leave_open(self, place: str, fitting: Sequence[Node]) -> None:
        """Say that the name begun with fits several in a place."""
        self._add(place, 0, _number(self._fitting, self._fittings, tuple(fitting)))

    def _add(self, place: str, target: int, several: int) -> None:
        spot = self._spots[-1]
        spot.places.append(self._places.number(place))
        spot.targets.append(target)
        spot.several.append(several)

    def open(self) -> Iterator[tuple[Node, tuple[str, ...], tuple[Node, ...]]]:
        """Yield each identity of one place: its node, what it is called, whom the name fits."""
        by_own: dict[str, list[Spot]] = {}
        for spot in self._spots:
            by_own.setdefault(spot.own, []).append(spot)
        for own in sorted(by_own):
            spots = by_own[own]
            if len(spots) == 1:
                yield from self._open(spots[0])
                continue
            # Two ways to look up one name.
            found: dict[Node, tuple[tuple[str, ...], tuple[Node, ...]]] = {}
            for node, written, fitting in (one for spot in spots for one in self._open(spot)):
                names, fits = found.get(node, ((), ()))
                found[node] = tuple(dict.fromkeys((*names, *written))), fits or fitting
            yield from ((node, *told) for node, told in found.items())

    def _open(self, spot: Spot) -> Iterator[tuple[Node, tuple[str, ...], tuple[Node, ...]]]:
        for place, target, several in zip(spot.places, spot.targets, spot.several, strict=True):
            if not target:
                node = ("ambiguous", self._places[place], spot.own)
                yield node, spot.written, self._fittings[several]

    def several(self) -> set[Node]:
        """Return the identities of names that fit several of which more is said elsewhere."""
        return {node for node in self._nodes if node and node[0] == "ambiguous"}

    def names(
        self,
        joined: Callable[[Node], str],
        single: Callable[[Node], str],
    ) -> Iterator[tuple[str, str, str]]:
        """Yield place, key and the id of who is meant.

        Args:
            joined: Returns the id of a node of the forest.
            single: Returns that of an identity of one place.
        """
        for spot in self._spots:
            for at, target in zip(spot.places, spot.targets, strict=True):
                place = self._places[at]
                if target:
                    yield place, spot.key, joined(self._nodes[target])
                else:
                    yield place, spot.key, single(("ambiguous", place, spot.own))


def _number(numbers: dict[T, int], values: list[T], value: T) -> int:
    """Return the number of a value, given to it when it is first met."""
    found = numbers.setdefault(value, len(values))
    if found == len(values):
        values.append(value)
    return found
