"""From a cell to its fields and back.

A cell may hold one value, a list, or JSON (see `Column`).  What stands around a value and is
not part of it is taken off first: the apostrophe against formulas, the `@` of a handle, `x` or
`="…"` around an id, the `.0` a float column gave a small id, the escapes of twarc-csv.
"""

from __future__ import annotations

import ast
import json
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any

import regex

from anonymize.formats.base import Texts
from anonymize.formats.column_types import UNKNOWN, Column
from anonymize.formats.json_shapes import Leaf, Node, Shape, cut, many, put_back
from anonymize.formats.json_values import loads
from anonymize.model.fields import Field, Path, Role

_COUNT = regex.compile(r"[+-]?\d+(?:[.,]\d+)*%?")
_GLUE = regex.compile(r"""[\s,;|"'\[\]()@#$]*(?:c\()?[\s"'@#$]*x?""")
"""What may stand between items: also `["a", "b"]`, R's `c("a", "b")`, rtweet's `x12`."""
_NOTHING = frozenset(("NA", "NaN", "nan", "NaT", "None", "null", "NULL", "<NA>", "N/A", "#N/A"))
"""How programs write that nothing is there; of all empty cells it would make one person."""
_NOBODY = frozenset(("0", "-1", "0.0", "-1.0"))
_ID = regex.compile(r"""x(\d+)|'(\d+)|="(\d+)"|(\d{1,16})\.0+""")
_EXACT = 2**53
_REPR = 1 << 20
"""Characters of the longest Python literal that is read."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell is rebuilt from.

    Attributes:
        value: As it stands, unquoted.
        column: What its column holds.
        head: First step of the paths of its fields.
        fields: What was found in it.
        parsed: For JSON, the objects with the text they point into; else None.
    """

    value: str = field(repr=False)
    column: Column
    head: str = field(repr=False)
    fields: tuple[Field, ...] = ()
    parsed: Any = field(default=None, repr=False)


def cut_cell(head: str, column: Column, value: str, about: str = "") -> Cell:
    """Return a cell with its fields; an empty one has none.

    Args:
        head: Path of its column.
        column: What it should hold; a value that does not fit is opaque.
        value: As it stands, unquoted.
        about: The text of the row that offsets in the cell point into.
    """
    if not value:
        return Cell(value, column, head)
    path: Path = (head,)
    if column.role is Role.OPAQUE:
        return Cell(value, column, head, (_field(path, column, value),))
    if column.role is not Role.TEXT and (
        value in _NOTHING or (column.role is Role.ID and value in _NOBODY)
    ):
        return Cell(value, column, head, (Field(path, Role.CODE, value),))
    if column.node is not None:
        return _json_cell(head, column, value, about)
    if column.words:
        return _list_cell(head, column, value)
    bare, _ = _unwrap(column, value)
    if not _fits(column, bare):
        return Cell(value, column, head, (_field(path, UNKNOWN, value),))
    return Cell(value, column, head, (_field(path, column, bare),))


def join_cell(cell: Cell, texts: Texts) -> str:
    """Return what a cell says with new values; one without any is empty.  Quotes are not added."""
    fields = cell.fields
    if not fields:
        return cell.value
    if cell.parsed is not None:
        return _join_json(cell, texts)
    if cell.column.words and fields[0].path != (cell.head,):
        return _join_list(cell, texts)
    new = texts.get((cell.head,))
    if new is None:
        return ""
    if new == fields[0].value:
        return cell.value
    if fields[0].role is not cell.column.role:
        return new
    _, wrap = _unwrap(cell.column, cell.value)
    return wrap(new)


def bare_id(value: str) -> str:
    """Return the digits of an id that a program wrapped up; anything else as it is.

    >>> bare_id('="123"'), bare_id("x12"), bare_id("12.0")
    ('123', '12', '12')
    """
    match = _ID.fullmatch(value)
    if match is None:
        return value
    digits = next(one for one in match.groups() if one)
    return digits if match[4] is None or int(digits) <= _EXACT else value


def _same(text: str) -> str:
    return text


def _unwrap(column: Column, value: str) -> tuple[str, Callable[[str], str]]:
    """Return the value itself, and what writes a new one in its place."""
    bare = value
    if len(value) > 1 and value[0] == "'" and value[1] in "=+-@\t\r":
        bare = value[1:]
    if column.role is Role.ID:
        return bare_id(value), _same
    if column.role is Role.HANDLE and bare.startswith("@"):
        return bare.lstrip("@"), lambda new: "@" + new.lstrip("@")
    if column.escaped:
        if len(bare) > 1 and bare[0] == bare[-1] == '"':
            ascii_only = bare.isascii()
            parsed = loads(bare.encode("utf-8", "replace"))
            if parsed is not None and isinstance(parsed.value, str):
                return parsed.value, lambda new: json.dumps(new, ensure_ascii=ascii_only)
        if "\\n" in bare and "\n" not in bare:
            return bare.replace("\\n", "\n"), lambda new: new.replace("\n", "\\n")
    return bare, _same


