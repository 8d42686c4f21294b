"""Packagers: each describes a shared folder in the form one sort of repository takes.

A package is a folder that holds the shared folder, byte for byte, as `data/`, and beside it the
files of its packagers.  So what was signed stays as it was signed, and descriptions can be
written as often as somebody asks for another.
"""

from __future__ import annotations

import pathlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

from anonymize.package.inventory import SEALS, Item, items, media_item
from anonymize.package.study import Study
from anonymize.plugins import Registry

PAYLOAD: Final = "data/"
"""Where a package holds the shared folder."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What is described.

    Attributes:
        root: The shared folder, as published.
        study: What the project states.
        report: The object of its `report.json`.
        written: Files of the packagers before this one, by path.
    """

    root: pathlib.Path
    study: Study
    report: Mapping[str, Any]
    written: Mapping[str, bytes] = field(default_factory=dict)

    def files(self, under: str = "") -> list[Item]:
        """Return the files of the shared folder, seals included, sorted by path."""
        sealed = [media_item(name) for name in SEALS if (self.root / name).is_file()]
        found = [*items(self.root), *sealed]
        return sorted((i for i in found if i.path.startswith(under)), key=lambda i: i.path)


class Packager(Protocol):
    """One form of description.

    Attributes:
        asks: Attributes of `Study` without which what is written is not yet complete.
    """

    @property
    def asks(self) -> tuple[str, ...]:
        """See the class."""

    def files(self, subject: Subject) -> Mapping[str, bytes]:
        """Return what to write, by path below the package; never below `data/`."""


PACKAGERS: Registry[Packager] = Registry("packager", "anonymize.packagers")
"""By name; those of this package are entry points like any other's."""
LAST: Final = "bagit"
"""The packager that lists what the others wrote."""


def method(report: Mapping[str, Any]) -> str:
    """Return in a sentence or two how the data was made, for descriptions of any form."""
    software = report.get("software") or {}
    policy = (report.get("policy") or {}).get("name")
    made = f"{software.get('name', 'anonymize')} {software.get('version', '')}".strip()
    under = f" under the policy {policy}" if policy else ""
    return (
        f"Names, handles, addresses and other identifiers were replaced by {made}{under}; a person "
        "has one pseudonym everywhere. Pseudonymised data remains personal data while the key "
        "exists."
    )
