"""Speaker labels that name a part in the talk, not a person."""

from __future__ import annotations

import re

from anonymize.model.folding import words

_ROLES = frozenset(
    (
        # English
        "i", "q", "a", "r", "p", "s", "m", "f", "x", "int", "iv", "ie", "ir", "itv", "res", "resp",
        "mod", "fac", "par", "part", "subj", "spk", "intv", "tr",
        "interviewer", "interviewee", "respondent", "participant", "speaker", "moderator",
        "facilitator", "researcher", "informant", "subject", "unknown", "voice", "person",
        "man", "woman", "male", "female", "boy", "girl", "child", "adult", "mother", "father",
        "teacher", "student", "pupil", "learner", "tutor", "lecturer", "headteacher", "parent",
        "host", "guest", "caller", "narrator", "presenter", "chair", "audience", "group",
        "everyone", "everybody", "all", "both", "several", "others", "other", "someone",
        "transcriber", "transcript", "note", "notes", "observer", "interpreter", "translator",
        "question", "answer", "client", "patient", "doctor", "nurse", "therapist", "colleague",
        "focus", "team", "class", "assistant", "staff", "manager", "expert", "user",
        # Dutch, German, French, Spanish
        "geinterviewde", "respondente", "deelnemer", "spreker", "onderzoeker", "docent",
        "leerling", "befragte", "befragter", "interviewerin", "sprecher", "sprecherin",
        "teilnehmer", "teilnehmerin", "lehrer", "lehrerin", "schuler", "schulerin",
        "enqueteur", "enquete", "intervieweur", "participante", "locuteur", "repondant",
        "entrevistador", "entrevistadora", "entrevistado", "entrevistada", "hablante", "profesor",
    ),
)  # fmt: skip
_FILLERS = frozenset(
    ("the", "a", "an", "unknown", "unidentified", "new", "first", "second", "third", "de", "der",
     "one", "two", "three", "four", "five", "six", "no", "nr", "number"),
)  # fmt: skip
_NUMBERED = re.compile(r"[a-z]{0,4}[0-9]{1,4}[a-z]?")
"""`P01`, `B1`, `INT2`, `S1a`, `3`: conventions of the reference on formats, §7.1."""


_INITIALS = re.compile(r"[A-Z]S")


def is_generic_label(label: str) -> bool:
    """Whether a speaker label is a role, a number or a code instead of a name.

    >>> [is_generic_label(label) for label in ("Interviewer 2", "P01", "I", "Speaker A", "Jane")]
    [True, True, True, True, False]
    >>> is_generic_label("Ss"), is_generic_label("PS")
    (True, False)
    """
    parts = words(label).split()
    if len(parts) == 1 and _INITIALS.fullmatch(label.strip()) and parts[0] not in _ROLES:
        # Several students are "Ss"; capitals alone are somebody's.
        return False
    rest = [p for p in parts if p not in _FILLERS and not _NUMBERED.fullmatch(p)]
    if not rest:
        return True
    letter = len(rest) > 1 and len(rest[-1]) == 1
    return all(_is_role(part) for part in (rest[:-1] if letter else rest))


def _is_role(word: str) -> bool:
    bare = word.rstrip("0123456789")
    return bare in _ROLES or (bare.endswith("s") and bare[:-1] in _ROLES)
