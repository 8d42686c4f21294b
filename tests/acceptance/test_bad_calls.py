"""Calls that cannot be carried out end in one line and the exit code of the contract."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from anonymize.formats.intake import Intake, take_in
from tests import generators
from tests.acceptance.damage import NAME, tweet
from tests.acceptance.running import call, files, one_line

Arguments = list[str | Path]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """Return a folder with one good input."""
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.jsonl").write_bytes(tweet() + b"\n")
    return folder


def _refused(tmp_path: Path, code: int, *arguments: str | Path, scan: bool = False) -> str:
    """Run and scan, expect the code, and that nothing but a project is left behind."""
    before = files(tmp_path)
    line = one_line(call("run", *arguments, "--out", tmp_path / "share"), code)
    if scan:
        one_line(call("scan", *arguments), code)
    left = {one for one in files(tmp_path) - before if not one.startswith("share.private")}
    assert left == set()
    return line


OPTIONS: dict[str, tuple[Arguments, int, bool]] = {
    "workers-0": (["--workers", "0"], 2, False),
    "workers-abc": (["--workers", "abc"], 2, False),
    "scheduler": (["--scheduler", "x"], 2, False),
    "policy-unknown": (["--policy", NAME], 3, False),
    "pack-unknown": (["--rules", NAME], 3, True),
    "columns-shape": (["--columns", NAME], 2, True),
    "columns-role": (["--columns", f"{NAME}=text"], 2, True),
    "encoding": (["--encoding", NAME], 2, True),
    "language": (["--lang", "zz_q"], 2, True),
    "report-nowhere": (["--report", "/nowhere/at/all.json"], 2, True),
    "option": (["--no-such-option"], 2, True),
    "shard-bytes": (["--shard-bytes", "many"], 2, False),
    "people-missing": (["--people", "nowhere.csv"], 3, True),
}
"""Options, the exit code, and whether `scan` has them too."""


@pytest.mark.parametrize("case", OPTIONS)
def test_options_that_make_no_sense_are_refused(case: str, source: Path, tmp_path: Path) -> None:
    """An option that is wrong is named in one line; scan and run agree on the code."""
    options, code, scan = OPTIONS[case]
    if case in {"policy-unknown", "pack-unknown", "columns-role", "columns-shape", "encoding"}:
        # What the user typed herself may be told to her.
        said = call("run", source, *options, "--out", tmp_path / "share")
        assert (said.code, said.err.count("\n")) == (code, 1), said.err
        if scan:
            assert call("scan", source, *options).code == code
    elif case == "report-nowhere":
        one_line(call("scan", source, *options), code)
    else:
        _refused(tmp_path, code, source, *options, scan=scan)


def test_a_column_that_is_not_there_is_refused(tmp_path: Path) -> None:
    """`--columns` with a header the table lacks ends with 2."""
    (tmp_path / "a.csv").write_text(f"who,said\n{NAME},hello\n")
    columns = ("--columns", "text=said,name=whom")
    assert "--columns" in _refused(tmp_path, 2, tmp_path / "a.csv", *columns, scan=True)


def test_what_is_not_there_is_refused(tmp_path: Path) -> None:
    """An input that does not exist ends with 2, and no project is made for it."""
    _refused(tmp_path, 2, tmp_path / "nothing.jsonl", scan=True)
    assert files(tmp_path) == set()


@pytest.mark.parametrize("kind", ["fifo", "socket", "device", "link-to-fifo"])
def test_what_is_no_file_is_refused_at_once(kind: str, tmp_path: Path) -> None:
    """A pipe, socket or device as input ends with 4 and never waits for data."""
    place = tmp_path / "a.jsonl"
    if kind == "device":
        place = Path("/dev/zero")
    elif kind == "socket":
        import socket

        with socket.socket(socket.AF_UNIX) as end, tempfile.TemporaryDirectory() as short:
            place = Path(short) / "a.jsonl"
            end.bind(str(place))
            one_line(call("scan", place), 4)
            return
    elif kind == "fifo":
        os.mkfifo(place)
    else:
        os.mkfifo(tmp_path / "pipe")
        place.symlink_to(tmp_path / "pipe")
    start = time.monotonic()
    _refused(tmp_path, 4, place, scan=True)
    assert time.monotonic() - start < 5


def test_pipes_and_links_in_a_folder_are_dropped(source: Path, tmp_path: Path) -> None:
    """In a folder, what is no regular file is reported as unknown and never opened."""
    os.mkfifo(source / f"{NAME}.jsonl")
    (source / "b.jsonl").symlink_to(source / "a.jsonl")
    said = call("run", source, "--out", tmp_path / "share", "--json")
    assert said.code == 10, said.err
    assert NAME.lower() not in said.everything.lower()
    assert said.out.count('"unknown"') >= 2


@pytest.mark.parametrize("kind", ["file", "folder", "dangling"])
def test_an_output_that_exists_is_never_touched(kind: str, source: Path, tmp_path: Path) -> None:
    """An existing `--out`, be it a file, a folder or a dangling link, ends with 2."""
    share = tmp_path / "share"
    if kind == "file":
        share.write_text("mine")
    elif kind == "folder":
        share.mkdir()
    else:
        share.symlink_to(tmp_path / "nowhere")
    _refused(tmp_path, 2, source)
    assert kind != "file" or share.read_text() == "mine"


def test_an_output_with_an_impossible_name_is_refused(source: Path, tmp_path: Path) -> None:
    """`--out` with a name no file system takes, or below a file, ends with 2."""
    one_line(call("run", source, "--out", tmp_path / ("o" * 300)), 2)
    one_line(call("run", source, "--out", source / "a.jsonl" / "x" / "share"), 2)
    assert files(tmp_path) == {"in", "in/a.jsonl"}


def test_an_input_that_disappears_is_refused(
    source: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A file that goes between planning and reading ends with 4."""

    def gone(*arguments: Any, **options: Any) -> Intake:
        found = take_in(*arguments, **options)
        (source / "a.jsonl").unlink()
        return found

    monkeypatch.setattr("anonymize.run.steps.take_in", gone)
    monkeypatch.setattr("anonymize.run.exploring.take_in", gone)
    one_line(call("run", source, "--out", tmp_path / "share"), 4)
    (source / "a.jsonl").write_bytes(tweet() + b"\n")
    one_line(call("scan", source), 4)


