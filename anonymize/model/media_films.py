"""MP4 and QuickTime films taken apart; see `anonymize.model.media`.

Samples are found by their place in the file, so that nothing may move: a box that goes becomes
free space of the same size, and names and times in others become zeros (ISO/IEC 14496-12).
"""

from __future__ import annotations

from collections.abc import Iterator

from anonymize.model.media_parts import Fate, Part, need

_HOLDING = frozenset(
    (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"dinf", b"mvex", b"moof", b"traf",
     b"mfra"),
)  # fmt: skip
_NEEDED = frozenset(
    (b"ftyp", b"styp", b"vmhd", b"smhd", b"stts", b"stsc", b"stsz", b"stz2", b"stco", b"co64",
     b"stss", b"ctts", b"cslg", b"sdtp", b"sbgp", b"sgpd", b"elst", b"mehd", b"trex", b"mfhd",
     b"tfhd", b"tfdt", b"trun", b"tfra", b"mfro", b"sidx", b"saiz", b"saio"),
)  # fmt: skip
_TIMED = frozenset((b"mvhd", b"tkhd", b"mdhd"))
_FREE = frozenset((b"free", b"skip", b"wide"))
_TOLD = {b"udta": "udta", b"meta": "meta", b"uuid": "uuid", b"iods": "iods"}
_DEEPEST = 8
# What is coded how: pictures have a name of the encoder in their entry, sounds have not.
_PICTURES = frozenset((b"avc1", b"avc3", b"hvc1", b"hev1", b"vp08", b"vp09", b"av01", b"mp4v"))
_SOUNDS = frozenset((b"mp4a", b"ac-3", b"ec-3", b"Opus", b"fLaC", b"alac"))
_CODECS = frozenset(
    (b"avcC", b"hvcC", b"vpcC", b"av1C", b"esds", b"pasp", b"colr", b"btrt", b"clap", b"fiel",
     b"dOps", b"dac3", b"dec3", b"dfLa", b"alac"),
)  # fmt: skip
_ENCODER, _ENCODER_SIZE = 50, 32
_PICTURE_ENTRY, _SOUND_ENTRY = 86, 36


def mp4(data: bytes) -> list[Part]:
    """Return the parts of a film or sound; one with other tracks (text, places) is refused."""
    found = [part for box in _boxes(data, 0, len(data)) for part in _box(data, *box, 0)]
    need(any(kind == b"moov" for kind, *_ in _boxes(data, 0, len(data))))
    return found


def _boxes(data: bytes, at: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """Yield kind, start, first byte of the content and stop of each box."""
    while at < end:
        need(at + 8 <= end)
        size, kind, inner = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], at + 8
        if size == 1:
            size, inner = int.from_bytes(data[at + 8 : at + 16], "big"), at + 16
        elif size == 0:
            size = end - at
        need(size >= inner - at and at + size <= end)
        yield kind, at, inner, at + size
        at += size


def _box(data: bytes, kind: bytes, start: int, inner: int, stop: int, depth: int) -> list[Part]:
    if kind in _HOLDING:
        need(depth < _DEEPEST)
        held = [part for box in _boxes(data, inner, stop) for part in _box(data, *box, depth + 1)]
        return [Part(Fate.NEEDED, start, inner), *held]
    if kind == b"mdat":
        return [Part(Fate.NEEDED, start, inner), Part(Fate.CODED, inner, stop)]
    if kind in _NEEDED:
        return [Part(Fate.NEEDED, start, stop)]
    if kind in _TIMED:
        size = 16 if data[inner] else 8
        return _zeroed(data, "time", start, inner + 4, inner + 4 + size, stop)
    if kind in _FREE:
        return _zeroed(data, "free", start, inner, stop, stop)
    if kind == b"hdlr":
        _handler(data[inner:stop])
        return _zeroed(data, "handler", start, inner + 24, stop, stop)
    if kind == b"dref":
        # Samples that lie in another file are told of by its path.
        for _, at, content, after in _boxes(data, inner + 8, stop):
            need(after - at == 12 and data[content:after] == b"\0\0\0\1")
        return [Part(Fate.NEEDED, start, stop)]
    if kind == b"stsd":
        entries = [one for box in _boxes(data, inner + 8, stop) for one in _entry(data, *box)]
        return [Part(Fate.NEEDED, start, inner + 8), *entries]
    return _freed(data, _TOLD.get(kind, "box"), start, inner, stop)


def _zeroed(data: bytes, name: str, start: int, first: int, last: int, stop: int) -> list[Part]:
    """Return a box of which the bytes from `first` to `last` go, unless they are zeros."""
    need(first <= last <= stop)
    blank = bytes(last - first)
    if data[first:last] == blank:
        return [Part(Fate.NEEDED, start, stop)]
    return [
        Part(Fate.NEEDED, start, first),
        Part(Fate.BESIDE, first, last, name, blank),
        Part(Fate.NEEDED, last, stop),
    ]


def _freed(data: bytes, name: str, start: int, inner: int, stop: int) -> list[Part]:
    """Return a box that becomes free space."""
    head = data[start : start + 4] + b"free" + data[start + 8 : inner]
    return [Part(Fate.BESIDE, start, stop, name, head + bytes(stop - inner))]


def _handler(content: bytes) -> None:
    """Refuse a track that is neither picture nor sound: it may tell places or texts."""
    component, kind = content[4:8], content[8:12]
    need(kind in {b"vide", b"soun"} or (component == b"dhlr" and kind in {b"alis", b"url "}))
    need(len(content) >= 24)


def _entry(data: bytes, kind: bytes, start: int, inner: int, stop: int) -> list[Part]:
    """Return the parts of what says how samples are coded."""
    need(inner == start + 8)
    if kind in _PICTURES:
        content = start + _PICTURE_ENTRY
        first = start + _ENCODER
        head = _zeroed(data, "encoder", start, first, first + _ENCODER_SIZE, content)
    else:
        # Sounds as QuickTime 4 describes them go on differently.
        need(kind in _SOUNDS and data[start + 16 : start + 18] == b"\0\0")
        content = start + _SOUND_ENTRY
        head = [Part(Fate.NEEDED, start, content)]
    need(content <= stop)
    for known, at, inside, after in _boxes(data, content, stop):
        if known in _CODECS:
            # A colour profile can name the device.
            need(known != b"colr" or data[inside : inside + 4] in {b"nclx", b"nclc"})
            head.append(Part(Fate.NEEDED, at, after))
        elif known in _FREE:
            head += _zeroed(data, "free", at, inside, after, after)
        else:
            head += _freed(data, "box", at, inside, after)
    return head
