"""XML files as pieces: a grammar says what each element and attribute is, the rest is the same.

Text that runs through inline elements (`Ja<hi>ne</hi>`) is one field, its tags lie inside it,
and after a change each tag stands where the words around it stand now.  What no grammar names
is one opaque field, taken out whole, tags and all.
"""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import regex

from anonymize.formats.charset import Text
from anonymize.formats.pieces import Draft, Part, Piece
from anonymize.formats.xml_grammar import (
    LITERAL,
    RULED,
    UNKNOWN,
    Grammar,
    Slot,
    Stretch,
    Treatment,
    Use,
)
from anonymize.formats.xml_names import named
from anonymize.formats.xml_text import Kind, Token, tokens
from anonymize.model.fields import Encoding, Path, Role

__all__ = [
    "LITERAL",
    "RULED",
    "UNKNOWN",
    "Grammar",
    "Slot",
    "Stretch",
    "Treatment",
    "Use",
    "clean_xml",
    "plain",
    "take_apart",
]

_ILLEGAL = regex.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold (section 2.2)."""
_BLANK = " "
_BLANKS = " \t\r\n"
_DOCTYPE = regex.compile(
    # Of a name alone, or with one of the types transcripts have, which programs ask for.
    r"<!DOCTYPE\s+[\w.:-]+(?:\s+SYSTEM\s+[\"'](?:trans-1[345]|basic-transcription|teixlite|tei2)"
    r"\.dtd[\"'])?\s*>"
)
_PREDEFINED = frozenset(("amp", "lt", "gt", "quot", "apos"))
_ENTITY = regex.compile(r"&([^\s&;#]+);")
_AMPERSAND = regex.compile(r"&(?!#[0-9]+;|#x[0-9A-Fa-f]+;)(?:(?P<name>[^\s&;#]+);)?")


def clean_xml(value: str, piece: Piece) -> str:
    """Return a changed value as it may stand in an element or between the quotes.

    What is markup itself, an element or a whole attribute, goes when it is to be another.
    """
    step = piece.path[-1]
    if piece.part is Part.EXTRA and not piece.head:
        return ""
    value = _ILLEGAL.sub("", value)
    if step == "cdata":
        return value.replace("]]>", "]]\u203a")
    # An entity declared elsewhere stands for itself only where the original had it.
    known = _PREDEFINED.union(_ENTITY.findall(piece.text))
    value = _AMPERSAND.sub(
        lambda match: match[0] if match["name"] in known else f"&amp;{match[0][1:]}",
        value,
    )
    value = value.replace("<", "&lt;").replace("]]>", "]]&gt;")
    if isinstance(step, str) and step.startswith("@"):
        return value.replace('"', "&quot;").replace("'", "&apos;")
    return value


def plain(value: str) -> str:
    """Return a value as it stands in the file without its references."""
    return html.unescape(value)


def take_apart(
    text: Text,
    grammar: Grammar,
    draft: Draft,
    label: str,
    root: Path = (),
    found: list[Token] | None = None,
) -> None:
    """Add the pieces of an XML file to a draft; joined they are the file.

    Fields have paths such as `("TEI", "text", "u", 12, "@who")`: names of the elements around,
    the number of the element in the file, then `text`, `cdata`, an attribute behind `@`, or
    `comment`, `element` for what is taken out.

    Args:
        text: As `read_xml` returned it.
        grammar: Of the format.
        draft: Where to add.
        label: How messages name the file.
        root: Put before every path.
        found: Its tokens, where the caller has cut it before.

    Raises:
        FormatError: If the file cannot be cut.
    """
    cut = list(tokens(text, label)) if found is None else found
    _Taker(text.content, grammar, draft, root).take(cut)


@dataclass(slots=True)
class _Run:
    """Text that is gathered until a block begins or ends, and the tags in it."""

    trail: tuple[Token, ...] = ()
    number: int = 0
    text: list[str] = field(default_factory=list)
    length: int = 0
    tags: list[tuple[int, tuple[Piece, ...]]] = field(default_factory=list)


class _Taker:
    """Walks the tokens of one file."""

    def __init__(self, content: str, grammar: Grammar, draft: Draft, root: Path) -> None:
        self._content = content
        self._grammar = grammar
        self._draft = draft
        self._root = root
        self._trail: list[Token] = []
        self._numbers: list[int] = []
        self._inline: list[bool] = []
        self._count = 0
        self._run = _Run()
        self._used: dict[Path, int] = {}

    def take(self, found: list[Token]) -> None:
        at = 0
        while at < len(found):
            token = found[at]
            raw = self._content[token.start : token.stop]
            if token.kind in {Kind.START, Kind.EMPTY}:
                at = self._open(found, at)
                continue
            if token.kind is Kind.END:
                self._close(raw)
            elif token.kind is Kind.TEXT:
                self._text(raw)
            elif token.kind is Kind.CDATA:
                self._cdata(raw)
            elif token.kind is Kind.DECLARATION or _DOCTYPE.fullmatch(raw):
                self._put(Piece(raw))
            else:
                # Comments, instructions and document types hold paths and names of editors.
                self._put(self._value(token.kind.value, raw, RULED))
            at += 1
        self._flush()

    def _open(self, found: list[Token], at: int) -> int:
        """Take a start tag, or a whole element; return the position behind it."""
        token = found[at]
        self._count += 1
        self._trail.append(token)
        self._numbers.append(self._count)
        treatment = self._grammar.element(self._trail)
        if treatment in {Treatment.RULE, Treatment.UNKNOWN}:
            stop = at if token.kind is Kind.EMPTY else _partner(found, at)
            raw = self._content[token.start : found[stop].stop]
            self._leave()
            self._put(
                self._value("element", raw, RULED if treatment is Treatment.RULE else UNKNOWN)
            )
            return stop + 1
        parting = treatment is Treatment.PARTING
        inline = parting or treatment is Treatment.INLINE
        if not inline:
            self._flush()
            self._grammar.enter(self._trail, self._draft)
        pieces = self._tag(token)
        if inline:
            self._run_here()
            if parting:
                pieces[0] = replace(pieces[0], stands=_BLANK)
            self._run.tags.append((self._run.length, tuple(pieces)))
            if parting:
                self._text(_BLANK)
        else:
            self._draft.pieces += pieces
        if token.kind is Kind.EMPTY:
            self._leave()
        else:
            self._inline.append(inline)
        return at + 1

    def _leave(self) -> None:
        self._trail.pop()
        self._numbers.pop()

    def _close(self, raw: str) -> None:
        if self._inline.pop():
            self._run_here()
            self._run.tags.append((self._run.length, (Piece(raw),)))
        else:
            self._flush()
            self._draft.literal(raw)
        self._leave()

    def _tag(self, token: Token) -> list[Piece]:
        """Return a start tag: its markup, and a field for each attribute that is one."""
        pieces: list[Piece] = []
        at = token.start
        for one in token.attributes:
            if one.name == "xmlns" or one.name.startswith("xmlns:"):
                declared = getattr(self._grammar, "namespace", None)
                use = LITERAL if declared is None else declared(one)
            else:
                use = self._grammar.attribute(self._trail, one, self._draft)
            if use is None:
                continue
            name = f"@{one.local}"
            if isinstance(use, tuple):
                pieces.append(Piece(self._content[at : one.start]))
                pieces += self._stretches(name, one.start, one.stop - 1, use)
                at = one.stop - 1
                continue
            extra = use.part is Part.EXTRA
            # What leaves takes its name and quotes along.
            begin, stop = (one.begin, one.stop) if extra else (one.start, one.stop - 1)
            pieces.append(Piece(self._content[at:begin]))
            if extra and use.role is not Role.OPAQUE:
                piece = self._value(name, one.value, use)
                head = self._content[begin : one.start]
                pieces.append(replace(piece, head=head, tail=self._content[stop - 1 : stop]))
            else:
                pieces.append(self._value(name, self._content[begin:stop], use))
            at = stop
        pieces.append(Piece(self._content[at : token.stop]))
        return [one for one in pieces if one.text or one.path]

    def _stretches(
        self, name: str, base: int, stop: int, stretches: Sequence[Stretch], offset: int = 0
    ) -> list[Piece]:
        """Return the pieces of an attribute that holds several things.

        Args:
            name: Of the attribute, for paths.
            base: Where its value begins in the file.
            stop: Where these stretches and the markup behind them end in the file.
            stretches: In order.
            offset: Where they begin, in the value.
        """
        pieces: list[Piece] = []
        at = base + offset
        for one in stretches:
            begin, end = base + one.start, base + one.stop
            pieces.append(Piece(self._content[at:begin]))
            raw = self._content[begin:end]
            if one.group:
                parts = one.parts or (Stretch(one.start, one.stop, one.slot),)
                made = self._stretches(name, base, end, parts, one.start)
                pieces.append(named(raw, one.group, made, word=one.word))
            elif one.slot is not None:
                pieces.append(self._value(name, raw, one.slot))
            else:
                pieces.append(Piece(raw))
            at = end
        pieces.append(Piece(self._content[at:stop]))
        return [one for one in pieces if one.text or one.path]

    def _value(self, name: str, raw: str, slot: Slot, number: int | None = None) -> Piece:
        path = self._path(name, self._trail, number)
        return self._draft.value(
            path,
            slot.role,
            raw,
            slot.part,
            kind=slot.kind,
            subject=slot.subject,
            encoding=Encoding.PLAIN if name == "cdata" else Encoding.HTML,
        )

    def _path(self, name: str, trail: Sequence[Token], number: int | None = None) -> Path:
        numbered = self._numbers[-1] if self._numbers else 0
        steps: Path = tuple(one.local for one in trail)
        path: Path = (*self._root, *steps, numbered if number is None else number, name)
        times = self._used.get(path, 0)
        self._used[path] = times + 1
        return (*path[:-1], times, name) if times else path

    def _put(self, piece: Piece) -> None:
        """Add a piece where it stands: in the text that runs, or between blocks."""
        if self._run.text or self._run.tags:
            self._run.tags.append((self._run.length, (piece,)))
        else:
            self._draft.pieces.append(piece)

    def _run_here(self) -> None:
        """Let the run belong to the block around it."""
        if self._run.text or self._run.tags:
            return
        depth = len(self._inline)
        while depth and self._inline[depth - 1]:
            depth -= 1
        self._run.trail = tuple(self._trail[:depth])
        self._run.number = self._numbers[depth - 1] if depth else 0

    def _text(self, raw: str) -> None:
        self._run_here()
        self._run.text.append(raw)
        self._run.length += len(raw)

    def _cdata(self, raw: str) -> None:
        self._flush()
        slot = self._grammar.text(self._trail, raw[9:-3], self._draft)
        if slot is None:
            self._draft.literal(raw)
        elif slot.part is Part.EXTRA:
            self._put(self._value("cdata", raw, slot))
        else:
            self._draft.literal(raw[:9])
            self._put(self._value("cdata", raw[9:-3], slot))
            self._draft.literal(raw[-3:])

    def _flush(self) -> None:
        """Add the text that ran, as a field without the blanks around it."""
        run, self._run = self._run, _Run()
        text = "".join(run.text)
        value = text.strip(_BLANKS)
        slot = self._grammar.text(run.trail, value, self._draft) if value else None
        if slot is None:
            self._literal(text, run.tags)
            return
        start = text.index(value)
        stop = start + len(value)
        self._literal(text[:start], [one for one in run.tags if one[0] <= start])
        inner = [(at - start, tag) for at, tag in run.tags if start < at < stop]
        path = self._path("text", run.trail, run.number)
        piece = self._draft.value(
            path,
            slot.role,
            value,
            # The tags in it close or open elsewhere and stay, whatever becomes of the text.
            Part.TEXT if slot.part is Part.EXTRA else slot.part,
            kind=slot.kind,
            subject=slot.subject,
            encoding=Encoding.HTML,
        )
        self._draft.pieces.append(
            Piece(piece.text, path, piece.section, piece.part, "", tuple(inner)),
        )
        behind = [(at - stop, tag) for at, tag in run.tags if at >= stop]
        self._literal(text[stop:], behind)

    def _literal(self, text: str, tags: Sequence[tuple[int, tuple[Piece, ...]]]) -> None:
        """Add text that is markup, with the tags in it."""
        at = 0
        for place, pieces in tags:
            self._draft.literal(text[at:place])
            self._draft.pieces += pieces
            at = max(at, place + len(pieces[0].stands))
        self._draft.literal(text[at:])


def _partner(found: list[Token], at: int) -> int:
    """Return the position of the end tag of a start tag."""
    depth = found[at].depth
    return next(
        n
        for n in range(at + 1, len(found))
        if found[n].kind is Kind.END and found[n].depth == depth
    )
