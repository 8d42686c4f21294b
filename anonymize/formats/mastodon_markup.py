"""The tags of posts in HTML: which are known, and what in them may stand.

Mastodon sends out a small part of HTML (`Sanitize::Config::MASTODON_STRICT`).  Of a tag that is
not of it, and of an attribute whose value is not in its vocabulary, nothing is passed on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TypeAlias

_NAMES = (
    "p br a span strong b em i u del s pre code blockquote ul ol li h1 h2 h3 h4 h5 h6 "
    "ruby rt rp div sup sub small hr"
)
NAMES = frozenset(_NAMES.split())
_BLOCKS = "p br li blockquote pre div ul ol h1 h2 h3 h4 h5 h6 hr"
BLOCKS = frozenset(_BLOCKS.split())
"""Tags that part what is before them from what is behind."""

# Possessive, so that no input takes more than one walk over it.
TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*+)"
    r"(?P<attributes>(?:\s++[^\s=<>\"'/]++(?:\s*+=\s*+(?:\"[^\"<]*+\"|'[^'<]*+'"
    r"|[^\s\"'=<>`]++))?+)*+)\s*+/?>"
    r"|<!--(?P<comment>.*?)-->",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(
    r"(?P<space>\s++)(?P<name>[^\s=<>\"'/]++)"
    r"(?:(?P<is>\s*+=\s*+)(?:\"(?P<double>[^\"<]*+)\"|'(?P<single>[^'<]*+)'"
    r"|(?P<bare>[^\s\"'=<>`]++)))?+",
)
_CLASSES = (
    "mention hashtag u-url h-card p-author p-name invisible ellipsis status-link "
    "unhandled-link quote-inline u-in-reply-to"
)
_RELATIONS = "nofollow noopener noreferrer tag me ugc external"
_WORDS = {
    "class": frozenset(_CLASSES.split()),
    "rel": frozenset(_RELATIONS.split()),
    "target": frozenset(("_blank", "_self")),
    "translate": frozenset(("no", "yes")),
    "dir": frozenset(("auto", "ltr", "rtl")),
    "reversed": frozenset(("reversed",)),
}
_NUMBERS = frozenset(("start", "value"))
_NUMBER = re.compile(r"[0-9]{1,4}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][A-Za-z]{1,3})?")


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in a tag that holds a value.

    Attributes:
        key: Of the list of values it stands in: `link` or `attribute`.
        at: Its position there.
        before: What stands before the value and leaves with it.
    """

    key: str
    at: int
    before: str = ""


Part: TypeAlias = str | Slot


@dataclass(slots=True)
class Values:
    """The values of a text in HTML that are not its words; added to while it is read.

    Attributes:
        links: Where links point.
        attributes: Tags and attributes that are not known, whole.
        handles: Who is mentioned, in full.
    """

    links: list[str] = field(default_factory=list, repr=False)
    attributes: list[str] = field(default_factory=list, repr=False)
    handles: list[str] = field(default_factory=list, repr=False)


@dataclass(frozen=True, slots=True)
class Opening:
    """A tag taken apart.

    Attributes:
        raw: As it stands.
        name: In small letters; empty for a comment.
        closing: Whether it ends an element.
        known: Whether its name is known.
        href: Where it points; None for no link.
        classes: The words of its `class`.
    """

    raw: str = field(repr=False)
    name: str
    closing: bool
    known: bool
    href: str | None = field(default=None, repr=False)
    classes: frozenset[str] = frozenset()


def opening(match: re.Match[str]) -> Opening:
    """Return what a match of `TAG` is."""
    name = (match["name"] or "").lower()
    href, classes = None, frozenset[str]()
    for one in _ATTRIBUTE.finditer(match["attributes"] or ""):
        if one["name"].lower() == "href":
            href = _value(one)
        elif one["name"].lower() == "class":
            classes = frozenset(_value(one).split())
    return Opening(match.group(), name, bool(match["close"]), name in NAMES, href, classes)


def _value(attribute: re.Match[str]) -> str:
    return attribute["double"] or attribute["single"] or attribute["bare"] or ""


def _fits(name: str, value: str, *, given: bool) -> bool:
    if name in _WORDS:
        return set(value.split()) <= _WORDS[name]
    if name in _NUMBERS:
        return _NUMBER.fullmatch(value) is not None
    return name == "lang" and given and _LANGUAGE.fullmatch(value) is not None


def slots(tag: Opening, values: Values) -> tuple[Part, ...]:
    """Return a tag as literal text and places of values, which are added to `values`."""
    if not tag.known:
        values.attributes.append(tag.raw)
        return (Slot("attribute", len(values.attributes) - 1),)
    parts: list[Part] = []
    head = tag.raw[: 1 + tag.closing + len(tag.name)]
    rest = tag.raw[len(head) :]
    parts.append(head)
    at = 0
    for one in _ATTRIBUTE.finditer(rest):
        name, value = one["name"].lower(), _value(one)
        if one.start() != at:
            break
        at = one.end()
        if name == "href" and value:
            start = one.start("double" if one["double"] else "single" if one["single"] else "bare")
            values.links.append(value)
            parts += (
                rest[one.start() : start],
                Slot("link", len(values.links) - 1),
                rest[start + len(value) : one.end()],
            )
        elif _fits(name, value, given=one["is"] is not None):
            parts.append(one.group())
        else:
            values.attributes.append(one.group().lstrip())
            parts.append(Slot("attribute", len(values.attributes) - 1, one["space"]))
    parts.append(rest[at:])
    return tuple(parts)
