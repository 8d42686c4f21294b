"""The hand-written hard cases of who is who."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from anonymize.model.identities import Person
from tests.linked import APART, NOBODY, UNDECIDED, Answer, Case, linked, load_cases

CASES = load_cases()


def faults(answers: Sequence[Answer]) -> list[str]:
    """Return what is wrong with the answers of a case, one line each."""
    persons: dict[str, str] = {}
    wrong: list[str] = []
    for one in answers:
        number = min(one.truth)
        if len(one.truth) > 1 or not number.isdigit():
            continue
        if one.person is None or one.person.ambiguous:
            wrong.append(f"{one.asked} is {number}, found {_shown(one.person)}")
        elif persons.setdefault(number, one.person.id) != one.person.id:
            wrong.append(f"{one.asked} is {number}, found somebody else")
    taken: dict[str, str] = {}
    for number, person in sorted(persons.items()):
        other = taken.setdefault(person, number)
        if other != number:
            wrong.append(f"{other} and {number} are found to be one")
    for one in answers:
        if len(one.truth) == 1 and min(one.truth).isdigit():
            continue
        if not any(_fits(truth, one.person, persons) for truth in one.truth):
            truth = "/".join(sorted(one.truth))
            who = next(
                (n for n, p in persons.items() if one.person is not None and p == one.person.id),
                _shown(one.person),
            )
            wrong.append(f"{one.asked} is {truth}, found {who}")
    return wrong


def grouping(answers: Sequence[Answer]) -> list[str]:
    """Return who each answer is, by the keyed id: equal for equal groups and names."""
    return ["" if one.person is None else one.person.id for one in answers]


def _shown(person: Person | None) -> str:
    if person is None:
        return "nobody"
    return "ambiguous" if person.ambiguous else "somebody"


def _fits(truth: str, person: Person | None, persons: Mapping[str, str]) -> bool:
    free = person is None or person.id not in persons.values()
    if truth == APART:
        return free
    if person is None:
        return truth == NOBODY
    return person.ambiguous and free if truth == UNDECIDED else persons.get(truth) == person.id


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case, tmp_path: Path) -> None:
    """Who is one person is found to be one, and nobody else, in any order of the documents.

    A known failure must fail: when it passes, its reason is taken out.
    """
    forth, back = linked(case, tmp_path)
    assert grouping(forth) == grouping(back)
    found = faults(forth)
    if case.known_failure:
        assert found, "is right now"
    else:
        assert found == []


def test_few_are_known_failures() -> None:
    """At least 150 cases stand in the table, and at most one in ten is a known failure."""
    assert len(CASES) >= 150
    failing = [case.name for case in CASES if case.known_failure]
    assert 10 * len(failing) <= len(CASES)


def test_every_kind_has_several_cases() -> None:
    """No kind of evidence rests on fewer than three cases."""
    kinds = Counter(case.kind for case in CASES)
    assert {kind: number for kind, number in kinds.items() if number < 3} == {}


def _answer(truth: str, person: str, *, ambiguous: bool = False) -> Answer:
    found = Person(person, ambiguous=ambiguous) if person else None
    return Answer("it", frozenset(truth.split("/")), found)


@pytest.mark.parametrize(
    ("answers", "number"),
    [
        ([_answer("1", "a"), _answer("1", "a"), _answer("2", "b")], 0),
        ([_answer("1", "a"), _answer("1", "b")], 1),
        ([_answer("1", "a"), _answer("2", "a")], 1),
        ([_answer("1", "")], 1),
        ([_answer("1", "a", ambiguous=True)], 1),
        ([_answer("1", "a"), _answer("?", "b", ambiguous=True)], 0),
        ([_answer("1", "a"), _answer("?", "b")], 1),
        ([_answer("1", "a"), _answer("?", "a")], 1),
        ([_answer("?", "")], 1),
        ([_answer("1", "a"), _answer("1/?", "a"), _answer("1/?", "b", ambiguous=True)], 0),
        ([_answer("1", "a"), _answer("1/?", "b")], 1),
        ([_answer("1", "a"), _answer("~", "b"), _answer("~", "")], 0),
        ([_answer("1", "a"), _answer("~", "a")], 1),
        ([_answer("-", ""), _answer("1/-", ""), _answer("1", "a")], 0),
        ([_answer("-", "a")], 1),
    ],
)
def test_faults(answers: list[Answer], number: int) -> None:
    """What was split, merged, guessed or missed is a fault; what the truth allows is none."""
    assert len(faults(answers)) == number
