"""Names inside hashtags: `#TeamJane`, `#janesmithrocks`, `#AshtonSFC`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import ahocorasick
import regex

from anonymize.model.folding import fold
from anonymize.model.identities import Search

_TAG = regex.compile(r"[#＃](\w+)")
_WHOLE = regex.compile(r"\s*[#＃]?(\w+)\s*")
_PIECE = regex.compile(r"\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{M}]+|\p{N}+|[^\p{L}\p{M}\p{N}_]")
_KINDS = ("PERSON", "ORGANIZATION")
"""What a name in a hashtag is, where several types have its form; else it is a handle."""
_SHORTEST = 4
_SHORT = 3
_LONGEST_RUN = 5
# "#janet" is not about Jane, "#teamjane" is.
_REST = 3
# Full names are looked for in the middle of words as well, and so are two parts that touch.
_LONG_NAME = 8
_TWO_PARTS = 7


@dataclass(frozen=True, slots=True)
class _Term:
    """A form as it stands in one word.

    Attributes:
        length: Letters and digits.
        kind: Entity type; empty for what counts beside another part of a name only.
        full: Whether it is a name of several words.
        part: Whether it may be part of a name.
    """

    length: int
    kind: str
    full: bool
    part: bool


class Hashtags:
    """Finds known names, handles and organisations in the bodies of hashtags.

    Where capitals part the words, whole words are compared, with a capital also those that are
    searched for as written ("Anna" of "Anna Berg").  Beside these, names of four letters or more
    at the beginning or end of a word, with three letters or more beside them or a possessive s;
    likewise of the body where capitals or low lines part it inside the name ("#JANEsmithrocks").
    Names of several words, and two parts of names that touch, are found anywhere in a word
    ("#ilovejanesmithsomuch").

    Args:
        terms: Folded forms with their types and how to search for each.
    """

    __slots__ = ("_automaton", "_terms", "_written")

    def __init__(self, terms: Mapping[str, Mapping[str, Search]]) -> None:
        self._terms: dict[str, str] = {}
        self._written: set[str] = set()
        self._automaton: Any = None
        found: dict[str, _Term] = {}
        for form in sorted(terms):
            types = terms[form]
            kind = next((one for one in _KINDS if one in types), "HANDLE")
            squeezed = form.replace(" ", "")
            written = types.get(kind) is Search.AS_WRITTEN and kind == "PERSON"
            if written:
                self._written.add(squeezed)
            sure = types.get(kind) in {Search.ALWAYS, Search.ANY_CASE}
            if sure:
                self._terms.setdefault(squeezed, kind)
            if (sure or written) and len(squeezed) >= _SHORTEST:
                full = kind == "PERSON" and " " in form and len(squeezed) >= _LONG_NAME
                old = found.get(squeezed, _Term(len(squeezed), "", full=False, part=False))
                found[squeezed] = _Term(
                    len(squeezed),
                    self._terms.get(squeezed, ""),
                    full or old.full,
                    old.part or (kind == "PERSON" and " " not in form),
                )
        if found:
            automaton = ahocorasick.Automaton()
            for squeezed, term in found.items():
                automaton.add_word(squeezed, term)
            automaton.make_automaton()
            self._automaton = automaton

    def find(self, text: str, *, whole: bool) -> Iterator[tuple[int, int, str, float, str]]:
        """Yield start, end, entity type, score and the recognizer's second half.

        Args:
            text: The decoded text.
            whole: Whether the text is the body of a hashtag.
        """
        if not (self._terms or self._written) or not (whole or "#" in text or "＃" in text):
            return
        if whole:
            match = _WHOLE.fullmatch(text)
            matches = [match] if match else []
        else:
            matches = list(_TAG.finditer(text))
        for match in matches:
            start, end = match.span(1)
            pieces = [piece.span() for piece in _PIECE.finditer(text, start, end)]
            done: list[tuple[int, int]] = []
            for first, last, kind in self._camel(text, pieces):
                done.append((first, last))
                yield first, last, kind, 1.0, "hashtag"
            if self._automaton is not None:
                for first, last, kind in self._glued(text, (start, end), pieces):
                    if not any(first < b and a < last for a, b in done):
                        yield first, last, kind, 1.0, "hashtag"

    def _camel(
        self,
        text: str,
        pieces: list[tuple[int, int]],
    ) -> Iterator[tuple[int, int, str]]:
        """Yield runs of words that are a form, longest first."""
        plain = [fold(text[a:b]).text.strip().replace(" ", "") for a, b in pieces]
        at = 0
        while at < len(pieces):
            for count in range(min(_LONGEST_RUN, len(pieces) - at), 0, -1):
                kind = self._kind("".join(plain[at : at + count]), text[slice(*pieces[at])])
                if kind is not None:
                    yield pieces[at][0], pieces[at + count - 1][1], kind
                    at += count - 1
                    break
            at += 1

    def _kind(self, form: str, first: str) -> str | None:
        """Return whose form a run of words is, given its first word as it is written."""
        found = self._terms.get(form)
        # Three capitals may be initials; a longer word shows by one that it is a name.
        if found is None and form in self._written and first[:1].isupper():
            found = "PERSON" if len(form) >= _SHORT or first.isupper() else None
        return found

    def _glued(
        self,
        text: str,
        body: tuple[int, int],
        pieces: list[tuple[int, int]],
    ) -> Iterator[tuple[int, int, str]]:
        """Yield names in each word, and in the body where none of its words holds all of one."""
        for first, last, kind, anywhere in self._inside(text, *body):
            if anywhere or not any(a <= first and last <= b for a, b in pieces):
                yield first, last, kind
        for start, end in pieces:
            for first, last, kind, _ in self._inside(text, start, end):
                yield first, last, kind

    def _inside(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str, bool]]:
        """Yield names in what is written in one go, and whether they may stand in its middle.

        Blanks and low lines do not part it.
        """
        folded = fold(text[start:end])
        at = [place for place, char in enumerate(folded.text) if char != " "]
        letters = "".join(folded.text[place] for place in at)
        hits = [(last + 1 - t.length, last + 1, t) for last, t in self._automaton.iter(letters)]
        touching = _touching(hits)
        for first, last, term in hits:
            before, after = first, len(letters) - last
            owned = (before, after) == (0, 1) and letters[last] == "s"
            edge = (before, after) == (0, 0) or (
                min(before, after) == 0 and (owned or before + after >= _REST)
            )
            anywhere = term.full or (first, last) in touching
            if anywhere or (term.kind and edge):
                a, b = folded.original(at[first], at[last - 1] + 1)
                yield start + a, start + b, term.kind or "PERSON", anywhere


def _touching(hits: list[tuple[int, int, _Term]]) -> set[tuple[int, int]]:
    """Return where two different parts of names stand side by side."""
    parts = [(first, last) for first, last, term in hits if term.part]
    found: set[tuple[int, int]] = set()
    for one in parts:
        for other in parts:
            if one[1] == other[0] and other[1] - one[0] >= _TWO_PARTS:
                found |= {one, other}
    return found
