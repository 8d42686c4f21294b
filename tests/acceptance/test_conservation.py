"""Acceptance point 4: what is not personal is untouched, and who speaks to whom stays the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.acceptance.study import (
    DELETED,
    ORDER,
    PEOPLE,
    READERS,
    REFUSING,
    SHEET,
    STUDY,
    TAKEOUT,
    V1,
    V2,
    WIDE,
    Json,
    Leaves,
    Path_,
    Release,
    identity,
    is_withheld,
    leaves,
    posts,
    recover,
    shown,
    truth,
)

_OFFSETS = {"indices", "display_text_range", "start", "end"}
_FORMS = (
    "%a %b %d %H:%M:%S %z %Y", "%Y-%m-%dT%H:%M:%S.%f%z", "%d/%m/%Y %H:%M:%S", "%d %B %Y",
)  # fmt: skip


def _is_offset(path: Path_) -> bool:
    return bool(_OFFSETS & {path[-1], *path[-2:-1]})


def _pattern(path: Path_) -> str:
    return ".".join(str(step) for step in path if not isinstance(step, int))


def test_records_are_written_or_withheld(demo: Release) -> None:
    """What was read is written or withheld, and every withheld record has its line."""
    records = demo.result.records
    assert records["read"] == records["written"] + records["withheld"]
    assert records["withheld"] == len(demo.withheld)


@pytest.mark.parametrize("name", ORDER)
def test_every_post_is_in_the_output_or_on_the_list(demo: Release, name: str) -> None:
    """For each file, the posts written and those on the withheld list are those read."""
    before = [post for one in READERS[name](STUDY / name) for post in posts(name, one)]
    after = [post for one in demo.read(name) for post in posts(name, one)]
    shared = demo.files[name].name
    lines = [one for one in demo.withheld if one["file"].split("/")[0] == shared]
    assert len(after) + len(lines) == len(before)
    assert len(lines) == sum(is_withheld(name, one) for one in READERS[name](STUDY / name))
    assert {one["reason"] for one in lines} <= {"consent", "deleted-post", "control-line"}


def test_nothing_of_who_refused_or_deleted_is_quoted(demo: Release) -> None:
    """No post of a person without consent, and no deleted one, stands inside another record."""
    ids = {old: new for pair in demo.pairs for old, new in _numbers(pair.was, pair.now)}
    hidden = {ids.get(one) for one in (REFUSING, *DELETED)} - {None}
    embedded = [
        (pair.file, path)
        for pair in demo.pairs
        for path, one in _objects(pair.new)
        if hidden & set(identity(one)) and ({"text", "full_text"} & one.keys())
    ]
    assert embedded == []


def _numbers(was: Leaves, now: Leaves) -> Iterator[tuple[str, Any]]:
    for path, value in was.items():
        if path in now and re.fullmatch(r"[0-9]{6,}", str(value)):
            yield str(value), now[path]


def _objects(value: Any, path: Path_ = ()) -> Iterator[tuple[Path_, Json]]:
    if isinstance(value, dict):
        yield path, value
    pairs: Iterable[tuple[Any, Any]] = value.items() if isinstance(value, dict) else ()
    pairs = enumerate(value) if isinstance(value, list) else pairs
    for key, one in pairs:
        yield from _objects(one, (*path, key))


def test_what_was_not_replaced_is_the_same(demo: Release) -> None:
    """Every value without an entry in the audit log is as it was; offsets alone may move."""
    changed = [
        (pair.file, path)
        for pair in demo.pairs
        for path, value in pair.now.items()
        if path not in pair.entries
        and not _is_offset(path)
        and (path not in pair.was or str(pair.was[path]) != shown(pair, path))
    ]
    assert changed == []


def test_text_around_replacements_is_the_same(demo: Release) -> None:
    """What stands around the replaced stretches of a value is what stood around them."""
    for pair in demo.pairs:
        for path, entries in pair.entries.items():
            recover(pair, path, entries)


def test_audit_entries_point_at_their_pseudonyms(demo: Release) -> None:
    """Every entry of a post marks its pseudonym, in the output, by path and offsets."""
    wrong = [
        (pair.file, path, one["start"])
        for pair in demo.pairs
        for path, entries in pair.entries.items()
        for one in entries
        if shown(pair, path)[one["start"] : one["end"]] != one["pseudonym"]
    ]
    assert wrong == []


def test_what_is_gone_is_reported(demo: Release) -> None:
    """Every value that is not in the output is counted as dropped, under its path."""
    gone: Counter[str] = Counter()
    for pair in demo.pairs:
        lost = pair.was.keys() - pair.now.keys()
        gone.update(_pattern(path) for path in lost if pair.was[path] != "")
    told = {**demo.result.dropped["unknown"], **demo.result.dropped["rule"]}
    reported = {key.replace("[]", "") for key in told}
    assert gone.keys() <= reported


def _marks(text: str, entities: Json) -> Iterator[tuple[str, str]]:
    for kind, sign, key in (
        ("user_mentions", "@", "screen_name"), ("mentions", "@", "username"),
        ("hashtags", "#", "text"), ("hashtags", "#", "tag"), ("urls", "", "url"),
        ("media", "", "url"),
    ):  # fmt: skip
        for one in entities.get(kind, []):
            start, end = one.get("indices") or (one["start"], one["end"])
            if key in one:
                yield text[int(start) : int(end)], sign + one[key]


def test_indices_mark_what_they_name(demo: Release) -> None:
    """Indices of mentions, hashtags and links mark exactly these, in the new text."""
    wrong = []
    for pair in demo.pairs:
        for path, one in _objects(pair.new):
            text = one.get("full_text") or one.get("text")
            if not isinstance(text, str) or not isinstance(one.get("entities"), dict):
                continue
            for key in ("entities", "extended_entities"):
                found = _marks(text, one.get(key) or {})
                wrong += [(pair.file, path, *marks) for marks in found if marks[0] != marks[1]]
    assert wrong == []


def test_the_range_shown_still_is_the_text(demo: Release) -> None:
    """The range of a takeout's tweet that is displayed is its whole text, as it was."""
    for pair in demo.pairs:
        if pair.file == TAKEOUT and "tweet" in pair.new:
            tweet = pair.new["tweet"]
            assert tweet["display_text_range"] == ["0", str(len(tweet["full_text"]))]


