"""The one reduce: from all evidence of a project to persons, each with one id."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain

from anonymize.link import blocks, nodes
from anonymize.link.accounts import Accounts, link_accounts
from anonymize.link.apart import GivenNames
from anonymize.link.blocks import Blocks
from anonymize.link.bodies import link_organisations
from anonymize.link.directory import HANDLE_FORMS
from anonymize.link.evidence import LISTED, SPEAKER
from anonymize.link.forest import Forest
from anonymize.link.known import learn
from anonymize.link.naming import link_names
from anonymize.link.nodes import Node
from anonymize.link.persons import (
    Change,
    Identity,
    Linked,
    build,
    called,
    identify,
    remember,
    rows_by_person,
)
from anonymize.link.reasons import Reason
from anonymize.link.roll import Context, Place
from anonymize.link.rulings import Ruling, RulingKind
from anonymize.link.store import IdentityStore
from anonymize.link.tally import Tally
from anonymize.link.why import lines
from anonymize.link.wording import key_of
from anonymize.model.documents import Problem, Removal
from anonymize.model.folding import words
from anonymize.model.forms import forms
from anonymize.model.identities import Gender, Kind, KnownIdentifier, Person
from anonymize.model.keys import Keys
from anonymize.model.roster import BODIES, Roster
from anonymize.rulepacks.vocabulary import everyday


@dataclass(frozen=True, slots=True)
class Resolution:
    """What the reduce found, without a name.

    Attributes:
        problems: One for each sort of contradiction met; nothing is withheld for them.
        counts: `link/persons`, `link/organisations`, `link/ambiguous`, `link/merged`,
            `link/split`, `link/known`, and `link/<problem>` with how often it was met.
        removals: Deletion requests of all runs, sorted.
        changes: Ids merged and split.
    """

    problems: tuple[Problem, ...]
    counts: Mapping[str, int]
    removals: tuple[Removal, ...] = field(default=(), repr=False)
    changes: tuple[Change, ...] = ()


@contextmanager
def _uncollected() -> Iterator[None]:
    """Pause the search for cyclic garbage, of which linking makes none.

    It would go over all evidence again and again: a third of the time at a million mentions.
    """
    running = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if running:
            gc.enable()


@_uncollected()
def resolve(
    evidence: Tally | Blocks,
    roster: Roster,
    store: IdentityStore,
    keys: Keys,
    *,
    ordinary: frozenset[str] = frozenset(),
    allow: frozenset[str] = frozenset(),
    kept: frozenset[str] = frozenset(),
    bodies: bool = True,
) -> Resolution:
    """Say who is who and write it to the store.

    The evidence of earlier runs of the project counts as well, so that adding data never
    turns a contradiction into a certainty.

    Args:
        evidence: Of this run; what earlier runs saw is added.
        roster: The researcher's word.
        store: Open for writing.
        keys: Keys of the project.
        ordinary: Folded ordinary words of the rule packs.
        allow: Folded names that are no personal data.
        kept: Folded names the policy keeps: nobody is looked for by them elsewhere.
        bodies: Whether organisations are looked for at all.
    """
    new = blocks.of_tally(evidence) if isinstance(evidence, Tally) else evidence
    everything, met, held = Tally(), Counter[str](), store.small()
    for block in new():
        digest = blocks.digest(blocks.lasting(block))
        met[digest] += 1
        if met[digest] > held[digest]:
            everything.read(block, lean=True)

    def every() -> Iterator[bytes]:
        return chain(new(), store.blocks(besides=met))

    for block in store.blocks(besides=met):
        everything.read(block, lean=True)
    forest = _ruled(store.rulings())
    accounts = link_accounts(
        (account for account, _ in everything.accounts()), _loose(everything), roster, forest
    )
    given = GivenNames([*_metadata_names(everything, accounts), *_roster_names(roster)])
    naming = link_names(
        accounts,
        roster,
        _labels(everything),
        _named(everything, given),
        Context(
            everything.near,
            everything.posts(),
            everything.clues,
            frozenset((pair.one, pair.other, pair.place) for pair in everything.together),
            blocks.scopes(every),
            everything.table,
        ),
    )
    common = ordinary | everyday()
    organisations = link_organisations(
        everything, roster, accounts, naming, common=common, public=allow | kept
    )
    sets = list(accounts.forest.sets())
    ids = identify(
        sets,
        lambda: (node for node, _, _ in naming.spots.open()),
        store.issued,
        store.has_person,
        keys,
    )
    rows = rows_by_person(roster)
    wishes = store.wishes()

    def person(
        one: str,
        members: tuple[Node, ...],
        names: Mapping[Node, tuple[str, ...]],
        told: Mapping[Node, set[Gender]],
    ) -> Person:
        made = build(
            one,
            members,
            accounts=accounts,
            names=names,
            told=told,
            organisations=organisations.names,
            rows=rows,
        )
        return remember(made, store.person(one), wishes.get(one, ""))

    def everybody() -> Iterator[Identity]:
        for one, members in sorted(zip(ids.of_sets, sets, strict=True)):
            yield Identity(person(one, members, naming.names, naming.told), members)
        for node, names, _ in naming.spots.open():
            yield Identity(person(ids.single(node), (node,), {node: names}, {}), (node,))

    people = _People(everybody())
    by_root = {members[0]: one for one, members in zip(ids.of_sets, sets, strict=True)}

    def whose(node: Node) -> str:
        return by_root[accounts.forest.find(node)]

    naming.index.update(_handle_forms(accounts))
    known = tuple(
        learn(
            sorted(accounts.written.items()),
            _metadata_names(everything, accounts),
            sorted({label for _, label in _labels(everything)}),
            roster,
            common=common,
            allow=allow,
            usual=everything.usual(),
            spoken=(name for name in _spoken(everything, given) if key_of(name) not in kept),
            places=_places(everything),
            organisations=organisations.sought if bodies else None,
        ),
    )
    store.save(
        Linked(
            identities=people,
            changes=ids.changes,
            names=chain(
                ((place, key, whose(node)) for (place, key), node in naming.index.items()),
                naming.spots.names(whose, ids.single),
            ),
            known=known,
            handles=_handles(sets),
            words=_real_words(people, known, everything.pool_words),
            evidence=new,
            removals=everything.removals,
            ids=blocks.ids(new),
            why=lines(accounts.forest, naming, whose, ids.single),
        ),
    )
    problems = accounts.problems + naming.problems
    counts = Counter({f"link/{code}": number for code, number in problems.items()})
    counts["link/persons"] = people.persons
    counts["link/organisations"] = people.others
    counts["link/ambiguous"] = people.ambiguous
    counts["link/merged"] = sum(change.kind == "merge" for change in ids.changes)
    counts["link/split"] = sum(change.kind == "split" for change in ids.changes)
    counts["link/known"] = len(known)
    return Resolution(
        problems=tuple(Problem(code, withheld=False) for code in sorted(problems)),
        counts=dict(sorted(counts.items())),
        removals=tuple(store.removals()),
        changes=ids.changes,
    )


def _loose(tally: Tally) -> Iterator[tuple[Node, str]]:
    """Yield the identifiers found in text."""
    for entity_type, surface, _ in tally.mentions():
        node = blocks.loose(entity_type, surface)
        if node is not None:
            yield node, nodes.split_handle(surface)[1] if node[0] == "handle" else surface


def _labels(tally: Tally) -> Iterator[tuple[str, str]]:
    for account, _ in tally.accounts():
        if account.sighting.platform == SPEAKER:
            yield from ((account.scope, label) for label in account.sighting.names)


def _named(tally: Tally, given: GivenNames) -> Iterator[tuple[str, Sequence[str], int]]:
    for entity_type, surface, places in tally.mentions():
        count = tally.count(entity_type, surface)
        if entity_type == LISTED:
            yield surface, places, count
        elif entity_type == "PERSON":
            yield from ((one, places, count) for one in given.apart(surface))


def _spoken(tally: Tally, given: GivenNames) -> list[str]:
    """Return the names found in texts, without those of two people."""
    return [
        surface
        for entity_type, surface, _ in tally.mentions()
        if entity_type == "PERSON" and given.apart(surface) == (surface,)
    ]


def _places(tally: Tally) -> frozenset[str]:
    return frozenset(words(surface) for kind, surface, _ in tally.mentions() if kind == "LOCATION")


def _ruled(rulings: Iterable[Ruling]) -> Forest:
    """Return a forest in which the researcher's word stands before any evidence."""
    every = tuple(rulings)
    forest = Forest((one.one, one.other) for one in every if one.kind is RulingKind.APART)
    for ruling in every:
        if ruling.kind is RulingKind.TOGETHER:
            forest.join(ruling.one, ruling.other, Reason.RESEARCHER)
    return forest


