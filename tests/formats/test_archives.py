from __future__ import annotations

import io
import stat
import struct
import zipfile
from pathlib import Path

import pytest

from anonymize.errors import FormatError
from anonymize.formats.archives import (
    Limits,
    check_entries,
    list_archive,
    open_member,
    open_source,
    write_zip,
)
from anonymize.model.documents import Shard


def make(path: Path, *entries: tuple[str, bytes], attr: int = 0) -> Path:
    """Write a zip of entries with these Unix modes."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = attr << 16
            archive.writestr(info, data)
    return path


@pytest.mark.parametrize(
    "name",
    ["../evil.js", "data/../../evil.js", "/etc/evil", "C:/evil.js", "data\\..\\evil.js", "a\\b"],
)
def test_paths_that_leave_the_archive_are_refused(tmp_path: Path, name: str) -> None:
    """Parent folders, absolute paths, drive letters and backslashes refuse the whole archive."""
    path = make(tmp_path / "t.zip", ("data/tweets.js", b"x"), ("PLACEHOLDER", b"x"))
    data = path.read_bytes()
    raw = name.encode().ljust(11, b"_")[: max(11, len(name))]
    if len(raw) == 11:
        path.write_bytes(data.replace(b"PLACEHOLDER", raw))
    else:
        make(path, ("data/tweets.js", b"x"), (name, b"x"))
    with pytest.raises(FormatError, match=r"^t\.zip: entry 2 has a path that leaves") as caught:
        list_archive(str(path), "t.zip")
    assert "evil" not in str(caught.value)


@pytest.mark.parametrize("kind", [stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR])
def test_links_and_devices_are_refused(tmp_path: Path, kind: int) -> None:
    """A symbolic link, pipe or device in a zip refuses the archive."""
    path = make(tmp_path / "t.zip", ("data/tweets.js", b"/etc/passwd"), attr=kind | 0o777)
    with pytest.raises(FormatError, match="entry 1 is a link or device"):
        list_archive(str(path), "t.zip")


def test_encrypted_and_odd_entries_are_refused() -> None:
    """An entry that cannot be read without a password or usual codec refuses the archive."""
    locked = zipfile.ZipInfo("a")
    locked.flag_bits = 1
    odd = zipfile.ZipInfo("a")
    odd.compress_type = zipfile.ZIP_LZMA
    for info, words in ((locked, "encrypted"), (odd, "unusual")):
        with pytest.raises(FormatError, match=words):
            check_entries([info], 100, "t.zip")


@pytest.mark.filterwarnings("ignore:Duplicate name:UserWarning")
def test_duplicate_names_are_refused(tmp_path: Path) -> None:
    """Two entries of one name refuse the archive: readers differ in which they see."""
    path = make(tmp_path / "t.zip", ("a.js", b"1"), ("a.js", b"2"))
    with pytest.raises(FormatError, match="entry 2 has the name of another"):
        list_archive(str(path), "t.zip")


def test_bombs_are_refused_before_they_are_opened(tmp_path: Path) -> None:
    """Too many entries, too many bytes, a high ratio and overlapping entries are refused."""
    path = make(tmp_path / "t.zip", ("a.js", bytes(8 * 1024 * 1024)), ("b.js", b"x"))
    with pytest.raises(FormatError, match="entry 1 expands too much"):
        list_archive(str(path), "t.zip")
    with pytest.raises(FormatError, match="more than 1 entries"):
        list_archive(str(path), "t.zip", Limits(entries=1))
    with pytest.raises(FormatError, match="entry 1 is too large"):
        list_archive(str(path), "t.zip", Limits(member_bytes=100))
    with pytest.raises(FormatError, match=r"^t\.zip: expands too much"):
        list_archive(str(path), "t.zip", Limits(total_bytes=100, ratio=10_000))
    overlapping = [zipfile.ZipInfo(name) for name in "ab"]
    for info in overlapping:
        info.compress_size = info.file_size = 60
    with pytest.raises(FormatError, match="overlap"):
        check_entries(overlapping, 100, "t.zip")


def test_a_member_that_lies_about_its_size_is_not_read_past_it(tmp_path: Path) -> None:
    """More bytes than declared, a wrong checksum and a cut stream end in an error."""
    path = make(tmp_path / "t.zip", ("a.js", b"0123456789" * 50))
    data = bytearray(path.read_bytes())
    central = data.index(b"PK\x01\x02")
    small = bytes(data[: central + 24]) + struct.pack("<I", 100) + bytes(data[central + 28 :])
    wrong = bytes(data[: central + 16]) + struct.pack("<I", 1) + bytes(data[central + 20 :])
    for damaged in (small, wrong):
        path.write_bytes(damaged)
        with (
            pytest.raises(FormatError, match=r"^a\.js: "),
            open_member(str(path), "a.js", "a.js") as s,
        ):
            s.read()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 and no more", b"no zip at all"])
def test_broken_archives_are_format_errors(tmp_path: Path, data: bytes) -> None:
    """What is no zip, or a truncated one, is refused without a traceback's words."""
    path = tmp_path / "t.zip"
    path.write_bytes(data)
    with pytest.raises(FormatError, match=r"^t\.zip: not a readable zip archive$") as caught:
        list_archive(str(path), "t.zip")
    assert caught.value.__cause__ is None


def test_shards_read_their_own_bytes_only(tmp_path: Path) -> None:
    """A byte range gives exactly its bytes, of a file and of a member alike."""
    data = b"0123456789"
    (tmp_path / "a.js").write_bytes(data)
    path = make(tmp_path / "t.zip", ("a.js", data))
    for source, member in ((tmp_path / "a.js", ""), (path, "a.js")):
        shard = Shard(0, "x", str(source), member, 2, 5, "a.js")
        with open_source(shard) as stream:
            assert stream.read() == b"234"
        with open_source(Shard(0, "x", str(source), member, label="a.js")) as stream:
            assert stream.read() == data
    with pytest.raises(FormatError, match=r"^gone: cannot be opened$"):
        open_source(Shard(0, "x", str(path), "none.js", label="gone"))
    with pytest.raises(FormatError, match=r"^gone: not a regular file$"):
        open_source(Shard(0, "x", str(tmp_path), label="gone"))


def test_zips_are_the_same_bytes_every_time(tmp_path: Path) -> None:
    """Order of arguments, times and modes of the files leave no trace in a written zip."""
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir(mode=0o700 if name == "one" else 0o755)
        (folder / "b").write_bytes(b"b" * 999)
        (folder / "a").write_bytes(b"a")
    write_zip(tmp_path / "1.zip", [(f"data/{n}", tmp_path / "one" / n) for n in ("a", "b")])
    write_zip(str(tmp_path / "2.zip"), [(f"data/{n}", tmp_path / "two" / n) for n in ("b", "a")])
    data = (tmp_path / "1.zip").read_bytes()
    assert data == (tmp_path / "2.zip").read_bytes()
    infos = zipfile.ZipFile(io.BytesIO(data)).infolist()
    assert [info.filename for info in infos] == ["data/a", "data/b"]
    assert {(info.date_time, info.extra, info.comment) for info in infos} == {
        ((1980, 1, 1, 0, 0, 0), b"", b""),
    }