@pytest.mark.parametrize(
    "text",
    ["", "[1]", "{", "[" * 100_000, '{"records": 5}', '{"withheld": [1]}', '{"dropped": {"x": 1}}'],
)
def test_a_report_that_is_none_is_refused(text: str, tmp_path: Path) -> None:
    """`report` of a folder whose `report.json` is no report ends with 8 and never with 1."""
    (tmp_path / "report.json").write_text(text)
    said = call("report", tmp_path)
    assert said.code in {0, 8}
    assert said.code == 0 or one_line(said, 8)


def test_output_inside_the_input_is_refused(source: Path) -> None:
    """`--out` inside an input ends with 2, also by a link, and nothing is made there."""
    one_line(call("run", source, "--out", source / "share"), 2)
    link = source.parent / "link"
    link.symlink_to(source)
    one_line(call("run", source, "--out", link / "share"), 2)
    one_line(call("run", source / "a.jsonl", "--out", source / "a.jsonl" / "share"), 2)
    assert files(source) == {"a.jsonl"}


def test_a_project_inside_the_output_is_refused(source: Path, tmp_path: Path) -> None:
    """`--project` inside `--out` or inside an input ends with 2: a key would be shared."""
    share = tmp_path / "share"
    one_line(call("run", source, "--out", share, "--project", share / "study"), 2)
    one_line(call("run", source, "--out", share, "--project", source / "study"), 2)
    assert files(tmp_path) == {"in", "in/a.jsonl"}


