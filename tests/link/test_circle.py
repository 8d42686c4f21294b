from __future__ import annotations

from anonymize.link.circle import Circle
from anonymize.link.nodes import Node

ANN: Node = ("user", "x", "1")
BO: Node = ("user", "x", "2")
CY: Node = ("user", "x", "3")


def test_being_in_touch_goes_both_ways() -> None:
    """Who wrote to somebody is in touch with her, and she with him; with others nobody is."""
    circle = Circle([([ANN], [BO]), ([ANN], [BO])])
    assert circle.of([ANN], {BO, CY}) == {BO}
    assert circle.of([BO], {ANN, CY}) == {ANN}
    assert circle.of([CY], {ANN, BO}) == set()


def test_nobody_is_asked_about_nobody() -> None:
    """Strangers, no persons and no candidates give nobody."""
    circle = Circle([([ANN], [BO])])
    assert circle.of([], {BO}) == circle.of([ANN], set()) == circle.of([CY], {CY}) == set()
