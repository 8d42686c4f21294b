"""Tests of who speaks in a word-processing document."""

from __future__ import annotations

from pathlib import Path

from anonymize.formats.docx import FORMAT
from anonymize.model.documents import Document
from anonymize.model.fields import Role
from tests.formats import docx_whole
from tests.formats.docx_cases import para, run, simple
from tests.formats.test_docx import body, read, rebuilt, unpack

BREAK = "<w:r><w:br/></w:r>"
TAB = "<w:r><w:tab/></w:r>"


def table(*rows: tuple[str, ...]) -> str:
    """Return a table of texts; a line feed in one parts paragraphs."""
    out = ""
    for row in rows:
        cells = ("".join(map(para, cell.split("\n"))) for cell in row)
        out += f"<w:tr>{''.join(f'<w:tc>{cell}</w:tc>' for cell in cells)}</w:tr>"
    return f"<w:tbl>{out}</w:tbl>"


def said(document: Document) -> list[tuple[str, ...]]:
    """Return the labels and texts of each section."""
    out: list[list[str]] = [[] for _ in document.sections]
    for one in document.fields:
        if one.section >= 0 and one.role in {Role.TEXT, Role.NAME, Role.DATE, Role.PLACE}:
            out[one.section].append(one.value)
    return [tuple(one) for one in out]


def test_labels_in_runs(tmp_path: Path) -> None:
    """A label in bold, cut into runs, before a colon or a tab, begins a turn of that speaker."""
    document = read(
        tmp_path,
        simple(
            "A title",
            para(run("An", "<w:b/>"), run("na:", "<w:b/>"), "Good morning."),
            para("And more."),
            para(run("Ben Roe", "<w:b/>"), ": Hello, Anna."),
            para("Anna:", TAB, "Yes."),
            para(run("Ben Roe:", "<w:b/>"), BREAK, "No."),
        ),
    )
    assert said(document) == [
        ("A title",),
        ("Anna", "Good morning.", "And more."),
        ("Ben Roe", "Hello, Anna."),
        ("Anna", "Yes."),
        ("Ben Roe", "No."),
    ]
    authors = [one.author for one in document.sections]
    assert authors[1] == authors[3] != authors[2] == authors[4]
    text = body(rebuilt(document, {"Anna": "Mo", "Ben Roe": "Al Om"}))
    assert '<w:b/></w:rPr><w:t xml:space="preserve">Mo</w:t>' in text
    assert text.count("Mo") == 3


def test_exports_of_services(tmp_path: Path) -> None:
    """`Name   0:12` on a line of its own is a label, its text below or behind a line break."""
    document = read(
        tmp_path,
        simple(
            para("Anna Roe   0:03"),
            para("Good morning."),
            para("Ben   0:12", BREAK, "Hello."),
            para("Anna Roe   1:02:03", BREAK, "Well."),
            para("Ben   1:10:00"),
            para("Yes."),
        ),
    )
    assert said(document) == [
        ("Anna Roe", "Good morning."),
        ("Ben", "Hello."),
        ("Anna Roe", "Well."),
        ("Ben", "Yes."),
    ]
    assert "   1:02:03" in body(rebuilt(document, {"Anna Roe": "Mo", "Ben": "Al"}))


def test_several_turns_in_a_paragraph(tmp_path: Path) -> None:
    """Turns parted by line breaks alone are turns."""
    inner = (f"Anna: One.{BREAK}Ben: Two.{BREAK}Anna: Three.{BREAK}Ben: Four.").split(BREAK)
    document = read(tmp_path, simple(para(*(one for line in inner for one in (line, BREAK)))))
    assert said(document) == [
        ("Anna", "One."), ("Ben", "Two."), ("Anna", "Three."), ("Ben", "Four."),
    ]  # fmt: skip
    out = unpack(FORMAT.rebuild(document, {}, frozenset({1})))["word/document.xml"].decode()
    assert out.count("<w:br/>") == 4
    assert "Two" not in out


def test_tables(tmp_path: Path) -> None:
    """Rows of label and text, or time, label and text, are turns; what follows the table is not."""
    document = read(
        tmp_path,
        simple(
            table(
                ("Anna Roe", "Good\nmorning."),
                ("Ben", "Hello."),
                ("Anna Roe:", "Well."),
                ("", "And more."),
                ("Ben", "Yes."),
            ),
            "After.",
            table(("00:01", "Anna Roe", "So."), ("00:05", "Ben", "No.")),
        ),
    )
    assert said(document) == [
        ("Anna Roe", "Good", "morning."),
        ("Ben", "Hello."),
        ("Anna Roe", "Well.", "And more."),
        ("Ben", "Yes."),
        ("After.",),
        ("Anna Roe", "So."),
        ("Ben", "No."),
    ]


def test_headers_of_interviews(tmp_path: Path) -> None:
    """A block of keys at the head, in paragraphs or a table, names people, place and date."""
    lines = ("Interviewee: Anna Roe", "Date: 3 May 2024", "Place: Ashby", "File: Anna.mp3")
    turns = ("Anna: One.", "Ben: Two.", "Anna: Three.", "Ben: Four.")
    grid = table(("Interviewee", "Anna Roe"), ("Date:", "3 May 2024"))
    for content in ((*lines, "", *turns), (grid, "", *turns)):
        document = read(tmp_path, simple(*content))
        found = [one for one in document.fields if document.sections[one.section].id == "header"]
        assert [(one.role, one.value) for one in found[:2]] == [
            (Role.NAME, "Anna Roe"),
            (Role.DATE, "3 May 2024"),
        ]
        assert len(said(document)) == 5
    document = read(tmp_path, simple(*lines, "", *turns))
    assert (Role.OPAQUE, "Anna.mp3") in {(one.role, one.value) for one in document.fields}


def test_what_is_withheld_with_a_turn(tmp_path: Path) -> None:
    """With a turn its text boxes, alt texts, notes and comments are withheld, and nothing else."""
    document = read(tmp_path, docx_whole.everything())
    names = [one.section for one in document.fields if one.value == docx_whole.TELLS]
    told = frozenset(names) - {-1}
    parts = unpack(FORMAT.rebuild(
        document, {one.path: one.value for one in document.fields if one.role is not Role.OPAQUE},
        told,
    ))  # fmt: skip
    assert parts["word/comments.xml"].count(b"[withheld]") == 1
    assert b"Ask" not in parts["word/comments.xml"]
    assert b"taught there" not in parts["word/footnotes.xml"]
    text = body(parts)
    assert "said this too" not in text
    assert "A note by" not in text
    assert text.count("Thanks, Tamsyn") == 1
    assert "Where did you begin" in text


def test_nothing_is_left_between_labels(tmp_path: Path) -> None:
    """What stands in a line of label, key or time and is none of them is text all the same."""
    document = read(
        tmp_path,
        simple(
            table(
                ("10:00 From Anna to Ben", "Carl: Hello."), ("10:01 From Ben to Anna", "Dora: Hi.")
            ),
            *("Anna: One.", "Ben: Two.", "Anna: Three.", "Ben: Four."),
        ),
    )
    parts = rebuilt(document)
    gone = unpack(FORMAT.rebuild(document, {}))
    assert all(name in body(parts) for name in ("Anna", "Ben", "Carl", "Dora"))
    assert not [name for name in ("Anna", "Ben", "Carl", "Dora") if name in body(gone)]
