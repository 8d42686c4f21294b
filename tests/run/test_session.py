"""One-pass use from Python: texts, data frames, documents."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np  # noqa: TID253 - data frames are what is tested
import pandas as pd  # noqa: TID253
import pytest

from anonymize import Anonymizer, Project, Result
from anonymize.errors import UsageError
from anonymize.model.documents import Document, Section
from anonymize.model.fields import Field, Role
from anonymize.run import session

ROSTER = """\
person,role,names,handles,emails,consent,pseudonym
T1,teacher,Jane Smith;Janey,MsSmith_Media,jsmith@college.example,yes,
S1,student,Wulfrida Kettlethorpe,wulf_k,,no,
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a project with a roster of two."""
    root = tmp_path_factory.mktemp("session") / "study"
    project = Project.create(root)
    (root / "people.csv").write_text(ROSTER, encoding="utf-8")
    return project


@pytest.fixture(scope="module")
def anonymizer(study: Project) -> Anonymizer:
    """Return an anonymiser of the default tier."""
    return Anonymizer(study)


@pytest.fixture
def fresh(tmp_path: Path) -> Anonymizer:
    """Return an anonymiser of a project nobody is known to."""
    return Anonymizer(Project.create(tmp_path / "study"))


def test_a_text_is_changed_and_accounted_for(anonymizer: Anonymizer) -> None:
    """A result has the new text, an audit entry a replacement, no problem, and no original."""
    result = anonymizer.text("Ask Jane Smith or @MsSmith_Media now")
    assert isinstance(result, Result)
    assert re.fullmatch(r"Ask [A-Z]\S+ [A-Z]\S+ or @\w{16,} now", result.text)
    assert {entry.entity_type for entry in result.replacements} == {"PERSON", "HANDLE"}
    assert result.problems == ()
    for entry in result.replacements:
        assert 0 <= entry.start < entry.end <= len(result.text)
    for word in ("jane", "smith"):
        assert word not in repr(result).lower()


@pytest.mark.parametrize("text", ["", " ", "Tea is nice.", "🎬 <3 &amp; so on\r\n\tthe end\n"])
def test_a_text_without_personal_data_is_untouched(anonymizer: Anonymizer, text: str) -> None:
    """What holds no personal data comes back as it was."""
    assert anonymizer.text(text) == Result(text, (), (), {("text",): text})


def test_parts_of_a_name_are_parts_of_its_pseudonym(anonymizer: Anonymizer) -> None:
    """Full name, given name, titled name, capitals, possessive and initial stay one person's."""
    given, family = anonymizer.text("Jane Smith").text.split()
    assert {given, family} & {"Jane", "Smith"} == set()
    for before, after in {
        "I met Jane.": f"I met {given}.",
        "Ms Smith taught me": f"Ms {family} taught me",
        "That is JANE'S idea": f"That is {given.upper()}'S idea",
        "ask jane smith": f"ask {given.lower()} {family.lower()}",
        "Janey said": f"{given} said",
        "J. Smith wrote": f"{given[0]}. {family} wrote",
        "thanks Jane Smith!": f"thanks {given} {family}!",
    }.items():
        assert anonymizer.text(before).text == after


def test_calls_are_consistent(fresh: Anonymizer) -> None:
    """Without a roster too, one handle and one name keep their pseudonyms over calls."""
    first = fresh.text("@jane_doe met Jane Smith").text
    assert fresh.text("@jane_doe met Jane Smith").text == first
    given = first.split(" met ")[1].split()[0]
    assert fresh.text("Jane was here").text == f"{given} was here"
    handle = first.split()[0]
    assert fresh.text("thanks @JANE_doe").text.lower() == f"thanks {handle}"


def test_another_session_of_the_project_agrees(study: Project, anonymizer: Anonymizer) -> None:
    """The vault remembers: a new anonymiser of the same project gives the same pseudonyms."""
    text = "Jane Smith asked @somebody_else"
    assert Anonymizer(study).text(text).text == anonymizer.text(text).text


def test_tiers_cannot_be_linked(study: Project, anonymizer: Anonymizer) -> None:
    """Another access tier of the same project shows other pseudonyms."""
    text = "@MsSmith_Media"
    assert Anonymizer(study, policy="controlled").text(text).text != anonymizer.text(text).text


def _frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "author": ["MsSmith_Media", "ali_karrowby", None],
            "text": ["Thanks @ali_karrowby!", float("nan"), "Tea"],
            "tweet_id": np.array([2**53 + 1, 2**53 + 3, 2**53 + 1], dtype=np.int64),
            "likes": [1234, 0, 7],
            "secret": ["x", "y", "z"],
            "lang": ["en", "en", "nl"],
        },
        index=[7, 7, 9],
    )


