"""Spreadsheet workbooks (`.xlsx`), read through openpyxl (extra `xlsx`), one row a document.

Every sheet is a table of its own, hidden ones too: its header is the first row, or in NodeXL
workbooks the second.  A sheet of no known table that has no column the user named is left out
and reported.  What is written is a new workbook (`workbook_xml`): comments, pictures, charts,
pivot tables, macros, validations, names, styles and properties of the old one are left out.

Formulas give the value they had when the workbook was saved.  openpyxl holds the strings all
sheets share in memory: of a full sheet (1,048,576 rows) some hundred megabytes.
"""

from __future__ import annotations

import lzma
import warnings
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Any

import regex

from anonymize.errors import EngineError, FormatError, UsageError
from anonymize.formats.archives import list_archive
from anonymize.formats.base import Dropped, Plan, PlanOptions, Source, Texts
from anonymize.formats.table_columns import given, named_in, recognise
from anonymize.formats.table_proposal import ROWS
from anonymize.formats.table_reader import ALL_COLUMNS, RowReader, held, new_values, understand
from anonymize.formats.workbook_xml import TAIL, cell, fixed_parts, row, sheet_head, shown
from anonymize.model.documents import Document, Problem, Shard

_ENCRYPTED = b"\xd0\xcf\x11\xe0"
"""A workbook behind a password is a compound file (MS-CFB 2.2), and so is an old `.xls`."""
_HEADERS = 3
"""Rows among which the header is sought."""
_MOST_ROWS = 1_048_576
"""Of a sheet; a row that says it is number 10^12 would be waited for."""
_KEPT_NAMES = ("Edges", "Vertices", "Groups", "Group Vertices", "Archive")
_RULED_OUT = (
    *("Groups", "Group Edges", "Overall Metrics", "Misc", "Words", "Word Pairs", "Time Series"),
    *("Twitter Search Network Top Items", "Twitter Search Ntwrk Top Items", "Network Top Items"),
    *("Twitter Search Network", "Edge Items", "Vertex Items", "Graph Summary", "Automate"),
)
"""Sheets of NodeXL that repeat handles and words of the tweets, counted."""
_PARTS = {
    "comments": r"xl/(?:comments|threadedComments|persons)[/\d].*|xl/comments\.xml",
    "properties": r"docProps/.*|docMetadata/.*|customXml/.*",
    "pictures": r"xl/(?:drawings|media|charts|chartsheets|diagrams|ctrlProps|activeX|ink)/.*",
    "pivot tables": r"xl/(?:pivotTables|pivotCache|slicers|slicerCaches|timelines|model)/.*",
    "links": r"xl/(?:externalLinks|queryTables)/.*|xl/connections\.xml",
    "macros": r"xl/vba.*|xl/(?:macrosheets|dialogsheets|embeddings|webextensions)/.*",
    "": r"\[Content_Types\]\.xml|.*\.rels|xl/(?:workbook|sharedStrings|styles|calcChain|metadata)"
    r"\.(?:xml|bin)|xl/(?:worksheets|theme|tables|printerSettings|revisions|richData"
    r"|customProperty)/.*|xl/sheetMetadata\.xml|xl/volatileDependencies\.xml|mimetype",
}
"""Parts of a workbook by what reports call them; those with no name are what it is made of."""
_TROUBLE = (
    *(KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError),
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, NotImplementedError),
    # Of whichever XML parser openpyxl found.
    *(SyntaxError, ArithmeticError),
)
"""What openpyxl raises on damaged workbooks; its own errors are among these."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet as it begins.

    Attributes:
        number: From 1.
        title: Its name.
        rows: What its first rows say.
    """

    number: int
    title: str = field(repr=False)
    rows: tuple[tuple[str, ...], ...] = field(repr=False)


