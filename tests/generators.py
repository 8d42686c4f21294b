"""Small corpora for tests, by size and seed, and the canary files (see `tests.canaries`).

All people are invented; nothing depends on the clock, the platform or the hash seed.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import zipfile
from datetime import UTC, datetime

from tests.canaries import Canaries, Canary, Json, Tweet, canary_takeout
from tests.canaries_api import canary_jsonl_v1, canary_jsonl_v2
from tests.canaries_tables import canary_gold, canary_tags

__all__ = [
    "canary_csv",
    "canary_gold",
    "canary_jsonl_v1",
    "canary_jsonl_v2",
    "canary_srt",
    "canary_tags",
    "canary_takeout",
    "canary_txt",
    "canary_vtt",
    "make_csv",
    "make_interview",
    "make_jsonl",
    "make_takeout",
]

EPOCH = 1288834974657
"""First millisecond of X's snowflakes (twitter-archive/snowflake, IdWorker.scala)."""

PEOPLE = (
    ("Ilvermore", "Pashwick", "ilver_pashwick"),
    ("Tindrelle", "Ockersby", "tindrellocks"),
    ("Brúnhildur", "Vexlander", "vexlander_b"),
    ("Quennaline", "Dostwhistle", "q_dostwhistle"),
    ("Ozimandra", "Fellgarrick", "fellgarrick_oz"),
    ("Hjördisa", "Tolmuckle", "tolmuckle99"),
    ("Kwadwoben", "Amprofisi", "kwadwoben_a"),
    ("Yevgenika", "Strommelova", "yevstrommel"),
)
"""Given name, family name and handle of the people of these corpora."""

_TEXTS = (
    "Thanks @{h}, {g} & the others loved it <3 #avmedia",
    "@{h} can you send me the notes?",
    "{g} {f} was right about film openings",
    "RT @{h}: the edit is up, go and look",
    "nothing to see here, only tea",
    "Ask {g}. Or mail {h}@post.example 🎬",
)


def _draw(seed: int, *what: object) -> int:
    text = "/".join(map(str, (seed, *what)))
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def _moment(number: int) -> int:
    return 1400000000000 + number * 3_600_123


def _id(seed: int, number: int) -> str:
    return str((_moment(number) - EPOCH) << 22 | _draw(seed, "low", number) % (1 << 22))


def _user(at: int) -> str:
    return str(500_000_000 + 7919 * at)


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _message(seed: int, number: int) -> tuple[int, int, str]:
    """Return author, person spoken of and escaped text of a tweet."""
    author = _draw(seed, "author", number) % len(PEOPLE)
    other = (author + 1 + _draw(seed, "other", number) % (len(PEOPLE) - 1)) % len(PEOPLE)
    given, family, handle = PEOPLE[other]
    text = _TEXTS[_draw(seed, "text", number) % len(_TEXTS)]
    return author, other, _escape(text.format(g=given, f=family, h=handle))


