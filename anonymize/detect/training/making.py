"""All steps from corpora to a folder of weights with its manifest and card."""

from __future__ import annotations

import hashlib
import json
import random
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from anonymize.detect.minilm import MANIFEST, NETWORK, VOCABULARY, OwnModel, read_manifest
from anonymize.detect.pieces import Vocabulary
from anonymize.detect.training import calibration, card, corpora, export, templates
from anonymize.detect.training.calibration import Reading
from anonymize.detect.training.corruption import lowered, recognised
from anonymize.detect.training.fitting import Recipe, Source, fit
from anonymize.detect.training.gold import Gold
from anonymize.detect.training.network import base_folder
from anonymize.detect.training.substitution import names
from anonymize.model.policies import Recall

LANGUAGES = {"en": 0.7, "es": 0.08, "fr": 0.08, "de": 0.07, "nl": 0.07}
"""How often a template is of each language."""
SHARES = {
    "gum_spoken/train.jsonl": 2.0,
    "meddocan_es/train.jsonl": 0.15,
    "echr_es_fr/es_manual_train.jsonl": 0.6,
    "echr_es_fr/fr_manual_train.jsonl": 0.6,
}
"""Parts of corpora drawn in an epoch: English is most of it, and spoken text a good part."""
VERSION = "1"


def sources(data: Path, part: float = 1.0) -> list[Source]:
    """Return the training parts; see `make` for errors."""
    return [
        Source(corpora.read(data, one), part * SHARES.get(one.file, 1.0), one.spoken)
        for one in corpora.TRAINING
    ]


def make(
    data: Path,
    out: Path,
    tell: Callable[[str], None],
    *,
    part: float = 1.0,
    **numbers: int,
) -> str:
    """Train a model and write its folder.

    Args:
        data: Folder of the corpora.
        out: Where the weights are written.
        tell: Told of progress.
        part: Of each corpus, for trials.
        numbers: Fields of `Recipe` other than the shipped ones.

    Returns:
        SHA-256 of the weights before they are quantised, hex.

    Raises:
        UsageError: If a corpus is missing.
        FormatError: If a corpus is damaged.
        EngineError: If the base weights are missing.
    """
    recipe = replace(Recipe(), **numbers)
    source = names()
    base = base_folder() / "vocab.txt"
    training = sources(data, part)
    sentences = templates.load()

    def sentence(rng: random.Random) -> Gold:
        return sentences.fill(rng, source, LANGUAGES)

    recipe = replace(recipe, templates=int(recipe.templates * part))
    model = fit(recipe, training, sentence, Vocabulary(base), source, tell)
    digest = export.weights_digest(model)
    out.mkdir(parents=True, exist_ok=True)
    export.export(model, out / NETWORK)
    shutil.copyfile(base, out / VOCABULARY)
    _manifest(out, digest, dict.fromkeys(Recall, 0.5), [(1.0, 1.0)])
    calibrate(data, out, tell, recipe, training)
    return digest


def calibrate(
    data: Path,
    out: Path,
    tell: Callable[[str], None],
    recipe: Recipe,
    training: Sequence[Source],
) -> None:
    """Set the dial of a folder of weights anew and write its card.

    Args:
        data: Folder of the corpora.
        out: The weights.
        tell: Told of progress.
        recipe: With which they were made.
        training: What they were trained on.
    """
    tell("calibrating on the development parts")
    digest = read_manifest(out).weights
    own = OwnModel(out)
    development = {one.file: corpora.read(data, one) for one in corpora.DEVELOPMENT}
    readings = {name: _read(own, golds) for name, golds in development.items()}
    english = [readings[one.file] for one in corpora.DEVELOPMENT if one.language == "en"]
    found = calibration.thresholds(english)
    curve = calibration.precision_curve([one for many in english for one in many])
    _manifest(out, digest, found, curve)
    for one in corpora.DEVELOPMENT:
        for way in (lowered, recognised) if one.language == "en" else ():
            rng = random.Random(recipe.seed)  # noqa: S311 - nothing secret is drawn
            golds = [way(gold, rng) for gold in development[one.file]]
            readings[f"{one.file}, {way.__name__}"] = _read(own, golds)
    text = card.card(recipe, digest, readings, found, training)
    (out / card.FILE).write_text(text, encoding="utf-8")


def _read(own: OwnModel, golds: list[Gold]) -> list[Reading]:
    return [
        Reading(gold, words, chances)
        for gold, (words, chances) in zip(golds, own.read(g.text for g in golds), strict=True)
    ]


def _manifest(
    out: Path,
    digest: str,
    dial: dict[Recall, float],
    curve: list[tuple[float, float]],
) -> None:
    content = {
        "version": VERSION,
        "weights": digest,
        "files": {
            name: hashlib.sha256((out / name).read_bytes()).hexdigest()
            for name in (NETWORK, VOCABULARY)
        },
        "thresholds": {setting.value: value for setting, value in dial.items()},
        "precision": curve,
    }
    text = json.dumps(content, indent=2) + "\n"
    (out / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
