from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from anonymize.run.measures import (
    ALL,
    ANY,
    MEASURES,
    Case,
    Score,
    Stretch,
    f_beta,
    scores,
    tally,
    touching,
)

TEXT = "Ask Jane Smith, Ms. O'Hara or 07700 900123; x! é\u0301a 🎬 end."
TYPES = ("PERSON", "PHONE_NUMBER", "ORGANIZATION")


@st.composite
def stretches(draw: st.DrawFn) -> tuple[Stretch, ...]:
    """Return any typed stretches of the text, overlapping ones among them."""
    pairs = st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 12), st.sampled_from(TYPES))
    found = draw(st.lists(pairs, max_size=6))
    return tuple(Stretch(at, min(at + n, len(TEXT)), kind) for at, n, kind in found)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Return a text with gold spans and predictions that all count."""
    found = draw(stretches())
    return Case(TEXT, draw(stretches()), found, found)


def _scores(*of: Case, resamples: int = 0) -> dict[tuple[str, str], Score]:
    return scores([tally(one) for one in of], resamples=resamples)


@given(stretches().filter(bool))
def test_perfect_predictions_score_one(gold: tuple[Stretch, ...]) -> None:
    """Predicting the gold standard itself gives 1 everywhere, whatever the type and measure."""
    for (_, measure), score in _scores(Case(TEXT, gold, gold, gold)).items():
        if measure in {"characters", "tokens"} and not score.counts[1]:
            continue
        assert (score.recall, score.precision, score.f1, score.f2) == (1.0, 1.0, 1.0, 1.0)


@given(stretches().filter(bool))
def test_predicting_nothing_finds_nothing(gold: tuple[Stretch, ...]) -> None:
    """Without predictions recall and F are 0 and precision is not defined."""
    for score in _scores(Case(TEXT, gold, ())).values():
        assert (score.recall, score.precision, score.f1, score.f2) == (0.0, None, 0.0, 0.0)


@given(cases())
def test_figures_keep_their_bounds(case: Case) -> None:
    """No count exceeds its whole, and every defined figure lies between 0 and 1."""
    for score in _scores(case).values():
        found, gold, right, predicted = score.counts
        assert 0 <= found <= gold
        assert 0 <= right <= predicted
        for figure in (score.recall, score.precision, score.f1, score.f2):
            assert figure is None or 0.0 <= figure <= 1.0


@given(cases())
def test_f2_favours_recall(case: Case) -> None:
    """F2 is at least F1 exactly where recall is at least precision, unless one of them is 0."""
    for score in _scores(case).values():
        if score.recall and score.precision:
            assert score.f1 is not None
            assert score.f2 is not None
            assert (score.f2 >= score.f1 - 1e-12) == (score.recall >= score.precision - 1e-12)


@given(st.lists(cases(), min_size=1, max_size=4), st.randoms())
def test_order_changes_nothing(drawn: list[Case], chance: object) -> None:
    """Figures depend neither on the order of documents nor on that of spans."""
    shuffled = [
        Case(one.text, tuple(reversed(one.gold)), tuple(reversed(one.found)), one.covers[::-1])
        for one in drawn
    ]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert _scores(*drawn) == _scores(*shuffled)


@given(cases())
def test_exact_is_the_hardest(case: Case) -> None:
    """An exact span is also a covered one, and a prediction right by type is right without."""
    found = _scores(case)
    for label in {key[0] for key in found} - {ANY}:
        counts = [found[label, measure].counts for measure in ("strict", "covered", "blind")]
        assert counts[0][0] <= counts[1][0] == counts[2][0]
        assert counts[0][2] <= counts[1][2] <= counts[2][2]


@given(cases())
def test_all_types_is_the_sum(case: Case) -> None:
    """The row over all types has the sums of the types' counts."""
    found = _scores(case)
    for measure in MEASURES:
        rows = [s.counts for (kind, m), s in found.items() if m == measure and kind in TYPES]
        if rows:
            assert found[ALL, measure].counts == tuple(map(sum, zip(*rows, strict=True)))


def _case(gold: list[Stretch], found: list[Stretch], **more: tuple[Stretch, ...]) -> Case:
    covers = more.pop("covers", tuple(found))
    return Case(TEXT, tuple(gold), tuple(found), covers, **more)


