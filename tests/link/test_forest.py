from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from anonymize.link.forest import Forest
from anonymize.link.nodes import Node
from anonymize.link.reasons import Reason

_NODES = st.sampled_from([(kind, value) for kind in ("user", "email", "name") for value in "abc"])
_PAIRS = st.lists(st.tuples(_NODES, _NODES), max_size=12)


def _joined(pairs: list[tuple[Node, Node]]) -> Forest:
    forest = Forest()
    for one, other in pairs:
        forest.join(one, other, Reason.CORPUS)
    return forest


@given(_PAIRS.flatmap(lambda pairs: st.tuples(st.just(pairs), st.permutations(pairs))))
def test_order_of_joining_does_not_matter(
    drawn: tuple[list[tuple[Node, Node]], list[tuple[Node, Node]]],
) -> None:
    """The same pairs in any order and direction give the same sets and roots."""
    pairs, shuffled = drawn
    turned = [(b, a) for a, b in shuffled]
    assert list(_joined(pairs).sets()) == list(_joined(turned).sets())


@given(_PAIRS)
def test_joined_is_an_equivalence(pairs: list[tuple[Node, Node]]) -> None:
    """Joined nodes share a root, which is the strongest of their set, and sets are disjoint."""
    forest = _joined(pairs)
    for one, other in pairs:
        assert forest.find(one) == forest.find(other)
    sets = list(forest.sets())
    assert all(forest.find(node) == members[0] for members in sets for node in members)
    assert len({node for members in sets for node in members}) == sum(map(len, sets))
