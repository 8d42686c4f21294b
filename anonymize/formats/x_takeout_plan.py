"""What of a takeout is converted, read as a seed, or left out: its files to shards."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace

from anonymize.errors import FormatError
from anonymize.formats import tables, x_takeout_media
from anonymize.formats.archives import list_archive, open_source
from anonymize.formats.base import HEAD_BYTES, Dropped, Plan, PlanOptions, Source
from anonymize.formats.folders import walk
from anonymize.formats.x_note_links import linked
from anonymize.formats.x_takeout_files import (
    CLASSIC,
    CLASSIC_MONTHS,
    CLASSIC_TABLE,
    MEDIA,
    Member,
    classify,
    given_name,
    unknown_name,
)
from anonymize.formats.x_takeout_media import FOLDERS, Named, named, own_media
from anonymize.formats.x_takeout_stream import GLOBAL, HEAD, Elements
from anonymize.model.documents import Shard

MARKS = frozenset(("manifest", "tweets", "account", CLASSIC))
"""A folder or zip with one of these files is a takeout."""
_UNKNOWN = Member("unknown")
_POSTS = ("tweet", "communityTweet")
_RENAMED = {"tweet_media": "tweets_media"}
_TOGETHER = 100
"""Pictures and films of a zip that are one shard."""


@dataclass(frozen=True, slots=True)
class File:
    """A file of a takeout.

    Attributes:
        path: From the takeout's root.
        source: Where it lies: itself or the zip.
        member: Its name in the zip; empty in a folder.
        link: Whether it is a symbolic link, which is never opened.
    """

    path: str = field(repr=False)
    source: str = field(repr=False)
    member: str = field(default="", repr=False)
    link: bool = False


@dataclass(frozen=True, slots=True)
class _Medium:
    """A picture or film that may be kept."""

    file: File
    folder: str
    named: Named


def files_of(source: Source) -> list[File]:
    """Return all files of a takeout, sorted by path.

    Raises:
        FormatError: If folder or archive cannot be read or is refused.
    """
    if source.folder:
        found = walk(source.path, source.label)
        return [File(one.relative, one.path, link=one.link) for one in found]
    entries = list_archive(source.path, source.label)
    prefix = _root([entry.name for entry in entries])
    files = (File(one.name.removeprefix(prefix), source.path, one.name) for one in entries)
    return sorted(files, key=lambda one: one.path)


def _root(paths: list[str]) -> str:
    """Return the folder, with `/`, in which a repacked zip holds the takeout; else nothing."""
    firsts = {path.partition("/")[0] for path in paths if not path.startswith("__MACOSX/")}
    if len(firsts) != 1:
        return ""
    prefix = firsts.pop() + "/"
    inside = all(path.startswith((prefix, "__MACOSX/")) for path in paths)
    return prefix if inside and prefix not in {"data/", "assets/"} else ""


def is_mark(path: str) -> bool:
    """Whether a file with this path makes a folder or zip a takeout."""
    member = classify(path)
    return member.stem in MARKS and member.use in {"convert", "seed"}


def of_head(head: bytes) -> Member:
    """Tell what a file is by the name it assigns to."""
    match = GLOBAL.match(head)
    if match is None:
        return _UNKNOWN
    if match["month"]:
        return classify(f"{CLASSIC_MONTHS}{match['month'].decode().removeprefix('tweets_')}.js")
    if match["variable"]:
        return classify(f"data/js/{match['variable'].decode()}.js")
    if match["name"] is None:
        return classify("manifest.js")
    part = int(match["part"])
    name = match["name"].decode("ascii").replace("_", "-")
    return classify(f"{name}-part{part}.js" if part else f"{name}.js")


def wanted(member: Member, include: frozenset[str]) -> Member:
    """Return what a file is when the user asked for some that are else left out."""
    asked = member.stem in include and member.use != "unknown"
    return replace(member, use="convert") if asked else member


def framed(shard: Shard, stem: str, part: int) -> Shard:
    """Return a shard with what stands around and between its elements."""
    if stem == CLASSIC:
        head = "Grailbird.data.tweets = [\n"
    else:
        head = f"window.YTD.{stem.replace('-', '_')}.part{part} = [\n"
    return replace(shard, head=head.encode(), between=b",\n", tail=b"\n]\n")


def _below(value: object, key: str) -> object:
    return value.get(key) if isinstance(value, dict) else None


@dataclass(frozen=True, slots=True)
class _Planner:
    """What is the same for all files of one takeout."""

    source: Source
    format: str
    options: PlanOptions

    def member(self, file: File) -> Member:
        """Return what a file is: by its name, or else by what it says itself."""
        if file.link:
            return _UNKNOWN
        member = classify(file.path)
        depth = file.path.removeprefix("data/").count("/")
        if member.use == "unknown" and not depth and file.path.lower().endswith(".js"):
            with open_source(self.bare(file, _UNKNOWN)) as stream:
                member = of_head(stream.read(HEAD))
            member = replace(member, shown=f"data/{member.stem}.js" if member.stem else "")
        return wanted(member, self.options.include)

    def bare(self, file: File, member: Member) -> Shard:
        """Return the shard of a file that is only read; its index is filled in later."""
        options = {"scope": self.source.output, "stem": member.stem}
        return Shard(
            index=0,
            format=self.format,
            source=file.source,
            member=file.member,
            label=f"{self.source.label}:{member.shown}",
            options=tuple(sorted(options.items())),
        )

    def placed(self, shard: Shard, name: str) -> Shard:
        """Return a shard that is written to a file called so in the takeout."""
        whole = self.source.output
        if self.source.folder:
            return replace(shard, output=f"{whole}/{name}")
        return replace(shard, output=name, container=whole)

    def converted(self, file: File, member: Member, part: int) -> Shard:
        """Return the shard of a file that is written."""
        if member.stem == CLASSIC:
            name = f"{CLASSIC_MONTHS}tweets.js"
        else:
            name = f"data/{member.stem}" + (f"-part{part}" if part else "") + ".js"
        return framed(self.placed(self.bare(file, member), name), member.stem, part)

    def table(self, file: File, member: Member) -> list[Shard]:
        """Return the shards of the classic table; none if it is some other table."""
        bare = self.bare(file, member)
        with open_source(bare) as stream:
            head = stream.read(HEAD_BYTES)
        named = Source(file.source, "tweets.csv", file.member, len(head), head, bare.label)
        try:
            plan = tables.FORMAT.plan(named, 0, PlanOptions(encoding=self.options.encoding))
        except FormatError:
            return []
        made: list[Shard] = []
        for one in plan.shards:
            options = dict((*one.options, *bare.options))
            ours = replace(one, format=self.format, options=tuple(sorted(options.items())))
            made.append(self.placed(ours, "tweets.csv"))
        return made

    def missing(self, manifest: File, there: frozenset[tuple[str, int]]) -> Iterator[Member]:
        """Yield what a manifest names that would be converted and is not there.

        Args:
            manifest: The file.
            there: Standard name and part of all that is.
        """
        with Elements(self.bare(manifest, Member("seed", "manifest"))) as elements:
            types = _below(next(iter(elements), None), "dataTypes")
        for one in types.values() if isinstance(types, dict) else ():
            files = _below(one, "files")
            for listed in files if isinstance(files, list) else ():
                name = _below(listed, "fileName")
                member = wanted(classify(str(name)), self.options.include)
                if member.use == "convert" and (member.stem, member.part) not in there:
                    yield member

    def medium(self, file: File) -> _Medium | None:
        """Return what a picture or film is called, if such are asked for."""
        if MEDIA not in self.options.include or file.link:
            return None
        *above, folder, name = ["", *file.path.removeprefix("data/").split("/")][-3:]
        told = named(name)
        if any(above) or folder not in FOLDERS or told is None:
            return None
        return _Medium(file, _RENAMED.get(folder, folder), told)

    def media(self, kept: Iterable[_Medium]) -> list[Shard]:
        """Return the shards of pictures and films, many of a zip in one."""
        groups: dict[tuple[str, str, int], list[_Medium]] = {}
        numbers: dict[tuple[str, str], int] = {}
        for one in kept:
            where = (one.folder, one.file.source)
            at = numbers[where] = numbers.get(where, -1) + 1
            groups.setdefault((*where, at // _TOGETHER), []).append(one)
        return [self._kept(folder, group) for (folder, _, _), group in groups.items()]

    def _kept(self, folder: str, group: Sequence[_Medium]) -> Shard:
        named = [[one.file.member, *astuple(one.named)] for one in group]
        options = {"scope": self.source.output, "stem": MEDIA, "files": json.dumps(named)}
        shard = Shard(
            index=0,
            format=x_takeout_media.FORMAT.name,
            source=group[0].file.source,
            label=f"{self.source.label}:data/{folder}/",
            options=tuple(sorted(options.items())),
        )
        return self.placed(shard, f"data/{folder}")


def plan_takeout(source: Source, name: str, first_index: int, options: PlanOptions) -> Plan:
    """Return a shard for each file that is converted or read, seeds first.

    Args:
        source: The zip or folder.
        name: Of the format that reads the shards.
        first_index: Of the first shard.
        options: What the user chose.

    Raises:
        FormatError: If the source is damaged.
    """
    planner = _Planner(source, name, options)
    members = [(planner.member(file), file) for file in files_of(source)]
    classic = any(member.stem == CLASSIC for member, _ in members)
    converted: list[tuple[Member, File]] = []
    shards: list[Shard] = []
    last: list[Shard] = []
    pictures: list[_Medium] = []
    dropped: dict[Dropped, None] = {}
    unknown = 0
    for member, file in members:
        table: list[Shard] = []
        if member.stem == CLASSIC_TABLE and classic:
            table = planner.table(file, member)
        kept = planner.medium(file)
        if kept:
            pictures.append(kept)
        elif table:
            last += table
        elif member.use == "convert" and member.stem != CLASSIC_TABLE:
            converted.append((member, file))
        elif member.use in {"rule", "seed"}:
            dropped[Dropped(member.shown, "rule", source.output)] = None
            if member.use == "seed":
                shards.append(planner.bare(file, member))
        else:
            unknown += 1
            shown, given = unknown_name(file.path, unknown), given_name(file.path)
            dropped[Dropped(shown, "unknown", source.output, given)] = None
    there = frozenset((member.stem, member.part) for member, _ in converted)
    manifests = (file for member, file in members if member.stem == "manifest")
    for one in (one for file in manifests for one in planner.missing(file, there)):
        dropped[Dropped(one.shown, "missing", source.output)] = None
    written = _written(planner, converted)
    shards += [*written, *last]
    if pictures:
        own = own_media(_bodies(_posts(written), _POSTS))
        mine = [one for one in pictures if (one.named.post, one.named.key) in own]
        shards += planner.media(mine)
        for folder in sorted(
            {one.folder for one in pictures if (one.named.post, one.named.key) not in own}
        ):
            dropped[Dropped(f"data/{folder}/", "rule", source.output)] = None
    numbered = (replace(one, index=first_index + at) for at, one in enumerate(shards))
    return Plan(tuple(numbered), tuple(dropped))


def _written(planner: _Planner, converted: list[tuple[Member, File]]) -> list[Shard]:
    """Return the shards of all files that are written, their parts numbered anew."""
    converted.sort(key=lambda one: (one[0].stem, one[0].part, one[1].path))
    parts: dict[str, int] = {}
    shards: dict[str, list[Shard]] = {}
    for member, file in converted:
        part = parts.get(member.stem, 0)
        parts[member.stem] = part + 1
        shard = planner.converted(file, member, part)
        shards.setdefault(member.stem, []).append(shard)
    notes = shards.get("note-tweet", [])
    posts = shards.get("tweets", []) + shards.get("community-tweet", [])
    if notes and posts:
        found = json.dumps(
            linked(_bodies(notes, ("noteTweet",)), _bodies(posts, _POSTS)),
            sort_keys=True,
        )
        shards["note-tweet"] = [
            replace(one, options=tuple(sorted((*one.options, ("notes", found))))) for one in notes
        ]
    return [shard for stem in sorted(shards) for shard in shards[stem]]


def _posts(shards: Iterable[Shard]) -> list[Shard]:
    return [one for one in shards if dict(one.options)["stem"] in {"tweets", "community-tweet"}]


def _bodies(
    shards: Iterable[Shard],
    wrappers: tuple[str, ...],
) -> Iterator[Mapping[str, object]]:
    for shard in shards:
        with Elements(shard) as elements:
            for item in elements:
                if isinstance(item, dict):
                    inner = next((item[key] for key in wrappers if key in item), item)
                    if isinstance(inner, dict):
                        yield inner
