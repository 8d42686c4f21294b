"""What counts, for which policy, and what is told of what does not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from anonymize.errors import UsageError
from anonymize.model.documents import Document
from anonymize.model.spans import Finding, Span
from anonymize.run import engines, evaluation
from anonymize.run.engines import Scanned
from anonymize.run.evaluation import Request, evaluate

TEXT = "Ann: ask Jane Smith or @jane_s in #Leeds on 07700 900123"
WORDS = {
    "Ann": "SPEAKER",
    "Jane Smith": "PERSON",
    "@jane_s": "HANDLE",
    "#Leeds": "HASHTAG",
    "07700 900123": "PHONE",
}


class Found:
    """A scanner that finds what it is told to, in every text."""

    spans: tuple[tuple[str, str, float], ...] = ()
    withheld: tuple[tuple[int, str], ...] = ()

    def __init__(self, *_: object) -> None:
        pass

    def detect(self, documents: Sequence[Document]) -> list[Scanned]:
        """Return the spans whose words stand in the text, in whatever case."""
        out = []
        for document in documents:
            text = document.fields[0].value.lower()
            findings = [
                Finding(("text",), Span(at, at + len(words), kind, score, "ner/x"))
                for words, kind, score in self.spans
                if (at := text.find(words.lower())) >= 0
            ]
            out.append(Scanned(tuple(findings), self.withheld))
        return out


@pytest.fixture(autouse=True)
def _no_models(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "Scanner", Found)
    monkeypatch.setattr(engines, "detector", lambda *_: None)
    monkeypatch.setattr(Found, "withheld", ())


def _gold(folder: Path, words: dict[str, str], name: str = "gold.jsonl") -> Path:
    marks = [
        {"start": TEXT.index(word), "end": TEXT.index(word) + len(word), "label": label}
        for word, label in words.items()
    ]
    target = folder / name
    lines = [
        {"id": "1", "text": TEXT, "entities": marks},
        {"id": "2", "text": "tea", "entities": []},
    ]
    target.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return target


def _ours(
    monkeypatch: pytest.MonkeyPatch,
    gold: Path,
    *spans: tuple[str, str, float],
    **options: Any,
) -> dict[str, Any]:
    monkeypatch.setattr(Found, "spans", spans)
    result = evaluate(Request((gold,), resamples=0, **options))
    ours: dict[str, Any] = result["systems"]["anonymize"]
    return ours


def test_types_are_those_of_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A gold PHONE is found by a PHONE_NUMBER, and counted under its name."""
    found = _ours(monkeypatch, _gold(tmp_path, WORDS), ("07700 900123", "PHONE_NUMBER", 0.9))
    assert found["types"]["PHONE_NUMBER"]["strict"]["f1"] == 1.0
    assert found["types"]["PERSON"]["covered"]["recall"] == 0.0
    assert found["types"]["ALL"]["covered"]["gold"] == 3


def test_what_is_not_scored_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Hashtags and speakers are told with their reason, and scored when all types are."""
    gold = _gold(tmp_path, WORDS)
    spans = ("#Leeds", "HASHTAG", 0.9)
    monkeypatch.setattr(Found, "spans", (spans,))
    some, everything = (
        evaluate(Request((gold,), resamples=0, all_types=wanted)) for wanted in (False, True)
    )
    assert {row["label"] for row in some["labels"]["not_scored"]} == {"HASHTAG", "SPEAKER"}
    assert all(row["reason"] for row in some["labels"]["not_scored"])
    assert "HASHTAG" not in some["systems"]["anonymize"]["types"]
    assert some["systems"]["anonymize"]["not_judged"] == {"HASHTAG": 1}
    assert everything["labels"]["not_scored"] == []
    assert everything["systems"]["anonymize"]["types"]["HASHTAG"]["covered"]["recall"] == 1.0


def test_what_the_policy_keeps_protects_nobody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name covered by a type the policy keeps is not found; by another type it is."""
    gold = _gold(tmp_path, WORDS)
    kept = _ours(monkeypatch, gold, ("Jane Smith", "HASHTAG", 0.9))
    other = _ours(monkeypatch, gold, ("Jane Smith", "ORGANIZATION", 0.9))
    assert kept["types"]["PERSON"]["covered"]["recall"] == 0.0
    assert other["types"]["PERSON"]["covered"]["recall"] == 1.0


