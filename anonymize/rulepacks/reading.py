"""YAML with line numbers: entries that complain where they stand, all faults in one go."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import TypeVar

from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from anonymize.errors import RuleError
from anonymize.rulepacks.composing import compose, compose_shipped
from anonymize.rulepacks.location import shipped

E = TypeVar("E", bound=Enum)

_TAG = "tag:yaml.org,2002:"


@dataclass(slots=True)
class Faults:
    """Collects what is wrong with one file.

    Attributes:
        label: Kind and name of the file, such as `pack gb.yaml`.
        found: `(line, message)` pairs, lines from 1.
    """

    label: str
    found: list[tuple[int, str]] = field(default_factory=list)

    def add(self, line: int, message: str) -> None:
        """Record a fault at a line, 0 where there is none."""
        self.found.append((line, message))

    def raise_any(self) -> None:
        """Raise all faults, in the order of their lines.

        Raises:
            RuleError: If there are any.
        """
        if self.found:
            raise RuleError(
                [
                    f"{self.label}:{line}: {message}" if line else f"{self.label}: {message}"
                    for line, message in sorted(self.found)
                ],
            )


@dataclass(frozen=True, slots=True)
class Entry:
    """One node of a file, with the place it stands in.

    Every accessor records a fault and returns an empty value when the node is of another
    shape, so that one pass over a file finds everything.
    """

    node: Node = field(repr=False)
    where: str
    faults: Faults = field(repr=False)

    @property
    def line(self) -> int:
        """Line of the entry, from 1."""
        return int(self.node.start_mark.line) + 1

    @property
    def is_list(self) -> bool:
        """Whether the entry is a list."""
        return isinstance(self.node, SequenceNode)

    @property
    def is_text(self) -> bool:
        """Whether the entry is a scalar."""
        return isinstance(self.node, ScalarNode)

    def fault(self, message: str) -> None:
        """Record that this entry is wrong."""
        self.faults.add(self.line, f"{self.where}: {message}" if self.where else message)

    def at(self, name: str) -> Entry:
        """Return the same entry under a more telling name."""
        return Entry(self.node, name, self.faults)

    def _below(self, name: str) -> str:
        return f"{self.where}/{name}" if self.where else name

    def mapping(self) -> dict[str, Entry]:
        """Return the values by key, in the order of the file."""
        if self._null():
            return {}
        if not isinstance(self.node, MappingNode):
            self.fault("must be a mapping")
            return {}
        out: dict[str, Entry] = {}
        for key, value in self.node.value:
            line = int(key.start_mark.line) + 1
            if not isinstance(key, ScalarNode) or key.tag == _TAG + "merge":
                self.faults.add(line, f"{self._below('?')}: a key must be plain text")
                continue
            name = str(key.value)
            if name in out:
                self.faults.add(line, f"{self._below(name)}: stands there twice")
            out[name] = Entry(value, self._below(name), self.faults)
        return out

    def keys(self, known: Collection[str], required: Collection[str] = ()) -> dict[str, Entry]:
        """Return the values by key; a key that is not known is a fault."""
        out = self.mapping()
        for name, entry in out.items():
            if name not in known:
                entry.fault("unknown key; known are " + ", ".join(sorted(known)))
        for name in sorted(set(required) - set(out)):
            self.fault(f"lacks the key {name}")
        return {name: entry for name, entry in out.items() if name in known}

    def sequence(self) -> list[Entry]:
        """Return the items of a list."""
        if self._null():
            return []
        if not isinstance(self.node, SequenceNode):
            self.fault("must be a list")
            return []
        return [
            Entry(item, self._below(str(at)), self.faults)
            for at, item in enumerate(self.node.value, 1)
        ]

    def text(self, *, empty: bool = True) -> str:
        """Return a scalar as written."""
        if self._null() and empty:
            return ""
        if not isinstance(self.node, ScalarNode) or self._null():
            self.fault("must be text")
            return ""
        value = str(self.node.value)
        if not value.strip() and not empty:
            self.fault("must not be empty")
        return value

    def number(self, low: float, high: float) -> float:
        """Return a number from `low` to `high`; `low` where it is none."""
        if isinstance(self.node, ScalarNode) and self.node.tag in {_TAG + "int", _TAG + "float"}:
            try:
                value = float(self.node.value)
            except ValueError:
                value = float("nan")
            if low <= value <= high:
                return value
        self.fault(f"must be a number from {low:g} to {high:g}")
        return low

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`; `low` where it is none."""
        if isinstance(self.node, ScalarNode) and self.node.tag == _TAG + "int":
            try:
                value = int(self.node.value)
            except ValueError:
                value = low - 1
            if low <= value <= high:
                return value
        self.fault(f"must be a whole number from {low} to {high}")
        return low

    def flag(self) -> bool:
        """Return true or false."""
        if isinstance(self.node, ScalarNode) and self.node.tag == _TAG + "bool":
            return str(self.node.value).lower() == "true"
        self.fault("must be true or false")
        return False

    def choice(self, options: type[E], default: E) -> E:
        """Return the member of an enumeration that is named here."""
        known = {str(option.value): option for option in options}
        if isinstance(self.node, ScalarNode) and self.node.value in known:
            return known[self.node.value]
        self.fault("must be one of " + ", ".join(known))
        return default

    def texts(self) -> tuple[str, ...]:
        """Return a list of texts; one plain text is split into its words.

        The second form keeps lists of hundreds of words readable in the file.
        """
        if isinstance(self.node, ScalarNode):
            return tuple(self.text().split())
        return tuple(item.text(empty=False) for item in self.sequence())

    def _null(self) -> bool:
        return isinstance(self.node, ScalarNode) and bool(self.node.tag == _TAG + "null")


