"""Files of one record a line: cutting them into byte ranges, reading them line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
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
_CHUNK = 1 << 20
_BLANK = b" \t\r\n\f\v"


def line_shards(
    source: Source,
    first_index: int,
    options: PlanOptions,
    format_name: str,
) -> tuple[Shard, ...]:
    """Return shards of about `options.aim(source)` bytes, each of whole lines.

    Raises:
        FormatError: If the file cannot be read, or a line is longer than `LINE_BYTES`.
    """
    find = _packed_bounds if source.packing else _bounds
    bounds = find(source, options.aim(source))
    return tuple(
        replace(
            whole(source, format_name),
            index=first_index + number,
            start=start,
            stop=stop,
            output=source.output,
            between=b"\n",
            tail=b"\n",
        )
        for number, (start, stop) in enumerate(pairwise(bounds))
    )


def whole(source: Source, format_name: str) -> Shard:
    """Return a shard that is all of a source, without an output."""
    return Shard(
        index=0,
        format=format_name,
        source=source.path,
        member=source.member,
        label=source.label,
        packing=source.packing,
    )


def _bounds(source: Source, size: int) -> list[int]:
    """Return where shards of a plain file begin and end."""
    bounds = [0]
    with open_file(source.path, source.label) as stream:
        end = Path(source.path).stat().st_size
        while (aim := bounds[-1] + size) < end:
            # A line that ends right before the aim ends the shard there.
            stream.seek(aim - 1)
            if len(stream.readline(LINE_BYTES)) >= LINE_BYTES:
                raise FormatError(f"{source.label}: a line is too long")
            at = stream.tell()
            if at >= end:
                break
            bounds.append(at)
    bounds.append(end)
    return bounds


def _packed_bounds(source: Source, size: int) -> list[int]:
    """Return the same of what a compressed file holds, which has to be read for it.

    The last shard has no end, so that whoever reads it comes to the end of the stream.
    """
    bounds, at = [0], 0
    with open_source(whole(source, "")) as stream:
        while chunk := stream.read(_CHUNK):
            while True:
                begin = max(bounds[-1] + size - 1 - at, 0)
                found = chunk.find(b"\n", begin) + 1 if begin < len(chunk) else 0
                if not found:
                    break
                bounds.append(at + found)
            at += len(chunk)
            if at - bounds[-1] > size + LINE_BYTES:
                raise FormatError(f"{source.label}: a line is too long")
    return [*(one for one in bounds if one < at), -1]


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
        with open_source(whole(source, "")) as stream:
            for found in iter(lambda: stream.readline(LINE_BYTES), b""):
                line = found.removeprefix(BOM).strip(_BLANK)
                if line:
                    break
    parsed = loads(line)
    return parsed.value if parsed is not None and isinstance(parsed.value, dict) else None
