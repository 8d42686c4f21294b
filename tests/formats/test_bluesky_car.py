from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from anonymize import api
from anonymize.errors import EngineError, FormatError
from anonymize.formats import bluesky_car
from anonymize.formats.base import HEAD_BYTES, PlanOptions, Source
from anonymize.formats.bluesky_car import FORMAT, LEFT_OVER, MISSING
from anonymize.formats.catalogue import FORMATS
from anonymize.model.documents import Document, Problem
from tests.acceptance.running import found
from tests.bluesky_cases import did, mention, post, tid

libipld = pytest.importorskip("libipld")

Json = dict[str, Any]
MADE = "2024-03-05T10:00:00.000Z"
TEXT = "Grüße an @jo.vandenbroek.example 🐋"
PICTURE = b"\x01\x55\x12\x20" + hashlib.sha256(b"picture").digest()
RECORDS: dict[str, Json] = {
    "app.bsky.actor.profile/self": {
        "$type": "app.bsky.actor.profile",
        "displayName": "Mara Lindqvist",
        "avatar": {"$type": "blob", "ref": PICTURE, "mimeType": "image/png", "size": 12},
    },
    f"app.bsky.feed.like/{tid(3)}": {
        "$type": "app.bsky.feed.like",
        "subject": {"uri": f"at://{did(1)}/app.bsky.feed.post/{tid(1)}", "cid": "bafyreia12"},
        "createdAt": MADE,
    },
    f"app.bsky.feed.post/{tid(1)}": post(
        TEXT,
        facets=[mention(TEXT, "@jo.vandenbroek.example", 2)],
    ),
    f"app.bsky.feed.post/{tid(2)}": {**post("Nothing else"), "odd": b"\x00\x01"},
}


class Repository:
    """Writes a repository: its blocks, a tree of two layers and a commit."""

    def __init__(self, records: Json) -> None:
        self.blocks: dict[bytes, bytes] = {}
        names = [(key.encode(), self.add(value)) for key, value in sorted(records.items())]
        middle = len(names) // 2
        left = self.add({"l": None, "e": self.entries(names[:middle])})
        right = self.add({"l": None, "e": self.entries(names[middle + 1 :])})
        (top,) = self.entries(names[middle : middle + 1])
        self.tree = self.add({"l": left, "e": [{**top, "t": right}]})
        self.root = self.commit(self.tree)

    def add(self, value: Any) -> bytes:
        """Add a block and return its name."""
        data = libipld.encode_dag_cbor(value)
        name: bytes = bluesky_car._CIDS[0] + hashlib.sha256(data).digest()
        self.blocks[name] = data
        return name

    def commit(self, tree: bytes) -> bytes:
        """Add a commit."""
        rest = {"version": 3, "rev": tid(9), "prev": None, "sig": b"\x07" * 64}
        return self.add({"did": did(1), "data": tree, **rest})

    @staticmethod
    def entries(names: list[tuple[bytes, bytes]]) -> list[Json]:
        """Return the entries of a node; a key is written without what it shares."""
        out: list[Json] = []
        last = b""
        for key, name in names:
            shared = 0
            while last[: shared + 1] == key[: shared + 1] and shared < len(last):
                shared += 1
            out.append({"p": shared, "k": key[shared:], "v": name, "t": None})
            last = key
        return out

    def car(self) -> bytes:
        """Return the file."""
        head = libipld.encode_dag_cbor({"version": 1, "roots": [self.root]})
        parts = [head, *(name + data for name, data in self.blocks.items())]
        return b"".join(_varint(len(part)) + part for part in parts)


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def source(path: Path, data: bytes) -> Source:
    """Write a file and return it as formats see it."""
    path.write_bytes(data)
    return Source(str(path), path.name, "", len(data), data[:HEAD_BYTES], path.name, "out.jsonl")


def read(tmp_path: Path, data: bytes) -> list[Any]:
    """Return all documents and problems of a file."""
    plan = FORMAT.plan(source(tmp_path / "mine.car", data), 0, PlanOptions())
    return [item for shard in plan.shards for item in FORMAT.read(shard)]


def test_the_records_of_the_tree_are_read_in_order(tmp_path: Path) -> None:
    """Each record is a line with its address; links and bytes are written as the API does."""
    items = read(tmp_path, Repository(RECORDS).car())
    lines = [
        json.loads(FORMAT.rebuild(one, {field.path: field.value for field in one.fields}))
        for one in items
        if isinstance(one, Document)
    ]
    assert [one["uri"] for one in lines] == [f"at://{did(1)}/{key}" for key in sorted(RECORDS)]
    profile, like, first, second = (one["value"] for one in lines)
    assert profile["avatar"]["ref"] == {"$link": libipld.encode_cid(PICTURE)}
    assert (like, first) == tuple(RECORDS[key] for key in sorted(RECORDS)[1:3])
    assert second["odd"] == {"$bytes": "AAE="}
    assert all(one["cid"].startswith("bafyrei") for one in lines)
    assert len(items) == len(lines)


