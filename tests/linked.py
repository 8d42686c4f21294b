"""Hand-written cases of who is who, taken through the readers and the linker.

`tests/regression/linking.yaml` says at its head how a case is written.  Here it becomes files,
is read and linked as a run would, and every mention, label and account is asked for.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import lru_cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from anonymize.formats.catalogue import FORMATS
from anonymize.formats.intake import take_in
from anonymize.link.directory import StoreDirectory
from anonymize.link.resolve import resolve
from anonymize.link.store import IdentityStore
from anonymize.link.tally import Tally
from anonymize.model.documents import Document
from anonymize.model.fields import Role
from anonymize.model.identities import Person, Surrogate
from anonymize.model.keys import Keys
from anonymize.model.roster import Roster, RosterRow
from anonymize.model.spans import Finding, Span
from anonymize.rulepacks.packs import load_pack
from anonymize.rulepacks.vocabulary import ordinary

TABLE = Path(__file__).parent / "regression" / "linking.yaml"

UNDECIDED = "?"
"""Truth of what fits several persons: an ambiguous identity, nobody else's."""
APART = "~"
"""Truth of what a guess would be needed for: whoever or nobody, but none of the numbered."""
NOBODY = "-"
"""Truth of what is no name: nothing is known of it."""

_TIER = "safeguarded"
_HEADER = "%"
_FIRST_POST = 880000000000000001
_MARK = re.compile(r"\[([^\[\]|]+)\|([^\[\]|]+)(?:\|([A-Z_]+))?\]")
_TURN = re.compile(r"(?:([^:\[\]|]{1,40})(?:\|([^:\[\]|]+))?: )?(.*)", re.DOTALL)
_HANDLE = re.compile(r"(?<![\w@.])@\w+")
_TRUTH = re.compile(r"(?:[1-9]|[?~-])(?:/(?:[1-9]|[?~-]))*")


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of a text with who is meant; a handle's truth stands with the accounts."""

    start: int
    end: int
    entity_type: str
    truth: frozenset[str]


@dataclass(frozen=True, slots=True)
class Passage:
    """A tweet or a turn of a talk.

    Attributes:
        text: Without the brackets of its marks.
        marks: In order.
        label: Who speaks, as written; `%` for a line of a header, else empty.
        truth: Who the label is; empty when that is not asked.
        tweet: The other keys of a tweet: `by`, `id`, `name`, `to`, `thread`.
    """

    text: str
    marks: tuple[Mark, ...]
    label: str = ""
    truth: frozenset[str] = frozenset()
    tweet: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Case:
    """One row of the table.

    Attributes:
        name: What it proves.
        kind: Which evidence it is about.
        roster: The researcher's word.
        tweets: One file of tweets.
        talks: One transcript each.
        accounts: Truth by handle.
        users: Truth by user id, for a handle that two accounts have had.
        known_failure: Why it cannot be right yet; empty for what must be.
    """

    name: str
    kind: str
    roster: Roster
    tweets: tuple[Passage, ...]
    talks: tuple[tuple[Passage, ...], ...]
    accounts: Mapping[str, frozenset[str]]
    users: Mapping[str, frozenset[str]]
    known_failure: str = ""

    @property
    def ids(self) -> dict[str, set[str]]:
        """The user ids of the handles in tweets: those written in the case, else one made up."""
        found: dict[str, set[str]] = {}
        for one in self.tweets:
            if "id" in one.tweet:
                found.setdefault(one.tweet["by"].casefold(), set()).add(one.tweet["id"])
        for one in self.tweets:
            handles = (one.tweet["by"], one.tweet.get("to", ""), *_handles(one).values())
            for handle in filter(None, handles):
                key = handle.casefold()
                digest = hashlib.sha256(key.encode()).digest()
                number = 100_000_000 + int.from_bytes(digest[:4], "big") % 900_000_000
                found.setdefault(key, {str(number)})
        return found

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"


