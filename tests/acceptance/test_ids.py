"""No id of the input is in the output, and no id of the output tells when it was made."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import re
import uuid
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from anonymize.formats.catalogue import FORMATS as READERS
from anonymize.formats.intake import take_in
from anonymize.model.documents import Document
from anonymize.model.fields import Field, Role
from tests.acceptance.running import call
from tests.acceptance.study import STUDY, V1, Release
from tests.acceptance.test_canary import FORMATS
from tests.formats.activity_cases import activity, actor, notice, share

POLICIES = ("internal", "controlled", "safeguarded", "open")
_RUN = re.compile(rb"[0-9]{6,}")
_WORD = re.compile(rb"(?<![0-9A-Za-z])[0-9]{6,}(?![0-9A-Za-z])")
_LONG = 15
"""Digits of a snowflake: that long, a number is an id wherever it stands."""
_SIGNS = "234567abcdefghijklmnopqrstuvwxyz"
_START = datetime(1970, 1, 1, tzinfo=UTC)
_GREGORIAN = datetime(1582, 10, 15, tzinfo=UTC)
_FIRST, _LAST = datetime(2006, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)


def _number(word: str) -> int:
    return int(word) if re.fullmatch(r"[0-9]{8,20}", word) else -1


def snowflake(word: str) -> float:
    """Return the milliseconds an id of X tells (41 bits since November 2010)."""
    return (_number(word) >> 22) + 1288834974657 if _number(word) >= 1 << 32 else -1


def mastodon(word: str) -> float:
    """Return the milliseconds an id of Mastodon tells (48 bits)."""
    return _number(word) >> 16


def tid(word: str) -> float:
    """Return the milliseconds a key of a Bluesky record tells (53 bits of microseconds)."""
    if not re.fullmatch(r"[2-7a-j][2-7a-z]{12}", word):
        return -1
    value = 0
    for sign in word:
        value = value * 32 + _SIGNS.index(sign)
    return (value >> 10) / 1000


def uuid_time(word: str) -> float:
    """Return the milliseconds a UUID of version 1 or 7 tells (RFC 9562)."""
    if not re.fullmatch(r"[0-9a-fA-F]{8}(-?[0-9a-fA-F]{4}){3}-?[0-9a-fA-F]{12}", word):
        return -1
    one = uuid.UUID(word)
    if one.version == 7:
        return one.int >> 80
    if one.version != 1:
        return -1
    return (_GREGORIAN - _START) / timedelta(milliseconds=1) + one.time / 10_000


DECODERS: dict[str, Callable[[str], float]] = {
    "snowflake": snowflake,
    "mastodon": mastodon,
    "tid": tid,
    "uuid": uuid_time,
}


def plausible(milliseconds: float) -> bool:
    """Whether a time lies between the first tweet and the end of the decade."""
    first, last = ((one - _START) / timedelta(milliseconds=1) for one in (_FIRST, _LAST))
    return first <= milliseconds < last


@pytest.mark.parametrize(
    ("decoder", "word", "year"),
    [
        ("snowflake", "706860403746181121", 2016),
        ("mastodon", "109323462145466368", 2022),
        ("tid", "3l25zusnsfctk", 2024),
        ("uuid", "9b5f1c80-a8b8-11ed-8d3c-0242ac120002", 2023),
        ("uuid", "018c2f6a-7b00-7abc-8def-0123456789ab", 2023),
    ],
)
def test_real_ids_are_decoded(decoder: str, word: str, year: int) -> None:
    """What the decoders are for, they do: each tells the year of an id of its own sort."""
    told = DECODERS[decoder](word)
    assert plausible(told)
    assert (_START + timedelta(milliseconds=told)).year == year


def _contents(name: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield what a file is called and holds, and what archives and streams in it hold."""
    openers: dict[bytes, Callable[[bytes], bytes]] = {
        b"\x1f\x8b\x08": gzip.decompress,
        b"BZh": bz2.decompress,
        b"\xfd7z": lzma.decompress,
    }
    yield name, name.encode()
    if data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for member in archive.namelist():
                yield from _contents(f"{name}!{member}", archive.read(member))
    elif data[:3] in openers:
        yield from _contents(f"{name}!", openers[data[:3]](data))
    else:
        yield name, data


