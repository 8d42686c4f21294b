"""Transcripts in XML through the whole program."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from anonymize import api
from tests.acceptance.running import call, found, one_line
from tests.canaries_speech import canary_speech
from tests.formats.speech_cases import CASES, FULL, GIVEN, LABEL, OTHER, RECORDS, skeleton
from tests.formats.xml_cases import bomb, hostile, parsed
from tests.fuzz_runs import prepared

_SUFFIXES = {"elan": "eaf", "exmaralda": "exb", "transcriber": "trs", "ttml": "ttml", "tei": "xml"}


@pytest.fixture(scope="module", autouse=True)
def _stood_in() -> Iterator[None]:
    """Let a stand-in find names, so that a run takes a second."""
    with prepared():
        yield


def _folder(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir()
    for form, data in files.items():
        (folder / f"{form}.{_SUFFIXES[form]}").write_bytes(data)
    return folder


def _written(share: Path) -> dict[str, bytes]:
    """Return what was written, by format."""
    forms = {suffix: form for form, suffix in _SUFFIXES.items()}
    files = [one for one in (share / "data").rglob("*") if one.is_file()]
    return {forms[one.suffix[1:]]: one.read_bytes() for one in files}


def test_no_canary_is_in_the_shared_folder(tmp_path: Path) -> None:
    """Every element and attribute of the tables, and unknown ones in each: none passes unseen."""
    made = {form: canary_speech(form) for form in CASES}
    folder = _folder(tmp_path / "in", {form: data for form, (data, _) in made.items()})
    done = api.run([folder], out=tmp_path / "share")
    assert done.exit_code == 10
    assert done.records["read"] == done.records["written"]
    for where in (one for _, one in made.values()):
        left = {where[key]: file for key, file in found(tmp_path / "share", where).items()}
        assert left == {}


def test_one_person_has_one_name_in_every_format(tmp_path: Path) -> None:
    """Ids, labels, tiers, entries of people and mentions agree over all files; nothing moves."""
    folder = _folder(tmp_path / "in", dict(CASES))
    people = tmp_path / "people.csv"
    head = "person,role,names,handles,emails,consent,pseudonym\n"
    people.write_text(f"{head}P1,teacher,{FULL},,,yes,Mira Keller\n", "utf-8")
    done = api.run([folder], out=tmp_path / "share", people=people)
    assert done.records == {"read": 21, "written": 21, "withheld": 0}
    assert found(tmp_path / "share", [FULL, GIVEN, LABEL, OTHER, "Tilda", "annalena"]) == {}
    new = _written(tmp_path / "share")
    assert new.keys() == CASES.keys()
    tiers = [one.get("TIER_ID") for one in parsed(new["elan"]).iter("TIER")]
    other = tiers[2]
    assert tiers == ["utterance@Mira", "gloss@Mira", other, f"{other}-gaze"]
    for data in new.values():
        text = data.decode("latin-1")
        assert "Mira" in text
        assert "Keller" in text
        assert other in text
    tei = parsed(new["tei"])
    (said,) = [one for one in tei.iter("{*}u") if one.get("who") == "#Mira"]
    words = " ".join("".join(said.itertext()).split())
    assert words.startswith("I am Mira Keller and")
    for form, data in new.items():
        assert len(skeleton(form, data)) > RECORDS[form]


@pytest.mark.parametrize("name", ["Bo Ng", "Maximiliana Featherstonehaugh-Cholmondeley"])
def test_names_of_any_length_leave_times_and_references(tmp_path: Path, name: str) -> None:
    """With a name half or twice as long, times, order and references are those of the input."""
    folder = _folder(tmp_path / "in", dict(CASES))
    people = tmp_path / "people.csv"
    head = "person,role,names,handles,emails,consent,pseudonym\n"
    people.write_text(f"{head}P1,teacher,{FULL},,,yes,{name}\n", "utf-8")
    api.run([folder], out=tmp_path / "share", people=people, policy="internal")
    gone = {"MEDIA_DESCRIPTOR", "LINKED_FILE_DESCRIPTOR", "referenced-file", "media"}
    for form, data in _written(tmp_path / "share").items():
        before = [one for one in skeleton(form, CASES[form]) if one[0] not in gone]
        after = skeleton(form, data)
        names = {"PROPERTY", "ud-information"}
        assert [one for one in after if one[0] not in names] == [
            one for one in before if one[0] not in names
        ]


def test_who_refused_is_withheld_in_every_format(tmp_path: Path) -> None:
    """Her annotations, events, turns and cues go, those she shares with others too."""
    folder = _folder(tmp_path / "in", dict(CASES))
    people = tmp_path / "people.csv"
    head = "person,role,names,handles,emails,consent,pseudonym\n"
    people.write_text(f"{head}P1,teacher,{FULL},,,no,\n", "utf-8")
    done = api.run([folder], out=tmp_path / "share", people=people)
    assert done.exit_code == 10
    for form, data in _written(tmp_path / "share").items():
        text = data.decode("latin-1")
        assert "I am" not in text, form
        assert "Hello" in text, form
        if form in {"transcriber", "ttml"}:
            assert "Yes" not in text


def test_hostile_files_end_the_run(tmp_path: Path) -> None:
    """Entities, external entities and depth: exit code 4 and one line, by name or content."""
    cases = hostile("ANNOTATION_DOCUMENT")
    for case in ("bomb behind a comment", "external entity", "deep", "huge attribute"):
        (tmp_path / "a.eaf").write_bytes(cases[case])
        said = call("run", tmp_path / "a.eaf", "--out", tmp_path / "share")
        line = one_line(said, 4)
        assert "a.eaf" in line
        assert not (tmp_path / "share").exists()
    (tmp_path / "b.xml").write_bytes(bomb(root="TEI"))
    said = call("run", tmp_path / "b.xml", "--out", tmp_path / "share")
    assert "not a format this program reads" in one_line(said, 4)


def test_xml_nobody_knows_and_settings(tmp_path: Path) -> None:
    """Other XML is refused with the kinds that are read; in a folder it is unknown."""
    (tmp_path / "a.xml").write_bytes(b"<html><body>Annalena</body></html>")
    said = call("run", tmp_path / "a.xml", "--out", tmp_path / "share")
    assert "it reads ELAN" in one_line(said, 4)
    (tmp_path / "a.pfsx").write_bytes(b'<preferences version="1.1"/>')
    said = call("run", tmp_path / "a.pfsx", "--out", tmp_path / "share")
    assert "settings of ELAN" in one_line(said, 4)
    folder = _folder(tmp_path / "in", {"elan": CASES["elan"]})
    for name in ("a.xml", "a.pfsx"):
        (folder / name).write_bytes((tmp_path / name).read_bytes())
    said = call("run", folder, "--out", tmp_path / "share", "--json")
    assert said.code == 10
    listed = (tmp_path / "share" / "withheld.jsonl").read_text("utf-8").splitlines()
    files = {one["file"]: one["reason"] for one in map(json.loads, listed) if "container" in one}
    assert files == {
        "settings.pfsx": "dropped-rule-file",
        "unknown file 1 (.xml)": "dropped-unknown-file",
    }
    assert found(tmp_path / "share", [GIVEN]) == {}
