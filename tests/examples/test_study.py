"""The example study is what its README says, and the truth the tests compare with fits it."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from anonymize.model.roster import COLUMNS

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"
STUDY = EXAMPLES / "study"
TRUTH = ROOT / "tests" / "examples"
EPOCH = 1288834974657

Json = dict[str, Any]


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _js(data: bytes) -> Any:
    return json.loads(data.split(b"=", 1)[1])


def _archive() -> dict[str, bytes]:
    with zipfile.ZipFile(STUDY / "takeout.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _archived() -> list[Json]:
    files = _archive()
    items = _js(files["data/tweets.js"]) + _js(files["data/tweets-part1.js"])
    return [item["tweet"] for item in items]


def _lines(name: str) -> list[Json]:
    return [json.loads(line) for line in (STUDY / name).read_text("utf-8").splitlines()]


def _table(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((STUDY / name).read_text("utf-8"))))


def _truth(name: str) -> Json:
    found: Json = json.loads((TRUTH / name).read_text("utf-8"))
    return found


def _v2(record: Json) -> Iterator[Json]:
    """Yield the tweets of a line: itself, or its page's, and what they refer to."""
    outer = record.get("data", [record])
    yield from outer
    for tweet in outer:
        yield from (ref for ref in tweet.get("referenced_tweets", []) if "text" in ref)
    yield from record.get("includes", {}).get("tweets", [])


def _v1(tweet: Json) -> Iterator[Json]:
    yield tweet
    for key in ("retweeted_status", "quoted_status"):
        if tweet.get(key):
            yield from _v1(tweet[key])


def _streamed() -> list[Json]:
    return [one for line in _lines("hashtag_v1.jsonl") if "user" in line for one in _v1(line)]


def _fits(text: str, entities: Json) -> None:
    """Assert that indices of the v1.1 form mark what they say they mark."""
    marks = [(one["indices"], "@" + one["screen_name"]) for one in entities["user_mentions"]]
    marks += [(one["indices"], "#" + one["text"]) for one in entities["hashtags"]]
    marks += [(one["indices"], one["url"]) for one in entities["urls"] + entities.get("media", [])]
    for (start, end), marked in marks:
        assert text[int(start) : int(end)] == marked


def _time(snowflake: str) -> int:
    return (int(snowflake) >> 22) + EPOCH


def _second(stamp: str) -> datetime:
    return datetime.strptime(stamp, "%a %b %d %H:%M:%S %z %Y")


@pytest.mark.parametrize("seed", ["0", "77"])
def test_the_generator_gives_the_committed_bytes(tmp_path: Path, seed: str) -> None:
    """Run under any hash seed, the generator writes the study and its truth byte for byte."""
    folders = {"--study": tmp_path / "study", "--truth": tmp_path / "truth"}
    words = [str(word) for pair in folders.items() for word in pair]
    subprocess.run(
        [sys.executable, "-B", str(EXAMPLES / "make_study.py"), *words],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
    )
    assert _files(folders["--study"]) == _files(STUDY)
    for name, content in _files(folders["--truth"]).items():
        assert content == (TRUTH / name).read_bytes()


def test_the_study_is_small() -> None:
    """The committed study stays within a megabyte."""
    assert sum(map(len, _files(STUDY).values())) <= 1_000_000


def test_the_manifest_counts_what_is_there() -> None:
    """Every file of the archive's manifest is there, assigned to its name, of its count."""
    files = _archive()
    manifest = _js(files["data/manifest.js"])
    listed = [one for kind in manifest["dataTypes"].values() for one in kind["files"]]
    assert {one["fileName"] for one in listed} == {
        name for name in files if name.endswith(".js") and not name.endswith("manifest.js")
    }
    for one in listed:
        assert files[one["fileName"]].startswith(b"window." + one["globalName"].encode() + b" = [")
        assert len(_js(files[one["fileName"]])) == int(one["count"])


def test_the_archive_holds_some_300_tweets() -> None:
    """The archive holds 250 to 350 tweets of 2012 to 2016, in which numbers are strings."""
    tweets = _archived()
    assert 250 <= len(tweets) <= 350
    assert {_second(one["created_at"]).year for one in tweets} == {2012, 2013, 2014, 2015, 2016}
    assert all(isinstance(one["favorite_count"], str) for one in tweets)


