"""Interviews of which only the text can be shared: RTF and PDF become plain text.

Neither can be changed in place: a PDF keeps former texts beside the present one, and both hold
properties, comments, pictures and attachments in many places.  So the words are taken out and
treated as a plain transcript, and everything else stays behind.  That is said for every file.
"""

from __future__ import annotations

import contextlib
import io
import logging
from collections.abc import Iterator
from dataclasses import replace

import regex

from anonymize.errors import EngineError, FormatError
from anonymize.formats.base import Source
from anonymize.formats.charset import Charset, Text
from anonymize.formats.plain import FORMAT as PLAIN
from anonymize.formats.spoken import Spoken
from anonymize.model.documents import Problem

TEXT_ONLY = "text-only"
"""Code of the problem that says layout, pictures, comments and properties were left behind."""
PICTURED = "page-without-text"
"""Code of the problem that a page holds pictures and no text, so that nothing of it is shared."""
MAX_PAGES = 2_000
_RTF = b"{\\rtf"
_PDF = b"%PDF-"
_PDF_WITHIN = 1024
"""The mark may stand this far in (PDF 1.7 reference, appendix H, note 13)."""

_LINE_END = regex.compile(r"\r\n|[\r\x85\u2028\u2029]")
_BROKEN = regex.compile(r"(?<=\p{L})(?:-|\u2010|\u00ad)\n(?=\p{Ll})")
"""A word cut at the end of a line: searched whole, or a name could hide in its halves."""
_ILLEGAL = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_MARK = regex.compile(
    rb"\\[\\{}]|(?P<brace>[{}])|(?P<raw>\\bin\d)"
    rb"|(?P<hidden>\\(?:deleted|v))(?![a-zA-Z]|-?0)",
)
"""Groups; raw bytes; text shown to nobody, which is tracked deletions and hidden text (Rich Text
Format 1.9.1, `bin`, `deleted`, `v`)."""
_DEPTH = 500
_FONTS = 4_000
"""Words of a font table that begin with an f: two or three a font."""


def _text(content: str, notes: tuple[Problem, ...] = ()) -> Text:
    """Return extracted text as a plain transcript in UTF-8."""
    content = _ILLEGAL.sub(" ", _LINE_END.sub("\n", content)).strip("\n")
    content = _BROKEN.sub("", content)
    told = (Problem(TEXT_ONLY, withheld=False), *notes)
    return Text(content + "\n" if content.strip() else "", Charset("utf-8"), told)


def rtf_text(data: bytes, label: str, encoding: str | None = None) -> Text:
    """Return the words of an RTF file.

    Args:
        data: The file.
        label: How messages name it.
        encoding: Of letters whose code page the file does not state.

    Raises:
        EngineError: If striprtf is missing.
        FormatError: If the file is damaged, or holds deleted or hidden text, which would come to
            light.
    """
    try:
        from striprtf.striprtf import font_table_group, rtf_to_text
    except ImportError:
        raise EngineError(
            f"{label}: RTF files need a package more: pip install 'anonymize[docs]'",
        ) from None
    _refuse(data, label)
    # striprtf looks through the whole table for every font of it.
    if font_table_group(data.decode("latin-1")).count("\\f") > _FONTS:
        raise FormatError(f"{label}: has a table of more than {_FONTS // 2} fonts")
    try:
        # The address behind a linked word stays behind; striprtf's search for it is slow.
        data = data.replace(b"\\fldinst", b"\\fldinst\n")
        content = rtf_to_text(data.decode("latin-1"), encoding or "cp1252", errors="strict")
        # Letters beyond the basic plane are written as two halves.
        content = content.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    except (UnicodeError, LookupError, ValueError, OverflowError, RecursionError, IndexError):
        raise FormatError(f"{label}: damaged RTF, or in a code page nobody knows") from None
    return _text(content)


def _refuse(data: bytes, label: str) -> None:
    """Refuse an RTF file whose words alone cannot be told.

    Raises:
        FormatError: If it is one.
    """
    depth = 0
    for mark in _MARK.finditer(data):
        if mark["brace"]:
            depth += 1 if mark["brace"] == b"{" else -1
        elif mark["hidden"]:
            raise FormatError(
                f"{label}: holds deleted or hidden text, which would come to light; "
                "accept all changes, delete what is hidden, and save it again",
            )
        elif mark["raw"]:
            raise FormatError(f"{label}: holds raw bytes between its words; save it as .docx")
        if depth > _DEPTH:
            raise FormatError(f"{label}: is nested too deeply")


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep pypdf from telling what is wrong with a file: it may quote the file."""
    # Its modules have loggers of their own, which take their level from this one; one that is
    # only disabled would still pass on what they say.
    logger = logging.getLogger("pypdf")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


def pdf_text(data: bytes, label: str, _encoding: str | None = None) -> Text:
    """Return the words of a PDF file, page after page.

    Raises:
        EngineError: If pypdf is missing.
        FormatError: If the file is locked or damaged, or no page holds text.
    """
    try:
        from pypdf import PdfReader
        from pypdf.errors import FileNotDecryptedError, PyPdfError
    except ImportError:
        raise EngineError(
            f"{label}: PDF files need a package more: pip install 'anonymize[docs]'",
        ) from None
    # What pypdf raises on damaged files beside errors of its own.
    trouble = (
        *(PyPdfError, KeyError, ValueError, TypeError, AttributeError, IndexError),
        *(OSError, EOFError, RecursionError, ZeroDivisionError, NotImplementedError, MemoryError),
        *(OverflowError, AssertionError, LookupError),
    )
    pages: list[str] = []
    pictured: list[int] = []
    try:
        with _quiet():
            reader = PdfReader(io.BytesIO(data))
            if reader.is_encrypted:
                raise FormatError(f"{label}: is locked; save it without a password")
            if len(reader.pages) > MAX_PAGES:
                raise FormatError(f"{label}: has more than {MAX_PAGES} pages")
            for number, page in enumerate(reader.pages):
                words = page.extract_text()
                if words.strip():
                    pages.append(words.strip("\n"))
                elif "/XObject" in (page.get("/Resources") or {}):
                    pictured.append(number)
    except FileNotDecryptedError:
        raise FormatError(f"{label}: is locked; save it without a password") from None
    except trouble:
        raise FormatError(f"{label}: damaged PDF") from None
    if not pages:
        raise FormatError(f"{label}: holds no text; a scan has to be made text first")
    notes = tuple(Problem(PICTURED, record=number, field="page") for number in pictured)
    try:
        content = "\n\n".join(pages)
        content = content.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    except UnicodeError:
        raise FormatError(f"{label}: damaged PDF") from None
    return _text(content, notes)


def _is_rtf(source: Source) -> bool:
    return not source.folder and source.head.startswith(_RTF)


def _is_pdf(source: Source) -> bool:
    return not source.folder and _PDF in source.head[:_PDF_WITHIN]


RTF: Spoken = replace(
    PLAIN, name="rtf", suffixes=(".txt",), rank=80, is_one=_is_rtf, decode=rtf_text
)
PDF: Spoken = replace(
    PLAIN, name="pdf", suffixes=(".txt",), rank=81, is_one=_is_pdf, decode=pdf_text
)
