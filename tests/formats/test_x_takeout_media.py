from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from anonymize import api
from anonymize.errors import LeakError
from anonymize.formats.base import Plan, PlanOptions, Texts
from anonymize.formats.x_takeout import FORMAT
from anonymize.formats.x_takeout_files import included
from anonymize.formats.x_takeout_media import FORMAT as KEPT
from anonymize.formats.x_takeout_media import named
from anonymize.model import media
from anonymize.model.documents import Document, Problem
from tests.acceptance.running import parts
from tests.formats.takeout_cases import js, takeout, unpacked
from tests.media_cases import MEDIA, WORD

POST = "1690000000000000011"
KEYS = {kind: f"Cc9Fyscu-kA_{kind}" for kind in MEDIA}
ASKED = PlanOptions(include=included(["media"]))


def shown(key: str, suffix: str, **more: str) -> dict[str, Any]:
    """Return a medium of a tweet."""
    host = f"https://pbs.twimg.com/media/{key}"
    if suffix == "mp4":
        link = (
            f"https://video.twimg.com/ext_tw_video/1690000000000000002/pu/vid/1x1/{key}.mp4?tag=1"
        )
        variants = [{"content_type": "video/mp4", "url": link}]
        return {"media_url_https": host + "v.jpg", "video_info": {"variants": variants}, **more}
    return {"media_url_https": f"{host}.{suffix}", **more}


def tweet(number: str, text: str, *held: dict[str, Any]) -> dict[str, Any]:
    """Return a tweet with media."""
    body = {"id_str": number, "full_text": text, "extended_entities": {"media": [*held]}}
    return {"tweet": body}


TWEETS = [
    tweet(POST, "Mine", *(shown(key, kind) for kind, key in KEYS.items())),
    tweet("1690000000000000012", "RT @jo_invented: hers", shown("TheirsTheirs", "jpg")),
    tweet("1690000000000000013", "Look", shown("TakenTaken", "jpg", source_user_id="70022002")),
]
OWNER = {"accountId": "70021001", "username": "me_invented", "accountDisplayName": "Me Invented"}
FILES = {
    "data/account.js": js("account", {"account": OWNER}),
    "data/tweets.js": js("tweets", *TWEETS),
    **{f"data/tweets_media/{POST}-{key}.{kind}": MEDIA[kind]() for kind, key in KEYS.items()},
    "data/tweets_media/1690000000000000012-TheirsTheirs.jpg": MEDIA["jpg"](),
    "data/tweets_media/1690000000000000013-TakenTaken.jpg": MEDIA["jpg"](),
    "data/tweets_media/1690000000000000099-GoneGone.jpg": MEDIA["jpg"](),
    "data/tweets_media/Mechthild.jpg": MEDIA["jpg"](),
    "data/direct_messages_media/1690000000000000777-DmDmDm.jpg": MEDIA["jpg"](),
}


def kept(plan: Plan) -> list[Document | Problem]:
    """Return what is read of pictures and films."""
    return [one for shard in plan.shards if shard.format == KEPT.name for one in KEPT.read(shard)]


def test_names_x_did_not_give_are_not_read() -> None:
    """Only post, media key and a suffix of pictures and films are a name of X."""
    assert named("12-a.b.jpg") is None
    assert named("12-ab.exe") is None
    assert named("ab.jpg") is None


def test_media_are_left_out_unless_asked_for(tmp_path: Path) -> None:
    """Without the word no file of a folder of media is planned, as before."""
    source = takeout(tmp_path / "a.zip", FILES)
    plan = FORMAT.plan(source, 0, PlanOptions())
    assert not kept(plan)
    assert "data/tweets_media/" in {one.name for one in plan.dropped}


@pytest.mark.parametrize("make", [takeout, unpacked])
def test_only_the_owners_own_are_kept(tmp_path: Path, make: Any) -> None:
    """Media of retweets, of others' posts, of no post and of messages are left out, and listed."""
    plan = FORMAT.plan(make(tmp_path / "a.zip", FILES), 0, ASKED)
    found = kept(plan)
    documents = [one for one in found if isinstance(one, Document)]
    assert len(documents) == len(found) == len(MEDIA)
    assert {one.fields[0].value for one in documents} == set(KEYS.values())
    assert {one.sections[0].posts for one in documents} == {(POST,)}
    assert {one.name for one in plan.dropped if one.name.endswith("_media/")} == {
        "data/tweets_media/",
        "data/direct_messages_media/",
    }


