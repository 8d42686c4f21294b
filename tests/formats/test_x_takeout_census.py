from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from anonymize import api
from anonymize.formats.base import PlanOptions
from anonymize.formats.x_takeout import FILE
from anonymize.formats.x_takeout_files import INCLUDED, classify, included
from anonymize.formats.x_takeout_plan import wanted
from anonymize.model.documents import Document
from tests.acceptance.running import found
from tests.canaries import Canaries
from tests.formats.takeout_cases import js, single
from tests.formats.takeout_census import CENSUS, paths, record, write

EVERYTHING = included(INCLUDED)
CONVERTED = [
    file for file in CENSUS if wanted(classify(f"data/{file}.js"), EVERYTHING).use == "convert"
]


def test_every_file_has_the_default_the_tables_state() -> None:
    """Each file is converted, read as a seed or left out by a rule, as written; none is unknown."""
    stated = {file: classify(f"data/{file}.js").use for file in CENSUS}
    assert stated == {file: use for file, (use, _) in CENSUS.items()}


@pytest.mark.parametrize("file", CONVERTED)
def test_every_path_of_a_converted_file_is_stated(tmp_path: Path, file: str) -> None:
    """Every leaf of every path is a field with a role, or left out by a written rule."""
    made = record(file, Canaries(20_000))
    source = single(tmp_path / f"{file}.js", js(file.replace("-", "_"), made))
    plan = FILE.plan(source, 0, PlanOptions(include=EVERYTHING))
    (document,) = FILE.read(plan.shards[0])
    assert isinstance(document, Document)
    assert {one.withhold for one in document.sections} == {""}
    shown = {re.sub(r"\.[0-9]+", "[]", ".".join(map(str, one.path))) for one in document.fields}
    flags = {path for path, mark in paths(file).items() if mark == "?"}
    assert shown - flags == paths(file).keys() - flags
    assert [one.path for one in document.fields if one.kind == "unknown"] == []


def _run(path: Path, *, everything: bool) -> tuple[dict[str, str], api.RunResult]:
    canaries = Canaries(30_000)
    write(path / "a.zip", canaries)
    asked = tuple(INCLUDED) if everything else ()
    return canaries.where, api.run([path / "a.zip"], out=path / "share", include=asked)


@pytest.mark.parametrize("everything", [False, True])
def test_no_canary_of_any_path_comes_through(tmp_path: Path, *, everything: bool) -> None:
    """A takeout with every path filled runs, asked for everything or not, and shows none."""
    where, result = _run(tmp_path, everything=everything)
    assert result.exit_code == 0
    left = found(tmp_path / "share", where)
    assert {where[canary]: file for canary, file in left.items()} == {}
    records = result.records
    assert records["read"] == records["written"] + records["withheld"]
    assert records["withheld"] == 0
    report = json.loads((tmp_path / "share" / "report.json").read_text())
    listed = {
        one["name"].removeprefix("data/").removesuffix(".js") for one in report["dropped"]["files"]
    }
    written = (
        set(CONVERTED) if everything else {f for f, (use, _) in CENSUS.items() if use == "convert"}
    )
    assert listed == CENSUS.keys() - written
