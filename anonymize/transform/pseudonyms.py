"""Drawing surrogates: a keyed function of an identity, never a counter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from anonymize.model.folding import words
from anonymize.model.identities import Gender, Kind, Person, Surrogate
from anonymize.model.keys import Keys
from anonymize.model.policies import NameStyle
from anonymize.transform.pools import Forbidden, NamePool, fit, made_family, made_given

_ROLE_DIGITS = 2
_NO_ROLE_DIGITS = 4
_KIND_LABELS = {Kind.PERSON: "Person", Kind.ORGANISATION: "Organisation", Kind.PLACE: "Place"}
_TAG_LENGTH = 4
_ALONE = frozenset(("interviewer", "moderator", "facilitator"))
"""Roles whose only bearer needs no number: transcripts call her so themselves."""
_FULL = 0.7
"""A range of numbers, or of pairs, this full is left for a wider one."""
_NO_LABELS = frozenset(
    ("am", "by", "cc", "eg", "fw", "ie", "nb", "no", "ok", "pm", "ps", "re", "so", "to"),
)
"""Initials that no reader of transcripts takes for a speaker's label ("AM: 10.30")."""
_NAME_WORD = re.compile(r"[^\W\d_]{2,}(?:[-'’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Drawn:
    """The result of drawing.

    Attributes:
        surrogates: One a person, in the order of their ids.
        collisions: How many draws hit a taken or forbidden name and were drawn again.
        refused: Ids of the persons whose chosen pseudonym is somebody's real name or taken.
    """

    surrogates: tuple[Surrogate, ...]
    collisions: int = 0
    refused: tuple[str, ...] = ()


def role_of(person: Person) -> str:
    """Return the role a person's code is made of; empty for none."""
    return "" if person.ambiguous else " ".join(person.role.split())


class _Parts:
    """The parts given out so far."""

    __slots__ = ("alone", "codes", "exclusive", "numbers", "pairs", "tags", "used")

    def __init__(self, taken: Iterable[str]) -> None:
        self.used: set[str] = {words(name) for name in taken}
        self.exclusive: set[str] = set(self.used)
        self.pairs: set[tuple[str, str]] = set()
        self.alone = 0
        self.codes: set[str] = set()
        self.numbers: dict[tuple[str, int], int] = {}
        self.tags: set[str] = set()

    def add(self, surrogate: Surrogate, *, exclusive: bool) -> None:
        given, family = words(surrogate.given), words(surrogate.family)
        if given or family:
            self.used |= {given, family} - {""}
            if exclusive:
                # No pair is made with a part that nobody shares.
                self.alone += 1
                self.exclusive |= {given, family} - {""}
            else:
                self.pairs.add((given, family))
        self.add_code(surrogate.code)
        if surrogate.tag:
            self.tags.add(surrogate.tag)

    def add_code(self, code: str) -> None:
        if not code or words(code) in self.codes:
            return
        self.codes.add(words(code))
        label, _, number = code.rpartition(" ")
        if number.isdecimal():
            key = (label, len(number))
            self.numbers[key] = self.numbers.get(key, 0) + 1


class _Draw:
    """One draw of surrogates for many persons."""

    __slots__ = ("_forbidden", "_keys", "_lists", "_parts", "_sharing", "_single", "_style",
                 "_usable", "collisions")  # fmt: skip

    def __init__(
        self,
        keys: Keys,
        pool: NamePool,
        forbidden: Forbidden,
        style: NameStyle,
        parts: _Parts,
        single: frozenset[str],
    ) -> None:
        self._keys = keys
        self._single = single
        self._forbidden = forbidden
        self._style = style
        self._parts = parts
        self.collisions = 0
        self._lists: dict[str, tuple[str, ...]] = {}
        self._sharing: dict[str, tuple[int, tuple[str, ...]]] = {}
        self._usable = {
            "f": pool.given_f,
            "m": pool.given_m,
            "": pool.given_any,
            "family": pool.family,
        }

    def _list(self, which: str) -> tuple[str, ...]:
        """Return the names of a list that are nobody's real name."""
        if which not in self._lists:
            self._lists[which] = tuple(n for n in self._usable[which] if n not in self._forbidden)
        return self._lists[which]

    def _walk(self, names: Sequence[str], purpose: str, person: str) -> Iterator[str]:
        """Yield all names of a list, each at most twice, in an order keyed by the person."""
        if not names:
            return
        for attempt in range(8):
            yield names[self._keys.number(purpose, f"{person}/{attempt}") % len(names)]
            self.collisions += 1
        first = self._keys.number(purpose, f"{person}/walk") % len(names)
        yield from (*names[first:], *names[:first])

    def _free(self, which: str, person: str, given: str = "") -> str:
        """Return a name of a list that nobody has; empty when there is none.

        Args:
            which: The list.
            person: Whom it is for.
            given: The given name before a family name, for what initials the two make.
        """
        names = self._list(which)
        key = "name/family" if which == "family" else "name/given"
        for name in self._walk(names, key, person):
            unfit = (given[:1] + name[:1]).lower() in _NO_LABELS
            if name.lower() not in self._parts.used and not unfit:
                return name
        if given:
            return self._free(which, person)
        # Nothing frees a name again, so an empty list stays empty.
        self._lists[f"{which}/shared"] = names
        self._lists[which] = ()
        return ""

    def _shared(self, which: str) -> tuple[str, ...]:
        """Return the names of a list that may be given to several."""
        exclusive = self._parts.exclusive
        size, names = self._sharing.get(which, (-1, ()))
        if size != len(exclusive):
            names = self._lists.get(f"{which}/shared") or self._list(which)
            names = tuple(name for name in names if name.lower() not in exclusive)
            self._sharing[which] = (len(exclusive), names)
        return names

    def _made(self, make: Callable[[int], str]) -> str:
        """Return the first name of syllables that is free and nobody's."""
        attempt = 0
        while True:
            name = make(attempt)
            free = fit(name) and name.lower() not in self._parts.used
            if free and name not in self._forbidden:
                return name
            self.collisions += 1
            attempt += 1

    def _made_given(self, person: Person, gender: Gender) -> str:
        return self._made(lambda attempt: made_given(self._keys, person.id, gender, attempt))

    def _made_family(self, person: Person) -> str:
        return self._made(lambda attempt: made_family(self._keys, person.id, attempt))

    def name(self, person: Person) -> tuple[str, str]:
        """Return a given and a family name: both unique, else the pair, else of syllables."""
        gender = Gender.UNKNOWN if person.ambiguous else person.gender
        if person.kind is not Kind.PERSON:
            return "", self._free("family", person.id) or self._made_family(person)
        given = self._free(gender.value, person.id)
        family = self._free("family", person.id, given)
        if person.ambiguous:
            return given or self._made_given(person, gender), family or self._made_family(person)
        if given:
            return given, family or self._made_family(person)
        givens = self._shared(gender.value)
        families = (family,) if family else self._shared("family")
        if givens and families:
            pair = self._pair(person.id, givens, families)
            if pair:
                return pair
        return self._made_given(person, gender), family or self._made_family(person)

    def _pair(
        self,
        person: str,
        givens: Sequence[str],
        families: Sequence[str],
    ) -> tuple[str, str] | None:
        """Return a pair that nobody has, unless most are taken."""
        taken = len(self._parts.pairs) + self._parts.alone
        if len(families) > 1 and taken > _FULL * len(givens) * len(families):
            return None
        for attempt in range(64):
            given = givens[
                self._keys.number("name/pair given", f"{person}/{attempt}") % len(givens)
            ]
            at = self._keys.number("name/pair family", f"{person}/{attempt}") % len(families)
            unfit = (given[:1] + families[at][:1]).lower() in _NO_LABELS
            if not unfit and (given.lower(), families[at].lower()) not in self._parts.pairs:
                return given, families[at]
            self.collisions += 1
        return None

    def code(self, person: Person) -> str:
        """Return a role code, its number drawn from a range that is not full."""
        role = role_of(person)
        label = role[:1].upper() + role[1:] if role else _KIND_LABELS[person.kind]
        first = words(label) not in self._parts.codes and not any(
            given == label for given, _ in self._parts.numbers
        )
        if role in _ALONE and role in self._single and first:
            return label
        width = _ROLE_DIGITS if role else _NO_ROLE_DIGITS
        low = 1
        while self._parts.numbers.get((label, width), 0) >= _FULL * (10**width - low):
            low = 10**width
            width += 1
        attempt = 0
        while True:
            drawn = self._keys.number(f"code/{label}/{width}", f"{person.id}/{attempt}")
            code = f"{label} {low + drawn % (10**width - low):0{width}d}"
            if words(code) not in self._parts.codes:
                return code
            self.collisions += 1
            attempt += 1

    def tag(self, person: Person) -> str:
        """Return an opaque tag, longer where a shorter one is taken."""
        attempt = 0
        while True:
            length = _TAG_LENGTH + attempt // 8
            token = self._keys.token("person tag", f"{person.id}/{attempt}", length).upper()
            tag = f"{_KIND_LABELS[person.kind].upper()}_{token}"
            if tag not in self._parts.tags:
                return tag
            attempt += 1

    def chosen(self, person: Person) -> Surrogate | None:
        """Return the surrogate the researcher asked for; None when it cannot be had."""
        parts = person.chosen.split()
        if not all(_NAME_WORD.fullmatch(part) for part in parts):
            # Such as "P07": a code, whatever the style.
            taken = words(person.chosen) in self._parts.codes
            if taken or any(self._forbidden.equals(part) for part in parts):
                return None
            return Surrogate(person.id, code=" ".join(parts), tag=self.tag(person))
        given, family = parts[0], " ".join(parts[1:])
        real = any(self._forbidden.equals(part) for part in parts)
        if real or words(given) in self._parts.used:
            return None
        if not family:
            family = self._free("family", person.id) or self._made_family(person)
        elif words(family) in self._parts.exclusive:
            return None
        return Surrogate(person.id, given, family, tag=self.tag(person))

    def one(self, person: Person) -> Surrogate:
        """Return a drawn surrogate in the style of the tier."""
        given = family = code = ""
        if self._style is NameStyle.REALISTIC:
            given, family = self.name(person)
        elif self._style is NameStyle.ROLE:
            code = self.code(person)
        return Surrogate(person.id, given, family, code, self.tag(person))


class Drawing:
    """Draws surrogates for the persons of a project, one after the other.

    Args:
        keys: Of the tier.
        pool: Names to draw from.
        roles: How many persons have each role, by `role_of`.
        taken: Names not to be given to anybody.
        forbidden: Folded real names, words of handles and of the corpus: no part of a drawn
            name equals one, and from four letters on none contains or is contained in one.
        style: How persons are called.

    Attributes:
        refused: Ids of the persons whose chosen pseudonym is somebody's real name or taken.
    """

    __slots__ = ("_draw", "_parts", "_realistic", "refused")

    def __init__(
        self,
        keys: Keys,
        pool: NamePool,
        roles: Mapping[str, int],
        *,
        taken: Iterable[str] = (),
        forbidden: frozenset[str] = frozenset(),
        style: NameStyle = NameStyle.REALISTIC,
    ) -> None:
        self._parts = _Parts(taken)
        single = frozenset(role for role, count in roles.items() if count == 1)
        self._draw = _Draw(keys, pool, Forbidden(forbidden), style, self._parts, single)
        self._realistic, self.refused = style is NameStyle.REALISTIC, list[str]()

    @property
    def collisions(self) -> int:
        """See `Drawn`."""
        return self._draw.collisions

    def held(self, surrogate: Surrogate, *, exclusive: bool) -> None:
        """Take in what was issued before; all of that before anything is drawn.

        Args:
            surrogate: What somebody is called.
            exclusive: Whether nobody may share a part of it.
        """
        self._parts.add(surrogate, exclusive=exclusive)

    def first(self, person: Person) -> bool:
        """Whether somebody is to be named before others: she chose, or is on the roster."""
        return bool((self._realistic and person.chosen) or person.roster)

    def early(self, persons: Iterable[Person]) -> Iterator[Surrogate]:
        """Yield the surrogates of those who come first, in the order in which they do."""
        chose = self._realistic
        ranked = sorted(persons, key=lambda p: (not (chose and p.chosen), not p.roster, p.id))
        return map(self.one, ranked)

    def one(self, person: Person) -> Surrogate:
        """Return a surrogate for the next person; after those who come first by their ids."""
        surrogate = None
        if self._realistic and person.chosen.strip():
            surrogate = self._draw.chosen(person)
            self.refused += [person.id] if surrogate is None else []
        surrogate = surrogate or self._draw.one(person)
        self._parts.add(surrogate, exclusive=person.ambiguous)
        return surrogate


def draw(
    persons: Iterable[Person],
    *,
    keys: Keys,
    pool: NamePool,
    taken: Iterable[str] = (),
    forbidden: frozenset[str] = frozenset(),
    style: NameStyle = NameStyle.REALISTIC,
    existing: Mapping[str, Surrogate] | None = None,
) -> Drawn:
    """Draw a surrogate for each person.

    Who has one keeps it.  Of the others, those with a chosen pseudonym come first, then those
    of the roster, so that they have given names of their own in a corpus that uses up the
    pool, then the rest; in each group in the order of their ids.  A chosen name is honoured
    when persons are named realistically; a chosen role code would join the tiers.

    Args:
        persons: Whom to name; the order does not matter.
        keys: Of the tier.
        pool: Names to draw from.
        taken: Names not to be given to anybody, besides those of `existing`.
        forbidden: Folded real names, words of handles and of the corpus: no part of a drawn
            name equals one, and from four letters on none contains or is contained in one.
        style: How persons are called.
        existing: Surrogates issued before, by `Person.id`, of all persons of the project.
    """
    existing = existing or {}
    by_id = {person.id: person for person in persons}
    roles = Counter(map(role_of, by_id.values()))
    drawing = Drawing(keys, pool, roles, taken=taken, forbidden=forbidden, style=style)
    for person_id in sorted(existing):
        known = by_id.get(person_id)
        # Whether somebody not asked for is ambiguous is not known: nobody shares with her.
        drawing.held(existing[person_id], exclusive=known is None or known.ambiguous)
    found = {i: existing[i] for i in by_id if i in existing}
    new = [by_id[person_id] for person_id in sorted(by_id) if person_id not in existing]
    first = filter(drawing.first, new)
    rest = (person for person in new if not drawing.first(person))
    for surrogate in (*drawing.early(first), *map(drawing.one, rest)):
        found[surrogate.person] = surrogate
    return Drawn(
        tuple(found[person_id] for person_id in sorted(found)),
        drawing.collisions,
        tuple(sorted(drawing.refused)),
    )
