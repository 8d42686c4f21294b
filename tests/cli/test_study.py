"""`init`, `key` and `rules`: what they make, print and refuse."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from tests.acceptance.running import call
from tests.cli.calling import ROOT, start

POSIX = pytest.mark.skipif(os.name != "posix", reason="permission bits are POSIX")


@pytest.fixture
def study(tmp_path: Path) -> Path:
    """Return a fresh project."""
    assert call("init", tmp_path / "study").code == 0
    return tmp_path / "study"


@POSIX
def test_init_makes_a_project(tmp_path: Path) -> None:
    """Settings and an empty roster stand in the open, the key 0600 in a 0700 folder."""
    root = tmp_path / "a" / "study"
    said = call("init", root, "--json")
    assert said.code == 0
    made = json.loads(said.out)
    assert made["project"] == str(root)
    assert {path.name for path in root.iterdir()} == {"project.yaml", "people.csv", "private"}
    assert stat.S_IMODE((root / "private").stat().st_mode) == 0o700
    assert stat.S_IMODE((root / "private" / "key").stat().st_mode) == 0o600
    lines = (root / "people.csv").read_text("utf-8").splitlines()
    assert lines[0] == "person,role,names,handles,emails,consent,pseudonym"
    assert all(line.startswith("#") for line in lines[1:])
    assert call("key", "show-id", "--project", root).out == made["key_id"] + "\n"


def test_two_projects_have_two_keys(tmp_path: Path) -> None:
    """Every project draws a key of its own."""
    ids = {json.loads(call("init", tmp_path / name, "--json").out)["key_id"] for name in "abc"}
    assert len(ids) == 3


def test_init_never_overwrites(study: Path) -> None:
    """A second `init` of a folder ends with 8 and leaves key and files as they were."""
    before = {path: path.read_bytes() for path in study.rglob("*") if path.is_file()}
    said = call("init", study)
    assert said.code == 8
    assert said.err.count("\n") == 1
    assert {path: path.read_bytes() for path in study.rglob("*") if path.is_file()} == before


def test_key_export_is_sealed(study: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A backup opens with its passphrase only, is never overwritten, and holds no plain key."""
    monkeypatch.setenv("ANONYMIZE_PASSPHRASE", "moss and tide")
    target = study / "backup.json"
    said = call("key", "export", target, "--project", study, "--json")
    assert said.code == 0
    assert json.loads(said.out) == {"file": str(target)}
    own = json.loads((study / "private" / "key").read_text("utf-8"))
    backup = json.loads(target.read_text("utf-8"))
    assert (backup["id"], backup["kdf"]["name"]) == (own["id"], "argon2id")
    assert own["key"] not in target.read_text("utf-8")
    assert call("key", "export", target, "--project", study).code == 6


def test_key_destroy_needs_a_yes(study: Path) -> None:
    """Without a terminal and without `--yes` nothing is destroyed, and nobody is asked."""
    done = start("key", "destroy", "--project", study)
    assert done.returncode == 2
    assert "--yes" in done.stderr
    assert done.stderr.count("\n") == 1
    assert (study / "private" / "key").is_file()


def test_key_destroy(study: Path) -> None:
    """With `--yes` key and vault are gone; later commands end with 6 and a repetition too."""
    key_id = call("key", "show-id", "--project", study).out.strip()
    said = call("key", "destroy", "--yes", "--project", study, "--json")
    assert said.code == 0
    assert json.loads(said.out) == {"destroyed": key_id}
    left = {path.name for path in (study / "private").rglob("*") if path.is_file()}
    assert left <= {"audit.jsonl", "lock"}
    for words in (
        ("key", "show-id", "--project", study),
        ("key", "destroy", "--yes", "--project", study),
        ("reveal", "x", "--project", study, "--reason", "y"),
    ):
        again = call(*words)
        assert again.code == 6, words
        assert again.err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ("key", "show-id"),
        ("key", "destroy", "--yes"),
        ("reveal", "x", "--reason", "y"),
    ],
)
def test_a_folder_that_is_no_project(tmp_path: Path, words: tuple[str, ...]) -> None:
    """Where there is no project, commands end with 8 and say how to make one."""
    said = call(*words, "--project", tmp_path)
    assert said.code == 8
    assert "anonymize init" in said.err
    assert said.err.count("\n") == 1


@POSIX
def test_a_key_readable_by_others_is_refused(study: Path, tmp_path: Path) -> None:
    """A key that group or others can read ends with 6 and says how to mend it."""
    (study / "private" / "key").chmod(0o644)
    (tmp_path / "talk.txt").write_text("A: Hi\nB: Hello\nA: Bye\n", encoding="utf-8")
    said = call("run", tmp_path / "talk.txt", "--out", tmp_path / "out", "--project", study)
    assert said.code == 6
    assert "chmod 600" in said.err
    assert not (tmp_path / "out").exists()


