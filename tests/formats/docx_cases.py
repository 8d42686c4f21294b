"""Word-processing documents written by hand."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping
from xml.sax.saxutils import escape

_OFFICE = "http://schemas.openxmlformats.org/"
_MS = "http://schemas.microsoft.com/office/"
_DOCUMENT = _OFFICE + "officeDocument/2006/relationships/"
SPACES = {
    "w": _OFFICE + "wordprocessingml/2006/main",
    "r": _OFFICE + "officeDocument/2006/relationships",
    "wp": _OFFICE + "drawingml/2006/wordprocessingDrawing",
    "a": _OFFICE + "drawingml/2006/main",
    "pic": _OFFICE + "drawingml/2006/picture",
    "mc": _OFFICE + "markup-compatibility/2006",
    "wps": _MS + "word/2010/wordprocessingShape",
    "w14": _MS + "word/2010/wordml",
    "w15": _MS + "word/2012/wordml",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "w10": "urn:schemas-microsoft-com:office:word",
    "c": _OFFICE + "drawingml/2006/chart",
}
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in SPACES.items())
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WML = "application/vnd.openxmlformats-officedocument.wordprocessingml."


def root(name: str, content: str, more: str = "") -> str:
    """Return a part of one element in the namespaces of a document."""
    return f'{HEAD}<{name} {DECLARED} mc:Ignorable="w14 w15"{more}>{content}</{name}>'


def run(text: str, properties: str = "") -> str:
    """Return a run of text."""
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def para(*content: str, properties: str = "") -> str:
    """Return a paragraph of text or of markup."""
    inner = "".join(one if one.startswith("<") else run(one) for one in content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def rels(*entries: tuple[str, str, str, bool]) -> str:
    """Return relationships: id, last word or URI of the type, target, whether it is outside."""
    outside = ' TargetMode="External"'
    lines = "".join(
        f'<Relationship Id="{escape(own)}" Type="{kind if ":" in kind else _DOCUMENT + kind}" '
        f'Target="{escape(target)}"{outside if out else ""}/>'
        for own, kind, target, out in entries
    )
    return (
        f'{HEAD}<Relationships xmlns="{_OFFICE}package/2006/relationships">{lines}</Relationships>'
    )


def types(overrides: Mapping[str, str]) -> str:
    """Return content types: by path of the part."""
    defaults = {
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
        "png": "image/png",
        "jpeg": "image/jpeg",
        "bin": "application/vnd.openxmlformats-officedocument.oleObject",
    }
    lines = "".join(
        f'<Default Extension="{suffix}" ContentType="{said}"/>' for suffix, said in defaults.items()
    ) + "".join(
        f'<Override PartName="/{name}" ContentType="{said}"/>' for name, said in overrides.items()
    )
    return f'{HEAD}<Types xmlns="{_OFFICE}package/2006/content-types">{lines}</Types>'


def png(words: str = "") -> bytes:
    """Return a small red picture with words in it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = b"".join(b"\0" + b"\xd0\x20\x20" * 8 for _ in range(8))
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 8, 8, 8, 2, 0, 0, 0))
    said = chunk(b"tEXt", b"Author\0" + words.encode("latin-1"))
    body = chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + head + said + body


def pack(parts: Mapping[str, str | bytes]) -> bytes:
    """Return the package of parts, dated as zips are."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2021, 5, 4, 10, 30, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return sink.getvalue()


def simple(*paragraphs: str, more: Mapping[str, str | bytes] | None = None) -> bytes:
    """Return a document of paragraphs and nothing else, but what `more` adds."""
    body = "".join(one if one.startswith("<") else para(one) for one in paragraphs)
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": types({"word/document.xml": _WML + "document.main+xml"}),
        "_rels/.rels": rels(("rId1", "officeDocument", "word/document.xml", False)),
        "word/document.xml": root("w:document", f"<w:body>{body}<w:sectPr/></w:body>"),
    }
    return pack(parts | dict(more or {}))
