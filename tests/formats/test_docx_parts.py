"""Tests of the parts of word-processing documents: which stay, and under what names."""

from __future__ import annotations

from pathlib import Path

from anonymize.formats.docx import FORMAT
from anonymize.formats.docx_pictures import bare, blank
from anonymize.model.documents import Document, Problem
from anonymize.model.fields import Role
from tests.formats import docx_whole
from tests.formats.docx_cases import para, png, rels, root, simple, types
from tests.formats.test_docx import _same, body, read, rebuilt, shard_of, unpack, values


def test_parts_left_out(tmp_path: Path) -> None:
    """Left-out parts leave with their relationships, content types and what refers to them."""
    parts = rebuilt(read(tmp_path, docx_whole.everything()))
    assert sorted(parts) == sorted(
        ("[Content_Types].xml", "_rels/.rels", "docProps/app.xml", "docProps/core.xml",
         "word/_rels/document.xml.rels", "word/comments.xml", "word/document.xml",
         "word/fontTable.xml", "word/footer1.xml", "word/footnotes.xml", "word/header1.xml",
         "word/media/image1.png", "word/numbering.xml", "word/people.xml", "word/settings.xml",
         "word/styles.xml", "word/webSettings.xml"),
    )  # fmt: skip
    relations = parts["word/_rels/document.xml.rels"].decode()
    kept = {f"rId{n}" for n in (*range(1, 9), 20, 22, 25, 26, 29)}
    assert {one.split('"')[0] for one in relations.split('Id="')[1:]} == kept
    named = [
        one.split('"')[0] for one in parts["[Content_Types].xml"].decode().split('PartName="/')
    ]
    assert set(named[1:]) <= parts.keys()
    text = body(parts)
    assert [f"rId{n}" in text for n in (21, 23, 24)] == [False] * 3
    assert "OLEObject" not in text
    assert text.count("<w:drawing>") == 2


def test_a_part_nobody_knows(tmp_path: Path) -> None:
    """A part nobody knows withholds the document; asked for, it leaves with what leads to it."""
    kinds = {"word/document.xml": docx_whole._WML + "document.main+xml",
             "word/zz.xml": "application/x-zz+xml"}  # fmt: skip
    more: dict[str, str | bytes] = {
        "word/zz.xml": "<a>Jane</a>",
        "[Content_Types].xml": types(kinds),
        "word/_rels/document.xml.rels": rels(("rId5", "aFChunk", "zz.xml", False)),
    }
    data = simple("Hello.", '<w:altChunk r:id="rId5"/>', more=more)
    (found,) = FORMAT.read(shard_of(tmp_path / "a.docx", data))
    assert found == Problem("unknown-part", field="part 4")
    document = read(tmp_path, data, drop=True)
    assert [one.kind for one in document.fields if one.value == "word/zz.xml"] == ["unknown"]
    parts = rebuilt(document)
    assert "word/zz.xml" not in parts
    assert not any(b"zz" in one or b"rId5" in one for one in parts.values())


def test_pictures(tmp_path: Path) -> None:
    """A picture is grey unless a policy keeps it, and then says nothing besides what it shows."""
    document = read(tmp_path, docx_whole.everything())
    assert rebuilt(document)["word/media/image1.png"] == blank("png")
    kept = unpack(FORMAT.rebuild(document, _same(document)))["word/media/image1.png"]
    assert b"IDAT" in kept
    assert b"Tamsyn" in png("Tamsyn")
    assert b"Tamsyn" not in kept
    scan = b"\xff\xda\x00\x02ab\xff\x00c\xff\xd9"
    start = b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + b"\1" * 9
    exif = b"\xff\xe1\x00\x0cExif\0\0Jane"
    said = b"\xff\xfe\x00\x06Jane"
    out = bare("jpeg", start + exif + said + scan + b"Jane")
    assert out == b"\xff\xd8" + scan
    assert bare("jpeg", start + exif[:6]) == blank("jpeg")
    assert bare("png", png()[:-20]) == blank("png")
    assert bare("gif", b"GIF89a Jane") == blank("gif")


def test_names_of_parts(tmp_path: Path) -> None:
    """A part that somebody named is renamed wherever it is named."""
    more: dict[str, str | bytes] = {
        "word/media/jane roe.png": png(),
        "word/_rels/document.xml.rels": rels(("rIdJane", "image", "media/jane roe.png", False)),
    }
    drawing = '<w:r><w:pict><v:shape><v:imagedata r:id="rIdJane"/></v:shape></w:pict></w:r>'
    document = read(tmp_path, simple(para(drawing), more=more))
    parts = rebuilt(document, {"jane roe": "k3x", "rIdJane": "k7y"})
    assert "word/media/k3x.png" in parts
    assert b'Id="k7y"' in parts["word/_rels/document.xml.rels"]
    assert b'Target="media/k3x.png"' in parts["word/_rels/document.xml.rels"]
    assert 'r:id="k7y"' in body(parts)


def test_strict_documents_and_templates(tmp_path: Path) -> None:
    """The namespaces of strict documents mean the same, and a template stays one."""
    kind = {"word/document.xml": docx_whole._WML + "template.main+xml"}
    content = root("w:document", f"<w:body>{para('Jane went.')}<w:sectPr/></w:body>")
    old = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    new = "http://purl.oclc.org/ooxml/officeDocument/relationships"
    more: dict[str, str | bytes] = {
        "[Content_Types].xml": types(kind),
        "_rels/.rels": rels(("rId1", f"{new}/officeDocument", "/word/document.xml", False)),
        "word/document.xml": content.replace(old, new).replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
    }
    (found,) = FORMAT.read(shard_of(tmp_path / "a.dotx", simple(more=more)))
    assert isinstance(found, Document)
    assert values(found, Role.TEXT) == ["Jane went."]
    assert not [one for one in found.fields if one.kind == "unknown"]
    assert ".dotx" in FORMAT.suffixes
