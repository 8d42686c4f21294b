"""From parts in staging to a shared folder: join, describe, verify, and only then one rename."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from anonymize.errors import LeakError, UsageError
from anonymize.formats import archives, packed, tars
from anonymize.formats.catalogue import FORMATS
from anonymize.model.audit import AuditEntry
from anonymize.model.documents import Shard
from anonymize.model.identities import KnownIdentifier
from anonymize.model.keys import Keys
from anonymize.run import parts
from anonymize.run.sorting import ordered
from anonymize.verify import chain, fixity, head, leaks
from anonymize.verify.needles import Needles

Describe: TypeAlias = Callable[[Path, Mapping[str, Any], dict[str, Any]], None]
"""Writes report and description into the folder, from the study's facts and the report."""


@dataclass(frozen=True, slots=True)
class Release:
    """What is about to be published.

    Attributes:
        shards: All shards with an output, in the order of the plan.
        stems: For each of them the path of its parts, without suffix.
        keyed_order: Whether records are put in keyed order.
        dropped: Input files left out: `name`, `reason`, `container`.
        unknown: Unknown keys dropped, by path pattern.
        name: Turns a path inside the project into the path in this release.
    """

    shards: tuple[Shard, ...]
    stems: tuple[Path, ...]
    keyed_order: bool
    dropped: tuple[Mapping[str, str], ...]
    unknown: Mapping[str, int]
    name: Callable[[str], str]


def _by_output(release: Release) -> dict[str, list[int]]:
    files: dict[str, list[int]] = {}
    for position, shard in enumerate(release.shards):
        files.setdefault(shard.file, []).append(position)
    return files


def write_data(release: Release, root: Path, trail: Path) -> None:
    """Write `data/` below `root`, and every audit line in the order of the data to `trail`."""
    loose = root / "loose"
    containers: dict[str, list[tuple[str, Path]]] = {}
    with trail.open("wb") as audit:
        for file, positions in _by_output(release).items():
            first = release.shards[positions[0]]
            target = (loose if first.container else root / "data") / release.name(file)
            target.parent.mkdir(parents=True, exist_ok=True)
            reader = FORMATS[first.format]
            finish = getattr(reader, "finish", None)
            joined = target.with_name(f"{target.name}.joined") if finish else target
            with packed.create(joined, first.packing) as data:
                keyed = release.keyed_order and not first.output.endswith(_SPOKEN)
                parts.assemble(
                    [release.shards[p] for p in positions],
                    [release.stems[p] for p in positions],
                    data,
                    audit,
                    order=trail.with_name("order") if keyed else None,
                )
            if finish:
                finish(first, str(joined), str(target))
                joined.unlink()
            if getattr(reader, "whole", False) and not target.stat().st_size:
                target.unlink()
            elif first.container:
                members = containers.setdefault(release.name(first.container), [])
                members += _members(first.output, target)
    for container, members in sorted(containers.items()):
        target = root / "data" / container
        target.parent.mkdir(parents=True, exist_ok=True)
        write = tars.write_tar if container.endswith(tars.SUFFIXES) else archives.write_zip
        write(target, sorted(members))
    if loose.exists():
        shutil.rmtree(loose)


def _members(name: str, target: Path) -> list[tuple[str, Path]]:
    """Return what goes into an archive for a file, or for a folder of files."""
    if not target.is_dir():
        return [(name, target)]
    return [(f"{name}/{one.name}", one) for one in sorted(target.iterdir())]


_SPOKEN = (".txt", ".md", ".vtt", ".srt", ".docx", ".dotx", ".odt", ".ott", ".fodt")
"""What is spoken has one record a file and no order to hide."""


def _entries(trail: Path) -> Iterator[AuditEntry]:
    with trail.open("rb") as file:
        for line in file:
            yield parts.read_entry(line)


def write_withheld(release: Release, target: Path, order: Path) -> int:
    """Write the list of what is not in the data, and return its number of lines.

    Args:
        release: What was written to staging.
        target: The list.
        order: A file made to put its lines in order, where that of the input must not show.
    """
    lines = _withheld(release)
    if release.keyed_order:
        lines = (line for line, _ in ordered(((line, ()) for line in lines), order))
    count = 0
    with target.open("wb") as file:
        for line in itertools.chain(lines, _left_out(release)):
            file.write(line)
            count += 1
    return count


def _withheld(release: Release) -> Iterator[bytes]:
    for stem in release.stems:
        with stem.with_suffix(".withheld").open("rb") as file:
            yield from file


