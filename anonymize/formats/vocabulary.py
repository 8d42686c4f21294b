"""The words formats themselves write: keys, headers, names of files in a takeout.

Somebody may be called `@entities`.  Such a handle cannot be searched for as a word of its own
in what is written, or every key would be taken for a leak.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from anonymize.formats import table_columns, x_note, x_tweet, x_tweet_v2
from anonymize.formats.json_shapes import Items, Node, Shape
from anonymize.model.folding import words

_ROOTS: tuple[Node, ...] = (
    x_tweet.TWEET_V1,
    x_tweet.USER_V1,
    x_tweet_v2.TWEET_V2,
    x_tweet_v2.USER_V2,
    x_tweet_v2.LIST_V2,
    x_tweet_v2.COUNT_V2,
    x_tweet_v2.REFERENCE,
    x_tweet_v2.PAGE_REST,
    x_note.NOTE,
)
_OTHER = (
    "id text entities data window YTD tweets tweet part0 noteTweet note community true false null "
    "zip json jsonl csv tsv txt md vtt srt js folder takeout table interview texts WEBVTT NOTE "
    "STYLE withheld"
)


@lru_cache(maxsize=1)
def written_words() -> frozenset[str]:
    """Return the folded keys and headers of all formats, whole and word by word."""
    names = {*_OTHER.split(), *table_columns.TWARC, *table_columns.TAGS, *_keys()}
    folded = {words(name) for name in names}
    return frozenset(folded.union(*(name.split() for name in folded)))


def _keys() -> Iterator[str]:
    seen: set[int] = set()
    waiting: list[Node] = list(_ROOTS)
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, Shape):
            yield from node.keys
            waiting += node.keys.values()
        elif isinstance(node, Items):
            waiting += node.nodes
