from __future__ import annotations

from pathlib import Path

import pytest

from anonymize.errors import RuleError
from anonymize.rulepacks.study import TEMPLATE, Creator, Study, load_study


def write(folder: Path, text: str) -> Path:
    """Return a project file of that text."""
    path = folder / "project.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_template_is_the_default(tmp_path: Path) -> None:
    """A new project file says just what holds without it."""
    assert load_study(write(tmp_path, TEMPLATE)) == Study()


def test_values(tmp_path: Path) -> None:
    """Every setting arrives; dates stay text and `no` stays a word."""
    study = load_study(
        write(
            tmp_path,
            "title: Talk\ndescription: About no thing\ncreators:\n  - A. Bee\n"
            "  - {name: C. Dee, orcid: 0000-0000-0000-0001, affiliation: Example}\n"
            "licence: CC-BY-4.0\nreleased: 2026-01-31\nlanguage: 'no'\npolicy: open\n"
            "packs: [core, nl]\ncolumns: {text: Tweet body, id: [a, b]}\nshard_bytes: 65536\n",
        ),
    )
    assert study.creators == (
        Creator("A. Bee"),
        Creator("C. Dee", "0000-0000-0000-0001", "Example"),
    )
    assert (study.released, study.language, study.policy) == ("2026-01-31", "no", "open")
    assert study.packs == ("core", "nl")
    assert study.columns == {"text": ("Tweet body",), "id": ("a", "b")}
    assert study.shard_bytes == 65536


def test_every_fault_is_reported(tmp_path: Path) -> None:
    """All faults come at once, each with its line."""
    path = write(
        tmp_path,
        "released: 31.1.2026\nlanguage: english\ncreators: [{orcid: 1}]\nshard_bytes: 1\n"
        "packs: [core, core]\ncolumns: {text: a, id: a, colour: b}\nspeed: 1\n",
    )
    with pytest.raises(RuleError) as caught:
        load_study(path)
    starts = [one.split(": ", 2)[:2] for one in caught.value.errors]
    assert starts == [
        ["project project.yaml:1", "released"],
        ["project project.yaml:2", "language"],
        ["project project.yaml:3", "creators/1/orcid"],
        ["project project.yaml:3", "creators/1"],
        ["project project.yaml:4", "shard_bytes"],
        ["project project.yaml:5", "packs"],
        ["project project.yaml:6", "columns/colour"],
        ["project project.yaml:6", "columns/id"],
        ["project project.yaml:7", "speed"],
    ]
