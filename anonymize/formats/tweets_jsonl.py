"""Collected tweets, one JSON object a line: API v1.1, API v2 pages, v2 flattened by twarc2.

What a line is, is told line by line, for real collections are mixed.  Lines that speak of the
stream itself (deletions and other notices) are honoured and never written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from anonymize.formats import x_tweet, x_tweet_v2
from anonymize.formats.base import Plan, PlanOptions, Source, Texts
from anonymize.formats.json_shapes import DROPPED, Node, Shape, cut, put_back
from anonymize.formats.json_values import dumps, loads
from anonymize.formats.lines import first_object, line_shards, read_lines
from anonymize.formats.x_pages import leaving, shown_in
from anonymize.formats.x_tweet import id_v1, language, posts_v1, scope_v1, text_of
from anonymize.formats.x_tweet_v2 import PAGE_REST, posts_v2, scope_v2, shape_of
from anonymize.formats.x_writers import writers
from anonymize.model.documents import (
    Document,
    Problem,
    Removal,
    RemovalKind,
    Section,
    Shard,
)
from anonymize.model.fields import SHARED, Field

CONTROL_KEYS = frozenset(
    (
        "delete",
        "scrub_geo",
        "limit",
        "status_withheld",
        "user_withheld",
        "disconnect",
        "warning",
        "withheld",
        "drop",
        "undrop",
        "friends",
        "friends_str",
        "event",
        "for_user",
        "user_delete",
        "user_undelete",
        "user_protect",
        "user_unprotect",
        "user_suspend",
        "user_unsuspend",
        "user_scrub_geo",
        "user_profile_modification",
    ),
)
"""First words of notices in v1.1 streams and v2 compliance streams."""
_PAGE_KEYS = ("data", "includes", "meta", "errors")
_UNKNOWN = Shape({})


@dataclass(frozen=True, slots=True)
class Line:
    """A line as parsed.

    Attributes:
        value: The object.
    """

    value: dict[str, Any] = field(repr=False)


def _removals(notice: Mapping[str, Any]) -> tuple[Removal, ...]:
    """Return what a control line asks to be removed; ids of any generation of the API."""
    found: list[Removal] = []

    def add(kind: RemovalKind, value: object) -> None:
        if one := text_of(value):
            found.append(Removal(kind, one))

    for key in ("delete", "withheld", "drop"):
        inner = notice.get(key)
        for part in ("status", "tweet"):
            post = inner.get(part) if isinstance(inner, dict) else None
            if isinstance(post, dict):
                add(RemovalKind.POST, post.get("id_str") or post.get("id"))
    for key in ("user_delete", "user_protect", "user_suspend"):
        inner = notice.get(key)
        user = inner.get("user", inner) if isinstance(inner, dict) else None
        if isinstance(user, dict):
            add(RemovalKind.USER, user.get("id_str") or user.get("id"))
    for key in ("scrub_geo", "user_scrub_geo"):
        inner = notice.get(key)
        if isinstance(inner, dict):
            of = inner.get("user") or inner.get("tweet")
            of = of if isinstance(of, dict) else inner
            add(RemovalKind.GEO, of.get("user_id_str") or of.get("user_id") or of.get("id"))
    if notice.get("action") == "delete":
        # The line does not tell whether the id is a post's or an account's.
        add(RemovalKind.POST, notice.get("id"))
        add(RemovalKind.USER, notice.get("id"))
    return tuple(found)


def _control(value: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the notice of a control line; None for any other line."""
    inner = value.get("data")
    if isinstance(inner, dict) and inner.keys() & CONTROL_KEYS and "text" not in inner:
        return inner if "id" not in inner else None
    if "text" in value or "full_text" in value or "data" in value:
        return None
    if isinstance(value.get("action"), str) and "id" in value:
        return value
    if "id" not in value and "id_str" not in value and value.keys() & CONTROL_KEYS:
        return value
    return None


def _single(value: dict[str, Any], name: str) -> Document:
    """Return the document of a line that is one tweet, user, list or count."""
    v1 = "id_str" in value or "full_text" in value or isinstance(value.get("user"), dict)
    text = "text" in value or "full_text" in value
    shape: Shape | None
    if v1 and (text or "screen_name" in value):
        shape = x_tweet.TWEET_V1 if text else x_tweet.USER_V1
    elif "screen_name" in value:
        shape = x_tweet.USER_V1
    else:
        shape = shape_of(value)
    if shape is None:
        fields = tuple(cut(value, _UNKNOWN))
        section = Section(name, withhold="unknown-record")
        return Document(name, fields, (section,), Line(value))
    own = id_v1(value) or name
    fields = tuple(cut(value, shape))
    if shape is x_tweet.TWEET_V1:
        posts, scope = posts_v1(value), scope_v1(value)
    elif shape is x_tweet_v2.TWEET_V2:
        posts, scope = posts_v2(value, {}), scope_v2(value)
    else:
        posts, scope = (), own
    section = Section(own, _author(fields, ()), posts)
    code = language(value.get("lang"))
    return Document(own, fields, (section,), Line(value), scope, code, writers(fields))


