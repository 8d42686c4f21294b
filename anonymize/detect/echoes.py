"""Names a recognizer saw once in a document, found again where it did not see them.

An interview says "Anna Berg" in one turn and "Anna" in the next.  What was taken for a person
anywhere in a document is looked for in all of it, as it is written and by its parts; within
one document a second person of that name is rarer than a name missed.
"""

from __future__ import annotations

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
    names: set[str] = set()
    for text in texts:
        for span in text.spans:
            if span.entity_type in {"PERSON", "SPEAKER"}:
                surface = decode(text.value[span.start : span.end], text.encoding).text.strip()
                if span.entity_type == "SPEAKER":
                    surface = _JOINT.sub(" ", surface)
                names.update(_names(surface, common))
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
