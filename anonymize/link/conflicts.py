"""What is wrong or doubtful in a roster, by itself and against the material.

Findings name a row by its line and the researcher's own id, and values by their position: no
name, handle or address stands in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from anonymize.link import nodes
from anonymize.link.accounts import identifiers
from anonymize.link.evidence import SPEAKER, Seen
from anonymize.link.nodes import Node
from anonymize.link.sightings import Everybody
from anonymize.link.tally import Tally
from anonymize.link.wording import Shape, Wording, display, word
from anonymize.model.folding import words
from anonymize.model.identities import Mention
from anonymize.model.roster import BODIES, RosterRow


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """Two rows or the material contradict each other: one pseudonym would be wrong."""
    WARNING = "warning"
    """Something will probably not be as meant."""
    NOTE = "note"
    """Worth a look."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """One finding.

    Attributes:
        line: Line of the roster's file, 0 for the whole of it.
        person: The researcher's own id of the row.
        severity: How much it matters.
        code: What it is, in words of `[a-z-]`.
        message: What it means and what to do next; holds no original but ids of rows.
    """

    line: int
    person: str = field(repr=False)
    severity: Severity
    code: str
    message: str


_SORTS = {"handles": "handle", "emails": "e-mail"}


def in_roster(rows: Sequence[RosterRow], common: Callable[[str], bool]) -> list[Conflict]:
    """Return what a roster shows by itself.

    Args:
        rows: Its rows, contradictory or not.
        common: Whether a folded word is an ordinary one.
    """
    out: list[Conflict] = []
    for column, values in _unique(rows).items():
        sort = _SORTS.get(column, column)
        for found in values.values():
            first, *rest = found
            out += [
                _error(row, f"{sort}-in-two-rows", f"{_at(column, at)} stands in {_row(first[0])}"
                       " as well: leave it with whose it is, or make one row of the two")
                for row, at in rest
            ]  # fmt: skip
    out += _shared_names(rows)
    out += _pseudonyms(rows)
    stated = sum(bool(row.consent) for row in rows)
    for row in rows:
        body = row.role in BODIES
        taken = [(at, name) for at, name in enumerate(map(word, row.names), 1) if name is not None]
        if not (row.names or row.handles or row.emails):
            said = "has neither name nor handle nor e-mail, so nothing is found by it: fill one in"
            out.append(_warning(row, "empty-row", said))
        shapes = {name.shape for _, name in taken}
        if taken and not body and not shapes & {Shape.FULL, Shape.INITIAL}:
            said = "names: no full name among them, so one in the material is somebody else: add"
            out.append(_note(row, "one-part-name", f"{said} it"))
        usual = [at for at, name in taken if _is_usual(name, common, body=body)]
        if usual:
            said = (
                f"{_at('names', *usual)}: an ordinary word is in it; alone that is taken for a"
                " name only with a capital and where the sentence makes one of it, and is not"
                " searched for after writing: look for it in the result"
            )
            out.append(_note(row, "ordinary-word", said))
        if stated and not row.consent and not body:
            said = "consent: is empty and other rows have it; an empty one withholds nothing: fill"
            out.append(_warning(row, "consent-empty", f"{said} in yes, no or withdrawn"))
    return out


def _unique(rows: Iterable[RosterRow]) -> dict[str, dict[str, list[tuple[RosterRow, int]]]]:
    """Return the rows of each value that only one row may have, by column."""
    out: dict[str, dict[str, list[tuple[RosterRow, int]]]] = {
        column: {} for column in ("person", "handles", "emails", "pseudonym")
    }
    for row in rows:
        values = [("person", row.person, 0), ("pseudonym", words(row.pseudonym), 0)]
        values += [("handles", one.casefold(), at) for at, one in enumerate(row.handles, 1)]
        values += [("emails", one.casefold(), at) for at, one in enumerate(row.emails, 1)]
        for column, value, at in values:
            found = out[column].setdefault(value, [])
            if value and all(row.line != other.line for other, _ in found):
                found.append((row, at))
    return {column: {k: v for k, v in values.items() if v} for column, values in out.items()}


def _shared_names(rows: Iterable[RosterRow]) -> Iterator[Conflict]:
    """Yield full names, nicknames and initials that two rows have."""
    first: dict[str, RosterRow] = {}
    for row in rows:
        for at, written in enumerate(row.names, 1):
            name = word(written)
            if name is None:
                continue
            key = name.full if name.shape is Shape.FULL else name.key
            other = first.setdefault(key, row)
            if other.line == row.line:
                continue
            if name.shape is Shape.FULL or row.role in BODIES:
                said = "where only that name stands nobody can tell them apart: give both a handle"
                code = "full-name-in-two-rows"
            else:
                said = (
                    "alone it is understood only where one of the two is about, and is ambiguous"
                    " elsewhere: keep it with whom it is used of, or leave it"
                )
                code = "nickname-in-two-rows"
            yield _warning(row, code, f"{_at('names', at)} stands in {_row(other)} as well; {said}")


def _pseudonyms(rows: Sequence[RosterRow]) -> Iterator[Conflict]:
    """Yield wished pseudonyms that are real names of the roster, or have one in them."""
    whole: dict[str, RosterRow] = {}
    parts: dict[str, RosterRow] = {}
    for row in rows:
        for written in row.names:
            whole.setdefault(words(written), row)
            for part in words(written).split():
                parts.setdefault(part, row)
        for handle in row.handles:
            parts.setdefault(words(handle).replace(" ", ""), row)
    for row in rows:
        wish = words(row.pseudonym)
        if not wish:
            continue
        if wish in whole:
            said = f"pseudonym: is the real name of the person of {_row(whole[wish])}"
            yield _error(row, "pseudonym-is-real-name", f"{said}: choose another")
        else:
            yield from (
                _warning(row, "pseudonym-part-is-real", _PART.format(f"of {_row(parts[part])}"))
                for part in wish.split()
                if part in parts
            )


_PART = (
    "pseudonym: a part of it is a real name or handle {}, so another will be drawn: choose one"
    " without"
)


def _is_usual(name: Wording, common: Callable[[str], bool], *, body: bool) -> bool:
    """Whether a name, or a part of it by which its bearer is looked for, is an ordinary word."""
    if name.shape is Shape.FULL and not body:
        parts = [name.given, name.family]
    elif name.shape in {Shape.GENDERED, Shape.TITLED}:
        parts = [name.family]
    elif name.shape in {Shape.INITIAL, Shape.INITIALS}:
        parts = [name.key] if name.shape is Shape.INITIALS else []
    else:
        parts = [name.key]
    return any(part and all(map(common, part.split())) for part in parts)


def in_material(
    rows: Sequence[RosterRow],
    tally: Tally,
    who: Everybody,
    is_real: Callable[[str], bool],
) -> list[Conflict]:
    """Return where a roster and the material do not agree.

    Args:
        rows: Its rows.
        tally: All evidence.
        who: Who is who, by that evidence and these rows.
        is_real: Whether a word is part of a real name, handle or address of the material.
    """
    accounts = [item for item, _ in tally.accounts() if item.sighting.platform != SPEAKER]
    there = {node for item in accounts for node, _ in identifiers(item)}
    met = _met(tally, who)
    for kind, surface, _ in tally.mentions():
        if kind == "HANDLE" and (node := nodes.handle("", surface)) is not None:
            there.add(node)
    out = list(_of_two(rows, accounts))
    out += _bearers(rows, accounts, who)
    for row in rows:
        wish = words(row.pseudonym)
        if wish and who.called(row.pseudonym) is not None:
            said = "pseudonym: is a real name of the material: choose another"
            out.append(_error(row, "pseudonym-is-real-name", said))
        elif any(map(is_real, wish.split())):
            said = _PART.format("of the material")
            out.append(_warning(row, "pseudonym-part-is-real", said))
        unseen = [at for at, one in enumerate(row.handles, 1) if _handle(one) not in there]
        if unseen and row.person in met:
            said = f"{_at('handles', *unseen)}: seen nowhere in the material; check the spelling"
            out.append(_warning(row, "handle-unseen", said))
        if row.person not in met:
            said = "nobody mentions this row: check how names and handles are spelt, or leave it"
            out.append(_note(row, "nobody-mentions", said))
    return out


def _handle(written: str) -> Node:
    return nodes.handle("", written) or ()


def _met(tally: Tally, who: Everybody) -> set[str]:
    """Return the ids of the rows that the material has, by account, label or mention."""
    found = {who.account(item) for item, _ in tally.accounts()}
    for kind, surface, places in tally.mentions():
        for place in places or [""]:
            found.add(who.meant(Mention(kind, surface, place)))
    return {one.roster for one in found if one is not None and one.roster}


def _claims(rows: Iterable[RosterRow]) -> dict[Node, tuple[RosterRow, str]]:
    """Return the one row of each handle and address, and where in it."""
    out: dict[Node, list[tuple[RosterRow, str]]] = {}
    for row in rows:
        for at, one in enumerate(row.handles, 1):
            out.setdefault(_handle(one), []).append((row, _at("handles", at)))
        for at, one in enumerate(row.emails, 1):
            out.setdefault(nodes.email(one) or (), []).append((row, _at("emails", at)))
    return {node: found[0] for node, found in out.items() if node and len(found) == 1}


def _of_two(rows: Sequence[RosterRow], accounts: Iterable[Seen]) -> Iterator[Conflict]:
    """Yield accounts whose handles and addresses, now or earlier, are of two rows."""
    claims = _claims(rows)
    at_once: dict[Node, set[frozenset[Node]]] = {}
    for item in accounts:
        found = sorted((node for node, _ in identifiers(item)), key=nodes.order)
        if found:
            hers = frozenset(found).intersection(claims)
            at_once.setdefault(found[0], set()).add(hers)
    told: set[tuple[int, int, str]] = set()
    for anchor in sorted(at_once):
        seen = at_once[anchor]
        mine = sorted(set[Node]().union(*seen), key=lambda node: (claims[node][0].line, node))
        for node in mine[1:]:
            (first, _), (row, where) = claims[mine[0]], claims[node]
            together = any({node, other} <= one for one in seen for other in mine
                           if claims[other][0].line != row.line)  # fmt: skip
            if row.line == first.line or (first.line, row.line, where) in told:
                continue
            told.add((first.line, row.line, where))
            if together:
                said = f"{where} is seen with an account of {_row(first)}: one account, two rows"
                yield _error(row, "account-of-two-rows", f"{said}; make one row of the two")
            else:
                said = f"{where} is an earlier or later name of an account of {_row(first)}"
                yield _error(row, "renamed-account", f"{said}: move it there, or merge the rows")


def _bearers(
    rows: Sequence[RosterRow],
    accounts: Iterable[Seen],
    who: Everybody,
) -> Iterator[Conflict]:
    """Yield rows whose full name accounts bear that are not all hers."""
    shown: dict[str, set[tuple[str, str]]] = {}
    for item in accounts:
        person = who.account(item)
        for written in item.sighting.names if person is not None else ():
            name = word(display(written))
            if name is not None and person is not None and name.shape is Shape.FULL:
                shown.setdefault(name.full, set()).add((person.id, person.roster))
    for row in rows:
        full = {name.full for name in map(word, row.names) if name is not None and name.full}
        found = set[tuple[str, str]]().union(*(shown.get(one, set()) for one in full))
        others = [id_ for id_, roster in found if roster != row.person]
        if not others:
            continue
        number = "an account" if len(others) == 1 else f"{len(others)} accounts"
        if len(found) > 1:
            said = f"the name is borne by {len(found)} accounts, {number} of them not in this row"
            yield _warning(row, "name-of-two-accounts", f"{said}: add the handles that are hers")
        else:
            said = "an account that is not in this row bears the name: add its handle if it is hers"
            yield _warning(row, "name-of-other-account", said)


def _row(row: RosterRow) -> str:
    return f"row {row.person} (line {row.line})"


def _at(column: str, *at: int) -> str:
    """Return a place in a row; position 0 is for columns of one value."""
    if not any(at):
        return f"{column}: the value"
    return f"{column}: value{'s' if len(at) > 1 else ''} {' and '.join(map(str, at))}"


def _error(row: RosterRow, code: str, message: str) -> Conflict:
    return Conflict(row.line, row.person, Severity.ERROR, code, message)


def _warning(row: RosterRow, code: str, message: str) -> Conflict:
    return Conflict(row.line, row.person, Severity.WARNING, code, message)


def _note(row: RosterRow, code: str, message: str) -> Conflict:
    return Conflict(row.line, row.person, Severity.NOTE, code, message)
