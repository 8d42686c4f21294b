"""Surrogates of e-mail addresses and telephone numbers that reach nobody."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from anonymize.model.forms import phone_key
from anonymize.model.identities import Surrogate
from anonymize.model.keys import Keys
from anonymize.model.rules import RulePack
from anonymize.transform.handles import stem
from anonymize.transform.tokens import spelt

_AT = re.compile(r"\s*[\[({]\s*(?:at|@)\s*[\])}]\s*|\s+at\s+|\s*@\s*", re.IGNORECASE)
_DOT = re.compile(
    r"\s*[\[({]\s*(?:dot|\.|punkt|punt)\s*[\])}]\s*|\s+(?:dot|punt)\s+", re.IGNORECASE
)


def normal_email(surface: str) -> str:
    """Return an address as it is typed, lower case.

    >>> normal_email("Jane.Doe at college dot example")
    'jane.doe@college.example'
    """
    plain = surface.strip().removeprefix("mailto:")
    return "".join(_DOT.sub(".", _AT.sub("@", plain)).lower().split())


def surrogate_email(keys: Keys, address: str, surrogate: Surrogate | None) -> str:
    """Return the surrogate of an address, under a domain kept for examples (RFC 2606).

    Args:
        keys: Of the tier.
        address: As written, in any form `normal_email` reads.
        surrogate: Of the person it belongs to; None when nobody is known.
    """
    length = 12 if surrogate is None else 5
    random = spelt(keys, "email", normal_email(address), length)
    return ".".join((*stem(surrogate), random)) + "@example.org"


def _country(prefix: str) -> str:
    """Return the country calling code of a prefix such as `+44 7700 900`."""
    return re.split(r"[ -]", prefix.removeprefix("+"), maxsplit=1)[0]


def _ranges(packs: Sequence[RulePack]) -> list[tuple[str, str, int]]:
    """Return country code, prefix and drawn digits of every fictional range, in pack order."""
    return [
        (_country(prefix), prefix, digits)
        for pack in packs
        for _, (prefix, digits) in sorted(pack.fictional_phones.items())
        if prefix
    ]


def _pick(number: str, ranges: Sequence[tuple[str, str, int]]) -> tuple[str, str, int] | None:
    """Return the range of the country a number is of.

    Without a country code, a leading 0 is a trunk prefix, which the North American plan does
    not have (ITU-T E.123; NANP).
    """
    digits = "".join(char for char in number if char.isdecimal())
    plain = number.strip()
    if plain.startswith(("+", "(+", "00")):
        bare = digits.removeprefix("00")
        return next((r for r in ranges if bare.startswith(r[0])), None)
    if digits.startswith("0"):
        return next((r for r in ranges if r[0] != "1"), None)
    north = len(digits) in {7, 10} or (len(digits) == 11 and digits.startswith("1"))
    return next((r for r in ranges if r[0] == "1"), None) if north else None


def surrogate_phone(
    keys: Keys,
    number: str,
    packs: Sequence[RulePack],
    is_known: Callable[[str], bool] = lambda _: False,
) -> str | None:
    """Return a number of the range a regulator keeps free, about as written.

    A range has so few numbers that two real ones may get the same; one that stands in the
    corpus is never drawn.

    Args:
        keys: Of the tier.
        number: As written.
        packs: In the order in which their regions are tried.
        is_known: Whether a number is somebody's in the corpus.

    Returns:
        The surrogate, or None where no range is known, or all of it is in the corpus.
    """
    chosen = _pick(number, _ranges(packs))
    key = phone_key(number)
    if chosen is None or not key:
        return None
    country, prefix, count = chosen
    for attempt in range(64):
        drawn = keys.number("phone", f"{country}/{key}/{attempt}") % 10**count
        whole = f"{prefix}{drawn:0{count}d}"
        national = whole.removeprefix(f"+{country}").strip(" -")
        if is_known(whole) or is_known(f"0{national}"):
            continue
        international = number.strip().startswith(("+", "(+", "00"))
        trunk = "" if country == "1" else "0"
        shown = whole if international else trunk + national
        if re.fullmatch(r"\+?[0-9]+", number.strip()):
            return re.sub(r"[ -]", "", shown)
        return shown
    return None
