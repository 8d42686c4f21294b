"""Mastodon archives: the tar or zip, the unpacked folder, or a single file of one.

`outbox.json` is read activity by activity; an archive of a kind stays one of its kind, without
pictures and without what is other people's.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, BinaryIO

from anonymize.errors import FormatError
from anonymize.formats.archives import list_archive, open_source
from anonymize.formats.base import Dropped, Plan, PlanOptions, Source, Texts
from anonymize.formats.folders import walk
from anonymize.formats.json_values import BOM, dumps, loads
from anonymize.formats.mastodon_activity import ACTIVITY, ACTOR_JSON, OWNER, language_of, post_ids
from anonymize.formats.mastodon_files import (
    COLLECTIONS,
    classify,
    list_of,
    read_list,
    seed_document,
)
from anonymize.formats.mastodon_stream import ITEMS, elements, unknown_keys
from anonymize.formats.mastodon_taken import Record, expand, rebuild
from anonymize.formats.tars import SUFFIXES, is_tar, list_tar, open_tar_member
from anonymize.formats.x_takeout_files import Member, unknown_name
from anonymize.formats.x_tweet import language
from anonymize.model.documents import Document, Problem, Section, Shard
from anonymize.model.fields import Field

UNKNOWN_KEY = "unknown-key"
_MARKS = frozenset(("outbox.json", "actor.json"))
"""An archive or folder with both of these files is Mastodon's."""
_HEAD = (
    b'{"@context":"https://www.w3.org/ns/activitystreams","id":"outbox.json",'
    b'"type":"OrderedCollection","orderedItems":[\n'
)
_ACTOR_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class _File:
    """A file of an archive: its path from the root, and where it lies."""

    path: str = field(repr=False)
    source: str = field(repr=False)
    member: str = field(default="", repr=False)
    link: bool = False


def _root(paths: list[str]) -> str:
    """Return the folder, with `/`, in which a repacked archive holds everything; else nothing."""
    firsts = {path.partition("/")[0] for path in paths if not path.startswith("__MACOSX/")}
    prefix = f"{firsts.pop()}/" if len(firsts) == 1 else ""
    return (
        prefix if prefix and all(path.startswith((prefix, "__MACOSX/")) for path in paths) else ""
    )


def _tar(source: Source) -> bool:
    return source.head.startswith(b"\x1f\x8b") and source.name.lower().endswith(SUFFIXES)


def _files(source: Source) -> list[_File]:
    """Return all files of an archive, sorted by path.

    Raises:
        FormatError: If folder or archive cannot be read or is refused.
    """
    if source.folder:
        found = walk(source.path, source.label)
        return [_File(one.relative, one.path, link=one.link) for one in found]
    lister = list_tar if _tar(source) else list_archive
    entries = lister(source.path, source.label)
    prefix = _root([entry.name for entry in entries])
    files = (_File(one.name.removeprefix(prefix), source.path, one.name) for one in entries)
    return sorted(files, key=lambda one: one.path)


def _framed(shard: Shard, stem: str) -> Shard:
    """Return a shard with what stands around and between its records."""
    if stem == "outbox":
        return replace(shard, head=_HEAD, between=b",\n", tail=b"\n]}\n")
    return replace(shard, tail=b"\n")


def _open(shard: Shard, *, tar: bool) -> BinaryIO:
    if tar:
        return open_tar_member(shard.source, shard.member, shard.label)
    return open_source(shard)


class Mastodon:
    """Reader and writer of whole archives and unpacked folders."""

    name = "mastodon"
    stem = "mastodon"
    suffixes: tuple[str, ...] = (".tar.gz", ".tgz", ".zip")
    rank = 12

    def claims(self, source: Source) -> bool:
        """Whether folder or archive holds posts and actor of an account."""
        packed = source.head.startswith(b"PK") or (
            _tar(source) and is_tar(source.path, source.label)
        )
        files = _files(source) if source.folder or packed else []
        return {one.path for one in files if not one.link} >= _MARKS

    def plan(self, source: Source, first_index: int, options: PlanOptions) -> Plan:
        """Return a shard for each file that is converted or read, seeds first."""
        del options
        shards: list[Shard] = []
        seeds: list[Shard] = []
        dropped: dict[Dropped, None] = {}
        unknown = 0
        for file in _files(source):
            member = Member("unknown") if file.link else classify(file.path)
            if member.use == "convert":
                shards.append(self._shard(source, file, member))
                continue
            if member.use == "seed":
                seeds.append(self._shard(source, file, member))
            shown = member.shown
            if member.use == "unknown":
                unknown += 1
                shown = unknown_name(file.path, unknown)
            reason = "unknown" if member.use == "unknown" else "rule"
            dropped[Dropped(shown, reason, source.output)] = None
        numbered = (replace(one, index=first_index + at) for at, one in enumerate(seeds + shards))
        return Plan(tuple(numbered), tuple(dropped))

    def _shard(self, source: Source, file: _File, member: Member) -> Shard:
        """Return the shard of a file; its index is filled in later."""
        options = {"scope": source.output, "stem": member.stem}
        if not source.folder and _tar(source):
            options["tar"] = "1"
        shard = Shard(
            index=0,
            format=self.name,
            source=file.source,
            member=file.member,
            label=f"{source.label}:{member.shown}",
            options=tuple(sorted(options.items())),
        )
        if member.use == "seed":
            return shard
        return _framed(
            replace(
                shard,
                output=f"{source.output}/{member.shown}" if source.folder else member.shown,
                container="" if source.folder else source.output,
            ),
            member.stem,
        )

    def read(self, shard: Shard) -> Iterator[Document | Problem]:
        """Yield a document for each activity, the actor, or each seed.

        Raises:
            FormatError: If the file is damaged; the message names the record, from 1.
        """
        options = dict(shard.options)
        stem, scope, tar = options["stem"], options["scope"], "tar" in options
        with _open(shard, tar=tar) as stream:
            if stem.endswith(".csv"):
                yield from read_list(stream, stem, scope)
                return
            if stem == "actor":
                yield _actor(stream, shard.label, scope)
                return
            for at, item in enumerate(elements(stream, shard.label, f"{ITEMS}.item")):
                if stem != "outbox":
                    if isinstance(item, str) and item:
                        yield seed_document("post", item, at, scope)
                elif not isinstance(item, dict):
                    yield Problem("not-an-object", at)
                else:
                    try:
                        yield _activity(item, f"@{at}", scope)
                    except RecursionError:
                        yield Problem("nested-too-deep", at)
        if stem == "outbox":
            with _open(shard, tar=tar) as stream:
                for _ in range(unknown_keys(stream)):
                    # Of the collection itself: the keys are not written, and told of.
                    yield Problem(UNKNOWN_KEY)

    def rebuild(
        self,
        document: Document,
        texts: Texts,
        withheld: frozenset[int] = frozenset(),
    ) -> bytes:
        """Return the activity or actor with new values."""
        return rebuilt(document, texts, withheld)


