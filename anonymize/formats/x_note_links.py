"""Which tweet a note tweet is the long form of.

X gives both an id of its own and writes neither into the other.  They are made within moments
of one another, which their ids tell, and begin alike: the tweet holds the first 270 or so
characters of the note, cut off, with links shortened.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from html import unescape
from zlib import crc32

from anonymize.formats.x_note import note_id
from anonymize.formats.x_tweet import id_v1

_APART = 60_000 << 22
"""A minute in the upper bits of a snowflake, which count milliseconds."""
_ALIKE = 40
"""Characters both must share; a note is longer than 280."""
_LEAST = 120
"""Characters a tweet must have to be a cut note; ids and links shorten it."""
_LEAD = re.compile(r"(?:\s*[@＠]\w{1,20})*\s*")
_LINK = re.compile(r"https?://|…|\.\.\.$")
_ID = re.compile(r"[0-9]{6,19}")


def _beginning(text: str) -> int:
    """Return a number for how a text begins, behind whom it answers and before any link.

    >>> _beginning("@jo So &amp; so https://t.co/1") == _beginning("So & so http://example.org")
    True
    """
    plain = _LEAD.sub("", unescape(text), count=1)
    cut = _LINK.split(plain, maxsplit=1)[0]
    return crc32(" ".join(cut.split())[:_ALIKE].strip().encode("utf-8", "replace"))


class NoteLinks:
    """Finds the tweet of each note; keeps two dozen bytes a note, and nothing of any tweet.

    Args:
        notes: The objects under `noteTweet`.
    """

    __slots__ = ("_begin", "_ids", "_tweets")

    def __init__(self, notes: Iterable[Mapping[str, object]]) -> None:
        found: list[tuple[int, int]] = []
        for note in notes:
            core = note.get("core")
            text = core.get("text") if isinstance(core, dict) else None
            if isinstance(text, str) and _ID.fullmatch(note_id(note)):
                found.append((int(note_id(note)), _beginning(text)))
        found.sort()
        self._ids = array("Q", (one for one, _ in found))
        self._begin = array("L", (begin for _, begin in found))
        self._tweets = array("Q", bytes(8 * len(found)))

    def see(self, tweet: Mapping[str, object]) -> None:
        """Take a tweet for the note it is nearest to, if it is the cut form of one."""
        text, own = tweet.get("full_text"), id_v1(tweet)
        if not isinstance(text, str) or len(text) < _LEAST or not _ID.fullmatch(own):
            return
        number = int(own)
        first = bisect_left(self._ids, number - _APART)
        last = bisect_right(self._ids, number + _APART)
        if first == last:
            return
        begin = _beginning(text)
        for at in range(first, last):
            if self._begin[at] != begin:
                continue
            before = self._tweets[at]
            if not before or abs(number - self._ids[at]) < abs(before - self._ids[at]):
                self._tweets[at] = number

    def pairs(self) -> dict[str, str]:
        """Return the id of the tweet by that of its note, where one was found."""
        pairs = zip(self._ids, self._tweets, strict=True)
        return {str(note): str(tweet) for note, tweet in pairs if tweet}
