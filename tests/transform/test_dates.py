"""Times move by whole weeks and are written as they were."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.model.keys import Keys
from anonymize.model.policies import Precision
from anonymize.transform.dates import coarsen, shift_value, weeks_shift
from anonymize.transform.text_dates import shift_text
from tests.transform.fakes import KEYS

YEAR = timedelta(weeks=-52)
STILL = timedelta()
MOMENTS = st.datetimes(datetime(2006, 3, 21), datetime(2030, 1, 1))  # noqa: DTZ001
TWITTER = "%a %b %d %H:%M:%S +0000 %Y"


@given(st.binary(min_size=32, max_size=32))
def test_shift_is_whole_weeks_into_the_past(root: bytes) -> None:
    """The shift is a whole number of weeks, at least half a year and at most ten, backwards."""
    shift = weeks_shift(Keys(root))
    assert shift % timedelta(weeks=1) == STILL
    assert timedelta(weeks=26) <= -shift <= timedelta(weeks=520)


@given(MOMENTS, MOMENTS)
def test_intervals_and_weekdays_survive(a: datetime, b: datetime) -> None:
    """Two times keep their distance, weekday and time of day."""
    shift = weeks_shift(KEYS)
    a, b = a.replace(microsecond=0), b.replace(microsecond=0)
    new = [shift_value(m.strftime(TWITTER), shift, Precision.EXACT) or "" for m in (a, b)]
    x, y = (datetime.strptime(one, TWITTER) for one in new)  # noqa: DTZ007
    assert y - x == b - a
    assert [one[:3] for one in new] == [a.strftime("%a"), b.strftime("%a")]
    assert x.time() == a.time()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Sat Aug 12 16:10:37 +0000 2023", "Sat Aug 13 16:10:37 +0000 2022"),
        ("Sat, 12 Aug 2023 16:10:37 GMT", "Sat, 13 Aug 2022 16:10:37 GMT"),
        ("2023-08-12T16:10:37.123Z", "2022-08-13T16:10:37.000Z"),
        ("2023-08-12T16:10:37Z", "2022-08-13T16:10:37Z"),
        ("2023-08-12T16:10:37+02:00", "2022-08-13T16:10:37+02:00"),
        ("2023-08-12T16:10:37.123456789+0200", "2022-08-13T16:10:37.000000000+0200"),
        ("2023-08-12T16:10", "2022-08-13T16:10"),
        ("2023-08-12 16:10:37", "2022-08-13 16:10:37"),
        ("2023-08-12 16:10:37+00:00", "2022-08-13 16:10:37+00:00"),
        ("2023-08-12", "2022-08-13"),
        ("2023.08.12", "2022.08.13"),
        ("2023/8/12", "2022/8/13"),
        ("12/08/2023 16:10:37", "13/08/2022 16:10:37"),
        ("12/08/2023", "13/08/2022"),
        ("08/13/2023", "08/14/2022"),
        ("12.8.23", "13.8.22"),
        ("8/13/2023 4:10 PM", "8/14/2022 4:10 PM"),
        ("1691856637", "1660407037"),
        ("1691856637123", "1660407037000"),
        (" 2023-08-12 ", " 2022-08-13 "),
    ],
)
def test_formats(value: str, expected: str) -> None:
    """Each format comes out as it went in."""
    assert shift_value(value, YEAR, Precision.EXACT) == expected


@pytest.mark.parametrize(
    "value",
    ["", "soon", "2023-02-30", "2023-13-01", "99/99/2023", "1691856", "0000-00-00", "25:00",
     "Sat Aug 32 16:10:37 +0000 2023", "2023-08-12T99:00:00Z", "0001-01-01"],
)  # fmt: skip
def test_not_understood(value: str) -> None:
    """What is no time of a known format, or no day, has no new value."""
    assert shift_value(value, YEAR, Precision.EXACT) is None


@pytest.mark.parametrize(
    ("precision", "expected"),
    [
        (Precision.EXACT, "2023-08-12T16:10:37.000Z"),
        (Precision.MINUTE, "2023-08-12T16:10:00.000Z"),
        (Precision.HOUR, "2023-08-12T16:00:00.000Z"),
        (Precision.DAY, "2023-08-12T00:00:00.000Z"),
        (Precision.MONTH, "2023-08-01T00:00:00.000Z"),
    ],
)
def test_precision(precision: Precision, expected: str) -> None:
    """What is coarsened away is zero, fractions of a second always; the format stays."""
    assert shift_value("2023-08-12T16:10:37.123Z", STILL, precision) == expected


@pytest.mark.parametrize("precision", list(Precision))
def test_coarse_weekday_fits(precision: Precision) -> None:
    """The weekday written is that of the day written."""
    new = shift_value("Sat Aug 12 16:10:37 +0000 2023", STILL, precision) or ""
    assert datetime.strptime(new, TWITTER).strftime(TWITTER) == new  # noqa: DTZ007


@given(MOMENTS, st.sampled_from(Precision))
def test_coarsening_is_idempotent(moment: datetime, precision: Precision) -> None:
    """Coarsening twice is coarsening once, and never goes forward."""
    once = coarsen(moment.replace(tzinfo=UTC), precision)
    assert coarsen(once, precision) == once
    assert once <= moment.replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("surface", "expected"),
    [
        ("12 August 2023", "13 August 2022"),
        ("Saturday 12 August 2023", "Saturday 13 August 2022"),
        ("Sat, 12th Aug 2023", "Sat, 13th Aug 2022"),
        ("12 AUG 2023", "13 AUG 2022"),
        ("August 12, 2023", "August 13, 2022"),
        ("August 12th, 2023", "August 13th, 2022"),
        ("Aug 12", "Aug 14"),
        ("12 August", "14 August"),
        ("the 1st of May", "the 3rd of May"),
        ("on the 1st of May 2023", "on the 2nd of May 2022"),
        ("August 2023", "August 2022"),
        ("in early August 2023", "in early August 2022"),
        ("Sept. 2023", "Sep. 2022"),
        ("12 augustus 2023", "13 augustus 2022"),
        ("2023", "2022"),
        ("since 2023", "since 2022"),
        ("12/08/2023", "13/08/2022"),
        ("on 12/08/2023", "on 13/08/2022"),
        ("08/13/2023", "08/14/2022"),
        ("2023-08-12", "2022-08-13"),
        ("12 August 2023 at 16:10", "13 August 2022 at 16:10"),
        ("12\nAugust 2023", "13 August 2022"),
        ("last week", "last week"),
        ("two years ago", "two years ago"),
        ("Monday morning", "Monday morning"),
        ("the 1990s", "the 1990s"),
        ("10 minutes", "10 minutes"),
        ("12.5", None),
        ("the feast of St Jane", None),
        ("31 June 2023", None),
        ("Year 12 spring term 1734567", None),
    ],
)
def test_text(surface: str, expected: str | None) -> None:
    """A date in text is shifted in its own words; what points to no day stays."""
    assert shift_text(surface, YEAR, Precision.EXACT) == expected


def test_text_precision() -> None:
    """A tier that shows months shows no day, and one that shows days no clock."""
    assert shift_text("12 August 2023", YEAR, Precision.MONTH) is None
    assert shift_text("August 2023", YEAR, Precision.MONTH) == "August 2022"
    assert shift_text("12 August 2023 at 16:10", YEAR, Precision.DAY) == "13 August 2022"


@given(st.text(max_size=30), st.sampled_from(Precision))
def test_text_total(surface: str, precision: Precision) -> None:
    """No text stops the shift."""
    shift_text(surface, YEAR, precision)
    shift_value(surface, YEAR, precision)
