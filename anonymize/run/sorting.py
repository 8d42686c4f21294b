"""Sorting on disk: what is put in order is as much as the records of a run, and never held."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path


def ordered(
    rows: Iterable[tuple[bytes, tuple[int, ...]]],
    path: Path,
) -> Iterator[tuple[bytes, tuple[int, ...]]]:
    """Yield rows by their keys as bytes, those of one key in the order in which they came.

    Args:
        rows: A key and some numbers, as many in each row.
        path: A file that is made for the purpose, and is gone when the last row was yielded.
    """
    path.unlink(missing_ok=True)  # of a run that was killed here
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            # Whatever becomes of this file, it is never read again.
            database.execute("PRAGMA journal_mode = OFF")
            database.execute("PRAGMA synchronous = OFF")
            database.execute(
                "CREATE TABLE rows (key BLOB, at INTEGER, held TEXT, PRIMARY KEY (key, at))"
                " WITHOUT ROWID"
            )
            database.execute("BEGIN")
            database.executemany(
                "INSERT INTO rows VALUES (?, ?, ?)",
                ((key, at, " ".join(map(str, held))) for at, (key, held) in enumerate(rows)),
            )
            database.execute("COMMIT")
            for key, held in database.execute("SELECT key, held FROM rows ORDER BY key, at"):
                yield key, tuple(map(int, held.split()))
    finally:
        path.unlink(missing_ok=True)
