"""From rows to documents: what all tables have in common, whatever file they stand in."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import regex

from anonymize.formats.base import Texts
from anonymize.formats.column_types import LANGUAGE, UNKNOWN, Column
from anonymize.formats.table_cells import Cell, bare_id, cut_cell, join_cell
from anonymize.formats.table_columns import columns_of, named_in
from anonymize.formats.table_ids import IdWatch
from anonymize.formats.table_rows import guard
from anonymize.model.documents import Document, Problem, Removal, RemovalKind, Section
from anonymize.model.fields import Field, Role

ALL_COLUMNS = ("all-columns", "1")
"""Shard option: unknown columns and those left out by rule are written as well."""
FORMULA = "formula-cell"
RAGGED = "ragged-row"
NOTICE = "control-line"

T = TypeVar("T")
_ISO_639 = regex.compile(r"[a-z]{2}")
_REMEMBERED = 100_000
"""Ids remembered to tell a second row of a post; later rows are named by their number."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a row is rebuilt from.

    Attributes:
        cells: Of every column.
        written: Whether each cell is written.
        source: What the format itself needs besides.
    """

    cells: tuple[Cell, ...] = field(repr=False)
    written: tuple[bool, ...]
    source: object = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Header:
    """The header of a table, understood.

    Attributes:
        names: As they stand.
        columns: What each column holds.
        heads: How paths, messages and the output call each column: a name nobody vouches for
            may be data, and is replaced by `column-3`.
        written: Whether each column is written.
    """

    names: tuple[str, ...] = field(repr=False)
    columns: tuple[Column, ...]
    heads: tuple[str, ...]
    written: tuple[bool, ...]


def understand(
    names: Sequence[str],
    options: Sequence[tuple[str, str]],
    label: str,
    sample: Sequence[Sequence[str]] = (),
) -> Header:
    """Return the header of a table; see `columns_of` for what it takes and raises."""
    columns = columns_of(names, options, label, sample)
    everything = ALL_COLUMNS in options
    by_name = {name for key, name in options if key[:7] == "column:"}
    by_number = {at for at in named_in(options, names) if names[at] not in by_name}
    heads: list[str] = []
    counts: dict[str, int] = {}
    for at, (name, column) in enumerate(zip(names, columns, strict=True)):
        vouched = name and column is not UNKNOWN and at not in by_number
        head = name if vouched else f"column-{at + 1}"
        counts[head] = counts.get(head, 0) + 1
        heads.append(head if counts[head] == 1 else f"{head}#{counts[head]}")
    written = tuple(column.kept or everything for column in columns)
    return Header(tuple(names), columns, tuple(heads), written)


class RowReader:
    """Turns rows into documents, knowing the header and the ids met so far.

    Args:
        header: Of the table.
        label: How messages name the table.
        talk: What scope its rows have where each is a turn of one interview.
        formulas: Whether a cell may be run as a formula by who opens what is written.
    """

    def __init__(
        self,
        header: Header,
        label: str,
        talk: str = "",
        *,
        formulas: bool = True,
    ) -> None:
        self._header = header
        self._talk = talk
        self._formulas = formulas
        self._watch = IdWatch(label)
        self._seen: set[str] = set()
        about = {column.about for column in header.columns if column.about}
        self._about = [at for at, head in enumerate(header.heads) if head in about]
        each = list(zip(header.heads, header.columns, strict=True))
        self._columns = [(head, column, _watched(column)) for head, column in each]
        # Most cells of most tables are empty: one for each column will do.
        self._empty = [Cell("", column, head) for head, column in each]

    def documents(
        self,
        number: int,
        values: Sequence[str],
        source: object = None,
    ) -> Iterator[Document | Problem]:
        """Yield the problems of a row and its document.

        Args:
            number: Of the row, from 0.
            values: Its cells as they stand, unquoted.
            source: For `Record.source`.

        Raises:
            FormatError: If an id lost digits.
        """
        header = self._header
        if len(values) != len(header.columns):
            yield self._ragged(number, values, source)
            return
        texts: dict[str, str] = {}
        for at in self._about:
            head, column = header.heads[at], header.columns[at]
            texts[head] = _text_of(head, column, values[at])
        cells = self._empty.copy()
        for at, value in enumerate(values):
            if not value:
                continue
            head, column, watched = self._columns[at]
            cells[at] = cut_cell(head, column, value, texts.get(column.about, ""))
            if not column.kept:
                continue
            if self._formulas and guard(value)[1] and bare_id(value) == value:
                yield Problem(FORMULA, number, head, withheld=False)
            if watched:
                self._watch.see(f"column {head!r}", bare_id(value), number + 1)
        yield self._document(number, cells, source)

    def close(self) -> None:
        """Judge the ids of the whole table.

        Raises:
            FormatError: If those of a column look damaged.
        """
        self._watch.close()

    def _document(self, number: int, cells: list[Cell], source: object) -> Document:
        fields: list[Field] = []
        posts: list[str] = []
        scope = language = author = ""
        removals: list[Removal] = []
        for cell in cells:
            if not cell.fields:
                continue
            column = cell.column
            fields += cell.fields
            first = cell.fields[0]
            if column.role is Role.ID and first.role is Role.ID:
                if column.post:
                    posts.append(first.value)
                if column.scope:
                    scope = scope or first.value
                if column.notice:
                    # The row does not tell whether the id is a post's or an account's.
                    kinds = (RemovalKind.POST, RemovalKind.USER)
                    removals += [Removal(kind, first.value) for kind in kinds]
            if column.subject == "author":
                author = "author"
            if column.kind == "speaker":
                scope = self._talk
            if column is LANGUAGE and not language and _ISO_639.fullmatch(first.value):
                language = first.value
        own = posts[0] if posts else ""
        name = f"row {number + 1}"
        if own and own not in self._seen and len(self._seen) < _REMEMBERED:
            self._seen.add(own)
            name = own
        withhold = NOTICE if removals else ""
        return Document(
            id=name,
            fields=tuple(fields),
            sections=(Section(name, author, tuple(posts), withhold),),
            record=Record(tuple(cells), self._header.written, source),
            scope=scope,
            language=language,
            removals=tuple(removals),
        )

    @staticmethod
    def _ragged(number: int, values: Sequence[str], source: object) -> Document:
        """Return the document of a row of another length, of which nobody knows what is what."""
        cells = tuple(
            cut_cell(f"column-{at}", UNKNOWN, value) for at, value in enumerate(values, 1)
        )
        return Document(
            id=f"row {number + 1}",
            fields=tuple(one for cell in cells for one in cell.fields),
            sections=(Section(f"row {number + 1}", withhold=RAGGED),),
            record=Record(cells, tuple(True for _ in cells), source),
        )


def _watched(column: Column) -> bool:
    return column.role is Role.ID and not column.words and column.node is None


def _text_of(head: str, column: Column, value: str) -> str:
    fields = cut_cell(head, column, value).fields
    return fields[0].value if fields and fields[0].role is Role.TEXT else ""


def held(document: Document, kind: type[T]) -> tuple[Record, T]:
    """Return the row of a document, and what its format keeps of it.

    Args:
        document: As a format of tables gave it.
        kind: What the format keeps.

    Raises:
        TypeError: If the document is another format's.
    """
    record = document.record
    if not isinstance(record, Record) or not isinstance(record.source, kind):
        raise TypeError("not a document of this format")
    return record, record.source


def new_values(record: Record, texts: Texts) -> list[tuple[int, str]]:
    """Return position and new value of each cell that is written."""
    return [
        (at, join_cell(cell, texts) if cell.fields else cell.value)
        for at, (cell, written) in enumerate(zip(record.cells, record.written, strict=True))
        if written
    ]
