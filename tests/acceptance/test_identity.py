"""Acceptance point 3: one person has one pseudonym everywhere, two persons never share one."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

import pytest

from anonymize.formats.catalogue import FORMATS
from anonymize.formats.intake import take_in
from anonymize.model.documents import Document
from tests.acceptance.conftest import NEWCOMER
from tests.acceptance.study import (
    PEOPLE,
    STUDY,
    Json,
    Leaves,
    Pair,
    Path_,
    Release,
    Replaced,
    around,
    recover,
    table,
)  # fmt: skip

_MARKS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "’": "'", "ʼ": "'"})
_TITLE = re.compile(r"(?i)(mrs|mr|ms|miss|mx|dr|prof|professor)\b\.? +")


def fold(text: str) -> str:
    """Return a text without case and diacritics."""
    bare = unicodedata.normalize("NFKD", text.casefold().translate(_MARKS))
    return "".join(char for char in bare if not unicodedata.combining(char))


def _words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def _bare(surface: str) -> str:
    """Return a name without possessive, sign and title."""
    name = re.sub(r"['’]s$|['’]$|^[@#]", "", surface.strip())
    return _TITLE.sub("", name)


class Truth:
    """Who is meant by a handle, a user id, a name: by the truth, where only one can be."""

    def __init__(self) -> None:
        self.handles: dict[str, str] = {}
        self.ids: dict[str, str] = {}
        self.givens: dict[str, str] = {}
        self.families: dict[str, str] = {}
        self.fulls: dict[str, str] = {}
        nicknames = {row["person"]: row["names"].split(";") for row in table(STUDY / "people.csv")}
        shared: Counter[str] = Counter()
        for one in PEOPLE:
            person = one["person"]
            self.handles |= {handle.lower(): person for handle in one["handles"]}
            self.ids |= dict.fromkeys(one["ids"], person)
            if not one["parts"] or person == "DEPT":
                continue
            full = one["names"][0]
            given, _, family = full.partition(" ")
            # Without "Ms Thornquill" and without "JT", what the roster adds are nicknames.
            nicks = [
                name
                for name in nicknames.get(person, [])
                if not _TITLE.match(name) and " " not in name and len(name) > 2
            ]
            self.fulls[_words(full)] = person
            for name in {_words(given), *map(_words, nicks)}:
                shared[name] += 1
                self.givens[name] = person
            shared[_words(family)] += 1
            self.families[_words(family)] = person
        for name, number in shared.items():
            if number > 1:
                self.givens.pop(name, None)
                self.families.pop(name, None)


TRUTH = Truth()


class Observed:
    """What everybody is called in a release: for each person and sort of name, all surrogates."""

    def __init__(self) -> None:
        self.names: dict[tuple[str, str], set[str]] = {}
        self.where: dict[tuple[str, str, str], str] = {}

    def note(self, person: str, sort: str, surrogate: str, where: str) -> None:
        """Record that a person's name of a sort was replaced by a surrogate somewhere."""
        self.names.setdefault((person, sort), set()).add(surrogate)
        self.where.setdefault((person, sort, surrogate), where)

    def name(self, old: str, new: str, where: str, *, whole: bool) -> None:
        """Record a replaced name, where the truth knows whose it is and which part."""
        key, bare = _words(_bare(old)), _words(_bare(new))
        titled = bool(_TITLE.match(old.strip()))
        if key in TRUTH.fulls:
            person = TRUTH.fulls[key]
            given, _, family = bare.partition(" ")
            self.note(person, "given", given, where)
            self.note(person, "family", family, where)
        elif key in TRUTH.families:
            self.note(TRUTH.families[key], "family", bare, where)
        elif key in TRUTH.givens and not titled:
            # A display name is replaced by a whole name.
            given = bare.partition(" ")[0] if whole else bare
            self.note(TRUTH.givens[key], "given", given, where)

    def handle(self, old: str, new: str, where: str) -> None:
        """Record a replaced handle."""
        person = TRUTH.handles.get(old.lstrip("@").lower())
        if person is not None:
            self.note(person, f"@{old.lstrip('@').lower()}", fold(new.lstrip("@")), where)

    def conflicts(self) -> dict[tuple[str, str], dict[str, str]]:
        """Return who has two surrogates of one sort, and where each stands."""
        return {
            key: {one: self.where[*key, one] for one in sorted(found)}
            for key, found in sorted(self.names.items())
            if len(found) > 1
        }

    def only(self, sort: str) -> dict[str, str]:
        """Return the surrogate of each person for a sort of name."""
        return {person: min(found) for (person, kind), found in self.names.items() if kind == sort}


_HANDLES = {"screen_name", "username", "from_user", "author.username",
            "in_reply_to_screen_name", "in_reply_to_username"}  # fmt: skip
