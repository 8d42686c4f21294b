"""A proposal of `--columns` for a table nobody knows, from a look at some of its rows.

It is shown to the user and never acted upon: a column of rare first names may look like codes,
one of pupils' numbers like counts.  No value is shown.  A header is shown only when it is made
of words headers are made of, for a table without header has data there; else the column's
number stands for it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

ROWS = 200
"""Rows below the header that are looked at."""
_ENOUGH = 0.8
"""Share of the cells that must look alike: some rows of real tables always differ."""
_HEADER_WORDS = """
account address age answer answers author author bio body city class code comment comments
content conversation count country created creator data date datetime description display
email favorite favorites favourites first followers following friends from full geo group
handle handles hashtag hashtags id ids index interview item key kind label lang language last
lat latitude likes line link links location lon long longitude mail media mention mentions
message messages name names nick nickname note notes number of on participant permalink phone
place platform post postcode posts profile published quote quotes question reply replies
respondent response retweet retweets row school screen sentiment source speaker status str
student surname tag tags teacher tel telephone text texts thread time timestamp title to topic
tid town tweet tweets twitter type uid updated uri url urls user userid username users utc verified
version views website when who x year
nombre texto fecha usuario autor mensaje ciudad correo nom texte auteur utilisateur datum tekst
naam gebruiker plaats benutzer verfasser nachricht ort zeit stadt antwort frage
"""
_WORDS = frozenset(_HEADER_WORDS.split())
_SPLIT = regex.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HEADER = regex.compile(r"[A-Za-z][A-Za-z0-9_.\- ]{0,40}")


def _like(pattern: str) -> Callable[[str], bool]:
    compiled = regex.compile(pattern)
    return lambda value: compiled.fullmatch(value) is not None


_POST = _like(r"""[x']?\d{15,20}|="\d{15,20}\"""")
_LOST = _like(r"\d[.,]\d+[eE]\+\d+")
_HANDLE = _like(r"@\w{1,30}(?:@[\w.\-]+)?")
_BARE_HANDLE = _like(r"[A-Za-z0-9_]{2,20}")
_EMAIL = _like(r"[^@\s]+@[^@\s]+\.[a-z]{2,}")
_LINK = _like(r"(?:https?://|www\.)\S+")
_PHONE = _like(r"\+\d[\d ()\-]{7,}|0\d[\d ()/\-]{8,}")
_DATE = _like(
    r"\d{4}[-./]\d{1,2}[-./]\d{1,2}(?:[T ,].*)?|\d{1,2}[-./]\d{1,2}[-./]\d{2,4}(?:[T ,].*)?"
    r"|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? .*\d{4}.*",
)
_COUNT = _like(r"\d{1,9}(?:\.0)?")
_NAME = _like(r"\p{Lu}[\p{L}'’.\-]*(?: (?:\p{Lu}[\p{L}'’.\-]*|van|von|de|der|den|la|di|da)){1,3}")
_LANGUAGE = _like(r"[a-z]{2,3}(?:-[A-Za-z]{2,4})?|(?i:true|false|yes|no)")


def propose(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a `--columns …` line for a table; empty when nothing looks like anything.

    Args:
        header: Names of the columns.
        rows: Cells of some rows below it.
    """
    pairs: list[str] = []
    taken = False
    for at, name in enumerate(header):
        values = [row[at].strip() for row in rows if at < len(row) and row[at].strip()]
        words = _words(name)
        role = _role(words, values[:ROWS])
        if role == "id":
            # One column names the row itself, others point to other posts or to people.
            person = bool(words & {"user", "author", "account", "from", "userid", "to"})
            role = "user" if person else "id"
            distinct = len(set(values)) == len(values)
            if role == "id" and (taken or not distinct):
                role = "user" if taken and not distinct else role
            taken = taken or role == "id"
        if role:
            pairs.append(f"{role}={_shown(name, header, at)}")
    return f"--columns {','.join(pairs)}" if pairs else ""


def _words(name: str) -> set[str]:
    return {word.lower() for word in _SPLIT.findall(name)}


def _shown(name: str, header: Sequence[str], at: int) -> str:
    """Return a header if all its words are such as headers have, else its number."""
    safe = _HEADER.fullmatch(name) is not None and _words(name) <= _WORDS
    if not safe or list(header).count(name) > 1:
        return f"#{at + 1}"
    return f"'{name}'" if " " in name else name


def _role(words: set[str], values: Sequence[str]) -> str:
    """Return the role word that fits most of the values, or nothing."""
    if not values:
        return ""

    def mostly(test: Callable[[str], bool]) -> bool:
        return sum(map(test, values)) >= _ENOUGH * len(values)

    for role, test in (
        ("drop", _LOST),
        ("id", _POST),
        ("handle", _HANDLE),
        ("email", _EMAIL),
        ("url", _LINK),
        ("phone", _PHONE),
        ("date", _DATE),
    ):
        if mostly(test):
            return role
    if words & {"screen", "handle", "username", "nick", "nickname"} and mostly(_BARE_HANDLE):
        return "handle"
    if words & {"lang", "language", "verified"} and mostly(_LANGUAGE):
        return "code"
    if mostly(_COUNT):
        numbered = words & {"id", "user", "userid", "participant", "student", "respondent"}
        return "user" if numbered else "count"
    if words & {"city", "town", "place", "location", "country", "ort", "stadt", "plaats"}:
        return "place"
    mean = sum(map(len, values)) / len(values)
    if mostly(_NAME) and mean < 40:
        return "name"
    if words & {"name", "author", "speaker", "teacher", "surname", "naam", "nombre"}:
        return "name"
    spaces = sum(value.count(" ") for value in values) / len(values)
    return "text" if mean >= 30 or spaces >= 4 else ""
