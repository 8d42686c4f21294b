"""`package`: a real release, with and without its project."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.acceptance.running import call
from tests.cli.calling import Release
from tests.generators import PEOPLE

ALL = "ro-crate,datapackage,datacite,ddi,croissant,bagit"


def test_package_says_what_it_wrote_and_what_is_missing(release: Release, tmp_path: Path) -> None:
    """One object tells files and gaps; the folder and its copy in the package both verify."""
    said = call("package", release.share, "--as", ALL, "--out", tmp_path / "p", "--json")
    assert said.code == 0
    told = json.loads(said.out)
    assert set(told["files"]) == set(ALL.split(","))
    assert "publisher" in told["missing"]["datacite"]
    assert call("verify", release.share).code == 0
    inside = ("verify", tmp_path / "p" / "data", "--project", release.project)
    assert call(*inside).code == 0


def test_with_its_project_the_statements_of_now_are_searched(
    release: Release,
    tmp_path: Path,
) -> None:
    """A participant's name in `project.yaml` ends with 7 and no package; without it all is well."""
    project = tmp_path / "study"
    shutil.copytree(release.project, project)
    settings = project / "project.yaml"
    text = settings.read_text("utf-8")
    place = ("--out", tmp_path / "p", "--project", project)
    name = " ".join(PEOPLE[0][:2])
    settings.write_text(text.replace('consent: ""', f"consent: Signed by {name}"), "utf-8")
    said = call("package", release.share, "--as", "ddi", *place)
    assert (said.code, said.err.count("\n")) == (7, 1)
    assert name not in said.everything
    assert not (tmp_path / "p").exists()
    settings.write_text(text.replace('consent: ""', "consent: Signed forms"), "utf-8")
    assert call("package", release.share, "--as", "ddi", *place).code == 0
    assert "Signed forms" in (tmp_path / "p" / "ddi.xml").read_text("utf-8")


def test_bad_calls(release: Release, tmp_path: Path) -> None:
    """An unknown form is 2, a folder that is not as published 8; each says so in one line."""
    for form in ("zip", ","):
        said = call("package", release.share, "--as", form, "--out", tmp_path / "p")
        assert (said.code, said.err.count("\n")) == (2, 1)
    share = tmp_path / "share"
    shutil.copytree(release.share, share)
    (share / "README.md").write_text("other")
    said = call("package", share, "--as", "ddi")
    assert (said.code, said.err.count("\n")) == (8, 1)
    assert not (tmp_path / "share.package").exists()
