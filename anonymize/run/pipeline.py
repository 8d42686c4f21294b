"""The order of stages: plan, scan, link and decide, apply, verify, publish.

Killed at any point, a run leaves no shared folder; given again, it takes up every shard whose
receipt and outputs are what they would be now.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

from anonymize.detect.known import KnownMatcher
from anonymize.errors import FormatError
from anonymize.formats.intake import Intake, take_in
from anonymize.link.store import IdentityStore
from anonymize.model.keys import Keys
from anonymize.model.policies import Policy
from anonymize.model.receipts import Receipt
from anonymize.model.roster import Roster
from anonymize.model.version import VERSION
from anonymize.rulepacks.policies import load_policy
from anonymize.rulepacks.roster import load_roster
from anonymize.rulepacks.study import Study, load_study
from anonymize.run import (
    engines,
    facts,
    keyfile,
    ledger,
    naming,
    project,
    publish,
    reduce,
    summary,
    tasks,
    wording,
)
from anonymize.run.engines import Task
from anonymize.run.executors import execute
from anonymize.run.progress import Progress, Silent
from anonymize.run.project import Workspace
from anonymize.run.publish import Describe
from anonymize.run.spec import RunSpec, check
from anonymize.run.tasks import Job


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run did.

    Attributes:
        report: The content of `report.json`.
        out: The shared folder.
        project: The project folder.
    """

    report: Mapping[str, Any]
    out: Path
    project: Path

    @property
    def partial(self) -> bool:
        """Whether something is missing that its owner did not know of."""
        dropped = self.report["dropped"]
        return bool(
            self.report["records"]["withheld"]
            or dropped["unknown"]
            or any(item["reason"] == "unknown" for item in dropped["files"])
        )


@dataclass(slots=True)
class _Run:
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
    intake: Intake = field(init=False)
    scans: dict[int, str] = field(default_factory=dict)
    unaided: dict[str, int] = field(default_factory=dict)


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
        if unlock is not None and keyfile.is_locked(space.key):
            unlock()
        job = _prepare(spec, space, describe, progress or Silent())
        return _carry_out(job)


def _workspace(spec: RunSpec) -> Workspace:
    if spec.project is not None or spec.home.exists():
        return project.locate(spec.home)
    return project.create(spec.home)


def _prepare(
    spec: RunSpec,
    space: Workspace,
    describe: Describe,
    progress: Progress,
) -> _Run:
    study = load_study(space.settings)
    policy_name = spec.policy or study.policy
    languages = engines.spoken(spec.language or study.language)
    return _Run(
        spec,
        space,
        space.keys(),
        study,
        load_policy(policy_name),
        policy_name,
        load_roster(spec.people or space.people),
        spec.packs or engines.with_languages(study.packs, languages),
        languages,
        describe,
        progress,
    )


def _carry_out(job: _Run) -> Outcome:
    job.intake = take_in(
        [str(path) for path in job.spec.inputs],
        name_token=naming.inside(job.keys),
        shard_bytes=job.spec.shard_bytes or job.study.shard_bytes,
        columns=dict(job.spec.columns) or _columns(job.study) or None,
        encoding=job.spec.encoding or None,
        include=job.spec.include or job.study.include,
        guard=tasks.held,
        drop_unknown_parts=job.spec.drop_unknown_parts,
    )
    ruled = any(one.reason == "rule" for one in job.intake.dropped)
    if not ruled and not any(shard.output for shard in job.intake.shards):
        raise FormatError("there is nothing to convert in the input")
    scanned = _scan(job)
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
    return _publish(job, state, *_apply(job, state, scanned))


_SCANS = "2"
"""Raised whenever the files that scanning leaves are written in another way."""
_TYPED = ("found/type", "review")
"""Groups of counters that report and README name entity types from."""


def _own_words(job: _Run) -> frozenset[str]:
    """Return the words of an empty release: described once, read, and thrown away."""
    blank = job.space.private / "blank"
    if blank.exists():
        shutil.rmtree(blank)
    blank.mkdir()
    known = dict.fromkeys((*facts.LANGUAGES, "xx"), 1)
    blanks = {**_facts(job, reduce.State(""), known), "title": ""}
    reasons = {f"withheld/{reason}": 1 for reason in ("consent", "deleted-post", "control-line")}
    reasons |= {f"{part}/{kind}": 1 for part in _TYPED for kind in sorted(job.policy.review)}
    job.describe(blank, {}, summary.report(reasons, {}, [], blanks))
    try:
        return wording.own_words(job.policy.name, engines.rule_packs(job.packs), blank)
    finally:
        shutil.rmtree(blank)


