"""Promise 4: originals live in the encrypted vault and nowhere else a run leaves behind."""

from __future__ import annotations

import base64
import gc
import json
import logging
import os
import stat
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from anonymize import api
from anonymize.cli.main import main
from anonymize.errors import SecretError, UsageError
from anonymize.formats.intake import take_in
from anonymize.link.tally import Tally
from anonymize.model.documents import Document, Removal, RemovalKind, Section, Shard
from anonymize.model.fields import Field, Role
from anonymize.model.identities import KnownIdentifier, Mention, Person, Sighting
from anonymize.model.keys import Keys
from anonymize.model.roster import Roster, RosterRow
from anonymize.run.engines import Task
from anonymize.run.keyfile import PASSPHRASE_VARIABLE
from anonymize.run.spec import RunSpec
from anonymize.run.tasks import Job, items
from tests.corpora import ORIGINALS, contents, standing, write_mixed

TEXTS = (
    "loved it",
    "nothing to see here",
    "was right about",
    "the edit is up",
    "send me the notes",
)
"""What people wrote, in words no report or receipt has."""
OPEN = ("people.csv", "project.yaml")
ROSTER = (
    "person,role,names,handles,emails,consent,pseudonym\n"
    "P1,teacher,Ilvermore Pashwick,ilver_pashwick,ilver@post.example,yes,\n"
    "P2,student,Tindrelle Ockersby,tindrellocks,,yes,\n"
)
PHRASE = "correct horse battery staple"


class _Everything(logging.Handler):
    """Keeps what any logger says, formatted and as arguments."""

    def __init__(self) -> None:
        super().__init__(logging.NOTSET)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.said.append(f"{record.name} {self.format(record)} {record.args!r}")


class _Watch:
    """Keeps the path of every file opened for writing while it is on."""

    def __init__(self) -> None:
        self.on = False
        self.written: set[str] = set()
        sys.addaudithook(self._hook)

    def _hook(self, event: str, arguments: tuple[object, ...]) -> None:
        if not self.on or event not in {"open", "sqlite3.connect", "tempfile.mkstemp"}:
            return
        path = arguments[0]
        if isinstance(path, int) or path is None:
            return
        if event == "open":
            mode, flags = arguments[1], arguments[2]
            writes = isinstance(mode, str) and any(letter in mode for letter in "wax+")
            changes = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
            if not writes and not changes:
                return
        if event == "sqlite3.connect" and str(path).startswith("file:"):
            path = str(path).removeprefix("file://").partition("?")[0]
        self.written.add(os.fsdecode(path) if isinstance(path, str | bytes | Path) else str(path))


@dataclass(slots=True)
class Done:
    """A watched run."""

    result: api.RunResult
    inputs: list[Path]
    said: list[str] = field(repr=False)
    written: set[str]
    temporary: Path

    @property
    def private(self) -> Path:
        """The private folder."""
        return self.result.project / "private"


def _loggers() -> list[logging.Logger]:
    named = list(logging.root.manager.loggerDict.values())
    return [logging.root, *(one for one in named if isinstance(one, logging.Logger))]


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Done:
    """Return a run during which every logger spoke and every opened file was noted."""
    folder = tmp_path_factory.mktemp("private")
    temporary = folder / "tmp"
    temporary.mkdir()
    inputs = write_mixed(folder / "in")
    made = api.Project.create(folder / "study")
    (made.root / "people.csv").write_text(ROSTER, encoding="utf-8")
    # Once to bring up the engines: their loggers exist from now on.
    made.run(inputs, out=folder / "first")
    handler, watch = _Everything(), _Watch()
    levels = {logger: (logger.level, logger.propagate) for logger in _loggers()}
    patch = pytest.MonkeyPatch()
    patch.setattr(tempfile, "tempdir", str(temporary))
    patch.setenv("TMPDIR", str(temporary))
    logging.root.addHandler(handler)
    for logger in levels:
        logger.setLevel(logging.DEBUG)
        logger.propagate = True
    logging.getLogger("tests.acceptance").debug("listening")
    watch.on = True
    try:
        api.scan(inputs, people=made.root / "people.csv")
        result = made.run(inputs, out=folder / "share", policy="controlled", shard_bytes=4000)
    finally:
        watch.on = False
        logging.root.removeHandler(handler)
        for logger, (level, propagate) in levels.items():
            logger.setLevel(level)
            logger.propagate = propagate
        patch.undo()
    return Done(result, inputs, handler.said, watch.written, temporary)


