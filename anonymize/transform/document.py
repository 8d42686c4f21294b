"""One document under one tier: every field gets its new value, every change its entry."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from anonymize.model.audit import AuditEntry
from anonymize.model.decisions import Decision, Operator
from anonymize.model.directory import Directory, Entry
from anonymize.model.documents import Document, Problem
from anonymize.model.encodings import decode, encode
from anonymize.model.fields import Field, Path, Role
from anonymize.model.identities import Person
from anonymize.model.keys import Keys
from anonymize.model.offsets import OffsetMap, Splice, splice
from anonymize.model.policies import Policy
from anonymize.model.rules import RulePack
from anonymize.model.spans import Span
from anonymize.transform.ids import surrogate_id
from anonymize.transform.places import is_coordinates
from anonymize.transform.surfaces import ELLIPSIS, Context, Surfaces, allowed
from anonymize.transform.treatments import CACHE, DecideField, Treatment, counters, treatments
from anonymize.transform.wholes import OF_NOBODY, Wholes, subjects

DecideSpan = Callable[[Policy, str, float, str, Person | None], Decision]

# Ids of posts have been longer since 2007; shorter numbers are positions of records.
_POST_ID = re.compile(r"[0-9]{6,}")


@dataclass(frozen=True, slots=True)
class Transformed:
    """What became of a document.

    Attributes:
        texts: New value of every field; None for a leaf that goes.
        entries: One a change that left something in its place, in the order of the fields.
        counts: Flat counters as in `Receipt.counts`.
        withheld: Reason by section, as given.
        problems: What could not be read and was dropped instead.
    """

    texts: Mapping[Path, str | None] = field(repr=False)
    entries: tuple[AuditEntry, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    withheld: Mapping[int, str] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cut:
    """A stretch to be replaced, with the span that decides about it."""

    start: int
    end: int
    span: Span
    decision: Decision
    entry: Entry | None


@dataclass(slots=True)
class _Work:
    """What gathers while one document is transformed.

    Attributes:
        pointed: Paths of the fields that offsets point into.
        changed: How often each tuple of counters counts.
    """

    document: Document
    name: str
    place: str
    pointed: frozenset[Path]
    texts: dict[Path, str | None] = field(default_factory=dict)
    entries: list[AuditEntry] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    changed: dict[tuple[str, ...], int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    maps: dict[Path, OffsetMap] = field(default_factory=dict)
    about: tuple[Entry, ...] = ()
    sections: dict[int, str] = field(default_factory=dict)


def section_name(keys: Keys, document: Document, section: int, name: str) -> str:
    """Return the name of a section in the audit log and the withheld list.

    A post is named by the surrogate of its id, so that it can be found in the data; any other
    record by the name of its document and its position in it.

    Args:
        keys: Of the tier.
        document: What was read.
        section: Position in its sections.
        name: Name of the document: file and number, keyed.
    """
    own = document.sections[section].id
    if _POST_ID.fullmatch(own):
        return surrogate_id(keys, own)
    return name if len(document.sections) == 1 else f"{name}-{section}"


class Transformer:
    """Applies one tier to documents.

    Args:
        policy: The tier.
        keys: Keys of the tier: `Keys.tier(policy.name)`.
        digest_keys: Keys of the audit's digests.
        directory: Who is who, and what each is called.
        packs: Rule packs, in order of precedence.
        decide_span: What happens to a span.
        decide_field: What happens to a field.
    """

    __slots__ = (
        "_decide_span", "_digest", "_keys", "_policy", "_surfaces", "_treatment", "_wholes",
    )  # fmt: skip

    def __init__(
        self,
        policy: Policy,
        keys: Keys,
        digest_keys: Keys,
        directory: Directory,
        packs: Sequence[RulePack],
        *,
        decide_span: DecideSpan,
        decide_field: DecideField,
    ) -> None:
        self._policy = policy
        self._keys = keys
        self._digest = lru_cache(CACHE)(
            lambda original: digest_keys.mac("audit/digest", original).hex()
        )
        self._treatment = treatments(policy, keys, decide_field)
        self._decide_span = decide_span
        self._surfaces = Surfaces(policy, keys, directory, packs)
        self._wholes = Wholes(policy, keys, directory, self._surfaces)

    def section_name(self, document: Document, section: int, name: str) -> str:
        """Return what `section_name` does with the keys of the tier."""
        return section_name(self._keys, document, section, name)

    def document(
        self,
        document: Document,
        spans: Mapping[Path, Sequence[Span]],
        name: str,
        withheld: Mapping[int, str],
    ) -> Transformed:
        """Return the new values of a document's fields.

        Args:
            document: What was read.
            spans: What was found in its text fields, in code points of their raw values.
            name: Name of the document in the audit log; holds no original.
            withheld: Reason by section; nothing of these sections is looked at.
        """
        pointed = frozenset(one.target for one in document.fields if one.role is Role.OFFSET)
        work = _Work(document, name, document.place, pointed)
        accounts = subjects(document.fields)
        work.about = self._about(document, accounts, spans)
        offsets: list[Field] = []
        for one in document.fields:
            if one.section in withheld:
                work.texts[one.path] = None
            elif one.role is Role.OFFSET:
                offsets.append(one)
            else:
                self._field(work, one, accounts.get(one.subject, ()), spans.get(one.path, ()))
        for one in offsets:
            self._offset(work, one)
        for names, count in work.changed.items():
            for counter in names:
                work.counts[counter] += count
        return Transformed(
            work.texts, tuple(work.entries), dict(work.counts), dict(withheld),
            tuple(work.problems),
        )  # fmt: skip

    def _about(
        self,
        document: Document,
        accounts: Mapping[str, Sequence[Field]],
        spans: Mapping[Path, Sequence[Span]],
    ) -> tuple[Entry, ...]:
        """Return whom a post names or answers, by its fields and its texts, besides its writer."""
        if len(document.sections) > 1:
            return ()
        found: dict[str, Entry] = {}
        for subject, account in accounts.items():
            entry = self._wholes.whose(account)
            if entry is not None and subject != document.sections[0].author:
                found[entry.person.id] = entry
        for one in document.fields:
            for span in spans.get(one.path, ()) if one.role is Role.TEXT else ():
                if span.entity_type == "HANDLE":
                    written = one.value[span.start : span.end]
                    entry = self._surfaces.entry("HANDLE", written, Context(document.place))
                    if entry is not None:
                        found[entry.person.id] = entry
        return tuple(found[one] for one in sorted(found))

    def _field(
        self,
        work: _Work,
        one: Field,
        account: Sequence[Field],
        spans: Sequence[Span],
    ) -> None:
        """Put the new value of a field that is no offset into `work`."""
        role = one.role
        treatment = self._treatment(one.path, role, one.kind)
        decision = treatment.decision
        if spans and role is Role.PLACE and decision.operator is Operator.KEEP:
            self._text(work, one, spans)
            return
        counted = treatment.changed
        if role in OF_NOBODY:
            new = self._wholes.replace(one, decision.operator, None, "")
        else:
            if role is Role.TEXT and decision.operator is Operator.KEEP:
                if one.kind not in {"email", "phone"}:
                    self._text(work, one, spans)
                    return
                entry = self._wholes.entry(one, account, work.place)
                person = entry.person if entry else None
                kind, source = treatment.entity_type, treatment.recognizer
                decision = self._decide_span(self._policy, kind, 1.0, source, person)
            else:
                entry = self._wholes.entry(one, account, work.place)
                if entry is not None and role is Role.NAME:
                    decision = self._by_roster(decision, entry.person)
            new = self._wholes.replace(one, decision.operator, entry, work.place)
            counted = counters(treatment.entity_type, decision.operator, role, decision.by)
        work.texts[one.path] = new
        if new is None:
            self._dropped(work, one, treatment, decision.operator)
        elif new != one.value:
            if one.path in work.pointed:
                work.maps[one.path] = OffsetMap([Splice(0, len(one.value), new)])
            work.changed[counted] = work.changed.get(counted, 0) + 1
            found = treatment.entity_type, 1.0, treatment.recognizer
            self._entry(work, one, found, decision, (0, new), one.value)

    def _by_roster(self, decision: Decision, person: Person) -> Decision:
        """Return a field's decision as the roster's where the roster chose the name."""
        by = self._decide_span(self._policy, "PERSON", 1.0, "field/name", person).by
        return Decision(decision.operator, by, decision.rule)

    def _dropped(
        self,
        work: _Work,
        one: Field,
        treatment: Treatment,
        operator: Operator,
    ) -> None:
        """Count a leaf that goes: by a rule, or because nobody understood it."""
        # Coordinates stand on no rung of the ladder: only a policy that keeps places shows them.
        if operator is Operator.DROP or (one.role is Role.PLACE and is_coordinates(one.value)):
            work.counts[treatment.ruled] += 1
            return
        work.counts[treatment.unknown] += 1
        code = f"{one.role.value}-not-understood"
        work.problems.append(Problem(code, field=treatment.pattern, withheld=False))
        work.counts[f"problem/{code}"] += 1

    def _offset(self, work: _Work, one: Field) -> None:
        """Move an offset with its text; without the text it goes."""
        target = work.texts.get(one.target)
        plain = one.value.strip()
        if target is None or not (plain.isascii() and plain.isdecimal() and len(plain) < 10):
            work.texts[one.path] = None
            treatment = self._treatment(one.path, one.role, one.kind)
            self._dropped(work, one, treatment, Operator.DROP)
            return
        moved = work.maps.get(one.target)
        if moved is None:
            work.texts[one.path] = one.value
            return
        at = int(plain)
        work.texts[one.path] = str(moved.end(at) if one.kind == "end" else moved.start(at))

    def _text(self, work: _Work, one: Field, spans: Sequence[Span]) -> None:
        """Replace what was found in a text; all else is untouched."""
        splices: list[Splice] = []
        made: list[tuple[_Cut, str, int]] = []
        shift = 0
        for cut in self._cuts(work, one, spans):
            surface = decode(one.value[cut.start : cut.end], one.encoding).text
            context = _context(one, cut.start, cut.end, work)
            kind = cut.span.entity_type
            entry = cut.entry
            if entry is None and (cut.start, cut.end) != (cut.span.start, cut.span.end):
                entry = self._surfaces.entry(kind, surface, context)
            new = self._surfaces.replace(kind, cut.decision.operator, surface, entry, context)
            if new == surface:
                continue
            shown = encode(new, one.encoding)
            splices.append(Splice(cut.start, cut.end, shown))
            made.append((cut, shown, cut.start + shift))
            shift += len(shown) - (cut.end - cut.start)
        work.texts[one.path] = splice(one.value, splices)
        if splices and one.path in work.pointed:
            work.maps[one.path] = OffsetMap(splices)
        for cut, shown, start in made:
            span, decision = cut.span, cut.decision
            counted = counters(span.entity_type, decision.operator, one.role, "")
            work.changed[counted] = work.changed.get(counted, 0) + 1
            original = one.value[cut.start : cut.end]
            found = span.entity_type, span.score, span.recognizer
            self._entry(work, one, found, decision, (start, shown), original)

    def _cuts(self, work: _Work, one: Field, spans: Sequence[Span]) -> list[_Cut]:
        """Return the stretches to be replaced, sorted and disjoint.

        Spans to be kept are left out first.  Of spans that overlap, the longest and surest
        decides about all they cover together, so that nothing of either is left over.
        """
        cuts: list[_Cut] = []
        for span in sorted(spans):
            surface = decode(one.value[span.start : span.end], one.encoding).text
            context = _context(one, span.start, span.end, work)
            entry = self._surfaces.entry(span.entity_type, surface, context)
            person = entry.person if entry else None
            decision = self._decide_span(
                self._policy, span.entity_type, span.score, span.recognizer, person
            )
            work.counts[f"by/{decision.by.value}"] += 1
            if allowed(self._policy, surface, span.recognizer, person):
                continue
            if decision.operator is Operator.KEEP:
                if decision.review:
                    work.counts[f"review/{span.entity_type}"] += 1
                continue
            cut = _Cut(span.start, span.end, span, decision, entry)
            if cuts and cut.start < cuts[-1].end:
                cuts[-1] = _joined(cuts[-1], cut)
            else:
                cuts.append(cut)
        return cuts

    def _entry(
        self,
        work: _Work,
        one: Field,
        found: tuple[str, float, str],
        decision: Decision,
        new: tuple[int, str],
        original: str,
    ) -> None:
        """Record a change.

        Args:
            work: What gathers.
            one: The field.
            found: Entity type, score and recognizer.
            decision: What was done.
            new: Where it begins in the output and what stands there.
            original: What stood there.
        """
        start, shown = new
        entity_type, score, recognizer = found
        section = work.sections.get(one.section)
        if section is None:
            section = self.section_name(work.document, one.section, work.name)
            work.sections[one.section] = section
        work.entries.append(
            AuditEntry(
                section, one.path, start, start + len(shown), entity_type, score, recognizer,
                str(decision.operator), shown, decision.rule, str(decision.by),
                self._digest(original),
            )
        )  # fmt: skip


def _joined(a: _Cut, b: _Cut) -> _Cut:
    """Return two overlapping stretches as one, decided by the longer or surer span."""
    winner = max(
        a, b, key=lambda cut: (cut.span.end - cut.span.start, cut.span.score, -cut.span.start)
    )
    start, end = a.start, max(a.end, b.end)
    # Who it is, is known only of the stretch that was asked about.
    whole = (winner.start, winner.end) == (start, end)
    return _Cut(start, end, winner.span, winner.decision, winner.entry if whole else None)


def _context(one: Field, start: int, end: int, work: _Work) -> Context:
    """Return what stands around a stretch of a field."""
    before, after = one.value[max(0, start - 1) : start], one.value[end : end + 3]
    tag = one.kind == "hashtag" or before == "#"
    joined = tag or before.isalnum() or after[:1].isalnum() or after[:1] == "_"
    return Context(work.place, joined, after.startswith(ELLIPSIS), work.about)
