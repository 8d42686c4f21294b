"""The invented people of the example study.  None of them exists.

Family names, handles and nicknames were coined so that none of them stands by chance inside
an ordinary English word, a JSON key or an HTML tag: a plain byte search for them is a fair
test of a shared folder.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

EPOCH = 1288834974657
"""First millisecond of X's snowflake ids (twitter-archive/snowflake, IdWorker.scala)."""

MAIL_HOST = "ashburyvale.example"
DEPARTMENT_RENAMED = 1409572800000  # 2014-09-01T12:00Z
PEOPLE_RENAMED = 1420459200000  # 2015-01-05T12:00Z


class Dice:
    """Reproducible draws on every Python: SHA-256 of a seed and a counter."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._count = 0

    def below(self, limit: int) -> int:
        """Return a number from 0 to `limit` - 1."""
        self._count += 1
        digest = hashlib.sha256(f"{self._seed}/{self._count}".encode()).digest()
        return int.from_bytes(digest, "big") % limit

    def pick(self, items: Sequence[T]) -> T:
        """Return one of `items`."""
        return items[self.below(len(items))]

    def code(self, length: int, letters: str) -> str:
        """Return `length` letters."""
        return "".join(self.pick(letters) for _ in range(length))


def plain(text: str) -> str:
    """Return `text` in ASCII letters, for addresses."""
    text = text.replace("ø", "o").replace("Ø", "O").replace("ł", "l").replace("đ", "d")
    return unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()


@dataclass(frozen=True, slots=True)
class Person:
    """One invented person or organisation, with the forms the templates ask for."""

    key: str
    role: str
    title: str
    given: str
    family: str
    nick: str
    handle: str
    display: str
    bio: str
    location: str = ""
    old_handle: str = ""
    consent: str = ""
    wish: str = ""
    roster: bool = False
    phone: str = ""
    weak: tuple[str, ...] = ()
    """Short forms that also stand inside ordinary words: searched for as whole words only."""

    @property
    def user_id(self) -> str:
        """Nine or ten digits, as accounts made before 2016 have."""
        return str(180_000_000 + Dice("user/" + self.key).below(3_000_000_000))

    @property
    def full(self) -> str:
        """Given and family name."""
        return f"{self.given} {self.family}".strip()

    @property
    def formal(self) -> str:
        """Title and family name."""
        return f"{self.title} {self.family}".strip()

    @property
    def initials(self) -> str:
        """First letters of given and family name."""
        return self.given[0] + self.family[0]

    @property
    def short(self) -> str:
        """Given name and initial of the family name."""
        return f"{self.given} {self.family[0]}."

    @property
    def dotted(self) -> str:
        """Initial of the given name and family name."""
        return f"{self.given[0]}. {self.family}"

    @property
    def caps(self) -> str:
        """Given name in capitals."""
        return self.given.upper()

    @property
    def low(self) -> str:
        """Given name in lower case."""
        return self.given.lower()

    @property
    def full_low(self) -> str:
        """Full name in lower case."""
        return self.full.lower()

    @property
    def at(self) -> str:
        """Handle with its sign."""
        return "@" + self.handle

    @property
    def old_at(self) -> str:
        """Earlier handle with its sign."""
        return "@" + (self.old_handle or self.handle)

    @property
    def tag(self) -> str:
        """Given name as a hashtag holds it."""
        return self.given.replace("-", "")

    @property
    def email(self) -> str:
        """Address under `.example`."""
        if self.role == "teacher":
            local = f"{plain(self.given)[0]}.{plain(self.family)}".replace("'", "")
        elif self.role == "student":
            local = f"{plain(self.family)}{plain(self.given)[:3]}16".replace(" ", "")
        elif self.key == "DEPT":
            local = "media"
        else:
            return f"{self.handle}@post.example".lower()
        return f"{local}@{MAIL_HOST}".lower().replace("'", "").replace("-", "")

    def handle_at(self, moment: int) -> str:
        """Return the handle the account had at a time in milliseconds."""
        changed = DEPARTMENT_RENAMED if self.key == "DEPT" else PEOPLE_RENAMED
        return self.old_handle if self.old_handle and moment < changed else self.handle


DEPT = Person(
    "DEPT", "organisation", "", "Ashbury Vale Media", "", "", "AVSF_MediaDept",
    "Ashbury Vale Media", "Film & Media at Ashbury Vale Sixth Form College. #avmedia",
    "Nether Oxbrindle", "avsf_filmroom", "yes", roster=True, phone="07700 900127",
)  # fmt: skip

_WEAK = {
    "S04": ("Ikey",),
    "T4": ("Olu",),
    "T6": ("Jane", "Louise"),
    "O03": ("Ludo B",),
    "O09": ("Margie T",),
}


def _rows(letter: str) -> list[list[str]]:
    lines = (Path(__file__).parent / "templates" / "people.txt").read_text("utf-8").splitlines()
    return [line.split("|") for line in lines if line.startswith(letter)]


def _bio(given: str) -> str:
    hobby = Dice("bio/" + given).pick(
        ("film", "bass", "skate", "drama", "photos", "football", "horror films", "editing"),
    )
    return f"{hobby} • year 13 • #avmedia"


def _people() -> dict[str, Person]:
    people = [DEPT]
    for key, title, given, family, nick, handle, old, display, bio, phone, consent, wish in _rows(
        "T",
    ):
        people.append(
            Person(
                key,
                "teacher",
                title,
                given,
                family,
                nick,
                handle,
                display,
                bio,
                "Leeds",
                old,
                consent,
                wish,
                roster=True,
                phone=phone,
                weak=_WEAK.get(key, ()),
            ),
        )
    for key, given, family, nick, handle, old, display, consent, wish in _rows("S"):
        place = "Nether Oxbrindle" if int(key[1:]) % 3 == 0 else ""
        people.append(
            Person(
                key,
                "student",
                "",
                given,
                family,
                nick,
                handle,
                display,
                _bio(given),
                place,
                old,
                consent,
                wish,
                roster=True,
                weak=_WEAK.get(key, ()),
            ),
        )
    for key, role, title, given, family, nick, handle, display, bio, place, known in _rows(
        "O",
    ):
        people.append(
            Person(
                key,
                role,
                title,
                given,
                family,
                nick,
                handle,
                display,
                bio,
                place,
                consent="yes" if known == "1" else "",
                roster=known == "1",
                weak=_WEAK.get(key, ()),
            ),
        )
    return {person.key: person for person in people}


PEOPLE = _people()
TEACHERS = [person for person in PEOPLE.values() if person.role == "teacher"]
STUDENTS = [person for person in PEOPLE.values() if person.role == "student"]
OUTSIDERS = [person for person in PEOPLE.values() if person.key.startswith("O")]
BY_HANDLE = {
    handle.lower(): person
    for person in PEOPLE.values()
    for handle in (person.handle, person.old_handle)
    if handle
}

GONE_HANDLE = "vanished_fennick"
"""An account that was deleted before the archive was asked for: in texts, nowhere else."""