def test_no_original_stands_in_the_project(done: Done) -> None:
    """Names, handles, addresses and texts stand in no file of the project but the roster."""
    sought = (*ORIGINALS, *TEXTS, "ilver@post.example", "500000000", "500007919")
    assert standing(done.result.project, sought, OPEN) == []
    assert standing(done.result.project, ORIGINALS) != [], "the roster should have been found"


def test_only_the_owner_reads_the_private_folder(done: Done) -> None:
    """Every folder below `private` has mode 0700 and every file 0600."""
    if os.name != "posix":
        pytest.skip("modes are POSIX")
    below = [done.private, *done.private.rglob("*")]
    wrong = {
        path.relative_to(done.private).as_posix(): oct(stat.S_IMODE(path.stat().st_mode))
        for path in below
        if stat.S_IMODE(path.stat().st_mode) != (0o700 if path.is_dir() else 0o600)
    }
    assert wrong == {}


def test_no_log_record_holds_an_original(done: Done) -> None:
    """With every logger at DEBUG, no record of a scan or run holds an original."""
    assert any("listening" in said for said in done.said)
    whole = "\n".join(done.said).casefold()
    assert [word for word in (*ORIGINALS, *TEXTS) if word.casefold() in whole] == []


def test_nothing_is_left_in_the_temporary_folder(done: Done) -> None:
    """After a scan and a run the folder of temporary files is empty."""
    assert list(done.temporary.rglob("*")) == []


def test_nothing_is_written_elsewhere(done: Done) -> None:
    """A run writes in its project alone, and a scan only its sealed store, which is removed."""
    assert done.written
    homes = (str(done.result.project), str(done.result.out))
    elsewhere = {
        path
        for path in done.written
        if not path.startswith(homes) and "__pycache__" not in path and path != os.devnull
    }
    inside = {path for path in elsewhere if Path(path).is_relative_to(done.temporary)}
    assert elsewhere - inside == set()
    assert {Path(path).name for path in inside} <= {"vault.sqlite"}


def test_no_repr_holds_an_original(done: Done) -> None:
    """What is printed of an object that carries originals shows none of them."""
    secret = "Ilvermore"
    value = Field(("text",), Role.TEXT, secret, subject=secret)
    shard = Shard(0, "plain", f"/{secret}/a.txt", secret, head=b"Ilvermore", tail=b"Ilvermore")
    row = RosterRow(secret, "x", (secret,), (secret,), (secret,), "yes", secret, 2)
    tally = Tally()
    document = Document(secret, (value,), (Section(secret, secret, (secret,)),), secret, secret)
    tally.note(document, (), frozenset())
    objects: list[object] = [
        value,
        document,
        Removal(RemovalKind.USER, secret),
        Sighting("x", secret, (secret,), (secret,), (secret,), (secret,)),
        Mention("PERSON", secret, secret),
        Person(
            "p", names=(secret,), handles=(("x", secret),), user_ids=(("x", secret),),
            emails=(secret,), phones=(secret,), chosen=secret, roster=secret,
        ),
        KnownIdentifier("PERSON", secret),
        row,
        Roster((row,)),
        shard,
        Job(shard, "f" * 64),
        Task("study", "open", ("core",)),
        RunSpec((Path(secret),), Path(secret), people=Path(secret), columns={secret: "text"}),
        Keys(secret.encode().ljust(32, b"\0")),
        tally,
        api.Revealed("Mira", (("name", secret),)),
    ]  # fmt: skip
    objects += [RosterRow(secret, names=(secret,)), [Roster((row,))], {"document": document}]
    assert [type(one).__name__ for one in objects if secret.lower() in repr(one).lower()] == []
    intake = take_in(
        [str(path) for path in done.inputs], name_token=lambda _: "abc", shard_bytes=4000,
        columns=None, encoding=None,
    )  # fmt: skip
    shown = "".join(repr(item) for shard in intake.shards for item in items(shard))
    shown += repr(intake) + repr(done.result)
    assert [word for word in (*ORIGINALS, *TEXTS) if word.casefold() in shown.casefold()] == []


