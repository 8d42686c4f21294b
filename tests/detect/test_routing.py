from __future__ import annotations

from collections.abc import Sequence

import pytest

from anonymize.detect.engine import Detector, Text
from anonymize.detect.ner import Entity
from anonymize.detect.routing import Router
from anonymize.model.policies import Recall
from anonymize.rulepacks.location import names


class Word:
    """A model that knows one word, and notes what it was asked."""

    version = "1"
    digest = "d"

    def __init__(self, name: str, word: str) -> None:
        self.name = name
        self.word = word
        self.asked: list[tuple[str, Recall]] = []

    def entities(self, texts: Sequence[str], recall: Recall) -> list[list[Entity]]:
        """Return where the word stands first."""
        self.asked += [(text, recall) for text in texts]
        return [
            [(at, at + len(self.word), "PERSON", 0.85)] if (at := text.find(self.word)) >= 0 else []
            for text in texts
        ]


class Broken(Word):
    """A model that breaks."""

    def entities(self, texts: Sequence[str], recall: Recall) -> list[list[Entity]]:  # noqa: ARG002
        """Break."""
        raise ValueError("it says Núria")


@pytest.fixture
def own() -> Word:
    """Return the own model."""
    return Word("own", "Berta")


@pytest.fixture
def spanish() -> Word:
    """Return a model of Spanish."""
    return Word("es_core_news_xs", "Núria")


def test_english(own: Word, spanish: Word) -> None:
    """English is read by the own model alone, at the setting asked for."""
    router = Router(own, {"es": spanish})
    found = router.entities(["Berta and Núria"], ["en"], Recall.BALANCED)
    assert found == [{"own": [(0, 5, "PERSON", 0.85)]}]
    assert own.asked == [("Berta and Núria", Recall.BALANCED)]
    assert spanish.asked == []
    assert not router.unaided("en")


def test_union(own: Word, spanish: Word) -> None:
    """A language with a model of its own is read by both, and has what either finds."""
    router = Router(own, {"es": spanish})
    (found,) = router.entities(["Berta y Núria"], ["es"], Recall.HIGH)
    assert found == {
        "own": [(0, 5, "PERSON", 0.85)],
        "es_core_news_xs": [(8, 13, "PERSON", 0.85)],
    }
    assert own.asked == spanish.asked == [("Berta y Núria", Recall.HIGH)]
    assert not router.unaided("es")


def test_types(own: Word) -> None:
    """What both see has the type the language's own model gives it; the rest keeps its own."""

    class Places(Word):
        def entities(self, texts: Sequence[str], recall: Recall) -> list[list[Entity]]:
            found = super().entities(texts, recall)
            return [[(a, b, "LOCATION", score) for a, b, _, score in one] for one in found]

    router = Router(own, {"fr": Places("fr", "ta")})
    texts = ["Berta", "Berta", "Berto ta", "Berta et ta"]
    found = router.entities(texts, ["fr", "en", "fr", "fr"], Recall.HIGH)
    assert [[one[2] for one in by["own"]] for by in found] == [
        ["LOCATION"],
        ["PERSON"],
        [],
        ["LOCATION"],
    ]
    assert router.entities(["Berta"], ["fr"], Recall.HIGH)[0]["own"][0][:2] == (0, 5)


@pytest.mark.parametrize(
    ("asked", "used"),
    [
        (Recall.BALANCED, Recall.HIGH),
        (Recall.HIGH, Recall.MAX),
        (Recall.MAX, Recall.MAX),
    ],
)
@pytest.mark.parametrize("language", ["fr", "it", "", "xx"])
def test_unaided(own: Word, spanish: Word, language: str, asked: Recall, used: Recall) -> None:
    """A language without a model is read by the own one, asked for one step more."""
    router = Router(own, {"es": spanish})
    assert router.entities(["Berta"], [language], asked) == [{"own": [(0, 5, "PERSON", 0.85)]}]
    assert own.asked == [("Berta", used)]
    assert router.unaided(language)


def test_order(own: Word, spanish: Word) -> None:
    """In a mixed batch each text keeps its own answer."""
    texts = ["Núria 1", "Berta 2", "Núria 3", "Berta 4", "Berta 5"]
    spoken = ["es", "en", "en", "fr", "es"]
    router = Router(own, {"es": spanish})
    together = router.entities(texts, spoken, Recall.HIGH)
    alone = [
        router.entities([text], [language], Recall.HIGH)[0]
        for text, language in zip(texts, spoken, strict=True)
    ]
    assert together == alone
    assert [sum(map(len, one.values())) for one in together] == [1, 1, 0, 1, 1]
    assert router.entities([], [], Recall.HIGH) == []


def test_detector(own: Word, spanish: Word) -> None:
    """Spans say which model found them, and every model is part of what results depend on."""
    detector = Detector([], languages=("en", "es"), model=own, others={"es": spanish})
    value = "Núria ve a Berta"
    english, both = detector.detect([Text(value), Text(value, language="es")])
    assert [span.recognizer for span in english.spans] == ["ner/own"]
    assert [(value[s.start : s.end], s.recognizer) for s in both.spans] == [
        ("Núria", "ner/es_core_news_xs"),
        ("Berta", "ner/own"),
    ]
    assert detector.versions["ner/own"] == detector.versions["ner/es_core_news_xs"] == "1 d"
    assert "py3langid" in detector.versions
    assert [detector.unaided(one) for one in ("en", "es", "fr")] == [False, False, True]


def test_rules_alone() -> None:
    """Without a model in the slot no text is unaided: nothing was promised."""
    assert not Detector([]).unaided("fr")


def test_broken(own: Word) -> None:
    """A model of another language that breaks withholds the texts in it and no other."""
    detector = Detector([], model=own, others={"es": Broken("es_core_news_xs", "")})
    one, two = detector.detect([Text("Berta"), Text("Berta", language="es")])
    assert one.problems == ()
    assert two.problems == ("recognizer-failed",)


def test_packs_exist() -> None:
    """A pack named like a language is one; codes of countries among the packs are none."""
    assert {"en", "nl"} <= set(names("packs"))
