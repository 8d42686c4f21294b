"""Stretches: where characters of one sort stand in a row, found in a whole window at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Mask: TypeAlias = npt.NDArray[np.bool_]
    Places: TypeAlias = npt.NDArray[np.intp]
    Codes: TypeAlias = npt.NDArray[np.uint8]
    Points: TypeAlias = npt.NDArray[np.uint32]


def table(members: str) -> bytes:
    """Return a table for `mask`: 1 for each of the ASCII characters `members`, else 0."""
    return bytes(chr(code) in members for code in range(256))


def codes_of(text: str) -> bytes:
    """Return one byte a code point; what Latin-1 lacks becomes `?`."""
    return text.encode("latin-1", "replace")


def mask(text: str, members: bytes) -> Mask:
    """Return for each code point of `text` whether it is one of the `members`.

    Args:
        text: Any text.
        members: Made by `table`; `?` is none of them.

    Returns:
        An array of shape (code points,).
    """
    import numpy as np

    return np.frombuffer(codes_of(text).translate(members), dtype=np.bool_)


def stretches(member: Mask, shortest: int) -> tuple[Places, Places]:
    """Return where the members that stand in a row begin and end.

    Each round of and-ing an array with itself, moved on, doubles the length of what is known to
    be in a row, so that a window takes a handful of passes.

    Args:
        member: Which places are members.
        shortest: Places in a row from which a stretch counts, at least 1.

    Returns:
        First places, and places after the last, of the stretches, none longer to either side.
    """
    import numpy as np

    if len(member) < shortest:
        nowhere = np.empty(0, dtype=np.intp)
        return nowhere, nowhere
    row, sure = member, 1
    while sure < shortest:
        step = min(sure, shortest - sure)
        row = row[:-step] & row[step:]
        sure += step
    edges = np.flatnonzero(np.diff(row, prepend=False, append=False))
    return edges[::2], edges[1::2] + (shortest - 1)
