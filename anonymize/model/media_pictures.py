"""JPEG, PNG and WebP taken apart; see `anonymize.model.media`."""

from __future__ import annotations

import re
import zlib

from anonymize.model.media_parts import Fate, Part, need

# ITU-T T.81, table B.1.  Behind a scan: the next marker that is neither stuffing nor a restart.
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")
_EOI, _SOS, _COM = 0xD9, 0xDA, 0xFE
_APP0, _APP14, _APP15 = 0xE0, 0xEE, 0xEF
_DECODING = frozenset(
    # Frames, Huffman tables, arithmetic conditioning; scans, quantisation, lines, restarts.
    {*range(0xC0, 0xD0), _SOS, 0xDB, 0xDC, 0xDD} - {0xC8},
)


def jpeg(data: bytes) -> list[Part]:
    """Return the parts of a JPEG file (ITU-T T.81).

    Of the application segments only JFIF's without thumbnail and Adobe's are needed: they say how
    colours are coded.  Colour profiles go too; those of a screen can carry its serial number.
    """
    found = [Part(Fate.NEEDED, 0, 2)]
    at, scans = 2, 0
    while True:
        start = at
        need(data[at] == 0xFF)
        while data[at + 1] == 0xFF:
            at += 1
        marker = data[at + 1]
        if marker == _EOI:
            found += [Part(Fate.NEEDED, start, at + 2)]
            found += [Part(Fate.BESIDE, at + 2, len(data), "trailer")]
            need(scans)
            return found
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        stop = at + 2 + length
        need(length >= 2 and stop < len(data))
        if marker in _DECODING or _is_needed(marker, data[at + 4 : stop]):
            found.append(Part(Fate.NEEDED, start, stop))
        else:
            need(_APP0 <= marker <= _APP15 or marker == _COM)
            name = "comment" if marker == _COM else f"app{marker - _APP0}"
            found.append(Part(Fate.BESIDE, start, stop, name))
        at = stop
        if marker == _SOS:
            following = _MARKER.search(data, stop)
            need(following)
            at = following.start() if following else stop
            found.append(Part(Fate.CODED, stop, at))
            scans += 1


def _is_needed(marker: int, payload: bytes) -> bool:
    """Whether an application segment says how to decode, and nothing else."""
    if marker == _APP0:
        # JFIF 1.02: the last two of fourteen bytes are the size of a thumbnail.
        return payload[:5] == b"JFIF\0" and len(payload) == 14 and payload[12:] == b"\0\0"
    return marker == _APP14 and payload[:5] == b"Adobe" and len(payload) == 12


_PNG_NEEDED = frozenset(
    (b"IHDR", b"PLTE", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs",
     b"acTL", b"fcTL"),
)  # fmt: skip
_PNG_CODED = frozenset((b"IDAT", b"fdAT"))
_PNG_TOLD = frozenset((b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME", b"iCCP"))
"""Chunks that are called by their name in reports; any other could be named by anybody."""


def png(data: bytes) -> list[Part]:
    """Return the parts of a PNG file, animated ones too (W3C PNG, third edition)."""
    found = [Part(Fate.NEEDED, 0, 8)]
    at = 8
    while True:
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        stop = at + 12 + length
        need(stop <= len(data))
        need(zlib.crc32(data[at + 4 : stop - 4]) == int.from_bytes(data[stop - 4 : stop], "big"))
        if kind in _PNG_CODED:
            found.append(Part(Fate.CODED, at, stop))
        elif kind in _PNG_NEEDED:
            found.append(Part(Fate.NEEDED, at, stop))
        else:
            # A chunk that decoders may leave out has a small first letter.
            need(kind[0] & 0x20)
            name = kind.decode("ascii") if kind in _PNG_TOLD else "chunk"
            found.append(Part(Fate.BESIDE, at, stop, name))
        at = stop
        if kind == b"IEND":
            return [*found, Part(Fate.BESIDE, at, len(data), "trailer")]


_WEBP_CODED = frozenset((b"VP8 ", b"VP8L", b"ALPH"))
_WEBP_NEEDED = frozenset((b"VP8X", b"ANIM"))
_WEBP_NAMES = {b"EXIF": "exif", b"XMP ": "xmp", b"ICCP": "profile"}
_WEBP_FLAGS = 0x20 | 0x08 | 0x04
"""Bits of `VP8X` that announce a colour profile, EXIF and XMP (WebP container, 2.7)."""


def webp(data: bytes) -> list[Part]:
    """Return the parts of a WebP file; its size and flags change with what goes."""
    end = 8 + int.from_bytes(data[4:8], "little")
    need(end <= len(data))
    found: list[Part] = []
    at, coded = 12, 0
    while at < end:
        kind, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        stop = at + 8 + size + size % 2
        need(stop <= end)
        if kind in _WEBP_CODED:
            found.append(Part(Fate.CODED, at, stop))
            coded += 1
        elif kind == b"ANMF":
            _frame(data[at + 8 : at + 8 + size])
            found.append(Part(Fate.CODED, at, stop))
            coded += 1
        elif kind in _WEBP_NEEDED:
            need(kind != b"VP8X" or size == 10)
            found.append(Part(Fate.NEEDED, at, stop))
        else:
            found.append(Part(Fate.BESIDE, at, stop, _WEBP_NAMES.get(kind, "chunk")))
        at = stop
    need(coded)
    found = [part for one in found for part in _flags(data, one)]
    left = sum(one.stop - one.start for one in found if one.fate is not Fate.BESIDE)
    left += sum(len(one.instead) for one in found)
    size_now = (4 + left).to_bytes(4, "little")
    told = Fate.NEEDED if size_now == data[4:8] else Fate.BESIDE
    return [
        Part(Fate.NEEDED, 0, 4),
        Part(told, 4, 8, "size", size_now),
        Part(Fate.NEEDED, 8, 12),
        *found,
        Part(Fate.BESIDE, end, len(data), "trailer"),
    ]


def _flags(data: bytes, one: Part) -> list[Part]:
    """Return a chunk with its flags apart when they announce what goes."""
    at = one.start + 8
    if one.fate is not Fate.NEEDED or data[one.start : one.start + 4] != b"VP8X":
        return [one]
    if not data[at] & _WEBP_FLAGS:
        return [one]
    return [
        Part(Fate.NEEDED, one.start, at),
        Part(Fate.BESIDE, at, at + 1, "flags", bytes((data[at] & ~_WEBP_FLAGS,))),
        Part(Fate.NEEDED, at + 1, one.stop),
    ]


def _frame(frame: bytes) -> None:
    """Refuse a frame of an animation that holds more than a picture."""
    at = 16
    while at < len(frame):
        need(frame[at : at + 4] in _WEBP_CODED)
        size = int.from_bytes(frame[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    need(at == len(frame))
