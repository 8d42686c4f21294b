from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.model import media
from anonymize.model.media_parts import DamagedMediaError, Fate
from tests import media_cases
from tests.media_cases import MEDIA, WORD, box, segment


def cleaned(data: bytes) -> bytes:
    """Return a file without what stands beside the picture."""
    found = media.parts(data)
    gone = {at for at, one in enumerate(found) if one.fate is Fate.BESIDE}
    return media.without(data, found, gone)


@pytest.mark.parametrize("kind", MEDIA)
def test_what_stands_beside_goes_and_all_else_stays(kind: str) -> None:
    """The cleaned file is, byte for byte, the one that never had anything beside its picture."""
    full, bare = MEDIA[kind](WORD), MEDIA[kind](b"")
    assert WORD in full
    assert media.kind_of(full) == kind
    assert cleaned(full) == bare
    assert not media.is_clean(media.parts(full))
    assert media.is_clean(media.parts(bare))
    assert cleaned(bare) == bare


@pytest.mark.parametrize("kind", MEDIA)
def test_nothing_taken_out_gives_the_file_back(kind: str) -> None:
    """The parts are the whole file, in order, and what may go has a name of this package."""
    data = MEDIA[kind](WORD)
    found = media.parts(data)
    assert media.without(data, found, ()) == data
    assert all(one.name.isalnum() for one in found if one.fate is Fate.BESIDE)


@pytest.mark.parametrize("kind", MEDIA)
@pytest.mark.parametrize("keep", [3, 20, -30, -1])
def test_a_file_cut_short_is_refused(kind: str, keep: int) -> None:
    """Half a file is not published: what is missing was not looked at."""
    bare = MEDIA[kind](b"")
    with pytest.raises(DamagedMediaError):
        media.parts(bare[:keep])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"%PDF-1.4",
        media_cases.mp4(b"", b"text"),
        media_cases.mp4(b"", b"meta"),
        media_cases.mp4(b"").replace(b"\0\0\0\x0curl \0\0\0\1", b"\0\0\0\x0curl \0\0\0\0"),
        media_cases.mp4(b"").replace(b"avc1", b"tx3g"),
        box(b"ftyp", b"heic\0\0\0\0") + box(b"meta", b"x") + box(b"mdat", b"x"),
        media_cases.jpeg(b"").replace(segment(0xDB, bytes(65)), segment(0xF7, bytes(65))),
        media_cases.png(b"").replace(b"pHYs", b"PHYs"),
        media_cases.gif(b"").replace(b"\x21\xf9", b"\x21\x42"),
        media_cases.webp(b"").replace(b"VP8L", b"EXIF"),
    ],
)
def test_what_is_not_understood_is_refused(data: bytes) -> None:
    """Other files, tracks of text or places, samples elsewhere and unknown parts do not pass."""
    with pytest.raises(DamagedMediaError):
        media.parts(data)


@given(st.sampled_from(sorted(MEDIA)), st.data())
def test_no_damage_ends_otherwise_than_in_a_refusal(kind: str, draw: st.DataObject) -> None:
    """A file with any bytes changed is refused or cleaned; cleaned, it is clean."""
    data = bytearray(MEDIA[kind](WORD))
    for _ in range(draw.draw(st.integers(1, 4))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    with contextlib.suppress(DamagedMediaError):
        again = cleaned(bytes(data))
        assert cleaned(again) == again
