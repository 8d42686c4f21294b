"""`run`, `verify`, `report`, `reveal`: their output and exit codes, on one small release."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.acceptance.running import call
from tests.cli.calling import Release, start
from tests.generators import PEOPLE

LAYOUT = {
    "data",
    "audit",
    "withheld.jsonl",
    "report.html",
    "report.json",
    "README.md",
    "datapackage.json",
    "ro-crate-metadata.json",
    "manifest-sha256.txt",
}


def test_run_prints_what_the_contract_says(release: Release) -> None:
    """`run --json` prints one object: records that add up, what was dropped, both folders."""
    code, out = release.called
    said = json.loads(out)
    assert code == 0
    assert out.count("\n") == 1
    assert set(said) == {"records", "dropped", "out", "project"}
    assert set(said["records"]) == {"read", "written", "withheld"}
    assert said["records"]["read"] == said["records"]["written"] + said["records"]["withheld"] > 0
    assert said["out"] == str(release.share)
    assert said["project"] == str(release.project)


def test_the_shared_folder_holds_what_it_should_and_no_more(release: Release) -> None:
    """The top of a shared folder is exactly the documented list."""
    assert {path.name for path in release.share.iterdir()} == LAYOUT
    audit = {path.name for path in (release.share / "audit").iterdir()}
    assert audit == {"audit.jsonl", "head.json"}


def test_an_unknown_key_makes_ten(release: Release, tmp_path: Path) -> None:
    """A key nobody described is dropped, listed, named in the report, and makes exit code 10."""
    source = tmp_path / "t.jsonl"
    tweet = json.loads(release.inputs[0].read_text("utf-8").splitlines()[0])
    source.write_text(json.dumps({**tweet, "key_nobody_knows": "x"}) + "\n", encoding="utf-8")
    said = call("run", source, "--out", tmp_path / "share", "--json")
    assert said.code == 10
    assert json.loads(said.out)["dropped"]["unknown"] == {"key_nobody_knows": 1}
    report = json.loads((tmp_path / "share" / "report.json").read_text("utf-8"))
    assert report["dropped"]["unknown"] == {"key_nobody_knows": 1}
    assert "key_nobody_knows" in (tmp_path / "share" / "withheld.jsonl").read_text("utf-8")
    assert (tmp_path / "share.private" / "private" / "key").is_file()


def test_progress_is_plain_lines_without_a_terminal(release: Release, tmp_path: Path) -> None:
    """Off a terminal each stage is told in plain lines on stderr, and the summary on stdout."""
    # Of another tier: a run of which nothing has changed has but one stage.
    place = ("--project", release.project, "--people", release.people, "--policy", "internal")
    said = call("run", *release.inputs, "--out", tmp_path / "again", *place)
    assert said.code == 0
    for stage in ("scan", "link", "apply", "verify"):
        assert f"{stage}: done\n" in said.err
    assert "\x1b" not in said.err + said.out
    assert "records read" in said.out
    assert str(tmp_path / "again") in said.out


def test_quiet_says_nothing(release: Release, tmp_path: Path) -> None:
    """`--quiet` leaves both streams empty when all is well."""
    place = ("--project", release.project, "--people", release.people)
    said = call("--quiet", "run", *release.inputs, "--out", tmp_path / "again", *place)
    assert (said.code, said.out, said.err) == (0, "", "")


def test_the_report_says_what_was_found(release: Release) -> None:
    """Findings, recognizers, scores and deciders are counted, and by file they add up."""
    report = json.loads((release.share / "report.json").read_text("utf-8"))
    total = sum(report["found"]["by_type"].values())
    assert total == sum(report["found"]["by_recognizer"].values()) > 0
    assert total == sum(row["found"] for row in report["found"]["by_file"].values())
    assert total == sum(map(sum, report["scores"].values()))
    assert report["found"]["by_type"]["HANDLE"] > 0


def test_report_is_rebuilt_to_the_same_bytes(release: Release, tmp_path: Path) -> None:
    """`report` writes the very page that was published, even when the page was lost."""
    share = tmp_path / "share"
    shutil.copytree(release.share, share)
    page = (share / "report.html").read_bytes()
    (share / "report.html").unlink()
    said = call("report", share, "--json")
    assert json.loads(said.out) == {"report": str(share / "report.html")}
    assert (share / "report.html").read_bytes() == page
    assert call("verify", share).code == 0


def test_report_of_a_folder_that_is_none(tmp_path: Path) -> None:
    """A folder without numbers ends with 8 and one line."""
    said = call("report", tmp_path)
    assert said.code == 8
    assert said.err.count("\n") == 1


def test_verify_with_and_without_the_project(release: Release) -> None:
    """An untouched folder is as published; with the project identifiers are searched too."""
    alone = call("verify", release.share, "--json")
    assert alone.code == 0
    content = json.loads(alone.out)
    assert content["ok"]
    assert content["searched"] is None
    assert content["faults"] == content["leaks"] == []
    log = (release.share / "audit" / "audit.jsonl").read_bytes()
    assert content["entries"] == log.count(b"\n") > 0
    searched = call("verify", release.share, "--project", release.project, "--json")
    assert searched.code == 0
    assert json.loads(searched.out)["searched"] > 0
    spoken = call("verify", release.share, "--project", release.project).out
    assert "as published" in spoken
    assert "0 found" in spoken


@pytest.mark.parametrize("name", ["report.json", "audit/audit.jsonl", "withheld.jsonl", "new.txt"])
def test_verify_tells_what_was_changed(release: Release, tmp_path: Path, name: str) -> None:
    """A changed or added file ends with 8, is named, and is listed in the JSON."""
    share = tmp_path / "share"
    shutil.copytree(release.share, share)
    with (share / name).open("ab") as file:
        file.write(b" \n")
    said = call("verify", share, "--json")
    assert said.code == 8
    assert said.err.count("\n") == 1
    content = json.loads(said.out)
    assert not content["ok"]
    assert any(fault.startswith(name) for fault in content["faults"])


def test_verify_finds_a_planted_identifier(release: Release, tmp_path: Path) -> None:
    """With the project, a handle planted in the data ends with 7 and is not shown."""
    share = tmp_path / "share"
    shutil.copytree(release.share, share)
    target = next(path for path in (share / "data").iterdir() if path.suffix == ".txt")
    with target.open("ab") as file:
        file.write(f"\n@{PEOPLE[0][2]}\n".encode())
    said = call("verify", share, "--project", release.project)
    assert said.code == 7
    assert PEOPLE[0][2] not in said.everything
    assert target.name in said.err


def _surrogate(release: Release) -> str:
    """Return the handle a tweet was given whose author is the first person of the roster."""
    before = release.inputs[0].read_text("utf-8").splitlines()
    after = next((release.share / "data").glob("*.jsonl")).read_text("utf-8").splitlines()
    for old, new in zip(before, after, strict=True):
        if json.loads(old)["author"]["username"] == PEOPLE[0][2]:
            return str(json.loads(new)["author"]["username"])
    raise AssertionError("nobody of the roster speaks")


def test_reveal_answers_on_record(release: Release) -> None:
    """A pseudonym is resolved for a reason, which the private audit then holds."""
    pseudonym = _surrogate(release)
    asked = ("reveal", pseudonym, "--project", release.project, "--reason", "a wish to withdraw")
    said = call(*asked, "--json")
    assert said.code == 0
    facts = json.loads(said.out)["revealed"][0]["facts"]
    assert {"kind": "handle", "value": f"{PEOPLE[0][2]} (x)"} in facts
    assert {"kind": "roster", "value": "T1"} in facts
    log = (release.project / "private" / "audit.jsonl").read_text("utf-8").splitlines()
    event = json.loads(log[-1])
    assert (event["event"], event["reason"]) == ("reveal", "a wish to withdraw")
    assert event["pseudonyms"] == [pseudonym]
    assert " ".join(PEOPLE[0][:2]) in call(*asked).out


@pytest.mark.parametrize(
    ("pseudonym", "reason"), [("nobody_at_all_99", "x"), ("", "x"), ("a", " ")]
)
def test_reveal_refuses(release: Release, pseudonym: str, reason: str) -> None:
    """An unknown pseudonym or an empty reason ends with 2 and one line."""
    said = call("reveal", pseudonym, "--project", release.project, "--reason", reason)
    assert (said.code, said.out) == (2, "")
    assert said.err.count("\n") == 1


def test_nothing_asks_without_a_terminal(release: Release, tmp_path: Path) -> None:
    """A locked key is an error without a terminal, never a prompt that waits."""
    locked = start("init", tmp_path / "study", "--passphrase", env={"ANONYMIZE_PASSPHRASE": "moss"})
    assert locked.returncode == 0
    for words in (
        ("init", tmp_path / "other", "--passphrase"),
        ("key", "export", tmp_path / "backup", "--project", tmp_path / "study"),
        ("run", release.inputs[1], "--out", tmp_path / "out", "--project", tmp_path / "study"),
        ("reveal", "x", "--project", tmp_path / "study", "--reason", "y"),
    ):
        done = start(*words)
        assert done.returncode == 6, words
        assert "ANONYMIZE_PASSPHRASE" in done.stderr
        assert done.stderr.count("\n") == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["study"]
