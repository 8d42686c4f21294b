"""Tests of tables of a transcript: one row a turn."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.formats import tables
from anonymize.formats.base import Format
from anonymize.formats.table_talk import recognise_talk
from anonymize.model.fields import Role
from tests.formats.transcript_cases import read_all, shard_of, whole

TABLE: Format = tables.FORMAT


@pytest.mark.parametrize(
    ("header", "known"),
    [
        ("speaker,text", True),
        ("TIMECODE,SPEAKER,TRANSCRIPT", True),
        ("Nr,Sprecher,Transkript,Kommentar", True),
        ("speaker,text,mood", True),
        ("speaker,country", False),
        ("text,time", False),
        ("speaker,speaker name,text", False),
    ],
)
def test_headers(header: str, known: bool) -> None:
    """One column of speakers and one of what is said make a table of turns."""
    assert (recognise_talk(header.split(",")) is not None) is known


def test_rows(tmp_path: Path) -> None:
    """Speakers are labels, times and numbers stay, a day is unknown, a strange column leaves."""
    content = (
        "Turn,Time,Speaker,Text,Mood\n1,00:00:01.5,Anna,Hello Ben,glad\n2,2024-05-03,Ben,Hi,\n"
    )
    shard = shard_of(TABLE, tmp_path / "a.csv", content.encode())
    documents, problems = read_all(TABLE, shard)
    assert not problems
    first, second = documents
    assert first.scope == second.scope == shard.output
    assert [(one.role, one.kind, one.value) for one in first.fields] == [
        (Role.CODE, "", "1"),
        (Role.CODE, "", "00:00:01.5"),
        (Role.NAME, "speaker", "Anna"),
        (Role.TEXT, "", "Hello Ben"),
        (Role.OPAQUE, "unknown", "glad"),
    ]
    assert first.sections[0].author == first.fields[2].subject
    assert (second.fields[1].role, second.fields[1].kind) == (Role.OPAQUE, "unknown")


@given(
    rows=st.lists(
        st.tuples(st.sampled_from(["Anna", "I", ""]), st.text("aé \"'\n,", max_size=8)),
        min_size=1,
        max_size=5,
    )
)
def test_round_trip(tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]) -> None:
    """Rebuilding a table of turns with unchanged texts gives back the same bytes."""
    quoted = (f'{who},"{said.replace(chr(34), chr(34) * 2)}"\r\n' for who, said in rows)
    data = ("speaker,text\r\n" + "".join(quoted)).encode()
    path = tmp_path_factory.getbasetemp() / "turns.csv"
    assert whole(TABLE, shard_of(TABLE, path, data)) == data
