"""The consent of a takeout's owner, whose posts do not say whose they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from anonymize import api
from tests.generators import PEOPLE, make_takeout

_ROSTER = "person,role,names,handles,emails,consent,pseudonym\nO,teacher,,{},,{},\n"


@pytest.mark.parametrize(("consent", "written"), [("yes", 3), ("no", 0), ("withdrawn", 0)])
def test_an_owner_who_refused_shares_nothing(tmp_path: Path, consent: str, written: int) -> None:
    """Of a takeout whose owner refused or withdrew no tweet is written; each is on the list."""
    archive, people = tmp_path / "a.zip", tmp_path / "people.csv"
    archive.write_bytes(make_takeout(3))
    people.write_text(_ROSTER.format(PEOPLE[0][2], consent), encoding="utf-8")
    done = api.run([archive], out=tmp_path / "share", people=people)
    assert done.records == {"read": 3, "written": written, "withheld": 3 - written}
