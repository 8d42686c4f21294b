"""Bytes of a text file as characters, with the way back to the same bytes.

Order of trial: byte-order mark, strict UTF-8, the encoding the user names, windows-1252.
Statistical guessing is left out: it takes short western texts for central European ones.
"""

from __future__ import annotations

import codecs
import unicodedata
from dataclasses import dataclass, field

from anonymize.errors import FormatError, UsageError
from anonymize.model.documents import Problem

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte-order marks; that of UTF-32-LE begins like that of UTF-16-LE and is asked first."""

FALLBACK = "cp1252"
GUESSED = "encoding-cp1252"
"""Code of the problem that says the fallback was used."""


@dataclass(frozen=True, slots=True)
class Charset:
    """How the characters of a file are written.

    Attributes:
        codec: Python's name of an encoding without byte-order mark.
        bom: The byte-order mark the file begins with; empty for none.
        guessed: Whether the fallback was used because nothing else fitted.
    """

    codec: str
    bom: bytes = b""
    guessed: bool = False


@dataclass(frozen=True, slots=True)
class Text:
    """A decoded file.

    Attributes:
        content: Its characters.
        charset: How they are written.
        problems: What to know of the decoding.
    """

    content: str = field(repr=False)
    charset: Charset
    problems: tuple[Problem, ...] = ()


def is_binary(head: bytes) -> bool:
    """Whether the first bytes of a file hold NUL and no byte-order mark explains it."""
    return b"\0" in head and not any(head.startswith(mark) for mark, _ in BOMS)


def codec_of(name: str) -> str:
    """Return the codec without byte-order mark of the encoding a user names.

    Raises:
        UsageError: If Python knows no such text encoding.
    """
    try:
        "a".encode(name)
        found = codecs.lookup(name).name
    except (LookupError, UnicodeError, ValueError):
        raise UsageError("--encoding: not an encoding Python knows") from None
    return {"utf-8-sig": "utf-8", "utf-16": "utf-16-le", "utf-32": "utf-32-le"}.get(found, found)


def candidates(head: bytes, encoding: str | None) -> tuple[Charset, ...]:
    """Return the charsets to try, in order, for a file that begins with `head`.

    Raises:
        UsageError: If `encoding` is none Python knows.
    """
    for mark, codec in BOMS:
        if head.startswith(mark):
            return (Charset(codec, mark),)
    named = (Charset(codec_of(encoding)),) if encoding else ()
    return (Charset("utf-8"), *named, Charset(FALLBACK, guessed=True))


def decode_bytes(data: bytes, label: str, encoding: str | None = None) -> Text:
    """Return the text of a whole file.

    Raises:
        FormatError: If no encoding fits, or if the bytes would not come back the same.
        UsageError: If `encoding` is none Python knows.
    """
    for charset in candidates(data, encoding):
        body = data[len(charset.bom) :]
        try:
            content = body.decode(charset.codec)
        except UnicodeError:
            continue
        if content.encode(charset.codec) == body:
            return Text(content, charset)
    raise FormatError(f"{label}: not text in a known encoding; say which with --encoding")


def encode_text(text: str, codec: str) -> bytes:
    """Return `text` in `codec`; a letter the codec lacks is written plain, or as `?`.

    Only new words can lack: a surrogate name with a letter the file's encoding does not have.
    """
    try:
        return text.encode(codec)
    except UnicodeEncodeError:
        return b"".join(_encode_char(char, codec) for char in text)


def _encode_char(char: str, codec: str) -> bytes:
    try:
        return char.encode(codec)
    except UnicodeEncodeError:
        plain = unicodedata.normalize("NFKD", char).encode("ascii", "ignore") or b"?"
        return plain.decode("ascii").encode(codec)
