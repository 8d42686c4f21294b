"""What a text must hold for a pattern to match in it, read off the pattern itself.

A pattern of a hundred alternatives is slow to search for; that none of its words stands in a
text is quick to see.  Whatever here is not understood asks for nothing, so that the pattern is
searched for as ever: a need may be too weak, never too strong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import regex
from regex import _regex_core

core: Any = _regex_core
"""The parser of `regex`, which is not part of what it promises."""

_ALTERNATIVES = 4000
"""Most strings an alternation may stand for, such as a list of words."""
_TOGETHER = 300
"""Most strings that parts one behind the other may stand for."""
_CHARACTERS = 12
"""Most characters of a set that are told apart."""

_BLANKS = (*range(9, 14), 32, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F,
           0x205F, 0x3000)  # fmt: skip
"""What `\\s` matches: Unicode's property White_Space."""
_ALIKE = {0x130: "i", 0x131: "i", 0x17F: "s", 0x212A: "k"}
"""Letters beyond ASCII that `regex` takes for one of ASCII where case is ignored."""
_PLAIN: Mapping[int, str] = {
    **{ord(char): char.lower() for char in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    **dict.fromkeys(map(ord, "0123456789"), "0"),
    **dict.fromkeys(_BLANKS, " "),
    **_ALIKE,
}


def plain(text: str) -> str:
    r"""Return a text in which case, kinds of blanks and the ten digits are not told apart.

    Only ASCII has case here; no character changes its place.

    >>> plain("Room 12\n(É)")
    'room 00 (É)'
    """
    return text.translate(_PLAIN)


@dataclass(frozen=True, slots=True)
class Need:
    """What the `plain` form of a text must hold for a pattern to match in it.

    Attributes:
        groups: Of each group at least one string must stand in it.
        digits: So many digits, 0 to 9, must stand in it.
    """

    groups: frozenset[frozenset[str]] = frozenset()
    digits: int = 0

    def met(self, text: str) -> bool:
        """Whether a text holds it; `sieve.Sieve` asks for many needs at once."""
        read = plain(text)
        return read.count("0") >= self.digits and all(
            any(word in read for word in group) for group in self.groups
        )


@dataclass(frozen=True, slots=True)
class _Part:
    """What is known of a part of a pattern.

    Attributes:
        strings: All plain strings it may match; None where they are not known.
        groups: See `Need`; beyond what the strings tell.
        digits: Least number of digits it matches.
    """

    strings: frozenset[str] | None = None
    groups: frozenset[frozenset[str]] = frozenset()
    digits: int = 0


_NOTHING = frozenset(("",))
_UNKNOWN = _Part()
_EMPTY = _Part(_NOTHING)
_SPACE = _Part(frozenset(" "))
_FULLCASE = int(core.FULLCASE)

_ZERO_WIDTH = frozenset(
    ("Boundary", "DefaultBoundary", "StartOfLine", "EndOfLine", "StartOfString", "EndOfString",
     "EndOfStringLine", "StartOfWord", "EndOfWord"),
)  # fmt: skip
_SINGLE = frozenset(("Character", "Range", "SetUnion", "Property"))
_REPEATS = frozenset(("GreedyRepeat", "LazyRepeat", "PossessiveRepeat"))


def need(pattern: str, flags: int) -> Need:
    """Return what a text must hold for a pattern to match in it.

    Args:
        pattern: In the syntax of `regex`; whether it is valid is not asked here.
        flags: As it is compiled with.
    """
    try:
        part = _part(_parsed(pattern, flags))
    except (AttributeError, LookupError, TypeError, ValueError, regex.error):
        # Without the parser as it is known here, nothing is asked for.
        return Need()
    groups = part.groups | _asked(part.strings)
    return Need(frozenset(filter(_telling, groups)), part.digits)


def words_need(words: Iterable[str]) -> Need:
    """Return what a text must hold for one of these words to stand in it, case ignored."""
    parts = [_sequence([_letter(ord(char)) for char in word]) for word in words]
    part = _branch(parts)
    groups = part.groups | _asked(part.strings)
    return Need(frozenset(filter(_telling, groups)), part.digits)


def _parsed(pattern: str, flags: int) -> Any:
    """Return the pattern as `regex` itself reads it, as its `_compile` does.

    Raises:
        ValueError: If it is read in another way than assumed here.
    """
    while True:
        source = core.Source(pattern)
        info = core.Info(flags, source.char_type, {})
        info.guess_encoding = core.UNICODE
        source.ignore_space = bool(info.flags & core.VERBOSE)
        try:
            parsed = core._parse_pattern(source, info)  # noqa: SLF001 - see `need`
        except core._UnscopedFlagSet:  # noqa: SLF001 - a flag in the middle holds from the start
            if flags == info.global_flags:
                raise ValueError("flags") from None
            flags = info.global_flags
            continue
        if not source.at_end() or info.flags & (core.REVERSE | core.VERSION1 | core.FULLCASE):
            raise ValueError("flags")
        return parsed


@lru_cache(maxsize=1)
def _blank() -> tuple[int, bool]:
    r"""Return how `regex` calls what `\s` matches, and that it is that and not its contrary."""
    node = core._parse_pattern(core.Source(r"\s"), core.Info(0, str, {}))  # noqa: SLF001
    return node.items[0].value, node.items[0].positive


def _part(node: Any) -> _Part:
    """Return what is known of a node of a pattern."""
    name = type(node).__name__
    if name == "Sequence":
        return _sequence([_part(one) for one in node.items])
    if name == "Branch":
        return _branch([_part(one) for one in node.branches])
    if name in {"Group", "Atomic"}:
        return _part(node.subpattern)
    if name in _REPEATS:
        return _repeated(_part(node.subpattern), node.min_count, node.max_count)
    if name == "LookAround":
        if not node.positive:
            return _EMPTY
        inner = _part(node.subpattern)
        return _Part(_NOTHING, inner.groups | _asked(inner.strings))
    if name in _ZERO_WIDTH:
        return _EMPTY
    return _character(node, name)


def _character(node: Any, name: str) -> _Part:
    """Return what is known of a node that matches one character."""
    if name not in _SINGLE or not node.positive or int(node.case_flags) & _FULLCASE:
        return _UNKNOWN
    if name == "Character":
        return _letter(node.value)
    if name == "Property":
        return _SPACE if (node.value, True) == _blank() else _UNKNOWN
    if name == "SetUnion":
        return _either([_character(one, type(one).__name__) for one in node.items])
    if node.upper - node.lower > 64:
        return _UNKNOWN
    return _either([_letter(code) for code in range(node.lower, node.upper + 1)])


def _either(parts: Sequence[_Part]) -> _Part:
    """Return what is known of a set of characters; where it is a large one, nothing."""
    chars: set[str] = set()
    for part in parts:
        if part.strings is None:
            return _UNKNOWN
        chars |= part.strings
    if len(chars) > _CHARACTERS:
        return _UNKNOWN
    return _Part(frozenset(chars), digits=min(part.digits for part in parts))


@lru_cache(maxsize=4096)
def _letter(code: int) -> _Part:
    """Return what is known of one character in any case.

    Of letters beyond ASCII nothing, but for those that have no case.
    """
    char = chr(code)
    if code > 127 and code not in _PLAIN and _cases(code) != [code]:
        return _UNKNOWN
    new = plain(char)
    return _Part(frozenset((new,)), digits=1 if new == "0" else 0)


def _cases(code: int) -> list[int]:
    return list(core._regex.get_all_cases(core.IGNORECASE, code))  # noqa: SLF001


def _sequence(parts: Sequence[_Part]) -> _Part:
    """Return what is known of parts one behind the other."""
    groups: set[frozenset[str]] = set()
    run: frozenset[str] = _NOTHING
    whole = True
    for part in parts:
        groups |= part.groups
        if part.strings is not None and len(run) * len(part.strings) <= _TOGETHER:
            run = frozenset(a + b for a in run for b in part.strings)
            continue
        whole = False
        groups |= _asked(run)
        run = part.strings if part.strings is not None else _NOTHING
    digits = sum(part.digits for part in parts)
    if whole:
        return _Part(run, frozenset(groups), digits)
    return _Part(None, frozenset(groups | _asked(run)), digits)


def _branch(parts: Sequence[_Part]) -> _Part:
    """Return what is known where any one of several parts matches."""
    digits = min((part.digits for part in parts), default=0)
    if all(part.strings is not None for part in parts):
        strings = frozenset(text for part in parts for text in part.strings or ())
        if len(strings) <= _ALTERNATIVES:
            return _Part(strings, digits=digits)
    group: set[str] = set()
    for part in parts:
        asked = part.groups | _asked(part.strings)
        if part.digits:
            asked |= {frozenset("0")}
        if not asked:
            return _Part(digits=digits)
        group |= max(asked, key=_worth)
    return _Part(None, frozenset((_least(group),)), digits)


def _repeated(part: _Part, least: int, most: int | None) -> _Part:
    """Return what is known of a part that matches several times."""
    if not least:
        few = part.strings is not None and most is not None
        strings = _times(part.strings, 0, most) if few else None  # type: ignore[arg-type]
        return _Part(strings)
    digits = least * part.digits
    groups = set(part.groups)
    strings = None
    if part.strings is not None:
        if most is not None:
            strings = _times(part.strings, least, most)
        if strings is None:
            groups |= _asked(_times(part.strings, least, least) or part.strings)
    return _Part(strings, frozenset(groups), digits)


def _times(strings: frozenset[str] | None, least: int, most: int) -> frozenset[str] | None:
    """Return the strings a part may match in so many times, or None where they are many."""
    if strings is None or most > 64 or len(strings) ** most > _TOGETHER:
        return None
    now: frozenset[str] = _NOTHING
    out: set[str] = set()
    for count in range(most + 1):
        if count >= least:
            out |= now
        now = frozenset(a + b for a in now for b in strings)
    return frozenset(out) if len(out) <= _TOGETHER else None


def _asked(strings: frozenset[str] | None) -> frozenset[frozenset[str]]:
    """Return the group one of whose strings a text must hold to match one of these."""
    if strings is None or "" in strings:
        return frozenset()
    return frozenset((_least(strings),))


def _least(strings: Iterable[str]) -> frozenset[str]:
    """Leave out the strings that hold another: where they stand, it stands."""
    out: set[str] = set()
    lengths: list[int] = []
    for text in sorted(strings, key=len):
        inside = (text[at : at + n] for n in lengths for at in range(len(text) - n + 1))
        if out.isdisjoint(inside):
            out.add(text)
            if len(text) not in lengths:
                lengths.append(len(text))
    return frozenset(out)


def _worth(group: AbstractSet[str]) -> tuple[bool, int, int, list[str]]:
    """Return how much it tells that one of these strings must stand in a text."""
    return _telling(group), min(map(len, group)), -len(group), sorted(group)


def _telling(group: AbstractSet[str]) -> bool:
    """Whether not nearly every text holds one of these strings: a letter, a blank."""
    return all(len(text) > 1 or not (text.isalpha() or text == " ") for text in group)
