"""The detector: rules of the packs and the named-entity model over batches of texts.

It fails closed: a recognizer that times out or breaks gives its text a problem, for which the
record is withheld.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import entry_points, version
from typing import Any

from anonymize.detect.masking import mask
from anonymize.detect.ner import Entity, EntityModel, cleaned
from anonymize.detect.overlaps import STRUCTURED, resolve
from anonymize.detect.texts import FAILED, TIMED_OUT, Detection, Text, raw_stretch, windows
from anonymize.model.encodings import Decoded, decode
from anonymize.model.folding import words
from anonymize.model.rules import RulePack
from anonymize.model.spans import Span
from anonymize.plugins import Registry
from anonymize.rulepacks import vocabulary

__all__ = ["Detection", "Detector", "Text"]

RECOGNIZERS: Registry[Callable[[], Any]] = Registry("recognizer", "anonymize.recognizers")
"""Makers of Presidio `EntityRecognizer`s of other distributions, by name."""

_FIELD_TYPES = {"email": "EMAIL_ADDRESS", "phone": "PHONE_NUMBER"}

# What a recognizer of somebody else may raise for a text it cannot cope with.
_FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
)

# Raised whenever the way from text to spans changes, for it is part of every fingerprint.
_REVISION = "4"


@dataclass(frozen=True, slots=True)
class _Window:
    """A part of a text that is read at once."""

    text: int
    start: int
    value: str = field(repr=False)
    masked: str = field(repr=False)


class Detector:
    """Finds personal data by rule packs and, where given, a named-entity model.

    Making one loads Presidio (1.5 s); it is meant to be made once a process.

    Args:
        packs: Their rules are all tried on every text.
        languages: ISO 639-1 codes the texts are in, the main one first.
        model: The model in the slot; None for rules alone.

    Attributes:
        versions: What results depend on, for fingerprints: packages, packs, model.

    Raises:
        RuleError: If a rule names a recognizer Presidio does not have.
    """

    __slots__ = ("_allow", "_analyzer", "_common", "_model", "_types", "languages", "versions")

    versions: Mapping[str, str]

    def __init__(
        self,
        packs: Sequence[RulePack],
        *,
        languages: Sequence[str] = ("en",),
        model: EntityModel | None = None,
    ) -> None:
        from anonymize.detect import recognizers as presidio

        rules = {rule.id: rule for pack in packs for rule in pack.rules}
        rules = {key: rules[key] for key in sorted(rules) if rules[key].role in {"", "text"}}
        regions = sorted({region for pack in packs for region in pack.regions})
        with presidio.silence():
            found = list(presidio.recognizers(tuple(rules.values()), regions))
            found += (presidio.ForeignRecognizer(name, RECOGNIZERS[name]()) for name in RECOGNIZERS)
            if model is not None:
                found.append(presidio.ModelRecognizer(model.name))
        self.languages = tuple(languages)
        self._types = {key: rule.entity_type for key, rule in rules.items()}
        self._types[presidio.PHONES.id] = presidio.PHONES.entity_type
        self._allow = vocabulary.allowed(packs)
        self._common = vocabulary.everyday() - vocabulary.ordinary(packs)
        self._model = model
        self._analyzer = presidio.analyzer(found)
        self.versions = _versions(packs, model)

    def detect(self, texts: Sequence[Text]) -> list[Detection]:
        """Return what stands in each text, in their order.

        Raises:
            EngineError: If logging is switched off, which would hide time-outs.
        """
        from anonymize.detect import recognizers as presidio

        decoded = [decode(text.value, text.encoding) for text in texts]
        parts = [part for at, text in enumerate(texts) for part in _parts(at, text, decoded[at])]
        spans: list[list[Span]] = [
            list(_whole(text, one)) for text, one in zip(texts, decoded, strict=True)
        ]
        problems: list[set[str]] = [set() for _ in texts]
        entities = self._entities(parts, problems)
        with presidio.silence():
            for part, named in zip(parts, entities, strict=True):
                try:
                    results = presidio.analyze(self._analyzer, part.value, named)
                except TimeoutError:
                    problems[part.text].add(TIMED_OUT)
                except _FAILURES:
                    problems[part.text].add(FAILED)
                else:
                    spans[part.text] += self._spans(results, part, decoded[part.text])
        return [
            Detection(resolve(found, text.value, text.encoding), tuple(sorted(wrong)))
            for found, wrong, text in zip(spans, problems, texts, strict=True)
        ]

    def _entities(
        self,
        parts: Sequence[_Window],
        problems: Sequence[set[str]],
    ) -> list[list[Entity]]:
        """Return the model's entities of each window; where it breaks, a problem."""
        if self._model is None:
            return [[] for _ in parts]
        try:
            found = self._model.entities([part.masked for part in parts])
        except _FAILURES:
            found = []
            for part in parts:
                try:
                    found += self._model.entities([part.masked])
                except _FAILURES:
                    problems[part.text].add(FAILED)
                    found.append([])
        return [
            cleaned(named, part.value, part.masked, self._allow, self._common)
            for named, part in zip(found, parts, strict=True)
        ]

    def _spans(self, results: Iterable[object], part: _Window, decoded: Decoded) -> Iterator[Span]:
        """Yield Presidio's results of a window as spans of the raw value."""
        for one in results:
            key: str = one.entity_type  # type: ignore[attr-defined]
            start: int = one.start  # type: ignore[attr-defined]
            end: int = one.end  # type: ignore[attr-defined]
            score: float = one.score  # type: ignore[attr-defined]
            origin, colon, label = key.partition(":")
            entity_type = label if colon else self._types[key]
            if (
                entity_type not in STRUCTURED
                and self._allow
                and words(part.value[start:end]) in self._allow
            ):
                continue
            first, last = raw_stretch(decoded, part.start + start, part.start + end)
            yield Span(first, last, entity_type, min(max(score, 0.0), 1.0), origin)


def _parts(at: int, text: Text, decoded: Decoded) -> Iterator[_Window]:
    """Yield the windows of a text; a value that is wholly one span is not searched."""
    if text.kind in _FIELD_TYPES:
        return
    for start, value in windows(decoded.text):
        if not value.strip():
            continue
        # A lone hashtag is no sentence the model could read.
        masked = "." * len(value) if text.kind == "hashtag" else mask(value)
        yield _Window(at, start, value, masked)


def _whole(text: Text, decoded: Decoded) -> Iterator[Span]:
    """Yield the span of a value that is an e-mail address or a number by its field."""
    entity_type = _FIELD_TYPES.get(text.kind)
    value = decoded.text
    if entity_type is None or not value.strip():
        return
    start = len(value) - len(value.lstrip())
    first, last = raw_stretch(decoded, start, len(value.rstrip()))
    yield Span(first, last, entity_type, 1.0, f"field/{text.kind}")


def _versions(packs: Sequence[RulePack], model: EntityModel | None) -> dict[str, str]:
    found = {name: version(name) for name in ("phonenumbers", "presidio-analyzer", "regex")}
    found["detect"] = _REVISION
    for point in entry_points(group="anonymize.recognizers"):
        found[f"plugin/{point.name}"] = point.dist.version if point.dist else ""
    for pack in packs:
        found[f"pack/{pack.name}"] = pack.digest
    if model is not None:
        found[f"ner/{model.name}"] = f"{model.version} {model.digest}"
        if model.name.startswith("en_core_web"):
            found["spacy"] = version("spacy")
    return dict(sorted(found.items()))
