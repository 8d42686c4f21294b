"""Union-find over nodes: the finest partition in which everything joined is together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from anonymize.link.nodes import Node, order
from anonymize.link.reasons import Link, Obstacle, Reason, Refusal


class Forest:
    """Disjoint sets of nodes, with the reason for each join.

    The root of a set is its strongest node, so that it does not depend on the order in
    which sets were joined.

    Args:
        apart: Pairs that are never in one set: the researcher's word.
    """

    __slots__ = ("_apart", "_parents", "links", "refusals")

    def __init__(self, apart: Iterable[tuple[Node, Node]] = ()) -> None:
        self._parents: dict[Node, Node] = {}
        self._apart: dict[Node, set[Node]] = {}
        self.links: list[Link] = []
        self.refusals: list[Refusal] = []
        for one, other in apart:
            self._apart.setdefault(one, set()).add(other)
            self._apart.setdefault(other, set()).add(one)

    def __contains__(self, node: Node) -> bool:
        return node in self._parents

    def knows(self, node: Node) -> bool:
        """Whether a node is in a set already, or the researcher keeps it apart from another."""
        return node in self._parents or node in self._apart

    def find(self, node: Node) -> Node:
        """Return the root of a node's set; a new node is a set of its own."""
        parents = self._parents
        root = parents.setdefault(node, node)
        while (above := parents[root]) != root:
            root = above
        while node != root:
            node, parents[node] = parents[node], root
        return root

    def join(self, one: Node, other: Node, reason: Reason) -> bool:
        """Put two sets together, unless they hold two that are kept apart."""
        first, second = sorted((self.find(one), self.find(other)), key=order)
        if first == second:
            return True
        if self._kept_apart(first, second):
            self.refusals.append(Refusal(one, other, Obstacle.RESEARCHER))
            return False
        self._parents[second] = first
        self.links.append(Link(one, other, reason))
        for kept in self._apart.pop(second, set()):
            self._apart.setdefault(first, set()).add(kept)
        return True

    def apart(self, one: Node, other: Node) -> bool:
        """Whether the researcher keeps two nodes apart."""
        return self._kept_apart(self.find(one), self.find(other))

    def refuse(self, one: Node, other: Node, obstacle: Obstacle) -> None:
        """Note why two were not joined."""
        self.refusals.append(Refusal(one, other, obstacle))

    def _kept_apart(self, first: Node, second: Node) -> bool:
        return any(self.find(kept) == second for kept in self._apart.get(first, ())) or any(
            self.find(kept) == first for kept in self._apart.get(second, ())
        )

    def sets(self) -> Iterator[tuple[Node, ...]]:
        """Yield every set, its nodes and the sets in order of strength."""
        gathered: dict[Node, list[Node]] = {}
        for node in sorted(self._parents, key=order):
            gathered.setdefault(self.find(node), []).append(node)
        for nodes in gathered.values():
            yield tuple(nodes)
