from __future__ import annotations

import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymize.detect import recognizers
from anonymize.detect.engine import Detection, Detector, Text
from anonymize.detect.ner import Entity
from anonymize.errors import EngineError, RuleError
from anonymize.model.fields import Encoding
from anonymize.model.policies import Recall
from anonymize.model.rules import Pattern, Rule, RulePack
from anonymize.plugins import Registry
from anonymize.rulepacks.location import names
from anonymize.rulepacks.packs import load_pack

PACK = RulePack(
    "study",
    digest="d1",
    regions=("GB", "US"),
    rules=(
        Rule("study/email", "EMAIL_ADDRESS", presidio="EmailRecognizer"),
        Rule("study/card", "CREDIT_CARD", presidio="CreditCardRecognizer"),
        Rule("study/iban", "IBAN_CODE", presidio="IbanRecognizer"),
        Rule("study/ip", "IP_ADDRESS", presidio="IpRecognizer"),
        Rule("study/nhs", "UK_NHS", presidio="UkNhsRecognizer"),
        Rule("study/url", "URL", presidio="UrlRecognizer"),
        Rule("study/handle", "HANDLE", (Pattern("x", r"(?<![\w.])@\w{2,15}", 0.9),)),
        Rule(
            "study/student",
            "STUDENT_ID",
            (Pattern("a", r"\b[A-Z]\d{6}\b", 0.2),),
            context=("student number",),
        ),
        Rule("study/citizen", "NL_BSN", (Pattern("a", r"\b\d{9}\b", 0.3),), check="bsn"),
        Rule("study/title", "PERSON", (Pattern("a", r"\bMs\.? (?P<span>[A-Z]\w+)", 0.8),)),
        Rule("study/school", "ORGANIZATION", words=("Ashbourne", "St. Ann's (North)")),
        Rule("study/field", "DATE_TIME", (Pattern("a", r"\w+", 1.0),), role="date"),
    ),
    allow=frozenset({"bbc"}),
)


class Names:
    """A model that takes each capitalised word that begins with a letter of its own for a name."""

    name = "names"
    version = "1"
    digest = "d2"

    def __init__(self, letters: str = "JB") -> None:
        self.seen: list[str] = []
        self.dials: list[Recall] = []
        self._word = regex.compile(rf"\b[{letters}]\w+")

    def entities(self, texts: Sequence[str], recall: Recall) -> list[list[Entity]]:
        """Return the words that begin so."""
        self.seen += texts
        self.dials.append(recall)
        return [
            [(*match.span(), "PERSON", 0.85) for match in self._word.finditer(text)]
            for text in texts
        ]


class Broken(Names):
    """A model that breaks at one text."""

    def entities(self, texts: Sequence[str], recall: Recall) -> list[list[Entity]]:
        """Return the words that begin so, or break."""
        if any("broken" in text for text in texts):
            raise ValueError("it says broken")
        return super().entities(texts, recall)


@pytest.fixture(scope="module")
def detector() -> Detector:
    """Return a detector with all of `PACK` and the model of names."""
    return Detector([PACK], model=Names())


def found(detection: Detection, value: str) -> list[tuple[str, str]]:
    """Return surfaces and types."""
    return [(value[s.start : s.end], s.entity_type) for s in detection.spans]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("jsmith@college.example", [("jsmith@college.example", "EMAIL_ADDRESS")]),
        ("card 4111 1111 1111 1111", [("4111 1111 1111 1111", "CREDIT_CARD")]),
        ("card 4111 1111 1111 1112", []),
        ("GB82WEST12345698765432", [("GB82WEST12345698765432", "IBAN_CODE")]),
        ("from 192.0.2.7 on", [("192.0.2.7", "IP_ADDRESS")]),
        ("my nhs number 943 476 5919", [("943 476 5919", "UK_NHS")]),
        ("ring 020 7946 0018 now", [("020 7946 0018", "PHONE_NUMBER")]),
        ("ask @ann_lee, ok", [("@ann_lee", "HANDLE")]),
        ("https://social.example.org/@ann", [("https://social.example.org/@ann", "URL")]),
        ("bsn 111222333", [("111222333", "NL_BSN")]),
        ("bsn 111222334", []),
        ("ask Ms. Keen's class", [("Keen", "PERSON")]),
        ("at ashbourne today", [("ashbourne", "ORGANIZATION")]),
        ("at St. Ann's (North).", [("St. Ann's (North)", "ORGANIZATION")]),
        ("at Ashbournes", []),
        ("Jane met Bob", [("Jane", "PERSON"), ("Bob", "PERSON")]),
        ("@JaneB and #Bob", [("@JaneB", "HANDLE"), ("Bob", "PERSON")]),
        ("", []),
        ("  \n", []),
    ],
)
def test_finds(detector: Detector, value: str, expected: list[tuple[str, str]]) -> None:
    """Presidio's recognizers, rules with checks and words, and the model all take part."""
    assert found(detector.detect([Text(value)])[0], value) == expected


