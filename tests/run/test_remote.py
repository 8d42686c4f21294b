"""Workers elsewhere are told where to look, and tell no more than that they are done."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from anonymize.errors import (
    AnonymizeError,
    EngineError,
    FormatError,
    RuleError,
    SecretError,
    WorkspaceError,
)
from anonymize.model.documents import Shard
from anonymize.model.keys import Keys
from anonymize.model.receipts import Receipt
from anonymize.run import ledger, plans, project, remote
from anonymize.run.engines import Task
from anonymize.run.project import Workspace
from anonymize.run.tasks import Job

SECRET = "Jezebel Quillfeather"
KEYS = Keys(bytes(32))


def _jobs(number: int) -> list[Job]:
    shard = Shard(
        0, "table", f"{SECRET}\udcff.csv", f"{SECRET}/a", 3, 9, SECRET, "t.csv", "", b"\xff\n",
        b",", b"]", (("delimiter", ";"),), "gzip",
    )  # fmt: skip
    return [
        Job(dataclasses.replace(shard, index=i), f"{i:064}", i, f"{i + 1:064}")
        for i in range(number)
    ]


def _task(root: Path) -> Task:
    return Task(str(root), "safeguarded", ("core",), folder=str(root))


def test_a_plan_is_read_as_it_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every job comes back, by number and one after the other, with an absolute path."""
    monkeypatch.setattr(plans, "_TOGETHER", 3)
    monkeypatch.chdir(tmp_path)
    jobs = _jobs(7)
    plans.write(tmp_path / "p", KEYS, "apply", _task(tmp_path), jobs)
    common = plans.common(tmp_path / "p", KEYS)
    source = str(tmp_path / jobs[0].shard.source)
    wanted = [
        dataclasses.replace(job, shard=dataclasses.replace(job.shard, source=source))
        for job in jobs
    ]
    assert (common.stage, common.task, common.number) == ("apply", _task(tmp_path), 7)
    assert [plans.job(tmp_path / "p", KEYS, number) for number in range(7)] == wanted
    assert list(plans.every(tmp_path / "p", KEYS, common)) == wanted
    assert not any(SECRET.encode() in path.read_bytes() for path in (tmp_path / "p").iterdir())


def test_no_plan_and_another_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is not there, or of another version of the program, is said."""
    with pytest.raises(WorkspaceError, match="not in the project"):
        plans.common(tmp_path / "p", KEYS)
    plans.write(tmp_path / "p", KEYS, "apply", _task(tmp_path), [])
    monkeypatch.setattr(plans, "VERSION", "0.0.0")
    with pytest.raises(WorkspaceError, match="another version"):
        plans.common(tmp_path / "p", KEYS)


def test_a_worker_that_would_decide_otherwise(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A worker with other rule packs, models or policies does nothing."""
    plans.write(tmp_path / "p", KEYS, "apply", _task(tmp_path), _jobs(1))
    monkeypatch.setattr(plans, "versions_of", lambda *_: {"policy": "other"})
    with pytest.raises(EngineError, match="other models, rule packs or policies"):
        remote._common(tmp_path / "p", KEYS)


@pytest.mark.parametrize("kind", [FormatError, RuleError, WorkspaceError, AnonymizeError])
def test_a_failure_is_sealed(kind: type[AnonymizeError]) -> None:
    """The message of an error crosses the cluster sealed, and arrives with its type."""
    error = RuleError([SECRET]) if kind is RuleError else kind(SECRET)
    sealed = remote._sealed(KEYS, error)
    assert SECRET.encode() not in sealed
    again = remote.failed(KEYS, (error.exit_code, sealed))
    assert (type(again), str(again)) == (kind, SECRET)


def test_a_worker_without_the_project(tmp_path: Path) -> None:
    """A worker that does not see the key says so, without a word of its own."""
    failure = remote.perform(str(tmp_path / "nowhere"), "p", 0)
    assert failure == (SecretError.exit_code, b"")
    assert "same path" in str(remote.failed(KEYS, failure))


def test_what_is_done_is_not_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler that lost an answer asks again; the work is there already."""
    space = project.create(tmp_path / "study")
    keys = space.keys()
    (job,) = _jobs(1)
    plans.write(space.plans / "p", keys, "apply", _task(space.root), [job])
    asked: list[Job] = []

    def work(task: Task, one: Job) -> Receipt:
        del task
        asked.append(one)
        receipt = Receipt("apply", one.shard.index, one.fingerprint)
        ledger.Ledger(Workspace(space.root).receipts).write(receipt)
        return receipt

    monkeypatch.setitem(remote.WORK, "apply", work)
    assert remote.perform(str(space.root), "p", 0) is None
    assert remote.perform(str(space.root), "p", 0) is None
    assert len(asked) == 1
