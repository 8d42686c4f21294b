"""Posts in HTML: one text as people read it, with its tags set aside and put in again.

Each tag keeps its place in the text by offsets, which move with it.  A mention is a handle in
full (`@jane@social.example`) in the text and a field of its own, from which the link to the
account is written; a link whose text is its address shows the new one.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from anonymize.formats.base import Texts
from anonymize.formats.json_shapes import Leaf, many
from anonymize.formats.mastodon_markup import (
    BLOCKS,
    TAG,
    Opening,
    Part,
    Slot,
    Values,
    opening,
    slots,
)
from anonymize.formats.mastodon_taken import Around, Taken
from anonymize.formats.mastodon_uris import HOST, NAME, host_of, parted
from anonymize.formats.mastodon_values import PLATFORM, address
from anonymize.formats.x_tweet import INDICES
from anonymize.model.fields import Encoding, Path, Role

_MENTION = re.compile(rf"(?P<at>@?)(?:<span>)?(?P<name>{NAME})(?P<rest>@{HOST})?(?:</span>)?")
_HASHTAG = re.compile(r"#(?:<span>)?(?P<tag>[^<>\s#]{1,200})(?:</span>)?")
_SHOWN = re.compile(r"(?:<span(?: class=\"(?:invisible|ellipsis|)\")?>|</span>|[^<>\s])+")
_SCHEME = re.compile(r"\Ahttps?://(?:www\.)?")
_PLAIN_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class Mark:
    """A tag, or a link with all that stands in it.

    Attributes:
        kind: `open`, `close`, `break` (which has a line feed in the text), `mention`,
            `hashtag` or `link`.
        raw: As it stands in the record.
        start: Where it begins in the text.
        end: Where it ends there.
        parts: The tag, or the one that begins the link.
        inner: What stands in the link, tags included.
        handle: Position of the handle of a mention.
        shown: Whether the text of the link is its address.
    """

    kind: str
    raw: str = field(repr=False)
    start: int
    end: int
    parts: tuple[Part, ...] = field(repr=False)
    inner: str = field(default="", repr=False)
    handle: int = -1
    shown: bool = False


@dataclass(frozen=True, slots=True)
class Html:
    """A string of HTML that was taken apart.

    Attributes:
        value: As it stands in the record.
        text: What people read, character references as they are.
        marks: Its tags and links, in order.
        values: What these hold.
    """

    value: str = field(repr=False)
    text: str = field(repr=False)
    marks: tuple[Mark, ...] = field(repr=False)
    values: Values = field(repr=False)

    @property
    def parts(self) -> Mapping[str, Any]:
        """See `Written.parts`."""
        lists = {
            "mark": [[one.start, one.end] for one in self.marks],
            "handle": self.values.handles,
            "link": self.values.links,
            "attribute": self.values.attributes,
        }
        return {"text": self.text} | {key: one for key, one in lists.items() if one}

    def write(self, path: Path, texts: Texts) -> str | None:
        """See `Written.write`; None also when the places of its tags are lost."""
        text = texts.get((*path, "text"))
        if text is None:
            return None
        new = _New(self, path, texts)
        if text == self.text and new.same():
            return self.value
        out: list[str] = []
        at = 0
        for number, mark in enumerate(self.marks):
            place = new.place(number)
            if place is None:
                return None
            start, end = max(place[0], at), max(place[1], at)
            if mark.kind == "close" or (mark.kind == "break" and text[start:end] != "\n"):
                # Inside what was replaced: a tag that ends goes behind it.
                start = end
            out += (text[at:start], new.written(mark, text[start:end]))
            at = start if mark.kind in {"open", "close"} else end
        return "".join((*out, text[at:]))


@dataclass(frozen=True, slots=True)
class _New:
    """The new values of a text in HTML."""

    html: Html
    path: Path
    texts: Texts = field(repr=False)

    def get(self, key: str, at: int) -> str | None:
        """Return a new value."""
        return self.texts.get((*self.path, key, at))

    def same(self) -> bool:
        """Whether no value has changed."""
        values = self.html.values
        kinds = (("handle", values.handles), ("link", values.links))
        every = (*kinds, ("attribute", values.attributes))
        return all(self.get(key, at) == one for key, ones in every for at, one in enumerate(ones))

    def place(self, number: int) -> tuple[int, int] | None:
        """Return where a mark stands in the new text."""
        ends = [self.texts.get((*self.path, "mark", number, side)) for side in (0, 1)]
        if not all(one is not None and one.isdecimal() for one in ends):
            return None
        return int(ends[0] or 0), int(ends[1] or 0)

    def tag(self, parts: tuple[Part, ...], link: str | None = None) -> str:
        """Return a tag with its new values, or with `link` for where it points."""
        out: list[str] = []
        for part in parts:
            if isinstance(part, str):
                out.append(part)
                continue
            new = self.get(part.key, part.at) if link is None or part.key != "link" else link
            if new is not None:
                out += (part.before, new)
        return "".join(out)

    def written(self, mark: Mark, text: str) -> str:
        """Return a mark with its new values; `text` is what stands in its place now."""
        if mark.kind in {"open", "close", "break"}:
            return self.tag(mark.parts)
        if mark.kind == "mention":
            return self._mention(mark)
        if mark.kind == "hashtag":
            match = _HASHTAG.fullmatch(text)
            inner = f"#<span>{match['tag']}</span>" if match else text
            same = text == _PLAIN_TAG.sub("", mark.inner)
            return f"{self.tag(mark.parts)}{mark.inner if same else inner}</a>"
        return self._link(mark, text)

    def _mention(self, mark: Mark) -> str:
        new = self.get("handle", mark.handle)
        if new is None:
            return ""
        old = self.html.values.handles[mark.handle]
        if new == old:
            return f"{self.tag(mark.parts)}{mark.inner}</a>"
        found, match = parted(new), _MENTION.fullmatch(mark.inner)
        if found is None or match is None:
            return new
        links = [part for part in mark.parts if isinstance(part, Slot) and part.key == "link"]
        was = address(self.html.values.links[links[0].at]) if links else None
        link = was.moved(new) if was is not None else None
        server = f"@{found[1]}" if match["rest"] else ""
        return f"{self.tag(mark.parts, link)}{match['at']}<span>{found[0]}{server}</span></a>"

    def _link(self, mark: Mark, text: str) -> str:
        at = next(part.at for part in mark.parts if isinstance(part, Slot) and part.key == "link")
        new, old = self.get("link", at), self.html.values.links[at]
        plain = _PLAIN_TAG.sub("", mark.inner)
        if mark.shown:
            if new == old:
                inner = mark.inner
            elif plain.startswith("http"):
                inner = new or ""
            else:
                inner = _SCHEME.sub("", new or "")
        else:
            inner = mark.inner if text == plain else text
        return f"{self.tag(mark.parts)}{inner}</a>"


class _Reader:
    """Reads one string."""

    def __init__(self, value: str) -> None:
        self._value = value
        self._tokens = list(TAG.finditer(value))
        self._text: list[str] = []
        self._length = 0
        self._last = ""
        self._marks: list[Mark] = []
        self._values = Values()

    def read(self) -> Html:
        """Return it taken apart."""
        at = number = 0
        while number < len(self._tokens):
            match = self._tokens[number]
            self._add(self._value[at : match.start()])
            tag = opening(match)
            last = self._closing(number) if tag.name == "a" and not tag.closing else None
            whole = last is not None and self._unit(tag, match, self._tokens[last])
            if last is not None and whole:
                number = last
            else:
                self._tag(tag)
            at = self._tokens[number].end()
            number += 1
        self._add(self._value[at:])
        return Html(self._value, "".join(self._text), tuple(self._marks), self._values)

    def _add(self, text: str) -> None:
        self._text.append(text)
        self._length += len(text)
        self._last = text[-1:] or self._last

    def _closing(self, number: int) -> int | None:
        """Return the token that ends the link a token begins."""
        for at, match in enumerate(self._tokens[number + 1 :], number + 1):
            if (match["name"] or "").lower() == "a":
                return at if match["close"] and match.group() == "</a>" else None
        return None

    def _tag(self, tag: Opening) -> None:
        parts = slots(tag, self._values)
        start = self._length
        parting = tag.name in BLOCKS and not tag.closing and self._last not in {"", "\n"}
        if parting:
            self._add("\n")
        kind = "break" if parting else "close" if tag.closing else "open"
        self._marks.append(Mark(kind, tag.raw, start, self._length, parts))

    def _unit(self, tag: Opening, first: re.Match[str], last: re.Match[str]) -> bool:
        """Add a link with all that stands in it, if it is of a form Mastodon writes."""
        inner = self._value[first.end() : last.start()]
        mention, href = _MENTION.fullmatch(inner), tag.href or ""
        if "mention" in tag.classes and mention and host_of(href):
            return self._mention(tag, mention, href)
        raw, start = self._value[first.start() : last.end()], self._length
        if _HASHTAG.fullmatch(inner):
            kind, shown = "hashtag", False
        elif href and _SHOWN.fullmatch(inner):
            plain = _PLAIN_TAG.sub("", inner)
            shown = _SCHEME.sub("", plain) == _SCHEME.sub("", href)
            kind = "link"
            if not shown and not plain.startswith(("http://", "https://")):
                return False
        else:
            return False
        parts = slots(tag, self._values)
        self._add(_PLAIN_TAG.sub("", inner))
        self._marks.append(Mark(kind, raw, start, self._length, parts, inner, shown=shown))
        return True

    def _mention(self, tag: Opening, mention: re.Match[str], href: str) -> bool:
        found = address(href)
        host = (mention["rest"] or "")[1:] or (found.host if found else host_of(href))
        start = self._length
        parts = slots(tag, self._values)
        handle = f"@{mention['name']}@{host}"
        self._values.handles.append(handle)
        self._add(handle)
        number = len(self._values.handles) - 1
        inner = mention.group()
        mark = Mark("mention", inner, start, self._length, parts, inner, number)
        self._marks.append(mark)
        return True


def _take(value: str, around: Around) -> Html:
    del around
    return _Reader(value).read()


def html(kind: str = "", subject: str = "") -> Taken:
    """Return the shape of a string of HTML.

    Args:
        kind: See `Field.kind` of its text.
        subject: Whose it is, as in `Leaf.subject`.
    """
    return Taken(
        {
            "text": Leaf(Role.TEXT, kind, subject, Encoding.HTML),
            "mark": many(INDICES),
            "handle": many(Leaf(Role.HANDLE, PLATFORM)),
            "link": many(Leaf(Role.URL, encoding=Encoding.HTML)),
            # Of no vocabulary, hence opaque: dropped and reported.
            "attribute": many(Leaf(Role.CODE, fits=frozenset[str]().__contains__)),
        },
        texts=("text",),
        take=_take,
    )
