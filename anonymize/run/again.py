"""Runs given again: where nothing a release depends on has changed, it is copied.

The same input, rules, key and version give the same bytes, so nothing need be linked, replaced
or searched once more; but the copy must be, file for file, what was verified and signed.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

from anonymize.errors import AnonymizeError
from anonymize.model.version import VERSION
from anonymize.run import engines, ledger, plans
from anonymize.run.steps import Run
from anonymize.verify import fixity


def depends_on(job: Run) -> str:
    """Return a keyed digest of all a release is made from; its shards have been scanned.

    Args:
        job: The run.
    """
    packs = [(one.name, one.digest) for one in engines.rule_packs(job.packs)]
    # Where a file lies is nothing to a release; what is in it, the scan depends on.
    shards = [
        (job.scans[shard.index], {**asdict(shard), "source": "", "label": ""})
        for shard in job.intake.shards
    ]
    dropped = [asdict(one) for one in job.intake.dropped]
    whole = ledger.fingerprint(
        VERSION, packs, job.packs, shards, dropped, job.roster, job.policy, job.policy_name,
        job.study, job.languages,
    )  # fmt: skip
    return job.keys.token("release", whole, 40)


def remember(job: Run, made_from: str, out: Path) -> None:
    """Note what a release was made from, and where it lies.

    Args:
        job: The run; nothing has written to its identity store since.
        made_from: See `depends_on`.
        out: The shared folder.
    """
    content = {
        "made_from": made_from,
        "vault": ledger.digest(job.space.vault),
        "folder": os.path.abspath(out),  # noqa: PTH100 - `resolve` follows links
        "manifest": ledger.digest(out / fixity.MANIFEST),
    }
    note = _note(job)
    note.parent.mkdir(mode=0o700, exist_ok=True)
    plans.put(note, job.keys, content)


def copied(job: Run, made_from: str, target: Path) -> dict[str, Any] | None:
    """Copy the latest release of this tier, if it is what this run would make.

    Args:
        job: The run.
        made_from: See `depends_on`.
        target: A folder to make.

    Returns:
        The content of its report; None where the run has to be carried out.
    """
    try:
        content = plans.get(_note(job), job.keys)
        if content["made_from"] != made_from or content["vault"] != ledger.digest(job.space.vault):
            return None
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(content["folder"], target, symlinks=True)
        whole = ledger.digest(target / fixity.MANIFEST) == content["manifest"]
        if whole and not fixity.check_manifest(target):
            report: dict[str, Any] = json.loads((target / "report.json").read_bytes())
            return report
    except (OSError, ValueError, KeyError, shutil.Error, AnonymizeError):
        # Gone, moved, or changed since: the run makes it anew.
        pass
    shutil.rmtree(target, ignore_errors=True)
    return None


def _note(job: Run) -> Path:
    tier = job.keys.token("release", job.policy_name, 16)
    return job.space.private / "released" / tier
