"""The page of an evaluation."""

from __future__ import annotations

import re
from typing import Any

import pytest

from anonymize.report.evaluation import MEASURES, render
from tests.report.test_page import _Page, _text


def _score(recall: float | None, precision: float | None) -> dict[str, Any]:
    rates = {"recall": recall, "precision": precision, "f1": recall, "f2": recall}
    bounds = {name: [rate / 2, (1 + rate) / 2] for name, rate in rates.items() if rate is not None}
    counts = {"found": 1, "gold": 4321, "right": 3, "predicted": 4}
    return {**rates, "interval": bounds, **counts}


def _system(recall: float) -> dict[str, Any]:
    types = {
        "ALL": dict.fromkeys(MEASURES, _score(recall, 0.7)),
        "PERSON": dict.fromkeys(MEASURES, _score(recall, None)),
        "<b>X</b>": {"covered": _score(None, 0.2)},
    }
    return {
        "seconds": 1.5,
        "texts_per_second": 66.0,
        "problems": {},
        "warnings": [],
        "not_judged": {"DATE_TIME": 2, "below the threshold": 1},
        "types": types,
    }


RESULT: dict[str, Any] = {
    "texts": 100,
    "files": ["<i>gold</i>.jsonl"],
    "policy": "safeguarded",
    "recall": "high",
    "rules": ["core"],
    "language": "en",
    "transform": "upper",
    "bootstrap": 1000,
    "labels": {
        "scored": [{"label": "PER", "type": "PERSON", "count": 4}],
        "not_scored": [{"label": "TITLE", "type": "TITLE", "count": 2, "reason": "names nobody"}],
    },
    "lost": 1,
    "systems": {"anonymize": _system(0.625), "presidio": _system(0.5)},
}
ALONE = {**RESULT, "systems": {"anonymize": _system(0.625)}, "bootstrap": 0, "transform": ""}
BAD = {**_system(0.1), "problems": {"recognizer-timeout": 2}, "warnings": ["No model <b>."]}


@pytest.mark.parametrize("result", [RESULT, ALONE, {**RESULT, "systems": {"anonymize": BAD}}])
def test_is_well_formed_and_loads_nothing(result: dict[str, Any]) -> None:
    """Tags are closed, ids unique, names escaped; no script, link or address."""
    source = render(result)
    page = _Page(source)
    ids = [attrs["id"] for _, attrs in page.tags if "id" in attrs]
    assert page.open == []
    assert len(ids) == len(set(ids))
    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "a", "form", "i"}
    assert not re.search(r"https?:|url\(|@import|//[a-z]", source)


def test_says_the_numbers() -> None:
    """Figures, intervals, both systems, labels left out and settings stand in the text."""
    text = _text(render(RESULT))
    for said in (
        "100 texts of 1 gold standard",
        "changed to upper",
        "0.625",
        "0.312–0.812",
        "presidio",
        "4321",
        "not scored: names nobody",
        "below the threshold",
        "1 marked stretch had nothing left",
        "1.5 s, 66.0 texts a second",
    ):
        assert said in text, said


def test_every_chart_has_words_and_intervals() -> None:
    """Three charts have titles and descriptions, with a line for each interval."""
    page = _Page(render(RESULT))
    charts = [attrs for tag, attrs in page.tags if tag == "svg" and attrs.get("role") == "img"]
    ids = {attrs["id"] for tag, attrs in page.tags if tag in {"title", "desc"} and "id" in attrs}
    assert len(charts) == 3
    for attrs in charts:
        assert set(str(attrs["aria-labelledby"]).split()) <= ids
    assert sum(tag == "line" for tag, _ in page.tags) % 3 == 0
    assert any(attrs.get("x1") == "31.25%" for tag, attrs in page.tags if tag == "line")


def test_trouble_cannot_be_overlooked() -> None:
    """Texts that could not be read and languages without a model are told at the top."""
    source = render({**RESULT, "systems": {"anonymize": BAD}})
    assert "Not every text could be read whole." in source
    assert "recognizer-timeout" in source
    assert "No model &lt;b&gt;." in source
