"""What is mutated: small files of every format, by family; a new format is one more entry.

All of them hold `damage.NAME` where an identifier stands.
"""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
from collections.abc import Callable
from typing import Any

from tests import bluesky_cases as bluesky
from tests import generators
from tests.acceptance import damage
from tests.acceptance.damage import NAME
from tests.canaries import Canaries
from tests.formats import (
    activity_cases,
    mastodon_cases,
    table_cases,
    takeout_cases,
)
from tests.formats import test_x_fourcat as fourcat_cases
from tests.formats import test_x_takeout_classic as classic_cases
from tests.formats import test_x_takeout_include as include_cases
from tests.formats import test_x_takeout_media as media_cases
from tests.formats import test_x_takeout_messages as message_cases
from tests.fuzz_inputs import Seed, folder, named, one
from tests.fuzz_seeds_spoken import SPOKEN


def _lines(*records: Any) -> bytes:
    return b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in records)


# --- tweets -----------------------------------------------------------------------------------

_ASKED = ("--include", "direct-messages,direct-messages-group,likes,followers,bookmarks,lists")


def _takeout() -> list[Seed]:
    js = takeout_cases.js
    files = takeout_cases.FILES
    messages = message_cases.conversation(message_cases.SAID, *message_cases.HAPPENED)
    asked = {
        "data/account.js": js("account", takeout_cases.ACCOUNT),
        "data/tweets.js": js("tweets", takeout_cases.TWEET),
        "data/direct-messages.js": js("direct_messages", messages),
        "data/like.js": js("like", {"like": include_cases.LIKE}),
        "data/follower.js": js("follower", {"follower": include_cases.ACCOUNT_OF}),
        "data/profile.js": js("profile", {"profile": include_cases.PROFILE}),
    }
    return [
        one("mine.zip", damage.packed({k: named(v) for k, v in files.items()})),
        one("mine.zip", damage.packed({k: named(v) for k, v in asked.items()}), *_ASKED),
        one("mine.zip", damage.packed(_classic())),
        one("mine.zip", generators.make_takeout(2)),
        one("mine.zip", damage.packed(dict(media_cases.FILES)), "--include", "media"),
        folder(files),
        folder(asked, *_ASKED),
        folder(_classic()),
        one("tweets.js", damage.tweets_js()),
        one("tweets.js", js("tweets", takeout_cases.TWEET, takeout_cases.TWEET["tweet"])),
        one("note-tweet.js", js("note_tweet", takeout_cases.NOTE)),
        one("direct-messages.js", asked["data/direct-messages.js"], *_ASKED),
        one("2013_02.js", classic_cases.FILES["data/js/tweets/2013_02.js"]),
    ]


def _classic() -> dict[str, bytes]:
    table = classic_cases.TABLE.replace(b'"hello"', f'"hello @{NAME}"'.encode())
    return {name: named(data) for name, data in classic_cases.FILES.items()} | {"tweets.csv": table}


def _page() -> dict[str, Any]:
    author = {"id": "44", "username": NAME, "name": "Anna Kell", "description": f"at @{NAME}"}
    tweet = {
        "id": "1256152211234567891",
        "text": f"Ask @{NAME} &amp; go",
        "author_id": "44",
        "conversation_id": "1256152211234567891",
        "created_at": "2020-05-01T09:30:00.000Z",
        "entities": {
            "mentions": [{"start": 4, "end": 5 + len(NAME), "username": NAME, "id": "44"}],
            "annotations": [
                {
                    "start": 5,
                    "end": 9,
                    "type": "Person",
                    "probability": 0.9,
                    "normalized_text": "A",
                },
            ],
        },
        "referenced_tweets": [{"type": "replied_to", "id": "1256152211234567890"}],
        "public_metrics": {"like_count": 3},
        "geo": {"place_id": "abc"},
        "attachments": {"media_keys": ["3_12"], "poll_ids": ["77"]},
    }
    return {
        "data": [tweet],
        "includes": {
            "users": [author],
            "tweets": [{"id": "1256152211234567890", "text": "old", "author_id": "44"}],
            "places": [{"id": "abc", "full_name": "Leeds, England"}],
            "media": [{"media_key": "3_12", "type": "photo", "alt_text": f"@{NAME}"}],
            "polls": [{"id": "77", "options": [{"position": 1, "label": "yes", "votes": 2}]}],
        },
        "errors": [{"value": "5", "detail": "gone"}],
        "meta": {"result_count": 1},
        "__twarc": {"url": "https://x.example", "version": "2"},
    }


