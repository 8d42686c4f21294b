"""Leaks: known identifiers in what was written, in whatever dress."""

from __future__ import annotations

import io
import pathlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from anonymize.model.identities import KnownIdentifier
from anonymize.verify.contents import Name, Place, contents
from anonymize.verify.needles import Needles
from anonymize.verify.views import announced, views
from anonymize.verify.windows import OVERLAP, SIZE, Window, windows

MOST = 100
"""Leaks told of one file or member; the rest of it is not searched: it is lost already."""


@dataclass(frozen=True, slots=True, order=True)
class Leak:
    """A known identifier in the output.  Says where, never what.

    Attributes:
        file: Path below the folder; `(name withheld, file 3)` when the path itself leaks.
        member: Names of archive members, joined by `!`; empty outside archives; withheld likewise.
        entity_type: What it is; `ID` for a known id.
        offset: Byte in the file or member where the identifier or its escapes begin; for a
            name, the byte of the name.
        view: How it had to be read, such as `utf-8/json/percent`, `name/utf-8`.
    """

    file: str
    member: str
    entity_type: str
    offset: int
    view: str


@dataclass(frozen=True, slots=True)
class LeakReport:
    """The result of a search.

    Attributes:
        leaks: Sorted; at most `MOST` of one file or member.
        files: Files and archive members searched.
        identifiers: Known identifiers searched for, besides ids.
        not_searched: Known identifiers too ordinary to be searched for.
    """

    leaks: tuple[Leak, ...]
    files: int
    identifiers: int
    not_searched: int


def find_leaks(
    root: pathlib.Path,
    known: Iterable[KnownIdentifier],
    is_id: Callable[[str], bool],
    *,
    size: int = SIZE,
    overlap: int = OVERLAP,
) -> LeakReport:
    """Search every byte below `root` for known identifiers.

    Each file is read once, in windows of `size` bytes; archives are searched inside; names
    of files and members too.

    Args:
        root: The folder.
        known: What was learned; only `Search.ALWAYS` is searched for.
        is_id: Whether a run of six or more digits is a known id.
        size: Bytes of a window.
        overlap: Bytes two windows share; longer matches may be lost.

    Raises:
        IntegrityError: If something below `root` cannot be searched to its end.
    """
    return search(root, Needles(known, is_id), size=size, overlap=overlap)


def search(
    root: pathlib.Path,
    needles: Needles,
    *,
    size: int = SIZE,
    overlap: int = OVERLAP,
) -> LeakReport:
    """Search as `find_leaks` does, with needles that are made already."""
    found: list[tuple[Place, str, int, str]] = []
    leaking: dict[str, int] = {}
    numbers: dict[str, int] = {}
    files = 0
    for one in contents(root):
        if isinstance(one, Name):
            numbers.setdefault(one.place[-1], len(numbers) + 1)
            text = one.text.encode("utf-8", "surrogateescape")
            hits = list(_search(io.BytesIO(text), needles, size, overlap))
            if hits and one.shown:
                leaking[one.place[-1]] = numbers[one.place[-1]]
            found += [(one.place, kind, at, f"name/{view}") for kind, at, view in hits]
        else:
            files += 1
            for kind, at, view in _search(one.stream, needles, size, overlap):
                found.append((one.place, kind, at, view))
    leaks = {_leak(place, leaking, kind, at, view) for place, kind, at, view in found}
    return LeakReport(tuple(sorted(leaks)), files, needles.identifiers, needles.not_searched)


def _leak(place: Place, leaking: dict[str, int], kind: str, at: int, view: str) -> Leak:
    shown = [f"(name withheld, file {leaking[s]})" if s in leaking else s for s in place]
    return Leak(shown[0], "!".join(shown[1:]), kind, at, view)


def _search(
    stream: BinaryIO,
    needles: Needles,
    size: int,
    overlap: int,
) -> Iterator[tuple[str, int, str]]:
    """Yield the entity type, offset and view of each leak once, at most `MOST`."""
    seen: set[tuple[str, int]] = set()
    wide = ""
    for window in windows(stream, size, overlap):
        if window.offset == 0:
            wide = announced(window.data)
        for kind, at, view in _window_hits(window, wide, needles):
            if (kind, at) not in seen:
                seen.add((kind, at))
                yield kind, at, view
            if len(seen) >= MOST:
                return


def _window_hits(
    window: Window,
    wide: str,
    needles: Needles,
) -> Iterator[tuple[str, int, str]]:
    for view in views(window, wide):
        # What is packed begins and ends with its run, wherever the window does.
        packed = "base64" in view.name
        for hit in needles.search(view.text):
            # The word may go on where the window ends; the neighbour has it whole.
            if not packed and (
                (hit.first and not window.opens) or (hit.last and not window.closes)
            ):
                continue
            yield hit.entity_type, window.offset + view.offset(hit.start), view.name
