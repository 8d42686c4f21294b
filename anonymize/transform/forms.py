"""A surrogate in the form the name had: full, given, titled, initials, in the same case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, partial

from anonymize.model.folding import fold, words
from anonymize.model.identities import Kind, Person, Surrogate
from anonymize.model.institutions import body, glued_head, glued_tail, head_length, tail_length
from anonymize.model.names import (
    PARTICLES,
    SUFFIXES,
    TITLES,
    clean,
    is_initial,
    parse,
    split_possessive,
)
from anonymize.model.policies import NameStyle
from anonymize.model.spelling import is_slip, sounds_alike

_INITIALS = re.compile(r"(?:[^\W\d_]\.?[ \-]?){1,4}")
_ACRONYM = 6
"""Letters an acronym has at most; its letters in capitals do not shout."""
_JOINTS = re.compile(r"([._])")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NAMES = 4096
"""Names kept in the form they were given: accounts write, and are named, again and again."""


@dataclass(frozen=True, slots=True)
class _Known:
    """The words by which a person is known, folded."""

    given: frozenset[str]
    family: frozenset[str]
    initials: frozenset[str]
    pairs: frozenset[str]


@lru_cache(maxsize=4096)
def _known(person: Person) -> _Known:
    """Return the words of a person's names; asked again for each of her mentions."""
    given: set[str] = set()
    family: set[str] = set()
    initials: set[str] = set()
    pairs: set[str] = set()
    for name in person.names:
        parts = parse(clean(name) or name)
        first, last = words(parts.given), words(parts.family)
        middle = [words(part) for part in parts.middle]
        if is_initial(name) or (name.isupper() and len(name) <= 3):
            initials.add(words(name).replace(" ", ""))
            continue
        given |= {first, *middle, *first.split()}
        family |= {last, *(word for word in last.split() if word not in PARTICLES)}
        if first and last:
            ends = {"".join(word[0] for word in last.split()), last.split()[-1][0]}
            begins = {first[0], "".join(word[0] for word in first.split())}
            inner = "".join(part[0] for part in middle if part)
            initials |= {b + i + e for b in begins for e in ends for i in {"", inner}}
            pairs.add((first + last).replace(" ", ""))
    short = {word for word in given if len(word) == 1}
    return _Known(
        frozenset(given - short - {""}),
        frozenset(family - {""}),
        frozenset(initials),
        frozenset(pairs),
    )


def bears(person: Person, surface: str) -> bool:
    """Whether a word is a given or family name of a person."""
    name = words(split_possessive(surface.strip())[0])
    known = _known(person)
    return not person.ambiguous and (name in known.given or name in known.family)


def _cased(text: str, like: str) -> str:
    """Return `text` in the case of `like`: all small, all capitals, else as it is.

    >>> _cased("Mira", "JANE"), _cased("Mira", "jane"), _cased("Mira", "Jane")
    ('MIRA', 'mira', 'Mira')
    """
    letters = [char for char in like if char.isalpha()]
    if letters and all(char.islower() for char in letters):
        return text.lower()
    if len(letters) > 1 and all(char.isupper() for char in letters):
        return text.upper()
    return text


def _initial(name: str, like: str) -> str:
    """Return the initial of a name, small and with a dot where that of `like` is."""
    letter = name[:1].upper()
    if like[:1].islower():
        letter = letter.lower()
    return letter + ("." if like.endswith(".") else "")


def _as_initials(core: str, surrogate: Surrogate) -> str:
    """Return the surrogate's initials, parted as those of `core` are."""
    letters = [char for char in core if char.isalpha()]
    if len(letters) == 1:
        return _initial(surrogate.given or surrogate.family, core)
    dot = "." if "." in core else ""
    gap = " " if " " in core else "-" if "-" in core else ""
    both = surrogate.given[:1] + dot + gap + surrogate.family[:1]
    return _cased(both, "".join(letters)) + (dot if core.endswith(".") else "")


def _possessive(base: str, ending: str, name: str) -> str:
    """Return the ending a name takes: "James'" becomes "Mira's"."""
    if len(ending) == 1 and base[-1:] in "sS" and name[-1:] not in "sS":
        return ending + ("S" if len(base) > 1 and base.isupper() else "s")
    return ending


