"""Identities as canonical JSON, the form in which they are sealed."""

from __future__ import annotations

import json
from typing import Any

from anonymize.model.identities import (
    Gender,
    Kind,
    KnownIdentifier,
    Person,
    Search,
    Surrogate,
)


def dump(value: Any) -> bytes:
    """Return a value as canonical JSON in ASCII, lone surrogates escaped."""
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode("ascii")


def load(data: bytes) -> Any:
    """Return the value `dump` wrote."""
    return json.loads(data)


def pack_person(one: Person) -> bytes:
    """Return a person as JSON."""
    return dump(
        {
            "id": one.id,
            "kind": one.kind,
            "names": one.names,
            "handles": one.handles,
            "user_ids": one.user_ids,
            "emails": one.emails,
            "phones": one.phones,
            "role": one.role,
            "consent": one.consent,
            "chosen": one.chosen,
            "gender": one.gender,
            "roster": one.roster,
            "ambiguous": one.ambiguous,
        },
    )


def unpack_person(data: bytes) -> Person:
    """Return the person `pack_person` wrote."""
    held = json.loads(data)
    return Person(
        id=held["id"],
        kind=Kind(held["kind"]),
        names=tuple(held["names"]),
        handles=tuple((platform, handle) for platform, handle in held["handles"]),
        user_ids=tuple((platform, user_id) for platform, user_id in held["user_ids"]),
        emails=tuple(held["emails"]),
        phones=tuple(held["phones"]),
        role=held["role"],
        consent=held["consent"],
        chosen=held["chosen"],
        gender=Gender(held["gender"]),
        roster=held["roster"],
        ambiguous=held["ambiguous"],
    )


def pack_surrogate(one: Surrogate) -> bytes:
    """Return a surrogate as JSON."""
    return dump([one.person, one.given, one.family, one.code, one.tag])


def unpack_surrogate(data: bytes) -> Surrogate:
    """Return the surrogate `pack_surrogate` wrote."""
    return Surrogate(*json.loads(data))


def pack_known(one: KnownIdentifier) -> bytes:
    """Return a known identifier as JSON."""
    return dump([one.entity_type, one.value, one.search])


def unpack_known(data: bytes) -> KnownIdentifier:
    """Return the known identifier `pack_known` wrote."""
    entity_type, value, search = json.loads(data)
    return KnownIdentifier(entity_type, value, Search(search))
