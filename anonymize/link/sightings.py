"""How identities were seen in the material, counted while its documents go by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from anonymize.link.accounts import identifiers
from anonymize.link.directory import StoreDirectory
from anonymize.link.evidence import LISTED, SPEAKER, Seen, observe
from anonymize.link.nodes import Node
from anonymize.link.store import IdentityStore
from anonymize.link.wording import Shape, Wording, display, key_of, word
from anonymize.model.documents import Document
from anonymize.model.encodings import decode
from anonymize.model.fields import Path
from anonymize.model.identities import Mention, Person, Surrogate
from anonymize.model.names import split_possessive
from anonymize.model.spans import Span

_FORMULA = "=+-@＝＋－＠ \t\r'\""
"""What a table program may take for the beginning of a formula, or of a quotation."""


@dataclass(slots=True)
class Sightings:
    """How an identity was seen; counted while documents go by.

    Attributes:
        mentions: Stretches of text and places in fields that mean it; the fields of one account
            or speaker in one document are one place.
        documents: Documents it was seen in.
        files: Those documents by file.
        names: Names it was called by, as written, and how often.
        others: The same of handles, addresses and phone numbers.
    """

    mentions: int = 0
    documents: int = 0
    files: Counter[str] = field(default_factory=Counter, repr=False)
    names: Counter[str] = field(default_factory=Counter, repr=False)
    others: Counter[str] = field(default_factory=Counter, repr=False)

    def add(self, other: Sightings) -> None:
        """Take in those of another identity."""
        self.mentions += other.mentions
        self.documents += other.documents
        for mine, theirs in (
            (self.files, other.files),
            (self.names, other.names),
            (self.others, other.others),
        ):
            mine.update(theirs)


class Everybody:
    """Looks persons up as the directory of a tier does, before anybody has a surrogate.

    Args:
        store: Open for reading at least.
    """

    __slots__ = ("_directory", "_store")

    def __init__(self, store: IdentityStore) -> None:
        self._store = store
        self._directory = StoreDirectory(self, "")

    def node(self, node: Node) -> Person | None:
        """Return whose node it is."""
        return self._store.node(node)

    def named(self, scope: str, key: str) -> Person | None:
        """Return who is meant by a folded name in a scope."""
        return self._store.named(scope, key)

    def surrogate(self, tier: str, person: str) -> Surrogate | None:
        """Return that everybody is called something."""
        del tier
        return Surrogate(person)

    def handles(self, platform: str) -> list[str]:
        """Return every known handle of a platform."""
        return self._store.handles(platform)

    def called(self, name: str, place: str = "") -> Person | None:
        """Return who is meant by a name in a place, or where no document says otherwise."""
        found = self._directory.name(name, place)
        return None if found is None else found.person

    def meant(self, mention: Mention) -> Person | None:
        """Return who is meant by a stretch of text."""
        surface = mention.surface
        match mention.entity_type:
            case "HANDLE":
                found = self._directory.handle("", surface)
            case "EMAIL_ADDRESS":
                found = self._directory.email(surface)
            case "PHONE_NUMBER":
                found = self._directory.phone(surface)
            case "PERSON" | "SPEAKER" | "ORGANIZATION" | "NAME":
                found = self._directory.name(surface, mention.scope)
            case _:
                found = None
        return None if found is None else found.person

    def account(self, seen: Seen) -> Person | None:
        """Return whose account or label it is."""
        if seen.sighting.platform == SPEAKER:
            return self.called(display(seen.sighting.names[0]), seen.scope)
        # The first is the strongest: of a renamed account its id.
        return next((self.node(node) for node, _ in identifiers(seen)), None)


_NAMES = frozenset(("PERSON", "SPEAKER", "ORGANIZATION", LISTED))


def sight(
    document: Document,
    spans: Mapping[Path, Sequence[Span]],
    who: Everybody,
    file: str,
    seen: dict[str, Sightings],
) -> None:
    """Count whom a document mentions and has in its fields.

    Args:
        document: As read.
        spans: What stands in its texts, by field.
        who: Who is who.
        file: What the file is called.
        seen: Added to, by `Person.id`.
    """
    said: set[str] = set()
    for one in document.fields:
        for span in spans.get(one.path, ()):
            surface = decode(one.value[span.start : span.end], one.encoding).text.strip()
            mention = Mention(span.entity_type, surface, document.place)
            if (person := who.meant(mention)) is not None:
                said.add(person.id)
                _count(seen, person).mentions += 1
                _written(seen[person.id], mention.entity_type, surface)
    held: set[str] = set()
    for item in observe(document, ()):
        if isinstance(item, Seen):
            person, texts = who.account(item), _texts(item)
        elif isinstance(item, Mention):
            person, texts = who.meant(item), ((LISTED, item.surface),)
        else:
            continue
        if person is not None:
            held.add(person.id)
            sighted = _count(seen, person)
            for kind, text in texts:
                _written(sighted, kind, text)
    for one_id in sorted(said | held):
        sighted = seen[one_id]
        # What a post says with `@` stands in its fields once more.
        sighted.mentions += one_id not in said
        sighted.documents += 1
        sighted.files[file] += 1


def _count(seen: dict[str, Sightings], person: Person) -> Sightings:
    return seen.setdefault(person.id, Sightings())


def _texts(item: Seen) -> tuple[tuple[str, str], ...]:
    one = item.sighting
    return (
        *((LISTED, name) for name in one.names),
        *(("HANDLE", handle) for handle in one.handles),
        *(("EMAIL_ADDRESS", address) for address in one.emails),
        *(("PHONE_NUMBER", number) for number in one.phones),
    )


def _written(sighted: Sightings, entity_type: str, text: str) -> None:
    if entity_type in _NAMES:
        sighted.names[split_possessive(text)[0]] += 1
    elif entity_type == "HANDLE":
        sighted.others["@" + text.lstrip("@＠")] += 1
    else:
        sighted.others[text] += 1


class Called:
    """Who is called what, anywhere in the material.

    Args:
        persons: All identities.
        seen: How each was seen, by `Person.id`.
    """

    __slots__ = ("_bearers", "_family", "_given")

    def __init__(self, persons: Iterable[Person], seen: Mapping[str, Sightings]) -> None:
        self._bearers: dict[str, set[str]] = {}
        self._given: dict[str, set[str]] = {}
        self._family: dict[str, set[str]] = {}
        for one in persons:
            sighted = seen.get(one.id)
            written = {*one.names, *(sighted.names if sighted else ())}
            for name in {display(each) for each in written}:
                self._bearers.setdefault(key_of(name), set()).add(one.id)
                taken = word(name)
                if taken is not None and taken.shape is Shape.FULL and not one.ambiguous:
                    self._given.setdefault(taken.given, set()).add(one.id)
                    self._family.setdefault(taken.family, set()).add(one.id)

    def bearers(self, key: str) -> frozenset[str]:
        """Return whom a name means, by its key."""
        return frozenset(self._bearers.get(key, ()))

    def given(self, name: str) -> frozenset[str]:
        """Return whose given name it is, folded."""
        return frozenset(self._given.get(name, ()))

    def two(self, name: Wording) -> bool:
        """Whether a name may be two persons' given names side by side.

        Its second word is the given name of somebody, and the family name of nobody else.
        """
        return bool(self._given.get(name.family)) and len(self._family.get(name.family, ())) < 2


def clean(value: str) -> str:
    """Return a value on one line, without what a table program would take for a formula.

    >>> clean("=HYPERLINK(1)"), clean(" @jane;  x")
    ('HYPERLINK(1)', 'jane, x')
    """
    return " ".join(value.split()).lstrip(_FORMULA).replace('"', "”").replace(";", ",")
