"""Persons made of joined nodes, each with an id that stays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace

from anonymize.link import nodes
from anonymize.link.accounts import Accounts
from anonymize.link.blocks import Blocks
from anonymize.link.nodes import Node
from anonymize.link.wording import word
from anonymize.model.documents import Removal
from anonymize.model.folding import words
from anonymize.model.identities import Gender, Kind, KnownIdentifier, Person
from anonymize.model.keys import Keys
from anonymize.model.roster import BODIES, Roster, RosterRow

_ID_LENGTH = 12
"""57 bits: two of a million identities meet once in 300 000 projects, and are told apart."""


@dataclass(frozen=True, slots=True)
class Identity:
    """A person with the nodes she is known by, the strongest first."""

    person: Person
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to ids.

    Attributes:
        kind: `merge` (of `ids`, `kept` stays), `split` (`ids` is new beside `kept`) or
            `rename` (`kept` is called otherwise).
        kept: `Person.id`.
        ids: Others.
    """

    kind: str
    kept: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """What one reduce found: everything but ids replaces what the store held before.

    Attributes:
        identities: Persons with their nodes, the strongest first; gone over once, and before
            `words` are.
        changes: Ids merged and split.
        names: Place, key and the id of who is meant.
        known: Known identifiers.
        handles: Case-folded handles by platform, sorted.
        words: Folded words no surrogate may use; added to those held.
        evidence: That of this run; added to that held.
        removals: Deletion requests of all runs.
        ids: New known ids; added to those held.
        why: Reasons for all of it, as `why.lines` gives them.
    """

    identities: Iterable[Identity] = field(repr=False)
    changes: tuple[Change, ...]
    names: Iterable[tuple[str, str, str]] = field(repr=False)
    known: tuple[KnownIdentifier, ...]
    handles: Mapping[str, list[str]] = field(repr=False)
    words: Iterable[str] = field(repr=False)
    evidence: Blocks
    removals: AbstractSet[Removal] = field(repr=False)
    ids: Iterable[str] = field(repr=False)
    why: Iterable[bytes] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Ids:
    """The id of every identity.

    Attributes:
        of_sets: In the order of the sets.
        odd: Of single nodes whose id is not the usual one.
        changes: What happened to ids.
    """

    of_sets: tuple[str, ...]
    odd: Mapping[Node, str]
    changes: tuple[Change, ...]
    keys: Keys = field(repr=False)

    def single(self, node: Node) -> str:
        """Return the id of a node that is an identity by itself."""
        return self.odd.get(node) or _token(self.keys, node, 0)


def identify(
    sets: Sequence[tuple[Node, ...]],
    singles: Callable[[], Iterable[Node]],
    issued: Callable[[Node], tuple[int, str] | None],
    is_taken: Callable[[str], bool],
    keys: Keys,
) -> Ids:
    """Return the id of each identity; see `identified`.

    Args:
        sets: Nodes of each identity, the strongest first; sets in order of strength.
        singles: Yields further nodes, each an identity by itself: far too many to hold.
        issued: Sequence number and id a node has, or None.
        is_taken: Whether an id is in use already.
        keys: Keys of the project.
    """
    claimed = {found[1] for members in sets for node in members if (found := issued(node))}
    odd: list[Node] = []
    met: set[int] = set()
    for node in singles():
        usual = _token(keys, node, 0)
        found = issued(node)
        mine = found[1] == usual if found else not is_taken(usual)
        short = hash(usual)
        if not mine or usual in claimed or short in met:
            odd.append(node)
        met.add(short)
    ids, changes = identified([*sets, *((node,) for node in sorted(odd))], issued, is_taken, keys)
    others = dict(zip(sorted(odd), ids[len(sets) :], strict=True))
    return Ids(tuple(ids[: len(sets)]), others, tuple(changes), keys)


def identified(
    sets: Sequence[tuple[Node, ...]],
    issued: Callable[[Node], tuple[int, str] | None],
    is_taken: Callable[[str], bool],
    keys: Keys,
) -> tuple[list[str], list[Change]]:
    """Return the id of each set of nodes, and what changed.

    An id once issued to a node stays with it.  Where sets with several ids were joined, the
    id of the stronger evidence is kept, among equals the one issued first.  Where a set fell
    apart, its id stays with the part it was made from, or the strongest.

    Args:
        sets: Nodes of each identity, the strongest first; sets in order of strength.
        issued: Sequence number and id a node has, or None.
        is_taken: Whether an id is in use already.
        keys: Keys of the project.
    """
    claims: list[dict[str, tuple[int, int]]] = []
    best: dict[str, tuple[tuple[int, bool, int], int]] = {}
    for at, members in enumerate(sets):
        mine: dict[str, tuple[int, int]] = {}
        for node in members:
            found = issued(node)
            if found is not None:
                seq, one = found
                claim = _strength(node), seq
                mine[one] = min(mine.get(one, claim), claim)
        claims.append(mine)
        for one, (strength, _) in mine.items():
            own = _token(keys, members[0], 0) == one
            ranked = (strength, not own, at), at
            best[one] = min(best.get(one, ranked), ranked)
    ids: list[str] = []
    changes: list[Change] = []
    used: set[str] = set()
    for at, members in enumerate(sets):
        held = sorted((claim, one) for one, claim in claims[at].items() if best[one][1] == at)
        if held:
            kept = held[0][1]
            if len(held) > 1:
                changes.append(Change("merge", kept, tuple(one for _, one in held[1:])))
        else:
            turn = 0
            while is_taken(kept := _token(keys, members[0], turn)) or kept in used:
                turn += 1
            changes += (Change("split", one, (kept,)) for one in sorted(claims[at])[:1])
        used.add(kept)
        ids.append(kept)
    return ids, changes


