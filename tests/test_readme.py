"""What the README shows is what the program does."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer

from anonymize.cli.main import app
from tests.acceptance.running import call
from tests.cli.calling import environment

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"(?ms)^```(\w*)\n(.*?)^```$", README)
PYTHON = [body for language, body in BLOCKS if language == "python"]
LINES = [
    line.partition("#")[0].strip().removeprefix(".venv/bin/")
    for language, body in BLOCKS
    if language != "python"
    for line in body.splitlines()
    if line.startswith("anonymize ")
]
MENTIONS = sorted(set(re.findall(r"`anonymize ([a-z][^`\n]*)`", README)))


def _line(title: str) -> str:
    """Return the only line of the first code block of a section."""
    section = README.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    block = section.split("```")[1].strip("\n")
    assert "\n" not in block
    return block


def test_quick_start_is_one_line() -> None:
    """It makes an environment, installs this folder, and runs the demo."""
    steps = [shlex.split(step) for step in _line("Quick start").split(" && ")]
    assert steps[0] == ["python3", "-m", "venv", ".venv"]
    assert steps[1][:2] == [".venv/bin/pip", "install"]
    assert steps[1][-1] == "."
    assert steps[2] == [".venv/bin/anonymize", "demo"]
    assert len(steps) == 3


def test_tests_are_one_line() -> None:
    """It makes an environment of its own, installs the test extra, and runs the whole suite."""
    steps = [shlex.split(step) for step in _line("Tests").split(" && ")]
    assert steps[0][:3] == ["python3", "-m", "venv"]
    place = steps[0][3]
    assert steps[1][:2] == [f"{place}/bin/pip", "install"]
    assert steps[1][-1] == ".[test]"
    assert steps[2][0] == f"{place}/bin/pytest"
    assert not [word for word in steps[2][1:] if word in {"-k", "-m", "--ignore", "--deselect"}]
    assert len(steps) == 3


def test_the_picture_is_there_and_small() -> None:
    """Every picture the README shows is in the repository and below 250 kB."""
    pictures = re.findall(r"!\[[^]]+\]\(([^)]+)\)", README)
    assert pictures
    for name in pictures:
        assert (ROOT / name).is_file()
        assert (ROOT / name).stat().st_size < 250_000


def test_there_is_something_to_check() -> None:
    """The README has Python and shell examples."""
    assert PYTHON
    assert len(LINES) >= 4
    assert len(MENTIONS) >= 9


@pytest.mark.parametrize("number", range(len(PYTHON)))
def test_python_examples_run_as_written(number: int, tmp_path: Path) -> None:
    """Each Python block runs in an empty folder without a warning, and names nobody."""
    done = subprocess.run(
        [sys.executable, "-W", "error::FutureWarning", "-c", PYTHON[number]],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "jane_doe" not in done.stdout
    assert "ali_k" not in done.stdout


def _command(words: list[str]) -> tuple[Any, Any]:
    """Take the words of a command off `words`; return it with a context to parse in."""
    command: Any = typer.main.get_command(app)
    context = command.context_class(command, info_name="anonymize")
    while hasattr(command, "commands"):
        name = words.pop(0)
        command = command.commands[name]
        context = command.context_class(command, parent=context, info_name=name)
    return command, context


@pytest.mark.parametrize("line", LINES)
def test_shell_examples_parse(line: str) -> None:
    """Each command line shown is complete: commands, arguments and options are as it says."""
    words = shlex.split(line)[1:]
    command, context = _command(words)
    command.parse_args(context, words)


def test_the_explanation_is_what_is_printed() -> None:
    """The table shown below `rules explain` is what the command prints."""
    blocks = [body for _, body in BLOCKS if body.startswith("anonymize rules explain ")]
    assert len(blocks) == 1
    line, _, shown = blocks[0].partition("\n\n")
    said = call(*shlex.split(line)[1:])
    assert (said.code, said.err) == (0, "")
    assert said.out == shown


@pytest.mark.parametrize("mention", MENTIONS)
def test_commands_mentioned_exist(mention: str) -> None:
    """Each command and option spoken of in a sentence or table exists."""
    words = mention.replace("\\|", "|").split()
    names = words[1].split("|") if words[0] in {"key", "people", "rules"} else [""]
    for name in names:
        command, _ = _command([words[0], name])
        known = {word for parameter in command.params for word in parameter.opts}
        assert {word for word in words if word.startswith("--")} <= known
