from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from anonymize.errors import FormatError, UsageError
from anonymize.formats.catalogue import FORMATS
from anonymize.formats.intake import Intake, take_in
from tests.formats.takeout_cases import FILES, takeout, unpacked

TWEET = json.dumps({"id": "12345678", "text": "hello"}) + "\n"
TALK = "INT: How was it?\nJO: Good.\nINT: Why?\nJO: Because.\n"


def token(value: str) -> str:
    """Return a token, not keyed."""
    return "k" + hashlib.sha256(value.encode()).hexdigest()[:7]


def take(*inputs: Path, shard_bytes: int = 1 << 24) -> Intake:
    """Take in files and folders."""
    return take_in([str(one) for one in inputs], name_token=token, shard_bytes=shard_bytes)


def study(root: Path) -> Path:
    """Write a folder whose names all name a person."""
    folder = root / "study-jane"
    (folder / "talks-jane").mkdir(parents=True)
    (folder / "jane.jsonl").write_text(TWEET)
    (folder / "talks-jane/jane-doe.txt").write_text(TALK)
    (folder / "picture-of-jane.jpg").write_bytes(b"\xff\xd8\xff\x00\x01")
    unpacked(folder / "takeout-of-jane", FILES)
    return folder


def test_folders_become_neutral_outputs(tmp_path: Path) -> None:
    """Outputs mirror the folders under tokens; labels number files; no name is shown."""
    taken = take(study(tmp_path))
    top = f"folder_{token('study-jane')}"
    talks = f"{top}/folder_{token('study-jane/talks-jane')}"
    whole = f"{top}/takeout_{token('study-jane/takeout-of-jane')}"
    assert sorted({shard.output for shard in taken.shards} - {""}) == sorted(
        [
            f"{whole}/data/note-tweet.js",
            f"{whole}/data/tweets.js",
            f"{whole}/data/tweets-part1.js",
            f"{top}/tweets_{token('study-jane/jane.jsonl')}.jsonl",
            f"{talks}/interview_{token('study-jane/talks-jane/jane-doe.txt')}.txt",
        ],
    )
    assert [shard.index for shard in taken.shards] == list(range(len(taken.shards)))
    assert {one.name for one in taken.dropped if one.reason == "unknown"} == {
        "unknown file 1 (.jpg)",
        "unknown file 1 (.js)",
    }
    for shown in [*(shard.label for shard in taken.shards), repr(taken)]:
        assert "jane" not in shown.replace("study-jane", "")
    assert any(shard.label == "study-jane/#1.jsonl" for shard in taken.shards)


def test_the_order_of_the_file_system_does_not_matter(tmp_path: Path) -> None:
    """Two folders with the same files, made in another order, give the same plan."""
    plans = []
    for name, order in (("a", 1), ("b", -1)):
        folder = tmp_path / name / "material"
        folder.mkdir(parents=True)
        for number in range(9)[::order]:
            (folder / f"{number}.jsonl").write_text(TWEET)
        plans.append([(s.index, s.output, s.label) for s in take(folder).shards])
    assert plans[0] == plans[1]


def test_byte_ranges_share_an_output(tmp_path: Path) -> None:
    """A large file becomes several shards of one output, in order, without gaps."""
    path = tmp_path / "a.jsonl"
    path.write_text(TWEET * 50)
    shards = take(path, shard_bytes=200).shards
    assert len(shards) > 5
    assert {shard.output for shard in shards} == {f"tweets_{token('a.jsonl')}.jsonl"}
    assert [shard.start for shard in shards[1:]] == [shard.stop for shard in shards[:-1]]
    assert (shards[0].start, shards[-1].stop) == (0, path.stat().st_size)


def test_equal_names_get_outputs_of_their_own(tmp_path: Path) -> None:
    """Two files of one name from two places never share an output."""
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "x.jsonl").write_text(TWEET)
    first, second = take(tmp_path / "a/x.jsonl", tmp_path / "b/x.jsonl").shards
    assert (first.output, second.output) == (
        f"tweets_{token('x.jsonl')}.jsonl",
        f"tweets_{token('x.jsonl')}-2.jsonl",
    )


