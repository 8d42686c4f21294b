"""Who is who, measured on studies made up whole: precision, recall, ambiguity, leaks, cost.

    python tests/benchmarks/linking.py [--persons 50] [--interviews 20] [--tweets 5000]
        [--noise 0.1] [--nicknames 0.3] [--ambiguity 0.1] [--roster | --no-roster] [--seed 1]
        [--seeds 1] [--whole] [--errors FILE] [--json]
    python tests/benchmarks/linking.py --scale MENTIONS PERSONS [--json]

A study has people of several cultures, accounts with handles and display names of many styles,
circles who mostly speak of one another, tweets, transcripts and subtitles, nicknames, titles,
and names spelt as they were heard; everything follows from the numbers above.  For every name
in the files it is known whose it is.

* Without `--whole` the linker is measured by itself: every name is told to it, as if detection
  were perfect.  What it makes of them is compared with the truth, pairwise and by B³.  A name
  that fits several, or nobody, is a cluster of its own: missed, and counted as such.  Names in
  texts count each time, labels once an interview; handles, user ids, display names and addresses
  once each, for being easy they would outnumber the rest.
* With `--whole` the files go through a run, and besides it is searched what was shared for every
  name form of everybody in the roster or with an account, and counted what became of the names.
* `--scale` makes evidence without files and tells seconds and memory of the one reduce.

The bounds are for 50 persons, 20 interviews and 5,000 tweets, of which 10 % of the names are
mis-spelt: pairwise precision 0.995, recall 0.90 (with a roster 0.97), B³ F1 0.95, at most 5 %
ambiguous, no leak of a known name.

`--errors` lists what went wrong, with texts; they are invented, but keep the habit.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("TLDEXTRACT_PUBLIC_SUFFIX_LIST_URLS", "")

from tests.benchmarks.studies import gold, metrics, scale
from tests.benchmarks.studies.metrics import Figures, Row
from tests.benchmarks.studies.study import Plan, Study, make
from tests.benchmarks.studies.wording import KINDS

PRECISION, RECALL, WITH_ROSTER, F1, AMBIGUOUS = 0.995, 0.90, 0.97, 0.95, 0.05


def judged(found: Figures, *, roster: bool, leaks: int = 0) -> dict[str, bool]:
    """Return whether each bound is kept."""
    return {
        "pairwise precision": found.pair_precision >= PRECISION,
        "pairwise recall": found.pair_recall >= (WITH_ROSTER if roster else RECALL),
        "B3 F1": found.total.f1 >= F1,
        "ambiguous": found.total.ambiguous <= AMBIGUOUS,
        "leaks": not leaks,
    }


def shown(found: Figures, *, roster: bool, leaks: int = 0) -> Iterator[str]:
    """Yield the lines of a study's table."""
    yield (
        f"pairwise precision {found.pair_precision:.4f}  recall {found.pair_recall:.4f}   "
        f"B3 precision {found.total.precision:.4f}  recall {found.total.recall:.4f}  "
        f"F1 {found.total.f1:.4f}   ambiguous {found.total.ambiguous:.2%}"
    )
    missed = [name for name, kept in judged(found, roster=roster, leaks=leaks).items() if not kept]
    yield f"bounds missed: {', '.join(missed) or 'none'}"
    heads = f"{'right':>9}{'ambiguous':>11}{'nobody':>9}"
    yield f"{'kind':16}{'count':>7}{'precision':>11}{'recall':>9}{heads}"
    kinds = sorted(found.kinds, key=KINDS.index)
    for kind, row in [*((kind, found.kinds[kind]) for kind in kinds), ("all", found.total)]:
        yield _line(kind, row)


def _line(kind: str, row: Row) -> str:
    return (
        f"{kind:16}{row.count:>7}{row.precision:>11.4f}{row.recall:>9.4f}{row.right:>9.2%}"
        f"{row.ambiguous:>11.2%}{row.nobody:>9.2%}"
    )