def test_what_is_below_the_threshold_does_not_exist(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A span the policy would not act upon covers nothing and is counted aside."""
    found = _ours(monkeypatch, _gold(tmp_path, WORDS), ("Jane Smith", "LOCATION", 0.05))
    assert found["types"]["PERSON"]["covered"]["recall"] == 0.0
    assert found["types"]["PERSON"]["covered"]["predicted"] == 0
    assert found["not_judged"] == {"below the threshold": 1}


def test_types_the_gold_standard_does_not_mark_are_not_judged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A date where no date is marked is no mistake, and each file is taken by itself."""
    gold = _gold(tmp_path, WORDS)
    dated = _gold(tmp_path, {"Jane Smith": "DATE"}, "other.jsonl")
    monkeypatch.setattr(Found, "spans", (("Ann", "DATE_TIME", 0.9),))
    result = evaluate(Request((gold, dated), resamples=0))
    ours = result["systems"]["anonymize"]
    assert ours["not_judged"] == {"DATE_TIME": 1}
    assert ours["types"]["DATE_TIME"]["covered"]["predicted"] == 1


@pytest.mark.parametrize("words", ["Ann", "jane_s"])
def test_names_in_handles_and_labels_are_no_mistakes(
    words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A person found within a handle or a speaker's label counts neither for nor against."""
    found = _ours(monkeypatch, _gold(tmp_path, WORDS), (words, "PERSON", 0.9))
    assert found["types"]["PERSON"]["covered"]["predicted"] == 0
    assert found["not_judged"] == {"PERSON within a handle or speaker label": 1}


@pytest.mark.parametrize("how", ["lower", "upper", "unpunctuated"])
def test_changed_texts_are_what_is_read(
    how: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The detector is given the changed text, whose marks are in place."""
    found = _ours(monkeypatch, _gold(tmp_path, WORDS), ("Jane Smith", "PERSON", 0.9), transform=how)
    assert found["types"]["PERSON"]["strict"]["f1"] == 1.0


def test_texts_that_would_be_withheld_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A recognizer that broke shows among the problems."""
    monkeypatch.setattr(Found, "withheld", ((0, "recognizer-timeout"),))
    assert _ours(monkeypatch, _gold(tmp_path, WORDS))["problems"] == {"recognizer-timeout": 2}


def test_the_result_holds_no_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither words nor ids of the texts stand in the result; the list of mistakes has them."""
    monkeypatch.setattr(Found, "spans", (("ask", "PERSON", 0.9), ("Jane", "PERSON", 0.9)))
    listed = tmp_path / "errors.jsonl"
    result = evaluate(Request((_gold(tmp_path, WORDS),), resamples=10), errors=listed)
    shown = json.dumps(result).lower()
    assert "jane" not in shown
    assert "07700" not in shown
    rows = [json.loads(line) for line in listed.read_text("utf-8").splitlines()]
    assert [(row["kind"], row["words"]) for row in rows] == [
        ("partial", "Jane Smith"),
        ("missed", "@jane_s"),
        ("missed", "07700 900123"),
        ("spurious", "ask"),
    ]
    assert {row["id"] for row in rows} == {"1"}


@pytest.mark.parametrize(
    "options",
    [
        {"recall": "most"},
        {"baseline": "other"},
        {"transform": "title"},
        {"resamples": -1},
        {"language": "english"},
    ],
)
def test_refuses_unknown_settings(options: dict[str, Any], tmp_path: Path) -> None:
    """A setting that does not exist is told before anything is read."""
    with pytest.raises(UsageError):
        evaluation.check(Request((tmp_path,), **options))


def test_refuses_missing_files(tmp_path: Path) -> None:
    """No file at all, and one that is not there, are mistakes of the call."""
    for gold in ((), (tmp_path / "none.jsonl",)):
        with pytest.raises(UsageError):
            evaluation.check(Request(gold))
