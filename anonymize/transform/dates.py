"""Times: one secret shift of whole weeks, then coarsened, written as they were written.

Weekday, time of day and every interval survive the shift, to the second; nothing points to the
true day.  Fractions of a second go: ids of X, Mastodon and Bluesky are made of the very
millisecond, by which a post would be found whatever its day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

from anonymize.model.keys import Keys
from anonymize.model.policies import Precision

LEAST_WEEKS = 26
MOST_WEEKS = 520
"""Half a year to ten years: less would leave the season known, more would leave the medium."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_Form = tuple[datetime, Callable[[datetime], str]]

_CLOCK = r"(?P<t>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?P<f>[.,][0-9]{1,9})?)?)"
# Twitter v1.1 and the takeout: `Sat Aug 12 16:10:37 +0000 2023`.
_TWITTER = re.compile(
    rf"(?P<w>{'|'.join(WEEKDAYS)}) (?P<m>{'|'.join(MONTHS)}) (?P<d>[0-9]{{2}}) {_CLOCK} "
    r"(?P<z>[+-][0-9]{4}) (?P<y>[0-9]{4})",
)
# RFC 5322 section 3.3, as HTTP and feeds write it.
_MAIL = re.compile(
    rf"(?P<w>{'|'.join(WEEKDAYS)}), (?P<d>[0-9]{{1,2}}) (?P<m>{'|'.join(MONTHS)}) "
    rf"(?P<y>[0-9]{{4}}) {_CLOCK} (?P<z>[+-][0-9]{{4}}|GMT|UTC)",
)
# ISO 8601 and its looser kin: `2023-06-05 17:00:52`, `2021.10.20`, `2023/06/05`.
_ISO = re.compile(
    r"(?P<y>[0-9]{4})(?P<s>[-./])(?P<m>[0-9]{1,2})(?P=s)(?P<d>[0-9]{1,2})"
    rf"(?:(?P<g>[T ]|, ){_CLOCK}(?P<z> ?(?:Z|UTC|[+-][0-9]{{2}}:?[0-9]{{2}}))?)?",
)
# `05/06/2023 17:00:52` (TAGS), `5.6.23`; the day comes first unless it cannot.
_NUMERIC = re.compile(
    r"(?P<a>[0-9]{1,2})(?P<s>[-./])(?P<b>[0-9]{1,2})(?P=s)(?P<y>[0-9]{4}|[0-9]{2})"
    rf"(?:(?P<g>[T ]|, ){_CLOCK}(?P<z> ?[AaPp][Mm])?)?",
)
# Seconds since 1970 from 2001-09-09 on, milliseconds likewise.
_EPOCH = re.compile(r"[0-9]{10}(?:[0-9]{3})?")


def weeks_shift(keys: Keys) -> timedelta:
    """Return the secret shift of a tier: 26 to 520 whole weeks into the past.

    Into the past, so that no record is dated after the data were made.
    """
    weeks = LEAST_WEEKS + keys.number("date shift", "") % (MOST_WEEKS - LEAST_WEEKS + 1)
    return timedelta(weeks=-weeks)


def coarsen(moment: datetime, precision: Precision) -> datetime:
    """Return the beginning of the second, minute, hour, day or month of a moment."""
    moment = moment.replace(microsecond=0)
    if precision is Precision.EXACT:
        return moment
    moment = moment.replace(second=0)
    if precision is Precision.MINUTE:
        return moment
    moment = moment.replace(minute=0)
    if precision is Precision.HOUR:
        return moment
    moment = moment.replace(hour=0)
    return moment if precision is Precision.DAY else moment.replace(day=1)


def _clock(match: re.Match[str]) -> tuple[int, int, int, int]:
    """Return hour, minute, second, microsecond of the clock group; zeros without one."""
    if match["t"] is None:
        return 0, 0, 0, 0
    hour, minute, *rest = match["t"].split(":")
    second = int(re.split("[.,]", rest[0])[0]) if rest else 0
    fraction = (match["f"] or ".0")[1:]
    return int(hour), int(minute), second, int(fraction[:6].ljust(6, "0"))


def _show_clock(match: re.Match[str], moment: datetime) -> str:
    """Return the clock of a moment with the fields and digits the original has."""
    hour, _, rest = match["t"].partition(":")
    shown = f"{moment.hour:0{len(hour)}d}:{moment.minute:02d}"
    if ":" in rest:
        shown += f":{moment.second:02d}"
    if match["f"]:
        digits = len(match["f"]) - 1
        shown += match["f"][0] + f"{moment.microsecond:06d}".ljust(digits, "0")[:digits]
    return shown


