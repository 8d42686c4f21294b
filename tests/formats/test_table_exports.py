"""Tests of the tables of known programs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.formats import table_exports, table_twarc
from anonymize.formats.column_types import HANDLES, POSTS, Column, text
from anonymize.formats.table_cells import bare_id, cut_cell, join_cell
from anonymize.formats.table_columns import KNOWN, TWARC
from anonymize.formats.table_reader import ALL_COLUMNS
from anonymize.formats.tables import FORMAT, with_head
from anonymize.model.fields import Role
from tests.canaries import Canaries
from tests.formats.table_cases import TABLES, Cells, delimited
from tests.formats.transcript_cases import read_all, same, shard_of, whole


@pytest.mark.parametrize("columns", TABLES, ids=[next(iter(one)) or "-" for one in TABLES])
def test_known_tables(tmp_path: Path, columns: Mapping[str, Column]) -> None:
    """A known table comes back as it was; every cell is a field; the unknown is in no row."""
    row = Cells(Canaries(5000)).row(columns, "row")
    data = delimited(list(row), list(row.values())).encode()
    shard = shard_of(FORMAT, tmp_path / "a.csv", data)
    (document,), _ = read_all(FORMAT, shard)
    everything = with_head(shard, tuple(sorted((*shard.options, ALL_COLUMNS))), shard.tail)
    assert whole(FORMAT, everything) == data
    found = {one.path[0] for one in document.fields}
    assert len(found) == len(row)
    unknown = [one for one in document.fields if one.path[0] == f"column-{len(row)}"]
    assert [(one.role, one.kind) for one in unknown] == [(Role.OPAQUE, "unknown")]
    kept = {one.path: one.value for one in document.fields if one.role is not Role.OPAQUE}
    out = shard.head + FORMAT.rebuild(document, kept)
    opaque = [one.value for one in document.fields if one.role is Role.OPAQUE]
    assert not [value for value in opaque if value.encode() in out]
    assert not any(one.encode() in FORMAT.rebuild(document, {}) for one in row.values() if one)


def test_marks_tell_tables() -> None:
    """The header of each known table is told to be that table's and no other's."""
    for marks, columns in KNOWN:
        assert marks <= columns.keys()
        assert next(one for names, one in KNOWN if names <= columns.keys()) is columns


def test_json_in_cells(tmp_path: Path) -> None:
    """Offsets in a JSON cell follow the text of the row; what changes is JSON again."""
    mention = {"start": 3, "end": 8, "username": "jo_b", "id": "55", "new_key": "Jane"}
    row = {
        "id": "1697051672621597026",
        "conversation_id": "1697051672621597026",
        "author_id": "44.0",
        "text": r"hi @jo_b\nJane",
        "entities.mentions": json.dumps([mention]),
        "entities.hashtags": '["#TeamJo", "#b"]',
        "entities.urls": "['https://a.example/x']",
        "author.description": r'"a \"b\"\nc"',
        "author.username": "@mee",
        "in_reply_to_user_id": "NA",
        "entities.cashtags": "oops",
        "attachments.media_keys": "[]",
    }
    data = delimited(list(row), list(row.values())).encode()
    shard = shard_of(FORMAT, tmp_path / "a.csv", data)
    (document,), _ = read_all(FORMAT, shard)
    fields = {one.path: one for one in document.fields}
    assert fields["text",].value == "hi @jo_b\nJane"
    assert fields["entities.mentions", 0, "start"].target == ("text",)
    assert fields["entities.mentions", 0, "new_key"].kind == "unknown"
    assert fields["entities.hashtags", 0].value == "TeamJo"
    assert fields["entities.urls", 0].role is Role.URL
    assert fields["author.description",].value == 'a "b"\nc'
    assert fields["author_id",].value == "44"
    assert fields["author.username",].value == "mee"
    assert fields["in_reply_to_user_id",].role is Role.CODE
    assert fields["entities.cashtags",].kind == "unknown"
    texts = {
        **{path: "x" for path, one in fields.items() if one.role is not Role.OPAQUE},
        ("entities.mentions", 0, "start"): "4",
        ("entities.mentions", 0, "end"): "9",
        ("text",): "a\nb",
    }
    cells = FORMAT.rebuild(document, texts).decode()
    assert r"a\nb" in cells
    assert '{""start"": 4, ""end"": 9, ""username"": ""x"", ""id"": ""x""}' in cells
    assert '"[""#x"", ""#x""]",[\'x\']' in cells
    assert "Jane" not in cells
    assert "oops" not in cells


def test_lists(tmp_path: Path) -> None:
    """Lists in a cell are cut at what stands between, also as R and rtweet write them."""
    row = {
        "status_id": "x1697051672621597026",
        "screen_name": "jo",
        "text": "'@jo hello",
        "mentions_screen_name": 'c("anna", "ben")',
        "mentions_user_id": "x12 x13",
        "urls_url": "NA",
    }
    data = delimited(list(row), list(row.values())).encode()
    shard = shard_of(FORMAT, tmp_path / "a.csv", data)
    (document,), problems = read_all(FORMAT, shard)
    values = {one.path: one.value for one in document.fields}
    assert not problems
    assert values["mentions_screen_name", 1] == "ben"
    assert values["mentions_user_id", 0] == "12"
    assert values["status_id",] == document.id == "1697051672621597026"
    assert whole(FORMAT, shard) == data
    new = FORMAT.rebuild(document, dict.fromkeys(values, "q"))
    assert new == b'q,q,q,"c(""q"", ""q"")",xq xq,q'


def test_compliance(tmp_path: Path) -> None:
    """A row of a compliance table asks for a removal and is not written."""
    row = {"id": "12", "action": "delete", "created_at": "", "redacted_at": "", "reason": "x"}
    data = delimited(list(row), list(row.values())).encode()
    (document,), _ = read_all(FORMAT, shard_of(FORMAT, tmp_path / "a.csv", data))
    assert document.sections[0].withhold == "control-line"
    assert {one.id for one in document.removals} == {"12"}
    assert row.keys() <= table_twarc.TWARC_COMPLIANCE.keys()


def test_retweets(tmp_path: Path) -> None:
    """A row names its conversation and every post whose text stands in it."""
    row = {"tweet_id": "12", "user_username": "jo", "text": "a", "lang": "en"}
    row |= {"conversation_id": "11", "sourcetweet_id": "10", "sourcetweet_text": "b"}
    data = delimited(list(row), list(row.values())).encode()
    (document,), _ = read_all(FORMAT, shard_of(FORMAT, tmp_path / "a.csv", data))
    assert (document.scope, document.language) == ("11", "en")
    assert document.sections[0].posts == ("12", "10")
    assert row.keys() <= table_exports.ACADEMIC.keys()


@given(st.text(max_size=30))
def test_any_cell(value: str) -> None:
    """Whatever stands in a cell of whatever column, unchanged values give it back."""
    for column in (*TWARC.values(), text(escaped=True), HANDLES, POSTS):
        for made in (value, f"[{value}]", f'["{value}"]', f'"{value}"', f'[{{"id": "{value}"}}]'):
            cell = cut_cell("head", column, made)
            texts = {one.path: one.value for one in cell.fields}
            assert len(texts) == len(cell.fields)
            assert join_cell(cell, texts) == made


@given(st.text(alphabet="'\"@=x.0123456789", max_size=6))
def test_bare_id(value: str) -> None:
    """Of what programs put around ids nothing but digits is left, or nothing is taken off."""
    found = bare_id(value)
    assert found == value or found.isdigit()


@pytest.mark.parametrize("lead", [b"", b"sep=;\r\n"])
@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16"])
def test_dialects(tmp_path: Path, lead: bytes, codec: str) -> None:
    """Excel's first line that names the delimiter stays; a pipe is a delimiter as well."""
    rest = "tweet_id;user_username;text\r\n12;jo;a,b\r\n"
    data = (lead.decode() + rest).encode(codec)
    shard = shard_of(FORMAT, tmp_path / "a.csv", data)
    documents, _ = read_all(FORMAT, shard)
    assert [one.id for one in documents] == ["12"]
    assert whole(FORMAT, shard) == data
    piped = rest.replace(";", "|").encode()
    assert whole(FORMAT, shard_of(FORMAT, tmp_path / "b.csv", piped)) == piped


def test_unchanged_row(tmp_path: Path) -> None:
    """A column of the same name twice is two fields."""
    data = b"id,text,text\n1,a,b\n"
    shard = shard_of(FORMAT, tmp_path / "a.csv", data, {"text": "text", "id": "id"})
    (document,), _ = read_all(FORMAT, shard)
    assert [one.path for one in document.fields] == [("id",), ("text",), ("text#2",)]
    assert FORMAT.rebuild(document, same(document)) == b"1,a,b"
