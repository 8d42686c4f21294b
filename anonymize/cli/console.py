"""What the terminal sees: results on stdout, messages and progress on stderr."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID

    from anonymize.run.progress import Progress


@dataclass(slots=True)
class _Settings:
    json: bool = False
    quiet: bool = False


_settings = _Settings()


def configure(*, json: bool, quiet: bool) -> None:
    """Take over the global flags."""
    _settings.json = json
    _settings.quiet = quiet


def prepare_streams() -> None:
    """Make output UTF-8 where the console's own encoding could not show a name."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="backslashreplace")


def result(content: Mapping[str, Any], lines: list[str]) -> None:
    """Print a result: as JSON with `--json`, else as lines unless `--quiet`."""
    if _settings.json:
        sys.stdout.write(json.dumps(content, ensure_ascii=False) + "\n")
    elif not _settings.quiet:
        sys.stdout.write("".join(f"{line}\n" for line in lines))


def message(text: str) -> None:
    """Tell the user something on stderr unless `--quiet`."""
    if not _settings.quiet:
        sys.stderr.write(text + "\n")


def warn(lines: Iterable[str]) -> None:
    """Say on stderr what is to be read before sharing, quiet or not: it is about protection."""
    for line in lines:
        sys.stderr.write("anonymize: warning: " + " ".join(line.split()) + "\n")


def error(text: str) -> None:
    """Say in one line what went wrong."""
    sys.stderr.write("anonymize: " + " ".join(text.split()) + "\n")


def progress() -> Progress:
    """Return bars for a terminal, plain lines otherwise, nothing when quiet."""
    if _settings.quiet:
        from anonymize.run.progress import Silent

        return Silent()
    return Bars() if sys.stderr.isatty() else Lines()


class Lines:
    """Progress as plain lines, at most one every five seconds, for logs."""

    def __init__(self) -> None:
        self._stage, self._total, self._done, self._last = "", 0, 0, 0.0

    def start(self, stage: str, total: int) -> None:
        """Begin a stage."""
        self._stage, self._total, self._done = stage, total, 0
        self._last = time.monotonic()
        sys.stderr.write(f"{stage}: {total}\n")

    def advance(self, units: int = 1) -> None:
        """Count units done."""
        self._done += units
        if time.monotonic() - self._last >= 5:
            self._last = time.monotonic()
            sys.stderr.write(f"{self._stage}: {self._done}/{self._total}\n")

    def finish(self) -> None:
        """Say that the stage is over."""
        sys.stderr.write(f"{self._stage}: done\n")


class Bars:
    """Progress as bars with rate and remaining time."""

    def __init__(self) -> None:
        self._bars: RichProgress | None = None
        self._task: TaskID | None = None

    def start(self, stage: str, total: int) -> None:
        """Draw a bar."""
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        self._bars = Progress(
            TextColumn("{task.description:<10}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            console=Console(stderr=True),
        )
        self._bars.start()
        self._task = self._bars.add_task(stage, total=total)

    def advance(self, units: int = 1) -> None:
        """Move the bar."""
        if self._bars is not None and self._task is not None:
            self._bars.advance(self._task, units)

    def finish(self) -> None:
        """Leave the finished bar on the screen."""
        if self._bars is not None:
            self._bars.stop()
            self._bars = self._task = None
