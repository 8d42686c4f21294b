"""Grammars of XML transcripts as tables: elements, attributes and texts by name.

A name is that of the element or attribute, with the prefix the table gives its namespace.  A
table knows an element by its own name, or by `parent/name` where the parent matters; a value by
`element@attribute`, `@attribute` for one that is the same everywhere, or `element` for its text.
What no table names is unknown.
"""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from anonymize.errors import FormatError
from anonymize.formats.charset import Charset, Text
from anonymize.formats.pieces import Draft
from anonymize.formats.xml_pieces import (
    LITERAL,
    UNKNOWN,
    Slot,
    Treatment,
    Use,
    take_apart,
)
from anonymize.formats.xml_text import Attribute, Kind, Token, read_xml, tokens

XML = "http://www.w3.org/XML/1998/namespace"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
HEADER = "header"
"""Name of the section of what no turn owns."""

Trail: TypeAlias = Sequence[Token]
Rule: TypeAlias = "Callable[[Sheet, Trail, str, Draft], Use]"
"""Says of a value what it is: gets the file, the elements around, the value and the draft."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What a format is made of.

    Attributes:
        spaces: Prefix in the tables by namespace; elements of others are unknown.
        elements: What becomes of each element.
        values: What each attribute and text is.
        sections: Elements that are records; the outermost counts.
        within: Element without which there is no record; empty for none.
        speaks: Attributes that say who speaks, as `element@attribute` or `@attribute`.
    """

    spaces: Mapping[str, str]
    elements: Mapping[str, Treatment]
    values: Mapping[str, Rule]
    sections: frozenset[str]
    within: str = ""
    speaks: frozenset[str] = frozenset()

    def name(self, space: str, local: str) -> str:
        """Return what the tables call an element; empty for one of a namespace nobody knows."""
        prefix = self.spaces.get(space)
        return "" if prefix is None else prefix + local


def listed(treatment: Treatment, names: str) -> dict[str, Treatment]:
    """Return a row of a table of elements for each name in a list parted by blanks."""
    return dict.fromkeys(names.split(), treatment)


