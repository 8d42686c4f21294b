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
    assert decide_span(POLICY, "PERSON", 0.9, "ner/m", None) == Decision(
        Operator.PSEUDONYM, Authority.POLICY, "safeguarded/entities/PERSON"
    )
    assert decide_span(POLICY, "NRP", 0.9, "ner/m", None).rule == "safeguarded/entities/*"


def test_threshold() -> None:
    """A span below the threshold of its type is kept by that rule; one at it is not."""
    assert decide_span(POLICY, "PERSON", 0.49, "ner/m", None) == Decision(
        Operator.KEEP, Authority.POLICY, "safeguarded/thresholds/PERSON"
    )
    assert decide_span(POLICY, "PERSON", 0.5, "ner/m", None).operator is Operator.PSEUDONYM
    assert decide_span(POLICY, "NRP", 0.3, "ner/m", None).rule == "safeguarded/thresholds/*"


def test_roster() -> None:
    """A pseudonym chosen in the roster makes the roster the authority."""
    assert (
        decide_span(POLICY, "PERSON", 1.0, "known/person", Person("p", chosen="Mira")).by
        is Authority.ROSTER
    )
    assert decide_span(POLICY, "PERSON", 1.0, "known/person", Person("p")).by is Authority.POLICY


@given(st.text(), st.floats(0, 1), st.text())
def test_empty_policy_keeps_nothing(entity_type: str, score: float, recognizer: str) -> None:
    """A policy that says nothing tags every span."""
    decision = decide_span(Policy("p"), entity_type, score, recognizer, None)
    assert decision.operator is Operator.TAG


SOURCED = replace(POLICY, thresholds={"PERSON@ner": 0.9, "NRP@echo": 0.8, "PERSON": 0.5, "*": 0.4})


def test_threshold_of_a_source() -> None:
    """The threshold of type and source goes before the type's, that before the star's."""
    said = decide_span(SOURCED, "PERSON", 0.85, "ner/m", None)
    assert (said.operator, said.rule) == (Operator.KEEP, "safeguarded/thresholds/PERSON@ner")
    assert decide_span(SOURCED, "PERSON", 0.9, "ner/m", None).operator is Operator.PSEUDONYM
    assert decide_span(SOURCED, "PERSON", 0.85, "en/titled", None).operator is Operator.PSEUDONYM
    assert decide_span(SOURCED, "PERSON", 0.45, "nerve/x", None).rule.endswith("thresholds/PERSON")
    assert decide_span(SOURCED, "NRP", 0.5, "echo/person", None).rule.endswith("/NRP@echo")
    assert decide_span(SOURCED, "NRP", 0.3, "ner/m", None).rule.endswith("/thresholds/*")


KEYS = st.sampled_from(["PERSON", "NRP", "*", "PERSON@ner", "NRP@core", "NRP@ner"])


@given(
    st.dictionaries(KEYS, st.floats(0, 1)),
    st.sampled_from(["PERSON", "NRP", "URL"]),
    st.floats(0, 1),
    st.sampled_from(["ner/m", "core/x", "ner", "", "/", "@ner/x"]),
)
def test_thresholds_are_total(
    thresholds: dict[str, float], entity_type: str, score: float, recognizer: str
) -> None:
    """Whatever thresholds there are, a span is kept by the most specific or acted upon."""
    policy = replace(POLICY, thresholds=thresholds)
    source = recognizer.partition("/")[0]
    keys = [key for key in (f"{entity_type}@{source}", entity_type, "*") if key in thresholds]
    said = decide_span(policy, entity_type, score, recognizer, None)
    kept = bool(keys) and score < thresholds[keys[0]]
    assert (said.operator is Operator.KEEP) == kept
    if kept:
        assert said.rule == f"safeguarded/thresholds/{keys[0]}"


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


REVIEWED = replace(
    POLICY,
    entities={"HEALTH": Operator.KEEP, "TEAM": Operator.TAG, "ROOM": Operator.KEEP},
    review=frozenset({"HEALTH", "TEAM"}),
)


def test_kept_for_review() -> None:
    """What is kept of a type listed for review is marked so; changed, unlisted or weak is not."""
    said = decide_span(REVIEWED, "HEALTH", 0.7, "indirect/health", None)
    assert said == Decision(
        Operator.KEEP, Authority.POLICY, "safeguarded/review/HEALTH", review=True
    )
    for kind, score in (("TEAM", 0.7), ("ROOM", 0.7), ("HEALTH", 0.3), ("OTHER", 0.9)):
        assert not decide_span(REVIEWED, kind, score, "indirect/x", None).review
