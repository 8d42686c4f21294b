"""Operators and decisions: what happens to a span or field, decided by whom, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Operator(StrEnum):
    """What can be done to a span or field."""

    PSEUDONYM = "pseudonym"
    TAG = "tag"
    MASK = "mask"
    GENERALISE = "generalise"
    SHIFT = "shift"
    COARSEN = "coarsen"
    DROP = "drop"
    KEEP = "keep"


class Authority(StrEnum):
    """Who decided, strongest first."""

    REVIEWER = "reviewer"
    ROSTER = "roster"
    RULE = "rule"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Decision:
    """What happens to a span or field.

    Attributes:
        operator: What is done.
        by: Who decided.
        rule: Which entry decided, such as `safeguarded/entities/PERSON`.
        review: Whether it is kept only until a human has looked at it.
    """

    operator: Operator
    by: Authority
    rule: str
    review: bool = False
