from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from anonymize.report.figures import chart, histograms


@given(st.dictionaries(st.text(min_size=1, max_size=50), st.integers(0, 10**9), max_size=40))
def test_chart_keeps_every_number(counts: dict[str, int]) -> None:
    """A chart holds every number but zero, largest first, in shares that add up."""
    made = chart("c", "Title", "Unit", counts, raw=True)

    assert {row.label: row.value for row in made.rows} == {k: v for k, v in counts.items() if v}
    assert [row.value for row in made.rows] == sorted(
        (v for v in counts.values() if v), reverse=True
    )
    assert all(0 <= row.share <= 100 and len(row.short) <= 32 for row in made.rows)
    assert not made.rows or abs(sum(row.part for row in made.rows) - 100) < 1
    assert len(made.drawn) <= 24


def test_chart_says_what_it_shows() -> None:
    """The text alternative names the largest and counts the rest."""
    counts = {name: at for at, name in enumerate("ABCDEFG", start=1)}

    assert chart("c", "Found", "n", counts).alt == "Found: G 7, F 6, E 5, D 4, C 3 and 2 more."
    assert chart("c", "Found", "n", {}).alt == "Found: nothing."


def test_histograms_begin_with_the_sum() -> None:
    """The first histogram is of all types; bins that are missing are empty."""
    everything, first, second = histograms({"AGE": [1], "PERSON": [0] * 9 + [5], "URL": []})

    assert [count for _, count, _ in everything.bins] == [1, 0, 0, 0, 0, 0, 0, 0, 0, 5]
    assert (first.title, second.title) == ("Names of persons", "Ages")
    assert histograms({}) == ()
