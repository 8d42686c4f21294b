"""Codings of REFI-QDA projects keep their words, whatever is replaced by whatever."""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymize.formats.charset import Charset, Text
from anonymize.formats.refi_counting import Coded, Counting, calibrate, fit, numbers, place
from anonymize.formats.refi_project import Members, Reading, read_project, rebuild_project
from anonymize.formats.refi_texts import SourceText
from anonymize.model.documents import Document
from anonymize.model.fields import Encoding, Field, Role
from anonymize.model.fields import Path as FieldPath
from anonymize.model.offsets import OffsetMap, Splice, splice
from tests.formats import refi_cases as cases
from tests.formats.refi_cases import guid
from tests.strategies_refi import Project, projects, splices

Values = dict[FieldPath, str | None]
Cuts = dict[FieldPath, list[Splice]]


def _xml(one: Project) -> str:
    counted = one.dialect.counted
    selections = []
    for number, (start, end) in enumerate(one.coded):
        name = quoteattr(one.text[start:end], {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
        before, until = (len(counted(one.text[:at])) for at in (start, end))
        selections.append(
            f'<PlainTextSelection guid="{guid(number)}" name={name} startPosition="{before}" '
            f'endPosition="{until}"/>'
        )
    path = "" if one.inline else f' plainTextPath="internal://{guid(99)}.txt"'
    content = escape(one.text, {"\r": "&#13;"})
    inline = f"<PlainTextContent>{content}</PlainTextContent>" if one.inline else ""
    return (
        f'<Project xmlns="{cases.PROJECT}" name="a"><Sources><TextSource guid="{guid(98)}"{path}>'
        f"{inline}{''.join(selections)}</TextSource></Sources></Project>"
    )


def _heard(one: Project) -> str:
    """Return a project in which the text is a transcript, coded between points in time."""
    points, selections = [], []
    for number, pair in enumerate(one.coded):
        for end, at in enumerate(pair):
            points.append(
                f'<SyncPoint guid="{guid(200 + 2 * number + end)}" timeStamp="{at}" '
                f'position="{len(one.dialect.counted(one.text[:at]))}"/>'
            )
        selections.append(
            f'<TranscriptSelection guid="{guid(number)}" fromSyncPoint="{guid(200 + 2 * number)}" '
            f'toSyncPoint="{guid(201 + 2 * number)}"/>'
        )
    path = "" if one.inline else f' plainTextPath="internal://{guid(99)}.txt"'
    content = escape(one.text, {"\r": "&#13;"})
    inline = f"<PlainTextContent>{content}</PlainTextContent>" if one.inline else ""
    return (
        f'<Project xmlns="{cases.PROJECT}" name="a"><Sources><AudioSource guid="{guid(97)}">'
        f'<Transcript guid="{guid(98)}"{path}>{inline}{"".join(points + selections)}</Transcript>'
        "</AudioSource></Sources></Project>"
    )


def _read(one: Project, xml: str = "") -> Reading:
    name = f"sources/{guid(99)}.txt"
    bom = "\ufeff".encode(one.dialect.codec) if one.dialect.bom else b""
    text = Text(one.text, Charset(one.dialect.codec, bom))
    members = Members() if one.inline else Members({f"{guid(99)}.txt": name}, {name: text})
    return read_project(Text(xml or _xml(one), Charset("utf-8")), members, "a", "a")


def _values(
    data: st.DataObject, document: Document
) -> tuple[Values, dict[FieldPath, list[Splice]]]:
    """Return new values as `Transformer` makes them, and what was replaced, in the text."""
    texts: Values = {one.path: one.value for one in document.fields}
    maps: Cuts = {}
    for one in document.fields:
        if one.path[0] != "texts" or one.role is Role.OPAQUE:
            continue
        if one.role is Role.TEXT:
            found = [cut for cut in data.draw(splices(one.value)) if _whole(one, cut)]
        else:
            found = [Splice(0, len(one.value), data.draw(st.sampled_from(["M", "Mira Keller"])))]
        maps[one.path] = found
        texts[one.path] = splice(one.value, found)
    for one in document.fields:
        if one.role is Role.OFFSET:
            moved = OffsetMap(maps[one.target])
            at = int(one.value)
            texts[one.path] = str(moved.end(at) if one.kind == "end" else moved.start(at))
    return texts, maps


def _whole(one: Field, cut: Splice) -> bool:
    """Whether a replacement cuts no reference and takes no line end away."""
    if set(one.value[cut.start : cut.end]) & set("\r\n&;"):
        return False
    _, mark, after = one.value[: cut.start].rpartition("&")
    return one.encoding is Encoding.PLAIN or not mark or ";" in after


def _units(source: SourceText, maps: Cuts) -> Iterator[tuple[str, str, int]]:
    """Yield the old text character by character: it, what is there now, which replacement."""
    number = 0
    for piece in source.pieces:
        cuts = maps.get(piece.path, [])
        at, raw = 0, piece.text
        for cut in [*cuts, None]:
            until = cut.start if cut else len(raw)
            for char in _plain(raw[at:until], source):
                number += 1
                yield char, char, number
            if cut:
                number += 1
                for char in _plain(raw[cut.start : cut.end], source):
                    yield char, cut.text, number
                at = cut.end


def _plain(raw: str, source: SourceText) -> str:
    if not source.inline:
        return raw
    for old, new in (("&#13;", "\r"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        raw = raw.replace(old, new)
    return raw


@given(data=st.data())
def test_every_coding_keeps_its_words(data: st.DataObject) -> None:
    """A coding covers the words it covered, each replaced word by its whole replacement."""
    one = data.draw(projects())
    _check(data, one, _xml(one))


@given(data=st.data())
@settings(max_examples=40)
def test_every_point_in_time_keeps_its_words(data: st.DataObject) -> None:
    """So does a coding of a transcript, from one point in time to another."""
    one = data.draw(projects())
    _check(data, one, _heard(one))


def _check(data: st.DataObject, one: Project, xml: str) -> None:
    reading = _read(one, xml)
    texts, maps = _values(data, reading.document)
    (source,) = reading.record.texts
    units = list(_units(source, maps))
    assert "".join(old for old, _, _ in units) == source.text
    old = numbers(source.text, source.counting)
    main, files = rebuild_project(reading.record, texts, frozenset())
    new_text, counted = _written(one, main, files, source.counting)
    for was, now in zip(_selections(xml.encode()), _selections(main), strict=True):
        start, end = (place(old, at) for at in was[:2])
        first, last = (place(counted, at) for at in now[:2])
        pieces = {number: new for _, new, number in units[start:end]}
        expected = "".join(pieces.values())
        if expected:
            assert new_text[first:last] == expected
        elif end > start and new_text:
            assert last > first
        assert 0 <= first <= last <= len(new_text)
        if expected and was[2] == source.text[start:end]:
            assert now[2] == expected


def _selections(xml: bytes) -> list[tuple[int, int, str | None]]:
    """Return beginning, end and name of each selection, points in time looked up."""
    root = cases.tree(xml)
    points = {one.get("guid"): int(one.get("position")) for one in root.iter("{*}SyncPoint")}
    found = [
        (int(one.get("startPosition")), int(one.get("endPosition")), one.get("name"))
        for one in root.iter("{*}PlainTextSelection")
    ]
    return found + [
        (points[one.get("fromSyncPoint")], points[one.get("toSyncPoint")], None)
        for one in root.iter("{*}TranscriptSelection")
    ]


def _written(
    one: Project, main: bytes, files: dict[str, bytes], counting: Counting
) -> tuple[str, list[int]]:
    """Return the new text, and its positions as counted."""
    if one.inline:
        text = cases.tree(main).findtext(".//{*}PlainTextContent") or ""
    else:
        (data,) = files.values()
        text = data.decode(one.dialect.codec)
        if one.dialect.bom:
            assert text.startswith("\ufeff")
            text = text[1:]
    return text, list(numbers(text, counting))


@pytest.mark.parametrize(("text", "left"), [("a bc d", " "), ("bc\r\nd", "\r\n"), ("d bc", " ")])
def test_words_that_vanish(text: str, left: str) -> None:
    """A coding of words that are all dropped covers the character that is there now."""
    at = text.index("bc")
    one = Project(text, cases.Dialect(""), inline=False, coded=((at, at + 2),))
    reading = _read(one)
    texts: Values = {field.path: field.value for field in reading.document.fields}
    moved = OffsetMap([Splice(at, at + 2, "")])
    for field in reading.document.fields:
        if field.role is Role.TEXT and field.path[0] == "texts":
            texts[field.path] = field.value.replace("bc", "")
        elif field.role is Role.OFFSET:
            place_of = moved.end if field.kind == "end" else moved.start
            texts[field.path] = str(place_of(int(field.value)))
    main, files = rebuild_project(reading.record, texts, frozenset())
    ((start, end, name),) = _selections(main)
    (data,) = files.values()
    assert data.decode()[start:end] == left
    assert (name or "").split() == []


@given(data=st.data())
def test_unchanged(data: st.DataObject) -> None:
    """With nothing replaced, text and project are the same bytes."""
    one = data.draw(projects())
    reading = _read(one)
    texts = {field.path: field.value for field in reading.document.fields}
    main, files = rebuild_project(reading.record, texts, frozenset())
    assert main.decode() == _xml(one)
    if not one.inline:
        assert list(files.values()) == [one.dialect.data(one.text)]


@given(data=st.data())
def test_withheld(data: st.DataObject) -> None:
    """Whatever is withheld or dropped, lines stay as many and codings in the text."""
    one = data.draw(projects())
    reading = _read(one)
    document = reading.document
    dropped = data.draw(st.sets(st.sampled_from([field.path for field in document.fields])))
    texts = {field.path: field.value for field in document.fields if field.path not in dropped}
    withheld = data.draw(st.frozensets(st.integers(0, len(document.sections) - 1)))
    main, files = rebuild_project(reading.record, texts, withheld)
    (source,) = reading.record.texts
    new, counted = _written(one, main, files, source.counting)
    assert [new.count(mark) for mark in "\r\n"] == [source.text.count(mark) for mark in "\r\n"]
    for start, end, _ in _selections(main):
        assert counted[0] <= start <= end <= counted[-1]


@pytest.mark.parametrize("line_end", [1, 2])
@pytest.mark.parametrize("mark", [0, 1])
def test_calibration(line_end: int, mark: int) -> None:
    """How a program counts is told from names, or else from where words begin and end."""
    text = cases.TALK.replace("\n", "\r\n")
    way = Counting(line_end, mark)
    counted = numbers(text, way)
    places = [(text.index(words := one.replace("\n", "\r\n")), len(words)) for one in cases.CODED]
    for named in (True, False):
        coded = [
            Coded(counted[at], counted[at + length], text[at : at + length] if named else "")
            for at, length in places
        ]
        assert calibrate(text, coded, marked=True) == (way, False)


def test_counting_of_units() -> None:
    """A program that counts UTF-16 units is told by emoji before what is coded."""
    text = "\U0001f3ac\U0001f3ac Zofia cuts"
    assert calibrate(text, [Coded(5, 10, "Zofia")], marked=False)[0] == Counting(astral=2)
    assert calibrate(text, [Coded(3, 8, "Zofia")], marked=False)[0] == Counting()


def test_default_counting() -> None:
    """Where nothing tells, the way of the program that wrote it counts."""
    text = "a\r\nb"
    assert calibrate(text, [], marked=True) == (Counting(), False)
    assert calibrate(text, [], marked=True, first=Counting(1)) == (Counting(1), False)


def test_names_that_quote() -> None:
    """A name is a quotation if it is the words, with other blanks, or cut short."""
    words = "I said it\r\n twice to Zofia and Ben"
    for name in (words, "I said it twice to Zofia and Ben", "I said it…", "I said it twice to Zo"):
        assert fit(name, words) is not None
    for name in ("", "I", "I said", "said it twice to Zofia and Ben", "I…"):
        assert fit(name, words) is None
    found = fit("I said it...", words)
    assert found is not None
    assert found.quote("Me also then") == "Me also t..."
