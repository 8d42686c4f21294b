"""Datasheet: the questions of "Datasheets for Datasets" (Gebru et al. 2021), as far as facts go."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from anonymize.package.packagers import method
from anonymize.package.study import Study

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|])")
_UNSTATED = "not stated by the project"


def datasheet(study: Study, report: Mapping[str, Any], formats: Iterable[str]) -> str:
    """Return the section of the README; what nobody stated is said to be unstated.

    Args:
        study: What the project states.
        report: The object of `report.json`.
        formats: Media types of the data files.
    """
    records = report.get("records") or {}
    counts = ", ".join(f"{records[key]} {key}" for key in ("written", "withheld") if key in records)
    held = ", ".join(sorted(set(formats))) or "no data files"
    parts = (
        ("Why it was made", (("Purpose", study.description), ("Funders", _all(study.funders)))),
        ("What it holds", (("Records", counts), ("Formats", held), ("Language", study.language))),
        ("How it was collected", (("Consent", study.consent), ("Ethics approval", study.ethics))),
        ("What was done to it", (("Processing", method(report)),)),
        ("What it may be used for", (("Terms", study.terms),)),
        (
            "How it is shared",
            (("Licence", study.licence), ("By", study.publisher), ("DOI", study.doi)),
        ),
        ("Who looks after it", (("Creators", _all(study.creators)),)),
    )
    lines = ["## Datasheet\n"]
    for heading, facts in parts:
        lines.append(f"### {heading}\n")
        lines += [f"* {name}: {_plain(value) or _UNSTATED}" for name, value in facts]
        lines.append("")
    return "\n".join(lines)


def _all(names: Iterable[str]) -> str:
    return "; ".join(names)


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
