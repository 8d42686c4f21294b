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


@dataclass(slots=True)
class Pace:
    """How fast a stage goes, and how long it will.

    What was done before it began, by an earlier run, does not count.

    Attributes:
        total: Units of the stage.
        began: When, in seconds of the monotonic clock.
        done: Units done so far.
        found: Of these, done before the first record was.
        records: Records in the others.
    """

    total: int
    began: float
    done: int = 0
    found: int = 0
    records: int = 0

    def advance(self, units: int, records: int) -> None:
        """Count what is done."""
        self.done += units
        self.records += records
        if not self.records:
            self.found = self.done

    def rate(self, now: float) -> str:
        """Return records a second, or nothing where none are counted."""
        if not self.records or now <= self.began:
            return ""
        return f"{self.records / (now - self.began):,.0f} records/s"

    def left(self, now: float) -> str:
        """Return the time that remains, as far as one can say."""
        fresh = self.done - self.found
        if not fresh or self.done >= self.total:
            return ""
        seconds = round((now - self.began) / fresh * (self.total - self.done))
        hours, rest = divmod(seconds, 3600)
        return f"{hours}:{rest // 60:02}:{rest % 60:02} left"


class Lines:
    """Progress as plain lines, at most one every five seconds, for logs."""

    def __init__(self) -> None:
        self._stage, self._last = "", 0.0
        self._pace = Pace(0, 0.0)

    def start(self, stage: str, total: int) -> None:
        """Begin a stage."""
        self._stage, self._last = stage, time.monotonic()
        self._pace = Pace(total, self._last)
        sys.stderr.write(f"{stage}: {total}\n")

    def advance(self, units: int = 1, *, records: int = 0) -> None:
        """Count units done."""
        self._pace.advance(units, records)
        now = time.monotonic()
        if now - self._last >= 5:
            self._last = now
            said = f"{self._pace.done}/{self._pace.total}"
            more = filter(None, (self._pace.rate(now), self._pace.left(now)))
            sys.stderr.write(f"{self._stage}: {', '.join((said, *more))}\n")

    def finish(self) -> None:
        """Say that the stage is over."""
        sys.stderr.write(f"{self._stage}: done\n")


class Bars:
    """Progress as bars with rate and remaining time."""

    def __init__(self) -> None:
        self._bars: RichProgress | None = None
        self._task: TaskID | None = None
        self._pace = Pace(0, 0.0)

    def start(self, stage: str, total: int) -> None:
        """Draw a bar."""
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
        )

        self._bars = Progress(
            TextColumn("{task.description:<10}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TextColumn("{task.fields[left]}"),
            TextColumn("{task.fields[rate]}"),
            console=Console(stderr=True),
        )
        self._bars.start()
        self._task = self._bars.add_task(stage, total=total, left="", rate="")
        self._pace = Pace(total, time.monotonic())

    def advance(self, units: int = 1, *, records: int = 0) -> None:
        """Move the bar."""
        self._pace.advance(units, records)
        if self._bars is not None and self._task is not None:
            now = time.monotonic()
            left, rate = self._pace.left(now), self._pace.rate(now)
            self._bars.update(self._task, advance=units, left=left, rate=rate)

    def finish(self) -> None:
        """Leave the finished bar on the screen."""
        if self._bars is not None:
            self._bars.stop()
            self._bars = self._task = None
