"""What a scan holds back while it waits for a batch of text."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from anonymize.link import blocks
from anonymize.link.tally import Tally
from anonymize.model.documents import Document, Section
from anonymize.model.fields import Field, Role
from anonymize.model.keys import Keys
from anonymize.run import parts, tasks
from anonymize.run.engines import Scanned


class _Scanner:
    pool: frozenset[str] = frozenset()
    keys = Keys(b"k" * 32)

    def __init__(self) -> None:
        self.batches: list[int] = []

    def detect(self, documents: Sequence[Document]) -> list[Scanned]:
        self.batches.append(len(documents))
        return [Scanned(()) for _ in documents]


def test_items_without_text_are_not_held(monkeypatch: pytest.MonkeyPatch) -> None:
    """The likes of a takeout have no text, and all the same only some are held at a time."""
    monkeypatch.setattr(tasks, "_BATCH_ITEMS", 3)
    scanner = _Scanner()
    scan = tasks._Scan(scanner, io.BytesIO(), io.BytesIO())  # type: ignore[arg-type]
    for number in range(7):
        scan.take(Document(str(number), (), (Section(str(number)),), None))
    scan.flush()
    assert scanner.batches == [3, 3, 1]


def test_a_long_shard_has_many_tallies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is learned of a file of any length is sealed block by block, and nothing is lost."""
    monkeypatch.setattr(tasks, "_BATCH_ITEMS", 2)
    monkeypatch.setattr(tasks, "_BLOCK", 3)
    path, whole = tmp_path / "some.tally", Tally()
    with path.open("wb") as sealed:
        scan = tasks._Scan(_Scanner(), io.BytesIO(), sealed)  # type: ignore[arg-type]
        for number in range(100_000, 100_009):
            field = Field(("id",), Role.ID, str(number), kind="post")
            document = Document(str(number), (field,), (Section(str(number)),), None)
            whole.note(document, [], frozenset())
            scan.take(document)
        scan.finish()
    found = list(parts.read_tally(path, _Scanner.keys))
    assert len(found) == 3
    again = Tally()
    for block in found:
        again.read(block)
    assert again.to_bytes() == whole.to_bytes()
    assert sorted(blocks.ids(lambda: iter(found))) == sorted(whole.ids)
