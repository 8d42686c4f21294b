"""Checksums of public numbering schemes of Germany, Spain and France.

Each takes a match as written, separators included, and tells whether it can be such a number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType


def _compact(text: str) -> str:
    """Return the ASCII letters (upper case) and digits of a text."""
    return "".join(char for char in text.upper() if char.isascii() and char.isalnum())


def _number(text: str, length: int) -> int:
    """Return the number written by exactly so many ASCII digits, else -1."""
    return int(text) if len(text) == length and text.isascii() and text.isdigit() else -1


def _luhn_sum(digits: str) -> int:
    """Return the sum of the Luhn formula (ISO/IEC 7812-1, annex B), the last digit plain."""
    return sum(
        sum(divmod(int(digit) * (1 + at % 2), 10)) for at, digit in enumerate(reversed(digits))
    )


def _pure_system(digits: str) -> int:
    """Return the check digit of MOD 11,10 (ISO/IEC 7064, a hybrid system) for some digits."""
    product = 10
    for digit in digits:
        product = ((int(digit) + product) % 10 or 10) * 2 % 11
    return (11 - product) % 10


def steuer_id(text: str) -> bool:
    """Whether eleven digits are a tax identification number of Germany.

    Source: Steueridentifikationsnummerverordnung and Bundeszentralamt für Steuern: no leading
    zero; MOD 11,10 of ISO/IEC 7064; one of the first ten digits stands there two or three
    times.

    >>> steuer_id("86 095 742 719"), steuer_id("86095742718")
    (True, False)
    """
    number = _compact(text)
    if _number(number, 11) < 10**10:
        return False
    most = max(number[:10].count(digit) for digit in number[:10])
    return most in {2, 3} and _pure_system(number[:10]) == int(number[10])


def ust_id(text: str) -> bool:
    """Whether nine digits, `DE` before them or not, are a VAT number of Germany.

    Source: MOD 11,10 of ISO/IEC 7064, as the VIES client software of the European Commission
    describes it; the Bundeszentralamt für Steuern has not published the scheme.

    >>> ust_id("DE136695976"), ust_id("DE136695975")
    (True, False)
    """
    number = _compact(text).removeprefix("DE")
    return _number(number, 9) >= 10**8 and _pure_system(number[:8]) == int(number[8])


def _letter(char: str) -> str:
    """Return the two digits that stand for a letter: its place in the alphabet."""
    return f"{ord(char) - 64:02d}"


def rvnr(text: str) -> bool:
    """Whether a text is a pension insurance number of Germany.

    Source: Versicherungsnummern-, Kontoführungs- und Versicherungsverlaufsverordnung, § 2 and
    § 4: area, day of birth (or 50 more), month, year, letter, serial number; the digits under
    weights 2 1 2 5 7 1 2 1 2 1 2 1, their cross sums modulo 10.

    >>> rvnr("15 070649 C 103"), rvnr("15070649C104")
    (True, False)
    """
    number = _compact(text)
    if len(number) != 12 or not number[8].isalpha():
        return False
    if _number(number[:8], 8) < 0 or _number(number[9:], 3) < 0:
        return False
    if not 1 <= int(number[2:4]) % 50 <= 31 or int(number[2:4]) > 81:
        return False
    if not 1 <= int(number[4:6]) <= 12:
        return False
    digits = number[:8] + _letter(number[8]) + number[9:11]
    weights = (2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1)
    total = sum(
        sum(divmod(int(digit) * weight, 10)) for digit, weight in zip(digits, weights, strict=True)
    )
    return total % 10 == int(number[11])


def kvnr(text: str) -> bool:
    """Whether a letter and nine digits are a health insurance number of Germany.

    Source: GKV-Spitzenverband, Richtlinie nach § 290 SGB V, annex 1: the letter as two digits,
    weights 1 and 2 in turn, cross sums modulo 10.

    >>> kvnr("A123456780"), kvnr("A123456781")
    (True, False)
    """
    number = _compact(text)
    if len(number) != 10 or not number[0].isalpha() or _number(number[1:], 9) < 0:
        return False
    digits = _letter(number[0]) + number[1:9]
    total = sum(sum(divmod(int(digit) * (1 + at % 2), 10)) for at, digit in enumerate(digits))
    return total % 10 == int(number[9])


def icao(text: str) -> bool:
    """Whether the number of a travel document, nine letters and digits, has its check digit.

    Source: ICAO Doc 9303-3, 4.9: letters count from 10, weights 7 3 1, modulo 10.  The check
    digit is the tenth place; German cards and passports show the first nine without it.

    >>> icao("L01X00T471"), icao("C01X00T478"), icao("C01X00T479")
    (True, True, False)
    """
    number = _compact(text)
    number, last = number[:-1], number[-1:]
    if len(number) != 9 or _number(last, 1) < 0:
        return False
    total = sum(int(char, 36) * (7, 3, 1)[at % 3] for at, char in enumerate(number))
    return total % 10 == int(last)


_DNI = "TRWAGMYFPDXBNJZSQVHLCKE"
"""Control letters of Spanish identity numbers 0 to 22 (Real Decreto 1553/2005)."""


def dni(text: str) -> bool:
    """Whether a text is an identity number of a Spaniard or of a foreigner in Spain.

    Source: Ministerio del Interior, "Cálculo del dígito de control del NIF/NIE": the number
    modulo 23 gives the letter; X, Y and Z of a NIE stand for 0, 1 and 2.

    >>> dni("12345678Z"), dni("X-1234567-L"), dni("12345678A")
    (True, True, False)
    """
    number = _compact(text)
    if len(number) not in {8, 9}:
        return False
    digits = number[:-1]
    if digits[0] in "XYZ":
        digits = str("XYZ".index(digits[0])) + digits[1:]
    value = _number(digits, len(digits))
    return value > 0 and number[-1] == _DNI[value % 23]


def cif(text: str) -> bool:
    """Whether a text is a tax number of a Spanish legal person.

    Source: Orden EHA/451/2008 for the letters; the Luhn formula over seven digits gives the
    control, a digit or the letter J A B … I for 0 1 2 … 9.

    >>> cif("A58818501"), cif("Q2826004J"), cif("A58818502")
    (True, True, False)
    """
    number = _compact(text)
    if len(number) != 9 or number[0] not in "ABCDEFGHJNPQRSUVW" or _number(number[1:8], 7) < 0:
        return False
    control = -_luhn_sum(number[1:8] + "0") % 10
    return number[8] in {str(control), "JABCDEFGHI"[control]}


def nass(text: str) -> bool:
    """Whether twelve digits are an affiliation number of the Spanish social security.

    Source: Tesorería General de la Seguridad Social: two digits of the province, eight of the
    person, two of control: the former modulo 97; a person's number below ten million is put
    behind the province without its leading zero.

    >>> nass("28 12345678 40"), nass("28 12345678 41")
    (True, False)
    """
    number = _compact(text)
    if _number(number, 12) < 0:
        return False
    person = number[2:10]
    value = int(number[:2] + (person[1:] if person[0] == "0" else person))
    return value % 97 == int(number[10:]) and int(person) > 0


def ccc(text: str) -> bool:
    """Whether twenty digits are a Spanish bank account.

    Source: Consejo Superior Bancario, Código Cuenta Cliente: bank and branch, then the account,
    each under weights 1 2 4 8 5 10 9 7 3 6, 11 less the sum modulo 11; 10 is written 1, 11 is 0.

    >>> ccc("2100 0418 45 0200051332"), ccc("2100 0418 46 0200051332")
    (True, False)
    """
    number = _compact(text)
    if _number(number, 20) < 1:
        return False
    wanted = ""
    for digits in ("00" + number[:8], number[10:]):
        weights = (1, 2, 4, 8, 5, 10, 9, 7, 3, 6)
        total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
        rest = 11 - total % 11
        wanted += str({10: 1, 11: 0}.get(rest, rest))
    return wanted == number[8:10]


def nir(text: str) -> bool:
    """Whether fifteen digits are a French social security number with its key.

    Source: INSEE, "Numéro d'inscription au répertoire"; the key is 97 less the number modulo
    97, where 2A and 2B of Corsica count as 19 and 18; months 20 to 42 and from 50 on stand for
    births whose month is unknown.

    >>> nir("1 84 12 76 451 089 46"), nir("1 84 12 76 451 089 47")
    (True, False)
    """
    number = _compact(text)
    if len(number) != 15 or number[0] not in "123478":
        return False
    for letters, digits in (("2A", "19"), ("2B", "18")):
        if number[5:7] == letters:
            number = number[:5] + digits + number[7:]
    if _number(number, 15) < 0:
        return False
    month = int(number[3:5])
    if not (1 <= month <= 12 or 20 <= month <= 42 or month >= 50):
        return False
    return 97 - int(number[:13]) % 97 == int(number[13:])


def spi(text: str) -> bool:
    """Whether thirteen digits are a French tax number.

    Source: OECD, "Tax identification numbers, France": the first digit 0 to 3, and the last
    three the first ten modulo 511.

    >>> spi("30 23 217 600 053"), spi("30 23 217 600 054")
    (True, False)
    """
    number = _compact(text)
    if _number(number, 13) < 1 or number[0] not in "0123":
        return False
    return int(number[:10]) % 511 == int(number[10:])


def siren(text: str) -> bool:
    """Whether nine digits (SIREN) or fourteen (SIRET) are numbers of a French enterprise.

    Source: INSEE, "Numéro SIREN" and "Numéro SIRET": the Luhn formula over all digits; the
    establishments of La Poste, which follow another, are left out.

    >>> siren("732 829 320"), siren("732 829 320 00074"), siren("732829321")
    (True, True, False)
    """
    number = _compact(text)
    if _number(number, 9) < 1 and _number(number, 14) < 1:
        return False
    return _luhn_sum(number) % 10 == 0 and (len(number) == 9 or _luhn_sum(number[:9]) % 10 == 0)


EUROPEAN: Mapping[str, Callable[[str], bool]] = MappingProxyType(
    {
        "ccc": ccc,
        "cif": cif,
        "dni": dni,
        "icao": icao,
        "kvnr": kvnr,
        "nass": nass,
        "nir": nir,
        "rvnr": rvnr,
        "siren": siren,
        "spi": spi,
        "steuer_id": steuer_id,
        "ust_id": ust_id,
    },
)
"""Checks of this module by name."""
