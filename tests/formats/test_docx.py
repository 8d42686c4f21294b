"""Tests of word-processing documents: what of each part stays, changes or leaves."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymize.errors import FormatError
from anonymize.formats.base import PlanOptions
from anonymize.formats.docx import FORMAT
from anonymize.formats.docx_fields import name_in
from anonymize.formats.docx_pictures import bare
from anonymize.model.documents import Document, Shard
from anonymize.model.fields import SHARED, Role
from anonymize.model.fields import Path as Place
from tests.formats import docx_whole
from tests.formats.docx_cases import HEAD, pack, para, root, run, simple, types
from tests.formats.transcript_cases import source_of

Parts = dict[str, bytes]


def shard_of(path: Path, data: bytes, *, drop: bool = False) -> Shard:
    """Return the shard of a document."""
    source = source_of(path, data)
    assert FORMAT.claims(source)
    (shard,) = FORMAT.plan(source, 0, PlanOptions(drop_unknown_parts=drop)).shards
    return shard


def read(path: Path, data: bytes, *, drop: bool = False) -> Document:
    """Return what a document is read as."""
    (found,) = FORMAT.read(shard_of(path / "a.docx", data, drop=drop))
    assert isinstance(found, Document)
    assert len({one.path for one in found.fields}) == len(found.fields)
    return found


def unpack(data: bytes) -> Parts:
    """Return the parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist() == sorted(archive.namelist())
        return {name: archive.read(name) for name in archive.namelist()}


def rebuilt(
    document: Document,
    changes: Mapping[str, str] | None = None,
    withheld: frozenset[int] = frozenset(),
) -> Parts:
    """Return the parts of a document without its opaque leaves, words of its texts changed."""
    texts: dict[Place, str | None] = {}
    for one in document.fields:
        value = one.value
        for old, new in (changes or {}).items():
            value = value.replace(old, new)
        texts[one.path] = None if one.role is Role.OPAQUE else value
    return unpack(FORMAT.rebuild(document, texts, withheld))


def body(parts: Parts) -> str:
    """Return what stands in the body."""
    text = parts["word/document.xml"].decode()
    return text[text.index("<w:body>") + 8 : text.index("<w:sectPr")]


def values(document: Document, *roles: Role) -> list[str]:
    """Return the values of the fields of some roles."""
    return [one.value for one in document.fields if one.role in roles]


def _same(document: Document) -> dict[Place, str | None]:
    return {one.path: one.value for one in document.fields}


def test_round_trip(tmp_path: Path) -> None:
    """With unchanged texts every part comes back byte for byte, but for what pictures say."""
    data = docx_whole.everything()
    document = read(tmp_path, data)
    before = docx_whole.parts(docx_whole.usual)
    after = unpack(FORMAT.rebuild(document, _same(document)))
    assert after.keys() == before.keys()
    for name, content in before.items():
        raw = content.encode() if isinstance(content, str) else content
        assert (name, after[name]) == (name, bare("png", raw) if name.endswith(".png") else raw)
    assert FORMAT.rebuild(document, _same(document)) == FORMAT.rebuild(document, _same(document))
    assert "Tamsyn" not in repr(document)


_SAID = st.text(st.sampled_from("ab JA:\t&<>é\U0001f40b'\"."), max_size=6)
_RUNS = st.lists(
    st.tuples(_SAID, st.sampled_from(["", "<w:b/>", "<w:tab/>", "<w:br/>", "<w:noBreakHyphen/>"])),
    max_size=6,
)


def _drawn(runs: list[tuple[str, str]]) -> str:
    inner = "".join(
        run(text, sign) if sign in {"", "<w:b/>"} else f"{run(text)}<w:r>{sign}</w:r>"
        for text, sign in runs
    )
    return f"<w:p>{inner}</w:p>"


@settings(max_examples=40)
@given(st.lists(_RUNS, min_size=1, max_size=6), st.sampled_from(["XY", "", "a b c d e f g"]))
def test_any_runs(
    tmp_path_factory: pytest.TempPathFactory, many: list[list[tuple[str, str]]], new: str
) -> None:
    """However text is cut into runs, it comes back; changed, the document stays well-formed."""
    data = simple(*map(_drawn, many))
    folder = tmp_path_factory.mktemp("runs")
    document = read(folder, data)
    assert unpack(FORMAT.rebuild(document, _same(document))) == unpack_any(data)
    changed = {one.path: new if one.role is Role.TEXT else one.value for one in document.fields}
    again = FORMAT.rebuild(document, changed)
    tags = ("<w:tab/>", "<w:br/>", "<w:noBreakHyphen/>", "<w:r>", "</w:r>", "<w:b/>")
    was, now = (body(unpack_any(one)) for one in (data, again))
    assert [was.count(tag) for tag in tags] == [now.count(tag) for tag in tags]
    read(folder, again)


