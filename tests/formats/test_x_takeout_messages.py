from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from anonymize.formats.base import PlanOptions
from anonymize.formats.json_values import loads
from anonymize.formats.x_takeout import FILE
from anonymize.formats.x_takeout_files import included
from anonymize.model.documents import Document
from anonymize.model.fields import SHARED, Field, Role
from anonymize.model.keys import Keys
from anonymize.transform.ids import surrogate_id
from tests.formats.takeout_cases import js, single

quick = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])

ME, JO, KAI = "70021001", "70022002", "1234567890123456789"
WHEN = "2023-09-08T10:00:00.000Z"
SAID: dict[str, Any] = {
    "messageCreate": {
        "recipientId": JO,
        "senderId": ME,
        "id": "1700000000000000777",
        "createdAt": WHEN,
        "text": "Ask Jo Q&amp;A",
        "mediaUrls": ["https://ton.twitter.com/dm/1700000000000000777/17/AbCd.jpg"],
        "urls": [{"url": "https://t.co/zz", "expanded": "https://a.example/b", "display": "a"}],
        "reactions": [
            {"senderId": JO, "reactionKey": "like", "eventId": "1779", "createdAt": WHEN},
            {"senderId": ME, "reactionKey": "\U0001f602", "eventId": "1780", "createdAt": WHEN},
        ],
        "editHistory": [{"createdAtSec": "1694167200", "editedText": "Ask"}],
    },
}
HAPPENED: list[dict[str, Any]] = [
    {"conversationNameUpdate": {"initiatingUserId": JO, "name": "Jo and co", "createdAt": WHEN}},
    {"participantsJoin": {"initiatingUserId": JO, "userIds": [KAI], "createdAt": WHEN}},
    {"participantsLeave": {"userIds": [KAI], "createdAt": WHEN}},
    {
        "joinConversation": {
            "initiatingUserId": JO,
            "participantsSnapshot": [ME, JO, KAI],
            "createdAt": WHEN,
        },
    },
    {"reactionCreate": {"senderId": JO, "reactionKey": "sad", "eventId": "9", "createdAt": WHEN}},
    {"welcomeMessageCreate": {"id": "1700000000000000778", "senderId": KAI, "text": "Welcome"}},
]


def conversation(*messages: Any, name: str = f"{ME}-{JO}") -> dict[str, Any]:
    """Return an element of a file of direct messages."""
    return {"dmConversation": {"conversationId": name, "messages": list(messages)}}


def read(
    folder: Path,
    *records: Any,
    stem: str = "direct-messages",
) -> list[Document]:
    """Return the documents of a file that is converted because it is asked for."""
    source = single(folder / f"{stem}.js", js(stem.replace("-", "_"), *records))
    options = PlanOptions(include=included(["direct-messages", "direct-messages-group"]))
    plan = FILE.plan(source, 0, options)
    assert not plan.dropped
    items = list(FILE.read(plan.shards[0]))
    return [item for item in items if isinstance(item, Document)]


def by_path(document: Document) -> dict[str, Field]:
    """Return the fields of a document by what stands below its messages."""
    return {".".join(map(str, one.path)): one for one in document.fields}


def same(document: Document) -> dict[Any, str | None]:
    """Return the unchanged values."""
    return {one.path: one.value for one in document.fields}


def test_each_message_is_a_record_of_its_sender(tmp_path: Path) -> None:
    """A conversation has a section a message, with its author, and its own scope."""
    (document,) = read(tmp_path, conversation(SAID, *HAPPENED))
    assert len(document.sections) == 7
    assert [one.withhold for one in document.sections] == [""] * 7
    assert document.sections[0].id == "1700000000000000777"
    fields = by_path(document)
    first = "dmConversation.messages.0.messageCreate."
    assert fields[first + "senderId"].subject == document.sections[0].author
    assert fields[first + "reactions.0.senderId"].subject != document.sections[0].author
    assert fields[first + "text"].role is Role.TEXT
    assert fields[first + "reactions.1.reactionKey"].role is Role.CODE
    assert {fields[name].section for name in fields if name.startswith(first)} == {0}
    assert fields["dmConversation.conversationId"].section == SHARED
    assert document.scope.endswith(f"/{ME}-{JO}")
    assert not [one for one in document.fields if one.kind == "unknown"]


def test_what_happens_in_a_group_is_understood(tmp_path: Path) -> None:
    """Names of groups are texts; who joins, leaves and was there are ids of users."""
    (document,) = read(
        tmp_path,
        conversation(*HAPPENED, name="1500000000000000001"),
        stem="direct-messages-group",
    )
    fields = {(one.path[2], one.path[-1]): one for one in document.fields if len(one.path) > 3}
    name = fields[0, "name"]
    assert (name.role, name.value) == (Role.TEXT, "Jo and co")
    users = [one.value for one in document.fields if one.role is Role.ID and one.kind == "user"]
    assert users == [JO, JO, KAI, KAI, JO, ME, JO, KAI, JO, KAI]


