"""Nothing is sent anywhere: the program works where there is no network and no socket."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.calling import PROGRAM, environment, start
from tests.generators import make_interview, make_jsonl

_BLOCK = """\
import socket
import sys


def refuse(*_, **__):
    sys.stderr.write("NETWORK\\n")
    raise OSError("no network in this test")


class Closed(socket.socket):
    # Importing urllib3 binds a socket to ::1 to see whether there is IPv6; nothing leaves by it.
    connect = connect_ex = send = sendall = sendto = sendmsg = listen = refuse


socket.socket = Closed
for name in ("getaddrinfo", "gethostbyname", "create_connection", "create_server"):
    setattr(socket, name, refuse)
"""


def _isolated() -> bool:
    """Whether a process can be started in a network namespace of its own."""
    if shutil.which("unshare") is None:
        return False
    words = ["unshare", "--net", "true"]
    return subprocess.run(words, capture_output=True, check=False).returncode == 0


@pytest.mark.skipif(not _isolated(), reason="needs unshare and the right to use it")
def test_the_demo_works_without_any_network_interface(tmp_path: Path) -> None:
    """In a network namespace with no interface up, the whole demo runs and verifies."""
    done = subprocess.run(
        ["unshare", "--net", *PROGRAM, "demo", "--out", tmp_path / "demo", "--json"],
        env=environment(HOME=str(tmp_path)),
        cwd=tmp_path,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    records = json.loads(done.stdout)["records"]
    assert records["read"] == records["written"] + records["withheld"] > 500
    checked = start("verify", tmp_path / "demo", "--project", tmp_path / "demo.private")
    assert checked.returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {"demo", "demo.private"}


def test_the_block_works(tmp_path: Path) -> None:
    """The blocked interpreter of the next test does refuse a connection and a look-up."""
    (tmp_path / "sitecustomize.py").write_text(_BLOCK, encoding="utf-8")
    for code in (
        "socket.socket().connect(('192.0.2.1', 80))",
        "socket.socket(type=socket.SOCK_DGRAM).sendto(b'', ('192.0.2.1', 53))",
        "socket.getaddrinfo('host.example', 80)",
    ):
        done = subprocess.run(
            [sys.executable, "-c", f"import socket; {code}"],
            env=environment(PYTHONPATH=str(tmp_path)),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert "NETWORK" in done.stderr


def test_no_command_connects_sends_or_looks_up(tmp_path: Path) -> None:
    """With connections, packets and look-ups refused, scan, run and verify work and never try."""
    place = tmp_path / "site"
    place.mkdir()
    (place / "sitecustomize.py").write_text(_BLOCK, encoding="utf-8")
    (tmp_path / "t.jsonl").write_bytes(make_jsonl(8))
    (tmp_path / "talk.txt").write_bytes(make_interview(4))
    path = f"{place}:{environment()['PYTHONPATH']}"
    for words in (
        ("scan", "t.jsonl", "talk.txt"),
        ("run", "t.jsonl", "talk.txt", "--out", "share"),
        ("verify", "share", "--project", "share.private"),
    ):
        done = start(*words, folder=tmp_path, env={"PYTHONPATH": path})
        assert done.returncode == 0, done.stderr
        assert "NETWORK" not in done.stderr