def test_indices_of_v1_forms_fit_the_escaped_text() -> None:
    """In the archive, the stream and the sheet, indices mark the handle, tag or link named."""
    for tweet in _archived():
        _fits(tweet["full_text"], tweet["entities"])
        assert tweet["display_text_range"] == ["0", str(len(tweet["full_text"]))]
    for tweet in _streamed():
        _fits(tweet["text"] if "text" in tweet else tweet["full_text"], tweet["entities"])
        if "extended_tweet" in tweet:
            _fits(tweet["extended_tweet"]["full_text"], tweet["extended_tweet"]["entities"])
    for row in _table("tags_export.csv"):
        _fits(row["text"], json.loads(row["entities_str"]))


def test_positions_of_v2_fit_the_escaped_text() -> None:
    """In API v2, positions mark what they say; those of annotations end inclusively."""
    for tweet in (one for record in _lines("hashtag_v2.jsonl") for one in _v2(record)):
        text, found = tweet["text"], tweet["entities"]
        for one in found.get("mentions", []):
            assert text[one["start"] : one["end"]] == "@" + one["username"]
        for one in found.get("hashtags", []):
            assert text[one["start"] : one["end"]] == "#" + one["tag"]
        for one in found.get("urls", []):
            assert text[one["start"] : one["end"]] == one["url"]
        for one in found.get("annotations", []):
            assert text[one["start"] : one["end"] + 1] == one["normalized_text"]