def test_both_halves_of_a_conversation_id_follow_the_ids(tmp_path: Path) -> None:
    """`conversationId` is made of the surrogates its two users have everywhere else."""
    (document,) = read(tmp_path, conversation(SAID))
    keys = Keys(bytes(32))
    new = {
        one.path: surrogate_id(keys, one.value) if one.role is Role.ID else one.value
        for one in document.fields
    }
    made = loads(FILE.rebuild(document, new))
    assert made is not None
    inner = made.value["dmConversation"]
    said = inner["messages"][0]["messageCreate"]
    assert inner["conversationId"] == "-".join(sorted((said["senderId"], said["recipientId"])))
    assert said["reactions"][0]["senderId"] == said["recipientId"]


def test_parts_of_a_split_conversation_stay_one(tmp_path: Path) -> None:
    """Two elements of one conversation are two documents of one scope."""
    one, two = read(tmp_path, conversation(SAID), conversation(HAPPENED[0]))
    assert one.scope == two.scope
    assert one.id != two.id


def test_a_withheld_message_leaves_the_others(tmp_path: Path) -> None:
    """Messages leave one by one; when all leave, so does the conversation."""
    (document,) = read(tmp_path, conversation(SAID, *HAPPENED[:2]))
    made = loads(FILE.rebuild(document, same(document), frozenset({0, 2})))
    assert made is not None
    assert made.value["dmConversation"]["messages"] == [HAPPENED[0]]
    assert FILE.rebuild(document, same(document), frozenset({0, 1, 2})) == b""


def test_unknown_kinds_and_keys_do_not_pass(tmp_path: Path) -> None:
    """A message of a new kind is withheld; a new key of a known kind is an unknown leaf."""
    odd = {"messageCreate": {**SAID["messageCreate"], "mood": "glum"}}
    (document,) = read(tmp_path, conversation(odd, {"screenshotTaken": {"by": KAI}}, "words"))
    assert [one.withhold for one in document.sections] == ["", "unknown-record", "unknown-record"]
    unknown = {one.path[-1] for one in document.fields if one.kind == "unknown"}
    assert unknown == {"mood", "by", 2}
    stranger, empty = read(tmp_path, {"poem": {"text": "x"}}, conversation())
    assert [one.sections[0].withhold for one in (stranger, empty)] == ["unknown-record", ""]


def test_conversations_before_2019_have_no_wrapper(tmp_path: Path) -> None:
    """An element that is the conversation itself is read alike, from `direct-message.js` too."""
    source = single(
        tmp_path / "a.js",
        js("direct_message", conversation(SAID)["dmConversation"]),
    )
    plan = FILE.plan(source, 0, PlanOptions(include=included(["direct-messages"])))
    (document,) = FILE.read(plan.shards[0])
    assert isinstance(document, Document)
    assert document.sections[0].id == "1700000000000000777"
    made = loads(FILE.rebuild(document, same(document), frozenset()))
    assert made is not None
    assert made.value == conversation(SAID)["dmConversation"]


_words = st.text(max_size=20)
_messages = st.lists(
    st.one_of(
        st.just(SAID),
        st.sampled_from(HAPPENED),
        st.builds(lambda text: {"messageCreate": {"senderId": ME, "text": text}}, _words),
        st.dictionaries(_words, st.one_of(_words, st.lists(_words, max_size=2)), max_size=2),
    ),
    max_size=5,
)


@quick
@given(messages=_messages)
def test_unchanged_texts_give_the_conversation_back(tmp_path: Path, messages: list[Any]) -> None:
    """The round-trip law holds for conversations of any messages, unknown ones included."""
    record = conversation(*messages)
    (document,) = read(tmp_path, record)
    made = loads(FILE.rebuild(document, same(document)))
    assert made is not None
    expected = loads(js("x", record).partition(b"= ")[2])
    assert expected is not None
    assert made.value == expected.value[0]


@pytest.mark.parametrize("key", ["Jane", "jane_doe", "ANN", "like "])
def test_reactions_are_of_a_closed_vocabulary(tmp_path: Path, key: str) -> None:
    """A reaction that is no word X has for one could be anything, and is unknown."""
    odd = {"messageCreate": {"senderId": ME, "reactions": [{"reactionKey": key}]}}
    (document,) = read(tmp_path, conversation(odd))
    assert [one.path[-1] for one in document.fields if one.kind == "unknown"] == ["reactionKey"]