def test_unchanged_texts_give_the_file_back(tmp_path: Path) -> None:
    """What stands beside a picture is fields: kept, all is as it was; dropped, it is gone."""
    for one in kept(FORMAT.plan(takeout(tmp_path / "a.zip", FILES), 0, ASKED)):
        assert isinstance(one, Document)
        same = {field.path: field.value for field in one.fields}
        head, _, body = KEPT.rebuild(one, same).partition(b"\n")
        name, size = json.loads(head)
        assert len(body) == size
        assert f"data/tweets_media/{POST}-{name}" in FILES
        assert body == FILES[f"data/tweets_media/{POST}-{name}"]
        only: Texts = {("key",): "k"}
        assert KEPT.rebuild(one, only).partition(b"\n")[2] == MEDIA[name.split(".")[-1]](b"")
        assert KEPT.rebuild(one, {}) == b""
        assert KEPT.rebuild(one, same, frozenset({0})) == b""


def test_a_file_that_was_not_cleaned_stops_publication(tmp_path: Path) -> None:
    """Were a policy to keep what is opaque, no picture would be published with it."""
    plan = FORMAT.plan(takeout(tmp_path / "a.zip", FILES), 0, ASKED)
    (shard,) = (one for one in plan.shards if one.format == KEPT.name)
    (document, *_) = KEPT.read(shard)
    assert isinstance(document, Document)
    same = {field.path: field.value for field in document.fields}
    (tmp_path / "joined").write_bytes(KEPT.rebuild(document, same))
    with pytest.raises(LeakError):
        KEPT.finish(shard, str(tmp_path / "joined"), str(tmp_path / "folder"))


def test_a_run_renames_cleans_and_refers(tmp_path: Path) -> None:
    """Posts refer to the new names; no key, id or word is left; what is no picture is withheld."""
    bad = {f"data/tweets_media/{POST}-{KEYS['png']}.png": b"%PDF" + WORD}
    takeout(tmp_path / "a.zip", {**FILES, **bad})
    result = api.run([tmp_path / "a.zip"], out=tmp_path / "share", include=("media",))
    assert result.exit_code == 10
    assert result.records == {"read": 3 + 5, "written": 3 + 4, "withheld": 1}
    (data,) = (tmp_path / "share" / "data").iterdir()
    with zipfile.ZipFile(data) as archive:
        names = [one for one in archive.namelist() if "_media/" in one]
        assert all(media.is_clean(media.parts(archive.read(one))) for one in names)
        posts = archive.read("data/tweets.js").decode()
    assert len(names) == 4
    for one in names:
        assert f'"https://example.org/{one.rpartition("/")[2]}"' in posts
    for name, content in parts(tmp_path / "share"):
        for secret in (WORD, POST.encode(), *(key.encode() for key in KEYS.values())):
            assert secret not in content, name


def test_refused_consent_withholds_the_media_too(tmp_path: Path) -> None:
    """Who refused has neither her posts shared nor what she put into them."""
    takeout(tmp_path / "a.zip", FILES)
    roster = "person,role,names,handles,emails,consent,pseudonym\nM,,Me Invented,me_invented,,no,\n"
    (tmp_path / "people.csv").write_text(roster)
    result = api.run(
        [tmp_path / "a.zip"],
        out=tmp_path / "share",
        include=("media",),
        people=tmp_path / "people.csv",
    )
    assert result.records == {"read": 8, "written": 0, "withheld": 8}
    assert not [name for name, _ in parts(tmp_path / "share") if "_media/" in name]


def test_a_deleted_post_takes_its_media_along(tmp_path: Path) -> None:
    """A deletion in a stream beside the takeout withholds the post and its pictures."""
    takeout(tmp_path / "a.zip", FILES)
    notice = {"delete": {"status": {"id_str": POST, "user_id_str": "70021001"}}}
    other = {"id_str": "1690000000000000500", "full_text": "x", "user": {"screen_name": "kai_inv"}}
    lines = [json.dumps(one) for one in (notice, other)]
    (tmp_path / "stream.jsonl").write_text("\n".join(lines))
    result = api.run(
        [tmp_path / "a.zip", tmp_path / "stream.jsonl"],
        out=tmp_path / "share",
        include=("media",),
    )
    assert result.records == {"read": 8 + 2, "written": 2 + 1, "withheld": 1 + 5 + 1}
