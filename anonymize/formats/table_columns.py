"""Which known table a header is of, and what the user's `--columns` make of others.

A column that stands in neither is unknown and left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import regex

from anonymize.errors import FormatError, UsageError
from anonymize.formats import table_classic, table_exports, table_nodexl, table_twarc
from anonymize.formats.column_types import (
    COUNT,
    DATE,
    PLACE,
    RULE,
    UNKNOWN,
    URL,
    Column,
)
from anonymize.formats.table_exports import TAGS_SHEET as TAGS
from anonymize.formats.table_proposal import propose
from anonymize.formats.table_talk import recognise_talk
from anonymize.formats.table_twarc import TWARC
from anonymize.model.fields import Role

__all__ = ["KNOWN", "ROLES", "TAGS", "TWARC", "UNKNOWN", "Column", "columns_of", "given"]

ROLES = "text handle id user date name place url count email phone code drop"
"""Role words of `--columns`."""
_SHOWN = regex.compile(r"[A-Za-z_][A-Za-z0-9_. ]{0,40}")
_NUMBER = regex.compile(r"#([1-9][0-9]{0,4})")

KNOWN: tuple[tuple[frozenset[str], Mapping[str, Column]], ...] = (
    (frozenset(("id", "text", "author_id", "conversation_id")), TWARC),
    (frozenset(("id", "text", "author_id", "__twarc.version")), TWARC),
    (frozenset(("id", "text", "author.username")), TWARC),
    (frozenset(("id", "username", "public_metrics.tweet_count")), table_twarc.TWARC_USERS),
    (frozenset(("id", "username", "pinned_tweet_id")), table_twarc.TWARC_USERS),
    (frozenset(("id", "owner_id", "member_count")), table_twarc.TWARC_LISTS),
    (frozenset(("start", "end", "tweet_count")), table_twarc.TWARC_COUNTS),
    (frozenset(("id", "action", "redacted_at")), table_twarc.TWARC_COMPLIANCE),
    (frozenset(("id", "tweet_url", "user_screen_name")), table_twarc.JSON2CSV),
    (frozenset(("id_str", "from_user", "text")), TAGS),
    (frozenset(("twitter_id", "screen_name", "text")), table_exports.SFM),
    (frozenset(("tweet_id", "screen_name", "text", "twitter_url")), table_exports.SFM),
    (frozenset(("id", "thread_id", "body", "author")), table_exports.FOURCAT),
    (frozenset(("status_id", "screen_name", "text")), table_exports.RTWEET),
    (frozenset(("id_str", "full_text", "display_text_range")), table_exports.RTWEET_ONE),
    (frozenset(("tweet_id", "user_username", "text")), table_exports.ACADEMIC),
    (frozenset(("tweet_id", "timestamp", "retweeted_status_user_id")), table_classic.CLASSIC),
    (frozenset(("Vertex 1", "Vertex 2", "Tweet")), table_nodexl.EDGES),
    (frozenset(("Vertex 1", "Vertex 2", "Relationship Date (UTC)")), table_nodexl.EDGES),
    (frozenset(("Vertex 1", "Vertex 2", "Imported ID")), table_nodexl.EDGES),
    (frozenset(("Vertex", "Followers", "Tweets")), table_nodexl.VERTICES),
    (frozenset(("Vertex", "Joined Twitter Date (UTC)")), table_nodexl.VERTICES),
    (frozenset(("Group", "Vertex", "Vertex ID")), table_nodexl.MEMBERS),
)
"""Headers that tell a table, the first whose headers are all there; and its columns."""

_EXPLICIT: Mapping[str, Column] = {
    "text": Column(Role.TEXT),
    "handle": Column(Role.HANDLE, "x"),
    "id": Column(Role.ID, "post", post=True),
    "user": Column(Role.ID, "user"),
    "date": DATE,
    "name": Column(Role.NAME, "person"),
    "place": PLACE,
    "url": URL,
    "count": COUNT,
    "email": Column(Role.TEXT, "email"),
    "phone": Column(Role.TEXT, "phone"),
    "code": Column(Role.CODE, pattern=r"[^\r\n]{0,40}"),
    "drop": RULE,
}
_PERSONAL = ("handle", "user", "name", "email", "phone")
"""Of these, one column each speaks of the row's one person; with two of a sort none does."""


def recognise(header: Sequence[str]) -> Mapping[str, Column] | None:
    """Return the columns of the known table whose header this is, or None."""
    names = set(header)
    found = next((columns for marks, columns in KNOWN if marks <= names), None)
    return recognise_talk(header) if found is None else found


def given(columns: Mapping[str, str] | None) -> tuple[tuple[str, str], ...]:
    """Return `--columns` as sorted shard options, `("column:<role>", header)`.

    Args:
        columns: Role word by header, or by `#3` for the third column.

    Raises:
        UsageError: If a role word is none of `ROLES`.
    """
    found: list[tuple[str, str]] = []
    for header, role in (columns or {}).items():
        if role not in _EXPLICIT:
            raise UsageError(f"--columns: roles are {', '.join(ROLES.split())}")
        found.append((f"column:{role}", header))
    return tuple(sorted(found))


def named_in(options: Sequence[tuple[str, str]], header: Sequence[str]) -> dict[int, str]:
    """Return the role word of each column the user named, by its position in a header."""
    roles: dict[int, str] = {}
    for key, name in options:
        if key[:7] == "column:":
            roles.update(dict.fromkeys(_places(name, header), key[7:]))
    return roles


def columns_of(
    header: Sequence[str],
    options: Sequence[tuple[str, str]],
    label: str,
    sample: Sequence[Sequence[str]] = (),
) -> tuple[Column, ...]:
    """Return what each column of a table holds.

    The user's word goes before the known tables.  A known table that has none of the
    columns named is read as what it is: `--columns` was meant for another input.

    Args:
        header: Names of the columns.
        options: Shard options, with those of `given`.
        label: How messages name the table.
        sample: Some rows below the header, from which a proposal is made.

    Raises:
        FormatError: If the header is unknown and no columns are named.
        UsageError: If a column named is not in the header.
    """
    table = recognise(header)
    named = [name for key, name in options if key[:7] == "column:"]
    if table is not None and not any(_places(name, header) for name in named):
        named = []
    if table is None and not named:
        raise FormatError(
            f"{label}: no known table; say what its columns hold, as in "
            f"{propose(header, sample) or '--columns text=HEADER,id=HEADER'} "
            f"(roles: {', '.join(ROLES.split())}; #3 is the third column)",
        )
    for name in named:
        if not _places(name, header):
            shown = f" {name!r}" if _SHOWN.fullmatch(name) else ""
            raise UsageError(f"{label}: --columns names a column{shown} that is not there")
    roles = named_in(options, header) if named else {}
    sorts = list(roles.values())
    alone = {role for role in _PERSONAL if sorts.count(role) == 1}
    found: list[Column] = []
    for at, name in enumerate(header):
        if at in roles:
            role = roles[at]
            column = _EXPLICIT[role]
            subject = "author" if role in alone else ""
            post = column.post and sorts.count(role) == 1
            found.append(replace(column, subject=subject, post=post))
        else:
            found.append((table or {}).get(name, UNKNOWN))
    return tuple(found)


def _places(name: str, header: Sequence[str]) -> list[int]:
    """Return the positions of a column by its header, or by `#3` where no header says so."""
    found = [at for at, one in enumerate(header) if one == name]
    if not found and (match := _NUMBER.fullmatch(name)) and int(match[1]) <= len(header):
        found = [int(match[1]) - 1]
    return found
