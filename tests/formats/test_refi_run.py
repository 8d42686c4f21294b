"""REFI-QDA projects through the whole program."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from anonymize import api
from tests.acceptance.running import call, found, one_line
from tests.formats import refi_cases as cases
from tests.formats.refi_cases import DIALECTS, Read

ROSTER = """person,role,names,handles,emails,consent,pseudonym
p1,Teacher,Zofia Kaczorek; Zofia,,,yes,Ida Uy
p2,Editor,Benedek Szalontai; Benedek,,,yes,Bartholomew Featherstone
p3,Researcher,Rosalind Ashcombe,,,yes,Petra Lindqvist
"""
REFUSED = ROSTER.replace("Zofia,,,yes", "Zofia,,,no")
NAMES = ("Zofia", "Kaczorek", "Benedek", "Szalontai", "Rosalind", "Ashcombe", "rashcombe", "K4CZ")


def _run(folder: Path, roster: str) -> Path:
    source = folder / "in"
    source.mkdir()
    for name, dialect in DIALECTS.items():
        (source / f"{name}.qdpx").write_bytes(cases.project(dialect))
    (source / "zofia.qdpx").write_bytes(cases.full())
    (source / "codes.qdc").write_text(cases.CODEBOOK, encoding="utf-8")
    people = folder / "people.csv"
    people.write_text(roster, encoding="utf-8")
    api.run([source], out=folder / "out", people=people)
    return folder / "out"


@pytest.fixture(scope="module")
def share(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what is shared of projects of every dialect."""
    return _run(tmp_path_factory.mktemp("refi"), ROSTER)


def _packages(share: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(share.rglob("*.qdpx"))]


def test_nobody_is_left(share: Path) -> None:
    """No name of anybody stands in any part or name of a part, in any encoding."""
    assert len(_packages(share)) == len(DIALECTS) + 1
    assert found(share, NAMES) == {}


def test_valid(share: Path) -> None:
    """Every project and codebook is valid against the schema."""
    for data in _packages(share):
        assert cases.valid(cases.parts(data)["project.qde"]) == ""
    (book,) = share.rglob("*.qdc")
    assert cases.valid(book.read_bytes()) == ""


def test_codings_cover_the_same_words(share: Path) -> None:
    """In every dialect each coding covers its words, with the pseudonyms for the names."""
    seen = 0
    for data in _packages(share):
        read = _as_written(data)
        if len(read) != len(cases.CODED):
            continue
        seen += 1
        words = [one.words.replace("\r\n", "\n") for one in read]
        assert words[0] == "Who taught you to cut, Ida?"
        assert words[2] == "Bartholomew Featherstone"
        assert words[1].startswith("That was Bartholomew Featherstone, at ")
        assert words[1] in words[4]
        assert words[4].startswith("Ida: That was")
        assert words[4].endswith("\n\nInterviewer: And after him?")
        assert (
            words[5]
            == "Bartholomew\u2019s sister; \U0001f469\u200d\U0001f3a8 she films.\n" + words[6]
        )
        assert words[6] == "It went on for years."
    assert seen == len(DIALECTS)


def _as_written(data: bytes) -> list[Read]:
    """Return the selections of a project as the first dialect reads them in which names fit."""
    for dialect in DIALECTS.values():
        try:
            read = cases.read(data, dialect)
        except UnicodeError:
            continue
        if [one.words for one in read][-1:] == ["It went on for years."]:
            return read
    return []


def test_codes_cases_and_sources_stay(share: Path) -> None:
    """No code, case, source, selection or reference is lost; references still meet."""
    for data in _packages(share):
        root = cases.tree(cases.parts(data)["project.qde"])
        guids = [one.get("guid") for one in root.iter("{*}*") if one.get("guid")]
        assert len(set(guids)) == len(guids)
        pointing = {one.get(key) for one in root.iter("{*}*") for key in one.attrib if key in KEYS}
        assert pointing <= set(guids)
        assert not set(guids) & {cases.guid(number) for number in range(300)}


