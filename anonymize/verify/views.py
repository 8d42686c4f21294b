"""Views: every reading of a window of bytes in which an identifier could be recognised."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from anonymize.verify.decoders import (
    DOUBTFUL,
    ESCAPES,
    GAPS,
    NULS,
    PACKED,
    TAGS,
    Decoder,
    doubtful,
    is_xml,
)
from anonymize.verify.windows import Window

_DEPTH = 2
_ROUNDS = 6
"""Escapes inside escapes; twice is what happens, more is what somebody hides."""
_CUT = re.compile("[\udc80-\udcff]{1,3}\\Z")
"""What the end of a window leaves of a character."""
_BOMS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}


@dataclass(frozen=True, slots=True)
class View:
    """One reading of a window.

    Attributes:
        name: Encoding and decoders, such as `utf-8/json/percent`.
        text: The reading.
        encoding: How the bytes were read.
        skipped: Bytes of the window before the reading begins.
        source: What it was decoded from; None for the bytes themselves.
        decoder: What decoded it.
    """

    name: str
    text: str = field(repr=False)
    encoding: str
    skipped: int = 0
    source: View | None = field(default=None, repr=False)
    decoder: Decoder | None = field(default=None, repr=False)

    def offset(self, position: int) -> int:
        """Return the byte of the window that the code point `position` comes from."""
        if self.source is not None and self.decoder is not None:
            return self.source.offset(self.decoder.back(self.source.text, position))
        errors = "surrogateescape" if self.encoding == "utf-8" else "surrogatepass"
        return self.skipped + len(self.text[:position].encode(self.encoding, errors))


def views(window: Window, wide: str = "") -> Iterator[View]:
    """Yield every reading of a window, the plain one first; none twice.

    Args:
        window: The bytes.
        wide: The UTF-16 encoding the stream's byte order mark announced; empty for none.
    """
    seen: set[str] = set()
    for root in _roots(window, wide):
        for view in _tree(root):
            if view.text not in seen:
                seen.add(view.text)
                yield view


def announced(data: bytes) -> str:
    """Return the UTF-16 encoding a byte order mark announces, or the empty string."""
    return _BOMS.get(data[:2], "")


def _roots(window: Window, wide: str) -> Iterator[View]:
    data, skipped = window.data, 0
    if not window.opens:
        # A cut inside a character leaves up to three continuation bytes of UTF-8.
        while skipped < min(3, len(data)) and data[skipped] & 0xC0 == 0x80:
            skipped += 1
    text = data[skipped:].decode("utf-8", "surrogateescape")
    yield View("utf-8", text, "utf-8", skipped)
    whole = text if window.closes else _CUT.sub("", text)
    if not text.isascii() and not _encodable(whole):
        yield View("latin-1", data.decode("latin-1"), "latin-1")
    if wide or b"\0" in data:
        for encoding in ("utf-16-le", "utf-16-be"):
            odd = window.offset % 2
            even = data[odd : odd + (len(data) - odd) // 2 * 2]
            yield View(encoding, even.decode(encoding, "replace"), encoding, odd)
        latin = View("latin-1", data.decode("latin-1"), "latin-1")
        yield _child(latin, NULS, NULS.read(latin.text) or "")


def _encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _child(source: View, decoder: Decoder, text: str) -> View:
    name = f"{source.name}/{decoder.name}"
    return View(name, text, source.encoding, source.skipped, source, decoder)


def _tree(root: View) -> Iterator[View]:
    """Yield the readings that undo every escape, round by round, and what stands in base64.

    Of XML those without tags too.
    """
    yield root
    unescaped = list(_rounds(root))
    yield from unescaped
    # Base64 holds no escapes: what undoing them leaves holds every run there was.
    for packed in _unpacked(unescaped[0] if unescaped else root):
        yield packed
        yield from _rounds(packed)
        yield from _unpacked(packed)
    if doubtful(root.text):
        yield from _orders(root)
    if is_xml(root.text):
        for decoder in (TAGS, GAPS):
            bare = _child(root, decoder, decoder.read(root.text) or "")
            yield bare
            yield from _rounds(bare)


def _rounds(root: View) -> Iterator[View]:
    deepest = root
    for _ in range(_ROUNDS):
        before = deepest
        for decoder in ESCAPES:
            text = decoder.read(deepest.text)
            if text is not None and text != deepest.text:
                deepest = _child(deepest, decoder, text)
        if deepest is before:
            return
        yield deepest


def _unpacked(source: View) -> Iterator[View]:
    text = PACKED.read(source.text)
    if text is not None:
        yield _child(source, PACKED, text)


def _orders(root: View) -> Iterator[View]:
    """Yield every order of up to two decoders, over the lines where the order matters."""
    lines = DOUBTFUL.read(root.text)
    if lines is None:
        return
    level = [View(root.name, lines, root.encoding, root.skipped, root, DOUBTFUL)]
    for _ in range(_DEPTH):
        below = [
            _child(view, decoder, text)
            for view in level
            for decoder in ESCAPES
            if (text := decoder.read(view.text)) is not None
        ]
        yield from below
        level = below
