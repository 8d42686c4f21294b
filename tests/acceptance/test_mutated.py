"""Whatever the bytes, reading ends in records, problems or an error of this program.

`tests/benchmarks/fuzzing.py` does what the last test does with ten thousand inputs of a family.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anonymize.errors import AnonymizeError
from anonymize.formats.intake import take_in
from anonymize.run.tasks import items
from tests import generators, strategies
from tests.acceptance import damage
from tests.canaries_activity import canary_activity
from tests.fuzz_runs import Bench, Case, Verdict, campaign, prepared
from tests.fuzz_seeds import FAMILIES

LIST = b"[" + b",\n".join(generators.canary_jsonl_v1()[0].splitlines()) + b"]\n"
FILES: dict[str, tuple[str, bytes]] = {
    "takeout": ("a.zip", generators.make_takeout(3)),
    "jsonl-v1": ("a.jsonl", generators.canary_jsonl_v1()[0]),
    "jsonl-v2": ("a.jsonl", generators.canary_jsonl_v2()[0]),
    "csv": ("a.csv", generators.make_csv(3)),
    "gold": ("a.jsonl", generators.canary_gold()[0]),
    "txt": ("a.txt", generators.make_interview(5)),
    "vtt": ("a.vtt", generators.canary_vtt()[0]),
    "srt": ("a.srt", generators.canary_srt()[0]),
    "activity": ("a.jsonl", canary_activity()[0]),
    "list": ("a.json", LIST),
    "gz": ("a.jsonl.gz", gzip.compress(LIST, mtime=0)),
    "bz2": ("a.jsonl.bz2", bz2.compress(LIST)),
    "xz": ("a.jsonl.xz", lzma.compress(LIST)),
    "js": ("tweets.js", damage.tweets_js(b"a \\ud83d b")),
}


def _name(name: str) -> str:
    return f"n{len(name)}"


@pytest.mark.parametrize("form", FILES)
def test_no_bytes_make_a_reader_fail_otherwise(form: str) -> None:
    """Of a mutated file, reading yields items or raises an `AnonymizeError`, and that alone."""
    name, data = FILES[form]
    folder = Path(tempfile.mkdtemp())

    @settings(
        max_examples=60,
        deadline=10_000,
        derandomize=True,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(strategies.mutated(data))
    def read(damaged: bytes) -> None:
        (folder / name).write_bytes(damaged)
        try:
            intake = take_in([str(folder / name)], name_token=_name)
            for shard in intake.shards:
                for _ in items(shard):
                    pass
        except AnonymizeError as error:
            assert error.exit_code == 4  # noqa: PT017 - both ways are right

    checked: Callable[[], None] = read
    try:
        checked()
    finally:
        shutil.rmtree(folder)


@given(st.binary(max_size=200))
@settings(max_examples=60, deadline=10_000, derandomize=True, database=None)
def test_no_bytes_make_the_intake_fail_otherwise(data: bytes) -> None:
    """Bytes of no format at all, under any suffix, are read or refused with 4."""
    with tempfile.TemporaryDirectory() as made:
        for suffix in (".jsonl", ".csv", ".txt", ".vtt", ".srt", ".js", ".zip", ""):
            path = Path(made) / f"a{suffix}"
            path.write_bytes(data)
            try:
                for shard in take_in([str(path)], name_token=_name).shards:
                    list(items(shard))
            except AnonymizeError as error:
                assert error.exit_code == 4  # noqa: PT017 - both ways are right


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """Return where runs are made, with a stand-in for the named-entity model."""
    with prepared():
        yield Bench(tmp_path_factory.mktemp("bench"))


@pytest.mark.parametrize("family", FAMILIES)
def test_whole_runs_keep_their_promises(family: str, bench: Bench) -> None:
    """A mutated input ends with a code of its own, in one line or a release whose counts agree.

    Nothing is written elsewhere, no original said, nothing left behind, no end is waited for.
    """
    faults: dict[int, tuple[str, ...]] = {}

    def seen(number: int, one: Case, verdict: Verdict) -> None:
        del one
        if verdict.faults:
            faults[number] = verdict.faults

    campaign(bench, family, FAMILIES[family](), seed=0, numbers=range(12), seen=seen)
    assert faults == {}
