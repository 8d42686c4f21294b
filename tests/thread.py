"""One thread of invented people as every format tells it: for proofs that run over formats.

Tilda asks, Bram answers, Ida quotes, Bram passes it on, Tilda writes to Ida about it.  Every id
is a snowflake of its moment, to the millisecond, so that a time left in an id would be seen.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.generators import EPOCH

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody of the thread."""

    id: str
    handle: str
    name: str


TILDA = Who("70021001", "tilda_orrow", "Tilda Orrow")
BRAM = Who("1234567890123456789", "bram_quill", "Bram Quill")
IDA = Who("70023003", "ida_farrow", "Ida Farrow")

BEGIN = datetime(2023, 5, 10, 9, 30, 12, 347_000, tzinfo=UTC)


def moment(number: int) -> datetime:
    """Return when the n-th thing happened."""
    return BEGIN + timedelta(milliseconds=number * 1_234_567)


def snowflake(number: int) -> str:
    """Return the id X gives what happened then."""
    milliseconds = round(moment(number).timestamp() * 1000)
    return str((milliseconds - EPOCH) << 22 | 4_000_000 - number)


def iso(number: int) -> str:
    """Return when the n-th thing happened, as the newer interfaces write it."""
    return moment(number).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def long(number: int) -> str:
    """Return the same as the older ones write it."""
    return moment(number).strftime("%a %b %d %H:%M:%S +0000 %Y")


@dataclass(frozen=True, slots=True)
class Post:
    """A post of the thread; the numbers are those of other posts, -1 for none."""

    number: int
    by: Who
    text: str
    mentions: tuple[Who, ...] = ()
    answers: int = -1
    quotes: int = -1
    shares: int = -1

    @property
    def id(self) -> str:
        """Its id."""
        return snowflake(self.number)

    @property
    def link(self) -> str:
        """Its address."""
        return f"https://twitter.com/{self.by.handle}/status/{self.id}"


FIRST = Post(0, TILDA, "Who comes to the reading? Mail tilda.orrow@penwith.example #TeamTilda")
REPLY = Post(1, BRAM, "@tilda_orrow I do! Ask Ida Farrow too", (TILDA,), answers=0)
QUOTE = Post(2, IDA, f"Lovely, @bram_quill {FIRST.link}", (BRAM,), quotes=0)
SHARE = Post(3, BRAM, f"RT @tilda_orrow: {FIRST.text}", (TILDA,), shares=0)
LAST = Post(4, TILDA, f"@bram_quill see {QUOTE.link} as well", (BRAM,), answers=1)
POSTS = (FIRST, REPLY, QUOTE, SHARE, LAST)


def _at(text: str, marked: str) -> tuple[int, int]:
    start = text.index(marked)
    return start, start + len(marked)


def _links(post: Post) -> list[tuple[str, tuple[int, int]]]:
    return [(other.link, _at(post.text, other.link)) for other in POSTS if other.link in post.text]


# --- API v1.1 and the takeout -----------------------------------------------------------------


def user_v1(who: Who) -> Json:
    """Return an account of API v1.1."""
    return {
        "id": int(who.id),
        "id_str": who.id,
        "name": who.name,
        "screen_name": who.handle,
        "created_at": "Sat Aug 12 16:10:37 +0000 2017",
        "followers_count": 1234,
    }


def _entities_v1(post: Post) -> Json:
    tags = [tag for tag in ("#TeamTilda",) if tag in post.text]
    return {
        "hashtags": [{"text": t[1:], "indices": list(_at(post.text, t))} for t in tags],
        "symbols": [],
        "user_mentions": [
            {
                "screen_name": who.handle,
                "name": who.name,
                "id": int(who.id),
                "id_str": who.id,
                "indices": list(_at(post.text, "@" + who.handle)),
            }
            for who in post.mentions
        ],
        "urls": [
            {"url": link, "expanded_url": link, "display_url": link[8:], "indices": list(at)}
            for link, at in _links(post)
        ],
    }


