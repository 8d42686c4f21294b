"""Dates written in text, shifted like those of the records."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from anonymize.model.policies import Precision
from anonymize.transform.dates import shift_value

_LANGUAGES = (
    (
        "January February March April May June July August September October November December",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    ),
    (
        "januari februari maart april mei juni juli augustus september oktober november december",
        "jan feb mrt apr mei jun jul aug sep okt nov dec",
    ),
)
"""Names and short names of months, English and Dutch."""
_TABLES = tuple(tuple(line.split()) for pair in _LANGUAGES for line in pair)
_ALSO = {"sept": 9}
_MONTHS: dict[str, tuple[tuple[str, ...], int]] = {}
for _table in _TABLES:
    for _at, _name in enumerate(_table):
        _MONTHS.setdefault(_name.lower(), (_table, _at + 1))
for _name, _at in _ALSO.items():
    _MONTHS.setdefault(_name, (_TABLES[1], _at))

_MONTH = (
    "(?P<m>" + "|".join(sorted(_MONTHS, key=lambda name: (-len(name), name))) + r")(?P<dot>\.?)"
)
_WEEKDAY = (
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|"
    r"(?:maan|dins|woens|donder|vrij|zater|zon)dag)"
)
_UNITS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_ORDINALS = (
    *_UNITS, "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
    "seventeenth", "eighteenth", "nineteenth", "twentieth", *(f"twenty-{unit}" for unit in _UNITS),
    "thirtieth", "thirty-first",
)  # fmt: skip
"""The days of a month in English words, from the first."""
_IN_WORDS = "|".join(word.replace("-", "[ -]?") for word in sorted(_ORDINALS, key=len)[::-1])
_DAY = r"(?P<d>[0-9]{1,2})(?P<o>(?:st|nd|rd|th|e)?)"
_DAY_WORD = rf"(?P<w>{_IN_WORDS})"
_YEAR = r"(?P<y>(?:1[89]|20)[0-9]{2})"
_CLOCK = r"(?P<c>(?:,| at| om|,? @)? [0-9]{1,2}(?:[:.][0-9]{2}){0,2} ?(?:am|pm|uur|h)?)"
_LEAD = rf"(?P<lead>(?:(?:on|the|early|late|mid)[ -])*(?:{_WEEKDAY}\.?,? (?:the )?)?(?:the )?)"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{_LEAD}{_DAY}(?P<g1>(?: of)? ?){_MONTH}(?:(?P<g2>,? ?){_YEAR})?{_CLOCK}?",
        # As CHAT writes days: 01-JUL-2003.
        rf"(?P<d>[0-9]{{1,2}})(?P<g1>-){_MONTH}(?P<g2>-){_YEAR}",
        rf"{_LEAD}{_DAY_WORD}(?P<g1>(?: of)? ){_MONTH}(?:(?P<g2>,? ?){_YEAR})?{_CLOCK}?",
        rf"{_LEAD}{_MONTH}(?P<g1> ?(?:the )?){_DAY}(?:(?P<g2>,? ){_YEAR})?{_CLOCK}?",
        rf"(?P<lead>(?:(?:in|the|early|late|mid|since|of)[ -])*){_MONTH}(?P<g2>,? (?:of )?){_YEAR}",
        r"(?P<lead>(?:(?:in|early|late|mid|since)[ -])*)" + _MONTH,
        r"(?P<lead>(?:(?:in|early|late|mid|since|year|the|back)[ -])*)" + _YEAR,
    )
)

# Words of times that point to no day of the calendar.
_RELATIVE_WORDS = (
    "today yesterday tomorrow tonight now then this last next past previous coming every each "
    "the a an in at on of for to from by about around over during before after until since "
    "ago later earlier early late mid recent recently same first second third few several "
    "many couple some any all most half quarter day days daily week weeks weekly weekend "
    "weekends month months monthly year years yearly annual term terms decade decades century "
    "hour hours hourly minute minutes min mins seconds moment morning mornings afternoon "
    "afternoons evening evenings night nights noon midday midnight lunchtime spring summer "
    "autumn winter christmas easter monday tuesday wednesday thursday friday saturday sunday "
    "mon tue tues wed thu thur thurs fri sat sun mondays tuesdays wednesdays thursdays "
    "fridays saturdays sundays one two three four five six seven eight nine ten eleven twelve "
    "fifteen twenty thirty forty fifty sixty halloween lunch o clock oclock am pm or and so "
    "more than less nearly almost just only old long hundred ninety teens twenties thirties "
    "forties fifties sixties seventies eighties nineties vandaag gisteren morgen volgende "
    "vorige deze weken maand maanden jaar jaren dag dagen uur minuten geleden maandag dinsdag "
    "woensdag donderdag vrijdag zaterdag zondag de het een elke s st nd rd th"
)
_RELATIVE = frozenset(_RELATIVE_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+|[0-9]+")
_DECADE = re.compile(r"(?:the |early |late |mid[ -])*'?’?(?:(?:19|20)?[0-9]0)s", re.IGNORECASE)
# A leap year, so that 29 February is a day; nothing else depends on it.
_SOME_YEAR = 2024


def _relative(surface: str) -> bool:
    """Whether a surface says when without saying which day: "last week", "two years ago"."""
    if _DECADE.fullmatch(surface.strip()):
        return True
    found = _WORD.findall(surface)
    return (
        bool(found)
        and all(
            word.lower() in _RELATIVE or (word.isdecimal() and len(word) <= 2) for word in found
        )
        and not re.search(r"[0-9][/.-][0-9]", surface)
    )


def _ordinal(day: int, like: str) -> str:
    """Return the ending of an ordinal, in the case of the original's."""
    if not like:
        return ""
    if like.lower() == "e":
        return like
    teen = 10 < day % 100 < 14
    ending = "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return ending.upper() if like.isupper() else ending


