"""Executors: one function from jobs to receipts, in this process or in several.

Documents never cross a process border: a job names a shard, a worker reads it, and what comes
back is a receipt.  The key travels by reference to its file.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
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
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        workers, mp_context=context, initializer=_begin, max_tasks_per_child=_RECYCLE
    )
    waiting = list(reversed(jobs))
    running: set[Future[Receipt]] = set()
    try:
        while waiting or running:
            with _interrupts_held():
                while waiting and len(running) < 2 * workers:
                    running.add(pool.submit(work, waiting.pop()))
            done, running = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                yield future.result()
    except BrokenProcessPool:
        raise WorkspaceError(
            "a worker process was killed; run the same command again to go on from there",
        ) from None
    except (KeyboardInterrupt, GeneratorExit):
        for child in set(multiprocessing.active_children()) - others:
            child.terminate()
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """Prepare a worker: it outlives a Ctrl-C that its run answers, but never its run."""
    _deaf()
    threading.Thread(target=_end_with_parent, name="parent watch", daemon=True).start()


def _end_with_parent() -> None:
    """End this worker when its run was killed, lest it write into the next one's files."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _deaf() -> None:
    """Leave Ctrl-C, which a terminal sends to every process of a group, to the first of them."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while workers are started, who take that over before `_deaf` can run."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


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
