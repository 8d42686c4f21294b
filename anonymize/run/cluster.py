"""The executor that works on a cluster of `dask.distributed`.

A scheduler and its pages, logs and spilled files are seen by more people than the researcher;
see `run.remote` for what they are told.  The workers need the project folder and the inputs
under the same paths, and the same versions of this program and its models.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import islice
from typing import TYPE_CHECKING, Any

from anonymize.errors import AnonymizeError, EngineError, UsageError, WorkspaceError
from anonymize.model.keys import Keys
from anonymize.model.receipts import Receipt
from anonymize.run import ledger, plans, remote
from anonymize.run.executors import Order, interrupts_held, lost
from anonymize.run.project import Workspace
from anonymize.run.tasks import Job

if TYPE_CHECKING:
    from distributed import Client

LOCAL = "local"
"""Instead of an address: workers on this machine, for this run only."""
_ANSWER = 30
"""Seconds a scheduler is given to answer."""
_SEEN = 90
"""Seconds until a file another machine wrote must be seen: network file systems cache for 60."""
_AHEAD = 2
"""Jobs on their way for each thread of the cluster."""

_QUIET: dict[str, Any] = {
    # No page at all, and no samples of what runs.
    "distributed.scheduler.http.routes": [],
    "distributed.worker.http.routes": [],
    "distributed.worker.profile.enabled": False,
    # A shard whose worker was killed is done again once.
    "distributed.scheduler.allowed-failures": 1,
    "distributed.admin.log-length": 0,
}


class Cluster:
    """Does the jobs on a cluster; to be closed.

    Args:
        address: Of the scheduler, or `local`.
        workers: Number of processes of a local one.
        space: The project.
        keys: Its keys.

    Raises:
        UsageError: If dask is not installed, or no scheduler answers.
    """

    def __init__(self, address: str, workers: int, space: Workspace, keys: Keys) -> None:
        self._space = space
        self._keys = keys
        self._stack = ExitStack()
        self._stack.callback(_log_level(logging.CRITICAL))
        try:
            self._client = self._connect(address, workers)
        except BaseException:
            self._stack.close()
            raise

    def _connect(self, address: str, workers: int) -> Client:
        try:
            import dask.config
            from distributed import Client, LocalCluster
        except ImportError:
            raise UsageError("--scheduler wants dask: pip install 'anonymize[cluster]'") from None
        if address != LOCAL:
            try:
                client = Client(address, timeout=_ANSWER, set_as_default=False)
            except (OSError, ValueError):
                raise UsageError("--scheduler: no scheduler answers at this address") from None
            return self._stack.enter_context(client)
        # On this machine's own disk, and gone afterwards.
        scratch = tempfile.mkdtemp(prefix="anonymize-")
        self._stack.callback(shutil.rmtree, scratch, ignore_errors=True)
        self._stack.enter_context(dask.config.set(_QUIET))
        # Others on this machine can reach its ports: without the certificate they get nothing.
        with interrupts_held():
            cluster = LocalCluster(
                n_workers=workers,
                threads_per_worker=1,
                host="127.0.0.1",
                security=True,
                memory_limit=0,
                local_directory=scratch,
                dashboard_address=None,
                scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
                silence_logs=logging.CRITICAL,
            )
            self._stack.enter_context(cluster)
            return self._stack.enter_context(Client(cluster, set_as_default=False))

    def execute(self, order: Order) -> Iterator[Receipt]:
        """Yield receipts as they come.

        Raises:
            WorkspaceError: If workers were lost twice at the same shard, or the scheduler was.
            AnonymizeError: Whatever a job raised.
        """
        from distributed import as_completed

        name = ledger.fingerprint(order.stage, order.task, [j.fingerprint for j in order.jobs])[:32]
        folder = self._space.plans / name
        plans.write(folder, self._keys, order.stage, order.task, order.jobs)
        numbers = iter(range(len(order.jobs)))
        running: dict[str, int] = {}
        futures: dict[str, Any] = {}
        again: set[str] = set()

        def submit(number: int) -> Any:
            job = order.jobs[number]
            key = f"{order.stage}-{job.fingerprint}"
            running[key] = number
            futures[key] = self._client.submit(
                remote.perform, order.task.project, name, number, key=key, pure=False
            )
            return futures[key]

        try:
            begun = [submit(one) for one in islice(numbers, self._room())]
            ahead = as_completed(begun, loop=self._client.loop)
            for future in ahead:
                number = running.pop(future.key)
                if future.status == "cancelled" and future.key not in again:
                    # The connection broke, and what waited for it is no more: asked once again.
                    again.add(future.key)
                    ahead.add(submit(number))
                    continue
                job = order.jobs[number]
                self._check(future, job)
                del futures[future.key]
                for number in islice(numbers, max(0, self._room() - len(running))):
                    ahead.add(submit(number))
                yield self._receipt(order, job)
        finally:
            if futures:
                self._client.cancel(list(futures.values()))
            shutil.rmtree(folder, ignore_errors=True)

    def _room(self) -> int:
        """Return how many jobs may be on their way; workers of a cluster come and go."""
        threads: dict[str, int] = self._client.nthreads()
        return _AHEAD * max(1, sum(threads.values()))

    def _check(self, future: Any, job: Job) -> None:
        """Raise what became of a job, unless it was done."""
        from distributed import KilledWorker

        if future.status == "finished":
            failure = future.result()
            if failure is not None:
                raise remote.failed(self._keys, failure)
            return
        if future.status != "error":
            raise WorkspaceError(
                "the scheduler was lost; run the same command again to go on from there"
            )
        error = future.exception()
        if isinstance(error, KilledWorker):
            raise lost(job)
        if isinstance(error, ImportError):
            raise EngineError("a worker has no anonymize, or not the version of this run")
        raise AnonymizeError(f"a worker could not begin: {type(error).__name__}")

    def _receipt(self, order: Order, job: Job) -> Receipt:
        """Return the receipt of a job that was done, once this machine sees it.

        Raises:
            WorkspaceError: If it never does.
        """
        book = ledger.Ledger(self._space.receipts)
        end = time.monotonic() + _SEEN
        while (found := book.find(order.stage, job.fingerprint, order.folder)) is None:
            if time.monotonic() > end:
                raise WorkspaceError(
                    f"{job.shard.label}: a worker has done it, but what it wrote is not here; is "
                    "the project on a file system all machines share?",
                )
            time.sleep(0.2)
        return found

    def close(self) -> None:
        """Let go of the cluster; one of this machine ends."""
        self._stack.close()


def _log_level(level: int) -> Any:
    """Quieten dask, whose logs name addresses and paths; return what undoes it."""
    logger = logging.getLogger("distributed")
    before = logger.level
    logger.setLevel(level)
    return lambda: logger.setLevel(before)
