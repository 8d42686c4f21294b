"""From what the user named to shards: files and folders walked, formats asked, outputs named.

No name of a file or folder reaches an output: outputs are called by what they hold and a keyed
token of where they lay.  Messages name what the user typed, and files in a folder by number.
"""

from __future__ import annotations

import re
import unicodedata
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeAlias

from anonymize.errors import FormatError, UsageError
from anonymize.formats.archives import open_file
from anonymize.formats.base import HEAD_BYTES, Dropped, Format, PlanOptions, Source
from anonymize.formats.catalogue import FORMATS
from anonymize.formats.charset import codec_of
from anonymize.formats.folders import Found, walk
from anonymize.formats.packed import open_packed
from anonymize.formats.table_columns import given
from anonymize.formats.x_takeout_files import included, unknown_name
from anonymize.formats.xml_text import root_of
from anonymize.model.documents import Shard
from anonymize.model.packing import packing_of, split_suffix

__all__ = ["Dropped", "Intake", "take_in"]

_SETTINGS = ".pfsx"
"""Beside each of ELAN's files: how its window looked, with paths of media and names of tiers."""
_XML = "ELAN, EXMARaLDA, Transcriber, TEI, TTML, REFI-QDA, flat OpenDocument"

Guard: TypeAlias = Callable[[str, str], AbstractContextManager[None]]
"""From the label of an input and the name of a format: what to look into the input within."""


@dataclass(frozen=True, slots=True)
class Intake:
    """Everything there is to do.

    Attributes:
        shards: Numbered from 0, in the order of the arguments, folders sorted.
        dropped: Files that are not converted.
        sources: Every file that is read, once, in the same order.
    """

    shards: tuple[Shard, ...]
    dropped: tuple[Dropped, ...]
    sources: tuple[str, ...] = field(repr=False)


