"""Policies: which operator for which entity type and field role, for one access tier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from anonymize.model.decisions import Operator
from anonymize.model.fields import Role


class NameStyle(StrEnum):
    """How persons are called."""

    REALISTIC = "realistic"
    ROLE = "role"
    TAG = "tag"


class Precision(StrEnum):
    """To what a shifted time is coarsened."""

    EXACT = "exact"
    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    MONTH = "month"


class Recall(StrEnum):
    """How much a named-entity model is asked to find; more finds also more that is none.

    A policy says it because a missed name costs a person, and one too many a word of the text.
    """

    BALANCED = "balanced"
    HIGH = "high"
    MAX = "max"

    @property
    def raised(self) -> Recall:
        """The next step up; the last is its own."""
        steps = list(Recall)
        return steps[min(steps.index(self) + 1, len(steps) - 1)]


class PlaceLevel(StrEnum):
    """The rung of the place ladder that may be shown."""

    EXACT = "exact"
    TOWN = "town"
    REGION = "region"
    COUNTRY = "country"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Policy:
    """One access tier.

    Attributes:
        name: Name of the tier; also derives its keys.
        summary: One sentence for reports.
        entities: Operator for each entity type; `*` for every other.
        roles: Operator for each field role that is not text.
        thresholds: Least score acted upon, by entity type and source (`PERSON@ner`), by type,
            `*` for every other; the most specific counts.
        recall: How much the named-entity model is asked to find.
        review: Entity types whose kept spans await a human's look; they are counted.
        names: How persons are called.
        dates: Precision of times after the shift.
        shift: Whether times are shifted.
        places: Highest rung of the place ladder shown.
        counts: Significant digits kept of a count, 0 for bands of powers of ten, -1 for all.
        url_domains: Registered domains that may be named in a URL's surrogate.
        withhold_consent: Values of consent for which a person's own records are withheld.
        keyed_order: Whether records are ordered by keyed digest instead of input order.
        allow: Folded words of entities never replaced (public bodies and figures), but where
            the corpus knows somebody of that name.
        fields: Operator by last path step, over the role's: `{"lang": drop}`.
    """

    name: str
    summary: str = ""
    entities: Mapping[str, Operator] = field(default_factory=dict)
    roles: Mapping[Role, Operator] = field(default_factory=dict)
    thresholds: Mapping[str, float] = field(default_factory=dict)
    recall: Recall = Recall.HIGH
    review: frozenset[str] = frozenset()
    names: NameStyle = NameStyle.REALISTIC
    dates: Precision = Precision.EXACT
    shift: bool = True
    places: PlaceLevel = PlaceLevel.COUNTRY
    counts: int = -1
    url_domains: frozenset[str] = frozenset()
    withhold_consent: frozenset[str] = frozenset({"no", "withdrawn"})
    keyed_order: bool = False
    allow: frozenset[str] = frozenset()
    fields: Mapping[str, Operator] = field(default_factory=dict)
