"""Decoders: the ways a text can stand in a file without being spelt out."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

_SURROGATES = re.compile("[\ud800-\udfff]")
_LONG = 24
"""Characters from which a run is taken for base64 or hex; 18 bytes of content."""


@dataclass(frozen=True, slots=True)
class Decoder:
    """One way of reading escapes.

    Attributes:
        name: In the names of views.
        mark: A character without which nothing is escaped; empty when there is none.
        pattern: What is escaped.
        plain: What a match stands for.
        keeps: Whether the text between matches is part of the reading.
    """

    name: str
    mark: str
    pattern: re.Pattern[str]
    plain: Callable[[str], str]
    keeps: bool = True

    def read(self, text: str) -> str | None:
        """Return `text` decoded; None when nothing in it is escaped."""
        if self.mark and self.mark not in text:
            return None
        if not self.keeps:
            return "".join(plain for _, _, plain in self._pieces(text)) or None
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


def _json(escape: str) -> str:
    kind = escape[1]
    if kind == "u" and len(escape) == 12:
        return bytes.fromhex(escape[2:6] + escape[8:]).decode("utf-16-be")
    if kind in "ux" and len(escape) > 2:
        return chr(int.from_bytes(bytes.fromhex(escape[2:]), "big"))
    return _SHORT_ESCAPES.get(kind, kind)


def _percent(run: str) -> str:
    return unquote_to_bytes(run).decode("utf-8", "surrogateescape")


def _packed(run: str) -> str:
    """Return what a long run may stand for, each reading on a line of its own."""
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
    for reading in readings:
        # UTF-16 of ASCII, either order, becomes ASCII by losing its NULs.
        bare = reading.replace(b"\0", b"")
        for text in dict.fromkeys((reading, bare)):
            out += [run.decode("utf-8", "surrogateescape") for run in _TEXT.findall(text)]
    return "\n" + "\n".join(out) + "\n" if out else ""


def _unpack(letters: str) -> bytes:
    usable = letters[: len(letters) - 1] if len(letters) % 4 == 1 else letters
    try:
        return base64.b64decode(usable + "=" * (-len(usable) % 4))
    except binascii.Error:
        return b""


# Twelve characters of text in a row, in UTF-8: a digest holds that once in some ten thousand,
# so that no name of three letters is read out of it, and what is packed holds more.
_TEXT = re.compile(
    rb"(?:[\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}"
    rb"|[\xf0-\xf4][\x80-\xbf]{3}){12,}",
)
_HEX = re.compile(r"[0-9a-f]+|[0-9A-F]+")
_NOT_PACKED = {
    code: " "
    for code in range(128)
    if chr(code) not in "+/_-" and not (chr(code).isalnum() and chr(code).isascii())
}


def has_long_words(text: str) -> bool:
    """Whether a run of base64 letters is long enough; ten times as fast as the pattern."""
    return max(map(len, text.translate(_NOT_PACKED).split()), default=0) >= _LONG


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
PERCENT = Decoder("percent", "%", re.compile(r"(?:%[0-9a-fA-F]{2})+"), _percent)  # RFC 3986 §2.1
HTML = Decoder(
    "html",
    "&",
    re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?"),
    html.unescape,
)
PACKED = Decoder(
    "base64",
    "",
    # RFC 4648 §4 and §5, wrapped at 60 to 76 characters (RFC 2045 §6.8) or not.
    re.compile(
        r"(?:[A-Za-z0-9+/]{60,76}\r?\n)++[A-Za-z0-9+/]{0,76}={0,2}"
        rf"|[A-Za-z0-9+/_-]{{{_LONG},}}={{0,2}}",
    ),
    _packed,
    keeps=False,
)
NULS = Decoder("nul", "\0", re.compile("\0+"), lambda _: "")
"""UTF-16 and UTF-32 of ASCII, in any order and at any alignment."""

_TAG = re.compile("<[^<>]*>")
TAGS = Decoder("tags", "<", _TAG, lambda _: "")
"""XML without its tags: a name may be cut into runs of text (`Ja</w:t>…<w:t>ne`)."""
GAPS = Decoder("gaps", "<", _TAG, lambda _: " ")
"""XML with blanks for its tags: a name may be parted by a tab or line break (`<w:br/>`)."""
_XML = re.compile(r"\A\ufeff?<\?xml\s|</[A-Za-z][\w.-]*:[\w.-]+\s*>")


def is_xml(text: str) -> bool:
    """Whether a text begins as XML does or has tags with prefixes, as documents have."""
    return "<" in text and _XML.search(text) is not None


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
