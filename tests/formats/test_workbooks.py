"""Tests of spreadsheet workbooks."""

from __future__ import annotations

import io
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.errors import EngineError, FormatError, UsageError
from anonymize.formats.archives import write_zip
from anonymize.formats.base import Plan, PlanOptions
from anonymize.formats.table_reader import ALL_COLUMNS
from anonymize.formats.workbook_xml import cell, shown
from anonymize.formats.workbooks import FORMAT, with_header
from anonymize.model.documents import Document, Problem, Shard
from anonymize.model.fields import Role
from tests.formats.transcript_cases import same, source_of

openpyxl = pytest.importorskip("openpyxl", reason="the extra xlsx is not installed")

WHEN = datetime(2020, 5, 1, 9, 30)  # noqa: DTZ001 - spreadsheets know no time zones
EDGES = ["Vertex 1", "Vertex 2", "Relationship Date (UTC)", "Tweet", "Imported ID", "Label"]
EDGE = ["anna_k", "ben_b", WHEN, "=1 @ben_b & <b>", "'1256152211234567891", "zz"]


def book(sheets: dict[str, list[list[Any]]]) -> bytes:
    """Return a workbook of sheets with rows."""
    made = openpyxl.Workbook()
    made.properties.creator = "Jane Roe"
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
        for one in sheet["A"]:
            # Texts that begin so are no formulas here.
            one.data_type = one.data_type if one.data_type != "f" else "s"
        for line in sheet.iter_rows():
            for one in line:
                if one.data_type == "f":
                    one.data_type = "s"
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def plan(path: Path, data: bytes, columns: dict[str, str] | None = None) -> Plan:
    """Return the plan of a workbook."""
    return FORMAT.plan(source_of(path, data), 0, PlanOptions(columns=columns))


def documents(shard: Shard) -> list[Document]:
    """Return the documents of a sheet; none of them has a problem."""
    found = list(FORMAT.read(shard))
    assert not [one for one in found if isinstance(one, Problem)]
    return [one for one in found if isinstance(one, Document)]


def written(folder: Path, shards: tuple[Shard, ...]) -> Path:
    """Return the workbook shards make when nothing is changed."""
    members: list[tuple[str, Path]] = []
    for shard in shards:
        part = folder / f"part-{shard.index}"
        rows = [FORMAT.rebuild(one, same(one)) for one in documents(shard)]
        part.write_bytes(shard.head + shard.between.join(rows) + shard.tail)
        members.append((shard.output, part))
    write_zip(folder / "out.xlsx", members)
    return folder / "out.xlsx"


def everything(shard: Shard, names: list[str], above: int = 0) -> Shard:
    """Return the shard of a sheet that writes all its columns."""
    if not shard.options:
        return shard
    return with_header(shard, (*shard.options, ALL_COLUMNS), names, above)


def values(path: Path) -> dict[str, list[list[Any]]]:
    """Return what the sheets of a workbook hold."""
    made = openpyxl.load_workbook(path)
    return {one.title: [list(row) for row in one.iter_rows(values_only=True)] for one in made}


ANY = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**14), 10**14),
    st.floats(-1e9, 1e9).map(lambda number: round(number, 3)),
    st.datetimes(datetime(1900, 4, 1), datetime(2100, 1, 1)).map(  # noqa: DTZ001
        lambda moment: moment.replace(microsecond=0),
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=9),
    st.sampled_from(["=1+1", " a ", "a\nb", "&<>\"'", "😀", "TRUE"]),
)


@given(st.lists(st.lists(ANY, min_size=2, max_size=2), min_size=1, max_size=5))
def test_round_trip(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[Any]],
) -> None:
    """Values and types of all cells come back; rows without any are no records."""
    folder = tmp_path_factory.mktemp("book")
    header = ["body", "other"]
    planned = plan(folder / "a.xlsx", book({"Jane": [header, *rows]}), {"body": "text"})
    shards = tuple(everything(one, header) for one in planned.shards)
    kept = [row for row in rows if any(one is not None for one in row)]
    assert values(written(folder, shards)) == {"Sheet1": [header, *kept]}


