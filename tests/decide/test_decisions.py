"""Decisions are total: every type, score and field has one."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from anonymize.decide.decisions import decide_field, decide_span
from anonymize.model.decisions import Authority, Decision, Operator
from anonymize.model.fields import Field, Role
from anonymize.model.identities import Person
from anonymize.model.policies import Policy

POLICY = Policy(
    "safeguarded",
    entities={"PERSON": Operator.PSEUDONYM, "*": Operator.TAG},
    roles={Role.ID: Operator.PSEUDONYM, Role.CODE: Operator.KEEP},
    thresholds={"PERSON": 0.5, "*": 0.4},
    fields={"lang": Operator.DROP},
)


def test_by_type() -> None:
    """A span is decided by its own type, else by the star."""
    assert decide_span(POLICY, "PERSON", 0.9, None) == Decision(
        Operator.PSEUDONYM, Authority.POLICY, "safeguarded/entities/PERSON"
    )
    assert decide_span(POLICY, "NRP", 0.9, None).rule == "safeguarded/entities/*"


def test_threshold() -> None:
    """A span below the threshold of its type is kept by that rule; one at it is not."""
    assert decide_span(POLICY, "PERSON", 0.49, None) == Decision(
        Operator.KEEP, Authority.POLICY, "safeguarded/thresholds/PERSON"
    )
    assert decide_span(POLICY, "PERSON", 0.5, None).operator is Operator.PSEUDONYM
    assert decide_span(POLICY, "NRP", 0.3, None).rule == "safeguarded/thresholds/*"


def test_roster() -> None:
    """A pseudonym chosen in the roster makes the roster the authority."""
    assert decide_span(POLICY, "PERSON", 1.0, Person("p", chosen="Mira")).by is Authority.ROSTER
    assert decide_span(POLICY, "PERSON", 1.0, Person("p")).by is Authority.POLICY


@given(st.text(), st.floats(0, 1))
def test_empty_policy_keeps_nothing(entity_type: str, score: float) -> None:
    """A policy that says nothing tags every span."""
    assert decide_span(Policy("p"), entity_type, score, None).operator is Operator.TAG


def test_fields() -> None:
    """A field is decided by its last named step, else its role, else it is dropped."""
    one = Field(("data", 0, "lang"), Role.CODE, "en")
    assert decide_field(POLICY, one).rule == "safeguarded/fields/lang"
    assert decide_field(POLICY, replace(one, path=("lang", 0))).operator is Operator.DROP
    assert decide_field(POLICY, replace(one, path=("type",))).operator is Operator.KEEP
    assert decide_field(POLICY, replace(one, path=("type",), role=Role.OPAQUE)) == Decision(
        Operator.DROP, Authority.POLICY, "safeguarded/roles/default"
    )
    for role in (Role.TEXT, Role.OFFSET):
        assert decide_field(POLICY, replace(one, path=("t",), role=role)).operator is Operator.KEEP
