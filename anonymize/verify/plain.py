"""The folded form of whole windows of text, fast: what `model.folding.fold` gives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from anonymize.model.folding import fold
from anonymize.verify.stretches import stretches

if TYPE_CHECKING:
    from anonymize.verify.stretches import Mask, Places, Points

_BLANK = ord(" ")
_ASCII_END = 128


class _Table(dict[int, str]):
    """What each code point folds to, asked of `fold` itself, so that the two cannot part."""

    def __missing__(self, code: int) -> str:
        # Between two letters nothing is swallowed: " a" + piece + "b ".
        piece = fold(f"a{chr(code)}b").text[2:-2]
        self[code] = piece
        return piece


_TABLE = _Table()
# A character of ASCII becomes one; the bytes of others are none of ASCII's, and stay.
_ASCII = bytes(ord(_TABLE[code]) for code in range(_ASCII_END))
_ASCII += bytes(range(_ASCII_END, 256))


def folded(text: str) -> str:
    """Return `fold(text).text`.

    Folding looks at one character at a time, so a table does it (some 300 MB/s of ASCII).

    >>> folded("@José_Ángel!")
    ' jose angel '
    """
    import numpy as np

    letters = np.frombuffer(f" {_spelt(text)} ".encode().translate(_ASCII), dtype=np.uint8)
    return letters[_kept(letters != _BLANK)].tobytes().decode()


def origins(text: str) -> Places:
    """Return `fold(text).origins`, as an array of shape (code points of `folded(text)`,)."""
    import numpy as np

    lengths = np.ones(len(text), dtype=np.intp)
    points = _points(text)
    foreign = points >= _ASCII_END
    if foreign.any():
        sorts, which = np.unique(points[foreign], return_inverse=True)
        lengths[foreign] = np.array([len(_TABLE[code]) for code in sorts.tolist()])[which]
    places = np.concatenate([[0], np.repeat(np.arange(len(text)), lengths), [len(text)]])
    spelt = np.minimum(_points(f" {_spelt(text)} "), _ASCII_END)
    return places[_kept(np.frombuffer(_ASCII, dtype=np.uint8)[spelt] != _BLANK)]


def _spelt(text: str) -> str:
    """Return `text` with what it folds to for every character that is not of ASCII."""
    if text.isascii():
        return text
    parts: list[str] = []
    done = 0
    starts, ends = stretches(_points(text) >= _ASCII_END, 1)
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        parts += text[done:start], text[start:end].translate(_TABLE)
        done = end
    parts.append(text[done:])
    return "".join(parts)


def _points(text: str) -> Points:
    """Return the code points of a text."""
    import numpy as np

    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _kept(letter: Mask) -> Mask:
    """Return which characters are no blanks or the first of some."""
    kept = letter.copy()
    kept[0] = True
    kept[1:] |= letter[:-1]
    return kept
