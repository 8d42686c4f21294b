"""Checksums and validity rules of public numbering schemes.

Each takes a match as written, separators included, and tells whether it can be such a number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from ipaddress import ip_address
from types import MappingProxyType


def _compact(text: str) -> str:
    """Return the ASCII letters (upper case) and digits of a text."""
    return "".join(char for char in text.upper() if char.isascii() and char.isalnum())


def _digits(text: str, length: int) -> list[int] | None:
    """Return the digits of a text made of exactly `length` of them and separators."""
    compact = _compact(text)
    if len(compact) != length or not compact.isdigit():
        return None
    return [int(char) for char in compact]


def luhn(text: str) -> bool:
    """Whether a card number of 12 to 19 digits satisfies the Luhn formula.

    Source: ISO/IEC 7812-1, annex B.

    >>> luhn("4539 1488 0343 6467"), luhn("4539 1488 0343 6468")
    (True, False)
    """
    compact = _compact(text)
    if not compact.isdigit() or not 12 <= len(compact) <= 19 or not int(compact):
        return False
    total = 0
    for at, char in enumerate(reversed(compact)):
        digit = int(char) * (1 + at % 2)
        total += digit - 9 if digit > 9 else digit
    return total % 10 == 0


def iban(text: str) -> bool:
    """Whether an international account number leaves 1 modulo 97.

    Source: ISO 13616-1 with the MOD 97-10 scheme of ISO/IEC 7064; 15 to 34 characters.

    >>> iban("GB82 WEST 1234 5698 7654 32")
    True
    """
    compact = _compact(text)
    if not 15 <= len(compact) <= 34 or not (compact[:2].isalpha() and compact[2:4].isdigit()):
        return False
    turned = compact[4:] + compact[:4]
    return int("".join(str(int(char, 36)) for char in turned)) % 97 == 1


def nhs(text: str) -> bool:
    """Whether ten digits are an NHS number of England, Wales and the Isle of Man.

    Source: NHS Data Dictionary, "NHS Number": weights 10 to 2, check digit 11 less the sum
    modulo 11, where 11 stands for 0 and 10 is never issued.

    >>> nhs("943 476 5919")
    True
    """
    digits = _digits(text, 10)
    if digits is None or not any(digits):
        return False
    return sum(digit * (10 - at) for at, digit in enumerate(digits[:9])) % 11 == (
        (11 - digits[9]) % 11
    )


def uln(text: str) -> bool:
    """Whether ten digits are a Unique Learner Number.

    Source: HESA student record, field ULN: no leading zero; the sum under weights 10 to 1
    leaves 10 modulo 11.

    >>> uln("9276308686")
    True
    """
    digits = _digits(text, 10)
    if digits is None or digits[0] == 0:
        return False
    return sum(digit * (10 - at) for at, digit in enumerate(digits)) % 11 == 10


_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
"""Check letters 0 to 22: the alphabet without I, O and S."""


def upn(text: str) -> bool:
    """Whether a letter and twelve digits are a Unique Pupil Number of an English school.

    Source: UK Government Data Standards Catalogue, "Unique Pupil Number" 2.0: weights 2 to
    13, modulo 23; the last place of a temporary number is a letter with the same values.

    >>> upn("B801200005001"), upn("A801200005001")
    (True, False)
    """
    compact = _compact(text)
    if len(compact) != 13 or compact[0] not in _UPN_LETTERS or not compact[1:12].isdigit():
        return False
    last = compact[12]
    if not last.isdigit() and last not in _UPN_LETTERS:
        return False
    values = [int(char) for char in compact[1:12]]
    values.append(int(last) if last.isdigit() else _UPN_LETTERS.index(last))
    total = sum(value * (at + 2) for at, value in enumerate(values))
    return compact[0] == _UPN_LETTERS[total % 23]


def bsn(text: str) -> bool:
    """Whether nine digits pass the eleven test of the Dutch citizen service number.

    Source: Logisch Ontwerp BSN, "elfproef": weights 9 to 2 and -1, divisible by 11.

    >>> bsn("111222333")
    True
    """
    digits = _digits(text, 9)
    if digits is None or not any(digits):
        return False
    total = sum(digit * (9 - at) for at, digit in enumerate(digits[:8])) - digits[8]
    return total % 11 == 0


def ssn(text: str) -> bool:
    """Whether nine digits can be a social security number of the United States.

    Source: Social Security Administration, "Social Security Number Randomization": no area
    000, 666 or 900 and above, no group 00, no serial 0000.  There is no check digit.

    >>> ssn("536-22-1841"), ssn("666-22-1841")
    (True, False)
    """
    digits = _compact(text)
    if len(digits) != 9 or not digits.isdigit():
        return False
    area, group, serial = digits[:3], digits[3:5], digits[5:]
    return area not in {"000", "666"} and area < "900" and group != "00" and serial != "0000"


def ip(text: str) -> bool:
    """Whether a text is an IPv4 (RFC 791) or IPv6 (RFC 4291) address other than `::`.

    >>> ip("192.0.2.1"), ip("2001:db8::1"), ip("12:30:45"), ip("::")
    (True, True, False, False)
    """
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return int(address) != 0


CHECKS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "bsn": bsn,
        "iban": iban,
        "ip": ip,
        "luhn": luhn,
        "nhs": nhs,
        "ssn": ssn,
        "uln": uln,
        "upn": upn,
    },
)
"""Checks a rule may name, each called with the matched text."""
