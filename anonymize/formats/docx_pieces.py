"""Nodes of a part as pieces: leaves and stretches of paragraphs become fields."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import regex

from anonymize.formats.docx_grammar import IDENTIFIER
from anonymize.formats.docx_nodes import Leaf, Literal, Node, Paragraph
from anonymize.formats.docx_relations import MAIL, URL
from anonymize.formats.docx_turns import Stretch
from anonymize.formats.pieces import Draft, Part, Piece
from anonymize.formats.speaker_words import HEADER_KEYS
from anonymize.model.fields import SHARED, Encoding, Path, Role

_WORD = regex.compile(r"[\p{L}\p{M}@]+|\d{7,}")
_KEYS = frozenset((*" ".join(HEADER_KEYS).split(), "from", "to", "everyone"))
"""Words that stand before a label or in place of one."""
_EXTRA_ROLES = {Role.OPAQUE: Part.EXTRA}
_BLANKS = " \t\r\n\u00a0"


@dataclass(slots=True)
class Builder:
    """Makes the pieces of one document.

    Attributes:
        draft: Takes fields and sections.
        stretches: By identity of a paragraph, what its stretches are; a paragraph not named
            is of the section around it.
        instead: What stands for a field that lost its value though it may not be missing.
        initials: By field of initials, whose they are.
        authors: By name, a field that it is the value of.
    """

    draft: Draft
    stretches: dict[int, list[Stretch]] = field(default_factory=dict)
    instead: dict[Path, str] = field(default_factory=dict, repr=False)
    initials: dict[Path, str] = field(default_factory=dict, repr=False)
    authors: dict[str, Path] = field(default_factory=dict, repr=False)
    _names: dict[str, str] = field(default_factory=dict, repr=False)
    _count: int = 0
    _key: str = ""

    def part(self, key: str, nodes: Sequence[Node], section: int = SHARED) -> tuple[Piece, ...]:
        """Return the pieces of a part.

        Args:
            key: First step of the paths of its fields.
            nodes: Of the part.
            section: Of what stands in paragraphs nobody named.
        """
        self._key, self._count = key, 0
        return tuple(self._nodes(nodes, section))

    def identifier(self, path: Path, value: str) -> Path:
        """Add a field that is a name others refer to, and return its path."""
        self.draft.current = SHARED
        self.draft.value(path, Role.ID, value, Part.LABEL, kind="other")
        self.instead[path] = self._names.setdefault(value, f"x{len(self._names) + 1}")
        return path

    def _nodes(self, nodes: Sequence[Node], section: int) -> list[Piece]:
        pieces: list[Piece] = []
        for node in nodes:
            if isinstance(node, Literal):
                pieces.append(Piece(node.text, changed=node.changed))
            elif isinstance(node, Leaf):
                pieces.append(self._leaf(node, section))
            else:
                pieces += self._paragraph(node, section)
        return pieces

    def _path(self, name: str) -> Path:
        self._count += 1
        return (self._key, self._count, name)

    def _leaf(self, leaf: Leaf, section: int) -> Piece:
        slot = leaf.slot
        path = self._path(leaf.name)
        if slot is IDENTIFIER:
            self.identifier(path, leaf.raw)
            return Piece(leaf.raw, path, SHARED, Part.LABEL)
        # Only what is said by somebody is withheld with what else she said.
        self.draft.current = section if slot.role is Role.TEXT and not slot.kind else SHARED
        subject = self.draft.speaker(leaf.raw) if slot.role is Role.NAME else slot.subject
        piece = self.draft.value(
            path,
            slot.role,
            leaf.raw,
            slot.part,
            kind=slot.kind,
            subject=subject,
            encoding=Encoding.HTML,
            tail=leaf.tail,
        )
        if leaf.of:
            self.initials[path] = leaf.of
        elif leaf.name == "@author":
            self.authors[leaf.raw] = path
        if slot is URL:
            self.instead[path] = "https://example.org/"
        elif slot is MAIL:
            self.instead[path] = "withheld@example.org"
        return replace(piece, head=leaf.head)

    def _paragraph(self, paragraph: Paragraph, section: int) -> list[Piece]:
        given = self.stretches.get(id(paragraph))
        if given is None:
            given = [Stretch(0, len(paragraph.text), section)]
        stretches = [one for old in given if (one := _trimmed(old, paragraph)) is not None]
        stretches = _covering(sorted(stretches, key=lambda one: one.start), paragraph, section)
        inner = stretches[0].section if stretches else (given[0].section if given else section)
        tags = paragraph.tags
        pieces: list[Piece] = []
        at = step = 0
        for one in stretches:
            first = step
            while step < len(tags) and tags[step][0] <= one.start:
                step += 1
            at = self._between(pieces, paragraph, at, one.start, tags[first:step], inner)
            inner = one.section
            first = step
            while step < len(tags) and tags[step][0] < one.stop:
                step += 1
            within = [
                (place - one.start, self._tag(stands, nodes, inner))
                for place, stands, nodes in tags[first:step]
            ]
            pieces.append(self._stretch(one, paragraph, within))
            at = one.stop
        self._between(pieces, paragraph, at, len(paragraph.text), tags[step:], inner)
        return pieces

    def _tag(self, stands: str, nodes: Sequence[Node], section: int) -> tuple[Piece, ...]:
        return (Piece("", stands=stands), *self._nodes(nodes, section))

    def _between(
        self,
        pieces: list[Piece],
        paragraph: Paragraph,
        at: int,
        stop: int,
        tags: Sequence[tuple[int, str, list[Node]]],
        section: int,
    ) -> int:
        """Add what is markup between two stretches; return where it ends."""
        for place, stands, nodes in tags:
            if at < place:
                pieces.append(Piece(paragraph.text[at:place]))
            pieces += self._nodes(nodes, section)
            at = max(at, place + len(stands))
        if at < stop:
            pieces.append(Piece(paragraph.text[at:stop]))
        return stop

    def _stretch(
        self,
        one: Stretch,
        paragraph: Paragraph,
        tags: Sequence[tuple[int, tuple[Piece, ...]]],
    ) -> Piece:
        name = "speaker" if one.kind == "speaker" else one.role.value
        part = Part.LABEL if one.role is Role.NAME else _EXTRA_ROLES.get(one.role, Part.TEXT)
        if part is Part.EXTRA and tags:
            # What leaves would take its tags along.
            part = Part.TEXT
        self.draft.current = one.section
        piece = self.draft.value(
            self._path(name),
            one.role,
            paragraph.text[one.start : one.stop],
            part,
            kind=one.kind,
            subject=one.subject,
            encoding=Encoding.HTML,
        )
        return replace(piece, tags=tuple(tags))


def _covering(
    stretches: Sequence[Stretch],
    paragraph: Paragraph,
    section: int,
) -> list[Stretch]:
    """Return stretches, with text for whatever they leave out that is no sign, time or key."""
    out: list[Stretch] = []
    at = 0
    for one in (*stretches, None):
        stop = len(paragraph.text) if one is None else one.start
        left = paragraph.text[at:stop]
        if any(word.lower() not in _KEYS for word in _WORD.findall(left)):
            inner = out[-1] if out else next(iter(stretches), None)
            gap = Stretch(at, stop, inner.section if inner else section)
            if (trimmed := _trimmed(gap, paragraph)) is not None:
                out.append(trimmed)
        if one is not None:
            out.append(one)
            at = one.stop
    return out


def _trimmed(one: Stretch, paragraph: Paragraph) -> Stretch | None:
    """Return a stretch without the blanks and signs at its ends; None if nothing is left."""
    text = paragraph.text
    signs = {place for place, stands, _ in paragraph.tags if stands}
    start, stop = one.start, one.stop
    while start < stop and (text[start] in _BLANKS or start in signs):
        start += 1
    while stop > start and (text[stop - 1] in _BLANKS or stop - 1 in signs):
        stop -= 1
    return replace(one, start=start, stop=stop) if start < stop else None


def section_at(stretches: Sequence[Stretch], place: int) -> int | None:
    """Return the section a position of a paragraph belongs to; None where there is none."""
    before = [one for one in stretches if one.start <= place]
    chosen = before[-1:] or stretches[:1]
    return chosen[0].section if chosen else None


Sections = Mapping[tuple[str, str], int]
"""By kind and id of a note or comment, the section that refers to it."""
