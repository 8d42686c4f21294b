"""Compact holders: what a dict of sets would hold, in few bytes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from anonymize.link.crowds import Company, Counted, Table

_NODES = st.lists(st.sampled_from([("user", "x", str(n)) for n in range(5)]), max_size=3)


@given(st.lists(st.tuples(st.integers(0, 4), _NODES, _NODES), max_size=12))
def test_company_is_a_dict_of_sets(
    met: list[tuple[int, list[tuple[str, ...]], list[tuple[str, ...]]]],
) -> None:
    """Whoever is met in a post in any order is about in it, and nobody in what is no post."""
    company = Company()
    held: dict[int, tuple[set[tuple[str, ...]], set[tuple[str, ...]]]] = {}
    for place, authors, others in met:
        company.meet(place, authors, others)
        one, two = held.setdefault(place, (set(), set()))
        one.update(authors)
        two.update(others)
    assert sorted(company) == sorted(held)
    assert len(company) == len(held)
    for place in range(-1, 6):
        one, two = held.get(place, (set(), set()))
        assert company.of(place) == (tuple(sorted(one)), tuple(sorted(two)))


@given(st.lists(st.sampled_from("abcdefgh"), max_size=60), st.integers(1, 5))
def test_the_smallest_scopes_are_kept_each_once(scopes: list[str], most: int) -> None:
    """However scopes come and how often, the smallest are kept in order."""
    table, seen = Table(), Counted()
    for scope in scopes:
        seen.add(1, [table.number(scope)], table, most)
    kept = seen.scopes(table, most)
    assert list(kept) == sorted(set(scopes))[:most]
    assert (seen.count, len(kept)) == (len(scopes), len(list(kept)))
    assert kept[:2] == list(kept)[:2]
    assert kept == list(kept)


@given(st.lists(st.text("abc", max_size=4), max_size=60))
def test_a_table_numbers_strings_in_the_order_of_meeting_them(strings: list[str]) -> None:
    """Each string has one number and keeps it, however many there are."""
    table = Table()
    numbers = [table.number(one) for one in strings]
    distinct = list(dict.fromkeys(strings))
    assert list(table) == table[:] == distinct
    assert numbers == [distinct.index(one) for one in strings]
    assert [table.find(one) for one in distinct] == list(range(len(distinct)))
    assert table.find("d") == -1
