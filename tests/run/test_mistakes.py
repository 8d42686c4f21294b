from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from anonymize.errors import UsageError
from anonymize.run.measures import Case, Stretch
from anonymize.run.mistakes import mistakes, write

TEXT = "Ask Jane Smith about tea"
NAME = Stretch(4, 14, "PERSON")


def _kinds(*found: Stretch) -> list[tuple[str, str]]:
    return [(row["kind"], row["words"]) for row in mistakes(Case(TEXT, (NAME,), found, found))]


def test_each_kind_has_its_name() -> None:
    """Missed, partial, wrong type and spurious are told apart; what is right is not listed."""
    assert _kinds() == [("missed", "Jane Smith")]
    assert _kinds(Stretch(4, 8, "PERSON")) == [("partial", "Jane Smith")]
    assert _kinds(Stretch(4, 14, "ORGANIZATION")) == [("type", "Jane Smith")]
    assert _kinds(NAME, Stretch(21, 24, "PERSON")) == [("spurious", "tea")]
    assert _kinds(NAME) == []


def test_the_list_is_for_its_owner_only(tmp_path: Path) -> None:
    """The file is readable by nobody else, even where one lay there before that was."""
    target = tmp_path / "errors.jsonl"
    target.write_text("old", encoding="utf-8")
    target.chmod(0o644)
    write(target, [{"words": "Zoë"}])
    assert [json.loads(line) for line in target.read_text("utf-8").splitlines()] == [
        {"words": "Zoë"}
    ]
    assert list(tmp_path.iterdir()) == [target]
    if os.name == "posix":
        assert stat.S_IMODE(target.stat().st_mode) == 0o600


@pytest.mark.parametrize("place", ["errors.jsonl", "data/errors.jsonl"])
def test_refuses_a_shared_folder(place: str, tmp_path: Path) -> None:
    """Text is not written below a folder with a signed audit log, whatever the path looks like."""
    (tmp_path / "audit").mkdir()
    (tmp_path / "audit" / "head.json").write_text("{}", encoding="utf-8")
    (tmp_path / "data").mkdir()
    for target in (tmp_path / place, tmp_path / "audit" / ".." / place):
        with pytest.raises(UsageError, match="shared folder"):
            write(target, [])
        assert not target.exists()


def test_refuses_what_cannot_be_written(tmp_path: Path) -> None:
    """A folder, and a file in none, are told in one line."""
    for target in (tmp_path, tmp_path / "none" / "errors.jsonl"):
        with pytest.raises(UsageError, match="cannot be written"):
            write(target, [])