def below(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the same of everything below a folder."""
    for path in sorted(root.rglob("*")):
        if path.is_file():
            yield from _contents(path.relative_to(root).as_posix(), path.read_bytes())


def fields(inputs: list[Path]) -> Iterator[Field]:
    """Yield every field of every document of some files, as the program reads them."""
    taken = take_in([str(one) for one in inputs], name_token=lambda _: "bcdfghjk")
    for shard in taken.shards:
        for item in READERS[shard.format].read(shard):
            if isinstance(item, Document):
                yield from item.fields


def ids(inputs: list[Path]) -> set[bytes]:
    """Return the numbers that are ids in some files: by their role, or by their length."""
    found = {
        run
        for one in fields(inputs)
        if one.role is Role.ID
        for run in _RUN.findall(one.value.encode())
    }
    for path in inputs:
        files = below(path) if path.is_dir() else _contents(path.name, path.read_bytes())
        found.update(run for _, data in files for run in _RUN.findall(data) if len(run) >= _LONG)
    return found


def left(known: set[bytes], share: Path) -> set[tuple[str, bytes]]:
    """Return where in a folder which of the numbers stand, long ones inside others too."""
    long = {one for one in known if len(one) >= _LONG}
    found: set[tuple[str, bytes]] = set()
    for name, data in below(share):
        found.update((name, run) for run in _WORD.findall(data) if run in known)
        for run in _RUN.findall(data):
            if len(run) >= _LONG:
                found.update((name, one) for one in long if one in run)
    return found


def told(share: Path) -> tuple[int, list[tuple[str, str]]]:
    """Return how many ids and parts of links a folder holds, and which of them tell a time."""
    words: set[str] = set()
    for one in fields([share / "data"]):
        if one.role in {Role.ID, Role.URL, Role.HANDLE}:
            words.update(re.split(r"[^0-9A-Za-z-]+", one.value))
            words.update(re.split(r"[^0-9A-Za-z]+", one.value))
    for name, _ in below(share):
        words.update(re.split(r"[^0-9A-Za-z-]+", name))
    telling = [
        (sort, word)
        for word in sorted(words)
        for sort, decode in DECODERS.items()
        if plausible(decode(word))
    ]
    return len(words), telling


def _activities() -> bytes:
    jo = actor("5550001", "jo_invented", "Jolanda Invented")
    al = actor("555000222", "al_invented", "Albert Inventor")
    post = activity("801000000000000001", jo, "@al_invented is it on?", al)
    records = [post, share("801000000000000002", al, post), notice("801000000000000077")]
    return "".join(json.dumps(one) + "\n" for one in records).encode()


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a folder with a file of every format, and the release of it."""
    root = tmp_path_factory.mktemp("ids")
    folder = root / "in"
    folder.mkdir()
    for form, (suffix, make) in FORMATS.items():
        (folder / f"{form}{suffix}").write_bytes(make()[0])
    lines = (STUDY / V1).read_bytes().splitlines()
    listed = b"[" + b",\n".join(lines) + b"]\n"
    (folder / "activities.jsonl.gz").write_bytes(gzip.compress(_activities()))
    (folder / "lines.jsonl.bz2").write_bytes(bz2.compress(b"\n".join(lines[:50])))
    (folder / "list.json.xz").write_bytes(lzma.compress(listed))
    (folder / "list.json").write_bytes(listed)
    call("init", root / "study")
    said = call("run", folder, "--out", root / "share", "--project", root / "study")
    assert said.code in {0, 10}, said.err
    return folder, root / "share"


def test_no_id_of_any_format_is_in_the_output(everything: tuple[Path, Path]) -> None:
    """No number of six or more digits that was an id stands in data, log, report or name."""
    folder, share = everything
    known = ids([folder])
    assert len(known) > 300
    assert left(known, share) == set()
    assert left(known, folder), "the search finds what is there"


def test_no_id_of_any_format_tells_a_time(everything: tuple[Path, Path]) -> None:
    """No id, handle, part of a link or name of a file decodes to a time between 2006 and 2030."""
    _, share = everything
    count, telling = told(share)
    assert count > 500
    assert telling == []


@pytest.mark.parametrize("policy", POLICIES)
def test_no_id_of_the_study_is_released(released: Callable[[str], Release], policy: str) -> None:
    """In every tier of the example study, no id of it is left and none of the new ones tells."""
    release = released(policy)
    known = ids(sorted(path for path in STUDY.iterdir() if path.name != "people.csv"))
    assert len(known) > 300
    assert left(known, release.root) == set()
    count, telling = told(release.root)
    assert count > 300
    assert telling == []