def rebuilt(
    document: Document,
    texts: Texts,
    withheld: frozenset[int] = frozenset(),
) -> bytes:
    """Return the JSON of a document with new values; nothing when all of it is withheld."""
    record = document.record
    if not isinstance(record, Record):
        raise TypeError("not a document of this format")
    if len(withheld) >= len(document.sections):
        return b""
    new = rebuild(record, document.fields, texts, withheld)
    return dumps(new, indent=record.indent)


def _document(
    record: Record,
    fields: list[Field],
    name: str,
    scope: str,
    posts: tuple[str, ...],
    *,
    known: bool = True,
) -> Document:
    section = Section(posts[0] if posts else name, OWNER, posts, "" if known else "unknown-record")
    return Document(name, tuple(fields), (section,), record, scope)


def _activity(item: dict[str, Any], name: str, scope: str) -> Document:
    """Return the document of one activity."""
    record, fields = expand(item, ACTIVITY)
    posts = post_ids(item)
    known = item.get("type") in {"Create", "Announce"} and bool(posts)
    document = _document(record, fields, name, scope, posts, known=known)
    return replace(document, language=language(language_of(item)))


def _actor(stream: BinaryIO, label: str, scope: str) -> Document:
    """Return the document of the owner's profile.

    Raises:
        FormatError: If it is no JSON object, or too long for one.
    """
    parsed = loads(stream.read(_ACTOR_BYTES).removeprefix(BOM))
    if parsed is None or not isinstance(parsed.value, dict):
        raise FormatError(f"{label}: is not valid JSON in record 1")
    record, fields = expand(parsed.value, ACTOR_JSON)
    known = bool(parsed.value.keys() & {"id", "preferredUsername"})
    return _document(record, fields, "@0", scope, (), known=known)


class MastodonFile(Mastodon):
    """Reader and writer of a single file of an archive, or of a list exported beside it."""

    name = "mastodon-file"
    stem = "outbox"
    suffixes = (".json", ".csv")
    rank = 13

    def claims(self, source: Source) -> bool:
        """Whether the file says so itself, or is a list of a known name."""
        return not source.folder and _of_head(source).use != "unknown"

    def plan(self, source: Source, first_index: int, options: PlanOptions) -> Plan:
        """Return one shard, or none for a file that is neither converted nor read."""
        del options
        member = _of_head(source)
        dropped = () if member.use == "convert" else (Dropped(member.shown, "rule"),)
        if member.use == "rule":
            return Plan((), dropped)
        shard = Shard(
            index=first_index,
            format=self.name,
            source=source.path,
            member=source.member,
            label=source.label,
            options=(("scope", source.output), ("stem", member.stem)),
        )
        if member.use == "seed":
            return Plan((shard,), dropped)
        return Plan((_framed(replace(shard, output=source.output), member.stem),))


def _of_head(source: Source) -> Member:
    """Tell what a single file is: by its name if it is a list, else by what it begins with."""
    if source.suffix == ".csv":
        return list_of(source.name)
    head = source.head.removeprefix(BOM).lstrip()
    if not head.startswith(b"{"):
        return Member("unknown")
    words = _first_keys(head)
    if words.get("type") == "OrderedCollection":
        stem = str(words.get("id", "")).removesuffix(".json")
        return classify(f"{stem}.json") if stem in COLLECTIONS else Member("unknown")
    if {"preferredUsername", "inbox"} <= words.keys():
        return classify("actor.json")
    return Member("unknown")


def _first_keys(head: bytes) -> Mapping[str, Any]:
    """Return the keys of an object as far as its head shows them, with the strings they have."""
    import ijson

    found: dict[str, Any] = {}
    key = ""
    try:
        for prefix, event, value in ijson.parse(head):
            if not prefix and event == "map_key":
                key = value
                found[key] = None
            elif prefix == key and event == "string":
                found[key] = value
    except (ijson.JSONError, UnicodeDecodeError, ValueError):
        pass
    return found


FORMAT = Mastodon()
FILE = MastodonFile()
