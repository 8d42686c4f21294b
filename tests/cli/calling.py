"""The program as a process of its own, and a small study that was released once."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = (sys.executable, "-m", "anonymize")


@dataclass(frozen=True, slots=True)
class Release:
    """A study that was run.

    Attributes:
        inputs: The material.
        people: The roster.
        project: The project folder.
        share: The shared folder.
        called: Exit code and standard output of `run --json`.
    """

    inputs: tuple[Path, ...]
    people: Path
    project: Path
    share: Path
    called: tuple[int, str]


def environment(**more: str) -> dict[str, str]:
    """Return this environment with the package importable and no passphrase set."""
    kept = {name: value for name, value in os.environ.items() if name != "ANONYMIZE_PASSPHRASE"}
    path = os.pathsep.join(filter(None, (str(ROOT), kept.get("PYTHONPATH"))))
    return {**kept, "PYTHONPATH": path, **more}


def start(
    *arguments: str | Path,
    folder: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the program in a process without a terminal."""
    return subprocess.run(
        [*PROGRAM, *map(str, arguments)],
        cwd=folder,
        env=environment(**(env or {})),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
