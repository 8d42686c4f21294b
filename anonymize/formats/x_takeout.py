"""X takeouts: the zip, the unpacked folder, or a single file of one.

Each file is `window.YTD.<name>.part<n> = [ … ]`, read element by element; of the archive of 2012
to 2018 it is `Grailbird.data.tweets_<year>_<month> = [ … ]`, and all months become one file, lest
their borders tell by how much times were moved.  Tweets, note tweets and community tweets are
converted, and what `PlanOptions.include` asks for; what else tells who is who is read as seeds;
see `x_takeout_files` for all other files.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from anonymize.formats import tables
from anonymize.formats.base import Dropped, Plan, PlanOptions, Source, Texts
from anonymize.formats.json_values import dumps
from anonymize.formats.x_takeout_files import CLASSIC_TABLE, classify
from anonymize.formats.x_takeout_plan import (
    files_of,
    framed,
    is_mark,
    of_head,
    plan_takeout,
    wanted,
)
from anonymize.formats.x_takeout_records import rebuilt, record_document, table_document
from anonymize.formats.x_takeout_seeds import seed_document
from anonymize.formats.x_takeout_stream import Elements
from anonymize.model.documents import Document, Problem, Shard


class XTakeout:
    """Reader and writer of whole takeouts: zips and unpacked folders."""

    name = "x-takeout"
    stem = "takeout"
    suffixes: tuple[str, ...] = (".zip",)
    rank = 10

    def claims(self, source: Source) -> bool:
        """Whether the folder or zip holds a manifest, tweets or account file."""
        if source.folder:
            marks = [one.path for one in files_of(source) if is_mark(one.path) and not one.link]
            # Takeouts before 2019 have no `data/`: then nothing else may lie there.
            return any(path.startswith("data/") for path in marks) or (
                bool(marks) and all(classify(one.path).shown for one in files_of(source))
            )
        if not source.head.startswith(b"PK"):
            return False
        return any(is_mark(one.path) for one in files_of(source))

    def plan(self, source: Source, first_index: int, options: PlanOptions) -> Plan:
        """Return a shard for each file that is converted or read, seeds first."""
        return plan_takeout(source, self.name, first_index, options)

    def read(self, shard: Shard) -> Iterator[Document | Problem]:
        """Yield a document for each element of a file.

        Raises:
            FormatError: If the file is damaged; the message names the record, from 1.
        """
        options = dict(shard.options)
        stem, scope = options["stem"], options["scope"]
        if stem == CLASSIC_TABLE:
            for row in tables.FORMAT.read(shard):
                yield table_document(row, scope) if isinstance(row, Document) else row
            return
        notes: dict[str, str] = json.loads(options.get("notes", "{}"))
        with Elements(shard) as elements:
            for at, item in enumerate(elements):
                if not isinstance(item, dict):
                    yield Problem("not-an-object", at)
                    continue
                try:
                    if not shard.output:
                        yield seed_document(stem, item, f"@{at}", scope)
                        continue
                    yield record_document(stem, item, f"@{at}", scope, notes)
                except RecursionError:
                    yield Problem("nested-too-deep", at)
            for _ in range(elements.repaired):
                yield Problem("lone-surrogate", withheld=False)

    def rebuild(
        self,
        document: Document,
        texts: Texts,
        withheld: frozenset[int] = frozenset(),
    ) -> bytes:
        """Return the element with new values, indented by 2; a row of a table as one."""
        if not isinstance(document.record, dict):
            return tables.FORMAT.rebuild(document, texts, withheld)
        element = rebuilt(document, texts, withheld)
        return b"" if element is None else dumps(element, indent=True)


class XTakeoutFile(XTakeout):
    """Reader and writer of a single file of a takeout, such as `tweets.js`."""

    name = "x-takeout-file"
    stem = "tweets"
    suffixes = (".js",)
    rank = 11

    def claims(self, source: Source) -> bool:
        """Whether the file says so itself and is of a known kind."""
        return not source.folder and of_head(source.head).use != "unknown"

    def plan(self, source: Source, first_index: int, options: PlanOptions) -> Plan:
        """Return one shard, or none for a file that is neither converted nor read."""
        member = wanted(of_head(source.head), options.include)
        if member.use == "rule":
            return Plan((), (Dropped(member.shown, "rule"),))
        shard = Shard(
            index=first_index,
            format=self.name,
            source=source.path,
            label=source.label,
            options=(("scope", source.output), ("stem", member.stem)),
        )
        if member.use == "seed":
            return Plan((shard,), (Dropped(member.shown, "rule"),))
        shard = replace(shard, output=source.output)
        return Plan((framed(shard, member.stem, member.part),))


FORMAT = XTakeout()
FILE = XTakeoutFile()
