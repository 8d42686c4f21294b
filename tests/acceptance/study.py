"""The example study before and after a run, read side by side, without the program's formats."""

from __future__ import annotations

import csv
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeAlias

from anonymize.api import RunResult

ROOT = Path(__file__).resolve().parents[2]
STUDY = ROOT / "examples" / "study"
TAKEOUT, V1, V2, WIDE, SHEET = (
    "takeout.zip", "hashtag_v1.jsonl", "hashtag_v2.jsonl", "hashtag.csv", "tags_export.csv",
)  # fmt: skip
ORDER = (WIDE, V1, V2, SHEET, TAKEOUT)
"""Files with posts in the order in which a folder is read, and the audit log written."""

Json: TypeAlias = dict[str, Any]
Path_: TypeAlias = tuple[str | int, ...]
Leaves: TypeAlias = dict[Path_, Any]


def truth(name: str) -> Json:
    """Return what the tests know of the study."""
    found: Json = json.loads((ROOT / "tests" / "examples" / name).read_text("utf-8"))
    return found


PEOPLE: list[Json] = truth("identifiers.json")["people"]
REFUSING = next(one for one in PEOPLE if one["person"] == "S08")["ids"][0]
DELETED = frozenset(truth("graph.json")["deleted"])


def _js(data: bytes) -> list[Json]:
    found: list[Json] = json.loads(data.split(b"=", 1)[1])
    return found


def takeout(path: Path) -> list[Json]:
    """Return the note tweets and the tweets of an archive, in the order of their files."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    names = ("note-tweet.js", "tweets.js", "tweets-part1.js")
    return [one for name in names for one in _js(files[f"data/{name}"])]


def jsonl(path: Path) -> list[Json]:
    """Return the lines of a file."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def table(path: Path) -> list[Json]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


READERS: dict[str, Callable[[Path], list[Json]]] = {
    WIDE: table, V1: jsonl, V2: jsonl, SHEET: table, TAKEOUT: takeout,
}  # fmt: skip


def posts(name: str, record: Json) -> list[Json]:
    """Return the posts of a record: those of a page, or itself out of its wrapper."""
    if name == V2:
        found: list[Json] = record.get("data", [record])
        return found
    return [record.get("tweet") or record.get("noteTweet") or record]


def identity(post: Json) -> tuple[str, str]:
    """Return the id of a post and of its author, empty where it does not state one."""
    number = post.get("noteTweetId") or post.get("id_str") or post.get("id") or ""
    author = post.get("author_id") or post.get("from_user_id_str") or ""
    return str(number), str(author or post.get("user", {}).get("id_str", ""))


def is_withheld(name: str, record: Json) -> bool:
    """Whether a record of the study must be withheld: refused, deleted, or no post."""
    if "delete" in record:
        return True
    return any(
        number in DELETED or author == REFUSING
        for post in posts(name, record)
        for number, author in map(identity, embedded(post))
    )


def embedded(post: Json) -> list[Json]:
    """Return a post and the posts whose text stands in it."""
    inner = [post.get("retweeted_status"), post.get("quoted_status")]
    inner += post.get("referenced_tweets") or []
    texts = [one for one in inner if isinstance(one, dict) and {"text", "full_text"} & one.keys()]
    return [post, *(found for one in texts for found in embedded(one))]


