"""Hashtags are kept but for the known names they hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.detect.known import KnownMatcher
from anonymize.model.fields import Encoding
from anonymize.model.identities import KnownIdentifier, Search
from anonymize.model.names import SUFFIXES, TITLES
from anonymize.model.spans import Span

KNOWN = (
    KnownIdentifier("PERSON", "Anna Berg"),
    KnownIdentifier("PERSON", "Jane"),
    KnownIdentifier("PERSON", "Seán O'Neil"),
    KnownIdentifier("PERSON", "Ffion", Search.AS_WRITTEN),
    KnownIdentifier("PERSON", "ZO", Search.AS_WRITTEN),
    KnownIdentifier("PERSON", "Rose", Search.CAPITALISED),
    KnownIdentifier("HANDLE", "ann_lee"),
    KnownIdentifier("HANDLE", "MarshvaleSFC"),
    KnownIdentifier("ORGANIZATION", "Marshvale SFC"),
    KnownIdentifier("ORGANIZATION", "marshvalesfc"),
    KnownIdentifier("HANDLE", "media", Search.FIELDS),
    KnownIdentifier("PERSON", "Tess Quillham"),
    KnownIdentifier("PERSON", "Fiona", Search.AS_WRITTEN),
    KnownIdentifier("PERSON", "Greywood", Search.AS_WRITTEN),
    KnownIdentifier("HANDLE", "bram_quill", Search.ANY_CASE),
)


@pytest.fixture(scope="module")
def matcher() -> KnownMatcher:
    """Return a matcher of all of `KNOWN`."""
    return KnownMatcher(KNOWN, is_id=lambda _: False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("go #TeamJane!", ["Jane"]),
        ("#JusticeForAnnaBerg now", ["AnnaBerg"]),
        ("#JusticeForBergAnna", ["BergAnna"]),
        ("#justiceforannaberg", ["annaberg"]),
        ("#AnnaBergDay2024", ["AnnaBerg"]),
        ("#Jane4Mayor", ["Jane"]),
        ("#Team_Jane_Rocks", ["Jane"]),
        ("#Justice_For_Anna_Berg", ["Anna_Berg"]),
        ("＃TeamJane", ["Jane"]),
        ("#JaneAndAnnaBerg", ["Jane", "AnnaBerg"]),
        ("#TEAMJANE", ["JANE"]),
        ("#ThanksSeanONeil", ["SeanONeil"]),
        ("#ThanksAnnLee", ["AnnLee"]),
        ("#TeamFfion", ["Ffion"]),
        ("#MarshvaleSFC #marshvalesfc", ["MarshvaleSFC", "marshvalesfc"]),
        ("#LoveMarshvaleSFC2024 #marshvalesfcfilm", ["MarshvaleSFC", "marshvalesfc"]),
        ("#MarshvaleFilm #marshvale, #sfc4you", []),
        ("#FfionRocks", ["Ffion"]),
        ("#TeamZO", ["ZO"]),
        ("#JanesMum #janesmum", ["Jane", "jane"]),
        ("#teamjane2024 #JanefansUnite", ["jane", "Jane"]),
        ("#ANNAbergrocks", ["ANNAberg"]),
        # A full name in the middle of a word, and parts of one side by side.
        ("#ilovetessquillhamsomuch", ["tessquillham"]),
        ("#teamfionagreywoodrocks #teamfiona_greywood", ["fiona", "greywood", "fiona", "greywood"]),
        ("#greywoodfans #teamgreywood", []),
        # Low lines part a handle, and what is before it hangs on to it.
        ("#Teambram_quill #teambramquill", ["bram_quill", "bramquill"]),
        ("#JaneAndteamtessquillham", ["Jane", "tessquillham"]),
        # Parts of other words, names written as no name, ordinary words and what is none.
        ("#Janet #TeamJanet #JanetRocks #janets", []),
        ("#teamffion #Zoology #ZoAndI", []),
        ("#RoseGarden #TeamRose", []),
        ("#SocialMediaWeek #mediastudies", []),
        ("TeamJaneRocks without the sign", []),
    ],
)
def test_finds(matcher: KnownMatcher, text: str, found: list[str]) -> None:
    """Names are found where capitals, marks or the edge part them, and nowhere inside words."""
    assert [text[s.start : s.end] for s in matcher.find(text)] == found


def test_only_parts_are_known() -> None:
    """With nothing but parts of display names known, hashtags are searched all the same."""
    parts = [KnownIdentifier("PERSON", "Ffion", Search.AS_WRITTEN)]
    found = KnownMatcher(parts, is_id=lambda _: False).find("#TeamFfion")
    assert found == (Span(5, 10, "PERSON", 1.0, "known/hashtag"),)


def test_an_organisation_is_one(matcher: KnownMatcher) -> None:
    """An organisation's name in a hashtag is marked as such, also where it is a handle too."""
    (found,) = matcher.find("proud of #MarshvaleSFC")
    assert found == Span(10, 22, "ORGANIZATION", 1.0, "known/hashtag")


NAMES = st.from_regex(r"[A-Z][a-z]{3,8}", fullmatch=True).filter(
    lambda word: word.lower() not in {*TITLES, *SUFFIXES}
)


@given(NAMES, NAMES, st.sampled_from(["Team", "JusticeFor", "RIP", "We2"]), st.booleans())
def test_planted(given_name: str, family: str, before: str, behind: bool) -> None:
    """A known full name planted in a hashtag of several words is found whole."""
    known = [KnownIdentifier("PERSON", f"{given_name} {family}")]
    matcher = KnownMatcher(known, is_id=lambda _: False)
    text = f"#{before}{given_name}{family}" + ("Day" if behind else "")
    found = matcher.find(text, Encoding.PLAIN)
    assert (given_name + family) in [text[s.start : s.end] for s in found]
