from __future__ import annotations

import tarfile
from pathlib import Path

import pytest

from anonymize.errors import FormatError
from anonymize.formats.tars import list_tar, open_tar_member, write_tar
from tests.formats.mastodon_cases import FILES, tar


def test_tars_that_could_hurt_are_refused(tmp_path: Path) -> None:
    """Paths that leave the archive, links, names twice there and cut streams are refused."""
    path = tmp_path / "a.tar.gz"
    path.write_bytes(tar({"../x": b"1"}))
    with pytest.raises(FormatError, match=r"^a: entry 1 has a path that leaves the archive$"):
        list_tar(str(path), "a")
    with tarfile.open(path, "w:gz") as archive:
        link = tarfile.TarInfo("x")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/hostname"
        archive.addfile(link)
    with pytest.raises(FormatError, match=r"is a link or device"):
        list_tar(str(path), "a")
    path.write_bytes(tar({"x": b"1", "./x": b"2"}))
    with pytest.raises(FormatError, match=r"entry 2 has the name of another entry"):
        list_tar(str(path), "a")
    path.write_bytes(tar(FILES)[:-200])
    with pytest.raises(FormatError, match=r"^a: "):
        list_tar(str(path), "a")


def test_tars_tell_nothing_but_names_and_contents(tmp_path: Path) -> None:
    """Two files of other times in another order give the same bytes."""
    made = []
    for names in (("a", "b"), ("b", "a")):
        for name in names:
            (tmp_path / name).write_text(name, encoding="utf-8")
        target = tmp_path / f"{names[0]}.tar.gz"
        write_tar(target, [(f"{name}.json", tmp_path / name) for name in names])
        made.append(target.read_bytes())
    assert made[0] == made[1]
    assert [one.name for one in list_tar(str(tmp_path / "a.tar.gz"), "a")] == ["a.json", "b.json"]


def test_a_member_is_read_as_it_is_and_a_missing_one_is_an_error(tmp_path: Path) -> None:
    """What stands before a member is passed over; its bytes come in any portions."""
    path = tmp_path / "a.tar.gz"
    path.write_bytes(tar({"big": b"x" * 3_000_000, "./folder/y": b"why"}))
    with open_tar_member(str(path), "folder/y", "a") as stream:
        assert (stream.read(1), stream.read()) == (b"w", b"hy")
    with pytest.raises(FormatError, match=r"^a: cannot be opened$"):
        open_tar_member(str(path), "z", "a")
