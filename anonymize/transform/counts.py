"""Coarser counts: exact numbers of likes or followers find a post or an account again."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

ALL_DIGITS = -1
BANDS = 0
_LARGE = 100_000
"""From six digits on a count could be taken for an id, so it never keeps more than two."""
_LARGE_DIGITS = 2
_NUMBER = re.compile(r"[0-9]{1,30}(?:\.[0-9]{1,30})?|[0-9]{1,3}(?:,[0-9]{3})+")


def coarsen_count(value: str, digits: int) -> str | None:
    """Return a count with less of it shown, as a number still.

    Args:
        value: The number as it stands in the record.
        digits: Significant digits kept; 0 for the lowest number of its band of powers of ten
            (0, 1, 10, 100, …), so that a number stays a number; -1 for all.

    Returns:
        The new literal, or None when `value` is no count.

    >>> coarsen_count("1874", 2), coarsen_count("1874", 0), coarsen_count("1234567", -1)
    ('1900', '1000', '1200000')
    """
    plain = value.strip()
    if not _NUMBER.fullmatch(plain):
        return None
    try:
        number = Decimal(plain.replace(",", ""))
    except InvalidOperation:
        return None
    if number == 0:
        return value
    if digits == BANDS:
        return "0" if number < 1 else str(10 ** number.adjusted())
    if number >= _LARGE:
        digits = _LARGE_DIGITS if digits == ALL_DIGITS else min(digits, _LARGE_DIGITS)
    if digits == ALL_DIGITS:
        return value
    unit = Decimal(1).scaleb(number.adjusted() - digits + 1)
    rounded = (number / unit).quantize(Decimal(1), ROUND_HALF_UP) * unit
    if rounded == number:
        return value
    return f"{rounded.normalize():f}"
