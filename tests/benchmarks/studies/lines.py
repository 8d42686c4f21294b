"""Tweets as short lines, of any number, and what they say, for measuring speed."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.benchmarks.studies import study
from tests.benchmarks.studies.large import RECENT, World


def tweets(count: int, seed: int = 1, retweets: float = 0.0) -> Iterator[dict[str, Any]]:
    """Yield tweets of API v2, flattened, whose texts are distinct but for those passed on.

    Args:
        count: How many.
        seed: Where chance begins.
        retweets: Share that passes one of the last `RECENT` on.
    """
    world = World(seed)
    said: set[str] = set()
    recent: deque[str] = deque(maxlen=RECENT)
    for _ in range(count):
        number, moment = world.id()
        user = world.users[world.someone()]
        kind = ""
        if recent and world.rng.random() < retweets:
            text, kind = f"RT {world.rng.choice(recent)}", "retweeted"
        else:
            text = world.text([])
            while text in said:
                text = world.text([])
            said.add(text)
            recent.append(f"@{user['screen_name']}: {text}")
        tweet = {
            "id": number,
            "text": text,
            "author_id": user["id_str"],
            "conversation_id": number,
            "created_at": moment.strftime("%Y-%m-%dT%H:%M:%S.000Z"),
            "lang": "en",
            "author": {
                "id": user["id_str"],
                "username": user["screen_name"],
                "name": user["name"],
                "description": user["description"],
            },
        }
        if kind:
            tweet["referenced_tweets"] = [{"type": kind, "id": str(int(number) - 4096)}]
        yield tweet


def write_tweets(folder: Path, count: int, seed: int, retweets: float) -> list[str]:
    """Write tweets into a folder, and return their texts."""
    texts = []
    with (folder / "tweets.jsonl").open("w", encoding="utf-8") as file:
        for tweet in tweets(count, seed, retweets):
            texts.append(tweet["text"])
            file.write(json.dumps(tweet, ensure_ascii=False) + "\n")
    return texts


def write_talks(folder: Path, count: int, seed: int) -> list[str]:
    """Write interviews into a folder, and return the texts of their turns."""
    made = study.make(study.Plan(persons=2 * count, interviews=count, tweets=0, seed=seed))
    texts = []
    for talk in made.talks:
        (folder / talk.name).write_text(talk.content, encoding="utf-8")
        texts += [turn.passage.text for turn in talk.turns]
    return texts
