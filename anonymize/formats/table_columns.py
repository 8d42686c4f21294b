"""What the columns of known tables hold, and what the user's `--columns` make of others.

Sources: twarc-csv's `dataframe_converter.py` (DocNow, columns of tweets, 2025) and the archive
sheet of TAGS (Martin Hawksey, v6).  A column in neither table is unknown and left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import regex

from anonymize.errors import FormatError, UsageError
from anonymize.model.fields import Encoding, Role

ROLES = "text handle id user date name place url count email phone code"
"""Role words of `--columns`."""
_SHOWN = regex.compile(r"[A-Za-z_][A-Za-z0-9_. ]{0,40}")
_BOOLEAN = r"(?i:true|false)(?:\.0)?|[01](?:\.0)?"
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
    """

    role: Role
    kind: str = ""
    subject: str = ""
    encoding: Encoding = Encoding.PLAIN
    pattern: str = field(default="", repr=False)
    post: bool = False

    @property
    def kept(self) -> bool:
        """Whether the column is written at all."""
        return self.role is not Role.OPAQUE


UNKNOWN = Column(Role.OPAQUE, "unknown")
_RULE = Column(Role.OPAQUE, "rule")
_COUNT = Column(Role.COUNT)
_DATE = Column(Role.DATE)
_PLACE = Column(Role.PLACE)
_FLAG = Column(Role.CODE, pattern=_BOOLEAN)
_CODE = Column(Role.CODE, pattern=_LANGUAGE)
_POST = Column(Role.ID, "post")
_OTHER = Column(Role.ID, "other")


def _text(kind: str = "", subject: str = "") -> Column:
    return Column(Role.TEXT, kind, subject, Encoding.HTML)


def _user(subject: str) -> Column:
    return Column(Role.ID, "user", subject)


def _handle(subject: str) -> Column:
    return Column(Role.HANDLE, "x", subject)


TWARC: Mapping[str, Column] = {
    "id": Column(Role.ID, "post", post=True),
    "conversation_id": _POST,
    "referenced_tweets.replied_to.id": _POST,
    "referenced_tweets.retweeted.id": Column(Role.ID, "post", post=True),
    "referenced_tweets.quoted.id": Column(Role.ID, "post", post=True),
    "author_id": _user("author"),
    "in_reply_to_user_id": _user("reply"),
    "in_reply_to_username": _handle("reply"),
    "retweeted_user_id": _user("retweeted"),
    "retweeted_username": _handle("retweeted"),
    "quoted_user_id": _user("quoted"),
    "quoted_username": _handle("quoted"),
    "created_at": _DATE,
    "text": _text(),
    "lang": _CODE,
    "source": _RULE,
    **dict.fromkeys(
        [
            f"public_metrics.{name}_count"
            for name in ("impression", "reply", "retweet", "quote", "like", "bookmark")
        ],
        _COUNT,
    ),
    "reply_settings": Column(
        Role.CODE,
        pattern="everyone|mentionedUsers|following|followers|other|subscribers|verified",
    ),
    # Lists of ids as JSON in one cell.
    "edit_history_tweet_ids": _RULE,
    "edit_controls.edits_remaining": _COUNT,
    "edit_controls.editable_until": _DATE,
    "edit_controls.is_edit_eligible": _FLAG,
    "possibly_sensitive": _FLAG,
    "withheld.scope": _RULE,
    "withheld.copyright": _RULE,
    "withheld.country_codes": _RULE,
    # Copies of what the text says, as JSON in one cell.
    **dict.fromkeys(
        [
            f"entities.{name}"
            for name in ["annotations", "cashtags", "hashtags", "mentions", "urls"]
        ],
        _RULE,
    ),
    "context_annotations": _RULE,
    "attachments.media": _RULE,
    "attachments.media_keys": _RULE,
    "attachments.poll.duration_minutes": _COUNT,
    "attachments.poll.end_datetime": _DATE,
    "attachments.poll.id": _OTHER,
    "attachments.poll.options": _RULE,
    "attachments.poll.voting_status": Column(Role.CODE, pattern="open|closed"),
    "attachments.poll_ids": _RULE,
    "author.id": _user("author"),
    "author.created_at": _DATE,
    "author.username": _handle("author"),
    "author.name": Column(Role.NAME, "display", "author"),
    "author.description": _text("bio", "author"),
    **dict.fromkeys(
        [
            f"author.entities.{name}"
            for name in (
                "description.cashtags",
                "description.hashtags",
                "description.mentions",
                "description.urls",
                "url.urls",
            )
        ],
        _RULE,
    ),
    "author.url": Column(Role.URL, subject="author"),
    "author.location": _PLACE,
    "author.pinned_tweet_id": _POST,
    "author.profile_image_url": _RULE,
    "author.protected": _FLAG,
    **dict.fromkeys(
        [
            f"author.public_metrics.{name}_count"
            for name in ("followers", "following", "listed", "tweet", "like", "media")
        ],
        _COUNT,
    ),
    "author.verified": _FLAG,
    "author.verified_type": Column(Role.CODE, pattern="none|blue|business|government"),
    "author.withheld.scope": _RULE,
    "author.withheld.copyright": _RULE,
    "author.withheld.country_codes": _RULE,
    "geo.coordinates.coordinates": _RULE,
    "geo.coordinates.type": _RULE,
    "geo.country": _PLACE,
    "geo.country_code": Column(Role.PLACE),
    "geo.full_name": _PLACE,
    "geo.geo.bbox": _RULE,
    "geo.geo.type": _RULE,
    "geo.id": _OTHER,
    "geo.name": _PLACE,
    "geo.place_id": _OTHER,
    "geo.place_type": Column(Role.CODE, pattern="country|admin|city|neighborhood|poi"),
    "matching_rules": _RULE,
    "__twarc.retrieved_at": _DATE,
    # Holds the query with user names, ids and tokens.
    "__twarc.url": _RULE,
    "__twarc.version": _RULE,
    "": _RULE,
    "Unnamed: 0": _RULE,
}
TAGS: Mapping[str, Column] = {
    "id_str": Column(Role.ID, "post", post=True),
    "from_user": _handle("author"),
    "text": _text(),
    "created_at": _DATE,
    "time": _DATE,
    "geo_coordinates": _RULE,
    "user_lang": _CODE,
    "lang": _CODE,
    "in_reply_to_user_id_str": _user("reply"),
    "in_reply_to_screen_name": _handle("reply"),
    "from_user_id_str": _user("author"),
    "in_reply_to_status_id_str": _POST,
    "source": _RULE,
    "profile_image_url": _RULE,
    "user_followers_count": _COUNT,
    "user_friends_count": _COUNT,
    "user_location": _PLACE,
    "status_url": Column(Role.URL),
    "entities_str": _RULE,
}
_EXPLICIT: Mapping[str, Column] = {
    "text": Column(Role.TEXT),
    "handle": Column(Role.HANDLE, "x"),
    "id": Column(Role.ID, "post", post=True),
    "user": Column(Role.ID, "user"),
    "date": _DATE,
    "name": Column(Role.NAME, "person"),
    "place": _PLACE,
    "url": Column(Role.URL),
    "count": _COUNT,
    "email": Column(Role.TEXT, "email"),
    "phone": Column(Role.TEXT, "phone"),
    "code": Column(Role.CODE, pattern=r"[^\r\n]{0,40}"),
}
_PERSONAL = ("handle", "user", "name", "email", "phone")
"""Of these, one column each speaks of the row's one person; with two of a sort none does."""


