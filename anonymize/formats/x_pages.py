"""Pages of API v2: what the parts of `includes` belong to, and what leaves with a record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from anonymize.formats.json_shapes import DROPPED, Shape
from anonymize.formats.x_tweet import text_of
from anonymize.formats.x_tweet_v2 import posts_v2
from anonymize.model.fields import Path

V1_REST = Shape(
    dict.fromkeys(
        (
            # Query and paging of search, premium search and lists of accounts.
            "search_metadata",
            "next",
            "requestParameters",
            "next_cursor",
            "next_cursor_str",
            "previous_cursor",
            "previous_cursor_str",
            "total_count",
            "__twarc",
        ),
        DROPPED,
    ),
)
"""A page of v1.1 without its records."""


def _included(page: Mapping[str, Any], part: str) -> list[Any]:
    includes = page.get("includes")
    found = includes.get(part) if isinstance(includes, dict) else None
    return found if isinstance(found, list) else []


def shown_in(page: Mapping[str, Any], items: Sequence[Any]) -> list[tuple[str, ...]]:
    """Return for each item of `data` the ids of all tweets whose content it brings.

    An included tweet that no item refers to counts to the first item, so that a deletion of
    it is honoured as well.
    """
    tweets = _tweets(page)
    shown = [posts_v2(item, tweets) if isinstance(item, dict) else () for item in items]
    reached = {one for ids in shown for one in ids}
    loose = tuple(one for one in tweets if one not in reached)
    if shown and loose:
        shown[0] += loose
    return shown


def _tweets(page: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    tweets = (one for one in _included(page, "tweets") if isinstance(one, dict))
    return {text_of(one.get("id")): one for one in tweets if text_of(one.get("id"))}


def _listed(value: object) -> list[str]:
    return [text_of(one) for one in value] if isinstance(value, list) else []


def _referred(tweets: Iterable[Any], part: str) -> set[str]:
    """Return the ids the tweets refer to in one part of `includes`."""
    found: list[str] = []
    for tweet in tweets:
        if not isinstance(tweet, dict):
            continue
        attached, place = tweet.get("attachments"), tweet.get("geo")
        if part == "users":
            found += [text_of(tweet.get("author_id"))]
        elif part == "media" and isinstance(attached, dict):
            found += _listed(attached.get("media_keys"))
        elif part == "polls" and isinstance(attached, dict):
            found += _listed(attached.get("poll_ids"))
        elif part == "places" and isinstance(place, dict):
            found += [text_of(place.get("place_id"))]
    return set(found)


def leaving(page: Mapping[str, Any], withheld: frozenset[int]) -> frozenset[Path]:
    """Return the paths that leave a page when items of its `data` are withheld.

    With an item go the included tweets only it brings, and their authors, media, polls and
    places unless something that stays refers to them.
    """
    items = page["data"]
    if not isinstance(items, list):
        return frozenset()
    paths: list[Path] = [("data", at) for at in withheld]
    shown = shown_in(page, items)
    kept = {one for at, ids in enumerate(shown) if at not in withheld for one in ids}
    gone = {one for at in withheld for one in shown[at]} - kept
    leave = [items[at] for at in withheld]
    stay = [item for at, item in enumerate(items) if at not in withheld]
    for at, tweet in enumerate(_included(page, "tweets")):
        if isinstance(tweet, dict) and text_of(tweet.get("id")) in gone:
            leave.append(tweet)
            paths.append(("includes", "tweets", at))
        else:
            stay.append(tweet)
    for part in ("users", "media", "polls", "places"):
        unused = _referred(leave, part) - _referred(stay, part)
        for at, one in enumerate(_included(page, part)):
            key = "media_key" if part == "media" else "id"
            if isinstance(one, dict) and text_of(one.get(key)) in unused:
                paths.append(("includes", part, at))
    return frozenset(paths)
