"""Two given names that stand side by side and were heard as one name.

"Cheers Jessamy Olumide" thanks one person and is signed by another.  Taken for a full name it
would make a third person of the two, and each of them ambiguous wherever she is called by her
given name.
"""

from __future__ import annotations

from collections.abc import Iterable

from anonymize.model.folding import words
from anonymize.model.names import clean, parse, split_possessive


class GivenNames:
    """Tells names of one person from names of two, by those that metadata and roster give.

    Args:
        names: Full names of people known from elsewhere than running text.
    """

    __slots__ = ("_family", "_given")

    def __init__(self, names: Iterable[str]) -> None:
        parts = [parse(clean(name)) for name in names]
        self._given = {words(one.given) for one in parts if one.given and one.family}
        self._family = {words(one.family) for one in parts if one.given and one.family}

    def apart(self, surface: str) -> tuple[str, ...]:
        """Return the names a surface holds: two where both are given names, else itself.

        A word that is somebody's family name as well parts nothing.

        >>> GivenNames(["Ann Lee", "Bo Berg"]).apart("Ann Bo")
        ('Ann', 'Bo')
        >>> GivenNames(["Ann Lee", "Bo Berg"]).apart("Ann Berg")
        ('Ann Berg',)
        """
        pair = split_possessive(surface)[0].split()
        if len(pair) != 2:
            return (surface,)
        folded = [words(one) for one in pair]
        two = all(one in self._given and one not in self._family for one in folded)
        return tuple(pair) if two and folded[0] != folded[1] else (surface,)