def _v1() -> dict[str, Any]:
    user = {"id_str": "44", "id": 44, "screen_name": NAME, "name": "Anna Kell"}
    mention = {**user, "indices": [4, 5 + len(NAME)]}
    tweet = {
        "created_at": "Tue Nov 22 09:30:00 +0000 2016",
        "id": 801000000000000001,
        "id_str": "801000000000000001",
        "text": f"Ask @{NAME} https://t.co/abc",
        "entities": {
            "user_mentions": [mention],
            "urls": [{"url": "https://t.co/abc", "expanded_url": "https://a.example/b",
                      "display_url": "a.example/b", "indices": [23, 39]}],
        },
        "user": user,
        "extended_tweet": {"full_text": f"Ask @{NAME} it all", "display_text_range": [0, 9]},
        "place": {"id": "7f", "full_name": "Leeds", "bounding_box": {"coordinates": [[[1, 2]]]}},
        "coordinates": {"type": "Point", "coordinates": [-1.5, 53.7]},
        "source": "<a>App</a>",
    }  # fmt: skip
    nested = {**tweet, "id_str": "801000000000000000", "id": 801000000000000000}
    return {**tweet, "retweeted_status": nested, "quoted_status": nested}


_DELETION = {"delete": {"status": {"id": 5, "id_str": "5", "user_id": 44, "user_id_str": "44"}}}
_SCRUB = {"scrub_geo": {"user_id": 44, "user_id_str": "44", "up_to_status_id_str": "9"}}
_WITHHELD = {"status_withheld": {"id": 7, "user_id": 44, "withheld_in_countries": ["DE"]}}


def _activities() -> list[Any]:
    jo = activity_cases.actor("5550001", NAME, "Jo Invented")
    al = activity_cases.actor("5550002", "al_invented", "Al Invented")
    post = activity_cases.activity("801000000000000001", al, f"@{NAME} is it on?", jo)
    gone = activity_cases.notice("801000000000000077")
    return [post, activity_cases.share("801000000000000002", jo, post), gone]


def _tweets() -> list[Seed]:
    import zstandard

    v1 = [_v1(), _DELETION, _SCRUB, _WITHHELD, {"limit": {"track": 3}}]
    flat = damage.tweet() + b"\n" + damage.tweet(2) + b"\n"
    listed = json.dumps(v1[:2]).encode()
    return [
        one("a.jsonl", _lines(*v1)),
        one("a.jsonl", _lines(_page(), _page())),
        one("a.json", json.dumps(_page(), indent=1).encode()),
        one("a.jsonl", flat),
        one("a.jsonl", _lines(*_activities())),
        one("a.json", listed),
        one("a.jsonl.gz", gzip.compress(flat, mtime=0)),
        one("a.json.bz2", bz2.compress(listed)),
        one("a.jsonl.xz", lzma.compress(_lines(*v1))),
        one("a.jsonl.zst", zstandard.ZstdCompressor().compress(_lines(_page()))),
        one("a.jsonl", generators.canary_gold()[0]),
        one("a.ndjson", _lines(fourcat_cases.enriched())),
    ]


# --- tables -----------------------------------------------------------------------------------


def _rows(at: int) -> tuple[list[str], list[str]]:
    row = table_cases.Cells(Canaries(100 * at)).row(table_cases.TABLES[at], "table")
    cells = [f"Ask @{NAME}" if cell.startswith("Ask @") else cell for cell in row.values()]
    return list(row), cells


def _tables() -> list[Seed]:
    seeds = []
    for at in range(len(table_cases.TABLES)):
        header, cells = _rows(at)
        mark = ",;\t"[at % 3]
        seeds.append(one("a.csv", table_cases.delimited(header, cells, delimiter=mark).encode()))
    plain = f"id,who,said\n1,{NAME},Hello @{NAME}\n2,b,c\n".encode()
    return [
        *seeds,
        one("a.csv", generators.make_csv(2)),
        one("a.tsv", generators.canary_tags()[0].replace(b",", b"\t")),
        one("a.csv", plain, "--columns", "id=id,handle=who,text=said"),
        one("a.csv.gz", gzip.compress(generators.make_csv(2), mtime=0)),
    ]


