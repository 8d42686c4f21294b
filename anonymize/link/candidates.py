"""Who could be meant by a name or a part of one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from anonymize.link.few import put
from anonymize.link.forest import Forest
from anonymize.link.nodes import Node
from anonymize.link.variants import Spellings, Tier, Variants
from anonymize.link.wording import Shape, Wording
from anonymize.model.identities import Gender
from anonymize.model.names import PARTICLES
from anonymize.model.spelling import sounds_alike

_SHORTEST_SPELLING = 4
_USUAL = 5
"""Letters from which one wrong letter may make another name in use of a name."""


class Candidates:
    """Persons by given name, family name and initials, from names that show them.

    Args:
        forest: Tells which nodes are one person; answers are roots.
        variants: Tells forms of one name.
    """

    __slots__ = (
        "_families", "_family", "_forest", "_genders", "_given", "_givens", "_initials",
        "_middles", "_usual", "_variants",
    )  # fmt: skip

    def __init__(self, forest: Forest, variants: Variants) -> None:
        self._forest = forest
        self._variants = variants
        self._given: dict[str, dict[Node, tuple[str, ...]]] = {}
        self._family: dict[str, dict[Node, tuple[str, ...]]] = {}
        self._middles: dict[Node, tuple[str, ...]] = {}
        self._initials: dict[str, set[Node]] = {}
        self._genders: dict[Node, tuple[Gender, ...]] = {}
        self._usual: dict[Node, tuple[Gender, ...]] = {}
        self._givens = Spellings()
        self._families = Spellings()

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
        middle = _middle(name) if name.shape is Shape.FULL else ""
        if given:
            put(self._given.setdefault(given, {}), node, family)
            self._givens.add(given)
        families = list(_family_forms(family))
        if middle:
            # "Mary Ann" may be called by both, "García Márquez" by the first alone.
            put(self._given.setdefault(f"{given} {middle}", {}), node, family)
            last = middle.split()[-1]
            if len(last) > 1 and not self._variants.is_given(last):
                families += [last, f"{last} {family}"]
        for form in families:
            put(self._family.setdefault(form, {}), node, given)
            self._families.add(form)
        if name.shape is Shape.FULL:
            put(self._middles, node, middle)
        if name.initials:
            self._initials.setdefault(name.initials, set()).add(node)
        usual = self._variants.gender(given)
        if usual is not Gender.UNKNOWN:
            put(self._usual, node, usual)
        if name.gender is not Gender.UNKNOWN:
            put(self._genders, node, name.gender)

    def named(self, key: str) -> set[Node]:
        """Return everybody with this given or family name."""
        return self._roots([*self._given.get(key, ()), *self._family.get(key, ())])

    def initials(self, letters: str) -> set[Node]:
        """Return everybody with these initials."""
        return self._roots(self._initials.get(letters, ()))

    def genders(self, root: Node) -> set[Gender]:
        """Return what titles of a node's own names tell."""
        return set(self._genders.get(root, ()))

    def fitting(self, name: Wording, tier: Tier = Tier.EXACT) -> set[Node]:
        """Return everybody a name fits as closely as a tier says.

        Initials alone fit as a name only.
        """
        match name.shape:
            case Shape.FULL:
                return {node for node, found in self.alike(name).items() if found is tier}
            case Shape.GENDERED | Shape.TITLED:
                return self._titled(name, tier)
            case Shape.INITIAL:
                return self._abbreviated(name) if tier is Tier.EXACT else set()
            case _:
                return self._single(name.given, tier)

    def _single(self, key: str, tier: Tier) -> set[Node]:
        if tier is Tier.EXACT:
            return self.named(key)
        if tier is Tier.NICKNAME:
            forms = self._variants.forms(key)
            return self._roots(node for form in forms for node in self._given.get(form, ()))
        if len(key) < _SHORTEST_SPELLING:
            return set()
        fit = self._variants.given
        givens = [w for w in self._givens.close(key) if fit(w, key, strict=True)]
        found = [node for word in givens for node in self._given[word]]
        found += [node for word in self._families.close(key) for node in self._family[word]]
        for short in self._variants.close(key):
            found += [n for form in self._variants.forms(short) for n in self._given.get(form, ())]
        return self._roots(found)

    def heard(self, name: Wording) -> set[Node]:
        """Return everybody whose given name is nearly one, though both are names in use."""
        if name.shape is not Shape.SINGLE or len(name.given) < _SHORTEST_SPELLING:
            return set()
        gender = self._variants.gender(name.given)
        return self._roots(
            node
            for word in self._givens.close(name.given)
            for node in self._given[word]
            if Gender.UNKNOWN in {gender, self._variants.gender(word)}
            or gender is self._variants.gender(word)
            if sounds_alike(word, name.given) or min(len(word), len(name.given)) >= _USUAL
        )

    def _titled(self, name: Wording, tier: Tier) -> set[Node]:
        if tier is Tier.EXACT:
            found = self._of_gender(self._family.get(name.family, ()), name.gender)
            if not found:
                usual = self._variants.gender(name.family)
                if not (usual and name.gender and usual is not name.gender):
                    found = self._of_gender(self._given.get(name.family, ()), name.gender)
            return found
        if tier is Tier.NICKNAME:
            return set()
        close = self._families.close(name.family)
        return self._of_gender([n for word in close for n in self._family[word]], name.gender)

    def alike(self, name: Wording) -> dict[Node, Tier]:
        """Return everybody whose full name may be a form of another, with how close it is.

        Given names in the middle may be missing on one side, and are not contradicted.
        """
        out: dict[Node, Tier] = {}
        for form in _family_forms(name.family):
            for word in (form, *self._families.close(form, short=True)):
                close = self._variants.family(word, form)
                near = self._variants.family(word, form, short=True)
                same = near is Tier.EXACT
                for node, givens in self._family.get(word, {}).items():
                    tiers = [
                        self._variants.given(name.given, one, short=same) for one in givens if one
                    ]
                    fit = min((tier for tier in tiers if tier is not None), default=None)
                    if fit is None or near is None or not self._middle_fits(node, name):
                        continue
                    if close is None and fit is not Tier.EXACT:
                        continue
                    root, tier = self._forest.find(node), max(fit, near)
                    out[root] = min(out.get(root, tier), tier)
        return out

    def _middle_fits(self, node: Node, name: Wording) -> bool:
        mine = _middle(name)
        theirs = self._middles.get(node, ("",))
        return any(_compatible(mine, other) for other in theirs)

    def _of_gender(self, found: Collection[Node], gender: Gender) -> set[Node]:
        """Return those whose titles do not tell another gender; of several, by given name."""
        roots: dict[Node, set[Gender]] = {}
        usual: dict[Node, set[Gender]] = {}
        for node in found:
            root = self._forest.find(node)
            roots.setdefault(root, set()).update(self._genders.get(node, ()))
            usual.setdefault(root, set()).update(self._usual.get(node, ()))
        fits = {r for r, told in roots.items() if not gender or not told or gender in told}
        if gender and len(fits) > 1:
            likely = {r for r in fits if gender in roots[r] or gender in usual[r]}
            rest = fits - likely
            # Who might be of either gender might be meant as well.
            if likely and all(usual[r] and not roots[r] for r in rest):
                return likely
        return fits

    def _abbreviated(self, name: Wording) -> set[Node]:
        """Return those whose full name begins and ends so."""
        given, family = name.given, name.family
        if len(family) == 1:
            names = {given, *self._variants.forms(given)}
            pairs = [pair for one in sorted(names) for pair in self._given.get(one, {}).items()]
            fits = [n for n, families in pairs if any(f[:1] == family for f in families)]
        else:
            pairs = list(self._family.get(family, {}).items())
            fits = [n for n, givens in pairs if any(g and g[0] == given[0] for g in givens)]
        return self._of_gender(fits, name.gender)

    def _roots(self, found: Iterable[Node]) -> set[Node]:
        return {self._forest.find(node) for node in found}


def _family_forms(family: str) -> Iterator[str]:
    """Yield a folded family name, and without its particles."""
    if not family:
        return
    yield family
    bare = [word for word in family.split() if word not in PARTICLES]
    if bare and len(bare) < len(family.split()):
        yield " ".join(bare)


def _middle(name: Wording) -> str:
    """Return the folded given names between the first and the family name."""
    inner = name.full.removeprefix(name.given).removesuffix(name.family)
    return " ".join(inner.split())


def _compatible(one: str, other: str) -> bool:
    """Whether two stretches of middle names can be of one person."""
    if not one or not other:
        return True
    first, second = one.split(), other.split()
    if len(first) != len(second):
        return set(first) <= set(second) or set(second) <= set(first)
    return all(
        a == b or (a[0] == b[0] and 1 in {len(a), len(b)})
        for a, b in zip(first, second, strict=True)
    )
