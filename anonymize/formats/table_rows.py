"""Rows and cells of delimited text (RFC 4180); unchanged cells are written as they were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TextIO

import regex

from anonymize.errors import FormatError

MAX_ROW = 16 * 1024 * 1024
"""Characters of the longest row: beyond it a quote was never closed."""
DELIMITERS = (",", ";", "\t", "|")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""First characters spreadsheets take for a formula (OWASP, CSV injection)."""
_NUMBER = regex.compile(r"[+-]?(?:\d+(?:[.,]\d+)*|\.\d+)(?:[eE][+-]?\d+)?%?")


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        raw: Each cell as it stands, quotes included.
        line: Its first line, from 1.
    """

    raw: tuple[str, ...] = field(repr=False)
    line: int = 0


def sniff(line: str) -> str:
    """Return the delimiter of a header line: the one that stands most often outside quotes."""
    bare = regex.sub(r'"(?:[^"]|"")*"?', "", line)
    return max(DELIMITERS, key=lambda mark: (bare.count(mark), -DELIMITERS.index(mark)))


def value_of(raw: str) -> str:
    """Return what a cell says.

    >>> value_of('"a ""b"" c"')
    'a "b" c'
    """
    if not raw.startswith('"'):
        return raw
    match = regex.match(r'"((?:[^"]|"")*)"', raw)
    if match is None:
        return raw
    return match[1].replace('""', '"') + raw[match.end() :]


def raw_of(value: str, old: str, delimiter: str) -> str:
    """Return a cell that says `value`, written as `old` was where that is right."""
    if value_of(old) == value:
        return old
    special = any(mark in value for mark in (delimiter, '"', "\r", "\n"))
    if special or old.startswith('"') or value != value.strip():
        return '"' + value.replace('"', '""') + '"'
    return value


def guard(cell: str) -> tuple[str, bool]:
    """Return a cell no spreadsheet runs as a formula, and whether it would have.

    An apostrophe is put before it, which spreadsheets take for "this is text".  Plain
    numbers are no formulas.

    >>> guard("=1+1"), guard("-5")
    (("'=1+1", True), ('-5', False))
    """
    if not cell.startswith(_FORMULA) or _NUMBER.fullmatch(cell):
        return cell, False
    return "'" + cell, True


def lines_of(stream: TextIO) -> Iterator[tuple[str, str]]:
    """Yield the lines of a stream opened with `newline=""`, each with its end."""
    for line in stream:
        body = line.rstrip("\r\n")
        yield body, line[len(body) :]


def rows(stream: TextIO, delimiter: str, label: str) -> Iterator[Row]:
    """Yield the rows of a table, blank lines left out.

    Args:
        stream: Opened with `newline=""`.
        delimiter: Of one character.
        label: How messages name the table.

    Raises:
        FormatError: If a quote is never closed.
    """
    other = regex.escape(delimiter)
    whole = regex.compile(rf'"(?:[^"]|"")*+"[^{other}]*+|(?!")[^{other}]*+')
    rest = regex.compile(rf'(?:[^"]|"")*+"[^{other}]*+')
    cells: list[str] = []
    part: list[str] = []
    size = first = 0
    for number, (body, end) in enumerate(lines_of(stream), 1):
        if not part:
            if not body:
                continue
            first, size = number, 0
        size += len(body) + len(end)
        if size > MAX_ROW:
            raise FormatError(f"{label}, line {first}: a row without end; is a quote not closed?")
        at = 0
        if part:
            match = rest.match(body)
            if match is None:
                part += (body, end)
                continue
            cells.append("".join(part) + match[0])
            part = []
            at = match.end() + 1
        while at <= len(body):
            match = whole.match(body, at)
            if match is None:
                part = [body[at:], end]
                break
            cells.append(match[0])
            at = match.end() + 1
        if not part:
            yield Row(tuple(cells), first)
            cells = []
    if part:
        raise FormatError(f"{label}, line {first}: a quote is never closed")
