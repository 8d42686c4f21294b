"""The project folder keeps what is personal apart and to itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from anonymize.errors import SecretError, WorkspaceError
from anonymize.run import project

HOLD = """
import sys
from pathlib import Path
from anonymize.run import project
with project.locked(project.locate(Path(sys.argv[1]))):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_project_is_made_and_found(tmp_path: Path) -> None:
    """A new project has settings, a roster and a private folder with a key."""
    space = project.create(tmp_path / "study")

    assert project.locate(tmp_path / "study") == space
    assert {p.name for p in space.root.iterdir()} == {"project.yaml", "people.csv", "private"}
    assert space.keys().id()


@pytest.mark.skipif(os.name != "posix", reason="permission bits are POSIX")
def test_a_private_folder_open_to_others_is_refused(tmp_path: Path) -> None:
    """The private folder is born 0700; a key below an open folder is not used."""
    space = project.create(tmp_path / "study")
    assert space.private.stat().st_mode & 0o777 == 0o700

    space.private.chmod(0o755)
    with pytest.raises(SecretError, match="readable by others"):
        space.keys()


def test_a_project_is_not_made_twice(tmp_path: Path) -> None:
    """A second `init` leaves the first project alone."""
    space = project.create(tmp_path / "study")
    key = space.key.read_bytes()

    with pytest.raises(WorkspaceError, match="already"):
        project.create(tmp_path / "study")
    assert space.key.read_bytes() == key


def test_no_project_is_said(tmp_path: Path) -> None:
    """A folder that is no project is named with the way to make one."""
    with pytest.raises(WorkspaceError, match="anonymize init"):
        project.locate(tmp_path)


def test_one_run_at_a_time(tmp_path: Path) -> None:
    """While a process holds the project no other gets it; when it is killed, the next does."""
    space = project.create(tmp_path / "study")
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(space.root)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert holder.stdout is not None
    assert holder.stdin is not None
    holder.stdout.readline()
    with pytest.raises(WorkspaceError, match="another run"), project.locked(space):
        pass

    holder.kill()
    holder.wait()
    holder.stdout.close()
    holder.stdin.close()
    with project.locked(space):
        pass
