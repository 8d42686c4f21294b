"""The people of a study: names, accounts, whom they know, and what the roster says of them."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from tests.benchmarks.studies.names import (
    CULTURES,
    Culture,
    culture,
    drawn,
    nicknames,
    plain,
)

CIRCLE = 8
"""People who mostly speak of one another."""

_DISPLAYS = {
    "full": 34, "full+": 16, "full|": 10, "given f.": 10, "title": 8, "given": 8, "small": 4,
    "nick": 4, "glued": 3, "opaque": 8,
}  # fmt: skip
"""Styles of display names with their shares."""
_HANDLES = {
    "given_family": 18, "givenfamily": 12, "title_subject": 9, "jfamily87": 14, "msjfamily": 5,
    "edu": 6, "given87": 10, "given_f": 7, "familygiven": 4, "nick": 5, "opaque": 10,
}  # fmt: skip
_MARKS = ("📚", "🎬", "☀️", "🏳️‍🌈", "🎓", "🌻", "⚽")
_ABOUT = ("media", "edu", "film", "PGCE", "views my own")
_OPAQUE = (
    "sunny days ☀️", "tea and telly", "the quiet one", "late again", "*:･ﾟ✧", "chalk dust",
    "Form Room 12", "always marking", "cloud watcher", "biscuit thief", "weekend walker",
    "no filter", "popcorn for one", "northern lights", "second draft",
)  # fmt: skip
_FIRST = ("quiet", "tiny", "lunar", "velvet", "rusty", "paper", "static", "amber", "lazy", "neon")
_SECOND = ("grove", "comet", "teapot", "lantern", "pixel", "otter", "canvas", "biscuit", "kite")
_SUBJECTS = ("media", "film", "english", "tv", "arts")


@dataclass(frozen=True, slots=True)
class Account:
    """An account on X.

    Attributes:
        user_id: The platform's id.
        handles: One, or two where it was renamed half way through the study.
        display: Display name.
    """

    user_id: str
    handles: tuple[str, ...] = field(repr=False)
    display: str = field(repr=False)

    def handle(self, late: bool) -> str:
        """Return what it is called in the first or the second half of the study."""
        return self.handles[-1] if late else self.handles[0]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody.

    Attributes:
        id: `p001`; the roster's too.
        given: Given name.
        family: Family name.
        female: Her gender.
        titles: How her pupils call her: `Ms`, and perhaps `Miss`.
        role: `teacher`, `student`, `researcher`.
        nickname: Empty for none.
        email: Her address.
        accounts: None, one, or two.
        circle: Number of the circle she belongs to.
    """

    id: str
    given: str = field(repr=False)
    family: str = field(repr=False)
    female: bool
    titles: tuple[str, ...]
    role: str
    nickname: str = field(repr=False)
    email: str = field(repr=False)
    accounts: tuple[Account, ...]
    circle: int

    @property
    def full(self) -> str:
        """Given and family name."""
        return f"{self.given} {self.family}"

    @property
    def initials(self) -> str:
        """`JS`."""
        return self.given[0] + self.family[0]


