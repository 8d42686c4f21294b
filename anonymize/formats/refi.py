"""REFI-QDA: projects (`.qdpx`, `.qde`) and codebooks (`.qdc`) of programs for qualitative analysis.

A project is one document: texts of sources and codings of them are read and written together.
Files that are no plain text (rich text beside a plain one, PDF, pictures, audio, video) are left
out, and what pointed to them with them; a PDF keeps the text that represents it.

Source: REFI-QDA Standard 1.5; see `refi_words`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from anonymize.errors import FormatError
from anonymize.formats.archives import open_file
from anonymize.formats.base import Dropped, Plan, PlanOptions, Source, Texts
from anonymize.formats.charset import Text
from anonymize.formats.packages import write_package
from anonymize.formats.refi_package import Package
from anonymize.formats.refi_project import (
    Members,
    Project,
    load_project,
    read_project,
    rebuild_project,
)
from anonymize.formats.spoken import MAX_BYTES
from anonymize.model.documents import Document, Problem, Shard

_PACKED = ".qdpx"


@dataclass(frozen=True, slots=True)
class _Record:
    """What is read of a project: its XML's place in the package, empty for none, and the rest."""

    place: str
    project: Project


@dataclass(frozen=True, slots=True)
class Refi:
    """Reader and writer of projects and codebooks."""

    name: str = "refi-qda"
    stem: str = "project"
    suffixes: tuple[str, ...] = (".qdpx", ".qde", ".qdc")
    rank: int = 20
    whole: bool = True

    def claims(self, source: Source) -> bool:
        """Whether a file has a suffix of the standard."""
        return not source.folder and source.suffix in self.suffixes

    def plan(self, source: Source, first_index: int, options: PlanOptions) -> Plan:
        """Return one shard, the whole project, and the files of it that are left out.

        Raises:
            FormatError: If it is none, or is refused.
        """
        dropped: tuple[Dropped, ...] = ()
        if source.suffix == _PACKED:
            package = Package(source.path, source.label)
            package.check()
            dropped = tuple(dict.fromkeys(package.dropped(source.output)))
        elif source.size > MAX_BYTES:
            raise FormatError(f"{source.label}: too large for a project")
        else:
            _load(source.path, source.label)
        shard = Shard(
            index=first_index,
            format=self.name,
            source=source.path,
            label=source.label,
            output=source.output,
            options=(("encoding", options.encoding),) if options.encoding else (),
        )
        return Plan((shard,), dropped)

    def read(self, shard: Shard) -> Iterator[Document | Problem]:
        """Yield the project as one document, after what had to be guessed.

        Raises:
            FormatError: If it is none.
        """
        place, members = "", Members()
        if shard.output.endswith(_PACKED):
            package = Package(shard.source, shard.label)
            place, text = package.main.name, package.text
            members = package.members(dict(shard.options).get("encoding"))
        else:
            text = _load(shard.source, shard.label)
        project = read_project(text, members, shard.label, shard.output)
        yield from project.problems
        yield replace(project.document, record=_Record(place, project.record))

    def rebuild(
        self,
        document: Document,
        texts: Texts,
        withheld: frozenset[int] = frozenset(),
    ) -> bytes:
        """Return the project with new values and every coding where its words are now."""
        record = document.record
        if not isinstance(record, _Record):
            raise TypeError("not a document of this format")
        main, files = rebuild_project(record.project, texts, withheld)
        if not record.place:
            return main
        return write_package({record.place: main, **files})


def _load(path: str, label: str) -> Text:
    with open_file(path, label) as stream:
        return load_project(stream.read(MAX_BYTES + 1), label)


FORMAT = Refi()