def _columns(study: Study) -> dict[str, str]:
    return {name: role for role, names in study.columns.items() for name in names}


def _task(job: _Run) -> Task:
    """Return what is the same for all jobs of all stages."""
    return Task(
        str(job.space.root),
        job.policy_name,
        job.packs,
        job.languages,
        job.policy.recall,
        key=job.keys.id(),
    )


def _scan(job: _Run) -> dict[int, Receipt]:
    """Scan every shard that is not scanned already."""
    versions = dict(engines.detector(job.packs, job.languages, job.policy.recall).versions)
    sources: dict[str, str] = {}
    for shard in job.intake.shards:
        if shard.source not in sources:
            try:
                sources[shard.source] = ledger.digest(Path(shard.source))
            except OSError:
                raise FormatError(f"{shard.label}: cannot be read") from None
    for shard in job.intake.shards:
        what = {**asdict(shard), "source": sources[shard.source], "index": 0, "label": ""}
        what["head"] = what["tail"] = what["between"] = ""
        job.scans[shard.index] = ledger.fingerprint(
            "scan", _SCANS, VERSION, versions, job.languages, job.keys.id(), what
        )
    jobs = [Job(shard, job.scans[shard.index]) for shard in job.intake.shards]
    task = _task(job)
    return _work(job, "scan", tasks.scan_shard, task, jobs, job.space.private / "scans")


def _apply(
    job: _Run,
    state: reduce.State,
    scanned: Mapping[int, Receipt],
) -> tuple[list[Job], dict[int, Receipt], Path]:
    """Apply the decisions to every shard with an output that is not done already."""
    shards = [shard for shard in job.intake.shards if shard.output]
    all_of_it = ledger.fingerprint("apply", VERSION, state.digest, job.policy, job.packs)
    folder = job.space.staging / all_of_it[:16]
    if not folder.is_dir():
        project.clear_staging(job.space)
        folder.mkdir(mode=0o700, parents=True)
    first: Counter[str] = Counter()
    jobs = []
    for shard in shards:
        print_ = ledger.fingerprint(all_of_it, job.scans[shard.index], asdict(shard))
        jobs.append(Job(shard, print_, first[shard.file]))
        first[shard.file] += scanned[shard.index].counts["items"]
    task = replace(
        _task(job),
        folder=str(folder),
        state=state.digest,
        scans=tuple(job.scans[index] for index in sorted(job.scans)),
    )
    return jobs, _work(job, "apply", tasks.apply_shard, task, jobs, folder), folder


def _work(
    job: _Run,
    stage: str,
    work: Callable[[Task, Job], Receipt],
    task: Task,
    jobs: Sequence[Job],
    folder: Path,
) -> dict[int, Receipt]:
    """Do the jobs that have no valid receipt, and return all receipts by shard."""
    book = ledger.Ledger(job.space.private / "receipts")
    receipts: dict[int, Receipt] = {}
    left: list[Job] = []
    for one in jobs:
        done = book.find(stage, one.fingerprint, folder)
        if done is None:
            left.append(one)
        else:
            receipts[one.shard.index] = done
    job.progress.start(stage, len(jobs))
    job.progress.advance(len(receipts))
    for receipt in execute(partial(work, task), left, job.spec.workers):
        receipts[receipt.shard] = receipt
        job.progress.advance()
    job.progress.finish()
    return receipts


def _publish(
    job: _Run,
    state: reduce.State,
    jobs: list[Job],
    applied: Mapping[int, Receipt],
    folder: Path,
) -> Outcome:
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
    about = _facts(job, state, job.unaided)

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
    publish.publish(root, job.spec.out)
    project.clear_staging(job.space)
    project.note(
        job.space,
        {
            "event": "run",
            "policy": job.policy.name,
            "records": content["records"],
            "audit": content["audit"],
        },
    )
    return Outcome(content, job.spec.out, job.space.root)


def _dropped(job: _Run, name: Callable[[str], str]) -> list[dict[str, str]]:
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


def _facts(job: _Run, state: reduce.State, unaided: Mapping[str, int]) -> dict[str, Any]:
    roster = bool(job.roster.rows)
    return {
        **facts.facts(job.study, job.policy, job.packs, job.languages, unaided, roster=roster),
        "key_id": job.keys.id(),
        "identities": dict(state.identities),
        "problems": dict(state.problems),
    }
