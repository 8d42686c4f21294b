"""Figures: the numbers of a report as rows and charts, ready to be drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_LABEL = 32
"""Characters of a label that fit above a bar on a screen of 360 px."""
_MOST = 24
"""Bars of a chart; what is beyond stands in its table."""

_WORDS = {
    "PERSON": "Names of persons",
    "EMAIL_ADDRESS": "E-mail addresses",
    "PHONE_NUMBER": "Phone numbers",
    "LOCATION": "Places",
    "ORGANIZATION": "Organisations",
    "DATE_TIME": "Dates and times",
    "URL": "Web addresses",
    "IP_ADDRESS": "IP addresses",
    "IBAN_CODE": "Bank accounts (IBAN)",
    "CREDIT_CARD": "Payment cards",
    "UK_NHS": "NHS numbers",
    "NRP": "Nationality, religion, politics",
    "HANDLE": "Handles",
    "USER_ID": "Account ids",
    "POST_ID": "Post ids",
    "HASHTAG": "Hashtags",
    "JOB_TITLE": "Job titles",
    "HEALTH": "Health",
    "SEXUALITY": "Sexuality",
    "TRADE_UNION": "Trade unions",
    "CRIMINAL_RECORD": "Criminal records",
    "FAMILY_FACT": "Facts about family",
    "RARE_JOB": "Rare jobs",
    "EVENT": "Unique events",
    "COURSE": "Courses",
    "ROOM": "Rooms and buildings",
    "TEAM": "Teams",
    "SMALL_PLACE": "Small places",
    "AGE": "Ages",
    "POSTCODE": "Postcodes",
    "STUDENT_ID": "Student numbers",
    "SPEAKER": "Speaker labels",
    "pseudonym": "Replaced by a pseudonym",
    "tag": "Replaced by a tag",
    "mask": "Masked",
    "generalise": "Made more general",
    "shift": "Shifted in time",
    "coarsen": "Coarsened",
    "drop": "Dropped",
    "keep": "Kept",
    "reviewer": "A reviewer",
    "roster": "The roster of people",
    "rule": "A rule",
    "missing": "Named by the archive, but not there",
    "policy": "The policy",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One bar.

    Attributes:
        label: In words, whole.
        short: What fits above the bar.
        value: The number.
        share: Length of the bar, in per cent of the longest.
        part: In per cent of the sum.
        at: Sum of the parts before it, in per cent: where a stacked bar begins.
    """

    label: str
    short: str
    value: int
    share: float
    part: float
    at: float


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its text alternative.

    Attributes:
        id: Unique in the page.
        title: What it shows.
        alt: The same in a sentence.
        unit: Head of the column of numbers.
        rows: All, largest first.
        total: Sum of the numbers.
    """

    id: str
    title: str
    alt: str
    unit: str
    rows: tuple[Row, ...]
    total: int

    @property
    def drawn(self) -> tuple[Row, ...]:
        """The rows drawn as bars."""
        return self.rows[:_MOST]


@dataclass(frozen=True, slots=True)
class Histogram:
    """Scores of one entity type, or of all.

    Attributes:
        id: Unique in the page.
        title: Of what.
        alt: The same in a sentence.
        bins: Label, count and height in per cent of each tenth from 0 to 1.
        total: Sum of the counts.
    """

    id: str
    title: str
    alt: str
    bins: tuple[tuple[str, int, float], ...]
    total: int


def label(name: str) -> str:
    """Return the name of an entity type, operator or authority in words.

    >>> label("PERSON"), label("SOME_TYPE"), label("core/email")
    ('Names of persons', 'Some type', 'core/email')
    """
    if name in _WORDS:
        return _WORDS[name]
    if name.replace("_", "").isupper() or name.replace("-", "").isalpha():
        return name.replace("_", " ").replace("-", " ").capitalize()
    return name


def number(value: float) -> str:
    r"""Return a whole number with its thousands apart.

    >>> number(1234567)
    '1\u202f234\u202f567'
    """
    return f"{int(value):,}".replace(",", "\u202f")


def plural(count: int, noun: str, many: str = "") -> str:
    r"""Return a count with its noun.

    >>> plural(1, "record"), plural(2, "identity", "identities")
    ('1\xa0record', '2\xa0identities')
    """
    return f"{number(count)}\u00a0{noun if count == 1 else many or noun + 's'}"


def chart(
    name: str, title: str, unit: str, counts: Mapping[str, Any], *, raw: bool = False
) -> Chart:
    """Return a chart of counts, largest first, equals by name.

    Args:
        name: Id of the chart.
        title: What it shows.
        unit: What is counted.
        counts: Number by name; zeros are left out.
        raw: Whether names are shown as they are.
    """
    pairs = [(key, int(value)) for key, value in counts.items() if int(value) > 0]
    pairs.sort(key=lambda pair: (-pair[1], pair[0]))
    total = sum(value for _, value in pairs)
    largest = pairs[0][1] if pairs else 1
    rows: list[Row] = []
    before = 0
    for key, value in pairs:
        words = key if raw else label(key)
        rows.append(
            Row(
                words,
                _short(words),
                value,
                round(100 * value / largest, 2),
                round(100 * value / total, 2),
                round(100 * before / total, 2),
            ),
        )
        before += value
    return Chart(name, title, _alt(title, rows), unit, tuple(rows), total)


def histograms(scores: Mapping[str, Sequence[Any]]) -> tuple[Histogram, ...]:
    """Return a histogram of all scores and one of each type, the most frequent first."""
    types = {name: [int(value) for value in bins][:10] for name, bins in scores.items()}
    types = {name: bins + [0] * (10 - len(bins)) for name, bins in types.items() if sum(bins)}
    if not types:
        return ()
    everything = [sum(column) for column in zip(*types.values(), strict=True)]
    order = sorted(types, key=lambda name: (-sum(types[name]), name))
    found = [_histogram("scores-all", "All types", everything)]
    found += [_histogram(f"scores-{at}", label(n), types[n]) for at, n in enumerate(order)]
    return tuple(found)


def _histogram(name: str, title: str, bins: Sequence[int]) -> Histogram:
    largest, total = max(bins), sum(bins)
    high = sum(bins[8:])
    columns = tuple(
        (f"{at / 10:.1f} to {(at + 1) / 10:.1f}", value, round(100 * value / largest, 2))
        for at, value in enumerate(bins)
    )
    alt = f"{title}: {number(high)} of {number(total)} scores are 0.8 or higher."
    return Histogram(name, title, alt, columns, total)


def _short(words: str) -> str:
    return words if len(words) <= _LABEL else f"{words[: _LABEL // 2]}…{words[1 - _LABEL // 2 :]}"


def _alt(title: str, rows: Sequence[Row]) -> str:
    if not rows:
        return f"{title}: nothing."
    told = ", ".join(f"{row.label} {number(row.value)}" for row in rows[:5])
    more = f" and {number(len(rows) - 5)} more" if len(rows) > 5 else ""
    return f"{title}: {told}{more}."
