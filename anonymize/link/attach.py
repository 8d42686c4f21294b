"""Accounts that do not show a full name, and whose they are by what they do show.

Evidence is weighed: an account joins the person whose name its display name, handle, address
and what others call it point to, if it points to her alone and she has no other account.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from anonymize.link.composed import Cores, built
from anonymize.link.nodes import Node
from anonymize.link.profiles import CALLED, Profile, profiles, shown_by_handle, usual
from anonymize.link.reasons import Obstacle, Reason
from anonymize.link.roll import Context, Roll
from anonymize.link.variants import Tier, Variants
from anonymize.link.wording import Shape, Wording, word
from anonymize.model.identities import Gender

ENOUGH = 3.5
"""Points that join.  Set on generated studies (`tests/benchmarks/linking.py`): what shows a
family name with a title or a given initial, or a given name with a family initial, has them;
a given name alone has not."""
_ONE_AND_INITIAL = 3.5
_FAMILY = 3.0
_GIVEN = {Tier.EXACT: 2.0, Tier.NICKNAME: 2.0, Tier.SPELLING: 1.0}
_INITIAL = 1.5
_TITLE = 0.5
_FEW = 8
"""Bearers of a given name among whom an account's is looked for by what it is called."""


@dataclass(frozen=True, slots=True)
class _Match:
    points: float
    reason: Reason


def attach(roll: Roll, context: Context) -> None:
    """Join accounts to the persons their names point to, and note what others call them."""
    found = profiles(roll, context)
    persons = _Persons(
        roll, {whole for one in found.values() for core, _ in one.cores for whole in core.whole}
    )
    claims: dict[Node, list[tuple[float, Node, Reason]]] = {}
    for root in sorted(found):
        profile = found[root]
        best = _best(profile, persons, roll)
        if best is None:
            continue
        person, match = best
        taken = persons.platforms(person) & profile.platforms - {"e-mail"}
        if taken:
            roll.forest.refuse(profile.node, person, Obstacle.ACCOUNTS)
            continue
        claims.setdefault(person, []).append((match.points, profile.node, match.reason))
    for person in sorted(claims):
        _settle(roll, person, claims[person], found)
    for root in sorted(found):
        profile = found[root]
        for key, _ in usual(profile.called, roll.variants):
            if (name := word(key)) is not None:
                roll.hailed.add(profile.node, name)
        for written in shown_by_handle(profile, roll.variants):
            if (name := word(written)) is not None:
                roll.hailed.add(profile.node, name)


def _settle(
    roll: Roll,
    person: Node,
    claims: list[tuple[float, Node, Reason]],
    found: dict[Node, Profile],
) -> None:
    """Join a person's claimants: of two on one platform the clearly stronger, else none."""
    by_platform: dict[str, list[tuple[float, Node, Reason]]] = {}
    for points, node, reason in claims:
        (platform, *_) = sorted(found[roll.forest.find(node)].platforms) or [""]
        by_platform.setdefault(platform, []).append((points, node, reason))
    for platform, rivals in sorted(by_platform.items()):
        if platform == "e-mail":
            chosen = rivals
        else:
            top = max(points for points, *_ in rivals)
            best = [one for one in rivals if one[0] == top]
            chosen = best if len(best) == 1 else []
            for one in rivals:
                if one not in chosen:
                    roll.forest.refuse(one[1], person, Obstacle.SEVERAL)
        for _, node, reason in chosen:
            roll.forest.join(node, person, reason)


class _Persons:
    """Full names by the ways accounts may show them."""

    def __init__(self, roll: Roll, asked: set[str]) -> None:
        self._roll = roll
        self._asked = asked
        self.names: dict[Node, list[Wording]] = {}
        self.built: dict[str, dict[Node, bool]] = {}
        self.short: dict[tuple[str, str], set[Node]] = {}
        self.families: dict[str, set[Node]] = {}
        self.givens: dict[str, set[Node]] = {}
        self.whole: dict[str, set[Node]] = {}
        self._platforms: dict[Node, set[str]] = {}
        for place, node in roll.out.index.items():
            if place[0] or node[0] == "ambiguous":
                continue
            for written in sorted(roll.spellings.get(place[1], ())):
                name = word(written)
                if name is not None and name.shape is Shape.FULL:
                    self._add(roll.forest.find(node), name)
        for node in roll.accounts.written:
            if node[0] in {"user", "handle"}:
                self._platforms.setdefault(roll.forest.find(node), set()).add(node[1])

    def _add(self, root: Node, name: Wording) -> None:
        self.names.setdefault(root, []).append(name)
        for form, whole in built(name):
            if form not in self._asked:
                continue
            held = self.built.setdefault(form, {})
            held[root] = held.get(root, False) or whole
        self.short.setdefault((name.given, name.family[:1]), set()).add(root)
        self.families.setdefault(name.family, set()).add(root)
        self.givens.setdefault(name.given, set()).add(root)
        self.whole.setdefault(name.full, set()).add(root)

    def platforms(self, root: Node) -> set[str]:
        return self._platforms.get(root, set())


def _best(profile: Profile, persons: _Persons, roll: Roll) -> tuple[Node, _Match] | None:
    """Return the one person a profile points to with enough points."""
    scored: dict[Node, _Match] = {}
    for root in sorted(_candidates(profile, persons, roll.variants)):
        match = _score(profile, root, persons, roll)
        if match is not None and match.points >= ENOUGH:
            scored[root] = match
    if not scored:
        return None
    top = max(match.points for match in scored.values())
    best = [root for root, match in scored.items() if match.points == top]
    if len(best) > 1:
        for root in best:
            roll.forest.refuse(profile.node, root, Obstacle.SEVERAL)
        return None
    return best[0], scored[best[0]]


