from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from anonymize.link.evidence import Evidence
from anonymize.link.resolve import resolve
from anonymize.link.store import IdentityStore
from anonymize.link.tally import Tally
from anonymize.model.keys import Keys
from anonymize.model.roster import Roster
from tests.link.stories import Study, account, label, row, said, tallied
from tests.strategies_link import evidence

KEYS = Keys(b"k" * 32)
ROSTER = Roster((row("T1", "Jane Smith", "JS", handles=["jane_s"]), row("T2", "Tom Baker")))


def _outcome(folder: Path, *shards: list[Evidence]) -> object:
    """Return everything a fresh store says after linking the shards."""
    path = folder / "s.sqlite"
    path.unlink(missing_ok=True)
    total = Tally()
    for shard in shards:
        total.merge(tallied(*shard))
    with IdentityStore(path, KEYS, write=True) as store:
        found = resolve(total, ROSTER, store, KEYS)
        surfaces = ("Jane", "Smith", "Jane Smith", "J. Smith", "JS", "Ms Smith", "Will", "Rose")
        people = [
            store.named(scope, surface.lower().replace(".", ""))
            for surface in surfaces
            for scope in ("", "one", "two")
        ]
        return found, list(store.persons()), list(store.known()), people


@settings(max_examples=40, deadline=None)
@given(
    st.lists(evidence(), max_size=14).flatmap(lambda x: st.tuples(st.just(x), st.permutations(x)))
)
def test_order_and_cut_do_not_matter(
    tmp_path_factory: object, drawn: tuple[list[Evidence], list[Evidence]],
) -> None:  # fmt: skip
    """Shuffled evidence, cut otherwise, gives the same persons, ids, names and problems."""
    folder = tmp_path_factory.mktemp("s")  # type: ignore[attr-defined]
    items, shuffled = drawn
    half = len(items) // 2
    assert _outcome(folder, items) == _outcome(folder, shuffled[:half], shuffled[half:])


@settings(max_examples=40, deadline=None)
@given(st.lists(evidence(), max_size=10), st.lists(evidence(), max_size=10))
def test_a_second_run_keeps_what_the_first_issued(
    tmp_path_factory: object, first: list[Evidence], second: list[Evidence],
) -> None:  # fmt: skip
    """Adding data never loses an id, gives no id twice, and repeating a run changes nothing."""
    folder: Path = tmp_path_factory.mktemp("s")  # type: ignore[attr-defined]
    with IdentityStore(folder / "s.sqlite", KEYS, write=True) as store:
        resolve(tallied(*first), ROSTER, store, KEYS)
        before = [one.id for one in store.persons()]
        resolve(tallied(*second), ROSTER, store, KEYS)
        assert all(store.person(one) is not None for one in before)
        after = list(store.persons())
        handles = [pair for one in after for pair in one.handles]
        assert len(handles) == len(set(handles))
        users = [pair for one in after for pair in one.user_ids]
        assert len(users) == len(set(users))
        again = resolve(tallied(*second), ROSTER, store, KEYS)
        assert list(store.persons()) == after
        assert again.counts["link/merged"] == again.counts["link/split"] == 0


def test_an_issued_pseudonym_stays(study: Study) -> None:
    """A person keeps her id when later data tells more of her."""
    study.link(account("", "jane_s"), said("Anouk Visser", "t"))
    jane, anouk = study.handle("jane_s").id, study.named("Anouk Visser").id
    study.link(
        account("111111", "jane_s", name="Jane Smith"),
        roster=[row("T1", "Jane Smith", handles=["jane_s"])],
    )
    assert study.user("111111").id == jane
    assert study.named("Jane").roster == "T1"
    assert study.named("Anouk Visser").id == anouk


