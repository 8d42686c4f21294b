"""From a JSON object of Bluesky to a document: what it is, whose it is, which records it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from anonymize.formats import bluesky_records, bluesky_views
from anonymize.formats.base import Texts
from anonymize.formats.bluesky_leaves import NOTHING, TYPE_KEYS
from anonymize.formats.bluesky_parts import joined, part
from anonymize.formats.bluesky_views import ITEMS, PAGE_REST, THREAD_REST
from anonymize.formats.json_shapes import DROPPED, Node, cut, put_back
from anonymize.formats.json_values import dumps
from anonymize.formats.x_tweet import language
from anonymize.model.documents import Document, Removal, RemovalKind, Section
from anonymize.model.fields import SHARED, Field, Path

_RECORDS = bluesky_records.RECORD.shapes
_EVENTS = ("commit", "identity", "account")


@dataclass(frozen=True, slots=True)
class Held:
    """What a document is rebuilt from.

    Attributes:
        value: The object.
        cut: Its leaves before they were parted.
        places: What leaves with each section; empty for a document of one record.
        indent: Whether it is written over several lines.
    """

    value: dict[str, Any] = field(repr=False)
    cut: tuple[Field, ...] = field(repr=False)
    places: tuple[Path, ...] = field(default=(), repr=False)
    indent: bool = False


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))


def _by(path: Path) -> str:
    """Return the subject of the author of a post at `path`."""
    return ".".join([*map(str, path), "author"])


def _told(value: Mapping[str, Any]) -> str:
    """Return the type an object says it is of."""
    told = next((value[key] for key in TYPE_KEYS if key in value), "")
    return told if isinstance(told, str) else ""


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _object(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def shape_of(value: Mapping[str, Any]) -> Node | None:
    """Return what an object that is one record is; None when nothing known."""
    keys = value.keys()
    views = bluesky_views
    if _told(value) in _RECORDS:
        return bluesky_records.RECORD
    if "uri" in keys and "value" in keys:
        return views.QUOTED if "author" in keys else bluesky_records.ENTRY
    if "did" in keys and any(isinstance(value.get(key), dict) for key in _EVENTS):
        return bluesky_records.EVENT
    if isinstance(value.get("post"), dict):
        return views.FEED_ITEM
    if "author" in keys and "record" in keys:
        return views.NOTICE if "isRead" in keys or "is_read" in keys else views.POST
    if isinstance(value.get("creator"), dict):
        if "did" in keys:
            return views.GENERATOR
        return views.PACK if "record" in keys else views.LIST
    if isinstance(value.get("actor"), dict):
        return views.LIKE
    if isinstance(value.get("subject"), dict) and "uri" in keys:
        return views.ITEM
    if keys & {"verificationMethod", "alsoKnownAs"}:
        return views.DID_DOCUMENT
    if "did" in keys:
        return views.ACCOUNT
    return views.GONE if keys & {"notFound", "blocked", "not_found"} else None


def address(value: Mapping[str, Any]) -> str:
    """Return the URI of a record, or the DID of an account; empty for neither."""
    commit = _object(value.get("commit"))
    if commit and "did" in value:
        steps = (value["did"], commit.get("collection"), commit.get("rkey"))
        return "at://" + "/".join(map(_text, steps))
    own = value.get("uri") or _object(value.get("post")).get("uri")
    return _text(own) or _text(value.get("did"))


def writings(value: Any, path: Path = ()) -> Iterator[tuple[str, str]]:
    """Yield address and `Field.subject` of whose it is for every record whose content is here.

    A repost in a feed is one as well: it is the reposter's.
    """
    if isinstance(value, list):
        for at, item in enumerate(value):
            yield from writings(item, (*path, at))
    if not isinstance(value, dict):
        return
    if isinstance(value.get("by"), dict):
        own = _text(value.get("uri")) or f"{_dotted(path)}:{_text(value['by'].get('did'))}"
        yield own, _dotted((*path, "by"))
    elif value.keys() & {"record", "value", "commit"} and (own := address(value)):
        yield own, _by(path)
    for key, item in value.items():
        if isinstance(item, (dict, list)) and key != "viewer":
            yield from writings(item, (*path, key))


def _root(value: Mapping[str, Any]) -> str:
    """Return the URI of the post a conversation began with, or nothing."""
    post = _object(value.get("post")) or value
    commit = _object(post.get("commit"))
    record = _object(commit.get("record") or post.get("record") or post.get("value")) or post
    return _text(_object(_object(record.get("reply")).get("root")).get("uri"))


def _languages(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _languages(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key == "langs" and isinstance(item, list):
                yield from map(language, item)
            elif isinstance(item, (dict, list)):
                yield from _languages(item)


def _author(fields: Sequence[Field], path: Path) -> str:
    """Return the subject of whose the record at `path` is."""
    known = {one.subject for one in fields if one.subject}
    accounts = ((*path, "actor"), (*path, "subject"), path)
    posts = ((*path, "post"), (*path, "value", "post"))
    tried = (_by(path), *map(_by, posts), *(_dotted(one) or "account" for one in accounts))
    return next((one for one in tried if one in known), "")


class _Draft:
    """Collects the sections of a document."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.fields: list[Field] = []
        self.sections: list[Section] = []
        self.places: list[Path] = []
        self._seen: set[str] = set()

    def add(self, item: Any, node: Node | None, path: Path) -> None:
        """Add a record; an object nobody knows is a withheld one."""
        number = len(self.sections)
        found = cut(item, node or NOTHING, path, number)
        own = address(item) if isinstance(item, dict) else ""
        if not own or own in self._seen:
            own = f"{self.name}/{number}" if path else self.name
        self._seen.add(own)
        posts = tuple(dict.fromkeys(uri for uri, _ in writings(item, path)))
        reason = "" if node is not None else "unknown-record"
        self.fields += found
        self.sections.append(Section(own, _author(found, path), posts, reason))
        self.places.append(path)

    def thread(self, value: Any, path: Path) -> None:
        """Add the posts of a thread, each answer behind what it answers."""
        if not isinstance(value, dict):
            self.fields += cut(value, NOTHING, path, SHARED)
            return
        if isinstance(value.get("post"), dict):
            self.add(value["post"], bluesky_views.POST, (*path, "post"))
        inner = {"post", "parent", "replies"}
        rest = {key: item for key, item in value.items() if key not in inner}
        self.fields += cut(rest, THREAD_REST, path, SHARED)
        for key in ("parent", "replies"):
            nested = value.get(key)
            if isinstance(nested, list):
                for at, one in enumerate(nested):
                    self.thread(one, (*path, key, at))
            elif nested is not None:
                self.thread(nested, (*path, key))

    def document(self, value: dict[str, Any], *, indent: bool) -> Document:
        """Return the document of an object of which all records are added."""
        sections = self.sections
        if not sections:
            sections = [Section(self.name)]
        leaves = tuple(self.fields)
        if len(sections) == 1:
            leaves = tuple(replace(one, section=0) if one.section else one for one in leaves)
        single = len(sections) == 1 and self.places == [()]
        own = sections[0].id if single else self.name
        codes = set(_languages(value))
        scope = _root(value) if single else ""
        return Document(
            id=own,
            fields=part(leaves),
            sections=tuple(sections),
            record=Held(value, leaves, () if single else tuple(self.places), indent),
            scope=scope or own,
            language=codes.pop() if len(codes) == 1 else "",
            writers=tuple(dict(writings(value)).items()),
        )


