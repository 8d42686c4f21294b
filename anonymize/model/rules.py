"""Rule packs: recognizers with their own examples, word lists and allow lists, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Pattern:
    """One regular expression of a recognizer.

    Attributes:
        name: Unique in its recognizer.
        regex: In the syntax of the `regex` package; a group named `span`, where there is
            one, is what is marked.
        score: Confidence of a match, 0 to 1, before context and check.
    """

    name: str
    regex: str
    score: float


@dataclass(frozen=True, slots=True)
class Example:
    """A text and what of it the recognizer must mark: the test a rule carries with it."""

    text: str
    spans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """One recognizer of a pack.

    Attributes:
        id: `pack/name`.
        entity_type: What it finds.
        patterns: Any of them marks a span.
        words: Deny list: whole words marked wherever they stand, case ignored.
        context: Words near a match that raise its score.
        check: Name of a checksum or validity test, empty for none.
        role: The field role it is meant for; empty for text.
        source: Where the pattern or number comes from.
        presidio: Class name of one of Presidio's own recognizers to use instead of patterns.
        match: Examples it must mark.
        no_match: Texts in which it must mark nothing.
    """

    id: str
    entity_type: str
    patterns: tuple[Pattern, ...] = ()
    words: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    check: str = ""
    role: str = ""
    source: str = ""
    presidio: str = ""
    match: tuple[Example, ...] = ()
    no_match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of a gazetteer, for the place ladder."""

    name: str
    town: str = ""
    region: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class RulePack:
    """One YAML file of rules.

    Attributes:
        name: Name of the pack, such as `gb`.
        version: Of the pack.
        digest: SHA-256 of the file, hex; part of every fingerprint.
        summary: One sentence.
        regions: ISO 3166 codes whose phone numbers are tried.
        rules: Its recognizers, sorted by id.
        allow: Words and names never taken for personal data, folded.
        figures: Full names of public figures, folded: kept unless the corpus knows somebody
            of that name.
        ordinary_words: Folded words that are names as well ("will", "rose").
        titles: Forms of address, folded, with the gender each tells (`f`, `m` or empty).
        places: Gazetteer.
        fictional_phones: Prefix and number of drawn digits of numbers a regulator keeps
            free for drama, by region: `("+44 7700 900", 3)`.
    """

    name: str
    version: str = "1"
    digest: str = ""
    summary: str = ""
    regions: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    allow: frozenset[str] = frozenset()
    figures: frozenset[str] = frozenset()
    ordinary_words: frozenset[str] = frozenset()
    titles: Mapping[str, str] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    fictional_phones: Mapping[str, tuple[str, int]] = field(default_factory=dict)
