"""Files of JSON values that are not one a line: a list of records, or objects laid out freely.

The file is taken apart where its outer values begin and end, by brackets and strings alone, so
that each is then parsed as a line would be, a file of any size is cut into shards, and the very
separators of the list are known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import BinaryIO

from anonymize.errors import FormatError
from anonymize.formats import lines
from anonymize.formats.archives import open_source
from anonymize.formats.base import PlanOptions, Source
from anonymize.formats.json_values import BOM
from anonymize.model.documents import Shard

LIST, LOOSE = "list", "loose"
"""Layouts: the elements of one list; one object after another, each over several lines."""

_CHUNK = 1 << 18
_SPACES = re.compile(rb"[ \t\r\n]*+")
_PLAIN = rb'[^"\[\]{}]++|"(?:[^"\\]++|\\.)*+"'
_FLAT = rb"[\[{](?:" + _PLAIN + rb")*+[\]}]"
_SHALLOW = rb"[\[{](?:" + _PLAIN + rb"|" + _FLAT + rb")*+[\]}]"
_RUN = re.compile(rb"(?:" + _PLAIN + rb"|" + _FLAT + rb"|" + _SHALLOW + rb")*+", re.DOTALL)
"""All up to the next bracket that stands in no string and opens more than two levels."""
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_WORD = re.compile(rb'[^\s,\[\]{}"]*+')


class Splitter:
    """Takes the outer values of JSON off a stream, one after another.

    Args:
        stream: Read as far as asked for.
        label: How messages name it.

    Attributes:
        at: Position of the next byte in the stream.
    """

    def __init__(self, stream: BinaryIO, label: str) -> None:
        self._stream = stream
        self._label = label
        self._buffer = b""
        self._start = 0
        self.at = 0

    def _more(self) -> bool:
        """Read on, twice as far for what is long; whether there was more."""
        rest = self._buffer[self._start :]
        if len(rest) > lines.LINE_BYTES:
            raise FormatError(f"{self._label}: a record is too long")
        chunk = self._stream.read(max(_CHUNK, len(rest)))
        self._buffer, self._start = rest + chunk, 0
        return bool(chunk)

    def _take(self, end: int) -> bytes:
        taken = self._buffer[self._start : end]
        self.at += end - self._start
        self._start = end
        return taken

    def next(self) -> bytes:
        """Return the next byte without taking it; nothing at the end."""
        if self._start >= len(self._buffer):
            self._more()
        return self._buffer[self._start : self._start + 1]

    def spaces(self, mark: bytes = b"") -> bytes:
        """Take blanks, one `mark` if it comes next, and the blanks behind it."""
        parts = [self._while(_SPACES)]
        if mark and self.next() == mark:
            parts += [self._take(self._start + 1), self._while(_SPACES)]
        return b"".join(parts)

    def drop_mark(self) -> None:
        """Take the byte-order mark if there is one."""
        if self.next() == BOM[:1]:
            while len(self._buffer) < len(BOM) and self._more():
                pass
            if self._buffer.startswith(BOM):
                self._take(len(BOM))

    def _while(self, pattern: re.Pattern[bytes]) -> bytes:
        """Take all that a pattern fits, wherever chunks end."""
        offset = 0
        while True:
            match = pattern.match(self._buffer, self._start + offset)
            offset = match.end() - self._start if match else offset
            if self._start + offset < len(self._buffer) or not self._more():
                return self._take(self._start + offset)

    def value(self) -> bytes | None:
        """Take one value; None where the file ends inside it, or there is none."""
        first = self.next()
        if first in {b"{", b"["}:
            return self._nested()
        if first != b'"':
            return self._while(_WORD) or None
        while not (match := _STRING.match(self._buffer, self._start)):
            if not self._more():
                return None
        return self._take(match.end())

    def _nested(self) -> bytes | None:
        depth = offset = 1
        while True:
            match = _RUN.match(self._buffer, self._start + offset)
            end = match.end() if match else self._start + offset
            offset = end - self._start
            if end >= len(self._buffer) or self._buffer[end] == 0x22:
                # Nothing more, or a string whose end is not there yet.
                if not self._more():
                    return None
                continue
            depth += 1 if self._buffer[end] in b"{[" else -1
            offset += 1
            if depth == 0:
                return self._take(end + 1)


def layout_of(source: Source) -> tuple[str, bytes] | None:
    """Return how the values of a file are laid out, and the first of them.

    Args:
        source: What is not known to hold one object a line.

    Returns:
        None where it does not begin with an object, alone or in a list.

    Raises:
        FormatError: If the file cannot be read.
    """
    head = source.head.removeprefix(BOM).lstrip(b" \t\r\n")
    if head[:1] not in {b"{", b"["}:
        return None
    with open_source(lines.whole(source, "")) as stream:
        split = Splitter(stream, source.label)
        split.drop_mark()
        layout = LIST if split.spaces(b"[").strip() else LOOSE
        first = split.value() if split.next() == b"{" else None
    return None if first is None else (layout, first)


@dataclass(slots=True)
class _Frame:
    """What stands around and between the values of a file, and where shards begin and end."""

    head: bytes = b""
    between: bytes = b""
    tail: bytes = b""
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)


def piece_shards(
    source: Source,
    first_index: int,
    options: PlanOptions,
    format_name: str,
    layout: str,
) -> tuple[Shard, ...]:
    """Return shards of about `options.aim(source)` bytes, each of whole values.

    Raises:
        FormatError: If the file cannot be read, is cut short, or something stands where a
            value or separator should.
    """
    base = lines.whole(source, format_name)
    with open_source(base) as stream:
        split = Splitter(stream, source.label)
        split.drop_mark()
        size = options.aim(source)
        frame = (_listed if layout == LIST else _loose)(split, size, source.label)
    base = replace(
        base,
        output=source.output,
        head=frame.head,
        between=frame.between or (b",\n" if layout == LIST else b"\n"),
        tail=frame.tail,
        options=(("layout", layout),),
    )
    # The last shard has no end, so that whoever reads it comes to the end of the file.
    spans = zip(frame.starts, [*frame.ends[:-1], -1], strict=True)
    return tuple(
        replace(base, index=first_index + number, start=start, stop=stop)
        for number, (start, stop) in enumerate(spans)
    )


def _value(split: Splitter, label: str, number: int) -> bytes:
    """Return the next value.

    Raises:
        FormatError: If there is none, or it does not end.
    """
    if split.next() in {b"", b"]", b"}", b","}:
        raise FormatError(f"{label}: record {number} is missing")
    value = split.value()
    if value is None:
        raise FormatError(f"{label}: ends inside record {number}")
    return value


def _listed(split: Splitter, size: int, label: str) -> _Frame:
    frame = _Frame(head=split.spaces(b"["))
    number = 0
    while split.next() != b"]" or number:
        number += 1
        _note(frame, split.at, size)
        _value(split, label, number)
        frame.ends[-1] = split.at
        gap = split.spaces(b",")
        if b"," not in gap:
            frame.tail = gap
            break
        frame.between = frame.between or gap
    if split.next() != b"]":
        raise FormatError(f"{label}: its list is not closed behind record {number}")
    frame.tail += split.spaces(b"]")
    if split.next():
        raise FormatError(f"{label}: something follows its list")
    return frame


def _loose(split: Splitter, size: int, label: str) -> _Frame:
    frame = _Frame()
    split.spaces()
    number = 0
    while split.next():
        number += 1
        _note(frame, split.at, size)
        _value(split, label, number)
        frame.ends[-1] = split.at
        gap = split.spaces()
        frame.between = frame.between or gap
        frame.tail = gap
    if number == 1:
        frame.between = b""
    return frame


def _note(frame: _Frame, at: int, size: int) -> None:
    """Begin a shard where a value begins, unless the last one is still small."""
    if not frame.starts or at - frame.starts[-1] >= size:
        frame.starts.append(at)
        frame.ends.append(at)


def read_pieces(shard: Shard) -> Iterator[tuple[int, bytes]]:
    """Yield position in the file, in bytes, and content of each value of a shard.

    Raises:
        FormatError: If the file cannot be read, or is not what was planned.
    """
    mark, closing = (b",", b"]") if ("layout", LIST) in shard.options else (b"", b"")
    with open_source(shard) as stream:
        split = Splitter(stream, shard.label)
        number = 0
        while split.next() not in {b"", closing}:
            number += 1
            at = shard.start + split.at
            yield at, _value(split, shard.label, number)
            split.spaces(mark)
        split.spaces(closing)