class Workbooks:
    """The format of `.xlsx` workbooks."""

    name = "workbook"
    stem = "table"
    suffixes = (".xlsx",)
    rank = 59

    def claims(self, source: Source) -> bool:
        """Whether the source has a suffix of workbooks and is a zip, or locked."""
        marks = (b"PK", _ENCRYPTED)
        named = source.suffix in {".xlsx", ".xlsm", ".xltx"}
        return not source.folder and not source.member and named and source.head.startswith(marks)

    def plan(self, source: Source, first_index: int, options: PlanOptions) -> Plan:
        """Return a shard a sheet that is converted, and one a part that is always the same.

        Raises:
            EngineError: If openpyxl is missing.
            FormatError: If the workbook is damaged, locked or refused, or no sheet is of a
                known table and no columns are named.
            UsageError: If a column named is in no sheet.
        """
        if source.head.startswith(_ENCRYPTED):
            raise FormatError(f"{source.label}: is locked; save it without a password as .xlsx")
        dropped = _parts(source)
        with _open(source.path, source.label) as book:
            sheets = [
                _look(number, one, source.label) for number, one in enumerate(book.worksheets, 1)
            ]
        columns = given(options.columns)
        known = any(recognise(names) for sheet in sheets for names in sheet.rows[:_HEADERS])
        shards: list[Shard] = []
        titles: list[tuple[int, str]] = []
        used: set[str] = set()
        for sheet in sheets:
            if not any(map(any, sheet.rows)):
                continue
            at = _header_row(sheet, columns)
            mine = tuple(one for one in columns if named_in([one], sheet.rows[at]))
            if recognise(sheet.rows[at]) or mine:
                used |= {name for _, name in mine}
                shards.append(_shard(source, sheet, at, mine))
                kept = sheet.title if sheet.title in _KEPT_NAMES else f"Sheet{sheet.number}"
                titles.append((sheet.number, kept))
            elif known and sheet.title in _RULED_OUT:
                dropped.append(Dropped(sheet.title, "rule", source.output))
            else:
                dropped.append(Dropped(f"sheet {sheet.number}", "unknown", source.output))
        if columns and shards and not known and {name for _, name in columns} - used:
            raise UsageError(f"{source.label}: --columns names a column that is in no sheet")
        if not shards:
            _refuse(source, sheets, columns)
        for name, content in fixed_parts(titles).items():
            part = Shard(0, self.name, source.path, label=source.label, output=name)
            shards.append(replace(part, container=source.output, head=content))
        numbered = (replace(one, index=first_index + at) for at, one in enumerate(shards))
        return Plan(tuple(numbered), tuple(dict.fromkeys(dropped)))

    def read(self, shard: Shard) -> Iterator[Document | Problem]:
        """Yield a document for every row that is not empty.

        Raises:
            EngineError: If openpyxl is missing.
            FormatError: If the workbook is damaged, or the ids of a column are.
        """
        options = dict(shard.options)
        if "sheet" not in options:
            return
        number, at, width = (int(options[key]) for key in ("sheet", "row", "width"))
        with _open(shard.source, shard.label) as book:
            found = _rows(book.worksheets[number - 1], shard.label)
            names = next(islice(found, at, None), ())
            header = understand(_names(list(map(shown, names)), width), shard.options, shard.label)
            reader = RowReader(header, shard.label, shard.output, formulas=False)
            count = 0
            for values in found:
                cells = _padded(values, width)
                if any(one is not None for one in cells):
                    yield from reader.documents(count, list(map(shown, cells)), cells)
                    count += 1
            reader.close()

    def rebuild(
        self,
        document: Document,
        texts: Texts,
        withheld: frozenset[int] = frozenset(),
    ) -> bytes:
        """Return the row with new values; a known cell without a value is empty."""
        record, old = held(document, tuple)
        if withheld:
            return b""
        return row([cell(old[at], value) for at, value in new_values(record, texts)])


def _parts(source: Source) -> list[Dropped]:
    """Return what of a workbook is left out, told from the names of its parts.

    Raises:
        FormatError: If it is no zip or is refused.
    """
    dropped: dict[Dropped, None] = {}
    for entry in list_archive(source.path, source.label):
        found = (name for name, form in _PARTS.items() if regex.fullmatch(form, entry.name))
        name = next(found, None)
        if name is None:
            dropped[Dropped(f"part {entry.number}", "unknown", source.output)] = None
        elif name:
            dropped[Dropped(name, "rule", source.output)] = None
    return list(dropped)


def _look(number: int, sheet: Any, label: str) -> _Sheet:
    rows = islice(_rows(sheet, f"{label}, sheet {number}"), ROWS)
    return _Sheet(number, str(sheet.title), tuple(tuple(map(shown, one)) for one in rows))


