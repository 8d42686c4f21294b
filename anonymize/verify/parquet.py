"""What stands in a Parquet file, as text that can be searched."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, BinaryIO

from anonymize.errors import EngineError

_MAGIC = b"PAR1"
_ROWS = 4096


def is_parquet(stream: BinaryIO) -> bool:
    """Whether a file begins and ends as Parquet does; it is left at its beginning."""
    stream.seek(0)
    begins = stream.read(len(_MAGIC)) == _MAGIC
    ends = False
    if begins:
        stream.seek(-len(_MAGIC), io.SEEK_END)
        ends = stream.read(len(_MAGIC)) == _MAGIC
    stream.seek(0)
    return begins and ends


class Values(io.RawIOBase):
    """The values of a Parquet file, one a line, column by column of every few thousand rows.

    Args:
        stream: The file; can be read from anywhere.

    Raises:
        EngineError: If pyarrow is missing.
        OSError: If the file is damaged.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._file = _open(stream)
        self._chunks = _values(self._file)
        self._held = b""

    @property
    def beside(self) -> str:
        """Names of columns, and all that the file says of itself."""
        schema = self._file.schema_arrow
        about = self._file.metadata.metadata or {}
        words = [*schema.names, *(str(one.metadata or "") for one in schema)]
        words += [one.decode("utf-8", "surrogateescape") for pair in about.items() for one in pair]
        return "\n".join(words)

    def readable(self) -> bool:
        """Whether it can be read: it can."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Return at most `size` bytes, all that is left for a negative one."""
        parts = [self._held]
        have = len(self._held)
        while (size < 0 or have < size) and (chunk := next(self._chunks, b"")):
            parts.append(chunk)
            have += len(chunk)
        whole = b"".join(parts)
        cut = len(whole) if size < 0 else size
        self._held = whole[cut:]
        return whole[:cut]


def _open(stream: BinaryIO) -> Any:
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError:
        raise EngineError(
            "the shared folder holds Parquet, and searching it needs a package more: "
            "pip install 'anonymize[parquet]'",
        ) from None
    try:
        return parquet.ParquetFile(stream)
    except (pa.ArrowException, ValueError):
        raise OSError from None


def _values(file: Any) -> Iterator[bytes]:
    import pyarrow as pa

    try:
        for batch in file.iter_batches(batch_size=_ROWS):
            for column in batch.columns:
                lines = "\n".join(map(_line, column.to_pylist()))
                yield (lines + "\n").encode("utf-8", "surrogateescape")
    except (pa.ArrowException, ValueError):
        raise OSError from None


def _line(value: Any) -> str:
    if isinstance(value, bytes):
        return value.decode("utf-8", "surrogateescape")
    return "" if value is None else str(value)