def tweet_v1(post: Post) -> Json:
    """Return a post of API v1.1, with what it quotes or shares inside it."""
    made: Json = {
        "created_at": long(post.number),
        "id": int(post.id),
        "id_str": post.id,
        "full_text": post.text,
        "display_text_range": [0, len(post.text)],
        "entities": _entities_v1(post),
        "lang": "en",
        "user": user_v1(post.by),
        "favorite_count": 3,
        "in_reply_to_status_id_str": None,
        "in_reply_to_user_id_str": None,
        "in_reply_to_screen_name": None,
    }
    if post.answers >= 0:
        other = POSTS[post.answers]
        made["in_reply_to_status_id_str"] = other.id
        made["in_reply_to_user_id_str"] = other.by.id
        made["in_reply_to_screen_name"] = other.by.handle
    if post.quotes >= 0:
        made["quoted_status_id_str"] = POSTS[post.quotes].id
        made["quoted_status"] = tweet_v1(POSTS[post.quotes])
    if post.shares >= 0:
        made["retweeted_status"] = tweet_v1(POSTS[post.shares])
    return made


def archived(post: Post) -> Json:
    """Return a post as a takeout holds it: without its author, and every number a string."""
    made = {k: v for k, v in tweet_v1(post).items() if v is not None and k != "user"}
    made = {k: v for k, v in made.items() if k not in {"quoted_status", "retweeted_status"}}
    found: Json = {"tweet": _strings(made)}
    return found


