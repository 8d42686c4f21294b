"""What the terminal says of a run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from anonymize.cli import console

if TYPE_CHECKING:
    from anonymize.api import RunResult


def print_run(result: RunResult) -> None:
    """Print what a run did and where it lies."""
    console.warn(result.warnings)
    records = result.records
    read, written, withheld = (records[name] for name in ("read", "written", "withheld"))
    lines = [f"{read} records read, {written} written, {withheld} withheld."]
    if result.unchanged:
        lines.append("Nothing has changed since the last run: this is a copy of what it made.")
    unknown = result.dropped.get("unknown", {})
    if unknown:
        number = sum(unknown.values())
        lines.append(f"{number} {'value' if number == 1 else 'values'} of unknown fields dropped.")
    if result.review:
        number = sum(result.review.values())
        kinds = ", ".join(f"{kind} {count}" for kind, count in result.review.items())
        await_ = "stretch awaits" if number == 1 else "stretches await"
        lines.append(f"{number} {await_} review: {kinds}; see report.html.")
    lines += [
        "Nothing known survived in what was written." if result.verified else "",
        f"Share:      {result.out}{os.sep}",
        f"  look at   {result.out / 'report.html'}",
        f"Lock away:  {result.project}{os.sep}  (key, vault and findings)",
    ]
    console.result(
        {
            "records": records,
            "dropped": result.dropped,
            "out": str(result.out),
            "project": str(result.project),
        },
        [line for line in lines if line],
    )
