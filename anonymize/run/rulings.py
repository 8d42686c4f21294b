"""The researcher's word: merge, split and rename; it outranks all evidence from then on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from anonymize.errors import UsageError, WorkspaceError
from anonymize.link import nodes
from anonymize.link.nodes import Node
from anonymize.link.rulings import Ruling, RulingKind
from anonymize.link.store import IdentityStore
from anonymize.link.tally import Tally
from anonymize.link.wording import Shape, word
from anonymize.model.identities import Person
from anonymize.model.policies import NameStyle
from anonymize.rulepacks import location
from anonymize.rulepacks.policies import load_policy
from anonymize.rulepacks.roster import load_roster
from anonymize.rulepacks.study import load_study
from anonymize.run import engines, reduce
from anonymize.run import project as projects
from anonymize.run.project import Workspace
from anonymize.run.who import find, opened


@dataclass(frozen=True, slots=True)
class Ruled:
    """What a word of the researcher's changed.

    Attributes:
        kept: `Person.id` that stays.
        ids: Ids that were merged into it, or are new beside it.
        pseudonym: What the person is called now, after a rename.
    """

    kept: str
    ids: tuple[str, ...] = ()
    pseudonym: str = field(default="", repr=False)


def merge(
    project: Path,
    names: Sequence[str],
    *,
    unlock: Callable[[], None] | None = None,
) -> Ruled:
    """Let several be one person; she keeps the id and pseudonym that was issued first.

    Args:
        project: The project folder.
        names: Two or more, as `who.find` reads them.
        unlock: Called when the key is locked.

    Raises:
        UsageError: If fewer than two persons are named, or a name is nobody's.
    """
    space = opened(project, unlock)
    with projects.locked(space), IdentityStore(space.vault, space.keys(), write=True) as store:
        found = {one.id: one for one in (find(store, name) for name in names)}
        if len(found) < 2:
            raise UsageError("these names stand for one person already; nothing to merge")
        anchors = [_anchor(store, one) for one in found.values()]
        store.rule(Ruling(RulingKind.TOGETHER, anchors[0], other) for other in anchors[1:])
        _again(space, store)
        kept = store.node(anchors[0])
        if kept is None or any(store.person(one) != kept for one in found):
            raise WorkspaceError("they are kept apart by an earlier split; merge what was split")
        ids = tuple(sorted(set(found) - {kept.id}))
        projects.note(space, {"event": "merge", "by": "researcher", "kept": kept.id, "ids": ids})
        return Ruled(kept.id, ids)


def split(
    project: Path,
    name: str,
    parts: Sequence[str],
    *,
    unlock: Callable[[], None] | None = None,
) -> Ruled:
    """Take handles, addresses or names away from a person; together they are another one.

    Args:
        project: The project folder.
        name: The person.
        parts: What is not hers: handles, e-mail addresses, names.
        unlock: Called when the key is locked.

    Raises:
        UsageError: If a part is not hers, or nothing would be left.
    """
    space = opened(project, unlock)
    with projects.locked(space), IdentityStore(space.vault, space.keys(), write=True) as store:
        person = find(store, name)
        hers = [node for node in _nodes(person) if _is(store, node, person)]
        taken = [_part(store, person, part) for part in parts]
        rest = [node for node in hers if node not in taken]
        if not taken or not rest:
            raise UsageError("a split must take something away and leave something")
        apart = [Ruling(RulingKind.APART, one, other) for one in taken for other in rest]
        joined = [Ruling(RulingKind.TOGETHER, taken[0], other) for other in taken[1:]]
        store.rule([*apart, *joined])
        _again(space, store)
        kept, new = store.node(rest[0]), store.node(taken[0])
        ids = tuple(sorted({one.id for one in (kept, new) if one is not None} - {person.id}))
        projects.note(space, {"event": "split", "by": "researcher", "kept": person.id, "ids": ids})
        return Ruled(person.id, ids)


def rename(
    project: Path,
    name: str,
    pseudonym: str,
    *,
    unlock: Callable[[], None] | None = None,
) -> Ruled:
    """Let a person be called otherwise in every tier with realistic names, from the next run on.

    The name she had is never given to anybody else.

    Raises:
        UsageError: If the pseudonym is somebody's real name, or taken.
    """
    space = opened(project, unlock)
    wished = " ".join(pseudonym.split())
    if not wished:
        raise UsageError("give the pseudonym she is to have")
    with projects.locked(space), IdentityStore(space.vault, space.keys(), write=True) as store:
        person = find(store, name)
        study = load_study(space.settings)
        for part in wished.split():
            if store.is_real(part):
                raise UsageError("that pseudonym holds a real name or handle of the material")
        tiers = [load_policy(one) for one in sorted({study.policy, *location.names("policies")})]
        for tier in tiers:
            if store.is_taken(tier.name, wished, besides=person.id):
                raise UsageError("somebody else is called so already")
        realistic = [tier.name for tier in tiers if tier.names is NameStyle.REALISTIC]
        store.rename(person, wished, realistic)
        projects.note(space, {"event": "rename", "by": "researcher", "kept": person.id})
        return Ruled(person.id, pseudonym=wished)


def _again(space: Workspace, store: IdentityStore) -> None:
    """Link all evidence of earlier runs anew, under what was just ruled."""
    study = load_study(space.settings)
    languages = engines.spoken(study.language)
    packs = engines.rule_packs(engines.with_languages(study.packs, languages))
    roster = load_roster(space.people)
    reduce.link(store, Tally(), roster, load_policy(study.policy), space.keys(), packs)


def _nodes(person: Person) -> Iterator[Node]:
    """Yield the nodes a person may have, the strongest first."""
    if person.roster:
        yield "roster", person.roster
    yield from (("user", platform, one) for platform, one in person.user_ids)
    for platform, handle in person.handles:
        if (node := nodes.handle(platform, handle)) is not None:
            yield node
    yield from (("email", address) for address in person.emails)
    yield from (node for number in person.phones if (node := nodes.phone(number)) is not None)
    for written in person.names:
        yield from _named(written)


def _named(written: str) -> Iterator[Node]:
    """Yield the nodes a name may be."""
    name = word(written)
    if name is None:
        return
    if name.shape is Shape.FULL:
        yield "name", name.full
    elif name.shape in {Shape.GENDERED, Shape.TITLED}:
        yield "part", f"{name.gender}:{name.family}"
    yield "part", name.full or name.key
    yield "org", name.key


def _is(store: IdentityStore, node: Node, person: Person) -> bool:
    found = store.node(node)
    return found is not None and found.id == person.id


def _anchor(store: IdentityStore, person: Person) -> Node:
    """Return the node by which a person is held."""
    for node in _nodes(person):
        if _is(store, node, person):
            return node
    for no in store.why().refused:
        for node in no.nodes:
            if _is(store, node, person):
                return node
    raise UsageError(f"{person.id}: cannot be merged or split; correct the roster instead")


def _part(store: IdentityStore, person: Person, part: str) -> Node:
    """Return the node of a part that is to be taken from a person."""
    text = part.strip()
    candidates = [nodes.handle("", text), nodes.email(text), *_named(text)]
    for node in candidates:
        if node is not None and _is(store, node, person):
            return node
    raise UsageError("what is to be split off is not hers; see: anonymize who")
