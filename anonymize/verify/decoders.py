"""Decoders: the ways a text can stand in a file without being spelt out."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from anonymize.verify import runs

_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Decoder:
    """One way of reading escapes.

    Attributes:
        name: In the names of views.
        mark: A character without which nothing is escaped; empty when there is none.
        pattern: What is escaped.
        plain: What a match stands for.
        keeps: Whether the text between matches is part of the reading.
        worth: Gives the matches without many that stand for nothing; None for a plain search.
    """

    name: str
    mark: str
    pattern: re.Pattern[str]
    plain: Callable[[str], str]
    keeps: bool = True
    worth: Callable[[str], list[str]] | None = None

    def read(self, text: str) -> str | None:
        """Return `text` decoded; None when nothing in it is escaped."""
        if self.mark and self.mark not in text:
            return None
        if not self.keeps:
            found = (self.worth or self.pattern.findall)(text)
            return "".join(map(self.plain, found)) or None
        plain, count = self.pattern.subn(self._replace, text)
        return plain if count else None

    def back(self, text: str, position: int) -> int:
        """Return where in `text` the code point `position` of its decoded form comes from."""
        at = out = 0
        for start, end, plain in self._pieces(text):
            if self.keeps:
                if out + start - at > position:
                    break
                out += start - at
            if out + len(plain) > position:
                return start
            out += len(plain)
            at = end
        return at + position - out

    def _replace(self, match: re.Match[str]) -> str:
        return self.plain(match.group())

    def _pieces(self, text: str) -> Iterator[tuple[int, int, str]]:
        for match in self.pattern.finditer(text):
            yield match.start(), match.end(), self.plain(match.group())


_SHORT_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "0": "\0"}


@lru_cache(maxsize=1 << 12)
def _json(escape: str) -> str:
    kind = escape[1]
    if kind == "u" and len(escape) == 12:
        return bytes.fromhex(escape[2:6] + escape[8:]).decode("utf-16-be")
    if kind in "ux" and len(escape) > 2:
        return chr(int.from_bytes(bytes.fromhex(escape[2:]), "big"))
    return _SHORT_ESCAPES.get(kind, kind)


def _percent(run: str) -> str:
    return bytes.fromhex(run.replace("%", "")).decode("utf-8", "surrogateescape")


@lru_cache(maxsize=1 << 12)
def _html(reference: str) -> str:
    return html.unescape(reference)


JSON = Decoder(
    "json",
    "\\",
    # RFC 8259 §7, and the hexadecimal and short escapes of JavaScript.
    re.compile(
        r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
        r"|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[\"'\\/bfnrtv0])",
    ),
    _json,
)
PERCENT = Decoder(
    "percent",
    "%",
    re.compile(r"%[0-9a-fA-F]{2}(?:%[0-9a-fA-F]{2})*"),  # RFC 3986 §2.1
    _percent,
)
HTML = Decoder(
    "html",
    "&",
    re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?"),
    _html,
)
PACKED = Decoder(
    "base64",
    "",
    runs.PATTERN,
    runs.reading,
    keeps=False,
    worth=runs.worth_reading,
)
NULS = Decoder("nul", "\0", re.compile("\0+"), lambda _: "")
"""UTF-16 and UTF-32 of ASCII, in any order and at any alignment."""

_TAG = re.compile("<[^<>]*>")
TAGS = Decoder("tags", "<", _TAG, lambda _: "")
"""XML without its tags: a name may be cut into runs of text (`Ja</w:t>…<w:t>ne`)."""
GAPS = Decoder("gaps", "<", _TAG, lambda _: " ")
"""XML with blanks for its tags: a name may be parted by a tab or line break (`<w:br/>`)."""
_XML_BEGINS = re.compile(r"\ufeff?<\?xml\s")
_XML_TAG = re.compile(r"</[A-Za-z][\w.-]*:[\w.-]+\s*>")


def is_xml(text: str) -> bool:
    """Whether a text begins as XML does or has tags with prefixes, as documents have."""
    return _XML_BEGINS.match(text) is not None or _XML_TAG.search(text) is not None


ESCAPES = (JSON, HTML, PERCENT)

_LETTERS = (
    re.compile(r"\\[ux]"),
    re.compile(r"&(?!(?:amp|lt|gt|quot|apos|nbsp|#39|#34|#x27|#x2F);)[#A-Za-z]"),
    re.compile(r"%(?:3[0-9]|[4-7][0-9A-Fa-f]|[89A-Fa-f][0-9A-Fa-f])"),
)


def doubtful(text: str) -> bool:
    """Whether a text holds letters under escapes of two sorts."""
    return sum(letters.search(text) is not None for letters in _LETTERS) > 1


def _doubtful(line: str) -> str:
    return line if doubtful(line) else ""


DOUBTFUL = Decoder("", "", re.compile(r"[^\n]+\n?"), _doubtful, keeps=False)
"""The lines that hold letters under escapes of two sorts.

Only there does it matter which sort is undone: elsewhere undoing one too many changes no word
beside an identifier.
"""
