from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from anonymize.detect.collocations import WEIGHTS
from anonymize.detect.ordinary import Seen, clues, is_name, seen
from anonymize.model.spans import Span

KNOWN = frozenset(("tomsen", "kira")).__contains__

NAMES = """
thanks [will]!
Thanks [Will], see you Monday
love you [will]!
well done [will]
Is [Will] coming tonight?
I think [Will] is late
I told [will] about it
[Will] said it would rain
[Will] and Kira are coming
ask [Will] if he is free
my brother [Will] plays the drums
That is [Will]'s bike
[Will]'s bike was stolen
THAT IS [WILL]'S DOG
See you then, [Will]!
I'm [Will], the coach
[Will], can you bring it?
uncle [will] was fun
[will] tomsen is great
a [Will] Tomsen album
[Will]: I never said so
Ms [May] teaches maths
mr [may] is strict
had lunch with [May] yesterday
Aunt [May] baked
[May] Tomsen won the cup
Thank you, [May]!
I asked [may] about it
We saw [May]'s new house
@tom_q @kay_r happy birthday [rose] xx
told [rose] about the trip
it was [Rose] who rang
[Rose] and I went home
Let [Rose] have it
our new head is Mrs. [Rose]
Lunch was great. - [Rose]
Was that [Rose]?
who's [rose]?
[Rose] thinks so too
Anna-[Rose] sings
WELL DONE [MARK]!
[mark] tomsen was there
Saw [Mark] Orlin at the gate
[Mark] Orlin is at the gate
cheers [mark] that helped
hello [mark]
poor [mark]
I spoke to [Mark] on Monday
pls tell [mark] i said hi
[Mark] went home early
Orlin [Mark] and the others
Kira [Mark] left
kira and [mark] left
[Grace]'s mother came
hi [grace], are you in today
with [Grace] and Tom
She is named [Grace].
This is [Grace] speaking
Goodnight [Grace] x
RIP [Grace]
love, [Grace] x
We met [Hope] at the fair
sorry [hope] x
Dear [Hope], thank you
the girl is called [hope]
[Hope] said no to me
I saw [Hope] and her dad
Miss [Hope] is away
[Hope]'s team won
Congrats [Hope]!
""".strip().splitlines()

WORDS = """
[Will] you come?
[Will] Orlin come?
I [will] call you
It [Will] Be Fine
[Will] do!
[Will] be back soon
sorry [will] do it now
my mum [will] kill me
my mum [WILL] kill me
WE [WILL] WIN THIS
The Train [Will] Leave On Time, Says The Driver
[Will] free parking become normal?
They [will] not lose
that [will] teach them
who [will] win
[will] kira come
free [will] is a myth
where there's a [will] there's a way
her [will] was read out
against my [will]
last [will] and testament
I guess MS [will] wait a little
[May] I ask something?
You [may] leave
[May] you have a great day
[May] the best team win
hi [may] I come in
my brother [may] come
it [may] be late
Ten Things You [May] Have Missed This Week
RT @kay_r: [May] all be well
in [May] we move
on [May] 5 we start
the 21st of [May]
21st [May] is fine
April and [May] were wet
since [May] it rained
early [May] at best
the [May] elections
[May]/June is best
[May] 2015 was the best
bring it by [May]
the end of [May]
Prices [rose] to a new high
He [ROSE] to the top
sales [rose] by ten percent
a red [rose] for you
he [rose] from the table
we [rose] early
[rose] petals fell
thanks for the [rose]
[mark] my words
[Mark] the date!
[Mark] your calendars
the [mark] is low
a question [mark] here
made his [mark] on it
high water [mark]
please [mark] it done
A [mark] of respect
to [mark] the day
a birth-[mark] on her arm
she did it with [grace]
saying [grace] before lunch
a [grace] period of ten days
by the [grace] of god
fall from [grace]
Amazing [Grace] was sung
[hope] you are well
[Hope] to see you there
[Hope] that helps
[Hope] everyone is safe
thanks [hope] you enjoy it
@kay_r [Hope] your week goes well
[hope] kira is ok
I [hope] so
well I [hope]!
there is no [hope] left
give us [hope]
peace, love, [hope]
a day full of #[hope]
#MondayMood #[Hope]
""".strip().splitlines()


