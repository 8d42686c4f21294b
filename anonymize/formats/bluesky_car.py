"""Repositories of Bluesky as CAR files: read record by record, written as lines of JSON.

A CAR file (ipld.io/specs/transport/car/carv1) is a list of blocks named by their digests; of a
repository (atproto.com/specs/repository) one is the commit, some are nodes of a search tree
from keys to records, the rest are records.  Records that were deleted may lie there still:
what the tree does not reach is not read.  Only the places of blocks are held in memory.

Blocks are decoded by `libipld` (MIT), the extra `bluesky`.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from anonymize.errors import EngineError, FormatError
from anonymize.formats.archives import open_file
from anonymize.formats.base import Plan, PlanOptions, Source, Texts
from anonymize.formats.bluesky_documents import document_of, rewritten
from anonymize.formats.lines import whole
from anonymize.model.documents import Document, Problem, Shard

_CID_BYTES = 36
_CIDS = (b"\x01\x71\x12\x20", b"\x01\x55\x12\x20")
"""CIDv1 of DAG-CBOR or raw bytes by SHA-256: all that the protocol allows."""
_HEADER_BYTES = 4096
_BLOCK_BYTES = 16 * 1024 * 1024
"""No block is longer: servers refuse records of more than 1 MB."""
_VARINT_BYTES = 9
_DEEPEST = 200
"""Layers of a tree: keys would have to be sought for this many leading zeros."""
LEFT_OVER = "left-over-block"
MISSING = "missing-block"


@dataclass(slots=True)
class _Blocks:
    """The blocks of a file.

    Attributes:
        root: Name of the commit.
        places: Where each block begins and how long it is.
        reached: Names of the blocks that were asked for.
    """

    stream: BinaryIO = field(repr=False)
    label: str
    root: bytes = b""
    places: dict[bytes, tuple[int, int]] = field(default_factory=dict, repr=False)
    reached: set[bytes] = field(default_factory=set, repr=False)

    def get(self, name: object) -> Any:
        """Return what a block holds; None where it is missing or damaged."""
        if not isinstance(name, bytes) or name not in self.places:
            return None
        self.reached.add(name)
        start, size = self.places[name]
        self.stream.seek(start)
        data = self.stream.read(size)
        if hashlib.sha256(data).digest() != name[4:]:
            return None
        return _decoded(data)


def _libipld() -> Any:
    try:
        import libipld
    except ImportError:
        raise EngineError(
            "to read repositories of Bluesky (.car), install anonymize[bluesky]; or have the "
            "records written as JSON (listRecords) and name that file",
        ) from None
    return libipld


def _decoded(data: bytes) -> Any:
    """Return the value of a block; None where it is no DAG-CBOR."""
    try:
        return _libipld().decode_dag_cbor(data)
    except (ValueError, RecursionError):
        return None


def _varint(stream: BinaryIO) -> int | None:
    """Return an unsigned LEB128 number; None at the end, -1 where it is damaged."""
    value = 0
    for place in range(_VARINT_BYTES):
        byte = stream.read(1)
        if not byte:
            return -1 if place else None
        value |= (byte[0] & 0x7F) << (7 * place)
        if byte[0] < 0x80:
            return value
    return -1


def _index(stream: BinaryIO, label: str) -> _Blocks:
    """Return where the blocks of a file lie.

    Raises:
        FormatError: If it is damaged.
    """
    blocks = _Blocks(stream, label)
    size = _varint(stream)
    head = _decoded(stream.read(size)) if size and 0 < size <= _HEADER_BYTES else None
    roots = head.get("roots") if isinstance(head, dict) and head.get("version") == 1 else None
    if not isinstance(roots, list) or not roots or not isinstance(roots[0], bytes):
        raise FormatError(f"{label}: does not begin as a repository (CAR, version 1)")
    blocks.root = roots[0]
    at = stream.tell()
    while (size := _varint(stream)) is not None:
        name = stream.read(_CID_BYTES)
        long = size - _CID_BYTES
        number = len(blocks.places) + 1
        if not 0 <= long <= _BLOCK_BYTES or not name.startswith(_CIDS):
            raise FormatError(f"{label}: block {number} is damaged")
        at = stream.tell()
        blocks.places[name] = at, long
        # Seeking behind the end raises nothing.
        if long and (stream.seek(at + long - 1) < 0 or not stream.read(1)):
            raise FormatError(f"{label}: ends inside block {number}")
    return blocks


def _entries(blocks: _Blocks) -> Iterator[tuple[str, bytes]]:
    """Yield key and name of each record of the repository, in the order of keys.

    Raises:
        FormatError: If the tree is not whole or not in order.
    """
    commit = blocks.get(blocks.root)
    if not isinstance(commit, dict) or not isinstance(commit.get("did"), str):
        raise FormatError(f"{blocks.label}: has no readable commit")
    last = b""
    for key, name in _below(blocks, commit.get("data"), 0):
        # Also keeps a tree from being endless: no key comes twice.
        if key <= last or not isinstance(name, bytes):
            raise FormatError(f"{blocks.label}: its tree is not in order")
        last = key
        try:
            yield f"at://{commit['did']}/{key.decode('ascii')}", name
        except UnicodeDecodeError:
            raise FormatError(f"{blocks.label}: has a key that is none") from None


def _below(blocks: _Blocks, name: object, depth: int) -> Iterator[tuple[bytes, object]]:
    """Yield keys and names of records below a node: `{l, e: [{p, k, v, t}]}`."""
    node = blocks.get(name)
    listed = node.get("e") if isinstance(node, dict) else None
    if not isinstance(listed, list) or depth > _DEEPEST:
        raise FormatError(f"{blocks.label}: a node of its tree is missing or damaged")
    if (before := node.get("l")) is not None:
        yield from _below(blocks, before, depth + 1)
    key = b""
    for entry in listed:
        prefix, rest = (entry.get("p"), entry.get("k")) if isinstance(entry, dict) else (-1, b"")
        if (
            not isinstance(prefix, int)
            or not isinstance(rest, bytes)
            or not 0 <= prefix <= len(key)
        ):
            raise FormatError(f"{blocks.label}: a node of its tree is missing or damaged")
        key = key[:prefix] + rest
        yield key, entry.get("v")
        if entry.get("t") is not None:
            yield from _below(blocks, entry["t"], depth + 1)


def _json(value: Any) -> Any:
    """Return a value in the form the API gives it: links and bytes as objects."""
    if isinstance(value, dict):
        return {key: _json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_json(item) for item in value]
    if not isinstance(value, bytes):
        return value
    if len(value) == _CID_BYTES and value.startswith(_CIDS):
        return {"$link": _libipld().encode_cid(value)}
    return {"$bytes": base64.b64encode(value).decode()}


class BlueskyCar:
    """Reader of repositories; what is written are lines of `{uri, cid, value}`."""

    name = "bluesky-car"
    stem = "bluesky"
    suffixes = (".jsonl",)
    rank = 14

    def claims(self, source: Source) -> bool:
        """Whether the file is called `.car` or begins with the header of a CAR."""
        begins = b"\xa2eroots" in source.head[:12]
        return not source.folder and (begins or source.suffix == ".car")

    def plan(self, source: Source, first_index: int, options: PlanOptions) -> Plan:  # noqa: ARG002
        """Return one shard.

        Raises:
            EngineError: If the package that decodes blocks is missing.
            FormatError: If the file is damaged.
        """
        _libipld()
        with open_file(source.path, source.label) as stream:
            _index(stream, source.label)
        shard = replace(whole(source, self.name), index=first_index, output=source.output)
        return Plan((replace(shard, between=b"\n", tail=b"\n"),))

    def read(self, shard: Shard) -> Iterator[Document | Problem]:
        """Yield a document for each record of the tree.

        Raises:
            FormatError: If the file or its tree is damaged.
        """
        with open_file(shard.source, shard.label) as stream:
            blocks = _index(stream, shard.label)
            for record, (uri, name) in enumerate(_entries(blocks)):
                value = blocks.get(name)
                if not isinstance(value, dict):
                    yield Problem(MISSING, record)
                    continue
                entry = {"uri": uri, "cid": _libipld().encode_cid(name), "value": _json(value)}
                yield document_of(entry, f"#{record + 1}")
            if len(blocks.reached) < len(blocks.places):
                yield Problem(LEFT_OVER, withheld=False)

    def rebuild(
        self,
        document: Document,
        texts: Texts,
        withheld: frozenset[int] = frozenset(),
    ) -> bytes:
        """Return the record as a line, without its end."""
        return rewritten(document, texts, withheld)


FORMAT = BlueskyCar()
