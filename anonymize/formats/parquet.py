"""Parquet tables, read and written through pyarrow (extra `parquet`), one row a document.

Row group by row group, so that memory does not grow with the file.  Columns are known as those
of other tables are.  Names, order and types of the columns that are written stay, but a column
whose new values no longer are of its type becomes one of strings: ids do.  Metadata of the file
(what pandas adds, and whatever a program put there) is left out.

A Parquet file cannot be put together from pieces; so what `rebuild` gives is a JSON array a row,
and `finish` turns these into the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

import orjson

from anonymize.errors import EngineError, FormatError
from anonymize.formats.base import Plan, PlanOptions, Source, Texts
from anonymize.formats.charset import is_binary
from anonymize.formats.table_columns import given
from anonymize.formats.table_proposal import ROWS
from anonymize.formats.table_reader import (
    Header,
    RowReader,
    held,
    new_values,
    understand,
)
from anonymize.formats.workbook_xml import shown
from anonymize.model.documents import Document, Problem, Shard

_MAGIC = b"PAR1"
_BATCH = 4096
"""Rows held as Python objects at once."""
_GROUP = 65_536
"""Rows of a row group that is written."""


class Parquet:
    """The format of `.parquet` tables."""

    name = "parquet"
    stem = "table"
    suffixes = (".parquet", ".pq")
    rank = 58

    def claims(self, source: Source) -> bool:
        """Whether the source begins as Parquet does."""
        plain = not source.folder and not source.member
        return plain and source.head.startswith(_MAGIC) and is_binary(source.head)

    def plan(self, source: Source, first_index: int, options: PlanOptions) -> Plan:
        """Return one shard, the whole file.

        Raises:
            EngineError: If pyarrow is missing.
            FormatError: If the file is damaged, or of no known table and no columns are named.
            UsageError: If a column named is not there.
        """
        shard = Shard(
            index=first_index,
            format=self.name,
            source=source.path,
            label=source.label,
            output=source.output,
            between=b"\n",
            tail=b"\n",
            options=given(options.columns),
        )
        with _open(shard) as file:
            looked = islice(_rows(file, shard.label), ROWS)
            sample = [[one or "" for one in row] for row in looked]
            understand(file.schema_arrow.names, shard.options, shard.label, sample)
        return Plan((shard,))

    def read(self, shard: Shard) -> Iterator[Document | Problem]:
        """Yield a document for every row.

        Raises:
            EngineError: If pyarrow is missing.
            FormatError: If the file is damaged, or the ids of a column are.
        """
        with _open(shard) as file:
            reader = RowReader(_header(file, shard), shard.label, shard.output, formulas=False)
            for number, values in enumerate(_rows(file, shard.label)):
                cells = ["" if one is None else one for one in values]
                yield from reader.documents(number, cells, tuple(values))
            reader.close()

    def rebuild(
        self,
        document: Document,
        texts: Texts,
        withheld: frozenset[int] = frozenset(),
    ) -> bytes:
        """Return the new values as a JSON array; null where nothing is or is left."""
        record, old = held(document, tuple)
        if withheld:
            return b""
        return orjson.dumps(
            [value if value or old[at] == "" else None for at, value in new_values(record, texts)],
        )

    def finish(self, shard: Shard, joined: str, target: str) -> None:
        """Turn rows as `rebuild` gives them, a line each, into a Parquet file.

        Args:
            shard: Of the file they come from.
            joined: File of the rows.
            target: File to write.

        Raises:
            EngineError: If pyarrow is missing.
            FormatError: If the source is not what was read.
        """
        import pyarrow as pa
        from pyarrow import parquet

        with _open(shard) as file:
            header = _header(file, shard)
            kept = [at for at, written in enumerate(header.written) if written]
            names = [header.heads[at] for at in kept]
            types = [_plain(file.schema_arrow.field(at).type) for at in kept]
        for rows in _lines(joined):
            for at, column in enumerate(_columns(rows, len(names))):
                if types[at] is not None and _typed(column, types[at]) is None:
                    types[at] = None
        final = [pa.string() if one is None else one for one in types]
        schema = pa.schema(list(zip(names, final, strict=True)))
        with parquet.ParquetWriter(target, schema, compression="snappy") as writer:
            for rows in _lines(joined):
                arrays = [
                    _typed(column, kind)
                    for column, kind in zip(_columns(rows, len(names)), final, strict=True)
                ]
                writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _header(file: Any, shard: Shard) -> Header:
    return understand(file.schema_arrow.names, shard.options, shard.label)


def _plain(kind: Any) -> Any:
    """Return the type a column is written in; None for strings."""
    from pyarrow import types

    if types.is_dictionary(kind):
        kind = kind.value_type
    known = (
        *(types.is_integer, types.is_floating, types.is_boolean, types.is_decimal),
        *(types.is_date, types.is_timestamp, types.is_large_string, types.is_nested),
    )
    return kind if any(test(kind) for test in known) else None


def _typed(column: Sequence[str | None], kind: Any) -> Any:
    """Return strings as an array of a type; None if one is not of it."""
    import pyarrow as pa
    from pyarrow import compute, types

    if types.is_string(kind):
        return pa.array(column, kind)
    try:
        if types.is_nested(kind):
            return pa.array([one and orjson.loads(one) for one in column], kind)
        words = [one or None for one in column]
        if types.is_large_string(kind):
            return pa.array(column, kind)
        return compute.cast(pa.array(words, pa.string()), kind)
    except (pa.ArrowException, ValueError, TypeError, OverflowError):
        return None


def _texts(column: Any) -> list[str | None]:
    """Return a column as strings; null stays."""
    from pyarrow import compute, string, types

    kind = column.type
    if types.is_dictionary(kind):
        column, kind = column.cast(kind.value_type), kind.value_type
    if types.is_timestamp(kind) or types.is_date(kind) or types.is_decimal(kind):
        found: list[str | None] = compute.cast(column, string()).to_pylist()
        return [None if one is None else _short(one) for one in found]
    return [None if one is None else _text(one) for one in column.to_pylist()]


def _short(moment: str) -> str:
    """Return a moment without the zeros of its fraction.

    >>> _short("2020-05-01 09:30:00.000000Z"), _short("12.50")
    ('2020-05-01 09:30:00Z', '12.50')
    """
    body, zone = (moment[:-1], "Z") if moment.endswith("Z") else (moment, "")
    whole, dot, fraction = body.partition(".")
    if ":" not in whole or fraction.strip("0"):
        return moment
    return whole + zone if dot else moment


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, (list, dict, tuple)):
        return orjson.dumps(value, default=str).decode()
    return shown(value)


def _rows(file: Any, label: str) -> Iterator[list[str | None]]:
    """Yield the rows of a file, as strings.

    Raises:
        FormatError: If it is damaged.
    """
    import pyarrow as pa

    try:
        for batch in file.iter_batches(batch_size=_BATCH):
            columns = [_texts(column) for column in batch.columns]
            for row in zip(*columns, strict=True):
                yield list(row)
    except (pa.ArrowException, OSError, ValueError, NotImplementedError, OverflowError):
        raise FormatError(f"{label}: cannot be read to its end") from None


def _lines(joined: str) -> Iterator[list[list[str | None]]]:
    """Yield the rows of a file of JSON arrays, some at a time."""
    with Path(joined).open("rb") as stream:
        found = (orjson.loads(line) for line in stream if line.strip())
        while rows := list(islice(found, _GROUP)):
            yield rows


def _columns(rows: Sequence[Sequence[str | None]], width: int) -> Iterator[list[str | None]]:
    for at in range(width):
        yield [row[at] for row in rows]


@contextmanager
def _open(shard: Shard) -> Iterator[Any]:
    """Open a Parquet file.

    Raises:
        EngineError: If pyarrow is missing.
        FormatError: If the file is damaged or locked.
    """
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise EngineError(
            f"{shard.label}: Parquet needs a package more: pip install 'anonymize[parquet]'",
        ) from None
    try:
        file = parquet.ParquetFile(shard.source)
    except (pa.ArrowException, OSError, ValueError):
        raise FormatError(f"{shard.label}: not a readable Parquet file") from None
    with file:
        yield file


FORMAT = Parquet()