def _workbook() -> list[Seed]:
    import openpyxl

    seeds = []
    for sheets in ((0,), (1, 2), (3,)):
        book = openpyxl.Workbook()
        book.properties.creator = NAME
        book.remove(book.active)
        for at in sheets:
            header, cells = _rows(at)
            sheet = book.create_sheet(("Edges", "Vertices", "Archive", "x")[at])
            for row in (header, cells):
                sheet.append(row)
        buffer = io.BytesIO()
        book.save(buffer)
        seeds.append(one("a.xlsx", buffer.getvalue()))
    book = openpyxl.Workbook()
    book.active.append(["id", "who", "said"])
    book.active.append(["1256152211234567891", NAME, f"Hello @{NAME}"])
    book.active["B2"].comment = openpyxl.comments.Comment(NAME, NAME)
    buffer = io.BytesIO()
    book.save(buffer)
    return [*seeds, one("a.xlsx", buffer.getvalue(), "--columns", "id=id,handle=who,text=said")]


def _parquet() -> list[Seed]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    seeds = []
    for columns in (
        {"tweet_id": [1256152211234567891, 5], "user_username": [NAME, "b"],
         "text": [f"hi @{NAME}", None], "like_count": [1, None], "hobbies": [["a"], None]},
        {key: [cell] for key, cell in zip(*_rows(0), strict=True)},
        {key: [cell] for key, cell in zip(*_rows(5), strict=True)},
    ):  # fmt: skip
        buffer = io.BytesIO()
        pq.write_table(pa.table(columns).replace_schema_metadata({"by": NAME}), buffer)
        seeds.append(one("a.parquet", buffer.getvalue()))
    return seeds


# --- other networks --------------------------------------------------------------------


def _mastodon() -> list[Seed]:
    files = {name: named(data) for name, data in mastodon_cases.FILES.items()}
    statuses = mastodon_cases.statuses()
    return [
        one("mine.tar.gz", mastodon_cases.tar(files)),
        one("mine.zip", damage.packed(files)),
        folder(files),
        one("outbox.json", files["outbox.json"]),
        one("a.json", json.dumps(statuses).encode()),
        one("a.jsonl", _lines(*statuses)),
    ]


def _bluesky() -> list[Seed]:
    from tests.formats import test_bluesky_car as car_cases

    handle = f"{NAME.lower()}.bsky.social"
    who = bluesky.account(1, handle, "Mara Lindqvist")
    text = f"Élan 🐋 @{handle} and more"
    record = bluesky.post(text, facets=[bluesky.mention(text, f"@{handle}", 1)])
    quote = {"$type": "app.bsky.embed.record", "record": bluesky.ref(1, 1)}
    reply = {"root": bluesky.ref(1, 1), "parent": bluesky.ref(1, 1)}
    view = bluesky.view(who, record, 1)
    answer = bluesky.view(who, bluesky.post("Yes", 2, reply=reply, embed=quote), 2)
    records = {
        **car_cases.RECORDS,
        f"app.bsky.feed.post/{bluesky.tid(4)}": record,
    }
    return [
        one("a.json", json.dumps({"feed": [{"post": view}, {"post": answer}]}).encode()),
        one("a.json", json.dumps({"posts": [view]}).encode()),
        one("a.jsonl", _lines(view, answer)),
        one("a.jsonl", _lines(bluesky.entry(1, 1, record), bluesky.entry(1, 2, record))),
        one("a.json", json.dumps({"records": [bluesky.entry(1, 1, record)]}).encode()),
        *[one("mine.car", car_cases.Repository(records).car())] * 2,
    ]


FAMILIES: dict[str, Callable[[], list[Seed]]] = {
    "takeout": _takeout,
    "tweets": _tweets,
    "tables": _tables,
    "workbook": _workbook,
    "parquet": _parquet,
    "mastodon": _mastodon,
    "bluesky": _bluesky,
    **SPOKEN,
}
"""Makes the seeds of each family; they need the extras of its formats."""
