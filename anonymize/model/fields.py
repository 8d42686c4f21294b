"""Fields: the places in a record, each with the role that says what may stand there."""

from __future__ import annotations

from dataclasses import field
from enum import StrEnum
from typing import TypeAlias

from anonymize.model.records import record

Step: TypeAlias = str | int
Path: TypeAlias = tuple[Step, ...]
"""Where a value stands in its record: object keys and array positions from the root."""


SHARED = -1
"""`Field.section` of what no single section owns."""


class Role(StrEnum):
    """What a field holds, whatever its format calls it.

    `CODE` is a value of a closed vocabulary checked by the reader (a language code, a tweet
    type); one that does not fit its vocabulary is `OPAQUE`.  `OFFSET` is a position in a text
    field of the same document and moves with it.  `OPAQUE` is everything nobody gave a role.
    """

    TEXT = "text"
    NAME = "name"
    HANDLE = "handle"
    ID = "id"
    DATE = "date"
    PLACE = "place"
    URL = "url"
    COUNT = "count"
    CODE = "code"
    OFFSET = "offset"
    OPAQUE = "opaque"


class Encoding(StrEnum):
    """How a format escapes the characters of a field's value."""

    PLAIN = "plain"
    HTML = "html"
    """`&amp; &lt; &gt;` and the other character references, as tweets and WebVTT have them."""


@record
class Field:
    """One place in a record.

    Attributes:
        path: Where in the record; unique in its document.
        role: What the field holds.
        value: The value as it stands in the record, escapes included; numbers as their literal.
        section: Position in `Document.sections` of the section this field belongs to, or
            `SHARED` for what several of them have in common (the users of an API page).
        kind: The role's subdivision.  `TEXT`: empty for free text, `email` or `phone` for a
            field that is one, `bio` for a profile description, `hashtag` for the body of a
            hashtag.  `ID`: `user`, `post`, `media`, `other`.  `NAME`: `display` (profile),
            `speaker` (label of a turn), `person` (a column of names).  `HANDLE`: the
            platform (`x`, `mastodon`, `bluesky`).  `OFFSET`: `start`, `end`.  `OPAQUE`:
            `rule` (dropped by a written rule) or `unknown` (nobody gave it a role).
        subject: Fields of one document with the same non-empty subject speak of one account
            or speaker: its id, handle, display name, description.
        target: For `OFFSET`, the path of the text field it points into.
        encoding: How `value` is escaped.
    """

    path: Path
    role: Role
    value: str = field(repr=False)
    section: int = 0
    kind: str = ""
    subject: str = field(default="", repr=False)
    target: Path = ()
    encoding: Encoding = Encoding.PLAIN
