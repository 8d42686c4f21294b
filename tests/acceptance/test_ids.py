"""No id of the input is in the output, and no id of the output tells when it was made."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from anonymize.formats.catalogue import FORMATS as READERS
from anonymize.formats.intake import take_in
from anonymize.model.documents import Document
from anonymize.model.fields import Field, Role
from tests.acceptance import golden
from tests.acceptance.golden import shown
from tests.acceptance.running import call
from tests.acceptance.study import STUDY, Release
from tests.acceptance.test_canary import FORMATS
from tests.fuzz_runs import prepared

POLICIES = ("internal", "controlled", "safeguarded", "open")
_RUN = re.compile(rb"[0-9]{6,}")
_WORD = re.compile(rb"(?<![0-9A-Za-z])[0-9]{6,}(?![0-9A-Za-z])")
_LONG = 15
"""Digits of a snowflake: that long, a number is an id wherever it stands."""
_SIGNS = "234567abcdefghijklmnopqrstuvwxyz"
_START = datetime(1970, 1, 1, tzinfo=UTC)
_GREGORIAN = datetime(1582, 10, 15, tzinfo=UTC)
_FIRST, _LAST = datetime(2006, 1, 1, tzinfo=UTC), datetime(2035, 1, 1, tzinfo=UTC)


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
    """Whether a time lies between the first tweet and some years from now."""
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


def below(root: Path) -> Iterator[tuple[str, bytes]]:
    """Yield what everything below a folder is called and holds, archives and tables opened."""
    for path in sorted(root.rglob("*")):
        if path.is_file():
            name = path.relative_to(root).as_posix()
            yield name, name.encode()
            for inner, data in shown(name, path.read_bytes()):
                yield inner, inner.encode()
                # The list of members is of our own making.
                yield inner, data if not inner.endswith("/members.txt") else b""


def fields(inputs: list[Path]) -> Iterator[Field]:
    """Yield every field of every document of some files, as the program reads them."""
    taken = take_in([str(one) for one in inputs], name_token=lambda _: "bcdfghjk")
    for shard in taken.shards:
        for item in READERS[shard.format].read(shard):
            if isinstance(item, Document):
                yield from item.fields


def ids(inputs: list[Path]) -> set[bytes]:
    """Return the numbers that are ids in some files: by their role, or by their length.

    Digits among letters are part of another id, such as a DID, and are no number.
    """
    found = {
        run
        for one in fields(inputs)
        if one.role is Role.ID
        for run in _WORD.findall(one.value.encode())
    }
    for path in inputs:
        files = below(path) if path.is_dir() else shown(path.name, path.read_bytes())
        found.update(run for _, data in files for run in _WORD.findall(data) if len(run) >= _LONG)
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


_TOKEN = re.compile(rb"(?<![0-9A-Za-z-])[0-9A-Za-z]+(?:-[0-9A-Za-z]+)*(?![0-9A-Za-z-])")
_EPOCH = re.compile("1[0-9]{9}(?:000)?")
"""Seconds or whole seconds in milliseconds since 1970: a time that was moved, and no id."""


def moments(root: Path) -> dict[str, dict[str, float]]:
    """Return what decodes to a time in a folder, by sort of id: word and milliseconds."""
    found: dict[str, dict[str, float]] = {sort: {} for sort in DECODERS}
    words = {run for _, data in below(root) for run in _TOKEN.findall(data)}
    words |= {part for word in words for part in word.split(b"-")}
    for word in words:
        for sort, decode in DECODERS.items():
            when = decode(word.decode())
            if plausible(when):
                found[sort][word.decode()] = when
    return found


_ASKED = (
    "blocks,bookmarks,direct-message-group-headers,direct-message-headers,direct-messages,"
    "direct-messages-group,followers,following,likes,lists,media,mutes,profile"
)
_APART = frozenset(("study", "table"))
"""Golden folders that are not run with the others: one is tried below, one needs `--columns`."""


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return a folder with the input of every format, and the release of it.

    These are the golden inputs and the canary files, direct messages and all else of a takeout.
    """
    root = tmp_path_factory.mktemp("ids")
    folder = root / "in"
    folder.mkdir()
    for form, (suffix, make) in FORMATS.items():
        (folder / f"{form}{suffix}").write_bytes(make()[0])
    for name in golden.folders():
        if name not in _APART:
            golden.lay_out(golden.ROOT / name / "input", folder / f"golden-{name}")
    with prepared():
        call("init", root / "study")
        told = ("--out", root / "share", "--project", root / "study", "--include", _ASKED)
        said = call("run", folder, *told)
    assert said.code in {0, 10}, said.err
    return folder, root / "share"


def test_no_id_of_any_format_is_in_the_output(everything: tuple[Path, Path]) -> None:
    """No number of six or more digits that was an id stands in data, log, report or name."""
    folder, share = everything
    known = ids([folder])
    assert len(known) > 300
    assert left(known, share) == set()
    assert left(known, folder), "the search finds what is there"


def test_nothing_in_the_output_tells_a_time(everything: tuple[Path, Path]) -> None:
    """No word of the output, in text, cell, id or name, decodes to a time as ids of any sort do.

    The surrogates are letters and digits of no such form, so there is nothing to decode.  What
    is left are times that were moved, and none of them tells the second of an id of the input.
    """
    folder, share = everything
    true = moments(folder)
    assert {sort for sort, found in true.items() if len(found) > 2} == set(DECODERS) - {"uuid"}
    assert true["uuid"]
    found = moments(share)
    telling = {
        (sort, word)
        for sort, words in found.items()
        for word in words
        if not _EPOCH.fullmatch(word)
    }
    assert telling == set()
    seconds = {round(when / 1000) for words in true.values() for when in words.values()}
    near = {
        word
        for words in found.values()
        for word, when in words.items()
        if round(when / 1000) in seconds
    }
    assert near == set()


_FRACTION = re.compile(
    rb"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:]{8}[.,]([0-9]+)|[^0-9]1[0-9]{9}([0-9]{3})[^0-9]"
)


def test_no_fraction_of_a_second_is_left(everything: tuple[Path, Path]) -> None:
    """Times keep the form they have and lose the milliseconds that ids are made of."""
    folder, share = everything
    tried = [
        {digits for _, data in below(root) for match in _FRACTION.findall(data) for digits in match}
        for root in (folder, share / "data")
    ]
    assert {b"347", b"217"} <= tried[0]
    assert {digits.strip(b"0") for digits in tried[1]} == {b""}


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
