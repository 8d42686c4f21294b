from __future__ import annotations

from anonymize.report.markdown import summary
from tests.report.sample import REPORT


def test_says_what_happened() -> None:
    """The summary has records, reasons, findings, operators, search and audit head."""
    text = summary(REPORT).replace("\u202f", "").replace("\xa0", " ")

    assert text.splitlines()[0] == "* 1482 records read, 1459 written, 23 withheld"
    assert "* withheld because: consent withdrawn 17, truncated json 4" in text
    assert "* found: handles 3120, post ids 2894" in text
    assert "* policy: `safeguarded`" in text
    assert "* 1204 known identifiers searched for in 19 files after writing: 0 found" in text
    assert REPORT["audit"]["last"] in text


def test_says_nothing_of_nothing() -> None:
    """An empty report gives no line."""
    assert summary({}) == ""
