from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from anonymize import api
from anonymize.formats import mastodon_statuses
from anonymize.formats.base import HEAD_BYTES, PlanOptions, Source
from anonymize.model.documents import Document
from anonymize.model.fields import SHARED
from anonymize.model.fields import Path as FieldPath
from tests.formats.mastodon_cases import BRAM, TILDA, statuses

STATUSES = mastodon_statuses.FORMAT
NOTICE = {
    "id": "34975861",
    "type": "mention",
    "created_at": "2022-12-11T09:30:00.000Z",
    "group_key": "ungrouped-34975861",
    "account": TILDA,
    "status": statuses()[1],
}
FOLLOW = {"id": "34975862", "type": "follow", "created_at": NOTICE["created_at"], "account": BRAM}
TALK = {"id": "418450", "unread": True, "accounts": [BRAM], "last_status": statuses()[0]}
CONTEXT = {"ancestors": [statuses()[0]], "descendants": statuses()[1:]}
SEARCH = {
    "accounts": [BRAM, TILDA],
    "statuses": [statuses()[1]],
    "hashtags": [{"name": "Film", "url": "https://social.example/tags/film", "history": [{}]}],
}
GROUPS = {
    "accounts": [BRAM],
    "statuses": [statuses()[1]],
    "notification_groups": [
        {
            "group_key": "favourite-1",
            "notifications_count": 2,
            "type": "favourite",
            "most_recent_notification_id": "196014",
            "page_min_id": "196013",
            "page_max_id": "196014",
            "latest_page_notification_at": NOTICE["created_at"],
            "sample_account_ids": [BRAM["id"]],
            "status_id": statuses()[1]["id"],
        },
    ],
}
ANSWERS: dict[str, tuple[Any, int]] = {
    "context": (CONTEXT, 3),
    "nothing-around": ({"ancestors": [], "descendants": []}, 1),
    "search": (SEARCH, 3),
    "groups": (GROUPS, 2),
    "notice": (NOTICE, 1),
    "follow": (FOLLOW, 1),
    "conversation": (TALK, 1),
    "account": (BRAM, 1),
    "status": (statuses()[2], 1),
}


def source(path: Path, data: bytes) -> Source:
    """Return a file as what may be claimed."""
    path.write_bytes(data)
    return Source(str(path), path.name, "", len(data), data[:HEAD_BYTES], path.name, "s_k.json")


def read(one: Source) -> tuple[list[Document], bytes]:
    """Return the documents of a file, and the file put together again from unchanged texts."""
    assert STATUSES.claims(one)
    (shard,) = STATUSES.plan(one, 0, PlanOptions()).shards
    found = [item for item in STATUSES.read(shard) if isinstance(item, Document)]
    parts = [STATUSES.rebuild(document, same(document)) for document in found]
    return found, shard.head + shard.between.join(parts) + shard.tail


def same(document: Document) -> dict[FieldPath, str | None]:
    """Return the unchanged values."""
    return {one.path: one.value for one in document.fields}


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize("indent", [None, 2])
def test_every_answer_is_understood_and_given_back(
    tmp_path: Path,
    name: str,
    indent: int | None,
) -> None:
    """On one line or over several, no leaf is unknown and unchanged texts give the answer back."""
    answer, sections = ANSWERS[name]
    (document,), data = read(
        source(tmp_path / "a.json", json.dumps(answer, indent=indent).encode())
    )
    assert json.loads(data) == answer
    assert (data.count(b"\n") > 1) == bool(indent)
    assert [one.path for one in document.fields if one.kind == "unknown"] == []
    assert len(document.sections) == sections
    assert {one.withhold for one in document.sections} == {""}


def test_answers_of_all_kinds_may_stand_in_one_array(tmp_path: Path) -> None:
    """A list of notifications is one array of records; so is any mixture."""
    answers = [NOTICE, FOLLOW, CONTEXT, BRAM]
    documents, data = read(source(tmp_path / "a.json", json.dumps(answers, indent=1).encode()))
    assert json.loads(data) == answers
    assert [len(one.sections) for one in documents] == [1, 1, 3, 1]


