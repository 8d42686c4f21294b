"""Drafting and checking the roster: round trip, temporary folders, projects."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest

from anonymize import api
from anonymize.errors import FormatError, RuleError, UsageError
from anonymize.link import drafting
from anonymize.link.store import IdentityStore
from anonymize.model.roster import COLUMNS
from anonymize.rulepacks.roster import load_roster
from anonymize.run import people
from anonymize.run.people_csv import rows_of
from anonymize.run.project import Workspace

TALK = """\
Ozimandra Fellgarrick: Hello, my name is Ozimandra Fellgarrick and I teach film.

Interviewer: Who else is on the course?

Ozimandra Fellgarrick: Tindrelle Ockersby and Quennaline Dostwhistle. Tindrelle runs the club.

Interviewer: And Quennaline?

Ozimandra Fellgarrick: Quennaline Dostwhistle has left. Mail her at q.dost@post.example.
"""
TWEETS = (
    ("7001", "901", "tindrellocks", "Tindrelle Ockersby 🎬", "Premiere with Ozimandra tonight!"),
    (
        "7002",
        "901",
        "tindrellocks",
        "Tindrelle Ockersby 🎬",
        "thanks @fellgarrick_oz for the notes",
    ),
    ("7003", "902", "fellgarrick_oz", "Ozimandra Fellgarrick", "see you there, Tindrelle"),
    ("7004", "903", "cmd_evil", '=HYPERLINK("x";"y")', "nothing here, only tea"),
)


@pytest.fixture(scope="session")
def material(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Return tweets and a transcript of invented people."""
    root: Path = tmp_path_factory.mktemp("material")
    tweets, talk = root / "tweets.jsonl", root / "talk_01.txt"
    lines = [
        {
            "id": f"88000000000000{id_}",
            "text": text,
            "author_id": user,
            "conversation_id": f"88000000000000{id_}",
            "created_at": "2015-03-01T10:00:00.000Z",
            "lang": "en",
            "author": {"id": user, "username": handle, "name": name},
        }
        for id_, user, handle, name, text in TWEETS
    ]
    tweets.write_text("".join(json.dumps(one) + "\n" for one in lines), encoding="utf-8")
    talk.write_text(TALK, encoding="utf-8")
    return tweets, talk


@pytest.fixture(scope="session")
def suggested(material: tuple[Path, Path]) -> people.Suggestion:
    """Return what is suggested for it."""
    return api.people_suggest(material)


def _drafted(suggestion: people.Suggestion, name: str) -> drafting.Drafted:
    (found,) = [one for one in suggestion.draft.rows if name in one.row.names]
    return found


def test_persons_are_drafted_with_what_is_known_of_them(suggested: people.Suggestion) -> None:
    """Names, handles and where they were seen, in tweets and talk together."""
    one = _drafted(suggested, "Ozimandra Fellgarrick")
    assert one.row.handles == ("fellgarrick_oz",)
    assert set(one.seen.files) == {"talk_01.txt", "tweets.jsonl"}
    assert one.seen.mentions >= one.seen.documents >= 3
    assert _drafted(suggested, "Tindrelle Ockersby").row.handles == ("tindrellocks",)


def test_the_draft_is_a_roster(suggested: people.Suggestion, tmp_path: Path) -> None:
    """`load_roster` reads it without a fault, and the same rows come back."""
    target = tmp_path / "draft.csv"
    target.write_text("\n".join(suggested.lines) + "\n", encoding="utf-8")
    assert suggested.lines[0] == ",".join(COLUMNS)
    rows = load_roster(target).rows
    assert [(r.person, r.names, r.handles, r.emails) for r in rows] == [
        (one.row.person, one.row.names, one.row.handles, one.row.emails)
        for one in suggested.draft.rows
    ]
    comments = [line for line in suggested.lines[1:] if line.startswith("#")]
    assert len(comments) + len(rows) + 1 == len(suggested.lines)


def test_no_cell_of_the_draft_is_a_formula(suggested: people.Suggestion) -> None:
    """A display name that begins with `=` loses it, also in comments cut at commas."""
    (evil,) = [one.row for one in suggested.draft.rows if "cmd_evil" in one.row.handles]
    assert not [name for name in evil.names if name[0] in "=+-@"]
    for line in suggested.lines:
        assert not [cell for cell in line.split(",") if cell.lstrip(' "')[:1] in tuple("=+-@\t\r")]


def test_the_draft_gives_the_same_persons(
    material: tuple[Path, Path], suggested: people.Suggestion, tmp_path: Path
) -> None:
    """Run with it, each row is one person, with what the draft says of her, and no more persons."""
    target = tmp_path / "draft.csv"
    target.write_text("\n".join(suggested.lines) + "\n", encoding="utf-8")
    projects = []
    for name, roster in (("plain", None), ("with", target)):
        space = Workspace(Path(api.init(tmp_path / name).root))
        api.run(material, out=tmp_path / f"{name}.out", project=space.root, people=roster)
        with IdentityStore(space.vault, space.keys()) as store:
            projects.append(list(store.persons()))
    plain, drafted = projects
    parts = [
        {frozenset((*one.handles, *one.user_ids, *one.emails)) for one in every}
        for every in projects
    ]
    assert parts[0] == parts[1]
    assert len(plain) == len(drafted)
    by_id = {one.roster: one for one in drafted if one.roster}
    for row in load_roster(target).rows:
        assert {handle for _, handle in by_id[row.person].handles} == set(row.handles)


