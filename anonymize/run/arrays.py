"""Runs in parts, for job arrays that know of no scheduler: `--shard i/n`, then `gather`.

All parts share the project folder.  Each scans every n-th shard; what they leave is joined by
`gather`, which links once, applies decisions and publishes.  Between two gatherings the same
parts may apply the decisions to their shards:

```
run --shard i/n     scans                      (array)
gather              links, says what to apply  (optional)
run --shard i/n     applies                    (array, optional)
gather --out DIR    links, applies what is left, verifies, publishes
```
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from anonymize.errors import UsageError, WorkspaceError
from anonymize.model.documents import Shard
from anonymize.model.keys import Keys
from anonymize.model.receipts import Receipt
from anonymize.run import ledger, plans, project, steps, tasks
from anonymize.run.executors import Order
from anonymize.run.outcomes import Linked, PartDone
from anonymize.run.pipeline import Outcome, executor, finish, opened, tidy
from anonymize.run.progress import Progress, Silent
from anonymize.run.project import Workspace
from anonymize.run.publish import Describe
from anonymize.run.spec import PART, Part, RunSpec, check, check_inputs, holds_parts
from anonymize.run.steps import Run

_ORDER, _APPLY = "order", "apply"
_SAID = ("policy", "people", "packs", "language", "encoding", "shard_bytes", "include",
         "drop_unknown_parts")  # fmt: skip
"""What of a `RunSpec` makes a run what it is, beside inputs and columns."""


def run_part(
    spec: RunSpec,
    part: Part,
    describe: Describe,
    progress: Progress | None = None,
    unlock: Callable[[], None] | None = None,
) -> PartDone:
    """Do what can be done now of a part of a run.

    Args:
        spec: What was asked for, the same for all parts; `out` is where `gather` is told of it.
        part: Which.
        describe: See `publish.Describe`.
        progress: Told how far it is.
        unlock: Called when the key is locked.

    Raises:
        UsageError: If there is no project yet: parts that begin at once would each make one.
        AnonymizeError: See `anonymize.errors`.
    """
    if spec.scheduler:
        raise UsageError("--shard is for job arrays without a scheduler; leave out --scheduler")
    check(spec, parts=True)
    if spec.project is None and not spec.home.exists():
        raise UsageError("--shard wants a project all parts share: anonymize init, then --project")
    space = project.locate(spec.home)
    spec = _settled(spec)
    with project.locked(space, shared=True):
        keys = opened(space, unlock)
        with executor(spec, space, keys) as workers:
            job = steps.prepare(spec, space, keys, describe, progress or Silent(), workers)
            folder = space.orders / _order(job, part.of)
            mine = [one for one in job.intake.shards if one.index in part]
            scanned = steps.scan(job, mine)
            order = _planned(job, folder, mine)
            applied = steps.work(job, order) if order else {}
    done = PartDone(
        part,
        len(scanned),
        len(applied),
        sum(receipt.counts["items"] for receipt in scanned.values()),
        spec.out,
        space.root,
    )
    _mark(done, folder.name)
    return done


def gather(
    folders: Sequence[Path],
    out: Path | None,
    describe: Describe,
    progress: Progress | None = None,
    unlock: Callable[[], None] | None = None,
    *,
    workers: int = 1,
    scheduler: str = "",
) -> Outcome | Linked:
    """Join the parts of a run.

    Args:
        folders: What the parts were given as `--out`, or the project.
        out: The shared folder to make; None to link only, so that the parts can apply.
        describe: See `publish.Describe`.
        progress: Told how far it is.
        unlock: Called when the key is locked.
        workers: Processes that apply what no part has applied.
        scheduler: See `RunSpec.scheduler`.

    Raises:
        WorkspaceError: If a part is missing; the message says which.
        UsageError: If the folders are not those of one run.
        AnonymizeError: See `anonymize.errors`; nothing is published then.
    """
    space, name = _found(folders)
    folder = space.orders / name
    with project.locked(space):
        keys = opened(space, unlock)
        tidy(space)
        spec, parts = _read(space, keys, folder)
        spec = replace(spec, out=out or spec.out, workers=workers, scheduler=scheduler)
        if out is None:
            check_inputs(spec)
        else:
            check(spec, parts=True)
        with executor(spec, space, keys) as pool:
            job = steps.prepare(spec, space, keys, describe, progress or Silent(), pool)
            scanned = _all_scanned(job, parts)
            state = steps.link(job, scanned)
            order = steps.application(job, state, scanned)
            if out is None:
                shutil.rmtree(folder / _APPLY, ignore_errors=True)
                plans.write(folder / _APPLY, keys, order.stage, order.task, order.jobs)
                return Linked(parts, len(order.jobs), space.root)
            applied = steps.work(job, order)
        done = finish(job, state, order, applied, partial(_make_way, out))
        shutil.rmtree(folder, ignore_errors=True)
        return done


def _settled(spec: RunSpec) -> RunSpec:
    """Return a run with every path as any directory knows it."""
    return replace(
        spec,
        inputs=tuple(Path(os.path.abspath(path)) for path in spec.inputs),  # noqa: PTH100
        people=spec.people and spec.people.absolute(),
        policy=spec.policy and plans.absolute(spec.policy, "policies"),
        packs=tuple(plans.absolute(name, "packs") for name in spec.packs),
    )


def _order(job: Run, parts: int) -> str:
    """Put what was asked for where `gather` finds it, and return its name."""
    spec = job.spec
    content: dict[str, Any] = {name: getattr(spec, name) for name in _SAID}
    content |= {"people": str(spec.people) if spec.people else "", "parts": parts}
    content |= {"inputs": [str(path) for path in spec.inputs], "columns": dict(spec.columns)}
    # Keyed: a digest of paths could be tried out.
    name = job.keys.token("order", ledger.fingerprint(content), 16)
    folder = job.space.orders / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    plans.put(folder / _ORDER, job.keys, content)
    return name


def _read(space: Workspace, keys: Keys, folder: Path) -> tuple[RunSpec, int]:
    """Return what the parts were asked for, and how many there are.

    Raises:
        WorkspaceError: If nothing waits.
    """
    if not (folder / _ORDER).exists():
        raise WorkspaceError("this run was gathered already; run its parts again to do so anew")
    content = plans.get(folder / _ORDER, keys)
    said = {name: content[name] for name in _SAID}
    said |= {"packs": tuple(said["packs"]), "include": tuple(said["include"])}
    said["people"] = Path(content["people"]) if content["people"] else None
    inputs = tuple(map(Path, content["inputs"]))
    nowhere = space.root.with_name(f"{space.root.name}.share")
    spec = RunSpec(inputs, nowhere, space.root, columns=content["columns"], **said)
    return spec, content["parts"]


def _planned(job: Run, folder: Path, mine: Sequence[Shard]) -> Order | None:
    """Return what is to be applied to these shards, if a gathering of the same scans said so."""
    if not (folder / _APPLY / "task").exists():
        return None
    common = plans.common(folder / _APPLY, job.keys)
    wanted = {one.index: job.scans[one.index] for one in mine if one.output}
    every = plans.every(folder / _APPLY, job.keys, common)
    jobs = [one for one in every if one.shard.index in wanted]
    target = Path(common.task.folder)
    if not target.is_dir() or {one.shard.index: one.scan for one in jobs} != wanted:
        return None
    return Order("apply", tasks.apply_shard, common.task, jobs, target)


def _all_scanned(job: Run, parts: int) -> dict[int, Receipt]:
    """Return the receipt of each scan.

    Raises:
        WorkspaceError: Naming the parts that are missing.
    """
    shards = job.intake.shards
    steps.fingerprints(job, shards)
    scanned = steps.done(job.space, steps.scanning(job, shards))
    missing = sorted({one.index % parts + 1 for one in shards if one.index not in scanned})
    if missing:
        shown = ", ".join(f"{number}/{parts}" for number in missing[:10])
        more = f" and {len(missing) - 10} more" if len(missing) > 10 else ""
        raise WorkspaceError(
            f"not scanned yet, or other input since: --shard {shown}{more}; run them, then gather"
        )
    return scanned


def _mark(done: PartDone, order: str) -> None:
    """Leave a note for `gather`; it holds nothing but where the project is."""
    try:
        home = os.path.relpath(done.project.absolute(), done.out.absolute())
    except ValueError:  # on another drive
        home = str(done.project.absolute())
    said = {
        "what": "part of a run of anonymize, to be joined by: anonymize gather",
        "project": home,
        "order": order,
        "scanned": done.scanned,
        "applied": done.applied,
    }
    try:
        done.out.mkdir(parents=True, exist_ok=True)
        target = done.out / done.part.file
        part = ledger.part_of(target)
        part.write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")
        part.replace(target)
    except OSError as error:
        raise UsageError(f"--out cannot be written: {error.strerror}") from None


def _found(folders: Sequence[Path]) -> tuple[Workspace, str]:
    """Return the project and the name of the run that lies, or is named, in these folders.

    Raises:
        UsageError: If there is none, or more than one.
    """
    found: set[tuple[Path, str]] = set()
    for folder in folders:
        beside = folder.with_name(folder.name + ".private")
        notes = [one for one in folder.glob("*") if PART.fullmatch(one.name)]
        if notes:
            found |= {_noted(note) for note in notes}
        elif home := next((h for h in (folder, beside) if (h / "private").is_dir()), None):
            found |= {(home.resolve(), one.name) for one in Workspace(home).orders.glob("*")}
        else:
            raise UsageError(f"{folder}: holds no part of a run; see anonymize run --shard")
    if not found:
        raise UsageError("no run waits to be gathered in this project; see anonymize run --shard")
    if len(found) > 1:
        raise UsageError(
            "more than one run waits to be gathered; name the folder its parts were given as --out"
        )
    root, order = found.pop()
    return project.locate(root), order


def _noted(note: Path) -> tuple[Path, str]:
    try:
        said: Mapping[str, Any] = json.loads(note.read_text("utf-8"))
        return (note.parent / str(said["project"])).resolve(), Path(str(said["order"])).name
    except (OSError, ValueError, KeyError, TypeError):
        raise UsageError(f"{note.name}: is no note of a part of a run") from None


def _make_way(out: Path) -> None:
    """Remove the notes of the parts from where the shared folder is to stand."""
    if out.is_dir() and holds_parts(out):
        for note in out.iterdir():
            note.unlink()
        out.rmdir()
