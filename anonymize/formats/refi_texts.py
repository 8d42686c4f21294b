"""The texts of sources, and the codings that move with them.

A text is cut into turns as an interview is (`plain`).  A position in it that stands in what is
said is a field of its own, counted from the beginning of its turn, and moves exactly as the
words do; one that stands between turns or in a label moves with what it stands at.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

import regex

from anonymize.formats import plain
from anonymize.formats.base import Texts
from anonymize.formats.charset import Charset
from anonymize.formats.pieces import WITHHELD, Draft, Part, Piece, Pieces, one_line, render
from anonymize.formats.refi_counting import Counting, Fit, numbers
from anonymize.formats.xml_pieces import clean_xml
from anonymize.model.fields import Encoding, Path

_REFERENCE = regex.compile(
    r"&(?:#(?P<d>[0-9]{1,7})|#x(?P<x>[0-9A-Fa-f]{1,6})|(?P<n>amp|lt|gt|quot|apos));"
)
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_CHARACTER = regex.compile(r"\r\n|&[^;]{1,10};|.", regex.DOTALL)
_LITERAL = regex.compile(r"\r\n|.", regex.DOTALL)
_LINE_END = regex.compile(r"\r\n|[\r\n\x85\u2028\u2029]|&#(?:10|13|x0?[aAdD]);")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Text as it stands in a file, and as programs count it.

    Attributes:
        raw: As it stands.
        text: Without references, with line ends as XML gives them (XML 1.0, section 2.11).
        cuts: For each position in `text` the position in `raw`; None when both are the same.
        encoding: How `raw` is escaped.
        section: Last steps of the paths of what stands in it.
    """

    raw: str = field(repr=False)
    text: str = field(repr=False)
    cuts: Sequence[int] | None = None
    encoding: Encoding = Encoding.PLAIN
    ending: Path = ()

    def cut(self, at: int) -> int:
        """Return the position in `raw` of a position in `text`."""
        return at if self.cuts is None else self.cuts[at]


def xml_stretch(raw: str, *, cdata: bool = False) -> Stretch:
    r"""Return the text of an element, or of a CDATA section without its marks.

    >>> xml_stretch("a&amp;\r\nb").text
    'a&\nb'
    """
    chars: list[str] = []
    cuts: list[int] = []
    # In a CDATA section an ampersand is one.
    for match in (_LITERAL if cdata else _CHARACTER).finditer(raw):
        cuts.append(match.start())
        one = match.group()
        if one in {"\r\n", "\r"}:
            chars.append("\n")
        else:
            chars.append(_referred(one) if len(one) > 1 else one)
    cuts.append(len(raw))
    if cdata:
        return Stretch(raw, "".join(chars), cuts, Encoding.PLAIN, ("cdata",))
    return Stretch(raw, "".join(chars), cuts, Encoding.HTML)


def _referred(reference: str) -> str:
    match = _REFERENCE.fullmatch(reference)
    if match is None:  # No entity is declared, so this is not reached in what was checked.
        return reference[0]
    if match["n"]:
        return _NAMED[match["n"]]
    return chr(int(match["d"]) if match["d"] else int(match["x"], 16))


def attribute_text(raw: str) -> str:
    """Return the value of an attribute as programs read it (XML 1.0, section 3.3.3)."""
    plain_raw = regex.sub(r"\r\n|[\t\r\n]", " ", raw)
    return _REFERENCE.sub(lambda match: _referred(match.group()), plain_raw)


def attribute_raw(text: str) -> str:
    """Return a text as the value of an attribute, line ends and tabs kept."""
    for char, shown in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(char, shown)
    return regex.sub("[\t\r\n]", lambda match: f"&#{ord(match.group())};", text)


