"""How fast it goes and how long it will."""

from __future__ import annotations

import pytest

from anonymize.cli import console


def test_pace() -> None:
    """Rate and remaining time are those of this run; what an earlier one did costs no time."""
    pace = console.Pace(20, 100.0)
    assert (pace.rate(100.0), pace.left(100.0)) == ("", "")
    pace.advance(10, 0)
    assert (pace.rate(101.0), pace.left(101.0)) == ("", "")
    pace.advance(2, 3000)
    assert (pace.rate(102.0), pace.left(102.0)) == ("1,500 records/s", "0:00:08 left")
    pace.advance(8, 3000)
    assert (pace.rate(110.0), pace.left(110.0)) == ("600 records/s", "")


def test_long_stages() -> None:
    """Hours are shown as such."""
    pace = console.Pace(3, 0.0)
    pace.advance(1, 1)
    assert pace.left(3723.0) == "2:04:06 left"


def test_lines(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """For logs there is a line every five seconds at most, with rate and remaining time."""
    clock = iter([0.0, 4.0, 10.0, 11.0])
    monkeypatch.setattr("anonymize.cli.console.time.monotonic", lambda: next(clock))
    lines = console.Lines()
    lines.start("scan", 4)
    for _ in range(3):
        lines.advance(records=500)
    lines.finish()
    assert capsys.readouterr().err.splitlines() == [
        "scan: 4",
        "scan: 2/4, 100 records/s, 0:00:10 left",
        "scan: done",
    ]
