"""From the receipts of a run to the numbers of its report.  Pure; holds no original."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from anonymize.model.fields import Path
from anonymize.model.receipts import Receipt
from anonymize.model.spans import Span

SCORE_BINS = 10


def total(receipts: Iterable[Receipt]) -> Counter[str]:
    """Return the sum of all counters."""
    counts: Counter[str] = Counter()
    for receipt in receipts:
        counts.update(receipt.counts)
    return counts


def group(counts: Mapping[str, int], prefix: str) -> dict[str, int]:
    """Return the counters below `prefix/`, sorted, without the prefix.

    >>> group({"withheld/consent": 2, "records/read": 9}, "withheld")
    {'consent': 2}
    """
    start = prefix + "/"
    return {
        name[len(start) :]: counts[name]
        for name in sorted(counts)
        if name.startswith(start) and counts[name]
    }


def scores(counts: Mapping[str, int]) -> dict[str, list[int]]:
    """Return a histogram of scores for each entity type: ten bins of a tenth each."""
    table: dict[str, list[int]] = {}
    for name, number in group(counts, "score").items():
        entity_type, _, place = name.rpartition("/")
        table.setdefault(entity_type, [0] * SCORE_BINS)[int(place)] += number
    return table


def bin_of(score: float) -> int:
    """Return the bin of a score.

    >>> bin_of(0.0), bin_of(0.85), bin_of(1.0)
    (0, 8, 9)
    """
    return min(SCORE_BINS - 1, int(score * SCORE_BINS))


def found_counts(spans: Mapping[Path, Sequence[Span]]) -> dict[str, int]:
    """Count what stands in a document's texts, whether or not it is then replaced."""
    counts: dict[str, int] = {}
    for span in (one for many in spans.values() for one in many):
        for name in _counters(span.entity_type, span.recognizer, span.score):
            counts[name] = counts.get(name, 0) + 1
    return counts


@lru_cache(maxsize=4096)
def _counters(entity_type: str, recognizer: str, score: float) -> tuple[str, ...]:
    """Return the names of the counters of a span."""
    return (
        f"found/type/{entity_type}",
        f"found/recognizer/{recognizer}",
        f"score/{entity_type}/{bin_of(score)}",
    )


def by_file(outputs: Iterable[tuple[str, Receipt]]) -> dict[str, dict[str, int]]:
    """Return records, found and replaced for each file of the shared data."""
    table: dict[str, Counter[str]] = {}
    for output, receipt in outputs:
        row = table.setdefault(output, Counter())
        row["records"] += receipt.counts.get("records/written", 0)
        row["withheld"] += receipt.counts.get("records/withheld", 0)
        row["found"] += sum(group(receipt.counts, "found/type").values())
        row["replaced"] += sum(group(receipt.counts, "replaced/type").values())
    return {
        output: {name: table[output][name] for name in ("records", "withheld", "found", "replaced")}
        for output in sorted(table)
    }


def records(counts: Mapping[str, int]) -> dict[str, int]:
    """Return records read, written and withheld."""
    return {name: counts.get(f"records/{name}", 0) for name in ("read", "written", "withheld")}


def report(
    counts: Mapping[str, int],
    files: Mapping[str, Mapping[str, int]],
    dropped_files: list[dict[str, str]],
    facts: Mapping[str, Any],
) -> dict[str, Any]:
    """Return the content of `report.json`.

    Args:
        counts: Sum over all shards.
        files: From `by_file`.
        dropped_files: `name`, `reason`, `container` of each input file left out.
        facts: What is not counted: title, policy, software, packs, model, key id, identities,
            verification, audit, warnings.
    """
    problems = Counter(group(counts, "problem"))
    problems.update(facts.get("problems", {}))
    return {
        **facts,
        "records": records(counts),
        "withheld": group(counts, "withheld"),
        "dropped": {
            "unknown": group(counts, "dropped/unknown"),
            "rule": group(counts, "dropped/rule"),
            "files": dropped_files,
        },
        "found": {
            "by_type": group(counts, "found/type"),
            "by_recognizer": group(counts, "found/recognizer"),
            "by_file": {name: dict(row) for name, row in files.items()},
        },
        "replaced": {
            "by_type": group(counts, "replaced/type"),
            "by_operator": group(counts, "replaced/operator"),
            "by_role": group(counts, "replaced/role"),
        },
        "review": group(counts, "review"),
        "scores": scores(counts),
        "decided_by": group(counts, "by"),
        "problems": dict(sorted(problems.items())),
    }
