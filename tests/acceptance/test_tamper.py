"""Acceptance point 6: what is changed in a shared folder is noticed; its log holds no original."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from anonymize import api
from anonymize.cli.main import main
from anonymize.errors import IntegrityError, LeakError
from anonymize.model.audit import AuditEntry
from anonymize.model.folding import words
from anonymize.model.keys import Keys
from anonymize.rulepacks.location import shipped
from anonymize.verify import chain, fixity, head
from tests.corpora import write_mixed

SAMPLES = 40
TRUTH = Path(__file__).resolve().parents[1] / "examples" / "identifiers.json"


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> api.RunResult:
    """Return the run of a small corpus."""
    folder = tmp_path_factory.mktemp("tamper")
    made = api.Project.create(folder / "study")
    return made.run(write_mixed(folder / "in", tweets=30), out=folder / "share")


@pytest.fixture
def shared(released: api.RunResult, tmp_path: Path) -> Path:
    """Return a copy of the shared folder to spoil."""
    shutil.copytree(released.out, tmp_path / "share")
    return tmp_path / "share"


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _refused(folder: Path, project: Path | None = None) -> None:
    checked = api.verify(folder, project=project)
    assert not checked.ok
    with pytest.raises(IntegrityError) as refused:
        checked.raise_for_faults()
    assert refused.value.exit_code == 8


def _places(folder: Path) -> Iterator[tuple[Path, int]]:
    """Yield every file once and more at random, each with a place in it."""
    drawn = random.Random(20130314)
    files = _files(folder)
    for path in [*files, *drawn.choices(files, k=max(0, SAMPLES - len(files)))]:
        yield path, drawn.randrange(path.stat().st_size)


def test_an_untouched_folder_is_as_published(released: api.RunResult) -> None:
    """What was published passes, with and without its project, and so does a copy elsewhere."""
    assert api.verify(released.out).ok
    with_project = api.verify(released.out, project=released.project)
    assert with_project.ok
    assert with_project.searched


def test_one_changed_byte(shared: Path) -> None:
    """One byte changed anywhere, in any file, makes `verify` fail."""
    unnoticed = []
    for path, at in _places(shared):
        before = path.read_bytes()
        for change in (0x01, 0x20, 0x80):
            path.write_bytes(before[:at] + bytes([before[at] ^ change]) + before[at + 1 :])
            if api.verify(shared).ok:
                unnoticed.append((path.name, at, change))
        path.write_bytes(before)
    assert unnoticed == []
    assert api.verify(shared).ok


def test_a_cut_or_longer_file(shared: Path) -> None:
    """A file that lost its last byte, or gained one, makes `verify` fail."""
    for path in _files(shared):
        before = path.read_bytes()
        for after in (before[:-1], before + b"\n", b""):
            path.write_bytes(after)
            _refused(shared)
        path.write_bytes(before)


def test_a_removed_file(shared: Path) -> None:
    """Each file of the folder, taken away, makes `verify` fail."""
    for path in _files(shared):
        before = path.read_bytes()
        path.unlink()
        _refused(shared)
        path.write_bytes(before)


@pytest.mark.parametrize("name", ["extra.txt", "data/extra.jsonl", "audit/audit2.jsonl", ".hidden"])
def test_an_added_file(shared: Path, name: str) -> None:
    """A file that was not published makes `verify` fail, wherever it lies."""
    (shared / name).write_text("more\n", encoding="utf-8")
    _refused(shared)


def test_renamed_and_exchanged_files(shared: Path) -> None:
    """Two data files that changed their names make `verify` fail."""
    one, other = _files(shared / "data")[:2]
    first, second = one.read_bytes(), other.read_bytes()
    one.write_bytes(second)
    other.write_bytes(first)
    _refused(shared)


def test_two_lines_of_the_log_exchanged(shared: Path) -> None:
    """Two audit lines exchanged make `verify` fail by the chain, even with a fitting manifest."""
    log = shared / "audit" / "audit.jsonl"
    lines = log.read_bytes().splitlines(keepends=True)
    lines[3], lines[4] = lines[4], lines[3]
    log.write_bytes(b"".join(lines))
    fixity.write_manifest(shared)
    _refused(shared)
    assert any(fault.startswith("audit/audit.jsonl:") for fault in api.verify(shared).faults)


def test_a_line_of_the_log_dropped(shared: Path) -> None:
    """The last audit line cut off makes `verify` fail by the head, even with a fitting manifest."""
    log = shared / "audit" / "audit.jsonl"
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:-1]))
    fixity.write_manifest(shared)
    _refused(shared)


def test_a_changed_data_file_with_a_fitting_manifest(shared: Path) -> None:
    """Data changed together with the manifest makes `verify` fail: the head signs the manifest."""
    target = _files(shared / "data")[0]
    target.write_bytes(target.read_bytes() + b"\n")
    fixity.write_manifest(shared)
    _refused(shared)


def test_a_head_signed_by_another_key(released: api.RunResult, shared: Path) -> None:
    """A head of another key passes by itself and fails with the project, whose key it is not."""
    was = json.loads((shared / "audit" / "head.json").read_bytes())
    head.write_head(
        shared / "audit" / "head.json",
        was["entries"],
        was["last"],
        was["manifest"],
        Keys(b"x" * 32),
    )
    _refused(shared)
    fixity.write_manifest(shared)
    assert api.verify(shared).ok
    _refused(shared, released.project)


def test_a_log_rewritten_whole(released: api.RunResult, shared: Path) -> None:
    """A log without its first entries, chained and signed anew, fails with the project."""
    _rewrite(shared, Keys(b"y" * 32))
    assert api.verify(shared).ok, "nobody can tell without the project"
    _refused(shared, released.project)
    with pytest.raises(SystemExit) as left:
        main(["--quiet", "verify", str(shared), "--project", str(released.project)])
    assert left.value.code == 8


def _rewrite(folder: Path, keys: Keys) -> None:
    log = folder / "audit" / "audit.jsonl"
    rows = [json.loads(line) for line in log.read_bytes().splitlines()][5:]
    entries = []
    for row in rows:
        del row["seq"], row["prev"]
        entries.append(AuditEntry(**{**row, "path": tuple(row["path"])}))
    with log.open("wb") as file:
        facts = chain.chain(entries, file)
    digest = fixity.manifest_digest(folder)
    head.write_head(folder / "audit" / "head.json", facts.entries, facts.last, digest, keys)
    fixity.write_manifest(folder)


def test_an_original_put_back(released: api.RunResult, shared: Path) -> None:
    """A name put back into the data is a leak: exit code 7 with the project, 8 without."""
    target = next((shared / "data").glob("*.txt"))
    target.write_bytes(target.read_bytes() + b"Ask Ilvermore Pashwick.\n")
    _refused(shared)
    with pytest.raises(LeakError) as refused:
        api.verify(shared, project=released.project).raise_for_faults()
    assert refused.value.exit_code == 7
    assert "lvermore" not in str(refused.value)


def test_the_command_line_says_so(shared: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """`anonymize verify` ends with 0 on what was published and with 8, in one line, after."""
    for spoilt, code in ((False, 0), (True, 8)):
        if spoilt:
            (shared / "README.md").write_text("Nothing.\n", encoding="utf-8")
        with pytest.raises(SystemExit) as left:
            main(["--quiet", "verify", str(shared)])
        assert left.value.code == code
    assert capsys.readouterr().err.count("\n") == 1


# The audit of the example study


@pytest.fixture(scope="module", params=["safeguarded", "internal"])
def log(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> list[dict[str, Any]]:
    """Return the audit entries of the example study in the usual and the least changed tier."""
    folder = tmp_path_factory.mktemp("audited")
    study = shipped("examples") / "study"
    inputs = sorted(path for path in study.iterdir() if path.name != "people.csv")
    done = api.run(inputs, out=folder / "share", people=study / "people.csv", policy=request.param)
    lines = (done.out / "audit" / "audit.jsonl").read_bytes().splitlines()
    return [json.loads(line) for line in lines]


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def test_no_entry_holds_an_original(log: list[dict[str, Any]]) -> None:
    """No string of any audit entry holds a name, handle, address, number or id of the study."""
    truth = json.loads(TRUTH.read_text("utf-8"))
    whole = [*truth["post_ids"], *truth["links"], *truth["other_ids"]]
    spoken = []
    for person in truth["people"]:
        whole += [*person["handles"], *person["emails"], *person["phones"], *person["ids"]]
        spoken += [words(term) for term in (*person["names"], *person["parts"], *person["words"])]
    strings = {text for entry in log for value in entry.values() for text in _strings(value)}
    assert len(log) > 1000
    written = "\n".join(sorted(strings)).casefold()
    assert [term for term in whole if term.casefold() in written] == []
    folded = "|".join(sorted({f" {words(text)} " for text in strings}))
    assert [term for term in spoken if term and f" {term} " in folded] == []
