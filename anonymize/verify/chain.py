"""The audit log: one canonical JSON line an entry, each holding the digest of the one before.

A line is the JSON object (RFC 8259) with the keys of `KEYS` in that order, no blanks between
tokens, UTF-8, non-ASCII characters as themselves, a lone surrogate as U+FFFD, the score with
at most four decimals; then a newline.  `prev` is the SHA-256 of the line before without its
newline, in hex, and `GENESIS` in the first.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

import orjson

from anonymize.model.audit import GENESIS, AuditEntry
from anonymize.verify.faults import Fault

KEYS = (
    "seq",
    "prev",
    "document",
    "path",
    "start",
    "end",
    "entity_type",
    "score",
    "recognizer",
    "operator",
    "pseudonym",
    "rule",
    "by",
    "digest",
)
_TEXTS = tuple(
    key for key in KEYS if key not in {"seq", "prev", "path", "start", "end", "score", "digest"}
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_DIGEST = re.compile(r"[0-9a-f]+")


@dataclass(frozen=True, slots=True)
class Facts:
    """The end of a chain.

    Attributes:
        entries: Number of lines.
        last: SHA-256 of the last line, hex; `GENESIS` when there is none.
    """

    entries: int = 0
    last: str = GENESIS


def chain(entries: Iterable[AuditEntry], target: BinaryIO) -> Facts:
    """Write `entries` in order to `target`, an empty binary file, and return the chain's end."""
    count, last = 0, GENESIS
    for entry in entries:
        line = _line(count, last, entry)
        target.write(line + b"\n")
        count, last = count + 1, hashlib.sha256(line).hexdigest()
    return Facts(count, last)


def _line(seq: int, prev: str, entry: AuditEntry) -> bytes:
    return orjson.dumps(
        {
            "seq": seq,
            "prev": prev,
            "document": _text(entry.document),
            "path": [_text(step) if isinstance(step, str) else step for step in entry.path],
            "start": entry.start,
            "end": entry.end,
            "entity_type": _text(entry.entity_type),
            # More digits would say nothing and could by chance spell a known id.
            "score": round(float(entry.score), 4),
            "recognizer": _text(entry.recognizer),
            "operator": _text(entry.operator),
            "pseudonym": _text(entry.pseudonym),
            "rule": _text(entry.rule),
            "by": _text(entry.by),
            "digest": entry.digest,
        },
    )


def _text(value: str) -> str:
    return value if value.isascii() else _SURROGATE.sub("\ufffd", value)


def check_chain(stream: BinaryIO, name: str) -> tuple[Facts, tuple[Fault, ...]]:
    """Read a log line by line and return its end and the first fault of each sort.

    Args:
        stream: The log.
        name: How faults call the file.
    """
    entries, last = 0, GENESIS
    faults: dict[str, Fault] = {}
    for number, raw in enumerate(_lines(stream), start=1):
        line = raw.removesuffix(b"\n")
        for code, explanation in _line_faults(line, entries, last):
            faults.setdefault(code, Fault(name, number, code, explanation))
        if line == raw:
            faults.setdefault("no-newline", Fault(name, number, "no-newline", _CUT))
        entries, last = entries + 1, hashlib.sha256(line).hexdigest()
    return Facts(entries, last), tuple(sorted(faults.values()))


_CUT = "the log ends inside a line"
_LONGEST = 1 << 24


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    while line := stream.readline(_LONGEST):
        yield line


def _line_faults(line: bytes, seq: int, prev: str) -> Iterator[tuple[str, str]]:
    try:
        entry = orjson.loads(line)
    except orjson.JSONDecodeError:
        yield "not-json", "the line is not JSON"
        return
    if not isinstance(entry, dict) or tuple(entry) != KEYS:
        yield "wrong-keys", "the line has other keys than an audit entry"
        return
    if orjson.dumps(entry) != line:
        yield "not-canonical", "the line is not written in the canonical form"
    if not _well_typed(entry):
        yield "wrong-values", "a value of the entry is not of its kind"
    if entry["seq"] != seq or isinstance(entry["seq"], bool):
        yield "sequence-broken", "the entry does not have the number of its line"
    if entry["prev"] != prev:
        yield "chain-broken", "the entry does not hold the digest of the line before"


def _well_typed(entry: dict[str, Any]) -> bool:
    start, end, score, path = (entry[key] for key in ("start", "end", "score", "path"))
    return (
        all(isinstance(entry[key], str) for key in _TEXTS)
        and type(start) is int
        and type(end) is int
        and 0 <= start <= end
        and isinstance(score, float)
        and 0.0 <= score <= 1.0
        and isinstance(path, list)
        and all(type(step) in {str, int} for step in path)
        and isinstance(entry["digest"], str)
        and _DIGEST.fullmatch(entry["digest"]) is not None
    )