def test_nodexl(tmp_path: Path) -> None:
    """Sheets of NodeXL have their header in row 2 and keep it there; what they repeat is gone."""
    data = book(
        {
            "Edges": [[None, "Other Columns"], EDGES, EDGE],
            "Vertices": [[], ["Vertex", "Followers", "Tweets", "Tooltip"], ["anna_k", 3, 4, "a"]],
            "Group Vertices": [["Group", "Vertex", "Vertex ID"], ["G1", "anna_k", 1]],
            "Words": [["jane", 3]],
            "Jane notes": [["jane", 3]],
            "Empty": [],
        },
    )
    found = plan(tmp_path / "a.xlsx", data)
    edges, vertices, members = (one for one in found.shards if one.options)
    (edge,) = documents(edges)
    fields = {one.path[0]: one for one in edge.fields}
    assert fields["Vertex 1"].role is Role.HANDLE
    assert fields["Relationship Date (UTC)"].value == "2020-05-01 09:30:00"
    assert fields["Imported ID"].value == edge.id == "1256152211234567891"
    assert fields["Tweet"].value == "=1 @ben_b & <b>"
    assert fields["Label"].kind == "rule"
    assert {one.path[0] for one in documents(vertices)[0].fields} >= {"Vertex", "Tooltip"}
    assert documents(members)[0].fields[0].role is Role.CODE
    assert {(one.name, one.reason) for one in found.dropped} == {
        ("properties", "rule"),
        ("Words", "rule"),
        ("sheet 5", "unknown"),
    }
    out = written(tmp_path, found.shards)
    sheets = values(out)
    assert list(sheets) == ["Edges", "Vertices", "Group Vertices"]
    assert sheets["Edges"] == [[None] * 5, EDGES[:5], EDGE[:5]]
    assert sheets["Vertices"] == [[None] * 3, ["Vertex", "Followers", "Tweets"], ["anna_k", 3, 4]]


