"""Pictures and films: which of their bytes show something, and which tell of who made them.

`parts` takes a file apart without decoding it, so that taking out what stands beside the picture
(EXIF, XMP, comments, places, names of devices, times) changes no pixel and no sound.  What it
does not understand is refused: it could hold anything.  What is *in* the picture (faces, voices,
a street sign) is not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

from anonymize.model.media_films import mp4
from anonymize.model.media_gif import gif
from anonymize.model.media_parts import DamagedMediaError, Fate, Part, need
from anonymize.model.media_pictures import jpeg, png, webp

MOST = 128 * 1024**2
"""Bytes of a file that is taken apart: it is held in memory, and films X shows are smaller."""
_READERS: Mapping[str, Callable[[bytes], list[Part]]] = {
    "jpg": jpeg,
    "png": png,
    "webp": webp,
    "gif": gif,
    "mp4": mp4,
}


def kind_of(head: bytes) -> str:
    """Return the usual suffix of a picture or film by its first bytes; empty for all else.

    >>> kind_of(b"GIF89a"), kind_of(b"%PDF")
    ('gif', '')
    """
    if head.startswith(b"\xff\xd8\xff"):
        return "jpg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    return "mp4" if head[4:8] == b"ftyp" else ""


def parts(data: bytes) -> tuple[Part, ...]:
    """Return the parts of a picture or film, in order and without gaps.

    Raises:
        DamagedMediaError: If it is none, is damaged, or holds what is not understood.
    """
    reader = _READERS.get(kind_of(data[:16]))
    if reader is None or len(data) > MOST:
        raise DamagedMediaError
    try:
        found = [one for one in reader(data) if one.start < one.stop]
    except IndexError:
        raise DamagedMediaError from None
    at = 0
    for one in found:
        need(one.start == at)
        at = one.stop
    need(at == len(data))
    return tuple(found)


def without(data: bytes, found: Sequence[Part], gone: Collection[int]) -> bytes:
    """Return a file without some of its parts.

    Args:
        data: The file.
        found: Its parts.
        gone: Positions in `found` of those that go.
    """
    return b"".join(
        one.instead if at in gone else data[one.start : one.stop] for at, one in enumerate(found)
    )


def is_clean(found: Sequence[Part]) -> bool:
    """Whether nothing stands beside what is shown."""
    return all(one.fate is not Fate.BESIDE for one in found)
