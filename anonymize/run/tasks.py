"""The two maps of the pipeline: scan a shard, apply the decisions to a shard.

Here the stages meet.  This is also the one place that catches everything: what an input does
to a library is not foreseeable, and neither a traceback nor a crash may carry its text.  What
fails in one record withholds that record; what breaks the reader stops the run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import orjson

from anonymize.errors import AnonymizeError, EngineError, FormatError
from anonymize.formats.base import Format
from anonymize.formats.catalogue import FORMATS
from anonymize.link.tally import Tally
from anonymize.model.documents import Document, Problem, Shard
from anonymize.model.fields import Role
from anonymize.model.receipts import Receipt
from anonymize.run import engines, ledger, parts
from anonymize.run.engines import Task
from anonymize.run.project import Workspace

_BATCH_CHARS = 200_000
"""Text detected at once: enough for the model's batches, little beside its weights."""
_BLOCK = 10_000
"""Things a tally tells of before it is sealed and a new one begun: some megabytes."""
_BATCH_ITEMS = 4096
"""Items held back for it: some files, such as the likes of a takeout, have no text to wait for."""


@dataclass(frozen=True, slots=True)
class Job:
    """One shard for one stage.

    Attributes:
        shard: What to read.
        fingerprint: Of everything the result depends on.
        first: Number of items before this shard in its file, so that records without an id
            have the same name however the file is cut.
        scan: Fingerprint of the shard's scan, where that is done already.
    """

    shard: Shard
    fingerprint: str
    first: int = 0
    scan: str = ""


def stem(fingerprint: str) -> str:
    """Return what the files of a job are called."""
    return fingerprint[:32]


@contextmanager
def held(label: str, name: str) -> Iterator[None]:
    """Let nothing but an error of this program out of what a format does with an input.

    Args:
        label: How messages name the input.
        name: Of the format.

    Raises:
        FormatError: Whatever it stumbled over: the input is damaged.
        EngineError: If memory ran out.
    """
    try:
        yield
    except AnonymizeError:
        raise
    except MemoryError:
        raise EngineError(f"{label}: not enough memory to read it") from None
    except Exception as error:  # noqa: BLE001 - see the module docstring
        kind = type(error).__name__
        raise FormatError(f"{label}: cannot be read as {name} ({kind})") from None


@contextmanager
def told() -> Iterator[None]:
    """Let nothing but an error of this program out of a worker somewhere else.

    What a scheduler is told of any other it keeps, logs and shows, with the values in it.

    Raises:
        AnonymizeError: What kind of error it was and where it arose.
        EngineError: If memory ran out.
    """
    try:
        yield
    except AnonymizeError:
        raise
    except MemoryError:
        raise EngineError("a worker has not enough memory") from None
    except Exception as error:  # noqa: BLE001 - see the module docstring
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        place = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else "?"
        raise AnonymizeError(f"internal error: {type(error).__name__} at {place}") from None


def items(shard: Shard) -> Iterator[Document | Problem]:
    """Yield what the shard's format reads.

    Raises:
        FormatError: Whatever the reader stumbled over: the input is damaged.
        EngineError: If memory ran out.
    """
    with held(shard.label, shard.format):
        yield from FORMATS[shard.format].read(shard)


@dataclass(slots=True)
class _Scan:
    """What a scan gathers; `flush` detects in all documents held back."""

    engine: engines.Scanner
    sink: IO[bytes]
    sealed: IO[bytes]
    tally: Tally = field(default_factory=Tally)
    blocks: int = 0
    unaided: Counter[str] = field(default_factory=Counter)
    held: list[Document | Problem] = field(default_factory=list)
    chars: int = 0

    def take(self, item: Document | Problem) -> None:
        self.held.append(item)
        if isinstance(item, Document):
            self.chars += sum(len(f.value) for f in item.fields if f.role is Role.TEXT)
            self.chars += getattr(item.record, "weight", 0)
        if self.chars >= _BATCH_CHARS or len(self.held) >= _BATCH_ITEMS:
            self.flush()

    def flush(self) -> None:
        documents = [item for item in self.held if isinstance(item, Document)]
        found = iter(self.engine.detect(documents))
        for item in self.held:
            if isinstance(item, Problem):
                self.sink.write(parts.found_line(parts.Found(problem=item)) + b"\n")
                continue
            one = next(found)
            self.tally.note(item, one.findings, self.engine.pool)
            self.sink.write(parts.found_line(one.found) + b"\n")
            self.unaided.update(one.unaided)
        self.held.clear()
        self.chars = 0
        if self.tally.size >= _BLOCK:
            self.seal()

    def seal(self) -> None:
        """Write what was gathered, and begin anew."""
        if data := self.tally.to_bytes():
            self._block(data)
        self.tally = Tally()

    def finish(self) -> None:
        """Detect in what is left, and write the end of the tally."""
        self.flush()
        self.seal()
        self._block(b"")

    def _block(self, data: bytes) -> None:
        self.sealed.write(parts.tally_block(self.engine.keys, self.blocks, data))
        self.blocks += 1


