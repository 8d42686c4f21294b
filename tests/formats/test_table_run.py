"""Whole runs over tables of every known program, in every kind of file."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from anonymize.formats.column_types import Column
from anonymize.formats.table_columns import TWARC
from anonymize.formats.table_exports import ACADEMIC, FOURCAT
from anonymize.formats.table_nodexl import EDGES, VERTICES
from tests.acceptance.running import call, found
from tests.canaries import Canaries
from tests.formats.table_cases import TABLES, Cells, delimited

openpyxl = pytest.importorskip("openpyxl", reason="the extra xlsx is not installed")
pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
pq = pytest.importorskip("pyarrow.parquet")


def _write(folder: Path) -> tuple[dict[str, str], int]:
    """Write canary tables; return where each canary was put, and the number of records."""
    cells = Cells(Canaries(3000))
    for number, columns in enumerate(TABLES):
        row = cells.row(columns, f"table {number}")
        (folder / f"{number}.csv").write_text(delimited(list(row), list(row.values())), "utf-8")
    book = openpyxl.Workbook()
    book.properties.creator = cells.canaries.word("author of the workbook")
    book.active.title = cells.canaries.word("name of a sheet")
    book.active.append([cells.canaries.word("unknown sheet")])
    for name, columns in (("Edges", EDGES), ("Vertices", VERTICES)):
        row = cells.row(columns, name)
        sheet = book.create_sheet(name)
        sheet.append([])
        sheet.append(list(row))
        sheet.append(list(row.values()))
        note = openpyxl.comments.Comment(*(cells.canaries.word(f"comment {at}") for at in "ab"))
        sheet["A3"].comment = note
    book.save(folder / "net.xlsx")
    row = cells.row(ACADEMIC, "parquet")
    table = pa.table({name: [value] for name, value in row.items()})
    table = table.replace_schema_metadata({"by": cells.canaries.word("metadata of Parquet")})
    pq.write_table(table, folder / "a.parquet")
    return cells.canaries.where, len(TABLES) + 3


@pytest.mark.parametrize("policy", ["safeguarded", "open"])
def test_no_canary_is_in_the_shared_folder(tmp_path: Path, policy: str) -> None:
    """No cell's canary is in a file, name or value of the shared folder, and none is printed."""
    folder, share = tmp_path / "in", tmp_path / "share"
    folder.mkdir()
    where, count = _write(folder)
    said = call("run", folder, "--out", share, "--policy", policy, "--json")
    assert said.code == 10, said.err
    assert {where[key]: file for key, file in found(share, where).items()} == {}
    (path,) = share.glob("data/*/*.parquet")
    values = json.dumps(pq.read_table(path).to_pylist(), default=str).lower()
    assert [place for key, place in where.items() if key.lower() in values] == []
    assert [place for key, place in where.items() if key.lower() in said.everything.lower()] == []
    records = json.loads(said.out)["records"]
    # A row of a compliance table asks for a removal and is withheld.
    assert records == {"read": count, "written": count - 1, "withheld": 1}


def _row(columns: dict[str, Column], **values: str) -> dict[str, str]:
    """Return a row of a known table that says some things."""
    assert {name for name in values if name not in columns} == set()
    return {name: "" for name in columns if name} | values


def test_edges_are_the_same_in_every_table(tmp_path: Path) -> None:
    """A tweet in a CSV, a workbook, a Parquet file and 4CAT's lines is one tweet of one author."""
    folder, share = tmp_path / "in", tmp_path / "share"
    folder.mkdir()
    number, handle, text = "1256152211234567891", "anna_k_leeds", "@ben_b_york see Tess Quillham"
    twarc = _row(
        dict(TWARC),
        id=number,
        conversation_id=number,
        author_id="44196397",
        text=text,
        **{
            "author.username": handle,
            "author.name": "Tess Quillham",
            "entities.mentions": '["@ben_b_york"]',
        },
    )
    (folder / "a.csv").write_text(delimited(list(twarc), list(twarc.values())), "utf-8")
    cat = _row(dict(FOURCAT), id=number, thread_id=number, body=text, author=handle)
    cat |= {"mentions": "ben_b_york", "link": f"https://x.com/{handle}/status/{number}"}
    (folder / "b.csv").write_text(delimited(list(cat), list(cat.values()), delimiter=";"), "utf-8")
    book = openpyxl.Workbook()
    book.active.append(["Vertex 1", "Vertex 2", "Tweet", "Imported ID"])
    book.active.append([handle, "ben_b_york", text, "'" + number])
    book.save(folder / "c.xlsx")
    table = {"tweet_id": [int(number)], "user_username": [handle], "text": [text]}
    pq.write_table(pa.table(table), folder / "d.parquet")
    line = {
        "rest_id": number,
        "core": {"user_results": {"result": {"legacy": {"screen_name": handle}}}},
        "legacy": {"full_text": text, "id_str": number},
    }
    (folder / "e.ndjson").write_text(json.dumps(line), "utf-8")
    said = call("run", folder, "--out", share, "--json")
    assert said.code == 0, said.err
    assert json.loads(said.out)["records"] == {"read": 5, "written": 5, "withheld": 0}
    seen: set[tuple[str, str, str]] = set()
    for path in share.glob("data/*/table_*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            mark = ";" if "thread_id;" in stream.readline() else ","
            stream.seek(0)
            (row,) = csv.DictReader(stream, delimiter=mark)
        fields = ("id", "author.username", "text") if mark == "," else ("id", "author", "body")
        seen.add((row[fields[0]], row[fields[1]], row[fields[2]].removeprefix("'")))
        mentioned = row["entities.mentions"] if mark == "," else row["mentions"]
        assert mentioned.strip('["@]') == row[fields[2]].strip("'").split()[0].strip("@")
    (path,) = share.glob("data/*/table_*.xlsx")
    sheet = openpyxl.load_workbook(path).active
    author, _, body, own = next(sheet.iter_rows(min_row=2, values_only=True))
    seen.add((own, author, body))
    (path,) = share.glob("data/*/table_*.parquet")
    seen |= {
        (r["tweet_id"], r["user_username"], r["text"]) for r in pq.read_table(path).to_pylist()
    }
    (path,) = share.glob("data/*/tweets_*.ndjson")
    made = json.loads(path.read_text("utf-8"))
    author = made["core"]["user_results"]["result"]["legacy"]["screen_name"]
    seen.add((made["rest_id"], author, made["legacy"]["full_text"]))
    assert len(seen) == 1
