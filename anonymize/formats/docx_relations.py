"""Relationships and content types: what of them names a part that is kept, the rest leaves."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import unquote

import regex

from anonymize.errors import FormatError
from anonymize.formats import docx_grammar as grammar
from anonymize.formats.charset import Text
from anonymize.formats.docx_names import SPACES
from anonymize.formats.docx_nodes import Leaf, Literal, Node
from anonymize.formats.docx_parts import (
    PICTURES,
    Kind,
    Part,
    is_relationship,
    kind_of,
)
from anonymize.formats.docx_values import is_relation
from anonymize.formats.pieces import Part as Place
from anonymize.formats.xml_pieces import RULED, UNKNOWN, Slot, plain
from anonymize.formats.xml_text import Attribute, Token, tokens
from anonymize.formats.xml_text import Kind as TokenKind
from anonymize.model.fields import Role

URL = Slot(Role.URL, part=Place.LABEL)
MAIL = Slot(Role.TEXT, "email", part=Place.LABEL)
_MAIL = regex.compile(r"(?P<lead>mailto:)(?P<address>[^@?\s]+@[^@?\s]+)(?P<rest>\?.*)?", regex.I)
_EXTENSIONS = frozenset(("xml", "rels", "jpg", "jpe", "tif", *PICTURES.values()))
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"


Entry: TypeAlias = Callable[[Token, Mapping[str, str]], Slot | None]
"""Says of an entry how it leaves; None when it is kept."""
OneAttribute: TypeAlias = Callable[[Token, Attribute], list[Node] | None]
"""Returns the nodes of the value of an attribute; None for markup."""


@dataclass(frozen=True, slots=True)
class Types:
    """What a package says its parts are.

    Attributes:
        parts: Content type by path.
        suffixes: Content type by suffix, lower case.
    """

    parts: Mapping[str, str] = field(repr=False)
    suffixes: Mapping[str, str] = field(repr=False)

    def of(self, name: str) -> str:
        """Return the content type of a part; empty for none."""
        suffix = name.rpartition(".")[2].lower()
        return self.parts.get(name, self.suffixes.get(suffix, ""))


@dataclass(frozen=True, slots=True)
class Relations:
    """The relationships of a part.

    Attributes:
        nodes: The file.
        kept: Ids of those that are kept.
        main: Path of the part that is the main document; empty for none.
    """

    nodes: list[Node] = field(repr=False)
    kept: frozenset[str] = field(repr=False)
    main: str = field(default="", repr=False)


def read_types(text: Text, label: str) -> Types:
    """Return what the content types of a package say.

    Raises:
        FormatError: If the file cannot be cut.
    """
    parts: dict[str, str] = {}
    suffixes: dict[str, str] = {}
    for token in tokens(text, label):
        of = {one.local: plain(one.value) for one in token.attributes}
        if token.local == "Override":
            parts[of.get("PartName", "").removeprefix("/")] = of.get("ContentType", "")
        elif token.local == "Default":
            suffixes[of.get("Extension", "").lower()] = of.get("ContentType", "")
    return Types(parts, suffixes)


def types_nodes(text: Text, parts: Mapping[str, Part], label: str) -> list[Node]:
    """Return the content types of the parts that are kept.

    Raises:
        FormatError: If the file cannot be cut.
    """

    def entry(token: Token, of: Mapping[str, str]) -> Slot | None:
        if token.local == "Default":
            known = of.get("ContentType", "") in {*PICTURES, "application/xml", _RELATIONS_TYPE}
            known = known or kind_of("word/a.xml", of.get("ContentType", "")) is not Kind.UNKNOWN
            return None if known and of.get("Extension", "").lower() in _EXTENSIONS else RULED
        kept = parts.get(of.get("PartName", "").removeprefix("/"))
        return None if token.local == "Override" and kept is not None else RULED

    def attribute(_token: Token, one: Attribute) -> list[Node] | None:
        if one.local not in {"Extension", "ContentType", "PartName"}:
            return [Leaf("@unknown", one.value, UNKNOWN)]
        if one.local != "PartName":
            return None
        return _named(one, parts[plain(one.value).removeprefix("/")], label)

    return _entries(text, label, ("Default", "Override"), entry, attribute)


def relations(text: Text, source: str, parts: Mapping[str, Part], label: str) -> Relations:
    """Return the relationships of a part that lead to parts that are kept, or to the web.

    Args:
        text: The file.
        source: Path of the part whose they are; empty for the package's.
        parts: The parts that are kept, by path.
        label: How messages name the file.

    Raises:
        FormatError: If the file cannot be cut.
    """
    kept: set[str] = set()
    main: list[str] = []

    def entry(_token: Token, of: Mapping[str, str]) -> Slot | None:
        kind, target = of.get("Type", ""), of.get("Target", "")
        if of.get("TargetMode") == "External":
            known = kind.endswith("/hyperlink") and is_relationship(kind) and _leads(target)
        else:
            known = is_relationship(kind) and _resolved(source, target) in parts
        if not known:
            return RULED
        kept.add(of.get("Id", ""))
        if kind.endswith("/officeDocument"):
            main.append(_resolved(source, target))
        return None

    def attribute(token: Token, one: Attribute) -> list[Node] | None:
        value = plain(one.value)
        if one.local == "Id":
            return None if is_relation(value) else [Leaf("@Id", one.value, grammar.IDENTIFIER)]
        if one.local == "Target":
            external = any(a.value == "External" for a in token.attributes)
            return _link(one) if external else _named(one, parts[_resolved(source, value)], label)
        known = one.local == "Type" or (one.local, value) in _MODES
        return None if known else [Leaf("@unknown", one.value, UNKNOWN)]

    nodes = _entries(text, label, ("Relationship",), entry, attribute)
    return Relations(nodes, frozenset(kept), main[0] if main else "")


_MODES = frozenset((("TargetMode", "External"), ("TargetMode", "Internal")))


def _leads(target: str) -> bool:
    """Whether a link is one whose surrogate leads nowhere: to the web, or a mail address."""
    return target.lower().startswith(("http://", "https://")) or bool(_MAIL.fullmatch(target))


def _resolved(source: str, target: str) -> str:
    """Return the path a target means (ECMA-376, part 2, section 9.3.4)."""
    target = unquote(target)
    if target.startswith("/"):
        return posixpath.normpath(target).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), target))


def _link(one: Attribute) -> list[Node]:
    """Return the target of a link: its URL, or the address of a mail without what it says."""
    match = _MAIL.fullmatch(one.value)
    if match is None:
        return [Leaf("@Target", one.value, URL)]
    nodes: list[Node] = [Literal(match["lead"]), Leaf("@Target", match["address"], MAIL)]
    if match["rest"]:
        nodes.append(Leaf("@query", match["rest"], RULED))
    return nodes


def _named(one: Attribute, part: Part, label: str) -> list[Node] | None:
    """Return the path of a part with the word of somebody's own in it.

    Raises:
        FormatError: If it is written otherwise than the part is called.
    """
    start, stop = part.named
    if start == stop:
        return None
    end = part.name[start:]
    if not one.value.endswith(end):
        raise FormatError(f"{label}: names a part otherwise than it is called, which is refused")
    at = len(one.value) - len(end)
    return [
        Literal(one.value[:at]),
        Leaf("name", part.name[start:stop], grammar.IDENTIFIER),
        Literal(one.value[at + stop - start :]),
    ]


def _entries(
    text: Text,
    label: str,
    names: Sequence[str],
    entry: Entry,
    attribute: OneAttribute,
) -> list[Node]:
    """Return the nodes of a file that is a list of elements without content."""
    nodes: list[Node] = []
    inside = -1
    for token in tokens(text, label):
        raw = text.content[token.start : token.stop]
        if inside >= 0:
            # An entry written with a start and an end tag; there is nothing in between.
            nodes.append(
                Leaf("text", raw, UNKNOWN if raw.strip() and token.kind is not _END else RULED)
            )
            inside = -1 if token.kind is _END and token.depth == inside else inside
        elif token.kind in {TokenKind.START, TokenKind.EMPTY} and token.depth:
            of = {one.local: plain(one.value) for one in token.attributes if not one.space}
            known = SPACES.get(token.space) in {"rel", "ct"} and token.local in names
            slot = entry(token, of) if known else UNKNOWN
            if slot is not None:
                nodes.append(Leaf("element", raw, slot))
                inside = token.depth if token.kind is TokenKind.START else -1
            else:
                _open(nodes, text.content, token, attribute)
        elif token.kind in {TokenKind.START, TokenKind.EMPTY}:
            _root(nodes, text.content, token, label)
        elif token.kind in {TokenKind.END, TokenKind.DECLARATION} or not raw.strip():
            nodes.append(Literal(raw))
        else:
            nodes.append(Leaf(token.kind.value, raw, RULED))
    return nodes


_END = TokenKind.END


def _root(nodes: list[Node], content: str, token: Token, label: str) -> None:
    if SPACES.get(token.space) not in {"rel", "ct"} or any(
        not one.name.startswith("xmlns") or one.value not in SPACES for one in token.attributes
    ):
        raise FormatError(f"{label}: is not what its name says")
    nodes.append(Literal(content[token.start : token.stop]))


def _open(nodes: list[Node], content: str, token: Token, attribute: OneAttribute) -> None:
    """Add the tag of an entry that is kept."""
    at = token.start
    for one in token.attributes:
        found = attribute(token, one)
        if found is None:
            continue
        only = found[0]
        if isinstance(only, Leaf) and only.slot is UNKNOWN:
            nodes.append(Literal(content[at : one.begin]))
            nodes.append(Leaf(only.name, content[one.begin : one.stop], UNKNOWN))
            at = one.stop
            continue
        nodes.append(Literal(content[at : one.start]))
        nodes += found
        at = one.stop - 1
    nodes.append(Literal(content[at : token.stop]))
