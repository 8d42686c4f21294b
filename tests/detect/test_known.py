from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from anonymize.detect.known import KnownMatcher
from anonymize.model.fields import Encoding
from anonymize.model.folding import words
from anonymize.model.identities import KnownIdentifier, Search
from anonymize.model.names import SUFFIXES, TITLES
from anonymize.model.spans import Span
from tests.strategies import NAME_WORDS, dressed

POST = "1234567890123456789"
KNOWN = (
    KnownIdentifier("PERSON", "Ms Jane Smith"),
    KnownIdentifier("PERSON", "Jane"),
    KnownIdentifier("PERSON", "Will", Search.CAPITALISED),
    KnownIdentifier("HANDLE", "MsSmith_Media"),
    KnownIdentifier("HANDLE", "ann_lee"),
    KnownIdentifier("HANDLE", "bob@social.example"),
    KnownIdentifier("HANDLE", "kim.social.example"),
    KnownIdentifier("HANDLE", "media", Search.FIELDS),
    KnownIdentifier("EMAIL_ADDRESS", "jsmith@college.example"),
    KnownIdentifier("PHONE_NUMBER", "07700 900123"),
    KnownIdentifier("ORGANIZATION", "Ashbourne College"),
)


@pytest.fixture(scope="module")
def matcher() -> KnownMatcher:
    """Return a matcher of all of `KNOWN`."""
    return KnownMatcher(KNOWN, is_id={POST}.__contains__)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jane SMITH's friend", [("Jane SMITH", "PERSON")]),
        ("smith, jane", [("smith, jane", "PERSON")]),
        ("Janet Smithson", []),
        ("ask @mssmith_media!", [("@mssmith_media", "HANDLE")]),
        ("ask @MsSmith_Media_fan", [("@MsSmith_Media_fan", "HANDLE")]),
        ("ask mssmithmedia", [("mssmithmedia", "HANDLE")]),
        ("ask Ann Lee", [("Ann Lee", "PERSON")]),
        ("social media", []),
        ("@bob@social.example", [("@bob@social.example", "HANDLE")]),
        ("social.example/@bob", [("social.example/@bob", "HANDLE")]),
        ("@kim.social.example.", [("@kim.social.example", "HANDLE")]),
        ("＠ann_lee", [("＠ann_lee", "HANDLE")]),
        ("JSmith@College.example", [("JSmith@College.example", "EMAIL_ADDRESS")]),
        ("at ashbourne college", [("ashbourne college", "ORGANIZATION")]),
        ("they left Ashbourne Coll…", [("Ashbourne Coll", "ORGANIZATION")]),
        ("see ashbourne-college.ac.uk.", [("ashbourne-college.ac.uk", "URL")]),
        ("we end in @ashbourne-college.ac.uk", [("ashbourne-college.ac.uk", "URL")]),
        ("at film.ashbourne.college.example", [("film.ashbourne.college.example", "URL")]),
        ("from Ashbourne College.Then we left", [("Ashbourne College", "ORGANIZATION")]),
        ("from Ashbourne College.then we left", [("Ashbourne College", "ORGANIZATION")]),
        ("on +44 (0)7700 900-123 now", [("+44 (0)7700 900-123", "PHONE_NUMBER")]),
        ("on 00447700900123", [("00447700900123", "PHONE_NUMBER")]),
        ("on 07\u200b700 900123", [("07\u200b700 900123", "PHONE_NUMBER")]),
        ("on 07700 900124", []),
        (f"x.com/i/status/{POST}", [(POST, "POST_ID")]),
        (f"{POST}0", []),
        ("#TeamJane", [("Jane", "PERSON")]),
        ("#teamjane", [("jane", "PERSON")]),
        ("#JaneSmithRocks", [("JaneSmith", "PERSON")]),
        ("#janesmith", [("janesmith", "PERSON")]),
        ("#Janet #janets #WillItRain", []),
        ("RT @x: thanks @ann… ", [("@ann", "HANDLE")]),
        ("thanks @annx…", []),
        ("with Jane Smi…", [("Jane Smi", "PERSON")]),
        ("with Jane S...", [("Jane S", "PERSON")]),
        ("", []),
        (" ", []),
    ],
)
def test_finds(matcher: KnownMatcher, text: str, found: list[tuple[str, str]]) -> None:
    """Identifiers are found in each of their forms and nowhere inside other words."""
    spans = matcher.find(text)
    assert [(text[s.start : s.end], s.entity_type) for s in spans] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Will you come?", False),
        ("it will be Mr Will", True),
        ("it is Mr. Will", True),
        ("that is Will's dog", True),
        ("Will's dog", True),
        ("THAT IS WILL'S DOG", True),
        ("thanks will!", True),
        ("I will", False),
    ],
)
def test_ordinary_words(matcher: KnownMatcher, text: str, found: bool) -> None:
    """A name that is an ordinary word needs a reason; see `test_ordinary`."""
    assert bool(matcher.find(text)) is found


