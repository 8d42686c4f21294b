"""A study made up whole: files as researchers have them, and who is who in them."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from tests.benchmarks.studies import wording
from tests.benchmarks.studies.people import Account, Person, cast, roster_csv
from tests.benchmarks.studies.posts import Post, posts, record
from tests.benchmarks.studies.talks import Talk, talks
from tests.benchmarks.studies.wording import Mark, Passage, Speller, written_alike

TWEETS = "tweets.jsonl"
LABEL = "label"
TEXT = "text"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a study shall be like; equal plans give equal files.

    Attributes:
        persons: How many people.
        interviews: How many interviews.
        tweets: How many tweets.
        noise: Share of names that are mis-spelt.
        nicknames: Share of people with a nickname, at most.
        ambiguity: Share of people whose given name another one has.
        seed: Where chance begins.
    """

    persons: int = 50
    interviews: int = 20
    tweets: int = 5000
    noise: float = 0.1
    nicknames: float = 0.3
    ambiguity: float = 0.1
    seed: int = 1


@dataclass(frozen=True, slots=True)
class Said:
    """A name in a file, and whose it is.

    Attributes:
        file: Name of the file.
        record: Id of the tweet, or number of the turn.
        part: `text`, or `label` for that of a turn, whole.
        mark: Where it stands, what it is, whose it is.
        surface: The name.
    """

    file: str
    record: str
    part: str
    mark: Mark
    surface: str = field(repr=False)


@dataclass(frozen=True)
class Study:
    """People, files and truth.

    Attributes:
        plan: What it was made after.
        people: Everybody.
        posts: The tweets.
        talks: The interviews.
    """

    plan: Plan
    people: tuple[Person, ...] = field(repr=False)
    posts: tuple[Post, ...] = field(repr=False)
    talks: tuple[Talk, ...] = field(repr=False)

    @cached_property
    def owners(self) -> dict[str, Account]:
        """Whose each handle is."""
        every = (account for one in self.people for account in one.accounts)
        return {handle: account for account in every for handle in account.handles}

    @cached_property
    def person(self) -> dict[str, Person]:
        """People by id."""
        return {one.id: one for one in self.people}

    @property
    def writers(self) -> Iterator[tuple[Person, Account, frozenset[str]]]:
        """Accounts that wrote, with the handles they wrote under."""
        seen: dict[str, tuple[Person, Account, set[str]]] = {}
        for post in self.posts:
            _, _, handles = seen.setdefault(post.account.user_id, (post.by, post.account, set()))
            handles.add(post.account.handle(post.late))
        for person, account, handles in seen.values():
            yield person, account, frozenset(handles)

    @cached_property
    def participants(self) -> tuple[Person, ...]:
        """Who has an account or was interviewed: the roster's people."""
        spoke = {turn.person for talk in self.talks for turn in talk.turns}
        return tuple(one for one in self.people if one.accounts or one.id in spoke)

    def roster(self) -> str:
        """Return `people.csv`."""
        return roster_csv(self.participants)

    def truth(self) -> Iterator[Said]:
        """Yield every name in a text, and each label once a file, in the order of the files."""
        for talk in self.talks:
            seen: set[str] = set()
            for number, turn in enumerate(talk.turns):
                if turn.kind and turn.label not in seen:
                    seen.add(turn.label)
                    mark = Mark(0, len(turn.label), "SPEAKER", turn.kind, turn.person)
                    yield Said(talk.name, str(number), LABEL, mark, turn.label)
                yield from _said(talk.name, str(number), turn.passage)
        for post in self.posts:
            yield from _said(TWEETS, post.id, post.passage)

    def write(self, folder: Path) -> None:
        """Write the files below an empty folder, and `people.csv` beside it as `people.csv`."""
        lines = (json.dumps(record(one, self.owners), ensure_ascii=False) for one in self.posts)
        (folder / TWEETS).write_text("".join(f"{line}\n" for line in lines), "utf-8")
        for talk in self.talks:
            (folder / talk.name).write_text(talk.content, "utf-8", newline="\n")


def _said(file: str, record: str, passage: Passage) -> Iterator[Said]:
    for mark in passage.marks:
        yield Said(file, record, TEXT, mark, passage.text[mark.start : mark.end])


def make(plan: Plan) -> Study:
    """Return the study of a plan."""
    people = cast(
        plan.persons,
        _chance(plan, "people"),
        nicked=plan.nicknames,
        ambiguity=plan.ambiguity,
        words=wording.vocabulary(),
    )
    taken = frozenset[str]().union(*map(written_alike, people))

    def speller(what: str) -> Speller:
        return Speller(plan.noise, 0.08 if what == "tweets" else 0.0, taken, _chance(plan, what))

    return Study(
        plan,
        people,
        tuple(posts(people, plan.tweets, speller("tweets"), _chance(plan, "posts"))),
        tuple(talks(people, plan.interviews, speller("talk"), _chance(plan, "talks"))),
    )


def _chance(plan: Plan, what: str) -> random.Random:
    """Return a source of chance of its own, so that more tweets change no interview."""
    digest = hashlib.sha256(f"{plan.seed}/{what}".encode()).digest()
    return random.Random(int.from_bytes(digest[:8], "big"))
