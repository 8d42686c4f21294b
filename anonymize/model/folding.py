"""The form of a text in which identifiers are compared: words, whatever their dress.

Both the search before replacing (`detect.known`) and the search after writing
(`verify.leaks`) compare in this form, so that one never asks for what the other cannot see.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

# Letters that canonical decomposition leaves whole, with their usual plain spelling.
_PLAIN = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ŧ": "t"},
)
_ASCII_WORD = re.compile(r"[0-9A-Za-z]+")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as lower-case words between single blanks, a blank at each end.

    Attributes:
        text: The folded text, such as `" jane o neil "`.
        origins: For each code point of `text`, the position in the original it came from;
            for a blank, that of the first character it stands for.
    """

    text: str = field(repr=False)
    origins: Sequence[int]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the original stretch of the folded code points `start` to `end`.

        Marks and invisible characters behind the last letter belong to it.
        """
        last = self.origins[end - 1] + 1
        if end < len(self.text) and self.text[end] == " ":
            last = max(last, self.origins[end])
        return self.origins[start], last


def _ignorable(char: str) -> bool:
    """Whether a character is invisible or a mark upon another."""
    return unicodedata.category(char) in {"Mn", "Me", "Cf"}


def fold(text: str) -> Folded:
    """Return `text` case-folded, without diacritics and invisible characters, as words.

    Compatibility forms (full-width, mathematical letters) become plain ones (Unicode
    NFKD); every run of other characters than letters and digits becomes one blank.

    >>> fold("@José_Ángel!").text
    ' jose angel '
    """
    return _fold_ascii(text) if text.isascii() else _fold_any(text)


def _fold_ascii(text: str) -> Folded:
    """Fold as `_fold_any` does, a word at a time."""
    out = [""]
    origins = [0]
    for word in _ASCII_WORD.finditer(text):
        start, end = word.span()
        out.append(word.group())
        origins += range(start, end + 1)
    out.append("")
    return Folded(" ".join(out).lower() if len(out) > 2 else " ", origins)


def _fold_any(text: str) -> Folded:
    out: list[str] = [" "]
    origins: list[int] = [0]
    for at, char in enumerate(text):
        if char.isascii():
            plain = char.lower()
        elif _ignorable(char):
            continue
        else:
            plain = _plain(char)
        for piece in plain:
            if piece.isalnum():
                out.append(piece)
                origins.append(at)
            elif _ignorable(piece):
                continue
            elif out[-1] != " ":
                out.append(" ")
                origins.append(at)
    if out[-1] != " ":
        out.append(" ")
        origins.append(len(text))
    return Folded("".join(out), origins)


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    # Folding case may compose and composing may restore case: thrice is enough.
    plain = unicodedata.normalize("NFKD", char.casefold()).casefold()
    return unicodedata.normalize("NFKD", plain).translate(_PLAIN)


def words(text: str) -> str:
    """Return the folded words of `text` without the outer blanks.

    >>> words("O'Neil, Jane")
    'o neil jane'
    """
    if text.isascii():
        return " ".join(_ASCII_WORD.findall(text.lower()))
    return _fold_any(text).text.strip()


def cased(text: str, change: Callable[[str], str]) -> str:
    """Return a text in another case, as long as before: letters that would grow stay.

    >>> cased("Weiß", str.upper)
    'WEIß'
    """
    return "".join(new if len(new := change(char)) == 1 else char for char in text)