def unpack_any(data: bytes) -> Parts:
    """Return the parts of a package, whatever its dates."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_leaf_is_a_field(tmp_path: Path) -> None:
    """A document whose fields all lost their values holds nothing of what stood in any leaf."""
    put: dict[str, str] = {}

    def fill(where: str, value: str) -> str:
        # What must be valid to be read at all keeps its form.
        word = put.setdefault(where, f"Zq7K{len(put):04d}x")
        return f"{word}@z.example" if "@" in value and " " not in value else word

    document = read(tmp_path, docx_whole.everything(fill, "Zq7Kasks Zq7Kone", "Zq7Ktells Zq7Ktwo"))
    for withheld in (frozenset[int](), frozenset(range(len(document.sections)))):
        parts = unpack(FORMAT.rebuild(document, {}, withheld))
        for name, content in parts.items():
            for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
                assert (name, "Zq7K".encode(encoding) in content) == (name, False)
            assert "Zq7K" not in name
    assert len(put) > 60


def test_roles(tmp_path: Path) -> None:
    """Authors are names, addresses e-mails, links URLs, bookmarks and styles of one's own ids."""
    document = read(tmp_path, docx_whole.everything())
    found = {(one.role, one.kind, one.value) for one in document.fields}
    assert {
        (Role.NAME, "person", docx_whole.ASKS),
        (Role.NAME, "speaker", docx_whole.TELLS),
        (Role.TEXT, "email", docx_whole.MAIL),
        (Role.URL, "", "https://college.example/tamsyn"),
        (Role.ID, "other", "talk_with_Tamsyn"),
        (Role.ID, "other", "TamsynStyle"),
        (Role.DATE, "", "2021-05-04T10:30:00Z"),
        (Role.TEXT, "", "A note by Tamsyn Oakshard"),
        (Role.TEXT, "", "Hidden for Tamsyn"),
    } <= found
    unknown = [one for one in document.fields if one.kind == "unknown"]
    assert [one.value[:12] for one in unknown] == ["<w:zzUnknown", "<x:mark xmln"]
    assert all(one.section == SHARED for one in unknown)


def test_changes_are_accepted(tmp_path: Path) -> None:
    """What was inserted or moved here is text; what was deleted or moved away is gone."""
    who = 'w:id="1" w:author="A" w:date="2020-01-01T00:00:00Z"'
    gone = f"<w:del {who}><w:r><w:delText>gone</w:delText></w:r></w:del>"
    row = "<w:tr>{}<w:tc><w:p>{}</w:p></w:tc></w:tr>".format
    out = f"<w:trPr><w:del {who}/></w:trPr>"
    document = read(
        tmp_path,
        simple(
            para("a", f"<w:ins {who}>{run('b')}</w:ins>", gone,
                 f"<w:moveTo {who}>{run('c')}</w:moveTo><w:moveFrom {who}>{run('d')}</w:moveFrom>"),
            para(gone, properties=f"<w:rPr><w:del {who}/></w:rPr>"),
            para("kept", gone, properties=f"<w:rPr><w:del {who}/></w:rPr>"),
            para(properties=f"<w:rPr><w:ins {who}/></w:rPr>"),
            f"<w:tbl>{row(out, run('e'))}{row('', run('f'))}</w:tbl>",
            f"<w:tbl>{row(out, run('g'))}</w:tbl>",
            f"<w:tbl>{row('', gone)}</w:tbl>",
            para(run("h", f"<w:b/><w:rPrChange {who}><w:rPr/></w:rPrChange>")),
        ),
    )  # fmt: skip
    text = body(rebuilt(document))
    assert values(document, Role.TEXT) == ["abc", "kept", "f", "h"]
    assert [text.count(one) for one in ("<w:tbl>", "<w:tr>", "w:author", "w:del", "w:ins")] == [
        2, 2, 0, 0, 0,
    ]  # fmt: skip
    assert text.count("<w:p>") == 6


def test_split_names(tmp_path: Path) -> None:
    """A name cut into runs is one text; the new one stands in the first run, blanks survive."""
    cut = f"{run('Ja', '<w:i/>')}<w:r><w:t>ne Roe</w:t></w:r>{run(' went')}"
    document = read(tmp_path, simple(para("So ", cut)))
    assert values(document, Role.TEXT) == ["So Jane Roe went"]
    text = body(rebuilt(document, {"Jane": "Elisabeth"}))
    assert '<w:i/></w:rPr><w:t xml:space="preserve">Elisabeth</w:t>' in text
    assert '<w:r><w:t xml:space="preserve"> Roe</w:t></w:r>' in text
    assert "<w:r><w:t>ne Roe</w:t></w:r>" in body(rebuilt(document))


def test_signs(tmp_path: Path) -> None:
    """Tabs, line breaks and hyphens are characters of the text and stay elements."""
    signs = "".join(
        run(text) + f"<w:r>{sign}</w:r>"
        for text, sign in (("Jane", "<w:br/>"), ("Roe", "<w:tab/>"), ("Anne", "<w:noBreakHyphen/>"))
    )
    document = read(tmp_path, simple(para(signs, "Ma", "<w:r><w:softHyphen/></w:r>", "ry")))
    assert values(document, Role.TEXT) == ["Jane\nRoe\tAnne-Mary"]
    text = body(rebuilt(document, {"Jane\nRoe": "Mo", "Mary": "Zoe"}))
    for sign in ("<w:br/>", "<w:tab/>", "<w:noBreakHyphen/>", "<w:softHyphen/>"):
        assert text.count(sign) == 1
    assert "Mo</w:t></w:r><w:r><w:br/></w:r>" in text
    assert text.index("<w:noBreakHyphen/>") < text.index("Zoe")
    assert "\n" not in text


