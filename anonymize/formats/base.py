"""What a format is: it claims sources, plans shards, reads documents and rebuilds records.

A format module defines one class with the attributes and methods of `Format` and one instance
of it named `FORMAT`, listed in `anonymize.formats.catalogue` (built in) or under the
entry-point group `anonymize.formats` (others').
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from anonymize.model.documents import Document, Problem, Shard
from anonymize.model.fields import Path
from anonymize.plugins import Registry

HEAD_BYTES = 64 * 1024
"""How much of a file a format sees before it claims it; more than any header needs."""

Texts: TypeAlias = Mapping[Path, str | None]
"""The new value of each field of a document; None, or no entry, drops that leaf."""


@dataclass(frozen=True, slots=True)
class Source:
    """Something a format may claim: a file, a member of an archive, or a folder.

    Attributes:
        path: Where it lies: the file, archive or folder.
        name: Its base name, for its suffix only; never shown or written.
        member: Name of the archive member; empty for a plain file or folder.
        size: In bytes; 0 for a folder.
        head: The first `HEAD_BYTES`; empty for a folder.
        label: How messages name it.
        output: Path of its data file (of an archive: of the archive, of a folder: of the
            folder) below `data/`; filled in before `plan` is called, empty for `claims`.
        folder: Whether it is a folder.
        packing: How the file is compressed, as `model.packing` says; empty for not at all.
            Then `name` is without that suffix, and `head` is of what the file holds.
    """

    path: str = field(repr=False)
    name: str = field(repr=False)
    member: str = field(default="", repr=False)
    size: int = 0
    head: bytes = field(default=b"", repr=False)
    label: str = ""
    output: str = ""
    folder: bool = False
    packing: str = ""

    @property
    def suffix(self) -> str:
        """The suffix of the name, lower case, with its dot; empty for none."""
        stem, dot, suffix = self.name.rpartition(".")
        return dot + suffix.lower() if stem else ""


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """What the user chose that changes how sources are cut and read.

    Attributes:
        shard_bytes: Aim for shards of this size at most where a format can be cut.
        columns: Role words of table columns by column name, from `--columns`; None when the
            header decides.
        encoding: Python's name of the text encoding; None to tell it from the bytes.
        include: Standard names of files of a takeout that are converted though else dropped.
        drop_unknown_parts: Whether a document with a part nobody knows is converted without
            it, instead of being withheld.
    """

    shard_bytes: int = 16 * 1024 * 1024
    columns: Mapping[str, str] | None = field(default=None, repr=False)
    encoding: str | None = None
    include: frozenset[str] = frozenset()
    drop_unknown_parts: bool = False

    def aim(self, source: Source) -> int:
        """Return the size to aim for in one file.

        A file of some megabytes is minutes of work, which several workers are to share evenly;
        so it is cut in 32 where that leaves shards worth their files.  What is compressed is
        read from its beginning for each shard, and is not.

        >>> PlanOptions(4 * 2**20).aim(Source("a", "a", size=32 * 2**20)) // 2**20
        1
        """
        if source.packing or source.member:
            return max(1, self.shard_bytes)
        return max(1, min(self.shard_bytes, max(_LEAST, source.size // _PIECES)))


_LEAST = 256 * 1024
_PIECES = 32


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file that is not converted.

    Attributes:
        name: Safe to show and publish: a name from a written table, else a number and suffix.
        reason: `rule` (a written rule leaves it out), `unknown`, or `missing` (told of, not there).
        container: `Source.output` of what it stood in; empty for none.
        given: The name the platform gave a file nobody knows yet, empty for all others: to be
            shown instead of `name` unless it holds a known identifier.
    """

    name: str
    reason: str
    container: str = ""
    given: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Plan:
    """The shards of one source, and what of it is not converted."""

    shards: tuple[Shard, ...]
    dropped: tuple[Dropped, ...] = ()


class Format(Protocol):
    """One shape of file.

    One that opens all it reads by `archives.open_source`, with shards that take `packing` from
    their source, may say so by an attribute `packable = True`: then it is offered compressed
    files as well.

    One whose records are large beside their texts may give `Document.record` an attribute
    `weight`, its bytes: then few of them are held at once.

    One whose files are one document each may say so by `whole = True`: each is read once when it
    is planned, so that a damaged one is refused before any work, and one that is withheld whole
    has no file.

    One whose files cannot be put together from pieces may have a method `finish(shard, joined,
    target)`, which makes the file `target`, or a folder of files, out of `joined`: head, records
    and tail as they are written for others.

    Attributes:
        name: In `Shard.format`, such as `tweets-jsonl`.
        stem: What outputs are called: `tweets` gives `tweets_<token>.jsonl`.
        suffixes: Suffixes an output keeps, with dots; another one becomes the first.
        rank: Formats are asked in this order, the pickiest first; equal ranks by name.
    """

    @property
    def name(self) -> str:
        """In `Shard.format`."""

    @property
    def stem(self) -> str:
        """What outputs are called."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Suffixes an output keeps."""

    @property
    def rank(self) -> int:
        """Place in the order of asking."""

    def claims(self, source: Source) -> bool:
        """Whether the source is of this format, told from its name and head alone."""

    def plan(self, source: Source, first_index: int, options: PlanOptions) -> Plan:
        """Cut a claimed source into shards numbered from `first_index`.

        Raises:
            FormatError: If the source is damaged or the options do not fit it.
        """

    def read(self, shard: Shard) -> Iterator[Document | Problem]:
        """Yield the documents of a shard, in order; trouble in one record is a `Problem`.

        Raises:
            FormatError: If the rest of the shard cannot be read.
        """

    def rebuild(
        self,
        document: Document,
        texts: Texts,
        withheld: frozenset[int] = frozenset(),
    ) -> bytes:
        """Return the record with new values; see `Texts`.

        Args:
            document: As `read` gave it.
            texts: New value of each field.
            withheld: Positions in `document.sections` of sections to take out.
        """


FORMATS: Registry[Format] = Registry("format", "anonymize.formats")
"""All formats; import it from `anonymize.formats.catalogue`, which fills it."""
