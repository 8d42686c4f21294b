"""Executors: one function from the jobs of a stage to receipts, here or in several processes.

Documents never cross a process border: a job names a shard, a worker reads it, and what comes
back is a receipt.  The key travels by reference to its file.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import resource_tracker
from multiprocessing.context import BaseContext
from pathlib import Path
from typing import Protocol

from anonymize.errors import WorkspaceError
from anonymize.model.receipts import Receipt
from anonymize.run.engines import Task
from anonymize.run.tasks import Job

_RECYCLE = 64
"""Jobs a worker does before it is replaced, so that no library's growth adds up."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done in a stage.

    Attributes:
        stage: `scan` or `apply`.
        work: Does a job and writes its receipt.
        task: What is the same for all jobs.
        jobs: One for each shard that is left.
        folder: Where the outputs of the jobs lie.
    """

    stage: str
    work: Callable[[Task, Job], Receipt]
    task: Task
    jobs: Sequence[Job]
    folder: Path


class Executor(Protocol):
    """Does what is ordered; kept from stage to stage, so that workers start once."""

    def execute(self, order: Order) -> Iterator[Receipt]:
        """Yield the receipt of each job, in any order.

        Raises:
            WorkspaceError: If workers were lost; finished shards are kept.
            AnonymizeError: Whatever a job raised.
        """

    def close(self) -> None:
        """Let go of the workers."""


class Serial:
    """Does the jobs one after the other in this process."""

    def execute(self, order: Order) -> Iterator[Receipt]:
        """Yield the receipt of each job, in order."""
        for job in order.jobs:
            yield order.work(order.task, job)

    def close(self) -> None:
        """Do nothing."""


class _Lane:
    """A worker process, replaced after so many jobs; it is given one at a time.

    A pool of one, not one pool of all: the death of a worker then tells which job it died of,
    and harms no other.
    """

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._jobs = 0

    def submit(self, order: Order, job: Job) -> Future[Receipt]:
        if self._jobs >= _RECYCLE:
            self.close()
        self._jobs += 1
        with interrupts_held():
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, mp_context=_context(), initializer=_begin)
            return self._pool.submit(order.work, order.task, job)

    def close(self) -> None:
        """End the worker once it has done what it is at."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
        self._pool, self._jobs = None, 0


def _context() -> BaseContext:
    """Return how processes are started.

    Never by a fork of this one, which copies locks of threads.  A server that has done nothing
    but import can be forked; elsewhere than on Linux libraries of the system stand in the way.
    """
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["anonymize.run.warm"])
    return context


class Processes:
    """Does the jobs in several processes on this machine; to be closed.

    No more shards are on their way than there are workers.  A shard whose worker was killed is
    done again once.

    Args:
        workers: Number of processes; fewer are started where there are fewer jobs.
    """

    def __init__(self, workers: int) -> None:
        self._others = set(multiprocessing.active_children())
        self._lanes = [_Lane() for _ in range(workers)]

    def execute(self, order: Order) -> Iterator[Receipt]:
        """Yield receipts as they come.

        Raises:
            WorkspaceError: If workers were killed twice at the same shard.
            AnonymizeError: Whatever a job raised.
        """
        if len(order.jobs) == 1:
            # Sooner done than a worker is started.
            yield from Serial().execute(order)
            return
        waiting = deque(order.jobs)
        idle = list(reversed(self._lanes))
        busy: dict[Future[Receipt], tuple[_Lane, Job]] = {}
        again: set[str] = set()
        try:
            while waiting or busy:
                while waiting and idle:
                    lane, job = idle.pop(), waiting.popleft()
                    busy[lane.submit(order, job)] = lane, job
                done, _ = wait(busy, return_when=FIRST_COMPLETED)
                for future in done:
                    lane, job = busy.pop(future)
                    idle.append(lane)
                    try:
                        receipt = future.result()
                    except BrokenProcessPool:
                        lane.close()
                        if job.fingerprint in again:
                            raise lost(job) from None
                        again.add(job.fingerprint)
                        waiting.appendleft(job)
                        continue
                    yield receipt
        except (KeyboardInterrupt, GeneratorExit):
            for child in set(multiprocessing.active_children()) - self._others:
                child.terminate()
            raise
        finally:
            # What others are at is finished, and need not be done again.
            if busy:
                self.close()

    def close(self) -> None:
        """End the workers."""
        for lane in self._lanes:
            lane.close()


def lost(job: Job) -> WorkspaceError:
    """Return what is said when a shard was the death of two workers."""
    return WorkspaceError(
        f"{job.shard.label}: a worker was killed while it was at this file, and another after "
        "it; is there enough memory? Run the same command again to go on from there",
    )


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
def interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while workers are started, and answer it afterwards.

    Workers take over that it is blocked before `_deaf` can run.  In this process a thread of a
    library may take it instead, and a worker whose start it cut short would be nobody's.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    answer = signal.signal(signal.SIGINT, lambda number, _: came.append(number))
    try:
        with _blocked():
            yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_DFL if answer is None else answer)
    if came and callable(answer):
        answer(came[0], None)


@contextlib.contextmanager
def _blocked() -> Iterator[None]:
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Whose own start would let Ctrl-C through again.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
