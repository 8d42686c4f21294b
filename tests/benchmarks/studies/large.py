"""Collections of any size on disk, of people who stay the same: lines of API v1.1.

The more there is, the more often the same accounts write; nobody is new in the last line who
could not have been in the first.  What a run holds of people is then the same for every size, and
what grows all the same grows with the input.  All people are invented, and all follows from a
seed; nothing is held but the last posts, which are answered and passed on.
"""

from __future__ import annotations

import json
import random
from collections import deque
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.benchmarks.studies import scale

Json = dict[str, Any]

ACCOUNTS = 5000
"""People of a collection, whatever its size."""
RETWEETS = 0.6
_REPLIES = 0.3
RECENT = 2000
"""Posts that may be answered or passed on."""
_EPOCH = datetime(2013, 1, 1, tzinfo=UTC)
_SNOWFLAKES = 1288834974657
"""First millisecond of X's snowflakes (twitter-archive/snowflake, IdWorker.scala)."""
_TIME = "%a %b %d %H:%M:%S +0000 %Y"

_OPENINGS = (
    "Just back from {topic}", "Thinking again about {topic}", "Anyone else tired of {topic}?",
    "So {name} was right about {topic}", "Ask {name} about {topic}", "@{handle} loved your {topic}",
    "Big thanks to {name} for the {topic}", "@{handle} @{second} see you at the {topic}",
    "Next week: {topic}", "{name} and I talked about {topic} all afternoon",
    "Year 12 did {topic} today", "New post on {topic} {link}", "Good morning! First up: {topic}",
    "@{handle} do you still have the handout on {topic}?", "Reading about {topic} {link}",
    "Could not have done {topic} without {name}", "My notes on {topic} are here {link}",
)  # fmt: skip
_CLOSINGS = (
    "and it went better than I hoped", "more on that tomorrow", "#{tag}", "#{tag} #{other}",
    "what do you think?", "the students were brilliant", "still not sure it works", "{link}",
    "we will try it again in spring", "cheers @{handle}", "which is all I have to say", "",
    "a lot of marking left though", "and then it rained", "wish you had been there",
)  # fmt: skip
_FIRST = (
    "film", "music video", "newspaper", "radio", "trailer", "podcast", "poster", "magazine",
    "storyboard", "documentary", "soap opera", "advert", "television", "photo", "animation",
    "coursework", "audience", "genre", "editing", "sound", "camera", "lighting", "script",
)  # fmt: skip
_SECOND = (
    "theory", "openings", "project", "workshop", "exam", "lesson", "unit", "conference",
    "review", "screening", "analysis", "revision", "trip", "competition", "display", "funding",
    "training", "assessment", "moderation", "homework", "essay", "presentation", "debate",
)  # fmt: skip
_TAGS = ("mediastudies", "edchat", "filmed", "ukedchat", "teaching", "moviemaking", "alevelmedia")


