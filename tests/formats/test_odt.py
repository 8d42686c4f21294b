"""Tests of OpenDocument text, changed in place."""

from __future__ import annotations

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
import regex

from anonymize.errors import FormatError
from anonymize.formats.odt import FORMAT
from anonymize.formats.packages import read_package
from anonymize.model.documents import Document
from anonymize.model.fields import Path as Place
from anonymize.model.fields import Role
from tests.acceptance.running import Said, call
from tests.formats import odt_cases as cases
from tests.formats.transcript_cases import read_all, shard_of, source_of

ROSTER = (
    "person,role,names,handles,emails,consent,pseudonym\n"
    "jane,teacher,Jane Smith;Jane,,jane.smith@college.example,yes,\n"
    "marsh,teacher,Emily Marsh;Mrs Marsh,,,yes,\n"
)


def document_of(path: Path, data: bytes) -> Document:
    """Return a file as its document."""
    (document,), problems = read_all(FORMAT, shard_of(FORMAT, path, data))
    assert not problems
    return document


def same(document: Document) -> dict[Place, str | None]:
    """Return the unchanged texts of a document, having seen that its paths are unique."""
    texts: dict[Place, str | None] = {one.path: one.value for one in document.fields}
    assert len(texts) == len(document.fields)
    return texts


def rebuilt(document: Document, path: Path) -> dict[str, bytes]:
    """Return the files of a document of which nothing is changed."""
    path.write_bytes(FORMAT.rebuild(document, same(document)))
    return read_package(str(path), "out")


def run_over(tmp_path: Path, name: str, data: bytes, *more: str) -> tuple[Said, Path]:
    """Run the program over one file; return what it said and what it wrote."""
    (tmp_path / name).write_bytes(data)
    (tmp_path / "people.csv").write_text(ROSTER)
    out = tmp_path / "out"
    said = call("run", tmp_path / name, "--out", out, "--people", tmp_path / "people.csv", *more)
    written = [one for one in (out / "data").rglob("*") if one.is_file()] if out.exists() else []
    return said, written[0] if written else out


def words_in(data: bytes) -> str:
    """Return the words of an XML file, elements taken out."""
    return regex.sub(r"<[^>]*>", "", data.decode())


def test_unchanged_files_stay(tmp_path: Path) -> None:
    """With every value unchanged, every file of the package comes back byte for byte."""
    data = cases.pack(cases.parts())
    document = document_of(tmp_path / "a.odt", data)
    before = read_package(str(tmp_path / "a.odt"), "in")
    after = rebuilt(document, tmp_path / "b.odt")
    names = [name for name in before if not name.startswith("Pictures/")]
    assert {name: after[name] for name in names} == {name: before[name] for name in names}
    assert set(after) == set(before)
    flat = document_of(tmp_path / "a.fodt", cases.flat())
    assert FORMAT.rebuild(flat, same(flat)) == cases.flat()


def test_the_type_stands_first(tmp_path: Path) -> None:
    """The file that tells the kind stands first, uncompressed, and no time is told."""
    document = document_of(tmp_path / "a.odt", cases.pack(cases.parts()))
    rebuilt(document, tmp_path / "b.odt")
    with zipfile.ZipFile(tmp_path / "b.odt") as archive:
        first, *others = archive.infolist()
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert {one.date_time for one in others} == {(1980, 1, 1, 0, 0, 0)}


def test_turns(tmp_path: Path) -> None:
    """Labels in paragraphs, table cells and lists begin turns of their speakers."""
    document = document_of(tmp_path / "a.odt", cases.pack(cases.parts()))
    labels = [one.value for one in document.fields if one.kind == "speaker"]
    assert labels == ["Int", "Jane", "Int", "Jane", "Jane", "Jane", "Int"]
    said = [one.value for one in document.fields if one.role is Role.TEXT and one.section >= 0]
    assert "Mrs Marsh. Write to Jane, see her page or above.\nThen\tshe left." in said
    assert "Emily Marsh of Ashby." in said
    assert len({one.subject for one in document.fields if one.kind == "speaker"}) == 2


def test_a_name_over_several_spans(tmp_path: Path) -> None:
    """A name cut by a span is one, and its surrogate has the formatting of its beginning."""
    document = document_of(tmp_path / "a.odt", cases.pack(cases.parts()))
    (text,) = (one for one in document.fields if one.value.startswith("Mrs Marsh. Write"))
    texts = same(document) | {text.path: text.value.replace("Marsh", "Kellermann")}
    (tmp_path / "b.odt").write_bytes(FORMAT.rebuild(document, texts))
    content = read_package(str(tmp_path / "b.odt"), "out")["content.xml"].decode()
    assert 'Mrs <text:span text:style-name="T1">Kellermann</text:span><text:note' in content
    assert '<text:s text:c="2"/>to' in content
    assert "<text:line-break/>Then<text:tab/>she left." in content


@pytest.mark.parametrize("name", ["a.odt", "a.fodt"])
def test_a_whole_run(tmp_path: Path, name: str) -> None:
    """No name, address, path or date of change is in any byte of what is shared."""
    flat = name.endswith("fodt")
    data = cases.flat() if flat else cases.pack(cases.parts())
    said, written = run_over(tmp_path, name, data)
    assert said.code == 0, said.err
    assert written.suffix == f".{name.partition('.')[2]}"
    found = {"": written.read_bytes()} if flat else read_package(str(written), "out")
    for part, content in found.items():
        told = (part + content.decode("utf-8", "replace")).lower()
        for secret in ("jane", "smith", "marsh", "jsmith", "2016", "ct1</", "first."):
            assert secret not in told, (part, secret)
    content = found[""] if flat else found["content.xml"]
    words = words_in(content)
    for kept in ("Who taught you?", "I like it here.", "Thank you.", "her words"):
        assert kept in words


