"""Whom a part of a name fits, on every step of how closely."""

from __future__ import annotations

from dataclasses import dataclass, field

from anonymize.link.nodes import Node
from anonymize.link.roll import Roll
from anonymize.link.variants import Tier
from anonymize.link.wording import Wording

Roots = frozenset[Node]


@dataclass(frozen=True, slots=True)
class Fits:
    """Whom a part of a name fits; persons as roots.

    Attributes:
        exact: As written, and known by a whole name.
        short: By another form of the given name.
        spelt: By another spelling; empty where anything else fits.
        heard: By another spelling that is a name of its own, only among those who are about.
        loose: As written or for short, among accounts that show no full name.
        hailed: As others call an account or its handle shows, only among those who are about.
        initials: By initials, and only among those who are about.
        called: Rows of the roster that have it as a nickname.
        about: What counts for those who are about, the closest step first.
    """

    exact: Roots
    short: Roots
    spelt: Roots
    heard: Roots
    loose: Roots
    hailed: Roots
    initials: Roots
    called: Roots
    about: tuple[Roots, ...] = field(init=False)

    def __post_init__(self) -> None:
        # Once a name and not once a mention: thousands may be called so.
        equal = self.exact | self.loose | self.initials | self.called
        steps = (equal, self.short, self.hailed, self.spelt, self.heard)
        object.__setattr__(self, "about", steps)

    def without(self, roots: set[Node]) -> Fits:
        """Return these without some persons."""
        return Fits(
            self.exact - roots, self.short - roots, self.spelt - roots, self.heard - roots,
            self.loose - roots, self.hailed - roots, self.initials - roots, self.called - roots,
        )  # fmt: skip


def fits(roll: Roll, name: Wording, *, label: bool = False) -> Fits:
    """Return whom a part of a name fits.

    Args:
        roll: All names so far.
        name: The part.
        label: Whether it is a speaker's label: who is spoken of in a talk is mostly not she
            who speaks, so that equal names only count.
    """
    exact = roll.known.fitting(name) | roll.roots(roll.aliases.get(name.key, ()))
    short = set() if label else roll.known.fitting(name, Tier.NICKNAME)
    loose = roll.loose.fitting(name)
    if not label:
        loose |= roll.loose.fitting(name, Tier.NICKNAME)
    spelt: set[Node] = set()
    heard: set[Node] = set()
    if not (exact or short or loose or label):
        spelt = roll.known.fitting(name, Tier.SPELLING)
        spelt |= roll.loose.fitting(name, Tier.SPELLING)
        heard = roll.known.heard(name) | roll.loose.heard(name)
    initials = roll.known.initials(name.initials) if name.initials else set()
    hailed = roll.hailed.fitting(name)
    keys = (name.key, name.full or name.key)
    called = roll.roots({row for key in keys for row in roll.explicit.get(key, ())})
    found = (exact, short, spelt, heard, loose, hailed, initials, called)
    return Fits(*map(frozenset, found))
