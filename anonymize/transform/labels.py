"""Speaker labels that name nobody."""

from __future__ import annotations

import re

from anonymize.model.folding import words

# Conventions of transcripts: I/R, INT, IV, P01, "Speaker 1", German B1 (Befragte).
_SHORT = "i r q a p s t m f b x int intv iv itv ie ir res resp par part mod fac subj spk sp tr"
_WORDS = (
    "interviewer interviewee moderator facilitator researcher respondent informant participant "
    "subject speaker unknown unidentified narrator voice host guest caller presenter audience "
    "member group all both several multiple everyone everybody other others transcriber "
    "translator interpreter observer question answer note notes male female man woman boy girl "
    "child adult student pupil learner teacher tutor lecturer headteacher parent mother father "
    "person focus colleague staff assistant expert client chair "
    "interviewerin interviewter befragte befragter sprecher sprecherin geinterviewde "
    "respondente onderzoeker spreker deelnemer docent leerling"
)
_NUMBERS = "one two three four five six first second third"
_WORD = "(?:" + "|".join(f"{word}s?" for word in _WORDS.split()) + ")"
_GENERIC = re.compile(
    rf"(?:the |an? |new )?(?:{'|'.join(_SHORT.split())}|(?:{_NUMBERS.replace(' ', '|')}) {_WORD}"
    rf"|{_WORD}(?: {_WORD}){{0,2}})"
    rf"(?: ?[0-9]{{1,3}} ?[a-f]?| [a-z]| (?:{_NUMBERS.replace(' ', '|')}))?|[0-9]{{1,3}}",
)


def is_generic(label: str) -> bool:
    """Whether a label names a part in the talk and no person.

    >>> is_generic("Interviewer 2"), is_generic("P01"), is_generic("JS"), is_generic("Jane")
    (True, True, False, False)
    """
    return _GENERIC.fullmatch(words(label)) is not None
