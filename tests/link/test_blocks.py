"""Evidence in blocks: cut anyhow and read again, it tells of the same persons."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.link import blocks
from anonymize.link.accounts import identifiers
from anonymize.link.blocks import Blocks
from anonymize.link.evidence import SPEAKER, Evidence
from anonymize.link.resolve import resolve
from anonymize.link.store import IdentityStore
from anonymize.link.tally import Tally
from anonymize.model.identities import Mention
from anonymize.model.keys import Keys
from anonymize.model.roster import Roster
from tests.benchmarks.studies import scale
from tests.strategies_link import evidence

KEYS = Keys(b"k" * 32)


def _cut(posts: int, size: int, seed: int = 1) -> list[bytes]:
    """Return evidence of people who share given names, in blocks of so many posts."""
    found: list[bytes] = []
    tally = Tally()
    for number, (document, finding) in enumerate(scale.documents(posts, 24, seed), 1):
        tally.note(document, [finding], frozenset())
        if number % size == 0 or number == posts:
            found.append(tally.to_bytes())
            tally = Tally()
    return found


def _of(some: Sequence[bytes]) -> Blocks:
    return lambda: iter(some)


def _linked(path: Path, *runs: Tally | Blocks) -> str:
    with IdentityStore(path, KEYS, write=True) as store:
        for run in runs:
            resolve(run, Roster(), store, KEYS)
        return store.digest("safeguarded")


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every block count as large."""
    monkeypatch.setattr(blocks, "_SMALL", 1)


def test_cutting_changes_nobody(tmp_path: Path) -> None:
    """Persons, names and ids are the same from one tally, from blocks, and from other blocks."""
    whole = Tally.from_bytes(_cut(120, 120)[0])
    first = _linked(tmp_path / "1", whole)
    assert first == _linked(tmp_path / "2", _of(_cut(120, 50)))
    assert first == _linked(tmp_path / "3", _of(_cut(120, 7)))
    assert first != _linked(tmp_path / "4", _of(_cut(120, 50)[:1]))


@pytest.mark.usefixtures("large")
def test_runs_add_up(tmp_path: Path) -> None:
    """What an earlier run saw counts as if this one had seen it."""
    made = _cut(120, 40)
    both = _linked(tmp_path / "1", _of(made[:1]), _of(made[1:]))
    assert both == _linked(tmp_path / "2", _of(made[:1]), _of(made))


@pytest.mark.usefixtures("large")
def test_the_same_files_are_held_once(tmp_path: Path) -> None:
    """A second run over the same files changes no evidence; twice the same block counts twice."""
    made = _cut(80, 40)
    with IdentityStore(tmp_path / "vault", KEYS, write=True) as store:
        resolve(_of(made), Roster(), store, KEYS)
        before = sorted(store.blocks())
        assert before == sorted(map(blocks.lasting, made))
        resolve(_of(made), Roster(), store, KEYS)
        assert sorted(store.blocks()) == before
        resolve(_of([*made, made[0]]), Roster(), store, KEYS)
        assert sorted(store.blocks()) == sorted([*before, blocks.lasting(made[0])])


def test_small_blocks_given_again_count_once(tmp_path: Path) -> None:
    """A word met twice is not met four times in a second run, and stays a name to search for."""
    tally = Tally()
    tally.add(Mention("PERSON", "Ilver Pashwick", "talk"))
    tally.note_usage("pashwick, says the handle; and pashwick again")
    with IdentityStore(tmp_path / "vault", KEYS, write=True) as store:
        told = []
        for _ in range(3):
            resolve(tally, Roster(), store, KEYS)
            told.append((list(store.known()), sorted(store.blocks()), store.digest("open")))
    assert told[0] == told[1] == told[2]


def test_small_blocks_become_one(tmp_path: Path) -> None:
    """A project that is given text by text holds one block and not one for each."""
    made = _cut(60, 5)
    with IdentityStore(tmp_path / "vault", KEYS, write=True) as store:
        for one in made:
            resolve(_of([one]), Roster(), store, KEYS)
        (held,) = store.blocks()
    whole = Tally()
    for one in made:
        whole.read(one)
    assert held == whole.to_bytes(ids=False)


def test_evidence_of_the_one_blob_is_read(tmp_path: Path) -> None:
    """What was held before there were blocks still counts, and becomes a block."""
    made = _cut(60, 30)
    with IdentityStore(tmp_path / "vault", KEYS, write=True) as store:
        with store.transaction():
            store._put_blob("evidence", blocks.lasting(made[0]))
        resolve(_of(made[1:]), Roster(), store, KEYS)
        assert len(list(store.blocks())) == 1
        persons = list(store.persons())
    with IdentityStore(tmp_path / "other", KEYS, write=True) as store:
        resolve(_of(made), Roster(), store, KEYS)
        assert persons == list(store.persons())


@given(st.lists(evidence(), max_size=8))
def test_scopes_are_those_of_the_tally(items: list[Evidence]) -> None:
    """What a lean tally leaves out of accounts is told by the blocks."""
    tally = Tally()
    for item in items:
        tally.add(item)
    expected = [
        (node, list(scopes))
        for account, scopes in tally.accounts()
        if account.sighting.platform != SPEAKER
        for node, _ in identifiers(account)
    ]
    found = [(node, list(scopes)) for node, scopes in blocks.scopes(blocks.of_tally(tally))]
    # Behind those of accounts stand those of texts, which may be the same ones.
    assert found[: len(expected)] == expected
    lean = Tally()
    lean.read(tally.to_bytes(), lean=True)
    assert not lean.ids
    assert [account for account, _ in lean.accounts()] == [a for a, _ in tally.accounts()]
    assert not any(scopes for _, scopes in lean.accounts())


def test_ids_are_told_block_by_block() -> None:
    """All known ids are told, though no tally holds them together."""
    made = _cut(40, 15)
    assert set(blocks.ids(_of(made))) == Tally.from_bytes(_cut(40, 40)[0]).ids
