"""The order of stages: plan, scan, link and decide, apply, verify, publish.

Killed at any point, a run leaves no shared folder; given again, it takes up every shard whose
receipt and outputs are what they would be now.
"""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anonymize.detect.known import KnownMatcher
from anonymize.link.store import IdentityStore
from anonymize.model.keys import Keys
from anonymize.model.receipts import Receipt
from anonymize.run import (
    again,
    facts,
    keyfile,
    ledger,
    naming,
    project,
    publish,
    reduce,
    steps,
    summary,
    tasks,
)
from anonymize.run.executors import Executor, Order, Processes, Serial
from anonymize.run.progress import Progress, Silent
from anonymize.run.project import Workspace
from anonymize.run.publish import Describe
from anonymize.run.spec import RunSpec, check
from anonymize.run.steps import Run


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did.

    Attributes:
        report: The content of `report.json`.
        out: The shared folder.
        project: The project folder.
        unchanged: Whether it is a copy of the release before, of which nothing has changed.
    """

    report: Mapping[str, Any]
    out: Path
    project: Path
    unchanged: bool = False

    @property
    def partial(self) -> bool:
        """Whether something is missing that its owner did not know of."""
        dropped = self.report["dropped"]
        return bool(
            self.report["records"]["withheld"]
            or dropped["unknown"]
            or any(item["reason"] == "unknown" for item in dropped["files"])
        )


def run(
    spec: RunSpec,
    describe: Describe,
    progress: Progress | None = None,
    unlock: Callable[[], None] | None = None,
) -> Outcome:
    """Carry out a run.

    Args:
        spec: What was asked for.
        describe: Writes what surrounds the data; see `publish.Describe`.
        progress: Told how far it is.
        unlock: Called when the key is locked, to make its passphrase available.

    Raises:
        AnonymizeError: See `anonymize.errors`; nothing is published then.
    """
    check(spec)
    space = _workspace(spec)
    with project.locked(space):
        keys = opened(space, unlock)
        tidy(space)
        with executor(spec, space, keys) as workers:
            job = steps.prepare(spec, space, keys, describe, progress or Silent(), workers)
            scanned = steps.scan(job, job.intake.shards)
            made_from = again.depends_on(job)
            copy = space.staging / "copy"
            if (content := again.copied(job, made_from, copy)) is not None:
                return _published(job, copy, content, unchanged=True)
            state = steps.link(job, scanned)
            order = steps.application(job, state, scanned)
            applied = steps.work(job, order)
        done = finish(job, state, order, applied)
        again.remember(job, made_from, done.out)
        return done


def _workspace(spec: RunSpec) -> Workspace:
    if spec.project is not None or spec.home.exists():
        return project.locate(spec.home)
    return project.create(spec.home)


def opened(space: Workspace, unlock: Callable[[], None] | None) -> Keys:
    """Return the project's keys; where they are locked, `unlock` is called first."""
    if unlock is not None and keyfile.is_locked(space.key):
        unlock()
    return space.keys()


def tidy(space: Workspace) -> None:
    """Remove what killed runs left unfinished; the project is held by this process alone."""
    ledger.sweep(space.scans, space.receipts)
    ledger.sweep(*space.staging.glob("*"), *space.orders.glob("*"))
    shutil.rmtree(space.plans, ignore_errors=True)


@contextlib.contextmanager
def executor(spec: RunSpec, space: Workspace, keys: Keys) -> Iterator[Executor]:
    """Give what does the work as the run asks for it: here, in processes, or on a cluster.

    Raises:
        UsageError: If there is no such cluster.
    """
    if spec.scheduler:
        from anonymize.run.cluster import Cluster

        workers: Executor = Cluster(spec.scheduler, spec.workers, space, keys)
    elif spec.workers > 1:
        workers = Processes(spec.workers)
    else:
        workers = Serial()
    with contextlib.closing(workers):
        yield workers


def finish(
    job: Run,
    state: reduce.State,
    order: Order,
    applied: Mapping[int, Receipt],
    make_way: Callable[[], None] | None = None,
) -> Outcome:
    """Put the parts together, verify, and give the shared folder its name.

    Args:
        job: The run.
        state: What was decided.
        order: What was done to each shard.
        applied: A receipt for each of them.
        make_way: Called when all is verified and nothing but the name is missing.

    Raises:
        LeakError: If a known identifier stands in what was written.
    """
    jobs, folder = order.jobs, order.folder
    counts = summary.total(applied.values())
    name = naming.shared(job.keys.tier(job.policy.name))
    dropped = _dropped(job, name)
    release = publish.Release(
        tuple(one.shard for one in jobs),
        tuple(folder / tasks.stem(one.fingerprint) for one in jobs),
        job.policy.keyed_order,
        tuple(dropped),
        summary.group(counts, "dropped/unknown"),
        name,
    )
    files = summary.by_file((name(one.shard.file), applied[one.shard.index]) for one in jobs)
    about = steps.facts_of(job, state, job.unaided)

    def report(late: Mapping[str, Any]) -> dict[str, Any]:
        return summary.report(counts, files, dropped, {**about, **late})

    root = folder / "share"
    if root.exists():
        shutil.rmtree(root)
    root.mkdir()
    job.progress.start("verify", 1)
    with IdentityStore(job.space.vault, job.keys) as store:
        content = publish.seal(
            release,
            root,
            keys=job.keys,
            known=store.known,
            is_id=store.is_id,
            study=facts.described(job.study),
            report=report,
            describe=job.describe,
        )
    job.progress.advance()
    job.progress.finish()
    if make_way is not None:
        make_way()
    return _published(job, root, content)


def _published(
    job: Run,
    root: Path,
    content: Mapping[str, Any],
    *,
    unchanged: bool = False,
) -> Outcome:
    """Give a folder in staging its name, and note the run."""
    publish.publish(root, job.spec.out)
    project.clear_staging(job.space)
    project.note(
        job.space,
        {
            "event": "run",
            "policy": job.policy.name,
            "records": content["records"],
            "audit": content["audit"],
            "unchanged": unchanged,
        },
    )
    return Outcome(content, job.spec.out, job.space.root, unchanged)


def _dropped(job: Run, name: Callable[[str], str]) -> list[dict[str, str]]:
    """Return the files left out; a new file of a platform by its own name if that is nobody's."""
    given = sorted({item.given for item in job.intake.dropped if item.given})
    personal: set[str] = set()
    if given:
        with IdentityStore(job.space.vault, job.keys) as store:
            matcher = KnownMatcher(store.known(), is_id=store.is_id)
            personal = {one for one in given if matcher.find(one)}
    return [
        {
            "name": item.given if item.given and item.given not in personal else item.name,
            "reason": item.reason,
            "container": name(item.container),
        }
        for item in job.intake.dropped
    ]
