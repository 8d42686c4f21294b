"""Packages of Word and of OpenDocument as they are planned and written back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from anonymize.formats.base import PlanOptions, Source, Texts
from anonymize.formats.docx_pictures import bare, blank
from anonymize.formats.pieces import Clean, Pieces, render
from anonymize.model.documents import Shard
from anonymize.model.fields import Path

UNKNOWN_PART = "unknown-part"
"""Code of the problem that says the document has a part nobody knows."""
DROP_UNKNOWN = "drop-unknown-parts"


@dataclass(frozen=True, slots=True)
class Member:
    """A part as it is written back.

    Attributes:
        name: Its path; `stem` is where a word of somebody's own stands in it, which `named` is
            the field of.
        content: Its pieces, or its bytes.
        path: The field that says whether bytes stay; empty for those that always do.
        picture: Kind of the picture they are.
        named: See `name`.
        stem: See `name`.
    """

    name: str = field(repr=False)
    content: Pieces | bytes = field(repr=False)
    path: Path = ()
    picture: str = ""
    named: Path = ()
    stem: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Package:
    """The record of a document.

    Attributes:
        members: All parts, in the order of the file.
        instead: What stands for a field that lost its value though it may not be missing.
        initials: By field of initials, the field of whose they are.
    """

    members: tuple[Member, ...] = field(repr=False)
    instead: Mapping[Path, str] = field(repr=False)
    initials: Mapping[Path, Path] = field(default_factory=dict, repr=False)

    @property
    def weight(self) -> int:
        """Bytes of the parts that are not told in fields, for few such documents to be held."""
        return sum(len(one.content) for one in self.members if isinstance(one.content, bytes))


def shard_of(form: str, source: Source, index: int, options: PlanOptions) -> Shard:
    """Return the one shard of a document."""
    return Shard(
        index=index,
        format=form,
        source=source.path,
        label=source.label,
        output=source.output,
        options=((DROP_UNKNOWN, "yes"),) if options.drop_unknown_parts else (),
    )


def filled(texts: Texts, instead: Mapping[Path, str]) -> dict[Path, str | None]:
    """Return the values with a stand-in for each that may not be missing."""
    new = dict(texts)
    for path, stand_in in instead.items():
        if new.get(path) is None:
            new[path] = stand_in
    return new


def written(
    record: Package,
    new: Mapping[Path, str | None],
    withheld: frozenset[int],
    clean: Clean,
    stem_of: Callable[[str], str],
) -> dict[str, bytes]:
    """Return the parts that stay, by path.

    Args:
        record: As made when reading.
        new: Value of each field.
        withheld: Sections whose text is taken out.
        clean: Applied to every value that differs from the original.
        stem_of: Gives a new word as it may stand in the path of a part.
    """
    parts: dict[str, bytes] = {}
    for member in record.members:
        name = member.name
        if member.named:
            start, stop = member.stem
            stem = new[member.named] or ""
            name = (
                name[:start] + (stem if stem == name[start:stop] else stem_of(stem)) + name[stop:]
            )
        kept = not member.path or new.get(member.path) is not None
        if isinstance(member.content, Pieces):
            parts[name] = render(member.content, new, withheld, clean)
        elif member.picture:
            parts[name] = bare(member.picture, member.content) if kept else blank(member.picture)
        elif kept:
            parts[name] = member.content
    return parts
