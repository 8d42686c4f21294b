from __future__ import annotations

from anonymize.model.policies import Policy, Recall


def test_recall() -> None:
    """The dial leans to recall, and can be turned up by one step until its end."""
    assert Policy("x").recall is Recall.HIGH
    assert [step.raised for step in Recall] == [Recall.HIGH, Recall.MAX, Recall.MAX]
