"""Ids that lost digits: in a spreadsheet, or in a column of floats.

A double holds 53 bits, an id of a post 63: `1697051672621597026` becomes `1.69705E+18` in
Excel's display, `1697051672621590000` in what Excel stores (15 digits), `1.697051672621597e+18`
or `1697051672621597000` where it went through JavaScript (16 to 17 digits), and
`1697051672621596928` where a float was turned into an integer again.  Nothing brings the digits
back, and the wrong ids join the wrong rows.

The first and the third are certain in one cell.  Whole numbers are told by their column: how
many end in zeros, or are multiples of what separates doubles of that size, that chance would
not have.  Ids before 2016 mostly are multiples of 4096, which a double holds exactly: they tell
nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from anonymize.errors import FormatError

_CERTAIN = regex.compile(r"\d(?:[.,]\d+)?[eE]\+?\d+|\d{16,}[.,]0*")
_LONG = 17
"""Digits from which an id is longer than a double is exact."""
_FINE = 32
"""Doubles are this far apart from 2^57 (1.4e17, August 2011) on; below, chance is too near."""
_SEQUENCE = 4096


@dataclass(slots=True)
class IdColumn:
    """What was seen of one column of ids.

    Attributes:
        long: Ids long enough to be damaged.
        telling: Of these, those which are no multiple of 4096.
        fifteen: Long ids with zeros from the 16th digit on.
        sixteen: Likewise from the 17th on.
        grid: Telling ids that are multiples of the distance of doubles.
        first: Row of the first suspect, from 1; 0 for none.
    """

    long: int = 0
    telling: int = 0
    fifteen: int = 0
    sixteen: int = 0
    grid: int = 0
    first: int = 0

    def see(self, value: str, row: int) -> bool:
        """Note a cell; whether it is certainly damaged."""
        if _CERTAIN.fullmatch(value):
            return True
        if not _LONG <= len(value) <= 19 or not value.isascii() or not value.isdigit():
            return False
        self.long += 1
        number = int(value)
        fifteen, sixteen = not value[15:].strip("0"), not value[16:].strip("0")
        telling = number % _SEQUENCE != 0
        step = 1 << max(0, number.bit_length() - 53)
        grid = telling and step >= _FINE and number % step == 0
        self.telling += telling
        self.fifteen += fifteen
        self.sixteen += sixteen
        self.grid += grid
        if (fifteen or sixteen or grid) and not self.first:
            self.first = row
        return False

    @property
    def damaged(self) -> bool:
        """Whether more ids look damaged than chance would have.

        Of ids of 18 digits one in 1000 ends in zeros after the 15th, one in 100 after the
        16th; of telling ids one in 32 or fewer is a multiple of the distance of doubles.
        """
        return (
            (self.fifteen >= 2 and self.fifteen * 10 >= self.long)
            or (self.sixteen >= 3 and self.sixteen * 2 >= self.long)
            or (self.grid >= 4 and self.grid * 2 >= self.telling)
            or (self.fifteen == self.long == 1)
        )


class IdWatch:
    """Watches the columns of ids of one table.

    Args:
        label: How messages name the table.
    """

    def __init__(self, label: str) -> None:
        self._label = label
        self._columns: dict[str, IdColumn] = {}

    def see(self, column: str, value: str, row: int) -> None:
        """Note a cell.

        Args:
            column: How messages name its column.
            value: What it says.
            row: Number of its row below the header, from 1.

        Raises:
            FormatError: If the id certainly lost digits.
        """
        if self._columns.setdefault(column, IdColumn()).see(value, row):
            raise self._error(column, row)

    def close(self) -> None:
        """Judge the columns as a whole.

        Raises:
            FormatError: If the ids of one look damaged.
        """
        for column, seen in self._columns.items():
            if seen.damaged:
                raise self._error(column, seen.first)

    def _error(self, column: str, row: int) -> FormatError:
        return FormatError(
            f"{self._label}: {column}, row {row}: ids that lost digits in a spreadsheet or "
            "a column of numbers would join the wrong rows; export again with ids as text, or "
            f"leave the column out with --columns drop={_quoted(column)}",
        )


def _quoted(column: str) -> str:
    """Return the column as `--columns` takes it."""
    name = column.removeprefix("column ").strip("'")
    return "#" + name if name.isdigit() else name