def test_context(detector: Detector) -> None:
    """A context word nearby raises the score."""
    near, far = detector.detect([Text("Student numbers: A123456"), Text("Room A123456")])
    assert near.spans[0].score == pytest.approx(0.55)
    assert far.spans[0].score == pytest.approx(0.2)


def test_html(detector: Detector) -> None:
    """Offsets are those of the escaped value."""
    value = "Q&amp;A: J&#97;ne &lt;3 B&amp;B @ann_lee&gt;"
    detection = detector.detect([Text(value, Encoding.HTML)])[0]
    assert found(detection, value) == [("J&#97;ne", "PERSON"), ("@ann_lee", "HANDLE")]


def test_fields(detector: Detector) -> None:
    """A field that is an e-mail address or a number is one span, whatever stands there."""
    values = [" ask Jane ", "ext. 12", ""]
    kinds = ["email", "phone", "phone"]
    texts = [Text(v, kind=k) for v, k in zip(values, kinds, strict=True)]
    one, two, three = detector.detect(texts)
    assert found(one, values[0]) == [("ask Jane", "EMAIL_ADDRESS")]
    assert one.spans[0].recognizer == "field/email"
    assert found(two, values[1]) == [("ext. 12", "PHONE_NUMBER")]
    assert three.spans == ()


def test_allow() -> None:
    """What a pack allows is neither an entity of the model nor of a rule without a form."""
    rules = (Rule("a/org", "ORGANIZATION", words=("BBC", "ITV")),)
    pack = RulePack("a", rules=rules, allow=frozenset({"bbc"}))
    detector = Detector([pack], model=Names("B"))
    value = "BBC and ITV and Ben"
    assert found(detector.detect([Text(value)])[0], value) == [
        ("ITV", "ORGANIZATION"),
        ("Ben", "PERSON"),
    ]


def test_figures() -> None:
    """A public figure's full name is no detection, her family name alone is one."""
    rules = (Rule("a/people", "PERSON", words=("Orla Quennell", "Quennell")),)
    pack = RulePack("a", rules=rules, figures=frozenset({"orla quennell"}))
    value = "ORLA QUENNELL. Then Quennell"
    told, fates = Detector([pack]).explain(Text(value))
    assert found(told, value)[-1] == ("Quennell", "PERSON")
    assert [(value[f.span.start : f.span.end], f.by) for f in fates if f.by == "a"] == [
        ("ORLA QUENNELL", "a"),
    ]


def test_explain_tells_of_the_model() -> None:
    """What a list takes from the model is told with its list; the answer is the same."""
    pack = RulePack("a", allow=frozenset({"bbc"}))
    detector = Detector([pack], model=Names("B"))
    value = "BBC &amp; Ben"
    detection, fates = detector.explain(Text(value, Encoding.HTML))
    assert [detection] == detector.detect([Text(value, Encoding.HTML)])
    assert found(detection, value) == [("Ben", "PERSON")]
    said = [(value[f.span.start : f.span.end], f.span.recognizer, f.outcome, f.by) for f in fates]
    assert said == [("BBC", "ner/names", "allowed", "a")]


def test_what_is_no_word_is_no_name() -> None:
    """What a model says of handles and addresses does not count, nor is a lone hashtag read."""
    model = Names()
    texts = [Text("RT @JaneB: mail Jane@x.example #Jane"), Text("Jane", kind="hashtag")]
    first, second = Detector([PACK], model=model).detect(texts)
    persons = [span for span in first.spans if span.entity_type == "PERSON"]
    assert [texts[0].value[span.start : span.end] for span in persons] == ["Jane"]
    assert texts[0].value.endswith(texts[0].value[persons[0].start :])
    assert second.spans == ()
    assert model.seen == [texts[0].value, ""]