def test_deleted_records_that_lie_there_still_are_not_read(tmp_path: Path) -> None:
    """A block the tree does not reach is no record, and that there was one is counted."""
    repository = Repository(RECORDS)
    repository.add(post("Deleted long ago"))
    items = read(tmp_path, repository.car())
    assert [item for item in items if isinstance(item, Problem)] == [
        Problem(LEFT_OVER, withheld=False),
    ]
    assert len(items) == len(RECORDS) + 1


def test_a_record_that_is_missing_or_changed_is_a_problem(tmp_path: Path) -> None:
    """A record without its block, or whose block is not what its name says, is withheld."""
    repository = Repository(RECORDS)
    keys = [name for name, data in repository.blocks.items() if b"$type" in data]
    del repository.blocks[keys[0]]
    repository.blocks[keys[1]] = repository.blocks[keys[1]].replace(b"2024", b"2025")
    problems = [item for item in read(tmp_path, repository.car()) if isinstance(item, Problem)]
    assert problems == [Problem(MISSING, 0), Problem(MISSING, 1)]


def test_damaged_repositories_are_refused(tmp_path: Path) -> None:
    """A file cut off, a tree with a hole, out of order or endless stops the run."""
    repository = Repository(RECORDS)
    whole = repository.car()
    (tmp_path / "in").mkdir()

    def refused(data: bytes, message: str) -> None:
        with pytest.raises(FormatError, match=rf"^mine\.car: {message}"):
            read(tmp_path, data)

    refused(whole[:-1], "ends inside block")
    refused(whole[:30], "does not begin as a repository")
    refused(b"", "does not begin as a repository")
    refused(whole + b"\x05abcde", "block 9 is damaged")
    refused(whole + b"\xff" * 12, "block 9 is damaged")
    holed = Repository(RECORDS)
    del holed.blocks[holed.tree]
    refused(holed.car(), "a node of its tree is missing")
    twice = Repository(RECORDS)
    names = [(b"a/b", twice.tree), (b"a/a", twice.tree)]
    twice.root = twice.commit(twice.add({"l": None, "e": Repository.entries(names)}))
    refused(twice.car(), "its tree is not in order")
    odd = Repository(RECORDS)
    odd.root = odd.commit(odd.add({"l": None, "e": [{"p": 3, "k": b"x"}]}))
    refused(odd.car(), "a node of its tree is missing")
    odd.root = odd.add({"data": odd.tree})
    refused(odd.car(), "has no readable commit")


def test_a_repository_is_claimed_by_its_head_or_suffix(tmp_path: Path) -> None:
    """A renamed repository is known by its header, a damaged one by its name."""
    whole = Repository(RECORDS).car()
    for name, data in (("repo.bin", whole), ("mine.car", b"junk")):
        one = source(tmp_path / name, data)
        ranked = sorted((FORMATS[key] for key in FORMATS), key=lambda one: one.rank)
        assert next(form for form in ranked if form.claims(one)) is FORMAT
    assert not FORMAT.claims(source(tmp_path / "x.json", b'{"roots": 1, "version": 1}'))


def test_without_the_package_it_is_told_what_to_do(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Without `libipld` the message says what to install, or how to convert."""
    monkeypatch.setitem(sys.modules, "libipld", None)
    with pytest.raises(EngineError, match=r"anonymize\[bluesky\].*listRecords"):
        FORMAT.plan(source(tmp_path / "mine.car", b"x"), 0, PlanOptions())


def test_a_run_gives_lines_without_an_original(tmp_path: Path) -> None:
    """What is written of a repository are lines in which edges hold and no id survives."""
    (tmp_path / "mine.car").write_bytes(Repository(RECORDS).car())
    done = api.run([tmp_path / "mine.car"], out=tmp_path / "share")
    assert (done.exit_code, list(done.dropped["unknown"].values())) == (10, [1])
    (path,) = (tmp_path / "share" / "data").iterdir()
    assert path.suffix == ".jsonl"
    profile, like, first, _ = map(json.loads, path.read_text("utf-8").splitlines())
    assert like["value"]["subject"]["uri"] == first["uri"]
    assert profile["uri"] == f"at://{first['uri'].split('/')[2]}/app.bsky.actor.profile/self"
    index = first["value"]["facets"][0]["index"]
    marked = first["value"]["text"].encode()[index["byteStart"] : index["byteEnd"]].decode()
    assert marked.startswith("@")
    assert marked.endswith(".example")
    wanted = [did(1)[8:], did(2)[8:], tid(1), tid(2), tid(3), "lindqvist", "vandenbroek"]
    assert found(tmp_path / "share", wanted) == {}
