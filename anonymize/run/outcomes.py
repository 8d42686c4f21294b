"""What whoever asked for a run is told of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from anonymize.run.spec import Part


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run did.

    Attributes:
        records: `read`, `written`, `withheld`.
        dropped: Values dropped, by path: `unknown`, `rule`; and `files`.
        out: The shared folder.
        project: The project folder.
        exit_code: 0, or 10 when something was withheld or unknown.
        verified: The output was re-read and no known identifier was found in it.
        warnings: What is to be read before sharing; also in the report.
        review: Stretches kept until a human has looked at them, by entity type.
        unchanged: Nothing has changed since the release before, of which this is a copy.
    """

    records: Mapping[str, int]
    dropped: Mapping[str, Any]
    out: Path
    project: Path
    exit_code: int
    verified: bool = True
    warnings: tuple[str, ...] = ()
    review: Mapping[str, int] = field(default_factory=dict)
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class PartDone:
    """What a part of a run did.

    Attributes:
        part: Which.
        scanned: Number of its shards, all scanned.
        applied: Number of its shards to which decisions are applied; 0 before those are made.
        records: Read in its shards.
        out: Where `gather` finds it.
        project: The project folder.
    """

    part: Part
    scanned: int
    applied: int
    records: int
    out: Path
    project: Path


@dataclass(frozen=True, slots=True)
class Linked:
    """What a gathering did that was to publish nothing yet.

    Attributes:
        parts: In how many the run is done.
        shards: To how many shards decisions are to be applied.
        project: The project folder.
    """

    parts: int
    shards: int
    project: Path
