"""Every executor does every job once."""

from __future__ import annotations

import os
import signal

import pytest

from anonymize.errors import FormatError, WorkspaceError
from anonymize.model.receipts import Receipt
from anonymize.run import executors


def _work(job: int) -> Receipt:
    return Receipt("scan", job, f"{job:064}", {}, {"items": job})


def _fail(job: int) -> Receipt:
    raise FormatError(f"#{job}: damaged")


def _die(job: int) -> Receipt:
    os.kill(os.getpid(), signal.SIGKILL)
    return _work(job)


@pytest.mark.parametrize("workers", [1, 2])
def test_every_job_is_done_once(workers: int) -> None:
    """The receipts are the same whatever the number of workers."""
    receipts = list(executors.execute(_work, list(range(7)), workers))

    assert sorted(r.shard for r in receipts) == list(range(7))


@pytest.mark.parametrize("workers", [1, 2])
def test_an_error_keeps_its_type(workers: int) -> None:
    """What a worker raises arrives with type and message."""
    with pytest.raises(FormatError, match="damaged"):
        list(executors.execute(_fail, [1, 2, 3], workers))


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
def test_a_killed_worker_is_said() -> None:
    """A worker that is killed ends the run with the way to go on."""
    with pytest.raises(WorkspaceError, match="run the same command again"):
        list(executors.execute(_die, [1, 2, 3], 2))


def test_no_jobs_are_no_trouble() -> None:
    """Nothing to do is done."""
    assert list(executors.execute(_work, [], 2)) == []
