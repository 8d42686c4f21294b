"""The detector: rules of the packs and the named-entity model over batches of texts.

It fails closed: a recognizer that times out or breaks gives its text a problem, for which the
record is withheld.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.metadata import entry_points, version
from typing import Any

from anonymize.detect import turns
from anonymize.detect.echoes import Heard, echoes, weighed
from anonymize.detect.masking import mask
from anonymize.detect.ner import Entity, EntityModel, cleaned
from anonymize.detect.overlaps import STRUCTURED, Fate, Outcome, resolve
from anonymize.detect.remembered import Remembered, digest
from anonymize.detect.routing import Router
from anonymize.detect.texts import FAILED, TIMED_OUT, Detection, Text, raw_stretch, windows
from anonymize.model.encodings import Decoded, decode
from anonymize.model.folding import words
from anonymize.model.policies import Recall
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

# Shorter than a tweet's longest a text names nobody twice that a recognizer would see but once.
_LONG = 500

# Longer texts of nothing but handles and addresses are too few to look for.
_SHORT = 120

# Raised whenever the way from text to spans changes, for it is part of every fingerprint.
_REVISION = "6"


@dataclass(frozen=True, slots=True)
class _Window:
    """A part of a text that is read at once."""

    text: int
    start: int
    language: str
    value: str = field(repr=False)
    read: str = field(repr=False)


class Detector:
    """Finds personal data by rule packs and, where given, a named-entity model.

    Making one loads Presidio (1.5 s); it is meant to be made once a process.

    Args:
        packs: Their rules are all tried on every text.
        languages: ISO 639-1 codes the texts are in, the main one first.
        model: The model in the slot; None for rules alone.
        others: Models of other languages, by their code; asked where there is a model in the slot.
        recall: How much the model is asked to find.

    Attributes:
        languages: As given.
        versions: What results depend on, for fingerprints: packages, packs, models, recall.

    Raises:
        RuleError: If a rule names a recognizer Presidio does not have.
    """

    __slots__ = (
        "_allow",
        "_common",
        "_recall",
        "_remembered",
        "_router",
        "_search",
        "_types",
        "languages",
        "versions",
    )

    versions: Mapping[str, str]

    def __init__(
        self,
        packs: Sequence[RulePack],
        *,
        languages: Sequence[str] = ("en",),
        model: EntityModel | None = None,
        others: Mapping[str, EntityModel] | None = None,
        recall: Recall = Recall.HIGH,
    ) -> None:
        from anonymize.detect import recognizers as presidio
        from anonymize.detect.search import Search

        rules = {rule.id: rule for pack in packs for rule in pack.rules}
        rules = {key: rules[key] for key in sorted(rules) if rules[key].role in {"", "text"}}
        regions = sorted({region for pack in packs for region in pack.regions})
        with presidio.silence():
            found = list(presidio.recognizers(tuple(rules.values()), regions))
            found += (presidio.ForeignRecognizer(name, RECOGNIZERS[name]()) for name in RECOGNIZERS)
            self._router = Router(model, others or {}) if model is not None else None
            models = self._router.models if self._router is not None else {}
            found += map(presidio.ModelRecognizer, models)
        self.languages = tuple(languages)
        self._types = {key: rule.entity_type for key, rule in rules.items()}
        self._types[presidio.PHONES.id] = presidio.PHONES.entity_type
        self._allow = vocabulary.kept(packs)
        self._common = vocabulary.common(packs)
        self._recall = recall
        self._search = Search(found)
        self._remembered = Remembered()
        self.versions = versions_of(packs, models, recall, languages)

    def unaided(self, language: str) -> bool:
        """Whether texts in this language were read only by a model of another."""
        return self._router is not None and self._router.unaided(language)

    def detect(self, texts: Sequence[Text]) -> list[Detection]:
        """Return what stands in each text, in their order.

        A text that was read before, in this call or lately, is not read again.

        Raises:
            EngineError: If logging is switched off, which would hide time-outs.
        """
        keys = list(map(digest, texts))
        known: dict[bytes, Detection] = {}
        unread: dict[bytes, Text] = {}
        for one, text in zip(keys, texts, strict=True):
            if one not in known and one not in unread:
                found = self._remembered.get(one)
                if found is None:
                    unread[one] = text
                else:
                    known[one] = found
        for one, new in zip(unread, self._detect(list(unread.values()), None), strict=True):
            self._remembered.put(one, new)
            known[one] = new
        return [known[one] for one in keys]

    def explain(self, text: Text) -> tuple[Detection, tuple[Fate, ...]]:
        """Return what stands in a text, and what became of everything else that was found.

        Raises:
            EngineError: If logging is switched off, which would hide time-outs.
        """
        told: list[Fate] = []
        return self._detect([text], told)[0], tuple(told)

    def _detect(self, texts: Sequence[Text], told: list[Fate] | None) -> list[Detection]:
        from anonymize.detect import recognizers as presidio

        decoded = [decode(text.value, text.encoding) for text in texts]
        parts = [part for at, text in enumerate(texts) for part in _parts(at, text, decoded[at])]
        spans: list[list[Span]] = [
            list(_whole(text, one)) for text, one in zip(texts, decoded, strict=True)
        ]
        problems: list[set[str]] = [set() for _ in texts]
        entities = self._entities(parts, problems, decoded, told)
        with presidio.silence():
            for part, named in zip(parts, entities, strict=True):
                try:
                    results = self._search.results(part.value, named)
                except TimeoutError:
                    problems[part.text].add(TIMED_OUT)
                except _FAILURES:
                    problems[part.text].add(FAILED)
                else:
                    spans[part.text] += self._spans(results, part, decoded[part.text], told)
        return [
            Detection(self._settled(text, found, told), tuple(sorted(wrong)))
            for found, wrong, text in zip(spans, problems, texts, strict=True)
        ]

    def _settled(
        self, text: Text, found: Sequence[Span], told: list[Fate] | None
    ) -> tuple[Span, ...]:
        """Return the spans of a text disjoint; a long text is searched for its names again."""
        settled = resolve(found, text.value, text.encoding, told)
        if len(text.value) < _LONG:
            return settled
        settled = weighed(Heard(text.value, text.encoding, settled))
        again = echoes([Heard(text.value, text.encoding, settled)], self._common)[0]
        return resolve((*settled, *again), text.value, text.encoding, told) if again else settled

    def _entities(
        self,
        parts: Sequence[_Window],
        problems: Sequence[set[str]],
        decoded: Sequence[Decoded],
        told: list[Fate] | None,
    ) -> list[dict[str, list[Entity]]]:
        """Return each window's entities by model; where one breaks, a problem."""
        router, dial = self._router, self._recall
        if router is None:
            return [{} for _ in parts]
        try:
            found = router.entities([p.read for p in parts], [p.language for p in parts], dial)
        except _FAILURES:
            found = []
            for part in parts:
                try:
                    found += router.entities([part.read], [part.language], dial)
                except _FAILURES:
                    problems[part.text].add(FAILED)
                    found.append({})
        out: list[dict[str, list[Entity]]] = []
        for by_model, part in zip(found, parts, strict=True):
            clean: dict[str, list[Entity]] = {}
            for name, named in by_model.items():
                left: list[Entity] = []
                clean[name] = cleaned(named, part.value, self._allow, left, self._common)
                if told is not None:
                    origin, whole = f"ner/{name}", decoded[part.text]
                    told += (
                        self._left_out(_span(one, origin, part, whole), part, one) for one in left
                    )
            out.append(clean)
        return out

    def _left_out(self, span: Span, part: _Window, entity: Entity) -> Fate:
        """Return by which list a detection was left out."""
        folded = words(part.value[entity[0] : entity[1]])
        return Fate(span, Outcome.ALLOWED, self._allow[folded])

    def _spans(
        self,
        results: Iterable[object],
        part: _Window,
        decoded: Decoded,
        told: list[Fate] | None,
    ) -> Iterator[Span]:
        """Yield Presidio's results of a window as spans of the raw value."""
        for one in results:
            key: str = one.entity_type  # type: ignore[attr-defined]
            start: int = one.start  # type: ignore[attr-defined]
            end: int = one.end  # type: ignore[attr-defined]
            score: float = one.score  # type: ignore[attr-defined]
            origin, colon, label = key.partition(":")
            entity_type = label if colon else self._types[key]
            entity = start, end, entity_type, min(max(score, 0.0), 1.0)
            if (
                entity_type not in STRUCTURED
                and self._allow
                and words(part.value[start:end]) in self._allow
            ):
                if told is not None:
                    told.append(self._left_out(_span(entity, origin, part, decoded), part, entity))
                continue
            yield _span(entity, origin, part, decoded)


