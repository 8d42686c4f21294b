"""Contents: writes what surrounds the data, each file from those before it."""

from __future__ import annotations

import pathlib
from collections.abc import Mapping
from typing import Any

import orjson

from anonymize.package.datapackage import datapackage
from anonymize.package.readme import readme
from anonymize.package.rocrate import METADATA, rocrate
from anonymize.package.study import study_of


def write_all(
    root: pathlib.Path,
    study: Mapping[str, Any],
    report: Mapping[str, Any],
    summary: str = "",
) -> None:
    """Write README.md, datapackage.json and ro-crate-metadata.json, in that order.

    The bytes depend on the files there, the facts and the numbers only.  Head and manifest
    come after; nothing here describes them.

    Args:
        root: The shared folder; data, withheld list, audit log and reports are written.
        study: `title description creators licence released language`, as far as stated.
        report: The object of `report.json`.
        summary: `report.markdown.summary(report)`, for the README.

    Raises:
        IntegrityError: If a link stands in the folder.
    """
    facts = study_of(study)
    text = readme(root, facts, report, summary)
    (root / "README.md").write_bytes(text.encode("utf-8", "replace"))
    _write(root / "datapackage.json", datapackage(root, facts))
    _write(root / METADATA, rocrate(root, facts, report))


def _write(path: pathlib.Path, value: Mapping[str, Any]) -> None:
    path.write_bytes(orjson.dumps(value, option=orjson.OPT_INDENT_2) + b"\n")
