"""Tests of Parquet tables."""

from __future__ import annotations

import io
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.errors import EngineError, FormatError
from anonymize.formats.base import Texts
from anonymize.formats.parquet import FORMAT
from anonymize.formats.table_reader import ALL_COLUMNS
from anonymize.model.documents import Document, Shard
from anonymize.model.fields import Role
from anonymize.verify.contents import Content, Name, contents
from anonymize.verify.parquet import Values, is_parquet
from tests.formats.transcript_cases import read_all, same, shard_of, source_of

pa = pytest.importorskip("pyarrow", reason="the extra parquet is not installed")
pq = pytest.importorskip("pyarrow.parquet")

WHEN = datetime(2020, 5, 1, 9, 30, tzinfo=UTC)
TWEETS = {
    "tweet_id": pa.array([1256152211234567891, 1256152211234567901], pa.int64()),
    "user_username": pa.array(["anna_k", "ben_b"]),
    "text": pa.array(["hi @ben_b", None], pa.large_string()),
    "created_at": pa.array([WHEN, None], pa.timestamp("us", tz="UTC")),
    "like_count": pa.array([1, None], pa.int32()),
    "user_name": pa.array(["Anna", "Ben"]).dictionary_encode(),
    "source": pa.array(["x", "x"]),
    "hobbies": pa.array([["a", "b"], None], pa.list_(pa.string())),
}


def parquet(columns: dict[str, Any], **options: Any) -> bytes:
    """Return a file of columns, with metadata of its own."""
    table = pa.table(columns).replace_schema_metadata({"by": "Jane Roe"})
    buffer = io.BytesIO()
    pq.write_table(table, buffer, **options)
    return buffer.getvalue()


def written(shard: Shard, folder: Path, texts: dict[int, Texts] | None = None) -> Any:
    """Return the table a shard makes, unchanged but for some texts by row."""
    documents, _ = read_all(FORMAT, shard)
    rows = [
        FORMAT.rebuild(one, {**same(one), **(texts or {}).get(at, {})})
        for at, one in enumerate(documents)
    ]
    joined = folder / "joined"
    joined.write_bytes(shard.head + shard.between.join(rows) + shard.tail)
    FORMAT.finish(shard, str(joined), str(folder / "out.parquet"))
    return pq.read_table(folder / "out.parquet")


def whole(shard: Shard) -> Shard:
    """Return a shard that writes all columns."""
    return replace(shard, options=tuple(sorted((*shard.options, ALL_COLUMNS))))


def test_roles(tmp_path: Path) -> None:
    """Columns are known as those of other tables; values are read as text, null as nothing."""
    shard = shard_of(FORMAT, tmp_path / "a.parquet", parquet(TWEETS))
    (first, second), problems = read_all(FORMAT, shard)
    fields = {one.path[0]: one for one in first.fields}
    assert not problems
    assert first.id == "1256152211234567891"
    assert fields["created_at"].value == "2020-05-01 09:30:00Z"
    assert fields["user_name"].role is Role.NAME
    assert fields["column-8"].kind == "unknown"
    assert [one.path[0] for one in second.fields] == [
        "tweet_id",
        "user_username",
        "user_name",
        "source",
    ]


def test_types_stay(tmp_path: Path) -> None:
    """Types stay where the new values are of them; ids become strings; metadata is gone."""
    shard = shard_of(FORMAT, tmp_path / "a.parquet", parquet(TWEETS))
    new: Texts = {
        ("tweet_id",): "kq4z",
        ("like_count",): "0",
        ("created_at",): "2019-05-03 09:30:00Z",
    }
    out = written(shard, tmp_path, {0: new})
    assert dict(zip(out.schema.names, map(str, out.schema.types), strict=True)) == {
        "tweet_id": "string",
        "user_username": "string",
        "text": "large_string",
        "created_at": "timestamp[us, tz=UTC]",
        "like_count": "int32",
        "user_name": "string",
    }
    assert out.schema.metadata is None
    assert out["tweet_id"].to_pylist() == ["kq4z", "1256152211234567901"]
    assert out["created_at"][0].as_py() == datetime(2019, 5, 3, 9, 30, tzinfo=UTC)
    assert out["text"].to_pylist() == ["hi @ben_b", None]
    coarse = written(shard, tmp_path, {0: {("created_at",): "2019-05", ("like_count",): "1-9"}})
    assert str(coarse.schema.field("created_at").type) == "string"
    assert str(coarse.schema.field("like_count").type) == "string"


