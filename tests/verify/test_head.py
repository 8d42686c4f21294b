from __future__ import annotations

import json
import pathlib
from collections.abc import Callable
from typing import Any

import orjson
import pytest

from anonymize.model.keys import Keys
from anonymize.verify.chain import chain
from anonymize.verify.head import check_audit, parse_head, sign_head, write_head


def _codes(share: pathlib.Path, keys: Keys | None = None) -> set[str]:
    return {fault.code for fault in check_audit(share / "audit", keys)}


def _rewrite(share: pathlib.Path, **values: Any) -> None:
    path = share / "audit" / "head.json"
    head = {**orjson.loads(path.read_bytes()), **values}
    path.write_bytes(orjson.dumps(head, option=orjson.OPT_SORT_KEYS) + b"\n")


def test_accepts_what_was_written(share: pathlib.Path, keys: Keys) -> None:
    """A log and head as published check, with the key and without."""
    assert _codes(share) == _codes(share, keys) == set()


def test_head_is_a_function_of_its_facts(keys: Keys) -> None:
    """Signing the same facts twice gives the same head (RFC 8032 is deterministic)."""
    assert sign_head(3, "ab" * 32, "cd" * 32, keys) == sign_head(3, "ab" * 32, "cd" * 32, keys)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"entries": 4}, "wrong-count"),
        ({"entries": 4}, "bad-signature"),
        ({"last": "0" * 64}, "wrong-last"),
        ({"manifest": "0" * 64}, "bad-signature"),
        ({"key_id": "0" * 16}, "bad-signature"),
        ({"public_key": "0" * 64}, "bad-signature"),
        ({"signature": "0" * 128}, "bad-signature"),
        ({"signature": "A" * 128}, "wrong-head"),
        ({"entries": True}, "wrong-head"),
        ({"entries": -1}, "wrong-head"),
        ({"more": 1}, "wrong-head"),
    ],
)
def test_rejects_a_changed_head(share: pathlib.Path, values: dict[str, Any], code: str) -> None:
    """Every value of the head is checked."""
    _rewrite(share, **values)

    assert code in _codes(share)


@pytest.mark.parametrize("raw", [b"", b"{", b"[]\n", b"null\n"])
def test_rejects_what_is_no_head(raw: bytes) -> None:
    """Bytes that are no head are not taken for one."""
    assert parse_head(raw) is None


def test_rejects_another_spelling(share: pathlib.Path, keys: Keys) -> None:
    """A head with the same values in other bytes is not the one signed."""
    path = share / "audit" / "head.json"
    path.write_text(json.dumps(json.loads(path.read_text()), indent=1))

    assert _codes(share, keys) == {"wrong-head"}


def test_only_the_key_detects_a_log_rewritten_whole(share: pathlib.Path, keys: Keys) -> None:
    """A log written anew and signed by another key passes without the project's, not with it."""
    with (share / "audit" / "audit.jsonl").open("wb") as stream:
        facts = chain([], stream)
    write_head(share / "audit" / "head.json", facts.entries, facts.last, "0" * 64, Keys(b"\1" * 32))

    assert _codes(share) == set()
    assert _codes(share, keys) == {"foreign-key"}


@pytest.mark.parametrize("name", ["audit.jsonl", "head.json"])
def test_misses_what_is_not_there(
    share: pathlib.Path,
    name: str,
    publish: Callable[[pathlib.Path], pathlib.Path],
) -> None:
    """A missing log or head is a fault."""
    other = publish(share.parent / "other")
    (other / "audit" / name).unlink()

    assert _codes(other) == {"missing"}
