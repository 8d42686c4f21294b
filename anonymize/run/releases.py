"""What happens to a release and its key afterwards: checks, re-identification, destruction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from anonymize.errors import IntegrityError, LeakError, SecretError, UsageError
from anonymize.link.store import IdentityStore
from anonymize.run import keyfile
from anonymize.run import project as projects
from anonymize.run.project import Workspace
from anonymize.verify.folder import verify_folder
from anonymize.verify.leaks import find_leaks


@dataclass(frozen=True, slots=True)
class Checked:
    """What the check of a shared folder found.

    Attributes:
        files: Files in the folder.
        entries: Lines of the audit log.
        faults: What is not as published, a line each.
        leaks: Where known identifiers stand, a line each.
        searched: Identifiers searched for; None without a project.
    """

    files: int
    entries: int
    faults: tuple[str, ...] = ()
    leaks: tuple[str, ...] = ()
    searched: int | None = None

    @property
    def ok(self) -> bool:
        """Whether the folder is as published and holds nothing known."""
        return not self.faults and not self.leaks

    def raise_for_faults(self) -> None:
        """Raise if the folder is not in order.

        Raises:
            LeakError: If a known identifier stands in it.
            IntegrityError: If it is not as published.
        """
        if self.leaks:
            raise LeakError(f"{len(self.leaks)} known identifiers found: {self.leaks[0]}")
        if self.faults:
            raise IntegrityError(f"not as published: {self.faults[0]}")


def verify(
    directory: Path,
    *,
    project: Path | None = None,
    unlock: Callable[[], None] | None = None,
) -> Checked:
    """Check a shared folder; with its project also for leaks.

    Raises:
        IntegrityError: If it is no shared folder.
        SecretError: If the project's key cannot be opened.
    """
    if project is None:
        found = verify_folder(directory)
    else:
        space = _unlocked(project, unlock)
        keys = space.keys()
        with IdentityStore(space.vault, keys) as store:
            found = verify_folder(directory, keys, store.known(), store.is_id)
    searched = found.leaks
    return Checked(
        sum(path.is_file() for path in directory.rglob("*")),
        _lines(directory / "audit" / "audit.jsonl"),
        tuple(
            f"{fault.file}{f':{fault.line}' if fault.line else ''}: {fault.explanation}"
            for fault in found.faults
        ),
        tuple(
            f"a {leak.entity_type} in {leak.file}{f' ({leak.member})' if leak.member else ''} "
            f"at byte {leak.offset}"
            for leak in (searched.leaks if searched else ())
        ),
        searched.identifiers if searched else None,
    )


def stated(root: Path) -> dict[str, Any]:
    """Return what the project at `root` states of its release."""
    from anonymize.rulepacks.study import load_study
    from anonymize.run.facts import described

    return described(load_study(projects.locate(root).settings))


def search(folder: Path, project: Path, unlock: Callable[[], None] | None = None) -> None:
    """Search a folder for every identifier a project knows.

    Raises:
        LeakError: If one stands there; the message says where, never which.
        SecretError: If the project's key cannot be opened.
    """
    space = _unlocked(project, unlock)
    with IdentityStore(space.vault, space.keys()) as store:
        found = find_leaks(folder, store.known(), store.is_id).leaks
    if found:
        raise LeakError(
            f"{len(found)} known identifiers would have been published, the first a "
            f"{found[0].entity_type} in {found[0].file} at {found[0].offset}; nothing was written",
        )


def _lines(log: Path) -> int:
    """Return the number of lines of a log; none when it is not there."""
    if not log.is_file():
        return 0
    with log.open("rb") as file:
        return sum(1 for _ in file)


@dataclass(frozen=True, slots=True)
class Revealed:
    """Who stands behind a pseudonym.

    Attributes:
        pseudonym: As asked.
        facts: Pairs of kind (`name`, `handle`, `email`, `phone`, `user_id`, `roster`) and value.
    """

    pseudonym: str
    facts: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def reveal(
    pseudonyms: Sequence[str],
    *,
    project: Path,
    reason: str,
    unlock: Callable[[], None] | None = None,
) -> list[Revealed]:
    """Say who stands behind pseudonyms; the question is written to the private audit first.

    Raises:
        UsageError: If a pseudonym is not of this project, or no reason is given.
        SecretError: If the key cannot be opened or was destroyed.
    """
    if not reason.strip():
        raise UsageError("--reason must say why somebody is re-identified")
    space = _unlocked(project, unlock)
    answers: list[Revealed] = []
    with IdentityStore(space.vault, space.keys()) as store:
        projects.note(space, {"event": "reveal", "pseudonyms": list(pseudonyms), "reason": reason})
        for pseudonym in pseudonyms:
            found = store.persons_by_surrogate(pseudonym)
            if not found:
                raise UsageError(f"{pseudonym}: no pseudonym of this project")
            for person in found:
                facts = [("name", name) for name in person.names]
                facts += [("handle", f"{handle} ({kind})") for kind, handle in person.handles]
                facts += [("email", value) for value in person.emails]
                facts += [("phone", value) for value in person.phones]
                facts += [("user_id", f"{value} ({kind})") for kind, value in person.user_ids]
                if person.roster:
                    facts.append(("roster", person.roster))
                answers.append(Revealed(pseudonym, tuple(facts)))
    return answers


def _unlocked(root: Path, unlock: Callable[[], None] | None) -> Workspace:
    space = projects.locate(root)
    if unlock is not None and keyfile.is_locked(space.key):
        unlock()
    return space


def key_id(root: Path) -> str:
    """Return the public id of a project's key."""
    return keyfile.public_id(projects.locate(root).key)


def key_export(
    root: Path,
    target: Path,
    passphrase: str,
    *,
    unlock: Callable[[], None] | None = None,
) -> None:
    """Write a backup of the key, sealed by a passphrase of its own."""
    keyfile.export(_unlocked(root, unlock).key, target, passphrase)


def key_destroy(root: Path) -> str:
    """Destroy key, vault, findings and tallies, and return the key's public id.

    Raises:
        SecretError: If there is no key any more.
    """
    space = projects.locate(root)
    if not space.key.exists():
        raise SecretError(f"{root}: the key is gone already")
    with projects.locked(space):
        gone = keyfile.public_id(space.key)
        for path in sorted(space.private.rglob("*")):
            if path.is_file() and path.name not in {"audit.jsonl", "lock"}:
                if "receipts" in path.parts[-2:]:
                    continue
                keyfile.destroy(path)
        projects.note(space, {"event": "key destroyed", "key_id": gone})
    return gone
