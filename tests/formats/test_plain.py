"""Tests of plain-text interviews."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from anonymize.errors import FormatError, UsageError
from anonymize.formats.charset import Charset, decode_bytes, encode_text
from anonymize.formats.pieces import Pieces, positions, render
from anonymize.formats.plain import FORMAT, tokenise
from anonymize.model.fields import Role
from tests.formats.transcript_cases import read_all, same, shard_of, source_of, whole
from tests.strategies import transcripts

INTERVIEW = (
    "Interviewee: Anna Kowal\r\nInterviewer: Ben\r\nDate: 3 May 2024\r\nPlace: Ashby\r\n\r\n"
    "Ben: Who taught you?\r\nAnna Kowal: Mrs Marsh.\r\n\r\nShe was good.\r\nBen: Thanks.\r\n"
)


@given(transcripts())
def test_round_trip(content: str) -> None:
    """Rebuilding an interview with unchanged texts gives back the same bytes."""
    document = tokenise(content).document(Charset("utf-8", b"\xef\xbb\xbf"), "")
    assert isinstance(document.record, Pieces)
    out = render(document.record, same(document), frozenset(), lambda value, _: value)
    assert out == b"\xef\xbb\xbf" + content.encode()


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, codec: str) -> None:
    """UTF-8 with and without mark, UTF-16 and windows-1252 come back byte for byte."""
    data = INTERVIEW.replace("good", "Zoë – good").encode(codec)
    shard = shard_of(FORMAT, tmp_path / "a.txt", data)
    documents, problems = read_all(FORMAT, shard)
    assert whole(FORMAT, shard) == data
    assert "Zoë – good" in documents[0].fields[-3].value
    assert [one.code for one in problems] == (["encoding-cp1252"] if codec == "cp1252" else [])


def test_named_encoding(tmp_path: Path) -> None:
    """The encoding a user names goes before the fallback, and an unknown one is a usage error."""
    data = "Anna: Łódź\nAnna: jest\n".encode("cp1250")
    shard = shard_of(FORMAT, tmp_path / "a.txt", data, encoding="cp1250")
    documents, problems = read_all(FORMAT, shard)
    assert documents[0].fields[1].value == "Łódź"
    assert not problems
    assert whole(FORMAT, shard) == data
    with pytest.raises(UsageError):
        decode_bytes(data, "a", "klingon")


def test_missing_letters() -> None:
    """A surrogate's letter that the file's encoding lacks is written plain."""
    assert encode_text("Zoë Kovář 猫", "cp1252") == "Zoë Kovár ?".encode("cp1252")


def test_turns(tmp_path: Path) -> None:
    """Header and turns are sections; header names and labels share a subject; text spans lines."""
    shard = shard_of(FORMAT, tmp_path / "a.txt", INTERVIEW.encode())
    (document,), _ = read_all(FORMAT, shard)
    assert [section.id for section in document.sections] == ["header", "0", "1", "2"]
    assert [one.role for one in document.fields[:4]] == [
        Role.NAME,
        Role.NAME,
        Role.DATE,
        Role.PLACE,
    ]
    by_path = {one.path: one for one in document.fields}
    assert by_path["turns", 1, "text"].value == "Mrs Marsh.\r\n\r\nShe was good."
    assert by_path["turns", 1, "speaker"].subject == by_path["header", 0].subject
    assert document.sections[2].author == by_path["turns", 1, "speaker"].subject
    assert document.scope == shard.output
    assert "Anna" not in repr(document)


def test_changes(tmp_path: Path) -> None:
    """New values stand where the old stood; a withheld turn keeps its label, None drops."""
    shard = shard_of(FORMAT, tmp_path / "a.txt", INTERVIEW.encode())
    (document,), _ = read_all(FORMAT, shard)
    texts = same(document)
    texts["turns", 0, "speaker"] = "Mi\nra"
    texts["turns", 1, "speaker"] = None
    texts["turns", 2, "text"] = None
    out = FORMAT.rebuild(document, texts, frozenset({2})).decode()
    assert "\r\nMi ra: Who taught you?\r\n[withheld]: [withheld]\r\nBen: \r\n" in out
    assert "Marsh" not in FORMAT.rebuild(document, {}).decode()


def test_paragraphs(tmp_path: Path) -> None:
    """Text without labels is one section a paragraph."""
    shard = shard_of(FORMAT, tmp_path / "a.md", b"# Talk\n\nOne\ntwo.\n\nThree.\n")
    (document,), _ = read_all(FORMAT, shard)
    assert [one.value for one in document.fields] == ["# Talk", "One\ntwo.", "Three."]


def test_services(tmp_path: Path) -> None:
    """Otter's label lines and Zoom's chat, with both names of a direct message, are turns."""
    otter = "Anna Kowal  0:01\nHello.\n\nBen  0:05\nHi.\n\nAnna Kowal  0:09\nSo.\n"
    (document,), _ = read_all(FORMAT, shard_of(FORMAT, tmp_path / "a.txt", otter.encode()))
    assert [one.value for one in document.fields][:3] == ["Anna Kowal", "Hello.", "Ben"]
    chat = "".join(
        f"10:00:0{n} From {who} to {whom}: hi\n"
        for n, (who, whom) in enumerate([("Anna", "Everyone"), ("Ben", "Anna"), ("Anna", "Ben")])
    )
    (document,), _ = read_all(FORMAT, shard_of(FORMAT, tmp_path / "b.txt", chat.encode()))
    found = [one.value for one in document.fields if one.role is Role.NAME]
    assert found == ["Anna", "Ben", "Anna", "Anna", "Ben"]


_OTTER = """Talk with Anna
Tue, Apr 6, 2021 10:00AM • 12:34

