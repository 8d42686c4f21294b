"""The closed vocabulary of CHAT transcripts, and what each header and dependent tier holds.

Source: The CHAT Transcription Format (talkbank.org/0info/manuals/CHAT.html), parts 7 (headers)
and 11 (dependent tiers), and the roles its checker accepts.
"""

from __future__ import annotations

from enum import StrEnum

import regex


def _listed(text: str) -> frozenset[str]:
    return frozenset(text.split())


CORE = _listed("CHI MOT FAT PAR INV")
"""Codes the programs of TalkBank look for by themselves."""
CODES = CORE | _listed(
    "BRO SIS SIB GRM GRF MGM MGF PGM PGF GRA AUN UNC COU SON DAU FAM EXP OBS INT INR IVR STU TEA "
    "PUP ADU BOY GIR WOM MAN FEM FRI PEE NUR CLI DOC VIS HOS MOD UNK UNI ENV NON ALL GRO OTH SPK"
)
"""Codes of speakers that stand for a role; with a number behind them too."""
ROLES = _listed(
    "Adult Attorney Audience Boy Brother Caller Caretaker Child Clinician Conversant Cousin "
    "Daughter Environment Father Female Friend Girl Grandfather Grandmother Grandparent Group "
    "Guest Host Informant Interpreter Interviewee Interviewer Investigator Justice LENA Leader "
    "Listener Male Media Member Mother Moderator Narrator Neighbor Nurse Observer Other "
    "Participant Partner Patient PlayRole Playmate Relative Researcher Respondent Reviewer Sibling "
    "Sister Son Speaker Student Subject Target_Adult Target_Child Teacher Teenager Text Therapist "
    "Toy Unidentified Uncle Aunt Uncertain Visitor Experimenter Doctor"
)
ROLE = "Participant"
"""The role of somebody whose own is none of the list."""
SEXES = _listed("male female unspecified")
CLASSES = _listed("WC UC MC LI")
"""Socio-economic status."""
SCHOOLING = _listed("Elem HS UG Grad Doc Other Unknown")
ID_STEPS = (
    "language", "corpus", "code", "age", "sex", "group", "ses", "role", "education", "custom",
)  # fmt: skip
"""What stands between the bars of `@ID`."""
OPTIONS = _listed(
    "CA CA-Unicode multi heritage caps bullets dummy sign IPA mark NoAlign notarget mono"
)
LANGUAGE = regex.compile(r"[a-z]{2,3}(?:-[A-Za-z]{2,8})?")


class Header(StrEnum):
    """What the value of a header is."""

    BARE = "bare"
    """Nothing."""
    LANGUAGES = "languages"
    PARTICIPANTS = "participants"
    ID = "id"
    OPTIONS = "options"
    MEDIA = "media"
    PERSONS = "persons"
    DATE = "date"
    PLACE = "place"
    TEXT = "text"
    CLOSED = "closed"
    """Words and numbers of `CLOSED`; anything else is unknown."""
    RULE = "rule"
    """Left out: it leads to the corpus, the recording or the day of a birth."""


HEADERS = {
    **dict.fromkeys(("utf8", "begin", "end", "new episode", "blank"), Header.BARE),
    "languages": Header.LANGUAGES,
    "participants": Header.PARTICIPANTS,
    "id": Header.ID,
    "options": Header.OPTIONS,
    "media": Header.MEDIA,
    **dict.fromkeys(("transcriber", "coder"), Header.PERSONS),
    **dict.fromkeys(("date", "time start"), Header.DATE),
    **dict.fromkeys(("location", "birthplace of"), Header.PLACE),
    **dict.fromkeys(
        ("situation", "activities", "comment", "bg", "eg", "g", "room layout", "warning",
         "exceptions", "t"),
        Header.TEXT,
    ),
    **dict.fromkeys(
        ("window", "number", "recording quality", "transcription", "types", "time duration",
         "l1 of", "page"),
        Header.CLOSED,
    ),
    **dict.fromkeys(
        ("pid", "font", "color words", "birth of", "tape location", "videos", "thumbnail",
         "bck", "creator"),
        Header.RULE,
    ),
}  # fmt: skip
"""By name in small letters; `of` ends those that go on with the code of a speaker."""

CLOSED = regex.compile(
    r"[\d_\-:.,;]+|more|audience|eye_dialect|partial|full|detailed|coarse|checked|anonymized"
    r"|cross|long|toyplay|meal|book|narrative|everyday|group|classroom|TD|SLI|LI|bilingual"
    rf"|{LANGUAGE.pattern}",
)


class Tier(StrEnum):
    """What a dependent tier is."""

    WORDS = "words"
    """Items beside the words of the main tier, and repeating them."""
    ALIGNED = "aligned"
    """Items beside the words of the main tier that repeat their sound."""
    NUMBERS = "numbers"
    """Items beside the words of the main tier, of numbers and closed words."""
    CODES = "codes"
    """Codes of speakers."""
    TEXT = "text"


TIERS = {
    **dict.fromkeys(("mor", "trn", "umor", "wor"), Tier.WORDS),
    **dict.fromkeys(("pho", "mod", "phosyl", "modsyl", "phoaln"), Tier.ALIGNED),
    **dict.fromkeys(("gra", "grt", "ugra", "tim"), Tier.NUMBERS),
    "add": Tier.CODES,
    **dict.fromkeys(
        ("act", "alt", "cod", "coh", "com", "def", "eng", "err", "exp", "fac", "flo", "gls", "glo",
         "gpx", "int", "lan", "ort", "par", "sin", "sit", "spa", "ref"),
        Tier.TEXT,
    ),
}  # fmt: skip
"""By name without its sign; any other, such as `%xabc` of somebody's own, is unknown."""

NUMBERS = regex.compile(r"(?:\d+\|\d+\|[A-Z][A-Z0-9\-:]*|[\d:.\-]+)(?:\s+|\Z)")
