"""Runs of letters that may be base64 or hex, and what they may stand for."""

from __future__ import annotations

import base64
import binascii
import re
import string
from collections.abc import Container, Iterator
from typing import TYPE_CHECKING

from anonymize.verify.stretches import codes_of, mask, stretches, table

if TYPE_CHECKING:
    from anonymize.verify.stretches import Codes, Places

_LONG = 24
"""Characters from which a run is taken for base64 or hex; 18 bytes of content."""
_LINE = 60
PATTERN = re.compile(
    # RFC 4648 §4 and §5, wrapped at 60 to 76 characters (RFC 2045 §6.8) or not.
    rf"(?:[A-Za-z0-9+/]{{{_LINE},76}}\r?\n)++[A-Za-z0-9+/]{{0,76}}={{0,2}}"
    rf"|[A-Za-z0-9+/_-]{{{_LONG},}}={{0,2}}",
)
_TEXT_LENGTH = 12
# Twelve characters of text in a row, in UTF-8: a digest holds that once in some ten thousand,
# so that no name of three letters is read out of it, and what is packed holds more.
_TEXT = re.compile(
    rb"(?:[\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}"
    rb"|[\xf0-\xf4][\x80-\xbf]{3}){12,}",
)
_HEX = re.compile(r"[0-9a-f]+|[0-9A-F]+")


def reading(run: str) -> str:
    """Return what a match of `PATTERN` may stand for, each reading on a line of its own."""
    words = "".join(run.split())
    readings: list[bytes] = []
    if _HEX.fullmatch(words):
        readings.append(bytes.fromhex(words[: len(words) // 2 * 2]))
        readings.append(bytes.fromhex(words[1 : 1 + (len(words) - 1) // 2 * 2]))
    else:
        letters = words.rstrip("=").replace("-", "+").replace("_", "/")
        # A path or a sentence may run into the first quartet: every alignment is tried.
        parts = [letters[shift:] for shift in range(4)]
        parts += [part for part in letters.split("/") if _LONG <= len(part) < len(letters)]
        readings += [_unpack(part) for part in parts]
    out: list[str] = []
    for one in readings:
        # UTF-16 of ASCII, either order, becomes ASCII by losing its NULs.
        bare = one.replace(b"\0", b"")
        for text in dict.fromkeys((one, bare)):
            out += [run.decode("utf-8", "surrogateescape") for run in _TEXT.findall(text)]
    return "\n" + "\n".join(out) + "\n" if out else ""


def _unpack(letters: str) -> bytes:
    usable = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
    try:
        return base64.b64decode(usable + "=" * (-len(usable) % 4))
    except binascii.Error:
        return b""


_ALPHABET = string.ascii_uppercase + string.ascii_lowercase + string.digits + "+/"
_LETTERS = table(_ALPHABET + "-_")
_NONE = 255


def _values(*alphabets: str) -> bytes:
    """Return a table of the value of each letter, in whichever alphabet it is."""
    return bytes(
        next((a.index(chr(code)) for a in alphabets if chr(code) in a), _NONE)
        for code in range(256)
    )


_SIXES = _values(_ALPHABET, _ALPHABET.replace("+/", "-_"))
_FOURS = _values("0123456789abcdef", "0123456789ABCDEF")


def _among(codes: Container[int]) -> bytes:
    return bytes(code in codes for code in range(256))


_PRINTABLE = _among(range(0x20, 0x7F))
_LEADS = _among(range(0xC2, 0xF5))
_FOLLOWS = _among(range(0x80, 0xC0))


def worth_reading(text: str) -> list[str]:
    """Return the matches of `PATTERN` in `text`, but for many that `reading` gives nothing for.

    A shared folder is full of digests and of long words, thousands in each window.  All are
    unpacked together here, and only those that hold twelve bytes in a row that may be text are
    worth the exact reading.
    """
    import numpy as np

    starts, ends = stretches(mask(text, _LETTERS), _LONG)
    codes = np.frombuffer(codes_of(text) + b"  ", dtype=np.uint8)
    after = codes[ends]
    if ((ends - starts >= _LINE) & ((after == ord("\n")) | (after == ord("\r")))).any():
        return PATTERN.findall(text)
    padding = (after == ord("=")) * (1 + (codes[ends + 1] == ord("=")))
    stops = (ends + padding).tolist()
    found = [text[start:stop] for start, stop in zip(starts.tolist(), stops, strict=True)]
    in_hex = [number for number, run in enumerate(found) if _HEX.fullmatch(run)]
    others = sorted(set(range(len(found))).difference(in_hex))
    worth: set[int] = set()
    for numbers, unpack in ((in_hex, _in_hex), (others, _in_base64)):
        # What parts them is in neither alphabet, so that nothing is read across two.
        joined = "".join([f"{found[number]}\n" for number in numbers]).encode()
        letters = np.frombuffer(joined, dtype=np.uint8)
        parted = np.flatnonzero(letters == ord("\n"))
        for places in unpack(letters):
            worth.update(numbers[n] for n in np.searchsorted(parted, places).tolist())
    return [found[number] for number in sorted(worth)]


def _through(values: bytes, codes: Codes) -> Codes:
    import numpy as np

    return np.frombuffer(bytearray(codes.tobytes().translate(values)), dtype=np.uint8)


def _in_hex(codes: Codes) -> Iterator[Places]:
    """Yield for each alignment the digits at which something that may be text begins."""
    import numpy as np

    fours = _through(_FOURS, codes)
    for shift in range(2):
        high, low = (fours[shift + n :][: (len(fours) - shift) // 2 * 2 : 2] for n in range(2))
        data = np.bitwise_or(np.left_shift(high, 4, dtype=np.uint8), low, dtype=np.uint8)
        data[(high | low) > 15] = _NONE
        yield _may_be_text(data) * 2 + shift


def _in_base64(codes: Codes) -> Iterator[Places]:
    """Yield for each alignment the letters at which something that may be text begins."""
    import numpy as np

    sixes = np.concatenate([_through(_SIXES, codes), np.full(7, _NONE, dtype=np.uint8)])
    for shift in range(4):
        quartets = sixes[shift : shift + (len(sixes) - shift) // 4 * 4].reshape(-1, 4)
        before, behind = quartets[:, :3], quartets[:, 1:]
        left = np.left_shift(before, np.array((2, 4, 6), np.uint8), dtype=np.uint8)
        right = np.right_shift(behind, np.array((4, 2, 0), np.uint8), dtype=np.uint8)
        data = np.bitwise_or(left, right, dtype=np.uint8)
        data[(before | behind) > 63] = _NONE
        places = _may_be_text(data.reshape(-1))
        yield places // 3 * 4 + places % 3 + shift


def _may_be_text(data: Codes) -> Places:
    """Return where the bytes begin that `_TEXT` might match if the NULs were not there.

    All the bytes of its matches are printable, or lead others of UTF-8, or follow one.
    """
    import numpy as np

    kept = np.flatnonzero(data)
    bare = data[kept].tobytes()
    text, leads, follows = (
        np.frombuffer(bytearray(bare.translate(sort)), dtype=np.bool_)
        for sort in (_PRINTABLE, _LEADS, _FOLLOWS)
    )
    text[:-1] |= leads[:-1] & follows[1:]
    text[1:] |= follows[1:] & (leads[:-1] | follows[:-1])
    starts, _ = stretches(text, _TEXT_LENGTH)
    return kept[starts]
