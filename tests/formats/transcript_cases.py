"""Reading and rebuilding transcripts and tables in tests."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from anonymize.formats.base import HEAD_BYTES, Format, PlanOptions, Source
from anonymize.model.documents import Document, Problem, Shard


def source_of(path: Path, data: bytes) -> Source:
    """Write `data` to `path` and return it as a source."""
    path.write_bytes(data)
    return Source(
        path=str(path),
        name=path.name,
        size=len(data),
        head=data[:HEAD_BYTES],
        label=path.name,
        output="data/" + path.name,
    )


def shard_of(
    form: Format,
    path: Path,
    data: bytes,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
) -> Shard:
    """Return the only shard of a file."""
    options = PlanOptions(columns=columns, encoding=encoding)
    (shard,) = form.plan(source_of(path, data), 0, options).shards
    return shard


def read_all(form: Format, shard: Shard) -> tuple[list[Document], list[Problem]]:
    """Return the documents and the problems of a shard."""
    found = list(form.read(shard))
    documents = [one for one in found if isinstance(one, Document)]
    return documents, [one for one in found if isinstance(one, Problem)]


def same(document: Document) -> dict[tuple[str | int, ...], str | None]:
    """Return the unchanged texts of a document, having seen that its paths are unique."""
    texts: dict[tuple[str | int, ...], str | None] = {
        one.path: one.value for one in document.fields
    }
    assert len(texts) == len(document.fields)
    assert all(0 <= one.section < len(document.sections) for one in document.fields)
    ids = [section.id for section in document.sections]
    assert len(set(ids)) == len(ids)
    return texts


def whole(form: Format, shard: Shard) -> bytes:
    """Return the file a shard makes when nothing is changed."""
    documents, _ = read_all(form, shard)
    records = [form.rebuild(document, same(document)) for document in documents]
    return shard.head + shard.between.join(records) + shard.tail
