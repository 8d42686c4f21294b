"""What a pattern needs is never more than it needs."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable
from typing import Any

import pytest
import regex
from hypothesis import example, given
from hypothesis import strategies as st

from anonymize.detect import needs
from anonymize.detect.needs import Need, need, plain, words_need
from anonymize.detect.recognizers import FLAGS
from anonymize.detect.sieve import Sieve
from anonymize.model.rules import Rule
from anonymize.rulepacks.location import names
from anonymize.rulepacks.packs import load_pack
from anonymize.rulepacks.study import PACKS

core: Any = needs.core
CODES = range(sys.maxunicode + 1)
LETTERS = "aAbBsſSkK\u212aiIİıåÅ\u212b"
OTHERS = "0123٣９@＠.-# \n\u00a0…'"


@pytest.mark.parametrize(
    ("pattern", "groups", "digits"),
    [
        ("abc", [{"abc"}], 0),
        ("(?-i:ABC)", [{"abc"}], 0),
        ("colou?r", [{"color", "colour"}], 0),
        ("cards?", [{"card"}], 0),
        (r"(?:ab|cd)\s\d", [{"ab ", "cd "}], 0),
        (r"[0-9]{3}-[0-9]{4,}", [{"000-"}, {"0000"}], 7),
        (r"[0-9](?:[ -]?[0-9]){11,18}", [{"0"}], 12),
        (r"(?P<span>ab)+x", [{"ab"}], 0),
        (r"(?:ab)*xy", [{"xy"}], 0),
        (r"(?:ab){0,2}x\.", [{"x."}], 0),
        (r"(?=.*ab)\w+cd", [{"ab"}, {"cd"}], 0),
        (r"(?<!ab)\w+(?!cd)..@", [{"@"}], 0),
        ("é@", [{"@"}], 0),
        ("[@＠]x1", [{"@x0", "＠x0"}], 1),
        ("ab|[0-9]{2,}x|(?:c.d){2}e#", [{"ab", "00", "e#"}], 0),
        (r"\bK\b", [], 0),
        ("ab|", [], 0),
        (r"[a-z]+", [], 0),
        ("[^@]x", [], 0),
        ("(?f)abc", [], 0),
        ("(?V1)abc", [], 0),
        ("(?r)abc", [], 0),
        ("(?:abc){e<=1}", [], 0),
        (r"(ab)\1x.", [{"ab"}], 0),
        ("a(?i)bc", [{"abc"}], 0),
        ("(?x) a b c # words", [{"abc"}], 0),
        ("(abc", [], 0),
    ],
)
def test_read_off(pattern: str, groups: list[set[str]], digits: int) -> None:
    """Strings, alternatives and digits are read off, and what is not understood is left out."""
    assert need(pattern, int(FLAGS)) == Need(frozenset(map(frozenset, groups)), digits)


def test_case_and_blanks() -> None:
    """Of all characters, those `regex` takes for one another have one plain form, or none."""
    every = "".join(map(chr, CODES))
    forms = plain(every)
    assert len(forms) == len(every)
    assert [at for at, char in enumerate(forms) if char == " "] == [
        found.start() for found in regex.finditer(r"\s", every)
    ]
    for code in CODES:
        alike = core._regex.get_all_cases(core.IGNORECASE, code)
        if len(alike) > 1 and (known := needs._letter(code).strings) is not None:
            assert known == {forms[one] for one in alike}


def test_without_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the parser of `regex`, or with another one, nothing is asked for."""
    monkeypatch.delattr(core, "_parse_pattern")
    assert need("abc", int(FLAGS)) == Need()


ONE = st.one_of(
    st.sampled_from([*LETTERS, "ab", "Ab", "ks"]),
    st.sampled_from(["0", "12", "@", r"\.", "-", r"\#", " ", r"\s", r"\d", r"\w", ".", "x?"]),
    st.sampled_from(["[ab]", "[^a]", "[0-9]", "[@＠]", "[a-d]", r"[\s-]", r"\p{L}", "[A-Zſ]"]),
    st.sampled_from([r"\b", "^", "$", "(?<![a-z])", "(?!b)"]),
)


def _more(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    repeats = ["?", "*", "+", "{2}", "{0,2}", "{1,3}", "{2,}", "*?", "++"]
    flags = ["(?:", "(?i:", "(?-i:", "(", "(?>", "(?=", "(?<=", "(?!"]
    return st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda all_: f"(?:{'|'.join(all_)})"),
        st.tuples(inner, st.sampled_from(repeats)).map(lambda two: f"(?:{two[0]}){two[1]}"),
        st.tuples(st.sampled_from(flags), inner).map(lambda two: f"{two[0]}{two[1]})"),
    )


