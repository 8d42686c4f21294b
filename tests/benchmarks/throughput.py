"""Tweets and characters a second of the whole `run` beside Presidio, on the same texts.

    python tests/benchmarks/throughput.py [--kind unique retweets interviews] [--tweets 20000]
        [--talks 200] [--workers 1 2] [--without-presidio] [--json RESULT] [--chart CHART.svg]

Each collection is written to disk (`studies.lines`) and read by `api.run` in a process of its own,
with its own model; in another process Presidio's `AnalyzerEngine` reads the same texts one after
the other, and its `BatchAnalyzerEngine` all of them.  Presidio only detects; the run also reads,
links, replaces, writes, searches and signs.  Start-up is told by itself and counted for neither.
Figures are ratios of one run of this program, never bounds of a test.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS", "")

KINDS = ("unique", "retweets", "interviews")
RETWEETS = 0.6
_RUN, _PRESIDIO = "--as-run", "--as-presidio"


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


def show(measured: object, result: Path | None) -> None:
    """Print figures as JSON, and write them to a file where one is named."""
    text = json.dumps(measured, indent=2) + "\n"
    if result:
        result.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def _timed(owner: Any, name: str, spent: dict[str, float], key: str) -> None:
    """Let a method note how long it takes altogether."""
    plain: Callable[..., Any] = getattr(owner, name)
    spent[key] = 0.0

    def timed(*given: Any, **named: Any) -> Any:
        since = time.perf_counter()
        try:
            return plain(*given, **named)
        finally:
            spent[key] += time.perf_counter() - since

    setattr(owner, name, timed)


def as_run(source: Path, out: Path, workers: int) -> dict[str, Any]:
    """Run, and return seconds of start-up, of the whole and of its parts.

    How much of it is detection, and how much of that the model's own passes, is known of a run
    without other processes.
    """
    begun = time.perf_counter()
    from anonymize import api
    from anonymize.detect.engine import Text
    from anonymize.detect.minilm import OwnModel
    from anonymize.model.policies import Recall
    from anonymize.rulepacks.study import PACKS
    from anonymize.run import engines

    # The very arguments of the run: another detector would be made there, and counted.
    engines.detector(PACKS, ("en",), Recall.HIGH).detect([Text("Jane met Tom in Leeds.")])
    engines.surrogate_words()
    started = time.perf_counter() - begun
    spent: dict[str, float] = {}
    if workers == 1:
        _timed(engines.Scanner, "detect", spent, "detection")

        class Timed:
            def __init__(self, session: Any) -> None:
                self.run = session.run
                _timed(self, "run", spent, "model")

        model = engines._own()
        if not isinstance(model, OwnModel):
            raise SystemExit("the run's own model is to be measured")
        model._session = Timed(model._session)
    stages = Stages()
    since, used = time.perf_counter(), time.process_time()
    result = api.run([source], out=out, workers=workers, progress=stages)
    return {
        "start": round(started, 3),
        "seconds": round(time.perf_counter() - since, 3),
        "cpu_seconds": round(time.process_time() - used, 3),
        "stages": stages.seconds | {key: round(value, 3) for key, value in spent.items()},
        "records": dict(result.records),
    }


def as_presidio(texts: Sequence[str], *, batch: bool) -> dict[str, Any]:
    """Detect by Presidio, and return its seconds."""
    begun = time.perf_counter()
    from anonymize.detect.baseline import Presidio

    baseline = Presidio()
    baseline.entities("Warm up with Jane in Leeds.")
    started = time.perf_counter() - begun
    since, used = time.perf_counter(), time.process_time()
    if batch:
        from presidio_analyzer import BatchAnalyzerEngine

        list(BatchAnalyzerEngine(baseline._analyzer).analyze_iterator(texts, language="en"))
    else:
        for text in texts:
            baseline.entities(text)
    return {
        "start": round(started, 3),
        "seconds": round(time.perf_counter() - since, 3),
        "cpu_seconds": round(time.process_time() - used, 3),
    }


def _inside(arguments: Sequence[str]) -> None:
    """Do one of the things measured, and print its figures."""
    if arguments[0] == _RUN:
        found = as_run(Path(arguments[1]), Path(arguments[2]), int(arguments[3]))
    else:
        texts = json.loads(Path(arguments[1]).read_text("utf-8"))
        found = as_presidio(texts, batch=arguments[2] == "batch")
    sys.stdout.write(json.dumps(found) + "\n")


def _child(*arguments: object) -> dict[str, Any]:
    """Return what a process of its own found, with the most memory it took, MiB."""
    from tests.benchmarks.memory import watch

    code, told, peak, _, _ = watch([sys.executable, __file__, *map(str, arguments)])
    if code:
        raise SystemExit(f"what was to be measured ended with {code}")
    return {**json.loads(told.splitlines()[-1]), "peak_mb": peak}


def measure(kind: str, given: argparse.Namespace, folder: Path) -> Iterator[dict[str, Any]]:
    """Yield the figures of each program on one kind of collection."""
    from tests.benchmarks.studies.lines import write_talks, write_tweets

    source = folder / kind
    source.mkdir()
    if kind == "interviews":
        texts = write_talks(source, given.talks, given.seed)
    else:
        share = RETWEETS if kind == "retweets" else 0.0
        texts = write_tweets(source, given.tweets, given.seed, share)
    listed = folder / f"{kind}.json"
    listed.write_text(json.dumps(texts), encoding="utf-8")
    size = {"texts": len(texts), "characters": sum(map(len, texts))}
    calls: list[tuple[str, tuple[object, ...]]] = [
        (f"run, {number} worker{'s' * (number > 1)}",
         (_RUN, source, folder / f"{kind}-{number}", number))
        for number in given.workers
    ]  # fmt: skip
    if not given.without_presidio:
        calls += [(f"Presidio, {how}", (_PRESIDIO, listed, how)) for how in ("loop", "batch")]
    for name, call in calls:
        found = _child(*call)
        for unit, number in size.items():
            found[f"{unit}_per_second"] = round(number / found["seconds"], 1)
        yield {"kind": kind, "program": name, **size, **found}


def table(rows: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a table; ratios are to Presidio's loop on the same texts, by wall clock and CPU."""
    yield (f"{'kind':12}{'program':20}{'texts/s':>9}{'chars/s':>10}{'ratio':>7}{'(CPU)':>7}"
           f"{'MiB':>7}{'start':>7}  stages")  # fmt: skip
    loops = {row["kind"]: row for row in rows if row["program"].endswith("loop")}
    for row in rows:
        ratios = ["", ""]
        if loop := loops.get(row["kind"]):
            alone = "2 workers" not in row["program"]
            ratios = [f"{loop[key] / row[key]:.2f}" for key in ("seconds", "cpu_seconds")]
            ratios[1] = ratios[1] if alone else ""
        stages = " ".join(f"{name} {value:.1f}" for name, value in row.get("stages", {}).items())
        yield (
            f"{row['kind']:12}{row['program']:20}{row['texts_per_second']:>9}"
            f"{row['characters_per_second']:>10}{ratios[0]:>7}{ratios[1]:>7}"
            f"{row['peak_mb']:>7.0f}{row['start']:>7.1f}  {stages}"
        )


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] in ([_RUN], [_PRESIDIO]):
        _inside(sys.argv[1:])
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kind", nargs="+", choices=KINDS, default=list(KINDS))
    parser.add_argument("--tweets", type=int, default=20_000)
    parser.add_argument("--talks", type=int, default=200)
    parser.add_argument("--workers", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--without-presidio", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--chart", type=Path)
    given = parser.parse_args()
    rows: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as name:
        for kind in given.kind:
            for row in measure(kind, given, Path(name)):
                rows.append(row)
                sys.stdout.write("\n".join(table(rows)) + "\n\n")
                sys.stdout.flush()
    if given.json:
        given.json.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    if given.chart:
        from tests.benchmarks.charts import bars

        shown = [(row["kind"], row["program"], row["texts_per_second"]) for row in rows]
        title = "Texts a second of a whole run, and of Presidio's detection alone"
        given.chart.write_text(bars(title, "texts/s", shown), encoding="utf-8")


if __name__ == "__main__":
    main()
