"""Interviews of a study: transcripts and subtitles with labels of many styles."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from anonymize.formats.speakers import candidate
from tests.benchmarks.studies import wording
from tests.benchmarks.studies.names import drawn
from tests.benchmarks.studies.people import Person
from tests.benchmarks.studies.wording import Passage, Speller, filled, joined

_LABELS = {"full": 30, "given": 25, "initials": 20, "P1": 15, "titled": 10}
_TURNS = 14
"""Questions of an interview."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody says.

    Attributes:
        label: As written.
        kind: Kind of the label: `label`, `initials`, or empty where it names nobody.
        person: Whose label it is.
        passage: Text and names.
    """

    label: str = field(repr=False)
    kind: str
    person: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class Talk:
    """An interview.

    Attributes:
        name: Of the file, with suffix.
        header: Lines above the first turn; they stand in transcripts only.
        turns: In order.
    """

    name: str
    header: tuple[str, ...] = field(repr=False)
    turns: tuple[Turn, ...]

    @property
    def content(self) -> str:
        """The file's text."""
        if self.name.endswith(".vtt"):
            return self._subtitles()
        lines = [f"{one.label}: {one.passage.text}" for one in self.turns]
        head = "\n".join(self.header)
        return (head + "\n\n" if head else "") + "\n".join(lines) + "\n"

    def _subtitles(self) -> str:
        cues = ["WEBVTT\n"]
        voices = len(self.turns) % 4 < 2
        for number, one in enumerate(self.turns):
            start, end = (f"{s // 60:02d}:{s % 60:02d}.000" for s in (8 * number, 8 * number + 7))
            label = f"<v {one.label}>" if voices else f"{one.label}: "
            cues.append(f"{number + 1}\n{start} --> {end}\n{label}{one.passage.text}\n")
        return "\n".join(cues)


def talks(
    people: Sequence[Person], count: int, speller: Speller, rng: random.Random
) -> Iterator[Talk]:
    """Yield the interviews of a study, each with another person as long as there are some.

    Who is interviewed speaks of her circle: of somebody by full name first, mostly, and by
    shorter names from then on.
    """
    order = rng.sample(range(len(people)), len(people))
    for number in range(count):
        who = people[order[number % len(order)]]
        suffix = "vtt" if number % 4 == 3 else "txt"
        yield _Scene(who, people, speller, rng).talk(f"interview_{number + 1:02d}.{suffix}")


@dataclass(frozen=True, slots=True)
class _Scene:
    who: Person
    people: Sequence[Person]
    speller: Speller
    rng: random.Random

    def talk(self, name: str) -> Talk:
        """Return the interview."""
        rng, who = self.rng, self.who
        kind = drawn(rng, _LABELS)
        if kind == "titled" and who.role == "student":
            kind = "given"
        label = {
            "full": who.full,
            "given": who.given,
            "initials": who.initials,
            "P1": "P1",
            "titled": f"{who.titles[0]} {who.family}",
        }[kind]
        if candidate(f"{label}: yes") is None:
            # Initials such as "AM" or "PS" are read as something else.
            kind, label = "full", who.full
        asks = rng.choice(wording.LABELS_OF_QUESTIONS[:4])
        # Initials and numbers alone say nothing: a header or an introduction does.
        header: list[str] = []
        if kind == "initials" or rng.random() < 0.3:
            header = [f"Interviewee: {who.full}", "Date: 12 May 2015"]
        turns: list[Turn] = []

        def say(passage: Passage) -> None:
            sort = {"P1": "", "initials": "initials"}.get(kind, "label")
            turns.append(Turn(label, sort, who.id, passage))

        def ask(passage: Passage) -> None:
            turns.append(Turn(asks, "", "", passage))

        near = [one for one in self.people if one.circle == who.circle and one is not who]
        spoken_of = rng.sample(near, min(len(near), rng.randrange(2, 5)))
        ask(Passage("Thank you for your time. Could you say who you are?"))
        if rng.random() < 0.7 or kind == "P1" or name.endswith(".vtt"):
            form = "full" if rng.random() < 0.8 else "given"
            say(filled(rng.choice(wording.INTRODUCTIONS), {"a": self.speller.name(who, form)}))
        else:
            say(Passage(rng.choice(wording.TALK)))
        met: list[Person] = []
        for _ in range(_TURNS):
            ask(self._question(met))
            said = [Passage(rng.choice(wording.TALK))]
            if len(met) < len(spoken_of) and rng.random() < 0.5:
                new = spoken_of[len(met)]
                form = self._form(new, "full") if rng.random() < 0.75 else ""
                first = self.speller.name(new, form) if form else self.speller.casual(new, who)
                said.append(filled(rng.choice(wording.FIRSTS), {"b": first}))
                met.append(new)
            if met and rng.random() < 0.7:
                said.append(self._later(met))
            if rng.random() < 0.04 and who.accounts:
                at = wording.handle(who, who.accounts[0].handles[-1])
                said.append(filled(rng.choice(wording.SPOKEN_HANDLES), {"h": at}))
            say(joined(*said))
        return Talk(name, tuple(header), tuple(turns))

    def _form(self, one: Person, form: str) -> str:
        formal = self.who.role == "student" and one.role == "teacher"
        return "titled" if formal and self.rng.random() < 0.5 else form

    def _question(self, met: Sequence[Person]) -> Passage:
        chance = self.rng.random()
        if chance < 0.12:
            name = self.speller.name(self.who, "given")
            return filled(wording.ASKED[self.rng.randrange(2)], {"a": name})
        if chance < 0.25 and met:
            name = self.speller.casual(self.rng.choice(met), self.who)
            return filled(wording.ASKED[2 + self.rng.randrange(2)], {"b": name})
        return Passage(self.rng.choice(wording.OPENINGS))

    def _later(self, met: Sequence[Person]) -> Passage:
        one = self.rng.choice(met)
        template = self.rng.choice(wording.LATERS)
        others = [other for other in met if other is not one]
        if "{c}" in template and not others:
            template = wording.LATERS[0]
        names = {"b": self.speller.casual(one, self.who)}
        if others:
            names["c"] = self.speller.casual(self.rng.choice(others), self.who)
        return filled(template, names)