def test_a_merge_keeps_the_first_and_is_recorded(study: Study) -> None:
    """Two persons found to be one keep the id issued first, and both pseudonyms lead to her."""
    study.link(account("111111", "first_one"))
    study.link(account("222222", "second_one"))
    first, second = study.user("111111").id, study.user("222222").id
    found = study.link(
        roster=[row("T1", "Jane Smith", handles=["first_one", "second_one"])],
    )
    assert study.user("222222").id == study.user("111111").id == first
    assert found.counts["link/merged"] == 1
    (change,) = study.store.history()
    assert (change.kind, change.kept, change.ids) == ("merge", first, (second,))
    (revealed,) = study.store.persons_by_surrogate(second)
    assert revealed.id == first
    assert second not in [one.id for one in study.store.persons()]


def test_weak_evidence_does_not_rename_an_account(study: Study) -> None:
    """A lone given name issued earlier gives way to the account it turns out to be."""
    study.link(said("Jane", "t"))
    lone = study.named("Jane").id
    study.link(account("111111", "jane_s"))
    issued = study.user("111111").id
    study.link(account("111111", "jane_s", name="Jane Smith"))
    assert study.user("111111").id == study.named("Jane", "t").id == issued
    assert lone not in [one.id for one in study.store.persons()]


def test_a_later_namesake_does_not_inherit(study: Study) -> None:
    """When a second account bears a name, the first keeps its id and the name is neither's."""
    study.link(account("111111", "jane_a", name="Jane Smith"), said("Jane Smith", "t"))
    first = study.user("111111").id
    study.link(account("222222", "jane_b", name="Jane Smith"))
    assert study.user("111111").id == first
    assert study.named("Jane Smith", "t").ambiguous
    study.link()
    assert study.named("Jane Smith", "t").ambiguous


def test_a_corrected_roster_parts_people(study: Study) -> None:
    """Persons a wrong row had joined are two again, only one keeps the id, and it is recorded."""
    study.link(roster=[row("T1", "Jane Smith", handles=["one_h", "two_h"])])
    joined = study.handle("one_h").id
    found = study.link(
        roster=[row("T1", "Jane Smith", handles=["one_h"]),
                row("T2", "Tom Baker", handles=["two_h"])],
    )  # fmt: skip
    assert study.handle("one_h").id == joined != study.handle("two_h").id
    assert found.counts["link/split"] == 1


_SCRIPT = """
import sys
from pathlib import Path
from tests.link.stories import account, label, row, said, tallied
from anonymize.link.resolve import resolve
from anonymize.link.store import IdentityStore
from anonymize.model.keys import Keys
from anonymize.model.roster import Roster

keys = Keys(b"k" * 32)
items = [account(str(n) * 6, f"h{n}_x", f"g{n}_x", name=f"Jane {n}") for n in range(1, 9)]
items += [said(w, s) for w in ("Jane", "Tom", "Ms Smith", "J. Smith") for s in ("a", "b")]
items += [label(w, "a") for w in ("Jane Smith", "TB", "Anouk")]
with IdentityStore(Path(sys.argv[1]), keys, write=True) as store:
    found = resolve(tallied(*items), Roster((row("T", "Tom Baker"),)), store, keys)
    print(found.counts, list(map(repr, store.persons())))
    print([one.names for one in store.persons()], list(map(repr, store.known())))
"""


def test_hash_seed_does_not_matter(tmp_path: Path) -> None:
    """Two hash seeds give the same persons in the same order."""
    outputs = []
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", _SCRIPT, str(tmp_path / seed)]
        done = subprocess.run(command, env=env, check=True, capture_output=True, cwd=Path.cwd())
        outputs.append(done.stdout)
    assert outputs[0] == outputs[1]
    assert b"Jane" in outputs[0]


def test_labels_are_resolved_once(study: Study) -> None:
    """Linking counts persons, ambiguities and known identifiers."""
    found = study.link(label("Jane Smith", "one"), said("Tom Baker", "one"))
    assert found.counts["link/persons"] == 2
    assert found.counts["link/known"] == 6  # both, and the parts of both
