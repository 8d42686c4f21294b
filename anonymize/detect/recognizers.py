"""Rules as Presidio recognizers.  Imported only when a detector is made: it loads Presidio.

Every recognizer reports under its rule's id as entity type, because Presidio leaves out
duplicates of one type in an order that hangs on the hash seed.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import regex
from presidio_analyzer import (  # noqa: TID253 - this module is imported lazily as a whole
    AnalyzerEngine,
    EntityRecognizer,
    Pattern,
    PatternRecognizer,
    RecognizerRegistry,
    RecognizerResult,
    pattern_recognizer,
    predefined_recognizers,
)
from presidio_analyzer.context_aware_enhancers import (  # noqa: TID253 - likewise
    ContextAwareEnhancer,
)
from presidio_analyzer.nlp_engine import NlpArtifacts, NoOpNlpEngine  # noqa: TID253 - likewise

from anonymize.detect.ner import Entity
from anonymize.errors import EngineError, RuleError
from anonymize.model.folding import fold, words
from anonymize.model.rules import Rule
from anonymize.rulepacks.checks import CHECKS

REGEX_TIMEOUT_SECONDS = 5
"""Time one pattern may take in one window (at most 20,000 characters)."""

FLAGS = regex.IGNORECASE | regex.MULTILINE | regex.DOTALL
"""Flags of every pattern: Presidio's own, so that its recognizers can be taken over as they are."""

# Presidio's defaults (LemmaContextAwareEnhancer), but three words behind the match as well:
# "07… is my mobile".
_BOOST, _LEAST = 0.35, 0.4
_BEFORE, _AFTER = 5, 3

PHONES = Rule("presidio/phone", "PHONE_NUMBER", presidio="PhoneRecognizer")
"""Presidio's search for valid numbers of the packs' regions; no pack needs to ask for it."""

_LANGUAGE = "en"
"""Presidio's name of the one pipeline; rules decide for themselves what they match."""


class RuleRecognizer(PatternRecognizer):  # type: ignore[misc]
    """The patterns and words of one rule.

    Other than its base it raises when a pattern takes too long, marks the group named `span`
    where there is one, and puts matches through the rule's check.
    """

    def __init__(self, rule: Rule) -> None:
        super().__init__(
            supported_entity=rule.id,
            name=rule.id,
            supported_language=_LANGUAGE,
            patterns=[Pattern(p.name, p.regex, p.score) for p in rule.patterns],
            deny_list=list(rule.words),
            context=list(rule.context),
            global_regex_flags=FLAGS,
        )
        self._check = CHECKS[rule.check] if rule.check else None
        patterns = [(regex.compile(p.regex, FLAGS), p.score) for p in rule.patterns]
        if rule.words:
            either = "|".join(regex.escape(word) for word in sorted(rule.words, key=_longest))
            patterns.append(
                (
                    regex.compile(rf"(?<![\p{{L}}\p{{N}}])(?:{either})(?![\p{{L}}\p{{N}}])", FLAGS),
                    1.0,
                )
            )
        self._compiled = [(one, score, "span" in one.groupindex) for one, score in patterns]

    def analyze(
        self,
        text: str,
        entities: list[str],  # noqa: ARG002 - Presidio's signature
        nlp_artifacts: Any = None,  # noqa: ARG002
        regex_flags: int | None = None,  # noqa: ARG002
    ) -> list[Any]:
        """Return Presidio's results.

        Raises:
            TimeoutError: If a pattern takes longer than `REGEX_TIMEOUT_SECONDS`.
        """
        results: list[Any] = []
        for compiled, score, named in self._compiled:
            for match in compiled.finditer(text, timeout=REGEX_TIMEOUT_SECONDS):
                start, end = match.span("span") if named else match.span()
                if start >= end:
                    continue
                if self._check is None:
                    results.append(_result(self, start, end, score))
                elif self._check(text[start:end]):
                    results.append(_result(self, start, end, self.MAX_SCORE))
        return results


class BorrowedRecognizer(EntityRecognizer):  # type: ignore[misc]
    """One of Presidio's own recognizers under the rule's id."""

    def __init__(self, rule: Rule, inner: Any) -> None:
        self._inner = inner
        self._check = CHECKS[rule.check] if rule.check else None
        self._possible = _POSSIBLE.get(rule.presidio, _always)
        super().__init__(
            supported_entities=[rule.id],
            name=rule.id,
            supported_language=_LANGUAGE,
            context=list(rule.context) or list(inner.context or ()),
        )

    def load(self) -> None:
        """Do nothing: the inner recognizer has loaded itself."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[Any]:  # noqa: ARG002
        """Return the inner recognizer's results, unless the text cannot hold any."""
        if not self._possible(text):
            return []
        found = self._inner.analyze(text, self._inner.supported_entities, nlp_artifacts) or ()
        return [
            _result(self, one.start, one.end, one.score)
            for one in found
            if one.start < one.end
            and (self._check is None or self._check(text[one.start : one.end]))
        ]


