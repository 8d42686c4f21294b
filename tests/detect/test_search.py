"""What Presidio's own engine finds by the same recognizers."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from presidio_analyzer import (  # noqa: TID253 - it is what is compared with
    AnalyzerEngine,
    RecognizerRegistry,
    RecognizerResult,
)
from presidio_analyzer.nlp_engine import (  # noqa: TID253 - likewise
    NlpArtifacts,
    NoOpNlpEngine,
)

from anonymize.detect import recognizers
from anonymize.detect.ner import Entity
from anonymize.detect.recognizers import LANGUAGE, ForeignRecognizer, ModelRecognizer
from anonymize.detect.search import NearbyWords, Search
from anonymize.errors import RuleError
from anonymize.model.rules import Pattern, Rule
from anonymize.rulepacks.packs import load_pack
from anonymize.rulepacks.study import PACKS

# Such as packs of other countries take over.
BORROWED = (
    "CreditCardRecognizer", "DateRecognizer", "EmailRecognizer", "IbanRecognizer", "IpRecognizer",
    "MacAddressRecognizer", "UkNhsRecognizer", "UrlRecognizer", "UsSsnRecognizer",
)  # fmt: skip
RULES = [rule for name in PACKS for rule in load_pack(name).rules if rule.role in {"", "text"}]
EXTRA = [
    *(Rule(f"x/{name}", "X", presidio=name) for name in BORROWED),
    Rule("x/both", "X", (Pattern("a", r"Jane", 0.1),), words=("Jane", "K\u0131z"), context=("ask",),
         presidio="CryptoRecognizer"),
    Rule("x/again", "X", (Pattern("a", r"Jane|J", 0.1), Pattern("b", r"\w+ane", 0.1))),
    Rule("x/nothing", "X", (Pattern("a", r"[A-Z]{3}", 0.0),)),
]  # fmt: skip


class _Odd:
    """A recognizer whose scores are not those of Presidio."""

    supported_entities: tuple[str, ...] = ("LOCKER",)

    def analyze(self, text: str, entities: object, nlp_artifacts: Any) -> list[Any]:
        """Mark words by what the text begins with."""
        assert nlp_artifacts is not None
        del entities
        found = [
            RecognizerResult("LOCKER", 0, min(4, len(text)), score) for score in (-0.5, 0, 0.5)
        ]
        return found if text.startswith(("a", "J")) else []


@pytest.fixture(scope="module")
def search() -> Search:
    """Return the search with the shipped rules and some of each other kind."""
    with recognizers.silence():
        found = list(recognizers.recognizers([*RULES, *EXTRA], ("GB", "US")))
        found += [ForeignRecognizer("odd", _Odd()), ModelRecognizer("m"), ModelRecognizer("n")]
        return Search(found)


@pytest.fixture(scope="module")
def engine(search: Search) -> AnalyzerEngine:
    """Return Presidio's engine with the same recognizers."""
    with recognizers.silence():
        return AnalyzerEngine(
            registry=RecognizerRegistry(
                recognizers=search.recognizers, supported_languages=[LANGUAGE]
            ),
            nlp_engine=NoOpNlpEngine([{"lang_code": LANGUAGE, "model_name": "none"}]),
            supported_languages=[LANGUAGE],
            context_aware_enhancer=NearbyWords(),
        )


def same(
    search: Search, engine: AnalyzerEngine, text: str, entities: dict[str, list[Entity]]
) -> int:
    """Compare the two; return how much was found."""
    artifacts = NlpArtifacts(entities, [], [], [], None, LANGUAGE)
    with recognizers.silence():
        theirs = engine.analyze(text, LANGUAGE, nlp_artifacts=artifacts)
        ours = search.results(text, entities)
    told = [[(r.entity_type, r.start, r.end, r.score) for r in each] for each in (ours, theirs)]
    assert told[0] == told[1]
    return len(theirs)


EXAMPLES = [one.text for rule in RULES for one in rule.match]
OTHERS = [text for rule in RULES for text in rule.no_match]
WRITTEN = [
    "mail jsmith@college.example or j.smith [at] college dot example, @ann_lee",
    "card 4111 1111 1111 1111, iban GB82WEST12345698765432, 192.0.2.7, 2001:db8::7",
    "my nhs number 943 476 5919; ring 020 7946 0018 or +1 202-555-0143; my mobile: 07700 900123",
    "00:1b:44:11:3a:b7 1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2 078-05-1120 12/05/1998",
    "Ms. Keen of 12 Mill Lane, Leeds LS1 4AP said #TeamJane https://t.co/abc www.example.org/x",
    "ASK JANE. ask Jane; Jane, K\u0131z k\u0131z \u212aız! JJane\nJane",
    "aged forty-two, since 1998, on 3 May 2021, in Room 12",
    "", " ", "\ud83d", "😀" * 9, "\0",
]  # fmt: skip


def test_examples(search: Search, engine: AnalyzerEngine) -> None:
    """The rules' own examples give what Presidio's engine gives, to the score and the order."""
    found = sum(same(search, engine, text, {}) for text in (*WRITTEN, *EXAMPLES[::2], *OTHERS[::5]))
    assert found > len(EXAMPLES) // 2


PIECES = st.one_of(
    st.sampled_from(EXAMPLES),
    st.sampled_from(WRITTEN),
    st.text(st.sampled_from("aJne 0159.@-:/#\nK\u212aſİıé＠"), max_size=20),
)


@settings(deadline=None, max_examples=60)
@given(
    st.lists(PIECES, max_size=4).map(" ".join),
    st.dictionaries(
        st.sampled_from("mn"),
        st.lists(
            st.tuples(
                st.integers(0, 9),
                st.integers(10, 20),
                st.sampled_from(["PERSON", "LOCATION"]),
                st.sampled_from([0.0, 0.3, 0.3, 1.0]),
            ),
            max_size=4,
        ),
    ),
)
def test_any_text(
    search: Search, engine: AnalyzerEngine, text: str, entities: dict[str, list[Entity]]
) -> None:
    """So does any text, with whatever a model found in it."""
    same(search, engine, text, entities)


def test_not_a_pattern() -> None:
    """A rule made in Python whose pattern is none is a fault of the rule, named by its id."""
    rule = Rule("x/bad", "X", (Pattern("a", "(Jane", 0.5),))
    with recognizers.silence(), pytest.raises(RuleError, match="x/bad: not a regular expression"):
        Search(list(recognizers.recognizers([rule], ()))).results("Jane", {})


def test_compiled_when_needed() -> None:
    """A pattern is compiled for the first text that holds what it needs."""
    rule = Rule("x/a", "X", (Pattern("a", r"Jane \d", 0.5),))
    with recognizers.silence():
        search = Search(list(recognizers.recognizers([rule], ())))
        pattern = search.recognizers[0].patterns[0]
        assert not search.results("June", {})
        assert pattern._compiled is None
        assert search.results("jane 1", {})
        assert pattern._compiled is not None