@dataclass(frozen=True, slots=True)
class Answer:
    """Who something was taken for, beside who it is."""

    asked: str
    truth: frozenset[str]
    person: Person | None


def load_cases(path: Path = TABLE) -> list[Case]:
    """Return the cases of the table; what is not written as its head says raises ValueError."""
    rows: list[dict[str, Any]] = YAML(typ="safe").load(path)
    cases = [_case(row) for row in rows]
    names = [str(case) for case in cases]
    if len(names) != len(set(names)):
        raise ValueError(f"twice: {sorted({one for one in names if names.count(one) > 1})}")
    return cases


def linked(case: Case, folder: Path) -> tuple[list[Answer], list[Answer]]:
    """Return the answers of a case read in its order, and in reverse order.

    Args:
        case: The case.
        folder: An empty folder for its files and identity stores.
    """
    inputs = folder / "case"
    inputs.mkdir()
    _write(case, inputs)
    noted = list(_read(case, inputs))
    store = folder / "forth.sqlite", folder / "back.sqlite"
    return _answers(case, noted, noted, store[0]), _answers(case, noted, noted[::-1], store[1])


def ask(directory: StoreDirectory, document: Document, finding: Finding) -> Person | None:
    """Return who is meant by a stretch of a document."""
    span = finding.span
    value = next(one.value for one in document.fields if one.path == finding.path)
    surface = value[span.start : span.end]
    match span.entity_type:
        case "HANDLE":
            entry = directory.handle("x", surface)
        case "EMAIL_ADDRESS":
            entry = directory.email(surface)
        case _:
            entry = directory.name(surface, document.place)
    return entry.person if entry is not None else None


def _case(row: dict[str, Any]) -> Case:
    if rest := set(row) - {one.name for one in fields(Case)}:
        raise ValueError(f"{row.get('name')}: unknown keys {sorted(rest)}")
    case = Case(
        row["name"],
        row["kind"],
        Roster(tuple(_row(one) for one in row.get("roster", ()))),
        tuple(_tweet(one) for one in row.get("tweets", ())),
        tuple(tuple(_turn(one) for one in talk) for talk in row.get("talks", ())),
        {handle: _truth(one) for handle, one in row.get("accounts", {}).items()},
        {user: _truth(one) for user, one in row.get("users", {}).items()},
        row.get("known_failure", ""),
    )
    asked = [*case.accounts.values(), *case.users.values()]
    for one in (*case.tweets, *(turn for talk in case.talks for turn in talk)):
        asked += [mark.truth for mark in one.marks if mark.truth]
        asked += [one.truth] if one.truth else []
    sure = {number for truth in asked if len(truth) == 1 for number in truth}
    unsure = {number for truth in asked for number in truth if number.isdigit()} - sure
    if not asked or unsure:
        raise ValueError(f"{case}: no mention is surely {sorted(unsure) or 'anybody'}")
    seen = {handle.casefold() for row in case.roster.rows for handle in row.handles} | set(case.ids)
    seen |= {
        handle.casefold()
        for talk in case.talks
        for one in talk
        for handle in _handles(one).values()
    }
    missing = set(map(str.casefold, case.accounts)) - seen
    missing |= set(case.users) - set().union(*case.ids.values())
    if missing:
        raise ValueError(f"{case}: nowhere seen: {sorted(missing)}")
    return case


def _row(row: dict[str, Any]) -> RosterRow:
    names, handles, emails = (tuple(row.get(key, ())) for key in ("names", "handles", "emails"))
    return RosterRow(row["person"], row.get("role", ""), names, handles, emails)


def _tweet(row: dict[str, str]) -> Passage:
    text, marks = _marked(row["text"])
    rest = {key: value for key, value in row.items() if key != "text"}
    if rest.keys() - {"by", "id", "name", "to", "thread"} or "by" not in rest:
        raise ValueError(f"tweet with keys {sorted(row)}")
    return Passage(text, marks, tweet=rest)


