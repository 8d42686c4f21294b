"""What people write and say: sentences with places for names, and names to put there."""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from tests.benchmarks.studies.names import drawn, misspell, plain
from tests.benchmarks.studies.people import Person

KINDS = (
    "full", "given", "nickname", "titled", "initial", "initials", "typo-full", "typo-given",
    "typo-nickname", "typo-titled", "hashtag", "label", "handle", "user", "display", "email",
)  # fmt: skip
"""Kinds of mention, in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Somebody's name in a text.

    Attributes:
        start: First code point.
        end: Code point after the last.
        entity_type: `PERSON`, `HANDLE`, `EMAIL_ADDRESS`.
        kind: Which sort of name; see `KINDS`.
        person: Whose it is.
    """

    start: int
    end: int
    entity_type: str
    kind: str
    person: str


@dataclass(frozen=True, slots=True)
class Name:
    """A name about to be put into a sentence."""

    surface: str = field(repr=False)
    kind: str
    person: str
    entity_type: str = "PERSON"


@dataclass(frozen=True, slots=True)
class Passage:
    """A text with the names in it."""

    text: str = field(repr=False)
    marks: tuple[Mark, ...] = ()


def filled(template: str, names: Mapping[str, Name]) -> Passage:
    """Return a sentence with its names.

    >>> filled("ask {a}!", {"a": Name("Jane", "given", "p1")}).marks
    (Mark(start=4, end=8, entity_type='PERSON', kind='given', person='p1'),)
    """
    text, marks, at = "", [], 0
    for slot in re.finditer(r"\{(\w+)\}", template):
        text += template[at : slot.start()]
        name = names[slot.group(1)]
        end = len(text) + len(name.surface)
        marks.append(Mark(len(text), end, name.entity_type, name.kind, name.person))
        text += name.surface
        at = slot.end()
    return Passage(text + template[at:], tuple(marks))


def joined(*passages: Passage) -> Passage:
    """Return passages as one, with a blank between two."""
    text, marks = "", []
    for one in passages:
        shift = len(text) + bool(text)
        text += (" " if text else "") + one.text
        marks += [
            Mark(m.start + shift, m.end + shift, m.entity_type, m.kind, m.person) for m in one.marks
        ]
    return Passage(text, tuple(marks))


@dataclass(frozen=True, slots=True)
class Speller:
    """How people are called in a study.

    Attributes:
        noise: Share of names that are mis-spelt.
        small: Share of names in tweets that are written without capitals.
        taken: Names in small letters; no mis-spelling becomes another's name.
        rng: Where chance comes from.
    """

    noise: float
    small: float
    taken: Collection[str] = field(repr=False)
    rng: random.Random = field(repr=False)

    def name(self, one: Person, kind: str, *, hurried: bool = False) -> Name:
        """Return one of a person's names, now and then mis-spelt.

        Args:
            one: Who is meant.
            kind: `full`, `given`, `nickname`, `titled` or `initial`.
            hurried: Whether it is written in a tweet: sometimes in small letters.
        """
        if kind == "nickname" and not one.nickname:
            kind = "given"
        given, family = one.nickname if kind == "nickname" else one.given, one.family
        wrong = kind != "initial" and self.rng.random() < self.noise
        if wrong:
            part = self.rng.randrange(20)
            # Of a whole name one part is wrong more often than both.
            if kind != "titled" and (kind != "full" or part < 10):
                given = misspell(given, self.rng, self.taken)
            if kind == "titled" or (kind == "full" and part >= 7):
                family = misspell(family, self.rng, self.taken)
        surface = {
            "full": f"{given} {family}",
            "given": given,
            "nickname": given,
            "titled": f"{self.rng.choice(one.titles)} {family}",
            "initial": f"{given[0]}. {family}",
        }[kind]
        wrong = wrong and (given, family) != (
            one.nickname if kind == "nickname" else one.given,
            one.family,
        )
        if hurried and kind != "initial" and self.rng.random() < self.small:
            surface = surface.lower()
        return Name(surface, f"typo-{kind}" if wrong else kind, one.id)

    def casual(self, one: Person, by: Person, *, hurried: bool = False) -> Name:
        """Return what somebody calls one she knows: pupils say title and name to teachers."""
        formal = by.role == "student" and one.role == "teacher"
        kinds = {"given": 12, "nickname": 6, "full": 2}
        if one.role == "teacher":
            kinds["titled"] = 1
        if formal:
            kinds = {"titled": 14, "given": 1, "full": 2}
        return self.name(one, drawn(self.rng, kinds), hurried=hurried)

    def hashtag(self, one: Person) -> Name:
        """Return the name in a hashtag such as `#TeamJane` or `#MsSmith`."""
        if one.role == "teacher" and self.rng.random() < 0.3:
            return Name(one.titles[0] + one.family, "hashtag", one.id)
        return Name(one.given, "hashtag", one.id)


def handle(one: Person, written: str) -> Name:
    """Return a handle with its `@`."""
    return Name(f"@{written}", "handle", one.id, "HANDLE")


def email(one: Person) -> Name:
    """Return an address."""
    return Name(one.email, "email", one.id, "EMAIL_ADDRESS")


