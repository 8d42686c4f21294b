"""Positions and names of codings, tied to the text they count in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from anonymize.formats.pieces import Part
from anonymize.formats.refi_counting import Coded, Counting, fit, numbers, place
from anonymize.formats.refi_grammar import Selection
from anonymize.formats.refi_texts import (
    Mark,
    Quote,
    SourceText,
    attribute_text,
    find,
    starts_of,
    xml_stretch,
)
from anonymize.model.fields import Field, Path

_NONE = -1
_CDATA: Path = ("cdata",)


@dataclass(slots=True)
class Ties:
    """Ties the selections of one text.

    Attributes:
        fields: Of the draft.
        source: The text.
        selections: What counts in it, in order.
    """

    fields: Sequence[Field]
    source: SourceText
    selections: Sequence[Selection]
    _marks: list[Mark] = field(default_factory=list)
    _edits: dict[Path, Field | None] = field(default_factory=dict)

    def coded(self) -> list[Coded]:
        """Return the coded stretches and points in time, as they are numbered."""
        points = {
            one.point: self._number(one.start) for one in self.selections if one.start != _NONE
        }
        found: list[Coded] = []
        for one in self.selections:
            name = attribute_text(self.fields[one.name].value) if one.name != _NONE else ""
            if one.since or one.until:
                since, until = points.get(one.since), points.get(one.until)
                if since is not None and until is not None:
                    found.append(Coded(since, until, name))
            elif one.start != _NONE:
                start = self._number(one.start)
                end = self._number(one.end) if one.end != _NONE else start
                found.append(Coded(start, end, name))
        return found

    def _number(self, at: int) -> int:
        return int(self.fields[at].value)

    def tie(self, counting: Counting) -> tuple[SourceText, dict[Path, Field | None]]:
        """Return the text with its marks, and the fields that change or go, by their path."""
        counted = numbers(self.source.text, counting)
        starts = starts_of(self.source.plains)
        until = {one.until for one in self.selections if one.until}
        since = {one.since for one in self.selections if one.since}
        points: dict[str, int] = {}
        bounds: list[tuple[Selection, int, int]] = []
        for one in self.selections:
            if one.start == _NONE:
                continue
            # A point where a coding ends, and none begins, stays behind the words it follows.
            ends = bool(one.point) and one.point in until - since
            start = self._mark(one.start, counted, starts, end=ends)
            if one.end != _NONE:
                bounds.append((one, start, self._mark(one.end, counted, starts, end=True)))
            else:
                points[one.point] = start
        bounds += (
            (one, points[one.since], points[one.until])
            for one in self.selections
            if one.since in points and one.until in points
        )
        tied = replace(
            self.source,
            counting=counting,
            marks=tuple(self._marks),
            pairs=tuple((start, end) for _, start, end in bounds),
            quotes=tuple(self._quotes(bounds)),
        )
        return tied, self._edits

    def _mark(self, at: int, counted: Sequence[int], starts: Sequence[int], *, end: bool) -> int:
        """Add the mark of a position; return its own position among them."""
        one = self.fields[at]
        index = place(counted, int(one.value))
        number = find(starts, index, end=end)
        piece = self.source.pieces[number]
        rides = piece.part is Part.TEXT
        if rides:
            within = index - starts[number]
            if self.source.inline:
                cdata = piece.path[-1:] == _CDATA
                within = xml_stretch(piece.text, cdata=cdata).cut(within)
            self._edits[one.path] = replace(
                one,
                value=str(within),
                kind="end" if end else "start",
                section=piece.section,
                target=piece.path,
            )
        else:
            self._edits[one.path] = None
        self._marks.append(Mark(one.path, one.value, index, number, end, rides))
        return len(self._marks) - 1

    def _quotes(self, bounds: Sequence[tuple[Selection, int, int]]) -> Iterator[Quote]:
        text = self.source.text
        for one, start, end in bounds:
            if one.name == _NONE:
                continue
            name = self.fields[one.name]
            coded = text[self._marks[start].index : self._marks[end].index]
            found = fit(attribute_text(name.value), coded)
            if found is not None:
                self._edits[name.path] = None
                yield Quote(name.path, name.value, start, end, found)
