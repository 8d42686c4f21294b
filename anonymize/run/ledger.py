"""The ledger: receipts on disk, so that finished work is never done twice nor trusted blindly."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, fields, is_dataclass
from pathlib import Path
from typing import IO

from anonymize.model.receipts import Receipt


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(*parts: object) -> str:
    """Return a digest of everything a result depends on, hex; the same in every process."""
    canonical = json.dumps(parts, sort_keys=True, separators=(",", ":"), default=_plain)
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: object) -> object:
    """Return a value as JSON knows it; sets have no order of their own and are sorted.

    Raises:
        TypeError: If its text could differ from process to process.
    """
    if isinstance(value, frozenset | set):
        return sorted(value)
    if isinstance(value, Mapping):
        return dict(value)
    if is_dataclass(value) and not isinstance(value, type):
        return {item.name: getattr(value, item.name) for item in fields(value)}
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, Path):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no fingerprint")


def part_of(target: Path) -> Path:
    """Return where a file grows until it is whole: nobody else writes there.

    A worker taken for lost may still be at work beside the one that does its shard again.
    """
    return target.with_name(f"{target.name}.{os.urandom(6).hex()}.part")


def sweep(*folders: Path) -> None:
    """Remove what workers that were killed left unfinished; nobody may be at work."""
    for folder in folders:
        for part in folder.glob("*.part"):
            part.unlink(missing_ok=True)


def commit(file: IO[bytes], part: Path, target: Path) -> None:
    """Give a finished `*.part` file its name, once its bytes are on disk; its owner reads it."""
    file.flush()
    os.fsync(file.fileno())
    file.close()
    part.chmod(0o600)
    part.replace(target)


class Ledger:
    """Receipts of one project.

    Args:
        folder: Where receipts lie, a file a stage and shard.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def _path(self, stage: str, fingerprint_: str) -> Path:
        return self._folder / f"{stage}-{fingerprint_[:40]}.json"

    def write(self, receipt: Receipt) -> None:
        """Write a receipt; its outputs must be on disk."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        target = self._path(receipt.stage, receipt.fingerprint)
        part = part_of(target)
        with part.open("wb") as file:
            file.write(json.dumps(asdict(receipt), sort_keys=True).encode())
            commit(file, part, target)

    def find(self, stage: str, fingerprint_: str, folder: Path) -> Receipt | None:
        """Return the receipt of finished work whose outputs are still what it says.

        Args:
            stage: Name of the stage.
            fingerprint_: What the work depends on now.
            folder: Where the outputs lie.
        """
        try:
            content = json.loads(self._path(stage, fingerprint_).read_bytes())
            receipt = Receipt(**content)
        except (OSError, ValueError, TypeError):
            return None
        if receipt.fingerprint != fingerprint_:
            return None
        outputs: Mapping[str, str] = receipt.outputs
        for name, expected in sorted(outputs.items()):
            path = folder / name
            if not path.is_file() or digest(path) != expected:
                return None
        return receipt
