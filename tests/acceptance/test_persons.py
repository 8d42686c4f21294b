"""One woman behind a full name, a given name, a nickname and a handle; another beside her."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from anonymize import api

_TALKS = {
    "talk-1.txt": (
        "Interviewer: Who do you learn from?\n\n"
        "Interviewee: From Rosalind Thackwray. Rosalind Thackwray teaches film here.\n"
    ),
    "talk-2.txt": (
        "Interviewer: And who showed you how to cut?\n\n"
        "Interviewee: It was Rosalind, she stayed after class. Rosalind is like that.\n"
    ),
    "talk-3.txt": (
        "Interviewer: Do you follow anybody?\n\n"
        "Interviewee: Only @rthackwray_film, and Rosalba Thackeray.\n"
    ),
}
_MESSAGE = "Are you coming tomorrow? Roz has booked the studio, Roz said so."
_TRUTH = ("rosalind", "thackwray", "roz", "rthackwray", "rosalba", "thackeray")
_ACCOUNT = {"id": "700001", "username": "cutting_room", "name": "the cutting room"}


def _tweet(number: int, text: str) -> str:
    own = f"81{number:016}"
    return json.dumps(
        {
            "id": own,
            "text": text,
            "author_id": _ACCOUNT["id"],
            "conversation_id": own,
            "created_at": "2016-11-25T04:00:00.000Z",
            "author": _ACCOUNT,
        },
    )


def _study(folder: Path) -> list[Path]:
    paths = []
    for name, text in _TALKS.items():
        (folder / name).write_text(text, encoding="utf-8")
        paths.append(folder / name)
    message = folder / "messages.jsonl"
    message.write_text(_tweet(1, _MESSAGE) + "\n", encoding="utf-8")
    return [*paths, message]


def _shared(out: Path) -> dict[str, str]:
    """Return the shared texts by what they hold: `1`, `2`, `3` and `message`."""
    found = {}
    for path in sorted((out / "data").rglob("*.*")):
        text = path.read_text("utf-8")
        for sign, key in (("teaches film", "1"), ("after class", "2"), ("follow anybody", "3"),
                          ("booked the studio", "message")):  # fmt: skip
            if sign in text:
                found[key] = text
    return found


def _one(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found is not None
    return found.group(1)


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("turned", [False, True], ids=["forth", "back"])
def test_one_pseudonym_for_all_her_names(tmp_path: Path, workers: int, *, turned: bool) -> None:
    """Full name, given name, nickname and handle are one pseudonym, her namesake's another.

    In both orders of the files, with one worker and two; nothing of either name survives.
    """
    paths = _study(tmp_path)
    done = api.run(
        paths[::-1] if turned else paths,
        out=tmp_path / "share",
        workers=workers,
    )
    assert done.verified
    texts = _shared(done.out)
    assert sorted(texts) == ["1", "2", "3", "message"]
    given, family = re.findall(r"From (\w+) (\w+)\. \1 \2 teaches film", texts["1"])[0]
    assert _one(r"It was (\w+), she", texts["2"]) == given
    assert _one(r"(\w+) is like that", texts["2"]) == given
    assert re.findall(r"(\w+) has booked the studio, (\w+) said", texts["message"]) == [
        (given, given)
    ]
    handle = _one(r"Only @(\w+),", texts["3"])
    assert handle.startswith(f"{given}_{family}_".lower())
    other = _one(r", and (\w+ \w+)\.", texts["3"])
    assert not {given, family} & set(other.split())
    everything = "".join(
        path.read_text("utf-8", "replace").lower() for path in done.out.rglob("*") if path.is_file()
    )
    assert [word for word in _TRUTH if re.search(rf"\b{word}\b", everything)] == []
