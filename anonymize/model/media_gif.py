"""GIF taken apart; see `anonymize.model.media`."""

from __future__ import annotations

from anonymize.model.media_parts import Fate, Part, need

_EXTENSION, _IMAGE, _TRAILER = 0x21, 0x2C, 0x3B
_CONTROL, _COMMENT, _APPLICATION, _PLAIN = 0xF9, 0xFE, 0xFF, 0x01
_LOOPS = (b"\x0bNETSCAPE2.0\x03\x01", b"\x0bANIMEXTS1.0\x03\x01")
_NAMES = {_COMMENT: "comment", _APPLICATION: "application", _PLAIN: "text"}


def gif(data: bytes) -> list[Part]:
    """Return the parts of a GIF file (GIF89a); of the extensions only control and loop stay."""
    at = 13 + _table(data[10])
    need(at < len(data))
    found = [Part(Fate.NEEDED, 0, at)]
    pictures = 0
    while (block := data[at]) != _TRAILER:
        start = at
        if block == _IMAGE:
            coded = at + 10 + _table(data[at + 9]) + 1
            at = _blocks(data, coded)
            found += [Part(Fate.NEEDED, start, coded), Part(Fate.CODED, coded, at)]
            pictures += 1
            continue
        need(block == _EXTENSION)
        label = data[at + 1]
        at = _blocks(data, at + 2)
        if label == _CONTROL or (label == _APPLICATION and _is_loop(data[start + 2 : at])):
            need(label != _CONTROL or at - start == 8)
            found.append(Part(Fate.NEEDED, start, at))
        else:
            need(label in _NAMES)
            found.append(Part(Fate.BESIDE, start, at, _NAMES[label]))
    need(pictures)
    return [
        *found,
        Part(Fate.NEEDED, at, at + 1),
        Part(Fate.BESIDE, at + 1, len(data), "trailer"),
    ]


def _table(flags: int) -> int:
    """Return the bytes of a colour table."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _is_loop(blocks: bytes) -> bool:
    return blocks.startswith(_LOOPS) and len(blocks) == 17


def _blocks(data: bytes, at: int) -> int:
    """Return where the sub-blocks that begin at `at` end."""
    while size := data[at]:
        at += 1 + size
    return at + 1
