"""The tables of the identity store, and how trouble with them is told."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from anonymize.errors import WorkspaceError

SCHEMA = """
CREATE TABLE blobs (name TEXT PRIMARY KEY, sealed BLOB NOT NULL);
CREATE TABLE persons (
  seq INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE,
  merged TEXT NOT NULL DEFAULT '', sealed BLOB NOT NULL);
CREATE TABLE nodes (ix BLOB PRIMARY KEY, person TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE names (ix BLOB PRIMARY KEY, person TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE ids (ix BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE words (ix BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE known (ix BLOB PRIMARY KEY, sealed BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE surrogates (
  tier BLOB NOT NULL, person TEXT NOT NULL, sealed BLOB NOT NULL, PRIMARY KEY (tier, person));
CREATE TABLE taken (
  tier BLOB NOT NULL, ix BLOB NOT NULL, person TEXT NOT NULL,
  PRIMARY KEY (tier, ix, person)) WITHOUT ROWID;
CREATE TABLE history (seq INTEGER PRIMARY KEY AUTOINCREMENT, sealed BLOB NOT NULL);
PRAGMA user_version = 1;
"""
VERSION = 1


@contextmanager
def guarded() -> Iterator[None]:
    """Tell database trouble without its text."""
    try:
        yield
    except sqlite3.OperationalError:
        raise WorkspaceError("the identity store is in use or cannot be written") from None
    except sqlite3.DatabaseError:
        raise WorkspaceError("the identity store is damaged") from None
