"""Pictures and films of a takeout, kept on request: under new names, with nothing beside them.

X calls them by post and media key, and both tell when they were made.  A file that is kept is
called by the surrogate of its media key, as the addresses in the posts are.  Only the owner's own
are kept: a retweet's are another's, and who sent those of direct messages no file tells.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from anonymize.errors import FormatError, LeakError
from anonymize.formats.archives import each_member, open_source
from anonymize.formats.base import Plan, PlanOptions, Source, Texts
from anonymize.formats.x_social import OWNER
from anonymize.formats.x_tweet import id_v1
from anonymize.model import media
from anonymize.model.documents import Document, Problem, Section, Shard
from anonymize.model.fields import Field, Role
from anonymize.model.media_parts import DamagedMediaError, Fate, Part

FOLDERS = frozenset(("community_tweet_media", "tweet_media", "tweets_media"))
"""Folders below `data/` of which files are kept on request."""
_NAME = re.compile(r"(?P<post>[0-9]{1,19})-(?P<key>[A-Za-z0-9_-]{1,64})\.(?P<suffix>[a-z0-9]{3,4})")
_SUFFIXES = frozenset(("gif", "jpeg", "jpg", "m4a", "mov", "mp4", "png", "webp"))
_KEY = ("key",)


@dataclass(frozen=True, slots=True)
class Named:
    """What the name of a file in such a folder tells: its post, its media key, its suffix."""

    post: str = field(repr=False)
    key: str = field(repr=False)
    suffix: str


def named(name: str) -> Named | None:
    """Return what a file is called, or None when X did not call it so.

    >>> named("12-aB_c-d.JPG") is None, named("12-aB_c-d.jpg").suffix
    (True, 'jpg')
    """
    match = _NAME.fullmatch(name)
    if match is None or match["suffix"] not in _SUFFIXES:
        return None
    return Named(match["post"], match["key"], match["suffix"])


def own_media(tweets: Iterable[Mapping[str, object]]) -> frozenset[tuple[str, str]]:
    """Return post and media key of everything the owner of a takeout put into a post herself."""
    found: set[tuple[str, str]] = set()
    for tweet in tweets:
        text = tweet.get("full_text")
        if isinstance(text, str) and not text.lstrip().startswith(("RT @", "RT ＠")):
            for part in ("entities", "extended_entities"):
                held = tweet.get(part)
                shown = held.get("media") if isinstance(held, dict) else None
                for one in shown if isinstance(shown, list) else ():
                    found.update((id_v1(tweet), key) for key in _keys(one))
    return frozenset(found)


def _keys(one: object) -> Iterator[str]:
    """Yield the keys of the files of a medium; none of one that is taken from another's post."""
    if not isinstance(one, dict) or one.get("source_status_id") or one.get("source_user_id"):
        return
    video = one.get("video_info")
    variants = video.get("variants") if isinstance(video, dict) else None
    listed = variants if isinstance(variants, list) else []
    links = [one.get("media_url_https"), one.get("media_url")]
    links += [variant.get("url") for variant in listed if isinstance(variant, dict)]
    for link in links:
        if isinstance(link, str):
            yield re.split("[.?#:]", link.rpartition("/")[2])[0]


@dataclass(frozen=True, slots=True)
class _Held:
    """What a file is rebuilt from."""

    suffix: str
    data: bytes = field(repr=False)
    parts: tuple[Part, ...] = field(repr=False)

    @property
    def weight(self) -> int:
        """Its bytes."""
        return len(self.data)


class TakeoutMedia:
    """Reader and writer of the pictures and films of one folder of a takeout.

    Only takeouts plan such shards.  A record is written behind its name and length, and
    `finish` makes a folder of files out of all of them.
    """

    name = "x-takeout-media"
    stem = "media"
    suffixes: tuple[str, ...] = ("",)
    rank = 1000

    def claims(self, source: Source) -> bool:  # noqa: ARG002
        """Claim nothing."""
        return False

    def plan(self, source: Source, first_index: int, options: PlanOptions) -> Plan:  # noqa: ARG002
        """Plan nothing."""
        return Plan(())

    def read(self, shard: Shard) -> Iterator[Document | Problem]:
        """Yield a document for each file; one that cannot be cleaned is withheld.

        Raises:
            FormatError: If a file cannot be read to its end.
        """
        options = dict(shard.options)
        files: list[list[str]] = json.loads(options["files"])
        for at, (stream, told) in enumerate(zip(_streams(shard, files), files, strict=True)):
            data = stream.read(media.MOST + 1)
            try:
                parts = media.parts(data)
            except DamagedMediaError:
                yield Problem("media-not-cleaned", at)
                continue
            yield _document(f"@{at}", Named(*told[1:]), data, parts, options["scope"])

    def rebuild(
        self,
        document: Document,
        texts: Texts,
        withheld: frozenset[int] = frozenset(),
    ) -> bytes:
        """Return the file behind its new name and its length; nothing without a name."""
        held, name = document.record, texts.get(_KEY)
        if not isinstance(held, _Held):
            raise TypeError("not a document of this format")
        if withheld or not name:
            return b""
        gone = {
            at
            for at, one in enumerate(held.parts)
            if one.fate is Fate.BESIDE and texts.get((one.name, at)) is None
        }
        body = media.without(held.data, held.parts, gone)
        return json.dumps([f"{name}.{held.suffix}", len(body)]).encode() + b"\n" + body

    def finish(self, shard: Shard, joined: str, target: str) -> None:
        """Make the folder `target` of all files in `joined`.

        Raises:
            LeakError: If something stands beside a picture after all.
            FormatError: If what was written is not whole.
        """
        folder = Path(target)
        folder.mkdir(parents=True, exist_ok=True)
        with Path(joined).open("rb") as stream:
            while line := stream.readline():
                name, size = json.loads(line)
                data = stream.read(size)
                if len(data) < size:
                    raise FormatError(f"{shard.label}: ends inside a file")
                if not media.is_clean(media.parts(data)):
                    raise LeakError(f"{shard.label}: a file holds more than its picture")
                (folder / Path(name).name).write_bytes(data)


def _streams(shard: Shard, files: Iterable[Sequence[str]]) -> Iterator[BinaryIO]:
    members = [one[0] for one in files]
    if any(members):
        yield from each_member(shard.source, members, shard.label)
        return
    with open_source(shard) as stream:
        yield stream


def _document(name: str, told: Named, data: bytes, parts: Sequence[Part], scope: str) -> Document:
    fields = [Field(_KEY, Role.ID, told.key, kind="media")]
    fields += [
        Field((one.name, at), Role.OPAQUE, one.name, kind="rule")
        for at, one in enumerate(parts)
        if one.fate is Fate.BESIDE
    ]
    held = _Held(told.suffix, data, tuple(parts))
    return Document(name, tuple(fields), (Section(name, OWNER, (told.post,)),), held, scope)


FORMAT = TakeoutMedia()