def _strength(node: Node) -> int:
    if nodes.is_strong(node):
        return 0
    return 1 if node[0] == "name" else 2


def _token(keys: Keys, node: Node, turn: int) -> str:
    value = nodes.text(node)
    return keys.token("person", f"{value}\x1f\x1f{turn}" if turn else value, _ID_LENGTH)


def build(
    one: str,
    members: tuple[Node, ...],
    *,
    accounts: Accounts,
    names: Mapping[Node, Iterable[str]],
    told: Mapping[Node, AbstractSet[Gender]],
    organisations: Mapping[Node, Iterable[str]],
    rows: Mapping[str, RosterRow],
) -> Person:
    """Return the person a set of nodes stands for."""
    called: set[str] = set()
    handles: set[tuple[str, str]] = set()
    users: set[tuple[str, str]] = set()
    emails: set[str] = set()
    phones: set[str] = set()
    genders: set[Gender] = set()
    row = RosterRow("")
    for node in members:
        called.update(names.get(node, ()))
        called.update(organisations.get(node, ()))
        genders |= told.get(node, set())
        written = accounts.written.get(node, ())
        match node[0]:
            case "user":
                users.add((node[1], node[2]))
            case "handle":
                spelt = min((h.strip().lstrip("@＠") for h in written), default=node[2])
                handles.add((node[1], spelt))
            case "email":
                emails.add(node[1])
            case "phone":
                phones.update(written)
            case "roster":
                row = rows.get(node[1], row)
    genders |= {one.gender for one in map(word, sorted(called)) if one is not None and one.gender}
    return Person(
        id=one,
        kind=_kind(members, row),
        names=fullest_first(called),
        handles=tuple(sorted(handles)),
        user_ids=tuple(sorted(users)),
        emails=tuple(sorted(emails)),
        phones=tuple(sorted(phones)),
        role=row.role,
        consent=row.consent,
        chosen=row.pseudonym,
        gender=genders.pop() if len(genders) == 1 else Gender.UNKNOWN,
        roster=row.person,
        ambiguous=members[0][0] == "ambiguous" or members[0] in accounts.ambiguous,
    )


def _kind(members: tuple[Node, ...], row: RosterRow) -> Kind:
    """Return what a set of nodes is: what the roster says, else what it was taken for in texts."""
    if row.person:
        return Kind.ORGANISATION if row.role in BODIES else Kind.PERSON
    return Kind.ORGANISATION if any(node[0] == "org" for node in members) else Kind.PERSON


def called(person: Person) -> set[str]:
    """Return the folded words of everything a person is called, and handles as one word."""
    found: set[str] = set()
    handles = [handle for _, handle in person.handles]
    locals_ = [address.partition("@")[0] for address in person.emails]
    for text in (*person.names, *handles, *locals_):
        folded = words(text)
        found.update(folded.split())
        found.add(folded.replace(" ", ""))
    return found


def fullest_first(names: Iterable[str]) -> tuple[str, ...]:
    """Return names, each once whatever its case, those of most words first."""
    best: dict[str, str] = {}
    for name in sorted(names):
        key = words(name) or name
        old = best.get(key)
        if old is None or ((old.isupper() or old.islower()) and not (name.isupper())):
            best[key] = name
    return tuple(sorted(best.values(), key=lambda n: (-len(words(n).split()), -len(n), n)))


def remember(person: Person, before: Person | None, wish: str = "") -> Person:
    """Return a person with what an earlier roster said of her and this one does not.

    A consent refused or withdrawn must not come back because a row was lost.

    Args:
        person: As the evidence has her.
        before: As she was.
        wish: The pseudonym chosen for her by command, which outranks the roster's.
    """
    if before is not None and not person.roster:
        person = replace(
            person,
            role=before.role,
            consent=before.consent,
            chosen=before.chosen,
            roster=before.roster,
        )
    return replace(person, chosen=wish) if wish else person


def rows_by_person(roster: Roster) -> dict[str, RosterRow]:
    """Return the roster's rows by the researcher's id."""
    return {row.person: row for row in roster.rows}
