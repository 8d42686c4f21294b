"""Search for everything learned anywhere: handles, names, addresses, numbers, ids.

Compares in the form of `model.folding` and by the forms of `model.forms`, as `verify.leaks`
does after writing, so that what is asked for there was looked for here.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import ahocorasick
import regex

from anonymize.detect.hashtags import Hashtags
from anonymize.detect.ordinary import is_name, seen
from anonymize.detect.overlaps import resolve
from anonymize.detect.texts import raw_stretch
from anonymize.model.encodings import Decoded, decode
from anonymize.model.fields import Encoding
from anonymize.model.folding import Folded, fold
from anonymize.model.forms import find_phones, forms, phone_key
from anonymize.model.identities import KnownIdentifier, Search
from anonymize.model.spans import Span

_CUT_SCORE = 0.9
_INITIALS = regex.compile(r"(?<![\w.'’])(?:\p{Lu}\.[ \u00a0]?){1,3}\Z")
_IDS = regex.compile(r"(?<![0-9])[0-9]{6,}(?![0-9])")
# A dot before it is no address: ".@jane_doe" begins a tweet that all followers shall see.
_TOKEN = regex.compile(r"(?<![\w+\-])[@＠]\w+")
_HOST = regex.compile(r"(?<![\w#＃.-])(?:[\p{L}\p{N}][\p{L}\p{N}-]*\.)+\p{Ll}{2,}(?![\w-])")
_CUT_HANDLE = regex.compile(r"[@＠](\w{2,})(?=…|\.{3})")
_CUT_NAME = regex.compile(r"(?<=\w)(?=…|\.{3})")
_PARTED = regex.compile(r"\w{3,}[.!?…]\s")
_INVISIBLE = regex.compile(r"\p{Cf}")

# RFC 1035, 2.3.4.
_LONGEST_HOST = 255

# Where one surface is a form of several types: what a surface without `@` most likely is.
_ORDER = ("PERSON", "EMAIL_ADDRESS", "ORGANIZATION", "HANDLE")


_NAMES = frozenset((Search.ALWAYS, Search.ANY_CASE, Search.AS_WRITTEN))


class KnownMatcher:
    """Finds known identifiers in any case, with or without marks, spaced or squeezed.

    Args:
        known: What was learned; their order does not matter.
        is_id: Whether a run of six or more digits is a known id.
    """

    __slots__ = ("_automaton", "_handles", "_hashtags", "_is_id", "_names", "_phones", "_sure")

    def __init__(
        self,
        known: Iterable[KnownIdentifier],
        *,
        is_id: Callable[[str], bool],
    ) -> None:
        self._is_id = is_id
        terms: dict[str, dict[str, Search]] = {}
        phones: set[str] = set()
        handles: set[str] = set()
        for one in known:
            if one.entity_type == "PHONE_NUMBER" and one.search is not Search.FIELDS:
                phones.add(phone_key(one.value))
            if one.entity_type == "HANDLE" and one.search is not Search.FIELDS:
                handles.add(one.value.lstrip("@＠").lower())
            for form in forms(one):
                types = terms.setdefault(form, {})
                # "always" sorts before "capitalised": the wider search wins.
                types[one.entity_type] = min(types.get(one.entity_type, one.search), one.search)
        self._phones = frozenset(phones - {""})
        self._handles = sorted(handles)
        self._names = {
            kind: sorted(form for form, types in terms.items() if kind in types and " " in form)
            for kind in ("PERSON", "ORGANIZATION")
        }
        self._sure = frozenset(
            form for form, types in terms.items() if types.get("PERSON", Search.FIELDS) in _NAMES
        )
        self._hashtags = Hashtags(terms)
        self._automaton = _automaton(terms)

    def find(
        self,
        value: str,
        encoding: Encoding = Encoding.PLAIN,
        spans: Sequence[Span] = (),
        *,
        kind: str = "",
    ) -> tuple[Span, ...]:
        """Return the known identifiers in a value, disjoint and sorted.

        Args:
            value: As it stands in the record.
            encoding: How it is escaped.
            spans: What recognizers found in it; it tells names that are ordinary words.
            kind: `Field.kind`; a `hashtag` is read as one without its sign.
        """
        decoded = decode(value, encoding)
        text = decoded.text
        if not text or text.isspace():
            return ()
        folded = fold(text)
        found: list[tuple[int, int, str, float, str]] = []
        found += _parted(self._words(text, folded, decoded, spans), text)
        found += self._numbers(text, folded)
        found += self._hashtags.find(text, whole=kind == "hashtag")
        if "…" in text or "..." in text:
            found += self._cut(text)
        return resolve(
            (
                Span(*raw_stretch(decoded, start, end), entity_type, score, f"known/{how}")
                for start, end, entity_type, score, how in found
            ),
            value,
            encoding,
        )

    def _words(
        self,
        text: str,
        folded: Folded,
        decoded: Decoded,
        spans: Sequence[Span],
    ) -> Iterator[tuple[int, int, str, float, str]]:
        """Yield whole words that are a form of an identifier."""
        if self._automaton is None:
            return
        tokens: list[tuple[int, int]] | None = None
        for last, (length, types) in self._automaton.iter(folded.text):
            start, end = folded.original(last - length, last)
            surface = text[start:end]
            host = _host(text, start, end) if "ORGANIZATION" in types else None
            if host is not None:
                # Half a host replaced would be somebody's.
                yield *host, "URL", 1.0, "host"
                continue
            if tokens is None:
                tokens = (
                    [m.span() for m in _TOKEN.finditer(text)] if "@" in text or "＠" in text else []
                )
            token = _token(tokens, start)
            if token is not None and "EMAIL_ADDRESS" not in types:
                # Part of a handle: half a handle replaced would be neither.  What a name has
                # behind the handle and a blank ("@ann_lee. Ann") is another mention.
                apart = any(char.isspace() for char in text[token[1] : end])
                stop = token[1] if apart else max(token[1], end)
                yield token[0], stop, "HANDLE", 1.0, "handle"
                continue
            for entity_type in sorted(types, key=_rank):
                if types[entity_type] is Search.AS_WRITTEN and not _as_written(surface):
                    continue
                if types[entity_type] is Search.CAPITALISED and not is_name(
                    text,
                    start,
                    end,
                    seen(spans, *raw_stretch(decoded, start, end)),
                    self._sure.__contains__,
                ):
                    continue
                spaced = any(char.isspace() for char in surface)
                if entity_type == "HANDLE" and spaced:
                    # "Ann Lee" where `ann_lee` is known: a name, and known by that.
                    entity_type = "PERSON"  # noqa: PLW2901
                if entity_type == "PERSON" and not spaced:
                    start = _with_initials(text, start)
                yield start, end, entity_type, 1.0, _kind(entity_type)
                break

    def _numbers(self, text: str, folded: Folded) -> Iterator[tuple[int, int, str, float, str]]:
        """Yield known ids and telephone numbers."""
        for match in _IDS.finditer(folded.text):
            if self._is_id(match.group()):
                yield *folded.original(*match.span()), "POST_ID", 1.0, "id"
        if not self._phones:
            return
        for start, end in find_phones(text, self._phones):
            yield start, end, "PHONE_NUMBER", 1.0, "phone"
        if _INVISIBLE.search(text):
            seen = [at for at, char in enumerate(text) if not _INVISIBLE.match(char)]
            for start, end in find_phones("".join(text[at] for at in seen), self._phones):
                yield seen[start], seen[end - 1] + 1, "PHONE_NUMBER", 1.0, "phone"

    def _cut(self, text: str) -> Iterator[tuple[int, int, str, float, str]]:
        """Yield the beginnings of handles and names that an ellipsis cuts off."""
        for match in _CUT_HANDLE.finditer(text):
            if _begins(self._handles, match.group(1).lower()):
                yield *match.span(), "HANDLE", _CUT_SCORE, "handle-cut"
        for match in _CUT_NAME.finditer(text):
            end = match.start()
            folded = fold(text[max(0, end - 80) : end])
            words = folded.text.split()
            for count in range(min(5, len(words)), 1, -1):
                form = " ".join(words[-count:])
                kind = next((k for k, names in self._names.items() if _begins(names, form)), None)
                if kind is not None:
                    first = folded.origins[len(folded.text) - 1 - len(form)]
                    yield max(0, end - 80) + first, end, kind, _CUT_SCORE, f"{_kind(kind)}-cut"
                    break


def _parted(
    found: Iterable[tuple[int, int, str, float, str]],
    text: str,
) -> Iterator[tuple[int, int, str, float, str]]:
    """Leave out names that run over the end of a sentence, where others cover all of them.

    In "two: Jane Smith. Jane Brown." nobody is called "Smith, Jane".
    """
    every = list(found)
    over = [one for one in every if one[2] == "PERSON" and _PARTED.search(text, one[0], one[1])]
    sure = [one for one in every if one not in over]
    for one in every:
        if one in over:
            letters = (at for at in range(one[0], one[1]) if text[at].isalnum())
            if all(any(start <= at < end for start, end, *_ in sure) for at in letters):
                continue
        yield one


def _rank(entity_type: str) -> tuple[int, str]:
    """Return the order in which types claim a surface."""
    at = _ORDER.index(entity_type) if entity_type in _ORDER else len(_ORDER)
    return at, entity_type


def _kind(entity_type: str) -> str:
    """Return the second half of the recognizer's name."""
    return entity_type.lower().replace("_", "-")


