"""A file of an OpenDocument package walked once: literal text, leaves and paragraphs."""

from __future__ import annotations

from anonymize.errors import FormatError
from anonymize.formats import odt_grammar as grammar
from anonymize.formats.charset import Text
from anonymize.formats.docx_grammar import IDENTIFIER
from anonymize.formats.docx_nodes import Leaf, Literal, Node, Paragraph
from anonymize.formats.docx_relations import MAIL, URL
from anonymize.formats.odt_grammar import Fate, space
from anonymize.formats.odt_names import PREFIXES, SPACES
from anonymize.formats.office_walk import Walker
from anonymize.formats.pieces import Part
from anonymize.formats.xml_pieces import RULED, UNKNOWN, plain
from anonymize.formats.xml_text import Attribute, Kind, Token

_LINKED = frozenset((("text", "a"), ("draw", "a")))
_PICTURED = frozenset((("draw", "image"), ("draw", "fill-image"), ("style", "background-image")))


class _Walker(Walker):
    """Walks the tokens of one file."""

    def __init__(self, text: Text, label: str) -> None:
        super().__init__(text, label)
        self._fates: list[Fate] = []

    def _speaks(self) -> bool:
        return True

    def _element(self, at: int, raw: str) -> int:
        """Take a start tag, or a whole element; return the position behind it."""
        token = self._found[at]
        self._trail.append(token)
        fate = grammar.fate(self._trail)
        if fate in {Fate.RULE, Fate.UNKNOWN}:
            return self._drop(at, known=fate is Fate.RULE, listed=grammar.is_listed(token))
        if (space(token), token.local) == ("dc", "date"):
            return self._date(at)
        if fate is Fate.BARE:
            self._put(Leaf("tag", raw, RULED))
        elif fate is Fate.PARAGRAPH:
            paragraph = Paragraph(cell=self._cell())
            self._put(paragraph)
            self._open.append(paragraph)
            self._tag(token)
        elif fate is Fate.SIGN and self._open:
            self._sign(token, grammar.sign(token))
        else:
            self._notice(token)
            self._tag(token)
        if token.kind is Kind.EMPTY:
            self._trail.pop()
            if fate is Fate.PARAGRAPH:
                self._open.pop()
        else:
            self._fates.append(fate)
        return at + 1

    def _date(self, at: int) -> int:
        """Take when a comment was written, which leaves with its tags; return what follows."""
        stop = self._stop(at)
        first, last = self._found[at], self._found[stop]
        inner = self._found[at + 1 : stop]
        if len(inner) != 1 or inner[0].kind is not Kind.TEXT or first.attributes:
            return self._drop(at, known=True, listed=True)
        self._trail.pop()
        head, raw, tail = (self._content[one.start : one.stop] for one in (first, inner[0], last))
        self._put(Leaf("written", raw, grammar.DATE_TEXT, head, tail))
        return stop + 1

    def _close(self, raw: str) -> None:
        fate = self._fates.pop()
        token = self._trail.pop()
        self._put(Leaf("tag", raw, RULED) if fate is Fate.BARE else Literal(raw))
        if fate is Fate.PARAGRAPH:
            self._open.pop()
        elif (space(token), token.local) == ("table", "table"):
            self._cells.pop()

    def _text(self, raw: str) -> None:
        token = self._trail[-1] if self._trail else None
        if token is None or not raw.strip(" \t\r\n"):
            if self._open and token is not None and self._flows(token):
                self._open[-1].text += raw
            else:
                self._put(Literal(raw))
        elif self._open and self._flows(token):
            self._open[-1].text += raw
        else:
            slot = grammar.element_text(self._trail, raw)
            self._put(Literal(raw) if slot is None else Leaf("text", raw, slot))

    def _flows(self, token: Token) -> bool:
        return space(token) == "text" and token.local in grammar.FLOWING

    def _notice(self, token: Token) -> None:
        """Note where in tables the walk is."""
        if space(token) != "table" or token.kind is Kind.EMPTY:
            return
        if token.local == "table":
            self._table()
        elif token.local == "table-row":
            self._row()
        elif token.local == "table-cell":
            self._next_cell()

    def _attribute(self, token: Token, one: Attribute) -> list[Node] | None:
        """Return the leaves of an attribute; None where it is markup.

        Raises:
            FormatError: If a namespace has a prefix of the writer's own.
        """
        head, tail = self._content[one.begin : one.start], self._content[one.stop - 1]
        if one.name == "xmlns" or one.name.startswith("xmlns:"):
            if one.value not in SPACES:
                return [Leaf("@xmlns", one.value, UNKNOWN, head, tail)]
            if one.name == "xmlns" or one.local not in PREFIXES:
                raise FormatError(f"{self._label}: has prefixes nobody knows, which is refused")
            return None
        if (space(one), one.local) == ("xlink", "href"):
            return self._link(token, one)
        slot = grammar.slot(self._trail, one)
        if slot is None:
            return None
        name = f"@{one.local}" if slot.kind != "unknown" else "@unknown"
        if slot.part is Part.EXTRA:
            return [Leaf(name, one.value, slot, head, tail)]
        return [Leaf(name, one.value, slot)]

    def _link(self, token: Token, one: Attribute) -> list[Node] | None:
        """Return the leaves of where something leads."""
        head, tail = self._content[one.begin : one.start], self._content[one.stop - 1]
        element, target = (space(token), token.local), plain(one.value)
        if element in _PICTURED and (picture := grammar.picture_name(target)) is not None:
            stem, suffix = picture
            start = one.value.rfind(stem)
            if grammar.is_stem(stem):
                return None
            if start < 0:
                return [Leaf("@href", one.value, RULED, head, tail)]
            return [
                Literal(one.value[:start]),
                Leaf("@picture", stem, IDENTIFIER),
                Literal(suffix),
            ]
        if element not in _LINKED:
            return [Leaf("@href", one.value, RULED, head, tail)]
        if target.startswith("#"):
            named = one.value[1:]
            if grammar.is_name(named):
                return None
            return [Literal("#"), Leaf("@href", named, IDENTIFIER)]
        mail = grammar.address(one.value)
        if mail is None:
            return [Leaf("@href", one.value, URL)]
        lead, where, rest = mail
        nodes: list[Node] = [Literal(lead), Leaf("@href", where, MAIL)]
        return [*nodes, Leaf("@query", rest, RULED)] if rest else nodes


def walk(text: Text, label: str) -> list[Node]:
    """Return the nodes of a file; written one after the other they are the file.

    Raises:
        FormatError: If it cannot be cut, or holds what this program refuses.
    """
    return _Walker(text, label).walk()
