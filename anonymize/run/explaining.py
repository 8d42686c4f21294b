"""What rules do: whether their examples hold, and all they find in a text, losers included."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anonymize.decide.decisions import decide_span
from anonymize.detect.engine import Detector, Text
from anonymize.detect.languages import tell
from anonymize.detect.overlaps import Fate
from anonymize.errors import RuleError
from anonymize.model.decisions import Operator
from anonymize.model.policies import Policy
from anonymize.model.spans import Span
from anonymize.rulepacks import exposition
from anonymize.rulepacks.packs import load_pack
from anonymize.rulepacks.policies import load_policy
from anonymize.rulepacks.study import PACKS
from anonymize.run import engines
from anonymize.run.spec import check_language
from anonymize.transform.surfaces import allowed


@dataclass(frozen=True, slots=True)
class Detected:
    """One detection.

    Attributes:
        start: First code point.
        end: Code point after the last.
        entity_type: What it was taken for.
        score: Confidence.
        recognizer: What found it.
    """

    start: int
    end: int
    entity_type: str
    score: float
    recognizer: str


@dataclass(frozen=True, slots=True)
class Explained(Detected):
    """One that stands in a text.

    Attributes:
        decision: Operator and the rule that chose it.
    """

    decision: str


@dataclass(frozen=True, slots=True)
class Other(Detected):
    """One that changes nothing, or less than it found.

    Attributes:
        fate: `lost`, `cut`, `swallowed`, `united`, `allowed` or `below` a threshold.
        by: Recognizers it gave way to, the list that keeps it, or the threshold with its value.
        left: Starts and ends of what stands of one that was cut.
    """

    fate: str
    by: str
    left: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that was found in a text.

    Attributes:
        spans: What stands, in its order; also what the policy then keeps.
        others: What does not, or is kept, in its order.
        problems: Reasons for which a record with this text would be withheld.
    """

    spans: tuple[Explained, ...]
    others: tuple[Other, ...]
    problems: tuple[str, ...]


def explain(text: str, packs: tuple[str, ...], policy: str, language: str = "") -> Explanation:
    """Return every detection in a text, what became of it and what the policy would do.

    Nobody is known here: what a roster and the metadata tell is no part of it.
    """
    check_language(language)
    tier = load_policy(policy)
    languages = engines.spoken(language)
    names = packs or engines.with_languages(PACKS, languages)
    detector: Detector = engines.detector(names, languages, tier.recall)
    detection, fates = detector.explain(tell([Text(text)], "", languages)[0])
    spans: list[Explained] = []
    others = list(map(_other, dict.fromkeys(fates)))
    for span in detection.spans:
        decision = decide_span(tier, span.entity_type, span.score, span.recognizer, None)
        said = f"{decision.operator} by {decision.rule}"
        threshold = decision.rule.removeprefix(f"{tier.name}/thresholds/")
        if threshold != decision.rule:
            others.append(_kept(span, "below", f"{decision.rule} {tier.thresholds[threshold]:.2f}"))
        elif decision.operator is not Operator.KEEP and _allowed(tier, text, span):
            said = f"{Operator.KEEP} by {tier.name}/allow"
            others.append(_kept(span, "allowed", f"{tier.name}/allow"))
        spans.append(Explained(*_shown(span), said))
    return Explanation(tuple(spans), tuple(sorted(others, key=_place)), detection.problems)


def _allowed(tier: Policy, text: str, span: Span) -> bool:
    return allowed(tier, text[span.start : span.end], span.recognizer, None)


def _place(other: Other) -> tuple[int, int, str, str]:
    return other.start, -other.end, other.entity_type, other.recognizer


def _other(fate: Fate) -> Other:
    return _kept(fate.span, fate.outcome.value, fate.by, fate.left)


def _kept(span: Span, fate: str, by: str, left: tuple[tuple[int, int], ...] = ()) -> Other:
    return Other(*_shown(span), fate, by, left)


def _shown(span: Span) -> tuple[int, int, str, float, str]:
    return span.start, span.end, span.entity_type, round(span.score, 4), span.recognizer


def check_rules(files: Sequence[Path]) -> list[dict[str, Any]]:
    """Load packs and policies and run the examples their rules carry.

    Raises:
        RuleError: With every fault of every file.
    """
    faults: list[str] = []
    checked: list[dict[str, Any]] = []
    for file in files:
        try:
            kind, path = exposition.find(str(file))
            if kind == "policies":
                checked.append({"name": load_policy(path).name, "rules": 0})
                continue
            pack = load_pack(path)
        except RuleError as error:
            faults += error.errors
            continue
        detector = Detector((pack,))
        for rule in pack.rules:
            faults += (
                f"{rule.id}: match example {number} is not marked"
                for number, example in enumerate(rule.match, 1)
                if not set(example.spans) <= _marked(detector, example.text, rule.id)
            )
            faults += (
                f"{rule.id}: no_match example {number} is marked"
                for number, plain in enumerate(rule.no_match, 1)
                if _marked(detector, plain, rule.id)
            )
        checked.append({"name": pack.name, "rules": len(pack.rules)})
    if faults:
        raise RuleError(faults)
    return checked


def _marked(detector: Detector, text: str, rule: str) -> set[str]:
    """Return what a rule marks, be it that another rule takes it: an example is of one rule."""
    found, fates = detector.explain(Text(text))
    spans: Iterable[Span] = (*found.spans, *(fate.span for fate in fates))
    return {text[span.start : span.end] for span in spans if span.recognizer == rule}
