"""A draft of the roster: persons as they were linked, as rows for a researcher to edit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from anonymize.link import nodes
from anonymize.link.doubts import Doubts
from anonymize.link.persons import fullest_first
from anonymize.link.sightings import Called, Sightings, clean
from anonymize.link.why import Why
from anonymize.link.wording import Shape, display, key_of, word
from anonymize.model.folding import words
from anonymize.model.identities import Kind, Person
from anonymize.model.names import TITLES
from anonymize.model.roster import Roster, RosterRow
from anonymize.rulepacks.vocabulary import everyday, given_names

_HANDLE = re.compile(r"[^\W-][\w.-]*(?:@[\w.-]+)?")
_EMAIL = re.compile(r"[^\s@;,=+-][^\s@;,]*@[^\s@;,]+\.[^\s@;,]+")
_BODIES_SEEN = 2
"""Documents an organisation must be seen in: a model takes many a title for one."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """A row of the draft.

    Attributes:
        row: What stands in its cells.
        kind: Person or organisation.
        seen: How often and where.
        doubts: What to look at, a line each.
    """

    row: RosterRow = field(repr=False)
    kind: Kind
    seen: Sightings
    doubts: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Unclear:
    """What fits several persons or nobody for sure, and is no row.

    Attributes:
        called: Names, handles and addresses as written.
        seen: How often and where.
        fits: Ids of the rows it may belong to.
    """

    called: tuple[str, ...] = field(repr=False)
    seen: Sightings
    fits: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Draft:
    """A roster as the material suggests it.

    Attributes:
        rows: Persons, then organisations, the most seen first.
        unclear: What is ambiguous.
        left_out: Identities seen less often than was asked for, or without anything a roster
            can hold.
    """

    rows: tuple[Drafted, ...]
    unclear: tuple[Unclear, ...] = ()
    left_out: int = 0


def draft(
    persons: Iterable[Person],
    seen: Mapping[str, Sightings],
    why: Why,
    roster: Roster,
    named: Callable[[str], str],
    *,
    least: int = 1,
) -> Draft:
    """Return the roster that persons amount to; run with it, they are the same persons.

    Args:
        persons: All identities.
        seen: How each was seen, by `Person.id`.
        why: What was not joined.
        roster: The rows there are; ids and values are kept, and found ones come after them.
        named: Returns the id of whom a name means where no document says otherwise, or "".
        least: Mentions a new row must have.
    """
    every = {one.id: one for one in persons}
    none = Sightings()
    order = sorted(every.values(), key=lambda one: _order(one, seen.get(one.id, none)))
    called = Called(every.values(), seen)
    values = _Values(roster, called, named)
    rows = {row.person: row for row in roster.rows}
    cells: dict[str, RosterRow] = {}
    loose: list[Person] = []
    left_out = 0
    for one in order:
        sighted = seen.get(one.id, none)
        if one.ambiguous:
            loose.append(one)
        elif one.roster in rows:
            cells[one.id] = values.added(rows.pop(one.roster), one, sighted)
        elif sighted.mentions < max(least, 1) or (
            one.kind is Kind.ORGANISATION and sighted.documents < _BODIES_SEEN
        ):
            left_out += sighted.mentions > 0
        else:
            role = "organisation" if one.kind is Kind.ORGANISATION else ""
            new = values.added(RosterRow("", role), one, sighted)
            if new.names or new.handles or new.emails:
                cells[one.id] = new
            else:
                loose.append(one)
    _number(cells, order, {row.person.casefold() for row in roster.rows})
    doubts = Doubts(every, {one: row.person for one, row in cells.items()}, called, why)
    drafted = [
        Drafted(
            row,
            every[one].kind,
            seen.get(one, none),
            doubts.of(one, row, seen.get(one, none)),
        )
        for one, row in cells.items()
    ]
    # Of two rows that were ruled to be one person the person has one; the other stays as it is.
    joined = ("taken for one with another row, as you ruled; make one row of the two",)
    drafted += [Drafted(row, Kind.PERSON, none, joined) for row in rows.values()]
    drafted = [_unwished(one, drafted) for one in drafted]
    drafted.sort(key=lambda one: one.kind is Kind.ORGANISATION)
    unclear, lost = _unclear(loose, seen, doubts)
    return Draft(tuple(drafted), tuple(unclear), left_out + lost)


def _order(one: Person, seen: Sightings) -> tuple[object, ...]:
    return -seen.mentions, -seen.documents, one.names, one.handles, one.emails, one.id


def _number(cells: dict[str, RosterRow], order: Iterable[Person], taken: set[str]) -> None:
    """Give new rows an id, in order: persons, then organisations."""
    new = [one for one in order if one.id in cells and not cells[one.id].person]
    new.sort(key=lambda one: one.kind is Kind.ORGANISATION)
    width = max(2, len(str(len(new))))
    number = 0
    for one in new:
        number += 1
        while (name := f"p{number:0{width}}") in taken:
            number += 1
        cells[one.id] = replace(cells[one.id], person=name)


class _Values:
    """Chooses what stands in the cells of a row: each handle and address once.

    Args:
        roster: The rows there are; what they hold is nobody else's.
        called: Who is called what.
        named: Returns the id of whom a name means where no document says otherwise, or "".
    """

    def __init__(
        self, roster: Roster, called: Called, named: Callable[[str], str],
    ) -> None:  # fmt: skip
        self._called = called
        self._named = named
        self._held = {handle.casefold() for row in roster.rows for handle in row.handles}
        self._held |= {email for row in roster.rows for email in row.emails}

    def added(self, row: RosterRow, one: Person, seen: Sightings) -> RosterRow:
        """Return a row with what was found of its person behind what it has."""
        emails = (address for address in one.emails if _EMAIL.fullmatch(address))
        return replace(
            row,
            names=(*row.names, *self._found_names(row, one, seen)),
            handles=(*row.handles, *self._free(self._handles(one))),
            emails=(*row.emails, *self._free(emails)),
        )

    def _free(self, values: Iterable[str]) -> Iterator[str]:
        for value in values:
            if value.casefold() not in self._held:
                self._held.add(value.casefold())
                yield value

    @staticmethod
    def _handles(one: Person) -> Iterator[str]:
        """Yield the handles a roster can hold: those whose platform their form tells."""
        for platform, handle in one.handles:
            bare = nodes.handle("", handle)
            if bare == nodes.handle(platform, handle) and _HANDLE.fullmatch(handle):
                yield handle

    def _found_names(self, row: RosterRow, one: Person, seen: Sightings) -> Iterator[str]:
        """Yield names that are hers wherever they stand, the fullest first.

        What only some document understands as her would, in a roster, be hers everywhere.
        """
        known = {key_of(name) for name in row.names}
        whole = {key_of(display(name)) for name in one.names}
        written = {clean(display(name)) for name in (*seen.names, *one.names)}
        full: set[str] = set()
        often: Counter[str] = Counter()
        for name, number in seen.names.items():
            often[key_of(display(name))] += number

        def order(name: str) -> tuple[int, int, int, str]:
            return *_rank(name), -often[key_of(name)], name

        for name in sorted(fullest_first(written), key=order):
            taken, key = word(name), key_of(name)
            if taken is None or key in known or key in TITLES or _is_common(key):
                continue
            means = self._named(name)
            alone = self._called.bearers(key) <= {one.id} and means in {one.id, ""}
            if taken.shape is Shape.FULL:
                two = not (one.handles or one.user_ids) and self._called.two(taken)
                if taken.full not in full and (alone or key in whole) and not two:
                    full.add(taken.full)
                    yield name
            elif alone and (means or key in whole):
                yield name


def _rank(name: str) -> tuple[int, int]:
    """Return how full a name is, the fullest first; one without title before one with it."""
    taken = word(name)
    shape = Shape.SINGLE if taken is None else taken.shape
    titled = taken is not None and taken.shape is Shape.FULL and taken.key != taken.full
    return shape, int(titled)


def _is_common(key: str) -> bool:
    """Whether a name is made of words that are usual and no given names."""
    return all(part in everyday() and part not in given_names() for part in key.split())


def _unwished(one: Drafted, every: Iterable[Drafted]) -> Drafted:
    """Return a row without the pseudonym wished for it if somebody bears that name."""
    wish = words(one.row.pseudonym)
    if not wish or all(wish != words(name) for other in every for name in other.row.names):
        return one
    doubt = f"the pseudonym “{clean(one.row.pseudonym)}” is left out: it is a real name here"
    return replace(one, row=replace(one.row, pseudonym=""), doubts=(*one.doubts, doubt))


def _unclear(
    loose: Iterable[Person],
    seen: Mapping[str, Sightings],
    doubts: Doubts,
) -> tuple[list[Unclear], int]:
    """Return what is no row, that of one name and the same candidates together, and the rest."""
    lost = 0
    groups: dict[tuple[tuple[str, ...], tuple[str, ...]], Sightings] = {}
    for one in loose:
        fits = tuple(sorted(doubts.fits(one.id)))
        called = {words(name): clean(name) for name in sorted(one.names, reverse=True)}
        called |= {handle: clean(handle) for _, handle in one.handles}
        called |= {email: clean(email) for email in one.emails}
        texts = tuple(sorted(filter(None, called.values()), key=lambda text: (words(text), text)))
        sighted = seen.get(one.id)
        if sighted is None or not sighted.mentions or not texts:
            lost += sighted is not None and sighted.mentions > 0
            continue
        key = (tuple(words(text) or text for text in texts), fits)
        group = groups.setdefault(key, Sightings())
        group.add(sighted)
        group.others.update(texts)
    found = [
        Unclear(tuple(sorted(set(group.others))), group, fits)
        for (_, fits), group in groups.items()
    ]
    return sorted(found, key=lambda one: (-one.seen.mentions, one.called)), lost
