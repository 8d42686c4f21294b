"""Texts as a named-entity model reads them: words, their pieces and how they are written.

The vocabulary is lower-cased, for that is what tweets and transcripts need; how a word was
written goes beside it as one of a few shapes.  Where a text tells nothing by its case (all small,
all capitals) every word has the shape `UNTOLD`, so the model reads such a text the same
whichever of the two it is.  Handles, addresses, long numbers, emoji and line breaks are one
piece each: what stands in them is no name for the model to find, and tweets are full of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import regex

from anonymize.detect.masking import ADDRESS_FORM, HANDLE_FORM

HANDLE, ADDRESS, LINE, NUMBER, PICTURE = range(1, 6)
"""Ids of pieces that stand for a whole stretch: the unused places 0 to 4 of BERT's vocabulary."""

NO_SHAPE, UNTOLD, SMALL, INITIAL, CAPITALS, MIXED, DIGITS, SIGN = range(8)
"""Shapes: none (a piece that is no word), case tells nothing, lower case, first letter a capital,
all capitals, capitals inside, holds a digit, neither letter nor digit."""

SHAPES = 8
LONGEST = 126
"""Pieces of one window, without the two that BERT puts around them."""
OVERLAP = 32
"""Pieces two windows of a long text have in common."""

_WORD = regex.compile(
    rf"(?P<address>{ADDRESS_FORM}) | (?P<handle>{HANDLE_FORM}) |"
    r"""
      (?P<line>\n\s*+)
    | (?P<number>\d{5,}+)
    | (?P<picture>[\p{So}\p{Sk}\p{Cf}\uFE0F\u20E3]++)
    | (?<=[\#＃][\p{L}\p{M}\p{N}]*)(?:\p{Lu}++(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{M}]++|\p{N}++|\p{L})
    | [\p{L}\p{M}\p{N}]++
    | \S
    """,
    regex.VERBOSE,
)
_WHOLE = {"address": ADDRESS, "handle": HANDLE, "line": LINE, "number": NUMBER, "picture": PICTURE}
_REMEMBERED = 50_000
_UNKNOWN = "[UNK]"


@dataclass(frozen=True, slots=True)
class Words:
    """A text cut into words.

    Attributes:
        spans: First code point and code point after the last, in order, disjoint.
        pieces: Ids of each word's pieces, at least one.
        shapes: How each word is written.
    """

    spans: tuple[tuple[int, int], ...]
    pieces: tuple[tuple[int, ...], ...] = field(repr=False)
    shapes: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.spans)


@dataclass(frozen=True, slots=True)
class Window:
    """Words that are read at once.

    Attributes:
        first: Number of the first word.
        last: Number after the last word.
        ids: Pieces with BERT's two around them.
        shapes: Of each piece; only a word's first piece has one.
        heads: Position in `ids` of each word's first piece.
    """

    first: int
    last: int
    ids: tuple[int, ...] = field(repr=False)
    shapes: tuple[int, ...]
    heads: tuple[int, ...]


class Vocabulary:
    """The pieces words are made of.

    Args:
        file: BERT's `vocab.txt`: one piece a line, `##` before what continues a word.
    """

    __slots__ = ("_begin", "_end", "_known", "_tokenizer")

    def __init__(self, file: Path) -> None:
        from tokenizers import Tokenizer
        from tokenizers.models import WordPiece
        from tokenizers.normalizers import BertNormalizer

        lines = file.read_text(encoding="utf-8").split("\n")
        places = {name: at for at, name in enumerate(lines) if name}
        self._tokenizer: Any = Tokenizer(WordPiece(places, unk_token=_UNKNOWN))
        self._tokenizer.normalizer = BertNormalizer(lowercase=True, strip_accents=True)
        self._begin, self._end = places["[CLS]"], places["[SEP]"]
        self._known: dict[str, tuple[tuple[int, ...], int]] = {}

    def words(self, text: str) -> Words:
        """Cut a text into words."""
        spans: list[tuple[int, int]] = []
        pieces: list[tuple[int, ...]] = []
        shapes: list[int] = []
        for found in _WORD.finditer(text):
            kind = found.lastgroup
            spans.append(found.span())
            if kind is None:
                own, form = self._word(found.group())
            else:
                own = (_WHOLE[kind],)
                form = DIGITS if kind == "number" else NO_SHAPE
            pieces.append(own)
            shapes.append(form)
        return Words(tuple(spans), tuple(pieces), tuple(told(shapes)))

    def _word(self, word: str) -> tuple[tuple[int, ...], int]:
        """Return a word's pieces and its shape."""
        found = self._known.get(word)
        if found is None:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            encoded = self._tokenizer.encode(word, add_special_tokens=False).ids
            # A word of nothing the vocabulary knows still is a word.
            own = tuple(encoded[:LONGEST]) or (self._tokenizer.token_to_id(_UNKNOWN),)
            found = own, shape(word)
            self._known[word] = found
        return found

    def windows(self, words: Words) -> Iterator[Window]:
        """Yield the windows of a text; those of a long text overlap by `OVERLAP` pieces."""
        start = 0
        while start < len(words):
            stop, room = start, LONGEST
            while stop < len(words) and len(words.pieces[stop]) <= room:
                room -= len(words.pieces[stop])
                stop += 1
            yield self._window(words, start, stop)
            if stop == len(words):
                return
            back, shared = stop, 0
            while back > start + 1 and shared < OVERLAP:
                back -= 1
                shared += len(words.pieces[back])
            start = back

    def _window(self, words: Words, first: int, last: int) -> Window:
        ids = [self._begin]
        shapes = [NO_SHAPE]
        heads: list[int] = []
        for at in range(first, last):
            heads.append(len(ids))
            own = words.pieces[at]
            ids += own
            shapes.append(words.shapes[at])
            shapes += [NO_SHAPE] * (len(own) - 1)
        ids.append(self._end)
        shapes.append(NO_SHAPE)
        return Window(first, last, tuple(ids), tuple(shapes), tuple(heads))


def shape(word: str) -> int:
    """Return how a word is written.

    >>> [shape(word) for word in ("anna", "Anna", "ANNA", "McKay", "7b", "!", "A")]
    [2, 3, 4, 5, 6, 7, 3]
    """
    if word.islower():
        return DIGITS if any(char.isdigit() for char in word) else SMALL
    if any(char.isdigit() for char in word):
        return DIGITS
    if word[0].isupper():
        if len(word) == 1 or word[1:].islower():
            return INITIAL
        return CAPITALS if word.isupper() else MIXED
    return MIXED if any(char.isalpha() for char in word) else SIGN


def told(shapes: Sequence[int]) -> list[int]:
    """Return the shapes with `UNTOLD` for every letter word where case tells nothing.

    It tells nothing where no word has a capital, and where fewer than one in ten is small.
    """
    small = sum(one == SMALL for one in shapes)
    large = sum(one in {INITIAL, CAPITALS, MIXED} for one in shapes)
    if large and small * 10 >= small + large:
        return list(shapes)
    return [UNTOLD if one in {SMALL, INITIAL, CAPITALS, MIXED} else one for one in shapes]
