"""What stands around a name and says whose it is: introductions, signatures, addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from anonymize.link.nodes import Node
from anonymize.model.names import split_possessive


class Cue(StrEnum):
    """What a name's surroundings say."""

    INTRODUCTION = "introduction"
    """Who speaks or writes says her name: "my name is Jane"."""
    SIGNATURE = "signature"
    """A post ends with its writer's name."""
    DECLARATION = "declaration"
    """The file says in so many words whose label it is."""
    ADDRESS = "address"
    """A name is said to the account a post answers or names."""


@dataclass(frozen=True, slots=True)
class Clue:
    """A name whose bearer its surroundings tell.

    Attributes:
        cue: What told it.
        place: Place of the document it stands in.
        subject: Who is meant: the node of an account, or `("speaker", scope, label)`.
        surface: The name.
    """

    cue: Cue
    place: str = field(repr=False)
    subject: Node = field(repr=False)
    surface: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Near:
    """Who is about in a post: a place smaller than a conversation.

    Attributes:
        place: Place of the post.
        author: Node of who wrote it; empty when unknown.
        others: Nodes of whom it answers, names with `@`, quotes or passes on.
    """

    place: str = field(repr=False)
    author: Node = field(repr=False)
    others: tuple[Node, ...] = field(repr=False)


# English, Dutch, German, French, Spanish.
_INTRODUCES = re.compile(
    r"(?:\b(?:my\s+name(?:['’]s|s|\s+is)|i['’]?m\s+called|i\s+am\s+called|call\s+me|"
    r"mijn\s+naam\s+is|ik\s+heet|ik\s+ben|mein\s+name\s+ist|ich\s+hei(?:ß|ss)e|ich\s+bin|"
    r"je\s+m['’]appelle|je\s+suis|mi\s+nombre\s+es|me\s+llamo|soy)|"
    r"(?<![\w'’])(?:i['’]m|i\s+am))\s+\Z",
    re.IGNORECASE,
)
_PRESENTS = re.compile(r"(?:\A|[.!?…\n])\W*(?:this\s+is|it['’]s|hier\s+is|hier\s+ist)\s+\Z",
                       re.IGNORECASE)  # fmt: skip
_SPEAKS = re.compile(r"\s+(?:speaking|here|again)\b", re.IGNORECASE)
_RELATION = re.compile(r"['’]s?\b|\s*['’]s\b")
_SIGNS = re.compile(r"(?:[-–—~^|]\s*|\n\s*|\bx{1,3}\s+)\Z|(?:[.!?…]|\blove)\s+\Z", re.IGNORECASE)
_DASHED = re.compile(r"(?:[-–—~^]\s*|\n\s*|\blove\s+)\Z", re.IGNORECASE)
_KISSES = re.compile(r"\s+x{1,5}o?\b", re.IGNORECASE)
_CLOSING = re.compile(r"(?:[\W_]|\bx{1,5}o?\b|#\w+|https?://\S+)*\Z", re.IGNORECASE)
_ADDRESSES = re.compile(
    r"\b(?:thanks|thank\s+you|thx|ta|cheers|hi|hiya|hey|hello|dear|morning|evening|night|"
    r"welcome|congrats|congratulations|well\s+done|happy\s+birthday|good\s+luck|sorry|please|"
    r"yes|yeah|no|ok|okay|agreed|bye|bedankt|dank\s+je|hallo|hoi|danke|merci|bonjour|salut|"
    r"gracias|hola)\s*,?\s+\Z",
    re.IGNORECASE,
)
_HANDLES_BEFORE = re.compile(r"\A(?:\s*[.]?[@＠]\w+)+[\s,:;!-]*\Z")
_STOPS = re.compile(r"\s*(?:[,!?.…;:]|\Z|[^\w\s@#'’])")
_COMMA_BEFORE = re.compile(r",\s+\Z")


def introduces(text: str, start: int, end: int) -> bool:
    """Whether the name at a stretch is what its speaker or writer calls herself.

    >>> introduces("Hello, I'm Jane Smith.", 11, 21), introduces("I'm Jane's mum", 4, 10)
    (True, False)
    """
    if split_possessive(text[start:end])[1] or _RELATION.match(text, end):
        return False
    before = text[max(0, start - 40) : start]
    if _INTRODUCES.search(before):
        return True
    return bool(_PRESENTS.search(before)) and bool(_SPEAKS.match(text, end))


def signs(text: str, start: int, end: int) -> bool:
    """Whether the name at a stretch is the signature of a post.

    >>> signs("see you there - Jane x", 16, 20), signs("many thanks Jane", 12, 16)
    (True, False)
    """
    if not _CLOSING.match(text, end):
        return False
    before = text[max(0, start - 12) : start]
    if _DASHED.search(before):
        return True
    return bool(_SIGNS.search(before)) and bool(_KISSES.match(text, end))


def addresses(text: str, start: int, end: int) -> bool:
    """Whether the name at a stretch is called out to somebody.

    >>> addresses("@x_1 thanks Jane!", 12, 16), addresses("@x_1 ask Jane about it", 9, 13)
    (True, False)
    """
    if split_possessive(text[start:end])[1] or _RELATION.match(text, end):
        return False
    before = text[:start]
    if _ADDRESSES.search(before):
        return True
    stops = bool(_STOPS.match(text, end))
    return stops and bool(_HANDLES_BEFORE.match(before) or _COMMA_BEFORE.search(before))


def answered(text: str, others: tuple[Node, ...]) -> Node:
    """Return the one account a post speaks to: its first `@`, else the only one; or nothing."""
    first = re.match(r"\s*[.]?[@＠](\w+)", text)
    if first is not None:
        node = ("handle", "x", first.group(1).casefold())
        if node in others or len(others) != 1:
            return node
    return others[0] if len(others) == 1 else ()