def test_a_locked_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run opens a locked key by the right passphrase; a wrong or missing one is exit code 6."""
    home, inputs = tmp_path / "study", write_mixed(tmp_path / "in", tweets=6)
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PHRASE)
    assert _left("init", str(home), "--passphrase") == 0
    run = ["run", *map(str, inputs), "--project", str(home), "--out"]
    monkeypatch.setattr(sys, "stdin", open(os.devnull))  # noqa: PTH123, SIM115
    assert standing(home, (PHRASE,)) == []
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PHRASE + "r")
    assert _left(*run, str(tmp_path / "wrong")) == 6
    monkeypatch.delenv(PASSPHRASE_VARIABLE)
    assert _left(*run, str(tmp_path / "missing")) == 6
    monkeypatch.setenv(PASSPHRASE_VARIABLE, PHRASE)
    assert _left(*run, str(tmp_path / "right")) in {0, 10}
    assert {path.name for path in tmp_path.iterdir()} == {"study", "in", "right"}
    assert standing(home, (PHRASE,)) == []
    sys.stdin.close()


def _left(*words: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(["--quiet", *words])
    assert isinstance(left.value.code, int)
    return left.value.code


@dataclass(frozen=True, slots=True)
class Told:
    """A release with a name and a handle somebody may ask for."""

    result: api.RunResult
    name: str
    handle: str


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """Return a small release, and what its first author, Ilvermore Pashwick or not, is called."""
    made = api.Project.create(tmp_path / "study")
    inputs = write_mixed(tmp_path / "in", tweets=9)[:1]
    result = made.run(inputs, out=tmp_path / "share")
    line = next((result.out / "data").glob("*.jsonl")).read_text("utf-8").splitlines()[0]
    author = json.loads(line)["author"]
    return Told(result, author["name"], author["username"])


def _author(told: Told) -> tuple[str, str]:
    source = told.result.project.with_name("in") / "tweets.jsonl"
    author = json.loads(source.read_text("utf-8").splitlines()[0])["author"]
    return author["name"], author["username"]


def test_reveal_names_the_person_on_record(told: Told) -> None:
    """Surrogate name and handle lead to the person behind both, and the question is on record."""
    name, handle = _author(told)
    home = told.result.project
    for asked in (told.name, told.handle, f"@{told.handle}"):
        (answer,) = api.reveal([asked], project=home, reason="withdrawal of consent")
        facts = dict(answer.facts)
        assert facts["name"] == name
        assert facts["handle"] == f"{handle} (x)"
    lines = (home / "private" / "audit.jsonl").read_text("utf-8").splitlines()
    events = [json.loads(line) for line in lines]
    asked_for = [event for event in events if event["event"] == "reveal"]
    assert [event["pseudonyms"] for event in asked_for] == [
        [told.name],
        [told.handle],
        [f"@{told.handle}"],
    ]
    assert {event["reason"] for event in asked_for} == {"withdrawal of consent"}
    assert all(event["time"] for event in asked_for)
    assert standing(home, ORIGINALS, OPEN) == []


def test_reveal_needs_a_reason(told: Told) -> None:
    """Without a reason, and for a name nobody was given, nothing is revealed."""
    home = told.result.project
    for reason, pseudonym in (("", told.name), ("  ", told.name), ("ethics", "Nobody Atall")):
        with pytest.raises(UsageError):
            api.reveal([pseudonym], project=home, reason=reason)
    assert _left("reveal", told.name, "--project", str(home)) == 2


def test_a_destroyed_key_is_gone(told: Told) -> None:
    """After its destruction no key is left, and verify, reveal and run end with exit code 6."""
    home = told.result.project
    private = home / "private"
    raw = base64.b64decode(json.loads((private / "key").read_bytes())["key"])
    gone = api.key_destroy(home)
    gc.collect()
    left = b"\n".join(contents(private).values())
    for form in (raw, raw.hex().encode(), base64.b64encode(raw)):
        assert form not in left
    assert gone.encode() in left
    assert not (private / "vault.sqlite").exists()
    assert api.verify(told.result.out).ok
    source = str(home.with_name("in") / "tweets.jsonl")
    at_home = ("--project", str(home))
    assert _left("verify", str(told.result.out), *at_home) == 6
    assert _left("reveal", told.name, *at_home, "--reason", "ethics") == 6
    assert _left("run", source, *at_home, "--out", str(home.with_name("late"))) == 6
    assert not home.with_name("late").exists()
    with pytest.raises(SecretError):
        api.key_destroy(home)
