"""New words beside old ones, where each old word has a place of its own: an item, an interval."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher


def spread(old: Sequence[str], new: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    """Return for each old word the new words in its place; none where there are fewer.

    All new words are given out, in order.  Of more words than places a number stays with the
    word before it (`Teacher 03`), and the last place takes the rest.

    Args:
        old: The words there are places for, at least one.
        new: The words to be put there.

    >>> spread(["so", "Anna", "said"], ["so", "Teacher", "03", "said"])
    (('so',), ('Teacher', '03'), ('said',))
    >>> spread(["Anna", "Maria", "left"], ["Mira", "left"])
    (('Mira',), (), ('left',))
    """
    places: list[list[str]] = [[] for _ in old]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            for at in range(i2 - i1):
                places[i1 + at].append(new[j1 + at])
        elif i1 == i2:
            # What came in where nothing was goes to the word before it, or to the first.
            places[max(i1 - 1, 0)] += new[j1:j2]
        else:
            for at, group in enumerate(_grouped(new[j1:j2], i2 - i1)):
                places[i1 + at] += group
    return tuple(map(tuple, places))


def _grouped(words: Sequence[str], count: int) -> list[list[str]]:
    """Return words in at most `count` groups."""
    groups = [[word] for word in words]
    while len(groups) > count:
        numbered = (at for at in range(1, len(groups)) if groups[at][0][:1].isdecimal())
        at = next(numbered, len(groups) - 1)
        groups[at - 1 : at + 1] = [groups[at - 1] + groups[at]]
    return groups
