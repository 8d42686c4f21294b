from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from anonymize import api
from anonymize.errors import UsageError
from anonymize.formats.base import Plan, PlanOptions
from anonymize.formats.intake import take_in
from anonymize.formats.json_values import loads
from anonymize.formats.x_takeout import FILE, FORMAT
from anonymize.formats.x_takeout_files import INCLUDED, classify, included
from anonymize.model.documents import Document
from tests.formats.takeout_cases import ACCOUNT, FILES, TWEET, js, single, takeout, unpacked

JO = "70022002"
LINK = f"https://twitter.com/intent/user?user_id={JO}"
LIKE = {
    "tweetId": "1600000000000000005",
    "fullText": "Lovely, @jo_invented &amp; all",
    "expandedUrl": "https://twitter.com/i/web/status/1600000000000000005",
}
ACCOUNT_OF = {"accountId": JO, "userLink": LINK}
PROFILE = {
    "description": {"bio": "Teaches", "website": "https://t.co/x", "location": "Ashbrook"},
    "avatarMediaUrl": "https://pbs.example/x.jpg",
    "headerMediaUrl": "https://pbs.example/70021001/1",
}
ARTICLE = {
    "id": "1600000000000000044",
    "title": "What jo_invented taught me",
    "content": [
        {
            "text": "Thanks to @jo_invented!",
            "mentions": [{"screenName": "jo_invented", "fromIndex": 10, "toIndex": 22}],
            "hashtags": [],
        },
    ],
}
WRITTEN = {"authorId": "70021001", "visibility": "Published", "createdAtMs": "1670750000000"}
CASES: list[tuple[str, dict[str, Any]]] = [
    ("article", {"article": ARTICLE}),
    ("article-metadata", {"articleMetadata": {**WRITTEN, "tweetId": "1600000000000000045"}}),
    ("twitter-article", ARTICLE),
    ("like", {"like": LIKE}),
    ("like", LIKE),
    ("bookmark", {"bookmark": LIKE}),
    ("follower", {"follower": ACCOUNT_OF}),
    ("following", {"following": ACCOUNT_OF}),
    ("following", ACCOUNT_OF),
    ("block", {"blocking": ACCOUNT_OF}),
    ("mute", {"muting": ACCOUNT_OF}),
    ("lists-created", {"userListInfo": {"url": "https://twitter.com/jo_invented/lists/a"}}),
    ("lists-member", {"userListInfo": {"urls": ["https://twitter.com/jo_invented/lists/a"]}}),
    ("lists-subscribed", {"userListInfo": {"url": "https://twitter.com/i/lists/1234567"}}),
    ("profile", {"profile": PROFILE}),
]
ALL = PlanOptions(include=included(INCLUDED))


def read(plan: Plan) -> list[Document]:
    """Return the documents of a single file."""
    items = [item for shard in plan.shards for item in FILE.read(shard)]
    return [item for item in items if isinstance(item, Document)]


def same(document: Document) -> dict[Any, str | None]:
    """Return the unchanged values."""
    return {one.path: one.value for one in document.fields}


def test_every_word_is_of_files_known_and_left_out() -> None:
    """What can be asked for is a file of the tables whose default is not to be converted."""
    for stems in INCLUDED.values():
        assert {classify(f"data/{stem}.js").use for stem in stems} <= {"seed", "rule"}


def test_what_is_asked_for_is_converted_and_nothing_else(tmp_path: Path) -> None:
    """Likes asked for are written and no longer dropped; the rest stays as it was."""
    source = takeout(tmp_path / "a.zip", FILES)
    usual = FORMAT.plan(source, 0, PlanOptions())
    asked = FORMAT.plan(source, 0, PlanOptions(include=included(["likes"])))
    before = {one.output for one in usual.shards if one.output}
    assert {one.output for one in asked.shards if one.output} - before == {"data/like.js"}
    assert {one.name for one in usual.dropped} - {one.name for one in asked.dropped} == {
        "data/like.js",
    }
    assert len(asked.shards) == len(usual.shards)


@pytest.mark.parametrize(("stem", "record"), CASES)
def test_each_is_understood_and_given_back(
    tmp_path: Path,
    stem: str,
    record: dict[str, Any],
) -> None:
    """No leaf is unknown, with wrapper or without, and unchanged texts give the record back."""
    source = single(tmp_path / "a.js", js(stem.replace("-", "_"), record))
    plan = FILE.plan(source, 0, ALL)
    assert not plan.dropped
    (document,) = read(plan)
    assert not [one for one in document.fields if one.kind == "unknown"]
    assert document.sections[0].withhold == ""
    made = loads(FILE.rebuild(document, same(document)))
    assert made is not None
    assert made.value == record
    assert FILE.rebuild(document, same(document), frozenset({0})) == b""


