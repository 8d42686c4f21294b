"""A name found once in a document is found in all of it."""

from __future__ import annotations

from anonymize.detect.echoes import Heard, echoes
from anonymize.model.fields import Encoding
from anonymize.model.spans import Span


def _heard(text: str, *names: str, encoding: Encoding = Encoding.PLAIN) -> Heard:
    spans = [
        Span(text.index(name), text.index(name) + len(name), "PERSON", 0.85, "ner/m")
        for name in names
    ]
    return Heard(text, encoding, tuple(spans))


def _again(texts: list[Heard], common: frozenset[str] = frozenset()) -> list[list[str]]:
    return [
        [text.value[span.start : span.end] for span in spans]
        for text, spans in zip(texts, echoes(texts, common), strict=True)
    ]


def test_a_name_and_its_parts_are_found_in_other_turns() -> None:
    """Full name, given name and family name of a person seen once are seen everywhere."""
    texts = [
        _heard("I know Anneke Bergström.", "Anneke Bergström"),
        _heard("And ANNEKE'S sister? Mrs Bergstrom?"),
        _heard("anneke is a word here"),
    ]

    assert _again(texts) == [["Anneke Bergström"], ["ANNEKE", "Bergstrom"], []]


def test_common_words_and_titles_do_not_spread() -> None:
    """A word that is no name by itself is not looked for; neither is a form of address."""
    texts = [_heard("Media Bergen said Miss Olander", "Media Bergen", "Miss Olander"),
             _heard("Media studies. Miss! Bergen. Olander.")]  # fmt: skip

    assert _again(texts, frozenset({"media"}))[1] == ["Bergen", "Olander"]


def test_escapes_do_not_hide_a_name() -> None:
    """Offsets are those of the escaped value."""
    texts = [
        _heard("Tindra &amp; I", "Tindra", encoding=Encoding.HTML),
        _heard("&lt;3 Tindra", encoding=Encoding.HTML),
    ]

    assert _again(texts)[1] == ["Tindra"]


def test_nothing_found_says_nothing() -> None:
    """Without a person there is no echo."""
    assert _again([_heard("Anneke"), _heard("Bergen")]) == [[], []]
