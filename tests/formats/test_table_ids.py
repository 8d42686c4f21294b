"""Tests of ids that lost digits, and of what is proposed for a table nobody knows."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.errors import FormatError
from anonymize.formats.table_columns import ROLES, columns_of
from anonymize.formats.table_ids import IdWatch
from anonymize.formats.table_proposal import propose
from anonymize.formats.tables import FORMAT
from tests.formats.table_cases import delimited
from tests.formats.transcript_cases import read_all, shard_of, whole

_NEWEST = 1_950_000_000_000_000_000


def _ids(count: int, *, seed: int, first: int = 10**17, sequence: int = 40) -> list[int]:
    """Return ids of posts: times and workers at random, small sequence numbers."""
    draw = random.Random(seed)
    return [
        (draw.randrange(first, _NEWEST) >> 22 << 22)
        + (draw.randrange(1024) << 12)
        + draw.randrange(sequence)
        for _ in range(count)
    ]


def _damaged(values: list[str]) -> bool:
    watch = IdWatch("a.csv")
    try:
        for row, value in enumerate(values, 1):
            watch.see("column 'id'", value, row)
        watch.close()
    except FormatError:
        return True
    return False


@given(st.integers(0, 2**32), st.integers(1, 400), st.sampled_from([1, 2, 40, 4096]))
def test_whole_ids(seed: int, count: int, sequence: int) -> None:
    """Ids as X gives them, old and new, are never taken for damaged."""
    ids = _ids(count, seed=seed, sequence=sequence)
    if count == 1 and not str(ids[0])[15:].strip("0"):
        return
    assert not _damaged([str(one) for one in ids])


@given(st.integers(0, 2**32), st.integers(6, 200))
def test_rounded_ids(seed: int, count: int) -> None:
    """Rounded ids are told in every form programs leave them in."""
    ids = _ids(count, seed=seed, first=10**18, sequence=4096)
    assert _damaged([f"{one:.5E}" for one in ids])
    assert _damaged([f"{one // 10**4 * 10**4}" for one in ids])
    assert _damaged([f"{one // 10**3 * 10**3}" for one in ids])
    assert _damaged([repr(float(one)) for one in ids])
    assert _damaged([f"{float(one):.1f}" for one in ids])
    if sum(one % 4096 >= 128 for one in ids) >= count // 2 + 4:
        assert _damaged([f"{float(one):.0f}" for one in ids])


@pytest.mark.parametrize("value", ["1.23E+17", "1,23E+17", "1.69e18", "1697051672621597026.0"])
def test_damaged_column(tmp_path: Path, value: str) -> None:
    """The message names file, column and first row, and no id; the column can be left out."""
    header = ["tweet_id", "user_username", "text", "in_reply_to_user_id"]
    data = delimited(header, ["12", "jo", "a", ""], ["13", "jo", "b", value]).encode()
    path = tmp_path / "a.csv"
    with pytest.raises(FormatError, match=r"a\.csv: column 'in_reply_to_user_id', row 2") as caught:
        read_all(FORMAT, shard_of(FORMAT, path, data))
    assert value not in str(caught.value)
    assert "--columns drop=in_reply_to_user_id" in str(caught.value)
    shard = shard_of(FORMAT, path, data, {"in_reply_to_user_id": "drop"})
    assert whole(FORMAT, shard) == b"tweet_id,user_username,text\n12,jo,a\n13,jo,b\n"


def test_damaged_whole_numbers(tmp_path: Path) -> None:
    """A column of ids that all end in zeros is refused at its end."""
    rows = [[str(one // 10**4 * 10**4), "jo", "a"] for one in _ids(9, seed=1, first=10**18)]
    data = delimited(["tweet_id", "user_username", "text"], *rows).encode()
    with pytest.raises(FormatError, match=r"column 'tweet_id', row 1"):
        read_all(FORMAT, shard_of(FORMAT, tmp_path / "a.csv", data))


def test_small_ids_survive_floats(tmp_path: Path) -> None:
    """An old account's id in a column of floats is that id."""
    data = b"tweet_id,user_username,text,in_reply_to_user_id\n12,jo,a,44196397.0\n"
    shard = shard_of(FORMAT, tmp_path / "a.csv", data)
    (document,), _ = read_all(FORMAT, shard)
    assert document.fields[-1].value == "44196397"
    assert whole(FORMAT, shard) == data


ROWS = [
    [
        str(1697051672621597026 + 3 * at),
        "@anna_k",
        "Anna Bell",
        "2020-05-01 09:30",
        "this is what she wrote about the school in our town",
        f"anna{at}@school.example",
        "https://school.example/a",
        str(at),
        "Jane Roe",
    ]
    for at in range(5)
]


def test_proposal() -> None:
    """Roles are told from values; a header that may be data is named by its number."""
    header = ["tweet id", "from", "Who", "When", "Tweet", "mail", "link", "likes", "Jane Roe"]
    assert propose(header, ROWS) == (
        "--columns id='tweet id',handle=from,name=Who,date=When,text=Tweet,email=mail,url=link,"
        "count=likes,name=#9"
    )
    assert propose(["a", "a"], [["x", "y"]]) == ""
    assert propose(["user id"], [["1697051672621597026"]]) == "--columns user='user id'"
    assert propose(["lang", "city"], [["en", "Leeds"]]) == "--columns code=lang,place=city"


def test_proposal_is_shown_and_not_assumed(tmp_path: Path) -> None:
    """A table nobody knows is refused, with a line that would do; no value is in the message."""
    header = ["tweet id", "from", "Who", "When", "Tweet", "mail", "link", "likes", "Jane Roe"]
    data = delimited(header, *ROWS).encode()
    with pytest.raises(FormatError, match="handle=from") as caught:
        shard_of(FORMAT, tmp_path / "a.csv", data)
    said = str(caught.value)
    assert not [cell for row in ROWS for cell in row if len(cell) > 1 and cell in said]
    assert "Jane" not in said


def test_columns_by_number(tmp_path: Path) -> None:
    """A column named by its number is written under one, for its header may be data."""
    data = b"12,Jane Roe\n13,hello\n"
    shard = shard_of(FORMAT, tmp_path / "a.csv", data, {"#1": "id", "#2": "text"})
    (document,), _ = read_all(FORMAT, shard)
    assert shard.head == b"column-1,column-2\n"
    assert [one.path for one in document.fields] == [("column-1",), ("column-2",)]


@given(st.lists(st.text(max_size=8), min_size=1, max_size=4), st.data())
def test_any_proposal(header: list[str], data: st.DataObject) -> None:
    """Whatever stands in a table, a proposal has role words only and shows no cell."""
    width = len(header)
    rows = data.draw(st.lists(st.lists(st.text(max_size=20), min_size=width, max_size=width)))
    said = propose(header, rows)
    pairs = said.removeprefix("--columns ").split(",") if said else []
    assert all(pair.partition("=")[0] in ROLES.split() for pair in pairs)
    with pytest.raises(FormatError):
        columns_of(["zz", *header], (), "a.csv", [["q", *row] for row in rows])
