"""The forms under which a known identifier is looked for, before replacing and after writing.

A form is folded words (`model.folding.fold`): a searcher looks for it with a blank at each
end in the folded text.  Telephone numbers are compared by their digits instead, and ids
(`USER_ID`, `POST_ID`) are looked up whole; neither has forms.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator

from anonymize.model.folding import words
from anonymize.model.identities import KnownIdentifier, Search
from anonymize.model.names import SUFFIXES, TITLES, parse

# Shorter squeezed forms are ordinary words too often ("anlee" for "An Lee").
_SQUEEZED_NAME = 7
_SQUEEZED_HANDLE = 6

# ITU-T E.164: at most 15 digits, of which 3 say the country; the last 9 tell subscribers of
# one country apart, and do not differ between "+44 7700 900123" and "07700 900123".
_PHONE_KEY = 9
_PHONE_SHORTEST = 6
# "00447700900123": so many digits of prefix may stand in one group with the compared ones.
_PHONE_STUCK = 5
_PHONE_RUN = re.compile(r"\d(?:[^\S\r\n]{0,2}[\d().\-/\u2010-\u2015\u00a0\u202f])*(?<=\d)")
_PHONE_PREFIX = re.compile(
    r"(?:(?:\+|(?<!\d)00)[\s.\-]?\d{1,3}[\s.\-]{0,2})?(?:\(0\)[\s.\-]?)?\(?(?<!\d)\d{0,5}\Z",
)


def forms(identifier: KnownIdentifier) -> tuple[str, ...]:
    """Return the folded word forms to search for, without the outer blanks, sorted.

    Empty for what is not searched in text (`Search.FIELDS`) and for what is compared
    otherwise (telephone numbers, ids).  Those of `Search.CAPITALISED` are for the search
    before replacing only.

    >>> forms(KnownIdentifier("PERSON", "Ms Jane Smith"))
    ('jane smith', 'janesmith', 'smith jane')
    >>> forms(KnownIdentifier("HANDLE", "MsSmith_Media"))
    ('mssmith media', 'mssmithmedia')
    """
    if identifier.search is Search.FIELDS:
        return ()
    match identifier.entity_type:
        case "PHONE_NUMBER" | "USER_ID" | "POST_ID":
            return ()
        case "PERSON":
            found = _name_forms(identifier.value)
        case "HANDLE":
            found = _handle_forms(identifier.value)
        case _:
            found = {words(identifier.value)}
    return tuple(sorted(found - {""}))


def _name_forms(name: str) -> set[str]:
    """Return given name first, family name first, and both as one word."""
    plain = words(name)
    parts = parse(name)
    given = words(" ".join((parts.given, *parts.middle)))
    family = words(parts.family)
    if not given or not family:
        bare = [word for word in plain.split() if word not in TITLES and word not in SUFFIXES]
        return {plain} if len(bare) < 2 else {plain, " ".join(bare)}
    found = {f"{given} {family}", f"{family} {given}"}
    squeezed = f"{given}{family}".replace(" ", "")
    if len(squeezed) >= _SQUEEZED_NAME:
        found.add(squeezed)
    return found


def _handle_forms(handle: str) -> set[str]:
    """Return the words of a handle, and as one word; `user@host` also as its profile URL."""
    bare = handle.strip().lstrip("@")
    found = {words(bare)}
    user, at, host = bare.partition("@")
    if at:
        found.add(f"{words(host)} {words(user)}".strip())
    elif "." not in bare:
        squeezed = words(bare).replace(" ", "")
        if len(squeezed) >= _SQUEEZED_HANDLE:
            found.add(squeezed)
    return found


def phone_key(number: str) -> str:
    """Return the digits by which a telephone number is compared; empty if it has too few.

    >>> phone_key("+44 (0)7700 900123") == phone_key("07700-900-123")
    True
    """
    digits = "".join(char for char in number if char.isdecimal())
    digits = "".join(str(int(char)) for char in digits)
    return digits[-_PHONE_KEY:] if len(digits) >= _PHONE_SHORTEST else ""


def find_phones(text: str, keys: Container[str]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of `text` that hold a number of one of the `keys`.

    Digits may be parted by blanks, dots, hyphens, slashes and brackets.  The stretch takes
    in the country and trunk prefix before the compared digits.

    Args:
        text: The text, in code points.
        keys: What `phone_key` gave for the known numbers.
    """
    for run in _PHONE_RUN.finditer(text):
        at = [p for p in range(run.start(), run.end()) if text[p].isdecimal()]
        if len(at) < _PHONE_SHORTEST:
            continue
        digits = "".join(str(int(text[p])) for p in at)
        found_to = 0
        for length in range(_PHONE_KEY, _PHONE_SHORTEST - 1, -1):
            first = found_to
            while first + length <= len(digits):
                last = first + length
                # A number ends where its group of digits ends.
                ends = last == len(digits) or at[last] > at[last - 1] + 1
                most = _PHONE_STUCK if length == _PHONE_KEY else 0
                if ends and digits[first:last] in keys and _stuck(at, first) <= most:
                    yield _with_prefix(text, at[first]), at[last - 1] + 1
                    first = found_to = last
                else:
                    first += 1


def _stuck(at: list[int], first: int) -> int:
    """Return how many digits stand directly before the one numbered `first`."""
    count = 0
    while count < first and at[first - count - 1] == at[first] - count - 1:
        count += 1
    return count


def _with_prefix(text: str, start: int) -> int:
    """Return where the prefix of a number whose compared digits begin at `start` begins."""
    found = _PHONE_PREFIX.search(text, max(0, start - 16), start)
    first = found.start() if found else start
    while first < start and text[first] not in "+(" and not text[first].isdecimal():
        first += 1
    return first
