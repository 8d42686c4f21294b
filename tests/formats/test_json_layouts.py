from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anonymize.errors import FormatError
from anonymize.formats import json_layouts
from anonymize.formats.base import HEAD_BYTES, PlanOptions, Source
from anonymize.formats.bluesky import FORMAT
from anonymize.formats.catalogue import FORMATS
from anonymize.model.documents import Document, Problem
from tests.bluesky_cases import VALUES, account, did, entry, post, view

quick = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


def source(path: Path) -> Source:
    """Return a file as formats see it."""
    data = path.read_bytes()
    return Source(str(path), path.name, "", len(data), data[:HEAD_BYTES], path.name, "out.json")


def written(path: Path, shard_bytes: int = 1 << 24) -> bytes:
    """Return the file as it is put together from its unchanged records."""
    shards = FORMAT.plan(source(path), 0, PlanOptions(shard_bytes)).shards
    bodies = [
        FORMAT.rebuild(item, same(item))
        for shard in shards
        for item in FORMAT.read(shard)
        if isinstance(item, Document)
    ]
    return shards[0].head + shards[0].between.join(bodies) + shards[-1].tail


def read(path: Path, shard_bytes: int = 1 << 24) -> list[Any]:
    """Return all documents and problems of a file."""
    plan = FORMAT.plan(source(path), 0, PlanOptions(shard_bytes))
    return [item for shard in plan.shards for item in FORMAT.read(shard)]


def same(document: Document) -> dict[Any, str | None]:
    """Return the unchanged values."""
    return {field.path: field.value for field in document.fields}


@quick
@given(values=st.lists(VALUES, min_size=1, max_size=4), size=st.integers(1, 4000))
def test_every_layout_gives_the_same_values(
    tmp_path: Path,
    values: list[Any],
    size: int,
) -> None:
    """Lines of any shards, an array and values over many lines are read alike and kept so."""
    path = tmp_path / "in.json"
    path.write_bytes(b"".join(json.dumps(one).encode() + b"\n" for one in values))
    assert [json.loads(line) for line in written(path, size).splitlines()] == values
    for indent in (None, 2):
        path.write_text(json.dumps(values, indent=indent, ensure_ascii=False), "utf-8")
        assert json.loads(written(path, size)) == values
    path.write_text("\ufeff" + "\n".join(json.dumps(one, indent=1) for one in values), "utf-8")
    items = read(path)
    assert [json.loads(FORMAT.rebuild(one, same(one))) for one in items] == values


@pytest.mark.parametrize(
    ("text", "claimed"),
    [
        (json.dumps(entry(1, 2, post("hi"))), True),
        (json.dumps({"feed": [], "cursor": None}, indent=1), True),
        (json.dumps([view(account(1, "z.ee"), post("hi"), 1)], indent=1), True),
        (json.dumps({"did": did(1)}), True),
        (json.dumps({"id": "1", "text": '"did":"did:plc:x"'}), False),
        (json.dumps({"id": "1", "text": "x"}) + "\n" + json.dumps({"did": did(1)}), False),
        ("at://did:plc:x", False),
        ("[]", False),
        ("", False),
    ],
)
def test_what_is_claimed(tmp_path: Path, text: str, claimed: bool) -> None:
    """The first value must speak of the protocol; words in texts of others do not count."""
    path = tmp_path / "in.json"
    path.write_text(text, "utf-8")
    assert FORMAT.claims(source(path)) is claimed
    if claimed:
        others = [FORMATS[name] for name in FORMATS if FORMATS[name].claims(source(path))]
        assert min(others, key=lambda one: one.rank) is FORMAT


def test_bad_records_are_problems_and_the_rest_is_read(tmp_path: Path) -> None:
    """What is no object or no JSON is counted by number, in lines and in arrays."""
    good = json.dumps({"did": did(1)})
    path = tmp_path / "in.json"
    bad = [good, '{"did": did}', "[1]", '"x"', '{"did":"' + "\\ud83d" + '"}', "7", good]
    path.write_text("[" + ", ".join(bad) + "]", "utf-8")
    problems = [one for one in read(path) if isinstance(one, Problem)]
    assert problems == [
        Problem("invalid-json", 1),
        Problem("not-an-object", 2),
        Problem("not-an-object", 3),
        Problem("lone-surrogate", 4, withheld=False),
        Problem("not-an-object", 5),
    ]
    path.write_text("\n".join([good, "[1]", '{"a":' * 2000, good]), "utf-8")
    problems = [one for one in read(path) if isinstance(one, Problem)]
    assert problems == [Problem("not-an-object", 1), Problem("invalid-json", 2)]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[{"did": "did:plc:a"}', r"^in\.json: ends inside record 2$"),
        ('[{"did": "did:plc:a"}, {"x": "y', r"^in\.json: ends inside record 2$"),
        ('[{"did": "did:plc:a"}] {}', r"^in\.json: goes on behind its last record$"),
        ('[{"did": "did:plc:a"}}', r"^in\.json: is not valid JSON in record 2$"),
        ('{\n"did": "did:plc:a"}\n{"a": 1', r"^in\.json: ends inside record 2$"),
        ('{\n"did": "did:plc:a"}\n]', r"^in\.json: is not valid JSON in record 2$"),
    ],
)
def test_a_damaged_file_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """A file cut off or going on wrongly stops the run with its label and the record."""
    path = tmp_path / "in.json"
    path.write_text(text, "utf-8")
    with pytest.raises(FormatError, match=message):
        read(path)


@quick
@given(values=st.lists(VALUES, min_size=1, max_size=3), chunk=st.integers(1, 50))
def test_values_are_found_whatever_the_chunks(
    tmp_path: Path,
    values: list[Any],
    chunk: int,
) -> None:
    """Where a stream is cut into chunks changes nothing, inside strings and escapes either."""
    path = tmp_path / "in.json"
    path.write_text(json.dumps([*values, {"did": '"\\"\\\\'}, 12, True], indent=1), "utf-8")
    whole = read(path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_layouts, "_CHUNK", chunk)
        assert read(path) == whole


def test_a_record_beyond_the_limit_is_refused(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A value longer than any answer stops the run instead of filling the memory."""
    monkeypatch.setattr(json_layouts, "LINE_BYTES", 50)
    monkeypatch.setattr(json_layouts, "_CHUNK", 16)
    path = tmp_path / "in.json"
    path.write_text(json.dumps([{"did": "did:plc:" + "a" * 400}]), "utf-8")
    with pytest.raises(FormatError, match=r"^in\.json: record 1 is too long$"):
        read(path)
