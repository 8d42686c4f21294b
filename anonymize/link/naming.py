"""Names to persons: whole names first, then accounts that show none, then parts of names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from anonymize.link.accounts import Accounts
from anonymize.link.attach import attach
from anonymize.link.circle import Circle
from anonymize.link.crowds import Table
from anonymize.link.few import put
from anonymize.link.fits import fits
from anonymize.link.nodes import Node
from anonymize.link.parts import Parts, gather_cues
from anonymize.link.reasons import Reason
from anonymize.link.roll import Ask, Context, Naming, Roll
from anonymize.link.variants import Variants
from anonymize.link.whole import link_whole
from anonymize.link.wording import Shape, display, word
from anonymize.model.documents import INSIDE
from anonymize.model.forms import forms
from anonymize.model.identities import KnownIdentifier
from anonymize.model.labels import is_generic_label
from anonymize.model.roster import Roster


def link_names(
    accounts: Accounts,
    roster: Roster,
    labels: Iterable[tuple[str, str]],
    mentions: Iterable[tuple[str, Sequence[str], int]],
    context: Context,
) -> Naming:
    """Say who is meant by every name.

    Args:
        accounts: What identifiers told; joined further here.
        roster: The researcher's word.
        labels: Scope and speaker label.
        mentions: Names in text or lists, with their places and how often they stand there.
        context: What stands around them.
    """
    roll = Roll(accounts, roster, Variants(), context.places)
    _claim(roll)
    spoken = _labels(roll, labels)
    asks = _asks(mentions)
    whole = {key: ask for key, ask in asks.items() if ask.name.shape is Shape.FULL}
    for scope, ask in spoken:
        if ask.name.shape is Shape.FULL:
            other = whole.setdefault(ask.name.full, Ask(ask.name))
            for written in ask.written:
                other.add(written, (scope,), 1)
    parts = [ask for ask in asks.values() if ask.name.shape is not Shape.FULL]
    link_whole(roll, whole, context)
    attach(roll, context)
    for scope in (_scope(place) for ask in parts for place in ask.places):
        roll.members.want(scope)
    for scope in chain(_both(context.places, whole.values(), parts), (at for at, _ in spoken)):
        roll.members.want(scope)
    _gather(roll, whole, context.seen)
    linker = Parts(roll, context, gather_cues(context), _circle(roll, context))
    linker.speakers([pair for pair in spoken if pair[1].name.shape is not Shape.FULL])
    for shape in Shape:
        if shape is not Shape.FULL:
            linker.link([ask for ask in parts if ask.name.shape is shape])
    linker.link_shared(whole.values())
    _complete(roll, linker)
    used = {node for node in roll.out.index.values() if node[0] == "ambiguous"}
    used |= roll.out.spots.several()
    several = len(used) + sum(1 for _ in roll.out.spots.open())
    if several:
        roll.out.problems["ambiguous-name"] = several
    return roll.out


def _circle(roll: Roll, context: Context) -> Circle:
    """Return who writes to or about whom."""
    return Circle(
        (roll.roots(writers), roll.roots((*others, *roll.members.of(place))))
        for place in context.posts
        for writers, others in (context.about(place),)
        if writers
    )


def _both(places: Table, whole: Iterable[Ask], parts: Iterable[Ask]) -> Iterator[str]:
    """Yield the places of parts of names where somebody is named in full as well."""
    stands = bytearray()
    for bit, asks in ((1, whole), (2, parts)):
        for at in (places.number(place) for ask in asks for place in ask.places):
            if at >= len(stands):
                stands.extend(bytes(at + 1 - len(stands)))
            stands[at] |= bit
    return (places[at] for at, bits in enumerate(stands) if bits == 1 | 2)


def _scope(place: str) -> str:
    return place.partition(INSIDE)[0]


def _claim(roll: Roll) -> None:
    """Join a row without identifiers to the one account that bears its name."""
    held = roll.roots(node for node in roll.accounts.written if node[0] in {"user", "handle"})
    listed = {row for rows in roll.roster_full.values() for row in rows}
    bare = {row for row in listed if roll.forest.find(row) not in held}
    claims: dict[Node, set[Node]] = {row: set() for row in bare}
    claimed: dict[Node, set[Node]] = {}
    for key in sorted(roll.roster_full):
        if len(roll.roster_full[key]) > 1:
            continue
        (row,) = roll.roster_full[key]
        for account in roll.roots(roll.owners.get(key, ())):
            if account[0] != "roster":
                claims.setdefault(row, set()).add(account)
                claimed.setdefault(account, set()).add(row)
    joins = []
    for row in sorted(claims):
        if row in bare and len(claims[row]) == 1:
            (account,) = claims[row]
            if claimed[account] == {row}:
                joins.append((row, account))
                continue
        if claims[row]:
            roll.out.problems["name-of-roster-and-account"] += 1
    for row, account in joins:
        roll.forest.join(row, account, Reason.DISPLAY)


def _labels(roll: Roll, labels: Iterable[tuple[str, str]]) -> list[tuple[str, Ask]]:
    """Return the labels that may be names; the roster may make a name of any."""
    spoken: dict[tuple[str, str], Ask] = {}
    for scope, label in labels:
        name = word(display(label))
        if name is None:
            continue
        listed = name.key in roll.explicit or name.full in roll.roster_full
        if listed or not is_generic_label(label):
            spoken.setdefault((scope, name.key), Ask(name)).add(name.written, (scope,), 1)
    return [(scope, spoken[scope, key]) for scope, key in sorted(spoken)]


def _asks(mentions: Iterable[tuple[str, Sequence[str], int]]) -> dict[str, Ask]:
    """Return what is asked for by key; full names by their name without title."""
    asks: dict[str, Ask] = {}
    named = ((word(surface), places, count) for surface, places, count in mentions)
    found = [(name, places, count) for name, places, count in named if name is not None]
    for name, places, count in sorted(found, key=lambda one: (one[0].shape, one[0].written)):
        key = name.full if name.shape is Shape.FULL else name.key
        asks.setdefault(key, Ask(name)).add(name.written, places, count)
    return asks


def _gather(
    roll: Roll,
    asks: Mapping[str, Ask],
    seen: Iterable[tuple[Node, Sequence[str]]],
) -> None:
    """Note who is in each scope where a part of a name is to be understood."""
    for node, scopes in seen:
        if node not in roll.accounts.ambiguous:
            root = roll.forest.find(node)
            for scope in {_scope(one) for one in scopes} - {""}:
                roll.members.add(scope, root)
    for key, ask in asks.items():
        target = roll.out.index["", key]
        if target[0] != "ambiguous":
            root = roll.forest.find(target)
            for place in ask.places:
                for one in {place, _scope(place)} - {""}:
                    roll.members.add(one, root)


def _complete(roll: Roll, linker: Parts) -> None:
    """Enter every other form under which a known name may be met in text."""
    index = roll.out.index
    extra: set[str] = set()
    met: dict[str, tuple[Node, ...]] = {}
    for key in sorted(roll.spellings):
        for written in sorted(roll.spellings[key]):
            for form in forms(KnownIdentifier("PERSON", written)):
                put(met, form, roll.forest.find(index["", key]))
            name = word(written)
            if name is not None:
                extra.update((name.given, name.family))
    for form, targets in met.items():
        if len(targets) == 1 and ("", form) not in index:
            roll.enter("", form, min(targets), Reason.FULL_NAME)
    for key in sorted(key for key in roll.singles if " " in key and ("", key) not in index):
        if len(bearers := roll.roots(roll.singles[key])) == 1:
            roll.enter("", key, min(bearers), Reason.DISPLAY)
            extra.discard(key)
        else:
            extra.add(key)
    for key in sorted({*extra, *roll.explicit}):
        name = word(key)
        if name is None or ("", key) in index:
            continue
        target, reason = linker.decide(name, "", fits(roll, name))
        if target is not None:
            roll.enter("", key, target, reason)
            roll.tell(target, name, {key})
