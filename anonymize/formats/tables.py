"""Delimited tables: CSV and TSV, one row a document.

Tables of known programs are known by their headers (`table_columns`); of any other the user
says what the columns hold.  A column that is unknown or left out by rule is left out of the
header and of every row, whatever texts say, so that header and rows always agree; its cells are
opaque fields all the same, to be counted as dropped.  With the shard option `("all-columns", "1")`
such columns stay in both, and the round-trip law holds for every table.

A cell that a spreadsheet would run as a formula gets an apostrophe when written, changed or
not; the law holds for rows without such cells.  Blank lines between rows are no records, and
rows are joined by the line end of the header.
"""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
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
from anonymize.formats.table_columns import given, recognise
from anonymize.formats.table_proposal import ROWS
from anonymize.formats.table_reader import ALL_COLUMNS, RowReader, held, new_values, understand
from anonymize.formats.table_rows import Row, guard, lines_of, raw_of, rows, sniff, value_of
from anonymize.model.documents import Document, Problem, Shard

__all__ = ["ALL_COLUMNS", "FORMAT", "Tables", "with_head"]

_CHUNK = 1 << 20
_SEPARATOR = regex.compile(r"sep=(.)", regex.IGNORECASE)
"""What Excel takes the first line for, if it is that and no more."""


@dataclass(frozen=True, slots=True)
class _Raw:
    """How a row was written.

    Attributes:
        cells: Each cell as it stands, quotes included.
        delimiter: Between cells.
        codec: Encoding of the file.
    """

    cells: tuple[str, ...] = field(repr=False)
    delimiter: str
    codec: str


class Tables:
    """The format of `.csv` and `.tsv` tables."""

    name = "table"
    stem = "table"
    suffixes = (".csv", ".tsv", ".tab")
    rank = 60
    packable = True

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
            packing=source.packing,
        )
        charset, tail = _charset(bare, source.head, options.encoding)
        with open_source(bare) as stream:
            lines = lines_of(_text(stream, charset))
            line, newline = next(lines, ("", ""))
            told = _SEPARATOR.fullmatch(line)
        settings = [
            ("delimiter", told[1] if told else sniff(line)),
            ("encoding", charset.codec),
            ("bom", charset.bom.hex()),
            ("newline", newline or "\n"),
            *given(options.columns),
        ]
        if told:
            settings.append(("separator", line))
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
        delimiter, codec = options["delimiter"], options["encoding"]
        with _open_rows(shard) as found:
            names = [value_of(raw) for raw in next(found, Row(())).raw]
            reader = RowReader(
                understand(names, shard.options, shard.label), shard.label, shard.output
            )
            try:
                for number, row in enumerate(found):
                    values = [raw and value_of(raw) for raw in row.raw]
                    yield from reader.documents(number, values, _Raw(row.raw, delimiter, codec))
            except UnicodeError:
                raise FormatError(f"{shard.label}: bytes that are not in its encoding") from None
            reader.close()

    def rebuild(
        self,
        document: Document,
        texts: Texts,
        withheld: frozenset[int] = frozenset(),
    ) -> bytes:
        """Return the row with new values; a known cell without a value is empty."""
        record, raw = held(document, _Raw)
        if withheld:
            return b""
        cells: list[str] = []
        for at, value in new_values(record, texts):
            old = raw.cells[at]
            cells.append(raw_of(guard(value)[0], old, raw.delimiter) if value or old else old)
        return encode_text(raw.delimiter.join(cells), raw.codec)


@contextmanager
def _open_rows(shard: Shard) -> Iterator[Iterator[Row]]:
    """Open a table and give its rows, the header first."""
    options = dict(shard.options)
    charset = Charset(options["encoding"], bytes.fromhex(options["bom"]))
    with open_source(shard) as stream:
        found = rows(_text(stream, charset), options["delimiter"], shard.label)
        if "separator" in options:
            next(found, None)
        yield found


def with_head(shard: Shard, options: tuple[tuple[str, str], ...], tail: bytes) -> Shard:
    """Return a shard of a table with its options, and the head, joint and tail they make.

    Raises:
        FormatError: If its header is unknown and no columns are named.
        UsageError: If a column named is not there.
    """
    settings = dict(options)
    charset = Charset(settings["encoding"], bytes.fromhex(settings["bom"]))
    delimiter = settings["delimiter"]
    with _open_rows(replace(shard, options=options)) as found:
        try:
            first = next(found, Row(()))
            names = [value_of(raw) for raw in first.raw]
            unknown = recognise(names) is None and not any(
                key[:7] == "column:" for key, _ in options
            )
            looked = islice(found, ROWS) if unknown else ()
            sample = [[value_of(raw) for raw in row.raw] for row in looked]
        except UnicodeError:
            raise FormatError(f"{shard.label}: bytes that are not in its encoding") from None
    header = understand(names, options, shard.label, sample)
    kept = [
        raw if head == name or ALL_COLUMNS in options else head
        for raw, head, name, written in zip(
            first.raw,
            header.heads,
            header.names,
            header.written,
            strict=True,
        )
        if written
    ]
    lead = settings["separator"] + settings["newline"] if "separator" in settings else ""
    newline = settings["newline"].encode(charset.codec)
    return replace(
        shard,
        head=charset.bom + (lead + delimiter.join(kept)).encode(charset.codec) + newline,
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


FORMAT = Tables()
