"""The shape of the program: sizes, names, imports, docstrings, what is shipped and documented."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from anonymize.formats.catalogue import FORMATS
from anonymize.model.decisions import Operator
from anonymize.model.version import VERSION
from anonymize.rulepacks.location import names

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "anonymize"
MODULES = sorted(PACKAGE.rglob("*.py"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
README = (ROOT / "README.md").read_text("utf-8")
VAGUE = re.compile(r"(?:^|_)(?:utils?|helpers?|managers?|commons?|misc)(?:_|$)")
MACHINE = re.compile(
    r"(?<![\w./-])/(?:home|root|work|Users|tmp)/(?!jane\b)|pypi\.(?:org|python)|[A-Z]:\\Users",
)


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _tracked() -> list[Path]:
    """Return the files of the repository; those of the packed sources where there is none."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        )
        found = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
        return [path for path in found if path.is_file()]
    folders = ("anonymize", "rules", "examples", "tests")
    found = [path for folder in folders for path in (ROOT / folder).rglob("*")]
    return [path for path in found if path.is_file() and "cache" not in str(path)]


def test_no_file_is_longer_than_400_lines() -> None:
    """Every Python file and template of package, tests and examples has at most 400 lines."""
    files = [path for path in _tracked() if path.suffix in {".py", ".j2"}]
    assert len(files) > 100
    lengths = {_name(path): len(path.read_text("utf-8").splitlines()) for path in files}
    assert {name: length for name, length in lengths.items() if length > 400} == {}


def test_names_say_what_a_module_does() -> None:
    """Nothing in package or tests is called utils, helper, manager, common or misc."""
    parts = {(_name(path), part) for path in _tracked() for part in path.with_suffix("").parts}
    assert [one for one in parts if VAGUE.search(one[1].lower())] == []


def test_import_contracts_hold() -> None:
    """The layers and the homes of heavy packages are as pyproject.toml says."""
    program = Path(sys.executable).with_name("lint-imports")
    if not program.is_file():
        pytest.skip("import-linter is not installed")
    done = subprocess.run(
        [program, "--no-cache"], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("path", MODULES, ids=_name)
def test_every_module_says_what_it_is_for(path: Path) -> None:
    """Every package and module starts with a docstring."""
    assert ast.get_docstring(_tree(path))


def test_the_model_does_no_input_or_output() -> None:
    """No module of `model` imports what reads, writes or logs."""
    banned = {"os", "pathlib", "logging", "io", "sqlite3", "shutil", "tempfile", "subprocess"}
    for path in (PACKAGE / "model").glob("*.py"):
        for node in ast.walk(_tree(path)):
            if isinstance(node, ast.Import):
                assert not banned & {alias.name.partition(".")[0] for alias in node.names}, path
            elif isinstance(node, ast.ImportFrom):
                assert (node.module or "").partition(".")[0] not in banned, path
            elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in {"open", "print"}, path


def test_everything_is_caught_in_one_place_only() -> None:
    """Only `run/tasks.py` catches `Exception`; elsewhere what catches all raises it again."""
    for path in MODULES:
        for node in ast.walk(_tree(path)):
            if not isinstance(node, ast.ExceptHandler):
                continue
            caught = ast.unparse(node.type) if node.type else "BaseException"
            again = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
            if re.search(r"\b(?:Base)?Exception\b", caught) and not again:
                assert _name(path) == "anonymize/run/tasks.py", f"{path}:{node.lineno}"


def test_only_review_could_open_a_socket() -> None:
    """No module outside `review` imports anything that talks to a network."""
    talkers = {"socket", "socketserver", "http", "ssl", "urllib", "requests", "httpx", "ftplib"}
    for path in MODULES:
        if path.is_relative_to(PACKAGE / "review"):
            continue
        for node in ast.walk(_tree(path)):
            found = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                found = [node.module or ""]
            # urllib.parse only takes strings apart.
            bad = [one for one in found if one.partition(".")[0] in talkers]
            assert [one for one in bad if one != "urllib.parse"] == [], path


def test_one_version() -> None:
    """Package, project file and changelog name the same version."""
    assert PROJECT["project"]["version"] == VERSION
    assert re.search(rf"(?m)^## {re.escape(VERSION)}\b", (ROOT / "CHANGELOG.md").read_text("utf-8"))


@pytest.mark.parametrize(
    "name",
    sorted({*names("packs"), *names("policies"), *FORMATS, *map(str, Operator)}),
)
def test_readme_names_what_is_shipped(name: str) -> None:
    """Every pack, policy, format and operator stands in the README as code."""
    assert f"`{name}`" in README


def test_files_name_no_machine() -> None:
    """No tracked file holds an absolute path of somebody's machine or the host of a registry."""
    for path in _tracked():
        if path.suffix in {".png", ".zip"} or path == Path(__file__):
            continue
        found = MACHINE.search(path.read_text("utf-8", errors="replace"))
        assert found is None, f"{_name(path)}: {found}"


def test_ci_runs_the_line_of_the_readme() -> None:
    """`.ci/run` can be run, lints, checks types and imports, and runs README's test line."""
    script = ROOT / ".ci" / "run"
    if not script.is_file():
        pytest.skip("the packed sources leave .ci out")
    text = script.read_text("utf-8")
    assert script.stat().st_mode & 0o111
    for step in ("ruff check", "ruff format --check", "mypy", "lint-imports"):
        assert step in text
    line = next(one for one in text.splitlines() if one.startswith("tests=$("))
    done = subprocess.run(
        ["bash", "-c", f'{line}\nprintf %s "$tests"'],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    section = README.partition("\n## Tests\n")[2].partition("\n## ")[0]
    assert done.stdout == section.split("```")[1].strip()


@pytest.mark.skipif(find_spec("hatchling") is None, reason="hatchling is not installed")
def test_the_wheel_brings_rules_examples_and_templates(tmp_path: Path) -> None:
    """A built wheel holds package, typing mark, rules, examples and page, and no left-overs."""
    wanted = {"README.md", "LICENSE", "pyproject.toml", "anonymize", "rules", "examples"}
    tree = tmp_path / "tree"
    for path in _tracked():
        relative = path.relative_to(ROOT)
        if relative.parts[0] in wanted:
            (tree / relative).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, tree / relative)
    # What lies about in a working tree must not be packed either.
    for litter in ("examples/__pycache__/x.cpython-311.pyc", "examples/.mypy_cache/x.json"):
        (tree / litter).parent.mkdir(parents=True)
        (tree / litter).write_bytes(b"x")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path],
        cwd=tree,
        check=True,
        capture_output=True,
    )
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        packed = set(wheel.namelist())
    expected = {
        "anonymize/py.typed",
        "anonymize/report/page.html.j2",
        "anonymize/data/examples/project.yaml",
        *(_name(path) for path in MODULES),
    }
    for folder in ("rules", "examples/study"):
        for path in (ROOT / folder).rglob("*"):
            if path.is_file() and "cache" not in str(path):
                expected.add(f"anonymize/data/{_name(path)}")
    assert expected - packed == set()
    assert [name for name in packed if "cache" in name or name.startswith("tests/")] == []
