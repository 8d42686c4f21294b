"""Small takeouts of invented people, as zip, folder or single file."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from anonymize.formats.base import HEAD_BYTES, Source

TWEET: dict[str, Any] = {
    "tweet": {
        "id": "1700000000000000001",
        "id_str": "1700000000000000001",
        "full_text": "@jo_invented Q&amp;A",
        "lang": "en",
        "in_reply_to_user_id": "2002",
        "in_reply_to_screen_name": "jo_invented",
        "entities": {
            "user_mentions": [
                {"name": "Jo", "screen_name": "jo_invented", "id": "2002", "indices": ["0", "12"]},
            ],
        },
    },
}
NOTE = {
    "noteTweet": {
        "noteTweetId": "1700000000000000009",
        "createdAt": "2023-09-08T10:00:00.000Z",
        "lifecycle": {"value": 1, "name": "Published", "annotations": {}},
        "core": {
            "text": "Long words of @jo_invented",
            "mentions": [{"screenName": "jo_invented", "fromIndex": "14", "toIndex": "26"}],
            "urls": [],
        },
    },
}
ACCOUNT = {
    "account": {
        "email": "me@college.example",
        "createdVia": "web",
        "username": "me_invented",
        "accountId": "2001",
        "accountDisplayName": "Me Invented",
    },
}


def js(name: str, *records: Any) -> bytes:
    """Return a takeout file with these elements."""
    return f"window.YTD.{name}.part0 = ".encode() + json.dumps(list(records), indent=2).encode()


def takeout(path: Path, files: Mapping[str, bytes]) -> Source:
    """Write a zip and return it as a source."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    head = path.read_bytes()[:HEAD_BYTES]
    return Source(str(path), path.name, "", 1, head, "mine.zip", "takeout_k.zip")


def unpacked(path: Path, files: Mapping[str, bytes]) -> Source:
    """Write a folder and return it as a source."""
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return Source(str(path), path.name, label="mine", output="takeout_k", folder=True)


def single(path: Path, data: bytes) -> Source:
    """Write one file and return it as a source."""
    path.write_bytes(data)
    return Source(str(path), path.name, "", len(data), data[:HEAD_BYTES], path.name, "tweets_k.js")


FILES = {
    "Your archive.html": b"<html>@me_invented</html>",
    "assets/js/app.js": b"code",
    "data/README.txt": b"@me_invented",
    "data/manifest.js": b'window.__THAR_CONFIG = {"userInfo": {"userName": "me_invented"}}',
    "data/account.js": js("account", ACCOUNT),
    "data/like.js": js("like", {"like": {"tweetId": "5", "fullText": "others' words"}}),
    "data/personalization.js": js("personalization", {"p13nData": {"interests": "x"}}),
    "data/note-tweet.js": js("note_tweet", NOTE),
    "data/tweets.js": js("tweets", TWEET),
    "data/tweets-part1.js": js("tweets", TWEET),
    "data/tweets_media/1700000000000000001-abc.jpg": b"\xff\xd8",
    "data/jane-doe-diary.js": js("diary", {"secret": "x"}),
}