def read_text(path: Path, faults: Faults) -> tuple[str, bytes]:
    """Return the text and bytes of a UTF-8 file, a byte order mark removed.

    Raises:
        RuleError: If it cannot be read, is not UTF-8 or holds NUL.
    """
    raw = b""
    text = ""
    # Raised outside the handlers, so that no cause with a path or bytes hangs on the error.
    try:
        # A pipe or device would be waited for.
        if path.is_file():
            raw = path.read_bytes()
            text = raw.decode("utf-8-sig")
        else:
            faults.add(0, "cannot be read")
    except OSError:
        faults.add(0, "cannot be read")
    except UnicodeDecodeError as error:
        faults.add(raw[: error.start].count(b"\n") + 1, "is not UTF-8")
    if "\0" in text:
        faults.add(text[: text.index("\0")].count("\n") + 1, "holds a NUL character")
    faults.raise_any()
    return text, raw


def read_yaml(path: Path, faults: Faults) -> tuple[Entry, bytes]:
    """Return the root entry and the bytes of a YAML 1.2 file.

    Raises:
        RuleError: If the file cannot be read, is not UTF-8, not YAML or empty.
    """
    text, raw = read_text(path, faults)
    node: Node | None = None
    try:
        ours = shipped("rules") in path.parents
        node = compose_shipped(text) if ours else compose(text)
        if node is None:
            faults.add(0, "is empty")
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        faults.add(mark.line + 1 if mark is not None else 0, "is not valid YAML")
    except (YAMLError, RecursionError, ValueError):
        faults.add(0, "is not valid YAML")
    faults.raise_any()
    if node is None:
        raise AssertionError
    return Entry(node, "", faults), raw


def folder_file(name_or_path: str | Path, folder: Path, noun: str) -> Path:
    """Return the file of a shipped name, or the path itself where it is one.

    Args:
        name_or_path: A name without suffix, or a path to a file.
        folder: Where the shipped files lie.
        noun: What it is, for messages.

    Raises:
        RuleError: If there is neither; the message lists the names there are.
    """
    text = str(name_or_path)
    if len(text) <= 100 and text.replace("-", "").replace("_", "").isalnum():
        shipped = folder / f"{text}.yaml"
        if shipped.is_file():
            return shipped
    path = Path(name_or_path)
    try:
        found = path.is_file()
    except OSError:  # a name the file system cannot hold
        found = False
    if found:
        return path
    known = ", ".join(sorted(file.stem for file in folder.glob("*.yaml")))
    raise RuleError([f"no {noun} {path.stem!r}; there are: {known}"])
