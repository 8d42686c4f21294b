"""Who speaks in a document: its paragraphs and table rows as lines, its lines as turns.

Labels are those of plain text (`speakers`), in a paragraph, in a line of one, or in the first
cells of a row: `Anna | text`, `00:12 | Anna | text`.  A block of `Key: value` at the head may
stand in a table too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from anonymize.formats.docx_nodes import Paragraph
from anonymize.formats.header_blocks import HEADER_ROLES, header_end
from anonymize.formats.pieces import Draft
from anonymize.formats.speakers import Candidate, candidate, elect, header_line, parts_of
from anonymize.model.fields import Role

_CELLS = 3
"""Cells of a row in which a label is sought: time, name, text."""
_LONGEST_LABEL = 80
_MOST_HEADER = 60
"""Lines from the beginning among which the header block is sought."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What a stretch of a paragraph is.

    Attributes:
        start: First position.
        stop: Position behind it.
        section: Of the draft.
        role: `TEXT`, or what a label or a line of the header block is.
        kind: Of the field.
        subject: Likewise.
    """

    start: int
    stop: int
    section: int
    role: Role = Role.TEXT
    kind: str = ""
    subject: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line as a label could begin it.

    Attributes:
        text: What is looked at.
        spans: Position in the line, length, number of the paragraph, position in it.
        row: Number of the table row; 0 outside tables.
        opens: Whether a label may be sought.
    """

    text: str = field(repr=False)
    spans: tuple[tuple[int, int, int, int], ...]
    row: int = 0
    opens: bool = True

    def place(self, start: int, stop: int) -> tuple[int, int, int] | None:
        """Return paragraph and positions of a stretch of the line; None if it lies in two."""
        for at, length, paragraph, offset in self.spans:
            if at <= start and stop <= at + length:
                return paragraph, offset + start - at, offset + stop - at
        return None


def _lines(paragraphs: Sequence[Paragraph]) -> Iterator[_Line]:
    """Yield the lines of all paragraphs; a row that begins with a label is one line first."""
    numbered = list(enumerate(paragraphs))
    for row, group in groupby(numbered, key=lambda one: one[1].cell[0]):
        members = list(group)
        taken: set[tuple[int, int]] = set()
        if row:
            joined = _row(members, row)
            if joined is not None:
                yield joined
                taken = {(number, offset) for _, _, number, offset in joined.spans}
        for number, paragraph in members:
            at = 0
            for text in paragraph.text.split("\n"):
                if (number, at) not in taken:
                    spans = ((0, len(text), number, at),)
                    yield _Line(text, spans, row, opens=not taken)
                at += len(text) + 1


def _row(members: Sequence[tuple[int, Paragraph]], row: int) -> _Line | None:
    """Return the first line of each cell of a row, joined by tabs, if a label begins it."""
    cells = [list(group) for _, group in groupby(members, key=lambda one: one[1].cell[1])][:_CELLS]
    parts: list[tuple[str, int]] = []
    alone: list[bool] = []
    for cell in cells:
        filled = [(number, one) for number, one in cell if one.text.strip()]
        number, first = filled[0] if filled else cell[0]
        parts.append((first.text.split("\n")[0], number))
        alone.append(len(filled) == 1 and "\n" not in first.text.strip())
    if len(parts) < 2:
        return None
    keyed = _joined(parts, " " if parts[0][0].rstrip().endswith(":") else ": ", row)
    if len(parts) == 2 and all(alone) and header_line(keyed.text):
        return keyed
    line = _joined(parts, "\t", row)
    found = candidate(line.text)
    if found is None or len(found.label) > _LONGEST_LABEL:
        return None
    place = line.place(found.start, found.end)
    label = next((n for n, (_, number) in enumerate(parts) if place and number == place[0]), 0)
    return line if place and all(alone[: label + 1]) and label + 1 < len(parts) else None


def _joined(parts: Sequence[tuple[str, int]], between: str, row: int) -> _Line:
    """Return the first lines of cells, with the numbers of their paragraphs, as one line."""
    spans: list[tuple[int, int, int, int]] = []
    at = 0
    for text, number in parts:
        spans.append((at, len(text), number, 0))
        at += len(text) + len(between)
    return _Line(between.join(text for text, _ in parts), tuple(spans), row)


