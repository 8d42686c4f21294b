"""OpenDocument text (`.odt`, `.ott`, flat `.fodt`), changed in place: every file is read.

What becomes of each element and attribute is told in `odt_grammar`.  Changes that are tracked are
accepted.  The file is one document; its sections are those of plain text (see `docx_turns`), then
one for all headers and footers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from enum import StrEnum

import regex

from anonymize.errors import FormatError
from anonymize.formats import odt_grammar as grammar
from anonymize.formats.archives import open_source
from anonymize.formats.base import Plan, PlanOptions, Source, Texts
from anonymize.formats.docx_nodes import Node, inside
from anonymize.formats.docx_parts import PICTURES
from anonymize.formats.docx_pieces import Builder
from anonymize.formats.docx_turns import Stretch, Turns
from anonymize.formats.odt_manifest import manifest_nodes
from anonymize.formats.odt_walk import walk
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

MIMETYPE = "mimetype"
MANIFEST = "META-INF/manifest.xml"
_FILES = ("content.xml", "styles.xml", "meta.xml", "settings.xml")
_RULED = regex.compile(
    r"Thumbnails/.*|Configurations2/.*|manifest\.rdf|layout-cache|META-INF/(?:document|macro|package)"
    r"signatures\.xml|VersionList\.xml|Versions/.*|Object \d+/.*|ObjectReplacements/.*|Object \d+"
    r"|Basic/.*|Scripts/.*|Dialogs/.*|Fonts/.*|Media/.*|Database/.*|custom\.xml|docProps/.*|.*/",
)
"""Paths of files that are left out by rule."""
_RULED_WORD = regex.compile(r"[A-Za-z]+")
_DATE = regex.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?P<clock>T\d\d:\d\d:\d\d(?:\.\d+)?"
    r"(?:Z|[+-]\d\d:\d\d)?)?)?)?",
)
_FLAT = b"opendocument.text"


class Kind(StrEnum):
    """What becomes of a file of a package."""

    TYPE = "type"
    MANIFEST = "manifest"
    XML = "xml"
    PICTURE = "picture"
    RULE = "rule"
    UNKNOWN = "unknown"


def kind_of(name: str) -> Kind:
    """Return what becomes of a file.

    >>> kind_of("Thumbnails/thumbnail.png").value, kind_of("notes.txt").value
    ('rule', 'unknown')
    """
    if name == MIMETYPE:
        return Kind.TYPE
    if name == MANIFEST:
        return Kind.MANIFEST
    if name in _FILES:
        return Kind.XML
    if _RULED.fullmatch(name):
        return Kind.RULE
    return Kind.PICTURE if picture_of(name) else Kind.UNKNOWN


def picture_of(name: str) -> str:
    """Return the kind of picture a file is; empty for none."""
    found = grammar.picture_name(name)
    if found is None:
        return ""
    suffix = {"jpg": "jpeg", "tif": "tiff"}.get(found[1][1:].lower(), found[1][1:].lower())
    return suffix if suffix in PICTURES.values() else ""


class Odt:
    """The format of OpenDocument text."""

    name = "odt"
    stem = "interview"
    suffixes = (".odt", ".ott", ".fodt")
    rank = 58
    whole = True

    def claims(self, source: Source) -> bool:
        """Whether the source has a suffix of these documents and is a zip, or a flat one."""
        if source.folder or source.member:
            return False
        if source.suffix == ".fodt":
            return _FLAT in source.head
        return source.suffix in self.suffixes and source.head.startswith(b"PK")

    def plan(self, source: Source, first_index: int, options: PlanOptions) -> Plan:
        """Return one shard, the whole file.

        Raises:
            FormatError: If the file is too large.
        """
        if source.size > PACKAGE_LIMITS.member_bytes:
            raise FormatError(f"{source.label}: too large for a transcript")
        return Plan((shard_of(self.name, source, first_index, options),))

    def read(self, shard: Shard) -> Iterator[Document | Problem]:
        """Yield the file as one document, or as a problem if a file in it is unknown.

        Raises:
            FormatError: If it is damaged, refused or no document.
        """
        if shard.output.endswith(".fodt"):
            with open_source(shard) as stream:
                data = stream.read()
            yield _Reader({"": data}, shard.label).document(shard.output)
            return
        members = read_package(shard.source, shard.label)
        unknown = [n for n, name in enumerate(members, 1) if kind_of(name) is Kind.UNKNOWN]
        if unknown and (DROP_UNKNOWN, "yes") not in shard.options:
            yield Problem(UNKNOWN_PART, field=f"part {unknown[0]}")
            return
        yield _Reader(members, shard.label).document(shard.output)

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
        new = _whole(texts, record.instead)
        parts = written(record, new, withheld, _clean, lambda word: _clean(word, _NAME))
        return parts[""] if "" in parts else write_package(parts, MIMETYPE)


_NAME = Piece("", ("name",), SHARED, Place.LABEL)


def _whole(texts: Texts, instead: Mapping[Path, str]) -> dict[Path, str | None]:
    """Return the values with a stand-in for each that may not be missing, and whole dates."""
    new = filled(texts, instead)
    for path, value in new.items():
        if path[-1] == "written" and value is not None:
            new[path] = _date(value)
    return new


def _date(value: str) -> str | None:
    """Return a date as the element must have it (`dateTime`); None for none."""
    match = _DATE.fullmatch(value)
    if match is None:
        return None
    if match["clock"]:
        return value
    return f"{match['year']}-{match['month'] or '01'}-{match['day'] or '01'}T00:00:00"


def _clean(value: str, piece: Piece) -> str:
    value = clean_xml(value, piece)
    if piece.part is Place.LABEL and piece.section == SHARED and piece.path[-1:] != ("text",):
        return regex.sub(r"[^\p{L}\p{N}@/:._-]+", "_", value)
    return value


class _Reader:
    """Reads one package, or a flat document under the empty name."""

    def __init__(self, members: Mapping[str, bytes], label: str) -> None:
        self._members = members
        self._label = label
        self._flat = "" in members
        self._draft = Draft()
        self._builder = Builder(self._draft)
        if self._flat:
            return
        said = members.get(MIMETYPE, b"").decode("ascii", "replace").strip()
        if said not in grammar.TYPES or "content.xml" not in members or MANIFEST not in members:
            raise FormatError(f"{label}: not an OpenDocument text")

    def document(self, scope: str) -> Document:
        """Return the package as one document.

        Raises:
            FormatError: If a file cannot be read, or is locked.
        """
        nodes: dict[str, list[Node]] = {}
        for name in self._members:
            if self._flat or kind_of(name) is Kind.XML:
                label = f"{self._label}, {name}" if name else self._label
                nodes[name] = walk(read_xml(self._members[name], label), label)
        manifest: list[Node] = []
        if not self._flat:
            manifest = manifest_nodes(self._members[MANIFEST], self._kept, self._label)
        main = "" if self._flat else "content.xml"
        paragraphs = list(inside(nodes[main]))
        turns = Turns(paragraphs, self._draft)
        if self._draft.current < 0:
            self._draft.begin("0")
        last = 0
        for number, paragraph in enumerate(paragraphs):
            stretches = turns.stretches[number] or [Stretch(0, 0, last)]
            self._builder.stretches[id(paragraph)] = stretches
            last = stretches[-1].section
        built: dict[str, tuple[Piece, ...]] = {}
        for name in sorted(nodes, key=lambda one: (one != main, one)):
            section = SHARED
            if name != main and any(one.text.strip() for one in inside(nodes[name])):
                section = self._draft.begin("margins")
            built[name] = self._builder.part(
                name.partition(".")[0] or "document", nodes[name], section
            )
        members = [
            self._member(number, name, built, manifest)
            for number, name in enumerate(self._members, 1)
        ]
        document = self._draft.document(read_xml(b"<a/>", "").charset, scope)
        return replace(document, record=Package(tuple(members), self._builder.instead))

    def _member(
        self,
        number: int,
        name: str,
        built: Mapping[str, tuple[Piece, ...]],
        manifest: list[Node],
    ) -> Member:
        data = self._members[name]
        if name in built:
            return Member(name, Pieces(built[name], read_xml(data, self._label).charset))
        kind = kind_of(name)
        if kind is Kind.TYPE:
            return Member(name, data)
        if kind is Kind.MANIFEST:
            pieces = self._builder.part("manifest", manifest)
            return Member(name, Pieces(pieces, read_xml(data, self._label).charset))
        word = _RULED_WORD.match(name)
        told = word[0].lower() if kind is Kind.RULE and word else "part"
        path: Path = ("parts", told, number)
        if kind is Kind.PICTURE:
            path = ("parts", number, "picture")
        self._draft.current = SHARED
        self._draft.value(
            path,
            Role.OPAQUE,
            name,
            Place.EXTRA,
            kind="unknown" if kind is Kind.UNKNOWN else "rule",
        )
        found = grammar.picture_name(name)
        if kind is not Kind.PICTURE or found is None:
            return Member(name, data, path)
        named: Path = ()
        if not grammar.is_stem(found[0]):
            named = self._builder.identifier(("parts", "name", number), found[0])
        start = len(name) - len("".join(found))
        return Member(name, data, path, picture_of(name), named, (start, start + len(found[0])))

    def _kept(self, name: str) -> bool:
        return name == "/" or (name in self._members and kind_of(name) in {Kind.XML, Kind.PICTURE})


FORMAT = Odt()