def _removal(value: Mapping[str, Any]) -> Removal | None:
    """Return what a line of a stream asks to be removed; None for any other line."""
    commit, account = _object(value.get("commit")), _object(value.get("account"))
    did = _text(value.get("did"))
    if commit and (commit.get("operation") == "delete" or commit.get("type") == "d"):
        return Removal(RemovalKind.POST, address(value))
    if account and account.get("active") is False and did:
        return Removal(RemovalKind.USER, did)
    return None


def document_of(value: dict[str, Any], name: str, *, indent: bool = False) -> Document:
    """Return the document of one object: a record, a view of one, or a page of an answer.

    Args:
        value: The object.
        name: Names it when it has no address of its own.
        indent: Whether it is written over several lines.
    """
    removal = _removal(value) if "did" in value else None
    if removal is not None:
        leaves = tuple(cut(value, DROPPED))
        section = Section(name, withhold="control-line")
        held = Held(value, leaves, (), indent)
        return Document(name, leaves, (section,), held, removals=(removal,))
    draft = _Draft(name)
    thread = value.get("thread")
    lists = () if _told(value) in _RECORDS or "author" in value or "value" in value else ITEMS
    listed = next((key for key in lists if isinstance(value.get(key), list)), "")
    if isinstance(thread, dict) or ("post" in value and value.keys() & {"parent", "replies"}):
        path: Path = ("thread",) if isinstance(thread, dict) else ()
        draft.thread(thread if path else value, path)
        rest = {key: item for key, item in value.items() if key != "thread"} if path else {}
        draft.fields += cut(rest, PAGE_REST, (), SHARED)
    elif listed and "creator" not in value:
        for at, item in enumerate(value[listed]):
            draft.add(item, ITEMS[listed] if isinstance(item, dict) else None, (listed, at))
        rest = {key: item for key, item in value.items() if key != listed}
        draft.fields += cut(rest, PAGE_REST, (), SHARED)
    else:
        draft.add(value, shape_of(value), ())
    return draft.document(value, indent=indent)


def rewritten(document: Document, texts: Texts, withheld: frozenset[int]) -> bytes:
    """Return the object of a document with new values.

    Args:
        document: From `document_of`.
        texts: New value of each field.
        withheld: Sections that leave; empty bytes are left when all do.
    """
    held = document.record
    if not isinstance(held, Held):
        raise TypeError("not a document of this format")
    if withheld and len(withheld) >= len(document.sections):
        return b""
    removed = frozenset(held.places[at] for at in withheld)
    leaves = joined(held.cut, document.fields, texts)
    return dumps(put_back(held.value, held.cut, leaves, removed), indent=held.indent)
