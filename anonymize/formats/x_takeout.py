"""X takeouts: the zip, the unpacked folder, or a single file of one.

Each file is `window.YTD.<name>.part<n> = [ … ]`, read element by element.  Tweets, note tweets
and community tweets are converted; what else tells who is who is read as seeds; see
`x_takeout_files` for all other files.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from anonymize.formats.archives import list_archive
from anonymize.formats.base import Dropped, Plan, PlanOptions, Source, Texts
from anonymize.formats.folders import walk
from anonymize.formats.json_shapes import Shape, cut, put_back
from anonymize.formats.json_values import dumps
from anonymize.formats.x_note import NOTE, note_id
from anonymize.formats.x_takeout_files import Member, classify, given_name, unknown_name
from anonymize.formats.x_takeout_seeds import OWNER, seed_document
from anonymize.formats.x_takeout_stream import GLOBAL, Elements
from anonymize.formats.x_tweet import TWEET_V1, id_v1, language, posts_v1
from anonymize.model.documents import Document, Problem, Section, Shard

_WRAPPED = {
    "tweets": Shape({"tweet": TWEET_V1}),
    "community-tweet": Shape({"tweet": TWEET_V1, "communityTweet": TWEET_V1}),
    "note-tweet": Shape({"noteTweet": NOTE}),
}
_PLAIN = {"tweets": TWEET_V1, "community-tweet": TWEET_V1, "note-tweet": NOTE}
_MARKS = frozenset(("manifest", "tweets", "account"))
"""A folder or zip with one of these files is a takeout."""


@dataclass(frozen=True, slots=True)
class _File:
    """A file of a takeout: its path from the takeout's root, and where it lies."""

    path: str = field(repr=False)
    source: str = field(repr=False)
    member: str = field(default="", repr=False)
    link: bool = False


def _root(paths: list[str]) -> str:
    """Return the folder, with `/`, in which a repacked zip holds the takeout; else nothing."""
    firsts = {path.partition("/")[0] for path in paths if not path.startswith("__MACOSX/")}
    if len(firsts) != 1:
        return ""
    prefix = firsts.pop() + "/"
    inside = all(path.startswith((prefix, "__MACOSX/")) for path in paths)
    return prefix if inside and prefix not in {"data/", "assets/"} else ""


def _files(source: Source) -> list[_File]:
    """Return all files of a takeout, sorted by path.

    Raises:
        FormatError: If folder or archive cannot be read or is refused.
    """
    if source.folder:
        found = walk(source.path, source.label)
        return [_File(one.relative, one.path, link=one.link) for one in found]
    entries = list_archive(source.path, source.label)
    prefix = _root([entry.name for entry in entries])
    files = (_File(one.name.removeprefix(prefix), source.path, one.name) for one in entries)
    return sorted(files, key=lambda one: one.path)


def _is_mark(path: str) -> bool:
    member = classify(path)
    return member.stem in _MARKS and member.use in {"convert", "seed"}


def _shard(
    source: Source,
    file: _File,
    member: Member,
    part: int,
    options: Mapping[str, str],
) -> Shard:
    """Return the shard of a file that is converted or read; its index is filled in later."""
    base = Shard(
        index=0,
        format=XTakeout.name,
        source=file.source,
        member=file.member,
        label=f"{source.label}:{member.shown}",
        options=tuple(sorted({**options, "stem": member.stem}.items())),
    )
    if member.use == "seed":
        return base
    name = member.stem + (f"-part{part}" if part else "") + ".js"
    return _framed(
        replace(
            base,
            output=f"{source.output}/data/{name}" if source.folder else f"data/{name}",
            container="" if source.folder else source.output,
        ),
        member.stem,
        part,
    )


def _framed(shard: Shard, stem: str, part: int) -> Shard:
    """Return a shard with what stands around and between its elements."""
    head = f"window.YTD.{stem.replace('-', '_')}.part{part} = [\n"
    return replace(shard, head=head.encode(), between=b",\n", tail=b"\n]\n")


