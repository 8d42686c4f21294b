"""`who`, and the researcher's word on who is who: `people merge`, `split`, `rename`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from anonymize.cli import console, secret

if TYPE_CHECKING:
    from anonymize.run.rulings import Ruled
    from anonymize.run.who import Pair, Portrait

Study = Annotated[Path, typer.Option("--project", metavar="DIR", help="The project.")]
_NAME = "A name, handle, e-mail, pseudonym, or an id of the roster or of `anonymize who`."
Name = Annotated[str, typer.Argument(metavar="NAME", help=_NAME)]


def register(app: typer.Typer) -> None:
    """Add `who`."""
    app.command()(who)


def register_rulings(people: typer.Typer) -> None:
    """Add what the researcher may rule to the group `people`."""
    people.command()(merge)
    people.command()(split)
    people.command()(rename)


def who(
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME]...", help=_NAME + " None: everybody, in short."),
    ] = None,
    *,
    project: Study,
) -> None:
    """Say who is who in a project, and why.

    For one name: everything that was taken for that person, with the evidence, and what was
    not and why.  For two: whether they are one, and what speaks for and against it.  Shows
    originals; keep the output private.
    """
    from anonymize import api

    portraits, pair = api.who(project, names or [], unlock=secret.unlock)
    lines = _short(portraits) if not names else _long(portraits)
    if pair is not None:
        lines += ["", "They are one person:" if pair.same else "They are two persons:"]
        lines += [f"  {line}" for line in pair.why]
    console.result({"persons": list(map(_shown, portraits)), "pair": _paired(pair)}, lines)


def merge(
    names: Annotated[list[str], typer.Argument(metavar="NAME NAME...", help=_NAME)],
    *,
    project: Study,
) -> None:
    """Say that several are one person; the pseudonym issued first is kept.

    It outranks all evidence and holds for every later run.  Nothing that was shared changes:
    run again to share what you ruled.
    """
    from anonymize import api

    ruled = api.people_merge(project, names, unlock=secret.unlock)
    _told(ruled, f"One person now: {ruled.kept}.")


def split(
    name: Name,
    parts: Annotated[
        list[str],
        typer.Argument(metavar="PART...", help="What is not hers: handles, e-mails, names."),
    ],
    *,
    project: Study,
) -> None:
    """Take handles, e-mails or names away from a person: they are somebody else's.

    It outranks all evidence and holds for every later run.
    """
    from anonymize import api

    ruled = api.people_split(project, name, parts, unlock=secret.unlock)
    _told(ruled, f"{ruled.kept} stays; apart from it now: {', '.join(ruled.ids) or 'nobody'}.")


def rename(
    name: Name,
    pseudonym: Annotated[
        str, typer.Argument(metavar="PSEUDONYM", help="What she shall be called.")
    ],
    *,
    project: Study,
) -> None:
    """Give a person another pseudonym, from the next run on.

    Every tier with realistic names; the pseudonym she had is given to nobody else.
    """
    from anonymize import api

    ruled = api.people_rename(project, name, pseudonym, unlock=secret.unlock)
    _told(ruled, f"{ruled.kept} is called {ruled.pseudonym} from the next run on.")


def _told(ruled: Ruled, line: str) -> None:
    content = {"kept": ruled.kept, "ids": list(ruled.ids), "pseudonym": ruled.pseudonym}
    console.result(content, [line, "Written to the private audit. Run again to share it."])


def _short(portraits: list[Portrait]) -> list[str]:
    return [
        f"{one.id}  {_sort(one):<12} {_title(one)}"
        + (f"  [{one.person.role}]" if one.person.role else "")
        for one in portraits
    ]


def _long(portraits: list[Portrait]) -> list[str]:
    lines: list[str] = []
    for one in portraits:
        lines += [f"{_title(one)}  ({_sort(one)} {one.id})"]
        lines += [f"  names: {'; '.join(one.person.names)}"] if one.person.names else []
        handles = "; ".join(f"@{handle} ({platform})" for platform, handle in one.person.handles)
        lines += [f"  handles: {handles}"] if handles else []
        lines += [f"  e-mails: {'; '.join(one.person.emails)}"] if one.person.emails else []
        lines += ["  because:", *(f"    {line}" for line in one.evidence)] if one.evidence else []
        lines += ["  but:", *(f"    {line}" for line in one.doubts)] if one.doubts else []
    return lines


def _sort(one: Portrait) -> str:
    if one.person.ambiguous:
        return "ambiguous"
    return one.person.kind.value


def _title(one: Portrait) -> str:
    if one.person.names:
        return one.person.names[0]
    return f"@{one.person.handles[0][1]}" if one.person.handles else "(no name)"


def _shown(one: Portrait) -> dict[str, Any]:
    person = one.person
    return {
        "id": one.id,
        "kind": _sort(one),
        "names": list(person.names),
        "handles": [list(pair) for pair in person.handles],
        "user_ids": [list(pair) for pair in person.user_ids],
        "emails": list(person.emails),
        "roster": person.roster,
        "role": person.role,
        "evidence": list(one.evidence),
        "doubts": list(one.doubts),
    }


def _paired(pair: Pair | None) -> dict[str, Any] | None:
    if pair is None:
        return None
    return {"one": pair.one, "other": pair.other, "same": pair.same, "why": list(pair.why)}
