"""Tests of Praat TextGrids."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.errors import FormatError
from anonymize.formats import textgrid
from anonymize.formats.base import Format
from anonymize.formats.charset import Charset
from anonymize.model.documents import Document
from anonymize.model.fields import Role
from tests.formats.transcript_cases import same, shard_of, source_of, whole
from tests.strategies_talk import text_grids

GRID: Format = textgrid.FORMAT
LONG = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 2.3
tiers? <exists>
size = 2
item []:
    item [1]:
        class = "IntervalTier"
        name = "Anna Kowal - words"
        xmin = 0
        xmax = 2.3
        intervals: size = 2
        intervals [1]:
            xmin = 0
            xmax = 1
            text = " I ""said"" 5 = 6 "
        intervals [2]:
            xmin = 1
            xmax = 2.3
            text = ""
    item [2]:
        class = "TextTier"
        name = "bell"
        xmin = 0
        xmax = 2.3
        points: size = 1
        points [1]:
            number = 1.5
            mark = "Ben"
"""
SHORT = """File type = "ooTextFile"
Object class = "TextGrid"

0
2.3
<exists>
1
"IntervalTier"
"Mary"
0
2.3
1
0
2.3
"hello"
! made by Jane
"""


def _document(content: str) -> Document:
    return textgrid.tokenise(content, "a").document(Charset("utf-8"), "")


def _numbers(content: str) -> list[str]:
    """Return all that is no string, in a file without comments."""
    return re.sub(r'"(?:[^"]|"")*"', '"', content).split()


@given(content=text_grids())
def test_round_trip(content: str) -> None:
    """Rebuilding a TextGrid with unchanged texts gives back the same bytes."""
    document = _document(content)
    assert GRID.rebuild(document, same(document)) == content.encode()


@given(content=text_grids(), data=st.data())
def test_times_and_counts(content: str, data: st.DataObject) -> None:
    """Whatever the new texts and whatever is withheld, numbers, tiers and intervals stay."""
    document = _document(content)
    value = st.sampled_from(["", "x", '"', '" 5 "', "a\n\nb", "Mira Keller", "!"]) | st.none()
    texts = {
        one.path: None if one.role is Role.OPAQUE else data.draw(value) for one in document.fields
    }
    sections = st.frozensets(st.integers(0, len(document.sections) - 1))
    out = GRID.rebuild(document, texts, data.draw(sections)).decode()
    assert _numbers(out) == _numbers(re.sub("! by Anna", "", content))
    _document(out)


def test_parts() -> None:
    """Names of tiers are speakers, words of annotation aside; labelled intervals are sections."""
    document = _document(LONG)
    assert [(one.role, one.value, one.section) for one in document.fields] == [
        (Role.NAME, "Anna Kowal", 0),
        (Role.TEXT, 'I "said" 5 = 6', 1),
        (Role.TEXT, "Ben", 2),
    ]
    assert document.sections[1].author == document.fields[0].subject
    assert document.sections[2].author == ""
    document = _document(SHORT)
    assert [(one.role, one.kind, one.value) for one in document.fields] == [
        (Role.NAME, "speaker", "Mary"),
        (Role.TEXT, "", "hello"),
        (Role.OPAQUE, "unknown", "! made by Jane"),
    ]


@pytest.mark.parametrize(
    ("tier", "names"),
    [
        ("Anna Kowal - words", ["Anna Kowal"]),
        ("Anna_Kowal_phones", ["Anna_Kowal"]),
        ("utterance@AnnaK", ["AnnaK"]),
        ("Anna", ["Anna"]),
        ("Anna/Ben", ["Anna", "Ben"]),
        ("Speaker 1 - words", []),
        ("IPA", []),
        ("interviewer", []),
        ("P01", []),
        ("", []),
    ],
)
def test_names_of_tiers(tier: str, names: list[str]) -> None:
    """What is left of a tier's name without words of annotation and roles is a name."""
    assert [tier[start:stop] for start, stop in textgrid.names_in(tier)] == names


def _short(*texts: str) -> str:
    """Return a tier of words, one an interval."""
    marks = "".join(f'{n}\n{n + 1}\n"{text}"\n' for n, text in enumerate(texts))
    return SHORT.partition("1\n0\n2.3\n")[0] + f"{len(texts)}\n{marks}"


def test_words_are_read_together() -> None:
    """Of a tier of words those up to a pause are one text; each new one has an old one's place."""
    content = _short("then", "Anna", "Maria", "Kowal", "", "of", "Leeds", "came in", "so")
    document = _document(content)
    assert GRID.rebuild(document, same(document)).decode() == content
    texts = {one.path: one.value for one in document.fields}
    del texts["tiers", 0, "name"]
    assert list(texts.values()) == ["then Anna Maria Kowal", "of Leeds", "came in", "so"]
    new = {**same(document), ("tiers", 0, "run", 0): "then Mira Keller"}
    new["tiers", 0, "run", 5] = "of the North of Teacher 03"
    out = GRID.rebuild(document, new).decode()
    assert out == _short(
        "then", "Mira", "Keller", "", "", "of", "the North of Teacher 03", "came in", "so"
    )
    out = GRID.rebuild(document, {**new, ("tiers", 0, "run", 0): None}, frozenset({2})).decode()
    assert out == _short("", "", "", "", "", "[withheld]", "[withheld]", "came in", "so")


def test_changes() -> None:
    """A quote in a new text is doubled, and a withheld interval keeps its times."""
    document = _document(LONG)
    texts = same(document)
    texts["tiers", 0, "name"] = 'Mira "M" Keller'
    out = GRID.rebuild(document, texts, frozenset({1})).decode()
    assert 'name = "Mira ""M"" Keller - words"' in out
    assert 'text = " [withheld] "' in out
    assert _numbers(out) == _numbers(LONG)


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, codec: str) -> None:
    """Files come back byte for byte in the encodings Praat writes."""
    data = LONG.replace("Ben", "Zoë").replace("\n", "\r\n").encode(codec)
    shard = shard_of(GRID, tmp_path / "a.TextGrid", data)
    assert whole(GRID, shard) == data
    assert GRID.claims(source_of(tmp_path / "b.txt", data))
    assert not GRID.claims(source_of(tmp_path / "c.txt", b'File type = "ooTextFile" "Sound"'))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("ooTextFile", "ooBinaryFile", "line 1: no TextGrid in a text form"),
        ('"TextGrid"', '"Sound"', "holds another object of Praat than a TextGrid"),
        ("size = 2\nitem", "size = 3\nitem", "line 32: no string where one should be"),
        ("size = 2\nitem", "size = 1\nitem", "something follows its last tier"),
        ("size = 2\nitem", "size = 2.5\nitem", "a size is no number of things"),
        ("TextTier", "OtherTier", "tier 2 is of no kind Praat has"),
        ("number = 1.5", 'number = "Jane"', "line 30: no number where one should be"),
    ],
)
def test_damaged(old: str, new: str, told: str) -> None:
    """What is no TextGrid, or not in order, is an error that tells where."""
    assert old in LONG
    with pytest.raises(FormatError) as caught:
        _document(LONG.replace(old, new, 1))
    assert str(caught.value).removeprefix("a").lstrip(",: ") == told
