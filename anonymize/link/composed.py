"""Names inside handles and e-mail addresses: `msjsmith_media`, `j4ne.sm1th`, `smithj`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from anonymize.link.wording import Shape, Wording
from anonymize.model.folding import words
from anonymize.model.identities import Gender
from anonymize.model.names import TITLES

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_SEPARATORS = re.compile(r"[\W_]+")
_LEET = str.maketrans("013457", "oieast")
_BETWEEN = re.compile(r"(?<=[a-z])[013457](?=[a-z])")
_DIGITS = re.compile(r"\d+")
_ADDRESS_TITLES = ("mrs", "miss", "mr", "ms", "mx", "dr", "prof", "sir")
_AFFIXES = frozenset(
    (
        "media", "film", "films", "tv", "art", "arts", "music", "drama", "english", "maths", "math",
        "science", "history", "teacher", "teach", "teaches", "teaching", "tutor", "edu", "ed",
        "education", "school", "college", "sfc", "uni", "class", "classroom", "learning", "learns",
        "student", "studies", "photo", "photos", "photography", "design", "writes", "writer",
        "reads", "blog", "blogs", "tweets", "real", "the", "official", "its", "im", "iam", "this",
        "is", "just", "hey", "xx", "xo", "x", "uk", "us", "nl", "de", "es", "fr", "eu", "tweet",
        "online", "work", "news", "pics", "lit", "lang", "geography", "pe", "phd", "ma", "ba",
    ),
)  # fmt: skip
"""Words that stand beside a name in the handles of teachers and students."""
_SHORTEST_FAMILY = 4
_SHORTEST_WHOLE = 7


@dataclass(frozen=True, slots=True)
class Cores:
    """What may be a name in a handle or the local part of an address.

    Attributes:
        whole: Letters written in one go that may hold both names, sorted.
        parts: Its words, such as `jane` and `smith`.
        gender: What a title in it tells.
        title: The title, empty for none.
    """

    whole: tuple[str, ...] = field(repr=False)
    parts: tuple[str, ...] = field(repr=False)
    gender: Gender = Gender.UNKNOWN
    title: str = ""


def cores(written: str) -> Cores:
    """Take a handle or the local part of an address apart.

    >>> cores("MsSmith_Media").parts, cores("jane.smith87").whole
    (('smith',), ('janesmith',))
    """
    tokens: list[str] = []
    for piece in _SEPARATORS.split(written):
        for hump in _HUMP.split(piece):
            plain = words(hump).replace(" ", "")
            plain = _DIGITS.sub("", _BETWEEN.sub(lambda m: m.group().translate(_LEET), plain))
            if plain:
                tokens.append(plain)
    gender, title = Gender.UNKNOWN, ""
    if len(tokens) > 1 and tokens[0] in TITLES:
        title = tokens.pop(0)
        gender = TITLES[title]
    kept = [token for token in tokens if token not in _AFFIXES]
    whole = dict.fromkeys(("".join(tokens), "".join(kept)))
    glued = "".join(kept)
    for prefix in _ADDRESS_TITLES:
        if not title and glued.startswith(prefix) and len(glued) > len(prefix) + 3:
            whole[glued.removeprefix(prefix)] = None
    # Twice: "therealjanesmith".
    for one in (*whole, *_trimmed(whole)):
        whole.update(dict.fromkeys(_trimmed((one,))))
    return Cores(tuple(sorted(filter(None, whole))), tuple(kept), gender, title)


def _trimmed(glued: Iterable[str]) -> list[str]:
    """Return letters written in one go without a usual word before or behind."""
    return [
        trimmed
        for one in glued
        for affix in _AFFIXES
        if len(affix) > 1 and len(one) - len(affix) >= _SHORTEST_FAMILY
        for trimmed in (one.removesuffix(affix), one.removeprefix(affix))
        if trimmed != one
    ]


def built(name: Wording) -> Iterator[tuple[str, bool]]:
    """Yield what a full name is written as in one go, and whether that shows both names.

    >>> from anonymize.link.wording import word
    >>> sorted(form for form, whole in built(word("Jane Smith")) if not whole)
    ['janes', 'jsmith', 'sjane', 'smithj']
    """
    if name.shape is not Shape.FULL:
        return
    given, family = name.given.replace(" ", ""), name.family.replace(" ", "")
    if len(given) < 2 or len(family) < 2:
        return
    if len(given) + len(family) >= _SHORTEST_WHOLE:
        yield given + family, True
        yield family + given, True
    if len(family) >= _SHORTEST_FAMILY:
        yield given[0] + family, False
        yield family + given[0], False
    if len(given) >= _SHORTEST_FAMILY:
        yield given + family[0], False
        yield family[0] + given, False
