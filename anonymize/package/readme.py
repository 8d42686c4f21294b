"""README.md of the shared folder: for whoever finds the data without the project."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Mapping
from typing import Any

from anonymize.package.datasheet import datasheet
from anonymize.package.inventory import items
from anonymize.package.study import UNTITLED, Study

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|])")
_MOST = 40
"""Data files listed one by one; `datapackage.json` lists all."""


def readme(root: pathlib.Path, study: Study, report: Mapping[str, Any], summary: str = "") -> str:
    """Return the text of README.md.

    Args:
        root: The shared folder, its data written.
        study: What the project states.
        report: The object of `report.json`.
        summary: What happened, as a Markdown list.
    """
    policy = (report.get("policy") or {}).get("name")
    parts = [
        f"# {_plain(study.title or UNTITLED)}\n",
        f"{_plain(study.description)}\n" if study.description else "",
        _facts(study, report),
        _HAPPENED,
        summary,
        _FILES,
        _listing(root),
        datasheet(study, report, (item.mediatype for item in items(root, "data/"))),
        _PSEUDONYMS,
        _verify(report),
        _TERMS.format(policy=f" (here: `{policy}`)" if policy else ""),
    ]
    return "\n".join(part for part in parts if part)


def _facts(study: Study, report: Mapping[str, Any]) -> str:
    software = report.get("software") or {}
    made = f"{software.get('name', 'anonymize')} {software.get('version', '')}".strip()
    rows = [
        ("Creators", "; ".join(study.creators)),
        ("Licence", study.licence),
        ("Released", study.released),
        ("Language", study.language),
    ]
    lines = [f"* {name}: {_plain(value) or 'not stated by the project'}" for name, value in rows]
    return "\n".join([*lines, f"* Pseudonymised with: {made}", ""])


_HAPPENED = """\
## What happened to this data

Personal data was found and replaced on the researcher's machine; the data kept its own
format, and what is not personal was left as it was.
"""

_FILES = """\
## Files

| file | what it is |
|---|---|
| `data/` | the data, in the formats it came in |
| `withheld.jsonl` | records left out, each under a pseudonym, with the reason |
| `audit/audit.jsonl` | one line a replacement: where, which rule, who decided; no original |
| `audit/head.json` | the end of the audit log, signed |
| `report.html`, `report.json` | what was found and done, in numbers |
| `datapackage.json`, `ro-crate-metadata.json` | descriptions for programs and repositories |
| `manifest-sha256.txt` | a digest of every file |
"""

_PSEUDONYMS = """\
## How pseudonyms look

* A person has one pseudonym everywhere: in every file, field and format.
* A handle is longer than its platform allows or ends in `.example`, an e-mail address ends in
  `example.org`, a web address begins with `https://example.org/`: none can be anybody's.
* Names come from lists. If one is that of a real person, it is by chance, and not she.
* Ids are opaque: they hold no time and no order, and cannot be looked up.
* Dates may be moved by whole weeks, the same for all, so that intervals, weekdays and times of
  day survive; the policy may coarsen them.
* Where a name fits several persons, a neutral pseudonym stands that is nobody's.
"""

_TERMS = """\
## Terms and warnings

* **Pseudonymised is not anonymous.** While the project's key exists, its holder can find the
  people again, and the law treats the data as personal (GDPR Article 4(5), Recital 26).
* Do not try to identify anybody, and do not join this data with other data to that end.
* No program finds everything. If you recognise somebody, tell the creators and nobody else.
* How much detail was kept is a matter of the policy{policy}; another tier of the same study uses
  other pseudonyms, so that the two cannot be joined.
* Posts remain subject to the terms of the platform they come from, also under a pseudonym;
  a post quoted word for word can be found by a search engine.
* Delete your copy when the creators ask you to: people may withdraw their consent.
"""


def _listing(root: pathlib.Path) -> str:
    paths = [item.path for item in items(root, "data/")]
    if not paths:
        return "There are no data files.\n"
    lines = [f"* `{path.replace('`', '')}`" for path in paths[:_MOST]]
    if len(paths) > _MOST:
        lines.append(f"* and {len(paths) - _MOST} more, see `datapackage.json`")
    return "Data files:\n\n" + "\n".join(lines) + "\n"


def _verify(report: Mapping[str, Any]) -> str:
    last = (report.get("audit") or {}).get("last")
    lines = [
        "## How to check that nothing was changed\n",
        "    anonymize verify .\n",
        "or, for the digests alone, `sha256sum --check manifest-sha256.txt`.",
    ]
    if last:
        lines.append(f"The audit log as published ends in the line with SHA-256 `{last}`.")
    return "\n".join(lines) + "\n"


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
