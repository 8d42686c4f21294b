from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from anonymize.model.audit import GENESIS, AuditEntry
from anonymize.verify.chain import KEYS, Facts, chain, check_chain
from tests.strategies import audit_entries

ENTRY = AuditEntry(
    "tqk7xwq2", ("text",), 4, 8, "PERSON", 0.85, "core/x", "pseudonym", "Mira", "r", "policy", "ab"
)


def _lines(count: int = 3) -> list[bytes]:
    target = io.BytesIO()
    chain([ENTRY] * count, target)
    return target.getvalue().splitlines(keepends=True)


def _codes(raw: bytes) -> list[str]:
    return [fault.code for fault in check_chain(io.BytesIO(raw), "audit.jsonl")[1]]


def test_first_line_is_canonical() -> None:
    """A line has the keys of the design in their order, without blanks."""
    assert _lines(1)[0] == (
        b'{"seq":0,"prev":"' + b"0" * 64 + b'","document":"tqk7xwq2","path":["text"],"start":4,'
        b'"end":8,"entity_type":"PERSON","score":0.85,"recognizer":"core/x",'
        b'"operator":"pseudonym","pseudonym":"Mira","rule":"r","by":"policy","digest":"ab"}\n'
    )


@given(st.lists(audit_entries(), max_size=6))
def test_accepts_what_it_writes(entries: list[AuditEntry]) -> None:
    """Any entries give a log that checks, and its end."""
    target = io.BytesIO()
    facts = chain(entries, target)
    target.seek(0)

    assert check_chain(target, "log") == (facts, ())
    assert facts.entries == len(entries)


def test_empty_log_ends_in_genesis() -> None:
    """A log without entries ends where it begins."""
    assert chain([], io.BytesIO()) == Facts(0, GENESIS)


def test_prev_is_the_digest_of_the_line_before() -> None:
    """Each line holds the SHA-256 of the line before without its newline."""
    first, second = _lines(2)

    assert json.loads(second)["prev"] == hashlib.sha256(first.rstrip(b"\n")).hexdigest()
    assert tuple(json.loads(second)) == KEYS


def _changed(**values: Any) -> Callable[[list[bytes]], bytes]:
    def change(log: list[bytes]) -> bytes:
        entry = {**json.loads(log[2]), **values}
        return b"".join(log[:2]) + json.dumps(entry, separators=(",", ":")).encode() + b"\n"

    return change


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (b"".join, None),
        (lambda log: b"".join([log[0], log[2], log[1]]), "chain-broken"),
        (lambda log: b"".join([log[0], log[2]]), "sequence-broken"),
        (lambda log: b"".join(log[1:]), "sequence-broken"),
        (lambda log: b"".join([*log, log[2]]), "sequence-broken"),
        (lambda log: b"".join(log)[:-1], "no-newline"),
        (lambda log: b"".join(log)[:-9], "not-json"),
        (lambda log: b"".join(log) + b"\n", "not-json"),
        (lambda log: b"".join(log) + b"[]\n", "wrong-keys"),
        (lambda log: b"".join(log).replace(b'"by":', b'"By":'), "wrong-keys"),
        (lambda log: b"".join(log).replace(b'"end":8', b'"end": 8'), "not-canonical"),
        (_changed(extra=1), "wrong-keys"),
        (_changed(seq=True), "sequence-broken"),
        (_changed(start=9), "wrong-values"),
        (_changed(start=-1), "wrong-values"),
        (_changed(start="4"), "wrong-values"),
        (_changed(score=2.0), "wrong-values"),
        (_changed(score=1), "wrong-values"),
        (_changed(path="text"), "wrong-values"),
        (_changed(path=[None]), "wrong-values"),
        (_changed(digest="xy"), "wrong-values"),
        (_changed(digest=1), "wrong-values"),
        (_changed(by=None), "wrong-values"),
        (_changed(prev=GENESIS), "chain-broken"),
    ],
)
def test_accepts_and_rejects(change: Callable[[list[bytes]], bytes], code: str | None) -> None:
    """A log is accepted as written and rejected in every other shape."""
    found = _codes(change(_lines()))

    assert (code in found) if code else not found


def test_names_the_line() -> None:
    """A fault names the line and repeats nothing of it."""
    log = b"".join(_lines()).replace(b"Mira", b"Mara", 1)
    fault = check_chain(io.BytesIO(log), "audit.jsonl")[1][0]

    assert (fault.file, fault.line, fault.code) == ("audit.jsonl", 2, "chain-broken")
    assert "Mara" not in repr(fault)
