"""Tests of delimited tables."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given

from anonymize.errors import FormatError, UsageError
from anonymize.formats.table_columns import TAGS, TWARC
from anonymize.formats.table_rows import guard, raw_of, sniff, value_of
from anonymize.formats.tables import ALL_COLUMNS, FORMAT, with_head
from anonymize.model.fields import Role
from tests.formats.transcript_cases import read_all, same, shard_of, source_of, whole
from tests.strategies import delimited

COLUMNS = {"id": "id", "text": "text", "name": "name"}


@given(delimited())
def test_round_trip(case: tuple[str, str]) -> None:
    """Rebuilding a table with unchanged texts gives back the same bytes."""
    mark, content = case
    with tempfile.TemporaryDirectory() as folder:
        shard = shard_of(FORMAT, Path(folder) / "a.csv", content.encode(), COLUMNS)
        assert dict(shard.options)["delimiter"] == mark
        out = whole(FORMAT, shard)
    assert out.rstrip(b"\r\n") == content.encode().rstrip(b"\r\n") or not content.strip()


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, codec: str) -> None:
    """Byte-order mark, line ends, quotes and embedded line ends come back byte for byte."""
    data = 'id;text;name\r\n1;"a ""b""\r\nc";Zoë\r\n"2";d;"Ben"\r\n'.encode(codec)
    shard = shard_of(FORMAT, tmp_path / "a.csv", data, COLUMNS)
    documents, problems = read_all(FORMAT, shard)
    assert whole(FORMAT, shard) == data
    assert documents[0].fields[1].value == 'a "b"\r\nc'
    assert [one.code for one in problems] == (["encoding-cp1252"] if codec == "cp1252" else [])


def test_unknown_columns(tmp_path: Path) -> None:
    """An unknown column is in neither head nor rows, whatever texts say; its cells are opaque."""
    data = b"id,secret,text\n1,jane,hello\n2,,you\n"
    shard = shard_of(FORMAT, tmp_path / "a.csv", data, {"id": "id", "text": "text"})
    assert shard.head == b"id,text\n"
    assert whole(FORMAT, shard) == b"id,text\n1,hello\n2,you\n"
    documents, _ = read_all(FORMAT, shard)
    secret = documents[0].fields[1]
    assert (secret.path, secret.role, secret.kind) == (("column-2",), Role.OPAQUE, "unknown")
    everything = with_head(shard, tuple(sorted((*shard.options, ALL_COLUMNS))), shard.tail)
    assert whole(FORMAT, everything) == data
    assert FORMAT.rebuild(documents[0], {}) == b","


def test_columns(tmp_path: Path) -> None:
    """Tables nobody knows need columns; those named must be there; messages show no cells."""
    path = tmp_path / "a.csv"
    data = b"Jane Roe;x\n1;2\n"
    with pytest.raises(FormatError, match="--columns") as caught:
        shard_of(FORMAT, path, data)
    assert "Jane" not in str(caught.value)
    with pytest.raises(UsageError, match="'body'"):
        shard_of(FORMAT, path, data, {"body": "text"})
    with pytest.raises(UsageError, match="roles are"):
        shard_of(FORMAT, path, data, {"x": "secret"})
    with pytest.raises(FormatError):
        shard_of(FORMAT, path, b"")
    shard = shard_of(FORMAT, path, b"a,b,c\n1,2,3\n", {"a": "text", "b": "text", "c": "handle"})
    (document,), _ = read_all(FORMAT, shard)
    assert [one.role for one in document.fields] == [Role.TEXT, Role.TEXT, Role.HANDLE]
    assert document.sections[0].author == "author"


def test_twarc(tmp_path: Path) -> None:
    """A twarc-csv table is known by its header; the author's columns share a subject."""
    cells = dict.fromkeys(TWARC, "")
    del cells[""], cells["Unnamed: 0"]
    cells |= {
        "id": "1234567890123456789",
        "conversation_id": "1234567890123456789",
        "referenced_tweets.quoted.id": "1234567890123456000",
        "author_id": "77",
        "author.id": "77",
        "author.username": "anna_k",
        "author.name": "Anna",
        "text": "Q&amp;A",
        "lang": "en",
        "author.verified": "jane",
        "public_metrics.like_count": "3",
        "source": "App of Jane",
        "new.column": "jane",
    }
    data = (",".join(cells) + "\n" + ",".join(cells.values()) + "\n").encode()
    # Columns meant for another table do not hinder.
    shard = shard_of(FORMAT, tmp_path / "a.csv", data, {"body": "text"})
    (document,), problems = read_all(FORMAT, shard)
    by_name = {one.path[0]: one for one in document.fields}
    assert not problems
    assert document.id == "1234567890123456789"
    assert document.language == "en"
    assert document.sections[0].posts == ("1234567890123456789", "1234567890123456000")
    for name in ("author_id", "author.id", "author.username", "author.name"):
        assert by_name[name].subject == "author"
    assert by_name["author.verified"].role is Role.OPAQUE
    assert by_name["source"].kind == "rule"
    assert b"new.column" not in shard.head
    assert b"source" not in shard.head
    kept = {one.path: one.value for one in document.fields if one.role is not Role.OPAQUE}
    out = FORMAT.rebuild(document, kept)
    assert b"jane" not in out.lower()
    assert out.count(b",") == shard.head.count(b",")


