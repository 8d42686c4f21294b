"""`people suggest` and `people check` as they are typed."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from anonymize.model.roster import COLUMNS
from anonymize.rulepacks.roster import load_roster
from tests.acceptance.running import Said, call
from tests.cli.calling import ROOT, Release
from tests.generators import PEOPLE

STUDY = ROOT / "examples" / "study"
INPUTS = sorted(path for path in STUDY.iterdir() if path.name != "people.csv")


@pytest.fixture(scope="session")
def drafted(release: Release) -> Said:
    """Return what is drafted for the small study."""
    return call("people", "suggest", *release.inputs)


@pytest.fixture(scope="session")
def example() -> dict[str, Any]:
    """Return what is drafted for the shipped study, as JSON."""
    said = call("people", "suggest", *INPUTS, "--json", "--quiet")
    assert (said.code, said.err) == (0, "")
    found: dict[str, Any] = json.loads(said.out)
    return found


def test_the_draft_alone_is_on_standard_output(drafted: Said, tmp_path: Path) -> None:
    """Redirected it is a roster; progress and summary are on standard error, without names."""
    assert drafted.code == 0
    target = tmp_path / "people.csv"
    target.write_text(drafted.out, encoding="utf-8")
    assert drafted.out.splitlines()[0] == ",".join(COLUMNS)
    rows = load_roster(target).rows
    handles = {handle for row in rows for handle in row.handles}
    assert {handle for _, _, handle in PEOPLE} <= handles
    assert f"{len(rows)} rows drafted" in drafted.err
    for person in PEOPLE:
        assert not [word for word in person if word.lower() in (drafted.err + drafted.log).lower()]


def test_comments_say_how_often_and_where(drafted: Said, release: Release) -> None:
    """Above each row stand mentions, documents, files and variants."""
    lines = drafted.out.splitlines()
    at = next(n for n, line in enumerate(lines) if PEOPLE[0][2] in line and line[0] != "#")
    above = "\n".join(lines[max(0, at - 6) : at])
    assert " mentions in " in above
    assert release.inputs[0].name in above
    assert "called: " in above
    assert f"{PEOPLE[0][0]} {PEOPLE[0][1]}" in above


def test_quiet_prints_the_draft_all_the_same(release: Release) -> None:
    """The draft is what was asked for; `--quiet` takes away all else."""
    said = call("people", "suggest", release.inputs[1], "--quiet")
    assert said.err == ""
    assert said.out.startswith(",".join(COLUMNS) + "\n")


def test_rows_there_are_keep_their_ids(release: Release) -> None:
    """With `--people` the row is found by what it has, and new ones come beside it."""
    said = call("people", "suggest", *release.inputs, "--people", release.people, "--min", "3")
    rows = [line for line in said.out.splitlines() if not line.startswith("#")]
    by_id = {row["person"]: row for row in csv.DictReader(rows)}
    assert by_id["T1"]["role"] == "teacher"
    assert by_id["T1"]["consent"] == "yes"
    assert by_id["T1"]["names"].startswith(f"{PEOPLE[0][0]} {PEOPLE[0][1]};{PEOPLE[0][0]}")
    assert "p01" in by_id


def test_the_example_study_is_drafted(example: dict[str, Any]) -> None:
    """Most people of the shipped roster are found, with their handles, one row each."""
    known = [row for row in load_roster(STUDY / "people.csv").rows if row.role == "student"]
    by_handle = {handle: row for row in example["rows"] for handle in row["handles"]}
    found = [row for row in known if row.handles[0] in by_handle]
    assert len(found) >= 0.8 * len(known)
    counts = [row["mentions"] for row in example["rows"] if row["kind"] == "person"]
    assert counts == sorted(counts, reverse=True)
    kinds = [row["kind"] for row in example["rows"]]
    assert kinds == sorted(kinds, reverse=True)
    assert all(row["files"] and row["documents"] for row in example["rows"])
    bodies = [row for row in example["rows"] if row["kind"] == "organisation"]
    assert all(row["documents"] >= 2 and row["role"] == "organisation" for row in bodies)
    assert example["ambiguous"]
    ids = {row["person"] for row in example["rows"]}
    assert all(set(one["candidates"]) <= ids for one in example["ambiguous"])


def test_the_roster_of_the_example_holds_no_error() -> None:
    """By itself and against its material there are doubts at most."""
    said = call("people", "check", *INPUTS, "--people", STUDY / "people.csv", "--json")
    assert said.code == 0
    found = json.loads(said.out)
    assert found["material"]
    assert found["rows"] == 29
    assert {one["severity"] for one in found["findings"]} <= {"warning", "note"}


def test_errors_of_a_roster_end_with_3(tmp_path: Path) -> None:
    """A finding is one line: file, line, severity, id, code, what to do; no original in it."""
    target = tmp_path / "people.csv"
    target.write_text(
        "person,names,handles\nt1,Ozimandra Fellgarrick,fellgarrick_oz\n"
        "t2,Tindrelle Ockersby,fellgarrick_oz\n",
        encoding="utf-8",
    )
    said = call("people", "check", "--people", target)
    assert said.code == 3
    first, last = said.out.splitlines()
    assert first.startswith("people.csv:3: error: t2 [handle-in-two-rows] handles: value 1 ")
    assert last == "2 rows checked by itself: 1 finding."
    assert not [
        name for name in ("Ozim", "fellg", "Tind") if name.lower() in said.everything.lower()
    ]
    held = json.loads(call("people", "check", "--people", target, "--json").out)
    assert held["findings"][0]["code"] == "handle-in-two-rows"
    assert held["findings"][0]["line"] == 3


def test_help_says_what_the_draft_holds() -> None:
    """It is to be kept private, and may be given to a run; findings hold no name."""
    said = call("people", "suggest", "--help").out
    assert "keep it private" in " ".join(said.split())
    assert "run --people" in " ".join(said.split())
    assert "no name stands in the findings" in " ".join(
        call("people", "check", "--help").out.split()
    )


def test_a_roster_must_be_named() -> None:
    """Neither project nor file: usage."""
    said = call("people", "check")
    assert said.code == 2
    assert "--people" in said.err
