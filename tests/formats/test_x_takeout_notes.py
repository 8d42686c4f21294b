from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.formats.base import PlanOptions
from anonymize.formats.json_values import loads
from anonymize.formats.x_note_links import linked
from anonymize.formats.x_takeout import FORMAT
from anonymize.model.documents import Document
from tests.formats.takeout_cases import js, takeout

NOTE_ID = 1700000000000000001
SECOND = 1000 << 22
"""What a second is among the ids X gives."""
LONG = (
    "@jo_invented I said that the whole course of the coming term would be about cutting & "
    "gluing film by hand, which nobody at the college had ever done, nor wanted to; see "
    "https://films.example/a/very/long/address and then tell me what you think of it, for I "
    "have to decide before the end of the month whether we buy the glue and the tape or not."
)


def note(number: int = NOTE_ID, text: str = LONG) -> dict[str, Any]:
    """Return a note tweet."""
    return {"noteTweetId": str(number), "core": {"text": text}}


def tweet(number: int, text: str = LONG) -> dict[str, Any]:
    """Return the tweet that holds the beginning of a note."""
    short = text.replace("&", "&amp;").replace("https://films.example/a/very/long/address", "")
    return {"id_str": str(number), "full_text": short[:250] + "… https://t.co/abcdefghij"}


@pytest.mark.parametrize("later", [-3, 0, 2, 40])
def test_a_note_is_the_tweet_that_begins_alike_and_was_made_then(later: int) -> None:
    """Escapes, handles before an answer and shortened links do not hide the same beginning."""
    own = NOTE_ID + later * SECOND + 5
    text = LONG.replace("https://films.example/a/very/long/address", "https://t.co/xyz")
    answer = {"id_str": str(own), "full_text": "@kai_invented " + tweet(own, text)["full_text"]}
    assert linked([note()], [answer]) == {str(NOTE_ID): str(own)}


@pytest.mark.parametrize(
    "other",
    [
        tweet(NOTE_ID + 61 * SECOND),
        tweet(NOTE_ID + 5, LONG.replace("whole", "half")),
        {"id_str": str(NOTE_ID + 5), "full_text": LONG[:60]},
        {"id_str": "", "full_text": LONG},
        {"id_str": str(NOTE_ID + 5)},
    ],
)
def test_other_tweets_are_not_taken_for_it(other: dict[str, Any]) -> None:
    """A tweet made later, of other words, too short, or without text or id is none."""
    assert linked([note()], [other]) == {}


def test_of_two_the_nearer_is_taken() -> None:
    """Of edited versions that begin alike, each note takes the tweet made next to it."""
    notes = [note(), note(NOTE_ID + 20 * SECOND)]
    tweets = [tweet(NOTE_ID + 19 * SECOND), tweet(NOTE_ID + SECOND)]
    assert linked(notes, tweets) == {
        str(NOTE_ID): str(NOTE_ID + SECOND),
        str(NOTE_ID + 20 * SECOND): str(NOTE_ID + 19 * SECOND),
    }


@given(st.lists(st.dictionaries(st.sampled_from(["noteTweetId", "core", "x"]), st.text())))
def test_odd_notes_are_left_alone(notes: list[dict[str, Any]]) -> None:
    """Whatever stands there instead of a note is linked to nothing."""
    assert linked(notes, [tweet(NOTE_ID)]) == {}


def test_a_note_and_its_tweet_are_withheld_together(tmp_path: Path) -> None:
    """A note keeps its own id and name, and stands for the post of its tweet as well."""
    own = str(NOTE_ID + SECOND)
    files = {
        "data/tweets.js": js("tweets", {"tweet": tweet(int(own))}),
        "data/note-tweet.js": js("note_tweet", {"noteTweet": note()}, note(9_000_000)),
    }
    plan = FORMAT.plan(takeout(tmp_path / "a.zip", files), 0, PlanOptions())
    assert own not in repr(plan)
    found = [item for shard in plan.shards for item in FORMAT.read(shard)]
    long, other, short = (one for one in found if isinstance(one, Document))
    assert (long.id, short.id, other.id) == (str(NOTE_ID), own, "9000000")
    assert long.sections[0].posts == (own, str(NOTE_ID))
    ids = [one for one in long.fields if one.path[-1] == "noteTweetId"]
    assert [one.value for one in ids] == [str(NOTE_ID)]
    texts: dict[Any, str | None] = {one.path: one.value for one in long.fields}
    same = loads(FORMAT.rebuild(long, texts))
    assert same is not None
    assert same.value == {"noteTweet": note()}
