"""The roster, drafted from the material, and checked by itself and against the material."""

from __future__ import annotations

import secrets
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from anonymize.detect.known import KnownMatcher
from anonymize.errors import RuleError, UsageError
from anonymize.formats.intake import Intake, take_in
from anonymize.link.conflicts import Conflict, Severity, in_material, in_roster
from anonymize.link.drafting import Draft, draft
from anonymize.link.rulings import Ruling
from anonymize.link.sightings import Everybody, Sightings, sight
from anonymize.link.store import IdentityStore
from anonymize.link.tally import Tally
from anonymize.model.documents import Document, Problem, Shard
from anonymize.model.fields import Role
from anonymize.model.keys import Keys
from anonymize.model.roster import Roster
from anonymize.rulepacks import vocabulary
from anonymize.rulepacks.policies import load_policy
from anonymize.rulepacks.roster import load_roster
from anonymize.rulepacks.study import Study, load_study
from anonymize.run import engines, facts, reduce, tasks
from anonymize.run.people_csv import as_objects, faults_of, rows_of, written
from anonymize.run.progress import Progress, Silent
from anonymize.run.spec import SHARD_BYTES, check_language
from anonymize.run.who import opened

_BATCH = 256
"""Documents detected at once."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """How material is read and who is sought in it.

    Attributes:
        inputs: Files and folders.
        project: A project whose settings, roster, rulings and earlier evidence count.
        people: The roster; None for the project's own, or none.
        packs: Names or files of rule packs; empty for the project's own.
        language: ISO 639-1 code or `auto`; empty for the project's own.
        columns: Roles of the columns of a table nobody knows.
        encoding: Encoding of text files that are not UTF-8.
    """

    inputs: tuple[Path, ...] = field(default=(), repr=False)
    project: Path | None = None
    people: Path | None = field(default=None, repr=False)
    packs: tuple[str, ...] = ()
    language: str = ""
    columns: Mapping[str, str] = field(default_factory=dict, repr=False)
    encoding: str = ""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A drafted roster.

    Attributes:
        draft: The rows; private.
        problems: Trouble in records, by code.
        warnings: What to know of languages that no model reads.
    """

    draft: Draft
    problems: Mapping[str, int]
    warnings: tuple[str, ...] = ()

    @property
    def lines(self) -> list[str]:
        """The draft as the lines of a `people.csv`; private."""
        return written(self.draft)

    @property
    def content(self) -> dict[str, object]:
        """The draft as JSON values; private."""
        return as_objects(self.draft)


@dataclass(frozen=True, slots=True)
class Review:
    """A checked roster.

    Attributes:
        file: What the roster's file is called.
        rows: Number of rows.
        conflicts: Findings, in the order of their lines.
        against: Whether there was material to check against.
    """

    file: str
    rows: int
    conflicts: tuple[Conflict, ...]
    against: bool

    @property
    def sound(self) -> bool:
        """Whether nothing contradicts."""
        return all(one.severity is not Severity.ERROR for one in self.conflicts)


