"""The same bytes from one process, several, a cluster and parts, though a worker is killed."""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import shutil
import signal
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from pickle import dumps
from typing import Any

import pytest

from anonymize import api
from anonymize.errors import AnonymizeError, FormatError, UsageError, WorkspaceError
from anonymize.model.receipts import Receipt
from anonymize.run import cluster, project, remote
from anonymize.run.engines import Task
from anonymize.run.outcomes import Linked, RunResult
from anonymize.run.project import Workspace
from anonymize.run.tasks import Job
from tests.acceptance.running import call, listening
from tests.corpora import ORIGINALS, differing, standing, write_mixed

TWEETS, SHARD_BYTES = 90, 4000


@dataclass(frozen=True, slots=True)
class Bench:
    """Inputs, an untouched project, and what an undisturbed run of it shares."""

    inputs: tuple[Path, ...]
    pristine: Path
    reference: Path

    def home(self, folder: Path) -> Path:
        """Return a copy of the untouched project."""
        shutil.copytree(self.pristine, folder / "study")
        return folder / "study"

    def run(self, folder: Path, **options: Any) -> Path:
        """Run on a copy of the project and return the shared folder."""
        home = folder / "study"
        if not home.exists():
            self.home(folder)
        done = api.run(
            list(self.inputs), out=folder / "share", project=home, shard_bytes=SHARD_BYTES,
            **options,
        )  # fmt: skip
        return done.out


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Return inputs whose names are secret too, and a run in one process."""
    folder = tmp_path_factory.mktemp("cluster")
    inputs = [
        path.rename(path.with_name(f"{ORIGINALS[0]}-{path.name}"))
        for path in write_mixed(folder / "in", tweets=TWEETS)
    ]
    made = Bench(tuple(inputs), api.Project.create(folder / "pristine").root, folder / "share")
    made.run(folder)
    return made


@contextmanager
def _killing(receipts: Path, victims: Callable[[], list[int]]) -> Iterator[list[int]]:
    """Kill a worker once three shards are done; give who it was."""
    killed: list[int] = []

    def watch() -> None:
        end = time.monotonic() + 120
        while len(list(receipts.glob("scan-*.json"))) < 3 and time.monotonic() < end:
            time.sleep(0.002)
        for pid in victims()[:1]:
            os.kill(pid, signal.SIGKILL)
            killed.append(pid)

    thread = threading.Thread(target=watch)
    thread.start()
    yield killed
    thread.join()


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
def test_processes(bench: Bench, tmp_path: Path) -> None:
    """Two processes, one of them killed in the middle, give the bytes one gives."""
    before = set(multiprocessing.active_children())

    def workers() -> list[int]:
        return [one.pid or 0 for one in multiprocessing.active_children() if one not in before]

    home = bench.home(tmp_path)
    with _killing(home / "private" / "receipts", workers) as killed:
        shared = bench.run(tmp_path, workers=2)
    assert killed
    assert differing(shared, bench.reference) == []


@pytest.fixture
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let addresses of this machine be looked up."""
    genuine = _lookup

    def lookup(host: Any, *rest: Any, **more: Any) -> Any:
        assert host in {"127.0.0.1", "localhost", "", None}, host
        return genuine(host, *rest, **more)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)


