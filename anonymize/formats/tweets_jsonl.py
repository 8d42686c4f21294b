"""Collected tweets, one JSON object a line, or in one list: API v1.1, v2, activity streams.

What a line is, is told line by line, for real collections are mixed.  Lines that speak of the
stream itself (deletions and other notices) are honoured and never written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from anonymize.formats.base import Plan, PlanOptions, Source, Texts
from anonymize.formats.json_pieces import layout_of, piece_shards, read_pieces
from anonymize.formats.json_shapes import put_back
from anonymize.formats.json_values import dumps, loads
from anonymize.formats.lines import first_object, line_shards, read_lines
from anonymize.formats.tweet_lines import Line, document_of, is_known
from anonymize.model.documents import Document, Problem, Shard

__all__ = ["FORMAT", "TweetsJsonl", "document_of"]


class TweetsJsonl:
    """Reader and writer of collected tweets."""

    name = "tweets-jsonl"
    stem = "tweets"
    suffixes = (".jsonl", ".json", ".ndjson")
    rank = 40
    packable = True

    def claims(self, source: Source) -> bool:
        """Whether the first line is a JSON object, or a list or layout begins with a tweet."""
        if source.folder:
            return False
        return first_object(source) is not None or bool(_layout(source))

    def plan(self, source: Source, first_index: int, options: PlanOptions) -> Plan:
        """Cut the file at line ends, or where elements of its list end.

        Raises:
            FormatError: If the file cannot be read, or its list is damaged.
        """
        if first_object(source) is not None:
            return Plan(line_shards(source, first_index, options, self.name))
        layout = _layout(source)
        return Plan(piece_shards(source, first_index, options, self.name, layout))

    def read(self, shard: Shard) -> Iterator[Document | Problem]:
        """Yield a document for each line or element."""
        pieces = read_pieces(shard) if shard.options else read_lines(shard)
        for record, (at, line) in enumerate(pieces):
            parsed = loads(line)
            if parsed is None or not isinstance(parsed.value, dict):
                yield Problem("invalid-json" if parsed is None else "not-an-object", record)
                continue
            try:
                document = document_of(parsed.value, f"@{at}")
            except RecursionError:
                yield Problem("nested-too-deep", record)
                continue
            if parsed.repaired:
                yield Problem("lone-surrogate", record, withheld=False)
            if b"\n" in line and isinstance(document.record, Line):
                document = replace(document, record=replace(document.record, indent=True))
            yield document

    def rebuild(
        self,
        document: Document,
        texts: Texts,
        withheld: frozenset[int] = frozenset(),
    ) -> bytes:
        """Return the line with new values, without its end."""
        line = document.record
        if not isinstance(line, Line):
            raise TypeError("not a document of this format")
        if withheld and len(withheld) >= len(document.sections):
            return b""
        if line.leads:
            led = {
                path: lead + new for path, lead in line.leads.items() if (new := texts.get(path))
            }
            texts = {**texts, **led}
        built = put_back(line.value, document.fields, texts, line.leaving(withheld))
        return dumps(built, indent=line.indent)


def _layout(source: Source) -> str:
    """Return the layout of a file that does not hold an object a line; empty for none known."""
    found = layout_of(source)
    if found is None:
        return ""
    parsed = loads(found[1])
    try:
        return found[0] if parsed is not None and is_known(parsed.value) else ""
    except RecursionError:
        return ""


FORMAT = TweetsJsonl()
