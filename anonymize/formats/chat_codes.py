"""Codes and names of speakers in CHAT: what stands for a role, and what a new code is."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import product

import regex

from anonymize.formats import chat_words
from anonymize.model.folding import words
from anonymize.model.labels import is_generic_label

PARTICIPANT = regex.compile(
    r"(?P<code>[^\s,]+)(?P<gap>[ \t\r\n]+)(?:(?P<name>\S(?:[^,]*[^\s,])?)(?P<more>[ \t\r\n]+))?"
    r"(?P<role>[^\s,]+)",
)
"""One speaker of `@Participants`: code, name if there is one, role."""
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def is_standard(code: str, name: str = "") -> bool:
    """Whether a code of a speaker stands for a role or a number, not for a name.

    Args:
        code: As it stands.
        name: Whose code it is, where `@Participants` says so: a code that its name begins with
            is short for the name.

    >>> [is_standard(code) for code in ("CHI", "INV1", "SP01", "ANN")]
    [True, True, True, False]
    >>> is_standard("GRA"), is_standard("GRA", "Grace")
    (True, False)
    """
    bare = code.rstrip("0123456789")
    if bare in chat_words.CORE:
        return True
    short = bool(bare) and words(name).replace(" ", "").startswith(bare.lower())
    return not short and (bare in chat_words.CODES or (code.isupper() and is_generic_label(code)))


def name_of(raw: str) -> str:
    """Return a name of `@Participants`, one word to CHAT, with blanks."""
    return regex.sub(r"\s", " ", raw).replace("_", " ")


def named_codes(content: str) -> frozenset[str]:
    """Return the codes whose speaker has a name beside them in `@Participants`."""
    found = regex.search(
        r"[\r\n]@Participants:[ \t]*([^\r\n]*(?:(?:\r\n|\r|\n)\t[^\r\n]*)*)", content
    )
    return frozenset(
        one["code"]
        for part in (found[1].split(",") if found else ())
        if (one := PARTICIPANT.search(part))
        and one["name"]
        and not is_generic_label(one["name"].replace("_", " "))
    )


def code_for(name: str, taken: Iterable[str]) -> str:
    """Return a code of three letters for a name, other than those taken.

    >>> code_for("Mira Keller", {"MIR"}), code_for("Teacher 03", ())
    ('MIK', 'T03')
    """
    taken = set(taken)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().upper()
    parts: list[str] = regex.findall(r"[A-Z0-9]+", plain)
    last = parts[-1] if parts else ""
    if any(map(str.isdigit, last)):
        first = (parts[0][:1] + last[:2]).ljust(3, "X")
    else:
        first = "".join(parts)[:3].ljust(3, "X")
    tail = last[:1] if last[:1].isalpha() else ""
    rest = (f"{first[0]}{a}{b}" for a, b in product(first[1] + _ALPHABET, tail + _ALPHABET))
    others = ("".join(three) for three in product("PQXYZ", _ALPHABET, _ALPHABET))
    return next(one for one in (first, *rest, *others) if one not in taken)
