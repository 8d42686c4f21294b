from __future__ import annotations

import pytest
import regex

from anonymize.model.rules import Rule
from anonymize.rulepacks.checks import CHECKS
from anonymize.rulepacks.location import names
from anonymize.rulepacks.packs import load_pack

PACKS = names("packs")
RULES = [rule for name in PACKS for rule in load_pack(name).rules]
IGNORING = regex.IGNORECASE | regex.MULTILINE | regex.DOTALL
"""The flags Presidio compiles with."""


def marked(rule: Rule, text: str, flags: int = 0) -> list[str]:
    """Return what a rule marks, in order, spans inside others left out."""
    found: set[tuple[int, int]] = set()
    for pattern in rule.patterns:
        for match in regex.finditer(pattern.regex, text, flags=flags, timeout=2):
            group = "span" if "span" in match.re.groupindex else 0
            if not rule.check or CHECKS[rule.check](match.group(group)):
                found.add(match.span(group))
    for word in rule.words:
        expression = rf"(?<![\p{{L}}\p{{N}}]){regex.escape(word)}(?![\p{{L}}\p{{N}}])"
        found |= {match.span() for match in regex.finditer(expression, text, regex.IGNORECASE)}
    outer = [
        one
        for one in found
        if not any(two != one and two[0] <= one[0] and one[1] <= two[1] for two in found)
    ]
    return [text[start:end] for start, end in sorted(outer)]


@pytest.mark.parametrize("flags", [0, IGNORING], ids=["plain", "presidio"])
@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples(rule: Rule, flags: int) -> None:
    """Every rule marks just the spans of its examples, whatever the flags."""
    for one in rule.match:
        assert marked(rule, one.text, flags) == list(one.spans), one.text
    for text in rule.no_match:
        assert marked(rule, text, flags) == [], text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_equipped(rule: Rule) -> None:
    """Every shipped rule has a source, three examples that match and two that do not."""
    assert rule.source
    assert len(rule.match) >= 3
    assert len(rule.no_match) >= 2
    assert not rule.presidio


HARD = [
    "a" * 20_000,
    "a." * 10_000,
    "@a" * 10_000,
    "1" * 20_000,
    "1-" * 10_000,
    "A1 " * 7_000,
    "Aa " * 7_000,
    "head of " * 3_000,
    "at dot " * 3_000,
    "Ms A. " * 4_000,
    "a-" * 10_000,
    ":0" * 10_000,
    "http://" * 3_000,
    " " * 20_000,
    "one " * 5_000,
    "0 " * 10_000,
    "account number " * 1_300,
    "call me on my " * 1_400,
    "12 Aa Bb " * 2_200,
    "born on the " * 1_600,
    "password is " * 1_600,
    "AB-1234-" * 2_500,
    "a_at_" * 4_000,
    "\n  a" * 5_000,
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_linear(rule: Rule) -> None:
    """No pattern takes longer than two seconds on 20 000 characters made to provoke it."""
    for text in HARD:
        for pattern in rule.patterns:
            for _ in regex.finditer(pattern.regex, text, flags=IGNORING, timeout=2):
                pass


def test_sentence_without_personal_data() -> None:
    """No rule of any pack marks anything in plain prose."""
    text = (
        "We talked about the course, about films and about how people learn. It was a good "
        "year: most of them liked it, and nobody wanted to go back to the old way of doing it."
    )
    assert [(rule.id, marked(rule, text)) for rule in RULES if marked(rule, text)] == []
