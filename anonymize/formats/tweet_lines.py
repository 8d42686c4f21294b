"""What one line, or one element of a list, of collected tweets is, and the document it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from anonymize.formats import x_tweet, x_tweet_v2
from anonymize.formats.json_shapes import DROPPED, Shape, cut
from anonymize.formats.x_activity import ACTIVITY, is_activity, posts_activity, scope_activity
from anonymize.formats.x_control import LEAD, control, removals
from anonymize.formats.x_fourcat import fourcat_of, is_wrapped
from anonymize.formats.x_pages import V1_REST, leaving, shown_in
from anonymize.formats.x_tweet import id_v1, language, posts_v1, scope_v1
from anonymize.formats.x_tweet_v2 import PAGE_REST, posts_v2, scope_v2, shape_of
from anonymize.formats.x_writers import writers
from anonymize.model.documents import Document, Section
from anonymize.model.fields import SHARED, Field, Path, Role

_PAGE_KEYS = ("data", "includes", "meta", "errors")
_LISTS = ("statuses", "results", "users")
"""Where a page of v1.1 holds its tweets (search, premium search) or accounts."""
_UNKNOWN = Shape({})
UNKNOWN_RECORD = "unknown-record"


@dataclass(frozen=True, slots=True)
class Line:
    """A line as parsed.

    Attributes:
        value: The object.
        leads: What stands before an id in its string, by path.
        items: The key that holds the list of records; empty when it is none, or a page of v2.
        indent: Whether it was laid out over several lines.
    """

    value: dict[str, Any] = field(repr=False)
    leads: Mapping[Path, str] = field(default_factory=dict)
    items: str = ""
    indent: bool = False

    def leaving(self, withheld: frozenset[int]) -> frozenset[Path]:
        """Return the paths that leave with records that are withheld."""
        if not withheld:
            return frozenset()
        if self.items:
            return frozenset((self.items, at) for at in withheld)
        return leaving(self.value, withheld)


@dataclass(frozen=True, slots=True)
class _Kind:
    """What an object is: its shape, its id if it has one, the posts in it, what it belongs to."""

    shape: Shape
    id: str = field(default="", repr=False)
    posts: tuple[str, ...] = field(default=(), repr=False)
    scope: str = field(default="", repr=False)


def _kind(value: Mapping[str, Any]) -> _Kind | None:
    """Tell what an object is; None when nothing known."""
    if is_activity(value):
        posts = posts_activity(value)
        return _Kind(ACTIVITY, posts[0] if posts else "", posts, scope_activity(value))
    if (found := fourcat_of(value)) is not None:
        return _Kind(*found)
    text = "text" in value or "full_text" in value
    v1 = "id_str" in value or "full_text" in value or isinstance(value.get("user"), dict)
    shape: Shape | None
    if "screen_name" in value and not (v1 and text):
        shape = x_tweet.USER_V1
    elif v1 and text:
        shape = x_tweet.TWEET_V1
    else:
        shape = shape_of(value)
    if shape is None:
        return None
    own = id_v1(value)
    if shape is x_tweet.TWEET_V1:
        return _Kind(shape, own, posts_v1(value), scope_v1(value))
    if shape is x_tweet_v2.TWEET_V2:
        return _Kind(shape, own, posts_v2(value, {}), scope_v2(value))
    return _Kind(shape, own, (), own)


def _author(fields: tuple[Field, ...], path: Path) -> str:
    """Return the subject of who wrote the object at `path`."""
    for key in ("author_id", "user", "author", "actor", "core", "data", "id", "id_str", "owner_id"):
        steps = (*path, key)
        for one in fields:
            if one.subject and one.path[: len(steps)] == steps:
                return one.subject
    return ""


def _without_leads(
    fields: tuple[Field, ...],
    leads: dict[Path, str],
) -> tuple[Field, ...]:
    """Return fields whose ids are bare, as all other formats have them; note what was before."""
    if not any(LEAD.match(one.value) for one in fields if one.role is Role.ID):
        return fields
    bare: list[Field] = []
    for one in fields:
        match = LEAD.match(one.value) if one.role is Role.ID else None
        if match:
            leads[one.path] = match[0]
        bare.append(replace(one, value=one.value[match.end() :]) if match else one)
    return tuple(bare)


def _single(value: dict[str, Any], name: str) -> Document:
    """Return the document of a line that is one tweet, user, list or count."""
    kind = _kind(value)
    if kind is None:
        fields = tuple(cut(value, _UNKNOWN))
        section = Section(name, withhold=UNKNOWN_RECORD)
        return Document(name, fields, (section,), Line(value))
    leads: dict[Path, str] = {}
    fields = _without_leads(tuple(cut(value, kind.shape)), leads)
    own = kind.id or name
    section = Section(own, _author(fields, ()), kind.posts)
    code = language(value.get("lang", value.get("twitter_lang")))
    line = Line(value, leads)
    return Document(own, fields, (section,), line, kind.scope or own, code, writers(fields))


def _page(value: dict[str, Any], name: str) -> Document:
    """Return the document of a page of v2: one section for each object of its `data`."""
    data = value.get("data")
    items: list[Any] = data if isinstance(data, list) else [] if data is None else [data]
    shown = shown_in(value, items)
    fields: list[Field] = []
    sections: list[Section] = []
    names = _names(items, name)
    for at, item in enumerate(items):
        node = shape_of(item) if isinstance(item, dict) else None
        path = ("data", at) if isinstance(data, list) else ("data",)
        part = tuple(cut(item, node or _UNKNOWN, path, at))
        fields += part
        withhold = "" if node is not None else UNKNOWN_RECORD
        sections.append(Section(names[at], _author(part, path), shown[at], withhold))
    rest = {key: item for key, item in value.items() if key != "data"}
    fields += cut(rest, PAGE_REST, (), SHARED if sections else 0)
    if not sections:
        # An empty page is a record; one that only reports errors is a notice.
        sections.append(Section(name, withhold="control-line" if "errors" in value else ""))
    scopes = [scope_v2(one) for one in items if isinstance(one, dict)]
    return _paged(Line(value), name, items, tuple(fields), tuple(sections), scopes)


def _page_v1(value: dict[str, Any], name: str, key: str) -> Document:
    """Return the document of a page of v1.1: one section for each object of its list."""
    items: list[Any] = value[key]
    fields: list[Field] = []
    sections: list[Section] = []
    scopes: list[str] = []
    leads: dict[Path, str] = {}
    names = _names(items, name)
    for at, item in enumerate(items):
        kind = _kind(item) if isinstance(item, dict) else None
        part = tuple(cut(item, kind.shape if kind else _UNKNOWN, (key, at), at))
        part = _without_leads(part, leads)
        fields += part
        if kind is None:
            sections.append(Section(names[at], withhold=UNKNOWN_RECORD))
            continue
        scopes.append(kind.scope)
        sections.append(Section(names[at], _author(part, (key, at)), kind.posts))
    rest = {one: item for one, item in value.items() if one != key}
    fields += cut(rest, V1_REST, (), SHARED if sections else 0)
    sections = sections or [Section(name)]
    line = Line(value, leads, key)
    return _paged(line, name, items, tuple(fields), tuple(sections), scopes)


def _names(items: list[Any], name: str) -> list[str]:
    """Return what the records of a page are called: by their ids, each once."""
    found: list[str] = []
    seen: set[str] = set()
    for at, item in enumerate(items):
        own = LEAD.sub("", id_v1(item)) if isinstance(item, dict) else ""
        own = own if own and own not in seen else f"{name}/{at}"
        seen.add(own)
        found.append(own)
    return found


def _paged(
    line: Line,
    name: str,
    items: list[Any],
    fields: tuple[Field, ...],
    sections: tuple[Section, ...],
    scopes: list[str],
) -> Document:
    codes = {
        language(one.get("lang", one.get("twitter_lang"))) for one in items if isinstance(one, dict)
    }
    return Document(
        name,
        fields,
        sections,
        line,
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
    notice = control(value)
    if notice is not None:
        section = Section(name, withhold="control-line")
        fields = tuple(cut(value, DROPPED))
        return Document(name, fields, (section,), Line(value), removals=removals(notice))
    if is_wrapped(value):
        return _single(value, name)
    if any(key in value for key in _PAGE_KEYS) and "text" not in value and "id" not in value:
        return _page(value, name)
    if "id" not in value and "id_str" not in value:
        key = next((one for one in _LISTS if isinstance(value.get(one), list)), "")
        if key:
            return _page_v1(value, name, key)
    return _single(value, name)


def is_known(value: Any) -> bool:
    """Whether an object is a tweet, a page, a notice or else something known."""
    if not isinstance(value, dict):
        return False
    sections = document_of(value, "").sections
    return any(section.withhold != UNKNOWN_RECORD for section in sections)
