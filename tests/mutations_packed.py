"""Mutations of archives, compressed streams, Parquet and CAR, and the choice of a mutation."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import struct
import tarfile
import warnings
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath
from random import Random
from typing import Any, TypeAlias

from tests import mutations, mutations_xml
from tests.acceptance.damage import NAME
from tests.mutations import Mutation

Member: TypeAlias = tuple[str, bytes]

OUTSIDE = "/zq7k-outside"
"""What hostile members ask for; never made."""
HOSTILE = (
    f"../{NAME}.js", f"../../../..{OUTSIDE}/a.js", f"{OUTSIDE}/b.js",
    "data/../../x.js", "data\\..\\..\\x.js", "C:/x.js", "C:x", "//host/share/x", "a\0b.js", "",
    ".", "..", "/", "data/", "data//tweets.js", "data/./tweets.js", "DATA/TWEETS.JS", "a" * 300,
    "/".join("a" * 60), "con", "data/tweets.js/", "data/tw\u00e9ets.js", "data/\u202esj.x",
    "\ud83d.js", "data/tweets-part99999999999999999999.js", "data/tweets-part-1.js", " ",
    "data/tweets.js ", "~/x", "%2e%2e/x", f"data/{NAME}.js", "xl/workbook.xml",
    "[Content_Types].xml", "word/document.xml", "content.xml", "project.qde", "outbox.json",
    "actor.json", "mimetype",
)  # fmt: skip


def _shuffled(rng: Random, members: list[Member], other: list[Member]) -> list[Member]:
    """Return members with their content mutated, or names, order or number changed."""
    out = list(members)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        if not out:
            break
        at = rng.randrange(len(out))
        name, data = out[at]
        match rng.choices(range(8), (30, 2, 2, 1, 2, 2, 2, 2))[0]:
            case 0:
                donor = rng.choice(other)[1] if other else b""
                out[at] = name, mutated(rng, name, data, donor)
            case 1:
                out[at] = rng.choice(HOSTILE), data
            case 2:
                out.insert(rng.randrange(len(out) + 1), (rng.choice(HOSTILE), data))
            case 3:
                out.append((name, data if rng.random() < 0.5 else b"[]"))
            case 4:
                del out[at]
            case 5:
                to = rng.randrange(len(out))
                out[at], out[to] = (name, out[to][1]), (out[to][0], data)
            case 6:
                out.append(rng.choice(other) if other else (name, b""))
            case _:
                out[at] = name, rng.choice((b"", b"\0" * 200_000, rng.randbytes(50), b"[]", b"<"))
    return out


def zip_mutated(rng: Random, data: bytes, other: bytes) -> bytes:
    """Return a zip of other members, methods, flags, checksums or sizes."""
    members = _zip_members(data)
    if members is None:
        return mutations.edited(rng, data, other)
    made = io.BytesIO()
    methods = (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, *(zipfile.ZIP_DEFLATED,) * 58, *(0,) * 5)
    method = rng.choice(methods)
    with warnings.catch_warnings(), zipfile.ZipFile(made, "w") as archive:
        warnings.simplefilter("ignore", UserWarning)  # two members of one name
        for name, content in _shuffled(rng, members, _zip_members(other) or []):
            # What zipfile cannot write is written as near to it as it goes.
            info = zipfile.ZipInfo(name.encode("utf-8", "replace").decode() or "\x01")
            info.compress_type = method
            archive.writestr(info, content)
        if rng.random() < 0.03:
            archive.comment = NAME.encode()
    out = bytearray(made.getvalue())
    if rng.random() < 0.12:
        _patch(rng, out)
    if rng.random() < 0.04:
        out[:0] = rng.randbytes(40)
    return bytes(out)


def _zip_members(data: bytes) -> list[Member] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [(info.filename, archive.read(info)) for info in archive.infolist()]
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError,
            zlib.error):  # fmt: skip
        return None


def _patch(rng: Random, out: bytearray) -> None:
    """Let one entry lie about itself: version, flags, method, time, checksum, sizes, offset."""
    mark, sizes = rng.choice(
        (
            (b"PK\x03\x04", ((4, 2), (6, 2), (8, 2), (10, 4), (14, 4), (18, 4), (22, 4), (26, 2))),
            (b"PK\x01\x02", ((6, 2), (8, 2), (10, 2), (16, 4), (20, 4), (24, 4), (28, 2), (30, 2),
                             (38, 4), (42, 4))),
            (b"PK\x05\x06", ((4, 2), (8, 2), (10, 2), (12, 4), (16, 4), (20, 2))),
        ),
    )  # fmt: skip
    found = [at for at in range(len(out)) if out[at : at + 4] == mark]
    if not found:
        return
    at, size = rng.choice(sizes)
    value = rng.choice((0, 1, 2**31 - 1, 2**32 - 1, rng.getrandbits(32), 0o120777 << 16, 8, 99))
    place = rng.choice(found) + at
    if place + size <= len(out):
        struct.pack_into("<H" if size == 2 else "<I", out, place, value & (2 ** (8 * size) - 1))


def tar_mutated(rng: Random, data: bytes, other: bytes) -> bytes:
    """Return a compressed tar of other members, types of members or header."""
    members, donors = _tar_members(data), _tar_members(other)
    if members is None:
        return mutations.edited(rng, data, other)
    kinds = (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE,
             tarfile.CONTTYPE, b"x", b"Z")  # fmt: skip
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w", format=rng.choice((0, 1, 2))) as archive:
        for name, content in _shuffled(rng, members, donors or []):
            info = tarfile.TarInfo(name.encode("utf-8", "replace").decode()[:90])
            info.size = len(content)
            if rng.random() < 0.02:
                info.type, info.size = rng.choice(kinds), 0
                info.linkname = f"{OUTSIDE}/c"
            archive.addfile(info, io.BytesIO(content))
    plain = made.getvalue()
    if rng.random() < 0.1:
        plain = mutations.edited(rng, plain, b"")
    out = gzip.compress(plain, compresslevel=1, mtime=0)
    return mutations.edited(rng, out, b"") if rng.random() < 0.05 else out


def _tar_members(data: bytes) -> list[Member] | None:
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:*") as archive:
            found = []
            for info in archive:
                file = archive.extractfile(info) if info.isfile() else None
                if file is not None:
                    found.append((info.name, file.read()))
            return found
    except (tarfile.TarError, OSError, EOFError, zlib.error, ValueError):
        return None


def _zstd(data: bytes) -> bytes:
    import zstandard

    return zstandard.ZstdCompressor().compress(data)


def _unzstd(data: bytes) -> bytes:
    import zstandard

    try:
        return zstandard.ZstdDecompressor().decompressobj().decompress(data)
    except zstandard.ZstdError:
        raise ValueError from None


_STREAMS: dict[str, tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]] = {
    ".gz": (gzip.decompress, lambda data: gzip.compress(data, compresslevel=1, mtime=0)),
    ".bz2": (bz2.decompress, bz2.compress),
    ".xz": (lzma.decompress, lambda data: lzma.compress(data, preset=0)),
    ".zst": (_unzstd, _zstd),
}


def _stream_mutated(rng: Random, name: str, data: bytes, other: bytes) -> bytes:
    """Return a compressed stream of mutated content, of several parts, or with bytes behind it."""
    path = PurePosixPath(name)
    unpack, pack = _STREAMS[path.suffix]
    inner = mutated(rng, path.stem, unpack(data), other)
    if rng.random() < 0.1:
        at = rng.randint(0, len(inner))
        return pack(inner[:at]) + pack(inner[at:])
    out = pack(inner)
    return out + rng.randbytes(20) if rng.random() < 0.05 else out


def parquet_mutated(rng: Random, data: bytes, other: bytes) -> bytes:
    """Return a Parquet table with columns of other types, names or number."""
    del other
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(io.BytesIO(data))
    names, columns = list(table.column_names), [one.to_pylist() for one in table.columns]
    arrays: list[Any] = [one.combine_chunks() for one in table.columns]
    for _ in range(rng.choice((1, 1, 2, 4))):
        if not names:
            break
        at = rng.randrange(len(names))
        rows = columns[at]
        match rng.randrange(9):
            case 0:
                arrays[at] = pa.array([None] * len(rows))
            case 1:
                texts = [mutations.odd(rng) for _ in rows]
                clean = [str(one).encode("utf-8", "replace").decode() for one in texts]
                arrays[at] = pa.array(clean)
            case 2:
                kind = rng.choice((pa.float64(), pa.uint64(), pa.binary(), pa.bool_(), pa.date32(),
                                   pa.decimal128(30, 2), pa.duration("s"), pa.timestamp("ns"),
                                   pa.time64("us"), pa.int8()))  # fmt: skip
                arrays[at] = (
                    pa.nulls(len(rows), kind) if rng.random() < 0.3 else _of(rng, kind, rows)
                )
            case 3:
                arrays[at] = pa.array([[str(one)] for one in rows])
            case 4:
                arrays[at] = pa.array([{"a": str(one), "id": [1]} for one in rows])
            case 5:
                names[at] = rng.choice((*names, "", "id", "text", NAME, "a.b", "\u202e", "id_str"))
            case 6:
                arrays[at] = pa.array([str(one) for one in rows]).dictionary_encode()
            case 7:
                # Bytes that are no UTF-8 where a text is declared.
                raw = [rng.randbytes(5) for _ in rows]
                arrays[at] = pa.array(raw, pa.binary()).view(pa.string())
            case _:
                names.append(names[at])
                arrays.append(arrays[at])
                columns.append(rows)
    made = pa.Table.from_arrays(arrays, names=names)
    sink = io.BytesIO()
    pq.write_table(
        made.slice(0, rng.choice((0, 1, 99, 99, 99, 99))),
        sink,
        compression=rng.choice(("snappy", "none", "gzip", "zstd")),
        row_group_size=rng.choice((1, 1000)),
        use_dictionary=rng.random() < 0.5,
    )
    return sink.getvalue()


def _of(rng: Random, kind: Any, rows: list[Any]) -> Any:
    """Return a column of a type, of numbers at its ends where it takes any."""
    import pyarrow as pa

    for values in ([rng.choice((0, 1, -1, 2**40, 2**62)) for _ in rows], [1 for _ in rows]):
        try:
            return pa.array(values, kind)
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError, pa.ArrowNotImplementedError):
            continue
    return pa.nulls(len(rows), kind)


def _blocks(data: bytes) -> list[bytes]:
    """Return the parts of a CAR: header, then names with blocks."""
    found, at = [], 0
    while at < len(data):
        size = shift = 0
        while at < len(data):
            byte = data[at]
            at += 1
            size |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                break
        found.append(data[at : at + size])
        at += size
    return found


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def car_mutated(rng: Random, data: bytes, other: bytes) -> bytes:
    """Return a repository with one record altered and all names that depend on it made anew."""
    import libipld

    parts = _blocks(data) or [b""]
    at = rng.randrange(len(parts))
    named = at > 0 and len(parts[at]) > 36
    name, body = (parts[at][:36], parts[at][36:]) if named else (b"", parts[at])
    try:
        new = libipld.encode_dag_cbor(mutations.altered(rng, libipld.decode_dag_cbor(body)))
    except (ValueError, TypeError, OverflowError, RecursionError):
        new = mutations.edited(rng, body, other)
    parts[at] = name + new
    waiting = [at] if named and rng.random() < 0.9 else []
    for _ in range(20):
        if not waiting:
            break
        place = waiting.pop()
        old = parts[place][:36]
        fresh = old[:4] + hashlib.sha256(parts[place][36:]).digest()
        for which, part in enumerate(parts):
            if old in part[0 if which == 0 else 36 :]:
                parts[which] = part[: 36 * (which > 0)] + part[36 * (which > 0) :].replace(
                    old, fresh
                )
                waiting += [which] * (which > 0)
        parts[place] = fresh + parts[place][36:]
    if rng.random() < 0.1:
        rng.shuffle(parts)
    return b"".join(_varint(len(part)) + part for part in parts)


# --- the choice -------------------------------------------------------------------------------

BY_SUFFIX: dict[str, Mutation] = {
    **dict.fromkeys((".zip", ".xlsx", ".docx", ".odt", ".qdpx"), zip_mutated),
    **dict.fromkeys((".json", ".jsonl", ".ndjson", ".js"), mutations.json_mutated),
    **dict.fromkeys((".csv", ".tsv"), mutations.table_mutated),
    **dict.fromkeys(
        (".xml", ".rels", ".html", ".qde", ".qdc", ".fodt", ".eaf", ".exb", ".trs", ".ttml"),
        mutations_xml.xml_mutated,
    ),
    **dict.fromkeys((".jpg", ".png", ".gif", ".mp4", ".webp", ".pdf"), mutations.measured),
    ".parquet": parquet_mutated,
    ".car": car_mutated,
}
"""What knows the inside of a file, by suffix; of all others it is lines."""


def mutated(rng: Random, name: str, data: bytes, other: bytes) -> bytes:
    """Return a file mutated as its name suggests, or only in its bytes.

    Args:
        rng: Chance.
        name: Its suffixes say what it holds.
        data: The file.
        other: Another file, to splice.
    """
    suffix = PurePosixPath(name.lower()).suffix
    for _ in range(rng.choice((1, 1, 1, 2))):
        chance = rng.random()
        # Nearly all of these are refused for the checksum alone.
        if chance < (0.08 if BY_SUFFIX.get(suffix) is zip_mutated else 0.25):
            data = mutations.edited(rng, data, other)
        elif name.lower().endswith((".tar.gz", ".tgz")):
            data = tar_mutated(rng, data, other)
        elif suffix in _STREAMS:
            data = _whole(rng, name, data, other)
        elif suffix in BY_SUFFIX:
            data = _known(rng, suffix, data, other)
        elif chance < 0.32:
            data = mutations.recoded(rng, data, other)
        else:
            data = mutations.lines_mutated(rng, data, other)
    return data


def _whole(rng: Random, name: str, data: bytes, other: bytes) -> bytes:
    try:
        return _stream_mutated(rng, name, data, other)
    except (OSError, EOFError, ValueError, lzma.LZMAError, zlib.error):
        return mutations.edited(rng, data, other)


def _known(rng: Random, suffix: str, data: bytes, other: bytes) -> bytes:
    if suffix in {".json", ".jsonl", ".ndjson", ".js", ".csv", ".tsv"} and rng.random() < 0.05:
        return mutations.recoded(rng, data, other)
    try:
        return BY_SUFFIX[suffix](rng, data, other)
    except (ValueError, OSError, TypeError, SyntaxError, RuntimeError, OverflowError):
        # A second mutation of what is no longer what its name says.
        return mutations.edited(rng, data, other)
