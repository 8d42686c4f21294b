"""The whole check of a shared folder: fixity, audit chain, signature and, with the key, leaks."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from anonymize.errors import IntegrityError
from anonymize.model.identities import KnownIdentifier
from anonymize.model.keys import Keys
from anonymize.verify.faults import Fault
from anonymize.verify.fixity import check_manifest
from anonymize.verify.head import HEAD, check_audit, parse_head
from anonymize.verify.leaks import LeakReport, find_leaks


@dataclass(frozen=True, slots=True)
class Verification:
    """What the check of a folder found.

    Attributes:
        faults: What is not as published, sorted.
        leaks: The search for known identifiers; None when nothing known was given.
    """

    faults: tuple[Fault, ...]
    leaks: LeakReport | None = None

    @property
    def ok(self) -> bool:
        """Whether there is no fault and no leak."""
        return not self.faults and (self.leaks is None or not self.leaks.leaks)


def verify_folder(
    root: pathlib.Path,
    keys: Keys | None = None,
    known: Iterable[KnownIdentifier] | None = None,
    is_id: Callable[[str], bool] | None = None,
) -> Verification:
    """Check a shared folder.

    Args:
        root: The folder.
        keys: Of the project; without them a log rewritten whole is not noticed.
        known: Identifiers to search for.
        is_id: Whether a run of digits is a known id.

    Raises:
        IntegrityError: If there is no such folder, or something in it cannot be read.
    """
    if not root.is_dir():
        raise IntegrityError("there is no such shared folder")
    audit = root / "audit"
    faults = set(check_audit(audit, keys, prefix="audit/"))
    faults.update(check_manifest(root, _signed(audit / HEAD)))
    leaks = None
    if known is not None or is_id is not None:
        leaks = find_leaks(root, known or (), is_id or _nothing)
    return Verification(tuple(sorted(faults)), leaks)


def _signed(head: pathlib.Path) -> str | None:
    """Return the manifest digest of the head; None, a fault of its own, if it has none."""
    try:
        read = parse_head(head.read_bytes())
    except OSError:
        return None
    return None if read is None else str(read["manifest"])


def _nothing(_: str) -> bool:
    return False
