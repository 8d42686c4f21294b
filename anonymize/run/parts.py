"""The files a shard leaves behind, and how those of one data file are put together.

Scanning a shard leaves two files in the private folder: `<digest>.findings`, one JSON line an
item the reader yields, and `<digest>.tally`, sealed.  Applying decisions to it leaves four in
staging: `.data` (the rebuilt records, end to end), `.index` (a line a record: order key, bytes,
audit lines), `.audit` (a JSON array an entry) and `.withheld` (a JSON object a record).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import IO

import orjson

from anonymize.model.audit import AuditEntry
from anonymize.model.documents import Problem, Shard
from anonymize.model.spans import Finding, Span

APPLIED = ("data", "index", "audit", "withheld")
"""Suffixes of what applying a shard leaves behind."""


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


def entry_line(entry: AuditEntry) -> bytes:
    """Return an audit entry as a line of a shard's `.audit` file."""
    return orjson.dumps(astuple(entry)) + b"\n"


def read_entry(line: bytes) -> AuditEntry:
    """Return the entry of such a line."""
    document, path, *rest = json.loads(line)
    return AuditEntry(document, tuple(path), *rest)


@dataclass(frozen=True, slots=True)
class Piece:
    """One record in the parts of a data file.

    Attributes:
        order: Keyed order key.
        shard: Position in the list of parts.
        offset: First byte in the shard's `.data`.
        size: Bytes.
        audit_offset: First byte in the shard's `.audit`.
        audit_size: Bytes.
    """

    order: str
    shard: int
    offset: int
    size: int
    audit_offset: int
    audit_size: int


def index_line(order: str, size: int, audit_size: int) -> bytes:
    """Return a line of a shard's `.index` file."""
    return f"{order} {size} {audit_size}\n".encode()


def _pieces(parts: Sequence[Path]) -> Iterator[Piece]:
    for position, part in enumerate(parts):
        offset = audit_offset = 0
        with part.with_suffix(".index").open("rb") as file:
            for line in file:
                order, size, audit_size = line.split()
                yield Piece(
                    order.decode(),
                    position,
                    offset,
                    int(size),
                    audit_offset,
                    int(audit_size),
                )
                offset += int(size)
                audit_offset += int(audit_size)


def assemble(
    shards: Sequence[Shard],
    parts: Sequence[Path],
    data: IO[bytes],
    audit: IO[bytes],
    *,
    keyed_order: bool,
) -> int:
    """Join the shards of one data file and return the number of records written.

    Args:
        shards: Of one output, in the order of the plan.
        parts: The path of each shard's parts, without suffix.
        data: The data file.
        audit: Takes the shards' audit lines, in the order of the records.
        keyed_order: Whether records are put in the order of their keys.
    """
    pieces: Iterable[Piece] = _pieces(parts)
    if keyed_order:
        pieces = sorted(pieces, key=lambda piece: piece.order)
    bodies = [part.with_suffix(".data").open("rb") for part in parts]
    trails = [part.with_suffix(".audit").open("rb") for part in parts]
    count = 0
    try:
        data.write(shards[0].head)
        for piece in pieces:
            if piece.size:
                if count:
                    data.write(shards[0].between)
                body = bodies[piece.shard]
                body.seek(piece.offset)
                data.write(body.read(piece.size))
                count += 1
            trail = trails[piece.shard]
            trail.seek(piece.audit_offset)
            audit.write(trail.read(piece.audit_size))
        data.write(shards[-1].tail)
    finally:
        for file in (*bodies, *trails):
            file.close()
    return count
