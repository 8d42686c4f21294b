"""Receipts: proof that one stage finished one shard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a stage did to a shard.  Holds no original.

    Attributes:
        stage: `scan` or `apply`.
        shard: `Shard.index`.
        fingerprint: Digest of everything the result depends on.
        outputs: SHA-256 of each file written, by name below the stage's folder.
        counts: Flat counters, `group/name` to number: `records/read`, `withheld/<reason>`,
            `dropped/<path>`, `found/<entity_type>`, `operator/<operator>`, …
    """

    stage: str
    shard: int
    fingerprint: str
    outputs: Mapping[str, str] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
