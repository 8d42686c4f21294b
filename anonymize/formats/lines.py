"""Files of one record a line: cutting them into byte ranges, reading them line by line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

from anonymize.errors import FormatError
from anonymize.formats.archives import open_file, open_source
from anonymize.formats.base import PlanOptions, Source
from anonymize.formats.json_values import BOM, loads
from anonymize.model.documents import Shard

LINE_BYTES = 256 * 1024 * 1024
"""No record is longer: a page of 500 tweets with all expansions has about 5 MB."""
_BLANK = b" \t\r\n\f\v"


def line_shards(
    source: Source,
    first_index: int,
    options: PlanOptions,
    format_name: str,
) -> tuple[Shard, ...]:
    """Return shards of about `options.shard_bytes`, each of whole lines.

    Raises:
        FormatError: If the file cannot be read, or a line is longer than `LINE_BYTES`.
    """
    bounds = [0]
    with open_file(source.path, source.label) as stream:
        size = Path(source.path).stat().st_size
        while (aim := bounds[-1] + max(1, options.shard_bytes)) < size:
            # A line that ends right before the aim ends the shard there.
            stream.seek(aim - 1)
            if len(stream.readline(LINE_BYTES)) >= LINE_BYTES:
                raise FormatError(f"{source.label}: a line is too long")
            at = stream.tell()
            if at >= size:
                break
            bounds.append(at)
    bounds.append(size)
    return tuple(
        Shard(
            index=first_index + number,
            format=format_name,
            source=source.path,
            start=start,
            stop=stop,
            label=source.label,
            output=source.output,
            between=b"\n",
            tail=b"\n",
        )
        for number, (start, stop) in enumerate(pairwise(bounds))
    )


def read_lines(shard: Shard) -> Iterator[tuple[int, bytes]]:
    """Yield position in the file, in bytes, and content of each line that is not blank.

    Raises:
        FormatError: If the file cannot be read, or a line is longer than `LINE_BYTES`.
    """
    at = shard.start
    with open_source(shard) as stream:
        while line := stream.readline(LINE_BYTES):
            if len(line) >= LINE_BYTES:
                raise FormatError(f"{shard.label}: a line is too long")
            start, at = at, at + len(line)
            if start == 0:
                line = line.removeprefix(BOM)
            line = line.strip(_BLANK)
            if line:
                yield start, line


def first_object(source: Source) -> dict[str, Any] | None:
    """Return the JSON object on the first line that is not blank; None if there is none.

    Raises:
        FormatError: If the file cannot be opened.
    """
    head = source.head.removeprefix(BOM).lstrip(_BLANK)
    if not head.startswith(b"{"):
        return None
    line, newline, _ = head.partition(b"\n")
    if not newline:
        with open_file(source.path, source.label) as stream:
            for found in iter(lambda: stream.readline(LINE_BYTES), b""):
                line = found.removeprefix(BOM).strip(_BLANK)
                if line:
                    break
    parsed = loads(line)
    return parsed.value if parsed is not None and isinstance(parsed.value, dict) else None
