"""How all fields at one place in a record are treated, whatever their value: told once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from anonymize.model.decisions import Decision
from anonymize.model.fields import Field, Path, Role
from anonymize.model.keys import Keys
from anonymize.model.policies import Policy
from anonymize.transform.wholes import entity_type_of, path_pattern

DecideField = Callable[[Policy, Field], Decision]
"""Decides by path, role and kind of a field; its value is not asked."""

CACHE = 8192
"""Places, digests and values kept: the same keys and accounts come again and again."""


@dataclass(frozen=True, slots=True, eq=False)
class Treatment:
    """How the fields of one path, role and kind are treated.

    Attributes:
        decision: What happens to them.
        entity_type: What they hold.
        recognizer: `field/<role>`, by which the audit log knows a whole field.
        pattern: Their path for reports.
        ruled: Counter of leaves dropped by a rule.
        unknown: Counter of leaves dropped because nobody understood them.
        changed: Counters of leaves replaced as a whole under `decision`.
    """

    decision: Decision
    entity_type: str
    recognizer: str
    pattern: str
    ruled: str
    unknown: str
    changed: tuple[str, ...]


@lru_cache(maxsize=1024)
def counters(entity_type: str, operator: str, role: str, by: str) -> tuple[str, ...]:
    """Return the names of the counters of a replacement; none of `by` where it is empty."""
    names = f"replaced/type/{entity_type}", f"replaced/operator/{operator}", f"replaced/role/{role}"
    return (*names, f"by/{by}") if by else names


def treatments(
    policy: Policy,
    keys: Keys,
    decide: DecideField,
) -> Callable[[Path, Role, str], Treatment]:
    """Return a function from path, role and kind to the treatment of such fields.

    Args:
        policy: The tier.
        keys: Its keys.
        decide: What happens to a field.
    """

    @lru_cache(maxsize=CACHE)
    def treatment(path: Path, role: Role, kind: str) -> Treatment:
        one = Field(path, role, "", kind=kind)
        decision = decide(policy, one)
        entity_type = entity_type_of(one)
        pattern = path_pattern(keys, path)
        ruled = role is not Role.OPAQUE or kind == "rule"
        return Treatment(
            decision,
            entity_type,
            f"field/{role.value}",
            pattern,
            f"dropped/{'rule' if ruled else 'unknown'}/{pattern}",
            f"dropped/{'rule' if role is Role.OPAQUE and ruled else 'unknown'}/{pattern}",
            counters(entity_type, decision.operator.value, role.value, decision.by.value),
        )

    return treatment
