from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from anonymize.detect.overlaps import resolve
from anonymize.model.fields import Encoding
from anonymize.model.spans import Span
from tests.strategies import spans_in

TEXTS = st.text(alphabet="ab Z.,'1é\n", min_size=1, max_size=40)
VALUES_WITH_SPANS = TEXTS.flatmap(lambda text: st.tuples(st.just(text), spans_in(text)))


def covered(spans: tuple[Span, ...] | list[Span], least: float = 0.0) -> set[int]:
    """Return the positions covered by spans of at least that score."""
    return {at for s in spans if s.score >= least for at in range(s.start, s.end)}


@given(VALUES_WITH_SPANS)
def test_disjoint_and_sorted(case: tuple[str, list[Span]]) -> None:
    """Resolved spans are sorted, disjoint and inside the text."""
    text, spans = case
    found = resolve(spans, text)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(0 <= one.start < one.end <= len(text) for one in found)


@given(VALUES_WITH_SPANS, st.sampled_from([0.0, 0.35, 0.4, 0.7, 1.0]))
def test_covers(case: tuple[str, list[Span]], least: float) -> None:
    """At any threshold, no letter or digit a span covered is left uncovered."""
    text, spans = case
    lost = covered(spans, least) - covered(resolve(spans, text), least)
    assert not [at for at in lost if text[at].isalnum()]


@given(VALUES_WITH_SPANS)
def test_adds_nothing(case: tuple[str, list[Span]]) -> None:
    """Nothing is covered that no span covered."""
    text, spans = case
    assert covered(resolve(spans, text)) <= covered(spans)


@given(
    VALUES_WITH_SPANS.flatmap(
        lambda case: st.tuples(st.just(case[0]), st.just(case[1]), st.permutations(case[1])),
    ),
)
def test_order_is_nothing(case: tuple[str, list[Span], list[Span]]) -> None:
    """The result does not depend on the order of the spans."""
    text, spans, shuffled = case
    assert resolve(shuffled, text) == resolve(spans, text)


@given(VALUES_WITH_SPANS)
def test_known_wins(case: tuple[str, list[Span]]) -> None:
    """A known name of several words stands whole against any rule that is no container."""
    text, spans = case
    containers = {"URL", "EMAIL_ADDRESS"}
    spans = [s for s in spans if s.recognizer.startswith(("ner/", "en/", "core/"))]
    spans = [s for s in spans if s.entity_type not in containers]
    name = Span(0, len(text), "PERSON", 1.0, "known/person")
    if " " in text:
        assert resolve([*spans, name], text) == (name,)


def test_email_holds_handle() -> None:
    """An e-mail address wins over the handle in it, known or not."""
    email = Span(5, 25, "EMAIL_ADDRESS", 0.9, "core/email")
    handle = Span(9, 13, "HANDLE", 1.0, "known/handle")
    assert resolve([handle, email]) == (Span(5, 25, "EMAIL_ADDRESS", 1.0, "core/email"),)


def test_handle_in_hashtag() -> None:
    """A name wins over the hashtag it stands in, which keeps the rest."""
    text = "#TeamJane now"
    tag = Span(0, 9, "HASHTAG", 0.9, "social/hashtag")
    name = Span(5, 9, "PERSON", 0.5, "en/name")
    assert resolve([tag, name], text) == (
        Span(1, 5, "HASHTAG", 0.9, "social/hashtag"),
        Span(5, 9, "PERSON", 0.9, "en/name"),
    )


def test_same_type_union() -> None:
    """Overlapping spans of one type become one, under the stronger recognizer's name."""
    one = Span(0, 8, "PERSON", 0.7, "en/title")
    two = Span(3, 14, "PERSON", 0.85, "ner/m")
    assert resolve([two, one]) == (Span(0, 14, "PERSON", 0.85, "en/title"),)


def test_known_name_stays_exact() -> None:
    """A known full name does not grow by a word the model took with it."""
    text = "Jane Smith Media"
    known = Span(0, 10, "PERSON", 1.0, "known/person")
    named = Span(0, 16, "PERSON", 0.85, "ner/m")
    assert resolve([known, named], text) == (known, Span(11, 16, "PERSON", 0.85, "ner/m"))


def test_remainder_respects_escapes() -> None:
    """What is left of a loser never begins or ends inside a character reference."""
    text = "Jane &amp; Smith"
    known = Span(0, 4, "PERSON", 1.0, "known/person")
    named = Span(0, 16, "ORGANIZATION", 0.85, "ner/m")
    found = resolve([known, named], text, Encoding.HTML)
    assert found == (known, Span(11, 16, "ORGANIZATION", 0.85, "ner/m"))


def test_weak_form_yields_to_model() -> None:
    """A form that scores below 0.4 yields to the model and raises its score for no threshold."""
    weak = Span(0, 8, "STUDENT_ID", 0.2, "gb/student")
    named = Span(0, 8, "PERSON", 0.85, "ner/m")
    assert resolve([weak, named]) == (named,)
