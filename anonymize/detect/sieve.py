"""Which of many needs a text meets, seen in one pass over it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import ahocorasick

from anonymize.detect.needs import Need, plain


class Sieve:
    """Tells which of many needs a text meets.

    All strings of all needs are looked for at once (Aho and Corasick 1975,
    doi:10.1145/360825.360855).

    Args:
        needs: In the order in which they are spoken of.
    """

    __slots__ = ("_automaton", "_needs")

    def __init__(self, needs: Sequence[Need]) -> None:
        groups: dict[frozenset[str], int] = {}
        for need in needs:
            for group in sorted(need.groups, key=sorted):
                groups.setdefault(group, 1 << len(groups))
        strings: dict[str, int] = {}
        for group, bit in groups.items():
            for string in group:
                strings[string] = strings.get(string, 0) | bit
        self._automaton: Any = ahocorasick.Automaton()
        for string, bits in strings.items():
            self._automaton.add_word(string, bits)
        self._automaton.make_automaton()
        self._needs = [
            (sum(groups[group] for group in need.groups), need.digits, at)
            for at, need in enumerate(needs)
        ]

    def met(self, text: str) -> list[int]:
        """Return the numbers of the needs that a text meets."""
        read = plain(text)
        digits = read.count("0")
        held = 0
        if len(self._automaton):
            for _, bits in self._automaton.iter(read):
                held |= bits
        return [at for bits, least, at in self._needs if bits & held == bits and least <= digits]
