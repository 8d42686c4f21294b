"""What a picture or film is made of, as those who read one kind of it tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Fate(Enum):
    """What becomes of some bytes of a file."""

    CODED = "coded"
    """Picture or sound: stays, and holds no text to be searched."""
    NEEDED = "needed"
    """What a decoder needs to know: stays."""
    BESIDE = "beside"
    """What no decoder needs: goes."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some bytes of a file.

    Attributes:
        fate: What becomes of them.
        start: First byte.
        stop: Byte after the last.
        name: What reports call it if it goes, such as `app1`; a word of this package.
        instead: What stands there when it goes, where other parts count on their places.
    """

    fate: Fate
    start: int
    stop: int
    name: str = ""
    instead: bytes = field(default=b"", repr=False)


class DamagedMediaError(ValueError):
    """A file is not of its kind, damaged, or holds what is not understood."""


def need(condition: object) -> None:
    """Refuse a file unless something holds.

    Raises:
        DamagedMediaError: If it does not hold.
    """
    if not condition:
        raise DamagedMediaError