@pytest.mark.parametrize(
    ("instruction", "place"),
    [
        (" PAGE \\* MERGEFORMAT ", (0, 0)),
        (' TOC \\o "1-3" \\h \\z \\u ', (0, 0)),
        (" PAGEREF my_mark \\h", (9, 16)),
        ("HYPERLINK \\l &quot;my_mark&quot; ", (19, 26)),
        (" AUTHOR ", None),
        (' FILENAME \\p "x" ', None),
        (' HYPERLINK "mailto:a@b.example" ', None),
        (" USERNAME Jane ", None),
        (' INCLUDETEXT "C:\\\\x" ', None),
        (" MERGEFIELD Jane ", None),
        (' TOC \\t "Jane,1" ', None),
        (" ADDIN EN.CITE <a/> ", None),
    ],
)
def test_instructions(instruction: str, place: tuple[int, int] | None) -> None:
    """Fields that count or refer stay; those that hold names, paths or records leave."""
    assert name_in(instruction) == place


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600, "is locked"),
        ("a.docx", b"PK\x03\x04 and no more", "not a readable zip"),
        ("a.docx", pack({"a.txt": "hello"}), "not a word-processing document"),
        ("a.docx", pack({"[Content_Types].xml": types({})}), "has no main document"),
        ("a.docx", simple("<w:p><w:r><w:t><![CDATA[x]]></w:t></w:r></w:p>"), "CDATA"),
        ("a.docx", simple('<w:p xmlns:jane="urn:schemas-microsoft-com:vml"/>'), "prefixes"),
        ("a.docx", simple("<w:sdt>" * 300 + "</w:sdt>" * 300), "nested too deeply"),
        ("a.docx", simple("<w:p>"), "not well-formed"),
        ("a.docx", pack({"a.xml": b" " * 2**25 + random.Random(1).randbytes(2**20)}), "too large"),
        ("a.docx", simple(more={"word/document.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a/>'}),
         "which is refused"),
        ("a.docm", simple(more={"[Content_Types].xml": types({
            "word/document.xml": "application/vnd.ms-word.document.macroEnabled.main+xml"})}),
         "holds macros"),
    ],
)  # fmt: skip
def test_refused(tmp_path: Path, name: str, data: bytes, said: str) -> None:
    """What is locked, damaged, hostile or holds macros is refused in one line that says why."""
    with pytest.raises(FormatError) as refused:
        list(FORMAT.read(shard_of(tmp_path / name, data)))
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_foreign_namespaces(tmp_path: Path) -> None:
    """Alternatives that need what nobody knows give way to what is meant for everybody else."""
    alternative = (
        '<w:r><mc:AlternateContent><mc:Choice Requires="cx1"><w:t>odd</w:t></mc:Choice>'
        "<mc:Fallback><w:t>plain</w:t></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document = read(tmp_path, simple(para(alternative)))
    assert values(document, Role.TEXT) == ["plain"]
    assert body(rebuilt(document)) == "<w:p><w:r><w:t>plain</w:t></w:r></w:p>"
    strange = root("w:document", "<w:body><w:sectPr/></w:body>").replace(
        'mc:Ignorable="w14 w15"', 'xmlns:zz="urn:jane" mc:Ignorable="w14 zz w15" zz:a="jane"'
    )
    parts = rebuilt(read(tmp_path, simple(more={"word/document.xml": strange})))
    assert b'mc:Ignorable="w14 w15">' in parts["word/document.xml"]
    assert b"jane" not in parts["word/document.xml"]


def test_dates_and_missing_values(tmp_path: Path) -> None:
    """A coarse date is written out; what may not be missing has a stand-in, the same everywhere."""
    document = read(tmp_path, docx_whole.everything())
    texts = _same(document)
    for one in document.fields:
        if one.role is Role.DATE:
            texts[one.path] = "2019-07"
        elif one.role in {Role.ID, Role.URL, Role.OPAQUE}:
            texts[one.path] = None
    parts = unpack(FORMAT.rebuild(document, texts))
    assert b'w:date="2019-07-01T00:00:00Z"' in parts["word/comments.xml"]
    assert b'Target="https://example.org/"' in parts["word/_rels/document.xml.rels"]
    text = body(parts)
    anchor = text.split('w:anchor="')[1].split('"')[0]
    assert f'w:name="{anchor}"' in text
    assert f"PAGEREF {anchor} " in text
    assert b'w:initials="QR"' in parts["word/comments.xml"]
    again = rebuilt(document, {"Quentella": "Ada Byron"})["word/comments.xml"]
    assert b'w:author="Ada Byron Ravensmoor"' in again
    assert b'w:initials="ABR"' in again
    assert HEAD.encode() in parts["word/people.xml"]