def test_ordinary_word_with_recognizer(matcher: KnownMatcher) -> None:
    """A recognizer's word is such a reason, unless the context gainsays it."""
    text = "Will came &amp; will stay"
    spans = [Span(0, 4, "PERSON", 0.85, "ner/m"), Span(15, 19, "PERSON", 0.85, "ner/m")]
    assert matcher.find(text, Encoding.HTML, spans) == (Span(0, 4, "PERSON", 1.0, "known/person"),)


def test_ordinary_word_beside_known() -> None:
    """A known name behind it tells an ordinary word, in small letters too."""
    known = [KnownIdentifier("PERSON", "Mark", Search.CAPITALISED)]
    text = "we saw mark tomsen"
    assert KnownMatcher(known, is_id=lambda _: False).find(text) == ()
    matcher = KnownMatcher([*known, KnownIdentifier("PERSON", "Tomsen")], is_id=lambda _: False)
    found = matcher.find(text)
    assert [(span.start, span.end) for span in found] == [(7, 11), (12, 18)]


def test_hashtag_field(matcher: KnownMatcher) -> None:
    """The body of a hashtag alone is searched as one."""
    assert matcher.find("teamjane", kind="hashtag") == (Span(4, 8, "PERSON", 1.0, "known/hashtag"),)
    assert matcher.find("teamjane") == ()


@given(st.data(), st.lists(NAME_WORDS, min_size=2, max_size=2))
def test_planted(data: st.DataObject, name: list[str]) -> None:
    """A planted name is found whole however it is dressed: case, marks, escapes, order."""
    matcher = KnownMatcher([KnownIdentifier("PERSON", " ".join(name))], is_id=lambda _: False)
    # "Ir Aa" is a form of address and a family name: it has no second order.
    assume(not {words(word) for word in name} & {*TITLES, *SUFFIXES})
    order = data.draw(st.permutations(name))
    gap = data.draw(st.sampled_from([" ", ", ", "\n", "_", "&nbsp;", "\u200b ", " &amp; "]))
    surface = gap.join(data.draw(dressed(word)) for word in order)
    before = data.draw(st.sampled_from(["", "ask ", "(", "&lt;", "“", "😀 "]))
    after = data.draw(st.sampled_from(["", "'s", "!", "&gt;", " x", "…"]))
    value = before + surface + after
    found = matcher.find(value, Encoding.HTML)
    assert len(found) == 1
    assert found[0].entity_type == "PERSON"
    assert found[0].start == len(before)
    assert len(before) + len(surface.rstrip("\u200b")) <= found[0].end
    assert found[0].end <= len(before) + len(surface)


@given(st.text(max_size=60), st.sampled_from(list(Encoding)))
def test_spans_are_forms(text: str, encoding: Encoding) -> None:
    """Whatever the text, spans are disjoint and inside it."""
    known = [KnownIdentifier("PERSON", "a b"), KnownIdentifier("HANDLE", "c"), *KNOWN]
    matcher = KnownMatcher(known, is_id=lambda _: True)
    last = 0
    for span in matcher.find(text, encoding):
        assert last <= span.start < span.end <= len(text)
        last = span.end


@given(NAME_WORDS, NAME_WORDS)
def test_word_borders(name: str, other: str) -> None:
    """A name inside a longer word is not found."""
    matcher = KnownMatcher([KnownIdentifier("PERSON", name)], is_id=lambda _: False)
    text = f"{other}{name} {name}{other}"
    if words(name) not in words(text).split():
        assert matcher.find(text) == ()


@given(st.permutations(KNOWN))
def test_order_is_nothing(known: list[KnownIdentifier]) -> None:
    """The order in which identifiers were learned does not show."""
    text = f"Jane Smith, Ann Lee, #TeamJane, @ann… 07700900123 {POST} Will"
    one = KnownMatcher(known, is_id={POST}.__contains__)
    two = KnownMatcher(KNOWN, is_id={POST}.__contains__)
    assert one.find(text) == two.find(text)


def test_nothing_known() -> None:
    """Without identifiers nothing is found."""
    assert KnownMatcher([], is_id=lambda _: False).find("Jane @jane #jane…") == ()
