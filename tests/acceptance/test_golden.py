"""What runs over the golden folders write is, byte for byte, what is kept beside their inputs."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path

import pytest

from anonymize.formats.catalogue import FORMATS
from tests.acceptance import golden

WITHOUT: frozenset[str] = frozenset()
"""Formats that have no golden folder yet."""

for _extra in ("openpyxl", "pyarrow", "libipld", "zstandard"):
    pytest.importorskip(_extra, reason="an extra is not installed")


@pytest.fixture(scope="module")
def stood_in() -> Iterator[None]:
    """Put the stand-ins in place once."""
    with golden.fixed():
        yield


def _difference(was: bytes, now: bytes) -> str:
    old, new = (data.decode("utf-8", "backslashreplace").splitlines() for data in (was, now))
    lines = difflib.unified_diff(old, new, "expected", "written", lineterm="")
    return "\n".join(list(lines)[:60])


@pytest.mark.usefixtures("stood_in")
@pytest.mark.parametrize("name", golden.folders())
def test_what_is_written_is_what_is_expected(name: str, tmp_path: Path) -> None:
    """Data, withheld list, counts and the digest of the audit log are those that are kept."""
    expected, written = golden.expected(name), golden.run(name, tmp_path)
    anew = f"python -m tests.acceptance.golden --write {name}"
    assert sorted(written) == sorted(expected), f"if this is meant: {anew}"
    for path, data in written.items():
        assert data == expected[path], f"{path}\n{_difference(expected[path], data)}\n{anew}"


def test_every_format_has_a_folder() -> None:
    """Each format reads the input of a golden folder; how to add one is told in its README."""
    read = {one for name in golden.folders() for one in golden.read_by(name)}
    assert set(FORMATS) - read == WITHOUT, "see tests/golden/README.md"


def test_a_change_of_one_letter_is_seen() -> None:
    """The comparison tells one letter of one file from another, and a file too many."""
    files = golden.expected("txt")
    (path,) = [one for one in files if one.startswith("data/")]
    changed = {**files, path: files[path].replace(b"Ginevra", b"Ginevre", 1)}
    assert changed != files
    assert "-Interviewee: Ginevra" in _difference(files[path], changed[path])
