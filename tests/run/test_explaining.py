"""Everything found in a text is told, the losers with their fate."""

from __future__ import annotations

from pathlib import Path

import pytest

from anonymize.detect.engine import Detector
from anonymize.errors import RuleError
from anonymize.rulepacks.location import names
from anonymize.rulepacks.packs import load_pack
from anonymize.run import engines, explaining

PACK = """\
name: mine
figures: [Anna Berg]
allow: [Studio Nine]
rules:
  - name: person
    entity: PERSON
    source: x
    patterns: [{name: a, regex: 'Dr (?-i:[A-Z][a-z]+)', score: 0.9}]
  - name: people
    entity: PERSON
    source: x
    words: [Anna Berg, Bo Lund]
  - name: house
    entity: ORGANIZATION
    source: x
    words: [Lund Hall, Studio Nine, Post Office]
  - name: page
    entity: URL
    source: x
    patterns: [{name: a, regex: 'https://\\S+', score: 0.9}]
  - name: account
    entity: HANDLE
    source: x
    patterns: [{name: a, regex: '@\\w+', score: 0.3}]
"""
POLICY = """\
name: own
extends: safeguarded
allow: [The Post Office, Post Office]
thresholds: {PERSON@mine: 0.95}
"""


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """Return a pack and a policy; no model is asked."""
    pack, policy = tmp_path / "mine.yaml", tmp_path / "own.yaml"
    pack.write_text(PACK, encoding="utf-8")
    policy.write_text(POLICY, encoding="utf-8")
    monkeypatch.setattr(
        engines,
        "detector",
        lambda names, *_, **__: Detector([load_pack(name) for name in names]),
    )
    return str(pack), str(policy)


def told(text: str, files: tuple[str, str]) -> list[tuple[str, str, str, str]]:
    """Return surface, recognizer, fate and by of what does not stand."""
    found = explaining.explain(text, (files[0],), files[1])
    return [
        (text[one.start : one.end], one.recognizer.removeprefix("mine/"), one.fate, one.by)
        for one in found.others
    ]


def test_every_fate(files: tuple[str, str]) -> None:
    """Swallowed, cut, allowed by a pack or the policy, below: each is told with by whom."""
    assert told("see https://x.example/@anna now", files) == [
        ("@anna", "account", "swallowed", "mine/page")
    ]
    assert told("Bo Lund Hall", files) == [("Bo Lund", "people", "cut", "mine/house")]
    assert told("at Studio Nine", files) == [("Studio Nine", "house", "allowed", "mine")]
    assert told("with Anna Berg", files) == [("Anna Berg", "people", "allowed", "mine")]
    assert told("at the Post Office", files) == [("Post Office", "house", "allowed", "own/allow")]
    assert told("ask Dr Keen", files) == [
        ("Dr Keen", "person", "below", "own/thresholds/PERSON@mine 0.95")
    ]
    assert told("ask @anna", files) == [("@anna", "account", "below", "own/thresholds/* 0.40")]


def test_what_stands_is_told_as_before(files: tuple[str, str]) -> None:
    """What stands has operator and rule; what the policy keeps stands, and is kept by that rule."""
    text = "Dr Keen and Bo Lund at the Post Office"
    found = explaining.explain(text, (files[0],), files[1])
    assert [(text[one.start : one.end], one.decision) for one in found.spans] == [
        ("Dr Keen", "keep by own/thresholds/PERSON@mine"),
        ("Bo Lund", "pseudonym by own/entities/PERSON"),
        ("Post Office", "keep by own/allow"),
    ]
    assert found.problems == ()


def test_nothing_found(files: tuple[str, str]) -> None:
    """A text without personal data is explained by nothing."""
    assert explaining.explain("", (files[0],), files[1]) == explaining.Explanation((), (), ())


def test_the_shipped_packs_are_sound() -> None:
    """Every pack that is shipped passes the check users are told to run on their own."""
    checked = explaining.check_rules([Path(name) for name in names("packs")])

    assert [row["name"] for row in checked] == list(names("packs"))
    assert sum(row["rules"] for row in checked) > 100


TWO = """\
name: two
rules:
  - name: person
    entity: PERSON
    source: x
    patterns: [{name: a, regex: '(?-i:Anna) Berg', score: 0.9}]
    examples: {match: ['⟦Anna Berg⟧ came'], no_match: ['Lund came']}
  - name: longer
    entity: ORGANIZATION
    source: x
    patterns: [{name: a, regex: '(?-i:Anna) Berg came', score: 0.9}]
    examples: {match: ['⟦Anna Berg came⟧'], no_match: ['@']}
"""


def test_an_example_is_of_its_rule_alone(tmp_path: Path) -> None:
    """Words that another rule of the pack takes are marked by the rule all the same."""
    pack = tmp_path / "two.yaml"
    pack.write_text(TWO, "utf-8")
    bad = tmp_path / "bad.yaml"
    bad.write_text(TWO.replace("['@']", "['Anna Berg came late']"), "utf-8")

    assert explaining.check_rules([pack]) == [{"name": "two", "rules": 2}]
    with pytest.raises(RuleError, match="no_match example 1 is marked"):
        explaining.check_rules([bad])
