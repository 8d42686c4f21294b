"""Pictures: a grey one in place of each, and what a kept one says besides what it shows.

The blank ones are one pixel, so that a document keeps its layout: its size stands in the text.
"""

from __future__ import annotations

import base64
import struct
import zlib

from anonymize.model import media
from anonymize.model.media_parts import DamagedMediaError, Fate


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
    try:
        found = media.parts(data)
    except DamagedMediaError:
        return blank(kind)
    if {"jpg": "jpeg"}.get(said := media.kind_of(data), said) != kind:
        return blank(kind)
    beside = {at for at, one in enumerate(found) if one.fate is Fate.BESIDE}
    return media.without(data, found, beside)
