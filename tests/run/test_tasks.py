"""What a scan holds back while it waits for a batch of text."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pytest

from anonymize.model.documents import Document, Section
from anonymize.model.keys import Keys
from anonymize.run import tasks
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
