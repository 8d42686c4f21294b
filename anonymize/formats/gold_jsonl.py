"""Annotated texts, one JSON object a line: `{"id", "text", "entities": [{start, end, label}]}`.

The form in which gold and findings are exchanged.  Annotations name persons by position, so
they are dropped.
"""

from __future__ import annotations

from collections.abc import Iterator

from anonymize.formats.base import Plan, PlanOptions, Source, Texts
from anonymize.formats.json_shapes import DROPPED, Leaf, Shape, cut, put_back
from anonymize.formats.json_values import dumps, loads
from anonymize.formats.lines import first_object, line_shards, read_lines
from anonymize.formats.x_tweet import text_of
from anonymize.model.documents import Document, Problem, Section, Shard
from anonymize.model.fields import Encoding, Role

_GOLD = Shape(
    {
        "id": Leaf(Role.ID, "other"),
        "text": Leaf(Role.TEXT, encoding=Encoding.HTML),
        "entities": DROPPED,
        "meta": DROPPED,
    },
)


class GoldJsonl:
    """Reader and writer of annotated texts."""

    name = "gold-jsonl"
    stem = "texts"
    suffixes = (".jsonl", ".json", ".ndjson")
    rank = 30
    packable = True

    def claims(self, source: Source) -> bool:
        """Whether the first line has a text and a list of entities."""
        first = None if source.folder else first_object(source)
        return (
            first is not None
            and isinstance(first.get("text"), str)
            and isinstance(first.get("entities"), list)
            and "id" in first
        )

    def plan(self, source: Source, first_index: int, options: PlanOptions) -> Plan:
        """Cut the file at line ends."""
        return Plan(line_shards(source, first_index, options, self.name))

    def read(self, shard: Shard) -> Iterator[Document | Problem]:
        """Yield a document for each line; its id is the gold id."""
        for record, (at, line) in enumerate(read_lines(shard)):
            parsed = loads(line)
            value = parsed.value if parsed is not None else None
            if parsed is None or not isinstance(value, dict):
                yield Problem("invalid-json" if parsed is None else "not-an-object", record)
                continue
            if not isinstance(value.get("text"), str):
                yield Problem("no-text", record, "text")
                continue
            try:
                fields = tuple(cut(value, _GOLD))
            except RecursionError:
                yield Problem("nested-too-deep", record)
                continue
            if parsed.repaired:
                yield Problem("lone-surrogate", record, withheld=False)
            name = text_of(value.get("id")) or f"@{at}"
            yield Document(name, fields, (Section(name),), value, name)

    def rebuild(
        self,
        document: Document,
        texts: Texts,
        withheld: frozenset[int] = frozenset(),
    ) -> bytes:
        """Return the line with new values, without its end."""
        if withheld:
            return b""
        return dumps(put_back(document.record, document.fields, texts))


FORMAT = GoldJsonl()
