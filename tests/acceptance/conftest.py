"""Runs of the example study, made once a session and shared by the tests that look at them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from anonymize import api
from tests.acceptance.study import STUDY, Release

NEWCOMER = {"name": "Quentella Ravensmoor", "handle": "quentravens", "id": "4077777771"}
"""Somebody whom only the files of the second run speak of."""


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Return what `anonymize demo` makes, under the default policy."""
    return Release(api.demo(tmp_path_factory.mktemp("demo") / "share"))


@pytest.fixture(scope="session")
def released(demo: Release) -> Callable[[str], Release]:
    """Return the study's release under a policy, in the demo's project."""
    made = {"safeguarded": demo}

    def of(policy: str) -> Release:
        if policy not in made:
            made[policy] = _run(demo, policy, demo.root.with_name(policy))
        return made[policy]

    return of


def _inputs() -> list[Path]:
    return sorted(path for path in STUDY.iterdir() if path.name != "people.csv")


def _run(demo: Release, policy: str, out: Path, *more: Path) -> Release:
    done = api.run(
        [*_inputs(), *more],
        out=out,
        project=demo.result.project,
        policy=policy,
        people=STUDY / "people.csv",
    )
    return Release(done)


@pytest.fixture(scope="session")
def again(demo: Release, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Return a second run of the demo's project, with an interview and a file more."""
    folder = tmp_path_factory.mktemp("more")
    talk = folder / "talk.txt"
    talk.write_text(
        "Interviewer: Jane-Louise Wetherfold\n\n"
        "Jane-Louise: Who showed you how to cut?\n"
        f"Quentella: I am {NEWCOMER['name']}, and it was Tamsyn Oakshard. And Jezzy.\n"
        "Jane-Louise: Thank you, Quentella.\n",
        encoding="utf-8",
    )
    line = {
        "id": "801999999999999999",
        "text": "Thanks @pshemekfilms and Zoë Thackwray #mediastudiesmatters",
        "author_id": NEWCOMER["id"],
        "conversation_id": "801999999999999999",
        "created_at": "2016-11-25T04:00:00.000Z",
        "author": {
            "id": NEWCOMER["id"],
            "username": NEWCOMER["handle"],
            "name": NEWCOMER["name"],
        },
    }
    late = folder / "late.jsonl"
    late.write_text(json.dumps(line, ensure_ascii=False) + "\n", encoding="utf-8")
    return _run(demo, "safeguarded", demo.root.with_name("again"), talk, late)
