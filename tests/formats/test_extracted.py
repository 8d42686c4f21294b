"""Tests of RTF and PDF, of which only the words are taken."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import pytest

from anonymize.errors import FormatError
from anonymize.formats.base import Format, Source
from anonymize.formats.extracted import PDF, PICTURED, RTF, TEXT_ONLY
from anonymize.model.fields import Role
from tests.acceptance.running import call
from tests.formats.transcript_cases import read_all, shard_of, source_of, whole

TURNS = ["Anna: Ask Zoe Kovar about it.", "Ben: I will.", "Anna: Thanks.", "Ben: Fine."]
SECRET = "Zq7Koriginal0001x"


def rtf(lines: list[str], more: str = "") -> bytes:
    """Return an RTF file as a word processor writes it, with properties and a comment."""
    body = "\n".join(line + r"\par" for line in lines)
    return (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}}"
        rf"{{\info{{\author {SECRET}}}{{\company {SECRET}}}}}"
        rf"{{\*\userprops {{\propname {SECRET}}}}}"
        rf"{{\*\atnauthor {SECRET}}}{{\*\annotation {SECRET}}}"
        "\n" + more + body + "}"
    ).encode("cp1252")


def pdf(pages: list[list[str]], *, picture: bool = False, title: str = SECRET) -> bytes:
    """Return a PDF of one font with a line of text below the other; an empty page has none."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    image = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8"
    image += b" /ColorSpace /DeviceGray /Length 1 >>\nstream\n\x00\nendstream"
    objects += [font, image]
    kids: list[bytes] = []
    for lines in pages:
        shown = b"BT /F1 12 Tf 14 TL 72 720 Td\n"
        shown += b"".join(b"(%s) Tj T*\n" % line.encode("cp1252") for line in lines) + b"ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(shown), shown))
        resources = b"/Font << /F1 3 0 R >>"
        if picture and not lines:
            resources += b" /XObject << /I 4 0 R >>"
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << %s >> >>" % (len(objects), resources),
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    objects.append(b"<< /Title (%s) /Author (%s) >>" % (title.encode(), title.encode()))
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n")
    places: list[int] = []
    for number, content in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(
        b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(places) + 1, len(places))
    )
    out.write(b"startxref\n%d\n%%%%EOF\n" % start)
    return out.getvalue()


@pytest.mark.parametrize(("form", "name", "data"), [
    (RTF, "a.rtf", rtf(TURNS)),
    (PDF, "a.pdf", pdf([TURNS[:2], TURNS[2:]])),
], ids=["rtf", "pdf"])  # fmt: skip
def test_words_are_turns(tmp_path: Path, form: Format, name: str, data: bytes) -> None:
    """The words are a plain transcript with its speakers, and that nothing else is left is said."""
    shard = shard_of(form, tmp_path / name, data)
    (document,), problems = read_all(form, shard)
    said = [one.value for one in document.fields if one.role is Role.TEXT]
    assert said == [line.partition(": ")[2] for line in TURNS]
    assert [one.value for one in document.fields if one.role is Role.NAME] == ["Anna", "Ben"] * 2
    assert [(one.code, one.withheld) for one in problems] == [(TEXT_ONLY, False)]
    assert whole(form, shard).decode().split("\n\n") == (
        ["\n".join(TURNS) + "\n"]
        if form is RTF
        else ["\n".join(TURNS[:2]), "\n".join(TURNS[2:]) + "\n"]
    )
    assert SECRET.encode() not in whole(form, shard)


