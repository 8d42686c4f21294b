"""A person at a terminal: bars without names, Ctrl-C, questions."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.calling import PROGRAM, Release, environment
from tests.generators import PEOPLE, make_jsonl

pty = pytest.importorskip("pty", reason="pseudo-terminals are POSIX")


def _at_terminal(words: list[str], answer: bytes = b"") -> tuple[int, str]:
    """Run the program on a pseudo-terminal and return exit code and screen."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*PROGRAM, *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=environment(TERM="xterm", COLUMNS="100"),
    )
    os.close(theirs)
    shown = b""
    if answer:
        os.write(ours, answer)
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        ready, _, _ = select.select([ours], [], [], 0.2)
        if ready:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # Linux says so when the other end is closed.
                break
            if not piece:
                break
            shown += piece
        elif process.poll() is not None:
            break
    os.close(ours)
    return process.wait(30), shown.decode("utf-8", "replace")


def test_bars_show_stages_and_no_name(release: Release, tmp_path: Path) -> None:
    """On a terminal each stage has a bar with its count; no person, handle or file is named."""
    words = ["run", *map(str, release.inputs), "--out", str(tmp_path / "share")]
    code, shown = _at_terminal([*words, "--people", str(release.people)])
    assert code == 0
    for stage in ("scan", "link", "apply", "verify"):
        assert stage in shown
    assert "\x1b[" in shown
    assert "━" in shown
    assert "2/2" in shown
    for person in PEOPLE:
        for word in person:
            assert word not in shown
    assert release.inputs[0].name not in shown


@pytest.mark.parametrize(("answer", "code"), [(b"n\n", 130), (b"y\n", 0)])
def test_destroying_asks_at_a_terminal(tmp_path: Path, answer: bytes, code: int) -> None:
    """At a terminal `key destroy` asks; only a yes destroys."""
    made = subprocess.run([*PROGRAM, "init", tmp_path / "s"], env=environment(), check=False)
    assert made.returncode == 0
    words = ["key", "destroy", "--project", str(tmp_path / "s")]
    ended, shown = _at_terminal(words, answer)
    assert "cannot be undone" in shown
    assert ended == code
    assert (tmp_path / "s" / "private" / "key").is_file() == (code != 0)


def _interruptible() -> None:
    """Let Ctrl-C reach a program whatever ignores it here, as `nohup` and `&` do."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize(("stage", "workers"), [("scan", "2"), ("apply", "1")])
def test_ctrl_c_leaves_one_line_and_no_output(tmp_path: Path, stage: str, workers: str) -> None:
    """Interrupted in any stage, a run ends with 130 and one line, and nothing is published."""
    source = tmp_path / "t.jsonl"
    source.write_bytes(make_jsonl(1500))
    process = subprocess.Popen(
        [*PROGRAM, "run", source, "--out", tmp_path / "share",
         "--workers", workers, "--shard-bytes", "50000"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(),
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=_interruptible,  # noqa: PLW1509 - no threads yet
    )  # fmt: skip
    assert process.stderr is not None
    lines: list[str] = []
    for line in process.stderr:
        lines.append(line)
        if line.startswith(f"{stage}: "):
            break
    # A terminal sends Ctrl-C to the program and its workers alike.
    time.sleep(0.4)
    os.killpg(process.pid, signal.SIGINT)
    out, rest = process.communicate(timeout=60)
    assert process.returncode == 130, rest
    assert out == ""
    said = [line for line in rest.splitlines() if not line.startswith(("scan: ", "apply: "))]
    assert len(said) == 1, rest
    assert said[0].startswith("anonymize: interrupted")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["share.private", "t.jsonl"]