def test_ids_tell_the_time_of_their_tweet() -> None:
    """Every tweet id is a snowflake of the time its tweet states."""
    for tweet in _archived() + _streamed():
        assert _time(tweet["id_str"]) // 1000 == _second(tweet["created_at"]).timestamp()
    for tweet in (one for record in _lines("hashtag_v2.jsonl") for one in _v2(record)):
        moment = datetime.fromtimestamp(_time(tweet["id"]) // 1000, UTC)
        assert tweet["created_at"].startswith(moment.strftime("%Y-%m-%dT%H:%M:%S."))
        assert tweet["created_at"].endswith(f".{_time(tweet['id']) % 1000:03d}Z")


def test_the_roster_fits() -> None:
    """The roster has the program's columns, 6 teachers, 20 students, one refusal, one wish."""
    rows = _table("people.csv")
    assert tuple(rows[0]) == COLUMNS
    roles = [row["role"] for row in rows]
    assert (roles.count("teacher"), roles.count("student")) == (6, 20)
    assert [row["person"] for row in rows if row["consent"] == "no"] == ["S08"]
    assert [row["person"] for row in rows if row["pseudonym"]] == ["S14"]
    people = {one["person"]: one for one in _truth("identifiers.json")["people"]}
    for row in rows:
        assert set(row["handles"].split(";")) <= set(people[row["person"]]["handles"])
        assert row["names"].split(";")[0] in people[row["person"]]["names"]


def test_a_refusing_student_is_in_tweets_and_an_interview() -> None:
    """The student without consent wrote tweets of the hashtag and speaks in an interview."""
    refusing = next(row for row in _table("people.csv") if row["consent"] == "no")
    assert any(row["author.username"] == refusing["handles"] for row in _table("hashtag.csv"))
    voices = b"".join(_files(STUDY / "interviews").values()).decode()
    assert f"<v {refusing['names'].split(';')[0]}>" in voices


def test_every_account_is_among_the_identifiers() -> None:
    """Every handle and user id of the metadata belongs to a person of the truth."""
    people = _truth("identifiers.json")["people"]
    handles = {handle.lower() for one in people for handle in one["handles"]}
    ids = {number for one in people for number in one["ids"]}
    for tweet in _archived():
        for one in tweet["entities"]["user_mentions"]:
            assert one["screen_name"].lower() in handles
            assert one["id_str"] in ids | {"-1"}
    for tweet in _streamed():
        assert tweet["user"]["screen_name"].lower() in handles
        assert tweet["user"]["id_str"] in ids
    for row in _table("hashtag.csv"):
        assert row["author_id"] in ids
        assert row["id"] in _truth("identifiers.json")["post_ids"]


def test_no_identifier_stands_in_the_templates_by_chance() -> None:
    """Templates without their slots, and keys of records, hold no part, handle or address."""
    people = _truth("identifiers.json")["people"]
    terms = {
        term.lower()
        for one in people
        for term in one["parts"] + one["handles"] + one["emails"]
        # The college may be named in an interview's header; the program knows it.
        if one["person"] != "DEPT"
    }
    texts = [
        re.sub(r"\{[^{}]*\}", "", path.read_text("utf-8")).lower()
        for path in sorted((EXAMPLES / "templates").glob("*.txt"))
        if path.name != "people.txt"
    ]
    keys: set[str] = set(COLUMNS)

    def collect(value: object) -> None:
        if isinstance(value, dict):
            keys.update(value)
            for one in value.values():
                collect(one)
        elif isinstance(value, list):
            for one in value:
                collect(one)

    for record in [*_archived(), *_lines("hashtag_v1.jsonl"), *_lines("hashtag_v2.jsonl")]:
        collect(record)
    texts.append(" ".join(sorted(keys)).lower())
    # A handle said aloud in two words ("kwabs ante fio") is in the template on purpose.
    assert {term for term in terms for text in texts if term in text} <= {"kwabs"}


def test_the_graph_is_that_of_the_files() -> None:
    """The truth's edges are those the files state, in the order of the files."""
    graph = _truth("graph.json")["files"]
    tweets = [t for record in _lines("hashtag_v2.jsonl") for t in record.get("data", [record])]
    assert len(tweets) == len(graph["hashtag_v2.jsonl"])
    for tweet, node in zip(tweets, graph["hashtag_v2.jsonl"], strict=True):
        refs = {one["type"]: one["id"] for one in tweet.get("referenced_tweets", [])}
        assert node == {
            "id": tweet["id"],
            "author": tweet["author_id"],
            "conversation": tweet["conversation_id"],
            "reply_to": refs.get("replied_to"),
            "reply_user": tweet.get("in_reply_to_user_id"),
            "retweet_of": refs.get("retweeted"),
            "quote_of": refs.get("quoted"),
            "mentions": [one["id"] for one in tweet["entities"].get("mentions", [])],
        }
    for archived, node in zip(_archived(), graph["takeout.zip"], strict=True):
        assert node["id"] == archived["id_str"]
        assert node["reply_to"] == archived.get("in_reply_to_status_id_str")
        mentioned = [one["id_str"] for one in archived["entities"]["user_mentions"]]
        assert node["mentions"] == [one for one in mentioned if one != "-1"]
    for row, node in zip(_table("hashtag.csv"), graph["hashtag.csv"], strict=True):
        assert (row["id"], row["author_id"]) == (node["id"], node["author"])
        assert row["referenced_tweets.replied_to.id"] == (node["reply_to"] or "")
    streamed = [line for line in _lines("hashtag_v1.jsonl") if "user" in line]
    for tweet, node in zip(streamed, graph["hashtag_v1.jsonl"], strict=True):
        assert (tweet["id_str"], tweet["in_reply_to_user_id_str"]) == (
            node["id"],
            node["reply_user"],
        )
    for row, node in zip(_table("tags_export.csv"), graph["tags_export.csv"], strict=True):
        assert (row["id_str"], row["from_user_id_str"]) == (node["id"], node["author"])


def test_the_hard_cases_are_in() -> None:
    """Cut handles, a lost account, renames, a formula, a deletion and a page error are there."""
    tweets = _archived() + _streamed()
    texts = [one.get("full_text") or one["text"] for one in tweets]
    handles = {h for one in _truth("identifiers.json")["people"] for h in one["handles"]}
    cut = [m[1] for text in texts if (m := re.fullmatch(r"RT .*@(\w+)…", text, re.DOTALL))]
    assert any(one not in handles for one in cut)
    assert any("@vanished_fennick" in text for text in texts)
    assert any("@MissThornquill" in text for text in texts)
    assert any("@JThornquill_Md" in text for text in texts)
    assert any(row["text"].startswith("=") for row in _table("hashtag.csv"))
    removed = _lines("hashtag_v1.jsonl")[-1]["delete"]["status"]["id_str"]
    assert removed in {one["id_str"] for one in _streamed()}
    assert _truth("graph.json")["deleted"] == [removed]
    assert any("extended_tweet" in one and one["truncated"] for one in _streamed())
    assert any("errors" in record for record in _lines("hashtag_v2.jsonl"))
    assert any("geo" in record for record in _lines("hashtag_v2.jsonl"))
    assert any("#TeamZoë" in text for text in texts)
    assert {"extended_entities", "in_reply_to_screen_name"} <= {k for t in tweets for k in t}


def test_interviews_are_of_the_promised_kinds() -> None:
    """There are two plain interviews, a WebVTT with voices and an SRT, none with a slot left."""
    files = _files(STUDY / "interviews")
    assert sorted(Path(name).suffix for name in files) == [".srt", ".txt", ".txt", ".vtt"]
    for content in files.values():
        assert "{T" not in content.decode()
        assert "{S" not in content.decode()
