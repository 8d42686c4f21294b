"""A SQLite file whose content columns are sealed row by row, looked up by keyed digests."""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

from anonymize.errors import SecretError, WorkspaceError
from anonymize.link.sealing import seal, unseal
from anonymize.link.tables import SCHEMA, VERSION, guarded
from anonymize.model.keys import Keys

_TOGETHER = 256 * 1024
_INDEX = 16
"""Bytes of a digest kept: 2^64 values before two are likely to meet."""


class SealedDatabase:
    """One sealed file; use as a context manager or call `close`.

    Args:
        path: Of the SQLite file, in the private folder.
        keys: Keys of the project.
        write: Whether this process changes it; it is then made where there is none.

    Raises:
        SecretError: If it was written with another key.
        WorkspaceError: If there is none to read, or it is damaged or in use.
    """

    def __init__(self, path: Path, keys: Keys, *, write: bool = False) -> None:
        self._keys = keys
        if write and not path.exists():
            # Made with its mode, not given it later.
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        if not path.is_file():
            raise WorkspaceError("the project has no identity store yet")
        uri = path.resolve().as_uri() + ("?mode=rw" if write else "?mode=ro")
        with guarded():
            self._db = sqlite3.connect(uri, uri=True, isolation_level=None)
        try:
            with guarded():
                self._prepare(write=write)
        except (WorkspaceError, SecretError):
            self._db.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def _prepare(self, *, write: bool) -> None:
        self._db.execute("PRAGMA temp_store = MEMORY")
        if write:
            self._db.execute("PRAGMA journal_mode = DELETE")
            if self._value("PRAGMA user_version") == 0:
                self._db.executescript(f"BEGIN EXCLUSIVE;{SCHEMA}")
                self._put_blob("check", b"")
                self._db.execute("COMMIT")
        if self._value("PRAGMA user_version") != VERSION:
            raise WorkspaceError("the identity store is damaged or of another version")
        if self._blob("check") is None:
            raise WorkspaceError("the identity store is damaged")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make everything written inside appear at once, or not at all."""
        with guarded():
            self._db.execute("BEGIN IMMEDIATE")
            whole = False
            try:
                yield
                whole = True
            finally:
                if self._db.in_transaction:
                    self._db.execute("COMMIT" if whole else "ROLLBACK")
                self._forget()

    def _forget(self) -> None:
        """Drop answers kept in memory; called after every transaction."""

    def _seal(self, purpose: str, data: bytes, row: str) -> bytes:
        return seal(self._keys, purpose, data, row=row)

    def _unseal(self, purpose: str, sealed: bytes, row: str) -> bytes:
        return unseal(self._keys, purpose, sealed, row=row)

    def _put_blob(self, name: str, data: bytes) -> None:
        sealed = self._seal("identity store", zlib.compress(data), name)
        self._db.execute("INSERT OR REPLACE INTO blobs VALUES (?, ?)", (name, sealed))

    def _put_lines(self, name: str, lines: Iterable[bytes]) -> None:
        """Write as many lines as there may be, some hundred kilobytes in each blob."""
        self._db.execute("DELETE FROM blobs WHERE name = ? OR name GLOB ?", (name, f"{name}/*"))
        held: list[bytes] = []
        number = size = 0
        for line in lines:
            held.append(line)
            size += len(line)
            if size >= _TOGETHER:
                self._put_blob(f"{name}/{number}", b"".join(held))
                held, size, number = [], 0, number + 1
        self._put_blob(f"{name}/{number}", b"".join(held))

    def _lines(self, name: str) -> bytes:
        """Return all lines of a name."""
        number, found = 0, [self._blob(name) or b""]
        while (data := self._blob(f"{name}/{number}")) is not None:
            found.append(data)
            number += 1
        return b"".join(found)

    def _blob(self, name: str) -> bytes | None:
        sealed = self._value("SELECT sealed FROM blobs WHERE name = ?", name)
        if sealed is None:
            return None
        return zlib.decompress(self._unseal("identity store", sealed, name))

    def _index(self, table: str, value: str) -> bytes:
        return self._keys.mac(f"index/{table}", value)[:_INDEX]

    def _rows(self, sql: str, *args: object) -> list[tuple[Any, ...]]:
        with guarded():
            return self._db.execute(sql, args).fetchall()

    def _each(self, sql: str) -> Iterator[tuple[Any, ...]]:
        """Yield rows one by one: of some tables there are as many as posts."""
        with guarded():
            yield from self._db.execute(sql)

    def _value(self, sql: str, *args: object) -> Any:
        found = self._rows(sql, *args)
        return found[0][0] if found else None
