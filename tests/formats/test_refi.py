"""Tests of REFI-QDA projects and codebooks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from anonymize.formats.charset import GUESSED
from anonymize.formats.refi import FORMAT
from anonymize.formats.refi_project import COUNTED
from anonymize.model.documents import Document
from anonymize.model.fields import Path as FieldPath
from anonymize.model.fields import Role
from tests.formats import refi_cases as cases
from tests.formats.transcript_cases import read_all, shard_of

Values = dict[FieldPath, str | None]


def document(path: Path, data: bytes, name: str = "a.qdpx") -> Document:
    """Return the document of a project."""
    (found,), _ = read_all(FORMAT, shard_of(FORMAT, path / name, data))
    return found


def same(found: Document) -> Values:
    """Return the unchanged texts of a project; paths and names of sections are unique."""
    texts: Values = {one.path: one.value for one in found.fields}
    assert len(texts) == len(found.fields)
    assert len({one.id for one in found.sections}) == len(found.sections)
    return texts


def replaced(found: Document) -> Values:
    """Return texts as one who knows nobody would give them: every word new, GUIDs kept."""
    values = {
        Role.TEXT: "x",
        Role.NAME: "y",
        Role.HANDLE: "y",
        Role.DATE: cases.WHEN,
        Role.COUNT: "1",
    }
    texts: Values = {}
    for one in found.fields:
        if one.role is Role.ID:
            texts[one.path] = one.value if re.fullmatch("[0-9a-f-]{36}", one.value) else "z"
        elif one.path[-1:] == ("text",) and "DateValue" in one.path:
            texts[one.path] = "2020-01-01"
        elif one.role in values:
            texts[one.path] = values[one.role]
    return texts


@pytest.mark.parametrize("data", [cases.full(), *map(cases.project, cases.DIALECTS.values())])
def test_round_trip(tmp_path: Path, data: bytes) -> None:
    """Rebuilding with unchanged texts gives back the bytes of every part that is kept."""
    found = document(tmp_path, data)
    before, after = cases.parts(data), cases.parts(FORMAT.rebuild(found, same(found)))
    assert after == {name: before[name] for name in after}
    assert {name for name in before if name.endswith((".qde", ".txt"))} == set(after)


@pytest.mark.parametrize(("name", "xml"), [("a.qde", cases.FULL), ("a.qdc", cases.CODEBOOK)])
def test_round_trip_of_xml(tmp_path: Path, name: str, xml: str) -> None:
    """So does that of a project or codebook without package, with or without a mark."""
    wide = xml.replace('encoding="utf-8"', 'encoding="utf-16"').encode("utf-16")
    lines = xml.replace("\n", "\r\n").encode()
    for data in (xml.encode(), xml.encode("utf-8-sig"), lines, wide):
        found = document(tmp_path, data, name)
        assert FORMAT.rebuild(found, same(found)) == data


def test_cases_are_valid() -> None:
    """The synthetic projects are valid themselves."""
    assert cases.valid(cases.FULL.encode()) == ""
    assert cases.valid(cases.CODEBOOK.encode()) == ""
    for dialect in cases.DIALECTS.values():
        assert cases.valid(cases.parts(cases.project(dialect))["project.qde"]) == ""


def test_valid_afterwards(tmp_path: Path) -> None:
    """With all words replaced, with all values dropped and all withheld, it is still valid."""
    for name, data in (("a.qdpx", cases.full()), ("a.qdc", cases.CODEBOOK.encode())):
        found = document(tmp_path, data, name)
        ids = {one.path: one.value for one in found.fields if one.role is Role.ID}
        every = frozenset(range(len(found.sections)))
        for texts, withheld in ((replaced(found), frozenset[int]()), (ids, every), (ids, every)):
            out = FORMAT.rebuild(found, texts, withheld)
            xml = cases.parts(out)["project.qde"] if name == "a.qdpx" else out
            assert cases.valid(xml) == ""
            assert _shape(xml) == _shape(
                cases.FULL.encode() if name == "a.qdpx" else cases.CODEBOOK.encode()
            )


def _shape(xml: bytes) -> dict[str, int]:
    """Return how often each element occurs, but for values that may go."""
    tags = [one.tag.rpartition("}")[2] for one in cases.tree(xml).iter("{*}*")]
    return {tag: tags.count(tag) for tag in tags if not tag.endswith("Value")}


def test_nothing_unknown_stays(tmp_path: Path) -> None:
    """With every word replaced nothing of the people, programs and folders is left."""
    found = document(tmp_path, cases.full())
    out = b"".join(
        one.lower() + name.encode()
        for name, one in cases.parts(FORMAT.rebuild(found, replaced(found))).items()
    )
    for word in (b"zofia", b"kaczorek", b"ashcombe", b"ashgrove", b"nvivo", b"d:", b"ben:"):
        assert word not in out


def test_canary_in_every_leaf(tmp_path: Path) -> None:
    """Whatever stands in whatever attribute or text, it is a field, or not written."""
    from lxml import etree

    root = cases.tree(cases.FULL.encode())
    leaves = 0
    for one in root.iter("{*}*"):
        for name in one.attrib:
            if name != "plainTextPath":
                one.set(name, f"Qx{leaves}z")
            leaves += 1
        one.set("unheardOf", f"Qx{leaves}z")
        one.set("{urn:other}name", f"Qx{leaves}z")
        if one.text and one.text.strip():
            one.text = f"Qx{leaves}z"
        one.tail = f"Qx{leaves}z"
        etree.SubElement(one, "Unheard").text = f"Qx{leaves}z"
    root.tail = None
    xml = etree.tostring(root).decode().replace("<Project", '<Project xmlns:Qx="urn:Qx"', 1)
    data = cases.full(xml)
    found = document(tmp_path, data)
    assert cases.parts(FORMAT.rebuild(found, same(found)))["project.qde"] == xml.encode()
    out = cases.parts(FORMAT.rebuild(found, replaced(found)))["project.qde"]
    assert leaves > 150
    assert b"Qx" not in out
    unknown = [one for one in found.fields if (one.role, one.kind) == (Role.OPAQUE, "unknown")]
    assert len(unknown) > 150


def test_roles(tmp_path: Path) -> None:
    """Users and people cases are named after are names; codes and notes are texts."""
    found = document(tmp_path, cases.full())
    roles = {
        one.value: one.role for one in found.fields if one.path[-1] in {"@name", "@id", "text"}
    }
    names = {"Rosalind Ashcombe", "Zofia Kaczorek", "Zofia"}
    assert {value for value, role in roles.items() if role is Role.NAME} == names
    assert roles["rashcombe"] is Role.HANDLE
    assert roles["as Zofia said"] is roles["memo on Zofia"] is roles["from Ashgrove"] is Role.TEXT
    assert (roles["37"], roles["1.25"], roles["1984-02-29"]) == (Role.COUNT, Role.COUNT, Role.DATE)


@pytest.mark.parametrize(
    ("variable", "role", "kind"),
    [
        ("Surname", Role.NAME, "person"),
        ("City", Role.PLACE, ""),
        ("E-mail", Role.TEXT, "email"),
        ("Telephone", Role.TEXT, "phone"),
        ("Hobby", Role.TEXT, ""),
    ],
)
def test_variables(tmp_path: Path, variable: str, role: Role, kind: str) -> None:
    """A value of text is what the name of its variable says."""
    xml = cases.FULL.replace('name="says"', f'name="{variable}"').replace("by day", "Kaczorek")
    found = document(tmp_path, cases.full(xml))
    (one,) = [one for one in found.fields if one.value == "Kaczorek"]
    assert (one.role, one.kind) == (role, kind)
    out = cases.parts(FORMAT.rebuild(found, {**same(found), one.path: None}))["project.qde"]
    assert b"Kaczorek</TextValue>" not in out
    assert cases.valid(out) == ""


def test_mixed_content(tmp_path: Path) -> None:
    """A text of the project with CDATA, comments and references is counted as programs do."""
    content = "Zofia <!-- Zofia -->&amp; Ben&#13;\n<![CDATA[Zofia & <Ben>&amp;]]> &#x1F3AC;Zofia."
    text = "Zofia & Ben\r\nZofia & <Ben>&amp; \U0001f3acZofia."
    places = [(0, 5), (8, 18), (13, 26), (len(text) - 6, len(text))]
    xml = f'<Project xmlns="{cases.PROJECT}" name="a"><Notes><Note guid="{cases.guid(1)}">'
    xml += f"<PlainTextContent>{content}</PlainTextContent>"
    for number, (start, end) in enumerate(places, 2):
        xml += f'<PlainTextSelection guid="{cases.guid(number)}" startPosition="{start}" '
        xml += f'endPosition="{end}" name="{cases.squeezed(text[start:end])}"/>'
    data = f"{xml}</Note></Notes></Project>".encode()
    found = document(tmp_path, data, "a.qde")
    assert FORMAT.rebuild(found, same(found)) == data
    texts: Values = {
        one.path: None if one.role is Role.OPAQUE else one.value.replace("Zofia", "Ida")
        for one in found.fields
    }
    for one in found.fields:
        if one.role is Role.OFFSET:
            before = next(f.value for f in found.fields if f.path == one.target)[: int(one.value)]
            texts[one.path] = str(len(before.replace("Zofia", "Ida")))
    out = FORMAT.rebuild(found, texts)
    read = cases.read(cases.package({"project.qde": out}), cases.Dialect(""))
    assert [one.words for one in read] == [
        text[start:end].replace("Zofia", "Ida") for start, end in places
    ]
    assert [one.name.split() for one in read] == [one.words.split() for one in read]
    assert b"Zofia" not in out


def test_elements_in_texts(tmp_path: Path) -> None:
    """An element in a text is unknown, whatever its name: the text is whole without it."""
    coding = f'<Coding guid="{cases.guid(900)}"><CodeRef targetGUID="{cases.guid(10)}"/></Coding>'
    xml = cases.FULL.replace("signed: ", f"signed: {coding}").replace("Told at", f"Told {coding}at")
    found = document(tmp_path, cases.full(xml))
    texts = same(found)
    assert cases.parts(FORMAT.rebuild(found, texts))["project.qde"] == xml.encode()
    texts = {one.path: texts[one.path] for one in found.fields if one.role is not Role.OPAQUE}
    out = cases.parts(FORMAT.rebuild(found, texts))["project.qde"]
    assert cases.valid(out) == ""
    assert cases.guid(900).encode() not in out


def test_people_of_sections(tmp_path: Path) -> None:
    """A turn is by its speaker and a case of whom it is called after: both can be withheld."""
    found = document(tmp_path, cases.full())
    subjects = {one.subject: one.value for one in found.fields if one.subject}
    by = [subjects[one.author] for one in found.sections if one.author]
    assert by == ["Zofia Kaczorek", "Zofia", "Ben"]


@pytest.mark.parametrize("name", list(cases.DIALECTS))
def test_dialects(tmp_path: Path, name: str) -> None:
    """In every dialect each coding covers the words it covered, with new names for old ones."""
    dialect = cases.DIALECTS[name]
    data = cases.project(dialect)
    found, problems = read_all(FORMAT, shard_of(FORMAT, tmp_path / "a.qdpx", data))
    assert COUNTED not in [one.code for one in problems]
    out = FORMAT.rebuild(found[0], renamed(found[0]))
    for before, after in zip(cases.read(data, dialect), cases.read(out, dialect), strict=True):
        words = before.words
        if words == "Szalontai, at Ash":
            words = "Benedek Szalontai, at Ashgrove"
        assert after.words == new_words(words)
        if before.name:
            cut = after.name.removesuffix("…") if before.name.endswith("…") else ""
            assert after.words.startswith(cut) if cut else _squeezed(after)
            assert "Benedek" not in after.name
    assert cases.valid(cases.parts(out)["project.qde"]) == ""
    text = cases.parts(data)[_text(data)].decode(dialect.codec)
    new = cases.parts(out)[_text(out)].decode(dialect.codec)
    assert new == new_words(text)


def _squeezed(one: cases.Read) -> bool:
    return one.name.split() == one.words.split()


def _text(data: bytes) -> str:
    (found,) = [name for name in cases.parts(data) if name.endswith(".txt")]
    return found


NEW = {"Zofia Kaczorek": "Ida Uy", "Benedek Szalontai": "Bartholomew Featherstone", "Ashgrove": "E"}
NEW |= {"Zofia": "Ida", "Benedek": "Bartholomew"}


def new_words(text: str) -> str:
    """Return a text with new names, whole ones first."""
    for old, new in NEW.items():
        text = text.replace(old, new)
    return text


def renamed(found: Document) -> Values:
    """Return the texts of a document with new names, and positions where they are then."""
    texts: Values = {}
    splices: dict[FieldPath, list[tuple[int, int, int]]] = {}
    pattern = re.compile("|".join(NEW))
    for one in found.fields:
        if one.role in {Role.TEXT, Role.NAME}:
            texts[one.path] = new_words(one.value)
            splices[one.path] = [
                (*match.span(), len(NEW[match.group()])) for match in pattern.finditer(one.value)
            ]
        elif one.role is not Role.OPAQUE:
            texts[one.path] = one.value
    for one in found.fields:
        if one.role is Role.OFFSET:
            at = shift = int(one.value)
            for start, end, length in splices[one.target]:
                if end <= at:
                    shift += length - (end - start)
                elif start < at:
                    shift += (start + length if one.kind == "end" else start) - at
            texts[one.path] = str(shift)
    return texts


def test_withheld_turn(tmp_path: Path) -> None:
    """A withheld turn is a mark with its line ends; codings of it stay in the text."""
    dialect = cases.DIALECTS["nvivo"]
    data = cases.project(dialect)
    found = document(tmp_path, data)
    by = {one.path: one for one in found.fields}
    turns = {one.section for path, one in by.items() if path[-1] == "text" and "turns" in path}
    out = FORMAT.rebuild(found, same(found), frozenset(turns))
    text = cases.parts(out)[_text(out)].decode()
    assert text.count("[withheld]") == len(turns)
    assert text.count("\r\n") == cases.TALK.count("\n")
    for one in cases.read(out, dialect):
        assert 0 <= one.start < one.end <= len(text)
        assert "[withheld]" in one.words
        assert "[withheld]" in one.name


def test_narrow_encoding(tmp_path: Path) -> None:
    """Where a new name loses a letter to the encoding of its file, codings count what is there."""
    dialect = cases.Dialect("", codec="cp1252")
    text = "Zofia, cet été.\n"
    data = cases.project(dialect, text, ("Zofia", "cet été."))
    found, problems = read_all(FORMAT, shard_of(FORMAT, tmp_path / "a.qdpx", data))
    assert [one.code for one in problems] == [GUESSED]
    texts = same(found[0])
    for one in found[0].fields:
        if one.role is Role.TEXT and one.value.startswith("Zofia,"):
            texts[one.path] = one.value.replace("Zofia", "Ka\ufb01e\u0142")
        elif one.role is Role.OFFSET and one.value != "0":
            texts[one.path] = str(int(one.value))
    out = FORMAT.rebuild(found[0], texts)
    assert [one.words for one in cases.read(out, dialect)] == ["Kafie?", "cet été."]


def test_guessed_counting(tmp_path: Path) -> None:
    """Where no coding tells how line ends are counted, that is said."""
    dialect = cases.Dialect("", eol="\r\n", name=lambda _: "memo")
    data = cases.project(dialect, "......\n..+*..\n", ("+*",))
    _, problems = read_all(FORMAT, shard_of(FORMAT, tmp_path / "a.qdpx", data))
    assert [(one.code, one.withheld) for one in problems] == [(COUNTED, False)]


def test_project_without_its_files(tmp_path: Path) -> None:
    """A project alone points to no file, and its positions stay as they are."""
    found = document(tmp_path, cases.FULL.encode(), "a.qde")
    out = FORMAT.rebuild(found, replaced(found))
    assert b"plainTextPath" not in out
    assert b'startPosition="0" endPosition="5"' in out
    assert cases.valid(out) == ""
