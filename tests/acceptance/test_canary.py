"""Strings found nowhere else, in every leaf of every format, are gone from all that is shared."""

from __future__ import annotations

import bz2
import json
import logging
import lzma
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from anonymize.formats.x_takeout_files import INCLUDED
from tests import generators
from tests.acceptance import golden, paths
from tests.acceptance.running import Said, call, listening
from tests.acceptance.running import found as found_in
from tests.canaries import Canaries, Canary
from tests.canaries_activity import canary_activity
from tests.canaries_bluesky import canary_bluesky
from tests.canaries_mastodon import canary_mastodon, canary_statuses
from tests.canaries_tables import canary_parquet, canary_workbook
from tests.formats import takeout_census


def _listed() -> Canary:
    """Return the lines of API v1.1 as one list, compressed."""
    data, where = generators.canary_jsonl_v1()
    return lzma.compress(b"[" + b",\n".join(data.splitlines()) + b"]"), where


def _statuses() -> Canary:
    """Return statuses of Mastodon, compressed."""
    data, where = canary_statuses()
    return bz2.compress(data), where


def _included() -> Canary:
    """Return a takeout with every path of every file; see `OPTIONS`."""
    canaries = Canaries(60_000)
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "a.zip"
        takeout_census.write(path, canaries)
        return path.read_bytes(), canaries.where


FORMATS: dict[str, tuple[str, Callable[[], Canary]]] = {
    "takeout": (".zip", generators.canary_takeout),
    "jsonl-v1": (".jsonl", generators.canary_jsonl_v1),
    "jsonl-v2": (".jsonl", generators.canary_jsonl_v2),
    "activity": (".jsonl", canary_activity),
    "list": (".json.xz", _listed),
    "twarc-csv": (".csv", generators.canary_csv),
    "tags": (".csv", generators.canary_tags),
    "gold": (".jsonl", generators.canary_gold),
    "txt": (".txt", generators.canary_txt),
    "vtt": (".vtt", generators.canary_vtt),
    "srt": (".srt", generators.canary_srt),
    "included": (".zip", _included),
    "mastodon": (".zip", canary_mastodon),
    "statuses": (".jsonl.bz2", _statuses),
    "bluesky": (".jsonl", canary_bluesky),
    "workbook": (".xlsx", canary_workbook),
    "parquet": (".parquet", canary_parquet),
}
OPTIONS = {"included": ("--include", ",".join(sorted(INCLUDED)))}
"""More arguments by form."""
POLICIES = ("internal", "controlled", "safeguarded", "open")
_LATER = frozenset(("included", "mastodon", "statuses", "bluesky", "workbook", "parquet"))
"""What is tried under the default policy and the strictest; Bluesky's size allows the first."""
CASES = [
    (form, policy)
    for form in FORMATS
    for policy in (POLICIES if form not in _LATER else ("safeguarded", "open"))
    if (form, policy) != ("bluesky", "open")
]

KEPT = {
    # Policy `internal` keeps places as they were written, for the project's own team: README,
    # table of access tiers.  These are all leaves of the role PLACE whose canary is a word.
    "internal": (
        " location",
        " place full_name",
        " place name",
        " country",
        " country_code",
        " author.location",
        " user_location",
        " geo.full_name",
        " geo.country",
        " geo.name",
    ),
}
"""By policy, the ends of the names of leaves that are kept on purpose."""


@dataclass(frozen=True, slots=True)
class _Ran:
    said: Said
    share: Path
    project: Path
    where: dict[str, str]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], _Ran]:
    """Return what runs a format under a policy, once; its input is named by a canary too."""
    done: dict[tuple[str, str], _Ran] = {}

    def run(form: str, policy: str) -> _Ran:
        if (form, policy) not in done:
            root = tmp_path_factory.mktemp(f"{form}-{policy}")
            done[form, policy] = given(root, form, policy)
        return done[form, policy]

    return run


def given(root: Path, form: str, policy: str) -> _Ran:
    """Run a canary file in an empty folder."""
    suffix, make = FORMATS[form]
    data, where = make()
    # In a folder, for what the user types on the command line is hers to see.
    folder = root / "in" / "Zq7Kfolder0001x"
    folder.mkdir(parents=True)
    (folder / f"Zq7Kfile0001x{suffix}").write_bytes(data)
    where |= {"Zq7Kfolder0001x": "folder name", "Zq7Kfile0001x": "file name"}
    share, project = root / "share", root / "study"
    call("init", project)
    told = ("--out", share, "--project", project, "--policy", policy, *OPTIONS.get(form, ()))
    said = call("run", root / "in", *told)
    return _Ran(said, share, project, where)


