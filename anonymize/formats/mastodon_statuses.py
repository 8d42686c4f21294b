"""What Mastodon's API answers: statuses, accounts, notifications, and pages of them.

One object, one array of them, or one a line; what an object is, is told one by one.  A page (what
stands around a status, what a search found) has a section for each status and account in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from anonymize.formats.base import Plan, PlanOptions, Source, Texts
from anonymize.formats.json_layouts import ARRAY, LINES, VALUES, values
from anonymize.formats.json_shapes import Shape
from anonymize.formats.json_values import BOM, loads
from anonymize.formats.lines import first_object, line_shards, whole
from anonymize.formats.mastodon import rebuilt
from anonymize.formats.mastodon_api import (
    AUTHOR,
    CONVERSATION,
    LISTED,
    PAGE,
    STATUS,
    posts,
    shape_of,
    writers,
)
from anonymize.formats.mastodon_stream import first_element
from anonymize.formats.mastodon_taken import Record, expand
from anonymize.formats.x_tweet import language, text_of
from anonymize.model.documents import Document, Problem, Section, Shard
from anonymize.model.fields import SHARED, Field, Path

_UNKNOWN = Shape({})
_LAYOUT = "layout"
_PAGE = re.compile(rb'\{\s*"(?:ancestors|descendants|accounts|statuses|hashtags)"\s*:\s*\[')
_ACCOUNT = re.compile(rb'"acct"\s*:\s*"')


def document_of(value: dict[str, Any], name: str, *, indent: bool = False) -> Document:
    """Return the document of one object.

    Args:
        value: As it was read.
        name: Names the record when it has no id of its own.
        indent: Whether it is written over several lines.
    """
    shape = shape_of(value)
    record, fields = expand(value, shape or _UNKNOWN)
    record = replace(record, indent=indent)
    if shape is None:
        section = Section(name, withhold="unknown-record")
        return Document(name, tuple(fields), (section,), record)
    if shape is PAGE:
        return _page(value, name, record, fields)
    own = text_of(value.get("id")) or name
    if shape is STATUS:
        section = Section(own, AUTHOR, posts(value))
        scope = text_of(value.get("in_reply_to_id")) or own
        code = language(value.get("language"))
        return Document(own, tuple(fields), (section,), record, scope, code, writers(fields))
    subject = next((one.subject for one in fields if one.subject), "")
    held = value.get("status") or value.get("last_status")
    shown = posts(held) if isinstance(held, dict) else ()
    if shape is CONVERSATION:
        subject = f"last_status.{AUTHOR}"
    section = Section(own, subject, shown)
    return Document(own, tuple(fields), (section,), record, own, "", writers(fields))


def _page(value: dict[str, Any], name: str, record: Record, fields: list[Field]) -> Document:
    """Return the document of a page: one section for each status and account it lists."""
    sections: list[Section] = []
    places: dict[Path, int] = {}
    seen: set[str] = set()
    for key, shape in LISTED.items():
        listed = value.get(key)
        for at, item in enumerate(listed if isinstance(listed, list) else ()):
            known = isinstance(item, dict) and shape_of(item) is shape
            own = text_of(item.get("id")) if known else ""
            if not own or own in seen:
                own = f"{name}/{len(sections)}"
            seen.add(own)
            post = known and shape is STATUS
            author = f"{key}.{at}.{AUTHOR}" if post else f"{key}.{at}"
            shown = posts(item) if post else ()
            places[key, at] = len(sections)
            sections.append(Section(own, author, shown, "" if known else "unknown-record"))
    owned = [replace(one, section=places.get(one.path[:2], SHARED)) for one in fields]
    if not sections:
        sections, owned = [Section(name)], fields
    made = replace(record, places=tuple(places))
    return Document(name, tuple(owned), tuple(sections), made, name, "", writers(owned))


class MastodonStatuses:
    """Reader and writer of collected statuses."""

    name = "mastodon-statuses"
    stem = "statuses"
    suffixes = (".jsonl", ".json", ".ndjson")
    rank = 35
    packable = True

    def claims(self, source: Source) -> bool:
        """Whether the first object, as far as the head shows it, is of Mastodon."""
        head = source.head.removeprefix(BOM).lstrip()
        if source.folder or not head.startswith((b"{", b"[")):
            return False
        if head.startswith(b"["):
            first = first_element(source.head)
        else:
            first = first_object(source)
            if first is None and (parsed := loads(head)) is not None:
                first = parsed.value
            if first is None:
                # It goes on behind the head, over several lines.
                return _PAGE.match(head) is not None and _ACCOUNT.search(head) is not None
        return isinstance(first, dict) and shape_of(first) is not None

    def plan(self, source: Source, first_index: int, options: PlanOptions) -> Plan:
        """Cut a file of lines at line ends; any other layout is one shard."""
        if first_object(source) is not None:
            shards = line_shards(source, first_index, options, self.name)
            return Plan(tuple(replace(one, options=((_LAYOUT, LINES),)) for one in shards))
        shard = replace(whole(source, self.name), index=first_index, output=source.output)
        array = source.head.removeprefix(BOM).lstrip().startswith(b"[")
        frame = (b"[\n", b",\n", b"\n]\n") if array else (b"", b"\n", b"\n")
        shard = replace(
            shard,
            head=frame[0],
            between=frame[1],
            tail=frame[2],
            options=((_LAYOUT, ARRAY if array else VALUES),),
        )
        return Plan((shard,))

    def read(self, shard: Shard) -> Iterator[Document | Problem]:
        """Yield a document for each object.

        Raises:
            FormatError: If brackets do not match, or an object is cut off or too long.
        """
        layout = dict(shard.options)[_LAYOUT]
        for record, (name, data) in enumerate(values(shard, layout)):
            parsed = loads(data)
            if parsed is None:
                yield Problem("invalid-json", record)
                continue
            if parsed.repaired:
                yield Problem("lone-surrogate", record, withheld=False)
            yield _item(parsed.value, record, name, indent=layout == VALUES)

    def rebuild(
        self,
        document: Document,
        texts: Texts,
        withheld: frozenset[int] = frozenset(),
    ) -> bytes:
        """Return the object with new values, without what follows it."""
        return rebuilt(document, texts, withheld)


def _item(value: Any, record: int, name: str, *, indent: bool) -> Document | Problem:
    if not isinstance(value, dict):
        return Problem("not-an-object", record)
    try:
        return document_of(value, name, indent=indent)
    except RecursionError:
        return Problem("nested-too-deep", record)


FORMAT = MastodonStatuses()
