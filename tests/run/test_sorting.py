"""Sorting on disk: the order of a sort in memory, and nothing left behind."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from anonymize.run.sorting import ordered


@settings(max_examples=40)
@given(st.lists(st.tuples(st.binary(max_size=3), st.tuples(st.integers(0, 9)))))
def test_order_is_that_of_a_stable_sort(rows: list[tuple[bytes, tuple[int, ...]]]) -> None:
    """Keys are compared as bytes, and rows of one key stay in the order in which they came."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "order"
        assert list(ordered(rows, path)) == sorted(rows, key=lambda row: row[0])
        assert not path.exists()


def test_a_file_left_behind_does_not_count(tmp_path: Path) -> None:
    """What a killed run left is not read."""
    path = tmp_path / "order"
    begun = ordered([(b"b", (1,)), (b"a", (2,))], path)
    next(begun)
    path.write_bytes(b"not a database")
    assert list(ordered([(b"z", ())], path)) == [(b"z", ())]
