"""Transcripts as pieces: literal text between values, put together again with new values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from enum import StrEnum

from anonymize.formats.base import Texts
from anonymize.formats.charset import Charset, encode_text
from anonymize.model.documents import TOGETHER, Document, Section
from anonymize.model.fields import Encoding, Field, Path, Role
from anonymize.model.folding import words

WITHHELD = "[withheld]"
"""Stands for a turn or label that is not shared."""
_TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
_ALIGNED = 4000
"""Words up to which changes are aligned one by one; the time grows with their square."""


class Part(StrEnum):
    """What becomes of a piece when it has no new value, or its section is withheld."""

    LITERAL = "literal"
    """Always written as it stands."""
    LABEL = "label"
    """`[withheld]` without a value; stays when its section is withheld."""
    TEXT = "text"
    """Empty without a value; `[withheld]` when its section is withheld."""
    CUE = "cue"
    """As `TEXT`, but never empty: a blank line would end the cue."""
    EXTRA = "extra"
    """Leaves with its head and tail without a value or when its section is withheld."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the file.

    Attributes:
        text: As it stands in the file.
        path: The field it is the value of; empty for literal text.
        section: Position of its section, -1 for none.
        part: How it is rendered.
        tail: Literal text behind it that leaves with it.
        tags: Inline tags inside the value, which is `text` without them: position in the
            value and pieces of the tag.
        head: Literal text before it that leaves with it.
        stands: Of the first piece of a tag: the character of the value that the tag is.
        changed: Of literal text of a tag: what is written instead once the value is another.
    """

    text: str = field(repr=False)
    path: Path = ()
    section: int = -1
    part: Part = Part.LITERAL
    tail: str = field(default="", repr=False)
    tags: tuple[tuple[int, tuple[Piece, ...]], ...] = field(default=(), repr=False)
    head: str = field(default="", repr=False)
    stands: str = field(default="", repr=False)
    changed: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Pieces:
    """The record of a transcript."""

    pieces: tuple[Piece, ...] = field(repr=False)
    charset: Charset


Clean = Callable[[str, Piece], str]
"""Makes a changed value fit for the place of its piece."""


def one_line(value: str, _piece: Piece | None = None) -> str:
    """Return a value with every run of line ends as one blank."""
    return re.sub(r"\s*[\r\n\x85\u2028\u2029]+\s*", " ", value)


def positions(old: str, new: str, places: list[int]) -> list[int]:
    """Return where positions in `old` lie in `new`, in order.

    Words both texts share keep their tags where they stood; a position inside changed words
    snaps behind the new ones.  The alignment is deterministic and never moves two positions
    past each other.
    """
    if old == new or not places:
        return places
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    found: list[int] = []
    at_old = at_new = 0
    waiting = list(places)
    for kind, i1, i2, j1, j2 in _changes(before, after):
        end_old = at_old + sum(map(len, before[i1:i2]))
        end_new = at_new + sum(map(len, after[j1:j2]))
        while waiting and waiting[0] < end_old:
            place = waiting.pop(0)
            inside = place > at_old
            if kind == "equal":
                found.append(at_new + place - at_old)
            else:
                found.append(end_new if inside else at_new)
        at_old, at_new = end_old, end_new
    return found + [len(new)] * len(waiting)


def _changes(before: list[str], after: list[str]) -> Sequence[tuple[str, int, int, int, int]]:
    """Return how two lists of words differ, as `difflib` says it."""
    if len(before) + len(after) <= _ALIGNED:
        return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    shorter = min(len(before), len(after))
    head = next((n for n in range(shorter) if before[n] != after[n]), shorter)
    rest = shorter - head
    tail = next((n for n in range(rest) if before[-1 - n] != after[-1 - n]), rest)
    last, new_last = len(before) - tail, len(after) - tail
    return [
        ("equal", 0, head, 0, head),
        ("replace", head, last, head, new_last),
        ("equal", last, len(before), new_last, len(after)),
    ]


def render(
    record: Pieces,
    texts: Texts,
    withheld: frozenset[int],
    clean: Clean,
    mark: str = WITHHELD,
) -> bytes:
    """Return the file with new values.

    Args:
        record: As made when reading.
        texts: New value of each field; a missing one counts as None.
        withheld: Sections whose text is taken out.
        clean: Applied to every value that differs from the original.
        mark: Stands for what is not shared.
    """
    out = "".join(_write(record.pieces, texts, withheld, clean, mark))
    return record.charset.bom + encode_text(out, record.charset.codec)


def _write(
    pieces: tuple[Piece, ...],
    texts: Texts,
    withheld: frozenset[int],
    clean: Clean,
    mark: str,
    *,
    fresh: bool = False,
) -> Iterator[str]:
    for piece in pieces:
        if piece.part is Part.LITERAL:
            yield (fresh and piece.changed) or piece.text
            continue
        value = texts.get(piece.path)
        extra = piece.part is Part.EXTRA
        if extra and (value is None or piece.section in withheld):
            continue
        if piece.part is not Part.LABEL and piece.section in withheld:
            yield mark
            # What opens or closes in here closes or opened elsewhere.
            for _, tag in piece.tags:
                yield from _write(tag, texts, withheld, clean, mark)
            continue
        new = value
        if value is not None and value != piece.text:
            new = clean(value, piece)
        if not new and (piece.part is Part.CUE or (piece.part is Part.LABEL and new is None)):
            new = mark
        new = new or ""
        yield piece.head
        at = 0
        for place, (_, tag) in zip(
            positions(piece.text, new, [place for place, _ in piece.tags]),
            piece.tags,
            strict=True,
        ):
            yield new[at:place]
            yield from _write(tag, texts, withheld, clean, mark, fresh=new != piece.text)
            stands = tag[0].stands
            # A character that was written over is not taken from what stands there now.
            at = place + (new[place : place + 1] == stands != "")
        yield new[at:]
        yield piece.tail


class Draft:
    """Collects pieces, fields and sections while a file is tokenised."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.fields: list[Field] = []
        self.current = -1
        self._sections: list[Section] = []
        self._speakers: dict[str, int] = {}
        self._subjects: dict[str, str] = {}

    def begin(self, name: str, withhold: str = "") -> int:
        """Begin a section, make it the current one and return its position."""
        self._sections.append(Section(name, withhold=withhold))
        self.current = len(self._sections) - 1
        return self.current

    def speaker(self, label: str) -> str:
        """Return the subject of a label: a number, since subjects may be shown."""
        subject = self._subjects.get(label)
        if subject is None:
            key = words(label) or label
            subject = f"speaker:{self._speakers.setdefault(key, len(self._speakers) + 1)}"
            # Folding takes its time, and a long talk has few speakers.
            self._subjects[label] = subject
        return subject

    def speakers(self, labels: Sequence[str]) -> str:
        """Return the author of a section in which one label or several speak; see `authors`.

        It is withheld where one of them refused; what is said in it is nobody's alone.
        """
        numbers = sorted({int(self.speaker(label).partition(":")[2]) for label in labels})
        return f"{TOGETHER if len(numbers) > 1 else 'speaker:'}{'+'.join(map(str, numbers))}"

    def literal(self, text: str) -> None:
        """Add text that is never changed."""
        if text:
            self.pieces.append(Piece(text))

    def author(self, subject: str) -> None:
        """Make a subject the author of the current section, unless it has one."""
        section = self._sections[self.current]
        if not section.author:
            self._sections[self.current] = replace(section, author=subject)

    def value(
        self,
        path: Path,
        role: Role,
        text: str,
        part: Part,
        *,
        kind: str = "",
        subject: str = "",
        encoding: Encoding = Encoding.PLAIN,
        tail: str = "",
        head: str = "",
    ) -> Piece:
        """Add a field of the current section and return its piece, not yet placed."""
        section = self.current
        self.fields.append(
            Field(path, role, text, section, kind=kind, subject=subject, encoding=encoding),
        )
        return Piece(text, path, section, part, tail, head=head)

    def document(self, charset: Charset, scope: str) -> Document:
        """Return the whole file as one document."""
        return Document(
            id="1",
            fields=tuple(self.fields),
            sections=tuple(self._sections),
            record=Pieces(tuple(self.pieces), charset),
            scope=scope,
        )
