"""One small study released once for all tests of a worker."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.acceptance.running import call
from tests.cli.calling import Release
from tests.generators import PEOPLE, make_interview, make_jsonl

_ROSTER = """\
person,role,names,handles,emails,consent,pseudonym
T1,teacher,{0} {1};{0},{2},{2}@post.example,yes,
"""


@pytest.fixture(scope="session")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """Tweets and an interview, run with a roster into a shared folder."""
    root: Path = tmp_path_factory.mktemp("release")
    tweets, interview, people = root / "t.jsonl", root / "talk.txt", root / "people.csv"
    tweets.write_bytes(make_jsonl(14))
    interview.write_bytes(make_interview(6))
    people.write_text(_ROSTER.format(*PEOPLE[0]), encoding="utf-8")
    assert call("init", root / "study").code == 0
    share = root / "share"
    place = ("--project", root / "study", "--people", people)
    said = call("run", tweets, interview, "--out", share, *place, "--json")
    return Release(
        (tweets, interview), people, root / "study", share, (said.code, said.out),
    )  # fmt: skip
