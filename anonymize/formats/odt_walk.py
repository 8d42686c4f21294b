"""A file of an OpenDocument package walked once: literal text, leaves and paragraphs."""

from __future__ import annotations

from anonymize.errors import FormatError
from anonymize.formats import odt_grammar as grammar
from anonymize.formats.charset import Text
from anonymize.formats.docx_grammar import IDENTIFIER
from anonymize.formats.docx_nodes import Leaf, Literal, Node, Paragraph, add
from anonymize.formats.docx_relations import MAIL, URL
from anonymize.formats.odt_grammar import Fate, space
from anonymize.formats.odt_names import PREFIXES, SPACES
from anonymize.formats.pieces import Part
from anonymize.formats.xml_pieces import RULED, UNKNOWN, plain
from anonymize.formats.xml_text import Attribute, Kind, Token, tokens

_STARTS = frozenset((Kind.START, Kind.EMPTY))
_LINKED = frozenset((("text", "a"), ("draw", "a")))
_PICTURED = frozenset((("draw", "image"), ("draw", "fill-image"), ("style", "background-image")))


class _Walker:
    """Walks the tokens of one file."""

    def __init__(self, text: Text, label: str) -> None:
        self._content = text.content
        self._label = label
        self._found = list(tokens(text, label))
        self._trail: list[Token] = []
        self._fates: list[Fate] = []
        self._open: list[Paragraph] = []
        self._cells: list[list[int]] = []
        self._rows = 0
        self.nodes: list[Node] = []

    def walk(self) -> list[Node]:
        at = 0
        while at < len(self._found):
            token = self._found[at]
            raw = self._content[token.start : token.stop]
            if token.kind in _STARTS:
                at = self._element(at, raw)
                continue
            if token.kind is Kind.END:
                self._close(raw)
            elif token.kind is Kind.TEXT:
                self._text(raw)
            elif token.kind is Kind.DECLARATION:
                self._put(Literal(raw))
            elif token.kind is Kind.CDATA:
                # Its escapes are others, so that text could not run through it.
                raise FormatError(f"{self._label}: has text in a CDATA section, which is refused")
            else:
                self._put(Leaf(token.kind.value, raw, RULED))
            at += 1
        return self.nodes

    def _put(self, node: Node) -> None:
        """Add a node where it stands: in the paragraph, or between paragraphs."""
        if not self._open:
            add(self.nodes, node)
            return
        here = self._open[-1]
        if here.tags and here.tags[-1][0] == len(here.text):
            add(here.tags[-1][2], node)
        else:
            here.tags.append((len(here.text), "", [node]))

    def _element(self, at: int, raw: str) -> int:
        """Take a start tag, or a whole element; return the position behind it."""
        token = self._found[at]
        self._trail.append(token)
        fate = grammar.fate(self._trail)
        if fate in {Fate.RULE, Fate.UNKNOWN}:
            return self._drop(at, fate)
        if (space(token), token.local) == ("dc", "date"):
            return self._date(at)
        if fate is Fate.BARE:
            self._put(Leaf("tag", raw, RULED))
        elif fate is Fate.PARAGRAPH:
            cell = (self._cells[-1][0], self._cells[-1][1]) if self._cells else (0, 0)
            paragraph = Paragraph(cell=cell)
            self._put(paragraph)
            self._open.append(paragraph)
            self._tag(token)
        elif fate is Fate.SIGN and self._open:
            here = self._open[-1]
            stands = grammar.sign(token)
            here.tags.append((len(here.text), stands, []))
            self._tag(token)
            here.text += stands
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

    def _stop(self, at: int) -> int:
        """Return the position of the end of an element."""
        token = self._found[at]
        if token.kind is Kind.EMPTY:
            return at
        return next(
            n
            for n in range(at + 1, len(self._found))
            if self._found[n].kind is Kind.END and self._found[n].depth == token.depth
        )

    def _drop(self, at: int, fate: Fate) -> int:
        """Take out a whole element; return the position behind it."""
        token, stop = self._found[at], self._stop(at)
        raw = self._content[token.start : self._found[stop].stop]
        self._trail.pop()
        if fate is Fate.RULE:
            name = token.local if space(token) and token.local.isascii() else "element"
            self._put(Leaf(name, raw, RULED))
        else:
            self._put(Leaf("element", raw, UNKNOWN))
        return stop + 1

    def _date(self, at: int) -> int:
        """Take when a comment was written, which leaves with its tags; return what follows."""
        stop = self._stop(at)
        first, last = self._found[at], self._found[stop]
        inner = self._found[at + 1 : stop]
        if len(inner) != 1 or inner[0].kind is not Kind.TEXT or first.attributes:
            return self._drop(at, Fate.RULE)
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
            self._cells.append([0, 0])
        elif token.local == "table-row" and self._cells:
            self._rows += 1
            self._cells[-1] = [self._rows, 0]
        elif token.local == "table-cell" and self._cells:
            self._cells[-1][1] += 1

    def _tag(self, token: Token) -> None:
        """Add a start tag: its markup, and a leaf for each attribute that is one."""
        at = token.start
        for one in token.attributes:
            leaves = self._attribute(token, one)
            if leaves is None:
                continue
            whole = len(leaves) == 1 and isinstance(leaves[0], Leaf) and bool(leaves[0].head)
            self._put(Literal(self._content[at : one.begin if whole else one.start]))
            for leaf in leaves:
                self._put(leaf)
            at = one.stop if whole else one.stop - 1
        self._put(Literal(self._content[at : token.stop]))

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
