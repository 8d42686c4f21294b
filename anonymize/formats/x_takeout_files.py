"""The files of an X takeout: which are converted, which are read as seeds, which are dropped.

Names follow X's own README of the archive (2022 to 2024), the manifests of 2022 and 2026 and the
structs of twitter-archive; see also the renames of November 2022 (`tweet.js`, `tweets.js`).
The archive of 2012 to 2018 is told by its months, `data/js/tweets/2013_01.js`.
A file that is not in these tables is unknown: dropped and reported.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from anonymize.errors import UsageError

CLASSIC = "classic"
"""Standard name of the months of the archive of 2012 to 2018."""
CLASSIC_MONTHS = "data/js/tweets/"
"""How its months are named: which there are would tell when its owner wrote."""
CLASSIC_TABLE = "classic-table"
"""Standard name of its `tweets.csv`, which holds the same tweets once more."""

CONVERTED = {
    "tweets": "tweets",
    "tweet": "tweets",
    "note-tweet": "note-tweet",
    "community-tweet": "community-tweet",
}
"""Standard name of each file that is converted."""

SEEDS = frozenset(
    (
        "account",
        "block",
        "bookmark",
        "contact",
        "deleted-tweet-headers",
        "deleted-tweets",
        "deleted-tweet",
        "direct-message-group-headers",
        "direct-message-headers",
        "direct-message-mute",
        "direct-messages",
        "direct-messages-group",
        "email-address-change",
        "follower",
        "following",
        "like",
        "manifest",
        "mute",
        "ni-devices",
        "periscope-account-information",
        "phone-number",
        "profile",
        "screen-name-change",
        "smartblock",
        "sso",
        "tweet-headers",
        "verified",
    ),
)
"""Files that are dropped, but tell who is who."""

INCLUDED = {
    "articles": ("article", "article-metadata", "twitter-article", "twitter-article-metadata"),
    "blocks": ("block",),
    "bookmarks": ("bookmark",),
    "direct-message-group-headers": ("direct-message-group-headers",),
    "direct-message-headers": ("direct-message-headers",),
    "direct-messages": ("direct-messages",),
    "direct-messages-group": ("direct-messages-group",),
    "followers": ("follower",),
    "following": ("following",),
    "likes": ("like",),
    "lists": ("lists-created", "lists-member", "lists-subscribed"),
    "mutes": ("mute",),
    "profile": ("profile",),
}
"""Words of `--include`, and the standard names of what each converts that else is dropped.