def test_tags(tmp_path: Path) -> None:
    """A TAGS sheet is known by its header, as TSV too."""
    data = ("\t".join(TAGS) + "\n" + "\t".join("x" for _ in TAGS) + "\n").encode()
    shard = shard_of(FORMAT, tmp_path / "a.tsv", data)
    (document,), _ = read_all(FORMAT, shard)
    roles = {one.path[0]: one.role for one in document.fields}
    assert roles["from_user"] is Role.HANDLE
    assert roles["status_url"] is Role.URL
    assert roles["entities_str"] is Role.OPAQUE


def test_formulas(tmp_path: Path) -> None:
    """Cells that begin as formulas are written with an apostrophe and reported; numbers stay."""
    data = b'id,text,name\n1,"=HYPERLINK(""x"")",@anna\n2,-5,+1\n'
    shard = shard_of(FORMAT, tmp_path / "a.csv", data, COLUMNS)
    documents, problems = read_all(FORMAT, shard)
    assert [(one.code, one.record, one.field, one.withheld) for one in problems] == [
        ("formula-cell", 0, "text", False),
        ("formula-cell", 0, "name", False),
    ]
    assert whole(FORMAT, shard) == b'id,text,name\n1,"\'=HYPERLINK(""x"")",\'@anna\n2,-5,+1\n'
    assert FORMAT.rebuild(documents[1], {("id",): "x", ("text",): "=1", ("name",): "a,b"}) == (
        b'x,\'=1,"a,b"'
    )


def test_ragged_rows(tmp_path: Path) -> None:
    """Rows of another length are withheld; a second row of a post is named by its number."""
    data = b"id,text,name\n1,a,b\n2,a\n3,a,b,jane\n4,a,b\n4,a,b\n"
    shard = shard_of(FORMAT, tmp_path / "a.csv", data, COLUMNS)
    documents, problems = read_all(FORMAT, shard)
    assert [one.sections[0].withhold for one in documents] == [
        "",
        "ragged-row",
        "ragged-row",
        "",
        "",
    ]
    assert not problems
    assert [one.id for one in documents][3:] == ["4", "row 5"]
    assert {one.role for one in documents[2].fields} == {Role.OPAQUE}
    assert FORMAT.rebuild(documents[2], same(documents[2])) == b"3,a,b,jane"
    assert FORMAT.rebuild(documents[3], same(documents[3]), frozenset({0})) == b""


def test_open_quote(tmp_path: Path) -> None:
    """A quote that is never closed is a format error naming the line."""
    shard = shard_of(FORMAT, tmp_path / "a.csv", b'id,text,name\n1,"jane,b\n2,a,b\n', COLUMNS)
    with pytest.raises(FormatError, match="line 2") as caught:
        read_all(FORMAT, shard)
    assert "jane" not in str(caught.value)


def test_cells() -> None:
    """Cells are unquoted, quoted again when needed, and guarded by explicit rule."""
    assert sniff('"a;b;c",d\t') == ","
    assert value_of('"a""b"c') == 'a"bc'
    assert raw_of("b", '"a"', ",") == '"b"'
    assert raw_of(" b", "a", ",") == '" b"'
    assert guard("\tx") == ("'\tx", True)
    assert guard("+44 1") == ("'+44 1", True)
    assert guard("-1.5e3") == ("-1.5e3", False)


def test_claims(tmp_path: Path) -> None:
    """Tables are claimed by suffix, binary data is not."""
    assert FORMAT.claims(source_of(tmp_path / "a.tsv", b"a\tb"))
    assert not FORMAT.claims(source_of(tmp_path / "a.csv", b"a\0b"))
