"""Executors: one function from jobs to receipts, in this process or in several.

Documents never cross a process border: a job names a shard, a worker reads it, and what comes
back is a receipt.  The key travels by reference to its file.
"""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TypeVar

from anonymize.errors import WorkspaceError
from anonymize.model.receipts import Receipt

Job = TypeVar("Job")

_RECYCLE = 64
"""Jobs a worker does before it is replaced, so that no library's growth adds up."""


def serial(work: Callable[[Job], Receipt], jobs: Sequence[Job]) -> Iterator[Receipt]:
    """Do the jobs one after the other in this process."""
    for job in jobs:
        yield work(job)


def processes(
    work: Callable[[Job], Receipt],
    jobs: Sequence[Job],
    workers: int,
) -> Iterator[Receipt]:
    """Do the jobs in `workers` processes; receipts come as they are finished.

    Raises:
        WorkspaceError: If a worker was killed; finished shards are kept.
        AnonymizeError: Whatever a job raised.
    """
    # spawn on every system: fork copies locks of threads and does not exist on Windows.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(
        workers,
        mp_context=context,
        initializer=_end_with_parent,
        max_tasks_per_child=_RECYCLE,
    )
    waiting = list(reversed(jobs))
    running: set[Future[Receipt]] = set()
    try:
        while waiting or running:
            while waiting and len(running) < 2 * workers:
                running.add(pool.submit(work, waiting.pop()))
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
    except BrokenProcessPool:
        raise WorkspaceError(
            "a worker process was killed; run the same command again to go on from there",
        ) from None
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _end_with_parent() -> None:
    """End this worker when the run is killed, so that it never writes into the next one."""

    def watch() -> None:
        parent = multiprocessing.parent_process()
        if parent is not None:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, name="parent watch", daemon=True).start()


def execute(
    work: Callable[[Job], Receipt],
    jobs: Sequence[Job],
    workers: int,
) -> Iterator[Receipt]:
    """Do the jobs with as many processes as asked for and useful."""
    workers = min(workers, len(jobs))
    return serial(work, jobs) if workers <= 1 else processes(work, jobs, workers)


def available() -> int:
    """Return the number of processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
