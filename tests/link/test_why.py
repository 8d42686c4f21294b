from __future__ import annotations

from anonymize.link.reasons import Obstacle, Reason
from anonymize.link.why import Called, Why, unpack
from tests.link.stories import Study, account, row, said


def test_every_node_of_a_person_is_explained(study: Study) -> None:
    """The joins of a person hold all her nodes together, each with a reason."""
    study.link(
        account("111111", "jane_t", name="Jane Thornquill", email="jt@college.example"),
        said("Jane Thornquill", "talk"), said("Janey", "talk"), said("Ms Thornquill", "talk"),
        said("Jayne Thornquil", "other"),
        roster=[row("T1", "Jane Thornquill", handles=["jane_t"])],
    )  # fmt: skip
    person = study.user("111111")
    joined = study.store.why().joined[person.id]
    together = {joined[0].one}
    while (
        more := {
            node
            for one in joined
            if {one.one, one.other} & together
            for node in (one.one, one.other)
        }
        - together
    ):
        together |= more
    assert {node for one in joined for node in (one.one, one.other)} == together
    kinds = {node[0] for node in together}
    assert kinds == {"roster", "user", "handle", "email", "name", "part"}
    assert {Reason.ROSTER, Reason.ACCOUNT, Reason.NICKNAME} <= {one.reason for one in joined}


def test_a_name_decided_on_the_spot_is_counted(study: Study) -> None:
    """A given name that fits two is explained where one of them is about."""
    study.link(
        said("Jane Thornquill", "one"), said("Jane Okafor", "two"),
        said("Jane", "one"), said("Jane", "two"), said("Jane", "three"),
    )  # fmt: skip
    called = study.store.why().called[study.named("Jane Okafor").id]
    assert Called("jane", Reason.SCOPE, 1) in called
    ambiguous = study.named("Jane", "three")
    against = [no for no in study.store.why().refused if ambiguous.id in {no.one, no.other}]
    assert {no.obstacle for no in against} == {Obstacle.SEVERAL}


def test_nothing_is_nothing() -> None:
    """No lines are no reasons, and no `repr` shows a name."""
    assert unpack(b"") == Why()
    assert "jane" not in repr(Called("jane", Reason.CORPUS))
