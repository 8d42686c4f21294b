"""Test corpora are well formed, repeatable, and hold the canaries they say they hold."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterator

import pytest

from tests import generators
from tests.canaries import Canary

CANARIES = [
    generators.canary_takeout,
    generators.canary_jsonl_v1,
    generators.canary_jsonl_v2,
    generators.canary_csv,
    generators.canary_txt,
    generators.canary_vtt,
    generators.canary_srt,
    generators.canary_tags,
    generators.canary_gold,
]


@pytest.mark.parametrize("make", CANARIES)
def test_every_canary_is_in_its_file_and_no_other(make: Callable[[], Canary]) -> None:
    """A canary stands in its own file, in no other canary of it, and in no other file."""
    data, where = make()
    assert len(where) >= 4
    assert make() == (data, where)
    others = [other()[0] for other in CANARIES if other is not make]
    for canary, place in where.items():
        assert canary.encode() in data, place
        assert not any(canary.encode() in other for other in others), place
        assert sum(canary in other for other in where) == 1, place


@pytest.mark.parametrize(
    "make",
    [
        generators.make_jsonl,
        generators.make_csv,
        generators.make_interview,
        generators.make_takeout,
    ],
)
def test_corpora_depend_on_size_and_seed_alone(make: Callable[[int, int], bytes]) -> None:
    """The same size and seed give the same bytes, another seed others."""
    assert make(9, 1) == make(9, 1)
    assert make(9, 1) != make(9, 2)


def _tweets() -> Iterator[tuple[str, list[list[int]], list[str]]]:
    """Yield text, indices and marked handles of every generated tweet with mentions."""
    for line in generators.make_jsonl(60, 3).splitlines():
        tweet = json.loads(line)
        found = tweet.get("entities", {}).get("mentions", [])
        yield tweet["text"], [[m["start"], m["end"]] for m in found], [m["username"] for m in found]
    with zipfile.ZipFile(io.BytesIO(generators.make_takeout(60, 3))) as archive:
        for item in json.loads(archive.read("data/tweets.js").split(b"=", 1)[1]):
            found = item["tweet"]["entities"]["user_mentions"]
            indices = [list(map(int, m["indices"])) for m in found]
            yield item["tweet"]["full_text"], indices, [m["screen_name"] for m in found]
    for data in (generators.canary_jsonl_v1()[0], generators.canary_jsonl_v2()[0]):
        for line in data.splitlines():
            record = json.loads(line)
            for tweet in record.get("data", [record]):
                text = tweet.get("text") or tweet.get("full_text")
                if text is None:
                    continue
                v1 = tweet["entities"].get("user_mentions", [])
                v2 = tweet["entities"].get("mentions", [])
                yield text, [m["indices"] for m in v1], [m["screen_name"] for m in v1]
                yield text, [[m["start"], m["end"]] for m in v2], [m["username"] for m in v2]


def test_indices_of_generated_tweets_fit() -> None:
    """In generated and canary tweets, indices mark the handle named."""
    for text, indices, handles in _tweets():
        for (start, end), handle in zip(indices, handles, strict=True):
            assert text[start:end] == "@" + handle


def test_tables_have_as_many_rows_as_asked_for() -> None:
    """A table of `n` tweets has `n` rows, each with a text."""
    rows = list(csv.DictReader(io.StringIO(generators.make_csv(25, 4).decode())))
    assert len(rows) == 25
    assert all(row["text"] and row["author.username"] for row in rows)