def test_outputs_are_plain_text(tmp_path: Path) -> None:
    """A run writes text files, without what stood beside the words."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in/one.rtf").write_bytes(rtf(TURNS))
    (tmp_path / "in/two.pdf").write_bytes(pdf([TURNS, []], picture=True))
    said = call("run", tmp_path / "in", "--out", tmp_path / "out", "--json")
    assert said.code == 10
    written = sorted(path for path in (tmp_path / "out/data").rglob("*") if path.is_file())
    assert [path.suffix for path in written] == [".txt", ".txt"]
    for path in (one for one in (tmp_path / "out").rglob("*") if one.is_file()):
        assert SECRET.encode() not in path.read_bytes()
        assert b"Zoe" not in path.read_bytes()
    assert SECRET not in said.everything
    assert f'"{TEXT_ONLY}":2' in (tmp_path / "out/report.json").read_text().replace(" ", "")


def test_pictures_of_text(tmp_path: Path) -> None:
    """A page that is a picture is withheld, an empty one is not; of pictures alone nothing is."""
    shard = shard_of(PDF, tmp_path / "a.pdf", pdf([TURNS, [], TURNS], picture=True))
    _, problems = read_all(PDF, shard)
    assert [(one.code, one.record, one.withheld) for one in problems[1:]] == [(PICTURED, 1, True)]
    _, problems = read_all(PDF, shard_of(PDF, tmp_path / "b.pdf", pdf([TURNS, []])))
    assert len(problems) == 1
    with pytest.raises(FormatError, match="no text"):
        read_all(PDF, shard_of(PDF, tmp_path / "c.pdf", pdf([[]], picture=True)))


def test_words_cut_at_a_line_end(tmp_path: Path) -> None:
    """A word cut at the end of a line is whole again, so that no name hides in its halves."""
    shard = shard_of(PDF, tmp_path / "a.pdf", pdf([["Anna: Ask Ms Kowal-", "ska, A-", "Level."]]))
    assert b"Ask Ms Kowalska, A-\nLevel." in whole(PDF, shard)


@pytest.mark.parametrize("more", [r"{\deleted gone}", r"\v gone\v0 ", r"{\v gone}", r"\bin3 abc"])
def test_hidden_words_are_refused(tmp_path: Path, more: str) -> None:
    """Deleted and hidden text never comes to light: the file is refused, in one line."""
    shard = shard_of(RTF, tmp_path / "a.rtf", rtf(TURNS, more))
    with pytest.raises(FormatError) as caught:
        read_all(RTF, shard)
    assert "gone" not in str(caught.value)


@pytest.mark.parametrize("more", [r"\v0 ", r"\deleted0 ", r"\viewkind4", r"\\v ", "{}"])
def test_harmless_words_are_read(tmp_path: Path, more: str) -> None:
    """Switching hidden text off, and words that begin alike, refuse nothing."""
    assert read_all(RTF, shard_of(RTF, tmp_path / "a.rtf", rtf(TURNS, more)))[0]


def test_letters_of_rtf(tmp_path: Path) -> None:
    """Code pages, numbered letters and those written as two halves are read as meant."""
    lines = [r"Anna: caf\'e9 \u8217? \u-10179?\u-8704?", "Ben: Yes."] * 2
    said = whole(RTF, shard_of(RTF, tmp_path / "a.rtf", rtf(lines))).decode()
    assert said.startswith("Anna: caf\u00e9 \u2019 \U0001f600\n")


@pytest.mark.parametrize(("form", "data"), [
    (RTF, rb"{\rtf1\ansi\ansicpg932 \'81"), (RTF, b"{\\rtf1" + b"{" * 3000),
    (RTF, rb"{\rtf1\uc99999999999999999999 \u99999999999?}"), (RTF, rb"{\rtf1 {\info hello}}"),
    (PDF, b"%PDF-1.4\n"), (PDF, pdf([TURNS])[:300]), (PDF, b"%PDF-1.7\nxref\n0 9\ntrailer <<>>"),
], ids=range(7))  # fmt: skip
def test_damaged_files(tmp_path: Path, form: Format, data: bytes) -> None:
    """Damage is an error that names the file and quotes none of it."""
    with pytest.raises(FormatError, match=r"a\.x: \w"):
        read_all(form, shard_of(form, tmp_path / "a.x", data))


def test_damage_is_not_quoted(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """What pypdf logs of a damaged object, with the bytes around it, is said nowhere."""
    data = pdf([TURNS, []], picture=True).replace(b"/I 4 0 R", b"/I 4 ")
    with caplog.at_level(logging.DEBUG):
        read_all(PDF, shard_of(PDF, tmp_path / "a.x", data))
    assert caplog.text == ""


def test_claims(tmp_path: Path) -> None:
    """Both are told by how they begin, whatever they are called."""
    assert RTF.claims(source_of(tmp_path / "a.doc", rtf(TURNS)))
    assert PDF.claims(source_of(tmp_path / "a.bin", b"\n" + pdf([TURNS])))
    assert not PDF.claims(source_of(tmp_path / "a.txt", b"see a PDF"))
    assert not RTF.claims(Source("a", "a", folder=True))
