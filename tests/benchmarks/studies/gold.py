"""The linker by itself: a study's files are read, its names told, and everybody asked for."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from anonymize.formats.catalogue import FORMATS
from anonymize.formats.intake import take_in
from anonymize.link.directory import StoreDirectory
from anonymize.link.resolve import Resolution, resolve
from anonymize.link.store import IdentityStore
from anonymize.link.tally import Tally
from anonymize.model.directory import Entry
from anonymize.model.documents import Document, Shard
from anonymize.model.fields import Field, Role
from anonymize.model.identities import Surrogate
from anonymize.model.keys import Keys
from anonymize.model.roster import Roster
from anonymize.model.spans import Finding, Span
from anonymize.rulepacks import vocabulary
from anonymize.rulepacks.packs import load_pack
from anonymize.rulepacks.roster import load_roster
from anonymize.rulepacks.study import PACKS
from tests.benchmarks.studies.metrics import AMBIGUOUS, NOBODY, Answer
from tests.benchmarks.studies.study import LABEL, TEXT, TWEETS, Said, Study

_TIER = "safeguarded"


@dataclass(frozen=True, slots=True)
class Asked:
    """A name with where it stands in what was read.

    Attributes:
        said: The name.
        document: As read.
        path: Of its field in the document.
        value: What stands in that field.
    """

    said: Said
    document: Document = field(repr=False)
    path: tuple[str | int, ...]
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Reply:
    """A mention with the answer about it; private.

    Attributes:
        answer: Who it is and who it was taken for.
        surface: The name.
        where: File and record.
        text: What stands around it.
    """

    answer: Answer
    surface: str = field(repr=False)
    where: str
    text: str = field(default="", repr=False)


def located(study: Study, folder: Path) -> Iterator[tuple[Document, list[Asked]]]:
    """Yield every document of the files in a folder with the names in it.

    Raises:
        ValueError: If a file is not read as it was written.
    """
    told: dict[tuple[str, str, str], list[Said]] = {}
    for said in study.truth():
        told.setdefault((said.file, said.record, said.part), []).append(said)
    names = [one.name for one in study.talks] + [TWEETS]
    for name in names:
        for item in documents(folder / name):
            yield item, list(_asked(item, name, told))
    if told:
        raise ValueError(f"{len(told)} texts and labels are not read as such")


def planned(path: Path, token: Callable[[str], str] = str) -> tuple[Shard, ...]:
    """Return the shards of a file.

    Args:
        path: Of the file.
        token: Names what is written, as `intake.take_in` has it.
    """
    return take_in([str(path)], name_token=token).shards


def documents(path: Path) -> Iterator[Document]:
    """Yield what a file's reader reads.

    Raises:
        ValueError: If it cannot read a record.
    """
    for shard in planned(path):
        for item in FORMATS[shard.format].read(shard):
            if not isinstance(item, Document):
                raise ValueError(f"{shard.label}: {item.code}")  # noqa: TRY004 - it is the file
            yield item


def _asked(
    document: Document, name: str, told: dict[tuple[str, str, str], list[Said]]
) -> Iterator[Asked]:
    for record, part, one in parts(document, name):
        for said in told.pop((name, record, part), ()):
            if one.value[said.mark.start : said.mark.end] != said.surface:
                raise ValueError(f"{name}: record {record} is not read as written")
            yield Asked(said, document, one.path, one.value)


def parts(document: Document, name: str) -> Iterator[tuple[str, str, Field]]:
    """Yield the texts and labels of a document with the number of their turn."""
    if name == TWEETS:
        yield document.id, TEXT, next(one for one in document.fields if one.path == ("text",))
        return
    # The lines of a header come first and are no turn.
    body = [one for one in document.fields if one.path[0] in {"turns", "cues"}]
    numbers: dict[object, str] = {}
    for one in body:
        number = numbers.setdefault(one.path[1], str(len(numbers)))
        if one.role is Role.TEXT:
            yield number, TEXT, one
        elif one.role is Role.NAME:
            yield number, LABEL, one


def entry_of(directory: StoreDirectory, document: Document, said: Said) -> Entry | None:
    """Return who is meant by a name in a document."""
    match said.mark.entity_type:
        case "HANDLE":
            return directory.handle("x", said.surface)
        case "EMAIL_ADDRESS":
            return directory.email(said.surface)
        case _:
            return directory.name(said.surface, document.place)


def answers(
    study: Study, read: Sequence[tuple[Document, Sequence[Asked]]], directory: StoreDirectory
) -> Iterator[Reply]:
    """Yield the answer to every mention.

    Names count each time they stand in a text; labels once an interview.  Handles, user ids,
    display names and addresses count once each, however often they stand there: they are easy,
    and would outnumber all else.
    """
    seen: set[str] = set()
    for document, asked in read:
        for one in asked:
            said = one.said
            if said.mark.entity_type in {"HANDLE", "EMAIL_ADDRESS"}:
                if said.surface.casefold() in seen:
                    continue
                seen.add(said.surface.casefold())
            answer = _answer(said.mark.kind, said.mark.person, entry_of(directory, document, said))
            around = one.value[max(0, said.mark.start - 60) : said.mark.end + 60]
            where = f"{said.file} {said.record} {said.part}"
            yield Reply(answer, said.surface, where, around)
    for person, account, handles in study.writers:
        user = directory.user("x", account.user_id)
        yield Reply(_answer("user", person.id, user), account.user_id, TWEETS)
        # A display name is replaced as its account is.
        yield Reply(_answer("display", person.id, user), account.display, TWEETS)
        for handle in sorted(handles):
            if f"@{handle}".casefold() not in seen:
                found = directory.handle("x", handle)
                yield Reply(_answer("handle", person.id, found), handle, TWEETS)


def _answer(kind: str, truth: str, found: Entry | None) -> Answer:
    if found is None:
        return Answer(kind, truth, NOBODY)
    return Answer(kind, truth, AMBIGUOUS if found.person.ambiguous else found.person.id)


def tallied(read: Sequence[tuple[Document, Sequence[Asked]]]) -> Tally:
    """Return the evidence of documents in which every name was found."""
    tally = Tally()
    for document, asked in read:
        findings = [
            Finding(one.path, Span(mark.start, mark.end, mark.entity_type, 1.0, "ner/gold"))
            for one in asked
            if one.said.part == TEXT
            for mark in (one.said.mark,)
        ]
        tally.note(document, findings, frozenset())
    return tally


def link(tally: Tally, roster: Roster, store: IdentityStore, keys: Keys) -> Resolution:
    """Say who is who, as a run does with its default packs, and tag everybody."""
    packs = [load_pack(name) for name in PACKS]
    found = resolve(
        tally,
        roster,
        store,
        keys,
        ordinary=vocabulary.ordinary(packs),
        allow=vocabulary.allowed(packs),
    )
    with store.transaction():
        for person in store.persons():
            store.put_surrogate(_TIER, Surrogate(person.id, tag=person.id))
    return found


def gold(study: Study, *, roster: bool) -> list[Reply]:
    """Link a study whose names are all found, and return the answer to every mention."""
    keys = Keys(b"k" * 32)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        study.write(folder)
        listed = Roster()
        if roster:
            table = folder / "people.csv"
            table.write_text(study.roster(), "utf-8")
            listed = load_roster(table)
        read = list(located(study, folder))
        with IdentityStore(folder / "identities.sqlite", keys, write=True) as store:
            link(tallied(read), listed, store, keys)
            return list(answers(study, read, store.directory(_TIER)))
