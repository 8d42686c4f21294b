"""Known identifiers: what was learned that must not survive, and how to look for it.

A word that is also an ordinary one is not searched for everywhere: that would replace the
language instead of the person.  What is left out of the search is left out before replacing
and after writing alike.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator

from anonymize.link.nodes import Node, local_name
from anonymize.link.organisations import Sought, sought
from anonymize.link.wording import Shape, display, looks_like_name, word
from anonymize.model.folding import words
from anonymize.model.forms import phone_key
from anonymize.model.identities import KnownIdentifier, Search
from anonymize.model.labels import is_generic_label
from anonymize.model.names import parse
from anonymize.model.roster import BODIES, Roster
from anonymize.rulepacks.vocabulary import given_names

_SHORTEST_HANDLE = 4
_SHORTEST_NAME = 3
_SHORTEST_MIXED = 6
_SHORTEST_PART = 4
_STRICTEST = (Search.ALWAYS, Search.ANY_CASE, Search.AS_WRITTEN, Search.CAPITALISED, Search.FIELDS)


def learn(
    identifiers: Iterable[tuple[Node, Iterable[str]]],
    names: Iterable[str],
    labels: Iterable[str],
    roster: Roster,
    *,
    common: frozenset[str],
    allow: frozenset[str],
    usual: Container[str] = frozenset(),
    spoken: Iterable[str] = (),
    places: Container[str] = frozenset(),
    organisations: Iterable[Sought] | None = (),
) -> list[KnownIdentifier]:
    """Return every known identifier, each value once, sorted.

    Args:
        identifiers: Nodes of handles, e-mails and phones with their spellings.
        names: Display names and names from lists, as written.
        labels: Speaker labels, as written.
        roster: The researcher's word; her names are searched for whatever they are.
        common: Folded ordinary words.
        allow: Folded names that are no personal data, unless the roster has them.
        usual: Folded words the corpus itself writes without a capital.
        spoken: Full names that were found in texts only.
        places: Folded names of places of the corpus: no part of a name found in a text.
        organisations: Those found in texts that are looked for everywhere; None where the
            policy keeps organisations, so that only those of the roster are, as persons are.
    """
    is_common = common.__contains__
    found: dict[tuple[str, str], KnownIdentifier] = {}

    def add(entity_type: str, value: str, search: Search) -> None:
        at = entity_type, words(value)
        if not at[1]:
            return
        new, old = KnownIdentifier(entity_type, value, search), found.get(at)
        if old is None or _key(new) < _key(old):
            found[at] = new

    for node, spellings in identifiers:
        for written in spellings:
            if node[0] == "handle":
                add("HANDLE", written, _handle(written, is_common, allow))
                if (name := local_name(node)) and _handle(name, is_common, allow) is Search.ALWAYS:
                    add("HANDLE", name, Search.ANY_CASE)
            elif node[0] == "email":
                add("EMAIL_ADDRESS", node[1], Search.ALWAYS)
            elif node[0] == "phone" and phone_key(written):
                add("PHONE_NUMBER", written, Search.ALWAYS)
    for written in names:
        name = display(written)
        sure = looks_like_name(name, is_common) and words(name) not in allow
        add("PERSON", name, Search.ALWAYS if sure else Search.FIELDS)
        for part in _parts(name) if sure else ():
            search = _part(part, is_common, usual)
            if search is not None and words(part) not in allow:
                add("PERSON", part, search)
    for name in spoken:
        for value, search in _spoken(name, is_common, usual, places):
            if words(value) not in allow:
                add("PERSON", value, search)
    for written in labels:
        name = display(written)
        if not is_generic_label(written) and words(name) not in allow:
            add("PERSON", name, _label(name, is_common))
            for part in _parts(name) if looks_like_name(name, is_common) else ():
                search = _part(part, is_common, usual)
                if search is not None and words(part) not in allow:
                    add("PERSON", part, search)
    for row in roster.rows:
        for written in row.names:
            if row.role in BODIES:
                search = _lone(words(written), is_common)
                # How an ordinary word is used is told of persons' names only.
                sure = organisations is not None and search is Search.ALWAYS
                add("ORGANIZATION" if sure else "PERSON", written, search)
                continue
            for value, search in _roster(written, is_common):
                add("PERSON", value, search)
    if organisations is not None:
        listed = (sought(row.names) for row in roster.rows if row.role in BODIES)
        met = (one for one in organisations if allow.isdisjoint(one.forms))
        for body in (*listed, *met):
            if not all(is_common(one) or one in usual for one in body.distinctive):
                for form in body.forms:
                    add("ORGANIZATION", form, Search.ALWAYS)
    return sorted(found.values(), key=lambda one: (one.entity_type, one.value, one.search))


def _key(one: KnownIdentifier) -> tuple[int, str]:
    return _STRICTEST.index(one.search), one.value


def _handle(written: str, is_common: Callable[[str], bool], allow: frozenset[str]) -> Search:
    folded = words(written)
    ordinary = any(is_common(form) or form in allow for form in (folded, folded.replace(" ", "")))
    return Search.FIELDS if ordinary or len(written) < _SHORTEST_HANDLE else Search.ALWAYS


def _label(name: str, is_common: Callable[[str], bool]) -> Search:
    if looks_like_name(name, is_common):
        return Search.ALWAYS
    parts = word(name)
    if parts is None or parts.shape is not Shape.SINGLE:
        return Search.FIELDS
    # "jane42" and "Ms_Smith" are names of accounts; what is shorter is a code or initials.
    if not name.isalpha() and len(name) < _SHORTEST_MIXED:
        return Search.FIELDS
    if name.isupper() and len(name) < _SHORTEST_HANDLE:
        return Search.FIELDS
    return _lone(parts.key, is_common)


def _parts(name: str) -> Iterator[str]:
    """Yield the given and family name of a display name, as written, if they are long enough."""
    taken = word(name)
    if taken is not None and taken.shape in {Shape.FULL, Shape.TITLED, Shape.GENDERED}:
        parts = parse(taken.written)
        if len(parts.given) >= _SHORTEST_NAME and words(parts.given) in given_names():
            yield parts.given
        yield from (one for one in (parts.given, parts.family) if len(one) >= _SHORTEST_PART)


def _spoken(
    written: str,
    is_common: Callable[[str], bool],
    usual: Container[str],
    places: Container[str],
) -> Iterator[tuple[str, Search]]:
    """Yield a full name found in a text, and its parts, where a usual given name vouches for it.

    A model takes a film or a course for a person now and then; what has no given name in use
    is replaced where it was found and not looked for elsewhere.
    """
    name = word(written)
    if name is None or name.shape is not Shape.FULL or name.given not in given_names():
        return
    if is_common(name.given) or all(map(is_common, name.family.split())):
        return
    yield written, Search.ALWAYS
    for part in _parts(written):
        search = _part(part, is_common, usual)
        if search is not None and words(part) not in places:
            yield part, search


def _part(
    part: str,
    is_common: Callable[[str], bool],
    usual: Container[str],
) -> Search | None:
    """Return how a part of a full name is searched for that nobody but the name vouches for."""
    folded = words(part)
    if folded in given_names():
        if is_common(folded):
            return Search.CAPITALISED
        return Search.ANY_CASE if len(folded) >= _SHORTEST_PART else Search.AS_WRITTEN
    return None if is_common(folded) or folded in usual else Search.AS_WRITTEN


def _lone(folded: str, is_common: Callable[[str], bool]) -> Search:
    """Return how a name of one part is searched for."""
    if len(folded) < _SHORTEST_NAME or all(map(is_common, folded.split())):
        return Search.CAPITALISED
    return Search.ALWAYS


def _roster(
    written: str, is_common: Callable[[str], bool],
) -> Iterable[tuple[str, Search]]:  # fmt: skip
    """Yield a name of the roster and its parts with how to search for them."""
    name = word(written)
    if name is None:
        return
    if name.shape is Shape.FULL:
        yield written, Search.ALWAYS
        for part in (name.given, name.family):
            yield part, _lone(part, is_common)
    elif name.shape in {Shape.GENDERED, Shape.TITLED, Shape.INITIAL}:
        yield written, Search.ALWAYS
        part = name.family if len(name.family) > 1 else name.given
        yield part, _lone(part, is_common)
    elif name.shape is Shape.INITIALS and not is_common(name.key) and 1 < len(name.key) <= 3:
        yield written, Search.AS_WRITTEN
    elif name.shape is Shape.INITIALS or is_generic_label(written):
        yield written, Search.FIELDS
    else:
        yield written, _lone(name.key, is_common)
