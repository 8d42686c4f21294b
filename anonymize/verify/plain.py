"""The folded form of whole windows of text, fast: what `model.folding.fold` gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from anonymize.model.folding import fold

if TYPE_CHECKING:
    from anonymize.verify.stretches import Mask, Places

FOREIGN = re.compile(r"[^\x00-\x7f]+")
_BLANK = ord(" ")


class _Table(dict[int, str]):
    """What each code point folds to, asked of `fold` itself, so that the two cannot part."""

    def __missing__(self, code: int) -> str:
        # Between two letters nothing is swallowed: " a" + piece + "b ".
        piece = fold(f"a{chr(code)}b").text[2:-2]
        self[code] = piece
        return piece


_TABLE = _Table()
# A character of ASCII becomes one; bytes of what is not are none of ASCII's and stay.
_ASCII = bytes(ord(_TABLE[code]) for code in range(128)) + bytes(range(128, 256))


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

    codes = np.frombuffer(f" {_spelt(text)} ".encode("utf-32-le"), dtype=np.uint32)
    table = np.frombuffer(_ASCII, dtype=np.uint8)[:129] != _BLANK
    written = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    lengths = np.ones(len(written), dtype=np.intp)
    foreign = written > 127
    if foreign.any():
        sorts, which = np.unique(written[foreign], return_inverse=True)
        lengths[foreign] = np.array([len(_TABLE[code]) for code in sorts.tolist()])[which]
    begin = np.repeat(np.arange(len(written)), lengths)
    places = np.concatenate([[0], begin, [len(written)]])
    return places[_kept(table[np.minimum(codes, 128)])]


def _spelt(text: str) -> str:
    """Return `text` with what it folds to for every character that is not of ASCII."""
    return text if text.isascii() else FOREIGN.sub(_translate, text)


def _kept(letter: Mask) -> Mask:
    """Return which characters are no blanks or the first of some."""
    kept = letter.copy()
    kept[0] = True
    kept[1:] |= letter[:-1]
    return kept


def _translate(match: re.Match[str]) -> str:
    return match.group().translate(_TABLE)
