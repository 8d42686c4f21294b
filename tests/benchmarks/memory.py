"""Peak memory of the whole `run` on collections of growing size, and their ratio.

    python tests/benchmarks/memory.py [--kind jsonl takeout] [--megabytes 100 1000] [--stand-in]
        [--include WORDS] [--seed 1] [--workdir DIR] [--json RESULT]

Each collection is written to disk (see `studies.large`: the same people whatever the size), and
`anonymize run --workers 1` reads it in a process of its own.  Its memory and that of all its
children is read from /proc twenty times a second, which also tells in which stage it was highest;
the kernel's own peak of the process counts where it is higher.  Linux only.

The bound: what is ten times as large needs at most 15 % more.  `--stand-in` replaces the
named-entity model by a pattern: growth is found in a tenth of the time, but the whole is smaller
by what the model takes, so that the ratio is too severe.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS", "")

RATIO = 1.15
"""What the largest of a kind may need beside the smallest."""
_INTERVAL = 0.05
_INSIDE = "--as-program"
_NAME = re.compile(r"\b[A-ZÀ-Ý][a-zà-ÿ]+(?: [A-ZÀ-Ý][a-zà-ÿ]+)+\b")


class StandIn:
    """Two or more words with capitals are a person."""

    name = "two-words"
    version = "1"
    digest = "0" * 64

    def entities(self, texts: Sequence[str], recall: object) -> list[list[Any]]:
        """Return the entities of each text."""
        del recall
        return [[(*m.span(), "PERSON", 0.9) for m in _NAME.finditer(text)] for text in texts]


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run took.

    Attributes:
        kind: Of collection.
        megabytes: Asked for.
        tweets: In the collection.
        peak_mb: Most memory of the process and its children, MiB.
        stages: The same of each stage, MiB.
        seconds: Of each stage, and `total`.
        code: Exit code.
        records: Read, written, withheld.
    """

    kind: str
    megabytes: float
    tweets: int
    peak_mb: float
    stages: dict[str, float]
    seconds: dict[str, float]
    code: int
    records: dict[str, int] = field(default_factory=dict)

    @property
    def speed(self) -> float:
        """Tweets a second of the whole run."""
        return self.tweets / self.seconds["total"]


def tree_bytes(root: int) -> int:
    """Return the resident memory of a process and all below it, bytes; 0 when it has ended."""
    total, waiting = 0, [root]
    while waiting:
        one = waiting.pop()
        try:
            total += int(Path(f"/proc/{one}/statm").read_text("ascii").split()[1])
            for task in Path(f"/proc/{one}/task").iterdir():
                waiting += map(int, (task / "children").read_text("ascii").split())
        except (OSError, ValueError):
            continue  # ended meanwhile
    return total * os.sysconf("SC_PAGE_SIZE")


def _told(stream: IO[str]) -> Iterator[tuple[str, float]]:
    """Yield each stage of a run when it begins."""
    last = ""
    for line in stream:
        stage = line.partition(":")[0]
        if stage != last and re.fullmatch("[a-z]+", stage):
            last = stage
            yield stage, time.perf_counter()


def watch(command: Sequence[str]) -> tuple[int, str, float, dict[str, float], dict[str, float]]:
    """Run a command and return what it came to.

    Returns:
        Exit code, stdout, peak in MiB, peak of each stage in MiB, seconds of each stage.
    """
    began = time.perf_counter()
    stage = ["start"]
    begins = {"start": began}
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as out,
        subprocess.Popen(command, stdout=out, stderr=subprocess.PIPE, text=True) as process,
    ):

        def listen() -> None:
            for name, since in _told(process.stderr or sys.stdin):
                begins[name] = since
                stage[0] = name

        listener = threading.Thread(target=listen)
        listener.start()
        peaks: dict[str, float] = {}
        while True:
            held = tree_bytes(process.pid) / 2**20
            peaks[stage[0]] = max(peaks.get(stage[0], 0.0), held)
            ended, status, used = os.wait4(process.pid, os.WNOHANG)
            if ended:
                break
            time.sleep(_INTERVAL)
        process.returncode = os.waitstatus_to_exitcode(status)
        listener.join()
        out.seek(0)
        told = out.read()
    ends = [*list(begins.values())[1:], time.perf_counter()]
    seconds = {
        name: round(end - since, 1) for (name, since), end in zip(begins.items(), ends, strict=True)
    }
    seconds["total"] = round(ends[-1] - began, 1)
    peak = max(*peaks.values(), used.ru_maxrss / 2**10)
    rounded = {name: round(value, 1) for name, value in peaks.items()}
    return process.returncode, told, round(peak, 1), rounded, seconds


def measure(given: argparse.Namespace, kind: str, megabytes: float, folder: Path) -> Measured:
    """Make a collection, run it, and return what the run took."""
    from tests.benchmarks.studies.large_takeout import SUFFIXES, WRITERS

    source = folder / f"{kind}{SUFFIXES[kind]}"
    tweets = WRITERS[kind](source, int(megabytes * 10**6), given.seed)
    program = [__file__, _INSIDE] if given.stand_in else ["-m", "anonymize"]
    more = ["--include", given.include] if given.include and kind == "takeout" else []
    command = [sys.executable, *program, "--json", "run", str(source), "--workers", "1", *more]
    code, told, peak, stages, seconds = watch([*command, "--out", str(folder / "share")])
    records = json.loads(told)["records"] if code in {0, 10} else {}
    return Measured(kind, megabytes, tweets, peak, stages, seconds, code, records)


def table(results: Sequence[Measured]) -> Iterator[str]:
    """Yield the lines of a table; ratios are to the first of a kind."""
    yield f"{'kind':10}{'MB':>8}{'tweets':>10}{'peak MiB':>10}{'ratio':>8}{'tweets/s':>10}  stages"
    first: dict[str, Measured] = {}
    for one in results:
        ratio = one.peak_mb / first.setdefault(one.kind, one).peak_mb
        stages = " ".join(f"{name} {round(peak)}" for name, peak in one.stages.items())
        yield (
            f"{one.kind:10}{one.megabytes:>8g}{one.tweets:>10}{one.peak_mb:>10.1f}{ratio:>8.3f}"
            f"{one.speed:>10.1f}  {stages}" + (f"  EXIT {one.code}" * (one.code not in {0, 10}))
        )


def as_program(arguments: list[str]) -> None:
    """Be the command line, with the stand-in for the model."""
    from anonymize.cli.main import main as program
    from anonymize.run import engines

    engines._own = StandIn  # type: ignore[assignment]
    sys.argv = ["anonymize", *arguments]
    program()


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] == [_INSIDE]:
        as_program(sys.argv[2:])
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kind", nargs="+", choices=("jsonl", "takeout"),
                        default=["jsonl", "takeout"])  # fmt: skip
    parser.add_argument("--megabytes", nargs="+", type=float, default=[100, 1000])
    parser.add_argument("--stand-in", action="store_true", help="instead of the model")
    parser.add_argument("--include", default="", help="what of the takeout is converted besides")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workdir", type=Path, help="where files are made, and removed")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    results: list[Measured] = []
    for kind in given.kind:
        for megabytes in given.megabytes:
            with tempfile.TemporaryDirectory(dir=given.workdir) as name:
                results.append(measure(given, kind, megabytes, Path(name)))
            if given.json:
                content = [asdict(one) for one in results]
                given.json.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    sys.stdout.write("".join(f"{line}\n" for line in table(results)))


if __name__ == "__main__":
    main()