KEYS = ("targetGUID", "creatingUser", "creatingUserGUID", "originGUID", "representedGUID")


def test_one_person_has_one_pseudonym(share: Path) -> None:
    """User, case, source, speaker and mention of one person are called the same."""
    for data in _packages(share):
        root = cases.tree(cases.parts(data)["project.qde"])
        assert root.find(".//{*}Case").get("name") == "Ida Uy"
        assert root.find(".//{*}User").get("name") == "Petra Lindqvist"
        assert root.find(".//{*}User").get("id").startswith("petra_lindqvist_")
        assert "Ida" in root.find(".//{*}TextSource").get("name")


def test_what_is_dropped_is_told(share: Path) -> None:
    """Media, rich text and paths are in the report as left out by rule."""
    report = json.loads((share / "report.json").read_text(encoding="utf-8"))
    listed = json.dumps(report)
    for word in ("rich text", "picture", "video", "@basePath", "@richTextPath", "@origin"):
        assert word in listed


def test_refused_turns_are_withheld(tmp_path: Path) -> None:
    """Who refused is withheld: her turns, and the values of her case; the project stays valid."""
    share = _run(tmp_path, REFUSED)
    assert found(share, NAMES) == {}
    for data in _packages(share):
        xml = cases.parts(data)["project.qde"]
        assert cases.valid(xml) == ""
        assert b">37<" not in xml
        assert b"<Case" in xml
    assert any(
        b"[withheld]" in part for data in _packages(share) for part in cases.parts(data).values()
    )


def test_canary_in_every_leaf(tmp_path: Path) -> None:
    """An address in every attribute and every text, in files and their names: none is left."""
    from lxml import etree

    root = cases.tree(cases.FULL.encode())
    canaries: list[str] = []

    def canary() -> str:
        canaries.append(f"leaf{len(canaries)}@qxmail.example")
        return canaries[-1]

    for one in root.iter("{*}*"):
        for name in one.attrib:
            if name != "plainTextPath":
                one.set(name, canary())
        if one.text and one.text.strip():
            one.text = canary()
    path = tmp_path / "a.qdpx"
    parts = cases.parts(cases.full(etree.tostring(root).decode()))
    parts[f"sources/{canary()}.txt"] = canary().encode()
    parts[f"sources/{cases.guid(40)}.txt"] = f"Ben: ask {canary()}.\nBen: or {canary()}!".encode()
    path.write_bytes(cases.package(parts))
    said = call("run", path, "--out", tmp_path / "out")
    assert said.code == 10
    assert len(canaries) > 200
    assert found(tmp_path / "out", ["qxmail", *canaries]) == {}
    assert "qxmail" not in said.everything


def test_damaged_is_refused(tmp_path: Path) -> None:
    """A project that declares entities is refused with exit code 4, in one line."""
    path = tmp_path / "a.qdpx"
    xml = cases.FULL.replace("<Project", '<!DOCTYPE a [<!ENTITY b "c">]><Project', 1)
    path.write_bytes(cases.full(xml))
    said = call("run", path, "--out", tmp_path / "out")
    assert "entities" in one_line(said, 4)
    assert not (tmp_path / "out").exists()


def test_unknown_is_reported(tmp_path: Path) -> None:
    """An element and an attribute nobody knows are dropped, reported, and make exit code 10."""
    path = tmp_path / "a.qdpx"
    xml = cases.FULL.replace("<Users>", '<Users secret="Zofia"><Extra>Zofia</Extra>', 1)
    path.write_bytes(cases.full(xml))
    said = call("run", path, "--out", tmp_path / "out", "--json")
    assert said.code == 10
    dropped = json.loads(said.out)["dropped"]["unknown"]
    assert {key.rpartition(".")[2]: count for key, count in dropped.items()} == {
        "@secret": 1,
        "element": 1,
    }
    assert found(tmp_path / "out", ["Extra", "secret="]) == {}