SUMMARY KEYWORDS
school, anna

SPEAKERS
Anna Kowal, Unknown Speaker, Ben Marsh

Anna Kowal  00:00
Hello.

Ben Marsh  0:05
Hi.

Anna Kowal  1:02:03
So.

Transcribed by https://otter.ai
"""
_MEET = """Weekly talk - Transcript
Attendees
Anna Kowal, Ben Marsh
Transcript
Anna Kowal: Hello.
Ben Marsh: Hi.
Anna Kowal: So.
Meeting ended after 00:12:03 👋
"""
_TEAMS = """0:0:0.0 --> 0:0:3.5
Anna Kowal
Hello.

0:0:3.5 --> 0:0:5.0
Ben Marsh
Hi.

0:0:5.0 --> 0:0:9.0
Anna Kowal
So.
"""
_ZOOM = """00:10:01\tAnna Kowal:\tHello.
00:10:05\tBen Marsh:\tHi.
00:10:09\tAnna Kowal:\tSo.
"""
_REV = """Anna Kowal (00:01):
Hello.

Ben Marsh (00:05):
Hi.

Anna Kowal (00:09):
So.
"""
_DESCRIPT = """[00:00:01] Anna Kowal: Hello.

[00:00:05] Ben Marsh: Hi.

[00:00:09] Anna Kowal: So.
"""


@pytest.mark.parametrize(
    ("content", "names"),
    [
        (_OTTER, ["Anna Kowal", "Unknown Speaker", "Ben Marsh"]),
        (_MEET, ["Anna Kowal", "Ben Marsh"]),
        (_TEAMS, []),
        (_ZOOM, []),
        (_REV, []),
        (_DESCRIPT, []),
    ],
    ids=["otter", "meet", "teams", "zoom", "rev", "descript"],
)
def test_layouts_of_services(content: str, names: list[str]) -> None:
    """Three turns of two speakers in every layout; lists of names are names, footers stay."""
    document = tokenise(content).document(Charset("utf-8"), "")
    found = [(one.path[-1], one.value) for one in document.fields if one.path[0] == "turns"]
    assert found == [
        ("speaker", "Anna Kowal"),
        ("text", "Hello."),
        ("speaker", "Ben Marsh"),
        ("text", "Hi."),
        ("speaker", "Anna Kowal"),
        ("text", "So."),
    ]
    listed = [one for one in document.fields if one.path[0] == "header" and one.role is Role.NAME]
    assert [one.value for one in listed] == names
    subjects = {one.value: one.subject for one in document.fields if one.path[-1] == "speaker"}
    assert all(subjects.get(one.value, one.subject) == one.subject for one in listed)
    texts = {one.path: "x" for one in document.fields}
    assert isinstance(document.record, Pieces)
    out = render(document.record, texts, frozenset(), lambda value, _: value).decode()
    assert out.splitlines()[-1] == {_OTTER: "Transcribed by https://otter.ai"}.get(
        content, out.splitlines()[-1]
    )
    assert "Anna" not in out
    assert len(out.splitlines()) == len(content.splitlines())


def test_a_talk_by_one() -> None:
    """A label that begins a long text in which nobody else speaks is one; later it is none."""
    said = "We went to school and it was long ago. " * 10
    document = tokenise(f"CarlaMarsh: {said}\n").document(Charset("utf-8"), "")
    assert [(one.role, one.value) for one in document.fields] == [
        (Role.NAME, "CarlaMarsh"),
        (Role.TEXT, said.strip()),
    ]
    titled = tokenise(f"TALKS\n1 May\n\nCarlaMarsh: {said}\n").document(Charset("utf-8"), "")
    assert (Role.NAME, "CarlaMarsh") in [(one.role, one.value) for one in titled.fields]
    for content in (f"{said}\nCarlaMarsh: {said}", "Carla: a city\n", f"carla: {said}"):
        document = tokenise(content).document(Charset("utf-8"), "")
        assert [one.role for one in document.fields] == [Role.TEXT]


def test_header_keys() -> None:
    """Ages and durations keep their key beside them; files and numbers of consent are left out."""
    content = (
        "Interview 3\nInterviewee: Anna Kowal (AK)\nInterviewer: B. Marsh\nAge: 34\n"
        "Audio source: C:\\anna.mp3\nConsent no.: 12-AB\nPlace: Ashby\n\n"
        "AK: Hi.\nBM: Hello.\nAK: So.\n"
    )
    document = tokenise(content).document(Charset("utf-8"), "")
    header = [(one.role.value, one.kind, one.value) for one in document.fields if one.section == 0]
    assert header == [
        ("text", "", "Interview 3"),
        ("name", "person", "Anna Kowal"),
        ("name", "person", "AK"),
        ("name", "person", "B. Marsh"),
        ("text", "", "Age: 34"),
        ("opaque", "rule", "C:\\anna.mp3"),
        ("opaque", "rule", "12-AB"),
        ("place", "", "Ashby"),
    ]
    assert len(document.sections) == 4


def test_refusals(tmp_path: Path) -> None:
    """Binary data is not claimed; empty and blank files are format errors."""
    assert not FORMAT.claims(source_of(tmp_path / "a.txt", b"ab\0\1\2"))
    assert FORMAT.claims(source_of(tmp_path / "a.txt", "ab".encode("utf-16")))
    assert not FORMAT.claims(source_of(tmp_path / "a.bin", b"ab"))
    for data in (b"", b"\n \n", b"\xef\xbb\xbf"):
        with pytest.raises(FormatError):
            shard_of(FORMAT, tmp_path / "a.txt", data)
    with pytest.raises(FormatError):
        decode_bytes(b"\x81\x8d", "a")


def test_tag_positions() -> None:
    """Tags keep their place between unchanged words and snap behind changed ones."""
    assert positions("Hi Jane ok", "Hi Mira Keller ok", [3, 5, 7, 8]) == [3, 14, 14, 15]
    long = "so " * 3000
    assert positions(long + "Jane " + long, long + "Mira " + long, [4, 9002, 9005]) == [
        4,
        9004,
        9005,
    ]