def suggest(
    inputs: Sequence[Path],
    *,
    project: Path | None = None,
    people: Path | None = None,
    packs: tuple[str, ...] = (),
    language: str = "",
    columns: Mapping[str, str] | None = None,
    encoding: str = "",
    least: int = 1,
    progress: Progress | None = None,
    unlock: Callable[[], None] | None = None,
) -> Suggestion:
    """Draft the roster from material, without writing anything.

    Args:
        inputs: Files and folders.
        project: A project whose settings, roster, rulings and earlier evidence count.
        people: The roster; None for the project's own, if there is one.
        packs: Names or files of rule packs; empty for the project's own.
        language: ISO 639-1 code or `auto`; empty for the project's own.
        columns: Roles of the columns of a table nobody knows.
        encoding: Encoding of text files that are not UTF-8.
        least: Mentions a new row must have.
        progress: Told how far it is.
        unlock: Called when the project's key is locked.

    Raises:
        FormatError: If an input is damaged or of no known format.
        RuleError: If a pack or the roster is invalid.
        EngineError: If languages cannot be told apart, or a model is missing.
        UsageError: If an argument is no such thing.
    """
    if least < 1:
        raise UsageError("--min must be at least 1")
    reading = _Reading(
        tuple(inputs), project, people, packs, language, columns or {}, encoding,
    )  # fmt: skip
    material = _Material(reading, unlock)
    path = material.people
    roster = load_roster(path) if path is not None else Roster()
    if not inputs:
        raise UsageError("nothing to do: name at least one input file or folder")
    told = progress or Silent()
    material.scan(told)
    with material.linked(roster) as store:
        who = Everybody(store)
        matcher = KnownMatcher(store.known(), is_id=material.tally.ids.__contains__)
        seen: dict[str, Sightings] = {}
        told.start("count", len(material.intake.shards))
        for shard, item, scanned in material.again():
            by_path = engines.by_field(scanned.findings)
            texts = (one for one in item.fields if one.role is Role.TEXT)
            spans = {
                one.path: engines.marked(one, by_path.get(one.path, ()), matcher) for one in texts
            }
            sight(item, spans, who, material.name(shard), seen)
        told.advance(len(material.intake.shards))
        told.finish()

        def named(name: str) -> str:
            person = who.called(name)
            return "" if person is None else person.id

        drafted = draft(store.persons(), seen, store.why(), roster, named, least=least)
    return Suggestion(drafted, dict(sorted(material.problems.items())), material.warnings())


def check(
    inputs: Sequence[Path] = (),
    *,
    project: Path | None = None,
    people: Path | None = None,
    packs: tuple[str, ...] = (),
    language: str = "",
    columns: Mapping[str, str] | None = None,
    encoding: str = "",
    progress: Progress | None = None,
    unlock: Callable[[], None] | None = None,
) -> Review:
    """Find what is wrong or doubtful in a roster.

    By itself; and against the inputs and what earlier runs of the project saw, where there
    are any.

    Args:
        inputs: Files and folders; may be none.
        project: A project whose settings, roster, rulings and earlier evidence count.
        people: The roster; None for the project's own.
        packs: Names or files of rule packs; empty for the project's own.
        language: ISO 639-1 code or `auto`; empty for the project's own.
        columns: Roles of the columns of a table nobody knows.
        encoding: Encoding of text files that are not UTF-8.
        progress: Told how far it is.
        unlock: Called when the project's key is locked.

    Raises:
        UsageError: If neither roster nor project is given.
        AnonymizeError: As `suggest` does; contradictions in the roster are no errors here.
    """
    reading = _Reading(
        tuple(inputs), project, people, packs, language, columns or {}, encoding,
    )  # fmt: skip
    material = _Material(reading, unlock)
    path = material.people
    if path is None:
        raise UsageError("which roster? name it with --people, or a project with --project")
    faults: list[Conflict] = []
    try:
        rows = load_roster(path).rows
    except RuleError as error:
        rows = rows_of(path)
        faults = faults_of(error, rows)
    common = vocabulary.ordinary(material.packs) | vocabulary.everyday()
    found = [*faults, *in_roster(rows, common.__contains__)]
    if inputs:
        material.scan(progress or Silent())
    against = bool(inputs) or material.has_history
    if against and rows:
        with material.linked(Roster(rows)) as store:
            told = {(one.line, one.code) for one in found}
            seen = in_material(rows, store.evidence(), Everybody(store), store.is_real)
            found += [one for one in seen if (one.line, one.code) not in told]
    found.sort(key=lambda one: (one.line, list(Severity).index(one.severity), one.code))
    return Review(path.name, len(rows), tuple(found), against)


