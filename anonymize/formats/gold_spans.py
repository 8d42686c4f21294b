"""Gold standards: texts with the stretches that people marked in them, read strictly.

The form is that of `formats.gold_jsonl`, one JSON object a line: `{"id", "text", "entities":
[{"start", "end", "label"}]}`, offsets in code points; other keys are ignored.  A gold standard
that is half understood gives figures that mean nothing, so the first fault ends the reading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from anonymize.errors import FormatError
from anonymize.formats.archives import open_file, open_source
from anonymize.formats.json_values import BOM, loads
from anonymize.formats.lines import LINE_BYTES
from anonymize.model.documents import Shard
from anonymize.model.packing import packing_of

_BLANK = b" \t\r\n\f\v"
_LABEL = re.compile(r"[A-Za-z][A-Za-z0-9_ .\-]{0,63}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked stretch.

    Attributes:
        start: First code point.
        end: Code point after the last.
        label: As the file has it.
    """

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with its marks.

    Attributes:
        id: As the file has it.
        text: As the file has it, escapes included.
        marks: In the order of the file; they may overlap.
    """

    id: str = field(repr=False)
    text: str = field(repr=False)
    marks: tuple[Mark, ...]


def read(path: Path) -> Iterator[Annotated]:
    """Yield each text of a gold standard.

    Raises:
        FormatError: Naming file, line and field of the first fault, and never a value.
    """
    label, empty = str(path), True
    with open_file(str(path), label) as raw:
        packing = packing_of(raw.read(16))
    with open_source(Shard(0, "", str(path), label=label, packing=packing)) as stream:
        for number, line in enumerate(iter(lambda: stream.readline(LINE_BYTES), b""), 1):
            place = f"{label}: line {number}"
            if len(line) >= LINE_BYTES:
                raise FormatError(f"{place}: is too long")
            content = (line.removeprefix(BOM) if number == 1 else line).strip(_BLANK)
            if content:
                empty = False
                yield _annotated(content, place)
    if empty:
        raise FormatError(f"{label}: holds no text")


def _annotated(line: bytes, place: str) -> Annotated:
    parsed = loads(line)
    if parsed is None:
        raise FormatError(f"{place}: is no JSON")
    value = parsed.value
    if not isinstance(value, dict):
        raise FormatError(f"{place}: is no JSON object")
    name, text, entities = (value.get(key) for key in ("id", "text", "entities"))
    if not isinstance(name, str | int) or isinstance(name, bool):
        raise FormatError(f"{place}: id is no string or number")
    if not isinstance(text, str):
        raise FormatError(f"{place}: text is no string")
    if not isinstance(entities, list):
        raise FormatError(f"{place}: entities is no list")
    marks = (_mark(one, len(text), f"{place}: entities[{at}]") for at, one in enumerate(entities))
    return Annotated(str(name), text, tuple(marks))


def _mark(value: Any, length: int, place: str) -> Mark:
    if not isinstance(value, dict):
        raise FormatError(f"{place} is no object")
    for key in ("start", "end"):
        if not isinstance(value.get(key), int) or isinstance(value[key], bool):
            raise FormatError(f"{place}.{key} is no whole number")
    start, end, label = value["start"], value["end"], value.get("label")
    if not 0 <= start < end <= length:
        raise FormatError(f"{place} does not lie in its text")
    if not isinstance(label, str) or not _LABEL.fullmatch(label):
        raise FormatError(f"{place}.label is no name of a type")
    return Mark(start, end, label)