def _fits(column: Column, value: str) -> bool:
    if column.role is Role.COUNT:
        return _COUNT.fullmatch(value) is not None
    if column.role is Role.CODE:
        return regex.fullmatch(column.pattern, value) is not None
    return True


def _field(path: Path, column: Column, value: str) -> Field:
    return Field(
        path,
        column.role,
        value,
        kind=column.kind,
        subject=column.subject,
        encoding=column.encoding,
    )


def _list_cell(head: str, column: Column, value: str) -> Cell:
    """Return the cell of a list; one with other things between its items is opaque."""
    fields: list[Field] = []
    at = 0
    for number, match in enumerate(_items(column, value)):
        if not _GLUE.fullmatch(value, at, match.start()):
            break
        if match[0] in _NOTHING:
            fields.append(Field((head, number), Role.CODE, match[0]))
        else:
            fields.append(_field((head, number), column, match[0]))
        at = match.end()
    if not fields or not _GLUE.fullmatch(value, at):
        return Cell(value, column, head, (_field((head,), UNKNOWN, value),))
    return Cell(value, column, head, tuple(fields))


def _items(column: Column, value: str) -> list[regex.Match[str]]:
    start = 2 if value.startswith("c(") else 0
    return list(regex.finditer(column.words, value, pos=start))


def _join_list(cell: Cell, texts: Texts) -> str:
    out: list[str] = []
    at = 0
    for match, one in zip(_items(cell.column, cell.value), cell.fields, strict=True):
        out += (cell.value[at : match.start()], texts.get(one.path) or "")
        at = match.end()
    return "".join(out) + cell.value[at:]


def _parse(value: str) -> tuple[Any, Callable[[Any], str]] | None:
    """Return the list or object a cell holds, as JSON or as Python writes it."""
    if value[0] not in "[{":
        return None
    parsed = loads(value.encode("utf-8", "replace"))
    if parsed is not None:
        return parsed.value, _dumps
    if len(value) > _REPR:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = ast.literal_eval(value)
    except (ValueError, SyntaxError, MemoryError, RecursionError, TypeError):
        return None
    return (found, repr) if _plain(found) else None


def _plain(value: Any) -> bool:
    """Whether a literal is made of what JSON has, and no more."""
    if isinstance(value, dict):
        return all(isinstance(key, str) and _plain(one) for key, one in value.items())
    if isinstance(value, list):
        return all(map(_plain, value))
    return value is None or isinstance(value, (str, int, float))


def _dumps(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _node(column: Column, value: Any) -> Node:
    """Return the shape of a cell: a list of objects, of plain values, or one of them."""
    leaf = Leaf(column.role, column.kind, encoding=column.encoding)
    node = column.node if column.node is not None else leaf
    items = value if isinstance(value, list) else [value]
    one = node if any(isinstance(item, (dict, list)) for item in items) else leaf
    return many(one) if isinstance(value, list) else one


def _json_cell(head: str, column: Column, value: str, about: str) -> Cell:
    found = _parse(value)
    if found is None or head == column.about:
        return Cell(value, column, head, (_field((head,), UNKNOWN, value),))
    content, _ = found
    record = {head: content}
    keys: dict[str, Node] = {head: _node(column, content)}
    if column.about and about:
        record = {column.about: about, head: content}
        keys = {column.about: Leaf(Role.TEXT), **keys}
    shape = Shape(keys, post=True, texts=(column.about,) if column.about else ())
    fields = tuple(
        replace(one, value=one.value[len(_sigil(one)) :])
        for one in cut(record, shape)
        if one.path != (column.about,)
    )
    if not fields:
        # An empty list, or nulls alone: structure.
        return Cell(value, column, head)
    return Cell(value, column, head, fields, record)


def _join_json(cell: Cell, texts: Texts) -> str:
    if all(texts.get(one.path) == one.value for one in cell.fields):
        return cell.value
    found = _parse(cell.value)
    if found is None:
        return ""
    fields: list[Field] = []
    known: dict[Path, str | None] = {**texts, (cell.column.about,): None}
    for one in cell.fields:
        whole = _at(cell.parsed, one.path)
        sigil = _sigil(replace(one, value=whole))
        new = texts.get(one.path)
        if sigil and new is not None:
            known[one.path] = sigil + new.removeprefix(sigil)
            fields.append(replace(one, value=whole))
        else:
            fields.append(one)
    built = put_back(cell.parsed, fields, known)
    content = built.get(cell.head) if isinstance(built, dict) else None
    return "" if content is None else found[1](content)


def _sigil(one: Field) -> str:
    """Return the sign a handle or hashtag in a list begins with."""
    if one.role is Role.HANDLE and one.value.startswith("@"):
        return "@"
    tag = one.role is Role.TEXT and one.kind == "hashtag" and one.value[:1] in {"#", "$"}
    return one.value[0] if tag else ""


def _at(record: Any, path: Path) -> str:
    for step in path:
        record = record[step]
    return record if isinstance(record, str) else ""
