"""Tests of the names of tiers, in ELAN's and EXMARaLDA's files."""

from __future__ import annotations

from pathlib import Path

import pytest

from anonymize.formats.elan import FORMAT
from anonymize.formats.pieces import Draft
from anonymize.formats.tier_names import tier_parts
from anonymize.model.fields import Role
from tests.formats.speech_cases import CASES, document
from tests.formats.transcript_cases import same
from tests.formats.xml_cases import parsed


@pytest.mark.parametrize(
    ("name", "speaker", "labels", "words"),
    [
        ("utterance@AnnaK", "", ["AnnaK"], []),
        ("tx@AK", "", ["AK"], []),
        ("utterance@AnnaK", "Anna Kowal", ["AnnaK"], []),
        ("Wimper@AnnaK", "", ["Wimper", "AnnaK"], []),
        ("Anna Kowal", "", ["Anna Kowal"], []),
        ("Anna Kowal_gloss", "Anna Kowal", ["Anna Kowal"], []),
        ("Anna-Wimper", "Anna", ["Anna"], ["Wimper"]),
        ("Annas-Wimper", "Anna", ["Annas", "Wimper"], []),
        ("PS", "", ["PS"], []),
        ("ps", "", [], []),
        ("Transcription 2", "", [], []),
        ("A_word-txt-AnnaK", "", ["A", "AnnaK"], []),
        ("Jo&amp;Co (gaze)", "", ["Jo&amp;Co"], []),
        ("@", "", [], []),
    ],
)
def test_parts(name: str, speaker: str, labels: list[str], words: list[str]) -> None:
    """A known kind stays; a word beside the speaker the file names is text; all else is a label."""
    parts = tier_parts(name, speaker, Draft())
    said = {Role.NAME: labels, Role.TEXT: words}
    for role, expected in said.items():
        found = [name[one.start : one.stop] for one in parts if one.slot and one.slot.role is role]
        assert found == expected


def _tiers(data: bytes) -> list[tuple[str | None, str | None]]:
    return [(one.get("TIER_ID"), one.get("PARENT_REF")) for one in parsed(data).iter("TIER")]


def test_two_tiers_never_become_one() -> None:
    """With one name for everybody tiers are numbered, and each keeps its own parent."""
    read = document("elan", CASES["elan"])
    texts = {one.path: "Mira" if one.role is Role.NAME else one.value for one in read.fields}
    assert _tiers(FORMAT.rebuild(read, texts)) == [
        ("utterance@Mira", None),
        ("gloss@Mira", "utterance@Mira"),
        ("Mira", None),
        ("Mira-gaze", "Mira"),
    ]
    data = CASES["elan"].replace(b'"Bennolt-gaze"', b'"AnnalenaK"')
    read = document("elan", data)
    texts = {one.path: "Mira" if one.role is Role.NAME else one.value for one in read.fields}
    assert _tiers(FORMAT.rebuild(read, texts))[2:] == [("Mira", None), ("Mira-2", "Mira")]


def test_a_tier_speaks_for_its_participant() -> None:
    """Tiers below have the speaker above; a label behind `@` of another is another's."""
    read = document("elan", CASES["elan"])
    authors = [one.author for one in read.sections[1:]]
    assert authors[0] == authors[1] == authors[2] != authors[3]
    data = CASES["elan"].replace(b'"gloss@AnnalenaK"', b'"gloss@Bennolt"')
    authors = [one.author for one in document("elan", data).sections[1:]]
    assert authors[1] == authors[3] != authors[0]
    circle = CASES["elan"].replace(
        b'PARENT_REF="Bennolt" TIER_ID="Bennolt-gaze"',
        b'PARENT_REF="x@1" TIER_ID="x@1"',
    )
    assert same(document("elan", circle))


def test_elan_opens_in_its_library(tmp_path: Path) -> None:
    """Pympi reads what is written: tiers, parents, annotations and times are as they were."""
    pympi = pytest.importorskip("pympi")
    read = document("elan", CASES["elan"])
    texts = {one.path: "Mira" if one.role is Role.NAME else one.value for one in read.fields}
    (tmp_path / "a.eaf").write_bytes(CASES["elan"])
    (tmp_path / "b.eaf").write_bytes(FORMAT.rebuild(read, texts))
    before, after = (pympi.Elan.Eaf(str(tmp_path / name)) for name in ("a.eaf", "b.eaf"))
    assert list(after.get_tier_names()) == ["utterance@Mira", "gloss@Mira", "Mira", "Mira-gaze"]
    for old, new in zip(before.get_tier_names(), after.get_tier_names(), strict=True):
        times = [one[:2] for one in before.get_annotation_data_for_tier(old)]
        assert [one[:2] for one in after.get_annotation_data_for_tier(new)] == times
        parent = before.get_parameters_for_tier(old).get("PARENT_REF")
        assert (after.get_parameters_for_tier(new).get("PARENT_REF") is None) == (parent is None)