def _single(word: str, known: _Known, surrogate: Surrogate) -> str:
    """Return the form of one word."""
    folded = words(word)
    squeezed = folded.replace(" ", "")
    letters = squeezed.isalpha() and len(squeezed) <= 4
    is_name = folded in known.given or folded in known.family
    if (
        letters
        and not is_name
        and _INITIALS.fullmatch(word)
        and (
            squeezed in known.initials
            or is_initial(word)
            or (word.isupper() and len(squeezed) <= 2)
        )
    ):
        return _as_initials(word, surrogate)
    if _is_family(folded, known):
        return _cased(surrogate.family or surrogate.given, word)
    if squeezed in known.pairs and folded not in known.given:
        gap = next(iter(_JOINTS.findall(word)), "")
        given, family = surrogate.given, surrogate.family
        if not gap and _HUMP.search(word):
            return given + family
        return _cased(given + gap + family, word)
    return _cased(surrogate.given or surrogate.family, word)


def _is_family(folded: str, known: _Known) -> bool:
    """Whether a word is a family name of hers, or a spelling of one and of no given name."""
    if folded in known.given or folded in known.family:
        return folded in known.family and folded not in known.given
    close = partial(_is_spelling, folded)
    return any(map(close, known.family)) and not any(map(close, known.given))


def _is_spelling(one: str, other: str) -> bool:
    return is_slip(one, other) or sounds_alike(one, other)


def _is_short(word: str, known: _Known) -> bool:
    folded = words(word).replace(" ", "")
    if folded in known.given or folded in known.family:
        return False
    return is_initial(word) or (word.isupper() and len(folded) == 2 and folded.isalpha())


def _several(tokens: list[str], known: _Known, surrogate: Surrogate) -> str:
    """Return the form of several words without title or possessive."""
    whole = words(" ".join(tokens))
    if whole in known.family:
        return _cased(surrogate.family or surrogate.given, tokens[-1])
    if whole in known.given or all(words(token) in known.given for token in tokens):
        last_is_family = words(tokens[-1]) in known.family
        if not last_is_family:
            return _cased(surrogate.given or surrogate.family, tokens[0])
    if all(_is_short(token, known) and is_initial(token) for token in tokens):
        gap = " "
        first = _initial(surrogate.given, tokens[0])
        return gap.join((first, _initial(surrogate.family, tokens[-1])))
    first, last = tokens[0], tokens[-1]
    turned = words(first) in known.family - known.given and words(last) in known.given
    given, family = (last, first) if turned else (first, last)
    if _is_short(given, known):
        short = given if is_initial(given) else given[0]
        new_given = _initial(surrogate.given, short)
    else:
        new_given = _cased(surrogate.given, given)
    if is_initial(family) and words(family) not in known.family:
        new_family = _initial(surrogate.family, family)
    else:
        new_family = _cased(surrogate.family, family)
    pair = (new_family, new_given) if turned else (new_given, new_family)
    return " ".join(part for part in pair if part)


def _titles(tokens: list[str]) -> int:
    """Return how many words at the beginning are forms of address."""
    count = 0
    while count < len(tokens) - 1 and words(tokens[count]) in TITLES:
        count += 1
    return count


def _person(core: str, known: _Known, surrogate: Surrogate) -> str:
    """Return the form of a name without possessive."""
    if core.count(",") == 1:
        left, right = (part.strip() for part in core.split(","))
        if left and right and words(right) not in SUFFIXES:
            tokens = right.split()
            at = _titles(tokens)
            first = tokens[at] if at < len(tokens) else ""
            family = _cased(surrogate.family, left)
            short = _is_short(first, known) and is_initial(first)
            given = _initial(surrogate.given, first) if short else _cased(surrogate.given, first)
            return f"{family}, {' '.join((*tokens[:at], given))}"
    tokens = core.replace(",", " ").split()
    at = _titles(tokens)
    titles, tokens = tokens[:at], tokens[at:]
    while len(tokens) > 1 and words(tokens[-1]) in SUFFIXES:
        tokens.pop()
    if not words(" ".join(tokens)):
        # Nothing legible: symbols alone.
        return surrogate.given or surrogate.family
    if len(tokens) == 1 and titles:
        folded = words(tokens[0])
        by_given = folded in known.given and folded not in known.family
        if len(folded) == 1:
            name = _initial(surrogate.family or surrogate.given, tokens[0])
        elif by_given or _is_short(tokens[0], known):
            name = _single(tokens[0], known, surrogate)
        else:
            name = _cased(surrogate.family or surrogate.given, tokens[0])
    elif titles and words(tokens[0]) in PARTICLES:
        name = _cased(surrogate.family or surrogate.given, tokens[-1])
    elif len(tokens) == 1:
        name = _single(tokens[0], known, surrogate)
    else:
        name = _several(tokens, known, surrogate)
    return " ".join((*titles, name))