def test_by_hand() -> None:
    """Two of three words of a name, as the wrong type too, count as the definitions say."""
    name, phone = Stretch(4, 14, "PERSON"), Stretch(30, 42, "PHONE_NUMBER")
    found = _scores(
        _case([name, phone], [Stretch(4, 8, "PERSON"), Stretch(9, 14, "ORGANIZATION"), phone]),
    )
    assert found["PERSON", "strict"].counts == (0, 1, 0, 1)
    assert found["PERSON", "covered"].counts == (1, 1, 1, 1)
    assert found["ORGANIZATION", "covered"].counts == (0, 0, 0, 1)
    assert found["ORGANIZATION", "blind"].counts == (0, 0, 1, 1)
    assert found["PERSON", "characters"].counts == (4, 9, 4, 4)
    assert found["PERSON", "tokens"].counts == (1, 2, 1, 1)
    assert found[ANY, "characters"].counts == (9 + 11, 9 + 11, 9 + 11, 9 + 11)
    assert found[ALL, "strict"].counts == (1, 2, 1, 3)
    assert found[ALL, "covered"].f2 == pytest.approx(f_beta(2 / 3, 1.0, 2.0))


def test_punctuation_needs_no_cover() -> None:
    """`Ms. O'Hara` is covered without the stop and the apostrophe; half of a word is not enough."""
    gold = Stretch(16, 26, "PERSON")
    words = [Stretch(16, 18, "PERSON"), Stretch(20, 21, "PERSON"), Stretch(22, 26, "PERSON")]
    assert _scores(_case([gold], words))["PERSON", "covered"].recall == 1.0
    assert _scores(_case([gold], words[:2]))["PERSON", "covered"].recall == 0.0


def test_what_is_kept_covers_only_its_own_type() -> None:
    """A prediction that does not count as cover covers gold of its type and no other."""
    name = Stretch(4, 14, "PERSON")
    kept = Stretch(4, 14, "ORGANIZATION")
    assert _scores(_case([name], [kept], covers=()))["PERSON", "covered"].recall == 0.0
    same = Stretch(4, 14, "ORGANIZATION")
    assert _scores(_case([same], [kept], covers=()))["ORGANIZATION", "covered"].recall == 1.0


def test_unasked_personal_data_is_no_mistake_without_types() -> None:
    """A prediction within personal data nobody asks for is right where types are not compared."""
    handle = Stretch(4, 8, "HANDLE")
    found = _scores(_case([], [Stretch(4, 8, "PERSON")], elsewhere=(handle,)))
    assert found["PERSON", "blind"].precision == 1.0
    assert found["PERSON", "covered"].precision == 0.0


def test_touching_wants_a_common_character() -> None:
    """Neighbours do not touch."""
    assert not touching(Stretch(0, 3, "A"), [Stretch(3, 5, "A")])
    assert touching(Stretch(0, 4, "A"), [Stretch(3, 5, "A")])


@settings(max_examples=20, deadline=None)
@given(st.lists(cases(), min_size=1, max_size=6))
def test_intervals_are_ordered_and_repeat(drawn: list[Case]) -> None:
    """Bounds are ordered, within 0 and 1, for every defined figure, and the same each time."""
    found = _scores(*drawn, resamples=50)
    assert found == _scores(*drawn, resamples=50)
    for score in found.values():
        for low, high in score.intervals.values():
            assert 0.0 <= low <= high <= 1.0
        if len(drawn) == 1:
            figures = {name: getattr(score, name) for name in ("recall", "precision", "f1", "f2")}
            defined = {name: value for name, value in figures.items() if value is not None}
            assert score.intervals.keys() == defined.keys()
            for name, value in defined.items():
                assert score.intervals[name] == pytest.approx((value, value))


def test_intervals_hold_the_figure_and_narrow_with_the_number_of_documents() -> None:
    """Of many documents half of which are found, the interval is about .5 and as wide as told.

    1.96 standard errors of a proportion of 400 are .049.
    """
    name = Stretch(4, 14, "PERSON")
    drawn = [_case([name], [name] if at % 2 else []) for at in range(400)]
    low, high = _scores(*drawn, resamples=1000)["PERSON", "covered"].intervals["recall"]
    assert low == pytest.approx(0.451, abs=0.01)
    assert high == pytest.approx(0.549, abs=0.01)


def test_no_documents_give_no_figures() -> None:
    """Nothing in, nothing out, with and without a bootstrap."""
    assert scores([], resamples=10) == {}
    assert scores([{}, {}], resamples=10) == {}
