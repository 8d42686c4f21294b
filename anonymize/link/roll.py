"""The roll: all names of a corpus and who bears them, as far as is known yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from anonymize.link.accounts import Accounts
from anonymize.link.candidates import Candidates
from anonymize.link.clues import Clue
from anonymize.link.crowds import Members, Table
from anonymize.link.few import put
from anonymize.link.forest import Forest
from anonymize.link.nodes import Node
from anonymize.link.reasons import Obstacle, Reason
from anonymize.link.spots import Spots
from anonymize.link.variants import Variants
from anonymize.link.wording import Shape, Wording, display, word
from anonymize.model.folding import words
from anonymize.model.forms import forms
from anonymize.model.identities import Gender, KnownIdentifier
from anonymize.model.roster import BODIES, Roster

_NAMED = 8
"""So many persons whom a name may mean are remembered; of more nobody wants to read."""

Place: TypeAlias = tuple[str, str]
"""Place and key of a name; the place is empty for the whole corpus."""

About: TypeAlias = Callable[[str], tuple[frozenset[Node], frozenset[Node]]]
"""Returns the authors of a post, and whom else it has, by its place."""


@dataclass(frozen=True, slots=True)
class Context:
    """What posts and turns say around names.

    Attributes:
        about: Who is about in a post.
        posts: The places of all posts of which that is known.
        clues: Whose names their surroundings tell.
        together: Pairs of folded names said in one breath, with the place where they are
            two people; an empty place for whole names.
        seen: Identifiers with scopes they were seen in; gone over once.
        places: Conversations and posts by number; added to.
    """

    about: About
    posts: Iterable[str] = ()
    clues: Iterable[Clue] = ()
    together: frozenset[tuple[str, str, str]] = frozenset()
    seen: Iterable[tuple[Node, Sequence[str]]] = ()
    places: Table = field(default_factory=Table)


@dataclass(slots=True)
class Naming:
    """Who is meant by which name.

    Attributes:
        spots: Person by place and key, of all places but those of speakers.
        index: The same of the whole corpus and of speakers.
        reasons: Why, for the keys of the whole corpus.
        decided: How often that was decided in a place, by node, key and reason.
        names: What each person is called, as written.
        told: Genders that titles told.
        problems: Number of contradictions, by code.
    """

    spots: Spots
    index: dict[Place, Node] = field(default_factory=dict)
    reasons: dict[str, Reason] = field(default_factory=dict)
    decided: Counter[tuple[Node, str, Reason]] = field(default_factory=Counter)
    names: dict[Node, tuple[str, ...]] = field(default_factory=dict)
    told: dict[Node, set[Gender]] = field(default_factory=dict)
    problems: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Ask:
    """A key asked for.

    Attributes:
        name: The key, taken apart.
        written: The surfaces that have it, as written.
        lists: Places it stands in, a list for each surface.
        count: How often it does.
    """

    name: Wording
    written: tuple[str, ...] = ()
    lists: tuple[Sequence[str], ...] = ()
    count: int = 0

    def add(self, written: str, places: Sequence[str], count: int) -> None:
        """Take in a surface."""
        if written not in self.written:
            self.written = (*self.written, written)
        self.lists = (*self.lists, places)
        self.count += count

    @property
    def places(self) -> Iterator[str]:
        """The places, those of two surfaces twice."""
        return (place for places in self.lists for place in places)


class Roll:
    """Names and bearers; filled from roster and accounts, added to while names are linked.

    Args:
        accounts: What identifiers told.
        roster: The researcher's word.
        variants: Tells forms of one name.
        places: Conversations and posts by number; added to.

    Attributes:
        known: Persons by names they are known to have.
        rows: Those of the roster.
        loose: Accounts by what they show that is no full name, and mis-spelt full names.
        hailed: Accounts by what others call them, and by what their handles show.
        fitting: Whom the name fits that was last found to fit several, if they are few.
    """

    __slots__ = (
        "accounts", "aliases", "explicit", "fitting", "forest", "hailed", "known", "loose",
        "members", "out", "owners", "roster_full", "rows", "ruled", "shown", "singles",
        "spellings", "variants",
    )  # fmt: skip

    def __init__(
        self,
        accounts: Accounts,
        roster: Roster,
        variants: Variants,
        places: Table,
    ) -> None:
        self.accounts = accounts
        self.forest: Forest = accounts.forest
        self.variants = variants
        self.out = Naming(Spots(places))
        self.known = Candidates(self.forest, variants)
        self.rows = Candidates(self.forest, variants)
        self.loose = Candidates(self.forest, variants)
        self.hailed = Candidates(self.forest, variants)
        self.explicit: dict[str, tuple[Node, ...]] = {}
        self.owners: dict[str, tuple[Node, ...]] = {}
        self.singles: dict[str, tuple[Node, ...]] = {}
        self.members = Members(places)
        self.roster_full: dict[str, tuple[Node, ...]] = {}
        self.spellings: dict[str, tuple[str, ...]] = {}
        self.aliases: dict[str, tuple[Node, ...]] = {}
        self.fitting: tuple[Node, ...] = ()
        self.shown: dict[Node, list[Wording]] = {}
        ruled = (link for link in self.forest.links if link.reason is Reason.RESEARCHER)
        self.ruled = frozenset(node for link in ruled for node in (link.one, link.other))
        for row in roster.rows:
            for written in row.names:
                if row.role in BODIES:
                    self.call(("roster", row.person), written)
                    put(self.explicit, words(written), ("roster", row.person))
                    continue
                self._roster_name(("roster", row.person), written)
        for node in sorted(accounts.names):
            for written in sorted(accounts.names[node]):
                self._display_name(node, display(written))

    def call(self, node: Node, written: str) -> None:
        """Note that somebody is called so."""
        put(self.out.names, node, written)

    def _roster_name(self, row: Node, written: str) -> None:
        self.call(row, written)
        name = word(written)
        if name is None:
            return
        self.known.add(row, name)
        self.rows.add(row, name)
        if name.shape is Shape.FULL:
            put(self.roster_full, name.full, row)
            self.spell(name, written, row)
        else:
            for key in {name.key, name.full or name.key, name.initials or name.key}:
                put(self.explicit, key, row)

    def _display_name(self, node: Node, written: str) -> None:
        name = word(written)
        self.call(node, written)
        if name is None:
            return
        self.shown.setdefault(node, []).append(name)
        if name.shape is Shape.FULL:
            put(self.owners, name.full, node)
            self.spell(name, written, node)
            self.known.add(node, name)
            return
        put(self.singles, name.full or name.key, node)
        self.loose.add(node, name)

    def spell(self, name: Wording, written: str, node: Node) -> None:
        """Let a full name be met in its other forms: "Smith Jane", "JaneSmith"."""
        put(self.spellings, name.full, written)
        for form in forms(KnownIdentifier("PERSON", written)):
            put(self.aliases, form, node)

    def roots(self, found: Iterable[Node]) -> set[Node]:
        """Return the persons of nodes."""
        return {self.forest.find(node) for node in found}

    def ambiguous(self, place: str, key: str, fitting: Collection[Node]) -> Node:
        """Return the identity of a name that fits several, and note whom, if they are few.

        That of one place is not made yet: `fitting` keeps whom the name fits there.
        """
        target = ("ambiguous", place, key)
        self.fitting = tuple(sorted(fitting)) if len(fitting) <= _NAMED else ()
        if not self.is_open(target):
            self.make(target)
        return target

    def make(self, target: Node) -> None:
        """Make the identity of the name that was last found to fit several."""
        if target not in self.forest:
            for one in self.fitting:
                self.forest.refuse(target, one, Obstacle.SEVERAL)
        self.forest.find(target)

    def is_open(self, node: Node) -> bool:
        """Whether somebody is an identity of one place, of which nobody else says anything."""
        return node[0] == "ambiguous" and bool(node[1]) and not self.forest.knows(node)

    def enter(self, place: str, key: str, node: Node, reason: Reason) -> None:
        """Say who is meant by a name in a place."""
        self.out.index[place, key] = node
        if not place:
            self.out.reasons[key] = reason
        else:
            self.count(key, node, reason)

    def count(self, key: str, node: Node, reason: Reason) -> None:
        """Count why somebody is meant by a name in a place."""
        if node[0] != "ambiguous":
            self.out.decided[node, key, reason] += 1

    def tell(self, target: Node, name: Wording, written: Iterable[str]) -> None:
        """Note what a mention says of the person: her only name, her gender."""
        if target[0] in {"ambiguous", "label"} or target == own(name):
            for one in written:
                put(self.out.names, target, one)
        if target[0] != "ambiguous" and name.gender:
            self.out.told.setdefault(target, set()).add(name.gender)


def own(name: Wording) -> Node:
    """Return the node of a person known by this name only."""
    if name.shape in {Shape.GENDERED, Shape.TITLED}:
        return "part", f"{name.gender}:{name.family}"
    if name.shape is Shape.INITIAL and name.gender:
        return "part", f"{name.gender}:{name.full}"
    return ("name" if name.shape is Shape.FULL else "part"), name.full or name.key