@dataclass(frozen=True, slots=True)
class Mark:
    """A position somebody wrote down.

    Attributes:
        path: Of the value that holds it.
        raw: The value.
        index: Where in the text it is.
        piece: Position of the piece it is in.
        end: Whether it ends something: then it stays behind what it follows.
        rides: Whether it is a field that moves with what is said.
    """

    path: Path
    raw: str
    index: int
    piece: int
    end: bool = False
    rides: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A name that quotes the words between two marks, both positions in `SourceText.marks`."""

    path: Path
    raw: str = field(repr=False)
    start: int
    end: int
    fit: Fit


@dataclass(frozen=True, slots=True)
class SourceText:
    """A text with the positions in it.

    Attributes:
        pieces: It, in the file it stands in.
        plains: What each of them is as programs count it.
        inline: Whether it stands in the project itself.
        charset: Of the file it stands in.
        counting: How its positions are counted.
        marks: The positions.
        pairs: Positions in `marks` of beginning and end of each coded stretch.
        quotes: Names that quote it.
    """

    pieces: tuple[Piece, ...] = field(repr=False)
    plains: tuple[str, ...] = field(repr=False)
    inline: bool
    charset: Charset
    counting: Counting = field(default_factory=Counting)
    marks: tuple[Mark, ...] = field(default=(), repr=False)
    pairs: tuple[tuple[int, int], ...] = ()
    quotes: tuple[Quote, ...] = field(default=(), repr=False)

    @property
    def text(self) -> str:
        """The whole text as programs count it."""
        return "".join(self.plains)


def find(starts: Sequence[int], index: int, *, end: bool) -> int:
    """Return the piece a position is in, of pieces that start at `starts`.

    An end belongs to the piece it is behind.
    """
    return max(0, (bisect_left if end else bisect_right)(starts, index) - 1)


def starts_of(plains: Sequence[str]) -> list[int]:
    """Return the position at which each piece of a text starts."""
    return list(accumulate(map(len, plains), initial=0))[:-1]


def adopt(draft: Draft, stretch: Stretch, root: Path, name: str) -> Iterator[tuple[Piece, str]]:
    """Add the sections and fields of a text to a draft, and yield its pieces.

    With each piece comes what it is as programs count it.

    Args:
        draft: Of the project.
        stretch: The text.
        root: Put before the paths of its fields.
        name: Put before the names of its sections.
    """
    cut = plain.tokenise(stretch.text).document(Charset("utf-8"), "")
    record = cut.record
    if not isinstance(record, Pieces):
        raise TypeError("not pieces")
    fields = {one.path: one for one in cut.fields}
    # The same letters may stand for another person in another interview.
    labels = {one.subject: one.value for one in cut.fields if one.subject}
    subjects = {one: draft.speaker(f"{name} {label}") for one, label in labels.items()}
    sections: list[int] = []
    for one in cut.sections:
        sections.append(draft.begin(f"{name}-{one.id}"))
        if one.author:
            draft.author(subjects[one.author])
    at = 0
    for piece in record.pieces:
        stop = at + len(piece.text)
        raw = stretch.raw[stretch.cut(at) : stretch.cut(stop)]
        at = stop
        if not piece.path:
            yield replace(piece, text=raw), piece.text
            continue
        found = fields[piece.path]
        draft.current = sections[found.section]
        yield (
            draft.value(
                (*root, *found.path, *stretch.ending),
                found.role,
                raw,
                piece.part,
                kind=found.kind,
                subject=subjects.get(found.subject, ""),
                encoding=stretch.encoding,
            ),
            piece.text,
        )


def clean_text(value: str, piece: Piece) -> str:
    """Return a changed value as it may stand in a text file."""
    return one_line(value) if piece.part is Part.LABEL else value


def clean_inline(value: str, piece: Piece) -> str:
    """Return a changed value as it may stand in the project."""
    return clean_xml(clean_text(value, piece), piece)


def moved(source: SourceText, texts: Texts, withheld: frozenset[int]) -> dict[Path, str | None]:
    """Return the values of a text, its positions and the names that quote it.

    Args:
        source: The text.
        texts: As the fields have them.
        withheld: Sections whose text is taken out; its line ends stay, so that lines that
            others count stay the same.
    """
    found: dict[Path, str | None] = {
        piece.path: _value(piece, texts, withheld) for piece in source.pieces if piece.path
    }
    shown = [_shown(source, at, found) for at in range(len(source.pieces))]
    if tuple(shown) == source.plains:
        found.update((mark.path, mark.raw) for mark in source.marks)
        found.update((quote.path, quote.raw) for quote in source.quotes)
        return found
    text, starts, before = "".join(shown), starts_of(shown), starts_of(source.plains)
    places = [
        starts[mark.piece] + _within(source, mark, before[mark.piece], shown, texts, found)
        for mark in source.marks
    ]
    for start, end in source.pairs:
        if source.marks[start].index < source.marks[end].index:
            places[start], places[end] = _never_empty(text, places[start], places[end])
    counted = numbers(text, source.counting)
    found.update(
        (mark.path, str(counted[at])) for mark, at in zip(source.marks, places, strict=True)
    )
    whole = source.text
    for quote in source.quotes:
        old = whole[source.marks[quote.start].index : source.marks[quote.end].index]
        new = text[places[quote.start] : places[quote.end]]
        found[quote.path] = quote.raw if old == new else attribute_raw(quote.fit.quote(new))
    return found


def _value(piece: Piece, texts: Texts, withheld: frozenset[int]) -> str | None:
    value, gone = texts.get(piece.path), piece.section in withheld
    if piece.part is Part.TEXT and (gone or value is None):
        return (WITHHELD if gone else "") + "".join(_LINE_END.findall(piece.text))
    return None if gone and piece.part is Part.EXTRA else value


def _shown(source: SourceText, at: int, values: Mapping[Path, str | None]) -> str:
    """Return what a piece with a new value is as programs count it."""
    piece, was = source.pieces[at], source.plains[at]
    if not piece.path or values.get(piece.path) == piece.text:
        return was
    # A comment is no text, and none of it is counted.
    if source.inline and piece.part is Part.EXTRA and not was:
        return was
    charset = Charset(source.charset.codec)
    clean = clean_inline if source.inline else clean_text
    out = render(Pieces((piece,), charset), values, frozenset(), clean).decode(charset.codec)
    if not source.inline:
        return out
    return xml_stretch(out, cdata=piece.path[-1:] == ("cdata",)).text


def _within(
    source: SourceText,
    mark: Mark,
    before: int,
    shown: Sequence[str],
    texts: Texts,
    values: Mapping[Path, str | None],
) -> int:
    """Return where in its piece a mark is now."""
    piece, new = source.pieces[mark.piece], shown[mark.piece]
    if not piece.path or new == source.plains[mark.piece]:
        return mark.index - before
    ridden = texts.get(mark.path) if mark.rides else None
    value = values.get(piece.path)
    if ridden is None or value is None or value != texts.get(piece.path):
        return len(new) if mark.end else 0
    until = {**values, piece.path: value[: int(ridden)]}
    return min(len(_shown(source, mark.piece, until)), len(new))


def _never_empty(text: str, start: int, end: int) -> tuple[int, int]:
    """Return a stretch that holds at least a character, where the text has one."""
    if end > start:
        return start, end
    if start < len(text):
        return start, start + (2 if text.startswith("\r\n", start) else 1)
    return max(0, start - 1), start
