from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from anonymize.formats.base import Plan, PlanOptions
from anonymize.formats.x_takeout import FILE, FORMAT
from anonymize.model.documents import Document
from anonymize.model.fields import Field, Role
from tests.formats.takeout_cases import js, single, takeout, unpacked

USER = {
    "name": "Mechthild Invented",
    "screen_name": "me_invented",
    "protected": False,
    "id_str": "70021001",
    "profile_image_url_https": "https://pbs.example/x.png",
    "id": 70021001,
    "verified": False,
}
MEDIA = {
    "expanded_url": "http://twitter.com/me_invented/status/290000000000000001/photo/1",
    "indices": [6, 20],
    "url": "http://t.co/abc",
    "media_url": "http://pbs.example/A.jpg",
    "id_str": "290000000000000009",
    "id": 290000000000000009,
    "media_url_https": "https://pbs.example/A.jpg",
    "sizes": [{"h": 600, "resize": "fit", "w": 600}],
    "display_url": "pic.twitter.com/abc",
    "media_alt": "Jo at a table",
}


def tweet(number: int, **more: Any) -> dict[str, Any]:
    """Return a tweet as the archive of 2012 to 2018 has it."""
    return {
        "source": "<a>x</a>",
        "entities": {"user_mentions": [], "media": [MEDIA], "hashtags": [], "urls": []},
        "geo": {},
        "id_str": str(number),
        "text": "hello http://t.co/abc",
        "id": number,
        "created_at": "2013-01-31 17:20:33 +0000",
        "user": USER,
        **more,
    }


def month(name: str, *tweets: Any) -> bytes:
    """Return the file of a month."""
    return f"Grailbird.data.tweets_{name} = \n ".encode() + json.dumps(list(tweets)).encode()


OTHERS = {**USER, "name": "Jo", "screen_name": "jo_invented", "id_str": "70022002", "id": 70022002}
FIRST, SECOND = tweet(290000000000000001), tweet(300000000000000001)
RETWEET = tweet(300000000000000007, retweeted_status=tweet(299000000000000007, user=OTHERS))
TABLE = (
    b'"tweet_id","in_reply_to_status_id","in_reply_to_user_id","timestamp","source","text",'
    b'"retweeted_status_id","retweeted_status_user_id","retweeted_status_timestamp",'
    b'"expanded_urls"\r\n'
    b'"290000000000000001","","70022002","2013-01-31 17:20:33 +0000","<a>x</a>","hello","","",'
    b'"",""\r\n'
)
FILES = {
    "README.txt": b"me_invented",
    "index.html": b"me_invented",
    "css/a.css": b"",
    "js/a.js": b"var a = 1",
    "lib/b/a.js": b"",
    "img/a.png": b"",
    "data/js/user_details.js": b"var user_details =  "
    + json.dumps(
        {"screen_name": "me_invented", "full_name": "Mechthild Invented", "id": "70021001"},
    ).encode(),
    "data/js/payload_details.js": b'var payload_details = {"tweets": 3}',
    "data/js/tweet_index.js": b"var tweet_index = [ ]",
    "data/js/tweets/2013_01.js": month("2013_01", FIRST),
    "data/js/tweets/2013_02.js": month("2013_02", RETWEET, SECOND),
    "tweets.csv": TABLE,
}


def read(plan: Plan) -> list[Document]:
    """Return all documents of a plan."""
    items = [item for shard in plan.shards for item in FORMAT.read(shard)]
    return [item for item in items if isinstance(item, Document)]


def same(document: Document) -> dict[Any, str | None]:
    """Return the unchanged values."""
    return {one.path: one.value for one in document.fields}


def test_a_classic_archive_is_read_whole(tmp_path: Path) -> None:
    """Months, table and owner are read; every other file is left out by a rule."""
    source = takeout(tmp_path / "70021001_abc.zip", FILES)
    assert FORMAT.claims(source)
    plan = FORMAT.plan(source, 0, PlanOptions())
    assert {one.reason for one in plan.dropped} == {"rule"}
    details, *tweets, row = read(plan)
    assert {one.role for one in details.fields} == {Role.HANDLE, Role.NAME, Role.ID}
    assert {one.subject for one in details.fields} == {"owner"}
    expected = ["290000000000000001", "300000000000000007", "300000000000000001"]
    assert [one.id for one in tweets] == expected
    assert (row.id, row.sections[0].author) == ("290000000000000001", "owner")
    assert len({one.scope for one in (details, *tweets, row)}) == 1
    assert not [f for one in (*tweets, row) for f in one.fields if f.kind == "unknown"]


