"""Who is in touch with whom: the last evidence for a name that fits several."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from anonymize.link.nodes import Node

_SHIFT = 32
"""Bits for the number of a person in that of a pair."""


class Circle:
    """Pairs of persons of whom one wrote to or about the other.

    Args:
        pairs: Writers of a post, and whom else it has; persons as roots.
    """

    __slots__ = ("_numbers", "_pairs")

    def __init__(self, pairs: Iterable[tuple[Collection[Node], Collection[Node]]]) -> None:
        self._numbers: dict[Node, int] = {}
        # Pairs as numbers: a corpus has millions.
        self._pairs: set[int] = set()
        for writers, others in pairs:
            for writer in writers:
                one = self._numbers.setdefault(writer, len(self._numbers))
                for other in others:
                    two = self._numbers.setdefault(other, len(self._numbers))
                    self._pairs.add(one << _SHIFT | two)
                    self._pairs.add(two << _SHIFT | one)

    def of(self, persons: Iterable[Node], candidates: Iterable[Node]) -> set[Node]:
        """Return those candidates who are in touch with one of the persons."""
        mine = [self._numbers[one] for one in persons if one in self._numbers]
        return {
            one
            for one in candidates
            if one in self._numbers
            and any(number << _SHIFT | self._numbers[one] in self._pairs for number in mine)
        }
