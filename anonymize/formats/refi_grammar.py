"""What the elements and attributes of a REFI-QDA project are, and what is to be done afterwards.

Some values can only be understood when the whole project has been read: a position needs the
text it counts in, and a name may quote that text.  The grammar gives them a field and takes
notice of it; `refi_project` does the rest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import unquote

import regex

from anonymize.formats import refi_words as known
from anonymize.formats.pieces import Draft, Part
from anonymize.formats.refi_texts import attribute_text
from anonymize.formats.speaker_words import HEADER_KEYS
from anonymize.formats.speakers import names
from anonymize.formats.xml_grammar import (
    LITERAL,
    RULED,
    UNKNOWN,
    Slot,
    Stretch,
    Treatment,
    Use,
)
from anonymize.formats.xml_text import Attribute, Token
from anonymize.model.fields import SHARED, Role
from anonymize.model.folding import words

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_SCHEMAS = (_XSI, "http://www.w3.org/2001/XMLSchema")
_INTERNAL = regex.compile(r"(?P<before>internal:/{2,3}(?:[Ss]ources/)?)(?P<file>[^/\\]+)")
_SUFFIX = regex.compile(r"\.([A-Za-z0-9]{1,5})$")
_FILES = known.MEDIA.keys() | {"txt", "text", "md", "html", "htm", "vtt", "srt", "csv", "xlsx"}
_NEGATIVE = regex.compile("-[0-9]{1,9}")
_ID = Slot(Role.ID, "other", part=Part.LABEL)
_TEXT = Slot(Role.TEXT)
_NONE = -1
_MEANT: Mapping[str, Slot] = {"person": Slot(Role.NAME, "person"), "place": Slot(Role.PLACE)}
"""What variables of text hold, by what a header line of that name would."""


@dataclass(slots=True)
class Selection:
    """A selection, or a point in time: positions in the draft's fields; -1 for none."""

    section: int
    start: int = _NONE
    end: int = _NONE
    name: int = _NONE
    point: str = field(default="", repr=False)
    since: str = field(default="", repr=False)
    until: str = field(default="", repr=False)


@dataclass(slots=True)
class Holder:
    """An element that has a text.

    Attributes:
        contents: Positions in the draft's pieces of the start tags of its `PlainTextContent`.
        member: Name of the file it has its text from; empty for none.
        link: Position in the draft's fields of what points to that file.
        selections: What counts in its text.
    """

    contents: list[int] = field(default_factory=list)
    member: str = field(default="", repr=False)
    link: int = _NONE
    selections: list[Selection] = field(default_factory=list)


def internal_file(value: str) -> str:
    """Return the name of the file in the project an attribute points to, as files are compared.

    >>> internal_file("internal://A%20b.TXT"), internal_file("absolute:///home/a.txt")
    ('a b.txt', '')
    """
    match = _INTERNAL.fullmatch(attribute_text(value))
    return unquote(match["file"]).lower() if match else ""


