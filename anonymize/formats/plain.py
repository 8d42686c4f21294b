"""Interviews as plain text or Markdown: turns with speaker labels, or paragraphs.

The file is one document.  Its sections are the lines of the header block (one section), each
turn, and each paragraph that belongs to no turn.  Time marks, line ends and blank lines stand
between the fields and are written back as they are.
"""

from __future__ import annotations

import regex

from anonymize.errors import FormatError
from anonymize.formats.base import Source
from anonymize.formats.charset import is_binary
from anonymize.formats.header_blocks import (
    HEADER_ROLES,
    TITLES,
    header_end,
    header_lines,
    spoken,
)
from anonymize.formats.pieces import Draft, Part, Piece, one_line
from anonymize.formats.speaker_words import EVERYBODY
from anonymize.formats.speakers import (
    Candidate,
    HeaderLine,
    below,
    candidate,
    elect,
    is_doubtful,
    parts_of,
)
from anonymize.formats.spoken import Spoken
from anonymize.model.fields import Role
from anonymize.model.folding import words

_SUFFIXES = (".txt", ".md", ".text", ".markdown")

_TALK = 300
"""Characters of a text that may be a talk by one person."""
_WIDE = 80
"""Characters of a line of a title."""
_LINE = regex.compile(r"([^\r\n\x85\u2028\u2029]*)(\r\n|[\r\n\x85\u2028\u2029]|\Z)")
_FOOTER = regex.compile(
    r"\s*(?:Transcribed by https?://(?:www\.)?(?:otter\.ai|rev\.com)/?"
    r"|Meeting ended after [\d:]+[^\p{L}]*|Transcription ended[^\p{L}]*"
    r"|This editable transcript was computer generated and might contain errors\."
    r"(?: People can also change the text after it was created\.)?)\s*"
)
"""What services write below the last turn, word for word."""


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
    found = [
        one
        for n, (line, _) in enumerate(lines)
        if (one := below(lines, n) or candidate(line, n)) is not None
    ]
    found = [one for one in found if one.shape != "caps" or _heads_block(lines, one.line)]
    blocks = sum(
        bool(line.strip()) and (n == 0 or not lines[n - 1][0].strip())
        for n, (line, _) in enumerate(lines)
    )
    head = header_end(lines, spoken(found, elect(found, blocks)))
    body = [one for one in found if one.line >= head]
    elected = elect(body, blocks) or _alone(body, lines[head:], head)
    starts = {one.line: one for one in body if one.key in elected}
    draft = Draft()
    if head:
        _header(draft, lines[:head])
    _turns(draft, lines, head, starts, elected)
    return draft


def _alone(
    found: list[Candidate],
    lines: list[tuple[str, str]],
    head: int,
) -> frozenset[str]:
    """Return the label of a talk by one person: it begins the text, and nobody else speaks.

    Lines of a title may stand above it.
    """
    one = next((label for label in found if label.shape in {"colon", "bold"}), None)
    told = sum(len(line) for line, _ in lines)
    if one is None or told < _TALK or one.label.islower() or is_doubtful(one.label):
        return frozenset()
    above = [line for line, _ in lines[: one.line - head] if line.strip()]
    titles = len(above) <= TITLES and max(map(len, above), default=0) <= _WIDE
    return frozenset([one.key]) if titles else frozenset()


def _heads_block(lines: list[tuple[str, str]], at: int) -> bool:
    """Whether a line has text right below it, as a label on a line of its own must."""
    return at + 1 < len(lines) and bool(lines[at + 1][0].strip())


def _header(draft: Draft, lines: list[tuple[str, str]]) -> None:
    draft.begin("header")
    number = 0
    known = header_lines(lines)
    for at_line, (line, end) in enumerate(lines):
        found = known.get(at_line)
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
        if _FOOTER.fullmatch(lines[at][0]):
            draft.literal("".join(lines[at]))
            at += 1
            continue
        label = starts.get(at)
        stop = at + 1
        while (
            stop < len(lines)
            and stop not in starts
            and _FOOTER.fullmatch(lines[stop][0]) is None
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
        if label.other != (0, 0) and words(text[slice(*label.other)]) not in EVERYBODY:
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
