"""Plans: what is to be done in a stage, sealed in the project.

Whoever works elsewhere is told the project's folder, the name of a plan and a number; names of
files, first bytes of files and whatever else a shard holds are read from here.

```
private/plans/NAME/
  task     what is the same for all jobs, and what does the work
  0, 1 …   the jobs, so many a file
```
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from anonymize.errors import WorkspaceError
from anonymize.link.sealing import seal, unseal
from anonymize.model.documents import Shard
from anonymize.model.keys import Keys
from anonymize.model.policies import Recall
from anonymize.model.version import VERSION
from anonymize.rulepacks import location
from anonymize.rulepacks.policies import load_policy
from anonymize.run import engines, ledger
from anonymize.run.engines import Task
from anonymize.run.tasks import Job

_TOGETHER = 500
"""Jobs a file holds: a worker reads one file a job, and a large collection has 12,000 jobs."""
_BYTES = ("head", "between", "tail")


@dataclass(frozen=True, slots=True)
class Common:
    """What is the same for all jobs of a plan.

    Attributes:
        stage: `scan` or `apply`.
        task: Of the run, with absolute paths.
        number: How many jobs there are.
        versions: See `versions_of`.
        program: Version of this program.
    """

    stage: str
    task: Task
    number: int
    versions: Mapping[str, str]
    program: str = VERSION


def versions_of(stage: str, task: Task) -> dict[str, str]:
    """Return what must be the same wherever a stage is worked on: models, packs, policy."""
    if stage == "scan":
        return engines.versions(task.packs, task.languages, task.recall)
    packs = {f"pack/{one.name}": one.digest for one in engines.rule_packs(task.packs)}
    return {**packs, "policy": ledger.fingerprint(load_policy(task.policy))}


def write(folder: Path, keys: Keys, stage: str, task: Task, jobs: Sequence[Job]) -> None:
    """Write a plan.

    Args:
        folder: Where; its name is part of what is sealed.
        keys: Of the project.
        stage: Name of the stage.
        task: Of the run.
        jobs: In the order in which they are numbered.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    task = replace(
        task,
        policy=absolute(task.policy, "policies"),
        packs=tuple(absolute(name, "packs") for name in task.packs),
    )
    common = Common(stage, task, len(jobs), versions_of(stage, task))
    for start in range(0, len(jobs), _TOGETHER):
        rows = [_row(job) for job in jobs[start : start + _TOGETHER]]
        put(folder / str(start // _TOGETHER), keys, rows)
    # Last, so that a plan with a task is whole.
    put(folder / "task", keys, asdict(common))


def common(folder: Path, keys: Keys) -> Common:
    """Return what is the same for all jobs of a plan.

    Raises:
        WorkspaceError: If there is no such plan, or another version of the program wrote it.
    """
    content = get(folder / "task", keys)
    if content["program"] != VERSION:
        raise WorkspaceError("a worker has another version of anonymize than the run it works for")
    made = content["task"]
    task = Task(
        **{
            **made,
            "packs": tuple(made["packs"]),
            "languages": tuple(made["languages"]),
            "recall": Recall(made["recall"]),
        }
    )
    return Common(content["stage"], task, content["number"], content["versions"])


def job(folder: Path, keys: Keys, number: int) -> Job:
    """Return a job of a plan.

    Raises:
        WorkspaceError: If there is no such plan.
    """
    return jobs(folder, keys, number // _TOGETHER)[number % _TOGETHER]


def every(folder: Path, keys: Keys, known: Common) -> Iterator[Job]:
    """Yield all jobs of a plan."""
    for start in range(0, known.number, _TOGETHER):
        yield from jobs(folder, keys, start // _TOGETHER)


@lru_cache(maxsize=2)
def jobs(folder: Path, keys: Keys, block: int) -> tuple[Job, ...]:
    """Return the jobs of one file of a plan."""
    return tuple(map(_job, get(folder / str(block), keys)))


def put(path: Path, keys: Keys, content: Any) -> None:
    """Write JSON, sealed, at once or not at all."""
    # What JSON escapes may stand in a path: half of a surrogate pair.
    data = json.dumps(content, ensure_ascii=True, default=dict).encode()
    part = ledger.part_of(path)
    with part.open("wb") as file:
        file.write(seal(keys, "plan", data, row=f"{path.parent.name}/{path.name}"))
        ledger.commit(file, part, path)


def get(path: Path, keys: Keys) -> Any:
    """Return what `put` wrote.

    Raises:
        WorkspaceError: If there is nothing.
        SecretError: If it was written with another key, or changed.
    """
    try:
        sealed = path.read_bytes()
    except OSError:
        raise WorkspaceError("what was planned is not in the project; see --scheduler") from None
    return json.loads(unseal(keys, "plan", sealed, row=f"{path.parent.name}/{path.name}"))


def absolute(name: str, kind: str) -> str:
    """Return the path of a file as every directory knows it; names of what is shipped stay.

    Args:
        name: Of a policy or pack, or a file.
        kind: `policies` or `packs`.
    """
    return name if name in location.names(kind) else os.path.abspath(name)  # noqa: PTH100


def _row(one: Job) -> list[Any]:
    shard = {item.name: getattr(one.shard, item.name) for item in fields(one.shard)}
    shard |= {name: shard[name].hex() for name in _BYTES}
    shard["source"] = os.path.abspath(one.shard.source)  # noqa: PTH100 - `resolve` follows links
    return [shard, one.fingerprint, one.first, one.scan]


def _job(row: Sequence[Any]) -> Job:
    shard, fingerprint, first, scan = row
    made = {**shard, **{name: bytes.fromhex(shard[name]) for name in _BYTES}}
    made["options"] = tuple((key, value) for key, value in shard["options"])
    return Job(Shard(**made), fingerprint, first, scan)
