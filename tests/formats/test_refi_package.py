"""Tests of the packages of REFI-QDA projects: what is kept, left out and refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from anonymize.errors import FormatError
from anonymize.formats.base import PlanOptions
from anonymize.formats.refi import FORMAT
from tests.formats import refi_cases as cases
from tests.formats.test_refi import document, same
from tests.formats.transcript_cases import source_of


def test_dropped_files(tmp_path: Path) -> None:
    """Files that are no plain text are left out by name; others nobody names are unknown."""
    data = cases.package({**cases.parts(cases.full()), "sources/x.txt": b"a", "y.bin": b"b"})
    plan = FORMAT.plan(source_of(tmp_path / "a.qdpx", data), 0, PlanOptions())
    assert [(one.name, one.reason) for one in plan.dropped] == [
        ("rich text", "rule"),
        ("picture", "rule"),
        ("video", "rule"),
        ("part 7", "unknown"),
        ("part 8", "unknown"),
    ]
    out = cases.parts(FORMAT.rebuild(document(tmp_path, data), {}))
    assert len(out) == 3


def test_files_are_renamed(tmp_path: Path) -> None:
    """A text file is called as its source points to it; what is no name becomes a number."""
    data = cases.full(cases.FULL.replace(f"//{cases.guid(52)}.txt", "//Zofia%20K.txt"))
    parts = cases.parts(data)
    parts["sources/Zofia K.txt"] = parts.pop(f"sources/{cases.guid(52)}.txt")
    found = document(tmp_path, cases.package(parts))
    texts = same(found)
    (one,) = [path for path, value in texts.items() if value == "Zofia%20K"]
    for new, member in (("kd83x", "sources/kd83x.txt"), ("a b", "sources/source-2.txt")):
        texts[one] = new
        out = cases.parts(FORMAT.rebuild(found, texts))
        assert out[member] == b"I, Zofia, agree."
        assert f'internal://{member.removeprefix("sources/")}"'.encode() in out["project.qde"]


def test_beside_the_project(tmp_path: Path) -> None:
    """What macOS packs beside the files of a project is not taken for one."""
    data = cases.package({**cases.parts(cases.full()), "__MACOSX/._project.qde": b"\0Zofia"})
    assert len(cases.parts(FORMAT.rebuild(document(tmp_path, data), {}))) == 3


_BOMB = b"\0" * 30_000_000
_MANY = "<Users" + "".join(f' a{number}="Zofia"' for number in range(200))
_ENTITY = '<!DOCTYPE Project [<!ENTITY a "Zofia">]><Project'


@pytest.mark.parametrize(
    "data",
    [
        b"no zip",
        cases.package({"sources/a.txt": b"a"}),
        cases.package({"one.qde": cases.FULL.encode(), "other.qde": cases.FULL.encode()}),
        cases.package({"project.qde": b"<Project"}),
        cases.package({"project.qde": b'<Project xmlns="urn:other"/>'}),
        cases.package({"project.qde": cases.FULL.replace("<Project", _ENTITY, 1).encode()}),
        cases.package({"project.qde": b"<Project>" * 300 + b"</Project>" * 300}),
        cases.package({"project.qde": _BOMB}),
        cases.package({"project.qde": cases.FULL.replace("<Users", _MANY, 1).encode()}),
        cases.package({"project.qde": cases.FULL.encode(), "sources/a.mp4": _BOMB}),
        cases.package({"project.qde": cases.FULL.encode(), "sources/b.zip": b"PK"}),
        cases.package(
            {"project.qde": cases.FULL.encode(), f"sources/{cases.guid(40)}.txt": b"\0a"}
        ),
        cases.package(
            {
                "project.qde": cases.FULL.encode(),
                f"sources/{cases.guid(40)}.txt": cases.package({"a": b"Zofia"}),
            }
        ),
        cases.package({"project.qde": cases.FULL.encode(), "../a.txt": b"a"}),
    ],
)
def test_refused(tmp_path: Path, data: bytes) -> None:
    """What could hurt or is no project is refused in one line that says nothing of it."""
    with pytest.raises(FormatError) as caught:
        document(tmp_path, data)
    assert "Zofia" not in str(caught.value)
