"""Pictures and films too small to show anything, with all that can stand beside them."""

from __future__ import annotations

import zlib

WORD = b"Taken by Mechthild"
"""What must be gone."""


def segment(marker: int, payload: bytes) -> bytes:
    """Return a segment of a JPEG file."""
    return bytes((0xFF, marker)) + (len(payload) + 2).to_bytes(2, "big") + payload


def jpeg(beside: bytes = WORD) -> bytes:
    """Return a JPEG file of two scans."""
    told = b"".join(
        (
            segment(0xE1, b"Exif\0\0" + beside),
            segment(0xE2, b"ICC_PROFILE\0" + beside),
            segment(0xE0, b"JFXX\0" + beside),
            segment(0xFE, beside),
        ),
    )
    scan = segment(0xDA, b"\1\1\0\0\x3f\0") + b"\x12\xff\x00\x34\xff\xd0\x56"
    return b"".join(
        (
            b"\xff\xd8",
            segment(0xE0, b"JFIF\0\1\1\0\0\1\0\1\0\0"),
            told if beside else b"",
            segment(0xEE, b"Adobe\0\x64\0\0\0\0\1"),
            segment(0xDB, bytes(65)),
            b"\xff" + segment(0xC2, b"\x08\0\1\0\1\1\1\x11\0"),
            scan,
            segment(0xC4, bytes(20)),
            scan,
            b"\xff\xd9",
            beside,
        ),
    )


def chunk(kind: bytes, content: bytes) -> bytes:
    """Return a chunk of a PNG file."""
    check = zlib.crc32(kind + content).to_bytes(4, "big")
    return len(content).to_bytes(4, "big") + kind + content + check


def png(beside: bytes = WORD) -> bytes:
    """Return a PNG file."""
    told = [chunk(kind, beside) for kind in (b"tEXt", b"eXIf", b"iCCP", b"joAn")]
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            chunk(b"IHDR", bytes(13)),
            *(told if beside else ()),
            chunk(b"pHYs", bytes(9)),
            chunk(b"IDAT", zlib.compress(bytes(8))),
            chunk(b"IEND", b""),
            beside,
        ),
    )


def _blocks(content: bytes) -> bytes:
    return bytes((len(content),)) + content + b"\0" if content else b"\0"


def gif(beside: bytes = WORD) -> bytes:
    """Return a GIF file that loops."""
    told = (
        b"\x21\xfe" + _blocks(beside),
        b"\x21\xff\x0bXMP DataXMP" + _blocks(beside),
        b"\x21\x01" + _blocks(beside),
    )
    return b"".join(
        (
            b"GIF89a\1\0\1\0\x80\0\0" + bytes(6),
            b"\x21\xff\x0bNETSCAPE2.0\x03\1\0\0\0",
            *(told if beside else ()),
            b"\x21\xf9\x04\0\0\0\0\0",
            b"\x2c\0\0\0\0\1\0\1\0\0\2",
            _blocks(b"\x44\1"),
            b"\x3b",
            beside,
        ),
    )


def _riff(kind: bytes, content: bytes) -> bytes:
    size = len(content).to_bytes(4, "little")
    return kind + size + content + b"\0" * (len(content) % 2)


def webp(beside: bytes = WORD) -> bytes:
    """Return an animated WebP file."""
    flags = b"\x2e" if beside else b"\x02"
    told = [_riff(kind, beside) for kind in (b"ICCP", b"EXIF", b"XMP ", b"joAn")]
    body = b"".join(
        (
            b"WEBP",
            _riff(b"VP8X", flags + bytes(9)),
            _riff(b"ANIM", bytes(6)),
            *(told if beside else ()),
            _riff(b"ANMF", bytes(16) + _riff(b"VP8L", b"\x2f\1\2")),
        ),
    )
    return b"RIFF" + len(body).to_bytes(4, "little") + body + beside


def box(kind: bytes, *content: bytes) -> bytes:
    """Return a box of an MP4 file."""
    inner = b"".join(content)
    return (8 + len(inner)).to_bytes(4, "big") + kind + inner


def track(kind: bytes, beside: bytes, entry: bytes) -> bytes:
    """Return a track of an MP4 file."""
    time = b"\0\0\0\1\0\0\0\2" if beside else bytes(8)
    handler = bytes(8) + kind + bytes(12) + (beside or bytes(len(WORD)))
    table = box(b"stbl", box(b"stsd", bytes(7), b"\1", entry), box(b"stco", bytes(8)))
    source = box(b"dinf", box(b"dref", bytes(7), b"\1", box(b"url ", b"\0\0\0\1")))
    media = box(
        b"mdia",
        box(b"mdhd", b"\1\0\0\0", time * 2, bytes(20)),
        box(b"hdlr", handler),
        box(b"minf", box(b"vmhd", bytes(12)), source, table),
    )
    return box(b"trak", box(b"tkhd", bytes(4), time, bytes(72)), media)


def mp4(beside: bytes = WORD, kind: bytes = b"soun") -> bytes:
    """Return an MP4 file of a picture and a sound track, with its samples behind."""
    encoder = beside.ljust(32, b"\0")
    told = box(b"uuid", beside) if beside else box(b"free", bytes(len(WORD)))
    seen = box(b"avc1", bytes(42), encoder, bytes(4), box(b"avcC", b"\1"), told)
    heard = box(b"mp4a", bytes(28), box(b"esds", b"\1"))
    return b"".join(
        (
            box(b"ftyp", b"isom\0\0\2\0"),
            box(
                b"moov",
                box(b"mvhd", bytes(4), (b"\1" if beside else b"\0") * 8, bytes(88)),
                track(b"vide", beside, seen),
                track(kind, beside, heard),
                box(b"udta", beside) if beside else box(b"free", bytes(len(WORD))),
            ),
            box(b"free", beside or bytes(len(WORD))),
            (1).to_bytes(4, "big") + b"mdat" + (20).to_bytes(8, "big") + b"\1\2\3\4",
        ),
    )


MEDIA = {"jpg": jpeg, "png": png, "gif": gif, "webp": webp, "mp4": mp4}
"""Maker of a file by its suffix; called with nothing to stand beside, it makes a clean one."""