def test_rules_list_names_every_file() -> None:
    """`rules list` has every shipped pack and policy with a summary, in text and in JSON."""
    listed = json.loads(call("rules", "list", "--json").out)
    plain = call("rules", "list").out
    for kind in ("packs", "policies"):
        shipped = sorted(path.stem for path in (ROOT / "rules" / kind).glob("*.yaml"))
        assert [one["name"] for one in listed[kind]] == shipped
        assert all(one["summary"] and one["name"] in plain for one in listed[kind])


@pytest.mark.parametrize("name", ["core", "safeguarded"])
def test_rules_show_prints_the_file(name: str) -> None:
    """`rules show` prints a pack or policy as it is written."""
    path = next((ROOT / "rules").rglob(f"{name}.yaml"))
    text = path.read_text("utf-8")
    assert json.loads(call("rules", "show", name, "--json").out) == {"name": name, "text": text}
    assert call("rules", "show", path).out == text.rstrip("\n") + "\n"


PACK = """\
name: badges
version: "1"
summary: Numbers of badges.
rules:
  - name: badge
    entity: BADGE
    source: invented
    patterns:
      - name: plain
        score: 0.9
        regex: 'BDG-[0-9]{4}'
    examples:
      match:
        - 'her badge is ⟦BDG-4711⟧'
      no_match:
        - '%s'
"""


def test_rules_check_runs_the_examples(tmp_path: Path) -> None:
    """A user's pack whose examples hold is sound; one that fails ends with 3 and names the rule."""
    good, bad = tmp_path / "good.yaml", tmp_path / "bad.yaml"
    good.write_text(PACK % "a bridge", encoding="utf-8")
    bad.write_text(PACK % "not BDG-4712", encoding="utf-8")
    said = call("rules", "check", good, "--json")
    assert (said.code, json.loads(said.out)) == (0, {"checked": [{"name": "badges", "rules": 1}]})
    wrong = call("rules", "check", good, bad)
    assert (wrong.code, wrong.out) == (3, "")
    assert "badge" in wrong.err
    assert wrong.err.count("\n") == 1


def test_rules_check_refuses_what_is_no_pack(tmp_path: Path) -> None:
    """A file that is neither pack nor policy ends with 3 and names file and line."""
    target = tmp_path / "odd.yaml"
    target.write_text("name: odd\nsurprise: 1\n", encoding="utf-8")
    said = call("rules", "check", target)
    assert said.code == 3
    assert "odd.yaml:" in said.err
    assert said.err.count("\n") == 1


def test_rules_explain_shows_each_detection(tmp_path: Path) -> None:
    """`explain` shows stretch, type, score, recognizer and decision, of a user's pack as well."""
    pack = tmp_path / "badges.yaml"
    pack.write_text(PACK % "a bridge", encoding="utf-8")
    text = "🎬 BDG-4711 mail a.b@post.example"
    rules = ("--rules", "core", "--rules", pack)
    rows = json.loads(call("rules", "explain", text, *rules, "--json").out)["spans"]
    seen = {(row["entity_type"], text[row["start"] : row["end"]]) for row in rows}
    assert ("BADGE", "BDG-4711") in seen
    assert ("EMAIL_ADDRESS", "a.b@post.example") in seen
    mail = next(row for row in rows if row["entity_type"] == "EMAIL_ADDRESS")
    assert mail["decision"].startswith("pseudonym by ")
    assert "BDG-4711" in call("rules", "explain", text, *rules).out


def test_rules_explain_shows_losers(tmp_path: Path) -> None:
    """So it does those that lost, with their fate and by whom; both in one table."""
    pack = tmp_path / "badges.yaml"
    pack.write_text(PACK % "a bridge", encoding="utf-8")
    text = "see https://post.example/BDG-4711 or BDG-4712"
    rules = ("--rules", "core", "--rules", pack)
    said = json.loads(call("rules", "explain", text, *rules, "--json").out)
    assert sorted(said) == ["others", "problems", "spans"]
    (badge,) = [row for row in said["others"] if row["entity_type"] == "BADGE"]
    assert (text[badge["start"] : badge["end"]], badge["fate"], badge["by"]) == (
        "BDG-4711",
        "swallowed",
        "core/url",
    )
    lines = call("rules", "explain", text, *rules).out.splitlines()
    assert " ".join(lines[0].split()) == "text type score recognizer what becomes of it"
    (lost,) = [line for line in lines if "BDG-4711'" in line and "BADGE" in line]
    assert lost.startswith("-  'BDG-4711'")
    assert lost.endswith("swallowed by core/url")
    (stands,) = [line for line in lines if "BDG-4712" in line and "BADGE" in line]
    assert stands.startswith("+  'BDG-4712'")
