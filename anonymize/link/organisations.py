"""Names of organisations: which are one body's.

Two names are joined where they say the same; where one is short for the other and nothing
else fits it, in this order:

1. the same words and kind, in any of the spellings of `model.institutions`;
2. a kind that says less, or is short for several: "Ashton College", "Ashton CC";
3. the name as one word: a hashtag, the label of a host, a handle;
4. the whole acronym, three letters or more: "BFI";
5. the words that tell it, alone: "Ashton".

Each step asks what the steps before it left, all at once, so that no order of names matters.
What fits two is neither's.  Organisations of other words, or of other kinds, are never joined.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import product

from anonymize.link.nodes import Node, order
from anonymize.model.folding import words
from anonymize.model.institutions import ALSO, Body, body, host_labels, name_words, spellings
from anonymize.model.names import split_possessive

_SHORTEST_ACRONYM = 3
_SHORTEST_SQUEEZED = 7
_MOST_SPELLINGS = 48
_LINKING = frozenset(("of", "for", "in", "at", "de", "des", "du", "van", "der", "voor"))
"""Words an acronym may leave out."""


class Tie(StrEnum):
    """Why two names are one organisation's; the surest first."""

    WORDS = "same-words"
    KIND = "shorter-kind"
    SQUEEZED = "as-one-word"
    ACRONYM = "acronym"
    ALONE = "distinctive-words-alone"


@dataclass(frozen=True, slots=True)
class Bond:
    """Two nodes that are one organisation."""

    one: Node = field(repr=False)
    other: Node = field(repr=False)
    tie: Tie


@dataclass(frozen=True, slots=True)
class Related:
    """What a list of names tells.

    Attributes:
        bonds: What is one, in the order of the steps.
        torn: Nodes that fit several organisations, each with those.
    """

    bonds: tuple[Bond, ...] = ()
    torn: tuple[tuple[Node, tuple[Node, ...]], ...] = field(default=(), repr=False)


def written(one: Body) -> Iterator[str]:
    """Yield the folded ways to write a name, its words apart, the plainest first.

    >>> list(written(body("Ashton SFC")))
    ['ashton sixth form college', 'ashton 6th form college', 'ashton sfc']
    """
    if not one.words:
        return
    kinds = [spellings(kind) for kind in one.kinds]
    names = [" ".join(one.words)]
    if "saint" in one.words:
        names.append(" ".join("st" if word == "saint" else word for word in one.words))
    if len(kinds) * len(names) > _MOST_SPELLINGS:
        kinds = [spelt[:1] for spelt in kinds]
    for name in names:
        for found in product(*kinds):
            yield " ".join((name, *found))
        if one.kinds[:1] == ("university",):
            for first, *rest in product(*kinds):
                yield " ".join((f"{first} of {name}", *rest))


def squeezed(one: Body) -> frozenset[str]:
    """Return the ways to write a name as one word; none for a name of one word.

    >>> sorted(squeezed(body("Ashton Press")))
    ['ashtonpress']
    """
    return frozenset(form.replace(" ", "") for form in written(one) if " " in form)


def acronyms(one: Body) -> frozenset[str]:
    """Return the initials of a name written out, of three letters or more.

    >>> sorted(acronyms(body("London School of Economics")))
    ['lse', 'lsoe']
    """
    if not one.words:
        return frozenset()
    plain = " ".join((*one.words, *one.kinds))
    ways = [plain.split()]
    if one.kinds[:1] == ("university",):
        ways.append(" ".join(("university of", *one.words, *one.kinds[1:])).split())
    ways += [[word for word in way if word not in _LINKING] for way in ways]
    return frozenset("".join(w[0] for w in way) for way in ways if len(way) >= _SHORTEST_ACRONYM)


class _Sets:
    """Disjoint sets of nodes, each with one fixed node at most."""

    def __init__(self, fixed: Container[Node]) -> None:
        self._fixed = fixed
        self._above: dict[Node, Node] = {}

    def find(self, node: Node) -> Node:
        above = self._above
        while (up := above.get(node, node)) != node:
            above[node] = above.get(up, up)
            node = up
        return node

    def join(self, one: Node, other: Node) -> bool:
        first, second = sorted((self.find(one), self.find(other)), key=self._rank)
        if first == second or second in self._fixed:
            return False
        self._above[second] = first
        return True

    def _rank(self, node: Node) -> tuple[bool, tuple[int, Node]]:
        return node not in self._fixed, order(node)


