"""One answer where several recognizers speak: spans made disjoint by a stated rule.

1. An e-mail address or URL swallows what lies wholly inside it.
2. Overlapping spans of one type become their union; a known name of several words grows by
   nothing but a form of address before it.
3. Elsewhere the higher priority wins: whole fields, known identifiers, structured types,
   other rules, the named-entity model, what scores below 0.4, indirect identifiers, whole
   clauses among them after the rest, and last hashtags, which are kept but for what they
   hold.  Equals: the longer, the surer, the earlier.
4. The loser keeps what the winner leaves of it, trimmed to letters and digits; the winner's
   score rises to the loser's, so that a threshold for all types and sources lets nothing
   through that it would have stopped in the loser.
5. A person's span of nothing but forms of address joins the person behind it.

Hence no letter or digit that any span covered is left uncovered, and a span is shortened by
nothing but one of higher priority, or an equal by rule 3.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from anonymize.detect.texts import raw_stretch
from anonymize.model.encodings import decode
from anonymize.model.fields import Encoding
from anonymize.model.folding import words
from anonymize.model.names import TITLES
from anonymize.model.spans import Span

STRUCTURED = frozenset(
    (
        "ABA_ROUTING_NUMBER",
        "CREDIT_CARD",
        "DE_HEALTH_INSURANCE",
        "DE_SOCIAL_SECURITY",
        "DE_TAX_ID",
        "DE_VAT_ID",
        "DE_VEHICLE_REGISTRATION",
        "CRYPTO",
        "DATE_OF_BIRTH",
        "DEVICE_ID",
        "EMAIL_ADDRESS",
        "ES_CCC",
        "ES_CIF",
        "ES_NASS",
        "ES_NIE",
        "ES_NIF",
        "ES_VEHICLE_REGISTRATION",
        "FR_NIR",
        "FR_SIREN",
        "FR_SPI",
        "FR_VEHICLE_REGISTRATION",
        "HANDLE",
        "IBAN_CODE",
        "IP_ADDRESS",
        "LICENSE_PLATE",
        "MAC_ADDRESS",
        "MEDICAL_LICENSE",
        "NL_BSN",
        "NL_VEHICLE_REGISTRATION",
        "PAYMENT_ID",
        "PHONE_NUMBER",
        "POSTCODE",
        "POST_ID",
        "SECRET",
        "STAFF_ID",
        "STUDENT_ID",
        "SWIFT_CODE",
        "UK_BANK_ACCOUNT",
        "UK_DRIVING_LICENCE",
        "UK_NHS",
        "UK_NINO",
        "UK_PASSPORT",
        "UK_TAX_REFERENCE",
        "UK_VEHICLE_REGISTRATION",
        "URL",
        "USER_ID",
        "US_BANK_NUMBER",
        "US_DRIVER_LICENSE",
        "US_ITIN",
        "US_MBI",
        "US_NPI",
        "US_PASSPORT",
        "US_SSN",
        "UUID",
        "VIN",
    ),
)
"""Types whose form alone tells them, or what they are called beside it."""

INDIRECT = frozenset(
    (
        "COURSE",
        "CRIMINAL_RECORD",
        "EVENT",
        "FAMILY_FACT",
        "HEALTH",
        "JOB_TITLE",
        "NRP",
        "RARE_JOB",
        "ROOM",
        "SEXUALITY",
        "SMALL_PLACE",
        "TEAM",
        "TRADE_UNION",
    ),
)
"""Types a policy may keep for review: what they hold of other types must be seen to as ever."""

_CLAUSES = frozenset(("EVENT", "FAMILY_FACT"))
_CONTAINERS = frozenset(("EMAIL_ADDRESS", "URL"))
_WEAK = 0.4


class Outcome(StrEnum):
    """What became of a detection that does not stand as it was made."""

    LOST = "lost"
    """All of it went to others."""
    CUT = "cut"
    """A part of it went to others."""
    SWALLOWED = "swallowed"
    """It lies inside an e-mail address or URL."""
    UNITED = "united"
    """It is part of one of its type."""
    ALLOWED = "allowed"
    """A list keeps its words."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of one detection.

    Attributes:
        span: The detection, as it was until then.
        outcome: What happened.
        by: Recognizers it gave way to, or the list that keeps it.
        left: Starts and ends of what remains of it.
    """

    span: Span
    outcome: Outcome
    by: str
    left: tuple[tuple[int, int], ...] = ()


def priority(span: Span) -> int:
    """Return how much a span's word counts; the highest wins."""
    origin = span.recognizer.partition("/")[0]
    if origin == "field":
        return 5
    if origin == "known":
        return 4
    if span.entity_type == "HASHTAG":
        return -3
    if span.entity_type in INDIRECT:
        return -2 if span.entity_type in _CLAUSES else -1
    if span.score < _WEAK:
        return 0
    if origin == "ner":
        return 1
    return 3 if span.entity_type in STRUCTURED else 2


def resolve(
    spans: Iterable[Span],
    value: str = "",
    encoding: Encoding = Encoding.PLAIN,
    told: list[Fate] | None = None,
) -> tuple[Span, ...]:
    """Return the spans disjoint and sorted.

    Args:
        spans: In any order; the result does not depend on it.
        value: The text they lie in; without it, remainders are not trimmed and known names
            are taken for names of several words.
        encoding: How the text is escaped.
        told: Filled with what became of spans that do not stand as they came.

    >>> url = Span(0, 20, "URL", 0.6, "core/url")
    >>> handle = Span(10, 15, "HANDLE", 0.9, "social/handle")
    >>> resolve([handle, url])
    (Span(start=0, end=20, entity_type='URL', score=0.9, recognizer='core/url'),)
    """
    found = sorted(set(spans))
    if len(found) < 2:
        return tuple(found)
    united = _united(_swallowed(found, told), value, told)
    return _titled(_painted(united, value, encoding, told), value, told)


