"""A part of a document walked once: literal text, leaves and paragraphs, nothing lost.

A paragraph is its text and, at positions in it, everything else: tags of runs, tabs and line
breaks (which are characters of the text), pictures, text boxes with paragraphs of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

import regex

from anonymize.errors import FormatError
from anonymize.formats import docx_grammar as grammar
from anonymize.formats.charset import Text
from anonymize.formats.docx_deleted import deleted
from anonymize.formats.docx_fields import judge, name_in
from anonymize.formats.docx_grammar import Context, Fate, space
from anonymize.formats.docx_names import ELEMENTS, SPACES, is_prefix
from anonymize.formats.docx_nodes import Leaf, Literal, Node, Paragraph
from anonymize.formats.docx_values import is_bookmark, is_language, is_plain
from anonymize.formats.office_walk import STARTS, Walker
from anonymize.formats.pieces import Part
from anonymize.formats.xml_pieces import RULED, UNKNOWN
from anonymize.formats.xml_text import Attribute, Kind, Token

_PREFIX_LISTS = frozenset(("Ignorable", "Requires", "MustUnderstand"))
_REFERENCES = {
    "footnoteReference": "footnote",
    "endnoteReference": "endnote",
    "commentReference": "comment",
    "commentRangeStart": "comment",
}
_STORIES = frozenset(_REFERENCES.values())
_NESTED = _STORIES | {"tbl", "tr", "tc"}
_LISTED = regex.compile(r"\s*\S+\s*$|\s*\S+")


class _Walker(Walker):
    """Walks the tokens of one part."""

    def __init__(self, text: Text, context: Context, label: str) -> None:
        super().__init__(text, label)
        self._context = context
        self._fields = judge(self._found, self._content)
        self._gone = deleted(self._found)
        self._fates: list[Fate] = []
        self._alternatives: list[bool] = []
        self._story = ("", "")

    def _speaks(self) -> bool:
        return bool(self._fates) and self._fates[-1] is Fate.TEXT

    def _element(self, at: int, raw: str) -> int:
        token = self._found[at]
        self._trail.append(token)
        fate = self._fate(at)
        if fate in {Fate.RULE, Fate.UNKNOWN}:
            return self._drop(at, known=fate is Fate.RULE, listed=grammar.is_listed(token))
        if fate is Fate.INSTRUCTION:
            return self._instruction(at)
        if fate is Fate.BARE:
            self._put(Leaf("tag", raw, RULED))
        elif fate is Fate.PARAGRAPH:
            paragraph = Paragraph(cell=self._cell(), story=self._story)
            self._put(paragraph)
            self._open.append(paragraph)
            self._tag(token)
        elif fate is Fate.SIGN:
            if self._open and (stands := grammar.sign(token)):
                self._sign(token, stands)
            else:
                self._tag(token)
        else:
            self._notice(token)
            self._tag(token, keeps_blanks=fate is not Fate.TEXT or _keeps_blanks(token))
        if token.kind is Kind.EMPTY:
            self._trail.pop()
            if fate is Fate.PARAGRAPH:
                self._open.pop()
        else:
            self._fates.append(fate)
        return at + 1

    def _fate(self, at: int) -> Fate:
        token = self._found[at]
        if token.start in self._gone or token.start in self._fields.dropped:
            return Fate.RULE
        found = grammar.fate(self._trail, self._context)
        if found is Fate.KEPT and token.local == "drawing":
            return self._drawing(at)
        if found is Fate.KEPT and space(token) == "mc":
            return self._alternative(at)
        if found is Fate.KEPT and token.local == "fldSimple":
            told = next((a.value for a in token.attributes if a.local == "instr"), "")
            return Fate.BARE if name_in(told) is None else Fate.KEPT
        return found

    def _within(self, at: int) -> Iterator[Token]:
        """Yield the start tags in an element."""
        depth = self._found[at].depth
        if self._found[at].kind is Kind.EMPTY:
            return
        for token in islice(self._found, at + 1, None):
            if token.depth <= depth:
                return
            if token.kind in STARTS:
                yield token

    def _drawing(self, at: int) -> Fate:
        """Keep a drawing that shows pictures and shapes only."""
        for token in self._within(at):
            if space(token) == "a" and token.local == "graphicData":
                uri = next((a.value for a in token.attributes if a.local == "uri"), "")
                if not grammar.shows_graphic(uri):
                    return Fate.RULE if SPACES.get(uri) else Fate.UNKNOWN
        return Fate.KEPT

    def _alternative(self, at: int) -> Fate:
        """Keep alternatives that are understood; if none is, what is meant for others."""
        token = self._found[at]
        if token.local == "Choice":
            return Fate.KEPT if _is_understood(token) else Fate.RULE
        if token.local == "AlternateContent":
            depth = token.depth + 1
            choices = (
                one for one in self._within(at) if (one.depth, one.local) == (depth, "Choice")
            )
            self._alternatives.append(any(map(_is_understood, choices)))
            return Fate.KEPT if self._alternatives[-1] else Fate.BARE
        return Fate.KEPT if self._alternatives and self._alternatives[-1] else Fate.BARE

    def _instruction(self, at: int) -> int:
        """Take an instruction that stays; return the position behind it."""
        token = self._found[at]
        self._tag(token)
        self._trail.pop()
        if token.kind is Kind.EMPTY:
            return at + 1
        inner, end = self._found[at + 1], at + 1
        if inner.kind is Kind.TEXT:
            end += 1
            text = self._content[inner.start : inner.stop]
            start, stop = self._fields.names.get(token.start, (0, 0))
            self._named(text, start, stop)
        if self._found[end].kind is not Kind.END:
            raise FormatError(f"{self._label}: has a field this program cannot cut")
        self._put(Literal(self._content[self._found[end].start : self._found[end].stop]))
        return end + 1

    def _named(self, text: str, start: int, stop: int) -> None:
        """Add an instruction with the bookmark it names."""
        name = text[start:stop]
        if not name or is_bookmark(name):
            self._put(Literal(text))
            return
        self._put(Literal(text[:start]))
        self._put(Leaf("bookmark", name, grammar.IDENTIFIER))
        self._put(Literal(text[stop:]))

    def _close(self, raw: str) -> None:
        fate = self._fates.pop()
        token = self._trail.pop()
        self._put(Leaf("tag", raw, RULED) if fate is Fate.BARE else Literal(raw))
        if fate is Fate.PARAGRAPH:
            self._open.pop()
        if space(token) == "mc" and token.local == "AlternateContent":
            self._alternatives.pop()
        if space(token) != "w":
            return
        if token.local == "tbl":
            self._cells.pop()
        elif token.local in _STORIES:
            self._story = ("", "")

    def _text(self, raw: str) -> None:
        fate = self._fates[-1] if self._fates else Fate.KEPT
        if fate is Fate.TEXT and self._open:
            self._open[-1].text += raw
        elif not raw.strip() or (fate is Fate.WORDS and _is_word(raw.strip())):
            self._put(Literal(raw))
        elif (slot := grammar.element_text(self._trail, raw)) is not None:
            self._put(Leaf(f"property-{self._trail[-1].local}", raw, slot))
        else:
            self._put(Leaf("text", raw, UNKNOWN))

    def _notice(self, token: Token) -> None:
        """Note where in tables, notes and comments the walk is."""
        if space(token) != "w" or (token.kind is Kind.EMPTY and token.local in _NESTED):
            return
        name = token.local
        if name == "tbl":
            self._table()
        elif name == "tr":
            self._row()
        elif name == "tc":
            self._next_cell()
        elif name in _STORIES or name in _REFERENCES:
            own = next((a.value for a in token.attributes if a.local == "id"), "")
            if name in _STORIES:
                self._story = (name, own)
            elif self._open:
                outer = self._open[0]
                outer.refers.append((_REFERENCES[name], own, len(outer.text)))

    def _attribute(self, token: Token, one: Attribute) -> list[Node] | None:
        """Return the leaves of an attribute; None where it is markup."""
        raw = self._content[one.begin : one.start]
        if one.name == "xmlns" or one.name.startswith("xmlns:"):
            return self._declaration(one, raw)
        if space(one) == "mc" or (space(token) == "mc" and one.local in _PREFIX_LISTS):
            return self._prefixes(one)
        if token.local == "fldSimple" and one.local == "instr":
            start, stop = name_in(one.value) or (0, 0)
            name = one.value[start:stop]
            if not name or is_bookmark(name):
                return None
            return [
                Literal(one.value[:start]),
                Leaf("bookmark", name, grammar.IDENTIFIER),
                Literal(one.value[stop:]),
            ]
        slot = grammar.slot(self._trail, one, self._context)
        if slot is None:
            return None
        name = f"@{one.local}" if slot.kind != "unknown" else "@unknown"
        if slot.part is Part.EXTRA:
            author = next((a.value for a in token.attributes if a.local == "author"), "")
            of = author if slot is grammar.INITIALS else ""
            return [Leaf(name, one.value, slot, raw, self._content[one.stop - 1], of)]
        return [Leaf(name, one.value, slot)]

    def _declaration(self, one: Attribute, raw: str) -> list[Node] | None:
        """Return the leaf of a namespace nobody knows.

        Raises:
            FormatError: If a known one has a prefix of the writer's own.
        """
        if one.value not in SPACES:
            return [Leaf("@xmlns", one.value, UNKNOWN, raw, self._content[one.stop - 1])]
        if not is_prefix("" if one.name == "xmlns" else one.local):
            raise FormatError(f"{self._label}: has prefixes nobody knows, which is refused")
        return None

    def _prefixes(self, one: Attribute) -> list[Node] | None:
        """Return the prefixes of a list; those that are unknown leave."""
        foreign = {
            other.local
            for other in self._trail[-1].attributes
            if other.name.startswith("xmlns:") and other.value not in SPACES
        }
        nodes: list[Node] = []
        for match in _LISTED.finditer(one.value):
            prefix = match[0].strip()
            if is_prefix(prefix) and prefix not in foreign:
                nodes.append(Literal(match[0]))
            else:
                nodes.append(Leaf("@prefix", match[0], UNKNOWN))
        return nodes if any(isinstance(node, Leaf) for node in nodes) else None


def _is_understood(choice: Token) -> bool:
    """Whether a choice requires only namespaces whose elements are kept."""
    required = next((a.value for a in choice.attributes if a.local == "Requires"), "")
    return all(one in ELEMENTS for one in required.split())


def _is_word(value: str) -> bool:
    return is_plain(value) or is_language(value)


def _keeps_blanks(token: Token) -> bool:
    """Whether a text element keeps blanks at its ends, or holds none."""
    said = any((one.local, one.value) == ("space", "preserve") for one in token.attributes)
    return said or space(token) not in {"w", "m"} or token.kind is not Kind.START


def walk(text: Text, context: Context, label: str) -> list[Node]:
    """Return the nodes of a part; written one after the other they are the part.

    Raises:
        FormatError: If it cannot be cut, or holds what this program refuses.
    """
    return _Walker(text, context, label).walk()
