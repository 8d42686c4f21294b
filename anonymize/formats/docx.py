"""Word-processing documents (`.docx`), changed in place: every part of the package is read.

What becomes of each part is told in `docx_parts`, of each element and attribute in
`docx_grammar`.  Changes that are tracked are accepted: what was inserted stays, what was deleted
is gone, and who changed what when.  The file is one document; its sections are those of plain
text (see `docx_turns`), then one a note or comment nobody refers to, and one a header or footer.

Macros are refused (save as `.docx`), and so is a document behind a password.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

import regex

from anonymize.errors import FormatError
from anonymize.formats.archives import list_archive
from anonymize.formats.base import Plan, PlanOptions, Source, Texts
from anonymize.formats.docx_grammar import Context
from anonymize.formats.docx_nodes import Node, Paragraph, inside
from anonymize.formats.docx_parts import (
    CONTENT_TYPES,
    Kind,
    Part,
    key_of,
    kind_of,
    own_name,
    picture_of,
    relations_of,
)
from anonymize.formats.docx_pieces import Builder, section_at
from anonymize.formats.docx_relations import Relations, read_types, relations, types_nodes
from anonymize.formats.docx_turns import Stretch, Turns
from anonymize.formats.docx_walk import walk
from anonymize.formats.office_package import (
    DROP_UNKNOWN,
    UNKNOWN_PART,
    Member,
    Package,
    filled,
    shard_of,
    written,
)
from anonymize.formats.packages import PACKAGE_LIMITS, read_package, write_package
from anonymize.formats.pieces import Draft, Piece, Pieces
from anonymize.formats.pieces import Part as Place
from anonymize.formats.xml_pieces import clean_xml
from anonymize.formats.xml_text import read_xml
from anonymize.model.documents import Document, Problem, Shard
from anonymize.model.fields import SHARED, Path, Role

_SUFFIXES = (".docx", ".dotx", ".docm", ".dotm")
_LOCKED = b"\xd0\xcf\x11\xe0"
"""A document behind a password is a compound file (MS-CFB 2.2), and so is an old `.doc`."""
_DATE = regex.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?P<clock>T\d\d:\d\d(?::\d\d(?:\.\d+)?)?"
    r"(?:Z|[+-]\d\d:\d\d)?)?)?)?",
)
_MAX_XML = 32 * 1024 * 1024
"""Bytes of a part of text: some two thousand pages."""
_XML_KINDS = frozenset((Kind.MAIN, Kind.STORY, Kind.MARKUP))


class Docx:
    """The format of word-processing documents."""

    name = "docx"
    stem = "interview"
    suffixes = (".docx", ".dotx")
    rank = 58
    whole = True

    def claims(self, source: Source) -> bool:
        """Whether the source has a suffix of these documents and is a zip, or locked."""
        known = source.suffix in _SUFFIXES and source.head.startswith((b"PK", _LOCKED))
        return not source.folder and not source.member and known

    def plan(self, source: Source, first_index: int, options: PlanOptions) -> Plan:
        """Return one shard, the whole file.

        Raises:
            FormatError: If the document is locked, of an old kind or holds macros.
        """
        if source.head.startswith(_LOCKED):
            raise FormatError(
                f"{source.label}: is locked or of an old kind; save it without a password as .docx",
            )
        return Plan((shard_of(self.name, source, first_index, options),))

    def read(self, shard: Shard) -> Iterator[Document | Problem]:
        """Yield the file as one document, or as a problem if a part of it is unknown.

        Raises:
            FormatError: If it is damaged, refused or no document.
        """
        for entry in list_archive(shard.source, shard.label, PACKAGE_LIMITS):
            if entry.name.endswith((".xml", ".rels")) and entry.size > _MAX_XML:
                raise FormatError(
                    f"{shard.label}, entry {entry.number}: too large for an interview"
                )
        members = read_package(shard.source, shard.label)
        reader = _Reader(members, shard.label)
        unknown = [one for one in reader.parts if one.kind is Kind.UNKNOWN]
        if unknown and (DROP_UNKNOWN, "yes") not in shard.options:
            yield Problem(UNKNOWN_PART, field=f"part {unknown[0].number}")
            return
        yield reader.document(shard.output)

    def rebuild(
        self,
        document: Document,
        texts: Texts,
        withheld: frozenset[int] = frozenset(),
    ) -> bytes:
        """Return the file with new values; the text of a withheld section is `[withheld]`."""
        record = document.record
        if not isinstance(record, Package):
            raise TypeError("not a document of this format")
        new = _whole(texts, record)
        return write_package(written(record, new, withheld, _clean, _stem))


def _stem(word: str) -> str:
    return regex.sub(r"\W+", "_", word)


def _whole(texts: Texts, record: Package) -> dict[Path, str | None]:
    """Return the values with stand-ins where they may not be missing, dates and initials whole."""
    new = filled(texts, record.instead)
    for path, author in record.initials.items():
        if new.get(path) is None and (name := new.get(author)):
            new[path] = "".join(word[0] for word in regex.findall(r"\w+", name))
    for path, value in new.items():
        if path[-1] in {"@date", "@fullDate"} and value is not None:
            new[path] = _date(value)
    return new


def _date(value: str) -> str | None:
    """Return a date as the attribute must have it (`xsd:dateTime`); None for none.

    >>> _date("2016-11"), _date("2016-11-22T09:00:00Z"), _date("spring")
    ('2016-11-01T00:00:00Z', '2016-11-22T09:00:00Z', None)
    """
    match = _DATE.fullmatch(value)
    if match is None:
        return None
    if match["clock"]:
        return value
    return f"{match['year']}-{match['month'] or '01'}-{match['day'] or '01'}T00:00:00Z"


def _clean(value: str, piece: Piece) -> str:
    value = clean_xml(value, piece)
    return regex.sub(r"\s+", "_", value) if piece.part is Place.LABEL and _is_name(piece) else value


_WITH_BLANKS = frozenset(
    (("@author",), ("property-creator",), ("property-lastModifiedBy",)),
)


def _is_name(piece: Piece) -> bool:
    return piece.section == SHARED and piece.path[-1:] not in _WITH_BLANKS


class _Reader:
    """Reads one package.

    Args:
        members: What each member of the zip holds, by name.
        label: How messages name the file.
    """

    def __init__(self, members: Mapping[str, bytes], label: str) -> None:
        self._members = members
        self._label = label
        if CONTENT_TYPES not in members:
            raise FormatError(f"{label}: not a word-processing document")
        self._types = read_types(read_xml(members[CONTENT_TYPES], label), label)
        self.parts = [self._part(number, name) for number, name in enumerate(members, 1)]
        self._kept = {
            one.name: one for one in self.parts if one.kind in _XML_KINDS | {Kind.PICTURE}
        }
        if any(one.kind is Kind.MACROS for one in self.parts):
            raise FormatError(f"{label}: holds macros; save it as .docx")
        self._relations: dict[str, Relations] = {}
        for one in self.parts:
            source = relations_of(one.name)
            if one.kind is Kind.RELATIONS and (not source or source in self._kept):
                text = read_xml(members[one.name], self._named(one))
                self._relations[source] = relations(text, source, self._kept, self._named(one))
        main = self._relations[""].main if "" in self._relations else ""
        if main not in self._kept or self._kept[main].kind is not Kind.MAIN:
            raise FormatError(f"{label}: has no main document")
        self._main = main
        self._draft = Draft()
        self._builder = Builder(self._draft)

    def _part(self, number: int, name: str) -> Part:
        said = self._types.of(name)
        kind = kind_of(name, said)
        picture = picture_of(name, said) if kind is Kind.PICTURE else ""
        return Part(name, kind, key_of(name, kind, number), number, picture, own_name(name))

    def _named(self, part: Part) -> str:
        """Return how messages name a part."""
        return f"{self._label}, {part.key}"

    def document(self, scope: str) -> Document:
        """Return the package as one document.

        Raises:
            FormatError: If a part cannot be read.
        """
        nodes = {one.name: self._walk(one) for one in self.parts if one.kind in _XML_KINDS}
        sections = self._body(list(inside(nodes[self._main])))
        built: dict[str, tuple[Piece, ...]] = {}
        order = sorted(nodes, key=lambda name: (name != self._main, name))
        for name in order:
            part = self._kept[name]
            section = SHARED
            if part.kind is Kind.STORY:
                section = self._story(part, list(inside(nodes[name])), sections)
            built[name] = self._builder.part(part.key, nodes[name], section)
        members = [self._member(one, built) for one in self.parts]
        document = self._draft.document(read_xml(b"<a/>", "").charset, scope)
        authors = self._builder.authors
        record = Package(
            tuple(one for one in members if one is not None),
            self._builder.instead,
            {path: authors[name] for path, name in self._builder.initials.items()},
        )
        return replace(document, record=record)

    def _walk(self, part: Part) -> list[Node]:
        label = self._named(part)
        text = read_xml(self._members[part.name], label)
        found = self._relations.get(part.name)
        return walk(text, Context(found.kept if found else frozenset()), label)

    def _body(self, paragraphs: list[Paragraph]) -> dict[tuple[str, str], int]:
        """Cut the body into turns; return the section of each note and comment referred to."""
        turns = Turns(paragraphs, self._draft)
        if self._draft.current < 0:
            self._draft.begin("0")
        sections: dict[tuple[str, str], int] = {}
        last = 0
        for number, paragraph in enumerate(paragraphs):
            stretches = turns.stretches[number]
            self._builder.stretches[id(paragraph)] = stretches or [
                Stretch(0, 0, last),
            ]
            for kind, own, place in paragraph.refers:
                found = section_at(stretches, place)
                sections.setdefault((kind, own), last if found is None else found)
            if stretches:
                last = stretches[-1].section
        return sections

    def _story(
        self,
        part: Part,
        paragraphs: list[Paragraph],
        sections: dict[tuple[str, str], int],
    ) -> int:
        """Give each note the section that refers to it, a header or footer one of its own."""
        own = SHARED
        for paragraph in paragraphs:
            if not paragraph.text.strip():
                continue
            section = sections.get(paragraph.story)
            if section is None:
                if own == SHARED or paragraph.story[0]:
                    own = self._draft.begin(f"{part.key}-{paragraph.story[1]}".rstrip("-"))
                    if paragraph.story[0]:
                        sections[paragraph.story] = own
                section = own
            self._builder.stretches[id(paragraph)] = [Stretch(0, len(paragraph.text), section)]
        return own

    def _member(
        self,
        part: Part,
        built: Mapping[str, tuple[Piece, ...]],
    ) -> Member | None:
        """Return a part as it is written back; None for what leaves without a trace."""
        data = self._members[part.name]
        named: Path = ()
        if part.name in self._kept and part.named != (0, 0):
            word = part.name[slice(*part.named)]
            named = self._builder.identifier(("parts", part.key, "name"), word)
        if part.name in built:
            charset = read_xml(data, self._label).charset
            return Member(part.name, Pieces(built[part.name], charset), (), "", named, part.named)
        if part.kind is Kind.PICTURE:
            path: Path = ("parts", part.key, "picture")
            self._opaque(path, part.name, "rule")
            return Member(part.name, data, path, part.picture, named, part.named)
        label = self._named(part)
        if part.kind is Kind.TYPES:
            text = read_xml(data, label)
            found = types_nodes(text, self._kept, label)
            return Member(part.name, Pieces(self._builder.part(part.key, found), text.charset))
        source = relations_of(part.name)
        if part.kind is Kind.RELATIONS and source in self._relations:
            text = read_xml(data, label)
            pieces = self._builder.part(part.key, self._relations[source].nodes)
            return Member(part.name, Pieces(pieces, text.charset))
        unknown = part.kind is Kind.UNKNOWN
        path = ("parts", "part" if unknown else part.key, part.number)
        self._opaque(path, part.name, "unknown" if unknown else "rule")
        return Member(part.name, data, path)

    def _opaque(self, path: Path, value: str, kind: str) -> None:
        self._draft.current = SHARED
        self._draft.value(path, Role.OPAQUE, value, Place.EXTRA, kind=kind)


FORMAT = Docx()
