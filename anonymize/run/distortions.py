"""Texts as careless writers and speech recognition leave them, with their marks moved along."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from itertools import groupby

from anonymize.formats.gold_spans import Annotated, Mark
from anonymize.model.folding import cased
from anonymize.model.offsets import OffsetMap, Splice, splice

_KEPT = frozenset("@#_＠＃＆&;")
"""Signs of handles and hashtags, and what character references are made of."""


def lower(document: Annotated) -> Annotated:
    """Return the text in small letters; letters whose small form is longer stay."""
    return Annotated(document.id, cased(document.text, str.lower), document.marks)


def upper(document: Annotated) -> Annotated:
    """Return the text in capitals; letters whose capital form is longer stay."""
    return Annotated(document.id, cased(document.text, str.upper), document.marks)


def unpunctuated(document: Annotated) -> Annotated:
    """Return the text without punctuation (Unicode's general category P).

    What stands between two letters or digits stays (*don't*, *3.5*), and so do the colon behind
    a marked speaker, which is layout, and the signs of handles, hashtags and character
    references.  A mark of which nothing is left is left out.
    """
    text = document.text
    speakers = {mark.end for mark in document.marks if mark.label == "SPEAKER"}
    gone = [at for at, sign in enumerate(text) if _is_gone(text, at, sign) and at not in speakers]
    splices = [
        Splice(run[0], run[-1] + 1, "")
        for run in (
            [at for _, at in group]
            for _, group in groupby(enumerate(gone), key=lambda pair: pair[1] - pair[0])
        )
    ]
    moved = OffsetMap(splices)
    marks = [Mark(moved.start(m.start), moved.end(m.end), m.label) for m in document.marks]
    left = tuple(mark for mark in marks if mark.start < mark.end)
    return Annotated(document.id, splice(text, splices), left)


def _is_gone(text: str, at: int, sign: str) -> bool:
    if sign in _KEPT or not unicodedata.category(sign).startswith("P"):
        return False
    return not (text[at - 1 : at].isalnum() and text[at + 1 : at + 2].isalnum())


DISTORTIONS: Mapping[str, Callable[[Annotated], Annotated]] = {
    "lower": lower,
    "upper": upper,
    "unpunctuated": unpunctuated,
}