class _Material:
    """Material being read, and what a project brings to it.

    Args:
        reading: What was asked for.
        unlock: Called when the project's key is locked.
    """

    def __init__(self, reading: _Reading, unlock: Callable[[], None] | None) -> None:
        check_language(reading.language)
        self._reading = reading
        # What is derived here is sealed under a key that lives as long as this call.
        self._keys = Keys(secrets.token_bytes(32))
        self._space = opened(reading.project, None) if reading.project is not None else None
        self._study = load_study(self._space.settings) if self._space is not None else Study()
        self._policy = load_policy(self._study.policy)
        self._languages = engines.spoken(reading.language or self._study.language)
        self._names = reading.packs or engines.with_languages(self._study.packs, self._languages)
        self.packs = engines.rule_packs(self._names)
        self.people = reading.people or (self._space.people if self._space is not None else None)
        self.tally = Tally()
        self.problems: Counter[str] = Counter()
        self.intake = Intake((), (), ())
        self._found: list[engines.Scanned] = []
        self._rulings: list[Ruling] = []
        self.has_history = self._space is not None and self._space.vault.is_file()
        if self.has_history and self._space is not None:
            space = opened(self._space.root, unlock)
            with IdentityStore(space.vault, space.keys()) as store:
                self._rulings = store.rulings()
                self._earlier = store.evidence()
        else:
            self._earlier = Tally()

    def scan(self, told: Progress) -> None:
        """Detect in the inputs."""
        given = {name: role for role, names in self._study.columns.items() for name in names}
        self.intake = take_in(
            [str(path) for path in self._reading.inputs],
            name_token=lambda name: self._keys.token("file", name),
            shard_bytes=SHARD_BYTES,
            columns=dict(self._reading.columns) or given or None,
            encoding=self._reading.encoding or None,
            include=self._study.include,
            guard=tasks.held,
        )
        detector = engines.detector(self._names, self._languages, self._policy.recall)
        scanner = engines.Scanner(self._keys, detector, frozenset())
        told.start("scan", len(self.intake.shards))
        for shard in self.intake.shards:
            batch: list[Document] = []
            for item in tasks.items(shard):
                if isinstance(item, Problem):
                    self.problems[item.code] += 1
                    continue
                batch.append(item)
                if len(batch) >= _BATCH:
                    self._detect(scanner, batch)
                    batch = []
            self._detect(scanner, batch)
            told.advance()
        told.finish()

    def _detect(self, scanner: engines.Scanner, batch: Sequence[Document]) -> None:
        for document, one in zip(batch, scanner.detect(batch), strict=True):
            self.tally.note(document, one.findings, frozenset())
            self._found.append(one)
            self.problems.update(reason for _, reason in one.withheld)

    def again(self) -> Iterator[tuple[Shard, Document, engines.Scanned]]:
        """Yield every document that would be released once more, with what was detected."""
        found = iter(self._found)
        for shard in self.intake.shards:
            for item in tasks.items(shard):
                if isinstance(item, Document):
                    scanned = next(found)
                    if shard.output:
                        yield shard, item, scanned

    @contextmanager
    def linked(self, roster: Roster) -> Iterator[IdentityStore]:
        """Say who is who as a run would, in a private folder that is gone afterwards."""
        # Made 0700 by the standard library, and removed on errors too.
        with (
            tempfile.TemporaryDirectory(prefix="anonymize-") as folder,
            IdentityStore(Path(folder) / "vault.sqlite", self._keys, write=True) as store,
        ):
            store.rule(self._rulings)
            self._earlier.merge(self.tally)
            reduce.link(store, self._earlier, roster, self._policy, self._keys, self.packs)
            yield store

    def name(self, shard: Shard) -> str:
        """Return what the researcher calls a file: as she typed it, in a folder by its path."""
        if "/#" not in shard.label or ":" in shard.label:
            return shard.label
        source = Path(shard.source)
        for given in self._reading.inputs:
            if given.is_dir() and source.is_relative_to(given):
                return source.relative_to(given.parent).as_posix()
        return shard.label

    def warnings(self) -> tuple[str, ...]:
        """Return what is to be known of languages that no model reads."""
        unaided: Counter[str] = Counter()
        for one in self._found:
            unaided.update(one.unaided)
        return tuple(
            facts.warnings(unaided, self._policy.recall, self._languages, roster=True),
        )