def _day_of(word: str) -> int:
    """Return the day an ordinal in words stands for."""
    bare = re.sub("[ -]", "", word.lower())
    return [one.replace("-", "") for one in _ORDINALS].index(bare) + 1


def _month(match: re.Match[str], moment: datetime) -> str:
    """Return the name of a month, as long and in the same case as the original's."""
    table, _ = _MONTHS[match["m"].lower()]
    name = table[moment.month - 1]
    if match["m"].isupper():
        return name.upper()
    if match["m"].islower():
        return name.lower()
    return name[:1].upper() + name[1:] if match["m"][:1].isupper() else name


def _shown(match: re.Match[str], shift: timedelta, precision: Precision) -> str | None:
    """Return a matched date shifted, in the order and words of the original."""
    groups = match.groupdict()
    year, day, name = groups.get("y"), groups.get("d"), groups.get("m")
    spoken = groups.get("w")
    if spoken:
        day = str(_day_of(spoken))
    if day and precision is Precision.MONTH:
        return None
    month = _MONTHS[name.lower()][1] if name else 7
    # The middle of a month or a year stands for it.
    number = int(day) if day else 15 if name else 2
    moment = datetime(int(year) if year else _SOME_YEAR, month, number, tzinfo=UTC) + shift
    shown = {"m": _month(match, moment) if name else "", "y": f"{moment.year:04d}"}
    if spoken:
        word = _ORDINALS[moment.day - 1]
        shown["w"] = word.capitalize() if spoken[:1].isupper() else word
    elif day:
        padded = day.startswith("0") or groups.get("g1") == "-"
        shown["d"] = f"{moment.day:0{len(day)}d}" if padded else str(moment.day)
        shown["o"] = _ordinal(moment.day, groups.get("o") or "")
    if groups.get("c") and precision not in {Precision.EXACT, Precision.MINUTE}:
        shown["c"] = ""
    out: list[str] = []
    order = sorted((match.start(key), key) for key in match.re.groupindex if match[key] is not None)
    for _, key in order:
        out.append(shown.get(key, match[key]))
    return "".join(out)


def shift_text(surface: str, shift: timedelta, precision: Precision) -> str | None:
    """Return a date written in text, shifted by the same secret number of weeks.

    A weekday stays, for it survives the shift.  A date without a year is shifted as in a leap
    year and may be a day off; a month or year alone becomes the one its middle falls in.
    What points to no day ("last week", "at noon") stays.

    Args:
        surface: The date as written, unescaped.
        shift: Added.
        precision: What is left; a day in a month-precise tier is not shown.

    Returns:
        The new words in the same form, or None when the date is not understood.

    >>> from datetime import timedelta
    >>> shift_text("the first of May 2016", timedelta(weeks=-1), Precision.EXACT)
    'the twenty-fourth of April 2016'
    >>> shift_text("Saturday 12 August 2023", timedelta(weeks=-52), Precision.EXACT)
    'Saturday 13 August 2022'
    """
    plain = " ".join(surface.split())
    try:
        for form in _FORMS:
            match = form.fullmatch(plain)
            if match is not None:
                return _shown(match, shift, precision)
    except (ValueError, OverflowError):
        return None
    if _relative(plain):
        return surface
    lead = re.match(rf"(?:on |the )*(?:{_WEEKDAY},? )?", plain, re.IGNORECASE)
    at = lead.end() if lead else 0
    changed = shift_value(plain[at:], shift, precision)
    return None if changed is None else plain[:at] + changed
