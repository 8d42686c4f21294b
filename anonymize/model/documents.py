"""Documents: what is read, the unit of findings; and shards, the unit of work."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from anonymize.model.fields import Field


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a document that is counted, and can be withheld, by itself: a *record*.

    A tweet line has one; a page of an API holds one a tweet; an interview one a turn.

    Attributes:
        id: The record's own id in the input, or its position; unique in its document.
        author: The `Field.subject` of who wrote or spoke it, or several as `authors` reads
            them; empty when unknown.
        posts: Ids of every post whose content stands here (own, quoted, retweeted), so that
            a deletion honoured for one of them withholds the section.
        withhold: Non-empty when the reader itself found that the record cannot be shared;
            the reason, from `Problem.code` words.
    """

    id: str = field(repr=False)
    author: str = field(default="", repr=False)
    posts: tuple[str, ...] = field(default=(), repr=False)
    withhold: str = ""


TOGETHER = "speakers:"
"""How the author of a section begins in which several speak: `speakers:1+2`."""


def authors(subject: str) -> tuple[str, ...]:
    """Return the subjects an author stands for.

    >>> authors("speakers:1+2"), authors("speaker:1"), authors("")
    (('speaker:1', 'speaker:2'), ('speaker:1',), ())
    """
    if subject.startswith(TOGETHER):
        return tuple(f"speaker:{number}" for number in subject[len(TOGETHER) :].split("+"))
    return (subject,) if subject else ()


INSIDE = "\x1e"
"""Stands in a place between a scope and the document within it."""


class RemovalKind(StrEnum):
    """What a platform's control line asks to be removed."""

    POST = "post"
    USER = "user"
    GEO = "geo"


@dataclass(frozen=True, slots=True)
class Removal:
    """A deletion request found in the input, honoured in the whole corpus."""

    kind: RemovalKind
    id: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Document:
    """One record of the input, cut into fields.

    Attributes:
        id: Unique in its shard: the record's own id where it has one, else its position.
        fields: Every string leaf, and every number that is not structure.
        sections: The parts counted and withheld by themselves; at least one.
        record: What `Format.rebuild` needs; nobody else looks into it.
        scope: Documents with the same scope are read together when a name is ambiguous
            (an interview, a conversation).
        writers: Id of each post whose content stands here, with the `Field.subject` of whom it
            is by: a quoted post is its author's, whoever quotes it.
        language: ISO 639-1 code where the input states one, else empty.
        removals: Deletion requests this record carries.
    """

    id: str = field(repr=False)
    fields: tuple[Field, ...]
    sections: tuple[Section, ...]
    record: object = field(repr=False)
    scope: str = field(default="", repr=False)
    language: str = ""
    writers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    removals: tuple[Removal, ...] = ()

    @property
    def place(self) -> str:
        """Where its names are understood first: itself within its scope, if it is a part.

        A post is part of a conversation; an interview is the whole of its scope.
        """
        if len(self.sections) > 1 or self.id == self.scope:
            return self.scope
        return f"{self.scope}{INSIDE}{self.id}"


@dataclass(frozen=True, slots=True)
class Problem:
    """Trouble in one record: counted, shown, never raised.

    Attributes:
        code: What happened, in words of `[a-z-]`, such as `truncated-json`.
        record: Position of the record in its shard, from 0, or -1 for the whole file.
        field: Where in the record, in the format's own words; never a value.
        withheld: Whether the record is withheld because of it.
    """

    code: str
    record: int = -1
    field: str = ""
    withheld: bool = True


@dataclass(frozen=True, slots=True)
class Shard:
    """The unit of work: an input file, a member of an archive, or a byte range of one.

    Attributes:
        index: Position in the plan; outputs are joined in this order.
        format: Name of the format that reads it.
        source: Path of the file or archive, absolute or relative to the working directory.
        member: Name of the archive member; empty for a plain file.
        start: First byte of the range.
        stop: Byte after the range; -1 for the end of the file.
        label: How messages name it: never an original beyond what the user typed.
        output: Path of its data file below `data/`, with `/`; shards of one file share it.
        container: Path below `data/` of the archive `output` belongs to; empty for none.
        head: Bytes before the first record of the *file*; written by the file's first shard.
        between: Bytes between two records.
        tail: Bytes after the last record of the file; written by its last shard.
        options: Sorted pairs the format understands (column roles, delimiter, encoding).
        packing: How the file is compressed, as `model.packing` says; empty for not at all.
            Positions are those of what it holds.
    """

    index: int
    format: str
    source: str = field(repr=False)
    member: str = field(default="", repr=False)
    start: int = 0
    stop: int = -1
    label: str = ""
    output: str = ""
    container: str = ""
    head: bytes = field(default=b"", repr=False)
    between: bytes = b""
    tail: bytes = field(default=b"", repr=False)
    options: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    packing: str = ""

    @property
    def file(self) -> str:
        """The data file as reports name it: below its container where it has one."""
        return f"{self.container}/{self.output}" if self.container else self.output
