"""Acceptance point 5: a killed run leaves nothing to share and goes on where it stopped."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from anonymize import api
from anonymize.cli.main import main
from anonymize.errors import WorkspaceError
from tests.corpora import ORIGINALS, differing, standing, write_mixed

pytestmark = pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")

TWEETS, SHARD_BYTES = 240, 8000
PATIENCE = 120.0


@dataclass(frozen=True, slots=True)
class Study:
    """A project with inputs and a place for its shared folder."""

    home: Path
    inputs: tuple[Path, ...]

    @property
    def out(self) -> Path:
        """The shared folder."""
        return self.home.with_name("share")

    @property
    def said(self) -> Path:
        """What the program wrote to the terminal."""
        return self.home.with_name("said")

    @property
    def private(self) -> Path:
        """The private folder."""
        return self.home / "private"

    def command(self, workers: int = 1) -> list[str]:
        """Return the arguments of the run."""
        return [
            "run",
            *map(str, self.inputs),
            *("--out", str(self.out)),
            *("--project", str(self.home)),
            *("--shard-bytes", str(SHARD_BYTES)),
            *("--workers", str(workers)),
            "--quiet",
        ]

    def again(self) -> None:
        """Do the same in this process, whose hash seed is another."""
        api.run(list(self.inputs), out=self.out, project=self.home, shard_bytes=SHARD_BYTES)

    def receipts(self, stage: str) -> dict[str, int]:
        """Return the time of each receipt of a stage by its name."""
        folder = self.private / "receipts"
        return {path.name: path.stat().st_mtime_ns for path in folder.glob(f"{stage}-*.json")}

    def staged(self, name: str) -> bool:
        """Whether something of that name is in staging."""
        return any(self.private.glob(f"staging/*/{name}"))


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """Return a project nothing was done in, with inputs of many shards."""
    folder = tmp_path_factory.mktemp("crash")
    inputs = write_mixed(folder / "in", tweets=TWEETS)
    return Study(api.Project.create(folder / "pristine").root, tuple(inputs))


@pytest.fixture(scope="module")
def undisturbed(material: Study) -> Study:
    """Return a run nobody disturbed, on a copy of the project."""
    study = _copy(material, material.home.with_name("undisturbed"))
    study.again()
    return study


@pytest.fixture
def study(material: Study, tmp_path: Path) -> Study:
    """Return a copy of the project."""
    return _copy(material, tmp_path)


def _copy(study: Study, folder: Path) -> Study:
    shutil.copytree(study.home, folder / "study")
    return Study(folder / "study", study.inputs)


@contextmanager
def _started(study: Study, workers: int = 1) -> Iterator[subprocess.Popen[bytes]]:
    """Run the program as its users do, and let nothing of it outlive the test."""
    # A file, not a pipe: a process that outlived the run would keep a pipe open for ever.
    with study.said.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "anonymize", *study.command(workers)],
            env={**os.environ, "PYTHONHASHSEED": "7"},
            stdout=subprocess.DEVNULL,
            stderr=said,
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _await(process: subprocess.Popen[bytes], study: Study, point: str) -> None:
    end = time.monotonic() + PATIENCE
    while not POINTS[point](study):
        said = study.said.read_text("utf-8")
        assert process.poll() is None, f"the run ended before it was killed: {said}"
        assert time.monotonic() < end, "the run never came so far"
        time.sleep(0.0005)


def _kill(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert process.returncode == -signal.SIGKILL


POINTS: dict[str, Callable[[Study], bool]] = {
    "scan": lambda study: len(study.receipts("scan")) >= 3,
    "link": lambda study: (study.private / "vault.sqlite-journal").exists(),
    "apply": lambda study: len(study.receipts("apply")) >= 3,
    "publish": lambda study: study.staged("share/data"),
    "verify": lambda study: study.staged("share/report.json"),
    "describe": lambda study: study.staged("faces") or study.staged("share/datapackage.json"),
}
"""When to kill: what stands in the project at that point of the run."""


@pytest.mark.parametrize("point", POINTS)
def test_a_killed_run_goes_on(study: Study, undisturbed: Study, point: str) -> None:
    """Killed at any stage, the run shares nothing, and given again ends as if undisturbed."""
    with _started(study) as process:
        _await(process, study, point)
        _kill(process)
    assert not study.out.exists()
    assert list(study.out.parent.glob(".share*")) == []
    assert standing(study.home, ORIGINALS) == []
    done = {stage: study.receipts(stage) for stage in ("scan", "apply")}
    if point == "scan":
        assert 3 <= len(done["scan"]) < len(undisturbed.receipts("scan")), "killed too late"

    study.again()

    assert differing(study.out, undisturbed.out) == []
    for stage, before in done.items():
        after = study.receipts(stage)
        assert len(after) == len(undisturbed.receipts(stage))
        assert {name: after.get(name) for name in before} == before, f"{stage} was done again"
    assert not (study.private / "staging").exists()
    assert list(study.home.rglob("*.part")) == []
    assert list(study.home.rglob("*-journal")) == []


def test_killed_again_and_again(study: Study, undisturbed: Study) -> None:
    """Killed in two stages one after the other, the third run ends as if undisturbed."""
    for point in ("scan", "apply"):
        with _started(study) as process:
            _await(process, study, point)
            _kill(process)
        assert not study.out.exists()
    study.again()
    assert differing(study.out, undisturbed.out) == []


def test_two_runs_at_once(study: Study, capsys: pytest.CaptureFixture[str]) -> None:
    """While a run holds a project, another of the same project ends with exit code 8."""
    with _started(study) as process:
        _await(process, study, "scan")
        with pytest.raises(WorkspaceError):
            study.again()
        with pytest.raises(SystemExit) as left:
            main(study.command())
        assert process.poll() is None, "the first run was over already"
        _kill(process)
    assert left.value.code == 8
    said = capsys.readouterr().err
    assert "another run holds this project" in said
    assert said.count("\n") == 1
    study.again()
    assert (study.out / "manifest-sha256.txt").is_file()


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
def test_workers_do_not_outlive_their_run(study: Study) -> None:
    """When a run is killed its worker processes end too, so that none writes into the next run."""
    with _started(study, workers=2) as process:
        _await(process, study, "scan")
        workers = _descendants(process.pid)
        _kill(process)
    assert workers
    end = time.monotonic() + 15
    while left := [pid for pid in workers if _alive(pid)]:
        if time.monotonic() > end:
            break
        time.sleep(0.05)
    for pid in left:
        os.kill(pid, signal.SIGKILL)
    assert left == []


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _descendants(pid: int) -> set[int]:
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            text = path.read_text("utf-8")
        except OSError:
            continue
        parents[int(path.parent.name)] = int(text.rpartition(")")[2].split()[1])
    found, more = set[int](), {pid}
    while more:
        more = {child for child, parent in parents.items() if parent in more}
        found |= more
    return found
