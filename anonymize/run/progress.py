"""Progress: how far the work is, told to whoever watches; never what is worked on."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Told of the stages of a run; the command line draws bars, a library may stay silent."""

    def start(self, stage: str, total: int) -> None:
        """A stage of `total` units begins."""

    def advance(self, units: int = 1, *, records: int = 0) -> None:
        """So many more units are done, and so many records in them where those are counted."""

    def finish(self) -> None:
        """The stage is over."""


class Silent:
    """Tells nobody."""

    def start(self, stage: str, total: int) -> None:
        """Do nothing."""

    def advance(self, units: int = 1, *, records: int = 0) -> None:
        """Do nothing."""

    def finish(self) -> None:
        """Do nothing."""
