"""Who could be meant by a part of a name."""

from __future__ import annotations

from collections.abc import Collection

from anonymize.link.forest import Forest
from anonymize.link.nodes import Node
from anonymize.link.wording import Shape, Wording
from anonymize.model.identities import Gender


class Candidates:
    """Persons by given name, family name and initials, from names that show them.

    Args:
        forest: Tells which nodes are one person; answers are roots.
    """

    __slots__ = ("_family", "_forest", "_genders", "_given", "_initials")

    def __init__(self, forest: Forest) -> None:
        self._forest = forest
        self._given: dict[str, dict[Node, set[str]]] = {}
        self._family: dict[str, dict[Node, set[str]]] = {}
        self._initials: dict[str, set[Node]] = {}
        self._genders: dict[Node, set[Gender]] = {}

    def add(self, node: Node, name: Wording) -> None:
        """Let a person be found by the parts of a name."""
        given, family = name.given, name.family
        if name.shape in {Shape.GENDERED, Shape.TITLED}:
            given = ""
        elif name.shape in {Shape.SINGLE, Shape.INITIALS}:
            family = ""
        elif name.shape is Shape.INITIAL:
            # An initial tells no name, only the other part does.
            given = "" if len(given.replace(" ", "")) == 1 else given
            family = "" if len(family) == 1 else family
        if given:
            self._given.setdefault(given, {}).setdefault(node, set()).add(family)
        if family:
            self._family.setdefault(family, {}).setdefault(node, set()).add(given)
        if name.initials:
            self._initials.setdefault(name.initials, set()).add(node)
        if name.gender is not Gender.UNKNOWN:
            self._genders.setdefault(node, set()).add(name.gender)

    def named(self, key: str) -> set[Node]:
        """Return everybody with this given or family name."""
        found = [*self._given.get(key, ()), *self._family.get(key, ())]
        return {self._forest.find(node) for node in found}

    def initials(self, letters: str) -> set[Node]:
        """Return everybody with these initials."""
        return {self._forest.find(node) for node in self._initials.get(letters, ())}

    def fitting(self, name: Wording) -> set[Node]:
        """Return everybody an incomplete name fits; initials alone fit as a name only."""
        match name.shape:
            case Shape.FULL:
                return self.named(name.full)
            case Shape.GENDERED | Shape.TITLED:
                found = self._of_gender(self._family.get(name.family, ()), name.gender)
                return found or self._of_gender(self._given.get(name.family, ()), name.gender)
            case Shape.INITIAL:
                return self._abbreviated(name)
            case _:
                return self.named(name.given)

    def _of_gender(self, found: Collection[Node], gender: Gender) -> set[Node]:
        """Return those whose titles do not tell another gender."""
        roots: dict[Node, set[Gender]] = {}
        for node in found:
            told = roots.setdefault(self._forest.find(node), set())
            told |= self._genders.get(node, set())
        return {r for r, told in roots.items() if not gender or not told or gender in told}

    def _abbreviated(self, name: Wording) -> set[Node]:
        """Return those whose full name begins and ends so."""
        given, family = name.given, name.family
        if len(family) == 1:
            pairs = self._given.get(given, {}).items()
            fits = [n for n, families in pairs if any(f[:1] == family for f in families)]
        else:
            pairs = self._family.get(family, {}).items()
            fits = [n for n, givens in pairs if any(g and g[0] == given[0] for g in givens)]
        return {self._forest.find(node) for node in fits}
