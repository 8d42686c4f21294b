"""Whole runs over archives and collected statuses of Mastodon."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path

import pytest

from tests.acceptance.running import call, found
from tests.canaries_mastodon import canary_both
from tests.formats.mastodon_cases import FILES, statuses, tar


def _write(folder: Path) -> dict[str, str]:
    """Write an archive and collected statuses of canaries; return where each was put."""
    archive, statuses, where = canary_both()
    (folder / "archive.zip").write_bytes(archive)
    (folder / "s.jsonl").write_bytes(statuses)
    return where


@pytest.mark.parametrize("policy", ["internal", "safeguarded", "open"])
def test_no_canary_is_in_the_shared_folder(tmp_path: Path, policy: str) -> None:
    """No leaf's canary is in a file or name of the shared folder, and none is printed."""
    folder = tmp_path / "in"
    folder.mkdir()
    where = _write(folder)
    share = tmp_path / "share"
    said = call("run", folder, "--out", share, "--policy", policy, "--json")
    assert said.code == 10, said.err
    assert {where[key]: file for key, file in found(share, where).items()} == {}
    assert [place for key, place in where.items() if key.lower() in said.everything.lower()] == []
    records = json.loads(said.out)["records"]
    assert records == {"read": 5, "written": 5, "withheld": 0}
    unknown = json.loads(said.out)["dropped"]["unknown"]
    assert {"zz_unknown", "object.zz_unknown.deep[]", "account.zz_unknown"} <= unknown.keys()


def test_edges_are_the_same_in_archive_and_collection(tmp_path: Path) -> None:
    """Who mentions, answers and boosts whom is told alike by a tar.gz and by statuses."""
    folder, share = tmp_path / "in", tmp_path / "share"
    folder.mkdir()
    (folder / "archive.tar.gz").write_bytes(tar(FILES))
    body = "\n".join(map(json.dumps, statuses()))
    (folder / "s.jsonl").write_text(body, encoding="utf-8")
    said = call("run", folder, "--out", share, "--json")
    assert json.loads(said.out)["records"] == {"read": 6, "written": 6, "withheld": 0}
    (archive,) = share.glob("data/*/mastodon_*.tar.gz")
    with tarfile.open(archive) as opened:
        members = opened.getmembers()
        assert [(one.name, one.mtime, one.uid, one.uname) for one in members] == [
            ("actor.json", 0, 0, ""),
            ("outbox.json", 0, 0, ""),
        ]
        actor, outbox = (json.loads(opened.extractfile(one).read()) for one in members)  # type: ignore[union-attr]
    create, announce = outbox["orderedItems"]
    post = create["object"]
    (path,) = share.glob("data/*/statuses_*.jsonl")
    first, answer, boost = map(json.loads, path.read_text("utf-8").splitlines())
    assert create["actor"] == announce["actor"] == post["attributedTo"] == actor["id"]
    assert answer["account"]["uri"] == boost["account"]["uri"] == actor["id"]
    assert answer["account"]["acct"] == actor["preferredUsername"]
    assert post["inReplyTo"] == announce["object"]
    mention = post["tag"][0]
    assert (
        mention["href"]
        == first["account"]["uri"]
        == answer["mentions"][0]["url"].replace("/@", "/users/")
    )
    assert mention["name"] == "@" + first["account"]["acct"]
    assert f'href="{first["account"]["url"]}" class="u-url mention"' in post["content"]
    assert post["content"] == post["contentMap"]["en"] == answer["content"]
    assert answer["in_reply_to_id"] == first["id"] == boost["reblog"]["id"]
    assert answer["in_reply_to_account_id"] == first["account"]["id"]
    assert first["account"]["display_name"] in answer["spoiler_text"]
    assert answer["tags"][0]["name"] == post["tag"][1]["name"][1:].lower()
