"""Tests of speaker labels."""

from __future__ import annotations

import pytest

from anonymize.formats.speakers import (
    below,
    candidate,
    elect,
    header_line,
    heading,
    listed,
    names,
    parts_of,
)


@pytest.mark.parametrize(
    ("line", "label", "said"),
    [
        ("Anna: hello", "Anna", "hello"),
        ("I: hello", "I", "hello"),
        ("P1:hello", "P1", "hello"),
        ("ANNA K.: hello", "ANNA K.", "hello"),
        ("Anna\thello", "Anna", "hello"),
        ("Anna > hello", "Anna", "hello"),
        ("[Anna] hello", "Anna", "hello"),
        ("[id1] hello", "id1", "hello"),
        ("**Anna:** hello", "Anna", "hello"),
        ("**Anna**: hello", "Anna", "hello"),
        ("<Anna> hello", "Anna", "hello"),
        ("Anna (00:12:03): hello", "Anna", "hello"),
        ("00:12 Anna: hello", "Anna", "hello"),
        ("[00:00:01] Anna: hello", "Anna", "hello"),
        ("#00:01:02-3# Anna: hello", "Anna", "hello"),
        ("Anna Kowal  0:12", "Anna Kowal", ""),
        ("Speaker 1 (00:01)", "Speaker 1", ""),
        ("[Anna] 00:12:03", "Anna", ""),
        ("12:00:01 From Anna to Ben: hello", "Anna", "hello"),
        ("12:00:01 From Anna (she/her) to Ben(Direct Message): hello", "Anna (she/her)", "hello"),
        ("12:00:01\t From  Anna  To  Everyone : hello", "Anna", "hello"),
        ("12:00:01 From Anna : hello", "Anna", "hello"),
        ("00:12:03\tAnna:\thello", "Anna", "hello"),
        ("{Anna} hello", "Anna", "hello"),
        ("Anna [00:01]", "Anna", ""),
        ("PM: hello", "PM", "hello"),
        (">> Anna: hello", "Anna", "hello"),
        ("- Anna: hello", "Anna", "hello"),
        ("ANNA", "ANNA", ""),
        ("Anna's iPhone: hello", "Anna's iPhone", "hello"),
        ("+447700900123: hello", "+447700900123", "hello"),
        ("Jan van der Berg: hello", "Jan van der Berg", "hello"),
    ],
)
def test_conventions(line: str, label: str, said: str) -> None:
    """Each convention of transcribers and services gives the label and where the text begins."""
    found = candidate(line)
    assert found is not None
    assert found.label == label
    assert line[found.start : found.end] == label
    assert line[found.text :] == said


@pytest.mark.parametrize(
    "line",
    [
        "Note: later",
        "https://example.org/x",
        "12:30: lunch",
        "Re: your mail",
        "[laughs] well",
        "[Laughter]",
        "And then she said: no",
        "1: first",
        "<i>hello</i>",
        "",
        "hello there",
        "E-mail: a@b.example",
        "[00:00:01] hello",
        "10:30 PM: lunch",
        "pm: lunch",
        "{laughs} well",
    ],
)
def test_false_labels(line: str) -> None:
    """Notes, times, URLs, mail headers and stage directions are no labels."""
    assert candidate(line) is None


def test_vote() -> None:
    """A label that occurs once in running text is none; between elected ones it is one."""
    once = [one for n, line in enumerate(["Rome: a city"]) if (one := candidate(line, n))]
    assert not elect(once, 20)
    lines = ["Anna: a", "Ben: b", "Anna: c", "Cleo: d", "Ben: e"]
    found = [one for n, line in enumerate(lines) if (one := candidate(line, n))]
    assert elect(found, 100) == {"anna", "ben", "cleo"}


def test_short_interview() -> None:
    """Two labels that begin every line are speakers though each occurs once."""
    found = [one for n, line in enumerate(["Anna: a", "Ben: b"]) if (one := candidate(line, n))]
    assert elect(found, 1) == {"anna", "ben"}


def test_question_and_answer() -> None:
    """`Q:` and `A:` are labels only together."""
    pair = [one for n, x in enumerate("QAQA") if (one := candidate(f"{x}: text", n))]
    assert elect(pair, 4) == {"q", "a"}
    alone = [one for n in range(3) if (one := candidate("Q: text", n))]
    assert not elect(alone, 30)


def test_joint_label() -> None:
    """A label of two speakers is cut in two when both speak elsewhere."""
    assert parts_of("Anna & Ben", frozenset({"anna", "ben"})) == ((0, 4), (7, 10))
    assert parts_of("Anna & Ben", frozenset({"anna"})) == ((0, 10),)


def test_header_lines() -> None:
    """Header lines tell persons, dates and places; a person line that is prose is text."""
    kinds = {
        "Interviewee: Anna Kowal": "person",
        "Date: 3 May 2024": "date",
        "Place: Ashby": "place",
        "File: anna.mp3": "file",
        "Name: she would not say which one it was": "text",
    }
    for line, kind in kinds.items():
        found = header_line(line)
        assert found is not None
        assert found.kind == kind
    assert header_line("Weather: fine") is None
    assert names("Anna, Ben and Cleo Marsh") == ((0, 4), (6, 9), (14, 24))


def test_initials_like_words() -> None:
    """`AM:` and `PS:` are labels where they take turns with others, and else are none."""

    def of(*lines: str) -> frozenset[str]:
        found = [one for n, line in enumerate(lines) if (one := candidate(line, n))]
        return elect(found, len(lines))

    assert of("PM: a", "AM: b", "PM: c", "AM: d") == {"am", "pm"}
    assert of("Anna: a", "PS: b", "Anna: c", "PS: d", "Anna: e") == {"anna", "ps"}
    assert of("AM: walked", "AM: slept") == frozenset()
    assert of("NB: a", "x", "y", "z") == frozenset()


def test_name_below_its_times() -> None:
    """A name between a line of times and what is said is a label, one without either is none."""
    lines = [
        (line, "\n") for line in ("0:0:1.0 --> 0:0:3.5", "Anna K.", "hello", "", "[00:01]", "B")
    ]
    found = below(lines, 0)
    assert found is not None
    text = "".join(line + end for line, end in lines)
    assert text[found.start : found.end] == "Anna K."
    assert text[found.text :].startswith("\nhello")
    assert [below(lines, n) for n in range(1, 6)] == [None] * 5


def test_lists_below_headings() -> None:
    """Names below SPEAKERS or Attendees are names; what is no plain list is text."""
    assert heading("SPEAKERS") == heading("# Attendees") == "person"
    assert heading("Summary keywords") == "text"
    assert heading("Anna") == ""
    assert listed("  Anna Kowal, Ben", "person").values == ((2, 12), (14, 17))
    assert listed("all who came by, and more", "person").kind == "text"
    assert listed("school, film", "text").values == ((0, 12),)
