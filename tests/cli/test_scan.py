"""`scan`: the contract of its JSON, offsets in code points, the report of counts."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.acceptance.running import call
from tests.cli.calling import Release
from tests.generators import PEOPLE

SPAN = {"path", "start", "end", "entity_type", "score", "recognizer"}
TEXTS = {
    "g-1": "Nothing here but tea.",
    "g-2": "🎬🎬 mail hjordis@post.example 𝒩ow, or +44 7700 900123",
    "g-3": "Tom &amp; @vexlander_b &lt;3 see https://clips.example/a?b=1&amp;c=2",
    "g-1/again": "@vexlander_b",
}


def _gold(folder: Path) -> Path:
    lines = [{"id": name, "text": text, "entities": []} for name, text in TEXTS.items()]
    target = folder / "gold.jsonl"
    target.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return target


def _scan(*arguments: str | Path) -> list[dict[str, Any]]:
    said = call("scan", *arguments, "--json")
    assert (said.code, said.out.count("\n")) == (0, 1)
    found: list[dict[str, Any]] = json.loads(said.out)["documents"]
    return found


def test_gold_documents_keep_their_ids_order_and_offsets(tmp_path: Path) -> None:
    """Documents come in input order under gold ids; spans are code points of `["text"]`."""
    documents = _scan(_gold(tmp_path))
    assert [one["id"] for one in documents] == list(TEXTS)
    stretches: dict[str, set[tuple[str, str]]] = {}
    for document in documents:
        text = TEXTS[document["id"]]
        for span in document["spans"]:
            if span["path"] != ["text"]:
                continue
            assert set(span) == SPAN
            assert 0 <= span["start"] < span["end"] <= len(text)
            assert 0 <= span["score"] <= 1
            assert span["recognizer"]
            stretch = text[span["start"] : span["end"]]
            stretches.setdefault(document["id"], set()).add((span["entity_type"], stretch))
    assert "g-1" not in stretches
    assert ("EMAIL_ADDRESS", "hjordis@post.example") in stretches["g-2"]
    assert ("PHONE_NUMBER", "+44 7700 900123") in stretches["g-2"]
    assert ("HANDLE", "@vexlander_b") in stretches["g-3"]
    assert ("URL", "https://clips.example/a?b=1&amp;c=2") in stretches["g-3"]
    assert stretches["g-1/again"] == {("HANDLE", "@vexlander_b")}


def test_gold_has_no_spans_but_in_its_text(tmp_path: Path) -> None:
    """The gold id is an id of the document and no finding in it."""
    spans = [span for one in _scan(_gold(tmp_path)) for span in one["spans"]]
    assert {tuple(span["path"]) for span in spans} == {("text",)}


def test_spans_of_a_document_are_ordered_and_disjoint(release: Release) -> None:
    """In each field spans stand in order and do not overlap, in tweets and interviews."""
    for document in _scan(*release.inputs):
        last: dict[str, int] = {}
        for span in document["spans"]:
            place = json.dumps(span["path"])
            assert span["start"] >= last.get(place, 0)
            last[place] = span["end"]


def test_a_roster_adds_what_it_knows(release: Release, tmp_path: Path) -> None:
    """A name of the roster is found in any case where nothing else gives it away."""
    target = tmp_path / "gold.jsonl"
    text = f"they said {PEOPLE[0][0].lower()} was late"
    target.write_text(json.dumps({"id": "1", "text": text, "entities": []}), encoding="utf-8")
    spans = _scan(target, "--people", release.people)[0]["spans"]
    assert [text[span["start"] : span["end"]] for span in spans] == [PEOPLE[0][0].lower()]
    assert spans[0]["recognizer"].startswith("known/")


def test_the_report_counts_and_nothing_else_is_written(release: Release, tmp_path: Path) -> None:
    """`--report` writes counts per file, field and type without originals, and only that."""
    target = tmp_path / "counts.json"
    said = call("scan", release.inputs[0], "--report", target)
    assert said.code == 0
    assert list(tmp_path.iterdir()) == [target]
    report = json.loads(target.read_text("utf-8"))
    assert report["records"] == 14
    assert all(set(row) == {"file", "field", "entity_type", "count"} for row in report["found"])
    kinds = {row["entity_type"] for row in report["found"]}
    assert {"HANDLE", "PERSON", "USER_ID"} <= kinds
    total = sum(row["count"] for row in report["found"])
    assert f"14 records, {total} spans." in said.out
    for person in PEOPLE:
        for word in person:
            assert word.lower() not in (said.everything + target.read_text("utf-8")).lower()


def test_scan_leaves_no_project(release: Release) -> None:
    """Looking at material makes no folder beside it."""
    before = sorted(release.inputs[0].parent.iterdir())
    _scan(release.inputs[1])
    assert sorted(release.inputs[0].parent.iterdir()) == before