def _swallowed(spans: list[Span], told: list[Fate] | None) -> list[Span]:
    """Leave out what lies inside an e-mail address or URL and does not fill it."""
    spans = sorted(spans, key=lambda s: (s.start, -s.end, s))
    out: list[Span] = []
    outer = -1
    for span in spans:
        if outer >= 0:
            container = out[outer]
            inside = span.end <= container.end
            same = (span.start, span.end) == (container.start, container.end)
            if inside and not same:
                out[outer] = replace(container, score=max(container.score, span.score))
                if told is not None:
                    told.append(Fate(span, Outcome.SWALLOWED, container.recognizer))
                continue
        out.append(span)
        holds = span.entity_type in _CONTAINERS and not span.recognizer.startswith("ner/")
        if holds and (outer < 0 or span.end > out[outer].end):
            outer = len(out) - 1
    return out


def _exact(span: Span, value: str) -> bool:
    """Whether a span is a known identifier that must not grow."""
    if not span.recognizer.startswith("known/"):
        return False
    return (
        span.entity_type != "PERSON"
        or not value
        or any(char.isspace() for char in value[span.start : span.end])
    )


def _crosses(span: Span, exact: Span) -> bool:
    """Whether a span overlaps a known name of several words of its own type."""
    same = span.entity_type == exact.entity_type
    return same and span.start < exact.end and exact.start < span.end


def _titled(
    spans: tuple[Span, ...],
    value: str,
    told: list[Fate] | None,
) -> tuple[Span, ...]:
    """Join a form of address, left over from a longer span, to the name behind it."""
    out: list[Span] = []
    for span in spans:
        before = out[-1] if out else None
        if (
            before is not None
            and before.entity_type == span.entity_type == "PERSON"
            and not value[before.end : span.start].strip(" .\t\u00a0")
            and all(word in TITLES for word in words(value[before.start : before.end]).split())
        ):
            out[-1] = replace(span, start=before.start, score=max(before.score, span.score))
            if told is not None:
                told.append(Fate(before, Outcome.UNITED, span.recognizer))
        else:
            out.append(span)
    return tuple(out)


def _united(spans: list[Span], value: str, told: list[Fate] | None) -> list[Span]:
    """Join overlapping spans of one type."""
    out: list[Span] = []
    last: dict[str, int] = {}
    exact = [span for span in spans if _exact(span, value)]
    for span in sorted(spans):
        if _exact(span, value) or any(_crosses(span, one) for one in exact):
            out.append(span)
            continue
        at = last.get(span.entity_type)
        if at is not None and span.start < out[at].end:
            other = out[at]
            lead = max(other, span, key=lambda s: (priority(s), s.score, s.end - s.start))
            out[at] = Span(
                other.start,
                max(other.end, span.end),
                span.entity_type,
                max(other.score, span.score),
                lead.recognizer,
            )
            if told is not None:
                joined = span if lead is other else other
                told.append(Fate(joined, Outcome.UNITED, lead.recognizer))
        else:
            last[span.entity_type] = len(out)
            out.append(span)
    return out


def _painted(
    spans: list[Span],
    value: str,
    encoding: Encoding,
    told: list[Fate] | None,
) -> tuple[Span, ...]:
    """Give each code point to the span of highest priority."""
    order = sorted(spans, key=lambda s: (-priority(s), s.start - s.end, -s.score, s))
    placed: list[Span] = []
    starts: list[int] = []
    for span in order:
        at = max(bisect_left(starts, span.start) - 1, 0)
        first = span.start
        pieces: list[tuple[int, int]] = []
        winners: list[str] = []
        left: list[tuple[int, int]] = []
        while at < len(placed) and placed[at].start < span.end:
            winner = placed[at]
            if winner.end > span.start:
                if winner.start > first:
                    pieces.append((first, winner.start))
                first = max(first, winner.end)
                winners.append(winner.recognizer)
                if winner.score < span.score:
                    placed[at] = replace(winner, score=span.score)
            at += 1
        if first < span.end:
            pieces.append((first, span.end))
        for start, end in pieces:
            if (start, end) != (span.start, span.end):
                start, end = _letters(value, encoding, start, end)  # noqa: PLW2901
            if start < end:
                where = bisect_left(starts, start)
                starts.insert(where, start)
                placed.insert(where, replace(span, start=start, end=end))
                left.append((start, end))
        if told is not None and winners:
            by = ", ".join(dict.fromkeys(winners))
            told.append(Fate(span, Outcome.CUT if left else Outcome.LOST, by, tuple(left)))
    return tuple(placed)


def _letters(value: str, encoding: Encoding, start: int, end: int) -> tuple[int, int]:
    """Trim a remainder to its first and last letter or digit, never inside an escape."""
    if not value:
        return start, end
    read = decode(value[start:end], encoding)
    first, last = 0, len(read.text)
    while first < last and not read.text[first].isalnum():
        first += 1
    while last > first and not read.text[last - 1].isalnum():
        last -= 1
    if first == last:
        return start, start
    begin, stop = raw_stretch(read, first, last)
    return start + begin, start + stop
