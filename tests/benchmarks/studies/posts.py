"""Tweets of a study, as API v2 objects flattened, with the names in them."""

from __future__ import annotations

import datetime as dt
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.benchmarks.studies import wording
from tests.benchmarks.studies.people import Account, Person
from tests.benchmarks.studies.wording import Passage, Speller, filled, joined

_FIRST = 880_000_000_000_000_001
_SINCE = dt.datetime(2015, 1, 5, 8, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Post:
    """A tweet.

    Attributes:
        id: Its own id.
        by: Whose it is.
        account: The account it comes from.
        passage: Text and names.
        late: Whether it is of the second half of the study.
        conversation: Id of the first post of the thread.
        answers: The post it answers; None for none.
    """

    id: str
    by: Person = field(repr=False)
    account: Account = field(repr=False)
    passage: Passage = field(repr=False)
    late: bool
    conversation: str
    answers: Post | None = field(default=None, repr=False)


def posts(
    people: Sequence[Person], count: int, speller: Speller, rng: random.Random
) -> Iterator[Post]:
    """Yield the tweets of a study in the order of time.

    Half are answers within a circle; about half hold nobody's name but handles.

    Args:
        people: Everybody; who has no account writes none.
        count: How many tweets.
        speller: How they call one another.
        rng: Where chance comes from.
    """
    writers = [one for one in people if one.accounts]
    # Some write ten times as much as others.
    busy = [min(10.0, rng.paretovariate(1.3)) for _ in writers]
    threads: dict[int, list[Post]] = {}
    for number in range(count):
        late = 2 * number >= count
        by = rng.choices(writers, busy)[0]
        account = by.accounts[rng.random() < 0.2 and len(by.accounts) > 1]
        recent = threads.setdefault(by.circle, [])
        answers = None
        if rng.random() < 0.5:
            others = [post for post in recent[-6:] if post.by is not by]
            answers = rng.choice(others) if others else None
        scene = _Scene(by, answers, late, people, speller, rng)
        passage = scene.reply() if answers is not None else scene.post()
        own = str(_FIRST + 7 * number)
        start = answers.conversation if answers is not None else own
        post = Post(own, by, account, passage, late, start, answers)
        recent.append(post)
        yield post


@dataclass(frozen=True, slots=True)
class _Scene:
    """Who writes, to whom, and who may be spoken of."""

    by: Person
    answers: Post | None
    late: bool
    people: Sequence[Person]
    speller: Speller
    rng: random.Random

    def reply(self) -> Passage:
        """Return the text of an answer; it begins with the other's handle."""
        assert self.answers is not None
        to = self.answers.by
        at = wording.handle(to, self.answers.account.handle(self.late))
        first = filled("{a}", {"a": at})
        chance = self.rng.random()
        if chance < 0.3:
            name = self.speller.casual(to, self.by, hurried=True)
            return joined(first, filled(self.rng.choice(wording.VOCATIVES), {"a": name}))
        if chance < 0.45:
            return joined(first, self._of_others(wording.THIRD, beside=to))
        return joined(first, Passage(self.rng.choice(wording.REPLIES)))

    def post(self) -> Passage:
        """Return the text of a tweet that answers nobody."""
        chance, rng = self.rng.random(), self.rng
        if chance < 0.30:
            return self._of_others(wording.THIRD)
        if chance < 0.37:
            full = {slot: self.speller.name(self._known(), "full") for slot in "ab"}
            if rng.random() < 0.15:
                full["a"] = self.speller.name(self._known(), "initial")
            return filled(rng.choice(wording.FORMAL), full)
        if chance < 0.43:
            kind = rng.choice(("given", "given", "nickname", "full"))
            name = self.speller.name(self.by, kind, hurried=True)
            return filled(rng.choice(wording.SIGNED), {"a": name})
        if chance < 0.46:
            return filled(rng.choice(wording.TAGS), {"a": self.speller.hashtag(self._known())})
        if chance < 0.48:
            one = self._known()
            names = {"a": wording.email(one), "b": self.speller.name(one, "full")}
            return filled(rng.choice(wording.MAILS), names)
        if chance < 0.56:
            return self._with()
        return Passage(rng.choice(wording.NOTHING))

    def _with(self) -> Passage:
        near = [one for one in self.people if one.accounts and one.circle == self.by.circle]
        one = self.rng.choice([one for one in near if one is not self.by] or near)
        names = {
            "h": wording.handle(one, one.accounts[0].handle(self.late)),
            "k": self._named(self._known(beside=one)),
        }
        return filled(self.rng.choice(wording.WITH), names)

    def _of_others(self, templates: Sequence[str], beside: Person | None = None) -> Passage:
        one = self._known(beside=beside)
        other = self._known(beside=one)
        names = {"a": self._named(one), "b": self._named(other)}
        return filled(self.rng.choice(templates), names)

    def _named(self, who: Person) -> wording.Name:
        """Return what somebody of the same circle is called, or the full name of anybody else."""
        if who.circle == self.by.circle:
            return self.speller.casual(who, self.by, hurried=True)
        return self.speller.name(who, "full", hurried=True)

    def _known(self, beside: Person | None = None) -> Person:
        """Return somebody else, mostly of the same circle."""
        near = self.rng.random() < 0.92
        others = [
            one
            for one in self.people
            if one not in {self.by, beside} and (one.circle == self.by.circle or not near)
        ]
        return self.rng.choice(others or [one for one in self.people if one is not self.by])


def record(post: Post, owners: Mapping[str, Account]) -> dict[str, Any]:
    """Return a post as the API gives it.

    Args:
        post: The post.
        owners: Whose each handle is.
    """
    number = (int(post.id) - _FIRST) // 7
    found: dict[str, Any] = {
        "id": post.id,
        "text": post.passage.text,
        "author_id": post.account.user_id,
        "conversation_id": post.conversation,
        "created_at": f"{_SINCE + dt.timedelta(minutes=31 * number):%Y-%m-%dT%H:%M:%S}.000Z",
        "lang": "en",
        "author": {
            "id": post.account.user_id,
            "username": post.account.handle(post.late),
            "name": post.account.display,
        },
    }
    found["entities"] = {
        "mentions": [
            {
                "start": mark.start,
                "end": mark.end,
                "username": (name := post.passage.text[mark.start + 1 : mark.end]),
                "id": owners[name].user_id,
            }
            for mark in post.passage.marks
            if mark.entity_type == "HANDLE"
        ],
        "hashtags": [
            {"start": tag.start(), "end": tag.end(), "tag": tag.group(1)}
            for tag in re.finditer(r"#(\w+)", post.passage.text)
        ],
    }
    if post.answers is not None:
        other = post.answers.account
        found["in_reply_to_user_id"] = other.user_id
        found["in_reply_to_user"] = {"id": other.user_id, "username": other.handle(post.late)}
        found["referenced_tweets"] = [{"type": "replied_to", "id": post.answers.id}]
    return found
