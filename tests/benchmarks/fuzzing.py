"""Mutated inputs of every family of formats through the whole run: exit codes, faults, seconds.

    python tests/benchmarks/fuzzing.py [--family NAME]… [--count 10000] [--seed 0]
        [--from 0] [--keep FOLDER] [--json RESULT]

A new format is one more entry of `tests.fuzz_seeds.FAMILIES`.  An input that shows a fault is kept
below `--keep`, in a folder of family and number with `verdict.txt` beside it; seed, family
and number alone make it again.  The process ends with 1 if there was any.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS", "")

from tests.fuzz_runs import SECONDS, Bench, Case, Verdict, campaign, prepared
from tests.fuzz_seeds import FAMILIES

_STUCK = 6 * SECONDS
"""Seconds after which no signal got through to a run: the process says where, and ends."""


def _keep(folder: Path, one: Case, verdict: Verdict) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in one.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    told = [*verdict.faults, *verdict.notes, f"code {verdict.code}", f"options {one.options}"]
    told.append(verdict.said[-3000:])
    (folder / "verdict.txt").write_text("\n".join(told), "utf-8", errors="backslashreplace")


def measure(family: str, arguments: argparse.Namespace, bench: Bench) -> dict[str, object]:
    """Run the inputs of a family and return what came of them."""
    codes: Counter[int] = Counter()
    faults: Counter[str] = Counter()
    notes: Counter[str] = Counter()
    slowest = [0.0, -1.0]
    since = time.perf_counter()
    refused = arguments.keep / "codes"

    def seen(number: int, one: Case, verdict: Verdict) -> None:
        faulthandler.cancel_dump_traceback_later()
        codes[verdict.code] += 1
        if verdict.seconds > slowest[0]:
            slowest[:] = [verdict.seconds, number]
        for fault in verdict.faults:
            faults[fault] += 1
            if faults[fault] <= 20:
                _keep(arguments.keep / f"{family}-{number}", one, verdict)
        for note in verdict.notes:
            notes[note] += 1
            if notes[note] <= 3:
                _keep(arguments.keep / "notes" / f"{family}-{number}", one, verdict)
        if verdict.code not in {0, 4, 10} and codes[verdict.code] <= 20:
            # Right, yet worth a look.
            _keep(refused / f"{verdict.code}-{family}-{number}", one, verdict)
        faulthandler.dump_traceback_later(_STUCK, exit=True)
        if number % 500 == 499:
            sys.stderr.write(f"{family} {number + 1}: {dict(codes)} {dict(faults)}\n")

    numbers = range(arguments.start, arguments.start + arguments.count)
    campaign(bench, family, FAMILIES[family](), seed=arguments.seed, numbers=numbers, seen=seen)
    faulthandler.cancel_dump_traceback_later()
    return {
        "family": family,
        "seed": arguments.seed,
        "from": arguments.start,
        "count": sum(codes.values()),
        "codes": dict(sorted(codes.items())),
        "faults": dict(faults),
        "notes": dict(notes),
        "slowest_seconds": round(slowest[0], 3),
        "slowest_number": int(slowest[1]),
        "seconds": round(time.perf_counter() - since, 1),
    }


def main() -> int:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(description="Fuzz the whole run.")
    parser.add_argument("--family", action="append", choices=sorted(FAMILIES))
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--from", dest="start", type=int, default=0)
    parser.add_argument("--keep", type=Path, default=Path("fuzzed"))
    parser.add_argument("--json", type=Path)
    parser.add_argument("--gigabytes", type=int, default=6, help="address space of the process")
    arguments = parser.parse_args()
    # The program's own hook says no more of a fault in these files than its place.
    sys.excepthook = sys.__excepthook__
    resource.setrlimit(resource.RLIMIT_AS, (arguments.gigabytes << 30,) * 2)
    results = []
    with tempfile.TemporaryDirectory() as made, prepared():
        bench = Bench(Path(made))
        for family in arguments.family or FAMILIES:
            results.append(measure(family, arguments, bench))
            sys.stdout.write(json.dumps(results[-1]) + "\n")
            sys.stdout.flush()
            if arguments.json:
                arguments.json.write_text(json.dumps(results, indent=1) + "\n", "utf-8")
    return int(any(one["faults"] for one in results))


if __name__ == "__main__":
    raise SystemExit(main())