def test_suggesting_again_changes_no_row(
    material: tuple[Path, Path], suggested: people.Suggestion, tmp_path: Path
) -> None:
    """With the draft as roster the same rows come again, in whatever order."""
    target = tmp_path / "draft.csv"
    target.write_text("\n".join(suggested.lines) + "\n", encoding="utf-8")
    again = api.people_suggest(material, people=target)
    rows = {
        (one.row.person, one.row.names, one.row.handles, one.row.emails)
        for one in suggested.draft.rows
    }
    assert {
        (one.row.person, one.row.names, one.row.handles, one.row.emails) for one in again.draft.rows
    } == rows


def test_nothing_is_left_behind(
    material: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The folder where persons are linked is 0700 and goes, also when the draft fails."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    modes: list[int] = []

    def broken(*_: object, **__: object) -> drafting.Draft:
        modes.extend(one.stat().st_mode & 0o777 for one in tmp_path.iterdir())
        raise UsageError("broken")

    monkeypatch.setattr(people, "draft", broken)
    with pytest.raises(UsageError, match="broken"):
        api.people_suggest(material)
    assert modes == [0o700]
    assert list(tmp_path.iterdir()) == []


def test_files_of_a_folder_are_called_by_their_path(material: tuple[Path, Path]) -> None:
    """The draft is private, and "file 3" would help nobody."""
    folder = material[0].parent
    found = api.people_suggest([folder])
    files = {file for one in found.draft.rows for file in one.seen.files}
    assert files == {f"{folder.name}/talk_01.txt", f"{folder.name}/tweets.jsonl"}


def test_wrong_calls_are_refused(material: tuple[Path, Path], tmp_path: Path) -> None:
    """No input, no roster, no number, no such file, a faulty roster."""
    with pytest.raises(UsageError, match="nothing to do"):
        api.people_suggest([])
    with pytest.raises(UsageError, match="--min"):
        api.people_suggest(material, least=0)
    with pytest.raises(UsageError, match="which roster"):
        api.people_check(material)
    with pytest.raises((UsageError, FormatError)):
        api.people_suggest([tmp_path / "nowhere.jsonl"])
    faulty = tmp_path / "people.csv"
    faulty.write_text("person,colour\nt1,red\n", encoding="utf-8")
    with pytest.raises(RuleError):
        api.people_suggest(material, people=faulty)


def test_a_project_brings_its_roster_and_what_earlier_runs_saw(
    material: tuple[Path, Path], tmp_path: Path
) -> None:
    """`check` needs no input after a run; `suggest` keeps the rows of the project."""
    space = Workspace(Path(api.init(tmp_path / "study").root))
    space.people.write_text(
        "person,names,handles\nT1,Tindrelle Ockersby,tindrellocks;tindrel_new\nT2,Olu Akinso,\n",
        encoding="utf-8",
    )
    before = api.people_check(project=space.root)
    assert (before.against, before.conflicts, before.rows) == (False, (), 2)
    api.run(material, out=tmp_path / "out", project=space.root)
    after = api.people_check(project=space.root)
    assert after.against
    assert [(one.line, one.code) for one in after.conflicts] == [
        (2, "handle-unseen"),
        (3, "nobody-mentions"),
    ]
    found = api.people_suggest(material, project=space.root)
    kept = {one.row.person: one.row for one in found.draft.rows}
    assert kept["T1"].handles == ("tindrellocks", "tindrel_new")
    assert kept["T2"].names == ("Olu Akinso",)


def test_a_cell_beyond_all_measure_is_a_fault(tmp_path: Path) -> None:
    """What comes before it is read all the same."""
    target = tmp_path / "people.csv"
    target.write_text(f"person,names\nt1,Jezzy\nt2,{'x' * 140_000}\n", encoding="utf-8")
    found = api.people_check(people=target)
    assert next((one.line, one.code) for one in found.conflicts) == (2, "one-part-name")
    assert "not-valid" in {one.code for one in found.conflicts}


def test_a_faulty_roster_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """Contradictions, invalid values and the rest are findings, each once, by line."""
    target = tmp_path / "people.csv"
    target.write_text(
        "# mine\nperson;names;handles;consent\nt1;Ada Bee;ada_b;yes\n\nt2;Cy Dee;@ADA_B;maybe\n"
        "t3;Jezzy;bad handle;no\n",
        encoding="utf-8",
    )
    assert [(r.line, r.person, r.handles) for r in rows_of(target)] == [
        (3, "t1", ("ada_b",)),
        (5, "t2", ("ADA_B",)),
        (6, "t3", ("bad handle",)),
    ]
    found = api.people_check(people=target)
    assert [(one.line, one.person, one.code) for one in found.conflicts] == [
        (5, "t2", "handle-in-two-rows"),
        (5, "t2", "not-valid"),
        (6, "t3", "not-valid"),
        (6, "t3", "one-part-name"),
    ]
    assert not found.sound
