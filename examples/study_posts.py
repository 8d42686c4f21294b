"""The tweets of the example study: who wrote what, when, in answer to whom.

A `Post` knows nothing of file formats; `study_takeout` and `study_collected` write it down.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from string import ascii_letters, digits

from study_people import (
    BY_HANDLE,
    DEPT,
    EPOCH,
    GONE_HANDLE,
    OUTSIDERS,
    STUDENTS,
    TEACHERS,
    Dice,
    Person,
)

TEMPLATES = Path(__file__).parent / "templates"
COLLEGE = "media.ashburyvale.example"

_FILMS = ("Psycho", "Juno", "Se7en", "The Birds", "Shaun of the Dead", "Attack the Block")
_TOPICS = (
    "film openings", "genre theory", "the male gaze", "encoding & decoding", "mise en scène",
    "continuity editing", "audiences", "title sequences", "Hitchcock & suspense", "radio drama",
)  # fmt: skip
_TASKS = ("the prelim", "the evaluation", "G322", "the storyboard")
_ROOMS = ("B14", "the film room", "C2", "the edit suite")
MENTION = re.compile(r"(?<![\w@])@(\w{1,15})(?!\w)")
HASHTAG = re.compile(r"(?<![\w&])#(\w+)")


@dataclass(frozen=True, slots=True)
class Link:
    """A shortened link: what it stands for, and the media it shows if it is a picture."""

    url: str
    expanded: str
    display: str
    media_id: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """One tweet; `text` is unescaped."""

    id: str
    author: Person
    at: int
    text: str
    links: tuple[Link, ...] = ()
    reply_to: Post | None = None
    retweet: Post | None = None
    quote: Post | None = None
    lost_reply: tuple[str, str] = ("", "")
    """Status id and handle answered, of an account that is gone."""

    @property
    def conversation(self) -> str:
        """Id of the first tweet of the thread."""
        return self.reply_to.conversation if self.reply_to else self.id

    @property
    def handle(self) -> str:
        """The author's handle on the day."""
        return self.author.handle_at(self.at)

    @property
    def escaped(self) -> str:
        """The text as X stores it: `& < >` escaped."""
        return html.escape(self.text, quote=False)

    def mentions(self) -> Iterator[tuple[int, int, Person, str]]:
        """Yield start, end (code points of `escaped`), person, handle as written.

        Only handles that were somebody's on the day and stand whole are entities on X.
        """
        for match in MENTION.finditer(self.escaped):
            person = BY_HANDLE.get(match[1].lower())
            if person and person.handle_at(self.at).lower() == match[1].lower():
                yield match.start(), match.end(), person, match[1]

    def hashtags(self) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and word of each hashtag."""
        for match in HASHTAG.finditer(self.escaped):
            if not self.escaped.startswith("…", match.end()):
                yield match.start(), match.end(), match[1]

    def placed_links(self) -> Iterator[tuple[int, int, Link]]:
        """Yield start, end and link of each link that stands whole in the text."""
        for link in self.links:
            start = self.escaped.find(link.url)
            if start >= 0:
                yield start, start + len(link.url), link


def snowflake(moment: int, salt: str) -> str:
    """Return an id made at `moment` (ms), its low 22 bits drawn by `salt`."""
    return str((moment - EPOCH) << 22 | Dice("low/" + salt).below(1 << 22))


def templates(kind: str) -> list[str]:
    """Return the tweet templates of a kind, in the order of the file."""
    lines = (TEMPLATES / "tweets.txt").read_text("utf-8").splitlines()
    return [line.split("\t", 1)[1] for line in lines if line.startswith(kind + "\t")]


class Writer:
    """Fills templates; each call depends on the seed and the calls before it."""

    def __init__(self, seed: str) -> None:
        self.dice = Dice(seed)
        self.posts: list[Post] = []
        self._bags: dict[str, list[str]] = {}

    def template(self, kind: str) -> str:
        """Draw a template; none comes twice before all have come once."""
        bag = self._bags.setdefault(kind, [])
        if not bag:
            bag.extend(templates(kind))
        return bag.pop(self.dice.below(len(bag)))

    def link(self, moment: int, author: Person, kind: str, own: str) -> Link:
        """Return a fresh link: `url` to the blog, `status` to a tweet, `photo` of this one."""
        code = self.dice.code(10, ascii_letters + digits)
        short = "https://t.co/" + code
        if kind == "status" and self.posts:
            other = self.dice.pick(self.posts)
            path = f"twitter.com/{other.handle}/status/{other.id}"
            return Link(short, "https://" + path, path[:26] + "…")
        if kind == "photo":
            shown = f"https://twitter.com/{author.handle_at(moment)}/status/{own}/photo/1"
            return Link(short, shown, "pic.twitter.com/" + code, snowflake(moment - 4000, code))
        page = f"{COLLEGE}/{1 + self.dice.below(400)}/{self.dice.pick(('notes', 'blog', 'show'))}"
        return Link(short, "https://" + page, page)

    def write(
        self,
        kind: str,
        author: Person,
        moment: int,
        *,
        answer: Post | None = None,
        quote: Post | None = None,
        limit: int = 140,
    ) -> Post:
        """Write one tweet and keep it."""
        while True:
            post = self._draft(kind, author, moment, answer, quote)
            if len(post.text) <= limit:
                self.posts.append(post)
                return post

    def _draft(
        self, kind: str, author: Person, moment: int, answer: Post | None, quote: Post | None,
    ) -> Post:  # fmt: skip
        dice = self.dice
        own = snowflake(moment, f"{author.key}/{moment}")
        links: list[Link] = []

        def short(link_kind: str) -> str:
            links.append(self.link(moment, author, link_kind, own))
            return links[-1].url

        template = self.template(kind)
        teachers = _others(TEACHERS, author)
        students = _others(STUDENTS, author)
        teacher, student = dice.pick(teachers), dice.pick(students)
        named = [person for person in _others(OUTSIDERS, author) if person.title]
        slots: dict[str, object] = {
            "t": _on_day(teacher, moment),
            "u": _on_day(dice.pick([p for p in teachers if p is not teacher]), moment),
            "s": _on_day(student, moment),
            "r": _on_day(dice.pick([p for p in students if p is not student]), moment),
            "o": dice.pick([p for p in named if p.role != "parent"]),
            "g": dice.pick([p for p in OUTSIDERS if p.role == "organisation"]),
            "film": dice.pick(_FILMS),
            "topic": dice.pick(_TOPICS),
            "task": dice.pick(_TASKS),
            "room": dice.pick(_ROOMS),
            "gone": "@" + GONE_HANDLE,
            "a": "@" + answer.author.handle_at(moment) if answer else "",
        }
        for name in ("url", "status", "photo"):
            if "{" + name + "}" in template:
                slots[name] = short(name)
        if quote:
            path = f"twitter.com/{quote.handle}/status/{quote.id}"
            code = "https://t.co/" + dice.code(10, ascii_letters + digits)
            links.append(Link(code, "https://" + path, path[:26] + "…"))
            slots["q"] = code
        text = template.format(**slots)
        return Post(own, author, moment, text, tuple(links), reply_to=answer, quote=quote)

    def retweet(self, author: Person, moment: int, original: Post) -> Post:
        """Retweet: the text is the original's behind `RT @handle: `, cut at 140 characters."""
        text = f"RT @{original.handle}: {original.text}"
        if len(text) > 140:
            text = text[:139] + "…"
        own = snowflake(moment, f"{author.key}/{moment}")
        links = tuple(link for link in original.links if link.url in text)
        post = Post(own, author, moment, text, links, retweet=original)
        self.posts.append(post)
        return post


