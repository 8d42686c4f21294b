"""Names inside hashtags: `#TeamJane`, `#janesmithrocks`, `#AshtonSFC`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
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


class Hashtags:
    """Finds known names, handles and organisations in the bodies of hashtags.

    Where capitals part the words, whole words are compared, with a capital also those that are
    searched for as written ("Anna" of "Anna Berg").  Where no word is one, names of four letters
    or more at the beginning or end of a word, with three letters or more beside them or a
    possessive s; likewise of the body where capitals part it inside the name ("#JANEsmithrocks").

    Args:
        terms: Folded forms with their types and how to search for each.
    """

    __slots__ = ("_automaton", "_terms", "_written")

    def __init__(self, terms: Mapping[str, Mapping[str, Search]]) -> None:
        self._terms: dict[str, str] = {}
        self._written: set[str] = set()
        self._automaton: Any = None
        automaton = ahocorasick.Automaton()
        for form in sorted(terms):
            types = terms[form]
            kind = next((one for one in _KINDS if one in types), "HANDLE")
            squeezed = form.replace(" ", "")
            if types.get(kind) is Search.AS_WRITTEN and kind == "PERSON":
                self._written.add(squeezed)
            if types.get(kind) not in {Search.ALWAYS, Search.ANY_CASE}:
                continue
            self._terms.setdefault(squeezed, kind)
            if len(squeezed) >= _SHORTEST:
                automaton.add_word(squeezed, (len(squeezed), self._terms[squeezed]))
        if len(automaton):
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
            found = False
            for first, last, kind in self._camel(text, pieces):
                found = True
                yield first, last, kind, 1.0, "hashtag"
            if not found and self._automaton is not None:
                for first, last, kind in self._glued(text, (start, end), pieces):
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
        """Yield names at the edges of each word, and of the body where none of them holds all."""
        for first, last, kind in self._edges(text, *body):
            if not any(a <= first and last <= b for a, b in pieces):
                yield first, last, kind
        for start, end in pieces:
            yield from self._edges(text, start, end)

    def _edges(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Yield names at the beginning or end of what is written in one go."""
        body = text[start:end]
        folded = fold(body)
        words = folded.text
        for last, (length, kind) in self._automaton.iter(words):
            first = last - length + 1
            # `words` has a blank at each end.
            before, after = first - 1, len(words) - last - 2
            owned = (before, after) == (0, 1) and words[last + 1] == "s"
            if (before, after) == (0, 0) or (
                min(before, after) == 0 and (owned or before + after >= _REST)
            ):
                a, b = folded.original(first, last + 1)
                yield start + a, start + b, kind