class Turns:
    """What each stretch of the paragraphs of a document's body is.

    Args:
        paragraphs: In the order of the document.
        draft: Takes sections and speakers.
    """

    def __init__(self, paragraphs: Sequence[Paragraph], draft: Draft) -> None:
        self._paragraphs = paragraphs
        self._draft = draft
        self.stretches: dict[int, list[Stretch]] = {n: [] for n in range(len(paragraphs))}
        """By number of the paragraph."""
        self._lines = list(_lines(paragraphs))
        found = [
            one
            for n, line in enumerate(self._lines)
            if line.opens and (one := candidate(line.text, n)) is not None
        ]
        found = [one for one in found if one.shape != "caps" or self._heads_text(one.line)]
        blocks = sum(bool(line.text.strip()) for line in self._lines)
        head = self._header(elect(found, blocks))
        body = [one for one in found if one.line >= head]
        self._elected = elect(body, blocks)
        self._take(head, {one.line: one for one in body if one.key in self._elected})

    def _heads_text(self, at: int) -> bool:
        return at + 1 < len(self._lines) and bool(self._lines[at + 1].text.strip())

    def _header(self, elected: frozenset[str]) -> int:
        """Add the header block; return the number of its lines."""
        lines = self._lines[:_MOST_HEADER]
        end = header_end([(line.text, "\n") for line in lines], elected)
        if end:
            self._draft.begin("header")
        for line in lines[:end]:
            found = header_line(line.text)
            places = [line.place(*value) for value in found.values] if found else []
            marked = [place for place in places if place is not None]
            if found is not None and len(marked) == len(places):
                for place in marked:
                    self._marked(place, found.kind)
            else:
                for _, length, number, offset in line.spans:
                    self._add(number, Stretch(offset, offset + length, self._draft.current))
        return end

    def _marked(self, place: tuple[int, int, int], kind: str) -> None:
        number, start, stop = place
        section = self._draft.current
        if kind == "file":
            self._add(number, Stretch(start, stop, section, Role.OPAQUE, "rule"))
        elif kind == "person":
            name = self._paragraphs[number].text[start:stop]
            subject = self._draft.speaker(name)
            self._add(number, Stretch(start, stop, section, Role.NAME, "person", subject))
        else:
            self._add(number, Stretch(start, stop, section, HEADER_ROLES[kind]))

    def _take(self, head: int, starts: dict[int, Candidate]) -> None:
        """Add every turn, and every paragraph that belongs to none."""
        turn = -1
        speaking = False
        before = -1
        row = 0
        for at in range(head, len(self._lines)):
            line = self._lines[at]
            label = starts.get(at)
            if label is not None:
                turn += 1
                self._draft.begin(str(turn))
                speaking, row = True, line.row
                self._label(line, label)
            elif not line.text.strip():
                continue
            else:
                # What follows a table is not said by who spoke last in it.
                speaking = speaking and bool(row) == bool(line.row)
                if not speaking and line.spans[0][2] != before:
                    turn += 1
                    self._draft.begin(str(turn))
                for _, length, number, offset in line.spans:
                    self._add(number, Stretch(offset, offset + length, self._draft.current))
            before = line.spans[-1][2]

    def _label(self, line: _Line, label: Candidate) -> None:
        """Add the label of a turn and what is said in its line."""
        stretches = [
            (label.start + a, label.start + b) for a, b in parts_of(label.label, self._elected)
        ]
        if label.other != (0, 0) and line.text[slice(*label.other)].lower() != "everyone":
            stretches.append(label.other)
        section = self._draft.current
        for start, stop in stretches:
            place = line.place(start, stop)
            if place is None:
                continue
            name = line.text[start:stop]
            subject = self._draft.speaker(name)
            self._draft.author(subject)
            self._add(place[0], Stretch(*place[1:], section, Role.NAME, "speaker", subject))
        for at, length, number, offset in line.spans:
            start = max(at, label.text)
            if start < at + length:
                self._add(number, Stretch(offset + start - at, offset + length, section))

    def _add(self, number: int, one: Stretch) -> None:
        """Add a stretch; text of one section that goes on is one."""
        mine = self.stretches[number]
        last = mine[-1] if mine else None
        if (
            last is not None
            and (last.role, one.role) == (Role.TEXT, Role.TEXT)
            and last.section == one.section
            and not self._paragraphs[number].text[last.stop : one.start].strip()
        ):
            mine[-1] = Stretch(last.start, one.stop, one.section)
        elif one.start < one.stop:
            mine.append(one)