def test_nothing_else_is_written(tmp_path: Path) -> None:
    """The new workbook has no properties, comments, times, hidden sheets or names of sheets."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.title = "Jane's class"
    sheet.append(["body", "n"])
    sheet.append(["hello", 1])
    sheet["A2"].comment = openpyxl.comments.Comment("hush, jane", "jane")
    made.create_sheet("Janes secrets").sheet_state = "hidden"
    made.defined_names["jane"] = openpyxl.workbook.defined_name.DefinedName(
        "jane",
        attr_text="'Jane''s class'!$A$1",
    )
    made.properties.creator = made.properties.title = "jane"
    made.save(tmp_path / "made.xlsx")
    data = (tmp_path / "made.xlsx").read_bytes()
    found = plan(tmp_path / "a.xlsx", data, {"body": "text"})
    assert {one.name for one in found.dropped} == {"properties", "comments", "pictures"}
    assert {one.reason for one in found.dropped} == {"rule"}
    out = written(tmp_path, found.shards)
    with zipfile.ZipFile(out) as archive:
        assert not any("docProps" in name or "comment" in name for name in archive.namelist())
        assert {info.date_time[0] for info in archive.infolist()} == {1980}
        assert not [one for one in archive.namelist() if b"jane" in archive.read(one).lower()]
    assert values(out) == {"Sheet1": [["body"], ["hello"]]}


def test_damaged_ids(tmp_path: Path) -> None:
    """An id kept as a number has lost digits: file, sheet, column and row are named."""
    rows: list[list[Any]] = [
        ["tweet_id", "user_username", "text"],
        [1256152211234567891, "jo", "a"],
    ]
    found = plan(tmp_path / "a.xlsx", book({"x": rows}))
    with pytest.raises(FormatError, match=r"a\.xlsx, sheet 1: column 'tweet_id', row 1"):
        documents(found.shards[0])
    rows = [rows[0], ["1256152211234567891", "jo", "a"]]
    assert documents(plan(tmp_path / "a.xlsx", book({"x": rows})).shards[0])[0].id == rows[1][0]


def test_columns(tmp_path: Path) -> None:
    """Columns may be named sheet by sheet; a proposal names sheet and columns, no value."""
    data = book({"x": [["Jane Roe", "body"], [1, "hello"]], "y": [["text"], ["bye"]]})
    with pytest.raises(FormatError, match=r"sheet 1: no known table.* --columns") as caught:
        plan(tmp_path / "a.xlsx", data)
    assert "Jane" not in str(caught.value)
    found = plan(tmp_path / "a.xlsx", data, {"body": "text", "text": "text"})
    assert [len(documents(one)) for one in found.shards if one.options] == [1, 1]
    with pytest.raises(UsageError, match="in no sheet"):
        plan(tmp_path / "a.xlsx", data, {"body": "text", "nowhere": "text"})
    with pytest.raises(UsageError, match="not there"):
        plan(tmp_path / "a.xlsx", data, {"nowhere": "text"})


def test_cells_beyond_the_header(tmp_path: Path) -> None:
    """A cell in a column without a header is unknown, wherever it begins."""
    rows: list[list[Any]] = [["body"], ["a"], ["b", None, "jane"]]
    shard = plan(tmp_path / "a.xlsx", book({"x": rows}), {"body": "text"}).shards[0]
    first, second = documents(shard)
    assert [one.kind for one in first.fields] == [""]
    assert [(one.path, one.kind) for one in second.fields][1:] == [(("column-3",), "unknown")]
    assert b"jane" not in FORMAT.rebuild(second, same(second))


def test_cells() -> None:
    """A new value has the type of the old one if it can, else it is a string."""
    assert cell(3, "5") == "<c><v>5</v></c>"
    assert "inlineStr" in cell(3, "10-20")
    assert cell(None, "") == cell("a", "") == "<c/>"
    assert cell(WHEN, "2019-05-01 09:30:00") == '<c s="1"><v>43586.395833333336</v></c>'
    assert cell(date(2020, 5, 1), "2019-05-01") == '<c s="2"><v>43586</v></c>'
    assert "inlineStr" in cell(WHEN, "May 2019")
    assert "a&amp;\ufffd" in cell("b", "a&\x00")
    assert shown(1.69705e18) == "1.69705e+18"


@pytest.mark.parametrize("at", [0, 30, 400, 2000, -40, -900])
def test_damage(tmp_path: Path, at: int) -> None:
    """A damaged workbook is a format error or reads on, and says nothing of what it holds."""
    data = bytearray(book({"x": [EDGES, *[EDGE] * 40]}))
    data[at : at + 20] = b"\xff" * 20 if at >= 0 else data[at : at + 20]
    data = data if at >= 0 else data[:at]
    try:
        for shard in plan(tmp_path / "a.xlsx", bytes(data)).shards:
            list(FORMAT.read(shard))
    except FormatError as error:
        assert "a.xlsx" in str(error)  # noqa: PT017 - it may also be whole
        assert "anna" not in str(error)  # noqa: PT017


@pytest.mark.parametrize("part", ["docProps/core.xml", "xl/workbook.xml", "xl/styles.xml"])
def test_what_is_no_xml(tmp_path: Path, part: str) -> None:
    """A part that is no XML is a format error, whichever parser meets it."""
    path = tmp_path / "a.xlsx"
    with (
        zipfile.ZipFile(io.BytesIO(book({"x": [EDGES, EDGE]}))) as whole,
        zipfile.ZipFile(path, "w") as archive,
    ):
        for name in whole.namelist():
            archive.writestr(name, b'<a b="<anna"' if name == part else whole.read(name))
    with pytest.raises(FormatError, match="not a readable workbook") as caught:
        plan(path, path.read_bytes())
    assert "anna" not in str(caught.value)


def test_refused(tmp_path: Path) -> None:
    """Locked and empty workbooks are refused, and what is no workbook; others are not claimed."""
    path = tmp_path / "a.xlsx"
    with pytest.raises(FormatError, match="locked"):
        plan(path, b"\xd0\xcf\x11\xe0" + b"\0" * 600)
    with pytest.raises(FormatError, match="empty"):
        plan(path, book({"x": []}))
    assert FORMAT.claims(source_of(path, b"PK\x03\x04"))
    assert not FORMAT.claims(source_of(tmp_path / "a.zip", b"PK\x03\x04"))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "jane")
    with pytest.raises(FormatError, match="not a readable workbook"):
        plan(path, path.read_bytes())


def test_far_row(tmp_path: Path) -> None:
    """A row with an impossible number is an error, and nothing is waited for."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book({"x": [EDGES, EDGE]}))) as made,
        zipfile.ZipFile(buffer, "w") as out,
    ):
        for name in made.namelist():
            part = made.read(name)
            out.writestr(name, part.replace(b'<row r="2"', b'<row r="999999999999"'))
    shard = plan(tmp_path / "a.xlsx", buffer.getvalue()).shards[0]
    with pytest.raises(FormatError, match="more rows"):
        list(FORMAT.read(shard))


def test_missing_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without openpyxl the message says what to install."""
    data = book({"x": [EDGES, EDGE]})
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(EngineError, match=r"anonymize\[xlsx\]"):
        plan(tmp_path / "a.xlsx", data)