@pytest.mark.parametrize("recall", Recall)
def test_recall(recall: Recall) -> None:
    """The dial reaches the model and is part of what results depend on."""
    model = Names()
    detector = Detector([PACK], model=model, recall=recall)
    detector.detect([Text("Jane")])
    assert model.dials == [recall]
    assert detector.versions["recall"] == recall


def test_long_text(detector: Detector) -> None:
    """In a text of many windows everything is found once, at its place."""
    value = "so Jane met @ann_lee again; " * 3_000
    detection = detector.detect([Text(value)])[0]
    assert len(detection.spans) == 6_000
    assert {value[s.start : s.end] for s in detection.spans} == {"Jane", "@ann_lee"}


def test_broken_model() -> None:
    """A model that breaks at one text withholds that one and no other."""
    texts = [Text("Jane"), Text("Jane is broken"), Text("Bob")]
    one, two, three = Detector([], model=Broken()).detect(texts)
    assert one.problems == three.problems == ()
    assert two.problems == ("recognizer-failed",)
    assert len(one.spans) == len(three.spans) == 1


def test_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pattern that takes too long withholds its text."""
    monkeypatch.setattr(recognizers, "REGEX_TIMEOUT_SECONDS", 0.05)
    pack = RulePack(
        "slow", rules=(Rule("slow/a", "PERSON", (Pattern("a", r"(a|aa|b?a)+$", 1.0),)),)
    )
    texts = [Text("a" * 60 + "!"), Text("no")]
    one, two = Detector([pack]).detect(texts)
    assert one.problems == ("recognizer-timeout",)
    assert two.problems == ()


def test_presidio_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pattern of Presidio's own recognizers that it would skip withholds its text too."""
    monkeypatch.setattr(recognizers, "REGEX_TIMEOUT_SECONDS", 0.05)
    rule = Rule("slow/card", "CREDIT_CARD", presidio="CreditCardRecognizer")
    detector = Detector([RulePack("slow", rules=(rule,))])
    borrowed = next(r for r in detector._search.recognizers if r.name == rule.id)
    pattern = type(borrowed._inner.patterns[0])("slow", r"(1|11|2?1)+$", 0.5)
    borrowed._inner.patterns = [pattern]
    assert detector.detect([Text("1" * 60 + "!")])[0].problems == ("recognizer-timeout",)


@pytest.mark.parametrize("error", [ValueError, KeyError, RuntimeError, TypeError])
def test_failure(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    """A recognizer that breaks withholds its text; its message goes nowhere."""

    def broken(*_: object) -> None:
        raise error("Jane")

    detector = Detector([PACK])
    one = next(r for r in detector._search.recognizers if r.name == "study/card")
    monkeypatch.setattr(one._inner, "analyze", broken)
    detections = detector.detect([Text("4111 1111 1111 1111"), Text("no")])
    assert [d.problems for d in detections] == [("recognizer-failed",), ()]


def test_nothing_logged(detector: Detector, caplog: pytest.LogCaptureFixture) -> None:
    """At the lowest log level not a line is logged, and the logger is as before."""
    logger = logging.getLogger("presidio-analyzer")
    before = (logger.level, logger.propagate, list(logger.handlers))
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "presidio-analyzer")
    detector.detect(
        [Text("Jane GB82WEST12345698765432 ask @ann_lee on 07946 0018 student A123456")]
    )
    assert not caplog.records
    caplog.clear()
    logger.setLevel(before[0])
    assert (logger.level, logger.propagate, list(logger.handlers)) == before


def test_logging_off(detector: Detector) -> None:
    """With logging switched off time-outs would go unseen, so nothing is detected."""
    logging.disable()
    try:
        with pytest.raises(EngineError):
            detector.detect([Text("Jane")])
    finally:
        logging.disable(logging.NOTSET)


