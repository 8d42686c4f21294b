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


def _number(post: str) -> int:
    """Return an id as a number, 0 for none."""
    return int(post) if _ID.fullmatch(post) else 0


def linked(
    notes: Iterable[Mapping[str, object]],
    tweets: Iterable[Mapping[str, object]],
) -> dict[str, str]:
    """Return the id of the tweet by that of its note, where one was found.

    Two dozen bytes a note are kept meanwhile, and nothing of any tweet.

    Args:
        notes: The objects under `noteTweet`.
        tweets: Each is taken for the note it is nearest to, if it is the cut form of one.
    """
    found: list[tuple[int, int]] = []
    for note in notes:
        core = note.get("core")
        text = core.get("text") if isinstance(core, dict) else None
        if isinstance(text, str) and (own := _number(note_id(note))):
            found.append((own, _beginning(text)))
    found.sort()
    ids = array("Q", (own for own, _ in found))
    begins = array("L", (begin for _, begin in found))
    found.clear()
    nearest = array("Q", bytes(8 * len(ids)))
    for tweet in tweets:
        text, own = tweet.get("full_text"), _number(id_v1(tweet))
        if not own or not isinstance(text, str) or len(text) < _LEAST:
            continue
        first, last = bisect_left(ids, own - _APART), bisect_right(ids, own + _APART)
        begin = _beginning(text) if first < last else 0
        for at in range(first, last):
            nearer = not nearest[at] or abs(own - ids[at]) < abs(nearest[at] - ids[at])
            if begins[at] == begin and nearer:
                nearest[at] = own
    pairs = zip(ids, nearest, strict=True)
    return {str(note): str(tweet) for note, tweet in pairs if tweet}