def _others(people: Sequence[Person], author: Person) -> list[Person]:
    return [person for person in people if person is not author]


def _on_day(person: Person, moment: int) -> Person:
    """The person with the handle of the day; the old one stays for templates that want it."""
    return replace(person, handle=person.handle_at(moment))


def account_posts() -> list[Post]:
    """Return the department's tweets 2012 to 2016, with those of others they hang upon."""
    writer = Writer("account")
    dice = writer.dice
    moment = 1347260400000  # 2012-09-10T07:00Z
    step = 118_000_000_000 // 245
    previous: Post | None = None
    for number in range(240):
        moment += step // 2 + dice.below(step)
        if number % 3 == 1:
            other = dice.pick(TEACHERS + STUDENTS + OUTSIDERS)
            seen = writer.write("other", other, moment - 5_400_000, limit=140)
            if number % 2:
                writer.retweet(DEPT, moment, seen)
            else:
                answer = writer.write("reply", DEPT, moment, answer=seen)
                if number % 4 == 0:
                    writer.write("self", DEPT, moment + 91_000, answer=answer)
        elif number % 10 == 5 and previous:
            previous = writer.write("self", DEPT, moment, answer=previous)
        else:
            previous = writer.write("dept", DEPT, moment)
        if number == 100:
            winner = STUDENTS[0]
            text = f"#Team{winner.tag} is in the final!!! {winner.at} #Team{winner.tag} & popcorn"
            own = snowflake(moment + 30_000, "winner")
            writer.posts.append(Post(own, DEPT, moment + 30_000, text))
        if number % 53 == 17:
            gone = (snowflake(moment - 60_000, f"gone/{number}"), GONE_HANDLE)
            text = f"@{GONE_HANDLE} thank you! {dice.pick(TEACHERS).given} sends love & a pun <3"
            own = snowflake(moment + 70_000, f"DEPT/gone/{number}")
            writer.posts.append(Post(own, DEPT, moment + 70_000, text, lost_reply=gone))
    return writer.posts


def storm_posts() -> list[Post]:
    """Return the tweetstorm of 21 to 24 November 2016, 150 tweets, oldest first."""
    writer = Writer("storm")
    dice = writer.dice
    crowd = TEACHERS * 2 + STUDENTS * 2 + OUTSIDERS + [DEPT] * 4
    moment = 1479718800000  # 2016-11-21T09:00Z
    for number in range(150):
        moment += 60_000 + dice.below(3_000_000)
        author = dice.pick(crowd)
        if number == 40:
            text = (
                "=respect to @JThornquill_Md & all who teach us to look twice #mediastudiesmatters"
            )
            own = snowflake(moment, "formula")
            writer.posts.append(Post(own, author, moment, text))
        elif number < 12 or number % 5 in {0, 2}:
            writer.write("storm", author, moment)
        else:
            originals = [p for p in writer.posts if not p.retweet and p.author is not author]
            other = dice.pick(originals[-30:])
            if number % 5 == 1:
                writer.retweet(author, moment, other)
            elif number % 5 == 3:
                kind = "long" if number % 15 == 13 else "answer"
                limit = 400 if kind == "long" else 140
                writer.write(kind, author, moment, answer=other, limit=limit)
            else:
                writer.write("quote", author, moment, quote=other)
    return writer.posts
