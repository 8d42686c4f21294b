"""The words formats themselves write: keys, headers, names of files in a takeout.

Somebody may be called `@entities`.  Such a handle cannot be searched for as a word of its own
in what is written, or every key would be taken for a leak.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from anonymize.formats import (
    chat_words,
    refi_words,
    table_columns,
    x_activity,
    x_fourcat,
    x_messages,
    x_note,
    x_pages,
    x_social,
    x_tweet,
    x_tweet_v2,
)
from anonymize.formats.json_shapes import Either, Items, Node, Shape
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
    x_activity.ACTIVITY,
    x_fourcat.ENRICHED,
    x_fourcat.WRAPPED,
    x_pages.V1_REST,
    x_messages.CONVERSATION,
    *(node for _, node in x_social.SOCIAL.values()),
)
_OTHER = (
    "id text entities data window YTD tweets tweet part0 noteTweet note community true false null "
    "zip json jsonl csv tsv txt md vtt srt js folder takeout table interview texts WEBVTT NOTE "
    "STYLE Grailbird dmConversation withheld xlsx parquet sheet Edges Vertices "
    "tag search twitter com 2005 object statuses results users "
    # CHAT and Praat
    "cha sbv TextGrid www recording audio video eng ooTextFile IntervalTier TextTier exists tiers "
    "xmin xmax item class name intervals points mark number size File type Object words phones"
)


@lru_cache(maxsize=1)
def written_words() -> frozenset[str]:
    """Return the folded keys and headers of all formats, whole and word by word."""
    known = (columns for _, columns in table_columns.KNOWN)
    headers = (name for columns in known for name, one in columns.items() if one.kept)
    social = (key for key, _ in x_social.SOCIAL.values())
    names = {*_OTHER.split(), *refi_words.names(), *headers, *_keys(), *social}
    names |= {*chat_words.HEADERS, *chat_words.TIERS, *chat_words.ROLES, *chat_words.CODES}
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
        elif isinstance(node, Either):
            waiting += (node.listed, node.single)