def test_no_month_shows(tmp_path: Path) -> None:
    """All months become one file: their borders would tell by how far times were moved."""
    plan = FORMAT.plan(takeout(tmp_path / "a.zip", FILES), 0, PlanOptions())
    written = [shard for shard in plan.shards if shard.output]
    assert [one.output for one in written] == ["data/js/tweets/tweets.js"] * 2 + ["tweets.csv"]
    shown = repr(plan) + "".join(one.head.decode() for one in written)
    assert "2013" not in shown
    assert "me_invented" not in shown


def test_unchanged_texts_give_the_months_back(tmp_path: Path) -> None:
    """The round-trip law: what is written is read again, and holds the same tweets."""
    plan = FORMAT.plan(unpacked(tmp_path / "t", FILES), 0, PlanOptions())
    shards = [one for one in plan.shards if one.output.endswith("tweets.js")]
    documents = [item for one in shards for item in FORMAT.read(one)]
    parts = [FORMAT.rebuild(one, same(one)) for one in documents if isinstance(one, Document)]
    data = shards[0].head + shards[0].between.join(parts) + shards[-1].tail
    assert json.loads(data.partition(b"= ")[2]) == _ids([FIRST, RETWEET, SECOND])
    again = FILE.plan(single(tmp_path / "tweets.js", data), 0, PlanOptions())
    assert [one.id for one in FILE.read(again.shards[0]) if isinstance(one, Document)] == [
        one.id for one in documents if isinstance(one, Document)
    ]


def _ids(value: Any) -> Any:
    """Return records with ids as strings, for that is what ids become."""
    if isinstance(value, dict):
        return {
            key: str(item) if key == "id" and isinstance(item, int) else _ids(item)
            for key, item in value.items()
        }
    return [_ids(item) for item in value] if isinstance(value, list) else value


def test_a_retweet_is_of_whom_it_says(tmp_path: Path) -> None:
    """The author of a tweet is its `user`, and what she passes on is its writer's."""
    plan = FORMAT.plan(takeout(tmp_path / "a.zip", FILES), 0, PlanOptions())
    retweet = next(one for one in read(plan) if one.id == "300000000000000007")
    subjects = {one.value: one.subject for one in retweet.fields if one.role is Role.HANDLE}
    assert retweet.sections[0].author == subjects["me_invented"]
    assert dict(retweet.writers)["299000000000000007"] == subjects["jo_invented"]


def test_a_table_of_another_kind_is_not_taken_for_its_own(tmp_path: Path) -> None:
    """A `tweets.csv` with other columns, or beside other files, is unknown."""
    other = takeout(tmp_path / "a.zip", {**FILES, "tweets.csv": b"a,b\r\n1,2\r\n"})
    beside = takeout(tmp_path / "b.zip", {"data/tweets.js": js("tweets"), "tweets.csv": TABLE})
    for source in (other, beside):
        plan = FORMAT.plan(source, 0, PlanOptions())
        assert [one.name for one in plan.dropped if one.reason == "unknown"] == [
            "unknown file 1 (.csv)",
        ]
        assert not [one for one in plan.shards if one.output == "tweets.csv"]


def test_a_single_month_is_read(tmp_path: Path) -> None:
    """A researcher may hold one month alone."""
    source = single(tmp_path / "2013_01.js", month("2013_01", FIRST))
    assert FILE.claims(source)
    (document,) = FILE.read(FILE.plan(source, 0, PlanOptions()).shards[0])
    assert isinstance(document, Document)
    fields: dict[str, Field] = {".".join(map(str, one.path)): one for one in document.fields}
    assert fields["entities.media.0.media_alt"].role is Role.TEXT
    assert fields["entities.media.0.indices.0"].target == ("text",)
