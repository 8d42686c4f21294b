"""Files made to harm whoever reads them are refused before anything heavy is loaded."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from anonymize.run import engines
from tests.acceptance.running import call
from tests.formats import docx_cases, odt_cases

HEAD = '<?xml version="1.0"?>\n'
LAUGHS = (
    HEAD
    + '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 or str()};" * 10}">' for n in range(1, 10))
    + "]>\n"
)
OUTSIDE = HEAD + '<!DOCTYPE x [<!ENTITY a9 SYSTEM "file:///etc/passwd">]>\n'
LATE = OUTSIDE.replace("<!DOCTYPE", f"<!-- {'x' * 70_000} --><!DOCTYPE")
DTD = HEAD + '<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd" [<!ENTITY % p SYSTEM "x">%p;]>\n'
DEEP = HEAD + "%s" + "<a>" * 5_000 + "</a>" * 5_000
ROOTS = {
    "eaf": "<ANNOTATION_DOCUMENT>%s</ANNOTATION_DOCUMENT>",
    "xml": '<TEI xmlns="http://www.tei-c.org/ns/1.0">%s</TEI>',
    "exb": "<basic-transcription>%s</basic-transcription>",
    "trs": "<Trans>%s</Trans>",
    "ttml": '<tt xmlns="http://www.w3.org/ns/ttml">%s</tt>',
    "qde": '<Project xmlns="urn:QDA-XML:project:1.0" name="a">%s</Project>',
    "qdc": '<CodeBook xmlns="urn:QDA-XML:codebook:1.0">%s</CodeBook>',
    "fodt": f"<office:document {odt_cases.NAMESPACES}"
    f' office:mimetype="{odt_cases.MIMETYPE}">%s</office:document>',
    "odt": f"<office:document-content {odt_cases.NAMESPACES}>%s</office:document-content>",
    "docx": '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:body><w:p><w:r><w:t>%s</w:t></w:r></w:p></w:body></w:document>",
    "qdpx": '<Project xmlns="urn:QDA-XML:project:1.0" name="a">%s</Project>',
}
"""By suffix, the root of a file with a place for what harms."""
ZEROS = b"\0" * 6_000_000


def packed(**members: str | bytes) -> bytes:
    """Return a zip; in names, two underlines stand for a dot and one for a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", ".").replace("_", "/"), data)
    return out.getvalue()


def file_of(suffix: str, content: str) -> bytes:
    """Return a file of a format whose main XML is `content`."""
    if suffix == "odt":
        return odt_cases.pack(odt_cases.parts() | {"content.xml": content})
    if suffix == "docx":
        return docx_cases.simple("Hello.", more={"word/document.xml": content})
    return packed(project__qde=content) if suffix == "qdpx" else content.encode()


@pytest.fixture(autouse=True)
def light(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the test fail as soon as a model would be loaded."""

    def heavy(*_: object) -> None:
        raise AssertionError("a model was loaded")

    monkeypatch.setattr(engines, "scanner", heavy)


def refused(tmp_path: Path, name: str, data: bytes) -> None:
    """See that a file is refused in one line, with nothing written."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / name).write_bytes(data)
    for number, given in enumerate((tmp_path / "in" / name, tmp_path / "in")):
        said = call("run", given, "--out", tmp_path / f"out{number}")
        # In a folder, what is of no format at all is left out and listed, and then none is left.
        assert said.code == 4, (given, said.err)
        assert len(said.err.strip().splitlines()) == 1
        assert "root:" not in said.everything
        assert not (tmp_path / f"out{number}").exists()


@pytest.mark.parametrize("suffix", ROOTS)
@pytest.mark.parametrize("harm", ["laughs", "outside", "late", "dtd", "deep"])
def test_hostile_xml(tmp_path: Path, suffix: str, harm: str) -> None:
    """Entities that grow, reach outside or hide behind a comment, and depth, are refused."""
    if harm == "deep":
        content = DEEP % "" if suffix in {"docx", "odt"} else HEAD + ROOTS[suffix] % DEEP[22:] % ""
    else:
        head = {"laughs": LAUGHS, "outside": OUTSIDE, "late": LATE, "dtd": DTD}[harm]
        content = head + ROOTS[suffix] % "&a9;"
    refused(tmp_path, f"a.{suffix}", file_of(suffix, content))


@pytest.mark.parametrize("kind", ["picture.odt", "text.odt", "picture.docx", "text.docx",
                                  "source.qdpx", "main.qdpx", "nested.qdpx"])  # fmt: skip
def test_archives_that_grow(tmp_path: Path, kind: str) -> None:
    """A member that expands a thousandfold, and an archive in a project, are refused."""
    what, suffix = kind.split(".")
    project = HEAD + ROOTS["qdpx"] % ""
    data = {
        "picture.odt": lambda: odt_cases.pack(odt_cases.parts() | {"Pictures/a.png": ZEROS}),
        "text.odt": lambda: odt_cases.pack(odt_cases.parts() | {"content.xml": ZEROS}),
        "picture.docx": lambda: docx_cases.simple("Hi.", more={"word/media/image1.png": ZEROS}),
        "text.docx": lambda: docx_cases.simple("Hi.", more={"word/document.xml": ZEROS}),
        "source.qdpx": lambda: packed(project__qde=project, sources_a__txt=ZEROS),
        "main.qdpx": lambda: packed(project__qde=ZEROS),
        "nested.qdpx": lambda: packed(
            project__qde=project, sources_a__zip=packed(b__zip=packed(c=ZEROS))
        ),
    }[kind]()
    refused(tmp_path, f"{what}.{suffix}", data)


def test_embedded_archives_are_never_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a document embeds leaves by rule, unread, however large it would become."""
    monkeypatch.undo()
    inner = packed(b__zip=packed(c=ZEROS))
    (tmp_path / "in").mkdir()
    more = {"word/embeddings/oleObject1.bin": inner, "word/embeddings/a.docx": inner}
    (tmp_path / "in/a.docx").write_bytes(docx_cases.simple("Hello there.", more=more))
    files = odt_cases.parts("<text:p>Hello there.</text:p>") | {"Object 1/a.zip": inner}
    (tmp_path / "in/b.odt").write_bytes(odt_cases.pack(files))
    said = call("run", tmp_path / "in", "--out", tmp_path / "out")
    assert said.code == 0, said.err
    for path in (tmp_path / "out/data").rglob("*.*"):
        assert not [n for n in zipfile.ZipFile(path).namelist() if "a.zip" in n or "embed" in n]