def test_sources_are_listed_once(tmp_path: Path) -> None:
    """A takeout of many shards is one source; a zip keeps its suffix."""
    source = takeout(tmp_path / "mine.zip", FILES)
    taken = take(Path(source.path))
    assert taken.sources == (source.path,)
    assert {one.container for one in taken.shards if one.output} == {
        f"takeout_{token('mine.zip')}.zip",
    }


def test_what_cannot_be_taken_is_refused(tmp_path: Path) -> None:
    """Missing, empty, unknown and doubled inputs end in one line that names what was typed."""
    (tmp_path / "empty.jsonl").touch()
    (tmp_path / "void").mkdir()
    (tmp_path / "noise.bin").write_bytes(bytes(range(256)))
    good = tmp_path / "good.jsonl"
    good.write_text(TWEET)
    cases: list[tuple[list[str], type[Exception], str]] = [
        (["gone.jsonl"], UsageError, "gone.jsonl: no such file or folder"),
        (["empty.jsonl"], FormatError, "empty.jsonl: is empty"),
        (["void"], FormatError, "void: holds no file"),
        (["noise.bin"], FormatError, "noise.bin: not a format this program reads"),
        (["good.jsonl", "good.jsonl"], UsageError, "good.jsonl: is named twice"),
    ]
    for names, kind, message in cases:
        with pytest.raises(kind) as caught:
            take(*(tmp_path / name for name in names))
        assert str(caught.value) == message


def test_unreadable_files_and_folders_are_format_errors(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A file or folder that may not be read stops the run."""
    folder = tmp_path / "m"
    (folder / "closed").mkdir(parents=True)
    (folder / "closed" / "x.jsonl").write_text(TWEET)
    scan = os.scandir

    def refuse(path: str) -> Any:
        if path.endswith("closed"):
            raise PermissionError(path)
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(FormatError, match=r"^m, a folder in it: cannot be read$"):
        take(folder)
    monkeypatch.undo()

    def deny(self: Path, mode: str) -> Any:
        raise PermissionError(str(self) + mode)

    monkeypatch.setattr(Path, "open", deny)
    with pytest.raises(FormatError, match=r"^m/#1\.jsonl: cannot be opened$"):
        take(folder)


def test_links_are_not_followed(tmp_path: Path) -> None:
    """A link in a folder, to a file or to a folder, is dropped as unknown."""
    (tmp_path / "secret.jsonl").write_text(TWEET)
    folder = tmp_path / "m"
    folder.mkdir()
    (folder / "a.jsonl").write_text(TWEET)
    (folder / "b.jsonl").symlink_to(tmp_path / "secret.jsonl")
    (folder / "c").symlink_to(tmp_path, target_is_directory=True)
    taken = take(folder)
    assert len(taken.shards) == 1
    assert [(one.name, one.reason) for one in taken.dropped] == [
        ("unknown file 1 (.jsonl)", "unknown"),
        ("unknown file 2", "unknown"),
    ]


def test_every_format_is_found_by_its_name() -> None:
    """A worker process finds the format a shard names."""
    assert {"x-takeout", "x-takeout-file", "tweets-jsonl", "gold-jsonl"} <= set(FORMATS)
    assert all(FORMATS[name].name == name for name in FORMATS)


def test_a_roster_in_a_folder_is_no_table(tmp_path: Path) -> None:
    """A `people.csv` among the material is left out by rule instead of being read or refused."""
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "people.csv").write_text("person,role,names,handles,emails,consent\n")
    (tmp_path / "in" / "talk.txt").write_text("Anna: Hello.\nBo: Hi.\nAnna: Bye.\n")

    intake = take_in(
        [str(tmp_path / "in")],
        name_token=lambda _: "bcdfghjk",
        shard_bytes=1000,
        columns=None,
        encoding=None,
    )

    assert [(one.name, one.reason) for one in intake.dropped] == [("people.csv", "rule")]
    assert [shard.format for shard in intake.shards] == ["transcript"]
