"""The block of `Key: value` lines at the head of an interview, and the lists services put there.

Otter writes the names of all speakers below SPEAKERS and words of the talk below SUMMARY
KEYWORDS, Google Meet the names below Attendees.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from anonymize.formats.speaker_words import HEADER_KEYS
from anonymize.formats.speakers import (
    Candidate,
    HeaderLine,
    candidate,
    header_line,
    heading,
    is_header,
    listed,
)
from anonymize.model.fields import Role

TITLES = 3
"""Lines of title that may stand above a header block."""
_LONGEST = 60
"""Lines a header block has at most."""
HEADER_ROLES = {"person": Role.NAME, "date": Role.DATE, "place": Role.PLACE, "text": Role.TEXT}

Lines = Sequence[tuple[str, str]]
"""Lines of a text, each with its end."""


def spoken(found: Sequence[Candidate], elected: frozenset[str]) -> frozenset[str]:
    """Return the labels elected, less those of keys that begin one line alone (`Age: 34`).

    A role (`Interviewer: Whom do you follow?`) may be the label of one turn alone.
    """
    counts = Counter(one.key for one in found)
    return frozenset(
        key for key in elected if counts[key] > 1 or HEADER_KEYS.get(key, "person") == "person"
    )


def header_lines(lines: Lines) -> dict[int, HeaderLine]:
    """Return the lines that may belong to a header, by position.

    They have a key and a value, or are a heading or what stands below one.
    """
    known: dict[int, HeaderLine] = {}
    for at, (line, _) in enumerate(lines[:_LONGEST]):
        found = header_line(line)
        kind = heading(line)
        if found is None and kind:
            found = HeaderLine("text", ())
            under = next((n for n in range(at + 1, len(lines)) if lines[n][0].strip()), None)
            if under is not None and kind != "alone" and candidate(lines[under][0]) is None:
                known[under] = listed(lines[under][0], kind)
        if found is not None:
            known.setdefault(at, found)
    return known


def header_end(lines: Sequence[tuple[str, str]], elected: frozenset[str]) -> int:
    """Return the number of lines of the header block, 0 for none.

    The block may begin with a title, and hold lines of other keys once it has begun.  One of
    person lines alone is a header only if a blank line ends it or nobody of that label speaks
    later: `Interviewer: Hello` may be a turn.
    """
    known = header_lines(lines)
    at = other = persons = last = 0
    begins = False
    while at < len(lines):
        line = lines[at][0]
        found = known.get(at)
        if found is None:
            titles = not last and at < TITLES and not _is_turn(line, elected)
            inside = last == at > 0 and is_header(line) and not _is_turn(line, elected)
            if inside:
                last = at + 1
            elif line.strip() and not titles:
                break
        else:
            if found.kind == "text" and _is_turn(line, elected):
                break
            last = at + 1
            other += found.kind != "person"
            persons += found.kind == "person"
            begins = begins or _is_turn(line, elected)
        at += 1
    closed = last < len(lines) and not lines[last][0].strip()
    if not other and begins and not (closed and persons <= 4):
        return 0
    return last


def _is_turn(line: str, elected: frozenset[str]) -> bool:
    found = candidate(line)
    return found is not None and found.key in elected