def _author(fields: tuple[Field, ...], path: tuple[str | int, ...]) -> str:
    """Return the subject of who wrote the object at `path`."""
    for key in ("author_id", "user", "author", "id", "id_str", "owner_id"):
        steps = (*path, key)
        for one in fields:
            if one.subject and one.path[: len(steps)] == steps:
                return one.subject
    return ""


def _page(value: dict[str, Any], name: str) -> Document:
    """Return the document of an API page: one section for each object of its `data`."""
    data = value.get("data")
    listed = isinstance(data, list)
    items: list[Any] = data if isinstance(data, list) else [] if data is None else [data]
    shown = shown_in(value, items)
    fields: list[Field] = []
    sections: list[Section] = []
    seen: set[str] = set()
    for at, item in enumerate(items):
        node: Node | None = shape_of(item) if isinstance(item, dict) else None
        path = ("data", at) if listed else ("data",)
        part = tuple(cut(item, node or _UNKNOWN, path, at))
        fields += part
        own = text_of(item.get("id")) if isinstance(item, dict) else ""
        own = own if own and own not in seen else f"{name}/{at}"
        seen.add(own)
        withhold = "" if node is not None else "unknown-record"
        sections.append(Section(own, _author(part, path), shown[at], withhold))
    rest = {key: item for key, item in value.items() if key != "data"}
    fields += cut(rest, PAGE_REST, (), SHARED if sections else 0)
    if not sections:
        # An empty page is a record; one that only reports errors is a notice.
        sections.append(Section(name, withhold="control-line" if "errors" in value else ""))
    codes = {language(one.get("lang")) for one in items if isinstance(one, dict)}
    scopes = [scope_v2(one) for one in items if isinstance(one, dict)]
    return Document(
        name,
        tuple(fields),
        tuple(sections),
        Line(value),
        scopes[0] if len(scopes) == 1 else name,
        codes.pop() if len(codes) == 1 else "",
        writers(fields),
    )


def document_of(value: dict[str, Any], name: str) -> Document:
    """Return the document of one line.

    Args:
        value: The object on it.
        name: Names the record when it has no id of its own.
    """
    notice = _control(value)
    if notice is not None:
        section = Section(name, withhold="control-line")
        fields = tuple(cut(value, DROPPED))
        removals = _removals(notice)
        return Document(name, fields, (section,), Line(value), removals=removals)
    if any(key in value for key in _PAGE_KEYS) and "text" not in value and "id" not in value:
        return _page(value, name)
    return _single(value, name)


class TweetsJsonl:
    """Reader and writer of collected tweets."""

    name = "tweets-jsonl"
    stem = "tweets"
    suffixes = (".jsonl", ".json", ".ndjson")
    rank = 40

    def claims(self, source: Source) -> bool:
        """Whether the first line is a JSON object."""
        return not source.folder and first_object(source) is not None

    def plan(self, source: Source, first_index: int, options: PlanOptions) -> Plan:
        """Cut the file at line ends."""
        return Plan(line_shards(source, first_index, options, self.name))

    def read(self, shard: Shard) -> Iterator[Document | Problem]:
        """Yield a document for each line."""
        for record, (at, line) in enumerate(read_lines(shard)):
            parsed = loads(line)
            if parsed is None or not isinstance(parsed.value, dict):
                yield Problem("invalid-json" if parsed is None else "not-an-object", record)
                continue
            try:
                document = document_of(parsed.value, f"@{at}")
            except RecursionError:
                yield Problem("nested-too-deep", record)
                continue
            if parsed.repaired:
                yield Problem("lone-surrogate", record, withheld=False)
            yield document

    def rebuild(
        self,
        document: Document,
        texts: Texts,
        withheld: frozenset[int] = frozenset(),
    ) -> bytes:
        """Return the line with new values, without its end."""
        line = document.record
        if not isinstance(line, Line):
            raise TypeError("not a document of this format")
        if withheld and len(withheld) >= len(document.sections):
            return b""
        removed = leaving(line.value, withheld) if withheld else frozenset()
        return dumps(put_back(line.value, document.fields, texts, removed))


FORMAT = TweetsJsonl()
