"""Looking without changing: what personal data is in an input."""

from __future__ import annotations

import json
import secrets
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from anonymize.detect.known import KnownMatcher
from anonymize.errors import UsageError
from anonymize.formats import gold_jsonl
from anonymize.formats.intake import Intake, take_in
from anonymize.link.resolve import resolve as link_persons
from anonymize.link.store import IdentityStore
from anonymize.link.tally import Tally
from anonymize.model.documents import Document, Problem
from anonymize.model.fields import Path as FieldPath
from anonymize.model.fields import Role
from anonymize.model.keys import Keys
from anonymize.model.roster import Roster
from anonymize.model.spans import Finding, Span
from anonymize.rulepacks import vocabulary
from anonymize.rulepacks.roster import load_roster
from anonymize.rulepacks.study import PACKS
from anonymize.run import engines, facts, tasks
from anonymize.run.progress import Progress, Silent
from anonymize.run.spec import SHARD_BYTES, check_language, parse_recall

_BATCH = 256
"""Documents detected at once."""


@dataclass(frozen=True, slots=True)
class Exploration:
    """What personal data an input holds.

    Attributes:
        documents: `{"id", "file", "spans": [{"path", "start", "end", "entity_type", "score",
            "recognizer"}]}` in the order of the input.
        table: Number of spans by file, field pattern and entity type.
        records: Records read.
        problems: Trouble in records, by code.
        dropped: Files that would not be converted, by name.
        warnings: What to know of languages that no model reads.
    """

    documents: list[dict[str, Any]] = field(repr=False)
    table: Mapping[tuple[str, str, str], int]
    records: int
    problems: Mapping[str, int]
    dropped: Mapping[str, str]
    warnings: tuple[str, ...] = ()


def explore(
    inputs: Sequence[Path],
    *,
    packs: tuple[str, ...] = (),
    language: str = "",
    recall: str = "",
    people: Path | None = None,
    columns: Mapping[str, str] | None = None,
    encoding: str = "",
    report: Path | None = None,
    progress: Progress | None = None,
) -> Exploration:
    """Find personal data in inputs as a run would, without writing anything but `report`.

    Raises:
        FormatError: If an input is damaged or of no known format.
        RuleError: If a pack or the roster is invalid.
        EngineError: If languages cannot be told apart, or a model is missing.
        UsageError: If language or recall is none.
    """
    check_language(language)
    dial = parse_recall(recall)
    languages = engines.spoken(language)
    keys = Keys(secrets.token_bytes(32))
    names = packs or engines.with_languages(PACKS, languages)
    roster = load_roster(people) if people is not None else Roster()
    intake = take_in(
        [str(path) for path in inputs],
        name_token=lambda name: keys.token("file", name),
        shard_bytes=SHARD_BYTES,
        columns=dict(columns or {}) or None,
        encoding=encoding or None,
        guard=tasks.held,
    )
    scanner = engines.Scanner(keys, engines.detector(names, languages, dial), frozenset())
    told = progress or Silent()
    tally = Tally()
    found: list[engines.Scanned] = []
    told.start("scan", len(intake.shards))
    for batch, last in _batches(intake):
        documents = [item for item in batch if isinstance(item, Document)]
        detected = scanner.detect(documents)
        for document, one in zip(documents, detected, strict=True):
            tally.note(document, one.findings, frozenset())
        found += detected
        told.advance(last)
    told.finish()
    matcher = _learned(tally, roster, keys, names)
    explored = _report(
        intake,
        found,
        matcher,
        partial(facts.warnings, recall=dial, languages=languages, roster=True),
    )
    if report is not None:
        _write(explored, report)
    return explored


def _batches(intake: Intake) -> Iterator[tuple[list[Document | Problem], int]]:
    """Yield documents in batches, with the number of shards finished by each."""
    for shard in intake.shards:
        batch: list[Document | Problem] = []
        for item in tasks.items(shard):
            batch.append(item)
            if len(batch) >= _BATCH:
                yield batch, 0
                batch = []
        yield batch, 1


