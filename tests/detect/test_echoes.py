"""A name found once in a document is found in all of it."""

from __future__ import annotations

from dataclasses import replace

from anonymize.detect.echoes import Heard, echoes, weighed
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


def _read(text: str, *readings: tuple[str, str, float]) -> Heard:
    spans = []
    start = 0
    for name, entity_type, score in readings:
        start = text.index(name, start)
        spans.append(Span(start, start + len(name), entity_type, score, "ner/m"))
        start += len(name)
    return Heard(text, Encoding.PLAIN, tuple(spans))


_DEBATE = "Senat met. The Senat rose. Our Senat! A Senat. Tindra spoke."


def test_what_is_mostly_something_else_does_not_spread() -> None:
    """A body once heard as a person is not looked for as one; a person heard as surely is."""
    body = _read(
        _DEBATE, ("Senat", "PERSON", 0.4), ("The Senat", "ORGANIZATION", 0.9),
        ("Tindra", "PERSON", 0.4),
    )  # fmt: skip
    even = _read(_DEBATE, ("Senat", "PERSON", 0.9), ("Senat", "ORGANIZATION", 0.9))
    label = _read(_DEBATE, ("Senat", "SPEAKER", 0.1), ("Senat", "ORGANIZATION", 0.9))

    assert _again([body]) == [["Tindra"]]
    assert "Senat" in _again([even])[0]
    assert "Senat" in _again([label])[0]


def test_a_text_agrees_with_itself() -> None:
    """A person heard at least twice as surely as a body is that body; it is covered as before."""
    text = _read(
        _DEBATE, ("Senat", "PERSON", 0.4), ("The Senat", "ORGANIZATION", 0.8),
        ("Tindra", "PERSON", 0.2),
    )  # fmt: skip
    doubt = _read(_DEBATE, ("Senat", "PERSON", 0.5), ("The Senat", "ORGANIZATION", 0.8))

    assert [span.entity_type for span in weighed(text)] == [
        "ORGANIZATION",
        "ORGANIZATION",
        "PERSON",
    ]
    assert [(s.start, s.end) for s in weighed(text)] == [(s.start, s.end) for s in text.spans]
    assert weighed(doubt) == doubt.spans


def test_the_word_of_a_rule_is_not_weighed() -> None:
    """A person a rule found stays one, whatever the model says elsewhere."""
    text = _read(_DEBATE, ("Senat", "PERSON", 0.1), ("The Senat", "ORGANIZATION", 0.9))
    rule = replace(text.spans[0], recognizer="interview/introduction")

    assert weighed(replace(text, spans=(rule, text.spans[1])))[0] == rule