class World:
    """People and clock of a collection, and what they say.

    Args:
        seed: Where chance begins.
    """

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.cast = scale.people(ACCOUNTS, self.rng)
        self.users = [self._user(at) for at in range(ACCOUNTS)]
        self._moment = _EPOCH

    def id(self) -> tuple[str, datetime]:
        """Return the id of something new, and when it was made."""
        self._moment += timedelta(seconds=self.rng.randrange(1, 40))
        milliseconds = int(self._moment.timestamp() * 1000) - _SNOWFLAKES
        return str(milliseconds << 22 | self.rng.getrandbits(22)), self._moment

    def someone(self) -> int:
        """Return somebody; some write much more than others."""
        return int(ACCOUNTS * self.rng.random() ** 2)

    def link(self) -> str:
        """Return a short link."""
        return "https://t.co/" + "".join(self.rng.choices("abcdefghijkmnpqrstuvwxyzABCDEF", k=10))

    def text(self, mentioned: list[int]) -> str:
        """Return a text; whom it names with `@` is added to `mentioned`."""
        rng = self.rng
        pattern = f"{rng.choice(_OPENINGS)} {rng.choice(_CLOSINGS)}".strip()
        some = [self.someone() for _ in range(3)]
        given, family, title, _ = self.cast[some[2]]
        name = rng.choice((given, f"{given} {family}", f"{title} {family}"))
        words = {"handle": some[0], "second": some[1]}
        mentioned += [one for key, one in words.items() if "{" + key + "}" in pattern]
        return pattern.format(
            topic=f"{rng.choice(_FIRST)} {rng.choice(_SECOND)}",
            name=name,
            handle=self.handle(some[0]),
            second=self.handle(some[1]),
            tag=rng.choice(_TAGS),
            other=rng.choice(_TAGS),
            link=self.link(),
        )

    def handle(self, at: int) -> str:
        """Return somebody's handle."""
        return self.cast[at][3]

    def _user(self, at: int) -> Json:
        given, family, title, handle = self.cast[at]
        number = str(10**9 + 7919 * at)
        picture = f"https://pbs.twimg.com/profile_images/{number}/{handle}_normal.jpg"
        return {
            "id": int(number),
            "id_str": number,
            "name": f"{given} {family}" if at % 3 else f"{title} {family}",
            "screen_name": handle,
            "location": ("Leeds", "Groningen", "", "somewhere north", "Bristol, UK")[at % 5],
            "description": f"Teaches {_FIRST[at % len(_FIRST)]}. Ask {given}. Views my own.",
            "url": None,
            "entities": {"description": {"urls": []}},
            "protected": False,
            "followers_count": at * 7 % 4111,
            "friends_count": at * 5 % 2003,
            "listed_count": at % 40,
            "created_at": (_EPOCH - timedelta(days=at % 900)).strftime(_TIME),
            "favourites_count": at * 11 % 9001,
            "utc_offset": None,
            "time_zone": None,
            "geo_enabled": False,
            "verified": False,
            "statuses_count": at * 13 % 30011,
            "lang": "en",
            "contributors_enabled": False,
            "is_translator": False,
            "is_translation_enabled": False,
            "profile_background_color": "C0DEED",
            "profile_background_image_url": "http://abs.twimg.com/images/themes/theme1/bg.png",
            "profile_background_tile": False,
            "profile_image_url": picture.replace("https", "http"),
            "profile_image_url_https": picture,
            "profile_link_color": "1DA1F2",
            "profile_sidebar_border_color": "C0DEED",
            "profile_sidebar_fill_color": "DDEEF6",
            "profile_text_color": "333333",
            "profile_use_background_image": True,
            "has_extended_profile": False,
            "default_profile": True,
            "default_profile_image": False,
            "following": None,
            "follow_request_sent": None,
            "notifications": None,
            "translator_type": "none",
        }

    def entities(self, text: str, mentioned: list[int]) -> Json:
        """Return the entities of a text."""
        found: Json = {"hashtags": [], "symbols": [], "user_mentions": [], "urls": []}
        for at in dict.fromkeys(mentioned):
            user = self.users[at]
            start = text.find("@" + user["screen_name"])
            if start >= 0:
                place = [start, start + len(user["screen_name"]) + 1]
                taken = {key: user[key] for key in ("screen_name", "name", "id", "id_str")}
                found["user_mentions"].append({**taken, "indices": place})
        for part in text.split():
            start = text.find(part)
            place = [start, start + len(part)]
            if part.startswith("#"):
                found["hashtags"].append({"text": part[1:], "indices": place})
            elif part.startswith("https://t.co/"):
                page = f"https://media.example/{part[-10:]}"
                shown = page.removeprefix("https://")
                found["urls"].append(
                    {"url": part, "expanded_url": page, "display_url": shown, "indices": place},
                )
        return found

    def tweet(self, by: int, answered: Json | None) -> Json:
        """Return a tweet of API v1.1, extended, which answers another or none."""
        number, moment = self.id()
        mentioned: list[int] = []
        text = self.text(mentioned)
        if answered is not None:
            text = f"@{answered['user']['screen_name']} {text}"
            mentioned.insert(0, (answered["user"]["id"] - 10**9) // 7919)
        return self._status(number, moment, by, text, mentioned) | _answering(answered)

    def retweet(self, by: int, original: Json) -> Json:
        """Return a tweet that passes another on."""
        number, moment = self.id()
        text = f"RT @{original['user']['screen_name']}: {original['full_text']}"
        text = text if len(text) <= 140 else text[:139] + "…"
        mentioned = [(original["user"]["id"] - 10**9) // 7919]
        made = self._status(number, moment, by, text, mentioned) | _answering(None)
        return made | {"retweeted_status": original, "retweet_count": original["retweet_count"]}

    def _status(self, number: str, moment: datetime, by: int, text: str, who: list[int]) -> Json:
        return {
            "created_at": moment.strftime(_TIME),
            "id": int(number),
            "id_str": number,
            "full_text": text,
            "truncated": False,
            "display_text_range": [0, len(text)],
            "entities": self.entities(text, who),
            "source": '<a href="http://twitter.com" rel="nofollow">Twitter Web Client</a>',
            "user": self.users[by],
            "geo": None,
            "coordinates": None,
            "place": None,
            "contributors": None,
            "is_quote_status": False,
            "retweet_count": self.rng.randrange(30),
            "favorite_count": self.rng.randrange(90),
            "favorited": False,
            "retweeted": False,
            "lang": "en",
        }

    def tweets(self, by: Callable[[], int]) -> Iterator[Json]:
        """Yield tweets without end, of which `RETWEETS` pass another on."""
        recent: deque[Json] = deque(maxlen=RECENT)
        while True:
            if recent and self.rng.random() < RETWEETS:
                original = recent[int(len(recent) * self.rng.random() ** 3)]
                yield self.retweet(by(), original)
                continue
            answered = self.rng.choice(recent) if recent and self.rng.random() < _REPLIES else None
            # Others write what is answered and passed on, whoever collects.
            recent.appendleft(self.tweet(self.someone(), None))
            yield self.tweet(by(), answered)


def _answering(answered: Json | None) -> Json:
    user = answered["user"] if answered else {}
    return {
        "in_reply_to_status_id": answered["id"] if answered else None,
        "in_reply_to_status_id_str": answered["id_str"] if answered else None,
        "in_reply_to_user_id": user.get("id"),
        "in_reply_to_user_id_str": user.get("id_str"),
        "in_reply_to_screen_name": user.get("screen_name"),
    }


def write_jsonl(path: Path, size: int, seed: int = 1) -> int:
    """Write tweets of API v1.1, a line each, and return how many.

    Args:
        path: The file.
        size: Bytes to reach.
        seed: Where chance begins.
    """
    world = World(seed)
    count = written = 0
    tweets = world.tweets(world.someone)
    with path.open("wb") as file:
        while written < size:
            written += file.write(json.dumps(next(tweets), separators=(",", ":")).encode() + b"\n")
            count += 1
    return count