@dataclass(slots=True)
class Sheet:
    """One file while it is taken apart: its tables, and what is known of it as a whole.

    Attributes:
        tables: Of the format.
        people: Ids of speakers, without references, each with the label that stands for her
            (`Draft.speaker`).
        ids: All ids of the file, without references.
        said: Ids of who speaks in each record, by where it starts.
    """

    tables: Tables
    people: Mapping[str, str] = field(default_factory=dict, repr=False)
    ids: frozenset[str] = field(default=frozenset(), repr=False)
    said: Mapping[int, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _begun: dict[int, int] = field(default_factory=dict)
    _authors: dict[int, str] = field(default_factory=dict)
    _here: int = -1
    _record: int = 0

    def element(self, trail: Trail) -> Treatment:
        """Return what becomes of an element."""
        name = self.name(trail[-1])
        around = self.name(trail[-2]) if len(trail) > 1 else ""
        known = self.tables.elements
        return known.get(f"{around}/{name}") or known.get(name, Treatment.UNKNOWN)

    def enter(self, trail: Trail, draft: Draft) -> None:
        """Make the record a block belongs to the current section."""
        self._place(trail, draft)

    def attribute(self, trail: Trail, attribute: Attribute, draft: Draft) -> Use:
        """Return what an attribute is."""
        self._place(trail, draft)
        prefix = {"": "", XML: "xml:"}.get(attribute.space, self.tables.spaces.get(attribute.space))
        if prefix is None:
            return UNKNOWN
        name = f"@{prefix}{attribute.local}"
        values = self.tables.values
        rule = values.get(self.name(trail[-1]) + name) or values.get(name)
        if not attribute.value.strip():
            return LITERAL
        return rule(self, trail, attribute.value, draft) if rule else UNKNOWN

    def text(self, trail: Trail, value: str, draft: Draft) -> Slot | None:
        """Return what a text is."""
        self._place(trail, draft)
        name = self.name(trail[-1])
        around = self.name(trail[-2]) if len(trail) > 1 else ""
        values = self.tables.values
        rule = values.get(f"{around}/{name}") or values.get(name)
        use = rule(self, trail, value, draft) if rule else UNKNOWN
        return UNKNOWN if isinstance(use, tuple) else use

    def name(self, token: Token) -> str:
        """Return what the tables call an element."""
        return self.tables.name(token.space, token.local)

    def author(self, draft: Draft) -> str:
        """Return the subject of the one who speaks in the current record; empty for none."""
        return self._authors.get(draft.current, "")

    def _place(self, trail: Trail, draft: Draft) -> None:
        here = trail[-1].start if trail else -1
        if here != self._here:
            self._here = here
            self._record = self._find(trail, draft)
        draft.current = self._record

    def _find(self, trail: Trail, draft: Draft) -> int:
        """Return the record an element belongs to, begun if it is the first of it."""
        within = not self.tables.within
        for token in trail:
            name = self.name(token)
            within = within or name == self.tables.within
            if within and name in self.tables.sections:
                if token.start not in self._begun:
                    self._begun[token.start] = draft.begin(str(len(self._begun)))
                    self._spoken(self.speakers(token, trail), draft)
                return self._begun[token.start]
        return 0

    def speakers(self, record: Token, _trail: Trail) -> tuple[str, ...]:
        """Return the labels of who speaks in a record."""
        return tuple(self.people.get(one, one) for one in self.said.get(record.start, ()))

    def _spoken(self, labels: tuple[str, ...], draft: Draft) -> None:
        if labels:
            if len(labels) == 1:
                self._authors[draft.current] = draft.speaker(labels[0])
            draft.author(draft.speakers(labels))


def survey(tables: Tables, found: Sequence[Token]) -> dict[int, tuple[str, ...]]:
    """Return the ids of who speaks in each record, by where it starts, in order, each once."""
    said: dict[int, dict[str, None]] = {}
    record: list[tuple[int, int]] = []
    within: list[int] = []
    for token in found:
        if token.kind is Kind.END:
            if record and record[-1][1] == token.depth:
                record.pop()
            if within and within[-1] == token.depth:
                within.pop()
            continue
        if token.kind not in {Kind.START, Kind.EMPTY}:
            continue
        name = tables.name(token.space, token.local)
        if name == tables.within and token.kind is Kind.START:
            within.append(token.depth)
        inside = bool(within) or not tables.within
        if inside and not record and name in tables.sections:
            said[token.start] = {}
            if token.kind is Kind.START:
                record.append((token.start, token.depth))
            at = token.start
        elif record:
            at = record[0][0]
        else:
            continue
        for one in token.attributes:
            key = "@" + tables.spaces.get(one.space, "?") * bool(one.space) + one.local
            if {key, name + key} & tables.speaks:
                words = (word.lstrip("#") for word in html.unescape(one.value).split())
                said[at].update(dict.fromkeys(word for word in words if word))
    return {at: tuple(ids) for at, ids in said.items()}


def cut(content: str, label: str, roots: frozenset[str]) -> list[Token]:
    """Return the tokens of a file.

    Args:
        content: The file.
        label: How messages name it.
        roots: Local names its first element may have.

    Raises:
        FormatError: If it cannot be cut, or begins with another element.
    """
    found = list(tokens(Text(content, Charset("utf-8")), label))
    first = next((one for one in found if one.kind in {Kind.START, Kind.EMPTY}), None)
    if first is None or first.local not in roots:
        names = " or ".join(sorted(roots))
        raise FormatError(f"{label}: does not begin with the element {names}")
    return found


def taken(content: str, label: str, sheet: Sheet, found: list[Token]) -> Draft:
    """Return the pieces of a file."""
    draft = Draft()
    draft.begin(HEADER)
    take_apart(Text(content, Charset("utf-8")), sheet, draft, label, found=found)
    return draft


def starts(found: Sequence[Token]) -> list[Token]:
    """Return the tags that begin an element."""
    return [one for one in found if one.kind in {Kind.START, Kind.EMPTY}]


def text_of(content: str, found: Sequence[Token], token: Token) -> str:
    """Return the text right behind a start tag, without references."""
    at = found.index(token) + 1
    if token.kind is Kind.EMPTY or found[at].kind is not Kind.TEXT:
        return ""
    return html.unescape(content[found[at].start : found[at].stop]).strip()


def attribute_of(token: Token, name: str) -> str:
    """Return an attribute without references; empty if the element has none of that name."""
    for one in token.attributes:
        if one.name == name:
            return html.unescape(one.value).strip()
    return ""


def read_text(data: bytes, label: str, _encoding: str | None) -> Text:
    """Return the characters of an XML file, which says itself how it is encoded.

    Raises:
        FormatError: If it is not well-formed or is refused; see `read_xml`.
    """
    return read_xml(data, label)
