"""Names to persons: full names by being unique, parts of names by who else is there.

A name in the roster is the researcher's word and goes to its row.  Otherwise a full name is
the account's whose display name it is, when one account has it.  A part of a name (given
name, titled family name, initials) is the one person in the same scope who has it; else the
one whom the roster calls so; else the one in the corpus.  What fits two persons is neither:
it becomes an identity of its own, ambiguous, and a problem.  What fits nobody is a person
known by that name only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from anonymize.link.accounts import Accounts
from anonymize.link.candidates import Candidates
from anonymize.link.nodes import Node
from anonymize.link.wording import Shape, Wording, display, word
from anonymize.model.folding import words
from anonymize.model.forms import forms
from anonymize.model.identities import Gender, KnownIdentifier
from anonymize.model.labels import is_generic_label
from anonymize.model.roster import BODIES, Roster

Place = tuple[str, str]
"""Scope and key of a name; the scope is empty for the whole corpus."""


@dataclass(slots=True)
class Naming:
    """Who is meant by which name.

    Attributes:
        index: Person by scope and key.
        names: What each person is called, as written.
        told: Genders that titles told.
        problems: Number of contradictions, by code.
    """

    index: dict[Place, Node] = field(default_factory=dict)
    names: dict[Node, set[str]] = field(default_factory=dict)
    told: dict[Node, set[Gender]] = field(default_factory=dict)
    problems: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class _Ask:
    """One key asked for, with its scopes."""

    name: Wording
    written: set[str]
    scopes: set[str]


def link_names(
    accounts: Accounts,
    roster: Roster,
    labels: Iterable[tuple[str, str]],
    mentions: Iterable[tuple[str, Iterable[str]]],
) -> Naming:
    """Say who is meant by every name.

    Args:
        accounts: What identifiers told; joined further here.
        roster: The researcher's word.
        labels: Scope and speaker label.
        mentions: Names in text or lists, with their scopes.
    """
    return _Linker(accounts, roster).link(labels, mentions)


class _Linker:
    def __init__(self, accounts: Accounts, roster: Roster) -> None:
        self.accounts = accounts
        self.forest = accounts.forest
        self.out = Naming()
        self.known = Candidates(self.forest)
        self.rows = Candidates(self.forest)
        self.explicit: dict[str, set[Node]] = {}
        self.owners: dict[str, set[Node]] = {}
        self.singles: dict[str, set[Node]] = {}
        self.members: dict[str, set[Node]] = {}
        self.joins: list[tuple[Node, Node]] = []
        self.roster_full: dict[str, set[Node]] = {}
        self.spellings: dict[str, set[str]] = {}
        self.aliases: dict[str, set[Node]] = {}
        for row in roster.rows:
            for written in row.names:
                if row.role in BODIES:
                    self._call(("roster", row.person), written)
                    self.explicit.setdefault(words(written), set()).add(("roster", row.person))
                    continue
                self._roster_name(("roster", row.person), written)
        for node in sorted(accounts.names):
            for written in sorted(accounts.names[node]):
                self._display_name(node, display(written))

    def _call(self, node: Node, written: str) -> None:
        self.out.names.setdefault(node, set()).add(written)

    def _roster_name(self, row: Node, written: str) -> None:
        self._call(row, written)
        name = word(written)
        if name is None:
            return
        self.known.add(row, name)
        self.rows.add(row, name)
        if name.shape is Shape.FULL:
            self.roster_full.setdefault(name.full, set()).add(row)
            self._spell(name, written, row)
        else:
            for key in {name.key, name.full or name.key, name.initials or name.key}:
                self.explicit.setdefault(key, set()).add(row)

    def _display_name(self, node: Node, written: str) -> None:
        name = word(written)
        self._call(node, written)
        if name is None:
            return
        if not name.full:
            self.singles.setdefault(name.key, set()).add(node)
            return
        self.owners.setdefault(name.full, set()).add(node)
        self._spell(name, written, node)
        self.known.add(node, name)

    def _spell(self, name: Wording, written: str, node: Node) -> None:
        """Let a full name be met in its other forms: "Smith Jane", "JaneSmith"."""
        self.spellings.setdefault(name.full, set()).add(written)
        for form in forms(KnownIdentifier("PERSON", written)):
            self.aliases.setdefault(form, set()).add(node)

    def link(
        self,
        labels: Iterable[tuple[str, str]],
        mentions: Iterable[tuple[str, Iterable[str]]],
    ) -> Naming:
        self._claim()
        spoken = self._labels(labels)
        asks = self._asks(mentions)
        whole = {key: ask for key, ask in asks.items() if ask.name.shape is Shape.FULL}
        for scope, ask in spoken:
            if ask.name.shape is Shape.FULL:
                other = whole.setdefault(ask.name.full, _Ask(ask.name, set(), set()))
                other.written |= ask.written
                other.scopes.add(scope)
        parts = [ask for ask in asks.values() if ask.name.shape is not Shape.FULL]
        wanted = {scope for ask in parts for scope in ask.scopes} | {scope for scope, _ in spoken}
        self._whole(whole)
        self._gather(whole, wanted - {""})
        self._speakers([pair for pair in spoken if pair[1].name.shape is not Shape.FULL])
        for shape in Shape:
            if shape is not Shape.FULL:
                self._parts([ask for ask in parts if ask.name.shape is shape])
        self._complete()
        for node, target in self.joins:
            self.forest.join(node, target)
        used = {node for node in self.out.index.values() if node[0] == "ambiguous"}
        if used:
            self.out.problems["ambiguous-name"] = len(used)
        return self.out

    def _claim(self) -> None:
        """Join a row without identifiers to the one account that bears its name."""
        held = self._with_account()
        listed = {row for rows in self.roster_full.values() for row in rows}
        bare = {row for row in listed if self.forest.find(row) not in held}
        claims: dict[Node, set[Node]] = {row: set() for row in bare}
        claimed: dict[Node, set[Node]] = {}
        for key in sorted(self.roster_full):
            if len(self.roster_full[key]) > 1:
                continue
            (row,) = self.roster_full[key]
            for account in self._roots(self.owners.get(key, ())):
                if account[0] != "roster":
                    claims.setdefault(row, set()).add(account)
                    claimed.setdefault(account, set()).add(row)
        for row in sorted(claims):
            if row in bare and len(claims[row]) == 1:
                (account,) = claims[row]
                if claimed[account] == {row}:
                    self.joins.append((row, account))
                    continue
            if claims[row]:
                self.out.problems["name-of-roster-and-account"] += 1
        for row, account in self.joins:
            self.forest.join(row, account)
        self.joins.clear()

    def _with_account(self) -> set[Node]:
        named = (node for node in self.accounts.written if node[0] in {"user", "handle"})
        return self._roots(named)

    def _roots(self, found: Iterable[Node]) -> set[Node]:
        return {self.forest.find(node) for node in found}

    def _labels(self, labels: Iterable[tuple[str, str]]) -> list[tuple[str, _Ask]]:
        """Return the labels that may be names; the roster may make a name of any."""
        spoken: dict[tuple[str, str], _Ask] = {}
        for scope, label in labels:
            name = word(display(label))
            if name is None:
                continue
            listed = name.key in self.explicit or name.full in self.roster_full
            if listed or not is_generic_label(label):
                ask = spoken.setdefault((scope, name.key), _Ask(name, set(), {scope}))
                ask.written.add(name.written)
        return [(scope, spoken[scope, key]) for scope, key in sorted(spoken)]

    def _asks(self, mentions: Iterable[tuple[str, Iterable[str]]]) -> dict[str, _Ask]:
        """Return what is asked for by key; full names by their name without title."""
        asks: dict[str, _Ask] = {}
        named = ((word(surface), scopes) for surface, scopes in mentions)
        pairs = [(name, scopes) for name, scopes in named if name is not None]
        for name, scopes in sorted(pairs, key=lambda pair: (pair[0].shape, pair[0].written)):
            key = name.full if name.shape is Shape.FULL else name.key
            ask = asks.setdefault(key, _Ask(name, set(), set()))
            ask.written.add(name.written)
            ask.scopes.update(scopes)
        return asks

    def _whole(self, asks: Mapping[str, _Ask]) -> None:
        """Say whose every full name is, of metadata and of `asks`."""
        own: list[tuple[Node, Wording]] = []
        for key in sorted({*self.roster_full, *self.owners, *asks}):
            ask = asks.get(key)
            named = self.roster_full.get(key) or self.owners.get(key) or ()
            if not named and ask is not None:
                named = self.aliases.get(key) or self.known.fitting(ask.name)
            roots = self._roots(named)
            target: Node = ("name", key)
            if len(roots) > 1:
                target = ("ambiguous", "", key)
                self.forest.find(target)
            elif roots:
                self.joins.append((target, min(roots)))
            self.out.index["", key] = target
            if ask is None:
                if len(roots) > 1:
                    self.spellings.setdefault(key, {key})
                    self.out.names.setdefault(target, set()).update(self.spellings[key])
                continue
            self.out.names.setdefault(target, set()).update(ask.written)
            self.spellings.setdefault(key, set()).update(ask.written)
            if not roots:
                self.forest.find(target)
                own.append((target, ask.name))
        for node, target in self.joins:
            self.forest.join(node, target)
        self.joins.clear()
        for node, name in own:
            self.known.add(node, name)

    def _gather(self, asks: Mapping[str, _Ask], wanted: set[str]) -> None:
        """Note who is in each scope where a part of a name is to be understood."""
        for node, scopes in self.accounts.scopes.items():
            if node not in self.accounts.ambiguous:
                for scope in wanted.intersection(scopes):
                    self.members.setdefault(scope, set()).add(self.forest.find(node))
        for key, ask in asks.items():
            target = self.out.index["", key]
            if target[0] != "ambiguous":
                for scope in wanted.intersection(ask.scopes):
                    self.members.setdefault(scope, set()).add(self.forest.find(target))

    def _choose(self, found: set[Node], name: Wording, scope: str) -> Node | None:
        if len(found) < 2:
            return next(iter(found), None)
        target = ("ambiguous", scope, name.full or name.key)
        self.forest.find(target)
        return target

    def _fitting(self, name: Wording) -> tuple[set[Node], set[Node]]:
        """Return whom a part of a name fits, anywhere and among those present."""
        fits = self.known.fitting(name) | self._roots(self.aliases.get(name.key, ()))
        return fits, fits | self.known.initials(name.initials)

    def _decide(
        self,
        name: Wording,
        scope: str,
        *,
        label: bool = False,
        fitting: tuple[set[Node], set[Node]] | None = None,
    ) -> Node | None:
        """Return who is meant by a part of a name; None for nobody known."""
        keys = {name.key, name.full or name.key}
        exact = {self.out.index["", key] for key in keys if ("", key) in self.out.index}
        if name.full and exact:
            return min(exact)
        called = self._roots({row for key in keys for row in self.explicit.get(key, ())})
        fits, local = self._fitting(name) if fitting is None else fitting
        if scope:
            here = self._roots(self.members.get(scope, ())) & local
            if here:
                return self._choose(here | called, name, scope)
        if called:
            return self._choose(called, name, scope)
        if name.initials:
            fits = fits | self.rows.initials(name.initials)
        if label and not fits:
            named = self._roots(self.singles.get(name.key, ()))
            return named.pop() if len(named) == 1 else None
        return self._choose(fits, name, scope)

    def _speakers(self, spoken: list[tuple[str, _Ask]]) -> None:
        decided: list[tuple[str, _Ask, Node]] = []
        for scope, ask in spoken:
            target = self._decide(ask.name, scope, label=True)
            if target is None:
                target = _own(ask.name)
                if ask.name.shape is Shape.INITIALS and not _sounds(ask.name.initials):
                    # Of two interviews' "JS" nothing says that they are one.
                    target = ("label", scope, ask.name.key)
                self.forest.find(target)
            decided.append((scope, ask, target))
        for scope, ask, target in decided:
            self.out.index[scope, ask.name.key] = target
            self._tell(target, ask)
            if target[0] != "ambiguous":
                self.members.setdefault(scope, set()).add(target)
            if target == _own(ask.name):
                self.known.add(target, ask.name)
                self.out.index.setdefault(("", ask.name.key), target)

    def _parts(self, asks: list[_Ask]) -> None:
        own: list[tuple[Node, Wording]] = []
        for ask in asks:
            name = ask.name
            fitting = self._fitting(name)
            everywhere = self._decide(name, "", fitting=fitting)
            target = everywhere or _own(name)
            if everywhere is None:
                self.forest.find(target)
                own.append((target, name))
            elif target[0] != "ambiguous" and target != _own(name):
                self.joins.append((_own(name), target))
            self.out.index["", name.key] = target
            self._tell(target, ask)
            for scope in sorted(ask.scopes - {""}):
                if (scope, name.key) not in self.out.index:
                    here = self._decide(name, scope, fitting=fitting) or target
                    if self.forest.find(here) != self.forest.find(target):
                        self.out.index[scope, name.key] = here
                        self._tell(here, ask)
        for node, name in own:
            self.known.add(node, name)

    def _tell(self, target: Node, ask: _Ask) -> None:
        """Note what a mention says of the person: her only name, her gender."""
        if target[0] in {"ambiguous", "label"} or target == _own(ask.name):
            self.out.names.setdefault(target, set()).update(ask.written)
        if target[0] != "ambiguous" and ask.name.gender:
            self.out.told.setdefault(target, set()).add(ask.name.gender)

    def _complete(self) -> None:
        """Enter every other form under which a known name may be met in text."""
        index = self.out.index
        extra: set[str] = set()
        met: dict[str, set[Node]] = {}
        for key in sorted(self.spellings):
            for written in sorted(self.spellings[key]):
                for form in forms(KnownIdentifier("PERSON", written)):
                    met.setdefault(form, set()).add(self.forest.find(index["", key]))
                name = word(written)
                if name is not None:
                    extra.update((name.given, name.family))
        for form, targets in met.items():
            if len(targets) == 1:
                index.setdefault(("", form), *targets)
        for key in sorted({*extra, *self.explicit}):
            name = word(key)
            if name is None or ("", key) in index:
                continue
            target = self._decide(name, "")
            if target is not None:
                index["", key] = target
                self._tell(target, _Ask(name, {key}, set()))


def _own(name: Wording) -> Node:
    """Return the node of a person known by this name only."""
    if name.shape in {Shape.GENDERED, Shape.TITLED}:
        return "part", f"{name.gender}:{name.family}"
    return ("name" if name.shape is Shape.FULL else "part"), name.full or name.key


def _sounds(letters: str) -> bool:
    """Whether capitals may be a short name ("TOM") and not initials."""
    return len(letters) > 2 and not set(letters).isdisjoint("aeiouy")
