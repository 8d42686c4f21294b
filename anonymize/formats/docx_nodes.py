"""What a part of a document is made of: literal text, leaves and paragraphs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from anonymize.formats.xml_pieces import Slot


@dataclass(frozen=True, slots=True)
class Literal:
    """Markup that stays.

    Attributes:
        text: As it stands.
        changed: What is written instead once the text around it is another.
    """

    text: str = field(repr=False)
    changed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Leaf:
    """A value that becomes a field.

    Attributes:
        name: Last step of its path.
        raw: As it stands.
        slot: What it is.
        head: Markup before it that leaves with it.
        tail: Markup behind it that leaves with it.
        of: Of initials, whose they are.
    """

    name: str
    raw: str = field(repr=False)
    slot: Slot
    head: str = field(default="", repr=False)
    tail: str = field(default="", repr=False)
    of: str = field(default="", repr=False)


@dataclass(slots=True)
class Paragraph:
    """A paragraph.

    Attributes:
        text: What it says, escapes included; a tab is one, a line break a line feed.
        tags: Position, character it stands for, nodes; in order.
        cell: Row and cell of the innermost table around it; (0, 0) outside.
        story: Kind and id of the note or comment it is in; empty strings for none.
        refers: Kinds and ids of the notes and comments it refers to, with the position.
    """

    text: str = field(default="", repr=False)
    tags: list[tuple[int, str, list[Node]]] = field(default_factory=list, repr=False)
    cell: tuple[int, int] = (0, 0)
    story: tuple[str, str] = ("", "")
    refers: list[tuple[str, str, int]] = field(default_factory=list, repr=False)


Node: TypeAlias = Literal | Leaf | Paragraph


def inside(nodes: Sequence[Node]) -> Iterator[Paragraph]:
    """Yield the paragraphs among nodes, not those within paragraphs."""
    for node in nodes:
        if isinstance(node, Paragraph):
            yield node


def add(nodes: list[Node], node: Node) -> None:
    """Add a node; markup that follows markup is one."""
    last = nodes[-1] if nodes else None
    if isinstance(node, Literal) and not node.text:
        return
    if (
        isinstance(node, Literal)
        and isinstance(last, Literal)
        and not node.changed
        and not last.changed
    ):
        nodes[-1] = Literal(last.text + node.text)
    else:
        nodes.append(node)
