"""A thread spread over formats keeps its edges: one map of ids turns the one graph to the other."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests import thread
from tests.acceptance.running import call
from tests.fuzz_runs import prepared
from tests.thread import BRAM, FIRST, IDA, LAST, POSTS, QUOTE, REPLY, SHARE, TILDA

openpyxl = pytest.importorskip("openpyxl", reason="the extra xlsx is not installed")
pq = pytest.importorskip("pyarrow.parquet", reason="the extra parquet is not installed")

Json = dict[str, Any]
Node: TypeAlias = tuple[str, str]
"""A kind (`post`, `user`, `handle`, `name`) and a value."""
Edge: TypeAlias = tuple[str, Node, Node]

_LINK = re.compile(r"(?:twitter\.com|x\.example)/(\w+)/status/(\w+)")
_AT = re.compile(r"(?<!\w)@(\w+)")


def _said(own: Node, text: str) -> Iterator[Edge]:
    """Yield what a text links to and whom it names by handle."""
    for handle, post in _LINK.findall(text):
        yield "links", own, ("post", post)
        yield "links to one by", ("post", post), ("handle", handle)
    for handle in _AT.findall(text):
        yield "names", own, ("handle", handle)


def _account(user: Json) -> Iterator[Edge]:
    number = user.get("id_str") or user["id"]
    handle = user.get("screen_name") or user["username"]
    yield "is called", ("user", number), ("handle", handle)
    if "name" in user:
        yield "is named", ("user", number), ("name", user["name"])


def v1(record: Json) -> Iterator[Edge]:
    """Yield the edges of a tweet of API v1.1 or of a takeout."""
    own = ("post", record["id_str"])
    if "user" in record:
        yield "by", own, ("user", record["user"]["id_str"])
        yield from _account(record["user"])
    if record.get("in_reply_to_status_id_str"):
        yield "answers", own, ("post", record["in_reply_to_status_id_str"])
        yield "answers whom", own, ("user", record["in_reply_to_user_id_str"])
        yield "answers whom", own, ("handle", record["in_reply_to_screen_name"])
    for one in record["entities"]["user_mentions"]:
        yield "mentions", own, ("user", one["id_str"])
        yield from _account(one)
    for one in record["entities"]["urls"]:
        for key in ("url", "expanded_url", "display_url"):
            yield from _said(own, one[key])
    yield from _said(own, record["full_text"])
    for kind, key in (("quotes", "quoted_status"), ("shares", "retweeted_status")):
        if key in record:
            yield kind, own, ("post", record[key]["id_str"])
            yield from v1(record[key])


def v2(post: Json) -> Iterator[Edge]:
    """Yield the edges of a tweet of API v2."""
    own = ("post", post["id"])
    yield "by", own, ("user", post["author_id"])
    yield "of", own, ("post", post["conversation_id"])
    yield "edited", own, ("post", post["edit_history_tweet_ids"][0])
    if "in_reply_to_user_id" in post:
        yield "answers whom", own, ("user", post["in_reply_to_user_id"])
    for one in post.get("referenced_tweets", []):
        yield one["type"], own, ("post", one["id"])
    for one in post["entities"].get("mentions", []) if "entities" in post else ():
        yield "mentions", own, ("user", one["id"])
        yield from _account(one)
        marked = post["text"][one["start"] : one["end"]]
        yield "marks", own, ("handle", marked.removeprefix("@"))
    for one in post["entities"].get("urls", []) if "entities" in post else ():
        yield from _said(own, f"{one['url']} {one['expanded_url']}")
    yield from _said(own, post["text"])


def talk(text: str) -> Iterator[Edge]:
    """Yield who speaks to whom in an interview, and the posts and handles named."""
    turns = re.findall(r"(?m)^(\w+ \w+): (.*)$", text)
    for (asks, _), (tells, said) in pairwise(turns):
        yield "is answered by", ("name", asks), ("name", tells)
        yield from _said(("name", tells), said)


def messages(found: Json) -> Iterator[Edge]:
    """Yield who writes to whom in a conversation, and of which posts."""
    inner = found["dmConversation"]
    halves = set()
    for one in inner["messages"]:
        said = one["messageCreate"]
        own = ("post", said["id"])
        yield "by", own, ("user", said["senderId"])
        yield "to", own, ("user", said["recipientId"])
        halves |= {said["senderId"], said["recipientId"]}
        yield from _said(own, said["text"])
        for link in said["urls"]:
            for key in ("url", "expanded", "display"):
                yield from _said(own, link[key])
    assert set(inner["conversationId"].split("-")) == halves


def row(one: Json) -> Iterator[Edge]:
    """Yield the edges of a row of any of the tables."""
    number = one.get("id") or one.get("tweet_id") or one.get("Imported ID")
    own = ("post", str(number))
    columns = {
        "author_id": ("by", "user"),
        "conversation_id": ("of", "post"),
        "in_reply_to_user_id": ("answers whom", "user"),
        "referenced_tweets.replied_to.id": ("replied_to", "post"),
        "referenced_tweets.quoted.id": ("quoted", "post"),
        "referenced_tweets.retweeted.id": ("retweeted", "post"),
        "author.username": ("by", "handle"),
        "author.name": ("by", "name"),
        "user_username": ("by", "handle"),
        "user_name": ("by", "name"),
        "Vertex 1": ("by", "handle"),
        "Vertex 2": ("to", "handle"),
        "In-Reply-To Tweet ID": ("replied_to", "post"),
    }
    for column, (edge, kind) in columns.items():
        value = str(one.get(column) or "").lstrip("'")
        if value:
            yield edge, own, (kind, value)
    for column in ("text", "Tweet", "Twitter Page for Tweet"):
        yield from _said(own, str(one.get(column) or ""))
    for mention in json.loads(one.get("entities.mentions") or "[]"):
        yield "mentions", own, ("user", mention["id"])
        yield from _account(mention)
    for link in json.loads(one.get("entities.urls") or "[]"):
        yield from _said(own, link["expanded_url"])


def _lines(data: bytes) -> list[Json]:
    return [json.loads(line) for line in data.splitlines()]


def _takeout(data: bytes) -> Iterator[Edge]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {
            name.rpartition("/")[2]: json.loads(archive.read(name).partition(b"=")[2])
            for name in archive.namelist()
            if not name.endswith("account.js")
        }
    for one in files["tweets.js"]:
        yield from v1(one["tweet"])
    for one in files["direct-messages.js"]:
        yield from messages(one)


def _sheet(data: bytes) -> Iterator[Edge]:
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.iter_rows(values_only=True))
    header = rows.index(next(one for one in rows if "Vertex 1" in one))
    for one in rows[header + 1 :]:
        yield from row(dict(zip(rows[header], one, strict=True)))


READERS: dict[str, Callable[[bytes], Iterator[Edge]]] = {
    ".zip": _takeout,
    ".jsonl": lambda data: (edge for one in _lines(data) for edge in v1(one)),
    ".json": lambda data: (
        edge
        for page in [json.loads(data)]
        for found in (map(v2, page["data"]), map(_account, page["includes"]["users"]))
        for edges in found
        for edge in edges
    ),
    ".csv": lambda data: (
        edge for one in csv.DictReader(io.StringIO(data.decode())) for edge in row(one)
    ),
    ".xlsx": _sheet,
    ".parquet": lambda data: (
        edge for one in pq.read_table(io.BytesIO(data)).to_pylist() for edge in row(one)
    ),
    ".txt": lambda data: talk(data.decode()),
}
"""By suffix, the edges a file tells of; each file of the story has a suffix of its own."""


def _story() -> dict[str, bytes]:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in thread.takeout().items():
            archive.writestr(name, data)
    lines = [json.dumps(thread.tweet_v1(post)) + "\n" for post in (FIRST, QUOTE, SHARE)]
    return {
        "a.zip": out.getvalue(),
        "b.jsonl": "".join(lines).encode(),
        "c.json": json.dumps(thread.page_v2(REPLY, LAST, QUOTE)).encode(),
        "d.csv": thread.table([thread.row_twarc(post) for post in (REPLY, QUOTE, LAST)]),
        "e.xlsx": thread.workbook("Edges", [thread.row_nodexl(post) for post in POSTS], lead=1),
        "f.parquet": thread.parquet([thread.row_wide(post) for post in POSTS]),
        "g.txt": thread.TALK.encode(),
    }


@pytest.fixture(scope="module", params=["internal", "controlled", "safeguarded"])
def graphs(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[list[Edge], list[Edge]]]:
    """Return the edges of each file before and after, in the order of the file."""
    root = tmp_path_factory.mktemp("story")
    folder, share = root / "in", root / "share"
    folder.mkdir()
    files = _story()
    for name, data in files.items():
        (folder / name).write_bytes(data)
    with prepared():
        asked = ("--include", "direct-messages", "--policy", request.param)
        said = call("run", folder, "--out", share, *asked, "--json")
    assert said.code == 0, said.err
    assert json.loads(said.out)["records"]["withheld"] == 0
    found = {path.suffix: path for path in (share / "data").rglob("*.*") if path.is_file()}
    return {
        name: (list(read(data)), list(read(found[suffix].read_bytes())))
        for name, data in files.items()
        for suffix, read in [(Path(name).suffix, READERS[Path(name).suffix])]
    }


Graphs = dict[str, tuple[list[Edge], list[Edge]]]


def test_the_story_is_told_by_all_formats(graphs: Graphs) -> None:
    """What is compared holds every edge the story is about, each from the format meant."""
    before = {name: set(old) for name, (old, _) in graphs.items()}
    post = {one: ("post", one.id) for one in POSTS}
    users = {one: ("user", one.id) for one in (TILDA, BRAM, IDA)}
    dm = ("post", thread.snowflake(5))
    expected: dict[str, set[Edge]] = {
        "a.zip": {
            ("answers", post[LAST], post[REPLY]),
            ("links", post[LAST], post[QUOTE]),
            ("links", dm, post[REPLY]),
            ("to", dm, users[IDA]),
            ("mentions", post[LAST], users[BRAM]),
        },
        "b.jsonl": {("quotes", post[QUOTE], post[FIRST]), ("shares", post[SHARE], post[FIRST])},
        "c.json": {("replied_to", post[REPLY], post[FIRST]), ("of", post[LAST], post[FIRST])},
        "d.csv": {("quoted", post[QUOTE], post[FIRST]), ("by", post[REPLY], ("name", BRAM.name))},
        "e.xlsx": {("replied_to", post[REPLY], post[FIRST]), ("links", post[SHARE], post[SHARE])},
        "f.parquet": {("by", post[REPLY], users[BRAM])},
        "g.txt": {
            ("links", ("name", BRAM.name), post[REPLY]),
            ("is answered by", ("name", IDA.name), ("name", BRAM.name)),
            ("names", ("name", BRAM.name), ("handle", BRAM.handle)),
        },
    }
    assert [(name, found - before[name]) for name, found in expected.items()] == [
        (name, set()) for name in expected
    ]


def test_one_map_turns_every_edge_over(graphs: Graphs) -> None:
    """Ids, handles and names have one surrogate in all files, no two share one, no edge is lost."""
    names: dict[Node, set[Node]] = {}
    for name, (old, new) in graphs.items():
        assert len(old) == len(new), name
        for (kind, *was), (other, *now) in zip(old, new, strict=True):
            assert kind == other, name
            for one, surrogate in zip(was, now, strict=True):
                names.setdefault(one, set()).add(surrogate)
    assert {one: found for one, found in names.items() if len(found) != 1} == {}
    single = {one: next(iter(found)) for one, found in names.items()}
    assert len(set(single.values())) == len(single)
    assert not set(single) & set(single.values())
    mapped = [
        [(kind, single[one], single[other]) for kind, one, other in old]
        for old, _ in graphs.values()
    ]
    assert mapped == [new for _, new in graphs.values()]
    assert {kind for kind, _ in names} == {"post", "user", "handle", "name"}
