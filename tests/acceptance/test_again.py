"""A run given again copies what it made, and nothing else than that."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from anonymize import api
from anonymize.run import reduce
from tests.corpora import differing
from tests.generators import make_interview, make_jsonl


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> api.RunResult:
    """Return a first run."""
    folder = tmp_path_factory.mktemp("again")
    source = folder / "in"
    source.mkdir()
    (source / "tweets.jsonl").write_bytes(make_jsonl(12))
    (source / "talk.txt").write_bytes(make_interview(4))
    return api.run([source], out=folder / "share")


@pytest.fixture
def twin(first: api.RunResult, tmp_path: Path) -> Callable[..., api.RunResult]:
    """Return how to run again in a copy of its project, from a copy of its input."""
    shutil.copytree(first.project, tmp_path / "study")
    shutil.copytree(first.out.with_name("in"), tmp_path / "in")

    def again(name: str = "second", **more: object) -> api.RunResult:
        return api.run([tmp_path / "in"], out=tmp_path / name, project=tmp_path / "study", **more)  # type: ignore[arg-type]

    return again


def _forbidden(*_: object, **__: object) -> None:
    raise AssertionError("something was linked")


def test_what_has_not_changed_is_copied(
    first: api.RunResult,
    twin: Callable[..., api.RunResult],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A second run gives the same bytes and the same figures, and nothing is linked for it."""
    monkeypatch.setattr(reduce, "reduce", _forbidden)
    done = twin()

    assert done.unchanged
    assert differing(first.out, done.out) == []
    assert (done.records, done.exit_code) == (first.records, first.exit_code)
    assert api.verify(done.out).ok


def test_a_share_that_was_changed_is_made_anew(
    first: api.RunResult,
    twin: Callable[..., api.RunResult],
    tmp_path: Path,
) -> None:
    """A copy with another byte in it is thrown away, whatever its manifest says."""
    made = twin("made")
    page = made.out / "README.md"
    page.write_text(page.read_text("utf-8") + "Jane\n", "utf-8")
    # Its note speaks of the first share: make it speak of the changed one.
    before = first.out.with_name("aside")
    first.out.rename(before)
    try:
        shutil.copytree(made.out, first.out)
        done = twin()
        assert not done.unchanged
        assert differing(before, done.out) == []
        shutil.rmtree(first.out)
        shutil.rmtree(tmp_path / "second")
        shutil.rmtree(tmp_path / "made")
        gone = twin("third")
        assert not gone.unchanged
        assert differing(before, gone.out) == []
    finally:
        shutil.rmtree(first.out, ignore_errors=True)
        before.rename(first.out)


@pytest.mark.parametrize("what", ["input", "roster", "policy", "settings", "ruling"])
def test_whatever_changes_the_run_is_carried_out(
    what: str,
    first: api.RunResult,
    twin: Callable[..., api.RunResult],
    tmp_path: Path,
) -> None:
    """New input, a roster, another tier, another title, a decision on a person: no copy."""
    more: dict[str, object] = {}
    study = tmp_path / "study"
    if what == "input":
        (tmp_path / "in" / "tweets.jsonl").write_bytes(make_jsonl(13))
    elif what == "roster":
        people = study / "people.csv"
        people.write_text(people.read_text("utf-8") + "p1,,Ilvermore Pashwick,,,,\n", "utf-8")
    elif what == "policy":
        more["policy"] = "open"
    elif what == "settings":
        settings = study / "project.yaml"
        settings.write_text(settings.read_text("utf-8").replace("Untitled", "Titled"), "utf-8")
    else:
        names = ("Ilvermore Pashwick", "Tindrelle Ockersby")
        api.people_merge(study, names)
    done = twin(**more)

    assert not done.unchanged
    assert differing(first.out, done.out)
