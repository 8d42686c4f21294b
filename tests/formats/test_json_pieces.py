from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anonymize.errors import FormatError
from anonymize.formats import json_pieces, lines
from anonymize.formats.base import HEAD_BYTES, PlanOptions, Source
from anonymize.formats.json_pieces import Splitter
from anonymize.formats.tweets_jsonl import FORMAT
from anonymize.model.documents import Document, Problem
from tests.strategies import pages_v2, tweets_v1, tweets_v2

quick = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
TWEETS = [{"id": str(10**9 + at), "text": 'a]}[{\\"' * (at % 5)} for at in range(60)]


def source(path: Path) -> Source:
    """Return a file as formats see it."""
    data = path.read_bytes()
    return Source(str(path), path.name, "", len(data), data[:HEAD_BYTES], path.name, "out.json")


def write(folder: Path, data: bytes) -> Source:
    """Write a file."""
    path = folder / "in.json"
    path.write_bytes(data)
    return source(path)


def compact(value: Any) -> str:
    """Return a value as the writers of this program put it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def round_trip(one: Source, size: int = 1 << 24) -> tuple[list[Any], bytes]:
    """Return all documents and problems of a file, and the file with unchanged texts."""
    shards = FORMAT.plan(one, 0, PlanOptions(size)).shards
    items = [item for shard in shards for item in FORMAT.read(shard)]
    bodies = [
        FORMAT.rebuild(item, {field.path: field.value for field in item.fields})
        for item in items
        if isinstance(item, Document)
    ]
    return items, shards[0].head + shards[0].between.join(bodies) + shards[-1].tail


@pytest.mark.parametrize("between", [",", ", ", ",\n", "\r\n,\r\n  "])
@pytest.mark.parametrize(("head", "tail"), [("[", "]"), ("\n[\n ", "\n]\n")])
def test_a_list_is_written_back_with_its_own_separators(
    tmp_path: Path,
    between: str,
    head: str,
    tail: str,
) -> None:
    """Whatever stands around and between the elements, and however it is cut, bytes come back."""
    data = (head + between.join(map(compact, TWEETS)) + tail).encode()
    one = write(tmp_path, data)
    assert FORMAT.claims(one)
    for size in (1, 300, 1 << 20):
        assert round_trip(one, size)[1] == data


@quick
@given(
    records=st.lists(tweets_v1() | tweets_v2() | pages_v2(), min_size=1, max_size=5),
    size=st.integers(1, 3000),
    chunk=st.integers(1, 60),
    indent=st.sampled_from([None, 2]),
)
def test_lists_are_read_like_lines(
    tmp_path: Path,
    records: list[Any],
    size: int,
    chunk: int,
    indent: int | None,
) -> None:
    """v1.1, flattened v2 and pages in a list give what they would give one a line."""
    one = write(tmp_path, json.dumps(records, indent=indent).encode())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_pieces, "_CHUNK", chunk)
        items, data = round_trip(one, size)
    assert json.loads(data) == records
    (tmp_path / "lines.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    plain, _ = round_trip(source(tmp_path / "lines.jsonl"))
    assert [item.fields for item in items] == [item.fields for item in plain]


@quick
@given(value=st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
))  # fmt: skip
def test_any_value_ends_where_it_ends(value: Any) -> None:
    """A value of any depth, with brackets and quotes in its strings, is taken whole."""
    data = json.dumps([value, value]).encode()
    split = Splitter(io.BytesIO(data), "in")
    assert split.spaces(b"[") == b"["
    first = split.value()
    assert first is not None
    assert json.loads(first) == value
    assert split.spaces(b",") == b", "


def test_objects_over_several_lines_are_read(tmp_path: Path) -> None:
    """Objects laid out freely, one after another, come back laid out the same."""
    data = ("\n".join(json.dumps(one, indent=2) for one in TWEETS[:9]) + "\n").encode()
    one = write(tmp_path, data)
    assert FORMAT.claims(one)
    for size in (1, 1 << 20):
        assert round_trip(one, size)[1] == data
    page = json.dumps({"data": TWEETS[:3]}, indent=2).encode()
    assert round_trip(write(tmp_path, page))[1] == page


def test_elements_that_are_no_tweets_are_problems(tmp_path: Path) -> None:
    """Numbers, strings, broken objects and strangers in a list are counted one by one."""
    good = compact(TWEETS[0])
    data = f'[{good}, 7, "a, b", null, [1], {{"a" 1}}, {{"zz": 1}}, {good}]'.encode()
    items, _ = round_trip(write(tmp_path, data))
    assert items[1:6] == [
        *(Problem("not-an-object", at) for at in range(1, 5)),
        Problem("invalid-json", 5),
    ]
    assert items[6].sections[0].withhold == "unknown-record"
    assert len(items) == 8


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data[:-2], "ends inside record 60"),
        (lambda data: data[:-1], "its list is not closed behind record 60"),
        (lambda data: data + b"x", "something follows its list"),
        (lambda data: data[:-1] + b",]", "record 61 is missing"),
        (lambda data: data.replace(b"},{", b"} {", 1), "its list is not closed behind record 1"),
        (lambda data: data.replace(b"},{", b"},,{", 1), "record 2 is missing"),
    ],
)
def test_damaged_lists_stop_the_run(tmp_path: Path, change: Any, message: str) -> None:
    """The message names file and record, and nothing that stands there."""
    data = ("[" + ",".join(map(compact, TWEETS)) + "]").encode()
    with pytest.raises(FormatError) as caught:
        round_trip(write(tmp_path, change(data)))
    assert str(caught.value) == f"in.json: {message}"


@pytest.mark.parametrize(
    "data",
    [
        b"[]",
        b"[1, 2]",
        b"[00:01] Jo: hello\n",
        b'[{"a": 1}]',
        b'{\n "a": 1\n}',
        b"[[{}]]",
        b"{",
        b'[{"id": "1", "te',
        b"{{{{{\n",
    ],
)
def test_other_files_are_not_claimed(tmp_path: Path, data: bytes) -> None:
    """Empty lists, lists of numbers, prose in brackets and other programs' objects are not."""
    assert not FORMAT.claims(write(tmp_path, data))


def test_endless_values_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A value beyond the limit of a line stops the run."""
    monkeypatch.setattr(lines, "LINE_BYTES", 3000)
    monkeypatch.setattr(json_pieces, "_CHUNK", 1000)
    one = write(tmp_path, ("[" + compact({"id": "1", "text": "secret" * 2000}) + "]").encode())
    with pytest.raises(FormatError, match=r"^in\.json: a record is too long$"):
        FORMAT.plan(one, 0, PlanOptions())


def test_withheld_records_leave_a_list_that_can_be_read(tmp_path: Path) -> None:
    """Notices in a list are withheld, and what is left is still one list."""
    records = [TWEETS[1], {"delete": {"status": {"id": 1000000001}}}, TWEETS[2]]
    items, _ = round_trip(write(tmp_path, compact(records).encode()))
    assert [item.sections[0].withhold for item in items] == ["", "control-line", ""]
    assert FORMAT.rebuild(items[1], {}, frozenset({0})) == b""