def _node(name: str, post: Json) -> Json:
    """Return a post as a node of the graph, with what its file states of its edges."""
    refs = {one["type"]: one["id"] for one in post.get("referenced_tweets", [])}
    stated = {
        WIDE: {
            "conversation": "conversation_id", "reply_user": "in_reply_to_user_id",
            "reply_to": "referenced_tweets.replied_to.id",
            "retweet_of": "referenced_tweets.retweeted.id",
            "quote_of": "referenced_tweets.quoted.id",
        },
        V1: {
            "reply_to": "in_reply_to_status_id_str", "reply_user": "in_reply_to_user_id_str",
            "quote_of": "quoted_status_id_str",
        },
        V2: {"conversation": "conversation_id", "reply_user": "in_reply_to_user_id"},
        SHEET: {
            "reply_to": "in_reply_to_status_id_str", "reply_user": "in_reply_to_user_id_str",
        },
        TAKEOUT: {
            "reply_to": "in_reply_to_status_id_str", "reply_user": "in_reply_to_user_id_str",
        },
    }[name]  # fmt: skip
    number, author = identity(post)
    node: Json = {"id": number, "author": author}
    node |= {edge: post.get(key) or None for edge, key in stated.items()}
    if name == V2:
        node["mentions"] = [one["id"] for one in post["entities"].get("mentions", [])]
        node |= {
            "reply_to": refs.get("replied_to"),
            "retweet_of": refs.get("retweeted"),
            "quote_of": refs.get("quoted"),
        }
    if name in {V1, TAKEOUT}:
        entities = post.get("extended_tweet", post)["entities"]
        node["mentions"] = [one["id_str"] for one in entities["user_mentions"]]
    if name == V1:
        node["retweet_of"] = post.get("retweeted_status", {}).get("id_str")
    if name == TAKEOUT:
        del node["author"]
    return node


def _nodes(demo: Release) -> Iterator[tuple[str, Json, Json]]:
    for pair in demo.pairs:
        if "noteTweet" not in pair.old:
            for old, new in zip(
                posts(pair.file, pair.old), posts(pair.file, pair.new), strict=True
            ):
                yield pair.file, _node(pair.file, old), _node(pair.file, new)


