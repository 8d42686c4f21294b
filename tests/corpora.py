"""Corpora on disk, what of them must stay secret, and what stands in a folder."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from tests.generators import PEOPLE, make_csv, make_interview, make_jsonl, make_takeout

ORIGINALS = tuple(word for person in PEOPLE for word in person)
"""Given names, family names and handles of everybody in the generated corpora."""


def write_mixed(folder: Path, tweets: int = 60) -> list[Path]:
    """Write one file of each sort, a damaged line among them, and return their paths."""
    lines = make_jsonl(tweets).splitlines(keepends=True)
    lines.insert(tweets // 2, lines[3][: len(lines[3]) // 2] + b"\n")
    lines.insert(tweets // 3, json.dumps({"delete": {"status": _ids(lines[5])}}).encode() + b"\n")
    material = {
        "tweets.jsonl": b"".join(lines),
        "table.csv": make_csv(20, seed=3),
        "archive.zip": make_takeout(20, seed=5),
        "interview.txt": make_interview(12),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in material.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in material]


def _ids(line: bytes) -> dict[str, str]:
    tweet = json.loads(line)
    return {"id_str": tweet["id"], "user_id_str": tweet["author_id"]}


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file of a folder by its path below it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differing(one: Path, other: Path) -> list[str]:
    """Return the files that are not the same in two folders."""
    left, right = contents(one), contents(other)
    return sorted(name for name in left.keys() | right.keys() if left.get(name) != right.get(name))


def standing(folder: Path, words: Iterable[str], leave_out: Iterable[str] = ()) -> list[str]:
    """Return `file: word` for each word in a file's bytes or path, whatever case and encoding."""
    left_out = frozenset(leave_out)
    found = []
    sought = [(word, _forms(word)) for word in words]
    for name, data in contents(folder).items():
        if name in left_out:
            continue
        hay = name.casefold().encode() + b"\n" + _lowered(data)
        found += [f"{name}: {word}" for word, forms in sought if any(f in hay for f in forms)]
    return found


def _lowered(data: bytes) -> bytes:
    return data.lower() + b"\n" + data.decode("utf-8", "replace").casefold().encode()


def _forms(word: str) -> set[bytes]:
    folded = word.casefold()
    return {
        folded.encode(),
        folded.encode("utf-16-le"),
        folded.encode("utf-16-be"),
        json.dumps(folded).strip('"').encode(),
    }
