"""Surrogates of URLs: the same shape where the shape carries a link, on hosts that never answer.

`example.org` and everything under `.example` are kept for examples (RFC 2606).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import unquote

from anonymize.model.keys import Keys
from anonymize.transform.ids import surrogate_id
from anonymize.transform.tokens import token

_URL = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*://)?(?:[^/?#@\s]*@)?"
    r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^/?#:\s]+)(?::[0-9]+)?(?P<path>/[^?#]*)?(?P<rest>[?#].*)?",
    re.DOTALL,
)
# formats.md, section 6: X itself and the mirrors that keep its paths.
_X_HOST = re.compile(
    r"(?:(?:www|mobile|m)\.)?(?:twitter|x|fxtwitter|vxtwitter|fixupx|fixvx)\.com"
    r"|(?:[a-z0-9-]+\.)*nitter\.[a-z.]+",
)
_STATUS = re.compile(
    r"/(?P<h>@?\w{1,50})/status(?:es)?/(?P<id>[0-9]+)(?P<media>/(?:photo|video)/[0-9])?"
)
_BARE_STATUS = re.compile(r"/i/(?:web/)?status/(?P<id>[0-9]+)")
_USER = re.compile(r"/i/user/(?P<id>[0-9]+)")
_INTENT = re.compile(r"[?&](?P<key>user_id|screen_name)=(?P<value>@?\w+)")
_PROFILE = re.compile(
    r"/@?(?P<h>\w{1,15})(?P<tab>/(?:media|likes|with_replies|followers|following))?"
)
_BELOW_PROFILE = re.compile(r"/@?(?P<h>\w{1,15})/.+", re.DOTALL)
_RESERVED_WORDS = (
    "i home explore notifications messages settings search hashtag share intent compose login "
    "signup tos privacy about jobs download account oauth widgets hashtags who_to_follow"
)
_RESERVED = frozenset(_RESERVED_WORDS.split())
_MASTODON = re.compile(r"/(?:@|users/)(?P<h>\w+)(?:/(?:statuses/)?(?P<id>[0-9]+))?")
_BLUESKY = re.compile(r"/profile/(?P<h>[\w.:-]+)(?:/post/(?P<id>\w+))?")
# formats.md, section 6: where X keeps pictures and films; the last step is the media key.  What
# shows an account is left out: before 2013 its owner named the file.
_X_MEDIA_HOST = re.compile(r"(?:pbs|video)\.twimg\.com|ton\.twitter\.com")
_X_MEDIA = re.compile(
    r"/(?:media|tweet_video(?:_thumb)?|(?:ext_tw|amplify)_video(?:_thumb)?|(?:1\.1/|i/ton/data/)?dm)"
    r"/(?:[\w-]+/)*(?P<key>[\w-]+)(?:\.(?P<suffix>jpe?g|png|gif|webp|mp4|mov|m4a))?(?::\w+)?"
)
_FORMAT = re.compile(r"[?&]format=(?P<suffix>jpe?g|png|gif|webp|mp4)\b")
# AT Protocol, "AT URI scheme": repository, collection, record.
_AT = re.compile(
    r"at://(?P<repo>[^/?#\s]+)(?:/(?P<collection>[A-Za-z0-9.-]+)(?:/(?P<key>[\w.~:-]+))?)?/?"
)
_AT_OFFICIAL = re.compile(r"(?:app\.bsky|chat\.bsky|com\.atproto)(?:\.[a-zA-Z]{2,24}){2,3}")
_SEVERAL = re.compile(r"[^\s,;\"'<>\[\]{}()|]+")


@dataclass(frozen=True, slots=True)
class Links:
    """Replaces URLs.

    Attributes:
        keys: Of the tier.
        handle: Gives the surrogate of a handle on a platform; None when nobody has it.
        any_handle: Likewise, but of any handle.
        domains: Registered domains that may be named.
        is_known: Whether a word is somebody's handle or name, and must not be named.
    """

    keys: Keys
    handle: Callable[[str, str], str | None] = field(repr=False)
    any_handle: Callable[[str, str], str] = field(repr=False)
    domains: frozenset[str] = frozenset()
    is_known: Callable[[str], bool] = field(default=lambda _: False, repr=False)

    def values(self, value: str) -> str:
        """Return a field of one URL, or of several in any punctuation, with each replaced."""
        plain = value.strip()
        if not plain:
            return value
        if len(plain.split()) == 1 and plain[0] not in "[{(\"'":
            return value.replace(plain, self.url(plain))
        return _SEVERAL.sub(lambda one: self.url(one.group()), value)

    def url(self, value: str) -> str:
        """Return the surrogate of one URL, without a scheme where it has none.

        Query and fragment go: they hold share tokens and search words.  The same URL, with
        or without its scheme, has the same surrogate.
        """
        record = _AT.fullmatch(value)
        if record is not None:
            return self._at(record)
        match = _URL.fullmatch(value)
        if match is None:
            return "https://example.org/" + token(self.keys, "url", value, 10)
        scheme = "https://" if match["scheme"] else ""
        host = unquote(match["host"]).lower().rstrip(".")
        path = unquote(match["path"] or "").rstrip("/")
        rest = match["rest"] or ""
        shaped = self._shaped(host, path, rest)
        if shaped is not None:
            return scheme + shaped
        same = host.removeprefix("www.") + path + rest
        name = token(self.keys, "url", same, 10)
        domain = self._domain(host)
        return f"{scheme}example.org/{domain + '/' if domain else ''}{name}"

    def _at(self, record: re.Match[str]) -> str:
        """Return the address of a record of Bluesky, of the surrogates its parts have elsewhere."""
        repo, collection, key = record["repo"], record["collection"], record["key"]
        owner = repo if repo.startswith("did:") else ""
        shown = surrogate_id(self.keys, owner) if owner else self.any_handle("bluesky", repo)
        steps = [shown]
        if collection:
            official = _AT_OFFICIAL.fullmatch(collection)
            steps.append(collection if official else surrogate_id(self.keys, collection))
        if key:
            steps.append(key if key == "self" else surrogate_id(self.keys, key))
        return "at://" + "/".join(steps)

    def _domain(self, host: str) -> str:
        """Return the allowed registered domain a host is under; empty for none."""
        labels = host.split(".")
        ends = (".".join(labels[at:]) for at in range(len(labels)))
        found = next((end for end in ends if end in self.domains), "")
        return "" if any(map(self.is_known, found.split("."))) else found

    def _shaped(self, host: str, path: str, rest: str) -> str | None:
        """Return the surrogate of a URL whose shape is kept; None for any other."""
        if _X_HOST.fullmatch(host):
            if rest.startswith("#!/"):
                path, rest = rest[2:].rstrip("/"), ""
            found = self._x(path, rest)
            return None if found is None else "x.example" + found
        if _X_MEDIA_HOST.fullmatch(host) and (match := _X_MEDIA.fullmatch(path)):
            # The name under which a takeout's own file is written, see `formats.x_takeout_media`.
            told = match["suffix"] or ((form := _FORMAT.search(rest)) and form["suffix"])
            name = surrogate_id(self.keys, match["key"])
            return f"example.org/{name}.{told}" if told else f"example.org/{name}"
        if host == "bsky.app":
            match = _BLUESKY.fullmatch(path)
            if match:
                post = f"/post/{surrogate_id(self.keys, match['id'])}" if match["id"] else ""
                return f"bsky.example/profile/{self.any_handle('bluesky', match['h'])}{post}"
        match = _MASTODON.fullmatch(path)
        if match:
            known = self.handle("mastodon", f"{match['h']}@{host}")
            if known is not None:
                user, _, server = known.lstrip("@").partition("@")
                post = f"/{surrogate_id(self.keys, match['id'])}" if match["id"] else ""
                return f"{server}/@{user}{post}"
        return None

    def _x(self, path: str, rest: str) -> str | None:
        """Return the new path of a URL of X; None when it points to nothing of a user."""
        if match := _BARE_STATUS.match(path):
            return f"/i/status/{surrogate_id(self.keys, match['id'])}"
        if match := _STATUS.match(path):
            post = surrogate_id(self.keys, match["id"])
            media = match["media"] or ""
            if match["h"] in _RESERVED:
                return f"/i/status/{post}{media}"
            return f"/{self.any_handle('x', match['h'].lstrip('@'))}/status/{post}{media}"
        if match := _USER.fullmatch(path):
            return f"/i/user/{surrogate_id(self.keys, match['id'])}"
        if path.startswith("/intent/") and (match := _INTENT.search(rest)):
            if match["key"] == "user_id":
                return f"/i/user/{surrogate_id(self.keys, match['value'])}"
            return "/" + self.any_handle("x", match["value"].lstrip("@"))
        match = _PROFILE.fullmatch(path)
        if match and match["h"].lower() not in _RESERVED:
            return f"/{self.any_handle('x', match['h'])}{match['tab'] or ''}"
        match = _BELOW_PROFILE.fullmatch(path)
        if match and match["h"].lower() not in _RESERVED:
            # Lists, and what display URLs cut off.
            below = token(self.keys, "url", path + rest, 10)
            return f"/{self.any_handle('x', match['h'])}/{below}"
        return None