def leaves(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Any]]:
    """Yield every leaf of a record with its path."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from leaves(one, (*path, key))
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from leaves(one, (*path, at))
    else:
        yield path, value


@dataclass(frozen=True)
class Pair:
    """A record before and after, and what the audit log says of it.

    Attributes:
        file: Name of the study's file.
        old: Before.
        new: After.
        entries: Audit entries by path, in their order.
    """

    file: str
    old: Json
    new: Json
    entries: dict[Path_, list[Json]]

    @cached_property
    def was(self) -> Leaves:
        """The leaves before."""
        return dict(leaves(self.old))

    @cached_property
    def now(self) -> Leaves:
        """The leaves after."""
        return dict(leaves(self.new))


@dataclass(frozen=True)
class Replaced:
    """A stretch of text and what stands for it."""

    where: str
    old: str
    new: str
    entry: Json


@dataclass(frozen=True)
class Release:
    """What a run made of the study."""

    result: RunResult

    @property
    def root(self) -> Path:
        """The shared folder."""
        return self.result.out

    @cached_property
    def files(self) -> dict[str, Path]:
        """Shared files by the name the study gives them, told by what they hold."""
        data = self.root / "data"
        found = {TAKEOUT: next(data.glob("*.zip"))}
        for path in sorted(data.glob("*.jsonl"), key=lambda one: -one.stat().st_size):
            found.setdefault(V1 if "id_str" in jsonl(path)[0] else V2, path)
        for path in data.glob("*.csv"):
            found[SHEET if "id_str" in table(path)[0] else WIDE] = path
        return found

    @cached_property
    def audit(self) -> list[Json]:
        """The audit log."""
        return jsonl(self.root / "audit" / "audit.jsonl")

    @cached_property
    def withheld(self) -> list[Json]:
        """The lines of withheld records."""
        return [one for one in jsonl(self.root / "withheld.jsonl") if "record" in one]

    def read(self, name: str) -> list[Json]:
        """Return the records of a shared file."""
        return READERS[name](self.files[name])

    @cached_property
    def pairs(self) -> list[Pair]:
        """Every record that was not withheld, before and after, by position."""
        log = iter(one for one in self.audit if "#" not in one["document"])
        entry = next(log, None)
        found: list[Pair] = []
        for name in ORDER:
            old = [one for one in READERS[name](STUDY / name) if not is_withheld(name, one)]
            for before, after in zip(old, self.read(name), strict=True):
                names = {identity(post)[0] for post in posts(name, after)}
                entries: dict[Path_, list[Json]] = {}
                while entry is not None and entry["document"] in names:
                    entries.setdefault(tuple(entry["path"]), []).append(entry)
                    entry = next(log, None)
                found.append(Pair(name, before, after, entries))
        # What is left belongs to files read after the study's own.
        known = {identity(post)[0] for pair in found for post in posts(pair.file, pair.new)}
        left = {one["document"] for one in log} | ({entry["document"]} if entry else set())
        assert not left & known, "the audit log and the data are not in the same order"
        return found

    @cached_property
    def replaced(self) -> list[Replaced]:
        """Every replaced stretch of the posts, with what stood there."""
        return [
            one
            for pair in self.pairs
            for path, entries in pair.entries.items()
            for one in recover(pair, path, entries)
        ]


def shown(pair: Pair, path: Path_) -> str:
    """Return a value after the run, without the mark that disarms a formula in a table."""
    value = str(pair.now[path])
    if pair.file in {WIDE, SHEET} and value[:1] == "'" and str(pair.was[path])[:1] != "'":
        return value[1:]
    return value


def around(value: str, entries: list[Json]) -> list[str]:
    """Return what of a value stands before, between and after its replaced stretches."""
    kept, at = [], 0
    for one in entries:
        kept.append(value[at : one["start"]])
        at = one["end"]
    return [*kept, value[at:]]


def recover(pair: Pair, path: Path_, entries: list[Json]) -> list[Replaced]:
    """Return what stood where a value was changed; fails where the rest is not the same.

    What stands around the replaced stretches must stand in the input, in the same order and
    with nothing else before, between or behind.
    """
    entries = sorted(entries, key=lambda one: int(one["start"]))
    was, kept = str(pair.was[path]), around(shown(pair, path), entries)
    pattern = "(.+?)".join(map(re.escape, kept))
    match = re.fullmatch(pattern, was, re.DOTALL)
    where = f"{pair.file} {path}"
    assert match is not None, f"{where}: {was!r} is not {kept!r} with stretches replaced"
    return [
        Replaced(where, old, one["pseudonym"], one)
        for old, one in zip(match.groups(), entries, strict=True)
    ]
