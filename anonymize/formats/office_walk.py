"""What walks through files of Word and of OpenDocument have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod

from anonymize.errors import FormatError
from anonymize.formats.charset import Text
from anonymize.formats.docx_nodes import Leaf, Literal, Node, Paragraph, add
from anonymize.formats.xml_pieces import RULED, UNKNOWN
from anonymize.formats.xml_text import Attribute, Kind, Token, tokens

STARTS = frozenset((Kind.START, Kind.EMPTY))


class Walker(ABC):
    """Walks the tokens of one file once; what it adds, written in order, is the file.

    Args:
        text: The file.
        label: How messages name it.
    """

    def __init__(self, text: Text, label: str) -> None:
        self._content = text.content
        self._label = label
        self._found = list(tokens(text, label))
        self._trail: list[Token] = []
        self._open: list[Paragraph] = []
        self._cells: list[list[int]] = []
        self._rows = 0
        self.nodes: list[Node] = []

    def walk(self) -> list[Node]:
        """Return the nodes of the file.

        Raises:
            FormatError: If it holds what this program refuses.
        """
        at = 0
        while at < len(self._found):
            token = self._found[at]
            raw = self._content[token.start : token.stop]
            if token.kind in STARTS:
                at = self._element(at, raw)
                continue
            if token.kind is Kind.END:
                self._close(raw)
            elif token.kind is Kind.TEXT:
                self._text(raw)
            elif token.kind is Kind.DECLARATION:
                self._put(Literal(raw))
            elif token.kind is Kind.CDATA and self._speaks():
                # Its escapes are others, so that text could not run through it.
                raise FormatError(f"{self._label}: has text in a CDATA section, which is refused")
            else:
                self._put(Leaf(token.kind.value, raw, RULED))
            at += 1
        return self.nodes

    @abstractmethod
    def _element(self, at: int, raw: str) -> int:
        """Take a start tag, or a whole element; return the position behind it."""

    @abstractmethod
    def _close(self, raw: str) -> None:
        """Take an end tag."""

    @abstractmethod
    def _text(self, raw: str) -> None:
        """Take what stands between tags."""

    @abstractmethod
    def _speaks(self) -> bool:
        """Whether what stands here may be part of a text."""

    @abstractmethod
    def _attribute(self, token: Token, one: Attribute) -> list[Node] | None:
        """Return the leaves of an attribute; None where it is markup."""

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

    def _sign(self, token: Token, stands: str) -> None:
        """Add an element that stands for a character of the text around it."""
        here = self._open[-1]
        here.tags.append((len(here.text), stands, []))
        self._tag(token)
        here.text += stands

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

    def _drop(self, at: int, *, known: bool, listed: bool) -> int:
        """Take out a whole element; return the position behind it.

        Args:
            at: Position of its start tag.
            known: Whether it leaves by rule.
            listed: Whether a written list names it: then reports do too, in a way that no
                policy means which names a field of tweets (`title`, `created`).
        """
        token, stop = self._found[at], self._stop(at)
        raw = self._content[token.start : self._found[stop].stop]
        self._trail.pop()
        name = f"element-{token.local}" if known and listed else "element"
        self._put(Leaf(name, raw, RULED if known else UNKNOWN))
        return stop + 1

    def _tag(self, token: Token, *, keeps_blanks: bool = True) -> None:
        """Add a start tag: its markup, and a leaf for each attribute that is one.

        Args:
            token: The tag.
            keeps_blanks: Whether blanks at the ends of its text stay without further ado.
        """
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
        rest = self._content[at : token.stop]
        self._put(Literal(rest, "" if keeps_blanks else f'{rest[:-1]} xml:space="preserve">'))

    def _cell(self) -> tuple[int, int]:
        """Return row and cell of the innermost table around; (0, 0) outside."""
        return (self._cells[-1][0], self._cells[-1][1]) if self._cells else (0, 0)

    def _table(self) -> None:
        self._cells.append([0, 0])

    def _row(self) -> None:
        if self._cells:
            self._rows += 1
            self._cells[-1] = [self._rows, 0]

    def _next_cell(self) -> None:
        if self._cells:
            self._cells[-1][1] += 1
