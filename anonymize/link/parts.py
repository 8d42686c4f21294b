"""Parts of names to persons: who is about decides, the post before the talk before the corpus.

A part is a given name, a titled family name, initials, `J. Smith`.  In a post it is first the
one whom the post names or answers; then the one in the conversation or interview; then the
one whom the roster calls so; then the one in the corpus.  On each step an equal name comes
before one for short, and another spelling counts only where no equal name is known at all.
What fits two on a step is neither's: an ambiguous identity of its own in that place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from anonymize.link.circle import Circle
from anonymize.link.clues import Cue
from anonymize.link.evidence import SPEAKER
from anonymize.link.few import put
from anonymize.link.fits import Fits, fits
from anonymize.link.nodes import Node
from anonymize.link.reasons import Reason
from anonymize.link.roll import Ask, Context, Roll, own
from anonymize.link.wording import Shape, Wording, display, word
from anonymize.model.documents import INSIDE
from anonymize.model.folding import words

_ROOTED = 2048
"""Conversations of which it is remembered who is in them."""
_SHAPES = {
    Shape.GENDERED: Reason.TITLE,
    Shape.TITLED: Reason.TITLE,
    Shape.INITIAL: Reason.ABBREVIATION,
    Shape.INITIALS: Reason.INITIALS,
}


@dataclass(slots=True)
class Cues:
    """What surroundings tell: the subjects of cues by place and key."""

    own: dict[tuple[str, str], tuple[Node, ...]] = field(default_factory=dict)
    address: dict[tuple[str, str], tuple[Node, ...]] = field(default_factory=dict)
    speakers: dict[tuple[str, str], list[Wording]] = field(default_factory=dict)
    declared: dict[tuple[str, str], list[Wording]] = field(default_factory=dict)


def gather_cues(context: Context) -> Cues:
    """Sort cues by what they are asked for."""
    cues = Cues()
    for clue in sorted(context.clues, key=lambda one: (one.place, one.surface, one.subject)):
        name = word(clue.surface)
        if name is None:
            continue
        if clue.subject[0] == SPEAKER:
            label = words(display(clue.subject[2]))
            told = cues.declared if clue.cue is Cue.DECLARATION else cues.speakers
            told.setdefault((clue.subject[1], label), []).append(name)
            continue
        of = cues.address if clue.cue is Cue.ADDRESS else cues.own
        for key in {name.key, name.full or name.key}:
            put(of, (clue.place, key), clue.subject)
    return cues


class Parts:
    """Says who is meant by parts of names, in every place they stand in.

    Args:
        roll: All names so far; added to.
        context: Who is about in posts.
        cues: What surroundings tell.
        circle: Who is in touch with whom.
    """

    __slots__ = ("_apart", "_circle", "_context", "_cues", "_roll", "_rooted")

    def __init__(self, roll: Roll, context: Context, cues: Cues, circle: Circle) -> None:
        self._roll = roll
        self._context = context
        self._cues = cues
        self._circle = circle
        self._rooted: dict[str, frozenset[Node]] = {}
        self._apart: dict[tuple[str, str], set[str]] = {}
        for one, other, place in context.together:
            if place:
                self._apart.setdefault((place, one), set()).add(other)
                self._apart.setdefault((place, other), set()).add(one)

    def link(self, asks: Sequence[Ask]) -> None:
        """Settle names of one shape; none of them counts as a person for the others."""
        roll = self._roll
        self._rooted.clear()
        new: list[tuple[Node, Wording]] = []
        joins: list[tuple[Node, Node, Reason]] = []
        for ask in asks:
            name, mine = ask.name, own(ask.name)
            found = fits(roll, name)
            target, reason = self.decide(name, "", found)
            if mine in roll.ruled:
                target, reason = roll.forest.find(mine), Reason.RESEARCHER
            elif target is not None and roll.forest.apart(mine, target):
                target = None
            if target is None:
                target, reason = mine, Reason.CORPUS
                roll.forest.find(target)
                new.append((target, name))
            elif target[0] != "ambiguous" and target != mine:
                joins.append((mine, target, reason))
            roll.enter("", name.key, target, reason)
            roll.tell(target, name, ask.written)
            self._enter(name.key, ask, found, target)
        for one, other, reason in joins:
            roll.forest.join(one, other, reason)
        for node, name in new:
            roll.known.add(node, name)

    def link_shared(self, asks: Iterable[Ask]) -> None:
        """Settle, place by place, full names that two persons bear."""
        for ask in asks:
            everywhere = self._roll.out.index["", ask.name.full]
            if everywhere[0] == "ambiguous":
                found = fits(self._roll, ask.name)
                self._enter(ask.name.full, ask, found, everywhere)

    def _enter(self, key: str, ask: Ask, fit: Fits, everywhere: Node) -> None:
        """Enter who is meant in each place, where that is not what is understood anyway."""
        roll = self._roll
        roll.out.spots.begin(key, ask.name.full or ask.name.key, tuple(sorted(ask.written)))
        outer: dict[str, Node] = {}
        for place in _outer_first(ask.places):
            if (place, key) in roll.out.index:
                continue
            scope, inside, _ = place.partition(INSIDE)
            usual = everywhere
            if inside:
                usual = roll.out.index.get((scope, key)) or outer.get(scope, everywhere)
            here, reason = self.decide(ask.name, place, fit)
            mine = ("ambiguous", place, key)
            if mine in roll.ruled:
                here, reason = roll.forest.find(mine), Reason.RESEARCHER
            elif here is None:
                here = everywhere
            elif roll.is_open(here):
                roll.forest.find(own(ask.name))
                roll.out.spots.leave_open(place, roll.fitting)
                outer[place] = here
                continue
            elif roll.forest.apart(own(ask.name), here):
                here = everywhere
            if roll.is_open(usual) or roll.forest.find(here) != roll.forest.find(usual):
                roll.out.spots.enter(place, here)
                roll.count(key, here, reason)
                roll.tell(here, ask.name, ask.written)
                outer[place] = here

    def decide(
        self,
        name: Wording,
        place: str,
        fit: Fits,
        *,
        label: bool = False,
    ) -> tuple[Node | None, Reason]:
        """Return who is meant by a part of a name, and why; None for nobody known."""
        roll = self._roll
        if name.full:
            keys = (name.key, name.full)
            exact = {roll.out.index["", key] for key in keys if ("", key) in roll.out.index}
            exact = {node for node in exact if not (place and node[0] == "ambiguous")}
            if exact and not name.gender:
                return min(exact), Reason.FULL_NAME
        if beside := self._apart.get((place, name.key)):
            fit = fit.without(
                roll.roots(roll.out.index["", key] for key in beside if ("", key) in roll.out.index)
            )
        if place:
            found = self._here(name, place, fit)
            if found[0] is not None:
                return found
        if fit.called:
            return self._choose(fit.called, name, place, Reason.ROSTER)
        shape = _SHAPES.get(name.shape, Reason.CORPUS)
        everywhere = fit.exact
        if name.initials:
            everywhere |= roll.rows.initials(name.initials)
        steps = ((everywhere, shape), (fit.short, Reason.NICKNAME), (fit.spelt, Reason.SPELLING))
        for step, reason in steps:
            if step:
                return self._choose(step, name, place, reason)
        if label or not place:
            named = fit.loose | roll.roots(roll.singles.get(name.key, ()))
            if len(named) == 1 and (label or name.shape is not Shape.INITIALS):
                return min(named), shape
            if named and not label:
                return self._choose(named, name, place, shape)
        return None, shape

    def _here(self, name: Wording, place: str, fit: Fits) -> tuple[Node | None, Reason]:
        """Return who is meant among those about: of a post, then of the conversation."""
        roll = self._roll
        scope, inside, _ = place.partition(INSIDE)
        by, others = self._context.about(place)
        authors = roll.roots(by)
        if inside or others:
            meant = self._cued(name, place, fit)
            if meant is not None:
                return meant
            named = roll.roots((*others, *roll.members.of(place)))
            found = self._step(name, place, named, fit, authors)
            if found is not None:
                return found, Reason.POST
        usual = _SHAPES.get(name.shape, Reason.SCOPE)
        found = self._step(name, place, self._present(scope), fit, authors)
        if found is not None:
            return found, usual
        known = self._circle.of(authors, fit.heard)
        if len(known) == 1:
            return min(known), Reason.CIRCLE
        return self._step(name, place, authors, fit, set()), usual

    def _present(self, scope: str) -> frozenset[Node]:
        """Return who is in a conversation or talk; asked again for each name in it."""
        known = self._rooted.get(scope)
        if known is None:
            if len(self._rooted) >= _ROOTED:
                self._rooted.clear()
            known = frozenset(self._roll.roots(self._roll.members.of(scope)))
            self._rooted[scope] = known
        return known

    def _cued(self, name: Wording, place: str, fit: Fits) -> tuple[Node, Reason] | None:
        """Return whom the surroundings of a name point to, unless she has another name."""
        roll = self._roll
        for cues, reason in (
            (self._cues.own, Reason.SIGNATURE),
            (self._cues.address, Reason.ADDRESS),
        ):
            subjects = roll.roots(s for s in cues.get((place, name.key), ()) if s in roll.forest)
            if len(subjects) == 1 and any(subjects <= step for step in fit.about):
                return min(subjects), reason
        return None

    def _step(
        self,
        name: Wording,
        place: str,
        present: set[Node] | frozenset[Node],
        fit: Fits,
        besides: set[Node],
    ) -> Node | None:
        """Return who of those present but `besides` is meant."""
        for step in fit.about:
            here = (present & step) - besides
            if here:
                return self._choose(here, name, place, Reason.SCOPE)[0]
        return None

    def _choose(
        self,
        found: AbstractSet[Node],
        name: Wording,
        place: str,
        reason: Reason,
    ) -> tuple[Node | None, Reason]:
        if len(found) < 2:
            return next(iter(found), None), reason
        if place:
            for about in self._context.about(place):
                known = self._circle.of(self._roll.roots(about), found)
                if len(known) == 1:
                    return min(known), Reason.CIRCLE
        return self._roll.ambiguous(place, name.full or name.key, found), reason

    def speakers(self, spoken: Sequence[tuple[str, Ask]]) -> None:
        """Settle speaker labels, each in its interview."""
        roll = self._roll
        decided: list[tuple[str, Ask, Node, Reason]] = []
        for scope, ask in spoken:
            name = ask.name
            target, reason = self._introduced(scope, name)
            if target is None:
                target, reason = self.decide(name, scope, fits(roll, name, label=True), label=True)
                if target is not None and roll.is_open(target):
                    roll.make(target)
            if target is None:
                target, reason = own(name), Reason.CORPUS
                if name.shape is Shape.INITIALS and not sounds(name.initials):
                    # Of two interviews' "JS" nothing says that they are one.
                    target = ("label", scope, name.key)
                roll.forest.find(target)
            decided.append((scope, ask, target, reason))
        for scope, ask, target, reason in decided:
            roll.enter(scope, ask.name.key, target, reason)
            roll.tell(target, ask.name, ask.written)
            if target[0] != "ambiguous":
                roll.members.want(scope)
                roll.members.add(scope, target)
                for said in self._cues.speakers.get((scope, ask.name.key), ()):
                    if said.shape is Shape.SINGLE:
                        roll.loose.add(target, said)
            if target == own(ask.name):
                roll.known.add(target, ask.name)
                if ("", ask.name.key) not in roll.out.index:
                    roll.enter("", ask.name.key, target, reason)

    def _introduced(self, scope: str, name: Wording) -> tuple[Node | None, Reason]:
        """Return who a speaker says she is, where her label does not say otherwise.

        What the file itself says of the label counts whatever the label is.
        """
        roll = self._roll
        key = (scope, name.key)
        for said_by, sure in ((self._cues.declared, True), (self._cues.speakers, False)):
            found: set[Node] = set()
            for said in said_by.get(key, ()):
                if said.shape is Shape.FULL:
                    node = roll.out.index.get(("", said.full))
                    known = node is not None and node[0] != "ambiguous"
                    if node is not None and known and (sure or _agree(name, said, roll)):
                        found.add(roll.forest.find(node))
            if len(found) == 1:
                return found.pop(), Reason.DECLARATION if sure else Reason.INTRODUCTION
        return None, Reason.INTRODUCTION


def _agree(label: Wording, said: Wording, roll: Roll) -> bool:
    """Whether a label may stand for a full name; a nickname nobody lists may for any."""
    if label.shape is Shape.INITIALS:
        return label.initials == said.initials or label.given == said.given
    if label.shape in {Shape.SINGLE, Shape.GENDERED, Shape.TITLED}:
        if label.shape is Shape.SINGLE and not roll.variants.is_given(label.given):
            return True
        near = roll.variants.given(label.given, said.given) if label.given else None
        return label.family == said.family or near is not None
    return label.full == said.full


def sounds(letters: str) -> bool:
    """Whether capitals may be a short name ("TOM") and not initials."""
    return len(letters) > 2 and not set(letters).isdisjoint("aeiouy")


def _outer_first(places: Iterable[str]) -> Iterator[str]:
    """Yield places, whole conversations before the posts in them."""
    yield from sorted(set(places) - {""}, key=lambda place: (INSIDE in place, place))