They hold what others wrote, or whom the owner deals with: nobody of these was asked.
"""

MEDIA = "media"
"""Another word of `--include`: pictures and films of posts that are converted."""

_RENAMED = {
    "direct-message": "direct-messages",
    "direct-message-group": "direct-messages-group",
}
"""Standard name of files that were called otherwise before November 2022."""

_LEFT_OUT = frozenset(
    (
        "account-creation-ip",
        "account-label",
        "account-suspension",
        "account-timezone",
        "ad-engagements",
        "ad-free-article-visits",
        "ad-impressions",
        "ad-mobile-conversions-attributed",
        "ad-mobile-conversions-unattributed",
        "ad-online-conversions-attributed",
        "ad-online-conversions-unattributed",
        "ads-revenue-sharing",
        "ageinfo",
        "app",
        "article",
        "article-metadata",
        "audio-video-calls-in-dm",
        "audio-video-calls-in-dm-recipient-sessions",
        "birdwatch-note",
        "birdwatch-note-rating",
        "birdwatch-note-tombstone",
        "branch-links",
        "catalog-item",
        "commerce-catalog",
        "community-note",
        "community-note-api-test-note",
        "community-note-batsignal",
        "community-note-rating",
        "community-note-tombstone",
        "connected-application",
        "deleted-note-tweet",
        "device-token",
        "expanded-profile",
        "facebook-connection",
        "grok-chat-item",
        "ip-audit",
        "key-registry",
        "lists-created",
        "lists-member",
        "lists-subscribed",
        "message-event",
        "moment",
        "periscope-ban-information",
        "periscope-broadcast-metadata",
        "periscope-comments-made-by-user",
        "periscope-expired-broadcasts",
        "periscope-followers",
        "periscope-profile-description",
        "personalization",
        "product-drop",
        "product-set",
        "professional-data",
        "protected-history",
        "reply-prompt",
        "saved-search",
        "shop-module",
        "shopify-account",
        "spaces-metadata",
        "tweetdeck",
        "twitter-article",
        "twitter-article-metadata",
        "twitter-circle",
        "twitter-circle-member",
        "twitter-circle-tweet",
        "twitter-shop",
        "user-link-clicks",
        "verified-organization",
    ),
)
"""Files that are dropped and not read."""

_FOLDERS = frozenset(
    (
        "article_media",
        "community_tweet_media",
        "deleted_tweets_media",
        "direct_message_group_media",
        "direct_message_media",
        "direct_messages_group_media",
        "direct_messages_media",
        "grok_chat_media",
        "moment_media",
        "moments_media",
        "moments_tweets_media",
        "profile_media",
        "spaces_media",
        "tweet_media",
        "tweets_media",
        "twitter_article_media",
        "twitter_circle_tweet_media",
    ),
)
"""Folders below `data/`; the names of the files in them hold ids."""

_JS = re.compile(r"([a-z0-9]+(?:[-_][a-z0-9]+)*?)(?:-part([0-9]{1,4}))?\.js")
_GIVEN = re.compile(r"(?:data/)?[a-z]+(?:[-_][a-z]+){0,6}(?:-part[0-9]{1,3})?\.js")
_SUFFIX = re.compile(r"\.[a-z0-9]{1,5}$")
_BESIDE = frozenset(("README.txt", "Your archive.html", "index.html"))
_MONTH = re.compile(r"data/js/tweets/(?:([0-9]{4})_(0[1-9]|1[0-2])|tweets)\.js")
_CLASSIC = {
    "data/js/user_details.js": "seed",
    "data/js/payload_details.js": "rule",
    "data/js/tweet_index.js": "rule",
}
_VIEWER = frozenset(("assets", "css", "img", "js", "lib", "__MACOSX"))
"""Folders beside `data/` that hold the page to look at the archive with."""


@dataclass(frozen=True, slots=True)
class Member:
    """What a file of a takeout is.

    Attributes:
        use: `convert`, `seed`, `rule` or `unknown`: its stated default.
        stem: Standard name without part and suffix; empty when there is none.
        part: Number of the part, from 0.
        shown: How it may be named; empty for an unknown file.
    """

    use: str
    stem: str = ""
    part: int = 0
    shown: str = ""


def classify(path: str) -> Member:
    """Tell what a file is by its path from the root of the takeout, with `/`.

    Old takeouts have no `data/` folder.

    >>> classify("data/tweets-part1.js")
    Member(use='convert', stem='tweets', part=1, shown='data/tweets-part1.js')
    >>> classify("data/tweets_media/12-a.jpg").shown
    'data/tweets_media/'
    """
    parts = path.split("/")
    if len(parts) > 1 and parts[0] in _VIEWER:
        return Member("rule", shown=f"{parts[0]}/")
    if (month := _MONTH.fullmatch(path)) is not None:
        part = int(month[1]) * 12 + int(month[2]) if month[1] else 0
        return Member("convert", CLASSIC, part, CLASSIC_MONTHS)
    if path in _CLASSIC:
        stem = path.rpartition("/")[2].removesuffix(".js").replace("_", "-")
        return Member(_CLASSIC[path], stem, 0, path)
    if path == "tweets.csv":
        return Member("convert", CLASSIC_TABLE, 0, path)
    if parts[-1] in {".DS_Store", "Thumbs.db"}:
        return Member("rule", shown=parts[-1])
    below = parts[1:] if parts[0] == "data" else parts
    prefix = "data/" if len(below) < len(parts) else ""
    if len(below) > 1 and below[0] in _FOLDERS:
        return Member("rule", shown=f"{prefix}{below[0]}/")
    if len(below) == 1:
        if below[0] in _BESIDE:
            return Member("rule", shown=prefix + below[0])
        match = _JS.fullmatch(below[0])
        if match is not None:
            stem, part = match.group(1).replace("_", "-"), int(match.group(2) or 0)
            stem = _RENAMED.get(stem, stem)
            if stem in CONVERTED:
                return Member("convert", CONVERTED[stem], part, path)
            if stem in SEEDS:
                return Member("seed", stem, part, path)
            if stem in _LEFT_OUT:
                return Member("rule", stem, part, path)
    return Member("unknown")


def included(words: Iterable[str]) -> frozenset[str]:
    """Return the standard names of the files that `--include` words ask to convert.

    >>> sorted(included(["likes", "lists"]))
    ['like', 'lists-created', 'lists-member', 'lists-subscribed']

    Raises:
        UsageError: If a word is none of `INCLUDED` or `MEDIA`.
    """
    known = {**INCLUDED, MEDIA: (MEDIA,)}
    stems: set[str] = set()
    for word in words:
        if word not in known:
            raise UsageError("include takes " + ", ".join(sorted(known)))
        stems.update(known[word])
    return frozenset(stems)


def given_name(path: str) -> str:
    """Return the path of an unknown file if it is one such as X gives, else nothing.

    >>> given_name("data/new-thing.js"), given_name("data/Ann's.js"), given_name("a/b/c.js")
    ('data/new-thing.js', '', '')
    """
    return path if _GIVEN.fullmatch(path) else ""


def unknown_name(path: str, number: int) -> str:
    """Return how an unknown file is named: its number and, where it is a plain one, suffix."""
    match = _SUFFIX.search(path.lower())
    return f"unknown file {number} ({match.group()})" if match else f"unknown file {number}"
