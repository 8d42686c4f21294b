"""What a column of a table holds: the type, and the usual columns by short names."""

from __future__ import annotations

from dataclasses import dataclass, field

from anonymize.formats.json_shapes import Node
from anonymize.model.fields import Encoding, Role

_BOOLEAN = r"(?i:true|false|yes|no|t|f|y|n)|[01](?:\.0)?|(?i:true|false)\.0"
_LANGUAGE = r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?"


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds.

    Attributes:
        role: Role of its cells.
        kind: Kind of its fields.
        subject: Subject of its fields.
        encoding: How its cells are escaped, beyond the quoting of the table.
        pattern: For `CODE`, what a cell of its vocabulary looks like.
        post: Whether its ids are of posts whose content stands in the row.
        words: For a list in one cell, what one item looks like; empty for a plain cell.
        node: For JSON in a cell, what its objects look like; scalars have the role above.
        about: For JSON with offsets, the header of the text they point into.
        escaped: Whether line ends may be escaped as twarc-csv does, or the cell be a JSON string.
        scope: Whether it tells the conversation.
        notice: Whether the row asks for its post to be removed.
    """

    role: Role
    kind: str = ""
    subject: str = ""
    encoding: Encoding = Encoding.PLAIN
    pattern: str = field(default="", repr=False)
    post: bool = False
    words: str = field(default="", repr=False)
    node: Node | None = field(default=None, repr=False)
    about: str = ""
    escaped: bool = False
    scope: bool = False
    notice: bool = False

    @property
    def kept(self) -> bool:
        """Whether the column is written at all."""
        return self.role is not Role.OPAQUE


UNKNOWN = Column(Role.OPAQUE, "unknown")
RULE = Column(Role.OPAQUE, "rule")
COUNT = Column(Role.COUNT)
DATE = Column(Role.DATE)
PLACE = Column(Role.PLACE)
URL = Column(Role.URL)
FLAG = Column(Role.CODE, pattern=_BOOLEAN)
LANGUAGE = Column(Role.CODE, pattern=_LANGUAGE)
POST = Column(Role.ID, "post")
SHOWN_POST = Column(Role.ID, "post", post=True)
"""The id of a post whose text stands in the row."""
CONVERSATION = Column(Role.ID, "post", scope=True)
OTHER = Column(Role.ID, "other")
_HANDLES = r"[A-Za-z0-9_]+"
HANDLES = Column(Role.HANDLE, "x", words=_HANDLES)
USERS = Column(Role.ID, "user", words=r"[0-9]+")
POSTS = Column(Role.ID, "post", words=r"[0-9]+")
TAGS = Column(Role.TEXT, "hashtag", words=r"\w+")
URLS = Column(Role.URL, words=r"[^\s,;|\"'\[\]()]+")


def text(kind: str = "", subject: str = "", *, escaped: bool = False) -> Column:
    """Return a column of texts as X writes them, with `&amp; &lt; &gt;`."""
    return Column(Role.TEXT, kind, subject, Encoding.HTML, escaped=escaped)


def user(subject: str) -> Column:
    """Return a column of ids of accounts."""
    return Column(Role.ID, "user", subject)


def handle(subject: str) -> Column:
    """Return a column of handles."""
    return Column(Role.HANDLE, "x", subject)


def display(subject: str) -> Column:
    """Return a column of display names."""
    return Column(Role.NAME, "display", subject)


def word(pattern: str) -> Column:
    """Return a column of a closed vocabulary."""
    return Column(Role.CODE, pattern=pattern)


def place(subject: str = "") -> Column:
    """Return a column of places, of an account's profile or of a post."""
    return Column(Role.PLACE, subject=subject)


def counts(*names: str) -> dict[str, Column]:
    """Return columns of counts."""
    return dict.fromkeys(names, COUNT)


def ruled_out(*names: str) -> dict[str, Column]:
    """Return columns a written rule leaves out."""
    return dict.fromkeys(names, RULE)
