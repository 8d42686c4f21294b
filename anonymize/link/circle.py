"""Who is in touch with whom: the last evidence for a name that fits several."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Iterable
from collections.abc import Set as AbstractSet

from anonymize.link.nodes import Node


class Circle:
    """Pairs of persons of whom one wrote to or about the other.

    Args:
        pairs: Writers of a post, and whom else it has; persons as roots.
    """

    __slots__ = ("_near", "_numbers", "_persons")

    def __init__(self, pairs: Iterable[tuple[Collection[Node], Collection[Node]]]) -> None:
        self._numbers: dict[Node, int] = {}
        # Numbers in arrays: a corpus has millions of pairs.
        self._near: list[array[int]] = []
        for writers, others in pairs:
            for writer in writers:
                one = self._number(writer)
                for other in others:
                    two = self._number(other)
                    self._near[one].append(two)
                    self._near[two].append(one)
        for number, near in enumerate(self._near):
            self._near[number] = array("I", sorted(set(near)))
        self._persons = list(self._numbers)

    def _number(self, person: Node) -> int:
        number = self._numbers.setdefault(person, len(self._numbers))
        if number == len(self._near):
            self._near.append(array("I"))
        return number

    def of(self, persons: Iterable[Node], candidates: AbstractSet[Node]) -> set[Node]:
        """Return those candidates who are in touch with one of the persons."""
        found: set[Node] = set()
        for person in persons if candidates else ():
            if (number := self._numbers.get(person)) is not None:
                near = (self._persons[other] for other in self._near[number])
                found |= {other for other in near if other in candidates}
        return found
