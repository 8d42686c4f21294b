from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
from collections.abc import Callable

import pytest

from anonymize.errors import EngineError, FormatError
from anonymize.model import packing
from anonymize.model.packing import Expansion, packing_of, split_suffix, unpack

zstandard = pytest.importorskip("zstandard")

Pack = Callable[[bytes], bytes]


def _zstd(data: bytes) -> bytes:
    return bytes(zstandard.ZstdCompressor(write_checksum=True).compress(data))


PACKS: dict[str, Pack] = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}
PACKS["zst"] = _zstd
EACH = pytest.mark.parametrize("kind", PACKS)
DRAW = random.Random(5)
TEXT = "".join(DRAW.choice("abcdefgh \n") for _ in range(900_000)).encode()


def plain(data: bytes, kind: str, limits: Expansion = packing.EXPANSION) -> bytes:
    """Return what a stream holds."""
    return b"".join(unpack(io.BytesIO(data).read, kind, "in", limits))


@EACH
def test_streams_are_told_by_their_first_bytes_and_give_what_went_in(kind: str) -> None:
    """Each kind is recognised, comes out in pieces of bounded size, and joined streams as one."""
    packed = PACKS[kind](TEXT)
    assert packing_of(packed[:16]) == kind
    pieces = list(unpack(io.BytesIO(packed).read, kind, "in"))
    assert b"".join(pieces) == TEXT
    assert max(map(len, pieces)) <= packing.PIECE
    joined = packed + PACKS[kind](b"") + PACKS[kind](b"more")
    assert plain(joined, kind) == TEXT + b"more"
    assert plain(PACKS[kind](b""), kind) == b""


@EACH
def test_damage_is_an_error_that_names_the_file_only(kind: str) -> None:
    """Cut short, changed inside or followed by anything else, a stream is refused."""
    packed = PACKS[kind](TEXT)
    middle = len(packed) // 2
    broken = packed[:middle] + bytes(4) + packed[middle + 4 :]
    for bad in (packed[:-1], packed[:middle], broken, packed + b"x" * 99, packed + packed[:-1]):
        with pytest.raises(FormatError, match=r"^in: (?:is damaged|ends) inside its compression"):
            plain(bad, kind)


@pytest.mark.parametrize("kind", ["gz", "xz"])
def test_padding_with_zeros_is_no_damage(kind: str) -> None:
    """Zeros behind a stream, as tapes leave them, are passed over."""
    assert plain(PACKS[kind](b"a") + bytes(1024), kind) == b"a"


@EACH
def test_what_expands_too_much_is_refused_early(kind: str) -> None:
    """A bomb is stopped soon after the limit, and the message says how to lift it."""
    bomb = PACKS[kind](bytes(20_000_000))
    limits = Expansion(ratio=10, ratio_from=1_000_000, most=50_000_000)
    pieces = unpack(io.BytesIO(bomb).read, kind, "in", limits)
    given: list[int] = []
    with pytest.raises(FormatError, match=r"^in: expands too much; .*decompress it yourself"):
        given.extend(map(len, pieces))
    assert sum(given) <= 2_000_000
    with pytest.raises(FormatError, match="expands too much"):
        plain(PACKS[kind](TEXT), kind, Expansion(most=100_000))
    assert plain(PACKS[kind](TEXT), kind, Expansion(ratio=10, ratio_from=0)) == TEXT


def test_streams_that_want_too_much_memory_are_refused() -> None:
    """A window of a gigabyte is an error that says what to do, not a gigabyte of memory."""
    settings = zstandard.ZstdCompressionParameters(window_log=30, enable_ldm=True)
    wide = zstandard.ZstdCompressor(compression_params=settings).compressobj()
    with pytest.raises(FormatError, match=r"wants too much memory; .*decompress it yourself"):
        plain(wide.compress(b"a") + wide.flush(), "zst")


def test_skippable_frames_hold_nothing() -> None:
    """Frames that parallel compressors put in front are passed over."""
    frame = b"\x50\x2a\x4d\x18\x04\0\0\0abcd"
    assert packing_of(frame) == "zst"
    assert plain(frame + PACKS["zst"](b"hi"), "zst") == b"hi"


def test_texts_are_not_taken_for_streams() -> None:
    """What merely begins like a magic number is not compressed."""
    for head in (b"", b"BZh", b"BZhang: yes", b"\x1f\x8b", b"(abc", b'{"id"', b"PK\x03\x04"):
        assert packing_of(head) == ""


def test_suffixes_are_kept_as_they_are() -> None:
    """A known suffix of the kind is split off; otherwise the usual one is told."""
    assert split_suffix("a.csv.ZSTD", "zst") == ("a.csv", ".zstd")
    assert split_suffix("a.csv", "bz2") == ("a.csv", ".bz2")


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without its package a Zstandard file is an error that says what to install."""
    monkeypatch.setitem(__import__("sys").modules, "zstandard", None)
    with pytest.raises(EngineError, match=r"^in: .*anonymize\[zstd\]"):
        plain(b"\x28\xb5\x2f\xfd", "zst")
