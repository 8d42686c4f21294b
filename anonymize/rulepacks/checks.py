"""Checksums and validity rules of public numbering schemes.

Each takes a match as written, separators included, and tells whether it can be such a number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from hashlib import sha256
from ipaddress import ip_address
from types import MappingProxyType

from anonymize.rulepacks.european import EUROPEAN


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


_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


def bitcoin(text: str) -> bool:
    """Whether a text is a Bitcoin address of the main network.

    Source: Bitcoin protocol, Base58Check (a version and 20 bytes with the first four bytes of
    their double SHA-256); BIP 173 and BIP 350, whose polynomial leaves 1 or 0x2bc830a3.

    >>> bitcoin("1111111111111111111114oLvT2"), bitcoin("1111111111111111111114oLvT3")
    (True, False)
    """
    if text.lower().startswith("bc1"):
        return _bech32(text)
    number = 0
    for char in text:
        if char not in _BASE58:
            return False
        number = number * 58 + _BASE58.index(char)
    if number.bit_length() > 200:
        return False
    raw = number.to_bytes(25, "big")
    return raw[0] in {0, 5} and sha256(sha256(raw[:21]).digest()).digest()[:4] == raw[21:]


def _bech32(text: str) -> bool:
    """Whether a text ends in the checksum of BIP 173 or BIP 350 for the prefix `bc`."""
    data = text.lower()[3:]
    if any(char not in _BECH32 for char in data) or text not in {text.lower(), text.upper()}:
        return False
    check = 1
    # The prefix "bc", spread into high and low bits.
    for value in (3, 3, 0, 2, 3, *(_BECH32.index(char) for char in data)):
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for at, part in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            check ^= part if top >> at & 1 else 0
    return check in {1, 0x2BC830A3}


_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True))


def vin(text: str) -> bool:
    """Whether 17 characters are a vehicle identification number with its check digit.

    Source: 49 CFR 565.15: weighted values modulo 11 in the ninth place, X for ten.

    >>> vin("1M8GDM9AXKP042788"), vin("1M8GDM9A1KP042788")
    (True, False)
    """
    compact = _compact(text)
    if len(compact) != 17 or any(char in "IOQ" for char in compact):
        return False
    values = (int(char) if char.isdigit() else _VIN_VALUES[char] for char in compact)
    total = sum(value * weight for value, weight in zip(values, _VIN_WEIGHTS, strict=True)) % 11
    return compact[8] == ("X" if total == 10 else str(total))


def npi(text: str) -> bool:
    """Whether ten digits are a National Provider Identifier.

    Source: Centers for Medicare & Medicaid Services: the Luhn formula over 80840 and the
    number, which begins with 1 or 2.

    >>> npi("1234567893"), npi("1234567890")
    (True, False)
    """
    digits = _digits(text, 10)
    return digits is not None and digits[0] in {1, 2} and luhn("80840" + _compact(text))


def dea(text: str) -> bool:
    """Whether two letters and seven digits are a registration for controlled substances.

    Source: Drug Enforcement Administration: the first, third and fifth digit and twice the
    others but the last add up to a number ending in the last.

    >>> dea("AB1234563"), dea("AB1234564")
    (True, False)
    """
    digits = _digits(_compact(text)[2:], 7)
    if digits is None:
        return False
    return (sum(digits[0:6:2]) + 2 * sum(digits[1:6:2])) % 10 == digits[6]


def aba(text: str) -> bool:
    """Whether nine digits are a routing number of a bank of the United States.

    Source: American Bankers Association: weights 3, 7 and 1, divisible by ten.

    >>> aba("123456780"), aba("123456789")
    (True, False)
    """
    digits = _digits(text, 9)
    if digits is None or not any(digits):
        return False
    return sum(d * w for d, w in zip(digits, (3, 7, 1) * 3, strict=True)) % 10 == 0


CHECKS: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "aba": aba,
        "bitcoin": bitcoin,
        "bsn": bsn,
        "dea": dea,
        "iban": iban,
        "ip": ip,
        "luhn": luhn,
        "nhs": nhs,
        "npi": npi,
        "ssn": ssn,
        "uln": uln,
        "upn": upn,
        "vin": vin,
        **EUROPEAN,
    },
)
"""Checks a rule may name, each called with the matched text."""