_TYPES = st.sampled_from(
    [
        (pa.int64(), st.integers(-(2**63), 2**63 - 1)),
        (pa.uint8(), st.integers(0, 255)),
        (pa.float64(), st.floats(allow_nan=False, allow_infinity=False)),
        (pa.bool_(), st.booleans()),
        (pa.string(), st.text(st.characters(exclude_categories=["Cs"]), max_size=6)),
        (pa.large_string(), st.text(st.characters(exclude_categories=["Cs"]), max_size=6)),
        (pa.date32(), st.dates(date(1900, 1, 1), date(2100, 1, 1))),
        (pa.timestamp("us"), st.datetimes(datetime(1900, 1, 1), datetime(2100, 1, 1))),  # noqa: DTZ001
        (pa.decimal128(12, 3), st.decimals(-(10**6), 10**6, places=3)),
        (pa.list_(pa.int64()), st.lists(st.integers(0, 9), max_size=3)),
        (
            pa.struct([("a", pa.string())]),
            st.fixed_dictionaries({"a": st.text("ab'\"", max_size=3)}),
        ),
    ],
)


@given(st.data())
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """A file written with all its columns holds the same values of the same types."""
    folder = tmp_path_factory.mktemp("parquet")
    count = data.draw(st.integers(1, 4))
    columns: dict[str, Any] = {"body": pa.array(["a"] * count)}
    for at in range(data.draw(st.integers(1, 3))):
        kind, values = data.draw(_TYPES)
        cells = data.draw(st.lists(values | st.none(), min_size=count, max_size=count))
        columns[f"c{at}"] = pa.array(cells, kind)
    made = parquet(columns, row_group_size=2)
    shard = whole(shard_of(FORMAT, folder / "a.parquet", made, {"body": "text"}))
    out = written(shard, folder)
    # Names nobody vouches for are replaced.
    assert [one.to_pylist() for one in out.columns] == [
        pa.chunked_array([one]).to_pylist() for one in columns.values()
    ]
    assert list(out.schema.types) == [one.type for one in columns.values()]


def test_damaged_ids(tmp_path: Path) -> None:
    """A column of floats that holds ids is refused, with its name and the first row."""
    columns = {**TWEETS, "in_reply_to_user_id": pa.array([None, 1256152211234567891.0])}
    shard = shard_of(FORMAT, tmp_path / "a.parquet", parquet(columns))
    with pytest.raises(FormatError, match=r"a\.parquet: column 'in_reply_to_user_id', row 2"):
        read_all(FORMAT, shard)


def test_values_beyond_python(tmp_path: Path) -> None:
    """A duration longer than any Python knows is damage."""
    columns = {**TWEETS, "length": pa.array([2**62, None], pa.duration("s"))}
    with pytest.raises(FormatError, match="cannot be read to its end"):
        shard_of(FORMAT, tmp_path / "a.parquet", parquet(columns))


def test_unknown(tmp_path: Path) -> None:
    """A table nobody knows is refused with a proposal; damage is a format error."""
    path = tmp_path / "a.parquet"
    with pytest.raises(FormatError, match="count=likes"):
        shard_of(FORMAT, path, parquet({"likes": pa.array([1, 2])}))
    data = parquet(TWEETS)
    for cut in (10, 100, len(data) - 1):
        with pytest.raises(FormatError, match="not a readable"):
            shard_of(FORMAT, path, data[:cut])
    assert FORMAT.claims(source_of(path, data))
    assert not FORMAT.claims(source_of(tmp_path / "a.txt", b"PAR1 is a word"))


def test_leak_search_reads_values(tmp_path: Path) -> None:
    """What stands in a file, whatever packs it, is given as text; so is what it says of itself."""
    (tmp_path / "a.parquet").write_bytes(parquet(TWEETS, compression="zstd"))
    found = list(contents(tmp_path))
    names = "\n".join(one.text for one in found if isinstance(one, Name))
    assert "Jane Roe" in names
    assert "user_username" in names
    with (tmp_path / "a.parquet").open("rb") as stream:
        assert is_parquet(stream)
        text = Values(stream).read().decode().splitlines()
    assert {"1256152211234567891", "anna_k", "hi @ben_b"} <= set(text)
    (tmp_path / "b.txt").write_bytes(b"PAR1 is a word")
    assert sum(isinstance(one, Content) for one in contents(tmp_path)) == 2


def test_withheld(tmp_path: Path) -> None:
    """A row withheld is not written."""
    shard = shard_of(FORMAT, tmp_path / "a.parquet", parquet(TWEETS))
    document = next(one for one in FORMAT.read(shard) if isinstance(one, Document))
    assert FORMAT.rebuild(document, same(document), frozenset({0})) == b""


def test_missing_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pyarrow the message says what to install."""
    data = parquet(TWEETS)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(EngineError, match=r"anonymize\[parquet\]"):
        shard_of(FORMAT, tmp_path / "a.parquet", data)