_lookup = socket.getaddrinfo


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
@pytest.mark.usefixtures("loopback")
def test_a_cluster_of_this_machine(
    bench: Bench,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """Two workers of Dask, one killed, give the same bytes; nothing Dask knew holds an original."""
    seen = tmp_path / "seen"
    clusters: list[cluster.Cluster] = []
    connect, close = cluster.Cluster._connect, cluster.Cluster.close

    def connected(self: cluster.Cluster, address: str, workers: int) -> Any:
        clusters.append(self)
        client = connect(self, address, workers)
        _watch(client, seen, monkeypatch)
        return client

    def closing(self: cluster.Cluster) -> None:
        _keep(self._client, seen)
        close(self)

    def workers() -> list[int]:
        return [nanny.pid for nanny in clusters[0]._client.cluster.workers.values()]

    monkeypatch.setattr(cluster.Cluster, "_connect", connected)
    monkeypatch.setattr(cluster.Cluster, "close", closing)
    home = bench.home(tmp_path)
    with (
        _killing(home / "private" / "receipts", workers) as killed,
        listening() as log,
    ):
        shared = bench.run(tmp_path, workers=2, scheduler="local")
    said = capfd.readouterr()
    (seen / "log").write_text("\n".join([*log.lines, said.out, said.err]), encoding="utf-8")
    assert killed
    assert differing(shared, bench.reference) == []
    assert b"scan-" in (seen / "state.yaml").read_bytes()
    assert os.fsencode(home) in (seen / "tasks").read_bytes()
    assert standing(seen, ORIGINALS) == []
    assert standing(home, ORIGINALS) == []
    assert said.err == ""
    assert not (home / "private" / "plans").exists() or not any((home / "private/plans").iterdir())
    assert not Path((seen / "scratch-was").read_text("utf-8")).exists()


def _watch(client: Any, seen: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what is sent to be done, as it is sent."""
    seen.mkdir()
    submit = client.submit

    def submitted(*words: Any, **options: Any) -> Any:
        with (seen / "tasks").open("ab") as file:
            file.write(dumps((words, options)))
        return submit(*words, **options)

    monkeypatch.setattr(client, "submit", submitted)


def _keep(client: Any, seen: Path) -> None:
    """Keep all a scheduler and its workers know, wrote and logged; it must show no page."""
    for page in ("status", "info/main/workers.html", "metrics", ""):
        with pytest.raises(urllib.error.HTTPError, match="404"):
            _page(client.cluster.scheduler, page)
    client.dump_cluster_state(str(seen / "state"), format="yaml")
    logs = (client.get_scheduler_logs(), client.get_worker_logs(), client.get_events())
    (seen / "logs.json").write_text(json.dumps(logs, default=repr), encoding="utf-8")
    (seen / "story.txt").write_text(repr(client.cluster.scheduler.transition_log), "utf-8")
    (folder,) = {nanny.local_directory for nanny in client.cluster.workers.values()}
    shutil.copytree(folder, seen / "scratch")
    (seen / "scratch-was").write_text(folder, encoding="utf-8")


@pytest.mark.usefixtures("loopback")
def test_a_cluster_of_others(
    bench: Bench,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A cluster with pages and logs as Dask has them shows no original, also when work fails."""
    from distributed import LocalCluster

    def damaged(task: Task, job: Job) -> Receipt:
        del task
        raise FormatError(f"{job.shard.label}: cannot be read")

    def defective(task: Task, job: Job) -> Receipt:
        raise KeyError(ORIGINALS[2], task, job)

    with (
        LocalCluster(
            n_workers=2, threads_per_worker=2, processes=False, protocol="tcp://",
            host="127.0.0.1", dashboard_address="127.0.0.1:0", silence_logs=logging.DEBUG,
            worker_dashboard_address="127.0.0.1:0", local_directory=str(tmp_path / "scratch"),
        ) as there,
        listening() as log,
    ):  # fmt: skip
        shared = bench.run(tmp_path, scheduler=there.scheduler_address)
        for work, kind, said in (
            (damaged, FormatError, rf"{ORIGINALS[0]}-[a-z.]+: cannot be read"),
            (defective, AnonymizeError, "internal error: KeyError at"),
        ):
            monkeypatch.setitem(remote.WORK, "scan", work)
            (tmp_path / kind.__name__).mkdir()
            with pytest.raises(kind, match=said):
                bench.run(tmp_path / kind.__name__, scheduler=there.scheduler_address)
        pages = _pages(there.scheduler)
    assert differing(shared, bench.reference) == []
    seen = tmp_path / "seen"
    seen.mkdir()
    (seen / "log").write_text("\n".join([*log.lines, *pages]), encoding="utf-8")
    assert standing(seen, ORIGINALS) == []
    assert standing(tmp_path / "scratch", ORIGINALS) == []


def _pages(scheduler: Any) -> list[str]:
    pages = ("workers", "logs", "exceptions")
    return [_page(scheduler, f"info/main/{page}.html") for page in pages]


def _page(scheduler: Any, page: str) -> str:
    address = f"http://127.0.0.1:{scheduler.http_server.port}/{page}"
    with urllib.request.urlopen(address, timeout=10) as answer:
        return str(answer.read(), "utf-8")


@pytest.mark.usefixtures("loopback")
def test_no_scheduler(bench: Bench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no scheduler answers, the run says so and shares nothing."""
    monkeypatch.setattr(cluster, "_ANSWER", 0.5)
    with pytest.raises(UsageError, match="no scheduler answers"):
        bench.run(tmp_path, scheduler="tcp://127.0.0.1:9")
    assert not (tmp_path / "share").exists()


# --- parts ------------------------------------------------------------------------------------


def _part(bench: Bench, home: Path, shard: str, out: Path) -> None:
    api.run_part(
        list(bench.inputs), out=out, shard=shard, project=home, shard_bytes=SHARD_BYTES
    )  # fmt: skip


def test_parts_and_gather(bench: Bench, tmp_path: Path) -> None:
    """Parts that scan, a gathering that links, parts that apply, and one that publishes."""
    home, out = bench.home(tmp_path), tmp_path / "share"
    receipts = home / "private" / "receipts"
    _part(bench, home, "1/3", out)
    _part(bench, home, "3/3", out)
    with pytest.raises(WorkspaceError, match=r"--shard 2/3; run"):
        api.gather([out])
    _part(bench, home, "2/3", out)
    times = {path.name: path.stat().st_mtime_ns for path in receipts.glob("scan-*")}
    assert list(receipts.glob("apply-*")) == []
    assert isinstance(api.gather([out]), Linked)
    for shard in ("2/3", "1/3"):
        _part(bench, home, shard, out)
    applied = len(list(receipts.glob("apply-*")))
    assert standing(out, ORIGINALS) == []
    assert standing(home, ORIGINALS) == []
    done = api.gather([out], out=out)
    assert isinstance(done, RunResult)
    assert differing(out, bench.reference) == []
    assert applied > 3
    assert {path.name: path.stat().st_mtime_ns for path in receipts.glob("scan-*")} == times
    assert list((home / "private" / "orders").iterdir()) == []


def test_parts_gathered_at_once(bench: Bench, tmp_path: Path) -> None:
    """Parts with a folder each, joined by one gathering that does what is left."""
    home = bench.home(tmp_path)
    folders = [tmp_path / "one", tmp_path / "two"]
    for number, folder in enumerate(folders, 1):
        _part(bench, home, f"{number}/2", folder)
    api.gather(folders, out=tmp_path / "share")
    assert differing(tmp_path / "share", bench.reference) == []


def test_parts_hold_the_project_together(bench: Bench, tmp_path: Path) -> None:
    """While a part is at work other parts may be, but no whole run and no gathering."""
    space = Workspace(bench.home(tmp_path))
    out = tmp_path / "notes"
    with project.locked(space, shared=True):
        _part(bench, space.root, "1/2", out)
        with pytest.raises(WorkspaceError, match="another run holds"):
            api.gather([out])
        with pytest.raises(WorkspaceError, match="another run holds"):
            bench.run(tmp_path)


def test_mistaken_parts(bench: Bench, tmp_path: Path) -> None:
    """What cannot be a part, or joined, is refused in one line that says what to do."""
    home = bench.home(tmp_path)
    run = ("run", bench.inputs[3], "--out", tmp_path / "share")
    cases = (
        ((*run, "--shard", "1/2"), 2, "anonymize init"),
        ((*run, "--shard", "3/2", "--project", home), 2, "I/N"),
        ((*run, "--shard", "1/2", "--project", home, "--scheduler", "local"), 2, "without a sched"),
        (("gather", home, "--out", tmp_path / "share"), 2, "no run waits"),
        (("gather", tmp_path / "nowhere", "--out", tmp_path / "share"), 2, "holds no part"),
    )
    for words, code, said in cases:
        answer = call(*words)
        assert (answer.code, answer.err.count("\n")) == (code, 1), answer.err
        assert said in answer.err
    assert not (tmp_path / "share").exists()


def test_what_a_part_says(bench: Bench, tmp_path: Path) -> None:
    """A part says what is next, and that nothing is to be shared yet."""
    home = bench.home(tmp_path)
    words = ("run", bench.inputs[3], "--out", tmp_path / "share", "--project", home)
    said = call(*words, "--shard", "1/1")
    assert said.code == 0
    assert f"anonymize gather {tmp_path / 'share'}{os.sep} --out DIR" in said.out
    answer = json.loads(call(*words, "--shard", "1/1", "--json").out)
    assert (answer["shard"], answer["shards"], answer["applied"]) == ("1/1", 1, 0)
    said = call("gather", tmp_path / "share")
    assert "run the same parts again" in said.out
    answer = json.loads(call("gather", home, "--out", tmp_path / "share", "--json").out)
    assert answer["records"]["read"] == answer["records"]["written"] > 0
