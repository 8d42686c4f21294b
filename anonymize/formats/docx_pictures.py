"""Pictures: a grey one in place of each, and what a kept one says besides what it shows.

The blank ones are one pixel, so that a document keeps its layout: its size stands in the text.
"""

from __future__ import annotations

import base64
import struct
import zlib


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


_PNG_MARK = b"\x89PNG\r\n\x1a\n"
# One pixel of grey (PNG, third edition, sections 5 and 11).
_PNG = (
    _PNG_MARK
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\0\xc0", 9))
    + _chunk(b"IEND", b"")
)
_JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABALDA4MChAODQ4SERATGCgaGBYWGDEjJR0oOjM9PDkzODdASFxOQERXRTc4"
    "UG1RV19iZ2hnPk1xeXBkeFxlZ2P/wAALCAABAAEBAREA/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QA"
    "tRAAAgEDAwIEAwUFBAQAAAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0"
    "NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ipqrKztLW2"
    "t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/9oACAEBAAA/AOgr/9k=",
)
_GIF = base64.b64decode("R0lGODdhAQABAIEAAMDAwAAAAAAAAAAAACwAAAAAAQABAAAIBAABBAQAOw==")
_TIFF = base64.b64decode(
    "SUkqAAgAAAAJAAABBAABAAAAAQAAAAEBBAABAAAAAQAAAAIBAwABAAAACAAAAAMBAwABAAAAAQAAAAYBAwABAAAAAQAA"
    "ABEBBAABAAAAegAAABYBBAABAAAAAQAAABcBBAABAAAAAQAAABwBAwABAAAAAQAAAAAAAADA",
)
# BITMAPINFOHEADER, 24 bits, one pixel padded to four bytes.
_BMP = (
    struct.pack("<2sIHHI", b"BM", 58, 0, 0, 54)
    + struct.pack("<IiiHHIIiiII", 40, 1, 1, 1, 24, 0, 4, 2835, 2835, 0, 0)
    + b"\xc0\xc0\xc0\0"
)
# [MS-EMF] 2.3.4.2 (header) and 2.3.4.1 (end): nothing is drawn.
_EMF = struct.pack(
    "<II4i4iIIIIHHIII2i2i", 1, 88, 0, 0, 1, 1, 0, 0, 100, 100, 0x464D4520, 0x10000, 108, 2, 1, 0,
    0, 0, 0, 1024, 768, 320, 240,
) + struct.pack("<IIIII", 14, 20, 0, 16, 20)  # fmt: skip
# [MS-WMF] 2.3.2.3 (placeable), 2.3.2.2 (header) and 2.3.2.1 (end); the checksum is the xor of
# the ten words before it.
_PLACEABLE = struct.pack("<IHhhhhHI", 0x9AC6CDD7, 0, 0, 0, 100, 100, 1440, 0)


def _wmf() -> bytes:
    check = 0
    for word in struct.unpack("<10H", _PLACEABLE):
        check ^= word
    head = struct.pack("<HHHIHIH", 1, 9, 0x0300, 12, 0, 3, 0)
    return _PLACEABLE + struct.pack("<H", check) + head + struct.pack("<IH", 3, 0)


_SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1">'
    b'<rect width="1" height="1" fill="#c0c0c0"/></svg>'
)
_BLANK = {
    "png": _PNG, "jpeg": _JPEG, "gif": _GIF, "bmp": _BMP, "tiff": _TIFF, "emf": _EMF,
    "wmf": _wmf(), "svg": _SVG,
}  # fmt: skip
_PNG_KEPT = frozenset(
    (b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"pHYs", b"cHRM"),
)


def blank(kind: str) -> bytes:
    """Return a grey picture of a kind in `docx_parts.PICTURES`; `emf` and `wmf` draw nothing."""
    return _BLANK[kind]


def bare(kind: str, data: bytes) -> bytes:
    """Return a picture without what it says of itself: place, camera, owner, previews.

    Kinds it cannot be taken out of, and damaged pictures, become blank.

    Args:
        kind: Of the picture.
        data: The file.
    """
    found: bytes | None = None
    if kind == "png":
        found = _bare_png(data)
    elif kind == "jpeg":
        found = _bare_jpeg(data)
    return blank(kind) if found is None else found


def _bare_png(data: bytes) -> bytes | None:
    if not data.startswith(_PNG_MARK):
        return None
    out = [_PNG_MARK]
    at = len(_PNG_MARK)
    while at + 12 <= len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        end = at + 12 + size
        if end > len(data):
            return None
        if kind in _PNG_KEPT:
            out.append(data[at:end])
        if kind == b"IEND":
            return b"".join(out)
        at = end
    return None


def _bare_jpeg(data: bytes) -> bytes | None:
    """Keep of a JPEG (ITU T.81, annex B) tables, frames, scans, and the JFIF and Adobe marks."""
    if not data.startswith(b"\xff\xd8"):
        return None
    out = [b"\xff\xd8"]
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        mark = data[at + 1]
        if mark == 0xD9:
            return b"".join([*out, b"\xff\xd9"])
        if mark == 0xFF:
            at += 1
            continue
        end = at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")
        if mark == 0xDA:
            end = _scan_end(data, end)
        if end > len(data):
            return None
        # APP1 to APP13, APP15 and comments hold Exif, XMP, IPTC, profiles and previews.
        own = 0xE0 < mark <= 0xEF and mark != 0xEE
        if mark == 0xE0 and data[at + 4 : at + 9] != b"JFIF\0":
            own = True
        if mark == 0xE0 and not own:
            # A thumbnail may follow the sixteen bytes of the mark.
            out.append(b"\xff\xe0\0\x10" + data[at + 4 : at + 16] + b"\0\0")
        elif not own and mark != 0xFE:
            out.append(data[at:end])
        at = end
    return b"".join([*out, b"\xff\xd9"]) if data[at : at + 2] == b"\xff\xd9" else None


def _scan_end(data: bytes, at: int) -> int:
    """Return where the coded data of a scan ends: at a mark that is no restart or stuffing."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            return len(data) + 1
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2
