"""Columns of twarc-csv, of all its data types and versions, and of twarc 1's `json2csv`.

Source: `dataframe_converter.py` and `csv_writer.py` of twarc-csv (DocNow, 2021 to 2025) and
`twarc/json2csv.py`.  Lists and objects stand in cells as JSON; entities are either the objects
of the API or, processed, lists of `@handle`, `#tag` and URLs.  Line ends are written as a
backslash and an `n`, or every text as a JSON string.  Social Feed Manager writes its exports
with both programs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from anonymize.formats.column_types import (
    CONVERSATION,
    COUNT,
    DATE,
    FLAG,
    HANDLES,
    LANGUAGE,
    OTHER,
    POST,
    SHOWN_POST,
    TAGS,
    URL,
    URLS,
    Column,
    counts,
    display,
    handle,
    place,
    ruled_out,
    text,
    user,
    word,
)
from anonymize.formats.json_shapes import Items, Node, Shape
from anonymize.formats.x_tweet_v2 import MEDIA_V2, POLL_V2, TWEET_V2
from anonymize.model.fields import Role


def _entity(name: str) -> Node:
    """Return what an object of `entities.<name>` looks like."""
    entities = TWEET_V2.keys["entities"]
    listed = entities.keys[name] if isinstance(entities, Shape) else entities
    return listed.nodes[0] if isinstance(listed, Items) else listed


def _entities(prefix: str, about: str) -> dict[str, Column]:
    """Return the columns of hashtags, cashtags, mentions and URLs of a text."""
    tags = replace(TAGS, words="", node=_entity("hashtags"), about=about)
    return {
        f"{prefix}.cashtags": replace(tags, node=_entity("cashtags")),
        f"{prefix}.hashtags": tags,
        f"{prefix}.mentions": replace(HANDLES, words="", node=_entity("mentions"), about=about),
        f"{prefix}.urls": replace(URLS, words="", node=_entity("urls"), about=about),
    }


_EVERYWHERE: Mapping[str, Column] = {
    "__twarc.retrieved_at": DATE,
    # Holds the query with user names, ids and tokens.
    **ruled_out("__twarc.url", "__twarc.version", "", "Unnamed: 0", "Unnamed: 0.1"),
}
_IDS = Column(Role.ID, "post", words=r"[0-9]+")


def _account(prefix: str) -> dict[str, Column]:
    """Return the columns of an account."""
    return {
        f"{prefix}id": user("author"),
        f"{prefix}created_at": DATE,
        f"{prefix}username": handle("author"),
        f"{prefix}name": replace(display("author"), escaped=True),
        f"{prefix}description": text("bio", "author", escaped=True),
        **_entities(f"{prefix}entities.description", f"{prefix}description"),
        f"{prefix}entities.url.urls": replace(URLS, words="", node=_entity("urls")),
        f"{prefix}url": replace(URL, subject="author"),
        f"{prefix}location": replace(place(), escaped=True),
        f"{prefix}pinned_tweet_id": POST,
        f"{prefix}protected": FLAG,
        f"{prefix}verified": FLAG,
        f"{prefix}verified_type": word("none|blue|business|government"),
        **counts(
            *(
                f"{prefix}public_metrics.{name}_count"
                for name in ("followers", "following", "listed", "tweet", "like", "media")
            ),
        ),
        **ruled_out(
            f"{prefix}profile_image_url",
            f"{prefix}withheld.scope",
            f"{prefix}withheld.copyright",
            f"{prefix}withheld.country_codes",
        ),
    }


TWARC: Mapping[str, Column] = {
    "id": SHOWN_POST,
    "conversation_id": CONVERSATION,
    "referenced_tweets.replied_to.id": POST,
    "referenced_tweets.retweeted.id": SHOWN_POST,
    "referenced_tweets.quoted.id": SHOWN_POST,
    "author_id": user("author"),
    "in_reply_to_user_id": user("reply"),
    "in_reply_to_username": handle("reply"),
    "retweeted_user_id": user("retweeted"),
    "retweeted_username": handle("retweeted"),
    "quoted_user_id": user("quoted"),
    "quoted_username": handle("quoted"),
    "created_at": DATE,
    "text": text(escaped=True),
    "note_tweet.text": text(escaped=True),
    "lang": LANGUAGE,
    **counts(
        *(
            f"public_metrics.{name}_count"
            for name in ("impression", "reply", "retweet", "quote", "like", "bookmark")
        ),
    ),
    "reply_settings": word(
        "everyone|mentionedUsers|following|followers|other|subscribers|verified",
    ),
    "edit_history_tweet_ids": _IDS,
    "edit_controls.edits_remaining": COUNT,
    "edit_controls.editable_until": DATE,
    "edit_controls.is_edit_eligible": FLAG,
    "possibly_sensitive": FLAG,
    **_entities("entities", "text"),
    "attachments.media": Column(Role.ID, "media", node=MEDIA_V2),
    "attachments.media_keys": Column(Role.ID, "media", words=r"[0-9]+_[0-9]+"),
    "attachments.poll.duration_minutes": COUNT,
    "attachments.poll.end_datetime": DATE,
    "attachments.poll.id": OTHER,
    "attachments.poll.options": Column(
        Role.TEXT,
        node=POLL_V2.keys["options"].nodes[0]
        if isinstance(POLL_V2.keys["options"], Items)
        else None,
    ),
    "attachments.poll.voting_status": word("open|closed"),
    "attachments.poll_ids": replace(_IDS, kind="other"),
    **_account("author."),
    "geo.country": place(),
    "geo.country_code": place(),
    "geo.full_name": place(),
    "geo.id": OTHER,
    "geo.name": place(),
    "geo.place_id": OTHER,
    "geo.place_type": word("country|admin|city|neighborhood|poi"),
    **ruled_out(
        "source",
        "withheld.scope",
        "withheld.copyright",
        "withheld.country_codes",
        # X's own recognition of names and topics.
        "entities.annotations",
        "note_tweet.entities.annotations",
        "context_annotations",
        "geo.coordinates.coordinates",
        "geo.coordinates.type",
        "geo.geo.bbox",
        "geo.geo.type",
        "matching_rules",
    ),
    **_EVERYWHERE,
}
TWARC_USERS: Mapping[str, Column] = {**_account(""), **_EVERYWHERE}
TWARC_LISTS: Mapping[str, Column] = {
    "id": OTHER,
    "owner_id": user("author"),
    "created_at": DATE,
    "name": replace(text(escaped=True), kind=""),
    "description": text(escaped=True),
    **counts("member_count", "follower_count"),
    "private": FLAG,
    **_EVERYWHERE,
}
TWARC_COUNTS: Mapping[str, Column] = {
    "start": DATE,
    "end": DATE,
    **counts("tweet_count", "day_count", "hour_count", "minute_count"),
    **_EVERYWHERE,
}
TWARC_COMPLIANCE: Mapping[str, Column] = {
    "id": Column(Role.ID, "post", notice=True),
    "action": word("delete"),
    "created_at": DATE,
    "redacted_at": DATE,
    "reason": word("[a-z_]{1,30}"),
    **_EVERYWHERE,
}
JSON2CSV: Mapping[str, Column] = {
    "id": SHOWN_POST,
    "tweet_url": URL,
    "created_at": DATE,
    "parsed_created_at": DATE,
    "user_screen_name": handle("author"),
    "text": text(),
    "full_text": text(),
    "tweet_type": word("original|reply|quote|retweet"),
    "hashtags": TAGS,
    "media": URLS,
    "urls": URLS,
    "in_reply_to_screen_name": handle("reply"),
    "in_reply_to_status_id": POST,
    "in_reply_to_user_id": user("reply"),
    "lang": LANGUAGE,
    "place": place(),
    "possibly_sensitive": FLAG,
    "retweet_or_quote_id": SHOWN_POST,
    "retweet_or_quote_screen_name": handle("retweeted"),
    "retweet_or_quote_user_id": user("retweeted"),
    "user_id": user("author"),
    "user_created_at": DATE,
    "user_default_profile_image": FLAG,
    "user_description": text("bio", "author"),
    "user_location": place(),
    "user_name": display("author"),
    "user_urls": URLS,
    "user_verified": FLAG,
    **counts(
        "favorite_count",
        "retweet_count",
        "user_favourites_count",
        "user_followers_count",
        "user_friends_count",
        "user_listed_count",
        "user_statuses_count",
    ),
    **ruled_out("coordinates", "source", "user_time_zone", "", "Unnamed: 0"),
}