def _left_out(release: Release) -> Iterator[bytes]:
    """Yield lines for unknown keys and for files that are not converted."""
    for key, count in sorted(release.unknown.items()):
        row = {"key": key, "count": count, "reason": "unknown-key"}
        yield json.dumps(row, ensure_ascii=False).encode() + b"\n"
    for item in release.dropped:
        missing = item["reason"] == "missing"
        reason = "missing-file" if missing else f"dropped-{item['reason']}-file"
        row = {"file": item["name"], "reason": reason}
        if item["container"]:
            row["container"] = item["container"]
        yield json.dumps(row, ensure_ascii=False).encode() + b"\n"


def _refuse_leaks(found: leaks.LeakReport) -> None:
    """Stop publication when a known identifier was found.

    Raises:
        LeakError: Naming file, kind of identifier and place, never the identifier.
    """
    if found.leaks:
        first = found.leaks[0]
        where = f"{first.file}:{first.member}" if first.member else first.file
        raise LeakError(
            f"{len(found.leaks)} known identifiers would have been published, the first a "
            f"{first.entity_type} in {where} at {first.offset}; nothing was published",
        )


def seal(
    release: Release,
    root: Path,
    *,
    keys: Keys,
    known: Callable[[], Iterable[KnownIdentifier]],
    is_id: Callable[[str], bool],
    study: Mapping[str, Any],
    report: Callable[[Mapping[str, Any]], dict[str, Any]],
    describe: Describe,
) -> dict[str, Any]:
    """Fill `root` with everything a shared folder holds, and verify it.

    Args:
        release: What was written to staging.
        root: An empty folder in staging.
        keys: Of the project; they sign the audit log.
        known: Gives every identifier the project knows.
        is_id: Tells known ids.
        study: Title, creators, licence … from `project.yaml`.
        report: Completes the report with what is only known now.
        describe: Writes what surrounds the data.

    Returns:
        The content of `report.json`.

    Raises:
        LeakError: If a known identifier stands in what was written.
    """
    trail = root.with_name("trail")
    write_data(release, root, trail)
    (root / "audit").mkdir()
    with (root / "audit" / "audit.jsonl").open("wb") as file:
        facts = chain.chain(_entries(trail), file)
    trail.unlink()
    write_withheld(release, root / "withheld.jsonl", root.with_name("order"))
    needles = Needles(known(), is_id)
    searched = leaks.search(root, needles)
    _refuse_leaks(searched)
    content = report(
        {
            "verification": {
                "files": searched.files,
                "identifiers": searched.identifiers,
                "not_searched": searched.not_searched,
                "leaks": 0,
            },
            "audit": {"entries": facts.entries, "last": facts.last, "key_id": keys.id()},
        },
    )
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    (root / "report.json").write_text(text, encoding="utf-8", newline="\n")
    describe(root, study, content)
    _refuse_leaks(_search_descriptions(root, needles))
    digest = fixity.manifest_digest(root)
    head.write_head(root / "audit" / head.HEAD, facts.entries, facts.last, digest, keys)
    fixity.write_manifest(root)
    return content


def _search_descriptions(root: Path, needles: Needles) -> leaks.LeakReport:
    """Search what describes the data: it was written after the data was searched."""
    faces = root.with_name("faces")
    if faces.exists():
        shutil.rmtree(faces)  # of a run that was killed here
    faces.mkdir()
    for path in sorted(root.iterdir()):
        if path.is_file():
            shutil.copyfile(path, faces / path.name)
    try:
        return leaks.search(faces, needles)
    finally:
        shutil.rmtree(faces)


def _sync(root: Path) -> None:
    """Bring every file and folder to disk before its name appears."""
    for folder, _, files in os.walk(root):
        for name in files:
            with (Path(folder) / name).open("rb") as file:
                os.fsync(file.fileno())
        with contextlib.suppress(OSError):  # Windows cannot open folders
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def publish(root: Path, out: Path) -> None:
    """Give a verified folder its name, by one rename.

    Where staging and `out` are on two file systems the folder is first copied beside `out`.

    Raises:
        UsageError: If `out` has appeared meanwhile or its parent cannot be written.
    """
    _sync(root)
    if out.exists():
        raise UsageError("--out has appeared during the run; nothing was published")
    beside = out.with_name(f".{out.name}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        try:
            root.rename(out)
        except OSError:
            if beside.exists():
                shutil.rmtree(beside)
            shutil.copytree(root, beside)
            _sync(beside)
            beside.rename(out)
    except OSError as error:
        raise UsageError(f"--out cannot be written: {error.strerror}") from None