def test_a_folder_that_is_no_project_is_refused(source: Path, tmp_path: Path) -> None:
    """`--project` without a project ends with 8."""
    one_line(call("run", source, "--out", tmp_path / "share", "--project", tmp_path / "p"), 8)


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Return a project folder."""
    assert call("init", tmp_path / "study", "--quiet").code == 0
    return tmp_path / "study"


def _with(study: Path, source: Path, code: int, *more: str | Path) -> str:
    share = study.parent / "share"
    line = one_line(call("run", source, "--out", share, "--project", study, *more), code)
    assert not share.exists()
    return line


KEYS: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "readable": lambda key: key.chmod(0o640),
    "folder-readable": lambda key: key.parent.chmod(0o750),
    "empty": lambda key: key.write_text(""),
    "not-json": lambda key: key.write_text("key"),
    "not-utf-8": lambda key: key.write_bytes(b"\xff\xfe\x00{}"),
    "a-list": lambda key: key.write_text("[]"),
    "no-key": lambda key: key.write_text('{"version": 1, "id": "x", "kdf": null}'),
    "short": lambda key: key.write_text('{"version": 1, "id": "x", "kdf": null, "key": "YWJj"}'),
    "kdf-odd": lambda key: key.write_text('{"version": 1, "id": "x", "kdf": 5, "key": "YWJj"}'),
    "a-folder": lambda key: key.rename(key.with_name("old")).with_name("key").mkdir(),
    "nested": lambda key: key.write_text("[" * 100_000),
    "changed": lambda key: key.write_text(key.read_text().replace('"id": "', '"id": "0')),
}


@pytest.mark.parametrize("case", KEYS)
def test_a_key_that_is_not_as_it_was_is_refused(case: str, study: Path, source: Path) -> None:
    """A key that is missing, damaged, changed or readable by others ends with 6."""
    KEYS[case](study / "private" / "key")
    _with(study, source, 6)


@pytest.mark.parametrize("phrase", ["wrong", "", None])
def test_a_locked_key_needs_its_passphrase(
    phrase: str | None,
    source: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A wrong, empty or missing passphrase ends with 6 and is not repeated."""
    monkeypatch.setenv("ANONYMIZE_PASSPHRASE", "correct horse")
    assert call("init", tmp_path / "study", "--passphrase", "--quiet").code == 0
    if phrase is None:
        monkeypatch.delenv("ANONYMIZE_PASSPHRASE")
        monkeypatch.setattr(sys, "stdin", io.StringIO())
    else:
        monkeypatch.setenv("ANONYMIZE_PASSPHRASE", phrase)
    line = _with(tmp_path / "study", source, 6)
    assert "correct horse" not in line


SETTINGS: dict[str, tuple[str, str]] = {
    "yaml-broken": ("project.yaml", f"title: [{NAME}\n"),
    "yaml-unknown-key": ("project.yaml", "title: x\nzz_unknown: 1\n"),
    "yaml-wrong-type": ("project.yaml", "title: x\npacks: {a: b}\n"),
    "yaml-bomb": (
        "project.yaml",
        "a: &a [x,x,x,x,x,x,x,x,x]\n"
        + "".join(
            f"{b}: &{b} [{','.join([f'*{a}'] * 9)}]\n"
            for a, b in zip("abcdefgh", "bcdefghi", strict=True)
        ),
    ),
    "yaml-tag": ("project.yaml", "title: !!python/object/apply:os.system ['true']\n"),
    "yaml-nul": ("project.yaml", f"title: a\0{NAME}\n"),
    "people-header": ("people.csv", f"who,what\n{NAME},x\n"),
    "people-consent": ("people.csv", f"person,role,names,consent\nT1,teacher,{NAME},perhaps\n"),
    "people-twice": ("people.csv", f"person,names\nT1,{NAME}\nT1,{NAME} B\n"),
    "people-nul": ("people.csv", f"person,names\nT1,a\0{NAME}\n"),
    "yaml-nested": ("project.yaml", "title: " + "[" * 20_000 + "\n"),
    "people-quote": ("people.csv", f'person,names\nT1,"{NAME}\n'),
}


