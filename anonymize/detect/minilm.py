"""The project's own named-entity model: MiniLM, trained here, eight-bit ONNX, in the wheel.

How it is made stands in `detect.training`; what it reached, in `weights/CARD.md`.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from anonymize.detect import decoding
from anonymize.detect.ner import Entity
from anonymize.detect.pieces import Vocabulary, Words
from anonymize.errors import EngineError
from anonymize.model.policies import Recall

FOLDER = Path(__file__).parent / "weights"
MANIFEST = "manifest.json"
VOCABULARY = "vocab.txt"
NETWORK = "model.onnx"


@dataclass(frozen=True, slots=True)
class Dial:
    """How much the model finds, as measured on development data.

    Attributes:
        thresholds: Probability of a word above which it belongs to an entity, by setting.
        precision: Pairs of probability and the part of entities of about that probability
            that were right, rising in both.
    """

    thresholds: Mapping[Recall, float]
    precision: tuple[tuple[float, float], ...]

    def score(self, chance: float) -> float:
        """Return how often an entity of this probability was right, interpolated."""
        before = (0.0, 0.0)
        for point in (*self.precision, (1.0, 1.0)):
            if chance <= point[0]:
                width = point[0] - before[0]
                part = (chance - before[0]) / width if width else 1.0
                return before[1] + part * (point[1] - before[1])
            before = point
        return 1.0


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a folder of weights says of itself.

    Attributes:
        version: Of the model.
        weights: SHA-256 of the weights before they were quantised.
        digest: SHA-256 of the manifest itself, which names the digests of all other files.
        files: SHA-256 of each file, by name.
        dial: See `Dial`.
    """

    version: str
    weights: str
    digest: str
    files: Mapping[str, str] = field(repr=False)
    dial: Dial = field(repr=False)


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a folder of weights, its files checked.

    Raises:
        EngineError: If it is missing or damaged, or a file is not the one it names.
    """
    try:
        raw = (folder / MANIFEST).read_bytes()
        content = json.loads(raw)
        dial = Dial(
            {Recall(name): float(value) for name, value in content["thresholds"].items()},
            tuple((float(a), float(b)) for a, b in content["precision"]),
        )
        digest = hashlib.sha256(raw).hexdigest()
        manifest = Manifest(content["version"], content["weights"], digest, content["files"], dial)
        wrong = [
            name
            for name, known in manifest.files.items()
            if hashlib.sha256((folder / name).read_bytes()).hexdigest() != known
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise EngineError(
            "the named-entity model is missing or damaged; install anonymize again",
        ) from None
    if wrong or set(dial.thresholds) != set(Recall):
        raise EngineError("the named-entity model was changed; install anonymize again")
    return manifest


def runtime() -> Any:
    """Return the module `onnxruntime`, kept from reporting its use.

    From 1.32 on its Linux builds make an id of the machine and send events home unless the
    environment forbids it before the module is loaded (found by running; its strings name the
    variable).
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    return onnxruntime


class OwnModel:
    """The model that is shipped.

    It runs on one thread: a run uses one process a core.

    Args:
        folder: Weights; those of this package by default.

    Raises:
        EngineError: If a file is missing or not the one the manifest names.
    """

    __slots__ = ("_dial", "_session", "_vocabulary", "digest", "version")

    name = "minilm"

    def __init__(self, folder: Path = FOLDER) -> None:
        manifest = read_manifest(folder)
        self.version = manifest.version
        self.digest = manifest.digest
        self._dial = manifest.dial
        self._vocabulary = Vocabulary(folder / VOCABULARY)
        onnxruntime = runtime()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(
            str(folder / NETWORK), options, providers=["CPUExecutionProvider"]
        )

    def entities(self, texts: Sequence[str], recall: Recall) -> list[list[Entity]]:
        """Return the entities of each text; equal texts are read once."""
        threshold = self._dial.thresholds[recall]
        distinct = sorted(set(texts))
        found = {
            text: [
                (start, end, label, self._dial.score(chance))
                for start, end, label, chance in decoding.entities(words, chances, threshold)
            ]
            for text, (words, chances) in zip(distinct, self.read(distinct), strict=True)
        }
        return [found[text] for text in texts]

    def read(self, texts: Iterable[str]) -> Iterator[tuple[Words, Any]]:
        """Yield the words of each text and their probabilities, of shape (words, classes).

        Each window is run by itself: eight-bit numbers are scaled by the largest of a run, so
        that read together texts would change one another's results.  Nothing is padded, and
        on one thread batches of 32 were but 6 % faster.
        """
        import numpy as np

        for text in texts:
            words = self._vocabulary.words(text)
            parts: list[tuple[int, Any]] = []
            for window in self._vocabulary.windows(words):
                ids = np.array([window.ids], dtype=np.int64)
                shapes = np.array([window.shapes], dtype=np.int64)
                feed = {"ids": ids, "shapes": shapes, "mask": np.ones_like(ids)}
                logits = self._session.run(None, feed)[0][0]
                rows = decoding.probabilities(logits[list(window.heads)])
                parts.append((window.first, rows))
            if not parts:
                parts.append((0, np.zeros((0, decoding.CLASSES))))
            yield words, decoding.joined(len(words), parts)