def _automaton(terms: dict[str, dict[str, Search]]) -> Any:
    """Return the automaton over the forms with a blank at each end, or None."""
    if not terms:
        return None
    automaton = ahocorasick.Automaton()
    for form in sorted(terms):
        # Matches end at the closing blank: its position is one past the form.
        automaton.add_word(f" {form} ", (len(form), terms[form]))
    automaton.make_automaton()
    return automaton


def _token(tokens: Sequence[tuple[int, int]], start: int) -> tuple[int, int] | None:
    """Return the handle in the text that holds a position."""
    at = bisect_left(tokens, (start + 1,)) - 1
    if at >= 0 and tokens[at][0] <= start < tokens[at][1]:
        return tokens[at]
    return None


def _host(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the host, such as `ashton-sfc.ac.uk`, that holds a stretch of a text."""
    if text[end : end + 1] not in {".", "-"} and text[max(0, start - 1) : start] not in {".", "-"}:
        return None
    first = start
    while first > 0 and not text[first - 1].isspace() and start - first < _LONGEST_HOST:
        first -= 1
    for match in _HOST.finditer(text, first, end + _LONGEST_HOST):
        if match.start() <= start and end <= match.end():
            return match.span()
    return None


def _begins(ordered: Sequence[str], beginning: str) -> bool:
    """Whether one of the sorted strings begins so."""
    at = bisect_left(ordered, beginning)
    return at < len(ordered) and ordered[at].startswith(beginning)


def _with_initials(text: str, start: int) -> int:
    """Return where the initials before a name begin, or where the name does."""
    found = _INITIALS.search(text[max(0, start - 12) : start])
    return start - len(found.group()) if found else start


def _as_written(surface: str) -> bool:
    """Whether a surface is written as a name: initials in capitals, all else with one."""
    return surface.isupper() if len(surface) < 3 else surface[:1].isupper()