def _roster_names(roster: Roster) -> list[str]:
    return [name for row in roster.rows if row.role not in BODIES for name in row.names]


def _handle_forms(accounts: Accounts) -> dict[Place, Node]:
    """Return the forms in which handles may be met, each the one handle that has it.

    Without its server a handle looks like one of X; those of X come first.
    """
    met: dict[Place, set[Node]] = {}
    local: dict[Place, set[Node]] = {}
    for node, written in accounts.written.items():
        if node[0] != "handle":
            continue
        target = accounts.forest.find(node)
        spellings = [(met, node[1], one) for one in written]
        spellings.append((local, "x", nodes.local_name(node)))
        for into, platform, spelt in spellings:
            for form in forms(KnownIdentifier("HANDLE", spelt)):
                into.setdefault((HANDLE_FORMS, f"{platform}\x1f{form}"), set()).add(target)
    every = {**local, **met}
    return {place: min(found) for place, found in every.items() if len(found) == 1}


def _handles(sets: Iterable[tuple[Node, ...]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for members in sets:
        for node in members:
            if node[0] == "handle":
                found.setdefault(node[1], []).append(node[2])
    return {platform: sorted(handles) for platform, handles in sorted(found.items())}


def _metadata_names(tally: Tally, accounts: Accounts) -> list[str]:
    listed = {s for entity_type, s, _ in tally.mentions() if entity_type == LISTED}
    return sorted(listed.union(*accounts.names.values()))


class _People:
    """Counts identities while they are saved one by one.

    Args:
        identities: All of them; made when they are asked for.
    """

    __slots__ = ("_identities", "ambiguous", "others", "persons", "words")

    def __init__(self, identities: Iterable[Identity]) -> None:
        self._identities = identities
        self.persons = self.others = self.ambiguous = 0
        self.words: set[str] = set()

    def __iter__(self) -> Iterator[Identity]:
        for one in self._identities:
            is_person = one.person.kind is Kind.PERSON
            self.persons += is_person
            self.others += not is_person
            self.ambiguous += one.person.ambiguous
            self.words |= called(one.person)
            yield one


def _real_words(
    people: _People,
    known: Iterable[KnownIdentifier],
    pool: Iterable[str],
) -> Iterator[str]:
    """Yield the words of everything people are called; to be asked when they are saved."""
    found = people.words.union(pool)
    for identifier in known:
        found.update(words(identifier.value).split())
    yield from found - {""}