def _strings(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _strings(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_strings(one) for one in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def js(name: str, *records: Any) -> bytes:
    """Return a file of a takeout."""
    body = json.dumps(list(records), indent=2, ensure_ascii=False)
    return f"window.YTD.{name}.part0 = {body}".encode()


def message(number: int, by: Who, to: Who, text: str) -> Json:
    """Return a direct message."""
    said = {
        "recipientId": to.id,
        "senderId": by.id,
        "id": snowflake(number),
        "createdAt": iso(number),
        "text": text,
        "mediaUrls": [],
        "reactions": [],
        "urls": [
            {"url": post.link, "expanded": post.link, "display": post.link[8:]}
            for post in POSTS
            if post.link in text
        ],
    }
    return {"messageCreate": said}


def conversation() -> Json:
    """Return what Tilda and Ida write to each other about the answer."""
    said = message(5, TILDA, IDA, f"Ida, did you read {REPLY.link} by Bram Quill?")
    back = message(6, IDA, TILDA, f"Yes, and {LAST.link}")
    return {
        "dmConversation": {
            "conversationId": f"{TILDA.id}-{IDA.id}",
            "messages": [back, said],
        },
    }


def takeout() -> dict[str, bytes]:
    """Return the files of Tilda's takeout by name."""
    owner = {
        "email": "tilda.orrow@penwith.example",
        "username": TILDA.handle,
        "accountId": TILDA.id,
        "createdAt": "2017-08-12T16:10:37.512Z",
        "accountDisplayName": TILDA.name,
    }
    own = [archived(post) for post in POSTS if post.by is TILDA]
    return {
        "data/account.js": js("account", {"account": owner}),
        "data/direct-messages.js": js("direct_messages", conversation()),
        "data/tweets.js": js("tweets", *own),
    }


# --- API v2 -----------------------------------------------------------------------------------


def tweet_v2(post: Post) -> Json:
    """Return a post of API v2."""
    kinds = {"replied_to": post.answers, "quoted": post.quotes, "retweeted": post.shares}
    start = FIRST.id if post.answers >= 0 else post.id
    made: Json = {
        "id": post.id,
        "text": post.text,
        "author_id": post.by.id,
        "conversation_id": start,
        "created_at": iso(post.number),
        "edit_history_tweet_ids": [post.id],
        "lang": "en",
        "entities": {
            "mentions": [
                {"start": at[0], "end": at[1], "username": who.handle, "id": who.id}
                for who in post.mentions
                for at in [_at(post.text, "@" + who.handle)]
            ],
            "urls": [
                {"start": at[0], "end": at[1], "url": link, "expanded_url": link}
                for link, at in _links(post)
            ],
        },
        "public_metrics": {"like_count": 3, "retweet_count": 1},
        "referenced_tweets": [
            {"type": kind, "id": POSTS[number].id} for kind, number in kinds.items() if number >= 0
        ],
    }
    if post.answers >= 0:
        made["in_reply_to_user_id"] = POSTS[post.answers].by.id
    return {key: value for key, value in made.items() if value != []}


def page_v2(*posts: Post) -> Json:
    """Return a page of API v2 with all accounts."""
    users = [{"id": w.id, "username": w.handle, "name": w.name} for w in (TILDA, BRAM, IDA)]
    return {
        "data": [tweet_v2(post) for post in posts],
        "includes": {"users": users},
        "meta": {"result_count": len(posts), "newest_id": posts[0].id},
    }


# --- tables and talks -------------------------------------------------------------------------


def row_twarc(post: Post) -> dict[str, str]:
    """Return a row of twarc-csv."""
    refs = {"replied_to": post.answers, "quoted": post.quotes, "retweeted": post.shares}
    made = tweet_v2(post)
    return {
        "id": post.id,
        "conversation_id": made["conversation_id"],
        **{
            f"referenced_tweets.{kind}.id": POSTS[number].id if number >= 0 else ""
            for kind, number in refs.items()
        },
        "author_id": post.by.id,
        "in_reply_to_user_id": POSTS[post.answers].by.id if post.answers >= 0 else "",
        "created_at": iso(post.number),
        "text": post.text,
        "lang": "en",
        "entities.mentions": json.dumps(made["entities"].get("mentions", [])),
        "entities.urls": json.dumps(made["entities"].get("urls", [])),
        "author.username": post.by.handle,
        "author.name": post.by.name,
    }


def table(rows: list[dict[str, str]], delimiter: str = ",") -> bytes:
    """Return a table."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def row_wide(post: Post) -> dict[str, Any]:
    """Return a row with the columns of academictwitteR, as Parquet tables have them."""
    made = row_twarc(post)
    return {
        "tweet_id": int(post.id),
        "author_id": int(post.by.id),
        "conversation_id": int(made["conversation_id"]),
        "in_reply_to_user_id": made["in_reply_to_user_id"] or None,
        "user_username": post.by.handle,
        "user_name": post.by.name,
        "created_at": iso(post.number),
        "text": post.text,
    }


TALK = f"""Interviewee: Bram Quill
Interviewer: Ida Farrow
Date: 11 May 2023

Ida Farrow: You answered Tilda Orrow, did you not?
Bram Quill: I did, as @bram_quill. It stands at {REPLY.link} still.
Ida Farrow: And Tilda?
Bram Quill: Tilda wrote back. Thank you, Ida.
"""
"""An interview that names everybody and a post."""


def parquet(rows: list[Mapping[str, Any]]) -> bytes:
    """Return a Parquet table."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = {name: [row[name] for row in rows] for name in rows[0]}
    out = io.BytesIO()
    pq.write_table(pa.table(columns), out)
    return out.getvalue()


def workbook(title: str, rows: list[Mapping[str, Any]], lead: int = 0) -> bytes:
    """Return a workbook of one sheet; `lead` rows stand before the header."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for _ in range(lead):
        sheet.append([])
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append(list(row.values()))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def row_nodexl(post: Post) -> dict[str, str]:
    """Return an edge of NodeXL: who wrote of whom."""
    kinds = {"Replies to": post.answers, "Retweet": post.shares, "Quote": post.quotes}
    kind = next((one for one, number in kinds.items() if number >= 0), "Tweet")
    to = post.mentions[0] if post.mentions else post.by
    answered = POSTS[post.answers].id if post.answers >= 0 else ""
    return {
        "Vertex 1": post.by.handle,
        "Vertex 2": to.handle,
        "Relationship": kind,
        "Relationship Date (UTC)": moment(post.number).strftime("%Y-%m-%d %H:%M:%S"),
        "Tweet": post.text,
        "Twitter Page for Tweet": post.link,
        "Imported ID": post.id,
        "In-Reply-To Tweet ID": "'" + answered if answered else "",
    }
