"""What happens to a span or a field under a policy; every input has an answer."""

from __future__ import annotations

from anonymize.model.decisions import Authority, Decision, Operator
from anonymize.model.fields import Field, Role
from anonymize.model.identities import Person
from anonymize.model.policies import Policy

ANY = "*"


def decide_span(
    policy: Policy,
    entity_type: str,
    score: float,
    recognizer: str,
    person: Person | None,
) -> Decision:
    """Return what happens to a span.

    A type the policy does not name is decided by its `*`; a policy without one tags it, so
    that nothing found is passed on by omission.  Of thresholds the most specific counts: of type
    and source (`PERSON@ner`), of the type, of every other.  What is kept of a type the policy
    lists for review is marked so.

    Args:
        policy: The tier.
        entity_type: What was found.
        score: Confidence, 0 to 1.
        recognizer: What found it; what stands before the slash is its source.
        person: Who it is, where that is known.

    >>> decide_span(Policy("open"), "PERSON", 0.9, "ner/m", None).rule
    'open/entities/default'
    """
    sourced = f"{entity_type}@{recognizer.partition('/')[0]}"
    keys = (sourced, entity_type, ANY)
    key = next((key for key in keys if key in policy.thresholds), ANY)
    if score < policy.thresholds.get(key, 0.0):
        rule = f"{policy.name}/thresholds/{key}"
        return Decision(Operator.KEEP, Authority.POLICY, rule)
    by = Authority.ROSTER if person is not None and person.chosen else Authority.POLICY
    key = entity_type if entity_type in policy.entities else ANY
    if key in policy.entities:
        operator = policy.entities[key]
        if operator is Operator.KEEP and entity_type in policy.review:
            return Decision(operator, by, f"{policy.name}/review/{entity_type}", review=True)
        return Decision(operator, by, f"{policy.name}/entities/{key}")
    return Decision(Operator.TAG, by, f"{policy.name}/entities/default")


def decide_field(policy: Policy, field: Field) -> Decision:
    """Return what happens to a field as a whole.

    The last named step of its path is looked up in `Policy.fields`, then its role in
    `Policy.roles`.  Text is kept as a field, for its spans are decided one by one, and an
    offset follows its text; any other role the policy does not name is dropped.
    """
    step = next((step for step in reversed(field.path) if isinstance(step, str)), "")
    if step in policy.fields:
        rule = f"{policy.name}/fields/{step}"
        return Decision(policy.fields[step], Authority.POLICY, rule)
    if field.role in policy.roles:
        rule = f"{policy.name}/roles/{field.role.value}"
        return Decision(policy.roles[field.role], Authority.POLICY, rule)
    operator = Operator.KEEP if field.role in {Role.TEXT, Role.OFFSET} else Operator.DROP
    return Decision(operator, Authority.POLICY, f"{policy.name}/roles/default")
