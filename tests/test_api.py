"""The façade: small values parsed, results typed, public names importable without weight."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from pathlib import Path

import pytest

import anonymize
from anonymize import Project, api
from anonymize.errors import SecretError, UsageError, WorkspaceError
from tests.cli.calling import environment
from tests.generators import PEOPLE, make_interview, make_jsonl


def test_public_names_are_there() -> None:
    """Everything the package and the façade promise can be imported; nothing else answers."""
    for module in (anonymize, api):
        for name in module.__all__:
            assert getattr(module, name) is not None
        with pytest.raises(AttributeError):
            module.__getattr__("no_such_name")


def test_importing_the_package_is_cheap() -> None:
    """`import anonymize` and its Project bring no model, no data frames and no names."""
    heavy = ("spacy", "presidio_analyzer", "pandas", "faker", "numpy")
    code = (
        "import sys; from anonymize import Project\n"
        f"print(sorted(set({heavy!r}) & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("", {}),
        ("text=body", {"body": "text"}),
        (" text = body , handle=user+other", {"body": "text", "user": "handle", "other": "handle"}),
    ],
)
def test_columns_are_parsed(text: str, roles: dict[str, str]) -> None:
    """`role=header` pairs become roles by header; several headers are joined by `+`."""
    assert api.parse_columns(text) == roles


@pytest.mark.parametrize("text", ["body", "text=", "=body", "text=a,b"])
def test_columns_must_be_pairs(text: str) -> None:
    """What is no pair is refused."""
    with pytest.raises(UsageError):
        api.parse_columns(text)


@pytest.mark.parametrize("text", ["0", "-1", "1.5", "", "all", "٣", "99999"])
def test_workers_must_be_a_number(text: str) -> None:
    """What is neither a plain number above 0 nor `auto` is refused."""
    with pytest.raises(UsageError):
        api.parse_workers(text)


def test_workers_are_parsed() -> None:
    """A number is itself, `auto` is at least one."""
    assert api.parse_workers("12") == 12
    assert api.parse_workers("auto") >= 1


def test_a_project_is_made_once_and_opened_again(tmp_path: Path) -> None:
    """`open` finds what `create` made, by the same key id; a second `create` is refused."""
    made = Project.create(tmp_path / "study")
    assert Project.open(str(tmp_path / "study")) == made
    with pytest.raises(WorkspaceError):
        Project.create(tmp_path / "study")


def test_what_is_no_project_cannot_be_opened(tmp_path: Path) -> None:
    """A folder without a project is a workspace error, a lost key a secret error."""
    with pytest.raises(WorkspaceError):
        Project.open(tmp_path)
    made = Project.create(tmp_path / "study")
    (made.root / "private" / "key").unlink()
    with pytest.raises(SecretError):
        Project.open(made.root)


def test_project_run_does_what_the_command_does(tmp_path: Path) -> None:
    """`Project.run` takes strings and paths, publishes, and its result adds up."""
    tweets, talk = tmp_path / "t.jsonl", tmp_path / "talk.txt"
    tweets.write_bytes(make_jsonl(6))
    talk.write_bytes(make_interview(4))
    project = Project.create(tmp_path / "study")
    rows = [f"P{at},,{one[0]} {one[1]},{one[2]},,," for at, one in enumerate(PEOPLE)]
    table = "\n".join(("person,role,names,handles,emails,consent,pseudonym", *rows))
    (project.root / "people.csv").write_text(table + "\n", encoding="utf-8")
    result = project.run([str(tweets), talk], out=str(tmp_path / "share"), policy="open")
    assert result.exit_code == 0
    assert result.verified
    assert result.records["read"] == result.records["written"] + result.records["withheld"]
    assert result.records["read"] >= 6 + 4
    assert (result.out, result.project) == (tmp_path / "share", project.root)
    report = json.loads((result.out / "report.json").read_text("utf-8"))
    assert report["policy"]["name"] == "open"
    assert api.verify(result.out, project=project.root).ok
    for path in result.out.rglob("*"):
        if path.is_file():
            text = path.read_text("utf-8").lower()
            assert not [word for one in PEOPLE for word in one if word.lower() in text]


def test_run_refuses_an_existing_folder(tmp_path: Path) -> None:
    """Nothing is overwritten, and no project is left behind by a call that could not run."""
    (tmp_path / "t.jsonl").write_bytes(make_jsonl(2))
    (tmp_path / "share").mkdir()
    with pytest.raises(UsageError):
        api.run([tmp_path / "t.jsonl"], out=tmp_path / "share")
    with pytest.raises(UsageError):
        api.demo(tmp_path / "share")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["share", "t.jsonl"]


def test_the_demo_has_a_title(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The demo's project carries the settings that come with the examples."""
    seen: list[Path] = []

    def run(inputs: list[Path], *, out: Path, **_: object) -> None:
        seen.extend(inputs)
        assert not out.exists()

    monkeypatch.setattr(api, "run", run)
    api.demo(tmp_path / "demo")
    assert "title: Voices" in (tmp_path / "demo.private" / "project.yaml").read_text("utf-8")
    assert {path.name for path in seen} == {
        "hashtag.csv", "hashtag_v1.jsonl", "hashtag_v2.jsonl", "interviews", "tags_export.csv",
        "takeout.zip",
    }  # fmt: skip


def test_everything_public_is_documented() -> None:
    """Every public function and class of the façade has a docstring."""
    for name in api.__all__:
        assert inspect.getdoc(getattr(api, name)), name
