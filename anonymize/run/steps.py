"""The steps of a run, from what was asked for to parts in staging: plan, scan, link, apply.

Given again, a step takes up every shard whose receipt and outputs are what they would be now.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from anonymize.errors import FormatError
from anonymize.formats.intake import Intake, take_in
from anonymize.model.documents import Shard
from anonymize.model.keys import Keys
from anonymize.model.policies import Policy
from anonymize.model.receipts import Receipt
from anonymize.model.roster import Roster
from anonymize.model.version import VERSION
from anonymize.rulepacks.policies import load_policy
from anonymize.rulepacks.roster import load_roster
from anonymize.rulepacks.study import Study, load_study
from anonymize.run import engines, facts, ledger, naming, project, reduce, summary, tasks, wording
from anonymize.run.engines import Task
from anonymize.run.executors import Executor, Order
from anonymize.run.progress import Progress
from anonymize.run.project import Workspace
from anonymize.run.publish import Describe
from anonymize.run.spec import RunSpec
from anonymize.run.tasks import Job

_SCANS = "2"
"""Raised whenever the files that scanning leaves are written in another way."""
_TYPED = ("found/type", "review")
"""Groups of counters that report and README name entity types from."""


@dataclass(slots=True)
class Run:
    """A run under way."""

    spec: RunSpec
    space: Workspace
    keys: Keys
    study: Study
    policy: Policy
    policy_name: str
    roster: Roster
    packs: tuple[str, ...]
    languages: tuple[str, ...]
    describe: Describe
    progress: Progress
    executor: Executor
    intake: Intake = field(init=False)
    scans: dict[int, str] = field(default_factory=dict)
    unaided: dict[str, int] = field(default_factory=dict)


def prepare(
    spec: RunSpec,
    space: Workspace,
    keys: Keys,
    describe: Describe,
    progress: Progress,
    executor: Executor,
) -> Run:
    """Read settings, policy and roster, and find out what there is to do.

    Raises:
        FormatError: If there is nothing to convert.
        AnonymizeError: If something cannot be read.
    """
    study = load_study(space.settings)
    policy_name = spec.policy or study.policy
    languages = engines.spoken(spec.language or study.language)
    job = Run(
        spec,
        space,
        keys,
        study,
        load_policy(policy_name),
        policy_name,
        load_roster(spec.people or space.people),
        spec.packs or engines.with_languages(study.packs, languages),
        languages,
        describe,
        progress,
        executor,
    )
    job.intake = take_in(
        [str(path) for path in spec.inputs],
        name_token=naming.inside(keys),
        shard_bytes=spec.shard_bytes or study.shard_bytes,
        columns=dict(spec.columns) or _columns(study) or None,
        encoding=spec.encoding or None,
        include=spec.include or study.include,
        guard=tasks.held,
        drop_unknown_parts=spec.drop_unknown_parts,
    )
    ruled = any(one.reason == "rule" for one in job.intake.dropped)
    if not ruled and not any(shard.output for shard in job.intake.shards):
        raise FormatError("there is nothing to convert in the input")
    return job


def link(job: Run, scanned: Mapping[int, Receipt]) -> reduce.State:
    """Link what was scanned and name everybody.

    Args:
        job: The run; it learns how many texts no model reads.
        scanned: A receipt for each shard.
    """
    shown = (scanned[shard.index] for shard in job.intake.shards if shard.output)
    job.unaided = summary.group(summary.total(shown), "unaided")
    job.progress.start("link", 1)
    state = reduce.reduce(
        job.space,
        job.keys,
        [tasks.stem(job.scans[shard.index]) for shard in job.intake.shards],
        job.roster,
        job.policy,
        engines.rule_packs(job.packs),
        _own_words(job),
    )
    job.progress.advance()
    job.progress.finish()
    return state


def _own_words(job: Run) -> frozenset[str]:
    """Return the words of an empty release: described once, read, and thrown away."""
    blank = job.space.private / "blank"
    if blank.exists():
        shutil.rmtree(blank)
    blank.mkdir()
    known = dict.fromkeys((*facts.LANGUAGES, "xx"), 1)
    blanks = {**facts_of(job, reduce.State(""), known), "title": ""}
    reasons = {f"withheld/{reason}": 1 for reason in ("consent", "deleted-post", "control-line")}
    reasons |= {f"{part}/{kind}": 1 for part in _TYPED for kind in sorted(job.policy.review)}
    job.describe(blank, {}, summary.report(reasons, {}, [], blanks))
    try:
        return wording.own_words(job.policy.name, engines.rule_packs(job.packs), blank)
    finally:
        shutil.rmtree(blank)


def _columns(study: Study) -> dict[str, str]:
    return {name: role for role, names in study.columns.items() for name in names}


def task_of(job: Run) -> Task:
    """Return what is the same for all jobs of all stages."""
    return Task(
        str(job.space.root.absolute()),
        job.policy_name,
        job.packs,
        job.languages,
        job.policy.recall,
        key=job.keys.id(),
    )


def fingerprints(job: Run, shards: Iterable[Shard]) -> None:
    """Say of each of these shards what its scan depends on; their files are read for it.

    Raises:
        FormatError: If a file cannot be read.
    """
    versions = engines.versions(job.packs, job.languages, job.policy.recall)
    sources: dict[str, str] = {}
    for shard in shards:
        if shard.source not in sources:
            try:
                sources[shard.source] = ledger.digest(Path(shard.source))
            except OSError:
                raise FormatError(f"{shard.label}: cannot be read") from None
        what = {**asdict(shard), "source": sources[shard.source], "index": 0, "label": ""}
        what["head"] = what["tail"] = what["between"] = ""
        job.scans[shard.index] = ledger.fingerprint(
            "scan", _SCANS, VERSION, versions, job.languages, job.keys.id(), what
        )


def scan(job: Run, shards: Sequence[Shard]) -> dict[int, Receipt]:
    """Scan every one of these shards that is not scanned already."""
    fingerprints(job, shards)
    return work(job, scanning(job, shards))


def scanning(job: Run, shards: Sequence[Shard]) -> Order:
    """Return what is to be done to scan these shards; see `fingerprints`."""
    jobs = [Job(shard, job.scans[shard.index]) for shard in shards]
    return Order("scan", tasks.scan_shard, task_of(job), jobs, job.space.scans)


def application(job: Run, state: reduce.State, scanned: Mapping[int, Receipt]) -> Order:
    """Return what is to be done to every shard with an output, its folder made."""
    all_of_it = ledger.fingerprint("apply", VERSION, state.digest, job.policy, job.packs)
    folder = job.space.staging / all_of_it[:16]
    if not folder.is_dir():
        project.clear_staging(job.space)
        folder.mkdir(mode=0o700, parents=True)
    first: Counter[str] = Counter()
    jobs = []
    for shard in job.intake.shards:
        if shard.output:
            scan_ = job.scans[shard.index]
            print_ = ledger.fingerprint(all_of_it, scan_, asdict(shard))
            jobs.append(Job(shard, print_, first[shard.file], scan_))
            first[shard.file] += scanned[shard.index].counts["items"]
    task = replace(task_of(job), folder=str(folder.absolute()), state=state.digest)
    return Order("apply", tasks.apply_shard, task, jobs, folder)


def done(space: Workspace, order: Order) -> dict[int, Receipt]:
    """Return the valid receipts there are, by shard."""
    book = ledger.Ledger(space.receipts)
    found = (book.find(order.stage, one.fingerprint, order.folder) for one in order.jobs)
    return {
        one.shard.index: receipt
        for one, receipt in zip(order.jobs, found, strict=True)
        if receipt is not None
    }


def work(job: Run, order: Order) -> dict[int, Receipt]:
    """Do the jobs that have no valid receipt, and return all receipts by shard."""
    receipts = done(job.space, order)
    left = [one for one in order.jobs if one.shard.index not in receipts]
    job.progress.start(order.stage, len(order.jobs))
    job.progress.advance(len(receipts))
    for receipt in job.executor.execute(replace(order, jobs=left)):
        receipts[receipt.shard] = receipt
        counts = receipt.counts
        records = counts.get("items", 0) or counts.get("records/read", 0)
        job.progress.advance(records=records)
    job.progress.finish()
    return receipts


def facts_of(job: Run, state: reduce.State, unaided: Mapping[str, int]) -> dict[str, Any]:
    """Return what a report says beside its counts."""
    roster = bool(job.roster.rows)
    return {
        **facts.facts(job.study, job.policy, job.packs, job.languages, unaided, roster=roster),
        "key_id": job.keys.id(),
        "identities": dict(state.identities),
        "problems": dict(state.problems),
    }
