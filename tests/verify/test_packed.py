from __future__ import annotations

import bz2
import gzip
import io
import lzma
import pathlib
import zipfile
from collections.abc import Callable

import pytest

from anonymize.errors import IntegrityError
from anonymize.model import packing
from anonymize.model.identities import KnownIdentifier
from anonymize.verify import contents
from anonymize.verify.leaks import LeakReport, find_leaks
from anonymize.verify.packed import Unpacked, header

zstandard = pytest.importorskip("zstandard")

PACKS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor(write_checksum=True).compress,
}
EACH = pytest.mark.parametrize("kind", PACKS)
LEAKING = b"so it was @zoe_brightwater, they say"


def zipped(data: bytes) -> bytes:
    """Return a zip of one file."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.js", data)
    return target.getvalue()


def search(folder: pathlib.Path, data: bytes) -> LeakReport:
    """Search a file for a handle."""
    (folder / "file").write_bytes(data)
    return find_leaks(folder, [KnownIdentifier("HANDLE", "zoe_brightwater")], lambda _: False)


@EACH
def test_leaks_are_found_in_every_sort_of_stream(tmp_path: pathlib.Path, kind: str) -> None:
    """Alone, joined, in one another and around or inside a zip, streams are read."""
    pack = PACKS[kind]
    for data in (
        pack(LEAKING),
        pack(b"nothing ") + pack(LEAKING),
        zipped(pack(LEAKING)),
        pack(zipped(LEAKING)),
        PACKS["xz"](pack(LEAKING)),
        pack(bytes(3 << 20) + LEAKING),
    ):
        (leak,) = search(tmp_path, data).leaks
        assert (leak.file, leak.entity_type) == ("file", "HANDLE")
    assert search(tmp_path, pack(b"so it was")).leaks == ()
    (leak,) = search(tmp_path, pack(LEAKING)).leaks
    assert leak.member == {"gz": "(gzip)", "bz2": "(bzip2)", "xz": "(xz)", "zst": "(zstd)"}[kind]


@EACH
def test_zips_too_big_for_memory_are_searched_in_streams(
    tmp_path: pathlib.Path,
    kind: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What is not held in memory is read back and forth all the same."""
    monkeypatch.setattr(contents, "_IN_MEMORY", 10)
    data = PACKS[kind](zipped(b"x" * 100 + LEAKING))
    assert len(search(tmp_path, data).leaks) == 1
    assert len(search(tmp_path, zipped(data)).leaks) == 1


@EACH
def test_what_cannot_be_searched_cannot_be_published(tmp_path: pathlib.Path, kind: str) -> None:
    """Cut short, damaged, or followed by something hidden, a stream stops the search."""
    whole = PACKS[kind](LEAKING * 50)
    for bad in (whole[:-3], whole[: len(whole) // 2], whole + LEAKING):
        with pytest.raises(IntegrityError, match="cannot be read to its end"):
            search(tmp_path, bad)


def test_bombs_stop_the_search(tmp_path: pathlib.Path) -> None:
    """A stream that expands beyond the limit is not searched for ever."""
    bomb = PACKS["bz2"](bytes(packing.EXPANSION.ratio_from + 1))
    with pytest.raises(IntegrityError):
        search(tmp_path, bomb)


@pytest.mark.parametrize("flags", [4, 8, 16, 28, 30])
def test_headers_of_gzip_are_searched(tmp_path: pathlib.Path, flags: int) -> None:
    """Name, comment and extra fields of a gzip stream are read, whichever there are."""
    bare = gzip.compress(b"nothing", mtime=0)
    beside = b""
    if flags & 4:
        beside += len(LEAKING).to_bytes(2, "little") + LEAKING
    for flag in (8, 16):
        beside += LEAKING + b"\0" if flags & flag else b""
    data = bare[:3] + bytes([flags]) + bare[4:10] + beside + bare[10:]
    if flags & 2:
        assert header(io.BytesIO(data)) == beside
        return
    assert search(tmp_path, data).leaks
    assert header(io.BytesIO(bare)) == b""


@EACH
def test_streams_can_be_read_from_anywhere(kind: str) -> None:
    """Positions, from the beginning, the end or here, are those of what the stream holds."""
    text = bytes(range(256)) * 5000
    stream = Unpacked(io.BytesIO(PACKS[kind](text)), kind)
    assert (stream.readable(), stream.seekable()) == (True, True)
    assert stream.seek(-10, io.SEEK_END) == len(text) - 10
    assert stream.read() == text[-10:]
    assert stream.seek(1000) == 1000
    assert stream.read(300) == text[1000:1300]
    assert stream.seek(5, io.SEEK_CUR) == stream.tell() == 1305
    assert stream.seek(10**9) == len(text)
    assert stream.read(1) == b""