def _turn(written: str) -> Passage:
    if written.startswith(_HEADER):
        return Passage(written.removeprefix(_HEADER).strip(), (), _HEADER)
    match = _TURN.fullmatch(written)
    if match is None:
        raise ValueError("turn without text")
    label, truth, said = match.groups()
    text, marks = _marked(said)
    return Passage(text, marks, label or "", _truth(truth) if truth else frozenset())


def _marked(written: str) -> tuple[str, tuple[Mark, ...]]:
    """Return a text without the brackets of its marks, and the marks and handles in it."""
    text, at = "", 0
    marks: list[Mark] = []
    for match in _MARK.finditer(written):
        text += written[at : match.start()]
        surface, truth, entity_type = match.groups()
        end = len(text) + len(surface)
        marks.append(Mark(len(text), end, entity_type or "PERSON", _truth(truth)))
        text += surface
        at = match.end()
    text += written[at:]
    marks += [Mark(m.start(), m.end(), "HANDLE", frozenset()) for m in _HANDLE.finditer(text)]
    return text, tuple(sorted(marks, key=lambda one: (one.start, one.end)))


def _truth(written: object) -> frozenset[str]:
    if not _TRUTH.fullmatch(str(written)):
        raise ValueError(f"no truth: {written}")
    return frozenset(str(written).split("/"))


def _handles(passage: Passage) -> dict[Mark, str]:
    handles = [mark for mark in passage.marks if mark.entity_type == "HANDLE"]
    return {mark: passage.text[mark.start + 1 : mark.end] for mark in handles}


def _write(case: Case, folder: Path) -> None:
    """Write the tweets as flattened API v2 objects, and a transcript for each talk."""
    if case.tweets:
        lines = [json.dumps(one, ensure_ascii=False) + "\n" for one in _records(case)]
        (folder / "tweets.jsonl").write_text("".join(lines), "utf-8")
    for number, talk in enumerate(case.talks):
        (folder / f"talk_{number:02d}.txt").write_text(_script(talk), "utf-8")


def _script(talk: Sequence[Passage]) -> str:
    """Return a transcript: blank lines around its header and between paragraphs."""
    text = before = ""
    for turn in talk:
        sort = turn.label if turn.label in {_HEADER, ""} else "turn"
        gap = "\n" if sort and sort == before else "\n\n"
        text += (gap if text else "") + (f"{turn.label}: " if sort == "turn" else "") + turn.text
        before = sort
    return text + "\n"


def _records(case: Case) -> Iterator[dict[str, Any]]:
    ids = case.ids
    threads: dict[str, str] = {}
    last: dict[str, tuple[str, str]] = {}
    for number, one in enumerate(case.tweets):
        by, to = one.tweet["by"], one.tweet.get("to", "").casefold()
        own = str(_FIRST_POST + 7 * number)
        user = one.tweet.get("id") or min(ids[by.casefold()])
        # Who answers somebody not collected answers a post that nobody else does.
        parent, conversation = last.get(to, (f"7{own[1:]}", f"7{own[1:]}")) if to else ("", own)
        if "thread" in one.tweet:
            conversation = threads.setdefault(one.tweet["thread"], conversation)
        last[by.casefold()] = own, conversation
        shown = {"name": one.tweet["name"]} if "name" in one.tweet else {}
        record: dict[str, Any] = {
            "id": own,
            "text": one.text,
            "author_id": user,
            "conversation_id": conversation,
            "created_at": f"2015-03-{1 + number:02d}T10:00:00.000Z",
            "lang": "en",
            "author": {"id": user, "username": by, **shown},
        }
        if to:
            record["in_reply_to_user_id"] = min(ids[to])
            record["in_reply_to_user"] = {"id": min(ids[to]), "username": one.tweet["to"]}
            record["referenced_tweets"] = [{"type": "replied_to", "id": parent}]
        record["entities"] = {"mentions": []}
        for mark, handle in _handles(one).items():
            account = {"username": handle, "id": min(ids[handle.casefold()])}
            record["entities"]["mentions"].append({"start": mark.start, "end": mark.end, **account})
        yield record