def _header_row(sheet: _Sheet, columns: Sequence[tuple[str, str]]) -> int:
    """Return the position of the row that holds a known header, or a column named; else 0."""
    names = {name for _, name in columns}
    for at, values in enumerate(sheet.rows[:_HEADERS]):
        if recognise(values) or names & set(values):
            return at
    return next(at for at, values in enumerate(sheet.rows) if any(values))


def _shard(source: Source, sheet: _Sheet, at: int, columns: Sequence[tuple[str, str]]) -> Shard:
    """Return the shard of a sheet; its index is filled in later."""
    width = max(map(len, sheet.rows))
    while width and not any(len(one) >= width and one[width - 1] for one in sheet.rows):
        width -= 1
    label = f"{source.label}, sheet {sheet.number}"
    settings = (("sheet", str(sheet.number)), ("row", str(at)), ("width", str(width)))
    shard = Shard(
        index=0,
        format=Workbooks.name,
        source=source.path,
        label=label,
        output=f"xl/worksheets/sheet{sheet.number}.xml",
        container=source.output,
        between=b"\n",
        tail=TAIL,
    )
    return with_header(shard, (*settings, *columns), sheet.rows[at], at)


def with_header(
    shard: Shard,
    options: Sequence[tuple[str, str]],
    names: Sequence[str],
    above: int,
) -> Shard:
    """Return the shard of a sheet with its options and the head they make.

    Args:
        shard: Of a sheet.
        options: Of the shard.
        names: The cells of its header.
        above: Rows before the header.
    """
    width = int(dict(options)["width"])
    header = understand(_names(names, width), options, shard.label)
    everything = ALL_COLUMNS in options
    kept = [
        name if everything else head
        for name, head, written in zip(header.names, header.heads, header.written, strict=True)
        if written
    ]
    return replace(shard, head=sheet_head(kept, above), options=tuple(sorted(options)))


def _names(names: Sequence[str], width: int) -> list[str]:
    """Return the header of a sheet; columns beyond it are known to nobody."""
    found = [*names[:width], *(f"column-{at + 1}" for at in range(len(names), width))]
    return [name or f"column-{at}" for at, name in enumerate(found, 1)]


def _padded(values: Sequence[Any], width: int) -> tuple[Any, ...]:
    """Return a row as wide as its sheet, or wider where it says something there."""
    cells = tuple(values)
    while len(cells) > width and cells[-1] is None:
        cells = cells[:-1]
    return (*cells, *(None for _ in range(len(cells), width)))


def _refuse(source: Source, sheets: Sequence[_Sheet], columns: Sequence[tuple[str, str]]) -> None:
    """Say that no sheet is known, with a proposal for the first.

    Raises:
        FormatError: Always, but where a column is named.
        UsageError: If a column named is in no sheet.
    """
    for sheet in sheets:
        if any(map(any, sheet.rows)):
            at = _header_row(sheet, columns)
            label = f"{source.label}, sheet {sheet.number}"
            understand(sheet.rows[at], columns, label, sheet.rows[at + 1 :])
    raise FormatError(f"{source.label}: all its sheets are empty")


def _rows(sheet: Any, label: str) -> Iterator[tuple[Any, ...]]:
    """Yield the values of the rows of a sheet.

    Raises:
        FormatError: If it is damaged.
    """
    try:
        # What a sheet says of its own size is often wrong.
        sheet.reset_dimensions()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for number, values in enumerate(sheet.iter_rows(values_only=True)):
                if number >= _MOST_ROWS:
                    raise FormatError(f"{label}: has more rows than a sheet can have")
                yield tuple(values)
    except _TROUBLE:
        raise FormatError(f"{label}: cannot be read to its end") from None


@contextmanager
def _open(path: str, label: str) -> Iterator[Any]:
    """Open a workbook.

    Raises:
        EngineError: If openpyxl is missing.
        FormatError: If the workbook is damaged.
    """
    try:
        from openpyxl import load_workbook
    except ImportError:
        raise EngineError(
            f"{label}: workbooks need a package more: pip install 'anonymize[xlsx]'",
        ) from None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    except _TROUBLE:
        raise FormatError(f"{label}: not a readable workbook") from None
    try:
        yield book
    finally:
        book.close()


FORMAT = Workbooks()