_IDS = {"author_id", "in_reply_to_user_id", "in_reply_to_user_id_str", "from_user_id_str"}


def _metadata(pair: Pair, seen: Observed) -> None:
    for path, old in pair.was.items():
        new = pair.now.get(path)
        if not isinstance(old, str | int) or not old or new is None:
            continue
        where = f"{pair.file} {path}"
        last = str(path[-1])
        if last in _HANDLES:
            seen.handle(str(old), str(new), where)
        elif (last in _IDS or last in {"id", "id_str"}) and str(old) in TRUTH.ids:
            seen.note(TRUTH.ids[str(old)], "id", str(new), where)


def _text(one: Replaced, seen: Observed) -> None:
    if one.entry["entity_type"] == "HANDLE" or one.old.startswith("@"):
        seen.handle(one.old, one.new, one.where)
    elif one.entry["entity_type"] == "EMAIL_ADDRESS":
        seen.note(one.old.lower(), "email", one.new.lower(), one.where)
    elif one.old.lstrip("@").lower() not in TRUTH.handles:
        whole = one.entry["recognizer"] == "field/name"
        seen.name(one.old, one.new, one.where, whole=whole)


def _documents(path: str) -> dict[str, Document]:
    """Return what a folder's interviews hold, by shape: ending and number of turns."""
    plan = take_in([path], name_token=lambda _: "x")
    found = {}
    for shard in plan.shards:
        for item in FORMATS[shard.format].read(shard):
            assert isinstance(item, Document)
            found[f"{shard.output.rpartition('.')[2]} {len(item.sections)}"] = item
    return found


class Flat(Pair):
    """An interview before and after; its leaves are the fields a reader gives."""

    def __init__(self, file: str, was: Leaves, now: Leaves) -> None:
        super().__init__(file, {}, {}, {})
        self.__dict__.update(was=was, now=now)


def interviews(release: Release) -> Iterator[Replaced]:
    """Yield every replaced stretch of the interviews."""
    folder = next(one for one in (release.root / "data").iterdir() if one.is_dir())
    before, after = _documents(str(STUDY / "interviews")), _documents(str(folder))
    names = {path.name for path in folder.iterdir()}
    assert len(before) == len(names) == 4
    entries: dict[tuple[str, Path_], list[Json]] = {}
    for one in release.audit:
        file = one["document"].partition("#")[0].rpartition("/")
        if file[2] in names and file[0] == folder.name:
            entries.setdefault((file[2], tuple(one["path"])), []).append(one)
    for shape, old in before.items():
        new = after[shape]
        was: Leaves = {one.path: one.value for one in old.fields}
        # Of a cue's id only the recording's is a field; its surrogate is no id to the reader.
        now: Leaves = {
            one.path: one.value.partition("/")[0] if one.path[-1] == "id" else one.value
            for one in new.fields
        }
        pair = Flat(shape, was, now)
        file = _file_of(shape, now, entries)
        for (name, path), found in entries.items():
            if name == file:
                yield from recover(pair, path, found)


def _file_of(
    shape: str, now: dict[Path_, str], entries: dict[tuple[str, Path_], list[Json]]
) -> str:
    """Return the shared file of an interview: the one all of whose entries fit its text."""
    ending = "." + shape.partition(" ")[0]
    names = sorted({name for name, _ in entries if name.endswith(ending)})
    fitting = [
        name
        for name in names
        if all(
            path in now and now[path][one["start"] : one["end"]] == one["pseudonym"]
            for (file, path), found in entries.items()
            if file == name
            for one in found
        )
    ]
    assert len(fitting) == 1, f"{shape}: {len(fitting)} of {len(names)} logs fit the text"
    return fitting[0]


def observe(release: Release) -> Observed:
    """Return what everybody is called in a release."""
    seen = Observed()
    for pair in release.pairs:
        _metadata(pair, seen)
    for one in (*release.replaced, *interviews(release)):
        _text(one, seen)
    return seen


@pytest.fixture(scope="module")
def observed(demo: Release) -> Observed:
    """Return what everybody is called after the first run."""
    return observe(demo)


def test_one_person_has_one_pseudonym(observed: Observed) -> None:
    """In all files together, each person has one name, one id, and one handle a handle."""
    assert observed.conflicts() == {}


def test_enough_was_seen(observed: Observed) -> None:
    """The people of the roster were met by given name and id, most by family name as well."""
    roster = {one["person"] for one in table(STUDY / "people.csv")} - {"DEPT"}
    assert roster <= observed.only("given").keys() & observed.only("id").keys()
    assert len(observed.only("family")) >= len(roster) - 3
    handles = {sort for _, sort in observed.names if sort.startswith("@")}
    assert {f"@{one}" for one in TRUTH.handles} <= handles


