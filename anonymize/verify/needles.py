"""Needles: everything that must not stand in what was written, ready to be searched for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import ahocorasick

from anonymize.model.forms import find_phones, forms, phone_key
from anonymize.model.identities import KnownIdentifier, Search
from anonymize.verify.plain import folded, origins
from anonymize.verify.stretches import codes_of, mask, stretches, table

_IDS = {"USER_ID", "POST_ID"}
_SHORTEST_ID = 6
# Shorter runs are looked up as whole words only: the 64 hex digits of a SHA-256 hold 1.4 runs of
# six or more decimal digits each, and an audit log holds millions of them.
_ANYWHERE = 12
_DIGITS = table("0123456789")
# A bare number in JSON: a count, a position or a line of the log.  Ids are written as strings.
# In arrays only where our own indentation tells them from the first cell of a table's row.
_BEFORE_NUMBER = re.compile(r'(?:":\s{0,8}|[\[,]\n {4,16})\Z')
_FOREIGN_DIGIT = re.compile(r"[^\D0-9]")
_ASCII = bytes(range(128))
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


@dataclass(frozen=True, slots=True)
class Hit:
    """A needle in a text.

    Attributes:
        start: First code point, in the text searched.
        entity_type: What was found.
        first: Whether nothing stands before it: a word cut by a window may.
        last: Whether nothing stands behind it.
    """

    start: int
    entity_type: str
    first: bool
    last: bool


class Needles:
    """The searchable forms of known identifiers.

    Args:
        known: What was learned.
        is_id: Whether a run of digits is a known id.

    Attributes:
        identifiers: How many of `known` are searched for.
        not_searched: How many are not: words too ordinary to stop a publication.
    """

    __slots__ = ("_automaton", "_ids", "_is_id", "_phones", "identifiers", "not_searched")

    def __init__(self, known: Iterable[KnownIdentifier], is_id: Callable[[str], bool]) -> None:
        self._is_id = is_id
        self._ids: set[str] = set()
        words: dict[str, str] = {}
        phones: set[str] = set()
        self.identifiers = self.not_searched = 0
        for one in known:
            key = phone_key(one.value) if one.entity_type == "PHONE_NUMBER" else ""
            # A full name alone is a form of two words or a squeezed one; a lone word that was
            # learned as ALWAYS is a handle or a roster name.
            found = forms(one)
            is_id_value = one.entity_type in _IDS and len(one.value) >= _SHORTEST_ID
            if one.search is not Search.ALWAYS or not (found or key or is_id_value):
                self.not_searched += 1
                continue
            self.identifiers += 1
            if key:
                phones.add(key)
            if is_id_value:
                self._ids.add(one.value)
            for form in found:
                words[form] = min(words.get(form, one.entity_type), one.entity_type)
        self._automaton = _automaton({f" {form} ": (form, words[form]) for form in words})
        self._phones = (frozenset(phones), _automaton({key: (key, "") for key in phones}))

    def search(self, text: str) -> Iterator[Hit]:
        """Yield every needle in `text`, in no particular order."""
        plain = folded(text)
        hits: list[tuple[int, int, str]] = []
        if self._automaton is not None:
            for end, (form, entity_type) in self._automaton.iter(plain):
                hits.append((end - len(form), end, entity_type))
        hits += self._ids_in(text, plain)
        if hits:
            places = origins(text)
            for start, end, entity_type in hits:
                yield Hit(int(places[start]), entity_type, start <= 1, end >= len(plain) - 1)
        yield from self._search_phones(text, plain)

    def _ids_in(self, text: str, plain: str) -> Iterator[tuple[int, int, str]]:
        """Yield where ids begin and end in `plain`, the folded form of `text`."""
        import numpy as np

        starts, ends = stretches(mask(plain, _DIGITS), _SHORTEST_ID)
        if not len(starts):
            return
        codes = np.frombuffer(codes_of(plain), dtype=np.uint8)
        word = (codes[starts - 1] == ord(" ")) & (codes[ends] == ord(" "))
        chosen = word | (ends - starts >= _ANYWHERE)
        starts, ends = starts[chosen], ends[chosen]
        places = origins(text) if (ends - starts < _ANYWHERE).any() else starts
        for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
            # Asking for an id costs more than seeing that a number is none.
            if end - start < _ANYWHERE and _is_number(text, int(places[start])):
                continue
            run = plain[start:end]
            if run in self._ids or self._is_id(run):
                yield start, end, "ID"

    def _search_phones(self, text: str, plain: str) -> Iterator[Hit]:
        keys, automaton = self._phones
        if automaton is None:
            return
        if _FOREIGN_DIGIT.search(_foreign(text)):
            plain = folded(_FOREIGN_DIGIT.sub(_ascii_digit, text))
        # The exact search takes one character at a time; most windows need none.
        if next(automaton.iter(plain.replace(" ", "")), None) is None:
            return
        for read in dict.fromkeys((text, _INVISIBLE.sub("", text))):
            for start, end in find_phones(read, keys):
                yield Hit(start, "PHONE_NUMBER", start == 0, end == len(read))


def _foreign(text: str) -> str:
    """Return the characters of `text` that are not of ASCII."""
    data = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return data.decode("utf-8", "surrogatepass")


def _ascii_digit(match: re.Match[str]) -> str:
    return str(unicodedata.decimal(match.group()))


def _is_number(text: str, at: int) -> bool:
    """Whether the digits at `at` are a bare JSON number behind a key."""
    return _BEFORE_NUMBER.search(text, max(0, at - 20), at) is not None


def _automaton(words: dict[str, tuple[str, str]]) -> ahocorasick.Automaton | None:
    if not words:
        return None
    automaton = ahocorasick.Automaton()
    for word in sorted(words):
        automaton.add_word(word, words[word])
    automaton.make_automaton()
    return automaton
