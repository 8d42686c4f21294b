"""Mutated inputs through the whole program, and what every run owes whatever its input is.

A run in this process costs some hundredths of a second once what depends on no input is kept:
the project's key, the packs, the words a release has of itself.  The named-entity model is a
stand-in that finds nothing: no byte of an input reaches its weights otherwise than as text.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

import typer

from anonymize.detect.ner import Entity
from anonymize.detect.spacy_models import Installed
from anonymize.link import naming, store
from anonymize.link.variants import Variants
from anonymize.model.policies import Recall
from anonymize.run import engines, reduce, steps
from anonymize.transform import places
from anonymize.transform.pools import NamePool, name_pool
from tests.acceptance.damage import NAME
from tests.acceptance.running import Said, call
from tests.fuzz_inputs import Seed
from tests.mutations_packed import OUTSIDE, mutated

CODES = frozenset((0, 2, 3, 4, 5, 6, 7, 8, 10))
"""The exit codes of DESIGN §8 but 1, which no input may cause."""
SECONDS = 10
_PROGRESS = (*(f": {number}" for number in range(10)), ": done")


class HangError(BaseException):
    """A run took too long; no handler of the program may take it for its own."""


@dataclass(frozen=True, slots=True)
class Case:
    """One mutated input.

    Attributes:
        files: Content by path below the input folder.
        target: What the run is given, below the input folder.
        options: More arguments of the run.
    """

    files: Mapping[str, bytes]
    target: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a run did.

    Attributes:
        code: Its exit code; -1 when it hung or was broken off by an exception.
        seconds: Of the processor that it took.
        faults: What it owed and did not do.
        notes: What is right but says that something was not foreseen: an error of a reader or
            of a record that only the nets of `run.tasks` held.
        said: What it said.
    """

    code: int
    seconds: float
    faults: tuple[str, ...]
    notes: tuple[str, ...] = ()
    said: str = field(default="", repr=False)


def case(rng: Random, seeds: Sequence[Seed]) -> Case:
    """Return one mutated input of a family."""
    seed = rng.choice(seeds)
    files = dict(seed.files)
    for _ in range(rng.choice((1, 1, 2)) if seed.folder else 1):
        name = rng.choice(sorted(files))
        donor = rng.choice(seeds).files
        files[name] = mutated(rng, name, files[name], donor[rng.choice(sorted(donor))])
        if seed.folder and rng.random() < 0.1:
            folder = rng.choice(("", "data/", "x/"))
            files[f"mine/{folder}{rng.choice(('a.js', 'a.txt', 'b.zip'))}"] = files.pop(name)
    target = next(iter(files)).partition("/")[0]
    return Case(files, target, seed.options)


# --- what is kept from run to run -------------------------------------------------------------


class NoNames:
    """A named-entity model that finds nothing."""

    name = "none"
    version = "1"
    digest = "0" * 64

    def entities(self, texts: Sequence[str], recall: Recall) -> list[list[Entity]]:
        """Return no entities."""
        del recall
        return [[] for _ in texts]


_REMEMBERED: tuple[tuple[Any, str], ...] = (
    (steps, "load_policy"),
    (engines, "load_policy"),
    (steps, "load_study"),
    (places, "words"),
    (store, "words"),
    (typer.main, "get_command"),
)
"""Functions that always give the same for the same, here."""


@contextlib.contextmanager
def prepared() -> Iterator[None]:
    """Put the stand-in in place, and keep what is the same for every input."""
    model = NoNames()
    held: dict[str, Any] = {}

    def own_words(job: Any) -> Any:
        if job.policy.name not in held:
            held[job.policy.name] = words(job)
        return held[job.policy.name]

    words = steps._own_words
    variants = Variants()
    # Each name of a pool is looked up in each new project.
    pool = NamePool(*(names[::60] for names in astuple(name_pool())))
    swaps: list[tuple[Any, str, Any]] = [
        (engines, "_own", lambda: model),
        (engines, "other_models", lambda _: Installed({})),
        (steps, "_own_words", own_words),
        (reduce, "name_pool", lambda: pool),
        (naming, "Variants", lambda: variants),
        (os, "fsync", lambda _: None),
        *((one, name, lru_cache(10_000)(getattr(one, name))) for one, name in _REMEMBERED),
    ]
    before = [(module, name, getattr(module, name)) for module, name, _ in swaps]
    for module, name, new in swaps:
        setattr(module, name, new)
    caches = (engines.detector, engines.scanner, engines.applier)
    for one in caches:
        one.cache_clear()
    try:
        yield
    finally:
        for module, name, old in before:
            setattr(module, name, old)
        for one in caches:
            one.cache_clear()


