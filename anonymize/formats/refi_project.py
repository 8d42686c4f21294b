"""A REFI-QDA project as one document: its XML, the texts of its sources, its codings.

The XML is taken apart by its grammar; then every text is cut into turns, the way its positions
are counted is found, and every position and every name that quotes a text is tied to it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import regex

from anonymize.errors import FormatError
from anonymize.formats.base import Texts
from anonymize.formats.charset import GUESSED, Charset, Text
from anonymize.formats.pieces import Draft, Part, Piece, Pieces, render
from anonymize.formats.refi_counting import Counting, calibrate
from anonymize.formats.refi_grammar import Holder, RefiGrammar, Selection
from anonymize.formats.refi_texts import (
    SourceText,
    Stretch,
    adopt,
    clean_inline,
    clean_text,
    moved,
    xml_stretch,
)
from anonymize.formats.refi_ties import Ties
from anonymize.formats.refi_words import NAMESPACE, ROOTS
from anonymize.formats.xml_pieces import take_apart
from anonymize.formats.xml_text import Kind, read_xml, tokens
from anonymize.model.documents import Document, Problem
from anonymize.model.fields import Field, Path

COUNTED = "positions-guessed"
"""Code of the problem that says nothing told how the positions of a source are counted."""
_ATTRIBUTES = 100
"""The standard has twelve at most."""
_CDATA = "<![CDATA["
_OPENS = regex.compile(r"<[^/!?]")
_SUFFIX = regex.compile(r"\.[A-Za-z0-9]{1,5}$")
_SAFE = regex.compile(r"\{?[A-Za-z0-9-]{1,80}\}?")
_NONE = -1


@dataclass(frozen=True, slots=True)
class Members:
    """Files of a project that are plain text of its sources.

    Attributes:
        names: Their names, by what they are compared by (`refi_grammar.internal_file`).
        texts: What each of them holds, by its name.
    """

    names: Mapping[str, str] = field(default_factory=dict, repr=False)
    texts: Mapping[str, Text] = field(default_factory=dict, repr=False)


@dataclass(frozen=True, slots=True)
class File:
    """The text file of a source: its member, its text, and where its new name comes from."""

    member: str = field(repr=False)
    text: int
    links: tuple[Path, ...]
    stem: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Project:
    """The record of a project.

    Attributes:
        main: Its XML.
        texts: The texts of its sources, inline ones too.
        files: Those that are files.
        fixed: Values that stay: positions in texts that are not there.
        turns: Sections that are turns of texts.
    """

    main: Pieces
    texts: tuple[SourceText, ...] = field(repr=False)
    files: tuple[File, ...]
    fixed: tuple[tuple[Path, str], ...] = field(repr=False)
    turns: frozenset[int] = frozenset()


def load_project(data: bytes, label: str) -> Text:
    """Return the XML of a project or codebook.

    Raises:
        FormatError: If it is not well-formed, is refused, or is neither.
    """
    text = read_xml(data, label)
    for number, one in enumerate(
        one for one in tokens(text, label) if one.kind in {Kind.START, Kind.EMPTY}
    ):
        known = one.local in ROOTS and NAMESPACE.fullmatch(one.space)
        if not number and not known:
            raise FormatError(f"{label}: neither a REFI-QDA project nor a codebook")
        if len(one.attributes) > _ATTRIBUTES:
            raise FormatError(f"{label}: element {number + 1} has too many attributes")
    return text


@dataclass(frozen=True, slots=True)
class Reading:
    """A project as read: a document still without record, its record, what was guessed."""

    document: Document
    record: Project
    problems: tuple[Problem, ...]


def read_project(text: Text, members: Members, label: str, scope: str) -> Reading:
    """Return a project that was loaded as one document.

    Raises:
        FormatError: If it cannot be cut.
    """
    draft = Draft()
    grammar = RefiGrammar(members.names)
    take_apart(text, grammar, draft, label)
    maker = _Maker(text.charset, members, draft, grammar)
    record = maker.make()
    document = draft.document(text.charset, scope)
    document = replace(document, fields=tuple(maker.fields()), record=None)
    return Reading(document, record, tuple(maker.problems))


class _Maker:
    """Does what could not be done while the XML was read."""

    def __init__(
        self, charset: Charset, members: Members, draft: Draft, grammar: RefiGrammar
    ) -> None:
        self._charset = charset
        self._members = members
        self._draft = draft
        self._grammar = grammar
        self._edits: dict[Path, Field | None] = {}
        self._texts: list[SourceText] = []
        self._by_member: dict[str, int] = {}
        self._links: dict[str, list[Path]] = {}
        self._contents: dict[int, SourceText] = {}
        self._turns: set[int] = set()
        self._fixed: list[tuple[Path, str]] = []
        self.problems: list[Problem] = []

    def fields(self) -> Iterator[Field]:
        """Yield the fields of the draft as they are now."""
        for one in self._draft.fields:
            edited = self._edits.get(one.path, one)
            if edited is not None:
                yield edited

    def make(self) -> Project:
        """Return the record, and leave the fields and sections in the draft."""
        counts: dict[int, list[Selection]] = {}
        for holder in self._grammar.holders:
            at = self._text(holder)
            if at is None or not self._texts[at].pieces:
                self._stay(holder.selections)
            else:
                counts.setdefault(at, []).extend(holder.selections)
        for at, selections in sorted(counts.items()):
            if selections:
                self._texts[at] = self._tie(self._texts[at], selections)
        main = Pieces(tuple(self._main()), self._charset)
        return Project(
            main,
            tuple(self._texts),
            tuple(self._files()),
            tuple(self._fixed),
            frozenset(self._turns),
        )

    def _text(self, holder: Holder) -> int | None:
        """Return which text positions of an element count in; None for none."""
        found: int | None = None
        for start in holder.contents:
            self._contents[start] = self._inline(start)
            self._texts.append(self._contents[start])
            found = len(self._texts) - 1 if found is None else found
        if not holder.member:
            return found
        if holder.member not in self._by_member:
            self._by_member[holder.member] = len(self._texts)
            text = self._members.texts[holder.member]
            if text.charset.guessed:
                self.problems.append(Problem(GUESSED, withheld=False))
            pairs = list(self._adopted(Stretch(text.content, text.content)))
            self._texts.append(_source(pairs, text.charset, inline=False))
        link = self._draft.fields[holder.link].path
        self._links.setdefault(holder.member, []).append(link)
        return self._by_member[holder.member] if found is None else found

    def _adopted(self, stretch: Stretch, number: int = 0) -> Iterator[tuple[Piece, str]]:
        """Yield the pieces of a text, its sections and fields added to the draft."""
        at = len(self._texts)
        root: Path = ("texts", at, number) if number else ("texts", at)
        name = f"text-{at}.{number}" if number else f"text-{at}"
        for piece, plain in adopt(self._draft, stretch, root, name):
            if piece.path:
                self._turns.add(piece.section)
            yield piece, plain

    def _inline(self, start: int) -> SourceText:
        """Return the text of a `PlainTextContent` that begins at a piece of the draft."""
        pairs: list[tuple[Piece, str]] = []
        first, last = self._extent(start)
        for number, piece in enumerate(self._draft.pieces[first:last]):
            raw = piece.text
            if piece.path:
                pairs.append((piece, ""))
            elif raw.startswith(_CDATA):
                pairs.append((Piece(raw[:9]), ""))
                pairs += self._adopted(xml_stretch(raw[9:-3], cdata=True), number)
                pairs.append((Piece(raw[-3:]), ""))
            else:
                pairs += self._adopted(xml_stretch(raw), number)
        return _source(pairs, self._charset, inline=True)

    def _extent(self, start: int) -> tuple[int, int]:
        """Return the pieces between a start tag and its end tag; elements inside are pieces."""
        pieces = self._draft.pieces
        first = start
        while pieces[first].path or not pieces[first].text.endswith(">"):
            first += 1
        if pieces[first].text.endswith("/>"):
            return first + 1, first + 1
        last = first + 1
        while pieces[last].path or not pieces[last].text.startswith("</"):
            last += 1
        return first + 1, last

    def _stay(self, selections: Sequence[Selection]) -> None:
        """Leave positions as they are: the text they count in is not here."""
        for one in selections:
            for at in (one.start, one.end):
                if at != _NONE:
                    found = self._draft.fields[at]
                    self._edits[found.path] = None
                    self._fixed.append((found.path, found.value))

    def _tie(self, source: SourceText, selections: Sequence[Selection]) -> SourceText:
        """Return a text with the positions and quotes of it."""
        ties = Ties(self._draft.fields, source, selections)
        first = Counting(line_end=1) if "ATLAS" in self._grammar.origin else Counting()
        counting, guessed = calibrate(
            source.text,
            ties.coded(),
            marked=bool(source.charset.bom) and not source.inline,
            first=first,
        )
        if guessed:
            self.problems.append(Problem(COUNTED, withheld=False))
        tied, edits = ties.tie(counting)
        self._edits.update(edits)
        return tied

    def _main(self) -> Iterator[Piece]:
        """Yield the pieces of the XML with all texts in their places."""
        optional = {self._draft.fields[at].path for at in self._grammar.optional}
        pieces = self._draft.pieces
        out: list[Piece] = []
        at = 0
        while at < len(pieces):
            piece = pieces[at]
            if at in self._contents:
                first, last = self._extent(at)
                out += pieces[at:first]
                out += self._contents[at].pieces
                at = last
                continue
            if piece.path in optional:
                at += _leave_together(out, piece, pieces[at + 1 :])
            else:
                out.append(piece)
            at += 1
        return iter(out)

    def _files(self) -> Iterator[File]:
        for member, at in self._by_member.items():
            links = tuple(self._links[member])
            (stem,) = {one.value for one in self._draft.fields if one.path == links[0]}
            yield File(member, at, links, stem)


def _leave_together(out: list[Piece], value: Piece, behind: Sequence[Piece]) -> int:
    """Add the value of an element so that the element leaves with it.

    Args:
        out: The pieces before it; its start tag is taken from there.
        value: The value.
        behind: The pieces behind it.

    Returns:
        How many of these belong to the element.
    """
    first = len(out) - 1
    while not out[first].path and not _OPENS.match(out[first].text):
        first -= 1
    last = 0
    while not behind[last].path and not behind[last].text.startswith("</"):
        last += 1
    if out[first].path or behind[last].path or value.tags:
        # With a comment in it the element stays.
        out.append(value)
        return 0
    head = "".join(one.text for one in out[first:])
    tail = "".join(one.text for one in behind[: last + 1])
    out[first:] = [replace(value, part=Part.EXTRA, head=head, tail=tail)]
    return last + 1


def _source(pairs: Sequence[tuple[Piece, str]], charset: Charset, *, inline: bool) -> SourceText:
    pieces, plains = tuple(one for one, _ in pairs), tuple(plain for _, plain in pairs)
    return SourceText(pieces, plains, inline, charset)


def rebuild_project(
    record: Project,
    texts: Texts,
    withheld: frozenset[int],
) -> tuple[bytes, dict[str, bytes]]:
    """Return the XML of a project with new values, and the texts of its sources by member."""
    values = {**texts, **dict(record.fixed)}
    files: dict[str, bytes] = {}
    for source in record.texts:
        values.update(moved(source, texts, withheld))
    for number, one in enumerate(record.files, 1):
        stem = values.get(one.links[0])
        name = one.member
        if stem != one.stem:
            if stem is None or not _SAFE.fullmatch(stem):
                stem = f"source-{number}"
            values.update(dict.fromkeys(one.links, stem))
            suffix = _SUFFIX.search(one.member)
            folder = "Sources/" if one.member.startswith("Sources/") else "sources/"
            name = folder + stem + (suffix[0] if suffix else "")
        source = record.texts[one.text]
        whole = Pieces(source.pieces, source.charset)
        files[name] = render(whole, values, frozenset(), clean_text)
    main = render(record.main, values, withheld - record.turns, clean_inline)
    return main, files