class RefiGrammar:
    """Grammar of projects and codebooks; holds what is to be done afterwards.

    Args:
        kept: Names of the members that are plain text of sources, by their compared name.

    Attributes:
        holders: Elements that have a text, in order.
        optional: Positions in the draft's fields of those without which their element goes.
        origin: What program wrote the project.
    """

    def __init__(self, kept: Mapping[str, str]) -> None:
        self._kept = kept
        self._sections: dict[int, int] = {}
        self._holders: dict[int, Holder] = {}
        self._selections: dict[int, Selection] = {}
        self._variables: dict[str, Slot] = {}
        self._value = _TEXT
        self.optional: set[int] = set()
        self.origin = ""

    @property
    def holders(self) -> list[Holder]:
        """Return the elements that have a text."""
        return list(self._holders.values())

    def element(self, trail: Sequence[Token]) -> Treatment:
        """Return what becomes of an element."""
        one = trail[-1]
        if one.local not in known.ELEMENTS or not known.NAMESPACE.fullmatch(one.space):
            return Treatment.UNKNOWN
        # Text alone stands in texts, and a value has no attributes: it can leave with its element.
        within = len(trail) > 1 and trail[-2].local in known.TEXT_ALONE
        extended = one.local in known.VALUES and one.attributes
        return Treatment.UNKNOWN if within or extended else Treatment.BLOCK

    def enter(self, trail: Sequence[Token], draft: Draft) -> None:
        """Take notice of an element."""
        one = trail[-1]
        if one.local in known.RECORDS and (one.local != "CodeBook" or len(trail) == 1):
            self._sections[one.start] = draft.begin(f"{one.local}-{len(self._sections)}")
        section = self._section(trail)
        self._vary(one)
        if one.local in known.TEXTS:
            self._holders[one.start] = Holder()
        elif holder := self._holder(trail):
            if one.local == "PlainTextContent":
                holder.contents.append(len(draft.pieces))
            elif one.local in {"PlainTextSelection", "TranscriptSelection", "SyncPoint"}:
                self._selections[one.start] = Selection(section)
                holder.selections.append(self._selections[one.start])

    def _vary(self, one: Token) -> None:
        """Take notice of what a variable is called, and of whose value follows."""
        values = {each.local: each.value for each in one.attributes}
        if one.local == "Variable":
            key = _bare(values.get("guid", ""))
            name = words(attribute_text(values.get("name", "")))
            kind = "person" if name in known.NAMES else HEADER_KEYS.get(name, "")
            self._variables[key] = _MEANT.get(kind, _TEXT)
            if "mail" in name.split() or "email" in name.split():
                self._variables[key] = Slot(Role.TEXT, "email")
            elif "phone" in name or "telefon" in name:
                self._variables[key] = Slot(Role.TEXT, "phone")
        elif one.local == "VariableRef":
            self._value = self._variables.get(_bare(values.get("targetGUID", "")), _TEXT)

    def _section(self, trail: Sequence[Token]) -> int:
        found = (self._sections.get(one.start) for one in reversed(trail))
        return next((one for one in found if one is not None), 0)

    def _holder(self, trail: Sequence[Token]) -> Holder | None:
        found = (self._holders.get(one.start) for one in reversed(trail))
        return next((one for one in found if one is not None), None)

    def namespace(self, attribute: Attribute) -> Slot | None:
        """Return what the declaration of a namespace is; nothing of others' is kept."""
        kept = attribute.value in _SCHEMAS or known.NAMESPACE.fullmatch(attribute.value)
        return LITERAL if kept else RULED

    def text(self, trail: Sequence[Token], value: str, draft: Draft) -> Slot | None:
        """Return what the text in an element is."""
        if not trail:
            return LITERAL
        draft.current = self._section(trail)
        role = None
        match trail[-1].local:
            case "PlainTextContent":
                # Cut into turns afterwards; outside a source nobody knows what it is.
                return LITERAL if self._holder(trail) else UNKNOWN
            case "TextValue" if self._value != _TEXT:
                self.optional.add(len(draft.fields))
                several = len(names(attribute_text(value))) != 1
                return _TEXT if self._value.role is Role.NAME and several else self._value
            case "Description" | "TextValue":
                return _TEXT
            case "IntegerValue" | "FloatValue":
                role = Role.COUNT
            case "DateValue" | "DateTimeValue":
                role = Role.DATE
            case "BooleanValue" if known.BOOLEAN.fullmatch(value):
                return LITERAL
            case "BooleanValue":
                self.optional.add(len(draft.fields))
                return Slot(Role.OPAQUE, "unknown")
        if role is None:
            return UNKNOWN
        self.optional.add(len(draft.fields))
        return Slot(role)

    def attribute(self, trail: Sequence[Token], attribute: Attribute, draft: Draft) -> Use:
        """Return what an attribute is."""
        one, name, value = trail[-1], attribute.local, attribute.value
        draft.current = self._section(trail)
        if attribute.space == _XSI and name == "schemaLocation":
            return LITERAL if known.SCHEMA_PLACE.fullmatch(value) else RULED
        if attribute.name == "xml:space" and value in {"preserve", "default"}:
            return LITERAL
        if attribute.space or name not in known.ELEMENTS[one.local]:
            return UNKNOWN
        at = len(draft.fields)
        if name in known.IDS:
            self._linked(one, name, value)
            # What points to a record stays where the record is withheld.
            draft.current = SHARED
            return _ID
        if name in known.TIMES:
            return Slot(Role.DATE, part=Part.EXTRA)
        if name in known.RULED:
            self.origin = value if name == "origin" else self.origin
            return RULED
        if name in known.CLOSED:
            return LITERAL if known.CLOSED[name].fullmatch(value) else UNKNOWN
        if name in {"startPosition", "endPosition", "position"}:
            return self._position(one, name, value, at)
        if name == "plainTextPath":
            return self._path(trail, value, draft)
        return self._name(trail, name, value, draft)

    def _linked(self, one: Token, name: str, value: str) -> None:
        selection = self._selections.get(one.start)
        plain = _bare(value)
        if selection is None:
            return
        if one.local == "SyncPoint" and name == "guid":
            selection.point = plain
        elif name == "fromSyncPoint":
            selection.since = plain
        elif name == "toSyncPoint":
            selection.until = plain

    def _position(self, one: Token, name: str, value: str, at: int) -> Slot | None:
        if not known.POSITION.fullmatch(value):
            return LITERAL if _NEGATIVE.fullmatch(value) else UNKNOWN
        selection = self._selections.get(one.start)
        if selection is None:
            return UNKNOWN
        if name == "endPosition":
            selection.end = at
        else:
            selection.start = at
        return Slot(Role.OFFSET, "end" if name == "endPosition" else "start", part=Part.LABEL)

    def _path(self, trail: Sequence[Token], value: str, draft: Draft) -> Use:
        member = self._kept.get(internal_file(value), "")
        match = _INTERNAL.fullmatch(value)
        holder = self._holders.get(trail[-1].start)
        if not member or match is None or holder is None:
            return RULED
        holder.member, holder.link = member, len(draft.fields)
        start, stop = match.span("file")
        suffix = _SUFFIX.search(value)
        draft.current = SHARED
        return (Stretch(start, suffix.start() if suffix else stop, _ID),)

    def _name(self, trail: Sequence[Token], name: str, value: str, draft: Draft) -> Use:
        one, at = trail[-1], len(draft.fields)
        if one.start in self._selections and name == "name":
            self._selections[one.start].name = at
            return _TEXT
        if one.local == "User":
            subject = f"user:{one.start}"
            if name == "id" and "@" in value:
                return Slot(Role.TEXT, "email", subject, Part.LABEL)
            if name == "id" and len(value.split()) == 1:
                return Slot(Role.HANDLE, "login", subject, Part.LABEL)
            return Slot(Role.NAME, "person", subject, Part.LABEL)
        if one.local == "Case" and _is_named(value):
            subject = draft.speaker(value)
            draft.author(subject)
            return Slot(Role.NAME, "person", subject, Part.LABEL)
        if one.local in known.SPOKEN:
            suffix = _SUFFIX.search(value)
            ends = suffix is not None and suffix[1].lower() in _FILES
            stem = value[: suffix.start()] if suffix is not None and ends else value
            if _is_named(stem):
                return (Stretch(0, len(stem), Slot(Role.NAME, "person", part=Part.LABEL)),)
        return _TEXT


def _bare(guid: str) -> str:
    """Return a GUID as GUIDs are compared."""
    return guid.strip().strip("{}").lower()


def _is_named(value: str) -> bool:
    """Whether a case or source is plainly called like one person."""
    plain = " ".join(attribute_text(value).replace("_", " ").split())
    folded = words(plain).split()
    return (
        len(names(plain)) == 1
        and bool(folded)
        and folded[0] not in known.THINGS
        and any(char.isalpha() for char in plain)
    )
