from __future__ import annotations

from collections.abc import Sequence

import pytest

from anonymize.detect import languages
from anonymize.detect.languages import KNOWN, identify, tell
from anonymize.detect.texts import Text
from anonymize.errors import EngineError
from anonymize.model.fields import Encoding

SAID = {
    "en": "Yesterday we talked about the film with our teacher",
    "de": "Heute haben wir mit unserer Lehrerin über den Film gesprochen",
    "es": "Ayer hablamos con nuestra profesora sobre la película",
    "fr": "Hier nous avons parlé du film avec notre professeur",
    "nl": "Vandaag hebben we met onze lerares over de film gepraat",
}


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Put an identifier in place that knows two words, and return what it is asked about."""
    asked: list[str] = []

    def fake(texts: Sequence[str], known: Sequence[str]) -> list[str]:
        assert len(known) > 1
        asked.extend(texts)
        return ["es" if "hola" in text else "fr" if "salut" in text else "" for text in texts]

    monkeypatch.setattr(languages, "identify", fake)
    return asked


def read_in(texts: Sequence[Text], stated: str = "", among: Sequence[str] = KNOWN) -> list[str]:
    """Return the language of each text."""
    return [text.language for text in tell(texts, stated, among)]


def test_each_language() -> None:
    """Each of the five is told by one sentence, and by itself as in a batch."""
    assert identify(list(SAID.values()), KNOWN) == list(SAID)
    assert [identify([text], KNOWN)[0] for text in SAID.values()] == list(SAID)


def test_upper_case() -> None:
    """A transcript in capitals is told like another."""
    assert identify([text.upper() for text in SAID.values()], KNOWN) == list(SAID)


@pytest.mark.parametrize("text", ["", "lol", "sí, claro", "🎬🎬", "12:30", "@ann_lee #película"])
def test_short(text: str) -> None:
    """A text of fewer than twenty letters has no language of its own."""
    assert identify([text], KNOWN) == [""]


def test_masked() -> None:
    """Handles, hashtags and addresses do not count as words of a language."""
    noise = "@nuestra_profesora #hablamosdelapelicula https://peliculas.example/hablamos "
    assert identify([noise], KNOWN) == [""]
    assert identify([noise + SAID["en"]], KNOWN) == ["en"]


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("cy", "Diolch yn fawr i bawb am y wers heddiw"),
        ("it", "Oggi a scuola abbiamo parlato del film con la professoressa"),
        ("pl", "Dzisiaj rozmawialiśmy o filmie z naszą nauczycielką"),
    ],
)
def test_foreign(code: str, text: str) -> None:
    """A text plainly in a language nobody asked for is not taken for one of the known."""
    assert identify([text], KNOWN) == [code]


def test_known_only() -> None:
    """Only the languages given are chosen among."""
    assert identify([SAID["nl"]], ("en", "es")) == ["nl"], "beyond doubt"
    assert identify([SAID["en"]], ("en", "es")) == ["en"]


def test_single_language(told: list[str]) -> None:
    """Where one language is named it is that of all texts but those that state another."""
    texts = [Text("hola hola"), Text("salut")]
    assert read_in(texts, "", ("nl",)) == ["nl", "nl"]
    assert read_in(texts, "es", ("nl",)) == ["es", "es"]
    assert not told


def test_majority(told: list[str]) -> None:
    """An unsure text takes the language most letters of its document are in."""
    texts = [Text("ok"), Text("hola " * 9), Text("salut"), Text("salut"), Text("…")]
    assert read_in(texts) == ["es", "es", "fr", "fr", "es"]
    assert len(told) == 5


def test_main(told: list[str]) -> None:
    """With nothing to go by, the main language is taken."""
    assert read_in([Text("ok"), Text("")]) == ["en", "en"]
    assert read_in([Text("ok")], among=("fr", "en")) == ["fr"]
    assert read_in([]) == []
    assert told


def test_stated(told: list[str]) -> None:
    """What a record says of its own words wins where it is known, but not for a biography."""
    texts = [Text("hola"), Text("hola", kind="bio"), Text("…", kind="bio"), Text("x", kind="email")]
    assert read_in(texts, "nl") == ["nl", "es", "nl", "nl"]
    assert "hola" in told
    assert told.count("hola") == 1


def test_stated_foreign(told: list[str]) -> None:
    """A stated language that is not known stands where the text does not tell otherwise."""
    assert read_in([Text("hola"), Text("ok")], "tl") == ["es", "tl"]
    assert told


def test_escapes(told: list[str]) -> None:
    """The words themselves are read, not their escapes."""
    tell([Text("h&#111;la", Encoding.HTML)], "", KNOWN)
    assert told == ["hola"]


def test_keeps_the_texts(told: list[str]) -> None:
    """Nothing but the language of a text changes."""
    text = Text("hola &amp;", Encoding.HTML, "en", "bio")
    assert tell([text], "", KNOWN) == [Text("hola &amp;", Encoding.HTML, "es", "bio")]
    assert told


def test_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without py3langid nothing is taken for English: it stops, and says what to install."""
    monkeypatch.setattr(languages, "find_spec", lambda _: None)
    languages._identifier.cache_clear()
    with pytest.raises(EngineError, match=r'pip install "anonymize\[lang\]"') as caught:
        identify([SAID["es"]], KNOWN)
    assert caught.value.exit_code == 5
    assert "\n" not in str(caught.value)
    assert SAID["es"] not in str(caught.value)
