"""Values that hold several things in one string: taken apart to be read, then put together.

An address holds a server, an account and a post; a handle may leave its server out; HTML holds
text, links and mentions.  `expand` puts an object in the place of each such string, so that its
parts get fields of their own, and `rebuild` writes the string again from their new values.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol, TypeAlias

from anonymize.formats.base import Texts
from anonymize.formats.json_shapes import Items, Node, Shape, cut, put_back
from anonymize.formats.mastodon_uris import hashtags, host_in
from anonymize.model.fields import Field, Path, Role

ELSEWHERE = "https://example.org/"
"""Before the surrogate of an address that is not of a known shape (RFC 2606)."""


class Written(Protocol):
    """A string that was taken apart."""

    @property
    def value(self) -> str:
        """The string as it stands in the record."""

    @property
    def parts(self) -> Mapping[str, Any]:
        """Its parts, by the keys of the shape that took it apart."""

    def write(self, path: Path, texts: Texts) -> str | None:
        """Return it with new parts, or None when it cannot stand without one that is gone.

        Args:
            path: Where the string stands in its record; its parts stand below.
            texts: New value of each field.
        """


@dataclass(frozen=True, slots=True)
class Around:
    """What a string is read by that stands elsewhere in its record.

    Attributes:
        host: The server of the account it stands in; empty for none.
        tags: Hashtags of the post it stands in as its text writes them, by their small letters:
            lists of tags have lost their capitals, by which names in them are told.
    """

    host: str = field(default="", repr=False)
    tags: Mapping[str, str] = field(default_factory=dict, repr=False)


Take: TypeAlias = Callable[[str, Around], Written | None]
"""Takes a string apart; None for no such string."""


def _nothing(value: str, around: Around) -> None:
    del value, around


@dataclass(slots=True, eq=False)
class Taken(Shape):
    """A string that is taken apart; where an object stands instead, its keys hold for that.

    Attributes:
        take: Takes the string apart.
    """

    take: Take = field(default=_nothing, repr=False)


@dataclass(frozen=True, slots=True)
class Record:
    """A JSON value with the strings in it that were taken apart.

    Attributes:
        value: As it was read.
        written: Those strings, by where they stand.
        places: Where each section of a page stands; empty when there is one.
        indent: Whether it is written over several lines.
    """

    value: Any = field(repr=False)
    written: Mapping[Path, Written] = field(repr=False)
    places: tuple[Path, ...] = ()
    indent: bool = False


def expand(value: Any, node: Node) -> tuple[Record, list[Field]]:
    """Return a record of a JSON value, and a field for every scalar and part in it.

    Args:
        value: As it was read.
        node: What it should look like.
    """
    written: dict[Path, Written] = {}
    fields = cut(_expand(value, node, (), Around(), written), node)
    return Record(value, written), fields


def _expand(value: Any, node: Node, path: Path, around: Around, out: dict[Path, Written]) -> Any:
    if isinstance(value, str):
        taken = node.take(value, around) if isinstance(node, Taken) else None
        if taken is None:
            return value
        out[path] = taken
        return dict(taken.parts)
    if isinstance(node, Shape) and isinstance(value, dict):
        if node.account:
            around = replace(around, host=host_in(value) or around.host)
        if node.post:
            around = replace(around, tags=hashtags(value))
        return {
            key: item
            if (child := node.keys.get(key)) is None
            else _expand(item, child, (*path, key), around, out)
            for key, item in value.items()
        }
    if isinstance(node, Items) and isinstance(value, list):
        last = len(node.nodes) - 1
        return [
            _expand(item, node.nodes[min(at, last)], (*path, at), around, out)
            for at, item in enumerate(value)
        ]
    return value


def rebuild(
    record: Record,
    fields: Sequence[Field],
    texts: Texts,
    withheld: frozenset[int] = frozenset(),
) -> Any:
    """Return the JSON value of a record with new values; see `json_shapes.put_back`.

    Args:
        record: From `expand`.
        fields: All that `expand` gave for it.
        texts: New value of each field.
        withheld: Positions in `Record.places` of what leaves.
    """
    new: dict[Path, str | None] = dict(texts)
    wholes: list[Field] = []
    for path, one in record.written.items():
        new[path] = one.write(path, texts)
        wholes.append(Field(path, Role.TEXT, one.value))
    removed = frozenset(record.places[at] for at in withheld)
    return put_back(record.value, [*fields, *wholes], new, removed)