def relate(
    names: Mapping[Node, Collection[str]],
    *,
    fixed: Collection[Node] = frozenset(),
    common: Container[str] = frozenset(),
    public: Container[str] = frozenset(),
) -> Related:
    """Say which names are of one organisation.

    Near-linear: names meet only in tables of what they may be short for.

    Args:
        names: What each node is called, as written.
        fixed: Nodes known to be different bodies: rows of the roster, accounts.
        common: Folded ordinary words: alone they stand for nobody.
        public: Folded names of public bodies: no acronym of anybody else.
    """
    every = sorted(names, key=order)
    parts = {node: _bodies(names[node]) for node in every}
    sets = _Sets(frozenset(fixed))
    bonds: list[Bond] = []
    torn: dict[Node, tuple[Node, ...]] = {}

    def join(pairs: Iterable[tuple[Node, set[Node]]], tie: Tie) -> None:
        chosen = [
            (node, {sets.find(one) for one in fits} - {sets.find(node)}) for node, fits in pairs
        ]
        for node, fits in chosen:
            if len(fits) > 1:
                torn.setdefault(node, tuple(sorted(fits, key=order)))
            elif fits and sets.join(node, min(fits)):
                bonds.append(Bond(node, min(fits), tie))

    whole = _by(every, parts, lambda one: [one] if one.words and _tells(one) else [])
    for sharers in whole.values():
        owners = [node for node in sharers if node in fixed]
        loose = [node for node in sharers if node not in fixed]
        if len(owners) > 1:
            torn.update((node, tuple(owners)) for node in loose[:1])
        targets = set(owners) if len(owners) == 1 else set(loose[:1])
        join(((node, targets) for node in loose), Tie.WORDS)
    known = {one: {sets.find(node) for node in sharers} for one, sharers in whole.items()}
    join(((node, _less(parts[node], known)) for node in every if node not in fixed), Tie.KIND)
    glued = _by(every, parts, squeezed)
    lone = [node for node in every if all(not _tells(one) for one in parts[node])]
    join(((node, _glued(names[node], glued)) for node in lone), Tie.SQUEEZED)
    short = _by(every, parts, acronyms)
    open_ = [node for node in lone if node not in fixed and not _any(parts[node], public)]
    join(((node, _short(names[node], short)) for node in open_), Tie.ACRONYM)
    first = _by(every, parts, lambda one: one.words if one.kinds else ())
    bare = [node for node in every if node not in fixed and not _any(parts[node], public)]
    join(((node, _alone(parts[node], first, parts, common)) for node in bare), Tie.ALONE)
    found = {node: fits for node, fits in torn.items() if sets.find(node) == node}
    return Related(tuple(bonds), tuple(found.items()))


def _bodies(names: Iterable[str]) -> list[Body]:
    """Return names in parts, each once, sorted; hosts are compared as one word only."""
    found = {body(name) for name in names if not host_labels(name)}
    return sorted(found, key=lambda one: (one.words, one.kinds))


def _tells(one: Body) -> bool:
    """Whether a name says whose it is: distinctive words with a kind, or several of them."""
    return len(one.words) > 1 or bool(one.words and one.kinds)


def _by(
    every: Iterable[Node],
    parts: Mapping[Node, Iterable[Body]],
    keys: Callable[[Body], Iterable[object]],
) -> dict[object, list[Node]]:
    """Return the nodes by what is asked of their names."""
    found: dict[object, list[Node]] = {}
    for node in every:
        for key in sorted({key for one in parts[node] for key in keys(one)}, key=repr):
            found.setdefault(key, []).append(node)
    return found