def _span(entity: Entity, origin: str, part: _Window, decoded: Decoded) -> Span:
    """Return a detection in a window as a span of the raw value."""
    start, end, entity_type, score = entity
    first, last = raw_stretch(decoded, part.start + start, part.start + end)
    return Span(first, last, entity_type, score, origin)


def _parts(at: int, text: Text, decoded: Decoded) -> Iterator[_Window]:
    """Yield the windows of a text; a value that is wholly one span is not searched."""
    if text.kind in _FIELD_TYPES:
        return
    for start, value in windows(decoded.text):
        if not value.strip():
            continue
        # A lone hashtag is no sentence a model could read.
        read = value if text.kind != "hashtag" and _has_words(value) else ""
        yield _Window(at, start, text.language, value, read)


def _has_words(value: str) -> bool:
    """Whether anything is left for a model to find that `ner.cleaned` would let pass.

    It cuts out handles and addresses and leaves out what has no letter then.
    """
    if len(value) > _SHORT:
        return True
    if "@" in value or "＠" in value or "/" in value:
        value = mask(value, hashtags=False)
    return any(map(str.isalpha, value))


def _whole(text: Text, decoded: Decoded) -> Iterator[Span]:
    """Yield the span of a value that is an e-mail address or a number by its field.

    Of other values the labels of speakers, which only the whole of a text can tell.
    """
    entity_type = _FIELD_TYPES.get(text.kind)
    value = decoded.text
    if entity_type is None:
        for start, end in turns.labels(value):
            yield Span(*raw_stretch(decoded, start, end), "SPEAKER", turns.SCORE, turns.TURNS)
        return
    if not value.strip():
        return
    start = len(value) - len(value.lstrip())
    first, last = raw_stretch(decoded, start, len(value.rstrip()))
    yield Span(first, last, entity_type, 1.0, f"field/{text.kind}")


def versions_of(
    packs: Sequence[RulePack],
    models: Mapping[str, EntityModel],
    recall: Recall,
    languages: Sequence[str],
) -> dict[str, str]:
    """Return what the results of a detector depend on; see `Detector.versions`.

    Args:
        packs: Rule packs.
        models: By name.
        recall: The dial.
        languages: That are told apart.
    """
    found = {name: version(name) for name in ("phonenumbers", "presidio-analyzer", "regex")}
    found["detect"] = _REVISION
    for point in entry_points(group="anonymize.recognizers"):
        found[f"plugin/{point.name}"] = point.dist.version if point.dist else ""
    for pack in packs:
        found[f"pack/{pack.name}"] = pack.digest
    found["recall"] = recall
    if len(languages) > 1:
        found["py3langid"] = version("py3langid")
    for name, model in models.items():
        found[f"ner/{name}"] = f"{model.version} {model.digest}"
        if "_core_" in name:
            # As all of spaCy's own pipelines are called.
            found["spacy"] = version("spacy")
    return dict(sorted(found.items()))