def marked(case: str) -> tuple[str, int, int]:
    """Return a case's text and where its word in brackets stands."""
    found = regex.search(r"\[(\w+)\]", case)
    assert found
    start, end = found.span()
    return case[:start] + found.group(1) + case[end:], start, end - 2


@pytest.mark.parametrize("case", NAMES)
def test_names(case: str) -> None:
    """An ordinary word is a name where its context says so, whatever its case."""
    assert is_name(*marked(case), None, KNOWN), clues(*marked(case), None, KNOWN)


@pytest.mark.parametrize("case", WORDS)
def test_words(case: str) -> None:
    """An ordinary word stays one where its context does, whatever its case."""
    assert not is_name(*marked(case), None, KNOWN), clues(*marked(case), None, KNOWN)


@pytest.mark.parametrize(
    ("case", "score", "name"),
    [
        ("[Grace] ever so cute", 0.9, True),
        ("[Will] Orlin stay or go?", 0.9, True),
        ("[Hope] quite cute", 0.2, True),
        ("i thought [mark] orlin was late", 0.8, True),
        ("I thought [mark] orlin was late", 0.8, True),
        ("I thought [mark] orlin was late", 0.2, False),
        ("I [will] call you", 0.9, False),
        ("in [May] 2012", 0.3, False),
    ],
)
def test_recognizers(case: str, score: float, name: bool) -> None:
    """A recognizer's word counts much, in small letters and by a low score less."""
    assert is_name(*marked(case), Seen(person=score)) is name


def test_other_types() -> None:
    """What a recognizer took for a place or a date is nobody without better reasons."""
    case = "we drove through [Hope] at noon"
    assert is_name(*marked(case))
    assert not is_name(*marked(case), Seen(other=True))
    assert is_name(*marked("we met Ms [Hope] at noon"), Seen(other=True))


def test_languages_with_capital_nouns() -> None:
    """Where nouns have capitals, a capital alone names nobody, a form of address does."""
    assert not is_name(*marked("ich habe auf dem Markt die schöne [Rose] und Brot gekauft"))
    assert is_name(*marked("ich habe auf dem Markt Frau [Rose] und Brot gesehen"))


def test_other_words() -> None:
    """Words without lists of their own are told by what is said of all."""
    assert is_name("then Red Orlin and Bo Vey left", 19, 21)
    assert is_name(*marked("we thank [Amber] for the cake"))
    assert is_name(*marked("ok [amber]!")) is False
    assert is_name(*marked("oh [Penny]!"))
    assert not is_name(*marked("Happy New [Day] to all"))
    assert not is_name(*marked("thanks [love]!"))
    assert not is_name(*marked("[Grant] them leave"))
    assert is_name("ask Bay Hill", 4, 12)


def test_seen() -> None:
    """Only spans over the word count, and of persons the highest score."""
    spans = [
        Span(0, 9, "PERSON", 0.4, "ner/m"),
        Span(2, 6, "PERSON", 0.7, "names/full"),
        Span(10, 14, "PERSON", 0.9, "ner/m"),
        Span(3, 8, "ORGANIZATION", 0.9, "ner/m"),
        Span(3, 8, "HASHTAG", 0.9, "social/hashtag"),
    ]
    assert seen(spans, 3, 7) == Seen(person=0.7, other=True)
    assert seen(spans, 9, 10) == Seen()
    assert seen(spans[:1], 9, 12) == Seen()


def test_reach() -> None:
    """A text of any length says the same about a word as what stands around it."""
    far = "Nothing to see. " * 2000
    for case in (*NAMES[:20], *WORDS[:20]):
        text, start, end = marked(case)
        long = far + text
        assert is_name(long, start + len(far), end + len(far), None, KNOWN) is is_name(
            "Nothing to see. " * 20 + text, start + 320, end + 320, None, KNOWN
        )


@given(st.text(max_size=40), st.sampled_from(["Will", "may", "MARK", "Bay Hill"]), st.text())
def test_total(before: str, word: str, after: str) -> None:
    """Whatever stands around a word there is an answer, and every clue has a weight."""
    text = before + word + after
    found = clues(text, len(before), len(before) + len(word))
    assert set(found) <= set(WEIGHTS)
    assert len(set(found)) == len(found)