def _less(parts: Iterable[Body], known: Mapping[object, set[Node]]) -> set[Node]:
    """Return the organisations whose kind says more than, or is meant by, that of a name."""
    fits: set[Node] = set()
    for one in parts:
        if not (one.words and one.kinds):
            continue
        choices = [(kind, *ALSO.get(kind, ())) for kind in one.kinds]
        if len(choices) <= 3:
            for kinds in product(*choices):
                if kinds != one.kinds:
                    fits |= known.get(Body(one.words, kinds), set())
    return fits


def _glued(names: Iterable[str], table: Mapping[object, Iterable[Node]]) -> set[Node]:
    fits: set[Node] = set()
    for name in names:
        labels = host_labels(name) or ("".join(name_words(name)),)
        for label in labels:
            fits.update(table.get(label, ()))
    return fits


def _short(names: Iterable[str], table: Mapping[object, Iterable[Node]]) -> set[Node]:
    fits: set[Node] = set()
    for name in names:
        found = name_words(name)
        bare = name.strip().lstrip("#＃").replace(".", "")
        plain = len(found) == 1 and found[0].isalpha() and bare[:_SHORTEST_ACRONYM].isupper()
        if plain and len(found[0]) >= _SHORTEST_ACRONYM:
            fits.update(table.get(found[0], ()))
    return fits


def _alone(
    parts: Iterable[Body],
    table: Mapping[object, Iterable[Node]],
    known: Mapping[Node, Iterable[Body]],
    common: Container[str],
) -> set[Node]:
    """Return the organisations that have all words of a name; none unless one has no other."""
    fits: set[Node] = set()
    exact = False
    for one in parts:
        if one.kinds or not one.words or all(word in common for word in one.words):
            continue
        wanted = set(one.words)
        for node in table.get(min(one.words, key=lambda word: (-len(word), word)), ()):
            theirs = [other.words for other in known[node] if other.kinds]
            if any(wanted <= set(other) for other in theirs):
                fits.add(node)
                exact = exact or one.words in theirs
    return fits if exact else set()


def _any(parts: Iterable[Body], public: Container[str]) -> bool:
    return any(" ".join(one.words) in public for one in parts)


def spoken(names: Mapping[Node, Iterable[str]], root: Callable[[Node], Node]) -> dict[str, Node]:
    """Return the folded forms in which organisations may be met, each the one that has it.

    Args:
        names: What each node is called, as written.
        root: Gives the organisation of a node.
    """
    met: dict[str, set[Node]] = {}
    for node in names:
        for name in names[node]:
            one = body(name)
            if _tells(one) and not host_labels(name):
                for form in {*written(one), *squeezed(one), words(name).replace(" ", "")}:
                    met.setdefault(form, set()).add(root(node))
    return {form: min(found) for form, found in sorted(met.items()) if len(found) == 1}


@dataclass(frozen=True, slots=True)
class Sought:
    """An organisation to be looked for wherever it stands.

    Attributes:
        distinctive: Folded words that tell it; where all of them are ordinary it is not sought.
        forms: Folded forms to look for, of two words or more or squeezed, sorted.
    """

    distinctive: frozenset[str] = field(default=frozenset(), repr=False)
    forms: tuple[str, ...] = field(default=(), repr=False)


def sought(names: Iterable[str]) -> Sought:
    """Return how to look for an organisation by what it is called.

    Spellings that nobody was seen to use are left out where they end in two letters: these
    stand behind a name by chance too often ("I asked Ashton. PS: ...").

    >>> sought(["Ashton SFC"]).forms[:3]
    ('ashton 6th form college', 'ashton sfc', 'ashton sixth form college')
    """
    forms: set[str] = set()
    distinctive: set[str] = set()
    for name in names:
        one = body(name)
        if not _tells(one) or host_labels(name):
            continue
        distinctive.update(one.words)
        apart = {words(split_possessive(name)[0])}
        apart.update(form for form in written(one) if len(form.split()[-1]) >= _SHORTEST_ACRONYM)
        apart = {form for form in apart if " " in form}
        forms |= apart
        glued = (form.replace(" ", "") for form in apart)
        forms.update(form for form in glued if len(form) >= _SHORTEST_SQUEEZED)
    return Sought(frozenset(distinctive), tuple(sorted(forms)))
