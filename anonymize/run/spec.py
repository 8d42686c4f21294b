"""What a run was asked to do, checked before anything is read."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from anonymize.errors import UsageError
from anonymize.model.policies import Recall

SHARD_BYTES = 4 * 1024 * 1024
"""Bytes of a line-based file one shard takes: seconds of work, so that little is redone."""


@dataclass(frozen=True, slots=True)
class RunSpec:
    """A run, as asked for.

    Attributes:
        inputs: Files and folders.
        out: The shared folder to make; must not exist.
        project: The project folder; made beside `out` when None.
        policy: Name or file; None for the project's own.
        people: Roster file; None for the project's own.
        packs: Names or files of rule packs; empty for the project's own.
        language: ISO 639-1 code, or `auto` to tell texts apart; empty for the project's own.
        workers: Processes.
        columns: Roles of the columns of a table nobody knows: `{"body": "text"}`.
        encoding: Encoding of text files that are not UTF-8.
        shard_bytes: Bytes of a line-based file one shard takes.
        include: What of takeouts is converted that else is left out; empty for the project's
            own.
        drop_unknown_parts: Whether documents with parts nobody knows are converted without
            them, instead of being withheld.
        scheduler: Address of a scheduler of dask, or `local`; empty for none.
    """

    inputs: tuple[Path, ...] = field(repr=False)
    out: Path = field(repr=False)
    project: Path | None = None
    policy: str | None = None
    people: Path | None = field(default=None, repr=False)
    packs: tuple[str, ...] = ()
    language: str = ""
    workers: int = 1
    columns: Mapping[str, str] = field(default_factory=dict, repr=False)
    encoding: str = ""
    shard_bytes: int = 0
    include: tuple[str, ...] = ()
    drop_unknown_parts: bool = False
    scheduler: str = ""

    @property
    def home(self) -> Path:
        """The project folder, given or beside `out`."""
        return self.project or self.out.with_name(self.out.name + ".private")


def check_language(language: str) -> None:
    """Refuse what is no code of a language.

    Raises:
        UsageError: If it is neither empty, `auto` nor a code of two letters.
    """
    if language not in {"", "auto"} and not re.fullmatch("[a-z]{2}", language):
        raise UsageError("--lang wants a code of two letters, such as en, or auto")


PART = re.compile(r"part-([0-9]{1,6})-of-([0-9]{1,6})\.json")
"""Names of the notes parts of a run leave."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a run: every so many-th shard.

    Attributes:
        number: From 1.
        of: How many parts there are.
    """

    number: int
    of: int

    def __contains__(self, index: int) -> bool:
        return index % self.of == self.number - 1

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"

    @property
    def file(self) -> str:
        """What its note is called."""
        return f"part-{self.number}-of-{self.of}.json"


def parse_part(text: str) -> Part:
    """Return the part a `--shard` value names.

    >>> parse_part("2/8")
    Part(number=2, of=8)

    Raises:
        UsageError: If it is none.
    """
    found = re.fullmatch(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})", text)
    if found is None or int(found[1]) > int(found[2]):
        raise UsageError("--shard wants I/N, such as 1/8 for the first of eight parts")
    return Part(int(found[1]), int(found[2]))


def holds_parts(folder: Path) -> bool:
    """Whether nothing but notes of a run's parts lies in a folder."""
    try:
        return folder.is_dir() and all(PART.fullmatch(one.name) for one in folder.iterdir())
    except OSError:
        return False


def available() -> int:
    """Return the number of processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def parse_workers(text: str) -> int:
    """Return the number of processes of a `--workers` value.

    Raises:
        UsageError: If it is neither a number above 0 nor `auto`.
    """
    if text == "auto":
        return available()
    if not re.fullmatch(r"[1-9][0-9]{0,3}", text):
        raise UsageError("--workers wants a number above 0, or auto")
    return int(text)


def check_scheduler(address: str) -> None:
    """Refuse what is no address of a scheduler.

    Raises:
        UsageError: If it is neither empty, `local` nor an address dask knows.
    """
    if address not in {"", "local"} and not re.fullmatch(r"(tcp|tls|ws|wss)://\S+:\d+", address):
        raise UsageError("--scheduler wants tcp://HOST:PORT, tls://HOST:PORT, or local")


def parse_recall(text: str) -> Recall:
    """Return the setting of the dial a `--recall` value names; the usual one for nothing.

    Raises:
        UsageError: If it is none.
    """
    try:
        return Recall(text) if text else Recall.HIGH
    except ValueError:
        raise UsageError("--recall wants " + ", ".join(Recall)) from None


def parse_include(text: str) -> tuple[str, ...]:
    """Return the words of an `--include` value; whether they mean something is found out later.

    >>> parse_include("likes, lists")
    ('likes', 'lists')
    """
    return tuple(filter(None, (word.strip() for word in text.split(","))))


def check(spec: RunSpec, *, parts: bool = False) -> None:
    """Refuse what would overwrite, mix or lose something.

    Args:
        spec: A run.
        parts: Whether `out` may be there and hold notes of the run's parts.

    Raises:
        UsageError: Naming the argument and what to do.
    """
    try:
        there = spec.out.exists() or spec.out.is_symlink()
    except OSError as error:
        raise UsageError(f"--out cannot be written: {error.strerror}") from None
    if there and not (parts and holds_parts(spec.out)):
        raise UsageError("--out exists already; name a folder that does not, or move it away")
    check_inputs(spec)


def check_inputs(spec: RunSpec) -> None:
    """Refuse inputs that are not there, and folders within one another.

    Raises:
        UsageError: Naming the argument and what to do.
    """
    if not spec.inputs:
        raise UsageError("nothing to do: name at least one input file or folder")
    if spec.workers < 1:
        raise UsageError("--workers must be at least 1")
    check_language(spec.language)
    check_scheduler(spec.scheduler)
    out, home = spec.out.resolve(), spec.home.resolve()
    if home == out or home.is_relative_to(out):
        raise UsageError("--project must not lie inside --out: the key would be shared with it")
    if out.is_relative_to(home / "private"):
        raise UsageError("--out must not lie inside the private folder")
    for given in spec.inputs:
        if not given.exists():
            raise UsageError(f"{given}: no such file or folder")
        source = given.resolve()
        if out == source or (source.is_dir() and out.is_relative_to(source)):
            raise UsageError("--out must not lie inside an input")
        if source.is_relative_to(home / "private"):
            raise UsageError("an input must not lie inside the private folder")
        if source.is_dir() and home.is_relative_to(source) and home != source:
            raise UsageError("--project must not lie inside an input")
        if source == home:
            raise UsageError("the project folder itself is not an input")


def parse_columns(text: str) -> dict[str, str]:
    """Return roles by column of a `--columns` value.

    >>> parse_columns("text=body,handle=user")
    {'body': 'text', 'user': 'handle'}

    Raises:
        UsageError: If a part is not `role=header`.
    """
    columns: dict[str, str] = {}
    for part in filter(None, (piece.strip() for piece in text.split(","))):
        role, equals, headers = part.partition("=")
        if not equals or not role.strip() or not headers.strip():
            raise UsageError("--columns wants role=header pairs, such as text=body,handle=user")
        for header in headers.split("+"):
            columns[header.strip()] = role.strip()
    return columns
