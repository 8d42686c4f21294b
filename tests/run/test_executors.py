"""Every executor does every job once, and a killed worker costs nothing but time."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from anonymize.errors import FormatError, WorkspaceError
from anonymize.model.documents import Shard
from anonymize.model.receipts import Receipt
from anonymize.run.engines import Task
from anonymize.run.executors import Executor, Order, Processes, Serial
from anonymize.run.tasks import Job


def _work(task: Task, job: Job) -> Receipt:
    del task
    return Receipt("scan", job.shard.index, job.fingerprint, {}, {"items": 1})


def _fail(task: Task, job: Job) -> Receipt:
    del task
    raise FormatError(f"#{job.shard.index}: damaged")


def _die(task: Task, job: Job) -> Receipt:
    """Kill the process at one of the jobs, each time."""
    if job.shard.index == 2:
        os.kill(os.getpid(), signal.SIGKILL)
    return _work(task, job)


def _die_once(task: Task, job: Job) -> Receipt:
    """Kill the process at one of the jobs, the first time."""
    mark = Path(task.project) / "killed"
    if job.shard.index == 2 and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return _work(task, job)


def _order(work: Callable[[Task, Job], Receipt], folder: Path, jobs: int = 5) -> Order:
    made = [Job(Shard(i, "plain", f"{i}.txt", label=f"#{i}"), f"{i:064}") for i in range(jobs)]
    return Order("scan", work, Task(str(folder), "safeguarded", ()), made, folder)


def _executor(workers: int) -> Executor:
    return Serial() if workers == 1 else Processes(workers)


@pytest.mark.parametrize("workers", [1, 2])
def test_every_job_is_done_once(workers: int, tmp_path: Path) -> None:
    """The receipts are the same whatever the number of workers, also of a second order."""
    executor = _executor(workers)
    for jobs in (7, 0, 3):
        receipts = list(executor.execute(_order(_work, tmp_path, jobs)))
        assert sorted(r.shard for r in receipts) == list(range(jobs))
    executor.close()


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_keeps_its_type(workers: int, tmp_path: Path) -> None:
    """What a worker raises arrives with type and message."""
    executor = _executor(workers)
    with pytest.raises(FormatError, match="damaged"):
        list(executor.execute(_order(_fail, tmp_path)))
    executor.close()


def test_workers_are_replaced(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """After so many jobs a worker makes room for a new one, and no job is lost."""
    monkeypatch.setattr("anonymize.run.executors._RECYCLE", 2)
    with closing(Processes(1)) as executor:
        receipts = list(executor.execute(_order(_work, tmp_path, 3)))
    assert sorted(r.shard for r in receipts) == list(range(3))


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_a_killed_worker_is_replaced(tmp_path: Path) -> None:
    """A shard whose worker was killed is done again by another; no other is done twice."""
    with closing(Processes(2)) as executor:
        receipts = list(executor.execute(_order(_die_once, tmp_path)))
    assert (tmp_path / "killed").exists()
    assert sorted(r.shard for r in receipts) == list(range(5))


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_what_kills_twice_is_named(tmp_path: Path) -> None:
    """A shard that kills two workers ends the run with its label and the way to go on."""
    with (
        closing(Processes(2)) as executor,
        pytest.raises(WorkspaceError, match=r"#2: .* Run the same command again"),
    ):
        list(executor.execute(_order(_die, tmp_path)))