def _named(pattern: re.Pattern[str], value: str) -> _Form | None:
    match = pattern.fullmatch(value)
    if match is None:
        return None
    month = MONTHS.index(match["m"]) + 1
    moment = datetime(int(match["y"]), month, int(match["d"]), *_clock(match), tzinfo=UTC)

    def show(new: datetime) -> str:
        day, name = f"{new.day:0{len(match['d'])}d}", MONTHS[new.month - 1]
        weekday, clock = WEEKDAYS[new.weekday()], _show_clock(match, new)
        if pattern is _TWITTER:
            return f"{weekday} {name} {day} {clock} {match['z']} {new.year:04d}"
        return f"{weekday}, {day} {name} {new.year:04d} {clock} {match['z']}"

    return moment, show


def _iso(value: str) -> _Form | None:
    match = _ISO.fullmatch(value)
    if match is None:
        return None
    day = (int(match["y"]), int(match["m"]), int(match["d"]))
    moment = datetime(*day, *_clock(match), tzinfo=UTC)

    def show(new: datetime) -> str:
        sep = match["s"]
        shown = f"{new.year:04d}{sep}{new.month:0{len(match['m'])}d}{sep}"
        shown += f"{new.day:0{len(match['d'])}d}"
        if match["t"]:
            shown += match["g"] + _show_clock(match, new) + (match["z"] or "")
        return shown

    return moment, show


def _numeric(value: str) -> _Form | None:
    match = _NUMERIC.fullmatch(value)
    if match is None:
        return None
    day, month = int(match["a"]), int(match["b"])
    day_first = month <= 12
    if not day_first:
        day, month = month, day
    short = len(match["y"]) == 2
    # POSIX: 69 to 99 are of the last century.
    century = (1900 if int(match["y"]) >= 69 else 2000) if short else 0
    hour, minute, second, micro = _clock(match)
    half = (match["z"] or "").strip().lower()
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    year = century + int(match["y"])
    moment = datetime(year, month, day, hour, minute, second, micro, tzinfo=UTC)

    def show(new: datetime) -> str:
        pair = (new.day, new.month) if day_first else (new.month, new.day)
        a, b = (f"{n:0{len(match[g])}d}" for n, g in zip(pair, "ab", strict=True))
        year = f"{new.year % 100:02d}" if short else f"{new.year:04d}"
        shown = f"{a}{match['s']}{b}{match['s']}{year}"
        if match["t"]:
            clock = new.replace(hour=(new.hour - 1) % 12 + 1) if half else new
            mark = match["z"] or ""
            if half and (new.hour < 12) != (half == "am"):
                mark = mark[:-2] + ("am" if new.hour < 12 else "pm")
            shown += match["g"] + _show_clock(match, clock) + mark
        return shown

    return moment, show


def _epoch(value: str) -> _Form | None:
    if not _EPOCH.fullmatch(value):
        return None
    unit = 1000 if len(value) == 13 else 1
    whole, part = divmod(int(value), unit)
    moment = datetime.fromtimestamp(whole, UTC).replace(microsecond=part * 1000)

    def show(new: datetime) -> str:
        seconds = (new.replace(microsecond=0) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(
            seconds=1
        )
        return str(seconds * unit + (new.microsecond // 1000 if unit > 1 else 0))

    return moment, show


def _forms(value: str) -> Iterator[_Form | None]:
    yield _named(_TWITTER, value)
    yield _named(_MAIL, value)
    yield _iso(value)
    yield _numeric(value)
    yield _epoch(value)


def shift_value(value: str, shift: timedelta, precision: Precision) -> str | None:
    """Return a time shifted and coarsened, in the format it has.

    The format is kept even where its precision is not: what is coarsened away is zero, and a
    month is its first day.  Times are coarsened on the clock they are written in.

    Args:
        value: The time as it stands in the record: a date format of formats.md, sections 1
            to 4, or seconds or milliseconds since 1970.
        shift: Added; a negative one points into the past.
        precision: What is left.

    Returns:
        The new value, or None when the format is not known or there is no such day.
    """
    plain = value.strip()
    try:
        form = next((form for form in _forms(plain) if form is not None), None)
        if form is None:
            return None
        moment, show = form
        changed = show(coarsen(moment + shift, precision))
    except (ValueError, OverflowError):
        return None
    return value.replace(plain, changed) if plain else None
