"""Names of organisations in parts: the words that tell one, and what sort of body it is.

The table of kinds was made for this module: schools, colleges and universities as people in
Britain and the United States write them, and the commonest other bodies.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from anonymize.model.folding import words
from anonymize.model.names import split_possessive

_SPELLINGS: Mapping[str, str] = MappingProxyType(
    {
        "academy": "acad",
        "academy trust": "",
        "agency": "",
        "archive": "archives",
        "association": "assoc,assn",
        "bank": "",
        "borough council": "",
        "centre": "center,ctr",
        "charity": "",
        "church": "",
        "city council": "",
        "club": "",
        "college": "coll",
        "committee": "cttee",
        "community college": "",
        "company": "",
        "comprehensive school": "comprehensive,comp",
        "conservatoire": "",
        "council": "",
        "county council": "",
        "cricket club": "",
        "department": "dept",
        "elementary school": "elementary",
        "faculty": "",
        "football club": "fc",
        "foundation": "fdn",
        "further education college": "fe college,fec",
        "gallery": "",
        "grammar school": "grammar,gs",
        "group": "",
        "high school": "high,hs",
        "hospital": "hosp",
        "infant school": "infants school,infants",
        "institute": "inst",
        "junior school": "juniors",
        "library": "",
        "middle school": "",
        "multi academy trust": "mat",
        "museum": "",
        "nursery school": "nursery",
        "office": "",
        "organisation": "organization,org",
        "partnership": "",
        "preparatory school": "prep school,prep",
        "press": "",
        "primary academy": "",
        "primary school": "primary,ps",
        "project": "",
        "rugby football club": "rfc",
        "school": "sch",
        "secondary school": "secondary",
        "sixth form": "6th form,sixth",
        "sixth form college": "6th form college,sfc",
        "society": "soc",
        "special school": "",
        "students union": "student union,su",
        "studio": "studios",
        "theatre": "theater",
        "trust": "",
        "union": "",
        "university": "uni,univ",
        "university college": "",
        "upper school": "",
    },
)
"""Kinds of bodies, folded, with the other ways to write each."""

ALSO: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "cc": ("community college", "city council", "county council", "cricket club"),
        "academy": ("primary academy",),
        "club": ("cricket club", "football club", "rugby football club"),
        "college": (
            "sixth form college", "further education college", "community college",
            "university college",
        ),
        "council": ("borough council", "city council", "county council"),
        "school": (
            "comprehensive school", "elementary school", "grammar school", "high school",
            "infant school", "junior school", "middle school", "nursery school",
            "preparatory school", "primary school", "secondary school", "special school",
            "upper school",
        ),
        "sixth form": ("sixth form college",),
        "trust": ("academy trust", "multi academy trust"),
        "union": ("students union",),
    },
)  # fmt: skip
"""Kinds that a word may stand for beside its own: less is said, or it is short for several."""

_LEGAL = frozenset(
    [
        "ltd",
        "limited",
        "inc",
        "incorporated",
        "llc",
        "llp",
        "plc",
        "corp",
        "corporation",
        "co",
        "gmbh",
        "mbh",
        "ag",
        "kg",
        "ug",
        "bv",
        "nv",
        "vof",
        "sa",
        "sas",
        "sarl",
        "srl",
        "spa",
        "ab",
        "oy",
        "as",
        "aps",
        "cic",
        "cio",
    ],
)
"""Forms of companies, left out when names are compared."""

_UNIVERSITY = "university"
_CODES = {
    spelt: code
    for code, others in _SPELLINGS.items()
    for spelt in (code, *filter(None, others.split(",")))
} | {"cc": "cc"}
_LONGEST = max(len(spelt.split()) for spelt in _CODES)
_GLUED = frozenset(spelt.replace(" ", "") for spelt in (*_CODES, *_LEGAL))
_SMALL = frozenset(("the", "and"))
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ](?=\w)")
_DOTTED = re.compile(r"(?<!\w)(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?")
_HOST = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|[^\s/@]*[@＠])?((?:[\w-]+\.)+[^\W\d_]{2,})(?:[/?#]\S*)?"
)


@dataclass(frozen=True, slots=True)
class Body:
    """The name of an organisation in parts.

    Attributes:
        words: Folded words that tell it from others of its kind; of a name that says nothing
            but a kind none.
        kinds: What it is, in the order of the name: codes of the table, such as
            `sixth form college`; none where the name does not say.
    """

    words: tuple[str, ...] = field(default=(), repr=False)
    kinds: tuple[str, ...] = ()


def spellings(kind: str) -> tuple[str, ...]:
    """Return every way to write a kind, folded, the plain one first.

    >>> spellings("sixth form college")
    ('sixth form college', '6th form college', 'sfc')
    """
    return (kind, *filter(None, _SPELLINGS.get(kind, "").split(",")))


def tail(folded: Sequence[str]) -> tuple[str, ...]:
    """Return the kinds that folded words end in, empty for none; and see `tail_length`."""
    return _tail(folded)[0]


def tail_length(folded: Sequence[str]) -> int:
    """Return how many words at the end say what sort of body it is, and of what legal form.

    >>> tail_length(["ashton", "sixth", "form", "college", "ltd"]), tail_length(["ashton"])
    (4, 0)
    """
    return _tail(folded)[1]


def _tail(folded: Sequence[str]) -> tuple[tuple[str, ...], int]:
    end = len(folded)
    while end > 1 and folded[end - 1] in _LEGAL:
        end -= 1
    kinds: list[str] = []
    while end:
        for count in range(min(_LONGEST, end), 0, -1):
            code = _CODES.get(" ".join(folded[end - count : end]))
            if code is not None:
                kinds.insert(0, code)
                end -= count
                break
        else:
            break
    return tuple(kinds), len(folded) - end


def head_length(folded: Sequence[str]) -> int:
    """Return how many words stand before the name itself: "the", "university of the".

    >>> head_length(["university", "of", "ashton"]), head_length(["the", "ashton", "press"])
    (2, 1)
    """
    at = 1 if len(folded) > 1 and folded[0] == "the" else 0
    if len(folded) > at + 2 and folded[at + 1] == "of" and _is_university(folded[at]):
        at += 2
        at += len(folded) > at + 1 and folded[at] == "the"
    return at


def _is_university(word: str) -> bool:
    return _CODES.get(word) == _UNIVERSITY


def name_words(surface: str) -> tuple[str, ...]:
    """Return the folded words of an organisation's name in the form in which it is compared.

    Articles, "and", "&", possessives, dots of abbreviations and legal forms are left out, and
    "St" is "Saint"; hashtag and at sign too.

    >>> name_words("The St. Hilda's Press Ltd"), name_words("#AshtonSFC")
    (('saint', 'hildas', 'press'), ('ashtonsfc',))
    """
    plain = split_possessive(surface.strip().lstrip("#＃@＠"))[0]
    plain = _DOTTED.sub(lambda one: one.group().replace(".", ""), _APOSTROPHE.sub("", plain))
    every = words(plain).split()
    found = [word for word in every if word not in _SMALL] or every
    while len(found) > 1 and found[-1] in _LEGAL:
        found.pop()
    last = len(found) - 1
    return tuple("saint" if w == "st" and at < last else w for at, w in enumerate(found))


@lru_cache(65536)
def body(surface: str) -> Body:
    """Return the name of an organisation in parts.

    >>> body("University of the Ashton Hills") == body("Ashton Hills Uni")
    True
    >>> body("Ashton 6th Form College").kinds, body("The College").words
    (('sixth form college',), ())
    """
    found = name_words(surface)
    first: tuple[str, ...] = ()
    if len(found) > 2 and found[1] == "of" and _is_university(found[0]):
        first, found = (_UNIVERSITY,), found[2:]
    kinds, length = _tail(found)
    return Body(found[: len(found) - length], first + kinds)


def is_legal(word: str) -> bool:
    """Whether a folded word is the form of a company."""
    return word in _LEGAL


def host_labels(surface: str) -> tuple[str, ...]:
    """Return the labels of a host, folded and as one word each, without the last; empty for none.

    Reads hosts, URLs and e-mail addresses.

    >>> host_labels("https://www.ashton-sfc.ac.uk/staff"), host_labels("Ashton SFC")
    (('www', 'ashtonsfc', 'ac'), ())
    """
    match = _HOST.fullmatch(surface.strip().lower())
    if match is None:
        return ()
    return tuple(words(label).replace(" ", "") for label in match[1].split(".")[:-1])


def glued_tail(squeezed: str) -> bool:
    """Whether squeezed letters are kinds and legal forms and nothing else.

    >>> glued_tail("sfc"), glued_tail("sixthformcollegeltd"), glued_tail("media")
    (True, True, False)
    """
    reached = {0}
    for at in range(1, len(squeezed) + 1):
        if any(start in reached and squeezed[start:at] in _GLUED for start in range(at)):
            reached.add(at)
    return bool(squeezed) and len(squeezed) in reached


def glued_head(squeezed: str) -> bool:
    """Whether squeezed letters stand before a name: "the", "universityof"."""
    return squeezed in _GLUED_HEADS


_GLUED_HEADS = frozenset(
    ("the", *(f"{one}of{the}" for one in spellings(_UNIVERSITY) for the in ("", "the"))),
)
