"""Acceptance point 5: the same input and key give the same bytes, however the work is done."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from anonymize import api
from anonymize.errors import SecretError
from tests.corpora import contents, differing, write_mixed

SMALL, LARGE = 4000, 1 << 30
SEEDS = (1, 4242)


@dataclass(frozen=True, slots=True)
class Bench:
    """Inputs, an untouched project, and a place for the variants of a run."""

    inputs: tuple[Path, ...]
    pristine: Path
    folder: Path

    def project(self, name: str) -> Path:
        """Return a copy of the untouched project: same key, nothing known yet."""
        home = self.folder / name / "study"
        shutil.copytree(self.pristine, home)
        return home

    def run(
        self,
        name: str,
        *,
        policy: str = "safeguarded",
        workers: int = 1,
        shard_bytes: int = LARGE,
    ) -> Path:
        """Run on a copy of the project and return the shared folder, named after the variant."""
        home = self.project(name)
        done = api.run(
            list(self.inputs),
            out=home.with_name(f"share-{name}"),
            project=home,
            policy=policy,
            workers=workers,
            shard_bytes=shard_bytes,
        )
        return done.out


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Return inputs of every sort and a project."""
    folder = tmp_path_factory.mktemp("invariance")
    inputs = write_mixed(folder / "in")
    made = api.Project.create(folder / "pristine")
    return Bench(tuple(inputs), made.root, folder)


@pytest.fixture(scope="module")
def reference(bench: Bench) -> Callable[[str], Path]:
    """Return the shared folder of an undisturbed run in one process, by policy, made once."""
    made: dict[str, Path] = {}

    def of(policy: str) -> Path:
        if policy not in made:
            made[policy] = bench.run(f"reference-{policy}", policy=policy)
        return made[policy]

    return of


def test_two_workers(bench: Bench, reference: Callable[[str], Path]) -> None:
    """Two processes give the bytes one process gives."""
    shared = bench.run("workers", workers=2, shard_bytes=SMALL)
    assert differing(shared, reference("safeguarded")) == []


@pytest.mark.parametrize("policy", ["safeguarded", "open"])
def test_shard_sizes(bench: Bench, reference: Callable[[str], Path], policy: str) -> None:
    """Many small shards give the bytes one shard a file gives."""
    shared = bench.run(f"shards-{policy}", policy=policy, shard_bytes=SMALL)
    receipts = list((shared.parent / "study" / "private" / "receipts").glob("apply-*.json"))
    assert len(receipts) > 10, "the input was not cut"
    assert differing(shared, reference(policy)) == []


def test_hash_seeds(bench: Bench, reference: Callable[[str], Path]) -> None:
    """The program started under two hash seeds gives the same bytes."""
    started = []
    for seed in SEEDS:
        home = bench.project(f"seed-{seed}")
        out = home.with_name("share")
        words = [*map(str, bench.inputs), "--out", str(out), "--project", str(home), "--quiet"]
        process = subprocess.Popen(
            [sys.executable, "-m", "anonymize", "run", *words],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append((process, out))
    for process, out in started:
        _, said = process.communicate(timeout=120)
        assert process.returncode in {0, 10}, said
        assert differing(out, reference("safeguarded")) == []


def test_fingerprints_do_not_depend_on_the_hash_seed() -> None:
    """What a policy is told apart by is the same in every process, or no resume reuses work."""
    program = (
        "from anonymize.run.ledger import fingerprint\n"
        "from anonymize.rulepacks.policies import load_policy\n"
        "print(fingerprint('apply', load_policy('safeguarded')))\n"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            check=True,
        ).stdout
        for seed in range(4)
    }
    assert len(said) == 1


def test_a_moved_project_and_a_second_run(
    bench: Bench,
    reference: Callable[[str], Path],
) -> None:
    """A project folder moved after its first run gives the same bytes in the second."""
    first = bench.run("before-the-move")
    scans = first.parent / "study" / "private" / "scans"
    times = {path.name: path.stat().st_mtime_ns for path in scans.iterdir()}
    moved = bench.folder / "elsewhere" / "my study"
    moved.parent.mkdir()
    (first.parent / "study").rename(moved)
    done = api.run(list(bench.inputs), out=moved.with_name("s"), project=moved, shard_bytes=LARGE)
    assert differing(done.out, reference("safeguarded")) == []
    again = {path.name: path.stat().st_mtime_ns for path in (moved / "private/scans").iterdir()}
    assert again == times, "finished scans were not reused"


def test_a_changed_key_is_refused(bench: Bench) -> None:
    """With another key than the vault was written with, a run ends with exit code 6."""
    shared = bench.run("changed-key")
    home = shared.parent / "study"
    other = api.Project.create(bench.folder / "other-key")
    shutil.copyfile(other.root / "private" / "key", home / "private" / "key")
    with pytest.raises(SecretError) as refused:
        api.run(list(bench.inputs), out=home.with_name("second"), project=home)
    assert refused.value.exit_code == 6
    assert not home.with_name("second").exists()


def test_nothing_is_reused_under_another_key(bench: Bench) -> None:
    """After a change of key and vault, a run gives what a fresh project of that key gives."""
    home = bench.run("renewed-key").parent / "study"
    fresh = api.Project.create(bench.folder / "renewed" / "study")
    shutil.copyfile(fresh.root / "private" / "key", home / "private" / "key")
    (home / "private" / "vault.sqlite").unlink()
    inputs = list(bench.inputs)
    stale = api.run(inputs, out=home.with_name("second"), project=home, shard_bytes=LARGE)
    clean = api.run(inputs, out=fresh.root.with_name("s"), project=fresh.root, shard_bytes=LARGE)
    assert differing(stale.out, clean.out) == []
    assert contents(stale.out)["audit/head.json"].count(fresh.key_id.encode()) == 1


def test_two_keys_give_two_results(bench: Bench, reference: Callable[[str], Path]) -> None:
    """The same input under another key shares no data file with the first."""
    other = api.Project.create(bench.folder / "second-key" / "study")
    done = api.run(list(bench.inputs), out=other.root.with_name("share"), project=other.root)
    mine, theirs = contents(done.out / "data"), contents(reference("safeguarded") / "data")
    assert set(mine) & set(theirs) == set()
    assert set(mine.values()) & set(theirs.values()) == set()
