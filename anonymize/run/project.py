"""The project folder: settings and roster in the open, everything personal below `private/`.

```
STUDY/
  project.yaml      title, creators, licence, packs, columns …
  people.csv        the roster
  private/          mode 0700; never inside a shared folder
    key             the project key (0600)
    vault.sqlite    who is who, sealed row by row
    scans/          offsets found and sealed mentions, two files a shard
    receipts/       proof of finished work
    plans/          what workers on a cluster are to do, sealed; gone afterwards
    released/       what the latest release of each tier was made from, sealed
    orders/         runs done in parts, sealed, until they are gathered
    staging/        what is being written; gone after success
    audit.jsonl     private audit: runs and re-identifications, with their times
```
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from anonymize.errors import UsageError, WorkspaceError
from anonymize.model.keys import Keys
from anonymize.rulepacks import roster as rosters
from anonymize.rulepacks import study as studies
from anonymize.run import keyfile

_PATIENCE = 5.0
"""Seconds to wait for a lock that others share."""


@dataclass(frozen=True, slots=True)
class Workspace:
    """The paths of a project folder; opens nothing.

    Attributes:
        root: The project folder.
    """

    root: Path

    @property
    def settings(self) -> Path:
        """`project.yaml`."""
        return self.root / "project.yaml"

    @property
    def people(self) -> Path:
        """`people.csv`, the roster."""
        return self.root / "people.csv"

    @property
    def private(self) -> Path:
        """The private folder."""
        return self.root / "private"

    @property
    def key(self) -> Path:
        """The key file."""
        return self.private / "key"

    @property
    def vault(self) -> Path:
        """The identity store."""
        return self.private / "vault.sqlite"

    @property
    def staging(self) -> Path:
        """Where a release grows until it is verified."""
        return self.private / "staging"

    @property
    def scans(self) -> Path:
        """What scanning leaves."""
        return self.private / "scans"

    @property
    def receipts(self) -> Path:
        """Proof of finished work."""
        return self.private / "receipts"

    @property
    def plans(self) -> Path:
        """What workers on a cluster are to do."""
        return self.private / "plans"

    @property
    def orders(self) -> Path:
        """Runs that are done in parts."""
        return self.private / "orders"

    def keys(self, passphrase: str | None = None) -> Keys:
        """Return the project's keys after checking that nobody else can read them.

        Raises:
            SecretError: See `keyfile.load`.
        """
        if self.private.is_dir():
            keyfile.check_private(self.private)
        return keyfile.load(self.key, passphrase)


def create(root: Path, passphrase: str | None = None) -> Workspace:
    """Make a project folder with a fresh key.

    Raises:
        WorkspaceError: If there is a project already.
        UsageError: If the folder cannot be made.
    """
    space = Workspace(root)
    if space.settings.exists() or space.private.exists():
        raise WorkspaceError(f"{root}: there is a project already")
    try:
        root.mkdir(parents=True, exist_ok=True)
        space.private.mkdir(mode=0o700)
        space.private.chmod(0o700)
        keyfile.create(space.key, passphrase)
        for path, text in (
            (space.settings, studies.TEMPLATE),
            (space.people, rosters.TEMPLATE),
        ):
            if not path.exists():
                path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"{root}: cannot make a project there: {error.strerror}") from None
    return space


def locate(root: Path) -> Workspace:
    """Return the project at `root`.

    Raises:
        WorkspaceError: If there is none.
    """
    space = Workspace(root)
    if not space.settings.is_file() or not space.private.is_dir():
        raise WorkspaceError(f"{root}: no project here; make one with: anonymize init {root}")
    return space


@contextlib.contextmanager
def locked(space: Workspace, *, shared: bool = False) -> Iterator[None]:
    """Hold the project for one process; the operating system lets go when it dies.

    An exclusive SQLite transaction is the one lock the standard library has on every system,
    and a reading one lets others read.

    Args:
        space: The project.
        shared: Hold it together with others who do the same, against those who do not.

    Raises:
        WorkspaceError: If another process holds it.
    """
    lock = space.private / "lock"
    # Made with its mode, not given it later.
    os.close(os.open(lock, os.O_RDWR | os.O_CREAT, 0o600))
    # Whoever is refused an exclusive lock has for a moment kept out those who share it.
    connection = sqlite3.connect(lock, timeout=_PATIENCE if shared else 0, isolation_level=None)
    try:
        connection.execute("BEGIN" if shared else "BEGIN EXCLUSIVE")
        if shared:
            connection.execute("SELECT * FROM sqlite_master").fetchall()
    except sqlite3.OperationalError as error:
        connection.close()
        if "locked" in str(error):
            raise WorkspaceError(f"{space.root}: another run holds this project") from None
        raise WorkspaceError(f"{space.root}: private/lock cannot be locked") from None
    except sqlite3.DatabaseError:
        connection.close()
        raise WorkspaceError(f"{space.root}: private/lock is damaged; remove it") from None
    try:
        yield
    finally:
        connection.rollback()
        connection.close()


def note(space: Workspace, event: Mapping[str, object]) -> None:
    """Append an event with its wall-clock time to the private audit."""
    line = {"time": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"), **event}
    target = space.private / "audit.jsonl"
    handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "ab") as file:
        file.write(json.dumps(line, ensure_ascii=False, sort_keys=True).encode() + b"\n")


def clear_staging(space: Workspace) -> None:
    """Remove whatever an earlier run left in staging."""
    if space.staging.exists():
        shutil.rmtree(space.staging)
