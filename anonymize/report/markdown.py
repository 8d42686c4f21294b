"""The report in a few lines of Markdown, for the README of the data set."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from anonymize.report.figures import label, number, plural

_MARKUP, _ESCAPED = re.compile(r"([\\`*_{}\[\]<>#|])"), r"\\\1"


def summary(report: Mapping[str, Any]) -> str:
    """Return what happened as a Markdown list; keys that are missing give no line.

    Args:
        report: The object of `report.json`.
    """
    return "".join(f"* {line}\n" for line in _lines(report))


def _lines(report: Mapping[str, Any]) -> Iterator[str]:
    records = report.get("records") or {}
    if records:
        read, written, withheld = (int(records.get(k, 0)) for k in ("read", "written", "withheld"))
        counts = f"{number(written)} written, {number(withheld)} withheld"
        yield f"{plural(read, 'record')} read, {counts}"
    reasons = report.get("withheld") or {}
    if reasons:
        yield "withheld because: " + _listed(reasons)
    found = (report.get("found") or {}).get("by_type") or {}
    if found:
        yield "found: " + _listed(found)
    done = (report.get("replaced") or {}).get("by_operator") or {}
    if done:
        yield "done: " + _listed(done)
    review = report.get("review") or {}
    if review:
        count = plural(sum(map(int, review.values())), "stretch", "stretches")
        yield f"kept, awaiting review: {count}: " + _listed(review)
    policy = (report.get("policy") or {}).get("name")
    if policy:
        yield f"policy: `{policy}`"
    for warning in report.get("warnings") or ():
        yield f"note: {_MARKUP.sub(_ESCAPED, str(warning))}"
    verification = report.get("verification") or {}
    leaks = verification.get("leaks")
    if isinstance(leaks, int):
        searched = plural(int(verification.get("identifiers", 0)), "known identifier")
        files = plural(int(verification.get("files", 0)), "file")
        yield f"{searched} searched for in {files} after writing: {number(leaks)} found"
    audit = report.get("audit") or {}
    if audit.get("last"):
        entries = plural(int(audit.get("entries", 0)), "entry", "entries")
        yield f"audit log: {entries}, the last with SHA-256 `{audit['last']}`"


def _listed(counts: Mapping[str, Any]) -> str:
    pairs = sorted(((int(n), name) for name, n in counts.items()), key=lambda p: (-p[0], p[1]))
    return ", ".join(f"{label(name).lower()} {number(n)}" for n, name in pairs if n)