def test_what_is_something_else_is_withheld(tmp_path: Path) -> None:
    """An element of another kind is no like, and a new key of a like is unknown."""
    odd = {"like": {**LIKE, "mood": "glum"}}
    source = single(tmp_path / "a.js", js("like", odd, {"poem": "x"}))
    first, second = read(FILE.plan(source, 0, ALL))
    assert [one.path[-1] for one in first.fields if one.kind == "unknown"] == ["mood"]
    assert second.sections[0].withhold == "unknown-record"


def test_a_word_nobody_knows_is_a_usage_error(tmp_path: Path) -> None:
    """A word that names nothing stops before anything is read, and the words there are told."""
    source = tmp_path / "a.zip"
    takeout(source, FILES)
    with pytest.raises(UsageError, match="include takes articles, blocks, bookmarks"):
        take_in([str(source)], name_token=lambda _: "k", include=["likes", "everything"])


def test_renamed_files_say_themselves_what_they_are(tmp_path: Path) -> None:
    """A browser's second copy and a part under another name are tweets; other scripts are not."""
    files = {
        "data/account.js": js("account", ACCOUNT),
        "data/tweets (1).js": js("tweets", TWEET),
        "data/tweet-part2.js": js("tweet", TWEET).replace(b"part0", b"part2"),
        "data/My likes.js": js("like", {"like": LIKE}),
        "data/script.js": b"window.alert(1)",
        "data/deep/tweets (1).js": js("tweets", TWEET),
    }
    for source in (takeout(tmp_path / "a.zip", files), unpacked(tmp_path / "t", files)):
        plan = FORMAT.plan(source, 0, PlanOptions())
        written = [one.output.rpartition("data/")[2] for one in plan.shards if one.output]
        assert written == ["tweets.js", "tweets-part1.js"]
        assert {one.name for one in plan.dropped if one.reason == "rule"} == {
            "data/account.js",
            "data/like.js",
        }
        assert len([one for one in plan.dropped if one.reason == "unknown"]) == 2
        assert "(1)" not in repr(plan)


MESSAGES = {
    "dmConversation": {
        "conversationId": f"70021001-{JO}",
        "messages": [
            {
                "messageCreate": {
                    "senderId": JO,
                    "recipientId": "70021001",
                    "id": "1700000000000000777",
                    "createdAt": "2023-09-08T10:00:00.000Z",
                    "text": "Mail jo@invented.example, or Josefine Pellworm",
                },
            },
            {"screenshotTaken": {"by": JO}},
        ],
    },
}
OWNER = {
    "accountId": "70021001",
    "username": "me_invented",
    "accountDisplayName": "Mechthild Invented",
}
SAYS = "@jo_invented is Josefine Pellworm"
MENTION = {
    "name": "Josefine Pellworm",
    "screen_name": "jo_invented",
    "id_str": JO,
    "id": JO,
    "indices": ["0", "12"],
}
SAID = {
    "id_str": "1700000000000000001",
    "full_text": SAYS,
    "entities": {"user_mentions": [MENTION]},
}
STORY = {
    "data/account.js": js("account", {"account": OWNER}),
    "data/tweets.js": js("tweets", {"tweet": SAID}),
    "data/direct-messages.js": js("direct_messages", MESSAGES),
    "data/like.js": js("like", {"like": LIKE}),
    "data/follower.js": js("follower", {"follower": ACCOUNT_OF}),
    "data/direct_messages_media/1700000000000000777-AbC.jpg": b"\xff\xd8",
}