def recognise(header: Sequence[str]) -> Mapping[str, Column] | None:
    """Return the columns of the known table whose header this is, or None."""
    names = set(header)
    if {"id", "text", "author_id", "conversation_id"} <= names:
        return TWARC
    if {"id_str", "from_user", "text"} <= names:
        return TAGS
    return None


def given(columns: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
    """Return `--columns` as sorted shard options, `("column:<role>", header)`.

    Args:
        columns: Role word by header.

    Raises:
        UsageError: If a role word is none of `ROLES`.
    """
    found: list[tuple[str, str]] = []
    for header, role in (columns or {}).items():
        if role not in _EXPLICIT:
            raise UsageError(f"--columns: roles are {', '.join(ROLES.split())}")
        found.append((f"column:{role}", header))
    return tuple(sorted(found))


def columns_of(
    header: Sequence[str],
    options: Sequence[tuple[str, str]],
    label: str,
) -> tuple[Column, ...]:
    """Return what each column of a table holds.

    The user's word goes before the known tables.  A known table that has none of the
    columns named is read as what it is: `--columns` was meant for another input.

    Raises:
        FormatError: If the header is unknown and no columns are named.
        UsageError: If a column named is not in the header.
    """
    table = recognise(header)
    named = [(key.removeprefix("column:"), name) for key, name in options if key[:7] == "column:"]
    if table is not None and not any(name in header for _, name in named):
        named = []
    if table is None and not named:
        raise FormatError(
            f"{label}: no known table; say what its columns hold, as in "
            f"--columns text=HEADER,id=HEADER (roles: {', '.join(ROLES.split())})",
        )
    for _, name in named:
        if name not in header:
            shown = f" {name!r}" if _SHOWN.fullmatch(name) else ""
            raise UsageError(f"{label}: --columns names a column{shown} that is not there")
    roles = {name: role for role, name in named}
    sorts = [role for role, _ in named]
    alone = {role for role in _PERSONAL if sorts.count(role) == 1}
    found: list[Column] = []
    for name in header:
        if name in roles:
            role = roles[name]
            column = _EXPLICIT[role]
            subject = "author" if role in alone else ""
            found.append(
                Column(
                    column.role,
                    column.kind,
                    subject,
                    column.encoding,
                    column.pattern,
                    post=column.post and sorts.count(role) == 1,
                ),
            )
        else:
            found.append((table or {}).get(name, UNKNOWN))
    return tuple(found)
