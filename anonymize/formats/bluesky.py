"""Bluesky: answers of its API, records and streams of events, as JSON in any layout.

One object, one array of them, or one a line; which lexicon a value is of is told one by one,
for collections are mixed.  An array is written with an element a line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from anonymize.formats.base import Plan, PlanOptions, Source, Texts
from anonymize.formats.bluesky_documents import document_of, rewritten
from anonymize.formats.json_layouts import ARRAY, LINES, VALUES, values
from anonymize.formats.json_values import BOM, loads
from anonymize.formats.lines import first_object, line_shards, whole
from anonymize.model.documents import Document, Problem, Shard

_LAYOUT = "layout"
# No string of JSON holds such a pair: the quotes in it would be escaped.
_MARK = re.compile(
    rb'"(?:did|src|uri|id|\$type|py_type)"\s*:\s*"'
    rb"(?:did:[a-z]+:|at://|(?:app\.bsky|chat\.bsky|com\.atproto)\.)",
)
_EMPTY_FEED = re.compile(
    rb'\{\s*(?:"cursor"\s*:\s*(?:null|"[^"\\]*")\s*,\s*)?"feed"\s*:\s*\[\s*\]',
)


class Bluesky:
    """Reader and writer of JSON of Bluesky."""

    name = "bluesky"
    stem = "bluesky"
    suffixes = (".jsonl", ".json", ".ndjson")
    rank = 35
    packable = True

    def claims(self, source: Source) -> bool:
        """Whether the first value, as far as the head shows it, speaks of the AT protocol."""
        head = source.head.removeprefix(BOM).lstrip()
        if source.folder or not head.startswith((b"{", b"[")):
            return False
        line = head.partition(b"\n")[0]
        first = line if head.startswith(b"{") and loads(line) is not None else head
        return _MARK.search(first) is not None or _EMPTY_FEED.match(first) is not None

    def plan(self, source: Source, first_index: int, options: PlanOptions) -> Plan:
        """Cut a file of lines at line ends; any other layout is one shard."""
        if first_object(source) is not None:
            shards = line_shards(source, first_index, options, self.name)
            return Plan(tuple(replace(one, options=((_LAYOUT, LINES),)) for one in shards))
        shard = replace(whole(source, self.name), index=first_index, output=source.output)
        if source.head.removeprefix(BOM).lstrip().startswith(b"["):
            head, between, tail = b"[\n", b",\n", b"\n]\n"
            layout = ARRAY
        else:
            head, between, tail = b"", b"\n", b"\n"
            layout = VALUES
        options_ = ((_LAYOUT, layout),)
        made = replace(shard, head=head, between=between, tail=tail, options=options_)
        return Plan((made,))

    def read(self, shard: Shard) -> Iterator[Document | Problem]:
        """Yield a document for each value.

        Raises:
            FormatError: If brackets do not match, or a value is cut off or too long.
        """
        layout = dict(shard.options).get(_LAYOUT, LINES)
        for record, (name, data) in enumerate(values(shard, layout)):
            parsed = loads(data)
            if parsed is None or not isinstance(parsed.value, dict):
                yield Problem("invalid-json" if parsed is None else "not-an-object", record)
                continue
            try:
                document = document_of(parsed.value, name, indent=layout == VALUES)
            except RecursionError:
                yield Problem("nested-too-deep", record)
                continue
            if parsed.repaired:
                yield Problem("lone-surrogate", record, withheld=False)
            yield document

    def rebuild(
        self,
        document: Document,
        texts: Texts,
        withheld: frozenset[int] = frozenset(),
    ) -> bytes:
        """Return the value with new values, without what follows it."""
        return rewritten(document, texts, withheld)


FORMAT = Bluesky()
