"""Presidio's recognizers asked about a text, as its `AnalyzerEngine` asks them, at less cost.

The engine asks each recognizer about each text, and looks through the results once for each.
Here a pattern is searched for only in texts that hold what it needs (`detect.needs`), and only
recognizers that found something cost anything; what comes out is the same, which a test holds
against the engine itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from presidio_analyzer import (  # noqa: TID253 - this module is imported lazily as a whole
    EntityRecognizer,
    RecognizerResult,
)
from presidio_analyzer.context_aware_enhancers import (  # noqa: TID253 - likewise
    ContextAwareEnhancer,
)
from presidio_analyzer.nlp_engine import NlpArtifacts  # noqa: TID253 - likewise

from anonymize.detect.ner import Entity
from anonymize.detect.recognizers import LANGUAGE, ModelRecognizer, RulePattern, RuleRecognizer
from anonymize.detect.sieve import Sieve
from anonymize.model.folding import fold, words

# Presidio's defaults (LemmaContextAwareEnhancer), but three words behind the match as well:
# "07… is my mobile".
_BOOST, _LEAST = 0.35, 0.4
_BEFORE, _AFTER = 5, 3


class NearbyWords(ContextAwareEnhancer):  # type: ignore[misc]
    """Raises a score when a context word of its recognizer begins a word nearby.

    Presidio's own needs a lemmatizer, and names the matched text in an exception.
    """

    def __init__(self) -> None:
        super().__init__(_BOOST, _LEAST, _BEFORE, _AFTER)
        self._context: dict[str, tuple[str, ...]] = {}
        self._recognizers: list[Any] = []
        self._by_id: dict[str, Any] = {}

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[Any],
        nlp_artifacts: Any,  # noqa: ARG002 - Presidio's signature
        recognizers: list[Any],
        context: list[str] | None = None,  # noqa: ARG002
    ) -> list[Any]:
        """Return the results with raised scores."""
        if recognizers is not self._recognizers:
            self._recognizers = recognizers
            self._by_id = {one.id: one for one in recognizers}
        for result in raw_results:
            recognizer = self._by_id[
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


class Search:
    """Asks recognizers about texts.

    Args:
        recognizers: Made by `detect.recognizers`.

    Attributes:
        recognizers: As given.
    """

    __slots__ = ("_models", "_nearby", "_others", "_patterns", "_sieve", "recognizers")

    def __init__(self, recognizers: Sequence[Any]) -> None:
        self.recognizers = list(recognizers)
        self._patterns: list[tuple[RuleRecognizer, RulePattern]] = []
        self._models: list[ModelRecognizer] = []
        self._others: list[Any] = []
        for one in self.recognizers:
            if isinstance(one, RuleRecognizer):
                self._patterns += ((one, pattern) for pattern in one.patterns)
            elif isinstance(one, ModelRecognizer):
                self._models.append(one)
            else:
                self._others.append(one)
        self._sieve = Sieve([pattern.need for _, pattern in self._patterns])
        self._nearby = NearbyWords()

    def results(self, text: str, entities: Mapping[str, Sequence[Entity]]) -> list[Any]:
        """Return Presidio's results for one text, with each model's entities among them.

        Raises:
            TimeoutError: If a pattern takes too long.
            RuleError: If a pattern is no regular expression.
        """
        results: list[Any] = []
        for at in self._sieve.met(text):
            recognizer, pattern = self._patterns[at]
            results += recognizer.found(text, pattern)
        if self._others or entities:
            artifacts = _artifacts(entities)
            for one in self._models if entities else ():
                results += one.analyze(text, [], artifacts)
            for one in self._others:
                results += one.analyze(text, [], artifacts)
        if not results:
            return results
        results = self._nearby.enhance_using_context(text, results, None, self.recognizers)
        # As Presidio does, for which 0 is the least score to keep.
        return list(EntityRecognizer.remove_duplicates([one for one in results if one.score >= 0]))


def _artifacts(entities: Mapping[str, Sequence[Entity]]) -> Any:
    """Return what Presidio hands its recognizers beside a text."""
    return NlpArtifacts(
        entities=entities,
        tokens=[],
        tokens_indices=[],
        lemmas=[],
        nlp_engine=None,
        language=LANGUAGE,
    )