class ModelRecognizer(EntityRecognizer):  # type: ignore[misc]
    """Hands on what a named-entity model found in the batch."""

    def __init__(self, name: str) -> None:
        self._model = name
        super().__init__([f"ner/{name}"], name=f"ner/{name}", supported_language=_LANGUAGE)

    def load(self) -> None:
        """Do nothing: the detector has the model."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any) -> list[Any]:  # noqa: ARG002
        """Return the entities of the artifacts; the type follows the recognizer's name."""
        return [
            _result(self, start, end, score, f"{self.name}:{label}")
            for start, end, label, score in nlp_artifacts.entities.get(self._model, ())
        ]


class ForeignRecognizer(EntityRecognizer):  # type: ignore[misc]
    """A Presidio recognizer that another distribution brings."""

    def __init__(self, name: str, inner: Any) -> None:
        self._inner = inner
        super().__init__([f"plugin/{name}"], name=f"plugin/{name}", supported_language=_LANGUAGE)

    def load(self) -> None:
        """Do nothing: the inner recognizer has loaded itself."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any) -> list[Any]:  # noqa: ARG002
        """Return the inner recognizer's results; the type follows the recognizer's name."""
        found = self._inner.analyze(text, self._inner.supported_entities, nlp_artifacts) or ()
        return [
            _result(self, one.start, one.end, one.score, f"{self.name}:{one.entity_type}")
            for one in found
            if one.start < one.end
        ]


class NearbyWords(ContextAwareEnhancer):  # type: ignore[misc]
    """Raises a score when a context word of its recognizer begins a word nearby.

    Presidio's own needs a lemmatizer, and names the matched text in an exception.
    """

    def __init__(self) -> None:
        super().__init__(_BOOST, _LEAST, _BEFORE, _AFTER)
        self._context: dict[str, tuple[str, ...]] = {}

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[Any],
        nlp_artifacts: Any,  # noqa: ARG002 - Presidio's signature
        recognizers: list[Any],
        context: list[str] | None = None,  # noqa: ARG002
    ) -> list[Any]:
        """Return the results with raised scores."""
        by_id = {one.id: one for one in recognizers}
        for result in raw_results:
            recognizer = by_id[
                result.recognition_metadata[RecognizerResult.RECOGNIZER_IDENTIFIER_KEY]
            ]
            if not recognizer.context or result.score >= self.MAX_SCORE:
                continue
            terms = self._context.get(recognizer.name)
            if terms is None:
                terms = tuple(f" {words(word)}" for word in recognizer.context if words(word))
                self._context[recognizer.name] = terms
            near = _near(text, result.start, result.end)
            if any(term in near for term in terms):
                raised = max(result.score + _BOOST, _LEAST)
                result.score = min(raised, self.MAX_SCORE)
        return raw_results


def _near(text: str, start: int, end: int) -> str:
    """Return the folded words around a match, each with a blank before it."""
    before = fold(text[max(0, start - 80) : start]).text.split()[-_BEFORE:]
    after = fold(text[end : end + 50]).text.split()[:_AFTER]
    return "".join(f" {word}" for word in before) + " |" + "".join(f" {word}" for word in after)


def _result(owner: Any, start: int, end: int, score: float, label: str = "") -> Any:
    return RecognizerResult(
        label or owner.supported_entities[0],
        start,
        end,
        float(score),
        recognition_metadata={
            RecognizerResult.RECOGNIZER_NAME_KEY: owner.name,
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: owner.id,
        },
    )


def _longest(word: str) -> tuple[int, str]:
    return -len(word), word


def _always(text: str) -> bool:  # noqa: ARG001
    return True


def _digits(least: int) -> Callable[[str], bool]:
    """Return whether a text has so many digits."""
    run = regex.compile(rf"(?:\d\D*+){{{least}}}")
    return lambda text: run.search(text) is not None


_ALIASES = {"UkNhsRecognizer": "NhsRecognizer"}
"""Names by which Presidio's configuration calls a class, where they differ."""

