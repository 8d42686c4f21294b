"""Word documents through the whole program, and through the programs that open them."""

from __future__ import annotations

import base64
import io
import json
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from html import escape
from pathlib import Path

import docx
import pytest

from anonymize import api
from tests.acceptance.running import call, found, one_line
from tests.canaries import Canaries
from tests.formats import docx_whole
from tests.formats.docx_cases import pack, para, simple, types

OFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")

_PAGE = """<html><head><title>Tamsyn Oakshard</title><meta name="author" content="Q. Ravensmoor">
</head><body><h1>Interview with Tamsyn Oakshard</h1>
<p><b>Quentella Ravensmoor:</b> Good morning, Tams<i>yn</i>.</p>
<p><b>Tamsyn Oakshard:</b> Good morning. Write to
<a href="mailto:quentella.ravensmoor@college.example">Quentella</a>.</p>
<p><b>Quentella Ravensmoor:</b> Where was that?</p>
<p><b>Tamsyn Oakshard:</b> In the old school.</p>
<table border="1"><tr><td>Quentella Ravensmoor</td><td>One more, Tamsyn?</td></tr>
<tr><td>Tamsyn Oakshard</td><td>Yes.</td></tr></table>
<ul><li>Asked by Quentella Ravensmoor</li><li>Told by Tamsyn Oakshard</li></ul>
</body></html>"""


def converted(path: Path, kind: str) -> Path:
    """Return a file as LibreOffice writes it in another format."""
    assert OFFICE is not None
    home = path.parent / "office-home"
    done = subprocess.run(
        [OFFICE, f"-env:UserInstallation={home.as_uri()}", "--headless", "--convert-to", kind,
         "--outdir", str(path.parent), str(path)],
        check=False, capture_output=True, timeout=120,
    )  # fmt: skip
    made = path.with_suffix("." + kind.partition(":")[0])
    assert made.exists(), done.stderr.decode()
    return made


def _by_hand(_folder: Path) -> bytes:
    return docx_whole.everything()


def _by_office(folder: Path) -> bytes:
    page = folder / "page.html"
    page.write_text(_PAGE, encoding="utf-8")
    return converted(page, "docx:MS Word 2007 XML").read_bytes()


def _visible(data: bytes) -> list[str]:
    """Return the words of a document as python-docx shows them: paragraphs, cells, headers."""
    document = docx.Document(io.BytesIO(data))
    out = [one.text for one in document.paragraphs]
    for table in document.tables:
        out += [cell.text for row in table.rows for cell in row.cells]
    for section in document.sections:
        out += [one.text for one in (*section.header.paragraphs, *section.footer.paragraphs)]
    return out


def _holds(data: bytes, word: str) -> list[str]:
    """Return the parts in which a word stands, in UTF-8, UTF-16, escaped or in base64."""
    spelt = "".join(f"&#{ord(char)};" for char in word)
    forms = [one.encode(code) for one in (word, word.lower(), word.upper(), escape(word), spelt)
             for code in ("utf-8", "utf-16-le", "utf-16-be")]  # fmt: skip
    forms += [base64.b64encode(b"\0" * shift + word.encode())[4:-4] for shift in range(3)]
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return [
            name
            for name in archive.namelist()
            if any(form in archive.read(name) + name.encode() for form in forms if len(form) > 3)
        ]


@pytest.mark.parametrize("make", [_by_hand, pytest.param(_by_office, marks=needs_office)])
def test_people_are_gone_and_the_rest_stays(tmp_path: Path, make: Callable[[Path], bytes]) -> None:
    """No name is left in any part, the visible text differs in names only, and it opens."""
    data = make(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "Tamsyn Oakshard.docx").write_bytes(data)
    done = api.run([tmp_path / "in"], out=tmp_path / "share")
    assert done.records["withheld"] == 0
    (written,) = (tmp_path / "share" / "data").rglob("*.docx")
    out = written.read_bytes()
    assert written.name.startswith("interview_")
    assert {name: _holds(out, name) for name in docx_whole.NAMES if _holds(out, name)} == {}
    assert found(tmp_path / "share", docx_whole.NAMES) == {}
    before, after = _visible(data), _visible(out)
    if make is _by_hand:
        # python-docx skips what is inserted, and shows what paragraphs of deleted text leave.
        before.remove("")
    given = {line.partition(":")[0] for line in after if ":" in line}
    assert len(given) == 2
    asks, tells = (next(new for old, new in zip(before, after, strict=True) if old == who)
                   for who in (docx_whole.ASKS, docx_whole.TELLS))  # fmt: skip
    for old, new in zip(before, after, strict=True):
        expected = old
        for name, surrogate in ((docx_whole.ASKS, asks), (docx_whole.TELLS, tells)):
            for was, now in ((name, surrogate), *zip(name.split(), surrogate.split(), strict=True)):
                expected = expected.replace(was, now)
        if docx_whole.MAIL not in old and "glad" not in new:
            assert new == expected


