"""Union-find over nodes: the finest partition in which everything joined is together."""

from __future__ import annotations

from collections.abc import Iterator

from anonymize.link.nodes import Node, order


class Forest:
    """Disjoint sets of nodes.

    The root of a set is its strongest node, so that it does not depend on the order in
    which sets were joined.
    """

    __slots__ = ("_parents",)

    def __init__(self) -> None:
        self._parents: dict[Node, Node] = {}

    def __contains__(self, node: Node) -> bool:
        return node in self._parents

    def find(self, node: Node) -> Node:
        """Return the root of a node's set; a new node is a set of its own."""
        parents = self._parents
        root = parents.setdefault(node, node)
        while (above := parents[root]) != root:
            root = above
        while node != root:
            node, parents[node] = parents[node], root
        return root

    def join(self, one: Node, other: Node) -> None:
        """Put two sets together."""
        first, second = sorted((self.find(one), self.find(other)), key=order)
        self._parents[second] = first

    def sets(self) -> Iterator[tuple[Node, ...]]:
        """Yield every set, its nodes and the sets in order of strength."""
        gathered: dict[Node, list[Node]] = {}
        for node in sorted(self._parents, key=order):
            gathered.setdefault(self.find(node), []).append(node)
        for nodes in gathered.values():
            yield tuple(nodes)