def _learned(
    tally: Tally,
    roster: Roster,
    keys: Keys,
    names: tuple[str, ...],
) -> KnownMatcher:
    """Return a matcher of everything the metadata and the roster tell.

    The store it is derived in is sealed under a key that lives as long as this call.
    """
    packs = engines.rule_packs(names)
    with (
        tempfile.TemporaryDirectory(prefix="anonymize-") as folder,
        IdentityStore(Path(folder) / "vault.sqlite", keys, write=True) as store,
    ):
        link_persons(
            tally,
            roster,
            store,
            keys,
            ordinary=vocabulary.ordinary(packs),
            allow=vocabulary.allowed(packs),
        )
        known = list(store.known())
    return KnownMatcher(known, is_id=tally.ids.__contains__)


def _report(
    intake: Intake,
    found: Sequence[engines.Scanned],
    matcher: KnownMatcher,
    warn: Callable[[Mapping[str, int]], list[str]],
) -> Exploration:
    detections = iter(found)
    documents: list[dict[str, Any]] = []
    table: Counter[tuple[str, str, str]] = Counter()
    problems: Counter[str] = Counter()
    unaided: Counter[str] = Counter()
    records = 0
    for shard in intake.shards:
        for item in tasks.items(shard):
            if isinstance(item, Problem):
                problems[item.code] += 1
                records += item.withheld
                continue
            scanned = next(detections)
            problems.update(reason for _, reason in scanned.withheld)
            if not shard.output:
                continue
            unaided.update(scanned.unaided)
            records += len(item.sections)
            spans = _spans(item, scanned.findings, matcher)
            if shard.format == gold_jsonl.FORMAT.name:
                # Its ids name documents of a test, and are compared by nobody.
                spans = [(path, span) for path, span in spans if path != ("id",)]
            documents.append(
                {
                    "id": item.id,
                    "file": shard.label,
                    "spans": [
                        {
                            "path": list(path),
                            "start": span.start,
                            "end": span.end,
                            "entity_type": span.entity_type,
                            "score": round(span.score, 4),
                            "recognizer": span.recognizer,
                        }
                        for path, span in spans
                    ],
                },
            )
            for path, span in spans:
                pattern = ".".join("[]" if isinstance(step, int) else step for step in path)
                table[shard.label, pattern.replace(".[]", "[]"), span.entity_type] += 1
    dropped = {item.name: item.reason for item in intake.dropped}
    return Exploration(
        documents,
        table,
        records,
        dict(sorted(problems.items())),
        dropped,
        tuple(warn(unaided)),
    )


_FIELD_TYPES = {
    Role.HANDLE: "HANDLE",
    Role.NAME: "PERSON",
}


def _spans(
    document: Document,
    findings: Sequence[Finding],
    matcher: KnownMatcher,
) -> list[tuple[FieldPath, Span]]:
    by_path = engines.by_field(findings)
    out: list[tuple[FieldPath, Span]] = []
    for one in document.fields:
        if one.role is Role.TEXT:
            marked = engines.marked(one, by_path.get(one.path, ()), matcher)
            out += [(one.path, span) for span in marked]
        elif one.role in _FIELD_TYPES and one.value:
            kind = _FIELD_TYPES[one.role]
            out.append((one.path, Span(0, len(one.value), kind, 1.0, f"field/{one.role}")))
        elif one.role is Role.ID and one.value:
            kind = "USER_ID" if one.kind == "user" else "POST_ID"
            out.append((one.path, Span(0, len(one.value), kind, 1.0, "field/id")))
    return out


def _write(explored: Exploration, target: Path) -> None:
    rows = [
        {"file": file, "field": place, "entity_type": kind, "count": count}
        for (file, place, kind), count in sorted(explored.table.items())
    ]
    content = {
        "records": explored.records,
        "found": rows,
        "problems": dict(explored.problems),
        "dropped": dict(explored.dropped),
        "warnings": list(explored.warnings),
    }
    text = json.dumps(content, ensure_ascii=False, indent=2) + "\n"
    try:
        target.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise UsageError(f"--report cannot be written: {error.strerror}") from None