_POSSIBLE: dict[str, Callable[[str], bool]] = {
    "CreditCardRecognizer": _digits(12),
    "EmailRecognizer": lambda text: "@" in text,
    "IbanRecognizer": _digits(10),
    "IpRecognizer": lambda text: "::" in text or text.count(".") > 2 or text.count(":") > 2,
    "MacAddressRecognizer": lambda text: text.count(":") > 4 or text.count("-") > 4 or "." in text,
    "PhoneRecognizer": _digits(6),
    "UkNhsRecognizer": _digits(10),
    "UrlRecognizer": lambda text: "." in text or "://" in text,
    "UsSsnRecognizer": _digits(9),
}
"""What a text must hold for a recognizer of Presidio to find anything in it."""


class _AnyEmail(predefined_recognizers.EmailRecognizer):  # type: ignore[misc]
    """Presidio's, which drops addresses whose domain is in no list fetched from the network."""

    def validate_result(self, pattern_text: str) -> bool:  # noqa: ARG002
        return True


def _borrowed(rule: Rule, regions: Sequence[str]) -> Any:
    """Return the rule's recognizer of Presidio.

    Raises:
        RuleError: If Presidio has no such recognizer, or it needs arguments.
    """
    made = getattr(predefined_recognizers, _ALIASES.get(rule.presidio, rule.presidio), None)
    if rule.presidio == "EmailRecognizer":
        made = _AnyEmail
    if not (inspect.isclass(made) and issubclass(made, EntityRecognizer)):
        raise RuleError([f"{rule.id}: Presidio has no recognizer {rule.presidio}"])
    options: dict[str, Any] = {"supported_language": _LANGUAGE}
    if rule.context:
        options["context"] = list(rule.context)
    if rule.presidio == "PhoneRecognizer":
        options["supported_regions"] = tuple(regions) or ("GB", "US")
    try:
        return made(**options)
    except (TypeError, ValueError, ImportError):
        raise RuleError([f"{rule.id}: {rule.presidio} cannot be used in a rule"]) from None


def recognizers(rules: Sequence[Rule], regions: Sequence[str]) -> Iterator[Any]:
    """Yield a recognizer for each rule, two for one that has patterns beside Presidio's.

    Raises:
        RuleError: If a rule names what Presidio does not have.
    """
    if regions and all(rule.presidio != PHONES.presidio for rule in rules):
        rules = (*rules, PHONES)
    for rule in rules:
        if rule.presidio:
            yield BorrowedRecognizer(rule, _borrowed(rule, regions))
        if rule.patterns or rule.words:
            yield RuleRecognizer(rule)


def analyzer(found: Sequence[Any]) -> Any:
    """Return an `AnalyzerEngine` of these recognizers that loads and downloads nothing."""
    with silence():
        engine = NoOpNlpEngine([{"lang_code": _LANGUAGE, "model_name": "none"}])
        return AnalyzerEngine(
            # An empty registry would be filled with all of Presidio's recognizers.
            registry=RecognizerRegistry(
                recognizers=list(found) or [ModelRecognizer("none")],
                supported_languages=[_LANGUAGE],
            ),
            nlp_engine=engine,
            supported_languages=[_LANGUAGE],
            context_aware_enhancer=NearbyWords(),
        )


def analyze(engine: Any, text: str, entities: Mapping[str, Sequence[Entity]]) -> list[Any]:
    """Return Presidio's results for one text, with each model's entities among them."""
    artifacts = NlpArtifacts(
        entities=entities,
        tokens=[],
        tokens_indices=[],
        lemmas=[],
        nlp_engine=None,
        language=_LANGUAGE,
    )
    return list(engine.analyze(text, _LANGUAGE, nlp_artifacts=artifacts))


class _Watch(logging.Handler):
    """Turns Presidio's warning that a pattern was skipped into the time-out it was."""

    def emit(self, record: logging.LogRecord) -> None:
        if "timed out" in str(record.msg):
            raise TimeoutError from None


@contextmanager
def silence() -> Iterator[None]:
    """Let nothing of Presidio's be logged, and raise `TimeoutError` where it would only log.

    Raises:
        EngineError: If logging is switched off, so that a time-out would go unseen.
    """
    logger = logging.getLogger("presidio-analyzer")
    watch = _Watch(logging.WARNING)
    before = logger.level, logger.propagate, logger.handlers, logger.disabled
    seconds = pattern_recognizer.REGEX_TIMEOUT_SECONDS
    logger.setLevel(logging.WARNING)
    logger.propagate, logger.handlers, logger.disabled = False, [watch], False
    pattern_recognizer.REGEX_TIMEOUT_SECONDS = REGEX_TIMEOUT_SECONDS
    try:
        if not logger.isEnabledFor(logging.WARNING):
            raise EngineError("logging is switched off, so that a time-out would go unseen")
        yield
    finally:
        pattern_recognizer.REGEX_TIMEOUT_SECONDS = seconds
        logger.setLevel(before[0])
        logger.propagate, logger.handlers, logger.disabled = before[1:]