def scan_shard(task: Task, job: Job) -> Receipt:
    """Detect in a shard; write its findings and its sealed tally.

    Raises:
        FormatError: If it cannot be read to its end.
        EngineError: If the detector itself is broken.
    """
    engine = engines.scanner(task)
    shard = job.shard
    private = Workspace(Path(task.project)).private
    folder = private / "scans"
    folder.mkdir(mode=0o700, exist_ok=True)
    name = stem(job.fingerprint)
    names = f"{name}.findings", f"{name}.tally"
    growing = [ledger.part_of(folder / one) for one in names]
    count = 0
    with ExitStack() as stack:
        sink, sealed = sinks = [stack.enter_context(part.open("wb")) for part in growing]
        scan = _Scan(engine, sink, sealed)
        for item in items(shard):
            scan.take(item)
            count += 1
        scan.finish()
        for written, part, one in zip(sinks, growing, names, strict=True):
            ledger.commit(written, part, folder / one)
    outputs = {one: ledger.digest(folder / one) for one in names}
    counts = {"items": count} | {f"unaided/{code}": n for code, n in scan.unaided.items()}
    receipt = Receipt("scan", shard.index, job.fingerprint, outputs, counts)
    ledger.Ledger(private / "receipts").write(receipt)
    return receipt


@dataclass(slots=True)
class _Apply:
    """Where the parts of a shard are written, and what is counted on the way."""

    engine: engines.Applier
    reader: Format
    job: Job
    counts: Counter[str]
    data: IO[bytes]
    index: IO[bytes]
    audit: IO[bytes]
    withheld: IO[bytes]

    @property
    def file(self) -> str:
        return self.engine.name(self.job.shard.file)

    def problem(self, problem: Problem, ordinal: int) -> None:
        self.counts[f"problem/{problem.code}"] += 1
        if problem.withheld:
            self.counts["records/read"] += 1
            self._withhold(self.engine.record_name(self.file, ordinal), problem.code)

    def _withhold(self, record: str, reason: str) -> None:
        self.counts["records/withheld"] += 1
        self.counts[f"withheld/{reason}"] += 1
        line = {"record": record, "file": self.file, "reason": reason}
        self.withheld.write(orjson.dumps(line) + b"\n")

    def document(self, document: Document, found: parts.Found, ordinal: int) -> None:
        self.counts["records/read"] += len(document.sections)
        name = self.engine.record_name(self.file, ordinal)
        try:
            done = self.engine.transform(document, found, name)
            body = b""
            if len(done.withheld) < len(document.sections):
                body = self.reader.rebuild(document, done.texts, frozenset(done.withheld))
        except AnonymizeError:
            raise
        except Exception as error:  # noqa: BLE001 - see the module docstring
            # Fail closed: a record that cannot be changed is not passed on.
            reason = f"failed-{type(error).__name__}"
            for section in range(len(document.sections)):
                self._withhold(self.engine.section_name(document, section, name), reason)
            return
        for section, reason in sorted(done.withheld.items()):
            self._withhold(self.engine.section_name(document, section, name), reason)
        self.counts["records/written"] += len(document.sections) - len(done.withheld)
        self.counts.update(done.counts)
        lines = b"".join(map(parts.entry_line, done.entries)) if body else b""
        self.data.write(body)
        self.audit.write(lines)
        self.index.write(
            parts.index_line(self.engine.order_key(name), len(body), len(lines)),
        )


def apply_shard(task: Task, job: Job) -> Receipt:
    """Rebuild a shard with its decisions applied; write its parts to staging.

    Raises:
        FormatError: If the shard is not what was scanned.
    """
    shard = job.shard
    engine = engines.applier(task)
    space = Workspace(Path(task.project))
    found = parts.read_found(space.private / "scans" / f"{stem(job.scan)}.findings")
    folder = Path(task.folder)
    name = stem(job.fingerprint)
    names = [f"{name}.{suffix}" for suffix in parts.APPLIED]
    growing = [ledger.part_of(folder / one) for one in names]
    counts: Counter[str] = Counter()
    with ExitStack() as stack:
        sinks = [stack.enter_context(part.open("wb")) for part in growing]
        apply = _Apply(engine, FORMATS[shard.format], job, counts, *sinks)
        ordinal = job.first
        for item, line in zip(items(shard), found, strict=True):
            if isinstance(item, Problem):
                apply.problem(item, ordinal)
            else:
                apply.document(item, line, ordinal)
            ordinal += 1
        for sink, part, one in zip(sinks, growing, names, strict=True):
            ledger.commit(sink, part, folder / one)
    outputs = {one: ledger.digest(folder / one) for one in names}
    receipt = Receipt("apply", shard.index, job.fingerprint, outputs, dict(counts))
    ledger.Ledger(space.private / "receipts").write(receipt)
    return receipt
