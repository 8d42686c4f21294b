"""Rules as Presidio recognizers.  Imported only when a detector is made: it loads Presidio.

Every recognizer reports under its rule's id as entity type, because Presidio leaves out
duplicates of one type in an order that hangs on the hash seed.
"""

from __future__ import annotations

import inspect
import logging
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import regex
from presidio_analyzer import (  # noqa: TID253 - this module is imported lazily as a whole
    EntityRecognizer,
    RecognizerResult,
    pattern_recognizer,
    predefined_recognizers,
)

from anonymize.detect.needs import Need, need, words_need
from anonymize.errors import EngineError, RuleError
from anonymize.model.rules import Rule
from anonymize.rulepacks.checks import CHECKS

REGEX_TIMEOUT_SECONDS = 5
"""Time one pattern may take in one window (at most 20,000 characters)."""

FLAGS = regex.IGNORECASE | regex.MULTILINE | regex.DOTALL
"""Flags of every pattern: Presidio's own, so that its recognizers can be taken over as they are."""

PHONES = Rule("presidio/phone", "PHONE_NUMBER", presidio="PhoneRecognizer")
"""Presidio's search for valid numbers of the packs' regions; no pack needs to ask for it."""

LANGUAGE = "en"
"""Presidio's name of the one pipeline; rules decide for themselves what they match."""


class RulePattern:
    """One pattern of a rule, compiled when a text first holds what it needs.

    Args:
        rule: Id of the rule, for messages.
        source: In the syntax of `regex`.
        score: Of a match.
        need: What a text must hold for it to match.

    Attributes:
        score: As given.
        need: As given.
    """

    __slots__ = ("_compiled", "_named", "_rule", "_source", "need", "score")

    def __init__(self, rule: str, source: str, score: float, need: Need) -> None:
        self._rule = rule
        self._source = source
        self.score = score
        self.need = need
        self._compiled: regex.Pattern[str] | None = None
        self._named = False

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield what is marked of each match: the group named `span` where there is one.

        Raises:
            TimeoutError: If it takes longer than `REGEX_TIMEOUT_SECONDS`.
            RuleError: If the pattern is no regular expression.
        """
        if self._compiled is None:
            try:
                self._compiled = regex.compile(self._source, FLAGS)
            except regex.error:
                message = f"{self._rule}: not a regular expression"
                raise RuleError([message]) from None
            self._named = "span" in self._compiled.groupindex
        for match in self._compiled.finditer(text, timeout=REGEX_TIMEOUT_SECONDS):
            start, end = match.span("span") if self._named else match.span()
            if start < end:
                yield start, end


class RuleRecognizer(EntityRecognizer):  # type: ignore[misc]
    """The patterns and words of one rule.

    Other than Presidio's `PatternRecognizer` it raises when a pattern takes too long, marks the
    group named `span` where there is one, and puts matches through the rule's check.

    Attributes:
        patterns: Those of the rule, then one of all its words.
    """

    def __init__(self, rule: Rule) -> None:
        self._check = CHECKS[rule.check] if rule.check else None
        self.patterns = tuple(_patterns(rule))
        super().__init__(
            supported_entities=[rule.id],
            name=rule.id,
            supported_language=LANGUAGE,
            context=list(rule.context),
        )

    def load(self) -> None:
        """Do nothing: there is nothing to load."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any = None) -> list[Any]:  # noqa: ARG002
        """Return Presidio's results.

        Raises:
            TimeoutError: If a pattern takes longer than `REGEX_TIMEOUT_SECONDS`.
            RuleError: If a pattern is no regular expression.
        """
        return [one for pattern in self.patterns for one in self.found(text, pattern)]

    def found(self, text: str, pattern: RulePattern) -> Iterator[Any]:
        """Yield Presidio's results for one of the patterns; see `analyze`."""
        for start, end in pattern.spans(text):
            if self._check is None:
                yield _result(self, start, end, pattern.score)
            elif self._check(text[start:end]):
                yield _result(self, start, end, self.MAX_SCORE)


def _patterns(rule: Rule) -> Iterator[RulePattern]:
    """Yield the patterns of a rule, its words as the last."""
    for one in rule.patterns:
        yield RulePattern(rule.id, one.regex, one.score, need(one.regex, int(FLAGS)))
    if rule.words:
        either = "|".join(regex.escape(word) for word in sorted(rule.words, key=_longest))
        source = rf"(?<![\p{{L}}\p{{N}}])(?:{either})(?![\p{{L}}\p{{N}}])"
        yield RulePattern(rule.id, source, 1.0, words_need(rule.words))


class BorrowedRecognizer(EntityRecognizer):  # type: ignore[misc]
    """One of Presidio's own recognizers under the rule's id."""

    def __init__(self, rule: Rule, inner: Any) -> None:
        self._inner = inner
        self._check = CHECKS[rule.check] if rule.check else None
        self._possible = _POSSIBLE.get(rule.presidio, _always)
        super().__init__(
            supported_entities=[rule.id],
            name=rule.id,
            supported_language=LANGUAGE,
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
        super().__init__([f"ner/{name}"], name=f"ner/{name}", supported_language=LANGUAGE)

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
        super().__init__([f"plugin/{name}"], name=f"plugin/{name}", supported_language=LANGUAGE)

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
    options: dict[str, Any] = {"supported_language": LANGUAGE}
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