class _Taker:
    """Collects shards; holds what is numbered or must be unique."""

    def __init__(
        self,
        name_token: Callable[[str], str],
        options: PlanOptions,
        guard: Guard,
    ) -> None:
        self._token = name_token
        self._options = options
        self._guard = guard
        self._formats = sorted((FORMATS[name] for name in FORMATS), key=lambda one: one.rank)
        self._outputs: set[str] = set()
        self._seen: set[Path] = set()
        self.shards: list[Shard] = []
        self.dropped: list[Dropped] = []

    def file(self, path: Path) -> None:
        """Take in a file the user named."""
        label = path.name
        source = self._source(str(path), label)
        if not source.size:
            raise FormatError(f"{label}: is empty")
        source, taken = self._recognised(source)
        if taken is None:
            raise FormatError(f"{label}: {_unread(source)}")
        self._plan(taken, source, "", path.name)

    def folder(self, path: Path) -> None:
        """Take in a folder the user named."""
        label = path.name or path.resolve().name
        whole = Source(str(path), label, label=label, folder=True)
        found = walk(str(path), label)
        if not found:
            raise FormatError(f"{label}: holds no file")
        taken = self._claimed_by(whole)
        if taken is not None:
            self._once(path, label)
            self._plan(taken, whole, "", label)
            return
        root = self._unique(f"folder_{self._name(label)}", "")
        names = {"": root}
        unknown = 0
        whole_folders: list[str] = []
        for relative in _folders(found):
            number = 1 + sum(one.relative < relative for one in found)
            inner = Source(
                str(path / relative),
                "",
                label=f"{label}/#{number}",
                folder=True,
            )
            if relative.startswith(tuple(whole_folders)):
                continue
            taken = self._claimed_by(inner)
            if taken is not None:
                whole_folders.append(relative)
                parent = relative.rstrip("/").rpartition("/")[0]
                above = self._folder_name(parent, label, names)
                self._plan(taken, inner, above, f"{label}/{relative.rstrip('/')}")
        for number, one in enumerate(found, 1):
            if one.relative.startswith(tuple(whole_folders)):
                continue
            if not one.link and _is_roster(one):
                self.dropped.append(Dropped("people.csv", "rule", root))
            elif one.relative.lower().endswith(_SETTINGS):
                self.dropped.append(Dropped(f"settings{_SETTINGS}", "rule", root))
            elif not self._inside(one, number, label, names):
                unknown += 1
                shown = unknown_name(one.relative, unknown)
                self.dropped.append(Dropped(shown, "unknown", root))

    def _inside(self, one: Found, number: int, label: str, names: dict[str, str]) -> bool:
        """Take in one file of a folder; whether some format claims it."""
        if one.link:
            return False
        suffix = Path(one.relative).suffix.lower()
        short = suffix if len(suffix) <= 6 and suffix[1:].isalnum() and suffix.isascii() else ""
        source = self._source(one.path, f"{label}/#{number}{short}")
        source, taken = self._recognised(source) if source.size else (source, None)
        if taken is None:
            return False
        parent = one.relative.rpartition("/")[0]
        self._plan(
            taken, source, self._folder_name(parent, label, names), f"{label}/{one.relative}"
        )
        return True

    def _folder_name(self, relative: str, label: str, names: dict[str, str]) -> str:
        """Return the output of a folder in a folder, made up when first asked for."""
        if relative not in names:
            above = self._folder_name(relative.rpartition("/")[0], label, names)
            own = f"{above}/folder_{self._name(f'{label}/{relative}')}"
            names[relative] = self._unique(own, "")
        return names[relative]

    def _source(self, path: str, label: str) -> Source:
        self._once(Path(path), label)
        with open_file(path, label) as stream:
            try:
                head = stream.read(HEAD_BYTES)
                size = Path(path).stat().st_size
            except OSError:
                raise FormatError(f"{label}: cannot be read") from None
        return Source(path, Path(path).name, size=size, head=head, label=label)

    def _once(self, path: Path, label: str) -> None:
        real = path.resolve()
        if real in self._seen:
            raise UsageError(f"{label}: is named twice")
        self._seen.add(real)

    def _claimed_by(self, source: Source) -> Format | None:
        return self._first(self._formats, source)

    def _first(self, formats: Iterable[Format], source: Source) -> Format | None:
        for one in formats:
            with self._guard(source.label, one.name):
                if one.claims(source):
                    return one
        return None

    def _recognised(self, source: Source) -> tuple[Source, Format | None]:
        """Return a file and whose it is, as it lies or else as what its compression holds."""
        taken = self._claimed_by(source)
        if taken is not None or not packing_of(source.head):
            return source, taken
        inner = _unpacked(source)
        packable = (one for one in self._formats if getattr(one, "packable", False))
        taken = self._first(packable, inner)
        return (source, None) if taken is None else (inner, taken)

    def _plan(self, taken: Format, source: Source, folder: str, relative: str) -> None:
        """Plan a claimed source under a name of its own."""
        suffix = ""
        if not source.folder:
            name = source.name.lower()
            # Some have two dots, as `.tar.gz` has.
            suffix = next((one for one in taken.suffixes if name.endswith(one)), taken.suffixes[0])
            if source.packing:
                suffix += split_suffix(Path(source.path).name, source.packing)[1]
        stem = f"{taken.stem}_{self._name(relative)}"
        output = self._unique(f"{folder}/{stem}" if folder else stem, suffix)
        with self._guard(source.label, taken.name):
            plan = taken.plan(replace(source, output=output), len(self.shards), self._options)
            if getattr(taken, "whole", False):
                # What is damaged or hostile is refused before anything heavy is loaded.
                for shard in plan.shards:
                    deque(taken.read(shard), maxlen=0)
        self.shards += plan.shards
        self.dropped += plan.dropped

    def _name(self, relative: str) -> str:
        """Return the token of a path; systems differ in how they compose accents."""
        return self._token(unicodedata.normalize("NFC", relative))

    def _unique(self, stem: str, suffix: str) -> str:
        number, output = 1, stem + suffix
        while output in self._outputs:
            number += 1
            output = f"{stem}-{number}{suffix}"
        self._outputs.add(output)
        return output


