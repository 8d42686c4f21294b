"""The head of the audit log: how it ends and what it belongs to, signed by the project.

`head.json` holds `entries`, `last`, `manifest`, `key_id`, `public_key` and `signature`: Ed25519
(RFC 8032) under the key derived for "audit signature", over the canonical JSON of the other
five: keys sorted, no blanks, UTF-8.  The file is the canonical JSON of all six and a newline.
"""

from __future__ import annotations

import hmac
import pathlib
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

import orjson
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

from anonymize.model.keys import Keys
from anonymize.verify.chain import check_chain
from anonymize.verify.faults import Fault

AUDIT: Final = "audit.jsonl"
HEAD: Final = "head.json"
_PURPOSE = "audit signature"
_SHAPES = {
    "key_id": re.compile(r"[0-9a-f]{16}"),
    "last": re.compile(r"[0-9a-f]{64}"),
    "manifest": re.compile(r"[0-9a-f]{64}"),
    "public_key": re.compile(r"[0-9a-f]{64}"),
    "signature": re.compile(r"[0-9a-f]{128}"),
}


def sign_head(entries: int, last: str, manifest_digest: str, keys: Keys) -> dict[str, Any]:
    """Return the signed head.

    Args:
        entries: Lines of the log.
        last: SHA-256 of the last line, hex.
        manifest_digest: `fixity.manifest_digest` of the folder.
        keys: Of the project.
    """
    private = Ed25519PrivateKey.from_private_bytes(keys.derive(_PURPOSE))
    head: dict[str, Any] = {
        "entries": entries,
        "last": last,
        "manifest": manifest_digest,
        "key_id": keys.id(),
        "public_key": private.public_key().public_bytes_raw().hex(),
    }
    head["signature"] = private.sign(_canonical(head)).hex()
    return head


def write_head(
    path: pathlib.Path,
    entries: int,
    last: str,
    manifest_digest: str,
    keys: Keys,
) -> dict[str, Any]:
    """Write the signed head to `path` and return it."""
    head = sign_head(entries, last, manifest_digest, keys)
    path.write_bytes(_canonical(head) + b"\n")
    return head


def check_audit(
    folder: pathlib.Path,
    keys: Keys | None = None,
    *,
    prefix: str = "",
) -> tuple[Fault, ...]:
    """Check the log and head of a folder: every line, the chain, the end, the signature.

    Args:
        folder: Holds `audit.jsonl` and `head.json`.
        keys: Of the project; with them a log rewritten and signed by another key is found.
        prefix: Put before file names in faults.
    """
    log, head = prefix + AUDIT, prefix + HEAD
    faults: list[Fault] = []
    facts = None
    try:
        with (folder / AUDIT).open("rb") as stream:
            facts, found = check_chain(stream, log)
        faults += found
    except OSError:
        faults.append(Fault(log, 0, "missing", "the audit log is not there or cannot be read"))
    try:
        raw = (folder / HEAD).read_bytes()
    except OSError:
        return (*faults, Fault(head, 0, "missing", "the head is not there or cannot be read"))
    read = parse_head(raw)
    if read is None:
        return (*faults, Fault(head, 1, "wrong-head", "the head is not in its canonical form"))
    if facts is not None and read["entries"] != facts.entries:
        faults.append(Fault(head, 1, "wrong-count", "the log has another number of entries"))
    if facts is not None and read["last"] != facts.last:
        faults.append(Fault(head, 1, "wrong-last", "the log ends in another line"))
    faults += [Fault(head, 1, code, text) for code, text in _signature_faults(read, keys)]
    return tuple(faults)


def parse_head(raw: bytes) -> dict[str, Any] | None:
    """Return the head, or None if it is not the canonical form of one."""
    try:
        head = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(head, dict) or set(head) != {"entries", *_SHAPES}:
        return None
    shaped = all(
        isinstance(head[key], str) and shape.fullmatch(head[key]) for key, shape in _SHAPES.items()
    )
    counted = type(head["entries"]) is int and head["entries"] >= 0
    return head if shaped and counted and _canonical(head) + b"\n" == raw else None


def _signature_faults(head: Mapping[str, Any], keys: Keys | None) -> Iterator[tuple[str, str]]:
    signed = {key: value for key, value in head.items() if key != "signature"}
    public = bytes.fromhex(head["public_key"])
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(
            bytes.fromhex(head["signature"]),
            _canonical(signed),
        )
    except (InvalidSignature, ValueError):
        yield "bad-signature", "the signature does not fit the head"
    if keys is None:
        return
    private = Ed25519PrivateKey.from_private_bytes(keys.derive(_PURPOSE))
    own = private.public_key().public_bytes_raw()
    if not hmac.compare_digest(own, public) or head["key_id"] != keys.id():
        yield "foreign-key", "the log is signed by another key than this project's"


def _canonical(value: Mapping[str, Any]) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