def _candidates(profile: Profile, persons: _Persons, variants: Variants) -> set[Node]:
    """Return whom a profile may point to, looked up and not compared with all."""
    found: set[Node] = set()
    for name in profile.shown:
        if name.shape is Shape.INITIAL:
            for given in {name.given, *variants.forms(name.given)}:
                found |= persons.short.get((given, name.family[:1]), set())
            if len(name.given) == 1:
                found |= persons.families.get(name.family, set())
        elif name.shape in {Shape.GENDERED, Shape.TITLED}:
            found |= persons.families.get(name.family, set())
    for core, _ in profile.cores:
        for whole in core.whole:
            found.update(persons.built.get(whole, ()))
        for part in core.parts:
            found |= persons.families.get(part, set())
    for called, _ in usual(profile.called, variants):
        found |= persons.whole.get(called, set())
        said = word(called)
        if said is not None and said.shape in {Shape.GENDERED, Shape.TITLED}:
            found |= persons.families.get(said.family, set())
        for given in sorted({called, *variants.forms(called)}):
            bearers = persons.givens.get(given, set())
            found |= bearers if len(bearers) <= _FEW else set()
    return found


def _score(profile: Profile, root: Node, persons: _Persons, roll: Roll) -> _Match | None:
    """Return what speaks for a person; None where something speaks against her."""
    best: _Match | None = None
    for name in persons.names[root]:
        given, family, against = 0.0, 0.0, False
        reason = Reason.DISPLAY
        genders: set[Gender] = set()
        for shown in profile.shown:
            points = _shown(shown, name, roll.variants)
            if points is None:
                against = True
                break
            given, family = max(given, points[0]), max(family, points[1])
            genders |= {shown.gender} - {Gender.UNKNOWN}
        if against:
            continue
        titled = bool(genders)
        for core, why in profile.cores:
            points = _core(core, name, persons.built.get, root, roll.variants)
            if sum(points) > 0 and points[1] > family:
                reason = why
            given, family = max(given, points[0]), max(family, points[1])
            if core.title:
                titled = True
                genders |= {core.gender} - {Gender.UNKNOWN}
        for called, count in usual(profile.called, roll.variants):
            points = _called(called, count, name, roll.variants)
            if points[0] > given or points[1] > family:
                reason = Reason.ADDRESS
            given, family = max(given, points[0]), max(family, points[1])
            titled = titled or (points[1] > 0 and not points[0])
        told = roll.out.told.get(root, set()) | roll.known.genders(root) | {name.gender}
        told = told - {Gender.UNKNOWN} or {roll.variants.gender(name.given)} - {Gender.UNKNOWN}
        if genders and told and not genders & told:
            roll.forest.refuse(profile.node, root, Obstacle.GENDER)
            continue
        if family == _INITIAL and not given:
            continue
        total = given + family + (_TITLE if titled and family >= _FAMILY else 0)
        if best is None or total > best.points:
            best = _Match(total, reason)
    return best


def _called(called: str, count: int, name: Wording, variants: Variants) -> tuple[float, float]:
    """Return points for given and family name of what an account is called."""
    said = word(called)
    if said is None:
        return 0.0, 0.0
    if said.shape is Shape.FULL:
        return (_GIVEN[Tier.EXACT], _FAMILY) if said.full == name.full else (0.0, 0.0)
    given, family = _shown(said, name, variants) or (0.0, 0.0)
    often = given and count >= CALLED
    return given + (_INITIAL if often else 0.0), family


def _shown(shown: Wording, name: Wording, variants: Variants) -> tuple[float, float] | None:
    """Return points for given and family name of a display name; None for another's."""
    match shown.shape:
        case Shape.INITIAL:
            return _initial(shown, name, variants)
        case Shape.GENDERED | Shape.TITLED:
            if variants.family(shown.family, name.family) is Tier.EXACT:
                return 0.0, _FAMILY
            fit = variants.given(shown.family, name.given, strict=True)
            return None if fit is None else (_GIVEN[fit], 0.0)
        case Shape.SINGLE:
            tier = variants.given(shown.given, name.given, strict=True)
            if tier is not None:
                return _GIVEN[tier], 0.0
            if shown.given == name.family:
                return 0.0, _FAMILY
            return None if variants.is_given(shown.given) else (0.0, 0.0)
        case Shape.INITIALS:
            return (1.0, 0.0) if shown.initials == name.initials else (0.0, 0.0)
        case _:
            return 0.0, 0.0


def _initial(shown: Wording, name: Wording, variants: Variants) -> tuple[float, float] | None:
    if len(shown.family) == 1:
        tier = variants.given(shown.given, name.given, strict=True)
        if tier is None or not name.family.startswith(shown.family):
            return None
        return _GIVEN[tier], _INITIAL
    family = variants.family(shown.family, name.family)
    if family is not Tier.EXACT or shown.given[:1] != name.given[:1]:
        return None
    return _INITIAL, _FAMILY


def _core(
    core: Cores,
    name: Wording,
    forms: Callable[[str], dict[Node, bool] | None],
    root: Node,
    variants: Variants,
) -> tuple[float, float]:
    """Return points for given and family name that a handle or address gives."""
    for whole in core.whole:
        held = forms(whole) or {}
        if root in held:
            return (2.0, _FAMILY) if held[root] else (_ONE_AND_INITIAL - _FAMILY, _FAMILY)
    shown = {name.given, *variants.forms(name.given)}.intersection(core.parts)
    given = _GIVEN[Tier.EXACT] if shown else 0.0
    family = _FAMILY if name.family in core.parts else 0.0
    if family and not given and name.given[:1] in core.parts:
        given = _INITIAL
    return given, family
