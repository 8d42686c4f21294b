"""What is not sure of a person of the draft roster, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from anonymize.link.nodes import Node
from anonymize.link.reasons import Obstacle
from anonymize.link.sightings import Called, Sightings, clean
from anonymize.link.why import Why
from anonymize.link.wording import Shape, display, key_of, word
from anonymize.model.identities import Person
from anonymize.model.roster import BODIES, RosterRow

_ALSO = {
    # What the researcher ruled is no doubt, and not among these.
    Obstacle.ROSTER: "but they are two rows",
    Obstacle.ACCOUNTS: "but both have an account on one platform",
    Obstacle.GENDER: "but titles say a man and a woman",
    Obstacle.TOGETHER: "but both names stand in one breath",
    Obstacle.SEVERAL: "but what would join them fits others as well",
    Obstacle.NAMES: "but their names differ",
}


class Doubts:
    """Says what is not sure of a row.

    Args:
        every: All identities, by `Person.id`.
        ids: Ids of the rows, by `Person.id`.
        called: Who is called what.
        why: What was not joined.
    """

    def __init__(
        self,
        every: Mapping[str, Person],
        ids: Mapping[str, str],
        called: Called,
        why: Why,
    ) -> None:
        self._every, self._ids, self._called = every, ids, called
        self._others: dict[str, list[tuple[str, Obstacle, tuple[Node, Node]]]] = {}
        for no in why.refused:
            self._others.setdefault(no.one, []).append((no.other, no.obstacle, no.nodes))
            self._others.setdefault(no.other, []).append((no.one, no.obstacle, no.nodes))

    def fits(self, one: str) -> set[str]:
        """Return the ids of the rows an unclear identity may belong to."""
        near = {other for other, *_ in self._others.get(one, ())}
        if near.isdisjoint(self._ids):
            for name in self._every[one].names:
                near |= self._called.bearers(key_of(display(name)))
        if near.isdisjoint(self._ids):
            # Two given names side by side are two persons heard as one name.
            for taken in filter(None, map(word, self._every[one].names)):
                near |= self._called.given(taken.given) | self._called.given(taken.family)
        return {self._ids[other] for other in near - {one} if other in self._ids}

    def of(self, one: str, row: RosterRow, seen: Sightings) -> tuple[str, ...]:
        """Return the doubts of a row."""
        lines: list[str] = []
        if not seen.mentions:
            lines.append("seen nowhere in this material")
        elif seen.mentions == 1:
            lines.append("only one mention")
        if row.role not in BODIES:
            shapes = {taken.shape for taken in map(word, row.names) if taken is not None}
            if not shapes:
                lines.append("no name is known")
            elif not shapes & {Shape.FULL, Shape.INITIAL}:
                lines.append("no full name is known")
        lines += self._same_name(one, row)
        lines += self._rivals(one)
        return tuple(dict.fromkeys(lines))

    def _same_name(self, one: str, row: RosterRow) -> Iterator[str]:
        """Yield what is said of two accounts or rows with one name."""
        for name in row.names:
            taken = word(name)
            if taken is None or taken.shape is not Shape.FULL:
                continue
            others = [
                other
                for other in sorted(self._called.bearers(key_of(name)) - {one})
                if other in self._ids
            ]
            if others:
                ids = listed(sorted(self._ids[other] for other in others))
                accounts = all(self._has_account(each) for each in (one, *others))
                said = (
                    "two accounts have this display name, see" if accounts else "also the name of"
                )
                yield f"“{clean(name)}”: {said} {ids}"

    def _has_account(self, one: str) -> bool:
        return bool(self._every[one].handles or self._every[one].user_ids)

    def _rivals(self, one: str) -> Iterator[str]:
        """Yield who else she may be, and what of hers fits others as well."""
        also: dict[tuple[str, Obstacle], set[str]] = {}
        shared: dict[str, set[str]] = {}
        for other, obstacle, between in self._others.get(one, ()):
            if obstacle not in _ALSO:
                continue
            said = next((text for text in map(_said, between) if text), "")
            if other in self._ids:
                also.setdefault((said, obstacle), set()).add(self._ids[other])
            elif other in self._every and self._every[other].ambiguous:
                fits = self.fits(other)
                if len(fits) > 1:
                    shared.setdefault(said, set()).update(fits)
        for (said, obstacle), ids in sorted(also.items()):
            about = f"“{said}” " if said else ""
            yield f"{about}may also be {listed(sorted(ids))}, {_ALSO[obstacle]}"
        for said, ids in sorted(shared.items()):
            yield f"“{said}” is ambiguous: fits {listed(sorted(ids))}"


def _said(node: Node) -> str:
    """Return a node as people say it, where they do."""
    match node:
        case ("handle", _, handle):
            return clean(handle)
        case (("name" | "part" | "label" | "ambiguous" | "org" | "email"), *_, last):
            return clean(last.rpartition(":")[2])
        case _:
            return ""


def listed(ids: Sequence[str]) -> str:
    """Return ids as people list them, eight at most.

    >>> listed(["p01", "p05", "p07"])
    'p01, p05 and p07'
    """
    shown = list(ids[:8])
    if len(ids) > len(shown):
        return f"{', '.join(shown)} and {len(ids) - len(shown)} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