def test_a_run_converts_what_the_project_says(tmp_path: Path) -> None:
    """Records are those written and withheld; edges hold in all files; the zip tells nothing."""
    takeout(tmp_path / "twitter-me_invented.zip", STORY)
    project = api.init(tmp_path / "study").root
    settings = project / "project.yaml"
    words = "include: [direct-messages, likes, followers]"
    settings.write_text(settings.read_text().replace("include: []", words))
    result = api.run(
        [tmp_path / "twitter-me_invented.zip"],
        out=tmp_path / "share",
        project=project,
    )
    assert result.exit_code == 10
    assert result.records == {"read": 5, "written": 4, "withheld": 1}
    (data,) = (tmp_path / "share" / "data").iterdir()
    with zipfile.ZipFile(data) as archive:
        infos = archive.infolist()
        made = {one: _elements(archive.read(one)) for one in archive.namelist()}
    assert set(made) == {
        "data/direct-messages.js",
        "data/follower.js",
        "data/like.js",
        "data/tweets.js",
    }
    assert {(one.date_time, one.create_system, one.external_attr) for one in infos} == {
        ((1980, 1, 1, 0, 0, 0), 3, 0o100644 << 16),
    }
    assert not any(one.extra or one.comment for one in infos)
    conversation = made["data/direct-messages.js"][0]["dmConversation"]
    (message,) = conversation["messages"]
    said = message["messageCreate"]
    tweet = made["data/tweets.js"][0]["tweet"]
    mention = tweet["entities"]["user_mentions"][0]
    assert said["senderId"] == mention["id_str"]
    assert made["data/follower.js"][0]["follower"]["accountId"] == mention["id_str"]
    halves = sorted((said["recipientId"], said["senderId"]))
    assert conversation["conversationId"] == "-".join(halves)
    assert mention["name"] in said["text"]
    assert f"@{mention['screen_name']}" in made["data/like.js"][0]["like"]["fullText"]
    dropped = {one["name"] for one in result.dropped["files"]}
    assert dropped == {"data/account.js", "data/direct_messages_media/"}


def test_the_command_line_goes_before_the_project(tmp_path: Path) -> None:
    """What a run is asked for counts; a word nobody knows is a usage error there too."""
    takeout(tmp_path / "a.zip", STORY)
    result = api.run([tmp_path / "a.zip"], out=tmp_path / "share", include=("likes",))
    assert result.records == {"read": 2, "written": 2, "withheld": 0}
    with pytest.raises(UsageError):
        api.run([tmp_path / "a.zip"], out=tmp_path / "more", include=("liked",))


MANIFEST: dict[str, Any] = {
    "dataTypes": {
        "tweets": {
            "files": [{"fileName": "data/tweets.js"}, {"fileName": "data/tweets-part1.js"}],
        },
        "noteTweet": {"files": [{"fileName": "data/note-tweet.js"}, 7, {"fileName": 7}]},
        "like": {"files": [{"fileName": "data/like-part1.js"}]},
        "app": {"files": [{"fileName": "data/app.js"}]},
        "diary": {"files": [{"fileName": "data/Mechthild's diary.js"}]},
        "odd": [],
    },
}


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ([], {"data/tweets-part1.js", "data/note-tweet.js"}),
        (["likes"], {"data/tweets-part1.js", "data/note-tweet.js", "data/like-part1.js"}),
    ],
)
def test_parts_the_manifest_names_that_are_not_there_are_told(
    tmp_path: Path,
    asked: list[str],
    told: set[str],
) -> None:
    """Of what would be converted; a tweet file under another name is there all the same."""
    files = {
        "data/manifest.js": b"window.__THAR_CONFIG = " + json.dumps(MANIFEST).encode(),
        "data/My tweets.js": js("tweets", TWEET),
    }
    source = takeout(tmp_path / "a.zip", files)
    plan = FORMAT.plan(source, 0, PlanOptions(include=included(asked)))
    assert {one.name for one in plan.dropped if one.reason == "missing"} == told
    result = api.run([tmp_path / "a.zip"], out=tmp_path / "share", include=tuple(asked))
    assert result.exit_code == 0
    rows = (tmp_path / "share" / "withheld.jsonl").read_text().splitlines()
    listed = {one["file"] for one in map(json.loads, rows) if one["reason"] == "missing-file"}
    assert listed == told


@pytest.mark.parametrize(
    "manifest", [b"[7]", b"{}", b'{"dataTypes": 7}', b'{"dataTypes": {"a": 1}}']
)
def test_an_odd_manifest_names_nothing(tmp_path: Path, manifest: bytes) -> None:
    """A manifest of another form is no reason to refuse a takeout."""
    files = {
        "data/manifest.js": b"window.__THAR_CONFIG = " + manifest,
        "data/tweets.js": js("tweets", TWEET),
    }
    plan = FORMAT.plan(takeout(tmp_path / "a.zip", files), 0, PlanOptions())
    assert not [one for one in plan.dropped if one.reason == "missing"]


def test_what_is_left_out_whole_is_a_release_that_says_so(tmp_path: Path) -> None:
    """A file that is dropped by rule leaves no record behind, and is listed."""
    single(tmp_path / "account.js", STORY["data/account.js"])
    result = api.run([tmp_path / "account.js"], out=tmp_path / "share")
    assert (result.exit_code, result.records["read"]) == (0, 0)
    assert [one["name"] for one in result.dropped["files"]] == ["account.js"]
    assert not (tmp_path / "share" / "data").exists()


def _elements(data: bytes) -> Any:
    return json.loads(data.partition(b" = ")[2])
