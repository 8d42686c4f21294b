"""Ids of one XML file and what refers to them, renamed together.

The id of a speaker or tier is often a name (`utterance@AnnaK`, `who="#AnnaK"`), so it becomes
what the names in it become.  Two ids never become one, whatever the new names, and every
reference follows its id; those that stay and those that change are told apart by what they were.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import regex

from anonymize.formats.base import Texts
from anonymize.formats.pieces import Clean, Part, Piece, Pieces, render

_Key: TypeAlias = tuple[str, str]
"""Group and id, without references."""
_GONE = "withheld"
"""Stands for an id of which no field has a new value."""
_NO_NAME = regex.compile(r"[^\p{L}\p{M}\p{N}_.\-]+")
_NO_START = regex.compile(r"(?=[\p{M}\p{N}.\-]|$)")


@dataclass(frozen=True, slots=True)
class Named(Piece):
    """An id, or a reference to one.

    It is a label without a value until `settle` has found its name: nothing it holds is
    written by omission.

    Attributes:
        group: Ids of one group have different names.
        made: Pieces the id is made of, those of its fields among them; joined they are `text`.
        word: Whether the name must be one XML takes for an id (Namespaces in XML 1.0, NCName).
    """

    group: str = ""
    made: tuple[Piece, ...] = field(default=(), repr=False)
    word: bool = True


def named(text: str, group: str, made: Sequence[Piece], *, word: bool) -> Named:
    """Return the piece of an id."""
    return Named(text, part=Part.LABEL, group=group, made=tuple(made), word=word)


def render_xml(record: Pieces, texts: Texts, withheld: frozenset[int], clean: Clean) -> bytes:
    """Return the file with new values; see `pieces.render`.

    A letter the encoding of the file lacks is written as a character reference.
    """

    def fit(value: str, piece: Piece) -> str:
        value = clean(value, piece)
        if piece.path[-1:] == ("cdata",):
            return value
        codec = record.charset.codec
        return value.encode(codec, "xmlcharrefreplace").decode(codec)

    return render(settle(record, texts, fit), texts, withheld, fit)


def settle(record: Pieces, texts: Texts, clean: Clean) -> Pieces:
    """Return the record with every id as the literal text it becomes.

    An id none of whose fields changes stays as it is.  Of two that would become the same, the
    later one is numbered: `Mira`, `Mira-2`.

    Args:
        record: As made when reading.
        texts: New value of each field.
        clean: Applied to every value that differs from the original.
    """
    wishes: dict[_Key, str | None] = {}
    words: set[_Key] = set()
    for one in _all(record.pieces):
        key = _key(one)
        if wishes.get(key) is None:
            wishes[key] = _wish(one, texts, clean)
        if one.word:
            words.add(key)
    same = {key for key, wish in wishes.items() if wish is not None and _plain(wish) == key[1]}
    taken = set(same)
    names: dict[_Key, str] = {}
    for key, wish in wishes.items():
        if key in same:
            continue
        group, _ = key
        base = _GONE if wish is None else wish
        base = _word(base) if key in words else base.strip() or _GONE
        number, name = 1, base
        while (group, _plain(name)) in taken:
            number += 1
            name = f"{base}-{number}"
        names[key] = name
        taken.add((group, _plain(name)))
    return Pieces(tuple(_settled(record.pieces, names)), record.charset)


def _key(one: Named) -> _Key:
    return one.group, _plain(one.text)


def _plain(value: str) -> str:
    """Return an id without its references: `Zo&#xEB;` and `Zoë` are one."""
    return html.unescape(value)


def _all(pieces: Sequence[Piece]) -> Iterator[Named]:
    for piece in pieces:
        if isinstance(piece, Named):
            yield piece
        for _, tag in piece.tags:
            yield from _all(tag)


def _wish(one: Named, texts: Texts, clean: Clean) -> str | None:
    """Return what an id becomes by its fields; None if one of them goes."""
    parts: list[str] = []
    for piece in one.made:
        if not piece.path:
            parts.append(piece.text)
            continue
        value = texts.get(piece.path)
        if value is None:
            return None
        parts.append(value if value == piece.text else clean(value, piece))
    return "".join(parts)


def _word(value: str) -> str:
    """Return a name as XML takes it for an id.

    >>> _word("Mira Keller"), _word("7 o'clock")
    ('Mira_Keller', '_7_o_clock')
    """
    value = _NO_NAME.sub("_", _plain(value).strip())
    return _NO_START.sub("_", value, count=1) if _NO_START.match(value) else value


def _settled(pieces: Sequence[Piece], names: Mapping[_Key, str]) -> Iterator[Piece]:
    for piece in pieces:
        if isinstance(piece, Named):
            yield Piece(names.get(_key(piece), piece.text))
        elif piece.tags:
            tags = tuple((at, tuple(_settled(tag, names))) for at, tag in piece.tags)
            yield replace(piece, tags=tags)
        else:
            yield piece