class XTakeout:
    """Reader and writer of whole takeouts: zips and unpacked folders."""

    name = "x-takeout"
    stem = "takeout"
    suffixes: tuple[str, ...] = (".zip",)
    rank = 10

    def claims(self, source: Source) -> bool:
        """Whether the folder or zip holds a manifest, tweets or account file."""
        if source.folder:
            marks = [one.path for one in _files(source) if _is_mark(one.path) and not one.link]
            # Takeouts before 2019 have no `data/`: then nothing else may lie there.
            return any(path.startswith("data/") for path in marks) or (
                bool(marks) and all(classify(one.path).shown for one in _files(source))
            )
        if not source.head.startswith(b"PK"):
            return False
        return any(_is_mark(one.path) for one in _files(source))

    def plan(self, source: Source, first_index: int, options: PlanOptions) -> Plan:
        """Return a shard for each file that is converted or read, seeds first."""
        del options
        converted: list[tuple[Member, _File]] = []
        seeds: list[Shard] = []
        dropped: dict[Dropped, None] = {}
        unknown = 0
        common = {"scope": source.output}
        for file in _files(source):
            member = Member("unknown") if file.link else classify(file.path)
            if member.use == "convert":
                converted.append((member, file))
                continue
            if member.use == "seed":
                seeds.append(_shard(source, file, member, 0, common))
            if member.use == "unknown":
                unknown += 1
                shown, given = unknown_name(file.path, unknown), given_name(file.path)
                dropped[Dropped(shown, "unknown", source.output, given)] = None
            else:
                dropped[Dropped(member.shown, "rule", source.output)] = None
        converted.sort(key=lambda one: (one[0].stem, one[0].part, one[1].path))
        parts: dict[str, int] = {}
        shards = list(seeds)
        for member, file in converted:
            part = parts.get(member.stem, 0)
            parts[member.stem] = part + 1
            shards.append(_shard(source, file, member, part, common))
        numbered = (replace(one, index=first_index + at) for at, one in enumerate(shards))
        return Plan(tuple(numbered), tuple(dropped))

    def read(self, shard: Shard) -> Iterator[Document | Problem]:
        """Yield a document for each element of a file.

        Raises:
            FormatError: If the file is damaged; the message names the record, from 1.
        """
        options = dict(shard.options)
        stem, scope = options["stem"], options["scope"]
        with Elements(shard) as elements:
            for at, item in enumerate(elements):
                if not isinstance(item, dict):
                    yield Problem("not-an-object", at)
                    continue
                try:
                    if not shard.output:
                        yield seed_document(stem, item, f"@{at}", scope)
                        continue
                    yield _document(stem, item, f"@{at}", scope)
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
        """Return the element with new values, indented by 2."""
        if withheld:
            return b""
        return dumps(put_back(document.record, document.fields, texts), indent=True)


def _document(stem: str, item: dict[str, Any], name: str, scope: str) -> Document:
    """Return the document of one tweet or note; elements before 2019 have no wrapper."""
    wrapper = next((key for key in ("tweet", "communityTweet", "noteTweet") if key in item), "")
    inner = item.get(wrapper) if wrapper else item
    body = inner if isinstance(inner, dict) else {}
    own = (note_id(body) if stem == "note-tweet" else id_v1(body)) or name
    fields = tuple(cut(item, _WRAPPED[stem] if wrapper else _PLAIN[stem]))
    posts = (own,) if stem == "note-tweet" else posts_v1(body)
    withhold = "" if own != name else "unknown-record"
    section = Section(own, OWNER, posts, withhold)
    return Document(own, fields, (section,), item, scope, language(body.get("lang")))


class XTakeoutFile(XTakeout):
    """Reader and writer of a single file of a takeout, such as `tweets.js`."""

    name = "x-takeout-file"
    stem = "tweets"
    suffixes = (".js",)
    rank = 11

    def claims(self, source: Source) -> bool:
        """Whether the file says so itself and is of a known kind."""
        return not source.folder and _of_head(source.head).use != "unknown"

    def plan(self, source: Source, first_index: int, options: PlanOptions) -> Plan:
        """Return one shard, or none for a file that is neither converted nor read."""
        del options
        member = _of_head(source.head)
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
        return Plan((_framed(shard, member.stem, member.part),))


def _of_head(head: bytes) -> Member:
    """Tell what a file is by the name it assigns to."""
    match = GLOBAL.match(head)
    if match is None:
        return Member("unknown")
    if match.group("name") is None:
        return classify("manifest.js")
    part = int(match.group("part"))
    name = match.group("name").decode("ascii").replace("_", "-")
    return classify(f"{name}-part{part}.js" if part else f"{name}.js")


FORMAT = XTakeout()
FILE = XTakeoutFile()
