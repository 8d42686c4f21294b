"""Ages as bands, posts as occupations, facts as what they are about: less identifying."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from anonymize.model.folding import words

BAND = 5
WIDE_BAND = 10
_TOP = 90
"""Ages over 89 are one band (45 CFR 164.514(b)(2)(i)(C), HIPAA's safe harbour)."""

_ONES = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEEN_WORDS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
_TENS_WORDS = "twenty thirty forty fifty sixty seventy eighty ninety"
_TEENS = tuple(_TEEN_WORDS.split())
_TENS = tuple(_TENS_WORDS.split())
_WORDS = {word: at for at, word in enumerate(_ONES) if word}
_WORDS |= {word: 10 + at for at, word in enumerate(_TEENS)}
_WORDS |= {word: 20 + 10 * at for at, word in enumerate(_TENS)}
_WORDS |= {
    f"{tens}{dash}{ones}": _WORDS[tens] + _WORDS[ones]
    for tens in _TENS
    for ones in _ONES[1:]
    for dash in ("-", " ")
}
_NUMBER = re.compile(
    r"(?<![\w.])(?:[0-9]{1,3}(?![0-9])|(?:"
    + "|".join(sorted(_WORDS, key=lambda word: (-len(word), word)))
    + r")(?![a-z]))",
    re.IGNORECASE,
)
# Already a band: "in her forties", "a teenager".
_BAND = re.compile(r"\b(?:teen\w*|(?:twen|thir|for|fif|six|seven|eigh|nine)ties)\b", re.IGNORECASE)

_OCCUPATIONS = (
    "teacher lecturer tutor headteacher principal student pupil apprentice technician librarian "
    "researcher professor nurse doctor midwife paramedic journalist editor photographer producer "
    "director presenter writer author artist designer developer engineer manager assistant "
    "administrator secretary receptionist consultant analyst accountant solicitor lawyer "
    "architect officer councillor politician trustee governor volunteer coach therapist "
    "counsellor psychologist chef driver cleaner docent leraar lerares"
)
_OCCUPATION = re.compile(r"\b(" + "|".join(_OCCUPATIONS.split()) + r")s?\b", re.IGNORECASE)


def age_band(surface: str, width: int = BAND) -> str | None:
    """Return a surface with its ages as bands of `width` years; None when it holds none.

    >>> age_band("17 years old"), age_band("aged forty-two", 10), age_band("93")
    ('15-19 years old', 'aged 40-49', '90+')
    """
    if _BAND.search(surface) and not re.search(r"[0-9]", surface):
        return surface

    def band(match: re.Match[str]) -> str:
        word = match.group().lower()
        age = int(word) if word.isdigit() else _WORDS[word]
        if age >= _TOP:
            return f"{_TOP}+"
        low = age - age % width
        return f"{low}-{low + width - 1}"

    changed, count = _NUMBER.subn(band, surface)
    return changed if count else None


def occupation(surface: str) -> str | None:
    """Return the bare occupation in a job title; None when none is known.

    >>> occupation("Media Teacher at Ashton College")
    'teacher'
    """
    found = _OCCUPATION.search(surface)
    return found.group(1).lower() if found else None


_GENERAL: Mapping[str, str] = MappingProxyType(
    {
        "COURSE": "course",
        "CRIMINAL_RECORD": "criminal record",
        "EVENT": "event",
        "FAMILY_FACT": "family",
        "HEALTH": "health",
        "RARE_JOB": "occupation",
        "ROOM": "room",
        "SEXUALITY": "sexuality",
        "SMALL_PLACE": "place",
        "TEAM": "team",
        "TRADE_UNION": "trade union",
    },
)
"""What a stretch is about, by its type."""

_BELIEFS = (
    "muslim christian catholic jewish jew hindu sikh buddhist quaker mormon methodist anglican "
    "baptist protestant evangelical atheist agnostic islam christianity judaism hinduism buddhism "
    "mosque church synagogue temple gurdwara hijab headscarf turban"
)
_SIDES = (
    "vote voted votes voting campaigned tory tories labour conservative socialist communist "
    "marxist republican democrat anarchist"
)
_PEOPLES = (
    "black white brown asian race heritage biracial roma romany gypsy traveller indigenous "
    "aboriginal hispanic latino latina latinx arab"
)
_DEGREES = "ba bsc bed beng llb ma msc mfa med mphil mres phd degree master"
_PRIZES = "award prize cup trophy medal scholarship bursary"
_SPORTS = ("netball", "football", "rugby", "hockey", "cricket", "basketball")
_FINER: tuple[tuple[str, str, str], ...] = (
    ("COURSE", "BTEC course", "btec"),
    ("COURSE", "A-level course", "level levels"),
    ("COURSE", "GCSE course", "gcse"),
    ("COURSE", "degree course", _DEGREES),
    ("EVENT", "award", _PRIZES),
    ("NRP", "religion", _BELIEFS),
    ("NRP", "politics", _SIDES),
    ("NRP", "ethnicity", _PEOPLES),
    ("ROOM", "building", "building block wing annexe annex"),
    ("SMALL_PLACE", "estate", "estate flats block"),
    ("SMALL_PLACE", "village", "village hamlet"),
    *(("TEAM", f"{sport} team", sport) for sport in _SPORTS),
)
"""Type, finer word, and the words that tell it, first fitting first; made for this table."""


def about(entity_type: str, surface: str) -> str | None:
    """Return in brackets what a stretch is about; None when no word is known for it.

    >>> about("HEALTH", "a stroke"), about("TEAM", "Year 11 netball team"), about("NRP", "Manx")
    ('[health]', '[netball team]', None)
    """
    held = words(surface).split()
    single = {form for word in held for form in (word, word.removesuffix("s"))}
    for kind, word, telling in _FINER:
        if kind == entity_type and single.intersection(telling.split()):
            return f"[{word}]"
    word = _GENERAL.get(entity_type, "")
    return f"[{word}]" if word else None


def general_words() -> frozenset[str]:
    """Return every single word, folded, that `about` writes."""
    written = [*_GENERAL.values(), *(word for _, word, _ in _FINER)]
    return frozenset(part for word in written for part in words(word).split())
