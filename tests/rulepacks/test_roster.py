from __future__ import annotations

from pathlib import Path

import pytest

from anonymize.errors import RuleError
from anonymize.model.roster import COLUMNS, RosterRow
from anonymize.rulepacks.roster import TEMPLATE, load_roster

HEAD = "person,role,names,handles,emails,consent,pseudonym\n"


def write(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """Return a roster of that text."""
    path = folder / "people.csv"
    path.write_bytes(text.encode(encoding))
    return path


def faults(path: Path) -> list[str]:
    """Return the faults of a roster."""
    with pytest.raises(RuleError) as caught:
        load_roster(path)
    return list(caught.value.errors)


def test_template(tmp_path: Path) -> None:
    """The template has every column, is valid, and its example rows are valid as well."""
    assert tuple(TEMPLATE.splitlines()[0].split(",")) == COLUMNS
    assert load_roster(write(tmp_path, TEMPLATE)).rows == ()
    live = TEMPLATE.replace("# t01", "t01").replace("# s01", "s01")
    assert [row.person for row in load_roster(write(tmp_path, live)).rows] == ["t01", "s01"]


def test_cells(tmp_path: Path) -> None:
    """Cells are split, trimmed and brought to the form of the model; lines are counted."""
    path = write(
        tmp_path,
        HEAD + "# note\n\nT1,Teacher,Ann Bell; Annie ;,@Ann_B;ann@social.example,"
        "Ann@College.example,YES,\n",
    )
    assert load_roster(path).rows == (
        RosterRow(
            person="T1",
            role="teacher",
            names=("Ann Bell", "Annie"),
            handles=("Ann_B", "ann@social.example"),
            emails=("ann@college.example",),
            consent="yes",
            line=4,
        ),
    )


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_dialects(tmp_path: Path, newline: str, delimiter: str, encoding: str) -> None:
    """Comma, semicolon and tab, with or without byte order mark, read the same."""
    rows = ["person names consent", 't1 "Zoë;Zo" no', "t2 Bo yes"]
    text = newline.join(row.replace(" ", delimiter) for row in rows) + newline
    found = load_roster(write(tmp_path, text, encoding)).rows
    assert [(row.person, row.names, row.consent, row.line) for row in found] == [
        ("t1", ("Zoë", "Zo"), "no", 2),
        ("t2", ("Bo",), "yes", 3),
    ]


def test_every_fault_is_reported(tmp_path: Path) -> None:
    """All faults come at once, with lines and without a word of what stands there."""
    path = write(
        tmp_path,
        HEAD
        + "t1,,Ann Secretname,annsecret,ann@secret.example,yes,Mira Quell\n"
        + "t1,,,AnnSecret,ANN@secret.example,perhaps,mira quell\n"
        + ",,,two words,nosecret,no,Ann Secretname\n"
        + "t4,,,,,,,too,many\n",
    )
    found = faults(path)
    for one in (
        "roster people.csv:3: consent: must be",
        "roster people.csv:3: person: a value stands in line 2 as well",
        "roster people.csv:3: handles: a value stands in line 2 as well",
        "roster people.csv:3: emails: a value stands in line 2 as well",
        "roster people.csv:3: pseudonym: a value stands in line 2 as well",
        "roster people.csv:4: person: is empty",
        "roster people.csv:4: handles: value 1 is not a handle",
        "roster people.csv:4: emails: value 1 is not an e-mail address",
        "roster people.csv:4: pseudonym: is the real name of the person in line 2",
        "roster people.csv:5: has 9 cells for 7 columns",
    ):
        assert any(line.startswith(one) for line in found), one
    assert len(found) == 10
    assert "secret" not in " ".join(found).lower()


def test_header_faults_name_no_cell(tmp_path: Path) -> None:
    """A file without header is refused by column number; its first row is not quoted."""
    found = faults(write(tmp_path, "Ann Bell,teacher\nBo Bell,student\n"))
    assert "roster people.csv:1: lacks the column person" in found
    assert not any("Bell" in one for one in found)


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n"])
def test_empty(tmp_path: Path, text: str) -> None:
    """A roster without header says which it lacks."""
    assert faults(write(tmp_path, text))[0].startswith("roster people.csv: lacks its header")


def test_damage(tmp_path: Path) -> None:
    """Wrong encoding, an open quotation mark and a missing file are rule errors."""
    assert "UTF-8" in faults(write(tmp_path, HEAD + "é", "latin-1"))[0]
    assert "quotation mark" in faults(write(tmp_path, HEAD + 't1,"open\n'))[0]
    assert "cannot be read" in faults(tmp_path / "none.csv")[0]


def test_repr_shows_nobody(tmp_path: Path) -> None:
    """The representation of a roster holds no name."""
    path = write(tmp_path, HEAD + "t1,teacher,Ann Bell,annb,a@b.example,yes,\n")
    assert "Ann" not in repr(load_roster(path))
    assert "annb" not in repr(load_roster(path))
