"""Compressed collections through the whole program."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
from pathlib import Path

import pytest

from anonymize import api
from tests.formats.activity_cases import activity, actor, notice, share

JO = actor("5550001", "jo_invented", "Jolanda Invented")
AL = actor("5550002", "al_invented", "Albert Inventor")
POST = activity("801000000000000001", JO, "@al_invented is it on?", AL)
TWEET = {
    "id_str": "801000000000000005",
    "full_text": "@jo_invented it is",
    "in_reply_to_status_id_str": "801000000000000001",
    "user": {"id_str": "5550002", "screen_name": "al_invented", "name": "Albert Inventor"},
}
GONE = activity("801000000000000077", AL, "gone")


def material(folder: Path) -> Path:
    """Write a folder of compressed files, and return it."""
    folder.mkdir()
    acts = (POST, share("801000000000000002", AL, POST), notice("801000000000000077"), GONE)
    lines = "".join(json.dumps(one) + "\n" for one in acts).encode()
    (folder / "a.jsonl.gz").write_bytes(gzip.compress(lines))
    (folder / "b.json.xz").write_bytes(lzma.compress(json.dumps([TWEET, TWEET]).encode()))
    table = "id_str,from_user,text\r\n801000000000000001,jo_invented,@al_invented is it on?\r\n"
    (folder / "c.csv.bz2").write_bytes(bz2.compress(table.encode()))
    return folder


@pytest.fixture(scope="module")
def shares(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the folders made of one folder by one worker, and in small shards by two."""
    root = tmp_path_factory.mktemp("packed")
    folder = material(root / "in")
    api.init(root / "study")
    for workers in (1, 2):
        out, study = root / f"out{workers}", root / "study"
        size = 900 * (workers - 1)
        api.run([folder], out=out, project=study, workers=workers, shard_bytes=size)
    return [root / "out1", root / "out2"]


def _bytes(share: Path) -> dict[str, bytes]:
    return {str(p.relative_to(share)): p.read_bytes() for p in share.rglob("*.*") if p.is_file()}


def test_bytes_do_not_depend_on_the_number_of_workers(shares: list[Path]) -> None:
    """One worker and two write the same compressed files."""
    first, second = map(_bytes, shares)
    assert {key: data for key, data in first.items() if key.startswith("data")} == {
        key: data for key, data in second.items() if key.startswith("data")
    }


def test_a_thread_keeps_its_edges_across_compressed_formats(shares: list[Path]) -> None:
    """Activity, retweet, reply and row of one post name it alike; a deletion is honoured."""
    found = {path.suffix: path.read_bytes() for path in (shares[0] / "data").rglob("*.*")}
    acts = [json.loads(line) for line in gzip.decompress(found[".gz"]).splitlines()]
    replies = json.loads(lzma.decompress(found[".xz"]))
    row = bz2.decompress(found[".bz2"]).decode().splitlines()[1].split(",")
    lead = "tag:search.twitter.com,2005:"
    assert [one["verb"] for one in acts] == ["post", "share"]
    assert acts[0]["id"] == acts[1]["object"]["id"] == lead + row[0]
    assert [one["in_reply_to_status_id_str"] for one in replies] == [row[0]] * 2
    assert acts[1]["actor"]["preferredUsername"] == replies[0]["user"]["screen_name"]
    report = json.loads((shares[0] / "report.json").read_text("utf-8"))
    assert report["records"] == {"read": 7, "written": 5, "withheld": 2}