# --- what is written, and where ---------------------------------------------------------------

_watched: list[tuple[tuple[str, ...], list[str]]] = []
"""Folders that may be written to, and what was written elsewhere; empty when nobody watches."""
_CHANGING = {"os.mkdir": 0, "os.remove": 0, "os.rmdir": 0, "os.rename": 1, "os.symlink": 1,
             "os.link": 1, "os.truncate": 0, "os.chmod": 0, "os.utime": 0}  # fmt: skip


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watched:
        return
    if event == "open":
        path, mode, flags = arguments
        if not (isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
            return
        if mode is not None and "r" in str(mode) and "+" not in str(mode):
            return
    elif event in _CHANGING:
        if arguments[-1] not in {-1, None} and event in {"os.remove", "os.rmdir"}:
            return  # in a folder that is open already: how a whole tree is removed
        path = arguments[_CHANGING[event]]
    else:
        return
    allowed, wrong = _watched[-1]
    if isinstance(path, int):
        return
    whole = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - a lone surrogate is no Path
    if not whole.startswith(allowed) and whole != os.devnull and "__pycache__" not in whole:
        wrong.append(f"{event} outside: {whole}")


@lru_cache(maxsize=1)
def _hooked() -> bool:
    sys.addaudithook(_audit)
    return True


@contextlib.contextmanager
def _watching(*allowed: Path) -> Iterator[list[str]]:
    _hooked()
    wrong: list[str] = []
    _watched.append((tuple(map(str, allowed)), wrong))
    try:
        yield wrong
    finally:
        _watched.pop()


@contextlib.contextmanager
def _limited(seconds: float) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise HangError

    # Of a machine shared with other work, the processor's time is what the input costs.
    timers = (signal.ITIMER_PROF, signal.SIGPROF, 1), (signal.ITIMER_REAL, signal.SIGALRM, 6)
    before = [signal.signal(number, stop) for _, number, _ in timers]
    for timer, _, times in timers:
        signal.setitimer(timer, seconds * times)
    try:
        yield
    finally:
        for (timer, number, _), handler in zip(timers, before, strict=True):
            signal.setitimer(timer, 0)
            signal.signal(number, handler)


# --- runs -------------------------------------------------------------------------------------


class Bench:
    """A folder in which runs are made, each in a fresh copy of one project.

    Args:
        root: An empty folder.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._blank = self.root / "blank"
        self._room = self.root / "room"
        assert call("init", self._blank).code == 0
        # Packs and word lists are loaded here, lest the first input pay for them.
        (self.root / "a.txt").write_text("Ada: Hello\nBo: Hello\nAda: Bye\n")
        assert call("run", self.root / "a.txt", "--out", self.root / "warm").code == 0

    def run(self, one: Case) -> Verdict:
        """Run the program on an input and check what it owes."""
        room = self._room
        shutil.rmtree(room, ignore_errors=True)
        study, share, given = room / "study", room / "out" / "share", room / "in"
        shutil.copytree(self._blank, study)
        share.parent.mkdir()
        given.mkdir()
        # A file name that no file system takes is not what is tried here.
        for name, data in one.files.items():
            (given / name).parent.mkdir(parents=True, exist_ok=True)
            (given / name).write_bytes(data)
        before = _listing(given)
        arguments = ("run", given / one.target, "--out", share, "--project", study, "--json")
        since = time.process_time()
        faults: list[str] = []
        said = Said(-1, "", "", "")
        with _watching(study, share.parent) as wrong:
            try:
                with _limited(SECONDS):
                    said = call(*arguments, *one.options)
            except HangError:
                faults.append(f"no end after {SECONDS} s")
            except Exception as error:  # noqa: BLE001 - the fault looked for
                step = error.__traceback__
                while step is not None and step.tb_next is not None:
                    step = step.tb_next
                where = f"{step.tb_frame.f_code.co_filename}:{step.tb_lineno}" if step else "?"
                faults.append(f"uncaught {type(error).__name__} at {where}")
        seconds = time.process_time() - since
        faults += wrong
        if _listing(given) != before:
            faults.append("the input was changed")
        left = {path.name for path in room.iterdir()}
        if left != {"study", "out", "in"} or Path(OUTSIDE).exists():
            faults.append("something was left outside")
        faults += _owed(said, share, study) if not faults else ()
        notes = _unforeseen(said, share)
        return Verdict(said.code, seconds, tuple(faults), notes, said.everything)


def _listing(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _owed(said: Said, share: Path, study: Path) -> Iterator[str]:
    """Yield what a run that came to its end owes and did not do."""
    everything = said.everything
    if said.code not in CODES:
        yield f"exit code {said.code}"
    if "Traceback" in everything:
        yield "a traceback"
    # An unknown key that is no known identifier is named in the result, as it is in the report.
    shown = _undropped(said.out) + said.err + said.log
    if NAME.lower() in shown.lower():
        yield "an original in a message"
    if said.code in {0, 10}:
        yield from _released(said, share)
    else:
        lines = [line for line in said.err.splitlines() if not line.endswith(_PROGRESS)]
        if len(lines) != 1 or not lines[0].startswith("anonymize: ") or said.out:
            yield f"{len(lines)} lines for a failure"
        if any(share.parent.iterdir()):
            yield "a folder left by a failure"
    # Receipts name unknown keys as the report does; what holds a leak stays in staging.
    needles = (NAME.encode(), NAME.lower().encode())
    for path in study.rglob("*"):
        named = path.parent.name == "receipts" or (said.code == 7 and "staging" in path.parts)
        if path.is_file() and not named and any(one in path.read_bytes() for one in needles):
            yield f"an original unsealed in {path.name}"


def _undropped(out: str) -> str:
    try:
        return json.dumps({**json.loads(out), "dropped": {}})
    except ValueError:
        return out


_NET = re.compile(r"cannot be read(?: as \w+)? \((\w+)\)")


def _unforeseen(said: Said, share: Path) -> tuple[str, ...]:
    """Return what only the nets of `run.tasks` held."""
    found = {match.group() for match in _NET.finditer(said.err)}
    if (share / "report.json").is_file():
        report = json.loads((share / "report.json").read_text("utf-8"))
        found |= {one for one in report["withheld"] if one.startswith("failed-")}
    return tuple(sorted(found))


def _released(said: Said, share: Path) -> Iterator[str]:
    if sorted(path.name for path in share.parent.iterdir()) != [share.name]:
        yield "not one folder published"
        return
    result = json.loads(said.out)
    records = result["records"]
    if records["read"] != records["written"] + records["withheld"]:
        yield "records lost"
    report = json.loads((share / "report.json").read_text("utf-8"))
    dropped = report["dropped"]
    partial = bool(
        records["withheld"]
        or dropped["unknown"]
        or any(one["reason"] == "unknown" for one in dropped["files"])
    )
    if (said.code == 10) != partial:
        yield "an exit code that says otherwise than the report"
    for path in share.rglob("*.json*"):
        try:
            _parsed(path)
        except ValueError:
            yield "output that is no JSON"


def _parsed(path: Path) -> None:
    if path.suffix in {".jsonl", ".json"} and "data" not in path.parts:
        for line in path.read_bytes().split(b"\n") if path.suffix == ".jsonl" else ():
            json.loads(line or b"0")


Progress = Callable[[int, Case, Verdict], None]


def campaign(
    bench: Bench,
    family: str,
    seeds: Sequence[Seed],
    *,
    seed: int,
    numbers: Sequence[int],
    seen: Progress,
) -> None:
    """Run mutated inputs of a family; each depends on seed, family and its number alone."""
    for number in numbers:
        one = case(Random(f"{seed}/{family}/{number}"), seeds)
        seen(number, one, bench.run(one))
