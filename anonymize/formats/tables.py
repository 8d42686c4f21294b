"""Delimited tables: CSV and TSV, one row a document.

Tables of twarc-csv and TAGS are known by their headers; of any other the user says what the
columns hold.  A column that is unknown or left out by rule is left out of the header and of
every row, whatever texts say, so that header and rows always agree; its cells are opaque
fields all the same, to be counted as dropped.  With the shard option `("all-columns", "1")`
such columns stay in both, and the round-trip law holds for every table.

A cell that a spreadsheet would run as a formula gets an apostrophe when written, changed or
not; the law holds for rows without such cells.  Blank lines between rows are no records, and
rows are joined by the line end of the header.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

import regex

from anonymize.errors import FormatError
from anonymize.formats.archives import open_source
from anonymize.formats.base import Plan, PlanOptions, Source, Texts
from anonymize.formats.charset import (
    GUESSED,
    Charset,
    candidates,
    encode_text,
    is_binary,
)
from anonymize.formats.table_columns import UNKNOWN, Column, columns_of, given
from anonymize.formats.table_rows import Row, guard, lines_of, raw_of, rows, sniff, value_of
from anonymize.model.documents import Document, Problem, Section, Shard
from anonymize.model.fields import Field, Path, Role

ALL_COLUMNS = ("all-columns", "1")
FORMULA = "formula-cell"
DAMAGED = "damaged-id"
RAGGED = "ragged-row"

_CHUNK = 1 << 20
_COUNT = regex.compile(r"[+-]?\d+(?:[.,]\d+)*%?")
_DAMAGED = regex.compile(
    # What a spreadsheet or a float column makes of an id beyond 2^53.
    r"\d(?:[.,]\d+)?[eE]\+?\d+|\d{16,}\.0",
)
_ISO_639 = regex.compile(r"[a-z]{2}")


@dataclass(frozen=True, slots=True)
class _Record:
    """What a row is rebuilt from.

    Attributes:
        raw: Each cell as it stands.
        paths: The field of each cell; None for an empty cell.
        written: Whether each cell is written.
        delimiter: Between cells.
        codec: Encoding of the file.
    """

    raw: tuple[str, ...] = field(repr=False)
    paths: tuple[Path | None, ...] = field(repr=False)
    written: tuple[bool, ...]
    delimiter: str
    codec: str


class Tables:
    """The format of `.csv` and `.tsv` tables."""

    name = "table"
    stem = "table"
    suffixes = (".csv", ".tsv", ".tab")
    rank = 60

    def claims(self, source: Source) -> bool:
        """Whether the source has a suffix of tables and holds no binary data."""
        return not source.folder and source.suffix in self.suffixes and not is_binary(source.head)

    def plan(self, source: Source, first_index: int, options: PlanOptions) -> Plan:
        """Return one shard, the whole file, whose head is the header of what is written.

        Raises:
            FormatError: If the file is empty, is not text, or has an unknown header and no
                columns are named.
            UsageError: If a column named is not there, or its role word is none.
        """
        if not source.head.strip(b"\xef\xbb\xbf \t\r\n"):
            raise FormatError(f"{source.label}: the file is empty")
        bare = Shard(
            index=first_index,
            format=self.name,
            source=source.path,
            member=source.member,
            label=source.label,
            output=source.output,
        )
        charset, tail = _charset(bare, source.head, options.encoding)
        with open_source(bare) as stream:
            line, newline = next(lines_of(_text(stream, charset)), ("", ""))
        settings = [
            ("delimiter", sniff(line)),
            ("encoding", charset.codec),
            ("bom", charset.bom.hex()),
            ("newline", newline or "\n"),
            *given(options.columns),
        ]
        if charset.guessed:
            settings.append(("guessed", "1"))
        return Plan((with_head(bare, tuple(sorted(settings)), tail),))

    def read(self, shard: Shard) -> Iterator[Document | Problem]:
        """Yield a document for every row, and problems of its cells before it.

        Raises:
            FormatError: If a quote is never closed, or bytes do not fit the encoding.
        """
        options = dict(shard.options)
        if "guessed" in options:
            yield Problem(GUESSED, withheld=False)
        charset = Charset(options["encoding"], bytes.fromhex(options["bom"]))
        with open_source(shard) as stream:
            found = rows(_text(stream, charset), options["delimiter"], shard.label)
            reader = _Reader(shard, next(found, Row(())))
            try:
                for number, row in enumerate(found):
                    yield from reader.documents(number, row)
            except UnicodeError:
                raise FormatError(f"{shard.label}: bytes that are not in its encoding") from None

    def rebuild(
        self,
        document: Document,
        texts: Texts,
        withheld: frozenset[int] = frozenset(),
    ) -> bytes:
        """Return the row with new values; a known cell without a value is empty."""
        record = document.record
        if not isinstance(record, _Record):
            raise TypeError("not a document of this format")
        if withheld:
            return b""
        cells: list[str] = []
        for raw, path, written in zip(record.raw, record.paths, record.written, strict=True):
            if not written:
                continue
            if path is None:
                cells.append(raw)
                continue
            value, _ = guard(texts.get(path) or "")
            cells.append(raw_of(value, raw, record.delimiter))
        return encode_text(record.delimiter.join(cells), record.codec)


def with_head(shard: Shard, options: tuple[tuple[str, str], ...], tail: bytes) -> Shard:
    """Return a shard of a table with its options, and the head, joint and tail they make.

    Raises:
        FormatError: If its header is unknown and no columns are named.
        UsageError: If a column named is not there.
    """
    settings = dict(options)
    charset = Charset(settings["encoding"], bytes.fromhex(settings["bom"]))
    delimiter = settings["delimiter"]
    with open_source(shard) as stream:
        header = next(rows(_text(stream, charset), delimiter, shard.label), Row(()))
    names = [value_of(raw) for raw in header.raw]
    columns = columns_of(names, options, shard.label)
    kept = [
        raw
        for raw, column in zip(header.raw, columns, strict=True)
        if column.kept or ALL_COLUMNS in options
    ]
    newline = settings["newline"].encode(charset.codec)
    return Shard(
        index=shard.index,
        format=shard.format,
        source=shard.source,
        member=shard.member,
        label=shard.label,
        output=shard.output,
        container=shard.container,
        head=charset.bom + delimiter.join(kept).encode(charset.codec) + newline,
        between=newline,
        tail=tail,
        options=options,
    )


def _text(stream: BinaryIO, charset: Charset) -> io.TextIOWrapper:
    """Return a stream of the characters behind the byte-order mark, line ends as they are."""
    stream.read(len(charset.bom))
    return io.TextIOWrapper(stream, encoding=charset.codec, newline="")


def _charset(shard: Shard, head: bytes, encoding: str | None) -> tuple[Charset, bytes]:
    """Return how a table is written, and the line end its last row has, in bytes.

    Raises:
        FormatError: If no encoding fits.
    """
    for charset in candidates(head, encoding):
        decoder = codecs.getincrementaldecoder(charset.codec)()
        end = ""
        try:
            with open_source(shard) as stream:
                stream.read(len(charset.bom))
                while chunk := stream.read(_CHUNK):
                    end = (end + decoder.decode(chunk))[-2:]
                end = (end + decoder.decode(b"", final=True))[-2:]
        except UnicodeError:
            continue
        return charset, end[len(end.rstrip("\r\n")) :].encode(charset.codec)
    raise FormatError(f"{shard.label}: not text in a known encoding; say which with --encoding")


class _Reader:
    """Turns rows into documents, knowing the header and the ids met so far."""

    def __init__(self, shard: Shard, header: Row) -> None:
        names = [value_of(raw) for raw in header.raw]
        options = dict(shard.options)
        self._columns = columns_of(names, shard.options, shard.label)
        self._paths = _paths(names, self._columns)
        self._delimiter = options["delimiter"]
        self._codec = options["encoding"]
        everything = ALL_COLUMNS in shard.options
        self._written = tuple(column.kept or everything for column in self._columns)
        self._seen: set[str] = set()

    def documents(self, number: int, row: Row) -> Iterator[Document | Problem]:
        """Yield the problems of a row and its document."""
        ragged = len(row.raw) != len(self._columns)
        withhold = RAGGED if ragged else ""
        fields: list[Field] = []
        cells: list[Path | None] = []
        posts: list[str] = []
        own = language = author = ""
        for at, raw in enumerate(row.raw):
            value = value_of(raw)
            column = UNKNOWN if ragged else self._columns[at]
            path = (f"column-{at + 1}",) if ragged else self._paths[at]
            if not value:
                cells.append(None)
                continue
            cells.append(path)
            if column.kept and guard(value)[1]:
                yield Problem(FORMULA, number, str(path[0]), withheld=False)
            if column.role is Role.ID and _DAMAGED.fullmatch(value):
                withhold = withhold or DAMAGED
                yield Problem(DAMAGED, number, str(path[0]), withheld=False)
            field_ = _field(path, column, value)
            fields.append(field_)
            if column.post:
                posts.append(value)
                own = own or value
            if column.subject == "author":
                author = "author"
            if path == ("lang",) and _ISO_639.fullmatch(value):
                language = value
        name = own if own and own not in self._seen else f"row {number + 1}"
        self._seen.add(name)
        written = tuple(True for _ in row.raw) if ragged else self._written
        yield Document(
            id=name,
            fields=tuple(fields),
            sections=(Section(name, author, tuple(posts), withhold),),
            record=_Record(row.raw, tuple(cells), written, self._delimiter, self._codec),
            language=language,
        )


def _field(path: Path, column: Column, value: str) -> Field:
    """Return the field of a cell; one that does not fit its column is opaque."""
    fits = True
    if column.role is Role.COUNT:
        fits = _COUNT.fullmatch(value) is not None
    elif column.role is Role.CODE:
        fits = regex.fullmatch(column.pattern, value) is not None
    if not fits:
        column = UNKNOWN
    return Field(
        path,
        column.role,
        value,
        kind=column.kind,
        subject=column.subject,
        encoding=column.encoding,
    )


def _paths(names: list[str], columns: tuple[Column, ...]) -> tuple[Path, ...]:
    """Return the path of each column: its header, or its number where nobody vouches for that."""
    counts: dict[str, int] = {}
    found: list[Path] = []
    for at, (name, column) in enumerate(zip(names, columns, strict=True)):
        shown = name if name and column is not UNKNOWN else f"column-{at + 1}"
        number = counts.get(shown, 0)
        counts[shown] = number + 1
        found.append((shown, number) if number else (shown,))
    return tuple(found)


FORMAT = Tables()