@pytest.mark.parametrize("name", ["NoSuchRecognizer", "PatternRecognizer", "GLiNERRecognizer"])
def test_unknown_recognizer(name: str) -> None:
    """A rule that names what Presidio does not have is invalid."""
    with pytest.raises(RuleError, match=r"x/a: "):
        Detector([RulePack("x", rules=(Rule("x/a", "PERSON", presidio=name),))])


def test_versions(detector: Detector) -> None:
    """Results depend on packages, packs and the model, all of them named."""
    assert detector.versions["pack/study"] == "d1"
    assert detector.versions["ner/names"] == "1 d2"
    assert "presidio-analyzer" in detector.versions
    assert list(detector.versions) == sorted(detector.versions)


PIECES = (
    "Jane|Bob| | |@ann_lee|&amp;|&lt;|4111 1111 1111 1111|😀|\u200b|https://x.example/|.|\n|"
    "a@b.example|Ms |'s|é|\ud83d|\0|A123456"
)
ALPHABET = st.sampled_from(PIECES.split("|"))


@settings(deadline=None)
@given(st.lists(st.lists(ALPHABET, max_size=12).map("".join), max_size=4))
def test_batch_is_nothing(detector: Detector, values: list[str]) -> None:
    """A text is answered alike alone and in a batch; spans are disjoint and inside it."""
    texts = [Text(value, Encoding.HTML) for value in values]
    together = detector.detect(texts)
    assert together == [detector.detect([text])[0] for text in texts]
    for value, detection in zip(values, together, strict=True):
        last = 0
        for span in detection.spans:
            assert last <= span.start < span.end <= len(value)
            last = span.end
        assert not detection.problems


PROGRAM = """
import sys, anonymize.detect.engine, anonymize.detect.known, anonymize.detect.ner
assert not {"presidio_analyzer", "spacy", "pandas", "numpy", "phonenumbers"} & set(sys.modules)
"""


def test_lazy() -> None:
    """Importing the package loads neither Presidio nor spaCy."""
    subprocess.run([sys.executable, "-c", PROGRAM], check=True)


def test_seed_is_nothing() -> None:
    """Where two rules find the same, the hash seed does not decide whose it is."""
    program = (
        "from anonymize.detect.engine import Detector, Text\n"
        "from anonymize.model.rules import *\n"
        "r = [Rule(f'p/{n}', 'PERSON', (Pattern('a', 'Jane', .5),)) for n in 'abcdefgh']\n"
        "print(Detector([RulePack('p', rules=tuple(r))]).detect([Text('Jane')]))\n"
    )

    def out(seed: str) -> bytes:
        return subprocess.run(
            [sys.executable, "-c", program],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout

    assert out("1") == out("2") != b""


RULES = [rule for name in names("packs") for rule in load_pack(name).rules]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_shipped_rules(rule: Rule) -> None:
    """Through Presidio, each shipped rule marks the spans of its examples and nothing else."""
    detector = Detector([RulePack("one", rules=(replace(rule, role=""),))])
    texts = [Text(one.text) for one in rule.match] + [Text(text) for text in rule.no_match]
    expected = [list(one.spans) for one in rule.match] + [[] for _ in rule.no_match]
    for text, detection, spans in zip(texts, detector.detect(texts), expected, strict=True):
        assert [text.value[s.start : s.end] for s in detection.spans] == spans


class _Plate:
    """What another distribution might bring: a recognizer in Presidio's form."""

    supported_entities: ClassVar = ["LOCKER"]

    def analyze(self, text: str, entities: list[str], nlp_artifacts: object) -> list[Any]:
        """Find lockers."""
        from presidio_analyzer import RecognizerResult

        del entities, nlp_artifacts
        at = text.find("L-")
        return [RecognizerResult("LOCKER", at, at + 4, 0.8)] if at >= 0 else []


def test_a_recognizer_of_another_distribution(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands under the entry-point group finds its own type, under its own name."""
    registry: Registry[Any] = Registry("recognizer", "anonymize.nothing")
    registry.add("lockers", _Plate)
    monkeypatch.setattr("anonymize.detect.engine.RECOGNIZERS", registry)

    spans = Detector(()).detect([Text("see L-42 there")])[0].spans

    assert [(s.start, s.end, s.entity_type, s.recognizer) for s in spans] == [
        (4, 8, "LOCKER", "plugin/lockers"),
    ]