def test_places_and_styles_keep_their_references(tmp_path: Path) -> None:
    """A style, bookmark or note named after somebody gets one other name in all places."""
    said, written = run_over(tmp_path, "a.odt", cases.pack(cases.parts()))
    assert said.code == 0
    found = read_package(str(written), "out")
    content, styles = found["content.xml"].decode(), found["styles.xml"].decode()
    (style,) = regex.findall(r'style:name="([^"]+)"[^>]*><style:text-properties', styles)
    assert f'<text:p text:style-name="{style}">' in content
    (start,) = regex.findall(r'bookmark-start text:name="([^"]+)"', content)
    assert f'bookmark-end text:name="{start}"' in content
    assert f'text:ref-name="{start}"' in content
    (note,) = regex.findall(r'annotation office:name="([^"]+)"', content)
    assert f'annotation-end office:name="{note}"' in content
    (picture,) = regex.findall(r'xlink:href="(Pictures/[^"]+)"', content)
    assert picture in found
    assert picture in found["META-INF/manifest.xml"].decode()
    assert b"Author" not in found[picture]


def test_what_nobody_knows_leaves(tmp_path: Path) -> None:
    """An element, attribute or namespace nobody knows is dropped and reported."""
    body = (
        '<text:p text:style-name="P1" text:speaker="Zq7K1">Hello<text:voice>Zq7K2</text:voice>'
        '<x:y xmlns:x="urn:Zq7K3">Zq7K4</x:y> there.</text:p>'
    )
    said, written = run_over(tmp_path, "a.odt", cases.pack(cases.parts(body)))
    assert said.code == 10
    content = read_package(str(written), "out")["content.xml"]
    assert b"Zq7K" not in content
    assert "Hello there." in words_in(content)
    assert "Zq7K" not in said.everything


def test_unknown_files(tmp_path: Path) -> None:
    """A file nobody knows withholds the document, unless it may be left out."""
    files = cases.parts() | {"notes/jane.txt": "Jane Smith"}
    said, written = run_over(tmp_path, "a.odt", cases.pack(files))
    assert said.code == 10
    assert "unknown-part" in (tmp_path / "out/withheld.jsonl").read_text()
    assert written == tmp_path / "out" or not written.stat().st_size
    shutil.rmtree(tmp_path / "out")
    said, written = run_over(tmp_path, "a.odt", cases.pack(files), "--drop-unknown-parts")
    assert said.code == 10
    assert "notes/jane.txt" not in read_package(str(written), "out")


@pytest.mark.parametrize("spoilt", [
    {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, {"mimetype": "text/plain"},
    {"content.xml": "<a>"}, {"content.xml": "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"},
    {"content.xml": cases.page("document-content", "<![CDATA[Zq7K]]>")},
    {"content.xml": '<zq7k:text xmlns:zq7k="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>'},
    {"META-INF/manifest.xml": cases.manifest({}, '<manifest:file-entry manifest:full-path='
        '"content.xml"><manifest:encryption-data/></manifest:file-entry>')},
], ids=range(7))  # fmt: skip
def test_refused(tmp_path: Path, spoilt: dict[str, str]) -> None:
    """What is no OpenDocument text, is locked, or declares entities, is an error of one line."""
    data = cases.pack(cases.parts() | spoilt)
    with pytest.raises(FormatError, match=r"a\.odt") as caught:
        read_all(FORMAT, shard_of(FORMAT, tmp_path / "a.odt", data))
    assert "zq7k" not in str(caught.value).lower()


def test_claims(tmp_path: Path) -> None:
    """Documents are told by suffix and beginning; a spreadsheet's flat file is none."""
    assert FORMAT.claims(source_of(tmp_path / "a.ODT", cases.pack(cases.parts())))
    assert FORMAT.claims(source_of(tmp_path / "b.fodt", cases.flat()))
    assert not FORMAT.claims(source_of(tmp_path / "c.fodt", b"<office:document/>"))
    assert not FORMAT.claims(source_of(tmp_path / "d.odt", b"Jane: Hello"))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path: Path) -> None:
    """LibreOffice shows the same words before and after, except names and what rules drop."""
    # LibreOffice fills these in anew.
    fields = r"<text:(?:file-name|user-defined)[^>]*>[^<]*</text:(?:file-name|user-defined)>"
    body = regex.sub(fields, "", cases.BODY)
    said, written = run_over(tmp_path, "a.odt", cases.pack(cases.parts(body)))
    assert said.code == 0
    for number, path in enumerate((tmp_path / "a.odt", written)):
        folder = tmp_path / str(number)
        command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
        command += ["--convert-to", "txt:Text (encoded):UTF8", "--outdir", str(folder), str(path)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    before = (tmp_path / "0/a.txt").read_text().replace("Jane Smith was here first.", "")
    after = (tmp_path / "1" / f"{written.stem}.txt").read_text()
    pattern = regex.escape(before, special_only=True)
    pattern = regex.sub("(?:Jane|Smith|Marsh)", r"[\\p{L}'’-]+", pattern)
    assert regex.fullmatch(pattern, after), (before, after)
