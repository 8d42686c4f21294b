"""Full names to persons.

A name of the roster is its row's; else that of the one account that shows it.  What remains
is compared with those: the same but for a name in the middle, a given name for short, another
spelling.  It joins the one person it is closest to; what is as close to two is ambiguous.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from anonymize.link.few import put
from anonymize.link.nodes import Node
from anonymize.link.reasons import Obstacle, Reason
from anonymize.link.roll import Ask, Context, Roll
from anonymize.link.variants import REASONS, Tier

_SURE = 5
"""Mentions that a row of the roster or an account counts for."""
_SLIPS = 2
"""So often anything is mis-spelt; what stands there oftener must stand there seldom beside it."""
_SHARE = 0.5


def link_whole(roll: Roll, asks: Mapping[str, Ask], context: Context) -> None:
    """Say whose every full name is, of metadata and of `asks`."""
    _of_metadata(roll, asks)
    apart: dict[str, set[str]] = {}
    for one, other, place in context.together:
        if not place:
            apart.setdefault(one, set()).add(other)
            apart.setdefault(other, set()).add(one)
    weight: Counter[Node] = Counter()
    for key in {*roll.roster_full, *roll.owners}:
        weight[roll.forest.find(roll.out.index["", key])] += _SURE
    # The fuller name and the usual spelling come first, so that what is less joins it.
    for key in sorted(asks, key=lambda key: (-len(key.split()), -asks[key].count, key)):
        ask = asks[key]
        if ("", key) in roll.out.index:
            target = roll.out.index["", key]
        else:
            target = _place(roll, key, ask, apart.get(key, set()), weight)
        for written in sorted(ask.written):
            put(roll.out.names, target, written)
            put(roll.spellings, key, written)
        weight[roll.forest.find(target)] += ask.count


def _of_metadata(roll: Roll, asks: Mapping[str, Ask]) -> None:
    """Settle the full names that roster and accounts show."""
    for key in sorted({*roll.roster_full, *roll.owners}):
        roots = roll.roots(roll.roster_full.get(key) or roll.owners[key])
        target: Node = ("name", key)
        if len(roots) > 1 and target not in roll.ruled:
            target = roll.ambiguous("", key, roots)
            if key not in asks:
                put(roll.spellings, key, key)
                for written in roll.spellings[key]:
                    put(roll.out.names, target, written)
        reason = Reason.ROSTER if key in roll.roster_full else Reason.DISPLAY
        if target in roll.ruled:
            reason = Reason.RESEARCHER
        elif len(roots) == 1 and not roll.forest.join(target, min(roots), reason):
            roll.forest.find(target)
        roll.enter("", key, target, reason)


def _place(
    roll: Roll,
    key: str,
    ask: Ask,
    apart: set[str],
    weight: Counter[Node],
) -> Node:
    """Settle a full name that only texts have."""
    target: Node = ("name", key)
    roll.forest.find(target)
    roots, reason = _closest(roll, key, ask, apart, weight)
    if target in roll.ruled:
        roots, reason = {roll.forest.find(target)}, Reason.RESEARCHER
    if len(roots) > 1:
        target = roll.ambiguous("", key, roots)
    elif not roots or not roll.forest.join(target, min(roots), reason):
        reason = Reason.FULL_NAME
    if target[0] != "ambiguous":
        # A wrong spelling finds her where she is about, and makes nobody else ambiguous.
        found = roll.loose if roots and reason is Reason.SPELLING else roll.known
        found.add(target, ask.name)
    roll.enter("", key, target, reason)
    return target


def _closest(
    roll: Roll,
    key: str,
    ask: Ask,
    apart: set[str],
    weight: Counter[Node],
) -> tuple[set[Node], Reason]:
    named = roll.aliases.get(key) or roll.aliases.get(key.replace(" ", ""), ())
    bearers = set(named) or roll.known.named(key)
    if bearers:
        return roll.roots(bearers), Reason.FULL_NAME
    fits = roll.known.alike(ask.name)
    index = roll.out.index
    for other in sorted(apart):
        kept = roll.forest.find(index["", other]) if ("", other) in index else None
        if kept in fits:
            del fits[kept]
            roll.forest.refuse(("name", key), kept, Obstacle.TOGETHER)
    for tier in Tier:
        roots = {root for root, found in fits.items() if found is tier}
        if tier is Tier.SPELLING:
            roots = {r for r in roots if ask.count <= max(_SLIPS, _SHARE * weight[r])}
        if roots:
            return roots, Reason.MIDDLE_NAME if tier is Tier.EXACT else REASONS[tier]
    return set(), Reason.FULL_NAME
