"""Tweets a second of the whole `run` beside a plain loop of Presidio, in one process.

    python tests/benchmarks/throughput.py [FILE.jsonl] [--tweets 2000] [--json RESULT]

Both read the same texts, the run with its own named-entity model, Presidio as `evaluate
--baseline presidio` has it; start-up is not counted for either.  Presidio's loop only detects; the
run also reads, links, replaces, writes, searches and signs.
Without a file, tweets are generated.  Figures are ratios of one run, never bounds of a test.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS", "")


class Stages:
    """Notes how long each stage of a run takes, in seconds."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._stage, self._since = "", 0.0

    def start(self, stage: str, total: int) -> None:
        """Begin a stage."""
        del total
        self._stage, self._since = stage, time.perf_counter()

    def advance(self, units: int = 1, *, records: int = 0) -> None:
        """Do nothing."""

    def finish(self) -> None:
        """Note the stage."""
        self.seconds[self._stage] = round(time.perf_counter() - self._since, 3)


def texts_of(path: Path) -> list[str]:
    """Return the text of every line."""
    lines = path.read_text(encoding="utf-8").splitlines()
    records: list[Mapping[str, Any]] = [json.loads(line) for line in lines if line.strip()]
    return [str(r.get("text") or r.get("full_text") or "") for r in records]


def presidio_seconds(texts: list[str]) -> float:
    """Return how long Presidio takes, text after text."""
    from anonymize.detect.baseline import Presidio

    baseline = Presidio()
    baseline.entities("Warm up with Jane in Leeds.")
    since = time.perf_counter()
    for text in texts:
        baseline.entities(text)
    return time.perf_counter() - since


def run_seconds(source: Path, folder: Path) -> tuple[float, Stages, dict[str, int]]:
    """Return how long a run takes, its stages and its records."""
    from anonymize import api
    from anonymize.rulepacks.study import PACKS
    from anonymize.run import engines

    engines.detector(PACKS, ("en",))
    engines.surrogate_words()
    stages = Stages()
    since = time.perf_counter()
    result = api.run([source], out=folder / "out", progress=stages)
    return time.perf_counter() - since, stages, dict(result.records)


def show(measured: Mapping[str, Any], result: Path | None) -> None:
    """Print figures as JSON, and write them to a file where one is named."""
    text = json.dumps(measured, indent=2) + "\n"
    if result:
        result.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def main() -> None:
    """Measure and print."""
    from tests.generators import make_jsonl

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("source", nargs="?", type=Path)
    parser.add_argument("--tweets", type=int, default=2000)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = given.source
        if source is None:
            source = folder / "tweets.jsonl"
            source.write_bytes(make_jsonl(given.tweets, seed=1))
        texts = texts_of(source)
        ours, stages, records = run_seconds(source, folder)
        theirs = presidio_seconds(texts)
    measured = {
        "tweets": len(texts),
        "records": records,
        "run_tweets_per_second": round(len(texts) / ours, 1),
        "presidio_loop_tweets_per_second": round(len(texts) / theirs, 1),
        "ratio": round(theirs / ours, 2),
        "seconds_by_stage": stages.seconds,
    }
    show(measured, given.json)


if __name__ == "__main__":
    main()