def test_a_frame_keeps_its_shape(anonymizer: Anonymizer) -> None:
    """Rows, index and column order stay; columns without a role go; the input is not changed."""
    frame, before = _frame(), _frame()
    out = anonymizer.frame(
        frame, text=["text"], handle=["author"], id=["tweet_id"], count=["likes"], keep=["lang"]
    )
    pd.testing.assert_frame_equal(frame, before)
    assert list(out.columns) == ["author", "text", "tweet_id", "likes", "lang"]
    assert list(out.index) == [7, 7, 9]
    assert list(out["lang"]) == ["en", "en", "nl"]
    assert out.attrs["withheld"] == {}
    assert list(out["text"].isna()) == [False, True, False]
    assert list(out["author"].isna()) == [False, False, True]
    assert out["text"].iloc[2] == "Tea"
    assert out["text"].iloc[0] == f"Thanks @{out['author'].iloc[1]}!"
    assert out["likes"].iloc[0] == "1200"


def test_ids_are_strings_and_never_rounded(anonymizer: Anonymizer) -> None:
    """Ids beyond 2**53 that differ by little stay different; equal ids stay equal."""
    ids = anonymizer.frame(_frame(), id=["tweet_id"])["tweet_id"]
    assert all(isinstance(one, str) for one in ids)
    assert ids.iloc[0] == ids.iloc[2] != ids.iloc[1]
    assert not [one for one in ids if str(2**53)[:8] in one]


CELLS = pd.Series(["by Jane Smith", None, "Tea"], dtype="object")


@pytest.mark.parametrize("column", [CELLS, CELLS.astype("string"), CELLS.astype("category")])
def test_every_kind_of_text_column(anonymizer: Anonymizer, column: pd.Series[Any]) -> None:
    """Columns of any dtype that holds text are read alike, missing values too."""
    out = anonymizer.frame(pd.DataFrame({"t": column}), text=["t"])["t"]
    assert "Jane" not in out.iloc[0]
    assert list(out.isna()) == [False, True, False]
    assert out.iloc[2] == "Tea"


def test_a_row_without_consent_is_withheld(anonymizer: Anonymizer) -> None:
    """The row of somebody who refused has only missing values, and its position says why."""
    frame = pd.DataFrame({"who": ["wulf_k", "x_quillon"], "t": ["Tea", "Tea"], "k": ["a", "b"]})
    out = anonymizer.frame(frame, handle=["who"], text=["t"], keep=["k"])
    assert out.attrs["withheld"] == {0: "consent"}
    assert bool(out.iloc[0].isna().all())
    assert list(out.iloc[1])[1:] == ["Tea", "b"]


def test_an_empty_frame_stays_one(anonymizer: Anonymizer) -> None:
    """No rows in, no rows out, with the columns that have a role."""
    out = anonymizer.frame(_frame().iloc[:0], text=["text"], handle=["author"])
    assert list(out.columns) == ["author", "text"]
    assert len(out) == 0


@pytest.mark.parametrize(
    "roles",
    [
        {"text": ["absent"]},
        {"text": ["text"], "name": ["text"]},
        {"text": ["text"], "keep": ["text"]},
        {"keep": ["absent"]},
    ],
)
def test_roles_must_fit_the_frame(anonymizer: Anonymizer, roles: dict[str, list[str]]) -> None:
    """A column that is missing or has two roles is refused before anything is done."""
    with pytest.raises(UsageError):
        anonymizer.frame(_frame(), **roles)


def test_no_deprecated_call(anonymizer: Anonymizer) -> None:
    """A frame is treated without any warning of pandas or numpy."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        anonymizer.frame(_frame(), text=["text"], handle=["author"], id=["tweet_id"])


def _documents(number: int, drawn: list[int]) -> Iterator[Document]:
    for at in range(number):
        drawn.append(at)
        value = "Jane Smith" if at % 2 else "Tea"
        yield Document(str(at), (Field(("t",), Role.TEXT, value),), (Section(str(at)),), None)


def test_documents_are_taken_in_batches(
    anonymizer: Anonymizer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Documents are drawn a batch at a time, answered in order, each exactly once."""
    monkeypatch.setattr(session, "_BATCH", 4)
    drawn: list[int] = []
    results = anonymizer.documents(_documents(10, drawn))
    assert drawn == []
    first = next(results)
    assert (first.text, drawn) == ("Tea", [0, 1, 2, 3])
    rest = list(results)
    assert len(rest) == 9
    assert len({one.text for one in rest[::2]}) == 1
    assert {one.text for one in rest[1::2]} == {"Tea"}


def test_stopping_early_leaves_the_project_free(study: Project, anonymizer: Anonymizer) -> None:
    """Whoever stops in the middle of documents does not keep the project locked."""
    results = anonymizer.documents(_documents(3, []))
    next(results)
    assert Anonymizer(study).text("Tea").text == "Tea"
    assert len(list(results)) == 2


def test_the_docs_say_what_one_pass_means() -> None:
    """Module and readers learn that only a run sees a whole corpus before it decides."""
    assert session.__doc__ is not None
    assert "only by a run" in " ".join(session.__doc__.split())
