"""The folded form of whole windows of text, fast: what `model.folding.fold` gives, no origins."""

from __future__ import annotations

import re

from anonymize.model.folding import fold

_FOREIGN = re.compile(r"[^\x00-\x7f]+")


class _Table(dict[int, str]):
    """What each code point folds to, asked of `fold` itself, so that the two cannot part."""

    def __missing__(self, code: int) -> str:
        # Between two letters nothing is swallowed: " a" + piece + "b ".
        piece = fold(f"a{chr(code)}b").text[2:-2]
        self[code] = piece
        return piece


_TABLE = _Table()


def folded(text: str) -> str:
    """Return `fold(text).text`.

    Folding looks at one character at a time, so a translation table does it; for ASCII the
    interpreter keeps such a table in an array (some 100 MB/s against 4).

    >>> folded("@José_Ángel!")
    ' jose angel '
    """
    plain = text
    if not text.isascii():
        # Mostly-Latin text becomes ASCII by its few other characters, and then takes the fast way.
        plain = _FOREIGN.sub(_translate, text)
    plain = plain.translate(_TABLE) if plain.isascii() else text.translate(_TABLE)
    words = " ".join(plain.split())
    return f" {words} " if words else " "


def _translate(match: re.Match[str]) -> str:
    return match.group().translate(_TABLE)
