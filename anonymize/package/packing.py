"""Packing: a folder that holds a shared folder untouched and its descriptions beside it."""

from __future__ import annotations

import pathlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import orjson

from anonymize.errors import IntegrityError, UsageError
from anonymize.package.catalogue import PACKAGERS
from anonymize.package.packagers import LAST, PAYLOAD, Subject
from anonymize.package.study import study_of

_PLACEHOLDER = "Untitled study"
"""The title of a project that states none."""


@dataclass(frozen=True, slots=True)
class Packed:
    """What was written.

    Attributes:
        out: The package.
        files: Paths of descriptions, by packager.
        missing: What the project does not state and a packager asks for, by packager.
    """

    out: pathlib.Path
    files: Mapping[str, tuple[str, ...]]
    missing: Mapping[str, tuple[str, ...]]


def pack(
    root: pathlib.Path,
    names: Sequence[str],
    out: pathlib.Path,
    study: Mapping[str, Any] | None,
    check: Callable[[pathlib.Path], None],
) -> Packed:
    """Write a package; `out` appears by one rename, or not at all.

    Args:
        root: A shared folder that was found to be as published.
        names: Of packagers.
        out: Where; nothing may stand there.
        study: What the project states; None for what the folder says of itself.
        check: Called with a folder of the descriptions before they are published; raises to
            stop.

    Raises:
        UsageError: If a packager is unknown, writes what is another's, or `out` cannot be made.
        IntegrityError: If the folder has no readable `report.json`.
    """
    wanted = sorted(set(names), key=lambda name: (name == LAST, name))
    packagers = {name: PACKAGERS[name] for name in wanted}
    if out.exists() or out.is_symlink():
        raise UsageError(f"{out} exists; a package is written to a new folder")
    if out.resolve().is_relative_to(root.resolve()):
        raise UsageError("--out lies in the shared folder, which stays as it was published")
    report = _report(root)
    facts = study_of(report.get("study") or {} if study is None else study)
    if facts.title == _PLACEHOLDER:
        facts = replace(facts, title="")
    written: dict[str, bytes] = {}
    files: dict[str, tuple[str, ...]] = {}
    for name, packager in packagers.items():
        made = packager.files(Subject(root, facts, report, dict(written)))
        if any(path in written or path.startswith(PAYLOAD) for path in made):
            raise UsageError(f"packager {name!r} would write a file that is not its own")
        written |= made
        files[name] = tuple(sorted(made))
    beside = out.with_name(f".{out.name}.part")
    try:
        if beside.exists():
            shutil.rmtree(beside)  # of a call that was killed here
        beside.mkdir(parents=True)
        try:
            for path, content in written.items():
                (beside / path).parent.mkdir(parents=True, exist_ok=True)
                (beside / path).write_bytes(content)
            check(beside)
            shutil.copytree(root, beside / PAYLOAD, copy_function=shutil.copyfile)
            beside.rename(out)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise UsageError(f"--out cannot be written: {error.strerror}") from None
    missing = {name: facts.lacks(packager.asks) for name, packager in packagers.items()}
    return Packed(out, files, {name: lacks for name, lacks in missing.items() if lacks})


def _report(root: pathlib.Path) -> Mapping[str, Any]:
    try:
        content = orjson.loads((root / "report.json").read_bytes())
    except (OSError, orjson.JSONDecodeError):
        content = None
    if not isinstance(content, dict):
        raise IntegrityError(f"{root}: no readable report.json there")
    return content
