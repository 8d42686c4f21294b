"""Ages as bands, posts as occupations: less of a quasi-identifier, in the same words."""

from __future__ import annotations

import re

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
