from __future__ import annotations

import bz2
import gzip
import json
import lzma
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from anonymize.errors import FormatError
from anonymize.formats import packed
from anonymize.formats.catalogue import FORMATS
from anonymize.formats.intake import Intake, take_in
from anonymize.formats.packed import create
from anonymize.model.documents import Document, Shard

zstandard = pytest.importorskip("zstandard")

PACKS: dict[str, Callable[[bytes], bytes]] = {
    "gz": gzip.compress,
    "bz2": bz2.compress,
    "xz": lzma.compress,
    "zst": zstandard.ZstdCompressor(write_checksum=True).compress,
}
EACH = pytest.mark.parametrize("kind", PACKS)
TWEETS = [{"id": str(10**9 + at), "text": "so " * (at % 60) + "é"} for at in range(400)]
GOLD = [{"id": f"g{at}", "text": "so it is", "entities": []} for at in range(30)]


def lines(records: list[dict[str, Any]]) -> bytes:
    """Return records one a line, as the writers of this program put them."""
    rows = (json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in records)
    return "".join(row + "\n" for row in rows).encode()


CONTENTS = {
    "a.jsonl": lines(TWEETS),
    "a.json": b"[" + b", ".join(lines(TWEETS).splitlines()) + b"]",
    "g.jsonl": lines(GOLD),
    "t.csv": b"id_str,text,lang\r\n1000000001,so it is,en\r\n1000000002,yes,en\r\n",
}


def take(path: Path, shard_bytes: int = 2000) -> Intake:
    """Take in one file."""
    columns = {"id_str": "id", "text": "text", "lang": "code"} if "t.csv" in path.name else None
    return take_in(
        [str(path)], name_token=lambda _: "bcdfghjk", shard_bytes=shard_bytes, columns=columns
    )


def read(shards: tuple[Shard, ...]) -> list[Any]:
    """Return the documents of shards in the order given."""
    return [item for shard in shards for item in FORMATS[shard.format].read(shard)]


def rebuilt(shards: tuple[Shard, ...]) -> bytes:
    """Return the file with unchanged texts."""
    reader = FORMATS[shards[0].format]
    bodies = [
        reader.rebuild(one, {field.path: field.value for field in one.fields})
        for one in read(shards)
        if isinstance(one, Document)
    ]
    return shards[0].head + shards[0].between.join(bodies) + shards[-1].tail


@EACH
@pytest.mark.parametrize("name", CONTENTS)
def test_a_compressed_file_is_read_as_what_it_holds(tmp_path: Path, kind: str, name: str) -> None:
    """Documents, shards and rebuilt bytes are those of the plain file; the suffix is kept."""
    (tmp_path / name).write_bytes(CONTENTS[name])
    (tmp_path / f"{name}.{kind}").write_bytes(PACKS[kind](CONTENTS[name]))
    bare, inside = take(tmp_path / name).shards, take(tmp_path / f"{name}.{kind}").shards
    assert inside[0].output == f"{bare[0].output}.{kind}"
    assert {one.packing for one in inside} == {kind}
    assert [one.start for one in inside] == [one.start for one in bare]
    assert len(inside) > 1 or name in {"t.csv", "g.jsonl"}
    assert read(inside) == read(bare)
    assert rebuilt(inside) == rebuilt(bare)
    if name != "t.csv":
        assert rebuilt(inside) == CONTENTS[name]


@EACH
def test_shards_may_be_read_in_any_order(tmp_path: Path, kind: str) -> None:
    """Going on, going back and leaving off in the middle give the documents of each shard."""
    path = tmp_path / f"a.jsonl.{kind}"
    path.write_bytes(PACKS[kind](CONTENTS["a.jsonl"]))
    shards = take(path).shards
    ids = [one.id for one in read(shards)]
    assert not packed._resting, "a stream read to its end is closed"
    backwards = [one.id for shard in reversed(shards) for one in read((shard,))]
    assert sorted(backwards) == sorted(ids)
    started = FORMATS[shards[0].format].read(shards[0])
    next(started)
    started.close()  # type: ignore[attr-defined]
    assert [one.id for one in read(shards[2:])] == ids[-len(read(shards[2:])) :]


def test_going_on_decompresses_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Shards read one after another read the compressed file once, not once each."""
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(CONTENTS["a.jsonl"]))
    shards = take(path).shards
    opened: list[str] = []
    begin = packed._Stream.__init__

    def counted(self: Any, *arguments: Any) -> None:
        opened.append("")
        begin(self, *arguments)

    monkeypatch.setattr(packed._Stream, "__init__", counted)
    read(shards)
    assert len(shards) > 5
    assert len(opened) == 1


@EACH
def test_damaged_files_name_the_file(tmp_path: Path, kind: str) -> None:
    """A file cut short or changed is refused while it is planned, before anything is done."""
    whole = PACKS[kind](lines(TWEETS * 20))
    for number, bad in enumerate((whole[:-3], whole[: len(whole) // 2], whole + b"junk")):
        path = tmp_path / f"{number}.jsonl.{kind}"
        path.write_bytes(bad)
        with pytest.raises(FormatError, match=rf"^{path.name}: .* inside its compression"):
            take(path)


def test_a_file_that_has_changed_is_read_anew(tmp_path: Path) -> None:
    """What rests of a stream is not gone on with when the file is another."""
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(lines(TWEETS)))
    shards = take(path).shards
    read(shards[:1])
    path.write_bytes(gzip.compress(lines(TWEETS[::-1])))
    assert read(shards[1:2]) != []
    again = take(path).shards
    assert [one.id for one in read(again)] == [one["id"] for one in TWEETS[::-1]]


def test_compressed_files_of_no_known_content_are_not_taken(tmp_path: Path) -> None:
    """What a stream holds must be of a format that can be read from one."""
    path = tmp_path / "notes.txt.gz"
    path.write_bytes(gzip.compress(b"Just a few words."))
    with pytest.raises(FormatError, match=r"^notes\.txt\.gz: not a format this program reads$"):
        take(path)


@pytest.mark.parametrize("kind", ["", *PACKS])
def test_written_bytes_depend_on_content_alone(tmp_path: Path, kind: str) -> None:
    """Two files of another name, written in other portions at another time, are equal."""
    content = CONTENTS["a.jsonl"]
    first, second = tmp_path / "first", tmp_path / "second"
    with create(first, kind) as out:
        out.write(content)
    with create(second, kind) as out:
        for at in range(0, len(content), 777):
            out.write(content[at : at + 777])
    data = first.read_bytes()
    assert data == second.read_bytes()
    unpackers: dict[str, Callable[[bytes], bytes]] = {
        "": bytes,
        "gz": gzip.decompress,
        "bz2": bz2.decompress,
        "xz": lzma.decompress,
        "zst": lambda one: zstandard.ZstdDecompressor().decompressobj().decompress(one),
    }
    assert unpackers[kind](data) == content
    if kind == "gz":
        # RFC 1952 §2.3: no flags, so no name; no time.
        assert data[3:8] == bytes(5)