PATTERNS = st.recursive(ONE, _more, max_leaves=8)
TEXTS = st.lists(
    st.sampled_from([*LETTERS, *OTHERS, "ab", "aab", "ks", "\ud83d", "😀"]), max_size=12
).map("".join)


@given(PATTERNS, st.lists(TEXTS, min_size=1, max_size=8))
@example("ab", ["AB"])
@example("ks", ["\u212aſ"])
@example("I", ["ı"])
@example("[0-9]{2}", ["12"])
def test_never_too_strong(pattern: str, texts: list[str]) -> None:
    """Whatever pattern matches in whatever text, the text has what the pattern needs."""
    compiled = regex.compile(pattern, FLAGS)
    asked = need(pattern, int(FLAGS))
    for text in texts:
        if compiled.search(text):
            assert asked.met(text)


RULES = [rule for name in names("packs") for rule in load_pack(name).rules]
LETTERS_BY_PROPERTY = "aZéßЖ字" + "5٣" + "_- \u0301"


def _draw(node: Any, rng: random.Random) -> str:
    """Return a text that a part of a pattern may match, as far as its neighbours let it."""
    name = type(node).__name__
    if name == "Sequence":
        return "".join(_draw(one, rng) for one in node.items)
    if name == "Branch":
        return _draw(rng.choice(node.branches), rng)
    if name.endswith("Repeat"):
        most = node.min_count + 3 if node.max_count is None else node.max_count
        times = rng.randint(node.min_count, min(most, node.min_count + 3))
        return "".join(_draw(node.subpattern, rng) for _ in range(times))
    if name in {"Group", "Atomic"}:
        return _draw(node.subpattern, rng)
    if name == "Character" and node.positive:
        return chr(rng.choice(core._regex.get_all_cases(core.IGNORECASE, node.value)))
    if name == "Range" and node.positive:
        return chr(rng.randint(node.lower, node.upper))
    if name == "SetUnion" and node.positive:
        return _draw(rng.choice(node.items), rng)
    if name in {"LookAround", "Boundary", "StartOfLine", "EndOfLine"}:
        return ""
    return rng.choice(LETTERS_BY_PROPERTY)


def _matches(pattern: str) -> Callable[[random.Random], str]:
    parsed = needs._parsed(pattern, int(FLAGS))
    return lambda rng: (
        rng.choice(["", " ", "so "]) + _draw(parsed, rng) + rng.choice(["", ".", " x"])
    )


def test_shipped_patterns() -> None:
    """Texts drawn from a shipped pattern that it matches have what it needs.

    That its examples have it is shown where they are detected, for every pack.
    """
    rng = random.Random(7)
    matched = 0
    for rule in (rule for rule in RULES if rule.id.partition("/")[0] in PACKS):
        for one in rule.patterns:
            asked, compiled = need(one.regex, int(FLAGS)), regex.compile(one.regex, FLAGS)
            for text in (_matches(one.regex)(rng) for _ in range(6)):
                if compiled.search(text):
                    matched += 1
                    assert asked.met(text), (rule.id, text)
    assert matched > 300


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.words], ids=lambda rule: rule.id)
def test_shipped_words(rule: Rule) -> None:
    """Each word of a list, in any case, has what the list needs."""
    asked = words_need(rule.words)
    assert asked.groups
    for word in rule.words:
        assert all(map(asked.met, (word, word.upper(), word.lower(), f"x{word.title()}x")))


NEEDS = [need(one.regex, int(FLAGS)) for rule in RULES for one in rule.patterns][:200]
EXAMPLES = [one.text for rule in RULES for one in rule.match]


@given(st.lists(st.one_of(TEXTS, st.sampled_from(EXAMPLES)), max_size=4).map(" ".join))
def test_sieve(text: str) -> None:
    """What is seen of all needs in one pass is what each sees by itself."""
    assert SIEVE.met(text) == [at for at, one in enumerate(NEEDS) if one.met(text)]


SIEVE = Sieve(NEEDS)


def test_no_needs() -> None:
    """Needs without strings are met by their digits alone."""
    assert Sieve([Need(), Need(digits=1)]).met("x") == [0]
    assert Sieve([]).met("x") == []