def _unread(source: Source) -> str:
    """Return why a file the user named is not read."""
    if source.suffix == _SETTINGS:
        return "settings of ELAN: paths and names of tiers, nothing to share; leave it out"
    if root_of(source.head)[1]:
        return f"XML of no kind this program reads; it reads {_XML}"
    return "not a format this program reads"


def _unpacked(source: Source) -> Source:
    """Return a compressed file as what it holds.

    Raises:
        FormatError: If it is damaged where it begins.
        EngineError: If a package to read it is missing.
    """
    packing = packing_of(source.head)
    with open_packed(source.path, packing, source.label, 0, open_file) as stream:
        parts: list[bytes] = []
        while (left := HEAD_BYTES - sum(map(len, parts))) and (part := stream.read(left)):
            parts.append(part)
    name, _ = split_suffix(source.name, packing)
    return replace(source, name=name, head=b"".join(parts), packing=packing)


def _is_roster(found: Found) -> bool:
    """Whether a file in a folder is a roster: it says who the people are and is no material."""
    if not found.relative.lower().endswith(".csv"):
        return False
    with open_file(found.path, "roster") as stream:
        head = stream.readline(HEAD_BYTES).decode("utf-8-sig", "replace")
    cells = {cell.strip(' "') for cell in re.split("[,;\t]", head.strip().lower())}
    return {"person", "names", "handles", "consent"} <= cells


def _folders(found: Sequence[Found]) -> list[str]:
    """Return the folders files lie in, each with a last `/`, sorted: outer before inner."""
    folders: set[str] = set()
    for one in found:
        steps = one.relative.split("/")[:-1]
        folders.update("/".join(steps[: at + 1]) + "/" for at in range(len(steps)))
    return sorted(folders)


def _sources(shards: Sequence[Shard]) -> Iterator[str]:
    yield from dict.fromkeys(shard.source for shard in shards)


def take_in(
    inputs: Sequence[str],
    *,
    name_token: Callable[[str], str],
    shard_bytes: int = PlanOptions().shard_bytes,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    include: Sequence[str] = (),
    guard: Guard = lambda label, name: nullcontext(),  # noqa: ARG005 - the names say what they are
    drop_unknown_parts: bool = False,
) -> Intake:
    """Return the shards of all inputs, and what is not converted.

    Args:
        inputs: Files and folders as the user named them.
        name_token: Gives a keyed token, fit for a file name, for a path.
        shard_bytes: Aim for shards of this size.
        columns: Role words of table columns; None when headers decide.
        encoding: Text encoding of all text files; None to tell it from the bytes.
        include: Words of `x_takeout_files.INCLUDED`: what of takeouts is converted besides.
        guard: Stands around whatever a format does with an input.
        drop_unknown_parts: Convert documents without the parts of them nobody knows.

    Raises:
        UsageError: If something is not there or is named twice, or an option is unknown.
        FormatError: If something cannot be read, is empty, or a file the user named is of no
            known format; a file in a folder of no known format is `Dropped`.
    """
    # Whether or not an input needs them, a word nobody knows is a mistake.
    given(columns)
    if encoding:
        codec_of(encoding)
    options = PlanOptions(shard_bytes, columns, encoding, included(include), drop_unknown_parts)
    taker = _Taker(name_token, options, guard)
    for one in inputs:
        path = Path(one)
        try:
            folder, there = path.is_dir(), path.exists()
        except (OSError, ValueError):
            raise FormatError(f"{path.name}: cannot be read") from None
        if not there:
            raise UsageError(f"{path.name}: no such file or folder")
        if folder:
            taker.folder(path)
        else:
            taker.file(path)
    shards = tuple(taker.shards)
    return Intake(shards, tuple(taker.dropped), tuple(_sources(shards)))
