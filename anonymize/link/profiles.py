"""What accounts without a full name of their own show, and what they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from anonymize.link.clues import Cue
from anonymize.link.composed import Cores, cores
from anonymize.link.nodes import Node
from anonymize.link.reasons import Reason
from anonymize.link.roll import Context, Roll
from anonymize.link.variants import Variants
from anonymize.link.wording import Shape, Wording, word

CALLED = 3
"""So often others must call an account by a name that it shows nowhere."""
_ADDRESSED = frozenset((Shape.SINGLE, Shape.FULL, Shape.GENDERED, Shape.TITLED))
_SHORTEST_REST = 3


@dataclass(slots=True)
class Profile:
    """What an account shows of its owner.

    Attributes:
        node: A node of the account.
        shown: Display names.
        cores: Handles and addresses taken apart, each with the reason it would be.
        called: What others and she herself call her: folded names by how often.
        platforms: Platforms of the account, or `e-mail`.
    """

    node: Node
    shown: list[Wording] = field(default_factory=list)
    cores: list[tuple[Cores, Reason]] = field(default_factory=list)
    called: Counter[str] = field(default_factory=Counter)
    platforms: set[str] = field(default_factory=set)


def profiles(roll: Roll, context: Context) -> dict[Node, Profile]:
    """Return the accounts without a full name of their own, by root."""
    forest, accounts = roll.forest, roll.accounts
    whole = roll.roots(node for nodes in roll.owners.values() for node in nodes)
    whole |= roll.roots(node for nodes in roll.roster_full.values() for node in nodes)
    out: dict[Node, Profile] = {}

    def of(node: Node) -> Profile | None:
        root = forest.find(node)
        if root in whole or node in accounts.ambiguous:
            return None
        return out.setdefault(root, Profile(node))

    for node in sorted(accounts.written):
        profile = of(node) if node[0] in {"user", "handle", "email"} else None
        if profile is None:
            continue
        profile.platforms.add("e-mail" if node[0] == "email" else node[1])
        for written in sorted(accounts.written[node]):
            if node[0] == "handle":
                profile.cores.append((cores(written.partition("@")[0]), Reason.HANDLE))
            elif node[0] == "email":
                profile.cores.append((cores(node[1].partition("@")[0]), Reason.EMAIL))
    for node, names in sorted(roll.shown.items()):
        if node[0] != "roster" and (profile := of(node)) is not None:
            profile.shown += names
    for profile in out.values():
        if profile.platforms - {"e-mail"}:
            profile.platforms.discard("e-mail")
    _call(out, roll, context)
    return out


def _call(out: dict[Node, Profile], roll: Roll, context: Context) -> None:
    """Count what accounts are called, by themselves and in posts to them."""
    for clue in context.clues:
        if clue.subject[0] == "speaker" or clue.subject not in roll.forest:
            continue
        profile = out.get(roll.forest.find(clue.subject))
        name = word(clue.surface)
        if profile is None or name is None or name.shape not in _ADDRESSED:
            continue
        weight = 1 if clue.cue is Cue.ADDRESS else CALLED
        profile.called[name.full or name.key] += weight


def usual(called: Counter[str], variants: Variants) -> Iterator[tuple[str, int]]:
    """Yield what an account is called often and mostly, with how often.

    What is short for a name is counted with it.
    """
    counts = {
        key: sum(called[form] for form in {key, *variants.forms(key)} if form in called)
        for key in called
    }
    for key, count in sorted(counts.items()):
        if count >= CALLED - 1 and 2 * count > called.total():
            yield key, count


def shown_by_handle(profile: Profile, variants: Variants) -> Iterator[str]:
    """Yield the names that handles and addresses show by themselves: a given name in use first."""
    for core, _ in profile.cores:
        if core.parts and variants.is_given(core.parts[0]):
            rest = [part for part in core.parts[1:] if len(part) >= _SHORTEST_REST]
            yield " ".join((core.parts[0], *rest[:1]))
        elif core.title and core.parts:
            yield f"{core.title} {core.parts[0]}"
