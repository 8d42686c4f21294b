"""Names a recognizer saw once in a document, found again where it did not see them.

An interview says "Anna Berg" in one turn and "Anna" in the next.  What was taken for a person
anywhere in a document is looked for in all of it, as it is written and by its parts; within
one document a second person of that name is rarer than a name missed.  What the document as a
whole is taken to call something else ("the House" of a debate, once heard as a person) is not
looked for: the scores of all its readings are weighed.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace

import regex

from anonymize.detect.known import KnownMatcher
from anonymize.model.encodings import decode
from anonymize.model.fields import Encoding
from anonymize.model.folding import words
from anonymize.model.identities import KnownIdentifier, Search
from anonymize.model.names import TITLES, parse, split_possessive
from anonymize.model.spans import Span

_SCORE = 0.7
"""Below what a recognizer saw itself, above every policy's threshold."""
_SHORTEST = 4
_SURELY = 2.0
"""How much surer another reading must be; below it a person stays one."""
_OTHERS = frozenset(("ORGANIZATION", "LOCATION"))
"""What else a name may be heard as."""
_JOINT = regex.compile(r"(?<=\p{Ll})(?=\p{Lu})")
"""Where the words of a label like `LaurenFinch` meet."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A text with what recognizers found in it."""

    value: str = field(repr=False)
    encoding: Encoding
    spans: tuple[Span, ...]


def echoes(texts: Sequence[Heard], common: Container[str]) -> list[tuple[Span, ...]]:
    """Return for each text of a document where names found in any of them stand again.

    Args:
        texts: All free texts of one document.
        common: Folded words that are no names by themselves.
    """
    heard: defaultdict[str, float] = defaultdict(float)
    otherwise = {name: max(by.values()) for name, by in _otherwise(texts).items()}
    for text in texts:
        for span in text.spans:
            if span.entity_type == "SPEAKER":
                # A label is no reading: who speaks is a person.
                surface = _JOINT.sub(" ", _surface(text, span))
                heard.update(dict.fromkeys(_names(surface, common), math.inf))
            elif span.entity_type == "PERSON":
                for name in _names(_surface(text, span), common):
                    heard[name] += span.score
    names = {name for name, score in heard.items() if score >= otherwise.get(words(name), 0.0)}
    if not names:
        return [() for _ in texts]
    matcher = KnownMatcher(
        [KnownIdentifier("PERSON", name, Search.AS_WRITTEN) for name in sorted(names)],
        is_id=lambda _: False,
    )
    return [
        tuple(
            replace(span, score=_SCORE, recognizer="echo/person")
            for span in matcher.find(text.value, text.encoding, text.spans)
            if span.entity_type == "PERSON"
        )
        for text in texts
    ]


def weighed(text: Heard) -> tuple[Span, ...]:
    """Return the spans of a long text, its persons that are surely something else as that.

    A model reads each passage by itself.  Where it took a word for a person, and in sum at least
    `_SURELY` times as certainly for an organisation or a place, it is that one there as well.
    What a rule or a list says stands.
    """
    persons: defaultdict[str, float] = defaultdict(float)
    for span in text.spans:
        if span.entity_type == "PERSON":
            persons[_key(text, span)] += span.score
    others = _otherwise([text])
    out: list[Span] = []
    for span in text.spans:
        if span.entity_type == "PERSON" and span.recognizer.startswith("ner/"):
            key = _key(text, span)
            readings = others.get(key, {}).items()
            kind, score = max(readings, key=lambda one: (one[1], one[0]), default=("", -1.0))
            if score >= _SURELY * persons[key]:
                out.append(replace(span, entity_type=kind))
                continue
        out.append(span)
    return tuple(out)


def _otherwise(texts: Sequence[Heard]) -> dict[str, dict[str, float]]:
    """Return of what was heard as no person the scores in sum, by folded words and type."""
    found: defaultdict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for text in texts:
        for span in text.spans:
            if span.entity_type in _OTHERS:
                found[_key(text, span)][span.entity_type] += span.score
    return found


def _surface(text: Heard, span: Span) -> str:
    return decode(text.value[span.start : span.end], text.encoding).text.strip()


def _key(text: Heard, span: Span) -> str:
    return words(_surface(text, span)).removeprefix("the ")


def _names(surface: str, common: Container[str]) -> set[str]:
    """Return a name and those of its parts that name somebody by themselves."""
    whole = split_possessive(surface)[0]
    parts = parse(whole)
    found = {
        part
        for part in (parts.given, parts.family)
        if len(part) >= _SHORTEST and part[:1].isupper() and words(part) not in TITLES
    }
    if len(words(whole).split()) > 1:
        found.add(whole)
    return {name for name in found if words(name) not in common}
