"""Bad input ends in one line and the right exit code: no traceback, no original, no trace."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from anonymize.formats.catalogue import FORMATS
from tests import generators
from tests.acceptance.damage import NAME, REFUSED, TAKEN
from tests.acceptance.running import Said, call, files, found, one_line

SECONDS = 10
SECONDS_A_MEGABYTE = 40
"""Detection in a text takes 8 s a megabyte on an idle core of 2020; it does not hang."""


def _timed(*arguments: str | Path, limit: float = SECONDS) -> Said:
    # Of a machine shared with other tests, the processor's time is what the input costs.
    start, worked = time.monotonic(), time.process_time()
    said = call(*arguments)
    assert time.process_time() - worked < limit
    assert time.monotonic() - start < 6 * limit
    return said


@pytest.fixture(autouse=True, scope="module")
def _warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Load the models once, so that what is timed is the input."""
    source = tmp_path_factory.mktemp("warm") / "a.txt"
    source.write_text("Ada: Hello\nBo: Hello\nAda: Bye\n")
    assert call("scan", source).code == 0


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused(case: str, tmp_path: Path) -> None:
    """A damaged or foreign file ends run and scan with 4; nothing is shared, nothing is left."""
    name, make = REFUSED[case]
    (tmp_path / "in").mkdir()
    source = tmp_path / "in" / name
    source.write_bytes(make())
    line = one_line(_timed("run", source, "--out", tmp_path / "share"), 4)
    if case == "table-unknown":
        assert "--columns" in line
    assert one_line(_timed("scan", source, "--json"), 4)
    assert {path.name for path in tmp_path.iterdir()} == {"in", "share.private"}
    assert files(tmp_path / "in") == {name}
    assert found(tmp_path / "share.private", [NAME]) == {}


@pytest.mark.parametrize("case", TAKEN)
def test_damage_in_a_record_costs_that_record_only(case: str, tmp_path: Path) -> None:
    """What can be read is published; a record that cannot is withheld, counted, and exit is 10."""
    name, make, code, withheld = TAKEN[case]
    (tmp_path / name).write_bytes(make())
    limit = SECONDS_A_MEGABYTE if case == "long-line" else SECONDS
    said = _timed("run", tmp_path / name, "--out", tmp_path / "share", "--json", limit=limit)
    assert said.code == code, said.err
    assert "Traceback" not in said.everything
    assert NAME.lower() not in said.everything.lower()
    records = json.loads(said.out)["records"]
    assert records["read"] == records["written"] + records["withheld"] > 0
    if withheld >= 0:
        assert records["withheld"] == withheld
    assert found(tmp_path / "share", [NAME]) == {}
    assert found(tmp_path / "share.private", [NAME]) == {}
    if case != "long-line":
        scanned = _timed("scan", tmp_path / name, "--json")
        assert scanned.code == 0, scanned.err


@pytest.mark.parametrize("where", ["claims", "plan", "read"])
def test_what_no_format_foresaw_is_no_crash(
    where: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever a format's code trips over in an input, the run names file and format, ends 4."""

    def trip(*_: object) -> None:
        raise ZeroDivisionError(NAME)

    monkeypatch.setattr(type(FORMATS["table"]), where, trip)
    (tmp_path / "a.csv").write_bytes(generators.make_csv(2))
    line = one_line(call("run", tmp_path / "a.csv", "--out", tmp_path / "share"), 4)
    assert line == "anonymize: a.csv: cannot be read as table (ZeroDivisionError)"
    assert not (tmp_path / "share").exists()


@pytest.mark.parametrize("case", ["surrogates", "surrogates-js"])
def test_lone_surrogates_are_counted(case: str, tmp_path: Path) -> None:
    """A text with half an emoji is kept, and the report says how many there were."""
    name, make, *_ = TAKEN[case]
    (tmp_path / name).write_bytes(make())
    assert call("run", tmp_path / name, "--out", tmp_path / "share").code == 0
    report = json.loads((tmp_path / "share" / "report.json").read_text())
    assert report["problems"]["lone-surrogate"] == 1
