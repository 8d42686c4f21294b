"""Addresses, handles and tags of Mastodon: what is taken apart, and how it is written again."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from anonymize.formats.base import Texts
from anonymize.formats.json_shapes import DROPPED, Leaf, Node, words
from anonymize.formats.mastodon_taken import ELSEWHERE, Around, Taken, Written
from anonymize.formats.mastodon_uris import ADDRESS, HANDLE, parted, slug
from anonymize.model.fields import Path, Role

PLATFORM = "mastodon"
_PUBLIC = ("https://www.w3.org/ns/activitystreams#Public", "as:Public")
_TAG_PAGE = re.compile(r"https?://[^/?#]+/(?:tags?|hashtags?|discover/tags)/[^/?#]+")
_EMOJI = re.compile(r":[^:\s]{1,64}:")
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class Part:
    """A string of which one field is the whole.

    Attributes:
        value: As it stands in the record.
        key: Of the field in the shape.
        before: What stands before the field's value, such as `#`.
        elsewhere: What is put before a new value, so that an address stays one.
    """

    value: str = field(repr=False)
    key: str
    before: str = ""
    elsewhere: str = ""

    @property
    def parts(self) -> Mapping[str, Any]:
        """See `Written.parts`."""
        return {self.key: self.value[len(self.before) :]}

    def write(self, path: Path, texts: Texts) -> str | None:
        """See `Written.write`."""
        new = texts.get((*path, self.key))
        if new is None or self.before + new == self.value:
            return None if new is None else self.value
        return self.before + self.elsewhere + new


@dataclass(frozen=True, slots=True)
class Handle:
    """A handle as an account has it: with its server, or without where it is local.

    Attributes:
        value: As it stands in the record.
        full: With its server, where that is known, and without `@` before it.
    """

    value: str = field(repr=False)
    full: str = field(repr=False)

    @property
    def parts(self) -> Mapping[str, Any]:
        """See `Written.parts`."""
        return {"handle": self.full}

    def write(self, path: Path, texts: Texts) -> str | None:
        """See `Written.write`."""
        new = texts.get((*path, "handle"))
        if new is None or new == self.full:
            return None if new is None else self.value
        bare = new.lstrip("@")
        if "@" not in self.value.lstrip("@"):
            bare = bare.partition("@")[0]
        return ("@" if self.value.startswith("@") else "") + bare


@dataclass(frozen=True, slots=True)
class Tag:
    """A hashtag, as a list of tags has it.

    Attributes:
        value: As it stands in the record.
        before: What stands before it: `#` or nothing.
        cased: As the text of the post writes it, without `#`.
    """

    value: str = field(repr=False)
    before: str
    cased: str = field(repr=False)

    @property
    def parts(self) -> Mapping[str, Any]:
        """See `Written.parts`."""
        return {"tag": self.cased}

    def write(self, path: Path, texts: Texts) -> str | None:
        """See `Written.write`."""
        new = texts.get((*path, "tag"))
        if new is None or new == self.cased:
            return None if new is None else self.value
        own = self.value[len(self.before) :]
        return self.before + (new if own == self.cased else new.lower())


@dataclass(frozen=True, slots=True)
class Address:
    """The address of an account or of a post of one.

    Attributes:
        value: As it stands in the record.
        way: What stands between server and name: `/@` or `/users/`.
        name: Of the account.
        host: Its server.
        to: What stands between name and post.
        post: Id of the post; empty for none.
        tail: What of the account or post it is, such as `/followers`.
        scheme: What stands before the server.
    """

    value: str = field(repr=False)
    way: str
    name: str = field(repr=False)
    host: str = field(repr=False)
    to: str = ""
    post: str = field(default="", repr=False)
    tail: str = ""
    scheme: str = "https://"

    @property
    def parts(self) -> Mapping[str, Any]:
        """See `Written.parts`."""
        handle = {"handle": f"{self.name}@{self.host}"}
        return handle | {"post": self.post} if self.post else handle

    def write(self, path: Path, texts: Texts) -> str | None:
        """See `Written.write`."""
        new, post = texts.get((*path, "handle")), texts.get((*path, "post"), "")
        if new is None or post is None or (self.post and not post):
            return None
        if new == self.parts["handle"] and post == self.post:
            return self.value
        return self.moved(new, post)

    def moved(self, handle: str, post: str = "") -> str:
        """Return the address of the same thing of another account."""
        found = parted(handle)
        if found is None:
            head = ELSEWHERE + slug(handle)
        else:
            head = f"{self.scheme}{found[1]}{self.way}{found[0]}"
        return head + (f"{self.to}{post}" if self.post else "") + self.tail


def address(value: str) -> Address | None:
    """Return an address of an account or post taken apart, or None for any other string."""
    match = ADDRESS.fullmatch(value) if len(value) <= _LONGEST else None
    if match is None:
        return None
    return Address(
        value,
        match["way"],
        match["name"],
        match["host"],
        match["to"] or "",
        match["post"] or "",
        match["tail"],
        match["scheme"],
    )


def _take_uri(value: str, around: Around) -> Written | None:
    del around
    if value in _PUBLIC:
        return Part(value, "public")
    if not value:
        return None
    web = value.startswith(("https://", "http://"))
    return address(value) or Part(value, "uri", "", ELSEWHERE if web else "")


def _take_reference(value: str, around: Around) -> Written | None:
    """Take apart what a tag of a post points to: an account, the page of a hashtag, a post."""
    if _TAG_PAGE.fullmatch(value):
        return Part(value, "link")
    return _take_uri(value, around)


def _take_handle(value: str, around: Around) -> Written | None:
    match = HANDLE.fullmatch(value)
    if match is None:
        return None
    where = match["host"] or around.host
    return Handle(value, f"{match['name']}@{where}" if where else match["name"])


def _take_tag(value: str, around: Around) -> Written | None:
    return Tag(value, "", around.tags.get(value, value))


def _take_name(value: str, around: Around) -> Written | None:
    """Take apart the name of a tag of a post: `#tag`, `@user@host`, `:emoji:` or words."""
    if value.startswith("#") and len(value) > 1:
        return Tag(value, "#", around.tags.get(value[1:], value[1:]))
    if value.startswith("@") and (taken := _take_handle(value, around)) is not None:
        return taken
    return Part(value, "emoji" if _EMOJI.fullmatch(value) else "words")


_HANDLE = Leaf(Role.HANDLE, PLATFORM)
_OF_ACCOUNT = replace(_HANDLE, subject="@")
_POST = Leaf(Role.ID, "post")


def uri_keys(kind: str, subject: str = "") -> dict[str, Node]:
    """Return the keys of the parts of an address.

    Args:
        kind: What an address of unknown shape is the id of: `user`, `post` or `other`.
        subject: Whose account it is, as in `Leaf.subject`.
    """
    return {
        "handle": replace(_HANDLE, subject=subject),
        "post": _POST,
        "uri": Leaf(Role.ID, kind, subject if kind == "user" else ""),
        "public": words(*_PUBLIC),
    }


def uri(kind: str, subject: str = "") -> Taken:
    """Return the shape of an address; see `uri_keys`."""
    return Taken(uri_keys(kind, subject), take=_take_uri)


def uri_or(keys: Mapping[str, Node], kind: str) -> Taken:
    """Return the shape of an address, or of an object with `keys` in its place."""
    return Taken({**uri_keys(kind), **keys}, take=_take_uri)


HANDLE_OF = Taken({"handle": _OF_ACCOUNT}, take=_take_handle)
"""A handle of the account it stands in, whose server its neighbours tell."""
HANDLE_ALONE = Taken({"handle": _HANDLE}, take=_take_handle)
ACTOR_OF = uri("user", "@")
ACTOR = uri("user")
POST = uri("post")
OTHER = uri("other")
REFERENCE = Taken({**uri_keys("user", "@"), "link": Leaf(Role.URL)}, take=_take_reference)
TAG_NAME = Taken(
    {
        "handle": _OF_ACCOUNT,
        "tag": Leaf(Role.TEXT, "hashtag"),
        "emoji": DROPPED,
        "words": Leaf(Role.TEXT),
    },
    take=_take_name,
)
"""What a tag of a post is called, whatever sort of tag it is."""
HASHTAG = Taken({"tag": Leaf(Role.TEXT, "hashtag")}, take=_take_tag)
"""A hashtag without its sign."""
