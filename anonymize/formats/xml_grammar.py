"""What a grammar of an XML format says: of each element, attribute and text, what it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol, TypeAlias

from anonymize.formats.pieces import Draft, Part
from anonymize.formats.xml_text import Attribute, Token
from anonymize.model.fields import Role


class Treatment(StrEnum):
    """What becomes of an element."""

    BLOCK = "block"
    """Kept; text before, in and behind it are fields of their own."""
    INLINE = "inline"
    """Kept; text runs through it."""
    PARTING = "parting"
    """As `INLINE`, but where it begins words are parted: it stands for a blank."""
    RULE = "rule"
    """Taken out whole by a written rule."""
    UNKNOWN = "unknown"
    """Taken out whole, since no grammar names it."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What a value is; see `model.fields.Field`."""

    role: Role
    kind: str = ""
    subject: str = field(default="", repr=False)
    part: Part = Part.TEXT


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the value of an attribute that holds several things.

    Attributes:
        start: Its first position in the value as written.
        stop: Position behind it.
        slot: What it is; None for markup, or if it is made of `parts`.
        group: Of an id or a reference to one, which ids it is one of; see `xml_names`.
        parts: What an id is made of, in order; what lies between is markup.
        word: Of an id, whether it must be one XML takes for an id.
    """

    start: int
    stop: int
    slot: Slot | None = None
    group: str = ""
    parts: tuple[Stretch, ...] = ()
    word: bool = True


Use: TypeAlias = Slot | tuple[Stretch, ...] | None
"""What an attribute is: one value, several in order with markup between, or markup."""
LITERAL = None
"""In place of a slot: markup, written as it stands; only for what cannot be personal."""
RULED = Slot(Role.OPAQUE, "rule", part=Part.EXTRA)
UNKNOWN = Slot(Role.OPAQUE, "unknown", part=Part.EXTRA)


class Grammar(Protocol):
    """What the elements and attributes of a format are.

    A trail is the open elements from the root, the one asked about last.

    One that keeps nothing of some namespaces may have a method `namespace(attribute)`, which
    says of the declaration of one what `attribute` says of other attributes; else all stay.
    """

    def element(self, trail: Sequence[Token]) -> Treatment:
        """Return what becomes of an element."""

    def enter(self, trail: Sequence[Token], draft: Draft) -> None:
        """Take notice of a block that begins; may begin a section of the draft."""

    def attribute(self, trail: Sequence[Token], attribute: Attribute, draft: Draft) -> Use:
        """Return what an attribute is; `LITERAL` for markup.

        One that is an extra leaves with its name; if opaque, the name is part of its value.
        """

    def text(self, trail: Sequence[Token], value: str, draft: Draft) -> Slot | None:
        """Return what the text right in the last element is; `LITERAL` for markup."""
