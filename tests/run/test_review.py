"""Indirect identifiers in a whole run: kept and counted, or made general."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from anonymize import api
from anonymize.decide.decisions import decide_field, decide_span
from anonymize.model.documents import Document, Section
from anonymize.model.fields import Field, Role
from anonymize.model.spans import Span
from anonymize.rulepacks.policies import load_policy
from anonymize.transform.document import Transformer
from anonymize.transform.generalisation import about, general_words
from anonymize.transform.vocabulary import FIXED_WORDS
from tests.transform.fakes import KEYS, directory

_TALK = (
    "P1: I've got ADHD and my dad works for the railway with @quillory_fen.\n"
    "P2: She won the Larkfield Film Prize in 2014, in the Turner Building.\n"
)


def test_a_run_counts_what_awaits_review(tmp_path: Path) -> None:
    """Kept stretches are counted by type in result, report and page; handles in them are gone."""
    (tmp_path / "talk.txt").write_text(_TALK, encoding="utf-8")

    result = api.run([tmp_path / "talk.txt"], out=tmp_path / "out", policy="internal")

    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    (data,) = (tmp_path / "out" / "data").iterdir()
    written = data.read_text(encoding="utf-8")
    assert report["review"] == dict(result.review)
    assert {"HEALTH", "FAMILY_FACT", "EVENT"} <= set(result.review)
    assert "ADHD" in written
    assert "for the railway" in written
    assert "quillory_fen" not in written
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "await review:" in page.replace("\u00a0", " ")
    assert "ADHD" not in page
    assert "awaiting review" in (tmp_path / "out" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("policy", "expected", "review"),
    [
        ("internal", "I've got ADHD, says Muslim", {"review/HEALTH": 1, "review/NRP": 1}),
        ("controlled", "I've got ADHD, says Muslim", {"review/HEALTH": 1, "review/NRP": 1}),
        ("safeguarded", "I've got [health], says Muslim", {"review/NRP": 1}),
        ("open", "I've got [health], says [religion]", {}),
    ],
)
def test_tiers(policy: str, expected: str, review: dict[str, int]) -> None:
    """Each tier keeps and counts an indirect identifier, or writes what it is about."""
    value = "I've got ADHD, says Muslim"
    transformer = Transformer(
        load_policy(policy),
        KEYS.tier(policy),
        KEYS,
        directory(),
        (),
        decide_span=decide_span,
        decide_field=decide_field,
    )
    document = Document("d", (Field(("text",), Role.TEXT, value),), (Section("1"),), None)
    spans = [
        Span(9, 13, "HEALTH", 0.75, "indirect/health"),
        Span(20, 26, "NRP", 0.75, "indirect/belief-and-origin"),
    ]
    done = transformer.document(document, {("text",): spans}, "n", {})
    assert done.texts["text",] == expected
    assert {k: n for k, n in done.counts.items() if k.startswith("review/")} == review


def test_general_words_are_ordinary() -> None:
    """Words that replacements are written with are nobody's identifiers."""
    assert general_words() <= FIXED_WORDS
    assert about("SMALL_PLACE", "Harrow Lane estate") == "[estate]"
    assert about("PERSON", "Jane") is None
