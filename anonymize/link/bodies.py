"""Organisations of a corpus: its mentions, the roster's rows and accounts, joined.

What is known as a person already, by roster, account or full name, keeps its identity: an
organisation's mention under the same name is hers.  Only a name that says what sort of body it
is, and that no row has, is the organisation's where texts do not take it for a person's oftener.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field

from anonymize.link.accounts import Accounts
from anonymize.link.forest import Forest
from anonymize.link.nodes import Node
from anonymize.link.organisations import Related, Sought, Tie, relate, sought, spoken, squeezed
from anonymize.link.reasons import Obstacle, Reason
from anonymize.link.roll import Naming
from anonymize.link.tally import Tally
from anonymize.link.wording import display, key_of
from anonymize.model.folding import words
from anonymize.model.institutions import body
from anonymize.model.roster import BODIES, Roster

REASONS: Mapping[Tie, Reason] = {
    Tie.WORDS: Reason.ORGANISATION,
    Tie.KIND: Reason.CORPUS,
    Tie.SQUEEZED: Reason.ORGANISATION,
    Tie.ACRONYM: Reason.INITIALS,
    Tie.ALONE: Reason.CORPUS,
}
"""What `who` says of a bond."""

_DOCUMENTS = 2
"""In so many documents must a detector have found what is looked for everywhere."""


@dataclass(frozen=True, slots=True)
class Organisations:
    """What was found.

    Attributes:
        names: What each node is called, as written in texts.
        sought: What is to be looked for everywhere.
    """

    names: Mapping[Node, set[str]] = field(default_factory=dict, repr=False)
    sought: tuple[Sought, ...] = ()


def link_organisations(
    tally: Tally,
    roster: Roster,
    accounts: Accounts,
    naming: Naming,
    *,
    common: Container[str] = frozenset(),
    public: Container[str] = frozenset(),
) -> Organisations:
    """Join the names of organisations in `accounts.forest` and enter them in `naming.index`.

    Args:
        tally: All mentions.
        roster: The researcher's word.
        accounts: What identifiers told, with the forest.
        naming: Who is meant by which name so far.
        common: Folded ordinary words.
        public: Folded names of public bodies, which are not looked for.
    """
    forest = accounts.forest
    found: dict[Node, set[str]] = {}
    places: dict[Node, set[str]] = {}
    for entity_type, surface, scopes in tally.mentions():
        key = key_of(surface)
        if entity_type != "ORGANIZATION" or not key:
            continue
        node: Node = ("org", key)
        target = naming.index.setdefault(("", key), node)
        if target == node:
            naming.reasons.setdefault(key, Reason.ORGANISATION)
        counts = (tally.count(kind, surface) for kind in ("ORGANIZATION", "PERSON"))
        if target == node or (_says_kind(surface) and _may_be_body(target, accounts, *counts)):
            forest.find(node)
            found.setdefault(node, set()).add(surface)
            places.setdefault(node, set()).update(scopes[:_DOCUMENTS])
    rows = _rows(roster, forest)
    if found or rows:
        fixed = _accounts(roster, accounts, rows, found)
        names: dict[Node, set[str]] = {**found, **fixed}
        names |= _mistaken(naming, forest, names)
        _join(relate(names, fixed=fixed.keys(), common=common, public=public), accounts)
        bodies = {forest.find(node) for node in (*found, *rows)}
        _enter({node: names[node] for node in names if forest.find(node) in bodies}, forest, naming)
    groups: dict[Node, set[Node]] = {}
    for node in found:
        groups.setdefault(forest.find(node), set()).add(node)
    wanted = []
    for root in sorted(groups):
        members = groups[root]
        if len(set().union(*(places[node] for node in members))) >= _DOCUMENTS:
            one = sought(sorted(set().union(*(found[node] for node in members))))
            if one.forms and not any(form in public for form in one.forms):
                wanted.append(one)
    return Organisations(found, tuple(wanted))


def _rows(roster: Roster, forest: Forest) -> dict[Node, set[str]]:
    found: dict[Node, set[str]] = {}
    for row in roster.rows:
        if row.role in BODIES and row.names:
            found.setdefault(forest.find(("roster", row.person)), set()).update(row.names)
    return found


def _may_be_body(node: Node, accounts: Accounts, organisation: int, person: int) -> bool:
    """Whether somebody may be an organisation: no row says who, and texts say so oftener."""
    root = accounts.forest.find(node)
    alone = root[0] in {"name", "user", "handle"} and root not in accounts.ambiguous
    return alone and organisation >= person


def _is_text(node: Node, forest: Forest) -> bool:
    """Whether nothing but texts tell of somebody."""
    return forest.find(node)[0] == "name"


def _says_kind(name: str) -> bool:
    one = body(name)
    return bool(one.words and one.kinds)


def _mistaken(
    naming: Naming,
    forest: Forest,
    names: Mapping[Node, set[str]],
) -> dict[Node, set[str]]:
    """Return the names that texts alone gave to persons, and that are organisations' as well.

    A model takes "Ashton Coll" for somebody now and then.
    """
    known = {body(name) for called in names.values() for name in called if _says_kind(name)}
    found: dict[Node, set[str]] = {}
    for (place, key), node in naming.index.items():
        if not place and node[0] == "name" and body(key) in known and _is_text(node, forest):
            found.setdefault(forest.find(node), set()).add(key)
    return found


def _accounts(
    roster: Roster,
    accounts: Accounts,
    rows: Mapping[Node, set[str]],
    mentioned: Mapping[Node, set[str]],
) -> dict[Node, set[str]]:
    """Return the bodies known to be different, by their strongest node, with their names."""
    forest = accounts.forest
    found = {node: set(names) for node, names in rows.items()}
    persons = {forest.find(("roster", row.person)) for row in roster.rows if row.role not in BODIES}
    for node in sorted(accounts.names):
        root = forest.find(node)
        if root not in persons and node not in accounts.ambiguous:
            shown = {display(name) for name in accounts.names[node]}
            called = set(filter(_says_kind, shown))
            if called:
                found.setdefault(root, set()).update(called)
    named = {forest.find(node) for node, shown in accounts.names.items() if shown}
    every = (name for names in (*mentioned.values(), *found.values()) for name in names)
    glued = frozenset[str]().union(*(squeezed(body(name)) for name in every))
    for node in sorted(accounts.written):
        root = forest.find(node)
        # Of whom no name is known, the handle may be one, as a hashtag is.
        nameless = root in found or not (root in named or root in persons)
        if node[0] != "handle" or not nameless or node in accounts.ambiguous:
            continue
        if words(node[2]).replace(" ", "") in glued:
            found.setdefault(root, set()).add(node[2])
    return found


def _enter(names: Mapping[Node, set[str]], forest: Forest, naming: Naming) -> None:
    """Enter the forms in which an organisation may be met besides those it was met in."""
    for form, root in spoken(names, forest.find).items():
        if ("", form) not in naming.index:
            naming.index["", form] = root
            naming.reasons[form] = Reason.ORGANISATION


def _join(related: Related, accounts: Accounts) -> None:
    for bond in related.bonds:
        accounts.forest.join(bond.one, bond.other, REASONS[bond.tie])
    for node, several in related.torn:
        for one in several:
            accounts.forest.refuse(node, one, Obstacle.SEVERAL)