def test_the_graph_read_before_is_the_true_one(demo: Release) -> None:
    """What these tests read from the input is the graph of the truth, withheld posts left out."""
    known = truth("graph.json")["files"]
    for name in ORDER:
        true = {one["id"]: one for one in known[name]}
        nodes = [old for file, old, _ in _nodes(demo) if file == name]
        hers = {one["id"] for one in known[name] if one["author"] == REFUSING}
        # Lines of the API bring what they quote; tables and takeouts do not.
        brought = ("quote_of", "retweet_of") if name in {V1, V2} else ()
        assert len(nodes) == sum(
            one["id"] not in DELETED
            and (name == TAKEOUT or one["author"] != REFUSING)
            and not any(one[kind] in hers for kind in brought)
            for one in known[name]
        )
        for node in nodes:
            stated = dict(node)
            if name in {V1, TAKEOUT}:
                stated["mentions"] = [one for one in node["mentions"] if one != "-1"]
            mine = {key: true[node["id"]][key] for key in stated}
            if name == V1 and mine["quote_of"] is None:
                stated["quote_of"] = None
            assert stated == mine


def _map(value: Any, names: dict[str, str]) -> Any:
    if isinstance(value, list):
        return [_map(one, names) for one in value]
    return names.get(value, value)


def test_the_graph_is_the_same(demo: Release) -> None:
    """One bijection of ids turns all reply, mention, retweet, quote and thread edges over."""
    renamed: dict[str, dict[str, set[str]]] = {"post": {}, "user": {}}
    kinds = {"author": "user", "reply_user": "user", "mentions": "user"}
    for _, old, new in _nodes(demo):
        assert old.keys() == new.keys()
        for edge, was in old.items():
            now = new[edge]
            assert bool(was) == bool(now)
            befores, afters = (
                value if isinstance(value, list) else [value] * bool(value) for value in (was, now)
            )
            for one, other in zip(befores, afters, strict=True):
                renamed[kinds.get(edge, "post")].setdefault(one, set()).add(other)
    for found in renamed.values():
        assert [one for one in found if len(found[one]) != 1] == []
        single = {one: next(iter(others)) for one, others in found.items()}
        assert len(set(single.values())) == len(single)
        assert not set(single.values()) & (set(single) - {"-1"})
    names = {old: next(iter(new)) for found in renamed.values() for old, new in found.items()}
    for _, old, new in _nodes(demo):
        assert {edge: _map(was, names) for edge, was in old.items()} == new


def _moment(value: Any) -> datetime | None:
    for form in _FORMS:
        try:
            return datetime.strptime(str(value), form).replace(tzinfo=None)  # noqa: DTZ007
        except ValueError:
            continue
    return None


def test_one_shift_of_whole_weeks_moves_every_time(demo: Release) -> None:
    """Weekday, time of day and all intervals survive: every time moves by the same weeks.

    Fractions of a second do not: ids are made of them.
    """
    shifts: dict[timedelta, str] = {}
    seen: Counter[str] = Counter()
    for pair in demo.pairs:
        for path, value in pair.was.items():
            if path not in pair.now:
                continue
            now = pair.now[path]
            if path[-1] == "timestamp_ms":
                assert int(now) % 1000 == 0
                shift = timedelta(milliseconds=int(now) - int(value) // 1000 * 1000)
            elif (was := _moment(value)) is not None:
                then = _moment(now)
                assert then is not None, (pair.file, path)
                assert then.microsecond == 0
                shift = then - was.replace(microsecond=0)
            else:
                continue
            seen[str(path[-1])] += 1
            shifts.setdefault(shift, f"{pair.file} {path}")
    assert {"created_at", "time", "timestamp_ms", "editableUntil"} <= seen.keys()
    assert len(shifts) == 1, shifts
    shift = next(iter(shifts))
    assert shift != timedelta(0)
    assert shift % timedelta(weeks=1) == timedelta(0)
    assert seen["created_at"] > sum(len(truth("graph.json")["files"][name]) for name in (V1, V2))


def test_everybody_of_the_study_is_still_there(demo: Release) -> None:
    """As many accounts wrote, were named or answered after as before."""
    counts = []
    for at in (1, 2):
        users: set[str] = set()
        for triple in _nodes(demo):
            node: Any = triple[at]
            found = [node.get("author"), node.get("reply_user"), *node.get("mentions", [])]
            users.update(filter(None, found))
        counts.append(len(users))
    assert counts[0] == counts[1]
    assert len(PEOPLE) >= counts[1] - 1
    assert all(dict(leaves(pair.new)) for pair in demo.pairs)