def _stamp(number: int) -> datetime:
    return datetime.fromtimestamp(_moment(number) // 1000, UTC)


def make_jsonl(n: int, seed: int = 0) -> bytes:
    """Return `n` flattened API v2 tweets; every third answers the one before."""
    out = []
    for number in range(n):
        author, other, text = _message(seed, number)
        given, family, handle = PEOPLE[author]
        tweet: Json = {
            "id": _id(seed, number),
            "text": text,
            "author_id": _user(author),
            "conversation_id": _id(seed, number),
            "created_at": _stamp(number).strftime("%Y-%m-%dT%H:%M:%S.")
            + f"{_moment(number) % 1000:03d}Z",
            "lang": "en",
            "source": "Twitter Web Client",
            "public_metrics": {"retweet_count": 0, "reply_count": 0, "like_count": number % 7},
            "author": {
                "id": _user(author),
                "username": handle,
                "name": f"{given} {family}",
                "description": "",
            },
        }
        start = text.find("@" + PEOPLE[other][2])
        if start >= 0:
            mention = {
                "start": start,
                "end": start + len(PEOPLE[other][2]) + 1,
                "username": PEOPLE[other][2],
                "id": _user(other),
            }
            tweet["entities"] = {"mentions": [mention]}
        if number % 3 == 2:
            before, _, _ = _message(seed, number - 1)
            tweet["conversation_id"] = _id(seed, number - 1)
            tweet["in_reply_to_user_id"] = _user(before)
            tweet["referenced_tweets"] = [{"type": "replied_to", "id": _id(seed, number - 1)}]
        out.append(json.dumps(tweet, ensure_ascii=False) + "\n")
    return "".join(out).encode()


def _table(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def make_csv(n: int, seed: int = 0) -> bytes:
    """Return the tweets of `make_jsonl` as a table with twarc-csv's columns; `n` at least 1."""
    rows = []
    for line in make_jsonl(n, seed).decode().splitlines():
        tweet = json.loads(line)
        rows.append(
            {
                "id": tweet["id"],
                "conversation_id": tweet["conversation_id"],
                "author_id": tweet["author_id"],
                "in_reply_to_user_id": tweet.get("in_reply_to_user_id", ""),
                "created_at": tweet["created_at"],
                "text": tweet["text"],
                "lang": tweet["lang"],
                "public_metrics.like_count": str(tweet["public_metrics"]["like_count"]),
                "author.username": tweet["author"]["username"],
                "author.name": tweet["author"]["name"],
            },
        )
    return _table(rows)


def make_interview(n: int, seed: int = 0) -> bytes:
    """Return a plain interview of `n` turns between two of the people."""
    first = _draw(seed, "first") % len(PEOPLE)
    pair = (PEOPLE[first][0], PEOPLE[(first + 3) % len(PEOPLE)][0])
    lines = [f"Interviewee: {pair[1]}", "Date: 14 March 2013", ""]
    for number in range(n):
        _, other, _ = _message(seed, number)
        given, family, _ = PEOPLE[other]
        said = (f"And what of {given}?", f"I learnt it from {given} {family}.")[number % 2]
        lines.append(f"{pair[number % 2]}: {said}")
    return ("\n".join(lines) + "\n").encode()


def make_takeout(n: int, seed: int = 0) -> bytes:
    """Return an archive zip of the first person's account with `n` tweets."""
    given, family, handle = PEOPLE[0]
    tweets = []
    for number in range(n):
        _, other, text = _message(seed, number)
        _, _, marked = PEOPLE[other]
        start = text.find("@" + marked)
        mentions = [
            {
                "name": " ".join(PEOPLE[other][:2]),
                "screen_name": marked,
                "indices": [str(start), str(start + len(marked) + 1)],
                "id_str": _user(other),
                "id": _user(other),
            },
        ]
        entities: Json = {"hashtags": [], "symbols": [], "urls": []}
        entities["user_mentions"] = mentions if start >= 0 else []
        tweets.append(
            {
                "tweet": {
                    "id": _id(seed, number),
                    "id_str": _id(seed, number),
                    "created_at": _stamp(number).strftime("%a %b %d %H:%M:%S +0000 %Y"),
                    "full_text": text,
                    "lang": "en",
                    "favorite_count": "0",
                    "retweet_count": "0",
                    "truncated": False,
                    "display_text_range": ["0", str(len(text))],
                    "entities": entities,
                },
            },
        )
    account = {"accountId": _user(0), "username": handle, "accountDisplayName": f"{given} {family}"}
    files = {
        "data/account.js": ("window.YTD.account.part0", [{"account": account}]),
        "data/tweets.js": ("window.YTD.tweets.part0", tweets),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name, (variable, content) in files.items():
            body = f"{variable} = {json.dumps(content, ensure_ascii=False)}"
            archive.writestr(zipfile.ZipInfo(name, (2017, 1, 20, 11, 0, 0)), body)
    return buffer.getvalue()


def canary_csv() -> Canary:
    """Return a table with the columns of twarc-csv that formats.md lists, and one unknown."""
    canaries = Canaries(7000)
    name = canaries.name("csv author.name")
    tweet = Tweet(canaries, "csv", name=name)
    start, end = tweet.at("@" + tweet.handle)
    mention = {"start": start, "end": end, "username": tweet.handle, "id": tweet.user}
    ids = [
        "id",
        "conversation_id",
        "referenced_tweets.replied_to.id",
        "referenced_tweets.retweeted.id",
        "referenced_tweets.quoted.id",
        "author_id",
        "in_reply_to_user_id",
        "retweeted_user_id",
        "quoted_user_id",
        "author.id",
        "author.pinned_tweet_id",
    ]
    words = [
        "in_reply_to_username",
        "retweeted_username",
        "quoted_username",
        "source",
        "author.username",
        "author.location",
        "geo.full_name",
        "geo.country",
        "geo.name",
        "lang",
        "column_nobody_knows",
    ]
    urls = ["author.url", "author.profile_image_url", "__twarc.url"]
    row = {column: canaries.id(f"csv {column}") for column in ids}
    row |= {column: canaries.word(f"csv {column}") for column in words}
    row |= {column: canaries.url(f"csv {column}") for column in urls}
    row |= {
        "author.name": name,
        "text": tweet.text,
        "created_at": "2016-11-22T09:30:00.000Z",
        "public_metrics.like_count": "3",
        "edit_history_tweet_ids": json.dumps([row["id"]]),
        "entities.mentions": json.dumps([mention]),
        "entities.urls": json.dumps(
            [{"url": tweet.short, "expanded_url": canaries.url("csv entities.urls expanded_url")}],
        ),
        "entities.annotations": json.dumps(
            [{"type": "Person", "normalized_text": canaries.word("csv annotation")}],
        ),
        "context_annotations": json.dumps(
            [{"entity": {"name": canaries.word("csv context_annotations")}}],
        ),
        "attachments.media_keys": json.dumps(["3_" + canaries.id("csv media_keys")]),
        "attachments.media": json.dumps([{"url": canaries.url("csv attachments.media")}]),
        "author.description": f"bio of @{row['author.username']}",
        "matching_rules": json.dumps([{"tag": canaries.word("csv matching_rules")}]),
    }
    return canaries.file(_table([row]))


def canary_txt() -> Canary:
    """Return a plain interview: labels, header, and in turns what labels or patterns tell of."""
    canaries = Canaries(8000)
    asks, tells = canaries.name("txt label 1"), canaries.word("txt label 2")
    handle = canaries.word("txt handle")
    mail, page = canaries.email("txt e-mail"), canaries.url("txt URL")
    lines = [
        f"Interviewee: {tells}",
        f"Interviewer: {asks}",
        "Date: 14 March 2013",
        "",
        f"{asks}: Who taught you, {tells}?",
        f"{tells}: You did, {asks.upper()}, and @{handle}.",
        f"{asks}: Where can one read it, {tells.lower()}?",
        f"{tells}: At {page}, or mail {mail} & ask {asks}'s group.",
    ]
    return canaries.file(("\n".join(lines) + "\n").encode())


def canary_vtt() -> Canary:
    """Return WebVTT: a note, a style, cue ids, voice tags, texts."""
    canaries = Canaries(8500)
    asks, tells = canaries.name("vtt voice 1"), canaries.word("vtt voice 2")
    handle, mail = canaries.word("vtt handle"), canaries.email("vtt e-mail")
    cue_ids = canaries.word("vtt cue id 1"), canaries.word("vtt cue id 2")
    times = [f"00:00:{at:02d}.000 --> 00:00:{at + 3:02d}.000" for at in (1, 5, 10)]
    answer = f"You, <i>{asks}</i>, &amp; @{handle}. <00:00:07.000>Mail {mail}."
    blocks = [
        "WEBVTT",
        f"NOTE Recorded by {asks} (@{handle})",
        f'STYLE\n::cue(v[voice="{tells}"]) {{ color: teal }}',
        f"{cue_ids[0]}/1-0\n{times[0]}\n<v {asks}>Who taught you, {tells}?</v>",
        f"{cue_ids[1]}/2-0\n{times[1]}\n<v.loud {tells}>{answer}</v>",
        f"{times[2]}\n<v {asks}>Thanks {tells}</v> <v {tells}>Bye</v>",
    ]
    return canaries.file(("\n\n".join(blocks) + "\n").encode())


def canary_srt() -> Canary:
    """Return SubRip: numbered cues with `Name:` labels."""
    canaries = Canaries(9000)
    asks, tells = canaries.name("srt label 1"), canaries.word("srt label 2")
    handle, mail = canaries.word("srt handle"), canaries.email("srt e-mail")
    said = [
        f"{asks}: Who taught you, {tells}?",
        f"{tells}: You did,\n<i>{asks}</i>, and @{handle}.",
        f"{asks}: May I quote {tells.upper()}?",
        f"{tells}: Mail {mail} first.",
    ]
    cues = [
        f"{at}\n00:00:{at:02d},000 --> 00:00:{at:02d},900\n{text}\n"
        for at, text in enumerate(said, 1)
    ]
    return canaries.file("\n".join(cues).encode())
