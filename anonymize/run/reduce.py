"""The one reduce: all tallies to identities, and a surrogate for each in the tier at hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from anonymize.link.blocks import Blocks
from anonymize.link.persons import Change, called
from anonymize.link.resolve import resolve
from anonymize.link.store import IdentityStore
from anonymize.link.tally import Tally
from anonymize.model.decisions import Operator
from anonymize.model.folding import words
from anonymize.model.identities import Person, Search
from anonymize.model.keys import Keys
from anonymize.model.policies import Policy
from anonymize.model.roster import Roster
from anonymize.model.rules import RulePack
from anonymize.rulepacks import vocabulary
from anonymize.run.parts import read_tally
from anonymize.run.project import Workspace, note
from anonymize.transform.pools import name_pool, pool_words
from anonymize.transform.pseudonyms import Drawing, role_of
from anonymize.transform.vocabulary import FIXED_WORDS


@dataclass(frozen=True, slots=True)
class State:
    """What was decided of identities, as far as results depend on it.

    Attributes:
        digest: Of every identity, surrogate, known identifier and deletion request.
        identities: Counts for the report.
        problems: Contradictions met, by code.
        changes: Ids that were merged or split.
    """

    digest: str
    identities: Mapping[str, int] = field(default_factory=dict)
    problems: Mapping[str, int] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()


def tallies(space: Workspace, keys: Keys, stems: Sequence[str]) -> Blocks:
    """Return the sealed tallies of a run's shards, block by block."""

    def blocks() -> Iterator[bytes]:
        for stem in stems:
            yield from read_tally(space.private / "scans" / f"{stem}.tally", keys)

    return blocks


def reduce(
    space: Workspace,
    keys: Keys,
    stems: Sequence[str],
    roster: Roster,
    policy: Policy,
    packs: Sequence[RulePack],
    own: frozenset[str],
) -> State:
    """Link everything that was seen and issue the surrogates that are missing.

    Run again on the same tallies it changes nothing.
    """
    with IdentityStore(space.vault, keys, write=True) as store:
        state = link(store, tallies(space, keys, stems), roster, policy, keys, packs, own)
    for one in state.changes:
        note(space, {"event": one.kind, "by": "evidence", "kept": one.kept, "ids": one.ids})
    return state


def link(
    store: IdentityStore,
    evidence: Tally | Blocks,
    roster: Roster,
    policy: Policy,
    keys: Keys,
    packs: Sequence[RulePack],
    own: frozenset[str] = FIXED_WORDS,
) -> State:
    """Say who is who by the evidence and name everybody in the policy's tier.

    Args:
        store: Open for writing.
        evidence: Of this run.
        roster: The researcher's word.
        policy: The tier.
        keys: Of the project.
        packs: Ordinary words and what is no personal data.
        own: Folded words what is written has of itself.
    """
    keeps = policy.entities.get("ORGANIZATION") is Operator.KEEP
    found = resolve(
        evidence,
        roster,
        store,
        keys,
        ordinary=own | vocabulary.ordinary(packs),
        allow=vocabulary.allowed(packs),
        kept=policy.allow,
        bodies=not keeps,
    )
    issued = _issue(store, policy, keys.tier(policy.name))
    problems = {
        code.removeprefix("link/"): number
        for code, number in found.counts.items()
        if code.removeprefix("link/") in {problem.code for problem in found.problems}
    }
    if issued.refused:
        problems["pseudonym-refused"] = issued.refused
    clashes = _clashes(store, policy.allow | vocabulary.figures(packs))
    if clashes:
        problems["allowed-name-is-known"] = clashes
    return State(
        store.digest(policy.name),
        {
            "persons": found.counts["link/persons"],
            "with_roster": issued.with_roster,
            "ambiguous": found.counts["link/ambiguous"],
            "organisations": found.counts["link/organisations"],
        },
        problems,
        found.changes,
    )


def _clashes(store: IdentityStore, kept: frozenset[str]) -> int:
    """Count names on a list of what is kept that somebody of the corpus bears all the same."""
    if not kept:
        return 0
    known = {words(one.value) for one in store.known() if one.search is not Search.FIELDS}
    return len(known & kept)


@dataclass(frozen=True, slots=True)
class _Issued:
    """How many identities are on the roster, and how many wished pseudonyms were refused."""

    with_roster: int
    refused: int = 0


def _issue(store: IdentityStore, policy: Policy, tier: Keys) -> _Issued:
    """Issue the missing surrogates, identity by identity: there may be one for each post."""
    pool = name_pool()
    real = {word for word in pool_words(pool) if store.is_real(word)}
    early: list[Person] = []
    roles: Counter[str] = Counter()
    with_roster = missing = held = 0
    for person in store.persons():
        roles[role_of(person)] += 1
        with_roster += bool(person.roster)
        real |= called(person)
        if store.surrogate(policy.name, person.id) is not None:
            held += 1
            continue
        missing += 1
        if person.roster or person.chosen:
            early.append(person)
    if not missing:
        return _Issued(with_roster)
    drawing = Drawing(tier, pool, roles, forbidden=frozenset(real) - {""}, style=policy.names)
    for person in store.persons() if held else ():
        surrogate = store.surrogate(policy.name, person.id)
        if surrogate is not None:
            drawing.held(surrogate, exclusive=person.ambiguous)
    with store.transaction():
        for surrogate in drawing.early(filter(drawing.first, early)):
            store.put_surrogate(policy.name, surrogate)
        for person in store.persons():
            if not drawing.first(person) and store.surrogate(policy.name, person.id) is None:
                store.put_surrogate(policy.name, drawing.one(person))
    return _Issued(with_roster, len(drawing.refused))
