from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from anonymize import api
from tests.acceptance.running import found
from tests.bluesky_cases import (
    BEGIN,
    TID_LETTERS,
    account,
    cid,
    did,
    entry,
    mention,
    post,
    ref,
    tid,
    tid_time,
    uri,
    view,
)
from tests.canaries_bluesky import canary_bluesky

MARA = account(1, "mara-lindqvist.bsky.social", "Mara Lindqvist")
JO = account(2, "jo.vandenbroek.example", "Jo van den Broek")
_TID = re.compile(f"(?<![A-Za-z0-9])[{TID_LETTERS}]{{13}}(?![A-Za-z0-9])")


@pytest.mark.parametrize("policy", ["internal", "open"])
def test_no_canary_is_in_the_shared_folder(tmp_path: Path, policy: str) -> None:
    """Every key of the allow-lists, and one unknown in each object: none passes unseen."""
    data, where = canary_bluesky()
    assert len(where) > 1000
    assert b'"byteEnd": ' in data
    (tmp_path / "in.jsonl").write_bytes(data)
    done = api.run([tmp_path / "in.jsonl"], out=tmp_path / "share", policy=policy)
    records = done.records
    assert records["read"] == records["written"] + records["withheld"]
    assert (done.exit_code, records["withheld"]) == (10, 0)
    left = {where[key]: file for key, file in found(tmp_path / "share", where).items()}
    assert left == {}


def _run(tmp_path: Path, *, consent: str = "") -> tuple[api.RunResult, dict[str, Any]]:
    """Run on the same people's posts in four layouts; return what each file holds now."""
    folder = tmp_path / "in"
    folder.mkdir()
    text = f"Élan 🐋 @{JO['handle']} and Jo van den Broek, see https://bsky.app/profile/{did(2)}"
    began = view(MARA, post(text, facets=[mention(text, "@" + JO["handle"], 2)]), 1)
    reply = {"root": ref(1, 1), "parent": ref(1, 1)}
    link = f"Thanks Mara! https://bsky.app/profile/{MARA['handle']}/post/{tid(1)}"
    quote = {"$type": "app.bsky.embed.record", "record": ref(1, 1)}
    answer = view(JO, post(link, reply=reply, embed=quote), 2)
    made = "2024-03-05T10:00:00.000Z"
    like = entry(2, 3, {"$type": "app.bsky.feed.like", "subject": ref(1, 1), "createdAt": made})
    follow = entry(1, 4, {"$type": "app.bsky.graph.follow", "subject": did(2), "createdAt": made})
    page = {"feed": [{"post": began}, {"post": answer}], "cursor": "c"}
    values = {"a-page": page, "b-array": [answer], "c-lines": [like, follow]}
    (folder / "a.json").write_text(json.dumps(page, indent=1), "utf-8")
    (folder / "b.json").write_text(json.dumps([answer]), "utf-8")
    (folder / "c.jsonl").write_text(json.dumps(like) + "\n" + json.dumps(follow) + "\n", "utf-8")
    people = None
    if consent:
        people = tmp_path / "people.csv"
        head = "person,role,names,handles,emails,consent,pseudonym\n"
        people.write_text(f"p1,teacher,,{MARA['handle']},,{consent},\n".join((head, "")), "utf-8")
    done = api.run([folder], out=tmp_path / "share", people=people)
    found_: dict[str, Any] = {}
    for path in sorted((tmp_path / "share" / "data").rglob("*.json*")):
        body = path.read_text("utf-8")
        lines = path.suffix == ".jsonl"
        value = [json.loads(line) for line in body.splitlines()] if lines else json.loads(body)
        kind = "c-lines" if lines else "b-array" if isinstance(value, list) else "a-page"
        found_[kind] = value
    assert found_.keys() == values.keys()
    return done, found_


def test_edges_survive_over_files_and_layouts(tmp_path: Path) -> None:
    """Reply, quote, like, follow and mention point to the same posts and accounts as before."""
    done, new = _run(tmp_path)
    assert (done.exit_code, done.records["written"]) == (0, 5)
    began, answer = (item["post"] for item in new["a-page"]["feed"])
    like, follow = new["c-lines"]
    mara, jo = began["author"], answer["author"]
    assert new["b-array"][0] == answer
    record = answer["record"]
    assert record["reply"]["root"] == record["reply"]["parent"] == record["embed"]["record"]
    assert record["reply"]["root"] == {"uri": began["uri"], "cid": began["cid"]}
    assert like["value"]["subject"] == record["reply"]["root"]
    assert follow["value"]["subject"] == jo["did"]
    assert began["uri"].split("/")[2] == follow["uri"].split("/")[2] == mara["did"]
    assert like["uri"].split("/")[2] == jo["did"] != mara["did"]
    marked = began["record"]["facets"][0]
    assert marked["features"][0]["did"] == jo["did"]
    index = marked["index"]
    text = began["record"]["text"].encode()[index["byteStart"] : index["byteEnd"]].decode()
    assert text == "@" + jo["handle"]
    assert jo["displayName"] in began["record"]["text"]
    assert jo["handle"].endswith(".example")
    # A link in a text leads to the surrogate of the post it led to.
    assert f"{mara['handle']}/post/{began['uri'].split('/')[4]}" in record["text"]


def test_nothing_of_an_id_is_left(tmp_path: Path) -> None:
    """No DID, digest or key of the input stands in the output, and none there holds a time."""
    _run(tmp_path)
    wanted = [did(n)[8:] for n in (1, 2, 99)] + [tid(n) for n in range(1, 6)]
    wanted += [cid(n) for n in (1, 2, 3, 4)] + [uri(1, 1)[5:]]
    assert found(tmp_path / "share", wanted) == {}
    assert abs(tid_time(tid(1)) - BEGIN) < 10**9
    for path in (tmp_path / "share").rglob("*"):
        text = path.read_text("utf-8") if path.is_file() else ""
        times = [tid_time(one) // 1_000_000 for one in _TID.findall(text)]
        assert [one for one in times if 1_670_000_000 < one < 2_000_000_000] == []


def test_who_refused_is_withheld_in_every_layout(tmp_path: Path) -> None:
    """Her posts go, whoever quotes them, and records that tell her by her DID alone."""
    done, new = _run(tmp_path, consent="no")
    assert done.exit_code == 10
    assert done.records == {"read": 5, "written": 3, "withheld": 2}
    assert [item["post"]["author"]["did"] for item in new["a-page"]["feed"]] == [
        new["b-array"][0]["author"]["did"],
    ]
    assert [one["value"]["$type"] for one in new["c-lines"]] == ["app.bsky.feed.like"]
