"""Collected statuses of Mastodon's API: one JSON object a line, or an array of them.

Accounts collected by themselves are read as well.  Which of the two an object is, is told one by
one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from anonymize.formats.archives import open_source
from anonymize.formats.base import Plan, PlanOptions, Source, Texts
from anonymize.formats.json_shapes import Shape
from anonymize.formats.json_values import BOM, loads
from anonymize.formats.lines import first_object, line_shards, read_lines, whole
from anonymize.formats.mastodon import rebuilt
from anonymize.formats.mastodon_api import AUTHOR, STATUS, posts, shape_of, writers
from anonymize.formats.mastodon_stream import elements, first_element
from anonymize.formats.mastodon_taken import expand
from anonymize.formats.x_tweet import language, text_of
from anonymize.model.documents import Document, Problem, Section, Shard

_UNKNOWN = Shape({})
_ARRAY = "array"


def document_of(value: dict[str, Any], name: str) -> Document:
    """Return the document of one status or account.

    Args:
        value: As it was read.
        name: Names the record when it has no id of its own.
    """
    shape = shape_of(value)
    record, fields = expand(value, shape or _UNKNOWN)
    if shape is None:
        section = Section(name, withhold="unknown-record")
        return Document(name, tuple(fields), (section,), record)
    own = text_of(value.get("id")) or name
    if shape is not STATUS:
        subject = next((one.subject for one in fields if one.subject), "")
        return Document(own, tuple(fields), (Section(own, subject),), record, own)
    section = Section(own, AUTHOR, posts(value))
    scope = text_of(value.get("in_reply_to_id")) or own
    code = language(value.get("language"))
    return Document(own, tuple(fields), (section,), record, scope, code, writers(fields))


class MastodonStatuses:
    """Reader and writer of collected statuses."""

    name = "mastodon-statuses"
    stem = "statuses"
    suffixes = (".jsonl", ".json", ".ndjson")
    rank = 35
    packable = True

    def claims(self, source: Source) -> bool:
        """Whether the first object is a status or account of Mastodon."""
        if source.folder:
            return False
        first = first_element(source.head) if _is_array(source) else first_object(source)
        return isinstance(first, dict) and shape_of(first) is not None

    def plan(self, source: Source, first_index: int, options: PlanOptions) -> Plan:
        """Cut a file of lines at line ends; an array is one shard."""
        if not _is_array(source):
            return Plan(line_shards(source, first_index, options, self.name))
        shard = replace(
            whole(source, self.name),
            index=first_index,
            output=source.output,
            head=b"[\n",
            between=b",\n",
            tail=b"\n]\n",
            options=((_ARRAY, "1"),),
        )
        return Plan((shard,))

    def read(self, shard: Shard) -> Iterator[Document | Problem]:
        """Yield a document for each line or element.

        Raises:
            FormatError: If an array is damaged; the message names the record, from 1.
        """
        if (_ARRAY, "1") in shard.options:
            with open_source(shard) as stream:
                for record, item in enumerate(elements(stream, shard.label, "item")):
                    yield _item(item, record, f"@{record}")
            return
        for record, (at, line) in enumerate(read_lines(shard)):
            parsed = loads(line)
            if parsed is None:
                yield Problem("invalid-json", record)
                continue
            if parsed.repaired:
                yield Problem("lone-surrogate", record, withheld=False)
            yield _item(parsed.value, record, f"@{at}")

    def rebuild(
        self,
        document: Document,
        texts: Texts,
        withheld: frozenset[int] = frozenset(),
    ) -> bytes:
        """Return the line or element with new values, without its end."""
        return b"" if withheld else rebuilt(document, texts)


def _item(value: Any, record: int, name: str) -> Document | Problem:
    if not isinstance(value, dict):
        return Problem("not-an-object", record)
    try:
        return document_of(value, name)
    except RecursionError:
        return Problem("nested-too-deep", record)


def _is_array(source: Source) -> bool:
    return source.head.removeprefix(BOM).lstrip().startswith(b"[")


FORMAT = MastodonStatuses()