def plain(found: Figures, *, roster: bool, leaks: int = 0) -> dict[str, Any]:
    """Return figures as JSON holds them."""
    rows = {**found.kinds, "all": found.total}
    return {
        "pair_precision": found.pair_precision,
        "pair_recall": found.pair_recall,
        "b3_precision": found.total.precision,
        "b3_recall": found.total.recall,
        "b3_f1": found.total.f1,
        "ambiguous": found.total.ambiguous,
        "bounds": judged(found, roster=roster, leaks=leaks),
        "kinds": {kind: {**asdict(row), "f1": row.f1} for kind, row in rows.items()},
    }


def note_errors(
    path: Path,
    asked: Sequence[tuple[str, Sequence[gold.Reply]]],
    left: Sequence[Mapping[str, Any]],
) -> None:
    """Write what went wrong, by kind, for the one who asked and nobody else.

    Args:
        path: Of the list, JSON lines.
        asked: Answers by what was run.
        left: Lines of what a run left.
    """
    lines = list(left)
    for run, replies in asked:
        given = [one.answer for one in replies]
        for one, wrong in zip(replies, metrics.faults(given), strict=True):
            if wrong is not None:
                lines.append(
                    {
                        "run": run,
                        "wrong": wrong.value,
                        "kind": one.answer.kind,
                        "surface": one.surface,
                        "person": one.answer.truth,
                        "found": one.answer.found[:8],
                        "where": one.where,
                        "text": one.text,
                    },
                )
    lines.sort(key=lambda line: (line["run"], line["wrong"], line["kind"], line["person"]))
    path.touch(mode=0o600)
    path.chmod(0o600)
    content = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    path.write_text(content, encoding="utf-8")


def _measured(
    study: Study, *, roster: bool, whole: bool
) -> tuple[list[gold.Reply], dict[str, Any], list[dict[str, str]]]:
    if not whole:
        return gold.gold(study, roster=roster), {}, []
    from tests.benchmarks.studies import whole as runs

    return runs.whole(study, roster=roster)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    for one in fields(Plan):
        parser.add_argument(f"--{one.name}", type=type(one.default), default=one.default)
    parser.add_argument("--seeds", type=int, default=1, help="how many studies, from --seed on")
    parser.add_argument("--roster", action=argparse.BooleanOptionalAction, default=None,
                        help="only with, or only without; else both")  # fmt: skip
    parser.add_argument("--whole", action="store_true", help="through a run")
    parser.add_argument("--errors", type=Path)
    parser.add_argument("--scale", type=int, nargs=2, metavar=("MENTIONS", "PERSONS"))
    parser.add_argument("--json", action="store_true")
    given = vars(parser.parse_args())
    if given["scale"]:
        cost = scale.measure(*given["scale"])
        sys.stdout.write(json.dumps(cost, indent=None if given["json"] else 2) + "\n")
        return
    plan = Plan(**{one.name: given[one.name] for one in fields(Plan)})
    rosters = (False, True) if given["roster"] is None else (given["roster"],)
    results: dict[str, Any] = {}
    asked: list[tuple[str, list[gold.Reply]]] = []
    left: list[dict[str, str]] = []
    for seed in range(plan.seed, plan.seed + given["seeds"]):
        study = make(replace(plan, seed=seed))
        for roster in rosters:
            name = f"seed {seed}, {'with' if roster else 'without'} roster"
            replies, besides, lines = _measured(study, roster=roster, whole=given["whole"])
            asked.append((name, replies))
            left += ({"run": name, **line} for line in lines)
            leaks = besides.get("leaks", 0)
            found = metrics.measure([one.answer for one in replies])
            results[name] = plain(found, roster=roster, leaks=leaks)
            if besides:
                results[name]["run"] = besides
            if not given["json"]:
                table = [name, *shown(found, roster=roster, leaks=leaks)]
                table += [f"{key}: {value}" for key, value in besides.items()]
                sys.stdout.write("\n".join(table) + "\n\n")
                sys.stdout.flush()
    if given["errors"]:
        note_errors(given["errors"], asked, left)
    if given["json"]:
        sys.stdout.write(json.dumps(results, indent=2) + "\n")


if __name__ == "__main__":
    main()
