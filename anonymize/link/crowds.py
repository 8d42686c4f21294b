"""Posts and conversations in few bytes: by number, and what is known of each number."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import overload

from anonymize.link.nodes import Node

SCOPES = 50_000
"""Scopes kept of one name or account; in further ones the whole corpus decides who it is."""
_CELLS = 8
_WAIT = 16
"""Scopes gathered before it is seen to that each is there once."""


class Places(Sequence[str]):
    """Distinct strings in sorted order, held as numbers of a table.

    Args:
        table: All strings.
        held: Positions in it, each once, in no order.
    """

    __slots__ = ("_held", "_table")

    def __init__(self, table: Sequence[str], held: Sequence[int]) -> None:
        self._table = table
        self._held = held

    def __repr__(self) -> str:
        return f"Places({len(self)})"

    def __len__(self) -> int:
        return len(self._held)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self._table[number] for number in self._held))

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        """Return one string, or some of them."""
        return list(self)[at]

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Sequence) and list(self) == list(other))

    __hash__ = None  # type: ignore[assignment]


class Table(Sequence[str]):
    """Strings by number, each once, one after another in one stretch of bytes.

    Beside a dict of them it takes a tenth of the room: some ten bytes each besides their own.
    """

    __slots__ = ("_bytes", "_cells", "_ends")

    def __init__(self) -> None:
        self._bytes = bytearray()
        # Where each string ends; the first one is nobody's, that all may begin where one ended.
        self._ends = array("L", (0,))
        # Open addressing: a number and one, or 0; a power of two of them, a third free.
        self._cells = array("I", [0] * _CELLS)

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> list[str]: ...
    def __getitem__(self, at: int | slice) -> str | list[str]:
        """Return one string, or some of them."""
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        if not 0 <= at < len(self):
            raise IndexError(at)
        return self._held(at).decode("utf-8", "surrogatepass")

    def _held(self, number: int) -> bytes:
        return bytes(self._bytes[self._ends[number] : self._ends[number + 1]])

    def _cell(self, string: bytes) -> int:
        """Return where a string is, or would be."""
        cells, ends, held = self._cells, self._ends, self._bytes
        last = len(cells) - 1
        at = hash(string) & last
        while number := cells[at]:
            first, end = ends[number - 1], ends[number]
            if end - first == len(string) and held.startswith(string, first):
                break
            at = (at + 1) & last
        return at

    def find(self, string: str) -> int:
        """Return the number of a string; -1 for none."""
        return self._cells[self._cell(string.encode("utf-8", "surrogatepass"))] - 1

    def number(self, string: str) -> int:
        """Return the number of a string, given to it when it is first met."""
        encoded = string.encode("utf-8", "surrogatepass")
        at = self._cell(encoded)
        if self._cells[at]:
            return self._cells[at] - 1
        self._bytes += encoded
        self._ends.append(len(self._bytes))
        self._cells[at] = len(self)
        if 3 * len(self) > 2 * len(self._cells):
            self._grow()
        return len(self) - 1

    def _grow(self) -> None:
        self._cells = array("I", bytes(self._cells.itemsize * 2 * len(self._cells)))
        for number in range(len(self)):
            self._cells[self._cell(self._held(number))] = number + 1


class Usage:
    """How often words are written without and with a capital."""

    __slots__ = ("_lower", "_upper", "_words")

    def __init__(self) -> None:
        self._words = Table()
        self._lower = array("I")
        self._upper = array("I")

    def add(self, word: str, lower: int, upper: int) -> None:
        """Add to how often."""
        number = self._words.number(word)
        if number == len(self._lower):
            self._lower.append(0)
            self._upper.append(0)
        self._lower[number] += lower
        self._upper[number] += upper

    def __iter__(self) -> Iterator[tuple[str, int, int]]:
        return zip(self._words, self._lower, self._upper, strict=True)


class Company:
    """Who is about in posts, by the number of their place: some twenty bytes a post."""

    __slots__ = ("_at", "_held", "_nodes", "_numbers", "count")

    def __init__(self) -> None:
        self.count = 0
        self._at = array("I")
        # How many authors and others there are, and then who they are.
        self._held = array("I", (0, 0))
        self._nodes: list[Node] = []
        self._numbers: dict[Node, int] = {}

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[int]:
        return (number for number, at in enumerate(self._at) if at)

    def of(self, place: int) -> tuple[tuple[Node, ...], tuple[Node, ...]]:
        """Return authors and others, each sorted; nobody of what is no post."""
        at = self._at[place] if 0 <= place < len(self._at) else 0
        first = at + 2
        second = first + self._held[at]
        third = second + self._held[at + 1]
        authors, others = self._held[first:second], self._held[second:third]
        return tuple(map(self._nodes.__getitem__, authors)), tuple(
            map(self._nodes.__getitem__, others)
        )

    def meet(self, place: int, authors: Iterable[Node], others: Iterable[Node]) -> None:
        """Add to who is about: a post collected twice may tell more of it in one of the files."""
        if place >= len(self._at):
            self._at.extend([0] * (place + 1 - len(self._at)))
        known = self.of(place)
        both = [sorted({*one, *new}) for one, new in zip(known, (authors, others), strict=True)]
        if self._at[place] and [*map(list, known)] == both:
            return
        self.count += not self._at[place]
        self._at[place] = len(self._held)
        self._held.extend(map(len, both))
        self._held.extend(self._number(node) for nodes in both for node in nodes)

    def _number(self, node: Node) -> int:
        number = self._numbers.setdefault(node, len(self._nodes))
        if number == len(self._nodes):
            self._nodes.append(node)
        return number


class Members:
    """Who is in conversations, talks and posts: some twelve bytes for each who is.

    Args:
        scopes: Strings known by number; added to.
    """

    __slots__ = ("_last", "_nodes", "_numbers", "_one", "_others", "_scopes")

    def __init__(self, scopes: Table) -> None:
        self._scopes = scopes
        # By scope the last who was added, and from each the one before; 1 for nobody yet, 0 for
        # a scope nobody asks about.
        self._last = array("I")
        self._one = array("I", (0, 0))
        self._others = array("I", (0, 0))
        self._nodes: list[Node] = []
        self._numbers: dict[Node, int] = {}

    def want(self, scope: str) -> None:
        """Remember who is in a scope from now on."""
        at = self._scopes.number(scope)
        if at >= len(self._last):
            self._last.extend([0] * (at + 1 - len(self._last)))
        self._last[at] = self._last[at] or 1

    def _at(self, scope: str) -> int:
        """Return the number of a scope that is wanted; -1 for any other."""
        at = self._scopes.find(scope)
        return at if 0 <= at < len(self._last) and self._last[at] else -1

    def add(self, scope: str, node: Node) -> None:
        """Add to who is in a scope, if that is wanted."""
        at = self._at(scope)
        if at < 0:
            return
        number = self._numbers.setdefault(node, len(self._nodes))
        if number == len(self._nodes):
            self._nodes.append(node)
        last = self._last[at]
        # The id and the handle of an account come one after the other.
        if last == 1 or self._one[last] != number:
            self._others.append(last)
            self._last[at] = len(self._one)
            self._one.append(number)

    def of(self, scope: str) -> set[Node]:
        """Return who is in a scope."""
        at = self._at(scope)
        found: set[Node] = set()
        last = self._last[at] if at >= 0 else 1
        while last > 1:
            found.add(self._nodes[self._one[last]])
            last = self._others[last]
        return found


class Counted:
    """How often, and in which scopes; the smallest `SCOPES` are kept, whatever the order."""

    __slots__ = ("_clean", "_places", "_wait", "count")

    def __init__(self) -> None:
        self.count = 0
        # Millions in all, and four bytes each.
        self._places = array("I")
        self._clean = 0
        self._wait = _WAIT

    def add(self, count: int, scopes: Iterable[int], table: Table, most: int = SCOPES) -> None:
        """Count, and note scopes by their numbers in a table."""
        self.count += count
        self._places.extend(scopes)
        if len(self._places) > self._wait:
            self._settle(table, most)

    def _settle(self, table: Table, most: int) -> None:
        if len(self._places) == self._clean:
            return
        held = set(self._places)
        if len(held) > most:
            held = set(sorted(held, key=table.__getitem__)[:most])
        if len(held) < len(self._places):
            self._places = array("I", held)
        self._clean = len(self._places)
        self._wait = max(_WAIT, 2 * self._clean)

    def scopes(self, table: Table, most: int = SCOPES) -> Places:
        """Return the scopes."""
        self._settle(table, most)
        return Places(table, self._places)
