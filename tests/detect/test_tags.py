from __future__ import annotations

import pytest

from anonymize.detect.tags import beside
from anonymize.model.fields import Field, Role
from anonymize.model.spans import Span

TEXT, TAG = ("text",), ("tags", 0)


def field(path: tuple[str | int, ...], value: str, kind: str = "", section: int = 0) -> Field:
    """Return a text."""
    return Field(path, Role.TEXT, value, section, kind)


def span(start: int, end: int, kind: str = "PERSON") -> Span:
    """Return something a model found."""
    return Span(start, end, kind, 0.8, "ner/own")


@pytest.mark.parametrize(
    ("value", "tag", "found", "there"),
    [
        ("so #OluAdebayo did", "OluAdebayo", span(4, 14), span(0, 10)),
        ("so #OluAdebayo did", "oluadebayo", span(3, 14), span(0, 10)),
        ("so #TeamOlu did", "TeamOlu", span(8, 11), span(4, 7)),
        ("so #Olu Adebayo", "Olu", span(4, 15), span(0, 3)),
        ("so ＃Olu", "Olu", span(4, 7), span(0, 3)),
    ],
)
def test_what_a_text_names_is_named_beside_it(
    value: str,
    tag: str,
    found: Span,
    there: Span,
) -> None:
    """A person found in the hashtag of a text is one in the list of hashtags too."""
    fields = [field(TEXT, value), field(TAG, tag, "hashtag")]
    assert beside(fields, {TEXT: [found]})[TAG] == [there]


def test_what_is_known_beside_a_text_is_named_in_it_wherever_it_stands() -> None:
    """What is found in the list, or in one place of the text, is in all places of the text."""
    fields = [field(TAG, "Olu", "hashtag"), field(TEXT, "#olu & #Olu & #Olufemi")]
    both = [span(1, 4), span(8, 11)]
    assert beside(fields, {TAG: [span(0, 3)]})[TEXT] == both
    assert beside(fields, {TEXT: [span(8, 11)]}) == {TAG: [span(0, 3)], TEXT: both}


@pytest.mark.parametrize(
    "fields",
    [
        [field(TEXT, "Olu and #Other")],
        [field(TEXT, "Olu and #Other"), field(TAG, "Olu", "hashtag")],
        [field(TEXT, "#Olufemi"), field(TAG, "Olu", "hashtag")],
        [field(TEXT, "#Olu"), field(TAG, "Olu", "hashtag", section=1)],
        [field(TEXT, "#Olu"), field(TAG, " ", "hashtag")],
        [field(TEXT, "#Olu"), Field(TAG, Role.CODE, "Olu", kind="hashtag")],
    ],
)
def test_other_words_and_other_records_are_left_alone(fields: list[Field]) -> None:
    """A word without its sign, a longer one and another record's text are not the hashtag."""
    assert beside(fields, {TEXT: [span(0, 4)]}) == {}


def test_that_it_is_a_hashtag_is_no_finding() -> None:
    """The mark of a hashtag itself says nothing of a person."""
    fields = [field(TEXT, "#Olu"), field(TAG, "Olu", "hashtag")]
    assert beside(fields, {TEXT: [span(0, 4, "HASHTAG")]}) == {}
