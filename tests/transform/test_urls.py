"""URLs keep the shape that carries a link and nothing else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.transform.ids import surrogate_id
from anonymize.transform.urls import Links
from tests.transform.fakes import KEYS

ID = "1697051672621597026"
NEW = surrogate_id(KEYS, ID)


def known(platform: str, handle: str) -> str | None:
    """Return the surrogate of the one handle known."""
    return "mira_k@fedi-b.example" if (platform, handle) == ("mastodon", "jane@s.example") else None


LINKS = Links(
    KEYS, known, lambda platform, handle: f"{platform}-{len(handle)}", frozenset({"bbc.co.uk"})
)


@pytest.mark.parametrize(
    ("url", "pattern"),
    [
        (f"https://twitter.com/jane_doe/status/{ID}", rf"https://x\.example/x-8/status/{NEW}"),
        (f"http://www.x.com/jane_doe/statuses/{ID}?s=20&t=abc", rf"https://x\.example/x-8/status/{NEW}"),
        (f"https://mobile.twitter.com/j/status/{ID}/photo/1", rf"https://x\.example/x-1/status/{NEW}/photo/1"),
        (f"twitter.com/%6Aane_doe/status/{ID}", rf"x\.example/x-8/status/{NEW}"),
        (f"https://nitter.net/jane_doe/status/{ID}#m", rf"https://x\.example/x-8/status/{NEW}"),
        (f"https://vxtwitter.com/jane_doe/status/{ID}", rf"https://x\.example/x-8/status/{NEW}"),
        (f"https://twitter.com/i/web/status/{ID}", rf"https://x\.example/i/status/{NEW}"),
        (f"https://x.com/i/status/{ID}", rf"https://x\.example/i/status/{NEW}"),
        (f"https://twitter.com/intent/user?user_id={ID}", rf"https://x\.example/i/user/{NEW}"),
        ("https://twitter.com/intent/user?screen_name=jane", r"https://x\.example/x-4"),
        (f"https://x.com/i/user/{ID}", rf"https://x\.example/i/user/{NEW}"),
        ("https://twitter.com/jane_doe", r"https://x\.example/x-8"),
        ("https://twitter.com/@jane_doe/", r"https://x\.example/x-8"),
        ("https://twitter.com/#!/jane_doe", r"https://x\.example/x-8"),
        ("https://twitter.com/jane_doe/media", r"https://x\.example/x-8/media"),
        ("https://twitter.com/jane_doe/lists/friends", r"https://x\.example/x-8/\w{10}"),
        ("twitter.com/jane_doe/st…", r"x\.example/x-8/\w{10}"),
        ("https://twitter.com/search?q=from%3Ajane", r"https://example\.org/\w{10}"),
        ("https://twitter.com/hashtag/TeamJane", r"https://example\.org/\w{10}"),
        ("https://t.co/AbCdEfGhIj", r"https://example\.org/\w{10}"),
        ("pic.twitter.com/AbCdEf", r"example\.org/\w{10}"),
        ("https://www.bbc.co.uk/news/uk-1", r"https://example\.org/bbc\.co\.uk/\w{10}"),
        ("https://notbbc.co.uk/news", r"https://example\.org/\w{10}"),
        ("https://s.example/@jane/109", r"https://fedi-b\.example/@mira_k/\w{16}"),
        ("https://medium.example/@jane", r"https://example\.org/\w{10}"),
        ("https://bsky.app/profile/j.bsky.social/post/3l25", r"https://bsky\.example/profile/bluesky-13/post/\w{16}"),
        (f"at://did:plc:abc/app.bsky.feed.post/{ID}", rf"at://did:example:\w{{16}}/app\.bsky\.feed\.post/{NEW}"),
        ("at://j.bsky.social/app.bsky.actor.profile/self", r"at://bluesky-13/app\.bsky\.actor\.profile/self"),
        ("at://j.bsky.social/com.janedoe.diary/3l25", r"at://bluesky-13/\w{16}/\w{16}"),
        ("at://did:plc:abc", r"at://did:example:\w{16}"),
        ("https://jane:pw@college.example:8443/~jane?x#y", r"https://example\.org/\w{10}"),
        ("mailto:jane@college.example", r"(https://)?example\.org/\w{10}"),
        ("file:///home/jane", r"https://example\.org/\w{10}"),
    ],
)  # fmt: skip
def test_shapes(url: str, pattern: str) -> None:
    """Each form of URL has its safe counterpart."""
    assert re.fullmatch(pattern, LINKS.url(url))


def test_known_words_are_not_named() -> None:
    """A domain that is somebody's handle is not named."""
    links = Links(KEYS, known, lambda *_: "", frozenset({"bbc.co.uk"}), lambda word: word == "bbc")
    assert re.fullmatch(r"https://example\.org/\w{10}", links.url("https://bbc.co.uk/news"))


def test_same_url() -> None:
    """A URL has one token with and without scheme, `www.` and closing slash."""
    whole = LINKS.url("https://www.college.example/media/")
    assert whole == "https://" + LINKS.url("college.example/media")


@given(st.text(min_size=1, max_size=60))
def test_anything(value: str) -> None:
    """Whatever a URL field holds, only hosts that never answer come out."""
    new = LINKS.url(value)
    assert re.fullmatch(r"(https://)?(x\.example|bsky\.example|example\.org)/\S+", new)


def test_several() -> None:
    """A cell of several URLs keeps its punctuation."""
    cell = "['https://t.co/a', 'https://t.co/b'] "
    new = LINKS.values(cell)
    assert re.fullmatch(r"\['https://example\.org/\w{10}', 'https://example\.org/\w{10}'\] ", new)
    assert LINKS.values(" ") == " "
