"""The roster, `people.csv`: what the researcher knows of the people in the material."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from anonymize.model.folding import words as folded
from anonymize.model.roster import COLUMNS, Roster, RosterRow
from anonymize.rulepacks.reading import Faults, read_text

TEMPLATE = """\
person,role,names,handles,emails,consent,pseudonym
# One person a line; several values in a cell are separated by ; and a line that starts with #
# is not read.  Only `person`, a short id of your own, must be filled in.
# names: full names, nicknames, initials.  handles: without @, user@host for Mastodon.
# consent: yes, no, withdrawn or empty.  pseudonym: empty to have one drawn.
# t01,teacher,Jane Example;Janey;JE,jane_example;jane@social.example,jane@college.example,yes,
# s01,student,Sam Sample,samsample_,,no,
"""
"""What a new project's `people.csv` holds."""

_CONSENT = ("", "yes", "no", "withdrawn")
_HANDLE = re.compile(r"[\w.-]+(?:@[\w.-]+)?|did:[a-z]+:[A-Za-z0-9._:%-]+")
_EMAIL = re.compile(r"[^\s@;,]+@[^\s@;,]+\.[^\s@;,]+")


def _cells(cell: str) -> tuple[str, ...]:
    """Return the values of a cell, blanks trimmed, repetitions left out."""
    return tuple(dict.fromkeys(value for part in cell.split(";") if (value := part.strip())))


def _plain_handle(handle: str) -> str:
    return handle.removeprefix("@").removeprefix("＠")


_LONGEST_CELL = 131_072
"""Characters; the limit of Python's csv module, which other libraries lift for the process."""


def _rows(text: str, faults: Faults) -> Iterator[tuple[int, list[str]]]:
    """Yield line number and cells of each row that is neither empty nor a comment."""
    # A comment becomes an empty line, so that line numbers stay those of the file.
    physical = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    lines = ["\n" if line.lstrip().startswith("#") else line + "\n" for line in physical]
    head = next((line for line in lines if line.strip()), "")
    delimiter = max(",;\t", key=head.count)
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    at = 0
    try:
        for row in reader:
            at, line = reader.line_num, at + 1
            if any(len(cell) > _LONGEST_CELL for cell in row):
                faults.add(line, "holds a cell too long for a table")
                return
            if any(cell.strip() for cell in row):
                yield line, [cell.strip() for cell in row]
    except csv.Error:
        faults.add(reader.line_num, "is not a valid table: look for an open quotation mark")


def _header(line: int, row: list[str], faults: Faults) -> list[str]:
    columns = [cell.lower() for cell in row]
    for at, column in enumerate(columns, 1):
        if column not in COLUMNS:
            faults.add(line, f"column {at} is not known; known are {', '.join(COLUMNS)}")
        elif column in columns[: at - 1]:
            faults.add(line, f"column {column} stands there twice")
    if "person" not in columns:
        faults.add(line, "lacks the column person")
    return columns


def _row(line: int, cells: dict[str, str], faults: Faults) -> RosterRow:
    handles = tuple(_plain_handle(value) for value in _cells(cells.get("handles", "")))
    emails = tuple(value.lower() for value in _cells(cells.get("emails", "")))
    consent = cells.get("consent", "").lower()
    if not cells.get("person"):
        faults.add(line, "person: is empty")
    if consent not in _CONSENT:
        faults.add(line, "consent: must be yes, no, withdrawn or empty")
    for at, handle in enumerate(handles, 1):
        if _HANDLE.fullmatch(handle) is None:
            faults.add(line, f"handles: value {at} is not a handle")
    for at, email in enumerate(emails, 1):
        if _EMAIL.fullmatch(email) is None:
            faults.add(line, f"emails: value {at} is not an e-mail address")
    return RosterRow(
        person=cells.get("person", ""),
        role=cells.get("role", "").lower(),
        names=_cells(cells.get("names", "")),
        handles=handles,
        emails=emails,
        consent=consent,
        pseudonym=cells.get("pseudonym", ""),
        line=line,
    )


def _check(rows: list[RosterRow], faults: Faults) -> None:
    """Record what two rows may not share."""
    seen: dict[tuple[str, str], int] = {}
    names = {folded(name): row.line for row in rows for name in row.names}
    for row in rows:
        unique = [("person", row.person), ("pseudonym", folded(row.pseudonym))]
        unique += [("handles", handle.casefold()) for handle in row.handles]
        unique += [("emails", email) for email in row.emails]
        for key in dict.fromkeys(unique):
            if not key[1]:
                continue
            first = seen.setdefault(key, row.line)
            if first != row.line:
                faults.add(row.line, f"{key[0]}: a value stands in line {first} as well")
        if row.pseudonym and folded(row.pseudonym) in names:
            line = names[folded(row.pseudonym)]
            faults.add(row.line, f"pseudonym: is the real name of the person in line {line}")


def load_roster(path: Path) -> Roster:
    """Return the roster of a CSV file: `,`, `;` or tab, UTF-8, a byte order mark or none.

    Messages name lines and columns, never what stands there.

    Raises:
        RuleError: With every fault of the file.
    """
    faults = Faults(f"roster {path.name}")
    text, _ = read_text(path, faults)
    found = list(_rows(text, faults))
    faults.raise_any()
    if not found:
        faults.add(0, "lacks its header: " + ",".join(COLUMNS))
        faults.raise_any()
    columns = _header(*found[0], faults)
    rows: list[RosterRow] = []
    for line, cells in found[1:]:
        if len(cells) > len(columns):
            faults.add(line, f"has {len(cells)} cells for {len(columns)} columns")
        rows.append(_row(line, dict(zip(columns, cells, strict=False)), faults))
    _check(rows, faults)
    faults.raise_any()
    return Roster(tuple(rows))
