"""The benchmark of linking counts right, and its studies depend on their numbers alone."""

from __future__ import annotations

import itertools
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.studies.gold import gold, located
from tests.benchmarks.studies.metrics import AMBIGUOUS, NOBODY, Answer, Wrong, faults, measure
from tests.benchmarks.studies.names import misspell
from tests.benchmarks.studies.study import Plan, Study, make
from tests.benchmarks.studies.wording import KINDS, vocabulary

ROOT = Path(__file__).resolve().parents[2]
PLAN = Plan(persons=16, interviews=4, tweets=150, noise=0.2, seed=7)


@pytest.fixture(scope="module")
def small() -> Study:
    """Return a small study."""
    return make(PLAN)


def _answers(*pairs: tuple[str, str]) -> list[Answer]:
    return [Answer("given", truth, found) for truth, found in pairs]


def test_a_perfect_partition_has_full_marks() -> None:
    """Each person found as one identity gives 1 throughout, whatever the identities' names."""
    found = measure(_answers(("a", "x"), ("a", "x"), ("b", "y")))
    assert (found.pair_precision, found.pair_recall, found.total.f1) == (1, 1, 1)
    assert found.total.right == 1


def test_a_merge_costs_precision_and_no_recall() -> None:
    """Two persons of two mentions taken for one: 2 of 6 pairs are true, all true ones found."""
    answers = _answers(("a", "x"), ("a", "x"), ("b", "x"), ("b", "x"))
    found = measure(answers)
    assert found.pair_precision == pytest.approx(2 / 6)
    assert found.pair_recall == 1
    assert (found.total.precision, found.total.recall) == (0.5, 1)
    assert faults(answers) == [None, None, Wrong.MERGED, Wrong.MERGED]


def test_a_split_costs_recall_and_no_precision() -> None:
    """A person of three mentions taken for two: 1 of 3 pairs is found, and it is true."""
    answers = _answers(("a", "x"), ("a", "x"), ("a", "y"))
    found = measure(answers)
    assert found.pair_precision == 1
    assert found.pair_recall == pytest.approx(1 / 3)
    assert found.total.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)
    assert faults(answers) == [None, None, Wrong.APART]


@pytest.mark.parametrize("word", [AMBIGUOUS, NOBODY])
def test_what_is_given_to_no_one_is_missed_and_merges_nobody(word: str) -> None:
    """Two such mentions are two clusters of one mention, though both are answered alike."""
    found = measure(_answers(("a", "x"), ("a", "x"), ("a", word), ("b", word)))
    assert found.pair_precision == 1
    assert found.pair_recall == pytest.approx(1 / 3)
    assert found.total.precision == 1
    assert found.total.ambiguous == (0.5 if word == AMBIGUOUS else 0)
    assert found.total.nobody == (0.5 if word == NOBODY else 0)


def test_counting_tables_is_counting_pairs() -> None:
    """The figures are those that looking at every pair of mentions gives."""
    rng = random.Random(5)
    answers = _answers(*((rng.choice("abc"), rng.choice("wxyz?-")) for _ in range(80)))
    true = hit = claimed = 0
    for one, other in itertools.combinations(answers, 2):
        same, taken = one.truth == other.truth, one.found == other.found and not one.alone
        true, claimed, hit = true + same, claimed + taken, hit + (same and taken)
    found = measure(answers)
    assert found.pair_precision == pytest.approx(hit / claimed)
    assert found.pair_recall == pytest.approx(hit / true)


def test_no_mention_and_no_pair_is_no_mistake() -> None:
    """Nothing to compare divides by nothing."""
    assert measure([]).pair_recall == 1
    assert measure(_answers(("a", "x"))).pair_precision == 1


def test_a_study_depends_on_its_plan_alone(small: Study, tmp_path: Path) -> None:
    """Another process with another hash seed writes the same bytes; another seed others."""
    small.write(tmp_path)
    here = sorted((path.name, path.read_text("utf-8")) for path in tmp_path.iterdir())
    program = (
        "import hashlib, pathlib, sys, tempfile\n"
        "from tests.benchmarks.studies.study import Plan, make\n"
        f"folder = pathlib.Path(tempfile.mkdtemp(dir={str(tmp_path)!r}))\n"
        f"make({PLAN!r}).write(folder)\n"
        "print(folder)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"PYTHONHASHSEED": "1", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    there = Path(done.stdout.strip())
    assert sorted((path.name, path.read_text("utf-8")) for path in there.iterdir()) == here
    assert make(Plan(persons=16, interviews=4, tweets=150, seed=8)).people != small.people


def test_truth_stands_where_it_says(small: Study, tmp_path: Path) -> None:
    """The readers read every name where the truth has it, and every label as one."""
    small.write(tmp_path)
    told = [one.said for _, asked in located(small, tmp_path) for one in asked]
    assert len(told) == len(list(small.truth()))
    assert {one.mark.kind for one in told} <= set(KINDS)
    assert {"full", "given", "titled", "handle", "label"} <= {one.mark.kind for one in told}


def test_nobody_is_called_a_word_of_the_texts(small: Study) -> None:
    """Names and sentences share no word, so that a name found in what is shared is a leak."""
    names = {name.casefold() for one in small.people for name in (one.given, one.family)}
    assert not names & vocabulary()


def test_in_a_circle_nobody_shares_a_given_name(small: Study) -> None:
    """Who speaks of somebody by given name means one person of her circle."""
    known = [(one.circle, one.given) for one in small.people]
    assert len(known) == len(set(known))


def test_a_misspelt_name_is_another_word_with_the_same_first_letter() -> None:
    """No mis-spelling is the name itself or one that is taken."""
    rng = random.Random(3)
    for name in ("Katherine", "Philip", "Niamh"):
        for _ in range(50):
            wrong = misspell(name, rng, {"niam"})
            assert wrong[0] == name[0]
            assert wrong.casefold() not in {name.casefold(), "niam"}
    assert misspell("Ana", rng, {"anah"}) == "Ana"


def test_every_mention_gets_an_answer(small: Study) -> None:
    """Each name and label is asked for, and the roster's word joins names and handles."""
    replies = gold(small, roster=True)
    found = measure([one.answer for one in replies])
    names = [one for one in small.truth() if one.mark.entity_type in {"PERSON", "SPEAKER"}]
    assert found.total.count > len(names)
    assert found.pair_precision > 0.9
    assert found.kinds["handle"].right > 0.9
