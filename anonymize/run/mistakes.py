"""The list of what was missed and what was marked wrongly.  It holds text and is private."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from anonymize.errors import UsageError
from anonymize.run.measures import Case, Stretch, needed, positions, touching

_AROUND = 40
"""Characters of context to each side of a mistake."""


def mistakes(case: Case) -> Iterator[dict[str, Any]]:
    """Yield each mistake of a text with its words and a little of what is around them.

    `missed`: no prediction covers anything of a gold span; `partial`: not all of it; `type`: a
    prediction touches no gold span of its type but another; `spurious`: it touches none.
    """
    everywhere = positions(case.covers)
    for span in sorted(set(case.gold)):
        own = positions(one for one in case.found if one.label == span.label)
        left = needed(case.text, span.start, span.end)
        open_ = left - everywhere - own
        if open_:
            kind = "missed" if open_ == left else "partial"
            yield _row(case, span, kind, [*case.covers, *case.found])
    for span in sorted(set(case.found)):
        if touching(span, (one for one in case.gold if one.label == span.label)):
            continue
        kind = "type" if touching(span, (*case.gold, *case.elsewhere)) else "spurious"
        yield _row(case, span, kind, [*case.gold, *case.elsewhere])


def _row(case: Case, span: Stretch, kind: str, others: Iterable[Stretch]) -> dict[str, Any]:
    return {
        "kind": kind,
        "type": span.label,
        "start": span.start,
        "end": span.end,
        "words": case.text[span.start : span.end],
        "around": case.text[max(0, span.start - _AROUND) : span.end + _AROUND],
        "others": sorted({one.label for one in others if touching(one, (span,))}),
    }


def check_place(path: Path) -> None:
    """Refuse a place the list must not or cannot be written to.

    Raises:
        UsageError: If it lies in a shared folder, which is one with `audit/head.json`, or in none.
    """
    try:
        whole = path.resolve()
        shared = any((folder / "audit" / "head.json").exists() for folder in whole.parents)
        fit = whole.parent.is_dir() and not whole.is_dir()
    except OSError as error:
        raise UsageError(f"--errors cannot be written: {error.strerror}") from None
    if shared:
        raise UsageError("--errors holds text and must not lie in a shared folder")
    if not fit:
        raise UsageError("--errors cannot be written: no such folder, or it is one itself")


def write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write the list, readable by its owner only from its first byte.

    Raises:
        UsageError: If it must not lie there or cannot be written.
    """
    check_place(path)
    part = path.with_name(f"{path.name}.part")
    try:
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            for row in rows:
                file.write(json.dumps(row, ensure_ascii=False) + "\n")
        part.replace(path)
    except OSError as error:
        raise UsageError(f"--errors cannot be written: {error.strerror}") from None
