"""The files a shard leaves behind, and how those of one data file are put together.

Scanning a shard leaves two files in the private folder: `<digest>.findings`, one JSON line an
item the reader yields, and `<digest>.tally`, sealed block by block.  Applying decisions to it
leaves four in staging: `.data` (the rebuilt records, end to end), `.index` (a line a record:
order key, bytes, audit lines), `.audit` (a JSON array an entry) and `.withheld` (a JSON object a
record).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import astuple, dataclass
from itertools import count
from pathlib import Path
from typing import IO

import orjson

from anonymize.link.sealing import seal, unseal
from anonymize.model.audit import AuditEntry
from anonymize.model.documents import Problem, Shard
from anonymize.model.keys import Keys
from anonymize.model.spans import Finding, Span
from anonymize.run.sorting import ordered

APPLIED = ("data", "index", "audit", "withheld")
"""Suffixes of what applying a shard leaves behind."""
_OPEN = 32
"""Files of a kind kept open: a collection of 50 GB has 12,000 shards."""


@dataclass(frozen=True, slots=True)
class Found:
    """One line of a findings file: what scanning said of one item of the shard.

    Attributes:
        findings: Spans by field.
        withheld: Reason by section, for sections whose detection was not complete.
        problem: Set when the reader yielded a problem instead of a document.
    """

    findings: tuple[Finding, ...] = ()
    withheld: tuple[tuple[int, str], ...] = ()
    problem: Problem | None = None


def found_line(found: Found) -> bytes:
    """Return a findings line; offsets and names of fields only, never text."""
    if found.problem is not None:
        problem = found.problem
        return orjson.dumps(
            {"p": [problem.code, problem.record, problem.field, problem.withheld]},
        )
    rows = [
        [list(f.path), f.span.start, f.span.end, f.span.entity_type, f.span.score,
         f.span.recognizer]
        for f in found.findings
    ]  # fmt: skip
    return orjson.dumps({"f": rows, "w": [list(pair) for pair in found.withheld]})


def read_found(path: Path) -> Iterator[Found]:
    """Yield the lines of a findings file."""
    with path.open("rb") as file:
        for line in file:
            content = orjson.loads(line)
            if "p" in content:
                code, record, field, withheld = content["p"]
                yield Found(problem=Problem(code, record, field, withheld))
                continue
            yield Found(
                tuple(
                    Finding(tuple(row[0]), Span(row[1], row[2], row[3], row[4], row[5]))
                    for row in content["f"]
                ),
                tuple((section, reason) for section, reason in content["w"]),
            )


def tally_block(keys: Keys, number: int, data: bytes) -> bytes:
    """Return a block of a tally file, sealed; an empty one is the last.

    Args:
        keys: Of the project.
        number: Of the block in its file, from 0.
        data: What `Tally.to_bytes` wrote.
    """
    sealed = seal(keys, "tally", data, row=str(number))
    return len(sealed).to_bytes(8, "big") + sealed


def read_tally(path: Path, keys: Keys) -> Iterator[bytes]:
    """Yield the blocks of a tally file.

    Raises:
        SecretError: If the file was changed, cut short or sealed with another key.
    """
    with path.open("rb") as file:
        for number in count():
            size = int.from_bytes(file.read(8), "big")
            data = unseal(keys, "tally", file.read(size), row=str(number))
            if not data:
                return
            yield data


def entry_line(entry: AuditEntry) -> bytes:
    """Return an audit entry as a line of a shard's `.audit` file."""
    # Not `astuple`, which copies every step of a path: half of what an entry costs.
    row = (entry.document, entry.path, entry.start, entry.end, entry.entity_type, entry.score,
           entry.recognizer, entry.operator, entry.pseudonym, entry.rule, entry.by,
           entry.digest)  # fmt: skip
    return orjson.dumps(row) + b"\n"


def read_entry(line: bytes) -> AuditEntry:
    """Return the entry of such a line."""
    document, path, *rest = orjson.loads(line)
    return AuditEntry(document, tuple(path), *rest)


@dataclass(frozen=True, slots=True)
class Piece:
    """One record in the parts of a data file.

    Attributes:
        shard: Position in the list of parts.
        offset: First byte in the shard's `.data`.
        size: Bytes.
        audit_offset: First byte in the shard's `.audit`.
        audit_size: Bytes.
    """

    shard: int
    offset: int
    size: int
    audit_offset: int
    audit_size: int


def index_line(order: str, size: int, audit_size: int) -> bytes:
    """Return a line of a shard's `.index` file."""
    return f"{order} {size} {audit_size}\n".encode()


def _pieces(parts: Sequence[Path]) -> Iterator[tuple[bytes, Piece]]:
    """Yield the order key of each record and where it lies."""
    for position, part in enumerate(parts):
        offset = audit_offset = 0
        with part.with_suffix(".index").open("rb") as file:
            for line in file:
                order, size, audit_size = line.split()
                yield order, Piece(position, offset, int(size), audit_offset, int(audit_size))
                offset += int(size)
                audit_offset += int(audit_size)


def _ordered(parts: Sequence[Path], path: Path) -> Iterator[Piece]:
    rows = ((order, astuple(piece)) for order, piece in _pieces(parts))
    return (Piece(*held) for _, held in ordered(rows, path))


class _Parts:
    """The files of many shards, of which few are open at a time.

    Args:
        parts: The path of each shard's parts, without suffix.
        suffix: Which of them.
    """

    def __init__(self, parts: Sequence[Path], suffix: str) -> None:
        self._parts = parts
        self._suffix = suffix
        self._open: dict[int, IO[bytes]] = {}

    def read(self, shard: int, offset: int, size: int) -> bytes:
        """Return a stretch of one of the files."""
        file = self._open.pop(shard, None)
        if file is None:
            if len(self._open) >= _OPEN:
                self._open.pop(next(iter(self._open))).close()
            file = self._parts[shard].with_suffix(self._suffix).open("rb")
        # The last in the mapping was used last.
        self._open[shard] = file
        file.seek(offset)
        return file.read(size)

    def close(self) -> None:
        """Close what is open."""
        for file in self._open.values():
            file.close()


def assemble(
    shards: Sequence[Shard],
    parts: Sequence[Path],
    data: IO[bytes],
    audit: IO[bytes],
    *,
    order: Path | None,
) -> int:
    """Join the shards of one data file and return the number of records written.

    Args:
        shards: Of one output, in the order of the plan.
        parts: The path of each shard's parts, without suffix.
        data: The data file.
        audit: Takes the shards' audit lines, in the order of the records.
        order: A file made to put records in the order of their keys; None where they keep
            their own.
    """
    pieces: Iterable[Piece]
    pieces = (piece for _, piece in _pieces(parts)) if order is None else _ordered(parts, order)
    written = 0
    with closing(_Parts(parts, ".data")) as bodies, closing(_Parts(parts, ".audit")) as trails:
        data.write(shards[0].head)
        for piece in pieces:
            if piece.size:
                if written:
                    data.write(shards[0].between)
                data.write(bodies.read(piece.shard, piece.offset, piece.size))
                written += 1
            audit.write(trails.read(piece.shard, piece.audit_offset, piece.audit_size))
        data.write(shards[-1].tail)
    return written
