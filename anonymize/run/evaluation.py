"""How well personal data is found: a gold standard beside what a scan, and Presidio, find in it.

What is counted is what the policy acts upon: a prediction below the policy's threshold does not
exist, and one the policy keeps (hashtags, what is for review) covers nothing but gold spans of
its own type.  A type is judged in the files whose gold standard marks it; predictions of others
are counted and named, and protect what they cover, but are neither right nor wrong.
"""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from anonymize.decide.decisions import decide_span
from anonymize.errors import UsageError
from anonymize.formats import gold_spans
from anonymize.formats.gold_spans import Annotated, Mark
from anonymize.model.decisions import Operator
from anonymize.model.documents import Document, Section
from anonymize.model.fields import Encoding, Field, Role
from anonymize.model.keys import Keys
from anonymize.model.policies import Policy, Recall
from anonymize.model.spans import Span
from anonymize.rulepacks.policies import load_policy
from anonymize.rulepacks.study import PACKS
from anonymize.run import engines, gold_labels, mistakes
from anonymize.run.distortions import DISTORTIONS
from anonymize.run.facts import unaided_warning
from anonymize.run.measures import ALL, ANY, MEASURES, Case, Score, Stretch, scores, tally
from anonymize.run.measures import touching as touches
from anonymize.run.progress import Progress, Silent
from anonymize.run.spec import check_language
from anonymize.transform.surfaces import allowed

BASELINES = ("presidio",)
OURS = "anonymize"
_BATCH = 64
"""Texts detected at once."""
_SEED = 20231215
"""Of the bootstrap; any number would do, but always the same."""
_MOST = 100_000


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a system found.

    Attributes:
        spans: Of each text.
        seconds: Without start-up.
        problems: Texts a run would withhold, by reason.
        unaided: Texts that no model for their language read, by language.
    """

    spans: list[list[Span]]
    seconds: float
    problems: Mapping[str, int] = field(default_factory=dict)
    unaided: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be evaluated, on what.

    Attributes:
        gold: Files of `formats.gold_spans`.
        policy: Whose thresholds and operators count.
        packs: Names or files of rule packs; none for the usual ones.
        language: ISO 639-1 code, `auto`, or nothing.
        recall: The dial of the model; nothing for the policy's.
        baseline: One of `BASELINES`, or nothing.
        transform: One of `distortions.DISTORTIONS`, or nothing.
        all_types: Whether types of `gold_labels.NOT_SCORED` are scored too.
        resamples: Size of the bootstrap; 0 for no intervals.
    """

    gold: tuple[Path, ...]
    policy: str = "safeguarded"
    packs: tuple[str, ...] = ()
    language: str = ""
    recall: str = ""
    baseline: str = ""
    transform: str = ""
    all_types: bool = False
    resamples: int = 1000


@dataclass(frozen=True, slots=True)
class _Gold:
    """A text of a gold standard.

    Attributes:
        file: Its file.
        document: The text, as evaluated.
        labels: All labels of its file, normal.
        judged: Types its file asks for.
    """

    file: str
    document: Annotated = field(repr=False)
    labels: frozenset[str]
    judged: frozenset[str]


def check(request: Request) -> None:
    """Refuse a request that cannot be carried out.

    Raises:
        UsageError: Naming the option.
    """
    if not request.gold:
        raise UsageError("nothing to do: name at least one gold standard")
    for path in request.gold:
        if not path.exists():
            raise UsageError(f"{path}: no such file")
    check_language(request.language)
    for option, value, known in (
        ("--recall", request.recall, tuple(Recall)),
        ("--baseline", request.baseline, BASELINES),
        ("--transform", request.transform, tuple(DISTORTIONS)),
    ):
        if value and value not in known:
            raise UsageError(f"{option} is one of {', '.join(known)}")
    if not 0 <= request.resamples <= _MOST:
        raise UsageError(f"--bootstrap is a number from 0 to {_MOST}")


