"""Who is who in a project: the evidence for a person, and for and against two being one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from anonymize.errors import UsageError
from anonymize.link import nodes
from anonymize.link.nodes import Node
from anonymize.link.reasons import Obstacle, Reason
from anonymize.link.store import IdentityStore
from anonymize.link.variants import Variants
from anonymize.link.why import Why
from anonymize.link.wording import Shape, lookups, word
from anonymize.model.documents import INSIDE
from anonymize.model.identities import Gender, Person
from anonymize.run import keyfile
from anonymize.run import project as projects
from anonymize.run.project import Workspace

_SAYS = {
    Reason.RESEARCHER: "you said so",
    Reason.ROSTER: "the roster says so",
    Reason.ACCOUNT: "seen with one account",
    Reason.DISPLAY: "the account shows that name",
    Reason.INTRODUCTION: "the speaker introduces herself so",
    Reason.DECLARATION: "the file says whose label it is",
    Reason.SIGNATURE: "the writer calls herself so",
    Reason.FULL_NAME: "the full name is hers alone",
    Reason.MIDDLE_NAME: "the same name but for one in the middle, and nobody else's",
    Reason.NICKNAME: "another form of the same given name, and nobody else's there",
    Reason.SPELLING: "another spelling, and nobody else's there",
    Reason.HANDLE: "the handle is built from the name",
    Reason.EMAIL: "the address is built from the name",
    Reason.ABBREVIATION: "the initial fits nobody else",
    Reason.TITLE: "title and family name fit nobody else",
    Reason.ADDRESS: "said to that account",
    Reason.POST: "the only one so called whom the post names or answers",
    Reason.SCOPE: "the only one so called in that document",
    Reason.CIRCLE: "the only one so called with whom the writer is in touch",
    Reason.CORPUS: "the only one so called",
    Reason.INITIALS: "the initials fit nobody else there",
    Reason.ORGANISATION: "forms of one name",
}
_AGAINST = {
    Obstacle.RESEARCHER: "you keep them apart",
    Obstacle.ROSTER: "they are two rows of the roster",
    Obstacle.ACCOUNTS: "they have two accounts on one platform, which no roster row and no "
    "renaming joins",
    Obstacle.GENDER: "titles say a man and a woman",
    Obstacle.TOGETHER: "both names stand in one breath",
    Obstacle.SEVERAL: "what joins them fits others as well",
    Obstacle.NAMES: "their names differ",
}


@dataclass(frozen=True, slots=True)
class Portrait:
    """A person with the evidence for her.

    Attributes:
        id: `Person.id`.
        person: All that is known; private.
        evidence: Lines that say what was joined, and why.
        doubts: Lines that say what was not, and why.
    """

    id: str
    person: Person = field(repr=False)
    evidence: tuple[str, ...] = field(default=(), repr=False)
    doubts: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Pair:
    """Why two names are one person, or not.

    Attributes:
        one: `Person.id` of the first.
        other: Of the second.
        same: Whether they are one.
        why: Lines that say why, or why not.
    """

    one: str
    other: str
    same: bool
    why: tuple[str, ...] = field(default=(), repr=False)


def who(
    project: Path,
    names: Sequence[str],
    *,
    unlock: Callable[[], None] | None = None,
) -> tuple[list[Portrait], Pair | None]:
    """Return the evidence for persons, and for and against a pair where two are asked for.

    Args:
        project: The project folder; a run must have been made in it.
        names: Names, handles, addresses, pseudonyms, ids of the roster or of persons; none for
            everybody.
        unlock: Called when the key is locked.

    Raises:
        UsageError: If a name is nobody's, or several persons'.
        WorkspaceError: If the project has no identities yet.
    """
    space = opened(project, unlock)
    with IdentityStore(space.vault, space.keys()) as store:
        projects.note(space, {"event": "who", "asked": len(names)})
        why = store.why()
        if not names:
            return [portrait(one, store, why) for one in store.persons()], None
        found = [find(store, name) for name in names]
        once = {one.id: one for one in found}
        portraits = [portrait(one, store, why) for one in once.values()]
        pair = _pair(found, store, why) if len(names) == 2 else None
        return portraits, pair


def opened(project: Path, unlock: Callable[[], None] | None) -> Workspace:
    """Return the project at a path, its key unlocked."""
    space = projects.locate(project)
    if unlock is not None and keyfile.is_locked(space.key):
        unlock()
    return space


def find(store: IdentityStore, asked: str) -> Person:
    """Return whom a name stands for.

    Raises:
        UsageError: If it is nobody's, or several persons'.
    """
    text = asked.strip()
    found: dict[str, Person] = {}
    if (person := store.person(text)) is not None:
        found[person.id] = person
    if not found:
        found = {one.id: one for one in store.persons() if one.roster and one.roster == text}
    if not found:
        for node in (nodes.handle("", text), nodes.email(text)):
            if node is not None and (person := store.node(node)) is not None:
                found[person.id] = person
    if not found:
        for key in lookups(text):
            if (person := store.named("", key)) is not None:
                found[person.id] = person
                break
    if not found:
        found = {one.id: one for one in store.persons_by_surrogate(text)}
    if not found:
        raise UsageError(
            "nobody in this project is known by that name; list everybody with: anonymize who"
        )
    if len(found) > 1:
        raise UsageError(f"that name stands for {len(found)} people: {', '.join(sorted(found))}")
    return next(iter(found.values()))


def portrait(person: Person, store: IdentityStore, why: Why) -> Portrait:
    """Return a person with her evidence."""
    lines = [
        f"{shown(one.one)} is {shown(one.other)}: {_SAYS[one.reason]} [{one.reason}]"
        for one in why.joined.get(person.id, ())
    ]
    for one in () if person.ambiguous else why.called.get(person.id, ()):
        where = f" in {one.places} places" if one.places else ""
        lines.append(f"“{one.key}”{where}: {_SAYS[one.reason]} [{one.reason}]")
    return Portrait(person.id, person, tuple(lines), _doubts(person, store, why))


def _doubts(person: Person, store: IdentityStore, why: Why) -> tuple[str, ...]:
    """Return what was not joined with a person; the same in many places is one line."""
    rivals: dict[str, set[str]] = {}
    for no in why.refused:
        if person.id in {no.one, no.other}:
            other = no.other if no.one == person.id else no.one
            about = f"{shown(no.nodes[0])} and {shown(no.nodes[1])}"
            line = f"{about}: {_AGAINST[no.obstacle]} [{no.obstacle}]"
            rivals.setdefault(line, set()).add(other)
    lines = []
    for line, ids in rivals.items():
        named = {_name(one) for one in map(store.person, sorted(ids)) if one is not None}
        who_else = f"{min(ids)}" if len(ids) == 1 else f"{len(ids)} identities"
        lines.append(f"not {who_else} ({', '.join(sorted(named))}): {line}")
    return tuple(lines)


def _pair(found: Sequence[Person], store: IdentityStore, why: Why) -> Pair:
    one, other = found
    if one.id == other.id:
        return Pair(one.id, other.id, same=True, why=portrait(one, store, why).evidence)
    lines: list[str] = []
    for no in why.refused:
        if {no.one, no.other} == {one.id, other.id}:
            about = f"{shown(no.nodes[0])} and {shown(no.nodes[1])}"
            lines.append(f"{about}: {_AGAINST[no.obstacle]} [{no.obstacle}]")
    lines += [f"{_AGAINST[no]} [{no}]" for no in against(one, other)]
    return Pair(one.id, other.id, same=False, why=tuple(dict.fromkeys(lines)))


def against(one: Person, other: Person) -> list[Obstacle]:
    """Return what of two persons themselves speaks against their being one."""
    out: list[Obstacle] = []
    if one.roster and other.roster:
        out.append(Obstacle.ROSTER)
    if {p for p, _ in one.user_ids} & {p for p, _ in other.user_ids}:
        out.append(Obstacle.ACCOUNTS)
    if {one.gender, other.gender} == {Gender.FEMALE, Gender.MALE}:
        out.append(Obstacle.GENDER)
    if not _alike(one, other):
        out.append(Obstacle.NAMES)
    return out or [Obstacle.SEVERAL]


def _alike(one: Person, other: Person) -> bool:
    variants = Variants()
    mine = [name for name in map(word, one.names) if name is not None]
    theirs = [name for name in map(word, other.names) if name is not None]
    return any(
        variants.given(a.given, b.given) is not None
        and (
            Shape.FULL not in {a.shape, b.shape} or variants.family(a.family, b.family) is not None
        )
        for a in mine
        for b in theirs
        if a.given and b.given
    )


def _name(person: Person) -> str:
    if person.names:
        return person.names[0]
    return f"@{person.handles[0][1]}" if person.handles else person.id


def shown(node: Node) -> str:
    """Return a node as people say it; holds originals."""
    kind, *rest = node
    match kind:
        case "roster":
            return f"roster row {rest[0]}"
        case "user":
            return f"account {rest[1]} ({rest[0]})"
        case "handle":
            return f"@{rest[1]} ({rest[0]})"
        case "owner":
            return "the owner of the takeout"
        case "label":
            return f"the label “{rest[1]}” of one interview"
        case "ambiguous":
            where = " in one post" if INSIDE in rest[0] else " in one document" if rest[0] else ""
            return f"“{rest[1]}”{where}"
        case "part":
            gender, colon, family = rest[0].partition(":")
            return (
                f"“{ {'f': 'Ms ', 'm': 'Mr '}.get(gender, '') }{family}”"
                if colon
                else f"“{rest[0]}”"
            )
        case _:
            return f"“{rest[-1]}”"
