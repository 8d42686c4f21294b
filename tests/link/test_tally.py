from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from anonymize.link.crowds import SCOPES
from anonymize.link.evidence import Evidence
from anonymize.link.tally import Tally
from anonymize.model.documents import Document, Section
from anonymize.model.fields import Field, Role
from anonymize.model.identities import Mention
from tests.strategies_link import evidence

_EVIDENCE = st.lists(evidence(), max_size=8)


def _tally(items: list[Evidence]) -> Tally:
    tally = Tally()
    for item in items:
        tally.add(item)
    return tally


def _merged(*tallies: Tally) -> bytes:
    total = Tally()
    for one in tallies:
        total.merge(one)
    return total.to_bytes()


@given(_EVIDENCE, _EVIDENCE, _EVIDENCE)
def test_merging_is_commutative_and_associative(
    a: list[Evidence], b: list[Evidence], c: list[Evidence],
) -> None:  # fmt: skip
    """Shards merged in any order or grouping equal one shard with everything."""
    bc = _tally(b)
    bc.merge(_tally(c))
    whole = _tally(a + b + c).to_bytes()
    assert _merged(_tally(a), _tally(b), _tally(c)) == whole
    assert _merged(_tally(c), _tally(b), _tally(a)) == whole
    assert _merged(_tally(a), bc) == whole


@given(_EVIDENCE)
def test_bytes_give_the_tally_back(items: list[Evidence]) -> None:
    """Writing and reading a tally changes nothing."""
    data = _tally(items).to_bytes()
    assert Tally.from_bytes(data).to_bytes() == data


def test_lone_surrogates_survive() -> None:
    """Half an emoji in a name neither breaks the tally nor changes."""
    tally = _tally([Mention("PERSON", "Jane \ud83d", "s")])
    assert list(Tally.from_bytes(tally.to_bytes()).mentions()) == list(tally.mentions())


def test_scopes_are_bounded_whatever_the_order() -> None:
    """Of too many scopes the smallest are kept, so memory is bounded and order irrelevant."""
    names = [f"{n:06}" for n in range(3 * SCOPES)]
    up = _tally([Mention("PERSON", "Jane", scope) for scope in names])
    down = _tally([Mention("PERSON", "Jane", scope) for scope in reversed(names)])
    assert up.to_bytes() == down.to_bytes()
    ((_, _, scopes),) = up.mentions()
    assert scopes == names[:SCOPES]


def test_pool_words_are_found_in_texts() -> None:
    """Words of the pool that stand in texts and names are remembered, folded; others are not."""
    fields = (
        Field(("t",), Role.TEXT, "Mira’s and Zoë"),
        Field(("n",), Role.NAME, "KELLER"),
        Field(("i",), Role.ID, "otto"),
    )
    tally = Tally()
    document = Document("1", fields, (Section("1"),), None)
    tally.note(document, [], frozenset(("mira", "zoe", "keller", "otto")))
    assert tally.pool_words == {"mira", "zoe", "keller"}


def test_repr_shows_no_original() -> None:
    """The repr of a tally holds counts only."""
    assert "Jane" not in repr(_tally([Mention("PERSON", "Jane Smith", "s")]))
