"""`who` and the researcher's word: what they show, change and put on record."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.running import call
from tests.cli.calling import Release
from tests.generators import PEOPLE

FIRST, SECOND = (f"{given} {family}" for given, family, _ in PEOPLE[:2])


@pytest.fixture
def project(release: Release, tmp_path: Path) -> Path:
    """Return a copy of the project, which tests may change."""
    copy = tmp_path / "study"
    shutil.copytree(release.project, copy)
    shutil.copy(release.people, copy / "people.csv")
    return copy


def _asked(*words: str, project: Path) -> Any:
    said = call("who", *words, "--project", project, "--json")
    assert said.code == 0, said.err
    return json.loads(said.out)


def _events(project: Path) -> list[dict[str, Any]]:
    lines = (project / "private" / "audit.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("asked", [FIRST, f"@{PEOPLE[0][2]}", "T1", f"{PEOPLE[0][2]}@post.example"])
def test_a_person_is_found_by_whatever_is_hers(project: Path, asked: str) -> None:
    """Name, handle, id of the roster and address lead to one person, with the evidence."""
    (person,) = _asked(asked, project=project)["persons"]
    assert person["roster"] == "T1"
    assert FIRST in person["names"]
    assert any("roster" in line for line in person["evidence"])


def test_everybody_is_listed_in_short(project: Path) -> None:
    """Without a name, each person has a line with id, kind and name."""
    said = call("who", "--project", project)
    assert said.code == 0
    assert any(FIRST in line and "person" in line for line in said.out.splitlines())
    assert len(said.out.splitlines()) == len(_asked(project=project)["persons"])


def test_a_pair_is_one_or_two_and_why(project: Path) -> None:
    """Two names of one person are one; of two persons, what speaks against it is told."""
    same = _asked(FIRST, f"@{PEOPLE[0][2]}", project=project)["pair"]
    assert same["same"]
    assert same["why"]
    other = _asked(FIRST, SECOND, project=project)["pair"]
    assert not other["same"]
    assert other["why"]
    assert "two persons" in call("who", FIRST, SECOND, "--project", project).out


def test_nobody_is_a_usage_error(project: Path) -> None:
    """A name that is nobody's is said so, without repeating it."""
    said = call("who", "Nobody Atall", "--project", project)
    assert said.code == 2
    assert "Atall" not in said.err


def test_asking_is_put_on_record(project: Path) -> None:
    """That somebody looked is an event of the private audit, and holds no name."""
    before = len(_events(project))
    _asked(FIRST, project=project)
    new = _events(project)[before:]
    assert [one["event"] for one in new] == ["who"]
    assert FIRST not in json.dumps(new)


def test_a_merge_keeps_the_older_and_can_be_taken_back(project: Path) -> None:
    """Merged persons are one for `who`, on record; a split parts them again."""
    one = _asked(FIRST, project=project)["persons"][0]["id"]
    other = _asked(SECOND, project=project)["persons"][0]["id"]
    said = call("people", "merge", FIRST, SECOND, "--project", project, "--json")
    assert said.code == 0, said.err
    kept = json.loads(said.out)
    assert {kept["kept"], *kept["ids"]} == {one, other}
    assert _asked(FIRST, SECOND, project=project)["pair"]["same"]
    event = next(e for e in reversed(_events(project)) if e["event"] == "merge")
    assert (event["by"], event["kept"]) == ("researcher", kept["kept"])
    parted = call("people", "split", FIRST, f"@{PEOPLE[1][2]}", "--project", project, "--json")
    assert parted.code == 0, parted.err
    assert not _asked(FIRST, f"@{PEOPLE[1][2]}", project=project)["pair"]["same"]
    assert any(e["event"] == "split" for e in _events(project))


def test_a_merge_holds_in_the_next_run(release: Release, project: Path, tmp_path: Path) -> None:
    """After a merge both names are one pseudonym in what is shared next."""
    assert call("people", "merge", FIRST, SECOND, "--project", project).code == 0
    said = call("run", *release.inputs, "--out", tmp_path / "share", "--project", project)
    assert said.code == 0, said.err
    assert _asked(FIRST, SECOND, project=project)["pair"]["same"]


def test_a_renamed_person_is_called_so(release: Release, project: Path, tmp_path: Path) -> None:
    """From the next run on she has the pseudonym; the one she had leads back to her still."""
    before = _asked(FIRST, project=project)["persons"][0]["id"]
    said = call("people", "rename", FIRST, "Vivienne Marlow", "--project", project)
    assert said.code == 0, said.err
    out = tmp_path / "share"
    assert call("run", *release.inputs, "--out", out, "--project", project).code == 0
    texts = "".join(path.read_text("utf-8") for path in (out / "data").rglob("*.*"))
    assert "Vivienne" in texts
    assert _asked("Vivienne Marlow", project=project)["persons"][0]["id"] == before
    assert any(e["event"] == "rename" for e in _events(project))


@pytest.mark.parametrize(
    "words",
    [
        ("merge", FIRST, FIRST),
        ("split", FIRST, f"@{PEOPLE[1][2]}"),
        ("rename", FIRST, PEOPLE[1][0]),
        ("rename", FIRST, " "),
    ],
)
def test_what_makes_no_sense_is_refused(project: Path, words: tuple[str, ...]) -> None:
    """One person cannot be merged, a stranger's handle split off, a real name be a pseudonym."""
    said = call("people", *words, "--project", project)
    assert said.code == 2
    assert len(said.err.strip().splitlines()) == 1
    assert PEOPLE[1][0] not in said.err
