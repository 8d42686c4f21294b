"""Public figures are kept by policy or pack, but for those the corpus itself knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from anonymize import Anonymizer, Project
from anonymize.detect.engine import Detector
from anonymize.model.documents import Document, Section
from anonymize.model.fields import Field, Role
from anonymize.run import engines

PACK = """\
name: mine
%s
rules:
  - name: people
    entity: PERSON
    source: x
    words: [Orla Quennell, Bram Oudekerk]
  - name: houses
    entity: ORGANIZATION
    source: x
    words: [Radio Lunden]
"""
POLICY = """\
name: own
extends: safeguarded
allow: [Orla  QUENNELL, Radio Lunden]
"""
TEXT = "orla quennell of Radio Lunden met Bram Oudekerk, and Orla Quennell left"
HEADER = "person,role,names,handles,emails,consent,pseudonym\n"


@pytest.fixture(autouse=True)
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask no model, whose word on invented names would change with it."""
    monkeypatch.setattr(
        engines, "detector", lambda names, *_, **__: Detector(engines.rule_packs(names))
    )


def anonymizer(tmp_path: Path, *, figures: str = "", policy: str = "", roster: str = "") -> Project:
    """Return a project with a pack, a policy and a roster of its own."""
    project = Project.create(tmp_path / "study")
    (tmp_path / "mine.yaml").write_text(PACK % figures, encoding="utf-8")
    (tmp_path / "own.yaml").write_text(policy, encoding="utf-8")
    (project.root / "people.csv").write_text(HEADER + roster, encoding="utf-8")
    return project


def text(project: Project, tmp_path: Path, policy: str, value: str = TEXT) -> str:
    """Return what becomes of a text."""
    names = ("interview", str(tmp_path / "mine.yaml"))
    return Anonymizer(project, policy=policy, packs=names).text(value).text


def test_the_policy_keeps(tmp_path: Path) -> None:
    """What a policy allows stays, of several words, in any case; everybody else goes."""
    project = anonymizer(tmp_path, policy=POLICY)
    said = text(project, tmp_path, str(tmp_path / "own.yaml"))
    assert said.startswith("orla quennell of Radio Lunden met ")
    assert said.endswith(", and Orla Quennell left")
    assert "Bram" not in said
    assert "Oudekerk" not in said


def test_without_it_nobody_is_kept(tmp_path: Path) -> None:
    """The same text under a policy without the list names nobody."""
    said = text(anonymizer(tmp_path), tmp_path, "safeguarded")
    assert "quennell" not in said.lower()
    assert "Lunden" not in said


@pytest.mark.parametrize("roster", ["T1,teacher,Orla Quennell,,,yes,\n"])
@pytest.mark.parametrize("by", ["policy", "pack"])
def test_the_roster_wins(tmp_path: Path, roster: str, by: str) -> None:
    """A public figure's namesake in the roster is replaced, whichever list keeps the name."""
    project = anonymizer(
        tmp_path,
        policy=POLICY if by == "policy" else "name: own\nextends: safeguarded\n",
        figures="figures: [Orla Quennell]" if by == "pack" else "",
        roster=roster,
    )
    said = text(project, tmp_path, str(tmp_path / "own.yaml"))
    assert "quennell" not in said.lower()
    assert "orla" not in said.lower()
    assert ("Radio Lunden" in said) == (by == "policy")


@pytest.mark.parametrize("by", ["policy", "pack"])
def test_a_speaker_wins(tmp_path: Path, by: str) -> None:
    """So is who speaks under that name, in the words of others too."""
    project = anonymizer(
        tmp_path,
        policy=POLICY if by == "policy" else "name: own\nextends: safeguarded\n",
        figures="figures: [Orla Quennell]" if by == "pack" else "",
    )
    talk = tmp_path / "talk.txt"
    talk.write_text("Orla Quennell: hello\nCD: thanks, orla quennell\n" * 2, encoding="utf-8")
    packs = ("interview", str(tmp_path / "mine.yaml"))
    policy = str(tmp_path / "own.yaml")
    project.run([talk], out=tmp_path / "share", policy=policy, packs=packs)
    (said,) = (tmp_path / "share" / "data").iterdir()
    assert "quennell" not in said.read_text(encoding="utf-8").lower()
    report = (tmp_path / "share" / "report.json").read_text(encoding="utf-8")
    assert "allowed-name-is-known" in report


@pytest.mark.parametrize("by", ["policy", "pack"])
def test_an_author_wins(tmp_path: Path, by: str) -> None:
    """So is an author of that name in the corpus, by the display name of her account."""
    project = anonymizer(
        tmp_path,
        policy=POLICY if by == "policy" else "name: own\nextends: safeguarded\n",
        figures="figures: [Orla Quennell]" if by == "pack" else "",
    )
    fields = (
        Field(("handle",), Role.HANDLE, "orla_q_1", subject="author"),
        Field(("name",), Role.NAME, "Orla Quennell", subject="author"),
        Field(("text",), Role.TEXT, TEXT),
    )
    names = ("core", str(tmp_path / "mine.yaml"))
    made = Anonymizer(project, policy=str(tmp_path / "own.yaml"), packs=names)
    (result,) = made.documents([Document("1", fields, (Section("1"),), None)])
    assert result.problems == ()
    said = result.fields["text",]
    assert said is not None
    assert "quennell" not in said.lower()


def test_the_pack_keeps(tmp_path: Path) -> None:
    """Without a namesake a pack's figure stays, and nobody else does."""
    project = anonymizer(tmp_path, figures="figures: [Orla Quennell]")
    said = text(project, tmp_path, "safeguarded")
    assert said.startswith("orla quennell of ")
    assert said.endswith(", and Orla Quennell left")
    assert "Bram" not in said


@pytest.mark.parametrize(("roster", "expected"), [("T1,,Orla Quennell,,,yes,\n", 1), ("", 0)])
def test_a_namesake_is_a_warning(tmp_path: Path, roster: str, expected: int) -> None:
    """A run reports that a name on the policy's list is one of the corpus, and never which."""
    project = anonymizer(tmp_path, policy=POLICY, roster=roster)
    talk = tmp_path / "talk.txt"
    talk.write_text(f"AB: {TEXT}\nCD: yes\n", encoding="utf-8")
    share = tmp_path / "share"
    packs = ("interview", str(tmp_path / "mine.yaml"))
    project.run([talk], out=share, policy=str(tmp_path / "own.yaml"), packs=packs)
    report = (share / "report.json").read_text(encoding="utf-8")
    assert ("allowed-name-is-known" in report) == bool(expected)
    assert "quennell" not in report.lower()