@dataclass(frozen=True, slots=True)
class _Noted:
    """A document with its findings, and what is asked of it: findings with their truth."""

    document: Document
    findings: tuple[Finding, ...]
    asked: tuple[tuple[Finding, frozenset[str], str], ...]


def _read(case: Case, folder: Path) -> Iterator[_Noted]:
    def token(path: str) -> str:
        return hashlib.sha256(path.encode()).hexdigest()[:12]

    tweets = ([one] for one in case.tweets)
    talks = ([turn for turn in talk if turn.label != _HEADER] for talk in case.talks)
    parts = {"tweets-jsonl": enumerate(tweets, 1), "transcript": enumerate(talks, 1)}
    for shard in take_in([str(folder)], name_token=token).shards:
        for document in FORMATS[shard.format].read(shard):
            if not isinstance(document, Document):
                raise TypeError(f"{case}: {document.code}")
            number, passages = next(parts[shard.format])
            where = f"{'talk' if shard.format == 'transcript' else 'tweet'} {number}"
            yield _noted(document, passages, where, case)


def _noted(document: Document, passages: Sequence[Passage], where: str, case: Case) -> _Noted:
    texts = [one for one in document.fields if one.role is Role.TEXT and one.path[-1] == "text"]
    if [one.value for one in texts] != [one.text for one in passages]:
        raise ValueError(f"{case}: {where} is not read as written")
    labels = {one.path[:-1]: one for one in document.fields if one.path[-1] == "speaker"}
    findings: list[Finding] = []
    asked: list[tuple[Finding, frozenset[str], str]] = []
    for text, one in zip(texts, passages, strict=True):
        label = labels.get(text.path[:-1])
        if (label.value if label else "") != one.label:
            raise ValueError(f"{case}: a label of {where} is not read as one")
        if label is not None and one.truth:
            span = Span(0, len(one.label), "SPEAKER", 1.0, "field/name")
            asked.append((Finding(label.path, span), one.truth, f"{where}, {one.label}:"))
        for mark in one.marks:
            span = Span(mark.start, mark.end, mark.entity_type, 1.0, "ner/gold")
            findings.append(Finding(text.path, span))
            if mark.truth:
                shown = f"{where}, {one.text[mark.start : mark.end]}"
                asked.append((findings[-1], mark.truth, shown))
    return _Noted(document, tuple(findings), tuple(asked))


@lru_cache(maxsize=1)
def _ordinary() -> frozenset[str]:
    return ordinary([load_pack("en")])


def _answers(
    case: Case, noted: Sequence[_Noted], order: Sequence[_Noted], path: Path
) -> list[Answer]:
    """Return all answers in the order of the case, after linking in the order given."""
    tally = Tally()
    for one in order:
        tally.note(one.document, one.findings, frozenset())
    keys = Keys(b"k" * 32)
    with IdentityStore(path, keys, write=True) as store:
        resolve(tally, case.roster, store, keys, ordinary=_ordinary())
        with store.transaction():
            for person in store.persons():
                store.put_surrogate(_TIER, Surrogate(person.id, tag=person.id))
        directory = store.directory(_TIER)
        asked = [(one.document, *what) for one in noted for what in one.asked]
        found = [
            Answer(shown, truth, ask(directory, of, where)) for of, where, truth, shown in asked
        ]
        return found + list(_account_answers(case, directory))


def _account_answers(case: Case, directory: StoreDirectory) -> Iterator[Answer]:
    ids = case.ids
    users = dict(case.users)
    for handle, truth in case.accounts.items():
        entry = directory.handle("x", handle)
        yield Answer(f"@{handle}", truth, entry.person if entry is not None else None)
        if len(of := ids.get(handle.casefold(), set())) == 1:
            users.setdefault(min(of), truth)
    for user, truth in users.items():
        entry = directory.user("x", user)
        yield Answer(f"user {user}", truth, entry.person if entry is not None else None)
