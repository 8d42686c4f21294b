"""Interviews as plain text or Markdown: turns with speaker labels, or paragraphs.

The file is one document.  Its sections are the lines of the header block (one section), each
turn, and each paragraph that belongs to no turn.  Time marks, line ends and blank lines stand
between the fields and are written back as they are.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from anonymize.errors import FormatError
from anonymize.formats.base import Source
from anonymize.formats.charset import is_binary
from anonymize.formats.pieces import Draft, Part, Piece, one_line
from anonymize.formats.speakers import (
    Candidate,
    HeaderLine,
    candidate,
    elect,
    header_line,
    is_header,
    parts_of,
)
from anonymize.formats.spoken import Spoken
from anonymize.model.fields import Role

_SUFFIXES = (".txt", ".md", ".text", ".markdown")
_TITLES = 3
"""Lines of title that may stand above a header block."""

_LINE = regex.compile(r"([^\r\n\x85\u2028\u2029]*)(\r\n|[\r\n\x85\u2028\u2029]|\Z)")
HEADER_ROLES = {"person": Role.NAME, "date": Role.DATE, "place": Role.PLACE, "text": Role.TEXT}


def lines_of(content: str) -> list[tuple[str, str]]:
    """Return the lines of a text, each with its end; joined they are the text again."""
    found = [(m[1], m[2]) for m in _LINE.finditer(content)]
    return found[:-1] if found and found[-1] == ("", "") else found


def _is_transcript(source: Source) -> bool:
    """Whether a source has a suffix of plain text and holds no binary data."""
    return not source.folder and source.suffix in _SUFFIXES and not is_binary(source.head)


def _clean(value: str, piece: Piece) -> str:
    return one_line(value) if piece.part is Part.LABEL else value


def tokenise(content: str) -> Draft:
    """Return the pieces of an interview; joined they are `content`."""
    lines = lines_of(content)
    found = [one for n, (line, _) in enumerate(lines) if (one := candidate(line, n)) is not None]
    found = [one for one in found if one.shape != "caps" or _heads_block(lines, one.line)]
    blocks = sum(
        bool(line.strip()) and (n == 0 or not lines[n - 1][0].strip())
        for n, (line, _) in enumerate(lines)
    )
    head = header_end(lines, elect(found, blocks))
    body = [one for one in found if one.line >= head]
    elected = elect(body, blocks)
    starts = {one.line: one for one in body if one.key in elected}
    draft = Draft()
    if head:
        _header(draft, lines[:head])
    _turns(draft, lines, head, starts, elected)
    return draft


def _heads_block(lines: list[tuple[str, str]], at: int) -> bool:
    """Whether a line has text right below it, as a label on a line of its own must."""
    return at + 1 < len(lines) and bool(lines[at + 1][0].strip())


def header_end(lines: Sequence[tuple[str, str]], elected: frozenset[str]) -> int:
    """Return the number of lines of the header block, 0 for none.

    The block may begin with a title, and hold lines of other keys once it has begun.  One of
    person lines alone is a header only if a blank line ends it or nobody of that label speaks
    later: `Interviewer: Hello` may be a turn.
    """
    at = other = persons = last = 0
    spoken = False
    while at < len(lines):
        line = lines[at][0]
        found = header_line(line)
        if found is None:
            titles = not last and at < _TITLES and not _is_turn(line, elected)
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
            spoken = spoken or _is_turn(line, elected)
        at += 1
    closed = last < len(lines) and not lines[last][0].strip()
    if not other and spoken and not (closed and persons <= 4):
        return 0
    return last


def _is_turn(line: str, elected: frozenset[str]) -> bool:
    found = candidate(line)
    return found is not None and found.key in elected


def _header(draft: Draft, lines: list[tuple[str, str]]) -> None:
    draft.begin("header")
    number = 0
    for line, end in lines:
        found = header_line(line)
        if found is None and line.strip():
            start = len(line) - len(line.lstrip())
            found = HeaderLine("text", ((start, len(line.rstrip())),))
        at = 0
        for start, stop in found.values if found else ():
            draft.literal(line[at:start])
            value, kind = line[start:stop], found.kind if found else "text"
            path = ("header", number)
            number += 1
            if kind == "file":
                piece = draft.value(path, Role.OPAQUE, value, Part.EXTRA, kind="rule")
            elif kind == "person":
                piece = draft.value(
                    path,
                    Role.NAME,
                    value,
                    Part.LABEL,
                    kind="person",
                    subject=draft.speaker(value),
                )
            else:
                piece = draft.value(path, HEADER_ROLES[kind], value, Part.TEXT)
            draft.pieces.append(piece)
            at = stop
        draft.literal(line[at:] + end)


def _turns(
    draft: Draft,
    lines: list[tuple[str, str]],
    head: int,
    starts: dict[int, Candidate],
    elected: frozenset[str],
) -> None:
    """Add every turn, and every paragraph before the first one."""
    turn = -1
    at = head
    while at < len(lines):
        label = starts.get(at)
        stop = at + 1
        while (
            stop < len(lines)
            and stop not in starts
            and (label is not None or starts_later(lines, stop))
        ):
            stop += 1
        text = "".join(line + end for line, end in lines[at:stop])
        if label is None and not text.strip():
            draft.literal(text)
        else:
            turn += 1
            _turn(draft, turn, text, label, elected)
        at = stop


def starts_later(lines: list[tuple[str, str]], at: int) -> bool:
    """Whether a line continues the paragraph of the line before it."""
    return bool(lines[at][0].strip()) == bool(lines[at - 1][0].strip())


def _turn(
    draft: Draft,
    number: int,
    text: str,
    label: Candidate | None,
    elected: frozenset[str],
) -> None:
    draft.begin(str(number))
    at = 0
    if label is not None:
        stretches = [(label.start + a, label.start + b) for a, b in parts_of(label.label, elected)]
        if label.other != (0, 0) and text[slice(*label.other)].lower() != "everyone":
            stretches.append(label.other)
        for step, (start, stop) in enumerate(stretches):
            draft.literal(text[at:start])
            name = text[start:stop]
            subject = draft.speaker(name)
            path = ("turns", number, "speaker", step) if step else ("turns", number, "speaker")
            draft.pieces.append(
                draft.value(path, Role.NAME, name, Part.LABEL, kind="speaker", subject=subject),
            )
            draft.author(subject)
            at = stop
        draft.literal(text[at : label.text])
        at = label.text
    start = at + len(text[at:]) - len(text[at:].lstrip())
    stop = max(start, len(text.rstrip()))
    draft.literal(text[at:start])
    if stop > start:
        draft.pieces.append(
            draft.value(("turns", number, "text"), Role.TEXT, text[start:stop], Part.TEXT),
        )
    draft.literal(text[max(at, stop) :])


def _some(content: str, label: str) -> Draft:
    if not content.strip():
        raise FormatError(f"{label}: the file holds no text")
    return tokenise(content)


FORMAT = Spoken("transcript", _SUFFIXES, 90, _is_transcript, _some, _clean)
