"""Faults: what is wrong with a shared folder, as values that name the place."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is not as it was published.

    Attributes:
        file: Path below the shared folder, with `/`.
        line: Line in the file, from 1; 0 for the whole file.
        code: What is wrong, in words of `[a-z-]`, such as `chain-broken`.
        explanation: One sentence for the reader; never a value from the file.
    """

    file: str
    line: int
    code: str
    explanation: str