def test_no_two_persons_share_a_pseudonym(observed: Observed) -> None:
    """Given names, full names, ids and handles of two persons are never the same."""
    given, family = observed.only("given"), observed.only("family")
    names = {person: f"{given[person]} {family.get(person)}" for person in given}
    for called in (given, names, observed.only("id")):
        assert len(set(called.values())) == len(called)
    owners: dict[str, set[str]] = {}
    for (person, sort), found in observed.names.items():
        if sort.startswith("@"):
            for one in found:
                owners.setdefault(one, set()).add(f"{person}{sort}")
    assert {one: met for one, met in owners.items() if len(met) > 1} == {}


def test_handles_are_made_of_their_persons_names(observed: Observed) -> None:
    """A surrogate handle begins with its person's surrogate names, whichever handle it was."""
    given, family = observed.only("given"), observed.only("family")
    wrong = [
        (person, sort)
        for (person, sort), found in observed.names.items()
        if sort.startswith("@") and person in given and person in family
        for one in found
        if not one.startswith(_words(given[person]).replace(" ", "")[:6])
    ]
    assert wrong == []


def test_no_surrogate_can_belong_to_anybody(demo: Release, observed: Observed) -> None:
    """Surrogate handles are longer than X allows, and e-mails lie under example.org."""
    short = {
        (sort, one)
        for (_, sort), found in observed.names.items()
        if sort.startswith("@")
        for one in found
        if len(one) <= 15
    }
    assert short == set()
    addresses = [one.new for one in demo.replaced if one.entry["entity_type"] == "EMAIL_ADDRESS"]
    assert addresses
    assert all(one.endswith("@example.org") for one in addresses)


def test_a_surrogate_in_a_text_is_no_handle_of_x(demo: Release) -> None:
    """No replaced stretch behind an @ is a handle that X could have issued."""
    short = []
    for pair in demo.pairs:
        for path, entries in pair.entries.items():
            value = str(pair.now[path])
            short += [
                (pair.file, path, found)
                for found in re.findall(r"(?<![\w.])@(\w+)(?![\w@…])", value)
                if len(found) <= 15 and path[-1] in {"text", "full_text"} and around(value, entries)
            ]
    assert short == []


def test_no_part_of_a_pseudonym_is_a_real_name(observed: Observed) -> None:
    """No word of a pseudonym is a word of anybody's name or handle."""
    real: set[str] = set()
    for one in PEOPLE:
        names = [*one["names"], *one["parts"], *one["words"], *one["handles"]]
        if one["role"] != "organisation" and "mum" not in one["names"][:1]:
            real.update(word for name in names for word in _words(name).split() if len(word) > 1)
    real -= {"mr", "ms", "mrs", "miss", "dr", "prof", "mx", "of", "3", "media", "proud", "mum"}
    drawn = {
        word
        for (_, sort), found in observed.names.items()
        if sort != "id"
        for one in found
        for word in re.split(r"[^a-z]+", one.partition("@")[0])
    }
    assert drawn & real == set()


def test_the_wished_pseudonym_is_used(observed: Observed) -> None:
    """The person for whom the roster asks for a pseudonym has it."""
    assert observed.names["S14", "given"] == {"peridot"}
    assert observed.names["S14", "family"] == {"lakeham"}


def test_a_second_run_with_more_files_changes_no_pseudonym(
    observed: Observed,
    again: Release,
) -> None:
    """After a run with an interview and a file more, everybody is called as before."""
    later = observe(again)
    changed = {
        key: (found, later.names.get(key))
        for key, found in observed.names.items()
        if later.names.get(key) != found
    }
    assert changed == {}


def test_the_newcomer_gets_a_pseudonym_of_her_own(observed: Observed, again: Release) -> None:
    """Who comes with the later files is called like nobody before, in both of them."""
    late = next(
        path for path in (again.root / "data").glob("*.jsonl") if path.stat().st_size < 2000
    )
    talk = next((again.root / "data").glob("interview_*.txt"))
    record: Json = json.loads(late.read_text("utf-8"))
    name = record["author"]["name"]
    given, family = name.split()
    assert fold(given) not in observed.only("given").values()
    assert record["author"]["username"].startswith(f"{fold(given)}_{fold(family)}_")
    spoken = talk.read_text("utf-8")
    assert f"{given}: I am {name}, and it was " in spoken
    assert f"Thank you, {given}." in spoken
    woods = observed.only("given")["S02"] + " " + observed.only("family")["S02"]
    assert f"and it was {woods.title()}." in spoken
    assert all(word not in fold(spoken) for word in _words(NEWCOMER["name"]).split())