def evaluate(
    request: Request,
    *,
    errors: Path | None = None,
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Return the figures as one JSON object; see `report.evaluation` for how they read.

    Args:
        request: What on what.
        errors: Where to list mistakes with their text; private.
        progress: Told how far it is.

    Raises:
        UsageError: If the request or the place of the list will not do.
        FormatError: If a gold standard is not as it should be.
        EngineError: If a model is missing.
    """
    check(request)
    if errors is not None:
        mistakes.check_place(errors)
    told = progress or Silent()
    policy = load_policy(request.policy)
    gold, lost = _read(request)
    texts = [one.document for one in gold]
    readers: dict[str, Callable[[], _Answer]] = {
        OURS: partial(_ours, request, policy, texts, told),
    }
    if request.baseline:
        readers[request.baseline] = partial(_presidio, texts, told)
    systems: dict[str, Any] = {}
    listed: list[dict[str, Any]] = []
    for name, reader in readers.items():
        answer = reader()
        seconds = answer.seconds
        judged = [_case(one, found, policy) for one, found in zip(gold, answer.spans, strict=True)]
        cases = [case for case, _ in judged]
        figures = scores([tally(one) for one in cases], resamples=request.resamples, seed=_SEED)
        aside = sum((left for _, left in judged), Counter[str]())
        systems[name] = {
            "seconds": round(seconds, 3),
            "texts_per_second": round(len(gold) / seconds, 1) if seconds else None,
            "problems": dict(sorted(answer.problems.items())),
            "warnings": unaided_warning(answer.unaided, _dial(request, policy)),
            "not_judged": dict(sorted(aside.items())),
            "types": _table(figures),
        }
        if errors is not None:
            listed += (
                {"system": name, "file": one.file, "id": one.document.id, **row}
                for one, case in zip(gold, cases, strict=True)
                for row in mistakes.mistakes(case)
            )
    if errors is not None:
        mistakes.write(errors, listed)
    return {
        "texts": len(gold),
        "files": [path.name for path in request.gold],
        "policy": policy.name,
        "recall": _dial(request, policy).value,
        "rules": list(
            engines.with_languages(request.packs or PACKS, engines.spoken(request.language)),
        ),
        "language": request.language or "en",
        "transform": request.transform,
        "bootstrap": request.resamples,
        "labels": _labels(gold, all_types=request.all_types),
        "lost": lost,
        "systems": systems,
    }


def _read(request: Request) -> tuple[list[_Gold], int]:
    """Return every text and the number of marks a distortion left nothing of."""
    out: list[_Gold] = []
    lost = 0
    for path in request.gold:
        documents = list(gold_spans.read(path))
        labels = frozenset(
            gold_labels.normal(mark.label) for one in documents for mark in one.marks
        )
        types = {gold_labels.entity_type(label, labels) for label in labels}
        left_out = set() if request.all_types else gold_labels.NOT_SCORED.keys()
        for one in documents:
            changed = DISTORTIONS[request.transform](one) if request.transform else one
            lost += len(one.marks) - len(changed.marks)
            out.append(_Gold(path.name, changed, labels, frozenset(types - left_out)))
    return out, lost


def _batches(texts: Sequence[Annotated]) -> Iterator[Sequence[Annotated]]:
    return (texts[at : at + _BATCH] for at in range(0, len(texts), _BATCH))


def _ours(
    request: Request,
    policy: Policy,
    texts: Sequence[Annotated],
    told: Progress,
) -> _Answer:
    """Return what a scan finds; start-up is not timed."""
    languages = engines.spoken(request.language)
    packs = request.packs or engines.with_languages(PACKS, languages)
    detector = engines.detector(packs, languages, _dial(request, policy))
    scanner = engines.Scanner(Keys(secrets.token_bytes(32)), detector, frozenset())
    found: list[list[Span]] = []
    problems: Counter[str] = Counter()
    unaided: Counter[str] = Counter()
    told.start("detect", len(texts))
    since = time.perf_counter()
    for batch in _batches(texts):
        for scanned in scanner.detect([_document(one) for one in batch]):
            found.append([finding.span for finding in scanned.findings])
            problems.update(reason for _, reason in scanned.withheld)
        told.advance(len(batch))
    seconds = time.perf_counter() - since
    told.finish()
    return _Answer(found, seconds, problems, unaided)


def _dial(request: Request, policy: Policy) -> Recall:
    return Recall(request.recall or policy.recall)


def _document(one: Annotated) -> Document:
    """Return a text as the format of gold standards reads it."""
    text = Field(("text",), Role.TEXT, one.text, encoding=Encoding.HTML)
    return Document(one.id, (text,), (Section(one.id),), None, one.id)


def _presidio(texts: Sequence[Annotated], told: Progress) -> _Answer:
    """Return what Presidio finds; start-up is not timed."""
    from anonymize.detect.baseline import Presidio

    engine = Presidio()
    found: list[list[Span]] = []
    told.start("baseline", len(texts))
    since = time.perf_counter()
    for batch in _batches(texts):
        for one in batch:
            spans = engine.entities(one.text)
            found.append([Span(*span, "presidio/default") for span in spans])
        told.advance(len(batch))
    seconds = time.perf_counter() - since
    told.finish()
    return _Answer(found, seconds)


def _case(one: _Gold, found: Iterable[Span], policy: Policy) -> tuple[Case, Counter[str]]:
    """Return a text to be counted, and the predictions that are not judged, by type."""
    marks = [_typed(mark, one.labels) for mark in one.document.marks]
    gold = tuple(mark for mark in marks if mark.label in one.judged)
    inside = [mark for mark in marks if mark.label in gold_labels.ELSEWHERE]
    persons = [mark for mark in gold if mark.label == "PERSON"]
    judged: list[Stretch] = []
    covers: list[Stretch] = []
    aside: Counter[str] = Counter()
    for span in found:
        decision = decide_span(policy, span.entity_type, span.score, span.recognizer, None)
        if decision.rule.startswith(f"{policy.name}/thresholds/"):
            aside["below the threshold"] += 1
            continue
        kept = decision.operator is Operator.KEEP or allowed(
            policy, one.document.text[span.start : span.end], span.recognizer, None
        )
        stretch = _typed(Mark(span.start, span.end, span.entity_type), one.labels)
        if not kept:
            covers.append(stretch)
        if stretch.label not in one.judged:
            aside[stretch.label] += 1
        elif (
            stretch.label == "PERSON"
            and any(m.start <= stretch.start and stretch.end <= m.end for m in inside)
            and not touches(stretch, persons)
        ):
            aside["PERSON within a handle or speaker label"] += 1
        else:
            judged.append(stretch)
    text = one.document.text
    return Case(text, gold, tuple(judged), tuple(covers), tuple(inside)), aside


def _typed(mark: Mark, labels: frozenset[str]) -> Stretch:
    return Stretch(mark.start, mark.end, gold_labels.entity_type(mark.label, labels))


def _labels(gold: Sequence[_Gold], *, all_types: bool) -> dict[str, Any]:
    """Return each label of the gold standards with its type, number, and whether it is scored."""
    numbers: Counter[tuple[str, str]] = Counter()
    for one in gold:
        for mark in one.document.marks:
            label = gold_labels.normal(mark.label)
            numbers[label, gold_labels.entity_type(label, one.labels)] += 1
    rows = [
        {"label": label, "type": kind, "count": count}
        for (label, kind), count in sorted(numbers.items())
    ]
    reasons: Mapping[str, str] = {} if all_types else gold_labels.NOT_SCORED
    return {
        "scored": [row for row in rows if row["type"] not in reasons],
        "not_scored": [
            {**row, "reason": reasons[str(row["type"])]} for row in rows if row["type"] in reasons
        ],
    }


def _table(figures: Mapping[tuple[str, str], Score]) -> dict[str, dict[str, Any]]:
    """Return figures by type and measure, rows over all types first."""
    types = sorted({label for label, _ in figures} - {ALL, ANY})
    return {
        label: {
            measure: _figures(figures[label, measure])
            for measure in MEASURES
            if (label, measure) in figures
        }
        for label in (ALL, ANY, *types)
        if any(key[0] == label for key in figures)
    }


def _figures(score: Score) -> dict[str, Any]:
    found, gold, right, predicted = score.counts
    rates = {"recall": score.recall, "precision": score.precision, "f1": score.f1, "f2": score.f2}
    return {
        **{name: None if rate is None else round(rate, 4) for name, rate in rates.items()},
        "interval": {
            name: [round(low, 4), round(high, 4)]
            for name, (low, high) in sorted(score.intervals.items())
        },
        "found": found,
        "gold": gold,
        "right": right,
        "predicted": predicted,
    }
