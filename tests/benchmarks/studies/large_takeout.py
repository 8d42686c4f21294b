"""Takeouts of any size on disk: tweets, messages, likes, advertisements and pictures.

The owner deals with the same people whatever the size, as in `large`.
"""

from __future__ import annotations

import json
import zipfile
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.studies.large import RECENT, Json, World, write_jsonl
from tests.media_cases import jpeg

_PARTNERS = 300
_MESSAGES = 50
"""Messages of a conversation that stand in one element."""
_PART = 64 * 2**20
"""Bytes of a file of a takeout before it is cut; X cuts at about 100 MB."""
_ZIPPED = (2017, 1, 20, 11, 0, 0)

_SHARES = {"tweets": 0.3, "direct-messages": 0.05, "like": 0.03, "ad-impressions": 0.22}
"""Parts of a takeout by bytes; the rest are pictures."""


class _Takeout:
    """A takeout on its way to disk."""

    def __init__(self, archive: zipfile.ZipFile, seed: int) -> None:
        self._archive = archive
        self._world = World(seed)
        self._own: deque[str] = deque(maxlen=RECENT)

    def account(self) -> None:
        """Write whose it is."""
        given, family, _, handle = self._world.cast[0]
        about = {
            "accountId": str(10**9),
            "username": handle,
            "accountDisplayName": f"{given} {family}",
            "email": f"{handle}@post.example",
        }
        self.file("account", iter([{"account": about}]), 1)

    def file(self, name: str, elements: Iterator[Json], size: int) -> int:
        """Write elements until they fill `size` bytes, in parts, and return how many."""
        count = part = 0
        while size > 0:
            label = f"data/{name}-part{part}.js" if part else f"data/{name}.js"
            info = zipfile.ZipInfo(label, _ZIPPED)
            info.compress_type = zipfile.ZIP_DEFLATED
            written = 0
            with self._archive.open(info, "w") as file:
                variable = name.replace("-", "_")
                file.write(f"window.YTD.{variable}.part{part} = [\n".encode())
                while written < min(_PART, size):
                    element = next(elements, None)
                    if element is None:
                        size = 0
                        break
                    text = json.dumps(element, indent=2, ensure_ascii=False)
                    written += file.write(((",\n" if written else "") + text).encode())
                    count += 1
                file.write(b"\n]\n")
            size -= written
            part += 1
        return count

    def tweets(self) -> Iterator[Json]:
        """Yield tweets as a takeout has them: no account, numbers as strings."""
        for tweet in self._world.tweets(lambda: 0):
            for key in ("user", "retweeted_status", "geo", "coordinates", "place", "contributors"):
                tweet.pop(key, None)
            held = {key: value for key, value in tweet.items() if value is not None}
            picture = "RT @" not in tweet["full_text"] and len(tweet["id_str"]) % 2 == 0
            if picture:
                self._own.append(tweet["id_str"])
            yield {"tweet": _strings(held)}

    def messages(self) -> Iterator[Json]:
        """Yield stretches of conversations of two with always the same partners."""
        world, me = self._world, str(10**9)
        while True:
            other = world.users[1 + world.rng.randrange(_PARTNERS)]["id_str"]
            messages = []
            for _ in range(_MESSAGES):
                number, moment = world.id()
                pair = (me, other) if world.rng.random() < 0.5 else (other, me)
                create: Json = {
                    "recipientId": pair[1],
                    "reactions": [],
                    "urls": [],
                    "text": world.text([]),
                    "mediaUrls": [],
                    "senderId": pair[0],
                    "id": number,
                    "createdAt": moment.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
                    "editHistory": [],
                }
                messages.append({"messageCreate": create})
            name = f"{me}-{other}"
            yield {"dmConversation": {"conversationId": name, "messages": messages}}

    def likes(self) -> Iterator[Json]:
        """Yield what the owner liked."""
        while True:
            number, _ = self._world.id()
            link = f"https://twitter.com/i/web/status/{number}"
            about = {"tweetId": number, "fullText": self._world.text([]), "expandedUrl": link}
            yield {"like": about}

    def ads(self) -> Iterator[Json]:
        """Yield what the owner was shown."""
        world = self._world
        while True:
            number, moment = world.id()
            shown = {
                "deviceInfo": {"osType": "Desktop"},
                "displayLocation": "TimelineHome",
                "promotedTweetInfo": {"tweetId": number, "tweetText": world.text([])},
                "advertiserInfo": {"advertiserName": "Sells Things", "screenName": "@sellsthings"},
                "matchedTargetingCriteria": [
                    {"targetingType": "Age", "targetingValue": "25 to 49"},
                    {"targetingType": "Locations", "targetingValue": "United Kingdom"},
                ],
                "impressionTime": moment.strftime("%Y-%m-%d %H:%M:%S"),
            }
            yield {"ad": {"adsUserData": {"adImpressions": {"impressions": [shown] * 8}}}}

    def pictures(self, size: int) -> int:
        """Write pictures that fill `size` bytes, and return how many."""
        rng, count = self._world.rng, 0
        plain = jpeg(b"")
        while size > 0:
            post = self._own[count % len(self._own)]
            key = "".join(rng.choices("ABCDEFGHabcdefgh0123456789", k=15))
            info = zipfile.ZipInfo(f"data/tweets_media/{post}-{key}.jpg", _ZIPPED)
            # Behind the end of a picture stands what no viewer shows.
            body = plain + rng.randbytes(rng.randrange(100_000, 400_000))
            self._archive.writestr(info, body)
            size -= len(body)
            count += 1
        return count


def _strings(value: Any) -> Any:
    """Return a value with strings for numbers, as takeouts have them."""
    if isinstance(value, dict):
        return {key: _strings(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_strings(item) for item in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def write_takeout(path: Path, size: int, seed: int = 1) -> int:
    """Write the takeout of the first account, and return how many tweets it holds.

    Args:
        path: The zip.
        size: Bytes of its files to reach, before they are compressed.
        seed: Where chance begins.
    """
    with zipfile.ZipFile(path, "w", allowZip64=True) as archive:
        takeout = _Takeout(archive, seed)
        takeout.account()
        share = {name: int(size * part) for name, part in _SHARES.items()}
        count = takeout.file("tweets", takeout.tweets(), share["tweets"])
        takeout.file("direct-messages", takeout.messages(), share["direct-messages"])
        takeout.file("like", takeout.likes(), share["like"])
        takeout.file("ad-impressions", takeout.ads(), share["ad-impressions"])
        takeout.pictures(size - sum(share.values()))
    return count


WRITERS: dict[str, Callable[[Path, int, int], int]] = {
    "jsonl": write_jsonl,
    "takeout": write_takeout,
}
"""What makes each kind: of a path, bytes and a seed the number of tweets."""
SUFFIXES = {"jsonl": ".jsonl", "takeout": ".zip"}
