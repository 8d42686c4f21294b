from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from anonymize.detect.overlaps import INDIRECT, Fate, Outcome, priority, resolve
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


def letters_of(span: Span, text: str) -> set[int]:
    """Return the positions of letters and digits a span covers."""
    return {at for at in range(span.start, span.end) if text[at].isalnum()}


HOLDERS = {"URL", "EMAIL_ADDRESS"}


def _united(span: Span, spans: list[Span]) -> list[Span]:
    """Return the spans of a span's type that overlap it or one another up to it."""
    found = [span]
    for one in found:
        found += [
            other
            for other in spans
            if other not in found
            and other.entity_type == one.entity_type
            and other.start < one.end
            and one.start < other.end
        ]
    return found


@given(VALUES_WITH_SPANS)
def test_shortened_by_the_stronger_only(case: tuple[str, list[Span]]) -> None:
    """No letter goes to a lower priority but to a container, a union, or a person's title."""
    text, spans = case
    found = resolve(spans, text)
    for span in spans:
        for other in found:
            taken = letters_of(span, text) & letters_of(other, text)
            if not taken or other.entity_type == span.entity_type:
                continue
            # What stands may have been made from several, the strongest of which took the letter.
            makers = _united(other, spans)
            held = other.entity_type in HOLDERS or any(
                one.entity_type in HOLDERS and one.start <= span.start and span.end <= one.end
                for one in spans
            )
            assert held or max(map(priority, [other, *makers])) >= priority(span)


def _raised(span: Span, spans: list[Span]) -> Span:
    inside = [one.score for one in spans if span.start <= one.start and one.end <= span.end]
    held = span.entity_type in HOLDERS
    return replace(span, score=max(inside)) if held else span


@given(VALUES_WITH_SPANS)
def test_the_strongest_stands_whole(case: tuple[str, list[Span]]) -> None:
    """A span of higher priority than all that overlap it is covered by its own type alone."""
    text, spans = case
    found = resolve(spans, text)
    for span in spans:
        others = [
            one for one in spans if one != span and one.start < span.end and span.start < one.end
        ]
        apart = all(one.entity_type != span.entity_type for one in others)
        # A union is as strong as its strongest part, an address as what it swallows.
        others = [_raised(part, spans) for one in others for part in _united(one, spans)]
        if apart and all(priority(one) < priority(span) for one in others):
            held = any(
                one.entity_type in HOLDERS and one.start <= span.start and span.end <= one.end
                for one in others
            )
            mine = [one for one in found if one.recognizer == span.recognizer]
            assert held or any(
                one.start <= span.start and span.end <= one.end and one.score >= span.score
                for one in mine
            )


@given(VALUES_WITH_SPANS, st.sampled_from(list(Encoding)))
def test_telling_changes_nothing(case: tuple[str, list[Span]], encoding: Encoding) -> None:
    """Told fates or not, the answer is the same."""
    text, spans = case
    told: list[Fate] = []
    assert resolve(spans, text, encoding, told) == resolve(spans, text, encoding)


@given(VALUES_WITH_SPANS)
def test_every_span_stands_or_has_a_fate(case: tuple[str, list[Span]]) -> None:
    """Each span stands under its recognizer, or is told with its fate and by whom."""
    text, spans = case
    told: list[Fate] = []
    found = resolve(spans, text, Encoding.PLAIN, told)
    stands = {(one.entity_type, one.recognizer) for one in found}
    told_of = {(one.span.entity_type, one.span.recognizer) for one in told}
    recognizers = {span.recognizer for span in spans}
    for span in spans:
        at = (span.entity_type, span.recognizer)
        assert at in told_of or at in stands
    for fate in told:
        assert set(fate.by.split(", ")) <= recognizers
        assert bool(fate.left) == (fate.outcome is Outcome.CUT)
        assert all(fate.span.start <= a < b <= fate.span.end for a, b in fate.left)


@given(
    VALUES_WITH_SPANS.flatmap(
        lambda case: st.tuples(st.just(case[0]), st.just(case[1]), st.permutations(case[1])),
    ),
)
def test_fates_in_any_order(case: tuple[str, list[Span], list[Span]]) -> None:
    """Fates do not depend on the order of the spans either."""
    text, spans, shuffled = case
    one: list[Fate] = []
    two: list[Fate] = []
    resolve(spans, text, Encoding.PLAIN, one)
    resolve(shuffled, text, Encoding.PLAIN, two)
    assert one == two