def cast(
    count: int,
    rng: random.Random,
    *,
    nicked: float,
    ambiguity: float,
    words: frozenset[str],
) -> tuple[Person, ...]:
    """Return the people of a study.

    In a circle of about eight no two have the same given name or nickname, nor the same family
    name and gender: who knows both says which one is meant.  Across circles they have.

    Args:
        count: How many.
        rng: Where chance comes from.
        nicked: Share of those who are called by a nickname as well.
        ambiguity: Share of those whose given name somebody else has; a third as many share
            a family name.
        words: Words in small letters that are nobody's name: those of the texts.
    """
    circles = [at * (count // CIRCLE or 1) // count for at in range(count)]
    rng.shuffle(circles)
    found: list[Person] = []
    handles: set[str] = set(words)
    for at in range(count):
        # Each pair that shares a name counts for two.
        shares = bool(found) and rng.random() < ambiguity / 2
        related = bool(found) and rng.random() < ambiguity / 6
        for _ in range(1000):
            one = _named(at, circles[at], rng, nicked)
            if shares:
                same = rng.choice(found)
                one = replace(one, given=same.given, female=same.female, titles=same.titles)
                one = _addressed(replace(one, nickname=rng.choice(("", same.nickname))))
            if related:
                one = _addressed(replace(one, family=rng.choice(found).family))
            if not (words & set(_called(one))) and _told_apart(one, found, shares=shares):
                break
        else:
            raise ValueError("no name is left")
        found.append(_with_accounts(one, rng, handles))
    return tuple(found)


def _called(one: Person) -> list[str]:
    return [name.casefold() for name in (one.given, one.family, one.nickname) if name]


def _named(at: int, circle: int, rng: random.Random, nicked: float) -> Person:
    locale = culture(drawn(rng, CULTURES))
    female = rng.random() < 0.55
    role = "student" if rng.random() < 0.35 else "teacher"
    given = _given(locale, female, rng, rng.random() < nicked)
    family = rng.choice(locale.families)
    known = nicknames().get(given, ())
    titles: tuple[str, ...] = ("Mr",)
    if female:
        titles = rng.choice([("Ms",), ("Miss",), ("Mrs",), ("Ms", "Miss"), ("Mrs", "Ms")])
    if role == "teacher" and rng.random() < 0.08:
        titles = ("Dr",)
    nickname = rng.choice(known) if known and rng.random() < 0.8 else ""
    # An address is told by its style until the name is sure.
    email = rng.choice(("jsmith", "jane.smith"))
    return _addressed(
        Person(f"p{at + 1:03d}", given, family, female, titles, role, nickname, email, (), circle),
    )


def _addressed(one: Person) -> Person:
    """Return a person with the address that fits her name."""
    given = plain(one.given)
    short = "." not in one.email.partition("@")[0]
    local = f"{given[0]}{plain(one.family)}" if short else f"{given}.{plain(one.family)}"
    return replace(one, email=f"{local}@ashdown-college.example")


def _given(locale: Culture, female: bool, rng: random.Random, nicked: bool) -> str:
    names = locale.women if female else locale.men
    short = [name for name in names if name in nicknames()]
    return rng.choice(short if nicked and short else names)


def _told_apart(one: Person, found: Sequence[Person], *, shares: bool) -> bool:
    """Whether a name is another's only where it shall be, and nobody's of the same circle."""
    names = {one.given, one.nickname} - {""}
    for other in found:
        common = names & {other.given, other.nickname}
        near = one.circle == other.circle
        if common and (near or not shares):
            return False
        if near and (one.family, one.female) == (other.family, other.female):
            return False
        if one.full == other.full or one.email == other.email or one.given == other.family:
            return False
    return True


def _with_accounts(one: Person, rng: random.Random, taken: set[str]) -> Person:
    number = rng.choices((0, 1, 2), (20, 72, 8))[0]
    accounts = []
    for _ in range(number):
        handles = [_handle(one, rng, taken)]
        if rng.random() < 0.1:
            handles.append(_handle(one, rng, taken))
        user_id = str(rng.randrange(10**8, 4 * 10**9))
        accounts.append(Account(user_id, tuple(handles), _display(one, rng)))
    return replace(one, accounts=tuple(accounts))


def _handle(one: Person, rng: random.Random, taken: set[str]) -> str:
    """Return a handle nobody has, as X allows it: 15 characters at most."""
    given, family, title = plain(one.given), plain(one.family), one.titles[0].lower()
    year, short = str(rng.randrange(60, 99)), plain(one.nickname) or given
    pupil = one.role == "student"
    while True:
        subject = rng.choice(_SUBJECTS)
        made = {
            "given_family": f"{given}_{family}",
            "givenfamily": given.title() + family.title(),
            "title_subject": f"{title.title()}{family.title()}_{subject.title()}",
            "jfamily87": f"{given[0]}{family}{year}",
            "msjfamily": f"{title}{given[0]}{family}_{subject}",
            "edu": f"{given}{family}edu",
            "given87": f"{given}{year}",
            "given_f": f"{given}_{family[0]}",
            "familygiven": f"{family}{given}",
            "nick": f"{short}_x{year}",
            "opaque": f"{rng.choice(_FIRST)}{rng.choice(_SECOND)}{year}",
        }[style := drawn(rng, _HANDLES)]
        if pupil and style in {"title_subject", "msjfamily", "edu"}:
            continue
        if 4 < len(made) <= 15 and made.casefold() not in taken:
            taken.add(made.casefold())
            return made
        year = str(rng.randrange(100, 1000))


def _display(one: Person, rng: random.Random) -> str:
    given, family = one.given, one.family
    gender = rng.choice(("she/her" if one.female else "he/him", "they/them", rng.choice(_ABOUT)))
    title = f"{one.titles[0]} {family}" if one.role == "teacher" else one.full
    return {
        "full": one.full,
        "full+": f"{one.full} {rng.choice(_MARKS)}",
        "full|": f"{one.full} ({gender}) | {rng.choice(_ABOUT)}",
        "given f.": f"{given} {family[0]}.",
        "title": title,
        "given": given,
        "small": one.full.lower(),
        "nick": (one.nickname or given).lower(),
        "glued": f"Media{given}",
        "opaque": rng.choice(_OPAQUE),
    }[drawn(rng, _DISPLAYS)]


def roster_csv(people: Sequence[Person]) -> str:
    """Return `people.csv`: everybody who takes part, with nicknames for the even-numbered."""
    lines = ["person,role,names,handles,emails,consent,pseudonym"]
    for one in people:
        names = [one.full]
        if one.nickname and int(one.id[1:]) % 2 == 0:
            names.append(one.nickname)
        handles = [handle for account in one.accounts for handle in account.handles]
        cells = (one.id, one.role, ";".join(names), ";".join(handles), one.email, "yes", "")
        lines.append(",".join(cells))
    return "\n".join(lines) + "\n"