def _organisation(core: str, person: Person, surrogate: Surrogate) -> str:
    """Return the surrogate with what says what sort of body it is, as written.

    Words of another sort before the kind go with the name; an acronym becomes the name.
    """
    tokens = core.split()
    folded = [words(token) for token in tokens]
    if len(tokens) > 1:
        first = head_length(folded)
        last = len(tokens) - tail_length(folded[first:])
        if first < last and (first or last < len(tokens)):
            name = _cased(surrogate.family, tokens[first])
            return " ".join((*tokens[:first], name, *tokens[last:]))
        for token, plain in zip(reversed(tokens), reversed(folded), strict=True):
            if tail_length([plain]):
                return f"{_cased(surrogate.family, token)} {token}"
    glued = _glued(core, person)
    if glued is not None:
        start, end = glued
        return core[:start] + _cased(surrogate.family, core[start:end]) + core[end:]
    is_short = core.isupper() and len(core) <= _ACRONYM
    return surrogate.family if is_short else _cased(surrogate.family, core)


def _glued(core: str, person: Person) -> tuple[int, int] | None:
    """Return where an organisation's own words stand in a name written as one word.

    Beside them there may stand nothing but what says what sort of body it is.
    """
    folded = fold(core)
    at = [place for place, char in enumerate(folded.text) if char != " "]
    squeezed = "".join(folded.text[place] for place in at)
    own = {"".join(body(name).words) for name in person.names} - {""}
    for known in sorted(own, key=lambda one: (-len(one), one)):
        start = squeezed.find(known)
        before, after = squeezed[: max(start, 0)], squeezed[start + len(known) :]
        fits = (not before or glued_head(before)) and (not after or glued_tail(after))
        if start >= 0 and fits and before + after:
            return folded.original(at[start], at[start + len(known) - 1] + 1)
    return None


def _coded(surrogate: Surrogate, style: NameStyle, like: str, *, joined: bool) -> str:
    if surrogate.code and style is not NameStyle.TAG:
        code = surrogate.code.replace(" ", "") if joined else surrogate.code
        return code.lower() if joined and like.islower() else code
    return surrogate.tag if joined else f"[{surrogate.tag}]"


@lru_cache(maxsize=_NAMES)
def render_name(
    surface: str,
    person: Person,
    surrogate: Surrogate,
    style: NameStyle,
    *,
    joined: bool = False,
) -> str:
    """Return the surrogate in the form of the original.

    Titles and possessives stay, middle names and degrees go; a form nobody foresaw becomes
    the given name when it is one word and the full name when it is more.

    Args:
        surface: The name as written, unescaped.
        person: Who it is; her names tell a given from a family name.
        surrogate: What she is called.
        style: How persons are called in the tier.
        joined: Whether it is part of a longer word, such as a hashtag.
    """
    base, ending = split_possessive(surface.strip())
    if style is not NameStyle.REALISTIC or not (surrogate.given or surrogate.family):
        return _coded(surrogate, style, base, joined=joined) + ending
    core = clean(base).strip(" ,-&@_") or base
    if person.kind is Kind.PERSON:
        name = _person(core, _known(person), surrogate)
    else:
        name = _organisation(core, person, surrogate)
    if joined:
        name = name.replace(" ", "")
    return name + _possessive(base, ending, name)


def full_name(surrogate: Surrogate, style: NameStyle) -> str:
    """Return the whole name of a surrogate."""
    if style is NameStyle.REALISTIC and (surrogate.given or surrogate.family):
        return f"{surrogate.given} {surrogate.family}".strip()
    return _coded(surrogate, style, "", joined=False)


@lru_cache(maxsize=_NAMES)
def render_display(value: str, person: Person, surrogate: Surrogate, style: NameStyle) -> str:
    """Return the display name of an account: without its symbols, and telling persons apart.

    A name of several words that are hers keeps its form (`Jane S.`); anything else, single
    words too, becomes the full name, for accounts must not come to share one.
    """
    core = clean(value)
    known = _known(person)
    tokens = [token for token in core.split() if words(token) not in TITLES]
    own = known.given | known.family
    hers = all(words(token) in own or is_initial(token) for token in tokens)
    if style is NameStyle.REALISTIC and len(tokens) > 1 and hers:
        return render_name(core, person, surrogate, style)
    return full_name(surrogate, style)