def test_a_long_page_is_claimed_by_its_beginning(tmp_path: Path) -> None:
    """A page laid out over more lines than the head shows is known by its first keys."""
    many = {"ancestors": [], "descendants": statuses() * 40}
    (document,), data = read(source(tmp_path / "a.json", json.dumps(many, indent=2).encode()))
    assert len(data) > HEAD_BYTES
    assert len(document.sections) == 120
    assert len({one.id for one in document.sections}) == 120


def test_each_status_of_a_page_is_its_authors(tmp_path: Path) -> None:
    """Sections have their own fields, author and posts; the rest of the page is shared."""
    (document,), _ = read(source(tmp_path / "a.json", json.dumps(SEARCH).encode()))
    for at, section in enumerate(document.sections):
        own = [one for one in document.fields if one.subject == section.author]
        assert own
        assert {one.section for one in own} == {at}
    assert document.sections[0].posts == (statuses()[1]["id"],)
    assert {one.section for one in document.fields if one.path[0] == "hashtags"} == {SHARED}
    assert dict(document.writers)[statuses()[1]["id"]] == "statuses.0.author"


def test_what_is_withheld_leaves_the_page(tmp_path: Path) -> None:
    """Two of three statuses withheld leave the third; all withheld leave nothing."""
    (document,), _ = read(source(tmp_path / "a.json", json.dumps(CONTEXT).encode()))
    left = json.loads(STATUSES.rebuild(document, same(document), frozenset({0, 2})))
    assert left == {"descendants": [statuses()[1]]}
    assert STATUSES.rebuild(document, same(document), frozenset({0, 1, 2})) == b""


def test_what_a_page_lists_besides_is_withheld(tmp_path: Path) -> None:
    """An element that is no status, and a key of a page nobody knows, are not passed through."""
    odd = {**CONTEXT, "ancestors": [{"poem": "x"}, 7], "mood": "glum"}
    (document,), _ = read(source(tmp_path / "a.json", json.dumps(odd).encode()))
    assert [one.withhold for one in document.sections][:3] == ["unknown-record"] * 2 + [""]
    unknown = {one.path for one in document.fields if one.kind == "unknown"}
    assert unknown == {("ancestors", 0, "poem"), ("ancestors", 1), ("mood",)}


@pytest.mark.parametrize(
    "value",
    [{"statuses": [], "search_metadata": {}}, {"accounts": 1, "statuses": []}, {"type": "x"}],
)
def test_pages_of_others_are_not_claimed(tmp_path: Path, value: Any) -> None:
    """A search of X and other objects are not of Mastodon."""
    assert not STATUSES.claims(source(tmp_path / "a.json", json.dumps(value, indent=2).encode()))


def test_a_run_over_pages_keeps_edges_and_names_nobody(tmp_path: Path) -> None:
    """A person has one pseudonym in context, search, notification and conversation."""
    for name in ("context", "search", "groups", "notice", "conversation"):
        text = json.dumps(ANSWERS[name][0], indent=2)
        (tmp_path / f"{name}.json").write_text(text, encoding="utf-8")
    inputs = sorted(tmp_path.glob("*.json"))
    result = api.run(inputs, out=tmp_path / "share")
    assert result.exit_code == 0
    assert result.records == {"read": 10, "written": 10, "withheld": 0}
    data = [json.loads(one.read_text()) for one in (tmp_path / "share" / "data").iterdir()]
    (talk,) = (one for one in data if "last_status" in one)
    (notice,) = (one for one in data if "type" in one)
    (context,) = (one for one in data if "ancestors" in one)
    bram, tilda = talk["accounts"][0], notice["account"]
    assert talk["last_status"] == context["ancestors"][0]
    assert context["descendants"][0]["account"]["acct"] == tilda["acct"]
    assert notice["status"]["in_reply_to_id"] == context["ancestors"][0]["id"]
    assert notice["status"]["mentions"][0]["acct"] == bram["acct"]
    for one in (tmp_path / "share" / "data").iterdir():
        text = one.read_text().lower()
        assert not any(word in text for word in ("bram", "tilda", "orrow", "10950000"))
