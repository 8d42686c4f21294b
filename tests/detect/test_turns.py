from __future__ import annotations

import pytest

from anonymize.detect import turns


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Jane: Hi.\nBo: Hello.\nJane: Well.\nBo: So.", ["Jane", "Bo", "Jane", "Bo"]),
        ("LaurenFinch: Hi.\nInterviewer: Go on.\nLaurenFinch: Yes.", ["LaurenFinch"] * 2),
        ("Interviewer: Hi.\nP01: Hello.\nInterviewer: Well.\nP01: So.", []),
        ("Name: Jane\nPhone: 1\nAddress: here", []),
        ("Jane: a lone line", []),
        ("It was 10:30\nIt was 11:30", []),
    ],
)
def test_labels(text: str, found: list[str]) -> None:
    """A label stands before two lines at least and names somebody."""
    assert [text[a:b] for a, b in turns.labels(text)] == found
