"""Identifiers to accounts: which handles, addresses and user ids are one person's.

Only exact evidence joins, and only where it is not contradicted:

1. A roster row joins its handles and e-mails, unless another row claims the same.
2. A user id joins the row of its handles and e-mails, unless they are of two rows.
3. The owner of a takeout, then handles, e-mails and phones join the one account they were
   seen with.  What was seen with two is nobody's: an identity of its own, and a problem.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from anonymize.link import nodes
from anonymize.link.evidence import SPEAKER, Seen
from anonymize.link.few import put
from anonymize.link.forest import Forest
from anonymize.link.nodes import Node
from anonymize.link.reasons import Obstacle, Reason
from anonymize.model.roster import Roster


@dataclass(slots=True)
class Accounts:
    """What identifiers alone tell.

    Attributes:
        forest: The joined nodes.
        ambiguous: Identifiers of two accounts, joined to nothing.
        names: Names seen with each node, as written.
        written: Identifiers as written.
        problems: Number of contradictions, by code.
    """

    forest: Forest = field(default_factory=Forest)
    ambiguous: set[Node] = field(default_factory=set)
    names: dict[Node, tuple[str, ...]] = field(default_factory=dict)
    written: dict[Node, tuple[str, ...]] = field(default_factory=dict)
    problems: Counter[str] = field(default_factory=Counter)


def link_accounts(
    seen: Iterable[Seen],
    loose: Iterable[tuple[Node, str]],
    roster: Roster,
    forest: Forest | None = None,
) -> Accounts:
    """Join identifiers.

    Args:
        seen: Sightings; speaker labels among them are left alone.
        loose: Identifiers found in text: node, and as written.
        roster: The researcher's word.
        forest: What the researcher joined and kept apart; empty if not given.
    """
    found = Accounts(forest or Forest())
    near: dict[Node, set[Node]] = {}
    for account in seen:
        if account.sighting.platform != SPEAKER:
            _sight(account, found, near)
    for node, written in loose:
        near.setdefault(node, set())
        put(found.written, node, written)
    rows = _rows(roster, found, near)
    _place(near, rows, found)
    return found


def identifiers(account: Seen) -> list[tuple[Node, str]]:
    """Return the nodes of a sighting with what was written, the strongest first."""
    one = account.sighting
    pairs = [
        (nodes.user(one.platform, one.user_id), one.user_id),
        *(
            (nodes.handle("" if {"@", "."} & set(h) else one.platform, h), h)
            for h in one.handles
        ),
        *((nodes.email(e), e) for e in one.emails),
        *((nodes.phone(p), p) for p in one.phones),
        (("owner", account.scope) if account.owner and account.scope else None, ""),
    ]  # fmt: skip
    return [(node, written) for node, written in pairs if node is not None]


def _level(node: Node) -> int:
    """Return the place in the order of joining: users, owners, then what they own."""
    return ("user", "owner", "handle", "email", "phone").index(node[0])


def _sight(account: Seen, found: Accounts, near: dict[Node, set[Node]]) -> None:
    pairs = sorted(identifiers(account), key=lambda pair: (_level(pair[0]), pair[0]))
    if not pairs:
        return
    anchor = pairs[0][0]
    for name in account.sighting.names:
        put(found.names, anchor, name)
    for node, written in pairs:
        near.setdefault(node, set())
        put(found.written, node, written)
        if node != anchor:
            near[node].add(anchor)
            near[anchor].add(node)


def _rows(roster: Roster, found: Accounts, near: dict[Node, set[Node]]) -> dict[Node, Node]:
    """Join roster rows with their identifiers; return the row of each identifier."""
    claims: dict[Node, set[Node]] = {}
    for row in roster.rows:
        person = ("roster", row.person)
        found.forest.find(person)
        handles = [(nodes.handle("", written), written) for written in row.handles]
        emails = [(nodes.email(written), written) for written in row.emails]
        for node, written in handles + emails:
            if node is not None:
                claims.setdefault(node, set()).add(person)
                put(found.written, node, written)
                near.setdefault(node, set())
    rows: dict[Node, Node] = {}
    for node in sorted(claims, key=nodes.order):
        if len(claims[node]) == 1:
            (rows[node],) = claims[node]
            found.forest.join(node, rows[node], Reason.ROSTER)
        else:
            _contradict(node, "people", found, claims[node])
    for node in sorted(near, key=nodes.order):
        if node[0] == "user":
            of = {rows[other] for other in near[node] if other in rows}
            if len(of) == 1:
                found.forest.join(node, min(of), Reason.ACCOUNT)
            elif of:
                found.problems["account-of-two-people"] += 1
                for claimant in sorted(of):
                    found.forest.refuse(node, claimant, Obstacle.ROSTER)
    return rows


def _contradict(node: Node, of: str, found: Accounts, owners: Iterable[Node]) -> None:
    found.ambiguous.add(node)
    found.forest.find(node)
    for owner in sorted(owners):
        found.forest.refuse(node, owner, Obstacle.SEVERAL)
    found.problems[f"{node[0]}-of-two-{of}"] += 1


def _place(near: dict[Node, set[Node]], rows: dict[Node, Node], found: Accounts) -> None:
    """Join every identifier to the one account it was seen with."""
    for node in sorted(near, key=lambda node: (_level(node), node)):
        found.forest.find(node)
        if node[0] == "user" or node in rows or node in found.ambiguous:
            continue
        mine = (_level(node), node)
        owners = set()
        for other in near[node] - found.ambiguous:
            if (_level(other), other) < mine or other in rows:
                owners.add(found.forest.find(other))
        if len(owners) == 1:
            found.forest.join(node, min(owners), Reason.ACCOUNT)
        elif owners:
            _contradict(node, "accounts", found, owners)
