"""`evaluate`: its JSON, its lines, its files, and how it refuses."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from anonymize.detect.baseline import MODELS
from tests.acceptance.running import call, one_line
from tests.cli.calling import ROOT, Release

GOLD = ROOT / "examples" / "gold" / "tweets.jsonl"
NAMES = ("Quillfeather", "Thornbury", "Okonkwo")


def _free_of_text(text: str) -> bool:
    return not any(name.lower() in text.lower() for name in NAMES)


def test_the_example_of_the_readme(tmp_path: Path) -> None:
    """Figures on six tweets, a page without text, a private list with it."""
    page, listed = tmp_path / "figures.html", tmp_path / "errors.jsonl"
    said = call("evaluate", GOLD, "--html", page, "--errors", listed, "--bootstrap", "20", "--json")
    assert said.code == 0
    result = json.loads(said.out)
    assert result["texts"] == 6
    handles = result["systems"]["anonymize"]["types"]["HANDLE"]["strict"]
    assert (handles["recall"], handles["precision"]) == (1.0, 1.0)
    assert set(handles["interval"]) == {"recall", "precision", "f1", "f2"}
    assert result["labels"]["not_scored"][0]["label"] == "HASHTAG"
    assert page.read_text("utf-8").endswith("</html>\n")
    assert _free_of_text(said.everything + page.read_text("utf-8"))
    assert all(json.loads(line)["words"] for line in listed.read_text("utf-8").splitlines())


def test_presidio_beside_it() -> None:
    """With its model `--baseline` measures the same texts; without, it ends with 5."""
    wanted = ("evaluate", GOLD, "--baseline", "presidio", "--bootstrap", "0", "--json")
    said = call(*wanted)
    if not any(map(find_spec, MODELS)):
        assert "en_core_web_sm" in one_line(said, 5)
        return
    assert said.code == 0
    systems = json.loads(said.out)["systems"]
    assert set(systems) == {"anonymize", "presidio"}
    assert systems["presidio"]["types"]["PHONE_NUMBER"]["covered"]["recall"] == 1.0
    assert _free_of_text(said.everything)


def test_lines_for_a_terminal() -> None:
    """Without `--json` there is a line a type, and what is left out is said."""
    said = call("evaluate", GOLD, "--bootstrap", "0")
    assert said.code == 0
    assert "PHONE_NUMBER" in said.out
    assert "Not scored: HASHTAG (1); see --all-types." in said.out
    assert "6 texts in" in said.out
    assert _free_of_text(said.everything)


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--baseline", "other"], 2),
        (["--recall", "most"], 2),
        (["--transform", "title"], 2),
        (["--bootstrap", "-3"], 2),
        (["--lang", "english"], 2),
        (["--policy", "nobody"], 3),
        (["--errors", "none/errors.jsonl"], 2),
        (["--html", "none/page.html"], 2),
    ],
)
def test_refuses_in_one_line(options: list[str], code: int) -> None:
    """A setting that does not exist and a place that is none are told in one line."""
    one_line(call("evaluate", GOLD, *options), code)


def test_refuses_a_damaged_gold_standard(tmp_path: Path) -> None:
    """The line and field are named; a missing file is a mistake of the call."""
    target = tmp_path / "gold.jsonl"
    target.write_text('{"id": "1", "text": "x", "entities": [{"start": 0}]}\n', encoding="utf-8")
    assert "line 1: entities[0].end" in one_line(call("evaluate", target), 4)
    one_line(call("evaluate", tmp_path / "none.jsonl"), 2)


def test_mistakes_stay_out_of_a_shared_folder(release: Release) -> None:
    """A list of mistakes is refused below a release, and nothing is written there."""
    target = release.share / "data" / "errors.jsonl"
    assert "shared folder" in one_line(call("evaluate", GOLD, "--errors", target), 2)
    assert not target.exists()


def test_help_warns_of_the_text() -> None:
    """The help of `--errors` says that the file holds text."""
    assert "HOLDS TEXT" in call("evaluate", "--help").out