@pytest.mark.parametrize("case", SETTINGS)
def test_settings_that_are_wrong_name_their_line(case: str, study: Path, source: Path) -> None:
    """A wrong `project.yaml` or roster ends with 3 and one line with file and line number."""
    name, text = SETTINGS[case]
    (study / name).write_text(text)
    line = _with(study, source, 3)
    assert name in line
    if case == "yaml-nested":
        return  # the parser gives up before it knows where it is
    assert any(char.isdigit() for char in line.partition(name)[2])


@pytest.mark.parametrize("option", ["--people", "--policy", "--rules"])
def test_a_pipe_as_a_rule_or_roster_is_refused(
    option: str,
    study: Path,
    source: Path,
) -> None:
    """A pipe where a roster, policy or pack is wanted ends with 3 and is not waited for."""
    os.mkfifo(study.parent / "pipe")
    _with(study, source, 3, option, study.parent / "pipe")


@pytest.mark.parametrize("name", ["project.yaml", "people.csv"])
def test_settings_in_another_encoding_are_refused(name: str, study: Path, source: Path) -> None:
    """Settings that are no text in UTF-8 end with 3."""
    (study / name).write_bytes(b"title: \xff\xfe\xfa" + NAME.encode())
    assert name in _with(study, source, 3)


_BROKEN_REGEX = """name: mine
version: '1'
recognizers:
- name: x
  supported_entity: X
  patterns:
  - {name: p, regex: '([', score: 0.5}
"""

RULES: dict[str, tuple[str, str]] = {
    "policy-broken": ("--policy", f"name: [{NAME}\n"),
    "policy-unknown-key": ("--policy", "name: mine\nsummary: x\nzz_unknown: 1\n"),
    "policy-empty": ("--policy", ""),
    "pack-broken": ("--rules", f"name: [{NAME}\n"),
    "pack-regex": ("--rules", _BROKEN_REGEX),
    "pack-empty": ("--rules", ""),
}


@pytest.mark.parametrize("case", RULES)
def test_rules_that_are_wrong_name_their_line(case: str, study: Path, source: Path) -> None:
    """A wrong policy or pack file ends with 3 and one line that names the file."""
    option, text = RULES[case]
    file = study.parent / "mine.yaml"
    file.write_text(text)
    line = _with(study, source, 3, option, file)
    assert "mine.yaml:" in line
    if option == "--rules":
        one_line(call("scan", source, option, file), 3)


@pytest.mark.parametrize("name", ["vault.sqlite", "lock"])
def test_a_damaged_project_is_refused(name: str, study: Path, source: Path) -> None:
    """A private folder whose databases are damaged ends with 8."""
    (study / "private" / name).write_bytes(b"no database " * 1000)
    _with(study, source, 8)


@pytest.mark.skipif(shutil.which("setpriv") is None, reason="needs setpriv to drop root's rights")
@pytest.mark.skipif(os.getuid() != 0, reason="only root can drop rights")
@pytest.mark.parametrize("what", ["file", "folder", "inner"])
def test_what_may_not_be_read_is_refused(what: str) -> None:
    """An input its user may not read ends with 2, a folder inside an input with 4."""
    with tempfile.TemporaryDirectory() as made:
        root = Path(made)
        root.chmod(0o755)
        folder = root / "in"
        (folder / NAME).mkdir(parents=True)
        (folder / "a.jsonl").write_bytes(generators.make_jsonl(1))
        (folder / NAME / "b.jsonl").write_bytes(generators.make_jsonl(1, 1))
        wrong = {"file": folder / "a.jsonl", "folder": folder, "inner": folder / NAME}[what]
        given = folder if what == "inner" else wrong
        wrong.chmod(0)
        done = subprocess.run(
            ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", sys.executable, "-m",
             "anonymize", "scan", str(given)],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
            env={**os.environ, "HOME": made, "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
        wrong.chmod(0o755)
        if "No module named" in done.stderr or "Permission denied" in done.stderr:
            pytest.skip("another user cannot reach this Python")
        assert done.returncode == (4 if what == "inner" else 2), done.stderr
        assert len([x for x in done.stderr.splitlines() if x.startswith("anonymize:")]) == 1
        assert "Traceback" not in done.stderr
        assert NAME not in done.stderr