@needs_office
def test_what_is_written_opens_in_an_office(tmp_path: Path) -> None:
    """LibreOffice reads the document written, with as many paragraphs, tables and notes."""
    (tmp_path / "a.docx").write_bytes(docx_whole.everything())
    api.run([tmp_path / "a.docx"], out=tmp_path / "share")
    (written,) = (tmp_path / "share" / "data").rglob("*.docx")
    (tmp_path / "b.docx").write_bytes(written.read_bytes())
    flat = converted(tmp_path / "b.docx", "fodt").read_text("utf-8")
    body = flat[flat.index("<office:body>") :]
    counts = {
        "<table:table-row": 4,
        "<office:annotation ": 1,
        "<text:note ": 1,
        "<draw:custom-shape": 1,
        "<text:a ": 2,
        "<text:bookmark-ref ": 1,
        "<text:page-count": 1,
        "<text:change": 0,
    }
    assert {tag: body.count(tag) for tag in counts} == counts
    assert "Tamsyn" not in flat


@pytest.mark.parametrize("policy", ["internal", "open"])
def test_no_canary_is_in_the_shared_folder(tmp_path: Path, policy: str) -> None:
    """A string found nowhere else, in every leaf of every part, is in nothing that is shared."""
    canaries = Canaries(9800)
    made: dict[str, str] = {}
    asks, tells = canaries.name("docx label 1"), canaries.name("docx label 2")

    def fill(where: str, value: str) -> str:
        if where in {"docPr descr", "shape alt"}:
            return f"A note by {tells}"
        if where.endswith(("date", "created")):
            return value
        if where not in made:
            mail = where in {"link text", "link mail", "field mail"}
            made[where] = canaries.email(where) if mail else canaries.word(where)
        return made[where]

    data, where = canaries.file(docx_whole.everything(fill, asks, tells))
    (tmp_path / "a.docx").write_bytes(data)
    said = call("run", tmp_path / "a.docx", "--out", tmp_path / "share", "--policy", policy)
    assert said.code == 10, said.err
    assert {where[key]: file for key, file in found(tmp_path / "share", where).items()} == {}
    assert not [where[key] for key in where if key.lower() in said.everything.lower()]
    report = json.loads((tmp_path / "share" / "report.json").read_text("utf-8"))
    assert report["records"]["written"] == report["records"]["read"] > 10


def test_a_part_nobody_knows_withholds_the_document(tmp_path: Path) -> None:
    """The document is withheld and counted; with the option it is written without the part."""
    kinds = {"word/document.xml": docx_whole._WML + "document.main+xml", "word/zz.xml": "text/zz"}
    more: dict[str, str | bytes] = {
        "word/zz.xml": "<a>Tamsyn</a>",
        "[Content_Types].xml": types(kinds),
    }
    turns = [para("Tamsyn: Hello."), para("Ben: Hello."), para("Tamsyn: So."), para("Ben: Yes.")]
    (tmp_path / "a.docx").write_bytes(simple(*turns, more=more))
    said = call("run", tmp_path / "a.docx", "--out", tmp_path / "one")
    assert said.code == 10, said.err
    lines = (tmp_path / "one" / "withheld.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["reason"] for line in lines] == ["unknown-part"]
    assert not [one for one in (tmp_path / "one" / "data").rglob("*.docx") if one.stat().st_size]
    said = call("run", tmp_path / "a.docx", "--out", tmp_path / "two", "--drop-unknown-parts")
    assert said.code == 10, said.err
    (written,) = (tmp_path / "two" / "data").rglob("*.docx")
    assert _holds(written.read_bytes(), "Tamsyn") == []
    assert len(docx.Document(str(written)).paragraphs) == 4


def test_bombs_are_refused(tmp_path: Path) -> None:
    """A part that expands too much, and a document behind a password, are refused in one line."""
    bomb = pack({"[Content_Types].xml": types({}), "word/document.xml": b"<a>" + b" " * 2**27})
    (tmp_path / "bomb.docx").write_bytes(bomb)
    one_line(call("run", tmp_path / "bomb.docx", "--out", tmp_path / "a"), 4)
    (tmp_path / "locked.docx").write_bytes(b"\xd0\xcf\x11\xe0" + b"\0" * 2000)
    one_line(call("run", tmp_path / "locked.docx", "--out", tmp_path / "b"), 4)
    assert not (tmp_path / "a").exists()
