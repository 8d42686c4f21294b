from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.formats.json_shapes import (
    DROPPED,
    FLAG,
    RULE,
    UNKNOWN,
    Leaf,
    Node,
    Shape,
    cut,
    many,
    put_back,
    words,
)
from anonymize.formats.json_values import dumps, loads
from anonymize.model.fields import Field, Role
from tests.strategies import json_values

SHAPE = Shape(
    {
        "id": Leaf(Role.ID, "user", "@"),
        "text": Leaf(Role.TEXT),
        "open": FLAG,
        "kind": words("a", "b"),
        "spans": many(Shape({"start": Leaf(Role.OFFSET, "start")})),
        "old": DROPPED,
    },
    account=True,
    texts=("text",),
)


def texts(fields: list[Field]) -> dict[Any, str | None]:
    """Return the unchanged values."""
    return {one.path: one.value for one in fields}


def string_leaves(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the paths of all strings."""
    if isinstance(value, dict):
        return [at for k, v in value.items() for at in string_leaves(v, (*path, k))]
    if isinstance(value, list):
        return [at for k, v in enumerate(value) for at in string_leaves(v, (*path, k))]
    return [path] if isinstance(value, str) else []


@given(json_values(), st.sampled_from([SHAPE, DROPPED, many(SHAPE), Shape({})]))
def test_any_value_is_cut_completely_and_put_back(value: Any, node: Node) -> None:
    """Whatever stands in a record, each string is a field and unchanged fields give it back."""
    fields = cut(value, node)
    paths = {one.path for one in fields}
    assert len(paths) == len(fields)
    assert paths >= set(string_leaves(value))
    if isinstance(value, (dict, list)):
        back = put_back(value, fields, texts(fields))
        ids = {one.path for one in fields if one.role is Role.ID}
        if not ids:
            assert loads(dumps(back)) == loads(dumps(value))


def test_unknown_keys_are_opaque_down_to_empty_containers() -> None:
    """Below a key nobody knows every scalar, null and empty container is opaque and unknown."""
    record = {"new": {"a": "x", "b": None, "c": [], "d": True}, "old": {"e": 1}}
    found = {one.path: (one.role, one.kind) for one in cut(record, SHAPE)}
    new = {("new", key): (Role.OPAQUE, UNKNOWN) for key in "abcd"}
    assert found == {**new, ("old", "e"): (Role.OPAQUE, RULE)}


@pytest.mark.parametrize(
    "record",
    [{"id": 1.5e18}, {"id": {"x": "y"}}, {"open": "perhaps"}, {"kind": "c"}, {"text": ["x"]}],
)
def test_a_value_that_does_not_fit_its_key_is_unknown(record: dict[str, Any]) -> None:
    """An id that was a float, a word outside its list, a container for a scalar: all opaque."""
    assert [one.kind for one in cut(record, SHAPE)] == [UNKNOWN]


def test_ids_of_nobody_are_codes() -> None:
    """The id -1 of deleted accounts ties nobody to anybody."""
    assert [one.role for one in cut({"id": "-1"}, SHAPE)] == [Role.CODE]


def test_offsets_into_a_missing_text_are_dropped() -> None:
    """An offset without its text is opaque; with it, it names its target."""
    record = {"spans": [{"start": 3}]}
    (alone,) = cut(record, SHAPE)
    assert (alone.role, alone.kind) == (Role.OPAQUE, RULE)
    _, aimed = cut({"text": "x", **record}, SHAPE)
    assert (aimed.role, aimed.target) == (Role.OFFSET, ("text",))


def test_dropping_takes_key_element_and_emptied_container() -> None:
    """A missing value removes its key or element, and containers that lose all they held."""
    record = {"text": "x", "spans": [{"start": 3}], "open": True, "new": [], "id": 7}
    fields = cut(record, SHAPE)
    assert put_back(record, fields, {("id",): "u1"}) == {"open": True, "id": "u1"}
    assert put_back(record, fields, {}) == {"open": True}
    assert put_back({"text": "x"}, cut({"text": "x"}, SHAPE), {}) == {}


def test_numbers_stay_numbers_and_ids_become_strings() -> None:
    """A new count is a number again, a band is not, an id is a string exact to the last digit."""
    shape = Shape({"id": Leaf(Role.ID), "n": Leaf(Role.COUNT)})
    record = {"id": 2**60 + 1, "n": 17}
    fields = cut(record, shape)
    assert put_back(record, fields, texts(fields)) == {"id": str(2**60 + 1), "n": 17}
    assert put_back(record, fields, {("n",): "20"}) == {"n": 20}
    assert put_back(record, fields, {("n",): "10-99"}) == {"n": "10-99"}


def test_fields_show_no_value() -> None:
    """The repr of fields holds nothing of what stood in the record."""
    assert "secret" not in repr(cut({"text": "secret", "new": "secret"}, SHAPE))


@pytest.mark.parametrize(
    ("data", "value", "repaired"),
    [
        (b'{"a":"\\ud83d"}', {"a": "\ufffd"}, True),
        (b'{"\\udc00":[1]}', {"\ufffd": [1]}, True),
        (b'{"a":"\\ud83d\\ude00"}', {"a": "\U0001f600"}, False),
        (b'\xef\xbb\xbf{"a":1}', {"a": 1}, False),
        (b'{"a":"\\u0000"}', {"a": "\0"}, False),
        (b'{"a":"x\ty"}', {"a": "x\ty"}, False),
        (b'{"a":123456789012345678901234567890}', {"a": 1.2345678901234568e29}, False),
    ],
)
def test_damaged_json_is_read_as_far_as_it_can_be(data: bytes, value: Any, repaired: bool) -> None:
    """Lone surrogates become U+FFFD, marked as such; NUL, BOM and raw tabs are read."""
    parsed = loads(data)
    assert parsed is not None
    assert (parsed.value, parsed.repaired) == (value, repaired)


@pytest.mark.parametrize("data", [b'{"a":', b"\xff", b"nope", b"[" * 100_000, b""])
def test_what_is_no_json_is_none(data: bytes) -> None:
    """Truncated, wrongly encoded and endlessly nested input is refused without a crash."""
    assert loads(data) is None