Runner = Callable[[str, str], _Ran]


def found(root: Path, wanted: Mapping[str, str]) -> dict[str, str]:
    """Return what is found below a folder, in cells of tables too, and where."""
    hits = found_in(root, wanted)
    for path in root.rglob("*.parquet"):
        for name, data in golden.shown(path.name, path.read_bytes()):
            low = data.lower()
            hits |= {one: name for one in wanted if one.lower().encode() in low}
    return hits


@pytest.mark.parametrize(("form", "policy"), CASES)
def test_no_canary_is_in_the_shared_folder(ran: Runner, form: str, policy: str) -> None:
    """No leaf's canary is in a file, a name or a zip member of the shared folder, in any case."""
    one = ran(form, policy)
    assert one.said.code in {0, 10}, one.said.err
    report = json.loads((one.share / "report.json").read_text())
    assert report["records"]["written"] > 0
    left = {one.where[key]: file for key, file in found(one.share, one.where).items()}
    kept = KEPT.get(policy, ())
    assert {where: file for where, file in left.items() if not where.endswith(kept)} == {}
    if kept and form not in {"gold", "txt", "vtt", "srt"}:
        assert left, "the table of what is kept says too much"


@pytest.mark.parametrize(("form", "policy"), CASES)
def test_no_canary_is_printed_or_logged(ran: Runner, form: str, policy: str) -> None:
    """No canary is in standard output, standard error or any log record at the level DEBUG."""
    one = ran(form, policy)
    said = one.said.everything.lower()
    assert [where for key, where in one.where.items() if key.lower() in said] == []


@pytest.mark.parametrize(("form", "policy"), CASES)
def test_no_canary_lies_open_in_the_project(ran: Runner, form: str, policy: str) -> None:
    """No canary is in clear in a file or file name of the project folder, private or not."""
    one = ran(form, policy)
    assert (one.project / "private" / "vault.sqlite").stat().st_size > 0
    left = found(one.project, one.where)
    assert {one.where[key]: file for key, file in left.items()} == {}


def test_every_logger_is_listened_to() -> None:
    """What any logger says at the level DEBUG, in arguments or exceptions, would be noticed."""
    quiet = logging.getLogger("tests.quiet")
    quiet.setLevel(logging.ERROR)
    quiet.propagate = False
    with listening() as heard:
        quiet.debug("a %s", "Zq7Kargument")
        try:
            int("Zq7Kcause")
        except ValueError:
            logging.getLogger("tests.new").debug("b", exc_info=True)
    assert "Zq7Kargument" in "".join(heard.lines)
    assert "Zq7Kcause" in "".join(heard.lines)
    assert (quiet.level, quiet.propagate) == (logging.ERROR, False)


@pytest.mark.parametrize("form", FORMATS)
def test_all_records_are_accounted_for(ran: Runner, form: str) -> None:
    """Of a canary file, records read are those written and those withheld."""
    report = json.loads((ran(form, "safeguarded").share / "report.json").read_text())
    records = report["records"]
    assert records["read"] == records["written"] + records["withheld"] > 0


@pytest.mark.parametrize("form", FORMATS)
def test_all_that_is_gone_is_listed(ran: Runner, form: str) -> None:
    """Whatever is withheld or unknown has a line, the exit code says so, and the report agrees."""
    one = ran(form, "safeguarded")
    report = json.loads((one.share / "report.json").read_text("utf-8"))
    lines = [
        json.loads(line) for line in (one.share / "withheld.jsonl").read_text("utf-8").splitlines()
    ]
    records = [line for line in lines if "record" in line]
    unknown = {line["key"]: line["count"] for line in lines if "key" in line}
    files = {
        (line["file"], line["reason"])
        for line in lines
        if "record" not in line and "key" not in line
    }
    told = {(f["name"], f"dropped-{f['reason']}-file") for f in report["dropped"]["files"]}
    assert len(records) == report["records"]["withheld"]
    assert unknown == report["dropped"]["unknown"]
    assert files == told
    left_out = bool(records or unknown or any("unknown" in reason for _, reason in files))
    assert one.said.code == (10 if left_out else 0)
    # Each of these files has a key nobody knows, but for transcripts, and the census of known ones.
    assert unknown or form in _KNOWN


_KNOWN = frozenset(("txt", "vtt", "srt", "included", "gold"))


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_written_is_on_the_list(ran: Runner, form: str) -> None:
    """Every path and column of the output is one of the written list of its format."""
    assert paths.written(ran(form, "safeguarded").share) <= paths.listed(form)
