"""Allow-lists for JSON records: known keys have a role, everything else is opaque.

A shape is a tree of `Shape`, `Items`, `Either` and `Leaf` that mirrors the record and may contain
itself.
`cut` walks record and shape together and gives every scalar a field; `put_back` rebuilds the
record from new values.  Booleans and nulls under a known key are structure and stay.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, TypeAlias

from anonymize.formats.base import Texts
from anonymize.model.fields import Encoding, Field, Path, Role


@dataclass(frozen=True, slots=True)
class Leaf:
    """A scalar with a role.

    Attributes:
        role: See `Field.role`.
        kind: See `Field.kind`.
        subject: `@` for the account object it stands in; another word for an account that
            is told of in several keys of one post (`author`, `reply`, `owner`).
        encoding: See `Field.encoding`.
        fits: Whether a value belongs to the vocabulary; None for no vocabulary.
    """

    role: Role
    kind: str = ""
    subject: str = ""
    encoding: Encoding = Encoding.PLAIN
    fits: Callable[[str], object] | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Items:
    """A list; the n-th element has the n-th node, further ones the last."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """A list in some versions of a format, an object in others."""

    listed: Items
    single: Shape


@dataclass(frozen=True, slots=True)
class Typed:
    """A value whose own key says what it is.

    Attributes:
        keys: Keys that may say it, the first present counts (`$type`).
        shapes: Node by what they say; may be filled after it is made.
        other: Node where nothing, or something unknown, is said.
    """

    keys: tuple[str, ...]
    shapes: dict[str, Node] = field(repr=False)
    other: Node = field(repr=False)

    def of(self, value: Any) -> Node:
        """Return the node of a value."""
        told = [value[key] for key in self.keys if key in value] if isinstance(value, dict) else []
        known = told and isinstance(told[0], str)
        return self.shapes.get(told[0], self.other) if known else self.other


@dataclass(frozen=True, slots=True)
class Dropped:
    """Anything, left out by a written rule."""


@dataclass(slots=True, eq=False)
class Shape:
    """An object.

    Attributes:
        keys: Node of each known key; a shape may be put into itself after it is made.
        post: Whether it is a post, so that its authors and mentions are its own.
        account: Whether it is an account, or the word for it (`author`, `reply`).
        texts: Where offsets below point: keys of this object, the first present counts.
        parent_text: The same, but a key of the object two levels up (`entities.description`
            of a user).
    """

    keys: dict[str, Node] = field(repr=False)
    post: bool = False
    account: str | bool = False
    texts: tuple[str, ...] = ()
    parent_text: str = ""


Node: TypeAlias = Leaf | Items | Either | Typed | Dropped | Shape

RULE, UNKNOWN = "rule", "unknown"
DROPPED = Dropped()
FLAG = Leaf(Role.CODE, fits=frozenset({"true", "false"}).__contains__)
NUMBER = Leaf(Role.CODE, fits=re.compile(r"-?[0-9]{1,9}").fullmatch)
"""A small number that says nothing of a person: a width, a position, a status code."""

_NOBODY = frozenset({"", "-1", "0"})
"""Ids X writes for accounts and posts that are gone; they stand for nobody."""
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})")
_DECIMAL = re.compile(r"-?[0-9]{1,15}\.[0-9]{1,17}")
_DROP = object()


class _Where(NamedTuple):
    """What a value inherits from the objects it stands in."""

    section: int
    base: str = ""
    account: str = ""
    target: Path = ()


def words(*values: str) -> Leaf:
    """Return a leaf whose value is one of a closed list."""
    return Leaf(Role.CODE, fits=frozenset(values).__contains__)


def many(node: Node) -> Items:
    """Return a list of any number of `node`."""
    return Items((node,))


def cut(
    record: Any,
    node: Node,
    path: Path = (),
    section: int = 0,
) -> list[Field]:
    """Return a field for every scalar of `record`, in its order.

    Args:
        record: A JSON value, or the part of it at `path`.
        node: What it should look like.
        path: Where it stands in the whole record.
        section: `Field.section` of all of it.
    """
    out: list[Field] = []
    _walk(out, record, node, path, _Where(section))
    offsets = [one for one in out if one.role is Role.OFFSET]
    if not offsets:
        return out
    texts = {one.path for one in out if one.role is Role.TEXT or one.role is Role.URL}
    if all(one.target in texts for one in offsets):
        return out
    # An offset into nothing says something of a text that is gone.
    return [
        replace(one, role=Role.OPAQUE, kind=RULE, target=())
        if one.role is Role.OFFSET and one.target not in texts
        else one
        for one in out
    ]


def _walk(
    out: list[Field],
    value: Any,
    node: Node,
    path: Path,
    where: _Where,
) -> None:
    if isinstance(node, Leaf):
        _leaf(out, value, node, path, where)
    elif isinstance(node, Shape):
        if not isinstance(value, dict):
            if value is not None:
                _opaque(out, value, path, where.section, UNKNOWN)
            return
        section, base, account, target = where
        if node.post:
            base = ".".join([*map(str, path), ""])
        if node.account:
            own = node.account if isinstance(node.account, str) else ""
            account = base + own if own else ".".join(map(str, path)) or "account"
        if node.texts:
            found = [key for key in node.texts if isinstance(value.get(key), str)]
            target = (*path, found[0]) if found else ()
        elif node.parent_text:
            target = (*path[:-2], node.parent_text)
        where = _Where(section, base, account, target)
        keys = node.keys
        for key, item in value.items():
            child = keys.get(key)
            if child is None:
                _opaque(out, item, (*path, key), section, UNKNOWN)
            elif isinstance(child, Leaf):
                # Half of a tweet is nulls and flags, for which no path need be made.
                if item is not None and item is not True and item is not False:
                    _leaf(out, item, child, (*path, key), where)
            else:
                _walk(out, item, child, (*path, key), where)
    elif isinstance(node, Items):
        if not isinstance(value, list):
            if value is not None:
                _opaque(out, value, path, where.section, UNKNOWN)
            return
        last = len(node.nodes) - 1
        for at, item in enumerate(value):
            child = node.nodes[min(at, last)]
            _walk(out, item, child, (*path, at), where)
    elif isinstance(node, Typed):
        _walk(out, value, node.of(value), path, where)
    elif isinstance(node, Either):
        _walk(out, value, node.listed if isinstance(value, list) else node.single, path, where)
    else:
        _opaque(out, value, path, where.section, RULE)


def _leaf(
    out: list[Field],
    value: Any,
    leaf: Leaf,
    path: Path,
    where: _Where,
) -> None:
    if value is None or value is True or value is False:
        return
    role, section = leaf.role, where.section
    if isinstance(value, str):
        text = value
    elif isinstance(value, int):
        text = str(value)
    elif isinstance(value, float) and math.isfinite(value) and role is not Role.ID:
        text = repr(value)
    else:
        # A container where a scalar should be, or an id that went through a float.
        _opaque(out, value, path, section, UNKNOWN)
        return
    if role is not Role.TEXT and (not text or (role is Role.ID and text in _NOBODY)):
        out.append(Field(path, Role.CODE, text, section))
    elif leaf.fits is not None and not leaf.fits(text):
        out.append(Field(path, Role.OPAQUE, text, section, UNKNOWN))
    elif role is Role.OFFSET:
        if not _INTEGER.fullmatch(text):
            out.append(Field(path, Role.OPAQUE, text, section, UNKNOWN))
        else:
            out.append(Field(path, role, text, section, leaf.kind, "", where.target))
    else:
        subject = leaf.subject
        if subject:
            subject = where.account if subject == "@" else where.base + subject
        out.append(Field(path, role, text, section, leaf.kind, subject, (), leaf.encoding))


def _opaque(out: list[Field], value: Any, path: Path, section: int, kind: str) -> None:
    if isinstance(value, dict) and value:
        for key, item in value.items():
            _opaque(out, item, (*path, key), section, kind)
    elif isinstance(value, list) and value:
        for at, item in enumerate(value):
            _opaque(out, item, (*path, at), section, kind)
    else:
        out.append(Field(path, Role.OPAQUE, _literal(value), section, kind))


def _literal(value: Any) -> str:
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        return ""
    return repr(value) if isinstance(value, float) else str(value)


def put_back(
    record: Any,
    fields: Sequence[Field],
    texts: Texts,
    removed: frozenset[Path] = frozenset(),
) -> Any:
    """Return `record` with new values; objects and lists keep their order.

    A dropped value takes its key or element with it, and so does an object or list that
    dropping has emptied.  Ids become strings; other numbers stay numbers while they look so.
    A record of which nothing is left is an empty object.

    Args:
        record: As it was cut.
        fields: All that `cut` gave for it.
        texts: New value of each field.
        removed: Objects and elements that leave whatever they hold.
    """
    known = {one.path: one for one in fields}
    built = _build(record, (), known, texts, removed)
    return {} if built is _DROP else built


def _build(
    value: Any,
    path: Path,
    known: Mapping[Path, Field],
    texts: Texts,
    removed: frozenset[Path],
) -> Any:
    if removed and path in removed:
        return _DROP
    if isinstance(value, dict) and value:
        kept = {}
        for key, item in value.items():
            build = _build if isinstance(item, (dict, list)) else _scalar
            new = build(item, (*path, key), known, texts, removed)
            if new is not _DROP:
                kept[key] = new
        return kept or _DROP
    if isinstance(value, list) and value:
        items = (_build(item, (*path, at), known, texts, removed) for at, item in enumerate(value))
        return [item for item in items if item is not _DROP] or _DROP
    return _scalar(value, path, known, texts, removed)


def _scalar(
    value: Any,
    path: Path,
    known: Mapping[Path, Field],
    texts: Texts,
    removed: frozenset[Path],
) -> Any:
    if removed and path in removed:
        return _DROP
    one = known.get(path)
    if one is None:
        # Structure that needs no field; anything else here would be a defect of a shape.
        structure = value is None or isinstance(value, (bool, dict, list))
        return value if structure else _DROP
    text = texts.get(path)
    if text is None:
        return _DROP
    if isinstance(value, str) or one.role is Role.ID:
        return text
    if text == one.value and not (isinstance(value, float) and not math.isfinite(value)):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if _INTEGER.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return float(text)
    return text