def test_fates() -> None:
    """Swallowed, united, lost and cut: each is told with the recognizer it gave way to."""
    url = Span(0, 20, "URL", 0.6, "core/url")
    handle = Span(10, 15, "HANDLE", 0.9, "social/handle")
    title = Span(30, 38, "PERSON", 0.7, "en/title")
    model = Span(33, 44, "PERSON", 0.85, "ner/m")
    code = Span(50, 58, "STUDENT_ID", 0.9, "gb/student")
    place = Span(50, 58, "LOCATION", 0.85, "ner/m")
    name = Span(60, 70, "PERSON", 1.0, "known/person")
    body = Span(60, 76, "ORGANIZATION", 0.85, "ner/m")
    told: list[Fate] = []
    resolve([url, handle, title, model, code, place, name, body], told=told)
    assert told == [
        Fate(handle, Outcome.SWALLOWED, "core/url"),
        Fate(model, Outcome.UNITED, "en/title"),
        Fate(body, Outcome.CUT, "known/person", ((70, 76),)),
        Fate(place, Outcome.LOST, "gb/student"),
    ]


def test_title_joins_the_name() -> None:
    """A form of address left of a longer span joins the known name behind it, and is told so."""
    text = "Ms Jane Smith"
    known = Span(3, 13, "PERSON", 1.0, "known/person")
    titled = Span(0, 13, "PERSON", 0.9, "en/title")
    told: list[Fate] = []
    found = resolve([known, titled], text, Encoding.PLAIN, told)
    assert found == (Span(0, 13, "PERSON", 1.0, "known/person"),)
    assert [(one.outcome, one.by) for one in told] == [
        (Outcome.CUT, "known/person"),
        (Outcome.UNITED, "known/person"),
    ]


def test_name_in_a_kept_clause() -> None:
    """Whatever is found inside an indirect identifier stands; the clause keeps the rest."""
    text = "my dad works with Jane Smith in Leeds"
    fact = Span(7, 37, "FAMILY_FACT", 0.95, "indirect/family-fact")
    name = Span(18, 28, "PERSON", 0.35, "ner/m")
    town = Span(32, 37, "LOCATION", 0.7, "gb/town")
    assert resolve([fact, name, town], text) == (
        Span(7, 17, "FAMILY_FACT", 0.95, "indirect/family-fact"),
        Span(18, 28, "PERSON", 0.95, "ner/m"),
        Span(29, 31, "FAMILY_FACT", 0.95, "indirect/family-fact"),
        Span(32, 37, "LOCATION", 0.95, "gb/town"),
    )


def test_fact_in_a_clause() -> None:
    """A condition stands inside the clause about a relative, and both over a hashtag."""
    text = "my dad was a diabetic"
    fact = Span(7, 21, "FAMILY_FACT", 0.6, "indirect/family-fact")
    health = Span(13, 21, "HEALTH", 0.5, "indirect/health")
    tag = Span(13, 21, "HASHTAG", 0.9, "social/hashtag")
    assert resolve([tag, fact, health], text) == (
        Span(7, 12, "FAMILY_FACT", 0.6, "indirect/family-fact"),
        Span(13, 21, "HEALTH", 0.9, "indirect/health"),
    )


@given(VALUES_WITH_SPANS, st.sampled_from(sorted(INDIRECT)))
def test_indirect_hides_nothing(case: tuple[str, list[Span]], kind: str) -> None:
    """A stretch of an indirect type over a whole text takes no place from any other type."""
    text, spans = case
    spans = [s for s in spans if s.entity_type not in INDIRECT | {"HASHTAG"}]
    whole = Span(0, len(text), kind, 0.9, "indirect/x")
    found = [s for s in resolve([*spans, whole], text) if s.entity_type != kind]
    places = [(s.start, s.end, s.entity_type) for s in found]
    assert places == [(s.start, s.end, s.entity_type) for s in resolve(spans, text)]
