from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import Node, ScalarNode

from anonymize.rulepacks.composing import compose, compose_shipped
from anonymize.rulepacks.location import shipped

RULES = shipped("rules")
FILES = sorted(RULES.rglob("*.yaml"))


def _seen(node: Node | None) -> Any:
    """Return all that is read of a node: kind, tag, line and value."""
    if node is None:
        return None
    about = type(node).__name__, str(node.tag), node.start_mark.line
    if isinstance(node, ScalarNode):
        return *about, node.value
    below = [one if isinstance(one, tuple) else (one,) for one in node.value]
    return *about, [tuple(map(_seen, pair)) for pair in below]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(RULES)))
def test_shipped_files_are_composed_alike(path: Path) -> None:
    """Whichever library composes a shipped file, its nodes, tags and lines are the same."""
    text = path.read_text(encoding="utf-8")

    assert _seen(compose_shipped(text)) == _seen(compose(text))


@pytest.mark.parametrize("text", ["", "a: yes\nb: 010\nc: 1:30\nd: 'no'\ne: ~\ng: [y, 1.5]"])
def test_scalars_are_those_of_yaml_1_2(text: str) -> None:
    """No `yes` is a flag, no `1:30` a number: tags are those of YAML 1.2."""
    assert _seen(compose_shipped(text)) == _seen(compose(text))


def test_what_is_wrong_is_said_by_one_library() -> None:
    """A damaged file raises the same error, whichever reads it first."""
    with pytest.raises(YAMLError):
        compose_shipped("a: [")


def test_libyaml_may_be_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where PyYAML was built without libyaml, the files are composed all the same."""
    monkeypatch.setattr(yaml, "__with_libyaml__", False)

    assert _seen(compose_shipped("a: [1, b]")) == _seen(compose("a: [1, b]"))
