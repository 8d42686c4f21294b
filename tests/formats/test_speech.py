"""Tests of transcripts in XML that every one of their formats passes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymize.errors import FormatError
from anonymize.formats.catalogue import FORMATS
from anonymize.model.encodings import decode
from anonymize.model.fields import Path as FieldPath
from anonymize.model.fields import Role
from tests.canaries_speech import canary_speech
from tests.formats.speech_cases import (
    CASES,
    FORMS,
    FULL,
    GIVEN,
    LABEL,
    OTHER,
    RECORDS,
    document,
    is_well_formed,
    skeleton,
)
from tests.formats.transcript_cases import read_all, same, shard_of, source_of, whole
from tests.formats.xml_cases import hostile

ALL = pytest.mark.parametrize("form", CASES)
_ROOTS = {
    "elan": ("ANNOTATION_DOCUMENT", ""),
    "exmaralda": ("basic-transcription", ""),
    "transcriber": ("Trans", ""),
    "ttml": ("tt", 'xmlns="http://www.w3.org/ns/ttml"'),
    "tei": ("TEI", 'xmlns="http://www.tei-c.org/ns/1.0"'),
}


@ALL
@pytest.mark.parametrize("codec", ["", "utf-8-sig", "utf-16", "crlf"])
def test_round_trip(tmp_path: Path, form: str, codec: str) -> None:
    """Unchanged texts give back the file byte for byte, whatever its encoding and line ends."""
    data = CASES[form]
    if codec == "crlf":
        data = data.replace(b"\n", b"\r\n")
    elif codec:
        text = data.decode("latin-1" if form == "transcriber" else "utf-8")
        for name in ("UTF-8", "ISO-8859-1"):
            text = text.replace(f'encoding="{name}"', f'encoding="{codec.removesuffix("-sig")}"')
        data = text.encode(codec)
    shard = shard_of(FORMS[form], tmp_path / "a.xml", data)
    assert whole(FORMS[form], shard) == data
    documents, problems = read_all(FORMS[form], shard)
    assert len(documents[0].sections) == RECORDS[form] + 1
    assert not problems
    assert documents[0].scope == shard.output


@ALL
def test_all_leaves_round_trip(form: str) -> None:
    """A file of every element and attribute the tables know comes back byte for byte."""
    data, where = canary_speech(form)
    read = document(form, data)
    assert len(where) > 200
    assert FORMS[form].rebuild(read, same(read)) == data


@ALL
def test_every_leaf_is_a_field(form: str) -> None:
    """With no field left, no canary is left, and the file is still well-formed."""
    data, where = canary_speech(form)
    out = FORMS[form].rebuild(document(form, data), {}).decode()
    assert {place for key, place in where.items() if key in out} == set()
    assert is_well_formed(out.encode())


@ALL
def test_names_are_names(form: str) -> None:
    """No person of the example stands in markup, and only texts hold them besides names and ids."""
    read = document(form, CASES[form])
    out = FORMS[form].rebuild(read, {}).decode("latin-1")
    for name in (FULL, GIVEN, LABEL, OTHER, "Tilda", "annalena", "Kowaltic"):
        assert name not in out
    labels = {one.value for one in read.fields if one.kind == "speaker"}
    assert OTHER in labels
    assert {LABEL, FULL} & labels
    roles = {one.role for one in read.fields if GIVEN in one.value}
    assert roles <= {Role.NAME, Role.TEXT, Role.OPAQUE, Role.URL, Role.ID}


_NAMES = ["x", "Mi", "Mira Keller", "Annalena Kowaltic-Brandrup the Second", "7", "O'Neil & <b>"]


@ALL
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_new_names_break_nothing(form: str, data: st.DataObject) -> None:
    """Names half or twice as long, the same for several or missing: times and references stay."""
    read = document(form, CASES[form])
    names = {
        one.value: data.draw(st.sampled_from(_NAMES) | st.none())
        for one in read.fields
        if one.role in {Role.NAME, Role.ID}
    }
    texts: dict[FieldPath, str | None] = {
        one.path: names[one.value]
        if one.value in names
        else data.draw(st.sampled_from(_NAMES))
        if one.role is Role.TEXT
        else None
        if one.role is Role.OPAQUE
        else one.value
        for one in read.fields
    }
    withheld = data.draw(st.frozensets(st.integers(0, len(read.sections) - 1)))
    out = FORMS[form].rebuild(read, texts, withheld)
    kept = {one.path: one.value for one in read.fields if one.role is not Role.OPAQUE}
    assert skeleton(form, out) == skeleton(form, FORMS[form].rebuild(read, kept))
    again = document(form, out)
    assert len(again.sections) == len(read.sections)


@ALL
def test_a_withheld_record_says_nothing(form: str) -> None:
    """Its text is a mark; its times and whose it is stay, and so do all others."""
    read = document(form, CASES[form])
    out = FORMS[form].rebuild(read, same(read), frozenset({1})).decode("latin-1")
    assert "[withheld]" in out
    assert "I am" not in out
    assert "Hello" in out


@ALL
def test_references_in_names(form: str) -> None:
    """A name written with character references is read as the name it is."""
    data = CASES[form].replace(OTHER.encode(), b"Benn&#111;lt")
    read = document(form, data)
    plain = {decode(one.value, one.encoding).text for one in read.fields}
    assert OTHER in plain
    assert FORMS[form].rebuild(read, same(read)) == data
    assert sum(one.author != "" for one in read.sections) == RECORDS[form]


@ALL
@pytest.mark.parametrize("case", ["bomb behind a comment", "external entity", "deep", "cut"])
def test_hostile_files_are_refused(tmp_path: Path, form: str, case: str) -> None:
    """Entities, depth and damage are format errors of every format."""
    data = hostile(*_ROOTS[form])[case]
    shard = shard_of(FORMS[form], tmp_path / "a.xml", data)
    with pytest.raises(FormatError):
        read_all(FORMS[form], shard)


def test_each_is_claimed_by_its_own(tmp_path: Path) -> None:
    """By its first element each file belongs to one format; other XML belongs to none."""
    for form, data in CASES.items():
        source = source_of(tmp_path / "a.xml", data)
        assert [name for name in FORMATS if FORMATS[name].claims(source)] == [form]
    others = (
        b"<html><body/></html>",
        b'<tt xmlns="urn:x"/>',
        b"<TEI/>",
        b'<t:Trans xmlns:t="urn:t"/>',
        b"",
    )
    for data in others:
        source = source_of(tmp_path / "b.xml", data)
        assert [name for name in FORMATS if FORMATS[name].claims(source)] == []
    with pytest.raises(FormatError, match="does not begin with"):
        FORMS["elan"].tokenise("<a/>", "a")
