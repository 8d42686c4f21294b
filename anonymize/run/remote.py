"""What a worker on a cluster does: one job of a plan, told by reference.

A scheduler keeps, logs and shows what tasks are given, what they return and how they fail.
Here that is the path of the project, the name of a plan and a number; nothing; and the number
of an exit code with a message sealed by the project's key.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

from anonymize import errors
from anonymize.errors import AnonymizeError, EngineError, RuleError, SecretError
from anonymize.link.sealing import seal, unseal
from anonymize.model.keys import Keys
from anonymize.model.receipts import Receipt
from anonymize.run import keyfile, ledger, plans, tasks
from anonymize.run.engines import Task
from anonymize.run.project import Workspace
from anonymize.run.tasks import Job

Failure: TypeAlias = tuple[int, bytes]
"""Exit code and sealed message; the message is empty where there was no key to seal it."""

WORK: dict[str, Callable[[Task, Job], Receipt]] = {
    "scan": tasks.scan_shard,
    "apply": tasks.apply_shard,
}
"""What is done in each stage."""

_ONE = ThreadPoolExecutor(1, "anonymize")
"""A worker may have many threads; a model and a database are those of one."""


def perform(project: str, plan: str, number: int) -> Failure | None:
    """Do a job; what comes of it lies in the project then.

    Args:
        project: The project folder, as this machine knows it.
        plan: Name of a plan there.
        number: Of the job in the plan.

    Returns:
        None, or what went wrong.
    """
    return _ONE.submit(_perform, project, plan, number).result()


def _perform(project: str, plan: str, number: int) -> Failure | None:
    keys: Keys | None = None
    try:
        with tasks.told():
            space = Workspace(Path(project))
            keys = _keys(project, keyfile.public_id(space.key))
            folder = space.plans / plan
            common = _common(folder, keys)
            job = plans.job(folder, keys, number)
            # A scheduler that lost an answer asks again.
            outputs = Path(common.task.folder) if common.stage == "apply" else space.scans
            book = ledger.Ledger(space.receipts)
            if book.find(common.stage, job.fingerprint, outputs) is None:
                WORK[common.stage](common.task, job)
    except AnonymizeError as error:
        sealed = b"" if keys is None else _sealed(keys, error)
        return error.exit_code, sealed
    return None


@lru_cache(maxsize=1)
def _keys(project: str, key: str) -> Keys:
    """Return the project's keys, which a passphrase makes dear to open, by their public id."""
    del key
    return Workspace(Path(project)).keys()


@lru_cache(maxsize=2)
def _common(folder: Path, keys: Keys) -> plans.Common:
    """Return what is the same for all jobs, once it is clear that this worker may do them.

    Raises:
        EngineError: If it would find or decide other things than the run itself.
    """
    found = plans.common(folder, keys)
    if plans.versions_of(found.stage, found.task) != dict(found.versions):
        raise EngineError(
            "a worker has other models, rule packs or policies than the run it works for"
        )
    return found


def _sealed(keys: Keys, error: AnonymizeError) -> bytes:
    said = {"kind": type(error).__name__, "message": str(error)}
    return seal(keys, "failure", json.dumps(said).encode())


def failed(keys: Keys, failure: Failure) -> AnonymizeError:
    """Return the error a worker met."""
    code, sealed = failure
    if not sealed:
        if code == SecretError.exit_code:
            return SecretError(
                "a worker cannot open the project's key: it must see the project folder under "
                f"the same path, as the same user, and have {keyfile.PASSPHRASE_VARIABLE} set "
                "where the key is locked",
            )
        return AnonymizeError("a worker failed before it had opened the key")
    said = json.loads(unseal(keys, "failure", sealed))
    kind: type[AnonymizeError] = getattr(errors, said["kind"])
    return RuleError([said["message"]]) if kind is RuleError else kind(said["message"])