NOTHING = (
    "Marking done, kettle on",
    "Anyone else think the new specification is far too long?",
    "Great turnout at the open evening tonight #avmedia",
    "Half term cannot come soon enough",
    "That moment when the projector dies in the middle of a lesson",
    "New blog post about teaching genre with trailers https://example.org/post",
    "Can't believe it is snowing again",
    "The library has moved its film shelf, second floor now",
    "Two more mock exams to go 😩",
    "Watching the news with year nine and they ask the best questions",
    "Who has a good clip for teaching sound?",
    "Trains delayed again so registration will be fun",
    "Coursework deadline is Friday, no excuses 🎬",
    "Proud of everybody who showed their work today",
    "so tired",
    "Reading about regulation and wondering who it is for",
)
REPLIES = (
    "yes, exactly that", "haha no way", "could you send me the link please?", "see you on Monday",
    "same here tbh", "I thought it was the other one?", "good luck with it 🍀", "well done to all",
    "not sure it works on the old laptops", "will bring the cables", "what time does it begin?",
)  # fmt: skip
VOCATIVES = (
    "thanks {a}!", "Happy birthday {a} 🎂", "{a}, did you get my message?", "morning {a} :)",
    "well done {a}, loved it", "you are a star {a}", "Sorry {a}, I only saw this now",
    "that is so kind {a}, thank you", "no worries {a}", "hope you feel better soon {a} x",
)  # fmt: skip
SIGNED = (
    "Thanks all for coming, see you next year - {a}",
    "We are looking for a camera to borrow, any ideas? {a} x",
    "Rehearsal moves to the hall today.\n{a}",
    "Happy new year everybody, love {a}",
    "Back on here after a long break ~{a}",
)
THIRD = (
    "Off to see {a} talk about documentary tonight",
    "{a}'s lesson on adverts was the best this week",
    "just had lunch with {a}",
    "Has anybody seen {a} today?",
    "Ask {a} if you need the tripod",
    "Big thank you to {a} for the lift",
    "I think {a} and {b} should run the trip again",
    "{a} says the exam board changed the set texts",
    "Congratulations to {a} on the new job!",
    "cannot stop laughing at what {a} said in the meeting",
    "Loved working with {a} on this",
    "my mock went well, thank you to {a} and {b} for the help",
)
FORMAL = (
    "Our speaker on Thursday is {a}, do come along",
    "Chapter four by {a} is now online",
    "Congratulations to {a}, who joins the team in September",
    "Thanks to {a} and {b} for judging the short films",
    "Photo: {a}",
)
TAGS = (
    "Vote for the best trailer #Team{a}",
    "what a match #Team{a} #avmedia",
    "#Team{a} all the way",
)
MAILS = (
    "Write to {a} for a copy of the slides",
    "If you want to help out please contact {b}: {a}",
    "Forms back to {a} by Friday please",
)
WITH = (
    "Great session with {h} and {k} today",
    "{h} have you seen this? {k} would love it",
    "RT of the day goes to {h}",
)

INTRODUCTIONS = (
    "I'm {a} and I teach media.", "My name is {a}, I have been here for six years.",
    "Yes, so I am {a}. I look after the studio.", "Hello. This is {a} speaking.",
)  # fmt: skip
OPENINGS = (
    "Could you tell me how you began to use Twitter?", "What does a usual week look like for you?",
    "How do you decide what to post?", "And did that change over the year?",
    "Could you say a bit more about that?", "What happened then?", "How did that make you feel?",
    "And what do the others think of it?", "Who do you mostly talk to on there?",
)  # fmt: skip
ASKED = (
    "Thank you, {a}. Shall we go on?", "So, {a}, how did it all begin?",
    "You spoke of {b} before. What was that about?", "Would {b} see it in the same way?",
)  # fmt: skip
FIRSTS = (
    "I share an office with {b}, and that helps a lot.", "It was {b} who set up the account.",
    "The one you should really talk to is {b}, because that is where the ideas come from.",
    "We were trained together, {b} and me.", "When I started out, {b} showed me how it is done.",
)  # fmt: skip
LATERS = (
    "I would never post anything without asking {b}.", "{b} is much better at that than I am.",
    "And then {b} said we could just film it.", "That was {b}'s idea, to be honest.",
    "I remember {b} laughing about it for days.", "So I asked {b}, and we did it together.",
    "You know, {b} and {c} never agree on this.", "{b} told me to keep the old one.",
    "I think {b} would say the opposite.", "It was good to have {b} around, really.",
)  # fmt: skip
SPOKEN_HANDLES = (
    "You can find that under {h}, it is all public.",
    "On Twitter that is {h}, I think.",
)
TALK = (
    "I mostly read and do not write much.", "There is a lot of noise, but also good links.",
    "We use the hashtag for the whole course.", "Some of the parents follow it as well.",
    "I try to keep work and home apart.", "It takes time, and nobody pays you for it.",
    "At first I found it hard to see the point.", "The students are much quicker than we are.",
    "I learned most of it by doing.", "There was one week when everything went wrong.",
)  # fmt: skip
LABELS_OF_QUESTIONS = ("Interviewer", "Int", "INT", "Researcher", "Q1")

_TEXTS = (
    NOTHING, REPLIES, VOCATIVES, SIGNED, THIRD, FORMAL, TAGS, MAILS, WITH, INTRODUCTIONS, OPENINGS,
    ASKED, FIRSTS, LATERS, SPOKEN_HANDLES, TALK, LABELS_OF_QUESTIONS,
)  # fmt: skip


def vocabulary() -> frozenset[str]:
    """Return the words of all sentences, in small letters: nobody here is called so."""
    return frozenset(_words())


def _words() -> Iterator[str]:
    for texts in _TEXTS:
        for text in texts:
            yield from map(str.casefold, re.findall(r"[^\W\d_]+", text))
    yield from ("ashdown", "college", "interviewee", "date", "team", "media")


def written_alike(one: Person) -> frozenset[str]:
    """Return the words by which a person is known, in small letters, with and without accents."""
    names = (one.given, one.family, one.nickname)
    return frozenset(form for name in names if name for form in (name.casefold(), plain(name)))
